//! Numbers of restricted findings: every count obeys the policy, and every other number comes from such counts.

use super::again::{index_follows, indicator_follows, parity_follows};
use super::pack::Pack;
use super::series::series_follows;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::{
    AreaRate, AreaRates, Beyond, Body, Door, Finding, Followed, HotSpots, IndicatorKind, IndicatorValue, OutcomeCohorts, OutcomesOf,
};
use crate::stats::counts::{proportion, rate};
use crate::stats::disease_map::{Question, of_rates};
use crate::stats::funnel::curve;
use crate::stats::funnel_overdispersed::{Widened, about_the_whole};
use crate::stats::hot_spots::hot_spots;
use crate::stats::weights::Weights;
use crate::units::{Cell, Estimate};

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let (limit, base) = (findings.policy.withhold_up_to, findings.policy.round_to.max(1));
    let restricted = |name: &String| {
        let open = findings.sources.iter().any(|s| s.name == *name && s.sensitivity == crate::units::Sensitivity::Open);
        !open
    };
    for source in findings.sources.iter().filter(|s| s.sensitivity == crate::units::Sensitivity::Restricted) {
        let place = || Place::file(pack.findings_path.clone()).at(format!("source {}", source.name));
        let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
        let obeys = |n: &Cell<u64>| n.known().is_none_or(|n| n == 0 || (n > limit && n % base == 0));
        let lines = findings.ledger.iter().filter(|l| l.source == source.name);
        let told =
            lines.clone().any(|l| l.read.known().is_some() || !l.noted.is_empty() || !obeys(&l.kept) || !l.set_aside.values().all(obeys));
        if told {
            problems.error(Code::S321, place(), "the ledger tells rows of a restricted source that the policy does not allow", next);
        }
        if source.files.iter().any(|f| f.sha256.is_some() || f.bytes.is_some()) {
            problems.error(Code::S321, place(), "a file of a restricted source is told by its size or fingerprint", next);
        }
    }
    for finding in &findings.findings {
        let place = || Place::file(pack.findings_path.clone()).at(finding.id.clone());
        if finding.release.door == Door::Open {
            if finding.sources.iter().any(restricted) {
                problems.error(
                    Code::S321,
                    place(),
                    "a finding from a restricted source is released as if it were open",
                    "Make the pack again with `gapmap run`.",
                );
            }
            continue;
        }
        let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
        if counts(finding).iter().filter_map(|c| c.known()).any(|n| n != 0 && (n <= limit || n % base != 0)) {
            problems.error(Code::S321, place(), "a count is smaller than the policy allows, or not rounded", next);
        }
        if !follows(finding) {
            problems.error(
                Code::S321,
                place(),
                "a rate, share, mean or limit does not come from the released counts: it would give the real ones away",
                next,
            );
        }
    }
}

/// All counts of people's events in a finding. Residents are not among them.
pub(super) fn counts(finding: &Finding) -> Vec<Cell<u64>> {
    match &finding.body {
        Body::AreaRates(b) => b.rows.iter().map(|r| r.count).chain([b.unlocated, b.total.count]).collect(),
        Body::AreaCounts(b) => b.rows.iter().map(|r| r.count).chain([b.unlocated, b.total]).collect(),
        Body::HotSpots(b) => b.rows.iter().map(|r| r.count).chain([b.unlocated, b.total]).collect(),
        // Sums of released counts, so multiples of their base; how they come about is checked with the counts.
        Body::Clusters(b) => b.clusters.iter().map(|c| c.observed).collect(),
        Body::Emerging(b) => b.rows.iter().map(|r| r.count).collect(),
        Body::Gradient(b) => b.groups.iter().map(|g| g.count).collect(),
        Body::Series(b) => b.points.iter().flat_map(|p| [p.count, p.rolling_12]).collect(),
        Body::Interrupted(b) => b.points.iter().flat_map(|p| [p.here, p.elsewhere]).collect(),
        Body::AreaAccess(b) => b.totals.iter().map(|t| t.residents).chain([b.people, b.not_for_them]).collect(),
        Body::NeedAccess(b) => b.rows.iter().map(|r| r.count).chain([b.unlocated, b.total]).collect(),
        Body::NeedIndex(b) => {
            b.rows.iter().flat_map(|r| r.counts.iter().copied()).chain(b.unlocated.iter().chain(&b.totals).copied()).collect()
        }
        Body::Gaps(b) => b.rows.iter().flat_map(|r| [r.people, r.of, r.need_lower, r.need_upper, r.counts[0], r.counts[1]]).collect(),
        Body::Services(_) => vec![],
        Body::Parity(b) => {
            let of = |d: &crate::model::ParityDimension| d.groups.iter().map(|g| g.users).chain([d.not_known, d.total]).collect::<Vec<_>>();
            b.dimensions.iter().flat_map(of).collect()
        }
        Body::OutcomeCohorts(b) => b.counts().collect(),
        Body::OutcomeTimes(b) => b.steps.iter().flat_map(|s| s.counts.iter().copied().chain([s.left])).chain([b.reports]).collect(),
        Body::WeekClock(b) => {
            b.days.iter().flat_map(|d| d.cells.iter().copied().chain([d.total])).chain(b.by_band.iter().copied()).chain([b.total]).collect()
        }
        Body::Bars(b) => b.bars.iter().map(|x| x.count).chain([b.total]).collect(),
        // Of a restricted rate the whole came through the door as well; of a share it is the sum of two counts.
        Body::Indicator(b) => {
            let whole =
                |v: &IndicatorValue| if b.kind == IndicatorKind::Rate { v.denominator.map(|d| d as u64) } else { Cell::NotApplicable };
            b.values().flat_map(|v| [v.numerator, v.rest, whole(v)]).collect()
        }
        Body::Table(b) => b.rows.iter().flat_map(|r| r.cells.iter().copied()).collect(),
        Body::Shares(b) => b.rows.iter().flat_map(|r| r.cells.iter().copied()).collect(),
        Body::Waterfall(b) => b.losses.iter().map(|l| l.people).chain([b.expected, b.left, b.caseload]).collect(),
        Body::AreaClasses(b) => b.totals.iter().map(|t| t.residents).collect(),
        Body::Siting(b) => {
            let steps = b.steps.iter().flat_map(|s| [s.gained, s.lost]);
            let all = [b.reached, b.beyond, b.not_known, b.all, b.most, b.uncoverable];
            all.into_iter().chain(b.choices.iter().map(|c| c.gained)).chain(steps).collect()
        }
        Body::WhatIf(b) => b.counts().collect(),
    }
}

