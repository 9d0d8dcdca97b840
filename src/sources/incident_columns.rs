//! Which column of a table of events holds what, and which of them are never read.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Origin;
use super::csv_file::Sheet;
use super::incident_row::Found;
use super::months_across::{COUNT, MONTH, names_a_month};
use super::personal::personal;
use super::postcodes::Postcodes;
use crate::diagnostics::{Code, Place, Problems};

/// The headings to read. A date or a month is needed; everything else is optional.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Columns {
    /// A date, `2024-02-17` or `17/02/2024`; only its month is kept, and the day of the week.
    pub date: Option<String>,
    /// A month, `2024-02` or `202402`.
    pub month: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Metres east on the British National Grid.
    pub easting: Option<String>,
    /// Metres north on the British National Grid.
    pub northing: Option<String>,
    /// An area code, or the name of one area as the boundaries have it.
    pub area: Option<String>,
    /// A postcode, where a `postcode-directory` source says where it is. It becomes an area while the row is read, and is not kept.
    pub postcode: Option<String>,
    /// The category: an offence, a reason, a referral route.
    pub category: Option<String>,
    /// The hour, 0 to 23, or a time such as `23:10`; only its three hours are kept: 21 to 24.
    pub hour: Option<String>,
    /// Sex of the victim.
    pub victim_sex: Option<String>,
    /// Whether flagged as domestic abuse.
    pub domestic_abuse: Option<String>,
    /// The kind of place; only public, private or online is kept.
    pub place_type: Option<String>,
    /// How many events the row stands for, where rows are counts.
    pub count: Option<String>,
    /// What became of the report: its outcome, in words or as the number of the Home Office's outcome type. Only its class is kept.
    pub outcome: Option<String>,
    /// The day or month of the outcome; only its month is kept.
    pub outcome_date: Option<String>,
    /// What names each event, such as a crime reference. Rows of one id are one event, in one file or in two; no id is kept or printed.
    pub id: Option<String>,
}

impl Columns {
    /// Refuses mapped columns whose headings suggest that they identify a person, before any file is opened.
    pub fn are_safe(&self, origin: &Origin, postcodes: &Postcodes, problems: &mut Problems) -> bool {
        let c = self;
        let mut safe = true;
        if c.postcode.is_some() && postcodes.is_empty() && !problems.any_error() {
            safe = false;
            problems.error(
                Code::P104,
                Place::file("the plan").at(format!("source `{}`, columns", origin.name)),
                "the mapping names a postcode, and no source says where postcodes are",
                "Add a source of kind `postcode-directory` with ONSPD, NSPL or Code-Point Open: `gapmap explain postcode-directory`.",
            );
        }
        // The column of postcodes may be called so, and nothing else of an address.
        let other = |heading: &&String| !["postcode", "post code", "postal code", "pcd", "pcds"].contains(&plain(heading).as_str());
        for heading in self.but_postcode().chain(c.postcode.iter().filter(other).map(String::as_str)) {
            if let Some(what) = personal(heading) {
                safe = false;
                problems.error(
                    Code::P106,
                    Place::file("the plan").at(format!("source `{}`, columns", origin.name)),
                    format!("the column “{heading}” looks like {what} and is not read"),
                    "Take it out of the mapping. If it holds something harmless, give it a plainer heading in the extract.",
                );
            }
        }
        safe
    }

    /// The headings that it names.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.but_postcode().chain(self.postcode.as_deref())
    }

    fn but_postcode(&self) -> impl Iterator<Item = &str> {
        let when = [&self.date, &self.month, &self.hour, &self.outcome_date];
        let places = [&self.longitude, &self.latitude, &self.easting, &self.northing, &self.area, &self.place_type];
        let what = [&self.category, &self.victim_sex, &self.domestic_abuse, &self.count, &self.outcome, &self.id];
        when.into_iter().chain(places).chain(what).flatten().map(String::as_str)
    }

    /// The mapping that holds where the months are headings: what reads them names the columns of months and of counts.
    pub fn with_months(&self, across: bool) -> Self {
        let own = |heading: &str| Some(heading.to_owned()).filter(|_| across);
        Self { month: own(MONTH).or(self.month.clone()), count: own(COUNT).or(self.count.clone()), ..self.clone() }
    }

    /// Where the mapped columns stand in one file.
    pub fn find(&self, sheet: &Sheet, problems: &mut Problems) -> Option<Found> {
        let c = self;
        let before = problems.list().len();
        let mut find = |heading: &Option<String>| {
            let heading = heading.as_ref()?;
            let column = sheet.find(heading);
            match column {
                Some(_) => sheet.stands_once(heading, problems),
                None => sheet.missing(heading, problems),
            }
            column
        };
        let month = find(&c.month).or(find(&c.date));
        let degrees = find(&c.longitude).zip(find(&c.latitude));
        let metres = find(&c.easting).zip(find(&c.northing));
        let found = Found {
            month: month.unwrap_or(0),
            point: degrees.or(metres),
            metres: metres.is_some(),
            area: find(&c.area),
            postcode: find(&c.postcode),
            grid: metres.is_some() || degrees.is_none(),
            category: find(&c.category),
            hour: find(&c.hour),
            victim_sex: find(&c.victim_sex),
            domestic_abuse: find(&c.domestic_abuse),
            place_type: find(&c.place_type),
            count: find(&c.count),
            outcome: find(&c.outcome),
            outcome_date: find(&c.outcome_date),
            id: find(&c.id),
        };
        if found.id.is_some() && found.count.is_some() {
            problems.error(
                Code::P104,
                Place::file("the plan").at(format!("source `{}`, columns", sheet.origin.name)),
                "the mapping names an id of events and a count of them",
                "Take one of the two out: a row that counts several events has no id of one.",
            );
        }
        if let Some(heading) = c.month.iter().chain(&c.date).find(|h| names_a_month(h)) {
            let next = "Map no column of months and none of counts, and say `months-across = true` under the source: each heading is then read as the month of what stands below it.";
            let what = format!("the mapping reads months in the column “{heading}”, which holds what was counted in one");
            problems.error(Code::P104, Place::file("the plan").at(format!("source `{}`, columns", sheet.origin.name)), what, next);
        }
        if c.month.is_none() && c.date.is_none() {
            problems.error(
                Code::P104,
                Place::file("the plan").at(format!("source `{}`, columns", sheet.origin.name)),
                "the mapping names neither a date nor a month",
                "Add `month = \"…\"` or `date = \"…\"` with the heading of that column. Where the months are headings, each above its counts, say `months-across = true` under the source.",
            );
        }
        (problems.list().len() == before && month.is_some()).then_some(found)
    }
}

/// A heading in small letters, with spaces for marks.
fn plain(heading: &str) -> String {
    heading.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}
