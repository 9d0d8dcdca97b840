//! Incidents and place reports as dictionary-encoded columns: what twenty million rows fit into.

use rustc_hash::FxHashMap;

use super::facets::Facets;
use super::row_lines::RowLines;
use super::undated::Undated;
use crate::units::{AreaCode, Bounds, Crs, Month};
use crate::vocabulary::OutcomeClass;

/// One row never stands for more events than this: all of England and Wales records half a million crimes a month.
pub(super) const MOST_IN_A_ROW: i64 = 1_000_000;

/// In a column of dictionary positions: the row has no value here.
pub const NONE: u32 = u32::MAX;

/// What a set of events is about. Recorded incidents and self-reported safety concerns are never added together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Incidents, offences or referrals recorded by an agency.
    Incidents,
    /// Referrals to services, or people who began to use one: as counted by providers.
    Referrals,
    /// Reports of feeling unsafe in a public place, made by anyone: not crimes, and not a sample.
    PlaceReports,
}

impl Topic {
    /// What one of them is called, in the plural.
    pub fn unit(self) -> &'static str {
        match self {
            Topic::Incidents => "incidents",
            Topic::Referrals => "referrals",
            Topic::PlaceReports => "reports",
        }
    }

    /// What all of them together are called, in a title.
    pub fn label(self) -> &'static str {
        match self {
            Topic::Incidents => "Recorded incidents",
            Topic::Referrals => "Referrals",
            Topic::PlaceReports => "Reports of feeling unsafe in public",
        }
    }

    /// What became of some of them: `were recorded`. Nobody records a referral: it is made.
    pub fn happened(self, n: u64) -> &'static str {
        match (self, n) {
            (Topic::Incidents, 1) => "was recorded",
            (Topic::Incidents, _) => "were recorded",
            (Topic::Referrals, 1) => "referral was made",
            (Topic::Referrals, _) => "referrals were made",
            (Topic::PlaceReports, 1) => "report was made",
            (Topic::PlaceReports, _) => "reports were made",
        }
    }
}

/// A distinct position, keyed by the bits of its coordinates in the source's own system.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PointKey {
    x: u64,
    y: u64,
}

impl PointKey {
    /// From longitude and latitude in degrees, or easting and northing in metres.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x: x.to_bits(), y: y.to_bits() }
    }

    /// Longitude or easting.
    pub fn x(self) -> f64 {
        f64::from_bits(self.x)
    }

    /// Latitude or northing.
    pub fn y(self) -> f64 {
        f64::from_bits(self.y)
    }
}

/// What became of a report, as far as its source says.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Fate {
    /// Where outcomes have dates, what came when; `None` where nobody followed it, or it ended and nobody says when.
    pub dated: Option<Course>,
    /// Its class when the source was written, whenever that came about.
    pub last: OutcomeClass,
    /// How many months later the source was written, at least; `None` where nothing says when.
    pub seen_after: Option<u16>,
}

/// What became of a report, in months after it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Course {
    /// The first ending.
    pub first: Option<(OutcomeClass, u16)>,
    /// Endings between the first and the last, in order, as far as they are others than the one before; none after a charge, which nothing undoes.
    pub between: Box<[(OutcomeClass, u16)]>,
    /// The last ending.
    pub last: Option<(OutcomeClass, u16)>,
    /// The first charge: it counts whatever comes after it.
    pub charged: Option<u16>,
    /// For so many months it was followed.
    pub followed: u16,
}

impl Course {
    /// One ending, of which nothing else is known.
    pub fn ended(class: OutcomeClass, after: u16, followed: u16) -> Self {
        let end = Some((class, after));
        Self { first: end, last: end, charged: (class == OutcomeClass::Charged).then_some(after), followed, ..Self::default() }
    }

    /// What the report had come to so many months after it: a charge, else the latest ending by then, else nothing yet. What comes later changes nothing:
    /// cohorts that were given the same time are held against each other.
    ///
    /// ```
    /// use gapmap::{sources::Course, vocabulary::OutcomeClass};
    /// let closed = Some((OutcomeClass::NoSuspect, 2));
    /// let course = Course { first: closed, last: Some((OutcomeClass::Charged, 17)), charged: Some(17), followed: 30, ..Course::default() };
    /// assert_eq!(course.within(12), OutcomeClass::NoSuspect);
    /// assert_eq!((course.within(1), course.within(17)), (OutcomeClass::Open, OutcomeClass::Charged));
    /// ```
    pub fn within(&self, months: u16) -> OutcomeClass {
        match self.charged {
            Some(after) if after <= months => OutcomeClass::Charged,
            _ => {
                let mut latest_first = self.last.iter().chain(self.between.iter().rev()).chain(&self.first);
                latest_first.find(|(_, after)| *after <= months).map_or(OutcomeClass::Open, |(class, _)| *class)
            }
        }
    }

