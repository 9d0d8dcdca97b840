//! Index, ranks and their ranges from the released counts.

use rand_distr::{Distribution, Poisson};

use super::{FEWEST_AREAS, PER};
use crate::analyses::Figure;
use crate::analyses::draft::{Released, Telling};
use crate::analyses::hotspots::MOST_HIDDEN;
use crate::analyses::words::{agreed, counted, mid_sentence};
use crate::model::{Body, GapRank, IndexIndicator, NeedIndex, NeedIndexRow, Standing};
use crate::stats::composite::{Scaling, scaled, weighted_mean};
use crate::stats::composite::{rank_ranges_over_methods, ranks};
use crate::units::{AreaCode, Cell, Geography, Period};

/// Every weight wavers by so much of itself.
const WAVERS_BY: f64 = 0.25;
/// Ranks are drawn so often; of very many areas less often, as each draw sorts all of them.
fn draws(areas: usize) -> usize {
    (3_000_000 / areas.max(1)).clamp(200, 1_000)
}

/// What everyone may know.
pub(super) struct Facts {
    pub area_name: String,
    pub geography: Geography,
    pub areas: Vec<(AreaCode, String)>,
    pub residents: Vec<Option<f64>>,
    pub indicators: Vec<IndexIndicator>,
    /// Values of the indicators that count no events, by area.
    pub known: Vec<Vec<f64>>,
    pub period: Period,
    pub seed: u64,
}

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let n = facts.areas.len();
    let recorded = facts.indicators.len() - facts.known.len();
    let row = |i: usize| {
        let residents = facts.residents[i].filter(|r| *r > 0.0);
        let counts: Vec<Cell<u64>> = (0..recorded).map(|k| released.at(i, k)).collect();
        let rate = |c: &Cell<u64>| c.and_then(|c| residents.map_or(Cell::Missing, |r| Cell::Known(c as f64 / r * PER)));
        NeedIndexRow {
            code: facts.areas[i].0,
            name: facts.areas[i].1.clone(),
            values: counts.iter().map(rate).chain(facts.known.iter().map(|k| Cell::Known(k[i]))).collect(),
            counts,
            residents: facts.residents[i].map_or(Cell::Missing, Cell::Known),
            index: Cell::Missing,
            rank: None,
        }
    };
    let mut body = NeedIndex {
        geography: facts.geography,
        indicators: facts.indicators.clone(),
        per: PER,
        fifth: 0,
        draws: draws(n),
        rows: (0..n).map(row).collect(),
        unlocated: (0..recorded).map(|k| released.at(n, k)).collect(),
        totals: (0..recorded).map(|k| released.at(n + 1, k)).collect(),
    };
    let index = index_of(&body);
    let known: Vec<usize> = (0..n).filter(|i| index[*i].is_some()).collect();
    let enough = known.len() >= FEWEST_AREAS && (n - known.len()) as f64 <= MOST_HIDDEN * n as f64;
    if enough {
        body.fifth = known.len().div_ceil(5);
        rank(&mut body, &index, &known, facts.seed);
    }
    let level = facts.geography.plural();
    let names = |standing: Standing| -> Vec<&NeedIndexRow> {
        let mut list: Vec<&NeedIndexRow> = body.rows.iter().filter(|r| r.rank.is_some() && body.standing(r) == standing).collect();
        list.sort_by_key(|r| (r.rank.map(|k| k.nominal), r.code));
        list
    };
    let (high, perhaps) = (names(Standing::High), names(Standing::Perhaps));
    let made_of: Vec<String> = facts.indicators.iter().map(|i| mid_sentence(&i.label)).collect();
    let mut sentences = Vec::new();
    let headline = if !enough {
        sentences.push("Too much is withheld, or too few areas are known, to make an index of need.".into());
        "Signs of need cannot be put together".into()
    } else {
        let listed: Vec<String> = high
            .iter()
            .take(5)
            .filter_map(|r| Some((r, r.rank?)))
            .map(|(r, k)| {
                if k.low == k.high { format!("{} (rank {})", r.name, k.low) } else { format!("{} (ranks {} to {})", r.name, k.low, k.high) }
            })
            .collect();
        if high.is_empty() {
            sentences.push(format!("No area is in the highest fifth of {} {level} whichever way the signs are put together.", known.len()));
        } else {
            sentences.push(format!(
                "{} of {} {level} of {} {} in the highest fifth whichever way the signs are put together{} {}.",
                high.len(),
                known.len(),
                facts.area_name,
                agreed(high.len(), "is", "are"),
                if high.len() > 5 { ", first" } else { ":" },
                listed.join(", ")
            ));
        }
        sentences.push(match perhaps.len() {
            0 => "No other is in it some ways and not others.".to_owned(),
            1 => "Another one is in it some ways and not others.".to_owned(),
            k => format!("Another {k} are in it some ways and not others: no order should be read into those."),
        });
        match high.len() {
            0 => "Signs of need: no area stands out whichever way they are put together".into(),
            1 => "Signs of need come together in 1 area, whichever way they are put together".to_owned(),
            k => format!("Signs of need come together in {k} areas, whichever way they are put together"),
        }
    };
    if known.len() < n && enough {
        sentences.push(format!(
            "Of {} a part is withheld or not known: {} no index.",
            counted(n - known.len(), facts.geography.singular(), level),
            agreed(n - known.len(), "it has", "they have")
        ));
    }
    let mut told = vec![("areas without one", n - known.len())];
    if enough {
        told.extend([
            ("areas in the highest fifth", high.len()),
            ("areas perhaps in it", perhaps.len()),
            ("areas with an index", known.len()),
        ]);
    }
    let figures = told.into_iter().map(|(what, k)| Figure::new(what, k as f64)).collect();
    Telling {
        headline,
        subtitle: format!("Index of {}, {}, {level}, {}", made_of.join(", "), facts.area_name, facts.period.label()),
        sentences,
        figures,
        body: Body::NeedIndex(body),
    }
}

