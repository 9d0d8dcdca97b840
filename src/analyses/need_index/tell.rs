//! Index, ranks and their ranges from the released counts.

use rand_distr::{Distribution, Poisson};

use super::{FEWEST_AREAS, PER};
use crate::analyses::draft::{Released, Telling};
use crate::analyses::hotspots::MOST_HIDDEN;
use crate::model::{Arg, Body, GapRank, IndexIndicator, Message, NeedIndex, NeedIndexRow, Standing};
use crate::msg;
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
    let area = &facts.area_name;
    let mut sentences = Vec::new();
    let headline = if enough {
        let (share, versions, areas) = (Arg::share(SURE_FROM, 0), body.draws, known.len());
        let listed: Vec<Message> = high.iter().take(MOST_NAMED).filter_map(|r| ranked(r)).collect();
        sentences.push(match high.len() {
            0 => msg!("need-index-none", areas = areas, plural = level, share = share, versions = versions),
            n if n > MOST_NAMED => msg!(
                "need-index-high-most",
                high = n,
                areas = areas,
                plural = level,
                area = area,
                share = share,
                versions = versions,
                names = listed
            ),
            n => msg!(
                "need-index-high",
                high = n,
                areas = areas,
                plural = level,
                area = area,
                share = share,
                versions = versions,
                names = listed
            ),
        });
        sentences.push(match perhaps.len() {
            0 => msg!("need-index-no-others"),
            n => msg!("need-index-others", areas = n),
        });
        sentences.extend((areas < n).then(|| msg!("need-index-left-out", areas = n - areas)));
        match high.len() {
            0 => msg!("need-index-headline-none"),
            n => msg!("need-index-headline", high = n),
        }
    } else {
        sentences.push(msg!("need-index-not-known"));
        msg!("need-index-headline-not-known")
    };
    let indicators = facts.indicators.iter().map(|i| msg!("mid", text = &i.label).into()).collect();
    Telling {
        headline,
        subtitle: msg!("need-index-subtitle", indicators = Arg::Series(indicators), area = area, plural = level, period = facts.period),
        sentences,
        figures: vec![],
        body: Body::NeedIndex(body),
    }
}

/// So many areas are named in a sentence.
const MOST_NAMED: usize = 5;
/// The upper end of the range of ranks is the rank that an area keeps in this share of draws.
const SURE_FROM: f64 = 0.95;

/// An area with the range of its ranks.
fn ranked(row: &NeedIndexRow) -> Option<Message> {
    let rank = row.rank?;
    Some(match rank.low == rank.high {
        true => msg!("need-index-rank", place = &row.name, rank = rank.low),
        false => msg!("need-index-ranks", place = &row.name, low = rank.low, high = rank.high),
    })
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
