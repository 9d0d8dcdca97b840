//! READ: files to rows that remember their line.
//!
//! One file per kind of source, with its card beside it; [`SOURCES`] names each once. A source reads only what it needs,
//! judges nothing that needs a second source, and reports every problem it meets with its place.

mod alike_headings;
mod all_of_them;
mod area_names;
mod area_properties;
mod bad_records;
mod beside_secrecy;
mod boundary_forms;
mod boundary_pages;
mod boundary_system;
mod catalogue_entry;
mod cells_again;
mod clean_text;
mod codes_elsewhere;
mod comparator_checks;
mod confidential;
mod count_headings;
mod count_stand_ins;
mod count_table;
mod count_words;
mod csv_file;
mod day_order;
mod eligibility;
mod event_outcomes;
mod events;
mod facets;
mod feed_page;
mod gaps_of_areas;
mod gathered;
mod geojson_checked;
mod geojson_shapes;
mod geojson_text;
mod geopackage_shapes;
mod headings_alone;
mod hsds_described;
mod hsds_fields;
mod hsds_owners;
mod hsds_package;
mod in_public;
mod incident_columns;
mod incident_facts;
mod incident_file;
mod incident_place;
mod incident_row;
mod indicator_values;
mod journey_totals;
mod json_fields;
mod json_text;
mod label_value;
mod labels;
mod lacks;
mod landmarks;
mod line_guard;
mod marks;
mod measure_words;
mod measures;
mod merged_cells;
mod midnights;
mod month_headings;
mod months_across;
mod months_of_headings;
mod names_around;
mod no_people;
mod noticed;
mod ons_heading;
mod open_referral;
mod opening;
mod other_sheet;
mod parquet_file;
mod parts_in_columns;
mod personal;
mod placeless_totals;
mod plain_rows;
mod police_cells;
mod police_copies;
mod police_files;
mod police_lines;
mod police_outcomes;
mod police_rows;
mod population_ages;
mod population_bands;
mod population_form;
mod possible_people;
mod postcodes;
mod read_value;
mod record_fields;
mod recurrence;
mod repeats;
mod row_lines;
mod running_totals;
mod said_around;
mod said_of_table;
mod same_cells;
mod same_rows;
mod served;
mod service_record;
mod shapefile_shapes;
mod shared_fields;
mod sheet;
mod span_of_months;
mod steps_of_months;
mod sums_of_parts;
mod table_form;
mod table_rows;
mod told_once;
mod travel_units;
mod typology;
mod undated;
mod unread_columns;
mod unseen_cells;
mod where_from;
mod whereabouts;
mod whole_people;
mod wide_text;
mod within_groups;

pub(crate) use all_of_them::is_all_of_them;
pub(crate) use beside_secrecy::place_beside_secrecy;
pub(crate) use landmarks::place_in_words;
pub use marks::{heading_key, neighbours_hide, neighbours_may_say};
pub(crate) use whereabouts::place_in;

use std::fmt::Debug;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::de::ValueDeserializer;

use crate::diagnostics::{Code, Place, Problems};
use crate::units::{Sensitivity, capital, is_showable, showable};

pub use bad_records::BadRecords;
pub use clean_text::{Removed, UNSHOWABLE, UNSHOWABLE_DISCARDING};
pub use confidential::{ConfidentialLocations, DISCARDED, MENTIONS};
pub use eligibility::Eligibility;
pub use events::{Block, Course, Events, Fate, Followed, NONE, NotTold, PointKey, Topic};
pub use facets::{Facets, Setting, TimeBand, VictimSex, WeekBand, YesNo};
pub use gathered::{
    BoundarySet, Centre, ComparatorRow, ComparatorTable, Copies, Gathered, JourneyRow, JourneyTable, LookupRow, LookupTable, MeasureRow,
    MeasureTable, PopulationRow, Shapeless, StreetNetwork, Tally, TravelTable, UserRow, UserTable,
};
pub use in_public::MOSTLY_IN_PUBLIC;
pub use labels::LabelSettings;
pub use lacks::Lack;
pub use measures::{Measure, MeasureKind, THEMES, is_part_of_one, measure, measures};
pub use noticed::{Reading, TableLayout};
pub use opening::OpeningTimes;
pub use police_uk::PoliceUk;
pub use postcodes::{PostcodePlace, Postcodes};
pub use record_fields::{Field, Role};
pub use row_lines::RowLines;
pub use said_around::ABOVE_TEMPLATE as ABOVE_SERVICES_TEMPLATE;
pub use served::ServedArea;
pub use service_record::{Delivery, ServiceRecord, ServiceStatus, SideRecord, Site, Withheld};
pub use services_csv::TEMPLATE as SERVICES_TEMPLATE;
pub use shared_fields::SharedFields;
pub use street_network::Mode;
pub(crate) use sums_of_parts::sum_of_others;
pub use table_form::{Rows, workbook_sheets};
pub use timetable::{Feed, Lost, TimetableSettings, Timetables, Weekday, Window, tell_elsewhere, tell_far};
pub(crate) use told_once::told_by_one_source;
pub use typology::{ServiceType, service_type, service_types};
pub use undated::Undated;
pub use whereabouts::tells_an_exact_place;
pub(crate) use within_groups::goes_on_from;

