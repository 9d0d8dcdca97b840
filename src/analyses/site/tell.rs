//! The choice told, from released numbers only.

use super::solve::{Facts, Step};
use crate::analyses::draft::{Released, Telling};
use crate::model::{Arg, Body, Closing, Message, SiteAction, SiteChoice, SiteObjective, SiteStep, Siting};
use crate::msg;
use crate::units::Cell;

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let body = body(facts, released);
    let mut sentences: Vec<Message> = today(facts, &body).into_iter().collect();
    sentences.extend(best(facts, &body));
    sentences.extend(body.stands.map(|stands| stands_still(facts, stands)));
    let uncoverable = body.uncoverable.known().filter(|n| *n > 0 && facts.objective == SiteObjective::Coverage);
    sentences.extend(uncoverable.map(|n| msg!("site-uncoverable", people = n, unit = facts.unit)));
    sentences.extend(steps_in_words(&body));
    Telling {
        headline: headline(facts, &body),
        subtitle: msg!(
            "site-subtitle",
            places = facts.candidates,
            sites = facts.new_sites,
            kind = &facts.kind,
            within = &facts.within,
            area = &facts.area_name
        ),
        sentences,
        figures: vec![],
        body: Body::Siting(body),
    }
}

/// What the best choice would bring.
fn gained(body: &Siting) -> Cell<u64> {
    body.choices.first().map_or(Cell::Missing, |c| c.gained)
}

fn headline(facts: &Facts, body: &Siting) -> Message {
    let (kind, unit) = (&facts.kind, facts.unit);
    match (facts.objective, gained(body), body.beyond) {
        (SiteObjective::Coverage, Cell::Known(0), Cell::Known(0)) => msg!("site-headline-nobody-beyond", kind = kind),
        (SiteObjective::Coverage, Cell::Known(0), _) => msg!("site-headline-no-place", kind = kind),
        (SiteObjective::Distance, Cell::Known(_), _) => msg!("site-headline-distance", kind = kind),
        (SiteObjective::Farthest, Cell::Known(_), _) => msg!("site-headline-farthest", kind = kind),
        (_, Cell::Known(n), _) => {
            let place = body.choices.first().and_then(|c| c.places.first()).map_or("", |p| p.name.as_str());
            match facts.new_sites {
                1 if body.tied == 1 => msg!("site-headline", kind = kind, place = place, gained = n, unit = unit),
                1 => msg!("site-headline-equal", kind = kind, tied = body.tied, gained = n, unit = unit),
                k => msg!("site-headline-several", kind = kind, sites = k, gained = n, unit = unit),
            }
        }
        _ => msg!("site-headline-not-known", kind = kind),
    }
}

/// Who is within reach today.
fn today(facts: &Facts, body: &Siting) -> Option<Message> {
    let (reached, beyond) = (body.reached.known()?, body.beyond.known()?);
    let (kind, unit, area, within) = (&facts.kind, facts.unit, &facts.area_name, &facts.within);
    Some(match body.not_known {
        Cell::Known(n) if n > 0 => msg!(
            "site-today-unknown",
            kind = kind,
            reached = reached,
            unit = unit,
            area = area,
            within = within,
            beyond = beyond,
            unknown = n
        ),
        _ => msg!("site-today", kind = kind, reached = reached, unit = unit, area = area, within = within, beyond = beyond),
    })
}

/// The best choice, how sure it is the best, and what it does to the way.
fn best(facts: &Facts, body: &Siting) -> Vec<Message> {
    let (Some(choice), Cell::Known(n)) = (body.choices.first(), gained(body)) else { return vec![] };
    if n == 0 && facts.objective == SiteObjective::Coverage {
        return vec![];
    }
    let names: Vec<&str> = choice.places.iter().map(|p| p.name.as_str()).collect();
    let sites = msg!("site-new-sites", sites = facts.new_sites);
    let proved = Arg::Key(if body.proved { "yes" } else { "no" });
    let mut told = vec![msg!("site-best", sites = sites, names = names, gained = n, unit = facts.unit, proved = proved)];
    if body.tied > 1 {
        // Each by name: a choice that is as good is not the analyst's to drop. A list of a few names says how many more there are.
        let named = |c: &SiteChoice| {
            let places: Vec<&str> = c.places.iter().map(|p| p.name.as_str()).collect();
            msg!("site-choice", places = places)
        };
        let choices: Vec<Message> = body.choices.iter().map(named).collect();
        told.push(match body.all_counted {
            true if body.tied as usize > body.choices.len() => msg!("site-tied-among", tied = body.tied, choices = choices),
            true => msg!("site-tied", tied = body.tied, choices = choices),
            false => msg!("site-tied-at-least", tied = body.tied, choices = choices),
        });
    }
    told.extend(body.most.known().filter(|_| !body.proved).map(|most| msg!("site-bound", most = most, unit = facts.unit)));
    told.extend(body.way_m.map(|(before, after)| {
        let km = |m: f64| Arg::Number(m / 1000.0, 1);
        match facts.objective {
            SiteObjective::Distance => msg!("site-mean-distance", before = km(before), after = km(after)),
            SiteObjective::Coverage | SiteObjective::Farthest => {
                msg!("site-farthest-distance", before = km(before), after = km(after))
            }
        }
    }));
    told.extend(body.way_minutes.map(|(before, after)| {
        let [before, after] = [before, after].map(|m| Arg::Number(m, 0));
        match facts.objective {
            SiteObjective::Distance => msg!("site-mean-minutes", before = before, after = after),
            SiteObjective::Coverage | SiteObjective::Farthest => msg!("site-farthest-minutes", before = before, after = after),
        }
    }));
    told
}

