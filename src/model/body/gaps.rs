//! Gaps: what is missing, for whom, by which standard, and how sure that is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{AreaCode, Cell};

/// The register of gaps: one row for each thing that was tested.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GapRegister {
    /// The day that the catalogue was read for: what had ended by then, or not begun, is not there.
    pub as_of: String,
    /// Ids and names of the tests, in order.
    pub dimensions: Vec<(String, String)>,
    /// Whom each kind of service takes, of the groups that services often leave out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
    /// Gaps first, by rank; then what is not known; then where no gap was found.
    pub rows: Vec<Gap>,
}

/// Whom a kind of service takes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Offer {
    /// The kind of service.
    pub kind: String,
    /// Groups, and whether they are taken.
    pub groups: Vec<(Text, TakesGroup)>,
}

/// Whether any running service of a kind takes a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TakesGroup {
    /// At least one takes them as a matter of course.
    Yes,
    /// At least one takes them under a condition of its own.
    OnConditions,
    /// None does, and all say so.
    No,
    /// The records do not tell.
    NotKnown,
}

/// What there is of a kind of service, beside what a standard asks for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Capacity {
    /// How much there is.
    pub there: Cell<f64>,
    /// How much the standard asks for here.
    pub asked: f64,
    /// Of what: `places`.
    pub unit: String,
}

/// What a test says. *Not known* is never *none*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Something is missing.
    Gap,
    /// The data do not settle it.
    NotKnown,
    /// Nothing is missing, as far as this test looks.
    NoGap,
}

impl Verdict {
    /// How a table names it.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Gap => "gap",
            Verdict::NotKnown => "not known",
            Verdict::NoGap => "no gap found",
        }
    }
}

/// How far a verdict can be relied on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Would hold up in a meeting with the provider.
    High,
    /// Rests on something that should be asked about first.
    Medium,
    /// A hint.
    Low,
}

impl Confidence {
    /// How a table names it.
    pub fn label(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }
    }
}

/// One row of the register.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Gap {
    /// Test and subject: `distance/one-stop-shop`.
    pub id: String,
    /// Id of the test.
    pub dimension: String,
    /// Name of the kind of service, or of the subject where it is none.
    pub subject: Text,
    /// Theme of the strategy.
    pub theme: String,
    /// Form of violence; empty where it is all of them.
    pub form: String,
    /// What the test says.
    pub verdict: Verdict,
    /// Whom it is about.
    pub who: Text,
    /// Where; the whole partnership where empty.
    pub areas: Vec<AreaCode>,
    /// How many people.
    pub people: Cell<u64>,
    /// Out of how many.
    pub of: Cell<u64>,
    /// What they are: `residents`, `people waiting`.
    pub unit: String,
    /// Women among them whom national surveys would expect to be harmed in a year, lower end; an estimate.
    pub need_lower: Cell<u64>,
    /// Upper end.
    pub need_upper: Cell<u64>,
    /// Further counts that the words use: such as reports at night, and by day.
    pub counts: [Cell<u64>; 2],
    /// What was found, in words.
    pub measured: Text,
    /// How much there is beside how much is asked for, where the test is of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// What it is measured by.
    pub standard: Standard,
    /// How sure.
    pub confidence: Confidence,
    /// Why so sure and no surer.
    pub because: Text,
    /// What else could explain it.
    pub otherwise: Text,
    /// What would close it, or settle it.
    pub close: Text,
    /// How it is worked out.
    pub formula: Text,
    /// The records and files that it rests on.
    pub evidence: Vec<Evidence>,
    /// Rank among the gaps; absent for what is none.
    pub rank: Option<GapRank>,
}

impl Gap {
    /// Its texts that are found by [`crate::words`].
    pub(super) fn texts_mut(&mut self) -> Vec<&mut Text> {
        let Gap { subject, who, measured, standard, because, otherwise, close, formula, evidence, .. } = self;
        let own = [subject, who, measured, &mut standard.label, &mut standard.source, because, otherwise, close, formula];
        own.into_iter().chain(evidence.iter_mut().map(|e| &mut e.says)).collect()
    }
}

/// A rank, and where it could lie were inputs and weights others.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GapRank {
    /// With the weights as they are.
    pub nominal: usize,
    /// 5 % point.
    pub low: usize,
    /// 95 % point.
    pub high: usize,
}

/// A standard, as `data/standards/standards.csv` gives it.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Standard {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub label: Text,
    /// `statutory duty`, `national guidance`, `international benchmark`, `sector benchmark` or `local target`.
    pub status: String,
    /// Who says so, and when.
    pub source: Text,
    /// What to mind.
    pub caveat: String,
}

/// Something that a gap rests on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The source of the plan.
    pub source: String,
    /// File and line, or the path within a feed.
    pub place: String,
    /// What stands there; of a restricted source what kind of thing stands there.
    pub says: Text,
}

impl Shape for GapRegister {
    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let groups = self.offers.iter_mut().flat_map(|o| o.groups.iter_mut().map(|g| &mut g.0));
        self.rows.iter_mut().flat_map(Gap::texts_mut).chain(groups).collect()
    }

    fn counts(&self) -> Counts {
        Counts::alike(self.rows.iter().flat_map(|r| [r.people, r.of, r.need_lower, r.need_upper, r.counts[0], r.counts[1]]))
    }

    fn shown(&self, _: &Counting) -> Result<Shown, Unclear> {
        // No counts of events.
        Ok(Shown::none())
    }

    fn sums_of_people(&self) -> Vec<SumOfPeople> {
        vec![]
    }

    fn no_counts(&self) -> NoCounts {
        // Words drawn from records: places, kilometres, hours.
        NoCounts::none().and_texts(self)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Counts, words and states alone: nothing is worked out from the counts that is not a sum of them.
        vec![]
    }
}