/// A source with its own settings, ready to read.
pub trait Source: Send + Sync + Debug {
    /// Reads everything, adds it to `gathered`, and reports each problem with its place. Never stops at the first.
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems);

    /// Whether other sources are read by what it tells: it is read before them then, wherever it stands in the plan.
    fn others_need_it(&self) -> bool {
        false
    }

    /// The labels that the plan keeps of it, where it leaves all others out: its rows are then other rows.
    fn keeps(&self) -> Vec<String> {
        vec![]
    }
}

/// What every source has: a name, its paths, and how it may be released.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Its position in the plan.
    pub id: usize,
    /// Its name in the plan.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// The folder that its paths are relative to.
    pub root: PathBuf,
    /// Its paths, as the plan writes them.
    pub paths: Vec<String>,
    /// How it may be released.
    pub sensitivity: Sensitivity,
    /// The sentence that its licence asks for.
    pub attribution: Option<String>,
    /// What becomes of the location of a confidential service.
    pub confidential_locations: ConfidentialLocations,
    /// Names that it had in earlier plans, where the plan says so.
    pub formerly: Option<Vec<String>>,
    /// What the plan says of its labels.
    pub labels: LabelSettings,
    /// Characters that were taken out of its texts because they cannot be shown.
    pub removed: Removed,
    /// How it is read.
    pub reading: Reading,
}

impl Origin {
    /// What a reader calls it: its name, where the plan gives one in words; else what its kind is. A key of a plan or of a file is for those who keep it.
    pub fn title(&self) -> String {
        let of_kind = find(self.kind).filter(|_| !self.name.contains(' '));
        of_kind.map_or_else(|| capital(&self.name), |kind| kind.title.to_owned())
    }

    /// Whether it is a catalogue of services or a table beside one.
    pub fn is_catalogue(&self) -> bool {
        self.kind.starts_with("services-")
    }

    /// How its values may be shown in a message. Those of a catalogue never are: before all of it is read nobody knows whose place they tell.
    pub(crate) fn shows(&self) -> Sensitivity {
        if self.is_catalogue() { Sensitivity::Restricted } else { self.sensitivity }
    }

    /// The path on disk of one of its paths.
    pub fn resolve(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Reads a whole file, or reports why it cannot be: not there, or empty.
    fn bytes(&self, path: &str, problems: &mut Problems) -> Option<Vec<u8>> {
        match std::fs::read(self.resolve(path)) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {
                empty(path, problems);
                None
            }
            Ok(bytes) => Some(bytes),
            Err(e) => {
                cannot_open(path, self.kind, &e, problems);
                None
            }
        }
    }

    /// All files under its paths whose name passes `wanted`, sorted, each as the plan would write it.
    fn files(&self, wanted: impl Fn(&str) -> bool, looked_for: &str, problems: &mut Problems) -> Vec<String> {
        let mut found = Vec::new();
        for path in &self.paths {
            let on_disk = self.resolve(path);
            if !on_disk.is_dir() {
                found.push(path.clone());
                continue;
            }
            let (before, known) = (found.len(), problems.list().len());
            walk(&on_disk, path, &wanted, &mut found, problems);
            found[before..].sort();
            let strange = found.extract_if(before.., |path| !path.chars().all(is_showable)).count();
            if strange > 0 {
                let next = "Rename them: names of files stand in messages and findings.";
                let what = format!("the names of {strange} files in this folder hold characters that cannot be shown");
                problems.error(Code::R122, Place::file(path), what, next);
                continue;
            }
            if found.len() == before && problems.list().len() == known {
                let next = format!("Point the source at a folder that holds {looked_for}, at any depth.");
                problems.error(Code::R111, Place::file(path), format!("no {looked_for} in this folder"), next);
            }
        }
        found
    }
}

fn walk(folder: &Path, shown: &str, wanted: &impl Fn(&str) -> bool, found: &mut Vec<String>, problems: &mut Problems) {
    for (name, path) in entries(folder, shown, problems) {
        // What systems and spreadsheets leave behind: `.DS_Store`, `._street.csv`, `~$book.xlsx`, `__MACOSX`.
        if is_hidden(&name) {
            continue;
        }
        let shown = format!("{}/{name}", shown.trim_end_matches('/'));
        if path.is_dir() {
            walk(&path, &shown, wanted, found, problems);
        } else if wanted(&name) {
            found.push(shown);
        }
    }
}

