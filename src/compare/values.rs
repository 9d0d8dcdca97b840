//! Values side by side, each with what may be said of it.

use super::shapes::{self, Months};
use super::{CALLED_AT, Change, Restated, Said};
use crate::model::{AreaRates, Body, ClassTotal, Finding, Findings, Indicator, Row, Series, SeriesBreak};
use crate::stats::counts::normal_tail;
use crate::stats::multiple::benjamini_hochberg;
use crate::stats::ratio::rate_ratio;
use crate::stats::waves::difference;
use crate::units::{AreaCode, Cell, Estimate, Month, Period};

/// The changes of a finding; `None` where its form has no comparison.
pub(super) fn changes(before: &Findings, after: &Findings, old: &Finding, new: &Finding) -> Option<Vec<Change>> {
    let id = &old.id;
    let counts = |row: &str, unit: &str, a: Cell<u64>, b: Cell<u64>| counts(id, row, unit, a, b);
    let broken = || {
        let of = |breaks: &SeriesBreak| touches(before, old, breaks) || touches(after, new, breaks);
        after.breaks.iter().chain(&before.breaks).any(|x| between(old.period, new.period, x.first_month) && of(x))
    };
    let months = |broken: bool| Months { before: old.period, after: new.period, broken };
    let mut list = match (&old.body, &new.body) {
        (Body::AreaRates(a), Body::AreaRates(b)) => rates(id, (old.period, new.period), a, b, broken()),
        (Body::AreaClasses(a), Body::AreaClasses(b)) => classes(id, &a.totals, &b.totals),
        (Body::AreaAccess(a), Body::AreaAccess(b)) => {
            let mut list = classes(id, &a.totals, &b.totals);
            list.push(plain(id, "shared out", &a.unit, Cell::Known(a.shared_out), Cell::Known(b.shared_out)));
            list
        }
        (Body::Shares(a), Body::Shares(b)) => {
            let pairs = paired(&a.rows, &b.rows);
            let row = |(x, y): (&Row, &Row)| -> Vec<Change> {
                let cells = a.parts.iter().zip(x.cells.iter().zip(&y.cells));
                cells.map(|(part, (n, m))| counts(&format!("{}: {part}", x.label), &a.unit, *n, *m)).collect()
            };
            pairs.into_iter().flat_map(row).collect()
        }
        (Body::Bars(a), Body::Bars(b)) => {
            let mut list: Vec<Change> = a
                .bars
                .iter()
                .filter_map(|x| Some((x, b.bars.iter().find(|y| y.label == x.label)?)))
                .map(|(x, y)| counts(&x.label, &a.unit, x.count, y.count))
                .collect();
            list.push(counts("", &a.unit, a.total, b.total));
            list
        }
        (Body::AreaCounts(a), Body::AreaCounts(b)) => vec![counts("", &a.unit, a.total, b.total)],
        (Body::Waterfall(a), Body::Waterfall(b)) => {
            vec![counts("", &a.unit, a.expected, b.expected), counts("left", &a.unit, a.left, b.left)]
        }
        (Body::Indicator(a), Body::Indicator(b)) => indicator(id, a, b),
        (Body::Siting(a), Body::Siting(b)) => vec![counts("beyond", &a.unit, a.beyond, b.beyond)],
        // Recording of the police has no part in who used services.
        (Body::Parity(a), Body::Parity(b)) => shapes::parity(id, months(false), after.policy.round_to, a, b),
        (Body::Gradient(a), Body::Gradient(b)) => shapes::gradient(id, months(broken()), a, b),
        (Body::Emerging(a), Body::Emerging(b)) => shapes::emerging(id, a, b),
        (Body::HotSpots(a), Body::HotSpots(b)) => shapes::hot_spots(id, a, b),
        (Body::NeedIndex(a), Body::NeedIndex(b)) => shapes::need_index(id, a, b),
        (Body::NeedAccess(a), Body::NeedAccess(b)) => shapes::need_access(id, a, b),
        (Body::Clusters(a), Body::Clusters(b)) => shapes::clusters(id, a, b),
        // Looked at again with more months: the same event, and no second sample.
        (Body::Interrupted(a), Body::Interrupted(b)) => {
            let again = Months { before: old.period, after: old.period, broken: false };
            let cell = |e: Option<Estimate>| e.map_or(Cell::Missing, Cell::Known);
            vec![shapes::ratio(id, &a.event.name, again, cell(a.ratio), cell(b.ratio))]
        }
        (Body::Table(a), Body::Table(b)) => shapes::table(id, a, b),
        (Body::OutcomeCohorts(a), Body::OutcomeCohorts(b)) => shapes::outcomes(id, broken(), a, b),
        (Body::OutcomeTimes(a), Body::OutcomeTimes(b)) => shapes::outcome_times(id, a, b),
        (Body::WeekClock(a), Body::WeekClock(b)) => shapes::week(id, a, b),
        (Body::WhatIf(a), Body::WhatIf(b)) => shapes::what_if(id, a, b),
        _ => return None,
    };
    // Counts of events, and what is found from them, are not held against each other across a break, tested or not.
    let of_events = matches!(
        old.body,
        Body::Bars(_)
            | Body::AreaCounts(_)
            | Body::HotSpots(_)
            | Body::Emerging(_)
            | Body::NeedIndex(_)
            | Body::NeedAccess(_)
            | Body::Clusters(_)
            | Body::Table(_)
            | Body::WeekClock(_)
    );
    if of_events && list.iter().any(|c| c.said == Said::Changed) && broken() {
        list.iter_mut().filter(|c| c.said == Said::Changed).for_each(|c| c.said = Said::Break);
    }
    Some(list)
}

