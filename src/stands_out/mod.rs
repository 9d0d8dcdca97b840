//! What stands out of a pack: one list over all its answers, ranked by effect × certainty × weight of harm, at one stated rate of false discoveries.
//!
//! Each question has one answer that speaks for it: of places the scan, whose p-value holds for the whole map; the others stand in the annex and agree or
//! not. The p-values of all answers that test something are adjusted together (Benjamini and Hochberg 1995), so that what is listed holds at
//! [`FALSE_DISCOVERIES`] over the pack, and not once for each analysis. Only released numbers go in.

mod change;
mod gap;
mod group;
mod place;
mod time;

use serde::Serialize;

use crate::model::{Body, Finding, Findings};
use crate::stats::multiple::benjamini_hochberg;

/// Of the tested items that are listed, at most this share is false on average; where nothing is there at all, at most this share of packs lists anything.
pub const FALSE_DISCOVERIES: f64 = 0.05;
/// What people say of how safe they feel weighs half of what was done to them: a judgement, and no measurement.
const WEIGHT_OF_FEELING: f64 = 0.5;
/// What is not known weighs less than what is.
const WEIGHT_OF_UNKNOWN: f64 = 0.3;

/// What an item is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A service that is not there, or not for them.
    Gap,
    /// More or less than before.
    Change,
    /// More in some places than in others.
    Place,
    /// A group that is reached less, or harmed more.
    Group,
    /// Need at hours when nothing is open.
    Time,
    /// What the data do not say.
    Unknown,
}

/// One item of the list.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Item {
    /// What it is about.
    pub kind: Kind,
    /// Id of the finding that tells it.
    pub finding: String,
    /// The share that would be otherwise without it, 0 to 1: of events, of users, of people, of tests.
    pub effect: f64,
    /// How sure it is, 0 to 1: one less the adjusted p-value, or the confidence of the register.
    pub certainty: f64,
    /// How much a share of this counts, 0 to 1.
    pub weight: f64,
    /// Adjusted p-value over the pack; none where nothing was tested against chance.
    pub q: Option<f64>,
}

impl Item {
    /// `effect × certainty × weight`: the list is sorted by it.
    pub fn score(&self) -> f64 {
        self.effect * self.certainty * self.weight
    }
}

/// What a finding claims, before the claims of the others are known.
struct Claim {
    kind: Kind,
    effect: f64,
    sure: Sure,
}

/// How sure a claim is.
enum Sure {
    /// Tested against chance, with this p-value.
    Tested(f64),
    /// Told by a register, with this confidence.
    Told(f64),
}

/// The list, first what weighs most; ties by the finding's id.
///
/// ```
/// let nothing: Vec<gapmap::stands_out::Item> = vec![];
/// assert!(nothing.iter().all(|item| item.q.is_none_or(|q| q <= gapmap::stands_out::FALSE_DISCOVERIES)));
/// ```
pub fn stands_out(findings: &Findings) -> Vec<Item> {
    let claims: Vec<(&Finding, Claim)> = findings.findings.iter().flat_map(|f| claims(f).into_iter().map(move |c| (f, c))).collect();
    let tested = |c: &Claim| if let Sure::Tested(p) = c.sure { Some(p) } else { None };
    let p: Vec<f64> = claims.iter().filter_map(|(_, c)| tested(c)).collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    let item = |(finding, claim): (&Finding, Claim)| {
        let (certainty, q) = match claim.sure {
            Sure::Tested(_) => adjusted.next().map(|q| (1.0 - q, Some(q)))?,
            Sure::Told(confidence) => (confidence, None),
        };
        let weight = match claim.kind {
            Kind::Unknown => WEIGHT_OF_UNKNOWN,
            _ if finding.status == "self-reported" => WEIGHT_OF_FEELING,
            _ => 1.0,
        };
        Some(Item { kind: claim.kind, finding: finding.id.clone(), effect: claim.effect, certainty, weight, q })
    };
    let all = claims.into_iter().filter_map(item);
    let mut listed: Vec<Item> = all.filter(|i| i.q.is_none_or(|q| q <= FALSE_DISCOVERIES) && i.score() > 0.0).collect();
    listed.sort_by(|a, b| b.score().total_cmp(&a.score()).then_with(|| a.finding.cmp(&b.finding)));
    listed
}

/// What a finding claims. Shapes that show the same thing another way claim nothing: one test speaks for a question.
fn claims(finding: &Finding) -> Vec<Claim> {
    let one = |claim: Option<Claim>| claim.into_iter().collect();
    match &finding.body {
        Body::Series(body) => one(change::of_series(body)),
        Body::Interrupted(body) => one(change::of_event(body)),
        Body::Clusters(body) => one(place::of_clusters(body)),
        Body::Gradient(body) => one(group::along_deprivation(body)),
        Body::Parity(body) => one(group::reached_less(body)),
        Body::WeekClock(body) => one(time::while_closed(body)),
        Body::Gaps(body) => gap::first_and_unknown(body),
        // Maps of rates, hot spots and indices answer where, too: the scan speaks. Tables, shares and scenarios test nothing.
        Body::AreaRates(_)
        | Body::AreaCounts(_)
        | Body::AreaClasses(_)
        | Body::AreaAccess(_)
        | Body::NeedIndex(_)
        | Body::NeedAccess(_)
        | Body::HotSpots(_)
        | Body::Emerging(_)
        | Body::Services(_)
        | Body::Bars(_)
        | Body::Shares(_)
        | Body::Waterfall(_)
        | Body::Siting(_)
        | Body::WhatIf(_)
        // Told by theme in the scorecard; a change of an indicator is no claim about the place yet.
        | Body::Indicator(_)
        // Shares of cohorts are told as they are: whether they changed is tested by nobody.
        | Body::OutcomeCohorts(_)
        | Body::OutcomeTimes(_)
        | Body::Table(_) => vec![],
    }
}

/// Two-sided p-value of an estimate on a ratio scale, from its interval: `z = ln value / ((ln upper − ln lower) / 2 z_level)`. `None` where a limit is not above 0.
fn p_of_ratio(estimate: crate::units::Estimate) -> Option<f64> {
    let crate::units::Estimate { value, lower, upper, level } = estimate;
    if !(lower > 0.0 && upper > lower && value > 0.0 && upper.is_finite()) {
        return None;
    }
    let error = (upper.ln() - lower.ln()) / (2.0 * crate::stats::counts::normal_quantile(1.0 - (1.0 - level) / 2.0));
    Some((2.0 * crate::stats::counts::normal_tail(value.ln().abs() / error)).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Estimate;

    #[test]
    fn an_interval_that_just_reaches_one_has_the_p_of_its_level() {
        let at = |lower: f64, level: f64| p_of_ratio(Estimate { value: lower.sqrt(), lower, upper: 1.0, level }).unwrap();
        assert!((at(0.5, 0.95) - 0.05).abs() < 1e-9 && (at(0.2, 0.99) - 0.01).abs() < 1e-9);
        assert_eq!(p_of_ratio(Estimate { value: 0.0, lower: 0.0, upper: 1.0, level: 0.95 }), None);
    }
}