/// In how many draws the choice is still among the best.
fn stands_still(facts: &Facts, share: f64) -> Message {
    let (reach, need) = (Arg::share(facts.reach_varies, 0), Arg::share(facts.need_varies, 0));
    let (stands, draws) = (Arg::Number(share * facts.draws as f64, 0), facts.draws);
    match share < 0.5 {
        true => msg!("site-stands-several", reach = reach, need = need, stands = stands, draws = draws),
        false => msg!("site-stands", reach = reach, need = need, stands = stands, draws = draws),
    }
}

/// The closing that costs least reach and the one that costs most, and the move that helps most.
fn steps_in_words(body: &Siting) -> Vec<Message> {
    let mut sentences = vec![];
    let known =
        |a: SiteAction| body.steps.iter().filter(move |s| s.action == a).filter_map(|s| Some((s, s.gained.known()?, s.lost.known()?)));
    if let Some((step, gained, lost)) = known(SiteAction::Move).max_by_key(|(_, g, l)| *g as i64 - *l as i64)
        && gained > lost
        && let (Some(service), Some(to)) = (&step.service, &step.to)
    {
        sentences.push(msg!("site-move", service = service, place = &to.name, gained = gained, lost = lost));
    }
    let closings = body.steps.iter().filter(|s| s.action == SiteAction::Close).filter_map(|s| Closed::of(s, &body.unit));
    sentences.extend(closings.max_by_key(|c| (c.beyond + c.not_known, c.lost)).and_then(Closed::told));
    sentences
}

/// What a closing would do, all of it known.
struct Closed<'a> {
    service: &'a str,
    unit: &'a str,
    lost: u64,
    still: u64,
    beyond: u64,
    not_known: u64,
}

impl<'a> Closed<'a> {
    fn of(step: &'a SiteStep, unit: &'a str) -> Option<Self> {
        let Closing { still, beyond, not_known } = step.closing?;
        let (lost, still, beyond, not_known) = (step.lost.known()?, still.known()?, beyond.known()?, not_known.known()?);
        Some(Self { service: step.service.as_deref()?, unit, lost, still, beyond, not_known })
    }

    /// Who would have no site in reach, whom another service comes to, and whom none would reach.
    fn told(self) -> Option<Message> {
        let Self { service, unit, lost, still, beyond, not_known } = self;
        let first = match lost {
            0 if beyond + not_known == 0 => return None,
            0 => msg!("site-close-comes", service = service),
            lost => msg!("site-close", service = service, lost = lost, unit = unit),
        };
        let others = match still {
            0 => None,
            n if n == lost => Some(msg!("site-close-still-all")),
            n => Some(msg!("site-close-still", still = n)),
        };
        let beyond = (beyond > 0).then(|| msg!("site-close-beyond", beyond = beyond, unit = unit));
        let unknown = (not_known > 0).then(|| msg!("site-close-not-known", unknown = not_known, unit = unit));
        Some(others.into_iter().chain(beyond).chain(unknown).fold(first, Message::then))
    }
}

fn body(facts: &Facts, released: &Released) -> Siting {
    let at = |row: usize| released.at(row, 0);
    let choices = facts.choices.len();
    let coverage = facts.objective == SiteObjective::Coverage;
    let known = at(3).known().is_some();
    let timed = facts.mode.is_some();
    // Beside people of whom it is not known, nobody is not known to be nobody.
    let beside_unknown = |cell: Cell<u64>| if at(2) != Cell::Known(0) && cell == Cell::Known(0) { Cell::Missing } else { cell };
    Siting {
        geography: facts.geography,
        kind: facts.kind.clone(),
        service_type: facts.service_type.clone(),
        unit: facts.unit.into(),
        objective: facts.objective,
        reach_m: if timed { 0.0 } else { facts.limit },
        by: facts.mode.clone(),
        reach_minutes: timed.then_some(facts.limit),
        new_sites: facts.new_sites,
        candidates: facts.candidates,
        reached: beside_unknown(at(0)),
        beyond: beside_unknown(at(1)),
        not_known: at(2),
        all: at(3),
        choices: facts
            .choices
            .iter()
            .enumerate()
            .map(|(i, c)| SiteChoice { places: c.places.clone(), gained: at(6 + i), areas: Some(c.areas.clone()) })
            .filter(|_| known)
            .collect(),
        tied: facts.tied,
        all_counted: facts.all_counted,
        proved: facts.proved,
        most: if coverage { at(4) } else { Cell::NotApplicable },
        uncoverable: if coverage { at(5) } else { Cell::NotApplicable },
        fewest_for_all: facts.fewest_for_all.filter(|_| known),
        way_m: facts.way.filter(|_| known && !timed),
        way_minutes: facts.way.filter(|_| known && timed),
        stands: facts.stands.filter(|_| known),
        draws: facts.draws,
        reach_varies: facts.reach_varies,
        need_varies: facts.need_varies,
        steps: facts
            .steps
            .iter()
            .enumerate()
            .map(|(i, s)| SiteStep {
                action: s.action,
                service: s.service.clone(),
                to: s.to.clone().filter(|_| known),
                gained: at(6 + choices + Step::COUNTS * i),
                lost: at(7 + choices + Step::COUNTS * i),
                closing: s.closing.map(|_| {
                    let [still, beyond, not_known] = [8, 9, 10].map(|k| at(k + choices + Step::COUNTS * i));
                    Closing { still, beyond, not_known }
                }),
                cost: s.cost,
            })
            .collect(),
    }
}
