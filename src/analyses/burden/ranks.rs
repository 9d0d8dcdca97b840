//! Which ranks of rates can be told.

use crate::model::{AreaRate, Message, RankSet};
use crate::msg;
use crate::stats::rank_sets::of_counts;
use crate::units::Geography;

/// Gives each area its rank with the set that holds it, where every count is known: those that are left of a table with withheld ones are mostly high.
pub(super) fn rank(rows: &mut [AreaRate], level: f64) {
    let known = |r: &AreaRate| Some((r.count.known()? as f64, r.residents.known().filter(|p| *p > 0.0)?));
    let Some((events, people)) =
        rows.iter().map(known).collect::<Option<Vec<_>>>().map(|all| all.into_iter().unzip::<f64, f64, Vec<_>, Vec<_>>())
    else {
        return;
    };
    let Some((ranks, sets)) = of_counts(&events, &people, level) else { return };
    for (i, row) in rows.iter_mut().enumerate() {
        row.rank = Some(RankSet { rank: ranks[i], best: sets.lower[i], worst: sets.upper[i] });
    }
}

/// How many areas may be the highest: with the ranks, and only where more than one may.
pub(super) fn sentence(rows: &[AreaRate], geography: Geography) -> Option<Message> {
    let told: Vec<RankSet> = rows.iter().filter_map(|r| r.rank).collect();
    let first = told.iter().filter(|r| r.best == 1).count();
    let (areas, plural) = (rows.len(), geography.plural());
    match first {
        0 | 1 => None,
        _ if told.len() != areas => None,
        all if all == areas => Some(msg!("burden-ranks-all", areas = areas, plural = plural)),
        some => Some(msg!("burden-ranks", first = some, areas = areas, plural = plural)),
    }
}