/// Two counts that are no samples: the same or not.
pub(super) fn counts(id: &str, row: &str, unit: &str, before: Cell<u64>, after: Cell<u64>) -> Change {
    plain(id, row, unit, before.map(|n| n as f64), after.map(|n| n as f64))
}

/// The latest wave of each, tested by the limits of their difference where the two are samples of different months.
fn indicator(id: &str, old: &Indicator, new: &Indicator) -> Vec<Change> {
    let (Some(a), Some(b)) = (old.latest(), new.latest()) else { return vec![] };
    let mut change = plain(id, "", &new.unit, a.value, b.value);
    (change.before_limits, change.after_limits) = (a.limits, b.limits);
    if change.said == Said::NotKnown || a.period == b.period {
        return vec![change];
    }
    let broken = new.breaks.iter().any(|x| x.first_month > a.period.first && x.first_month <= b.period.last);
    let tested = a.limits.zip(b.limits).filter(|_| a.period.len() == b.period.len());
    change.said = match tested {
        _ if broken => Said::Break,
        _ if a.period.last >= b.period.first => Said::Overlap,
        // Without limits nobody knows what chance would do.
        None => Said::NotKnown,
        Some((before, after)) => {
            let d = difference(after, before);
            let error = (d.upper - d.lower) / (2.0 * 1.959_964);
            let p = if error > 0.0 { 2.0 * normal_tail((d.value / error).abs()) } else { 1.0 };
            change.p = Some(p);
            match d {
                d if d.lower > 0.0 => Said::Higher,
                d if d.upper < 0.0 => Said::Lower,
                _ => Said::NoClearChange,
            }
        }
    };
    vec![change]
}

fn paired<'a>(old: &'a [Row], new: &'a [Row]) -> Vec<(&'a Row, &'a Row)> {
    old.iter().filter_map(|a| Some((a, new.iter().find(|b| b.label == a.label && b.code == a.code)?))).collect()
}

fn classes(id: &str, old: &[ClassTotal], new: &[ClassTotal]) -> Vec<Change> {
    let pair = |a: &ClassTotal| {
        let b = new.iter().find(|b| b.class == a.class)?;
        let numbers = [a.residents, b.residents].map(|n| n.map(|n| n as f64));
        Some(plain(id, a.class.label(), "residents", numbers[0], numbers[1]))
    };
    old.iter().filter_map(pair).collect()
}

/// A value that is no sample: it is the same or it is not.
pub(super) fn plain(id: &str, row: &str, unit: &str, before: Cell<f64>, after: Cell<f64>) -> Change {
    let said = match (before, after) {
        (Cell::Known(a), Cell::Known(b)) if a == b => Said::Same,
        (Cell::Known(_), Cell::Known(_)) => Said::Changed,
        _ => Said::NotKnown,
    };
    Change {
        id: id.into(),
        row: row.into(),
        area: None,
        unit: unit.into(),
        before,
        after,
        before_limits: None,
        after_limits: None,
        ratio: None,
        p: None,
        said,
    }
}

/// Whether a break of recording touches a finding, by its sources.
fn touches(findings: &Findings, finding: &Finding, of: &SeriesBreak) -> bool {
    of.sources.is_empty() || of.sources.iter().any(|s| finding.sources.contains(s)) || findings.sources.is_empty()
}

/// Whether a month begins a new way of recording somewhere between the first month of the one and the last of the other.
fn between(old: Period, new: Period, month: Month) -> bool {
    month > old.first && month <= new.last
}

