//! What became of reports, over the whole partnership and by authority: never by small area, where so few ended in one way that they could be named.

use rustc_hash::FxHashMap;

use super::coverage::Coverage;
use super::cube::Cube;
use crate::sources::{Events, Fate};
use crate::units::{AreaCode, Month, Period};

/// Events whose authority is not known.
pub(super) const NO_AUTHORITY: u16 = u16::MAX;

/// Which events, by positions, and what became of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FateKey {
    /// Of their authority among those of the study's areas, sorted.
    pub authority: u16,
    /// Of their month in the period of the study.
    pub month: u16,
    /// Of their category, as the source writes it.
    pub category: u16,
    /// Of what became of them in [`Events::fates`].
    pub fate: u32,
}

/// Events by what became of them.
pub type Fates = FxHashMap<FateKey, u64>;

/// Events of one kind that ended alike.
#[derive(Clone, PartialEq, Debug)]
pub struct Ended {
    /// Position of their authority in [`Outcomes::authorities`]; `None` where it is not known.
    pub authority: Option<usize>,
    /// Position of the month of the report in the period of the study.
    pub month: usize,
    /// Position of their category among those that the source writes.
    pub category: u32,
    /// What became of them.
    pub fate: Fate,
    /// How many.
    pub n: u64,
}

/// What a source says became of its reports.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcomes {
    /// The authorities of the study, sorted by code.
    pub authorities: Vec<AreaCode>,
    /// Reports, in a fixed order.
    pub ended: Vec<Ended>,
    /// For each month of report, for how many months after it the dated outcomes are there without a gap; `None` where the month itself has none.
    pub followed: Vec<Option<u16>>,
    /// For each month of report, how many months later the source was written, at least; `None` where it holds none of that month.
    pub seen_after: Vec<Option<u16>>,
    /// For each month of report, whether it holds reports of which nobody says when their outcomes were written.
    pub age_unknown: Vec<bool>,
}

/// What became of the events of a source; `None` where it does not say.
pub(super) fn of(
    events: &Events,
    cube: &mut Cube,
    coverage: Option<&Coverage>,
    authorities: Vec<AreaCode>,
    period: Period,
) -> Option<Outcomes> {
    let mut keys: Vec<(FateKey, u64)> = std::mem::take(&mut cube.fates).into_iter().collect();
    keys.sort_unstable();
    let ended: Vec<Ended> = keys
        .into_iter()
        .filter_map(|(key, n)| {
            Some(Ended {
                authority: (key.authority != NO_AUTHORITY).then_some(usize::from(key.authority)),
                month: usize::from(key.month),
                category: u32::from(key.category),
                fate: events.fates.get(key.fate as usize)?.clone(),
                n,
            })
        })
        .collect();
    if ended.is_empty() {
        return None;
    }
    let mut seen_after: Vec<Option<u16>> = vec![None; period.len()];
    let mut age_unknown = vec![false; period.len()];
    for e in &ended {
        age_unknown[e.month] |= e.fate.seen_after.is_none();
        let seen = &mut seen_after[e.month];
        // Of reports of which nobody says when they were last looked at the least is known.
        *seen = Some(seen.map_or(e.fate.seen_after.unwrap_or(0), |s| s.min(e.fate.seen_after.unwrap_or(0))));
    }
    let followed = period.months().map(|m| followed(events, coverage, m)).collect();
    Some(Outcomes { authorities, ended, followed, seen_after, age_unknown })
}

/// How long the reports of a month are followed by every force whose area lies in the study.
fn followed(events: &Events, coverage: Option<&Coverage>, month: Month) -> Option<u16> {
    let own = |force: Option<u8>| {
        let name = force.and_then(|f| events.forces.get(usize::from(f)));
        let (Some(name), Some(coverage)) = (name, coverage) else { return true };
        coverage.authorities.iter().any(|a| a.force.as_ref() == Some(name))
    };
    let mut of = events.followed.iter().filter(|f| f.month == month && own(f.force)).map(|f| f.months);
    let first = of.next()?;
    of.fold(first, |least, f| least.zip(f).map(|(a, b)| a.min(b)))
}
