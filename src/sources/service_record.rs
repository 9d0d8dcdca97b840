//! One service as a catalogue describes it, in the engine's own words.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::eligibility::Eligibility;
use super::lacks::Lack;
use super::opening::OpeningTimes;
use super::record_fields::Field;
use super::served::ServedArea;
use super::shared_fields::SharedFields;
use crate::diagnostics::{Place, Problems};
use crate::units::{Bng, LonLat, Postcode};
use crate::vocabulary::tokens;

/// Whether a service runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceStatus {
    /// It runs.
    Active,
    /// It does not run now.
    Inactive,
    /// It has ended.
    Defunct,
    /// It is closed for a while.
    TemporarilyClosed,
    /// The record does not say.
    Unknown,
}

/// What says of a status that nobody knows it.
const NOT_KNOWN: [&str; 7] = ["tbc", "tba", "to be confirmed", "unknown", "not known", "unsure", "?"];
/// Words of a status by which an entry was taken off, or people are kept safe.
const TAKEN_OFF: [&str; 16] = [
    "optout",
    "delist",
    "delisted",
    "unlisted",
    "pulled",
    "unapproved",
    "unpublished",
    "safety",
    "unsafe",
    "threat",
    "compromised",
    "secret",
    "hidden",
    "embargo",
    "embargoed",
    "quarantined",
];
/// Words that say so alone, but for a day: of a status of several words they are of money, of opening and of staff.
const TAKEN_OFF_ALONE: [&str; 13] = [
    "withdrawn",
    "withdraw",
    "rejected",
    "declined",
    "refused",
    "offline",
    "down",
    "locked",
    "blocked",
    "banned",
    "removed",
    "restricted",
    "internal",
];
/// Two words in a row that say so: `opted out`, `taken down`, `not live`.
const TAKEN_OFF_BY: [(&str, &[&str]); 5] = [
    ("opt", &["out"]),
    ("opted", &["out"]),
    ("taken", &["down", "off", "out"]),
    ("removed", &["from", "by", "at"]),
    ("not", &["live", "public", "approved", "published", "listed", "shown"]),
];

impl ServiceStatus {
    /// Reads Open Referral's four values and what people write for them, in any case; unknown where nothing is said. `None` for other words: nobody
    /// knows then that it runs.
    pub fn read(text: &str) -> Option<Self> {
        let plain = text.trim().trim_end_matches('.').to_lowercase().replace(['_', '-'], " ");
        Some(match plain.as_str() {
            // Who writes that it is not known says more than an empty cell.
            t if NOT_KNOWN.contains(&t) => return None,
            t if super::read_value::says_nothing(t) => Self::Unknown,
            "active" | "open" | "live" | "running" | "current" | "currently running" | "operational" | "published" | "in operation"
            | "ongoing" | "yes" => Self::Active,
            "inactive" | "not active" | "not running" | "dormant" | "draft" | "pending" | "proposed" | "planned" | "not yet open"
            | "unpublished" | "no" => Self::Inactive,
            "defunct" | "closed" | "ended" | "ceased" | "permanently closed" | "closed permanently" | "closed down" | "shut"
            | "archived" | "deleted" | "expired" | "removed" | "withdrawn" | "discontinued" | "decommissioned" | "terminated"
            | "dissolved" | "no longer running" | "finished" | "completed" => Self::Defunct,
            "temporarily closed" | "closed temporarily" | "temporary closure" | "suspended" | "paused" | "on hold" => {
                Self::TemporarilyClosed
            }
            _ => return None,
        })
    }

    /// Whether people wrote something that is none of these and speaks of taking an entry off, `opt-out`, `taken down`, `not live`, `closed for safety`: that
    /// may be why a service is not to be found.
    pub(super) fn speaks_of_taking_off(text: &str) -> bool {
        let words: Vec<String> = tokens(text).into_iter().map(|t| t.word).collect();
        let is = |list: &[&str], word: &String| list.contains(&word.as_str());
        let mut said = words.iter().filter(|w| !w.bytes().all(|b| b.is_ascii_digit()));
        let alone = said.next().is_some_and(|word| is(&TAKEN_OFF_ALONE, word)) && said.next().is_none();
        let by_two = words.windows(2).any(|w| TAKEN_OFF_BY.iter().any(|(first, then)| w[0] == *first && is(then, &w[1])));
        Self::read(text).is_none() && (alone || by_two || words.iter().any(|w| is(&TAKEN_OFF, w)))
    }
}

/// How a service reaches people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// At a place that people come to.
    Site,
    /// Staff come to people.
    Outreach,
    /// By phone.
    Phone,
    /// Online.
    Online,
}

