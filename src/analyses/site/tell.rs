//! The choice told, from released numbers only.

use super::solve::Facts;
use crate::analyses::Figure;
use crate::analyses::draft::{Released, Telling};
use crate::analyses::words::{counted, decimal, mid_sentence, thousands};
use crate::model::{Body, SiteAction, SiteChoice, SiteObjective, SiteStep, Siting};
use crate::units::Cell;

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let body = body(facts, released);
    let mut figures = vec![];
    let mut sentences = vec![];
    let named = |c: &SiteChoice| c.places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    let sites = counted(facts.new_sites, "new site", "new sites");
    let first = body.choices.first();
    let gained = first.map_or(Cell::Missing, |c| c.gained);
    let headline = match (facts.objective, gained, body.beyond) {
        (SiteObjective::Coverage, Cell::Known(0), Cell::Known(0)) => format!("{}: nobody is known to be beyond reach", facts.kind),
        (SiteObjective::Coverage, Cell::Known(0), _) => format!("{}: no place that was looked at brings anybody within reach", facts.kind),
        (SiteObjective::Distance | SiteObjective::Farthest, Cell::Known(_), _) => {
            let whom = if facts.objective == SiteObjective::Distance { "on average" } else { "for those farthest" };
            format!("{}: where the way is shortest {whom}", facts.kind)
        }
        (_, Cell::Known(n), _) => {
            figures.push(Figure::new("come within reach", n as f64));
            let place = first.and_then(|c| c.places.first()).map_or("", |p| p.name.as_str());
            match facts.new_sites {
                1 if body.tied == 1 => format!("{} at {place} reaches {} more {}", facts.kind, thousands(n), facts.unit),
                1 => format!("{}: one of {} equal places reaches {} more", facts.kind, body.tied, thousands(n)),
                k => format!("{}: {k} new sites reach {} more {}", facts.kind, thousands(n), facts.unit),
            }
        }
        _ => format!("{}: where one more would help most cannot be told", facts.kind),
    };
    if let (Cell::Known(reached), Cell::Known(beyond)) = (body.reached, body.beyond) {
        let unknown = match body.not_known {
            Cell::Known(n) if n > 0 => format!("; of {} it is not known, and they take no part", thousands(n)),
            _ => String::new(),
        };
        sentences.push(format!(
            "{}: {} {} of {} are within reach today ({}), and {} are not{unknown}.",
            facts.kind,
            thousands(reached),
            facts.unit,
            facts.area_name,
            facts.within,
            thousands(beyond)
        ));
        figures.extend(Figure::in_text("reach", &facts.within));
    }
    if let (Some(choice), Cell::Known(n)) = (first, gained)
        && (n > 0 || facts.objective != SiteObjective::Coverage)
    {
        let sure = if body.proved { "no choice is better" } else { "better ones were not ruled out" };
        sentences.push(format!("{sites} at {} would bring {} more within reach; {sure}.", named(choice), thousands(n)));
        figures.push(Figure::new("new sites", facts.new_sites as f64));
        if body.tied > 1 {
            let least = if body.all_counted { "" } else { "At least " };
            sentences.push(format!("{least}{} choices are as good; the table lists them.", thousands(body.tied)));
            figures.push(Figure::new("choices as good", body.tied as f64));
        }
        if !body.proved
            && let Cell::Known(most) = body.most
        {
            sentences.push(format!("The search was stopped at its limit of work: no choice can bring more than {}.", thousands(most)));
        }
        if let Some((before, after)) = body.way_m {
            let what = if facts.objective == SiteObjective::Distance { "The mean way" } else { "The way of those who live farthest" };
            sentences.push(format!("{what} falls from {} to {} km.", decimal(before / 1000.0, 1), decimal(after / 1000.0, 1)));
            figures.extend([before, after].map(|m| Figure::new("way, km", m / 1000.0)));
        }
    }
    if let Some(stands) = body.stands {
        let percent = 100.0 * stands;
        sentences.push(format!(
            "With reach up to {0} % shorter or longer and the people of each area up to {1} % fewer or more, the choice is still among the best in {2} of {3} draws{4}.",
            decimal(100.0 * facts.reach_varies, 0),
            decimal(100.0 * facts.need_varies, 0),
            decimal(stands * facts.draws as f64, 0),
            facts.draws,
            if percent < 50.0 { ": take it for one of several good places" } else { "" }
        ));
        figures.extend([
            Figure::new("reach varies, percent", 100.0 * facts.reach_varies),
            Figure::new("need varies, percent", 100.0 * facts.need_varies),
            Figure::new("draws in which the choice stands", (stands * facts.draws as f64).round()),
            Figure::new("draws", facts.draws as f64),
        ]);
    }
    if let Cell::Known(n) = body.uncoverable
        && n > 0
        && facts.objective == SiteObjective::Coverage
    {
        sentences.push(format!("{} {} live beyond reach of every place that was looked at.", thousands(n), facts.unit));
    }
    sentences.extend(steps_in_words(&body));
    Telling {
        headline,
        subtitle: format!(
            "Best of {} for {sites} of “{}”, {}, {}",
            counted(facts.candidates, "place", "places"),
            mid_sentence(&facts.kind),
            facts.within,
            facts.area_name
        ),
        sentences,
        figures,
        body: Body::Siting(body),
    }
}

