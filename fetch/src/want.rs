//! What is to be fetched.

/// One file of the study that somebody publishes.
#[derive(Clone, Debug)]
pub struct Want {
    /// The name of its source in the plan.
    pub source: String,
    /// Where it is published. `{month}` stands for the newest month, where `months` says who tells it.
    pub address: String,
    /// Who lists the months that there are: a list of objects with a `date`.
    pub months: Option<String>,
    /// Where it goes, from the folder of the study; `{month}` as in the address.
    pub place: String,
    /// The folder that its source reads all of, where it reads a folder: what somebody else put there stays alone.
    pub folder: Option<String>,
    /// How it is fetched.
    pub how: How,
    /// What it must be.
    pub form: Form,
    /// The most bytes that it may have.
    pub limit: u64,
    /// Where the publisher gives its MD5.
    pub md5: Option<String>,
    /// The licence.
    pub licence: String,
    /// The sentence that the licence asks for.
    pub attribution: String,
}

/// How something is fetched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum How {
    /// As one file.
    File,
    /// As one file out of an archive: that whose name ends so.
    Member(String),
    /// Page by page from an ArcGIS layer, as one GeoJSON file.
    ArcgisFeatures(Members),
    /// Page by page from an ArcGIS layer, as one CSV file.
    ArcgisTable(Members),
    /// Page by page from an Open Referral feed, with the full record of each service.
    OpenReferral,
}

/// Which records of a layer are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Members {
    /// All of them.
    All,
    /// Those whose field has one of these values.
    With(String, Vec<String>),
    /// Those whose field has one of the values that another layer gives for those: the areas of an authority.
    Of {
        /// The layer that tells which there are.
        layer: String,
        /// Its field of the values.
        member: String,
        /// Its field of the authorities.
        of: String,
        /// The authorities.
        values: Vec<String>,
        /// The field of the values in the layer that is fetched.
        field: String,
    },
}

/// What a file must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A zip archive.
    Zip,
    /// A table with headings.
    Csv,
    /// JSON.
    Json,
    /// An extract of OpenStreetMap.
    Pbf,
    /// A workbook.
    Xlsx,
    /// Anything but a web page.
    Any,
}

impl Form {
    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Self::Zip => "a zip archive",
            Self::Csv => "a table in CSV",
            Self::Json => "JSON",
            Self::Pbf => "an extract of OpenStreetMap",
            Self::Xlsx => "a workbook",
            Self::Any => "a file of data",
        }
    }

    /// The form of a file of that name.
    pub fn of_name(name: &str) -> Self {
        let name = name.to_lowercase();
        match name.rsplit('.').next().unwrap_or_default() {
            "zip" => Self::Zip,
            "csv" => Self::Csv,
            "json" | "geojson" => Self::Json,
            "pbf" => Self::Pbf,
            "xlsx" => Self::Xlsx,
            _ => Self::Any,
        }
    }
}
