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
mod folders;
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
mod origin;
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

use serde::de::DeserializeOwned;
use toml::de::ValueDeserializer;

use crate::diagnostics::Problems;
use folders::{cannot_open, empty, entries, is_hidden};

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
pub use origin::Origin;
pub use police_uk::PoliceUk;
pub use postcodes::{PostcodePlace, Postcodes};
pub use record_fields::{Field, Role};
pub use row_lines::RowLines;
pub use said_around::ABOVE_TEMPLATE as ABOVE_SERVICES_TEMPLATE;
pub(crate) use said_around::says_alone as is_a_mark;
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
