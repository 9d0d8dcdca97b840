//! Everybody told apart, for each kind of service: reached; in reach, but full, not for them, or closed; out of reach; not known.

use super::ground::{AGES, Ground, shares_by_age};
use super::pieces::ADULT;
use crate::analyses::coverage::places_withheld;
use crate::analyses::draft::{CountTable, Draft, DraftHead, Released, Telling};
use crate::analyses::travel::trips_lost;
use crate::model::{Arg, Body, Message, Reach, Shares, Text};
use crate::msg;
use crate::sources::ServiceType;
use crate::study::{Service, ServiceState as State, is_full, open_to, takes_women};
use crate::units::Polarity;

/// The parts, as texts select on them.
const PARTS: [&str; 6] = ["reached", "full", "not-for-them", "not-running", "beyond", "not-known"];
pub(super) const REACHED: usize = 0;
pub(super) const FULL: usize = 1;
pub(super) const NOT_FOR_THEM: usize = 2;
pub(super) const CLOSED: usize = 3;
pub(super) const OUT: usize = 4;
pub(super) const NOT_KNOWN: usize = 5;
/// In reach of services of which none says both whom it takes and whether it has room. Counted with those reached where reach alone is asked.
pub(super) const SILENT: usize = 6;

pub(super) fn draft(ground: &Ground) -> Option<Draft> {
    let study = ground.study;
    let source = study.areas.population_source?;
    let asked = ground
        .types
        .iter()
        .filter(|t| !t.confidential && t.is_direct() && !["men", "by_and_for", "chidva", "cyp_support"].contains(&t.id.as_str()));
    let kinds: Vec<&ServiceType> = asked.copied().collect();
    let women = ground.women.clone();
    let weights: Vec<f64> = women.clone().or_else(|| ground.residents.iter().copied().collect())?;
    if kinds.is_empty() {
        return None;
    }
    let row = |kind: &&ServiceType| {
        let mut of = parts(ground, kind, &weights);
        of[REACHED] += of[SILENT];
        of[..SILENT].iter().map(|n| Some(n.round() as u64)).collect()
    };
    let rows = kinds.iter().map(row);
    let mut sources: Vec<usize> = study.catalogue.public.iter().flat_map(|s| s.sources()).chain([source]).collect();
    sources.sort_unstable();
    sources.dedup();
    let head = DraftHead {
        id: "gaps/people".into(),
        analysis: "gaps",
        sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
        period: ground.period(),
        polarity: Polarity::Better,
        status: "population".into(),
        caveats: [msg!("gaps-people-caveat-wide"), msg!("gaps-people-caveat-once"), msg!("gaps-people-caveat-silent")]
            .into_iter()
            .chain(trips_lost(ground.by_timetable()))
            .chain(places_withheld(study))
            .collect(),
    };
    let facts = Facts {
        area_name: study.about.area_name.clone(),
        labels: kinds.iter().map(|k| k.label.clone()).collect(),
        whom: if women.is_some() { "women" } else { "residents" },
    };
    Some(Draft::new(head, CountTable::new(rows.collect()), facts, tell))
}

/// People, or others with these weights by area, in each part and in the last that no record speaks of.
pub(super) fn parts(ground: &Ground, kind: &ServiceType, weights: &[f64]) -> [f64; 7] {
    let running = ground.running(kind);
    let resting: Vec<&Service> = [State::Paused, State::Planned, State::Ended].iter().flat_map(|s| ground.of_type(kind, *s)).collect();
    // What a service offers whose place is withheld may be better than all that is told.
    let hidden = running.iter().any(|s| s.more.withheld.place);
    let mut sums = [0.0; 7];
    for (area, weight) in weights.iter().enumerate() {
        let here: Vec<&Service> = running.iter().copied().filter(|s| ground.in_reach(kind, s, area)).collect();
        for (ages, share) in AGES.into_iter().zip(shares_by_age(&ground.study.areas.list[area])) {
            let for_them = open_to(&here, ages);
            let part = if for_them.iter().any(|s| s.more.eligibility.is_known() && is_full(s) == Some(false)) {
                REACHED
            } else if for_them.iter().any(|s| is_full(s) != Some(true)) {
                SILENT
            } else if hidden {
                NOT_KNOWN
            } else if !for_them.is_empty() {
                FULL
            } else if here.iter().any(|s| takes_women(s, ages)) {
                // Under a condition of its own: nobody knows how many meet it.
                NOT_KNOWN
            } else if !here.is_empty() {
                NOT_FOR_THEM
            } else if resting.iter().any(|s| ground.in_reach(kind, s, area)) {
                CLOSED
            } else {
                match ground.reach(kind).get(area) {
                    Some(Reach::OutOfReach) if ground.judges_distance(kind) => OUT,
                    // Nobody says how far is too far; or somebody serves them, from a place or in a way that the record does not give.
                    _ => NOT_KNOWN,
                }
            };
            sums[part] += weight * share;
        }
    }
    sums
}

struct Facts {
    area_name: String,
    labels: Vec<String>,
    /// Who is counted, as texts select on it.
    whom: &'static str,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let rows = released.parts_under(&facts.labels);
    let worst = |part: usize| {
        rows.iter().filter_map(|r| Some((r.cells.get(part)?.known().filter(|n| *n > 0)?, r.whole().known()?, &r.label))).max()
    };
    let unit = || msg!("gaps-people-unit", whom = Arg::Key(facts.whom), age = ADULT);
    let most = |part: usize| -> Option<Message> {
        let (n, all, kind) = worst(part)?;
        let (unit, area, share) = (unit(), &facts.area_name, Arg::share(n as f64 / all.max(1) as f64, 0));
        Some(match part {
            OUT => msg!("gaps-people-beyond", kind = kind, people = n, unit = unit, area = area, share = share),
            FULL => msg!("gaps-people-full", kind = kind, people = n, unit = unit, area = area, share = share),
            _ => msg!("gaps-people-not-for-them", kind = kind, people = n, unit = unit, area = area, share = share),
        })
    };
    let unknown = rows.iter().filter(|r| r.cells.get(NOT_KNOWN).is_some_and(|c| c.known().is_some_and(|n| n > 0))).count();
    let not_known = (unknown > 0).then(|| msg!("gaps-people-not-known", kinds = unknown));
    Telling {
        headline: msg!("gaps-people-headline"),
        subtitle: msg!("gaps-people-subtitle", unit = unit(), area = &facts.area_name),
        sentences: [OUT, FULL, NOT_FOR_THEM].into_iter().filter_map(most).chain(not_known).collect(),
        figures: vec![],
        body: Body::Shares(Shares {
            row_heading: "Type of service".into(),
            unit: unit().into(),
            parts: PARTS.map(|part| Text::from(msg!("gaps-people-part", part = Arg::Key(part)))).to_vec(),
            rows,
            in_steps: false,
        }),
    }
}