/// How much more than chance the counts of areas vary from one pack to the next: `c` of the variance `μ + c·μ²`, 0 where chance is enough.
///
/// Looked for about the change of the middle area, and by medians, so that areas that did change do not widen it: with `c`, the median
/// of z² is that of a χ² with one degree of freedom, 0.4549. Fewer than ten areas tell nothing of it.
fn extra(pairs: &[Pair]) -> f64 {
    let mut ratios: Vec<f64> =
        pairs.iter().map(|((x, n), (y, m))| (*y as f64 + 0.5) / m / ((*x as f64 + 0.5) / n)).filter(|r| r.is_finite()).collect();
    if ratios.len() < 10 {
        return 0.0;
    }
    ratios.sort_by(f64::total_cmp);
    let middle = ratios[ratios.len() / 2];
    // z about the middle change, and the count that it rests on.
    let about = |((x, n), (y, m)): &Pair| z_of(Some((*x, *n)), Some((*y, m * middle))).map(|z| (z, (x + y) as f64 / 2.0));
    let scores: Vec<(f64, f64)> = pairs.iter().filter_map(about).collect();
    let median = |c: f64| {
        let mut squares: Vec<f64> = scores.iter().map(|(z, count)| z * z / (1.0 + c * count)).collect();
        squares.sort_by(f64::total_cmp);
        squares.get(squares.len() / 2).copied().unwrap_or(0.0)
    };
    const CHI_SQUARE_MEDIAN: f64 = 0.4549;
    if median(0.0) <= CHI_SQUARE_MEDIAN {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while median(high) > CHI_SQUARE_MEDIAN && high < 1e6 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let c = 0.5 * (low + high);
        if median(c) > CHI_SQUARE_MEDIAN { low = c } else { high = c }
    }
    high
}

type Side = Option<(u64, f64)>;
/// Events and residents before, and after.
type Pair = ((u64, f64), (u64, f64));

fn side(count: Cell<u64>, residents: Cell<f64>) -> Side {
    count.known().zip(residents.known().filter(|r| *r > 0.0))
}

/// Two rates: z of no change, by the square roots of the counts (variance-stable, and an answer for 0).
fn z_of(old: Side, new: Side) -> Option<f64> {
    let ((x, n), (y, m)) = (old?, new?);
    let z = |x: u64, y: u64, r: f64| 2.0 * ((y as f64 + 0.375).sqrt() - (r * (x as f64 + 0.375)).sqrt()) / (1.0 + r).sqrt();
    (x + y > 0).then(|| z(x, y, m / n))
}

/// The whole, and every area: areas are adjusted for their number and for how widely changes lie anyway.
fn rates(id: &str, (old_months, new_months): (Period, Period), old: &AreaRates, new: &AreaRates, broken: bool) -> Vec<Change> {
    let overlap = old_months.last >= new_months.first && old_months != new_months;
    let same_months = old_months == new_months;
    let one = |row: &str, area: Option<AreaCode>, rates: [Cell<Estimate>; 2], sides: [Side; 2]| {
        let [a, b] = rates;
        let mut change = plain(id, row, &old.unit, a.map(|r| r.value), b.map(|r| r.value));
        (change.before_limits, change.after_limits) = (a.known(), b.known());
        change.area = area;
        if let (Some(x), Some(y)) = (sides[0], sides[1]) {
            change.ratio = rate_ratio(y, x, 0.95).filter(|r| r.upper.is_finite());
        }
        change
    };
    let mut list = vec![one(
        "",
        None,
        [old.total.rate, new.total.rate],
        [side(old.total.count, old.total.residents), side(new.total.count, new.total.residents)],
    )];
    let mut sides = vec![];
    for a in &old.rows {
        let Some(b) = new.rows.iter().find(|b| b.code == a.code) else { continue };
        let pair = [side(a.count, a.residents), side(b.count, b.residents)];
        list.push(one(&a.name, Some(a.code), [a.rate, b.rate], pair));
        sides.push(pair);
    }
    if broken || overlap || same_months {
        for change in list.iter_mut().filter(|c| c.said == Said::Changed) {
            change.said = match (broken, overlap) {
                (true, _) => Said::Break,
                (_, true) => Said::Overlap,
                _ => Said::Changed,
            };
        }
        return list;
    }
    // Areas: chance, and as much more as areas vary anyway.
    let pairs: Vec<Pair> = sides.iter().filter_map(|[a, b]| (*a).zip(*b)).collect();
    let c = extra(&pairs);
    let about = |x: f64, y: f64| (x + y) / 2.0;
    let width = |[a, b]: &[Side; 2]| a.zip(*b).map_or(1.0, |((x, _), (y, _))| (1.0 + c * about(x as f64, y as f64)).sqrt());
    let scores: Vec<Option<f64>> = sides.iter().map(|pair| z_of(pair[0], pair[1]).map(|z| z / width(pair))).collect();
    let p: Vec<f64> = scores.iter().flatten().map(|z| 2.0 * normal_tail(z.abs())).collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    for (change, score) in list[1..].iter_mut().zip(&scores) {
        let Some(z) = score else {
            change.said = Said::NotKnown;
            continue;
        };
        let q = adjusted.next().unwrap_or(1.0);
        (change.p, change.said) = (Some(q), verdict(*z, q));
    }
    // The whole: its parts vary each by itself, and no more is known of it.
    let counts: Vec<f64> = pairs.iter().map(|((x, _), (y, _))| about(*x as f64, *y as f64)).collect();
    let (sum, squares) = (counts.iter().sum::<f64>(), counts.iter().map(|n| n * n).sum::<f64>());
    let wide = if sum > 0.0 { (1.0 + c * squares / sum).sqrt() } else { 1.0 };
    let whole = z_of(side(old.total.count, old.total.residents), side(new.total.count, new.total.residents));
    match whole {
        Some(z) => {
            let p = 2.0 * normal_tail((z / wide).abs());
            (list[0].p, list[0].said) = (Some(p), verdict(z, p));
        }
        None => list[0].said = Said::NotKnown,
    }
    list
}