    /// The ending that a curve counts: the charge where there is one, else the first.
    pub fn event(&self) -> Option<(OutcomeClass, u16)> {
        self.charged.map(|after| (OutcomeClass::Charged, after)).or(self.first)
    }
}

/// How long the reports of a month are followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Followed {
    /// Position of the force in [`Events::forces`]; `None` where the source tells no force.
    pub force: Option<u8>,
    /// The month of the reports.
    pub month: Month,
    /// For so many months after it dated outcomes are there without a gap; `None` where the month itself has none.
    pub months: Option<u16>,
}

/// The rows of one file, column by column, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The file, as problems print it.
    pub file: String,
    /// One-based line of each row.
    pub line: RowLines,
    /// Position of its point in [`Events::points`], or [`NONE`].
    pub point: Vec<u32>,
    /// Position of the area code that the row itself carries in [`Events::codes`], or [`NONE`].
    pub code: Vec<u32>,
    /// Month index ([`Month::index`]) of each row, which fits 16 bits until the year 2730.
    pub month: Vec<u16>,
    /// Position of its category in [`Events::categories`].
    pub category: Vec<u16>,
    /// How many events the row stands for; empty where each stands for one.
    pub count: Vec<u32>,
    /// Facets; empty where the source has none.
    pub facets: Vec<Facets>,
    /// Position of the force that reports each row in [`Events::forces`]; empty where the source tells no force.
    pub force: Vec<u8>,
    /// Position of what became of each row in [`Events::fates`]; empty where the source tells no outcomes.
    pub fate: Vec<u32>,
}

impl Block {
    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.line.len()
    }

    /// Makes room for so many rows of a street file at once: columns that grow by doubling leave holes in memory.
    pub fn reserve(&mut self, rows: usize) {
        for column in [&mut self.point, &mut self.code, &mut self.fate] {
            column.reserve_exact(rows);
        }
        self.month.reserve_exact(rows);
        self.category.reserve_exact(rows);
        self.force.reserve_exact(rows);
    }

    /// Adds a row that stands for one event.
    pub fn push(&mut self, line: u32, point: u32, code: u32, month: Month, category: u16) {
        self.line.push(line);
        self.point.push(point);
        self.code.push(code);
        self.month.push(month.index() as u16);
        self.category.push(category);
    }

    /// The month of a row.
    pub fn month_of(&self, row: usize) -> Option<Month> {
        Month::from_index(i32::from(self.month[row]))
    }

    /// Keeps the rows for which `keep` is true.
    pub fn retain(&mut self, keep: &[bool]) {
        fn pick<T: Copy>(column: &mut Vec<T>, keep: &[bool]) {
            let mut at = keep.iter();
            column.retain(|_| at.next().copied().unwrap_or(true));
        }
        self.line.retain(keep);
        pick(&mut self.point, keep);
        pick(&mut self.code, keep);
        pick(&mut self.month, keep);
        pick(&mut self.category, keep);
        pick(&mut self.count, keep);
        pick(&mut self.facets, keep);
        pick(&mut self.force, keep);
        pick(&mut self.fate, keep);
    }
}

/// All events of one source.
#[derive(Clone, Debug)]
pub struct Events {
    /// Position of the source in the plan.
    pub source: usize,
    /// What they are.
    pub topic: Topic,
    /// The system of the points.
    pub crs: Crs,
    /// Distinct points.
    pub points: Vec<PointKey>,
    /// Distinct area codes.
    pub codes: Vec<AreaCode>,
    /// Distinct categories, as the source writes them.
    pub categories: Vec<String>,
    /// Classes that its table puts categories into, each with the position of one: `Burglary` of `Domestic burglary`.
    pub classes: Vec<(String, u16)>,
    /// Months that the source covers, whether or not a row falls in them; empty where only the rows tell.
    pub covered: Vec<Month>,
    /// Months that its files are named after, whether or not they hold a row: they stretch the study, and cover nothing.
    pub named: Vec<Month>,
    /// Whether the source itself says that every row is of the study's authority: a code that nothing knows is then of a place in it.
    pub all_within: bool,
    /// Whether the plan says that each count is of its own month alone, however much the counts grow.
    pub not_cumulative: bool,
    /// Whether the plan names the categories that count.
    pub categories_chosen: bool,
    /// Of each month, by its index, a bit for each of its days that has an event, the first at 1; empty where the source tells months alone.
    pub days: std::collections::BTreeMap<u16, u32>,
    /// The forces that report, sorted by name; empty where the source tells none.
    pub forces: Vec<String>,
    /// Of each force, by position, the months of which it reported anything at all, and how many rows: also those that the plan leaves out.
    pub reported: Vec<(u8, Month, u64)>,
    /// What became of reports: each kind once, with how long it took.
    pub fates: Vec<Fate>,
    /// How long reports are followed by dated outcomes, month by month; empty where outcomes have no dates.
    pub followed: Vec<Followed>,
    /// The rows, file by file in a fixed order.
    pub blocks: Vec<Block>,
    /// Counts that the source does not tell.
    pub not_told: Vec<NotTold>,
    /// Rows that say a place and no month: they are in no count.
    pub undated: Vec<Undated>,
}