/// The closing that costs least reach and the one that costs most, and the move that helps most.
fn steps_in_words(body: &Siting) -> Vec<String> {
    let mut sentences = vec![];
    let known =
        |a: SiteAction| body.steps.iter().filter(move |s| s.action == a).filter_map(|s| Some((s, s.gained.known()?, s.lost.known()?)));
    if let Some((step, gained, lost)) = known(SiteAction::Move).max_by_key(|(_, g, l)| *g as i64 - *l as i64)
        && gained > lost
        && let (Some(service), Some(to)) = (&step.service, &step.to)
    {
        sentences.push(format!(
            "Moving “{service}” to {} would bring {} within reach and take {} out of it.",
            to.name,
            thousands(gained),
            thousands(lost)
        ));
    }
    if let Some((step, _, lost)) = known(SiteAction::Close).max_by_key(|(_, _, l)| *l)
        && let Some(service) = &step.service
        && lost > 0
    {
        sentences.push(format!("If “{service}” closed, {} {} would fall out of reach.", thousands(lost), body.unit));
    }
    sentences
}

fn body(facts: &Facts, released: &Released) -> Siting {
    let at = |row: usize| released.at(row, 0);
    let choices = facts.choices.len();
    let coverage = facts.objective == SiteObjective::Coverage;
    let known = at(3).known().is_some();
    // Beside people of whom it is not known, nobody is not known to be nobody.
    let beside_unknown = |cell: Cell<u64>| if at(2) != Cell::Known(0) && cell == Cell::Known(0) { Cell::Missing } else { cell };
    Siting {
        geography: facts.geography,
        kind: facts.kind.clone(),
        service_type: facts.service_type.clone(),
        unit: facts.unit.into(),
        objective: facts.objective,
        reach_m: facts.limit,
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
            .map(|(i, c)| SiteChoice { places: c.places.clone(), gained: at(6 + i) })
            .filter(|_| known)
            .collect(),
        tied: facts.tied,
        all_counted: facts.all_counted,
        proved: facts.proved,
        most: if coverage { at(4) } else { Cell::NotApplicable },
        uncoverable: if coverage { at(5) } else { Cell::NotApplicable },
        fewest_for_all: facts.fewest_for_all.filter(|_| known),
        way_m: facts.way_m.filter(|_| known),
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
                gained: at(6 + choices + 2 * i),
                lost: at(7 + choices + 2 * i),
                cost: s.cost,
            })
            .collect(),
    }
}
