//! Rates of the whole and of every area side by side, tested beyond what areas vary by.

use super::unlike::residents_of_rates;
use super::values::{plain, verdict, z_of};
use super::{Change, Said};
use crate::model::AreaRates;
use crate::stats::counts::normal_tail;
use crate::stats::multiple::benjamini_hochberg;
use crate::stats::ratio::rate_ratio;
use crate::units::{AreaCode, Cell, Estimate, Period};

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

/// The whole, and every area: areas are adjusted for their number and for how widely changes lie anyway.
pub(super) fn rates(id: &str, (old_months, new_months): (Period, Period), old: &AreaRates, new: &AreaRates, broken: bool) -> Vec<Change> {
    let other_people = residents_of_rates(old, new).is_some();
    let overlap = old_months.last >= new_months.first && old_months != new_months;
    let same_months = old_months == new_months;
    // Of other people the counts alone are held against each other, each as of the same people.
    let side = |count: Cell<u64>, residents: Cell<f64>| side(count, if other_people { residents.map(|_| 1.0) } else { residents });
    let one = |row: &str, area: Option<AreaCode>, rates: [Cell<Estimate>; 2], counts: [Cell<u64>; 2], sides: [Side; 2]| {
        let [a, b] = rates;
        let mut change = match (other_people, counts) {
            (true, [x, y]) => plain(id, row, "counted", x.map(|n| n as f64), y.map(|n| n as f64)),
            _ => plain(id, row, &old.unit, a.map(|r| r.value), b.map(|r| r.value)),
        };
        if !other_people {
            (change.before_limits, change.after_limits) = (a.known(), b.known());
        }
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
        [old.total.count, new.total.count],
        [side(old.total.count, old.total.residents), side(new.total.count, new.total.residents)],
    )];
    let mut sides = vec![];
    for a in &old.rows {
        let Some(b) = new.rows.iter().find(|b| b.code == a.code) else { continue };
        let pair = [side(a.count, a.residents), side(b.count, b.residents)];
        list.push(one(&a.name, Some(a.code), [a.rate, b.rate], [a.count, b.count], pair));
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
