//! What stands out of a pack: one list over all its answers, ranked by effect × certainty × weight of harm, at one stated rate of false discoveries.
//!
//! Each question has one answer that speaks for it: of places the scan, whose p-value holds for the whole map; the others stand in the annex and agree or
//! not. The p-values of all answers that test something are adjusted together (Benjamini and Hochberg 1995), so that what is listed holds at
//! [`FALSE_DISCOVERIES`] over the pack, and not once for each analysis. Only released numbers go in.

use serde::Serialize;

use crate::model::shape::{GroupBesideOthers, Says, StandsOut, Test, is_ratio_with_limits};
use crate::model::{Finding, Findings};
use crate::stats::counts::{normal_quantile, normal_tail};
use crate::stats::group_and_rest::{GroupAndRest, Way};
use crate::stats::multiple::{benjamini_hochberg, surest_beyond};
use crate::units::Estimate;

pub use crate::model::shape::Kind;

/// Of the tested items that are listed, at most this share is false on average; where nothing is there at all, at most this share of packs lists anything.
pub const FALSE_DISCOVERIES: f64 = 0.05;
/// What people say of how safe they feel weighs half of what was done to them: a judgement, and no measurement.
const WEIGHT_OF_FEELING: f64 = 0.5;
/// What is not known weighs less than what is.
const WEIGHT_OF_UNKNOWN: f64 = 0.3;

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
            _ if ["self-reported", "survey"].contains(&finding.status.as_str()) => WEIGHT_OF_FEELING,
            _ => 1.0,
        };
        Some(Item { kind: claim.kind, finding: finding.id.clone(), effect: claim.effect, certainty, weight, q })
    };
    let all = claims.into_iter().filter_map(item);
    let mut listed: Vec<Item> = all.filter(|i| i.q.is_none_or(|q| q <= FALSE_DISCOVERIES) && i.score() > 0.0).collect();
    listed.sort_by(|a, b| b.score().total_cmp(&a.score()).then_with(|| a.finding.cmp(&b.finding)));
    listed
}

/// What a finding claims: its shape says what stands out, and here is how sure that is.
fn claims(finding: &Finding) -> Vec<Claim> {
    let claim = |said: StandsOut| {
        let (effect, sure) = match said.says {
            Says::Tested { effect, test } => (effect, Sure::Tested(p_of(&test)?)),
            Says::Told { effect, confidence } => (effect, Sure::Told(confidence)),
            Says::MostBeyond { all, shares } => {
                let most = surest_beyond(all, &shares)?;
                (most.by, Sure::Tested(most.p))
            }
        };
        Some(Claim { kind: said.kind, effect, sure })
    };
    finding.body.shape().stands_out().into_iter().filter_map(claim).collect()
}

fn p_of(test: &Test) -> Option<f64> {
    match test {
        Test::P(p) => Some(*p),
        Test::Ratio(ratio) => p_of_ratio(*ratio),
        Test::Difference(difference) => p_of_difference(*difference),
        Test::LeastReached(groups) => {
            // A group of whom nobody was reached has no logarithm of a ratio, and a p-value all the same.
            let of = |g: &GroupBesideOthers| {
                let (rest_events, rest_exposure) = g.others;
                let sides = GroupAndRest { events: g.events, exposure: g.people, rest_events, rest_exposure };
                let is_less = (g.events as f64) * rest_exposure < rest_events as f64 * g.people;
                sides.p(Way::MidP).map(|p| if is_less { p } else { 1.0 })
            };
            let tested: Vec<f64> = groups.iter().filter_map(of).collect();
            let least = tested.iter().copied().fold(1.0, f64::min);
            (!tested.is_empty()).then(|| (least * tested.len() as f64).min(1.0))
        }
    }
}

/// Two-sided p-value of an estimate on a ratio scale, from its interval: `z = ln value / ((ln upper − ln lower) / 2 z_level)`. `None` where a limit is not above 0.
fn p_of_ratio(estimate: Estimate) -> Option<f64> {
    let Estimate { value, lower, upper, level } = estimate;
    if !is_ratio_with_limits(&estimate) {
        return None;
    }
    let error = (upper.ln() - lower.ln()) / (2.0 * normal_quantile(1.0 - (1.0 - level) / 2.0));
    Some((2.0 * normal_tail(value.ln().abs() / error)).min(1.0))
}

/// Two-sided p-value of a difference, from the limit that lies towards 0. `None` without limits about it.
fn p_of_difference(estimate: Estimate) -> Option<f64> {
    let Estimate { value, lower, upper, level } = estimate;
    let towards = if value > 0.0 { value - lower } else { upper - value };
    let error = towards / normal_quantile(0.5 + level / 2.0);
    (error > 0.0 && error.is_finite()).then(|| (2.0 * normal_tail(value.abs() / error)).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_whose_limit_is_0_has_the_p_of_its_level() {
        let p = |value: f64, lower: f64, upper: f64| p_of_difference(Estimate { value, lower, upper, level: 0.95 });
        assert!((p(2.0, 0.0, 9.0).unwrap() - 0.05).abs() < 1e-9 && (p(-2.0, -9.0, 0.0).unwrap() - 0.05).abs() < 1e-9);
        assert!(p(2.0, 1.0, 9.0).unwrap() < 0.001 && p(0.0, -1.0, 1.0) == Some(1.0) && p(2.0, 2.0, 2.0).is_none());
    }

    #[test]
    fn an_interval_that_just_reaches_one_has_the_p_of_its_level() {
        let at = |lower: f64, level: f64| p_of_ratio(Estimate { value: lower.sqrt(), lower, upper: 1.0, level }).unwrap();
        assert!((at(0.5, 0.95) - 0.05).abs() < 1e-9 && (at(0.2, 0.99) - 0.01).abs() < 1e-9);
        assert_eq!(p_of_ratio(Estimate { value: 0.0, lower: 0.0, upper: 1.0, level: 0.95 }), None);
    }

    /// Of 1,000 people in 10,000 none was reached: that is worse than two of them.
    #[test]
    fn a_group_of_whom_nobody_was_reached_is_tested_like_the_others() {
        let p = |reached: u64| {
            let sides = |events, people, others| GroupBesideOthers { events, people, others };
            p_of(&Test::LeastReached(vec![sides(reached, 1000.0, (450, 9000.0)), sides(450, 9000.0, (reached, 1000.0))])).unwrap()
        };
        assert!(p(0) < p(2) && p(2) < 0.001 && p(50) > 0.9, "{} {} {}", p(0), p(2), p(50));
    }
}