impl Delivery {
    /// Reads one word; `hybrid` is a site and online.
    pub fn parse(text: &str) -> Option<&'static [Self]> {
        Some(match text.trim().to_lowercase().as_str() {
            "site" | "physical" | "in person" => &[Self::Site],
            "outreach" | "home visits" | "floating" => &[Self::Outreach],
            "phone" | "telephone" => &[Self::Phone],
            "online" | "virtual" | "web" => &[Self::Online],
            "hybrid" => &[Self::Site, Self::Online],
            _ => return None,
        })
    }
}

/// A place that is public and that people come to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Site {
    /// As the catalogue gives it.
    pub lon_lat: LonLat,
    /// On the National Grid.
    pub bng: Bng,
}

/// A service as its record describes it. Whether its place is secret is settled when all catalogues, side tables and the plan are known;
/// until then nothing of the record may be shown.
#[derive(Clone, Debug)]
pub struct ServiceRecord {
    /// Position of its source in the plan.
    pub source: usize,
    /// Where its record stands.
    pub place: Place,
    /// Its id in the catalogue.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The organisation that runs it.
    pub provider: String,
    /// Whether it runs.
    pub status: ServiceStatus,
    /// Whether the record itself says so: a row of a table that does not is taken for one that runs.
    pub says_status: bool,
    /// Ids of its types.
    pub types: Vec<String>,
    /// The terms of a taxonomy that a standard catalogue gives it, as they stand.
    pub terms: Vec<String>,
    /// Forms of violence it is for; empty where the record does not say.
    pub forms: Vec<String>,
    /// How it reaches people; empty where the record does not say.
    pub delivery: Vec<Delivery>,
    /// Everything that the record says of it alone, for whoever settles whether its place is secret.
    pub said: Vec<Field>,
    /// What is said of it and of other services.
    pub shared: Vec<Arc<SharedFields>>,
    /// Its sites.
    pub sites: Vec<Site>,
    /// Postcodes of sites that have no coordinates: looked up only where the service turns out to be public.
    pub postcodes: Vec<Postcode>,
    /// What is wrong with its sites: told only where the service turns out to be public.
    pub site_problems: Problems,
    /// Where it is offered.
    pub area_served: ServedArea,
    /// What only a side table or a flat file can say.
    pub more: SideRecord,
}

impl ServiceRecord {
    /// Takes over what another record of the same service says that bears on its secrecy: dropping a record must not make a place public.
    pub(crate) fn stands_for(&mut self, other: Self) {
        self.said.extend(other.said);
        self.said.extend(other.more.said);
        self.shared.extend(other.shared);
        self.more.unknown_type |= other.more.unknown_type;
        if other.more.confidential == Some(true) {
            self.more.confidential = Some(true);
        }
        let secret = other.types.into_iter().filter(|t| super::service_type(t).is_some_and(|t| t.confidential));
        let secret: Vec<String> = secret.filter(|t| !self.types.contains(t)).collect();
        self.types.extend(secret);
    }
}

/// What the Open Referral standard has no field for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SideRecord {
    /// Id of the service.
    pub id: String,
    /// Position in the plan of the source that this row is from.
    pub source: usize,
    /// Where this row stands.
    pub place: Place,
    /// Everything that the row says.
    pub said: Vec<Field>,
    /// Ids of types.
    pub types: Vec<String>,
    /// Whether the row names a type that the typology does not know.
    pub unknown_type: bool,
    /// Forms of violence.
    pub forms: Vec<String>,
    /// How it reaches people.
    pub delivery: Vec<Delivery>,
    /// Whether its address is secret, where the row says so.
    pub confidential: Option<bool>,
    /// Places, caseworkers or hours, in `capacity_unit`.
    pub capacity: Option<f64>,
    /// What `capacity` counts.
    pub capacity_unit: Option<String>,
    /// Open cases now.
    pub caseload: Option<u32>,
    /// People waiting now.
    pub waiting: Option<u32>,
    /// For whom.
    pub eligibility: Eligibility,
    /// Groups whose own people run it, such as `Black and minoritised`, `LGBT+`, `Deaf`; empty where it is for no group by itself.
    pub by_and_for: Vec<String>,
    /// Whether it takes new people; `None` where the record does not say.
    pub list_open: Option<bool>,
    /// Median days from referral to start.
    pub wait_days: Option<f64>,
    /// When it is open.
    pub hours: Option<OpeningTimes>,
    /// Whether there are words about its hours that could not be read as hours.
    pub hours_in_words: bool,
    /// Languages offered.
    pub languages: Vec<String>,
    /// Access needs met: step-free, BSL, interpreter.
    pub access_needs: Vec<String>,
    /// How one gets in: self, police, GP.
    pub referral_routes: Vec<String>,
    /// Who pays for it.
    pub funders: Vec<String>,
    /// What it costs a year, in pounds.
    pub cost_per_year: Option<f64>,
    /// Quality mark.
    pub quality_mark: Option<String>,
    /// Last day of the quality mark, ISO 8601.
    pub quality_until: Option<String>,
    /// First day of the contract, ISO 8601.
    pub contract_start: Option<String>,
    /// Last day of the contract, ISO 8601.
    pub contract_end: Option<String>,
    /// When somebody last checked the record, ISO 8601.
    pub last_verified: Option<String>,
    /// What keeps it from being available, each class once; empty where the record does not say.
    pub unavailable: Vec<Lack>,
    /// Positions of further sources that parts of it are from.
    pub other_sources: Vec<usize>,
    /// What of it the readers of a pack are not told. No reader sets it: the release does.
    pub withheld: Withheld,
}