/// A cell of a table of counts that says no number.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct NotTold {
    /// Position of its table in [`Events::blocks`].
    pub block: u32,
    /// Position of its area code in [`Events::codes`], or [`NONE`].
    pub code: u32,
    /// Position of its point in [`Events::points`], or [`NONE`].
    pub point: u32,
    /// Month index.
    pub month: u16,
    /// Position of its category.
    pub category: u16,
    /// Between what the count lies, where the source says so.
    pub bounds: Bounds,
    /// Whether whoever published it knows the count and keeps it back; otherwise nobody says.
    pub suppressed: bool,
}

/// Why a row of the ledger is set aside whose count its publisher keeps back.
pub(super) const KEPT_BACK: &str = "a count that the source keeps back";
/// The same where there is none.
pub(super) const NO_COUNT: &str = "no count";

impl Events {
    /// None yet.
    pub fn new(source: usize, topic: Topic, crs: Crs) -> Self {
        Self {
            source,
            topic,
            crs,
            points: vec![],
            codes: vec![],
            categories: vec![],
            classes: vec![],
            covered: vec![],
            named: vec![],
            all_within: false,
            not_cumulative: false,
            categories_chosen: false,
            days: Default::default(),
            forces: vec![],
            reported: vec![],
            fates: vec![],
            followed: vec![],
            blocks: vec![],
            not_told: vec![],
            undated: vec![],
        }
    }
}

/// Values in the order in which they were first met, and where each stands.
#[derive(Clone, Debug)]
pub(super) struct Dictionary<K> {
    pub list: Vec<K>,
    place: FxHashMap<K, u32>,
}

impl<K: Clone + Eq + std::hash::Hash> Dictionary<K> {
    pub fn new() -> Self {
        Self { list: Vec::new(), place: FxHashMap::default() }
    }

    /// The position of a value, added at the end where it is new.
    pub fn id(&mut self, key: K) -> u32 {
        if let Some(at) = self.place.get(&key) {
            return *at;
        }
        let at = self.list.len() as u32;
        self.list.push(key.clone());
        self.place.insert(key, at);
        at
    }
}

/// Category names in the order in which they were first met, and other ways in which they were written. They are few: a scan beats a hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(pub Vec<String>, Vec<(String, u16)>);

/// So many other ways of writing names are remembered.
const MOST_SPELLINGS: usize = 500;

impl Names {
    /// The position of a name that may be written in other letters, with other spaces, dashes or signs: `STALKING & harassment` is `Stalking and
    /// harassment`, as it was met first.
    pub fn id_in_any_case(&mut self, name: &str) -> Option<u16> {
        if let Some(at) = self.0.iter().position(|n| n == name) {
            return u16::try_from(at).ok();
        }
        if let Some((_, at)) = self.1.iter().find(|(n, _)| n == name) {
            return Some(*at);
        }
        let shown = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = plain_words(&shown);
        let known = self.0.iter().position(|n| *n == shown || plain_words(n) == plain);
        let id = known.map_or_else(|| self.id(&shown), |at| u16::try_from(at).ok())?;
        if self.1.len() < MOST_SPELLINGS && (shown != name || known.is_some()) {
            self.1.push((name.to_owned(), id));
        }
        Some(id)
    }

    /// The position of a name, added where it is new; `None` beyond 65,535 names, which no category list has.
    pub fn id(&mut self, name: &str) -> Option<u16> {
        let place = self.0.iter().position(|n| n == name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        u16::try_from(place).ok()
    }
}

/// The words of a name in small letters, whatever dashes stand between them: `Violence & sexual offences` is `violence and sexual offences`.
pub(super) fn plain_words(name: &str) -> String {
    let mut plain = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        match c {
            '&' => plain.push_str(" and "),
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push(' '),
            '\u{2018}' | '\u{2019}' => plain.push('\''),
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
