use super::found::Found;
use super::ground::Ground;
use super::standards::{StandardRow, standards};
use crate::analyses::coverage::FEWEST_CONFIDENTIAL;
use crate::analyses::words::decimal;
use crate::model::{Confidence, Verdict};
use crate::sources::{ServiceType, service_type};
use crate::units::Cell;

/// Is there as much as a standard asks for? Under one unit it asks for a share of a wider service.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let with_figure = standards().into_iter().filter(|s| s.per.is_some());
    with_figure.filter_map(|s| one(ground, service_type(&s.service_type)?, &s)).collect()
}

fn one(ground: &Ground, kind: &'static ServiceType, standard: &StandardRow) -> Option<Found> {
    let female: Option<f64> = ground.study.areas.residents("female").into_iter().sum();
    let people = match standard.denominator.as_str() {
        "residents" => ground.everyone().map(|n| n as f64),
        "women" => female,
        _ => ground.women(|_| true),
    };
    let expected = people? / standard.per? * standard.figure?;
    let running = ground.running(kind);
    // A unit is matched by its word: `family places` are places, `FTE` is FTE; a centre is a service.
    let counted = |unit: &Option<String>| unit.as_deref().is_some_and(|u| u.to_lowercase().contains(&standard.unit.to_lowercase()));
    let (secret, there): (bool, Cell<f64>) = if kind.confidential {
        let services = ground.confidential(kind);
        let few = services.len() < FEWEST_CONFIDENTIAL;
        (few, if few { Cell::Withheld } else { ground.study.capacity_together(&services, counted) })
    } else if standard.unit == "centres" {
        (false, if running.is_empty() { Cell::Missing } else { Cell::Known(running.len() as f64) })
    } else {
        let each: Option<f64> = running.iter().map(|s| s.more.capacity.filter(|_| counted(&s.more.capacity_unit))).sum();
        let withheld = running.iter().any(|s| s.more.withheld.capacity);
        let known = each.filter(|_| !running.is_empty()).map_or(Cell::Missing, Cell::Known);
        (false, if withheld { Cell::Withheld } else { known })
    };
    let figure = |x: f64| decimal(x, usize::from(x < 10.0 && x.fract() != 0.0));
    let verdict = match there {
        _ if expected < 1.0 => {
            if running.is_empty() && !ground.listed(kind) {
                Verdict::NotKnown
            } else {
                Verdict::NoGap
            }
        }
        Cell::Known(n) if n < expected => Verdict::Gap,
        Cell::Known(_) => Verdict::NoGap,
        _ => Verdict::NotKnown,
    };
    let asked = figure(expected);
    let measured = if expected < 1.0 {
        format!("the figure asks for {} here: a share of a wider service, and not one of one's own", decimal(expected, 2))
    } else {
        match there {
            Cell::Known(n) => format!("{} {} are listed, {asked} would meet the figure", figure(n), standard.unit),
            Cell::Withheld if !secret => {
                format!("{asked} {} would meet the figure; what is listed is of a restricted catalogue, and withheld", standard.unit)
            }
            Cell::Withheld => format!(
                "{asked} {} would meet the figure; numbers of fewer than {FEWEST_CONFIDENTIAL} confidential services are withheld",
                standard.unit
            ),
            _ => format!(
                "{asked} {} would meet the figure; the catalogue does not give the capacity of every service in that unit",
                standard.unit
            ),
        }
    };
    let verified = standard.verified == "yes";
    let found = Found::of_type(ground, "capacity", kind, verdict)
        .measured(measured)
        .sure(
            if verified && there.known().is_some() { Confidence::Medium } else { Confidence::Low },
            if verified { "the figure is a national or international yardstick and not this place's need" } else { "the figure has not been checked in the publisher's own paper" },
        )
        .otherwise("Capacity may be shared across boundaries, or be counted in another unit. No figure of this kind is a legal requirement in England.")
        .close(match verdict {
            Verdict::NotKnown => "Ask providers for their capacity in this unit.",
            _ => "More capacity, or a share of a neighbour's; check against waiting and turn-away first.",
        })
        .formula("people of the denominator / per × figure, beside the capacity of running services in the same unit")
        .resting_on(running.iter().map(|s| ground.record(s, format!("capacity {} {}", s.more.capacity.map_or("not given".into(), figure), s.more.capacity_unit.clone().unwrap_or_default()))));
    let mut found = if verdict == Verdict::NoGap { found } else { found.in_areas(ground, |_| true) };
    found.standard = standard.told();
    found.id = format!("capacity/{}", standard.id.replace('_', "-"));
    Some(found)
}