/// What a record gives and the readers of a pack are not told: neither known nor missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Withheld {
    /// Its capacity.
    pub capacity: bool,
    /// Its open cases.
    pub caseload: bool,
    /// How many wait for it.
    pub waiting: bool,
    /// How long they wait.
    pub wait_days: bool,
    /// Where it is, and the small areas that it serves.
    pub place: bool,
    /// What it costs, who pays and until when.
    pub contract: bool,
}

impl SideRecord {
    /// Who pays for it, each once however it is written: none where its record says that nobody does, `None` where it does not say.
    pub fn payers(&self) -> Option<Vec<String>> {
        /// Words of `funders` that say that nobody pays.
        const NOBODY: [&str; 4] = ["none", "unfunded", "no funder", "not funded"];
        let mut all: Vec<String> = vec![];
        for funder in &self.funders {
            let plain: Vec<String> = funder.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
            let plain = plain.iter().filter(|w| !w.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
            if !plain.is_empty() && !all.contains(&plain) {
                all.push(plain);
            }
        }
        let named = !all.is_empty();
        all.retain(|p| !NOBODY.contains(&p.as_str()));
        named.then_some(all)
    }

    /// Positions of every source that a part of it is from.
    pub fn all_sources(&self) -> impl Iterator<Item = usize> + '_ {
        self.other_sources.iter().copied().chain([self.source])
    }

    /// This row, with what it leaves open taken from what the catalogue itself says.
    pub fn over(self, catalogue: Self) -> Self {
        fn list(row: Vec<String>, catalogue: Vec<String>) -> Vec<String> {
            if row.is_empty() { catalogue } else { row }
        }
        let other_sources = self.other_sources.iter().copied().chain(catalogue.all_sources()).collect();
        // A number goes with its own unit.
        let (capacity, capacity_unit) =
            if self.capacity.is_some() { (self.capacity, self.capacity_unit) } else { (catalogue.capacity, catalogue.capacity_unit) };
        Self {
            id: self.id,
            source: self.source,
            place: self.place,
            said: vec![],
            unknown_type: self.unknown_type || (self.types.is_empty() && catalogue.unknown_type),
            types: list(self.types, catalogue.types),
            forms: list(self.forms, catalogue.forms),
            delivery: if self.delivery.is_empty() { catalogue.delivery } else { self.delivery },
            confidential: self.confidential.or(catalogue.confidential),
            capacity,
            capacity_unit,
            caseload: self.caseload.or(catalogue.caseload),
            waiting: self.waiting.or(catalogue.waiting),
            eligibility: self.eligibility.or(catalogue.eligibility),
            by_and_for: list(self.by_and_for, catalogue.by_and_for),
            list_open: self.list_open.or(catalogue.list_open),
            wait_days: self.wait_days.or(catalogue.wait_days),
            hours_in_words: self.hours.is_none() && catalogue.hours.is_none() && (self.hours_in_words || catalogue.hours_in_words),
            hours: self.hours.or(catalogue.hours),
            languages: list(self.languages, catalogue.languages),
            access_needs: list(self.access_needs, catalogue.access_needs),
            referral_routes: list(self.referral_routes, catalogue.referral_routes),
            funders: list(self.funders, catalogue.funders),
            cost_per_year: self.cost_per_year.or(catalogue.cost_per_year),
            quality_mark: self.quality_mark.or(catalogue.quality_mark),
            quality_until: self.quality_until.or(catalogue.quality_until),
            contract_start: self.contract_start.or(catalogue.contract_start),
            contract_end: self.contract_end.or(catalogue.contract_end),
            last_verified: self.last_verified.or(catalogue.last_verified),
            unavailable: if self.unavailable.is_empty() { catalogue.unavailable } else { self.unavailable },
            other_sources,
            withheld: self.withheld,
        }
    }
}
