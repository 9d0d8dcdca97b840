mod cohorts;
mod stretches;
mod tell;
mod times;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{Draft, DraftHead};
use super::indicator::{Indicator, headlines};
use super::words::slug;
use crate::model::{Message, OutcomeClass, OutcomeKind};
use crate::msg;
use crate::sources::{Fate, Topic};
use crate::study::{Dataset, Outcomes, Study};
use crate::units::{Period, Polarity, Sensitivity};

/// The settings of an `outcomes` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OutcomeSettings {
    /// Categories to follow, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// Months that each report is given to come to an outcome. Reports of later months are immature: they are shown, and compared with none.
    pub follow_up_months: u16,
    /// Months of report that make one cohort, counted from January: 1, or 3, 6 or 12. Without it 1, and 12 of restricted sources, whose counts are small.
    pub cohort_months: Option<u16>,
    /// Coverage of the limits.
    pub level: f64,
}

impl Default for OutcomeSettings {
    fn default() -> Self {
        Self { categories: vec![], follow_up_months: 12, cohort_months: None, level: 0.95 }
    }
}

impl Analysis for OutcomeSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for dataset in study.datasets.iter().filter(|d| d.topic == Topic::Incidents) {
            let Some(outcomes) = &dataset.outcomes else { continue };
            for indicator in headlines(study, dataset, &self.categories) {
                let Some(asked) = Asked::new(self, study, dataset, outcomes, indicator) else { continue };
                drafts.push(asked.cohorts());
                drafts.extend(asked.times());
            }
        }
        drafts
    }
}

/// What is asked of one category of one source.
struct Asked<'a> {
    study: &'a Study,
    dataset: &'a Dataset,
    outcomes: &'a Outcomes,
    indicator: Indicator,
    /// Its categories as the source writes them.
    raw: Vec<u32>,
    follow_up: u16,
    cohort_months: u16,
    level: f64,
    dated: bool,
    restricted: bool,
    classes: Vec<OutcomeClass>,
}

impl<'a> Asked<'a> {
    /// `None` where nothing is known of any outcome.
    fn new(
        settings: &OutcomeSettings,
        study: &'a Study,
        dataset: &'a Dataset,
        outcomes: &'a Outcomes,
        indicator: Indicator,
    ) -> Option<Self> {
        let raw = dataset.raw_of(&indicator.categories);
        let restricted = study.sources[dataset.source].sensitivity == Sensitivity::Restricted;
        let follow_up = settings.follow_up_months.clamp(1, 120);
        // Dates that reach no cohort to the end of its time tell less than the latest outcome of each.
        let dated = (0..dataset.period.len()).any(|m| dataset.present[m] && outcomes.followed[m].is_some_and(|f| f >= follow_up));
        let cohort_months = settings.cohort_months.unwrap_or(if restricted { 12 } else { 1 }).clamp(1, 12);
        let mut asked = Self {
            study,
            dataset,
            outcomes,
            indicator,
            raw,
            follow_up,
            cohort_months,
            level: settings.level.clamp(0.5, 0.999),
            dated,
            restricted,
            classes: OutcomeClass::ALL.to_vec(),
        };
        // Those within the time of a report, and those that came later: a charge of the second year is an outcome of the curve, and no report left open.
        let within = asked.ended().flat_map(|e| [false, true].map(|mature| asked.class(&e.fate, mature)));
        let later = asked.ended().filter(|_| dated).filter_map(|e| e.fate.dated.as_ref()?.event()).map(|(class, _)| class);
        let met: Vec<OutcomeClass> = within.chain(later).collect();
        // Reports of which all are still open are an answer too.
        if !met.iter().any(|c| c.is_an_end() || *c == OutcomeClass::Open) {
            return None;
        }
        // Which classes a restricted source holds at all is a number too.
        if !restricted {
            asked.classes.retain(|c| met.contains(c));
        }
        Some(asked)
    }

    /// Its reports.
    fn ended(&self) -> impl Iterator<Item = &'a crate::study::Ended> + '_ {
        self.outcomes.ended.iter().filter(|e| self.raw.binary_search(&e.category).is_ok())
    }

    /// The class of a report: what it came to within its time, where outcomes have dates, and else the latest that is known.
    ///
    /// Of a `mature` cohort a report that was not followed that long, as one of a force whose outcomes are not there, is not known and not open.
    fn class(&self, fate: &Fate, mature: bool) -> OutcomeClass {
        match &fate.dated {
            _ if !self.dated => fate.last,
            Some(course) => match course.within(self.follow_up) {
                OutcomeClass::Open if mature && course.followed < self.follow_up => OutcomeClass::NotKnown,
                class => class,
            },
            None => OutcomeClass::NotKnown,
        }
    }

    fn head(&self, what: &str, period: Period) -> DraftHead {
        let source = self.study.source_ref(self.dataset.source);
        let mut caveats = vec![msg!("outcomes-caveat-share"), msg!("outcomes-caveat-charge")];
        let says = |class: OutcomeClass| self.classes.contains(&class);
        caveats.extend(says(OutcomeClass::EvidentialUnsaid).then(|| msg!("outcomes-caveat-unsaid")));
        caveats.push(msg!("outcomes-caveat-support"));
        caveats.extend((!self.dated).then(|| msg!("outcomes-caveat-undated")));
        caveats.extend((!self.indicator.note.is_empty()).then(|| Message::as_written(&self.indicator.note)));
        DraftHead {
            id: format!("outcomes/{}/{}/{what}", slug(&source.name), slug(&self.indicator.label)),
            analysis: "outcomes",
            sources: vec![source],
            period,
            polarity: Polarity::Ambiguous,
            status: self.indicator.status.clone(),
            caveats,
        }
    }

    /// First months of breaks, ascending.
    fn breaks(&self) -> Vec<crate::units::Month> {
        let mut months: Vec<_> = self.study.breaks_of(self.dataset, &self.indicator.categories).iter().map(|b| b.first_month).collect();
        months.sort_unstable();
        months.dedup();
        months
    }
}

/// The classes as a body shows them.
fn kinds(classes: &[OutcomeClass], dated: bool) -> Vec<OutcomeKind> {
    let label = |class: OutcomeClass| match class {
        OutcomeClass::Charged => msg!("outcomes-class-charged"),
        OutcomeClass::OutOfCourt => msg!("outcomes-class-out-of-court"),
        OutcomeClass::EvidentialSupported => msg!("outcomes-class-evidential-supported"),
        OutcomeClass::EvidentialUnsupported => msg!("outcomes-class-evidential-unsupported"),
        OutcomeClass::EvidentialUnsaid => msg!("outcomes-class-evidential-unsaid"),
        OutcomeClass::NoSuspect => msg!("outcomes-class-no-suspect"),
        OutcomeClass::Other => msg!("outcomes-class-other"),
        OutcomeClass::NotMapped => msg!("outcomes-class-not-mapped"),
        OutcomeClass::Open if dated => msg!("outcomes-class-open-then"),
        OutcomeClass::Open => msg!("outcomes-class-open"),
        OutcomeClass::NotKnown => msg!("outcomes-class-not-known"),
    };
    classes.iter().map(|c| OutcomeKind { class: *c, label: label(*c).into() }).collect()
}
