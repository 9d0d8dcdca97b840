use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, Released, Telling};
use super::emerging::counts;
use super::indicator::{Indicator, months_since_break, open_incidents};
use crate::model::{Arg, Body, Message, NearRepeat, NearRepeatRow, NearRepeatWhere, p_value};
use crate::msg;
use crate::sources::MOSTLY_IN_PUBLIC;
use crate::spatial::{Contiguity, contiguity};
use crate::stats::near_months::{Carried, WINDOW, carried_over};
use crate::study::{Dataset, Study};
use crate::units::{Cell, Geography, Month, Period};

/// The settings of a `near-repeat` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NearRepeatSettings {
    /// Categories, as the sources write them, of those that happen in public places; those of them that are headlines where the list is empty.
    pub categories: Vec<String>,
    /// Corners of boundaries within this many metres are the same corner: for boundaries that leave slivers.
    pub snap_m: f64,
    /// How often months are shuffled.
    pub draws: usize,
}

impl Default for NearRepeatSettings {
    fn default() -> Self {
        Self { categories: vec![], snap_m: 0.0, draws: 999 }
    }
}

/// Fewer areas than this are no map.
pub(super) const FEWEST_AREAS: usize = 10;
/// Two stretches of months.
const FEWEST_MONTHS: usize = 2 * WINDOW;
/// Of fewer events there are too few pairs.
const FEWEST_EVENTS: u64 = 100;
/// Two rows share 5 %.
const CALLED_AT: f64 = 0.025;
/// Where more than this share of areas is not known in some month, nothing is told.
const MOST_UNKNOWN: f64 = 0.1;

impl Analysis for NearRepeatSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let shapes: Vec<_> = study.areas.list.iter().map(|a| &a.shape).collect();
        if shapes.len() < FEWEST_AREAS {
            return vec![];
        }
        // A count of each area in each month is more than any tier tells of restricted events.
        let asked: Vec<_> = open_incidents(study, &self.categories).into_iter().filter(|(d, i)| is_in_public(d, i)).collect();
        if asked.is_empty() {
            return vec![];
        }
        let neighbours = contiguity(&shapes, Contiguity::Queen, self.snap_m.max(0.0));
        asked.into_iter().filter_map(|(dataset, indicator)| self.draft(study, dataset, &indicator, &neighbours)).collect()
    }
}

/// Whether all that an indicator counts is of public places.
fn is_in_public(dataset: &Dataset, indicator: &Indicator) -> bool {
    let raw = dataset.raw_of(&indicator.categories);
    let named = |name: &str| MOSTLY_IN_PUBLIC.iter().any(|c| c.eq_ignore_ascii_case(name));
    !indicator.categories.is_empty() && !raw.is_empty() && raw.iter().all(|c| dataset.raw.get(*c as usize).is_some_and(|c| named(&c.name)))
}

impl NearRepeatSettings {
    /// `None` where too few months lie after the latest break.
    fn draft(&self, study: &Study, dataset: &Dataset, indicator: &Indicator, neighbours: &[Vec<u32>]) -> Option<Draft> {
        let (months, since_break) = months_since_break(study, dataset, indicator, FEWEST_MONTHS)?;
        let months = months.last_months(months.len() / WINDOW * WINDOW);
        let caveats = vec![msg!("near-repeat-caveat-lasting"), msg!("near-repeat-caveat-places")];
        let head = indicator.head_by_area(study, dataset, "near-repeat", months, caveats);
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            label: indicator.label.clone(),
            neighbours: neighbours.to_vec(),
            months,
            since_break,
            draws: self.draws.clamp(99, 99_999),
            seed: study.about.seed,
        };
        Some(Draft::new(head, CountTable::new(counts(dataset, indicator, months)), facts, tell))
    }
}

