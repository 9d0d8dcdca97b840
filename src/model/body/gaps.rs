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
    /// None does, all say so, and that is a registered gap.
    Gap,
    /// None does, and all say so. No gap is registered: another kind of service is for them.
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

    /// As a number, to rank by: a judgement.
    fn as_number(self) -> f64 {
        match self {
            Confidence::High => 0.9,
            Confidence::Medium => 0.6,
            Confidence::Low => 0.3,
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

impl GapRegister {
    /// The name of a test.
    pub fn test_name<'a>(&'a self, dimension: &'a str) -> &'a str {
        self.dimensions.iter().find(|d| d.0 == dimension).map_or(dimension, |d| d.1.as_str())
    }
}

/// A theme of the strategy, as it names it.
pub fn theme_name(id: &str) -> &str {
    match id {
        "prevent" => "Preventing and reducing violence",
        "support" => "Supporting victims and survivors",
        "perpetrators" => "Holding perpetrators to account",
        "trust" => "Building trust and confidence",
        other => other,
    }
}

impl Gap {
    /// The ranks that it may have.
    pub fn range(&self) -> Value {
        self.rank.map_or(NOT_APPLICABLE, |r| {
            if r.low == r.high { Value::Text(r.low.to_string()) } else { Value::Text(format!("{} to {}", r.low, r.high)) }
        })
    }

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
    /// The file: the line of a record would tell how many stand before it that are not shown.
    pub place: String,
    /// What stands there; of a restricted source what kind of thing stands there.
    pub says: Text,
}

impl Shape for GapRegister {
    has_no! { sums_of_people by_area }

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

    fn no_counts(&self) -> NoCounts {
        // Words drawn from records: places, kilometres, hours.
        NoCounts::none().and_texts(self)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        // Counts, words and states alone: nothing is worked out from the counts that is not a sum of them.
        vec![]
    }

    fn table(&self) -> TableView {
        let areas = |g: &Gap| if g.areas.is_empty() { text("all") } else { Value::Count(g.areas.len() as u64) };
        Columns::default()
            .column("rank", "Rank", |g: &Gap| g.rank.map_or(NOT_APPLICABLE, |r| Value::Count(r.nominal as u64)))
            .column("rank_range", "Rank, range", Gap::range)
            .column("gap", "Gap", |g| text(&g.id))
            .column("test", "Test", |g| text(self.test_name(&g.dimension)))
            .column("what", "What", |g| text(&g.subject))
            .column("theme", "Theme", |g| text(theme_name(&g.theme)))
            .column("form_of_violence", "Form of violence", |g| text(if g.form.is_empty() { "all" } else { &g.form }))
            .column("result", "Result", |g| text(g.verdict.label()))
            .column("who", "Who", |g| text(&g.who))
            .column("people", "People", |g| count(g.people))
            .column("out_of", "Out of", |g| count(g.of))
            .column("counted_in", "Counted in", |g| text(&g.unit))
            .column("areas", "Areas", areas)
            .column("expected_need_from", "Expected need, from", |g| count(g.need_lower))
            .column("expected_need_to", "Expected need, to", |g| count(g.need_upper))
            .column("what_was_found", "What was found", |g| text(&g.measured))
            .column("standard", "Standard", |g| text(&g.standard.label))
            .column("status_of_the_standard", "Status of the standard", |g| text(&g.standard.status))
            .column("confidence", "Confidence", |g| text(g.confidence.label()))
            .column("because", "Because", |g| text(&g.because))
            .column("it_could_also_be", "It could also be", |g| text(&g.otherwise))
            .column("what_would_close_or_settle_it", "What would close or settle it", |g| text(&g.close))
            .of(&self.rows)
    }

    fn sheet(&self) -> Sheet {
        Sheet::Own { name: "Gaps", empty: "[z]", fixed: 0 }
    }

    fn described(&self) -> Described {
        Described::new(String::new(), String::new())
    }

    fn concludes(&self) -> bool {
        self.rows.iter().any(|r| r.people.known().is_some() || r.need_upper.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        Compared::Gaps(self)
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The gap that is ranked first, by the share of people it is about (all of them where it names no number), and the share of tests that the data
        // do not settle.
        let first = self.rows.iter().filter(|g| g.verdict == Verdict::Gap).min_by_key(|g| g.rank.map_or(usize::MAX, |r| r.nominal));
        let gap = first.map(|g| {
            let effect = match (g.people.known(), g.of.known().filter(|of| *of > 0)) {
                (Some(people), Some(of)) => (people as f64 / of as f64).min(1.0),
                _ => 1.0,
            };
            StandsOut { kind: Kind::Gap, says: Says::Told { effect, confidence: g.confidence.as_number() } }
        });
        let unknown = self.rows.iter().filter(|g| g.verdict == Verdict::NotKnown).count();
        let effect = unknown as f64 / self.rows.len().max(1) as f64;
        let unknown = (unknown > 0).then_some(StandsOut { kind: Kind::Unknown, says: Says::Told { effect, confidence: 1.0 } });
        gap.into_iter().chain(unknown).collect()
    }
}