/// Whether a file or folder of that name holds nothing that somebody put there.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX" || name.eq_ignore_ascii_case("thumbs.db")
}

/// Names and paths of what stands in a folder, by name. A folder, or a part of it, that cannot be listed is reported: what is in it would be missing
/// in silence.
fn entries(folder: &Path, shown: &str, problems: &mut Problems) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let listed = std::fs::read_dir(folder).and_then(|list| {
        for entry in list {
            let entry = entry?;
            found.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
        }
        Ok(())
    });
    if let Err(e) = listed {
        // The name of a folder may hold what cannot be shown.
        cannot_open(&showable(shown).0, "", &e, problems);
    }
    found.sort();
    found
}

fn cannot_open(path: &str, kind: &str, error: &std::io::Error, problems: &mut Problems) {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        kind => format!("it cannot be opened: {kind}"),
    };
    let on_windows = path.contains('\\') || path.get(1..2) == Some(":");
    let next = if on_windows {
        "Check `path` in the plan. Write paths of Windows with forward slashes, as in \"C:/Users/me/police\", or between single quotes."
            .to_owned()
    } else {
        let check = "Check `path` in the plan; it is relative to the folder of the plan.";
        match where_from::where_from(kind).filter(|_| error.kind() == std::io::ErrorKind::NotFound) {
            Some(get) => format!("{check} Where there is none yet: {}{}.", get[..1].to_lowercase(), &get[1..]),
            None => check.to_owned(),
        }
    };
    problems.error(Code::R101, Place::file(path), message, next);
}

fn empty(path: &str, problems: &mut Problems) {
    let next = "Download or export it again. An empty file is not counted as a month without incidents.";
    problems.error(Code::R102, Place::file(path), "the file is empty", next);
}

/// A kind of source: its name in a plan, its card, and how its settings are parsed.
pub struct SourceKind {
    /// The `kind` of the plan.
    pub name: &'static str,
    /// What a reader of a report calls such a source.
    pub title: &'static str,
    /// What it reads, in Markdown: `gapmap explain <name>` prints it.
    pub card: &'static str,
    /// Parses its own settings.
    pub parse: fn(ValueDeserializer) -> Result<Box<dyn Source>, toml::de::Error>,
    /// JSON Schema of its own settings.
    pub schema: fn() -> schemars::Schema,
}

const fn kind<T: Source + DeserializeOwned + schemars::JsonSchema + 'static>(
    name: &'static str,
    title: &'static str,
    card: &'static str,
) -> SourceKind {
    SourceKind { name, title, card, parse: |settings| Ok(Box::new(T::deserialize(settings)?)), schema: || schemars::schema_for!(T) }
}

/// The kinds of a list: of each the module, which it declares, the settings, the name in a plan, and what a reader calls it. The card stands beside the module.
macro_rules! sources {
    ($($file:ident::$settings:ident = $name:literal, $title:literal,)*) => {
        $(mod $file;)*

        /// Every kind of source.
        pub const SOURCES: &[SourceKind] = &[$(kind::<$file::$settings>($name, $title, include_str!(concat!(stringify!($file), ".md"))),)*];
    };
}

sources! {
    boundaries::Boundaries = "boundaries", "Boundaries of areas",
    lookup::Lookup = "lookup", "Lookup of areas",
    postcode_directory::PostcodeDirectory = "postcode-directory", "Postcode directory",
    population::PopulationTable = "population", "Population",
    centres::Centres = "population-centres", "Centres of population",
    deprivation::Deprivation = "deprivation", "Indices of deprivation",
    police_uk::PoliceUk = "police-uk-street", "Police records (police.uk)",
    mps_wide::MpsWide = "mps-wide", "Police records (Metropolitan Police)",
    incidents_csv::IncidentsCsv = "events-csv", "Records of events",
    fixmystreet::FixMyStreet = "fixmystreet", "Reports of problems in streets",
    services_json::OpenReferralJson = "services-open-referral", "Directory of services",
    services_hsds::HsdsTabular = "services-hsds", "Directory of services",
    services_csv::ServicesCsv = "services-csv", "Directory of services",
    services_side::SideTable = "services-side-table", "Details of services",
    street_network::StreetNetworkSettings = "street-network", "Streets",
    travel_times::TravelTimes = "travel-times", "Travel times",
    timetable::TimetableSettings = "timetable", "Timetable of buses and trains",
    users_by_group::UsersByGroup = "users-by-group", "Users of services",
    journeys::JourneysByAuthority = "journeys-by-authority", "Journeys for help",
    indicator_table::IndicatorTable = "indicator-table", "Indicators",
    comparator_table::ComparatorTableSettings = "comparator-table", "Other places",
}

/// The kind of that name.
pub fn find(name: &str) -> Option<&'static SourceKind> {
    SOURCES.iter().find(|k| k.name == name)
}