fn follows(finding: &Finding) -> bool {
    match &finding.body {
        Body::AreaRates(b) => {
            let per = b.per;
            let each = b.rows.iter().map(|r| (r.count, r.residents, r.rate));
            each.chain([(b.total.count, b.total.residents, b.total.rate)])
                .all(|(count, residents, told)| same(told, count, |n, level| residents.known().and_then(|r| rate(n, r, per, level))))
                // Ranks are told of open sources alone.
                && b.rows.iter().all(|r| r.rank.is_none())
                && funnel_follows(b, per)
        }
        Body::Bars(b) => b.bars.iter().all(|bar| match b.total {
            Cell::Known(all) => same(bar.share, bar.count, |n, level| proportion(n, all.max(n), level)),
            _ => bar.share.known().is_none(),
        }),
        Body::Series(b) => series_follows(b),
        Body::Interrupted(b) => b.follows(),
        Body::AreaAccess(b) => b.adds_up(),
        Body::NeedAccess(b) => b.follows(),
        Body::NeedIndex(b) => index_follows(b),
        Body::OutcomeCohorts(b) => outcomes_follow(b),
        // Never told of a restricted source.
        Body::OutcomeTimes(_) | Body::Emerging(_) => false,
        Body::WeekClock(b) => b.follows(),
        Body::Parity(b) => parity_follows(b),
        Body::Indicator(b) => indicator_follows(b),
        Body::Waterfall(b) => b.follows(),
        Body::Siting(b) => b.follows(),
        Body::HotSpots(b) => hot_spots_follow(b),
        Body::Gradient(b) => {
            b.groups.iter().all(|g| same(g.rate, g.count, |n, level| g.residents.known().and_then(|r| rate(n, r, b.per, level))))
        }
        // Counts, words and states alone: nothing is worked out from the counts that is not a sum of them.
        Body::AreaCounts(_)
        | Body::Table(_)
        | Body::Shares(_)
        | Body::AreaClasses(_)
        | Body::WhatIf(_)
        | Body::Services(_)
        | Body::Gaps(_) => true,
        // What was expected and how strong a cluster is rest on counts by area that are told elsewhere, if at all; its own count is checked above.
        Body::Clusters(b) => b.clusters.iter().all(|c| c.expected.is_finite() && c.expected >= 0.0 && (0.0..=1.0).contains(&c.p)),
    }
}

/// Whether the counts of cohorts together are sums of those of cohorts, and shares those of the counts.
fn outcomes_follow(body: &OutcomeCohorts) -> bool {
    let added = || body.cohorts.iter().filter(|c| c.added);
    let is_sum = |told: Cell<u64>, parts: Vec<Cell<u64>>| told.known().is_none() || told == Cell::sum(&parts);
    let Some(together) = &body.together else { return body.authorities.is_empty() };
    let shares = |o: &OutcomesOf| {
        o.parts.iter().all(|p| same(p.share, p.count, |n, level| o.reports.known().and_then(|all| proportion(n, all.max(n), level))))
    };
    let counts = |k: usize| added().map(|c| c.counts.get(k).copied().unwrap_or(Cell::Missing)).collect();
    // By authority nothing is told of a restricted source.
    body.authorities.is_empty()
        && added().all(|c| c.followed == Followed::Mature)
        && is_sum(together.reports, added().map(|c| c.reports).collect())
        && together.parts.iter().enumerate().all(|(k, p)| is_sum(p.count, counts(k)))
        && shares(together)
}