pub(super) fn verdict(z: f64, p: f64) -> Said {
    match p <= CALLED_AT {
        true if z > 0.0 => Said::Higher,
        true => Said::Lower,
        false => Said::NoClearChange,
    }
}

/// Months that both series count, and differently.
pub(super) fn restated(id: &str, old: &Series, new: &Series) -> Option<Restated> {
    let pairs = old.points.iter().filter_map(|a| {
        let b = new.points.iter().find(|b| b.month == a.month)?;
        Some((a.count.known()?, b.count.known()?)).filter(|(a, b)| a != b)
    });
    let pairs: Vec<(u64, u64)> = pairs.collect();
    (!pairs.is_empty()).then(|| Restated {
        id: id.into(),
        months: pairs.len(),
        before: pairs.iter().map(|p| p.0).sum(),
        after: pairs.iter().map(|p| p.1).sum(),
    })
}

/// The months that are new in the second pack beside the same months a year before: seasons fall out of it.
///
/// Chance is as wide as months lie about their own year's mean, and never less than that of counts.
pub(super) fn series(id: &str, old: &Series, new: &Series) -> Option<Change> {
    let last = old.points.last()?.month;
    let fresh: Vec<Month> = new.points.iter().map(|p| p.month).filter(|m| *m > last).collect();
    let (first, end) = (*fresh.first()?, *fresh.last()?);
    let count = |month: Month| new.points.iter().find(|p| p.month == month).map_or(Cell::Missing, |p| p.count);
    let sum = |months: &[Month]| Cell::sum(&months.iter().map(|m| count(*m)).collect::<Vec<_>>());
    let year_before: Vec<Month> = fresh.iter().map(|m| m.plus(-12)).collect();
    let (before, after) = (sum(&year_before), sum(&fresh));
    let row = Period { first, last: end }.label();
    let mut change = plain(id, &row, &new.unit, before.map(|n| n as f64), after.map(|n| n as f64));
    let broken = new.breaks.iter().any(|b| b.first_month > first.plus(-12) && b.first_month <= end);
    if broken {
        change.said = Said::Break;
        return Some(change);
    }
    let (Cell::Known(x), Cell::Known(y)) = (before, after) else { return Some(change) };
    let exposure = fresh.len() as f64;
    let z = z_of(Some((x, exposure)), Some((y, exposure)))?;
    let p = 2.0 * normal_tail((z / dispersion(new, first).sqrt()).abs());
    change.ratio = rate_ratio((y, exposure), (x, exposure), 0.95).filter(|r| r.upper.is_finite());
    (change.p, change.said) = (Some(p), verdict(z, p));
    Some(change)
}

/// Variance of monthly counts over their mean in the two years before, with the correlation of one month with the next; at least 1.
fn dispersion(series: &Series, until: Month) -> f64 {
    let counts: Option<Vec<f64>> =
        series.points.iter().filter(|p| p.month < until && p.month >= until.plus(-24)).map(|p| p.count.known().map(|n| n as f64)).collect();
    let Some(counts) = counts.filter(|c| c.len() >= 6) else { return 1.0 };
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<f64>() / n;
    let variance = counts.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / (n - 1.0);
    if mean <= 0.0 || variance <= 0.0 {
        return 1.0;
    }
    let lagged = counts.windows(2).map(|w| (w[0] - mean) * (w[1] - mean)).sum::<f64>() / ((n - 1.0) * variance);
    let rho = lagged.clamp(0.0, 0.8);
    (variance / mean * (1.0 + rho) / (1.0 - rho)).max(1.0)
}