/// Gives each area its index, rank and range. In each draw the counts are drawn again, as chance would have them.
fn rank(body: &mut NeedIndex, index: &[Option<f64>], known: &[usize], seed: u64) {
    let values: Vec<f64> = known.iter().filter_map(|i| index[*i]).collect();
    let weights: Vec<f64> = body.indicators.iter().map(|i| i.weight).collect();
    let of = |k: usize| -> Vec<(f64, Option<(u64, f64)>)> {
        let one = |i: &usize| {
            let row = &body.rows[*i];
            let count = row.counts.get(k).and_then(|c| c.known()).zip(row.residents.known());
            Some((row.values[k].known()?, count))
        };
        known.iter().filter_map(one).collect()
    };
    let columns: Vec<_> = (0..weights.len()).map(of).collect();
    let again = |(value, count): &(f64, Option<(u64, f64)>), random: &mut rand_chacha::ChaCha8Rng| match count {
        // A count of nothing could have been one: half an event stands for it.
        Some((n, residents)) => Poisson::new((*n as f64).max(0.5)).map_or(*value, |p| p.sample(random) / residents * PER),
        None => *value,
    };
    let ranges = rank_ranges_over_methods(ranks(&values), &weights, WAVERS_BY, draws(body.rows.len()), seed, |random| {
        columns.iter().map(|c| c.iter().map(|v| again(v, random)).collect()).collect()
    });
    for ((i, value), range) in known.iter().zip(&values).zip(ranges) {
        body.rows[*i].index = Cell::Known(*value);
        body.rows[*i].rank = Some(GapRank { nominal: range.nominal, low: range.low, high: range.high });
    }
}

/// The index from the values: each on a scale from 0 to 1, their weighted mean, times 100. Of areas of which one is not known, none.
fn index_of(body: &NeedIndex) -> Vec<Option<f64>> {
    let known: Vec<usize> = (0..body.rows.len()).filter(|i| body.rows[*i].values.iter().all(|v| v.known().is_some())).collect();
    let column = |k: usize| known.iter().filter_map(|i| body.rows[*i].values[k].known()).collect::<Vec<f64>>();
    let usable = (0..body.indicators.len()).filter_map(|k| Some((scaled(&column(k), true, Scaling::Range)?, body.indicators[k].weight)));
    let (columns, weights): (Vec<Vec<f64>>, Vec<f64>) = usable.unzip();
    let mut all = vec![None; body.rows.len()];
    if !columns.is_empty() {
        for (i, value) in known.iter().zip(weighted_mean(&columns, &weights)) {
            all[*i] = Some(100.0 * value);
        }
    }
    all
}