/// What everyone may know.
struct Facts {
    area_name: String,
    geography: Geography,
    label: String,
    neighbours: Vec<Vec<u32>>,
    months: Period,
    since_break: Option<Month>,
    draws: usize,
    seed: u64,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let row = |i: usize| -> Option<Vec<u64>> { released.row(i).into_iter().map(Cell::known).collect() };
    let rows: Vec<Option<Vec<u64>>> = (0..facts.neighbours.len()).map(row).collect();
    let known = rows.iter().flatten().count();
    let shown = known as f64 >= (1.0 - MOST_UNKNOWN) * rows.len() as f64 && known >= FEWEST_AREAS;
    let events: u64 = rows.iter().flatten().flatten().sum();
    let found = if shown && events >= FEWEST_EVENTS {
        // An area that is not known is empty and nobody's neighbour.
        let empty = vec![0; facts.months.len()];
        let counts: Vec<Vec<u64>> = rows.iter().map(|r| r.clone().unwrap_or_else(|| empty.clone())).collect();
        carried_over(&counts, &facts.neighbours, facts.draws, facts.seed)
    } else {
        None
    };
    let told = |near: NearRepeatWhere, c: Carried| NearRepeatRow { near, ratio: c.ratio, lower: c.lower, upper: c.upper, p: c.p };
    let pairs = found.iter().flat_map(|f| {
        [Some((NearRepeatWhere::SameArea, f.same)), f.next_door.map(|c| (NearRepeatWhere::NextDoor, c))].into_iter().flatten()
    });
    let body = NearRepeat {
        geography: facts.geography,
        measure: facts.label.clone(),
        months: facts.months,
        window: WINDOW,
        windows: found.map_or(0, |f| f.windows),
        areas: known,
        events: if shown { Cell::Known(events) } else { Cell::Missing },
        called_at: CALLED_AT,
        since_break: facts.since_break,
        rows: pairs.map(|(near, c)| told(near, c)).collect(),
    };
    let called = |near: NearRepeatWhere| body.rows.iter().any(|r| r.near == near && body.calls(r));
    let headline = match (body.rows.is_empty(), called(NearRepeatWhere::SameArea), called(NearRepeatWhere::NextDoor)) {
        (true, ..) if shown => msg!("near-repeat-headline-too-few", label = &facts.label),
        (true, ..) => msg!("near-repeat-headline-not-known", label = &facts.label),
        (_, false, false) => msg!("near-repeat-headline-none", label = &facts.label),
        (_, true, true) => msg!("near-repeat-headline-both", label = &facts.label),
        (_, true, false) => msg!("near-repeat-headline-same", label = &facts.label),
        (_, false, true) => msg!("near-repeat-headline-next-door", label = &facts.label),
    };
    let subtitle = msg!(
        "near-repeat-subtitle",
        label = &facts.label,
        plural = facts.geography.plural(),
        area = &facts.area_name,
        period = facts.months
    );
    Telling { headline, subtitle, sentences: sentences(facts, &body, shown), figures: vec![], body: Body::NearRepeat(body) }
}

fn sentences(facts: &Facts, body: &NearRepeat, shown: bool) -> Vec<Message> {
    let label = || Message::as_written(&facts.label);
    let mut told = Vec::new();
    for row in &body.rows {
        let near = Arg::Key(match row.near {
            NearRepeatWhere::SameArea => "same",
            NearRepeatWhere::NextDoor => "next-door",
        });
        let said = Arg::Key(if body.calls(row) { "more" } else { "none" });
        let (ratio, lower, upper) = (Arg::Number(row.ratio, 2), Arg::Number(row.lower, 2), Arg::Number(row.upper, 2));
        let p = p_value(row.p, 3);
        told.push(msg!("near-repeat-row", near = near, said = said, ratio = ratio, lower = lower, upper = upper, p = p));
    }
    if told.is_empty() && shown {
        told.push(msg!("near-repeat-too-few", label = label(), events = FEWEST_EVENTS));
    } else if told.is_empty() {
        told.push(msg!("near-repeat-not-known", label = label()));
    } else {
        told.push(msg!("near-repeat-how", window = body.window));
    }
    told.push(msg!("near-repeat-days"));
    told.extend(facts.since_break.map(|month| msg!("near-repeat-since-break", month = month)));
    told
}
