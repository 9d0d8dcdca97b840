use super::found::Found;
use super::ground::Ground;
use super::standards::{StandardRow, one_or_more, standards};
use crate::analyses::coverage::FEWEST_CONFIDENTIAL;
use crate::model::{Arg, Capacity, Confidence, Verdict};
use crate::msg;
use crate::sources::{ServiceType, service_type};
use crate::study::ConfidentialService;
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
    let confidential = ConfidentialService::how_many(&ground.confidential(kind));
    // Of none, nothing is known: that is told as it is of the kind in coverage, and of one or two alike.
    let none = if kind.confidential { confidential == 0 } else { running.is_empty() };
    let few = kind.confidential && confidential < FEWEST_CONFIDENTIAL;
    let (secret, there): (bool, Cell<f64>) = if kind.confidential && none {
        (true, Cell::Missing)
    } else if kind.confidential {
        (true, if few { Cell::Withheld } else { ground.study.confidential_capacity(kind, ground.as_of(), counted) })
    } else if standard.unit == "centres" {
        (false, if running.is_empty() { Cell::Missing } else { Cell::Known(running.len() as f64) })
    } else {
        let each: Option<f64> = running.iter().map(|s| s.more.capacity.filter(|_| counted(&s.more.capacity_unit))).sum();
        let withheld = running.iter().any(|s| s.more.withheld.capacity);
        let known = each.filter(|_| !running.is_empty()).map_or(Cell::Missing, Cell::Known);
        (false, if withheld { Cell::Withheld } else { known })
    };
    let figure = |x: f64| Arg::Number(x, usize::from(x < 10.0 && x.fract() != 0.0));
    // What a record gives keeps its part of a unit, however many there are.
    let part = |x: f64| Arg::Number(x, usize::from(x.fract() != 0.0));
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
    let (unit, status, asked) = (&standard.unit, &standard.status, figure(expected));
    let measured = match there {
        _ if expected < 1.0 => msg!("gaps-capacity-share", asked = Arg::Number(expected, 2), unit = unit, status = status),
        Cell::Known(n) => msg!("gaps-capacity-listed", listed = part(n), unit = one_or_more(unit, n), status = status, asked = asked),
        Cell::Withheld if secret && !few => msg!("gaps-capacity-beside", unit = unit, status = status, asked = asked),
        Cell::Withheld if !secret => msg!("gaps-capacity-restricted", unit = unit, status = status, asked = asked),
        Cell::Withheld => {
            msg!("gaps-capacity-few", unit = unit, status = status, asked = asked, services = FEWEST_CONFIDENTIAL)
        }
        Cell::Missing | Cell::NotApplicable if none => msg!("gaps-capacity-none", unit = unit, status = status, asked = asked),
        Cell::Missing | Cell::NotApplicable => msg!("gaps-capacity-not-given", unit = unit, status = status, asked = asked),
    };
    let verified = standard.verified == "yes";
    let found = Found::of_type(ground, "capacity", kind, verdict)
        .measured(measured)
        .sure(
            if verified && there.known().is_some() { Confidence::Medium } else { Confidence::Low },
            if verified { msg!("gaps-capacity-because") } else { msg!("gaps-capacity-because-unchecked") },
        )
        .otherwise(msg!("gaps-capacity-otherwise"))
        .close(match verdict {
            Verdict::NotKnown => msg!("gaps-capacity-ask"),
            Verdict::Gap | Verdict::NoGap => msg!("gaps-capacity-close"),
        })
        .formula(msg!("gaps-capacity-formula"))
        .resting_on(running.iter().map(|s| {
            let said = match (s.more.capacity, s.more.capacity_unit.as_deref()) {
                (Some(n), Some(unit)) => msg!("gaps-rests-capacity", capacity = part(n), unit = unit),
                (Some(n), None) => msg!("gaps-rests-capacity-without-unit", capacity = part(n)),
                (None, _) => msg!("gaps-rests-capacity-not-given"),
            };
            ground.record(s, said)
        }));
    let mut found = if verdict == Verdict::NoGap { found } else { found.in_areas(ground, |_| true) };
    found.standard = standard.told();
    // Under one unit the figure asks for a share of a wider service: there is nothing to measure it by here.
    found.capacity = (expected >= 1.0).then(|| Capacity { there, asked: expected, unit: standard.unit.clone() });
    found.id = format!("capacity/{}", standard.id.replace('_', "-"));
    Some(found)
}