/// Whether an estimate is the one that a count gives, and is absent where the count is.
fn same(told: Cell<Estimate>, count: Cell<u64>, make: impl Fn(u64, f64) -> Option<Estimate>) -> bool {
    let Some(told) = told.known() else { return true };
    let Some(again) = count.known().and_then(|n| make(n, told.level)) else { return false };
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    close(told.value, again.value) && close(told.lower, again.lower) && close(told.upper, again.upper)
}

/// What areas are compared with: events with a known area over all residents, or the released rate of the whole where either is not told.
fn centre(body: &AreaRates, per: f64) -> Option<f64> {
    let people: Option<f64> = body.rows.iter().map(|r| r.residents.known()).sum();
    match (body.total.count.known(), body.unlocated.known(), people) {
        (Some(total), Some(none), Some(people)) if people > 0.0 => Some(total.saturating_sub(none) as f64 / people * per),
        _ => body.total.rate.known().map(|r| r.value),
    }
}

/// Whether the limits of a funnel are those about the released rate of the whole, widened by how much the released rates vary, and areas are
/// called outside of them where they are.
fn funnel_follows(body: &AreaRates, per: f64) -> bool {
    let (Some(first), Some(last)) = (body.funnel.first(), body.funnel.last()) else { return true };
    let Some(centre) = centre(body, per) else { return false };
    let known = |r: &AreaRate| Some((r.count.known()? as f64, r.residents.known().filter(|p| *p > 0.0)? * centre / per));
    let (observed, expected): (Vec<f64>, Vec<f64>) = body.rows.iter().filter_map(known).unzip();
    let varied = about_the_whole(&observed, &expected);
    let again = varied.as_ref().map_or_else(
        || curve(centre / per, per, first.residents, last.residents),
        |v| v.curve(centre / per, per, first.residents, last.residents),
    );
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0);
    let pair = |a: (f64, f64), b: (f64, f64)| close(a.0, b.0) && close(a.1, b.1);
    let variation = match (&varied, body.variation) {
        (Some(v), Some(told)) => close(v.phi, told.phi) && close(v.tau2, told.between),
        (varied, told) => varied.is_none() && told.is_none(),
    };
    let shown = body.rows.iter().filter(|r| known(r).is_some());
    let outside = shown.enumerate().all(|(k, row)| {
        let (Some(varied), Some(rate)) = (&varied, row.rate.known()) else { return row.beyond.is_none() };
        let (low, high) = varied.limits(k, rate.level, Widened::Additive);
        let ratio = observed[k] / expected[k];
        // A rate that lies on a limit, to the last digits, may be called either way.
        let near = close(ratio, low) || close(ratio, high);
        let again = if ratio > high { Some(Beyond::Above) } else { (ratio < low).then_some(Beyond::Below) };
        near || again == row.beyond
    });
    variation
        && outside
        && again.len() == body.funnel.len()
        && again.iter().zip(&body.funnel).all(|(a, f)| pair(a.1, f.near) && pair(a.2, f.far))
}

/// Whether modelled rates and chances are those of the released counts.
fn model_follows(body: &HotSpots, events: &[Option<u64>], residents: &[Option<f64>], weights: &Weights) -> bool {
    let Some(model) = body.modelled else { return body.rows.iter().all(|r| r.modelled.known().is_none() && r.above.is_none()) };
    let Some(map) = of_rates(events, residents, weights, Question { threshold: model.threshold, level: 0.95 }) else { return false };
    let close = |told: f64, again: f64| (told - again).abs() <= 1e-9 * again.abs().max(1.0);
    close(model.sigma, map.sigma.mean)
        && body.rows.iter().zip(&map.areas).all(|(row, area)| match (row.modelled.known(), row.above, area) {
            (Some(told), Some(above), Some(area)) => close(told.value, area.rate.value * map.whole * body.per) && close(above, area.above),
            (None, None, None) => true,
            _ => false,
        })
}

/// Whether indices, scores and smoothed rates are those of the released counts.
fn hot_spots_follow(body: &HotSpots) -> bool {
    if body.draws == 0 {
        // Nothing was looked for, so nothing is told.
        return body.modelled.is_none()
            && body.rows.iter().all(|r| [r.index, r.z, r.p, r.q].iter().all(|c| c.known().is_none()) && r.smoothed.known().is_none());
    }
    let events: Vec<Option<u64>> = body.rows.iter().map(|r| r.count.known()).collect();
    let residents: Vec<Option<f64>> = body.rows.iter().map(|r| r.residents.known()).collect();
    let weights = Weights::new(&body.rows.iter().map(|r| r.neighbours.clone()).collect::<Vec<_>>());
    let found = hot_spots(&events, &residents, &weights, body.draws, body.seed, 0.95);
    if !model_follows(body, &events, &residents, &weights) {
        return false;
    }
    let close = |told: Cell<f64>, again: Option<f64>| match (told.known(), again) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        (None, None) => true,
        _ => false,
    };
    body.rows.iter().zip(&found.areas).all(|(row, area)| {
        let around = area.and_then(|a| a.around);
        close(row.index, area.map(|a| a.index))
            && close(row.smoothed.map(|e| e.value), area.map(|a| a.smoothed.value * body.per))
            && close(row.z, around.map(|a| a.z))
            && close(row.q, around.map(|a| a.q))
    })
}
