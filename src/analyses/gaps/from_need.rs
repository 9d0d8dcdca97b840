//! From need to help: women whom surveys would expect to be harmed in a year, less those whom a barrier keeps from a kind of service.

use super::ground::Ground;
use super::people::{CLOSED, FULL, NOT_FOR_THEM, NOT_KNOWN, OUT, REACHED, SILENT, parts};
use super::pieces::ADULT;
use crate::analyses::draft::{CountTable, Draft, DraftHead, Released, Telling};
use crate::analyses::need::{Prevalence, as_told, prevalences};
use crate::analyses::words::slug;
use crate::model::{Arg, Body, Loss, Message, Row, Waterfall};
use crate::msg;
use crate::sources::ServiceType;
use crate::units::{Cell, Polarity};

/// What is measured of each form of violence in a survey: the form, the row of `prevalence.csv`, what happened to them as texts select on it.
const MEASURED: [(&str, &str, &str); 2] =
    [("domestic abuse", "domestic-abuse-year", "domestic-abuse"), ("sexual violence", "sexual-assault-year", "sexual-assault")];

/// Barriers in the order in which somebody meets them: part of `people`, and as texts select on it.
///
/// The last of them are no barriers but silence: of records that say whom they take or whether there is room, and of whether anything is there.
const BARRIERS: [(usize, &str); 6] = [
    (OUT, "beyond"),
    (CLOSED, "not-running"),
    (NOT_FOR_THEM, "not-for-them"),
    (FULL, "full"),
    (SILENT, "silent"),
    (NOT_KNOWN, "not-known"),
];
/// A caseload is told for so many women.
const CASES_PER: usize = 100;
/// After the barriers and those left: the caseload.
const CASELOAD: usize = BARRIERS.len() + 1;

/// One for each core kind of service that people would expect near, of a form of violence that surveys measure.
pub(super) fn drafts(ground: &Ground) -> Vec<Draft> {
    let kinds = ground.types.iter().filter(|t| t.near && t.core && !t.confidential);
    kinds.filter_map(|kind| draft(ground, kind)).collect()
}

fn draft(ground: &Ground, kind: &'static ServiceType) -> Option<Draft> {
    let (_, measure, harm) = MEASURED.iter().find(|m| m.0 == kind.form)?;
    let measure = prevalences().into_iter().find(|p| p.id == *measure)?;
    let expected: Vec<f64> = ground.women.as_ref()?.iter().map(|w| w * measure.percent / 100.0).collect();
    let source = ground.study.areas.population_source?;
    let running = ground.running(kind);
    let caseload: Option<u64> = running.iter().map(|s| s.more.caseload.map(u64::from)).sum();
    let caseload = caseload.filter(|_| !running.is_empty());
    let caseload_withheld = running.iter().any(|s| s.more.withheld.caseload);
    let of = parts(ground, kind, &expected);
    let parts: Vec<f64> = BARRIERS.iter().map(|b| b.0).chain([REACHED]).map(|part| of[part]).collect();
    let counts = in_tens(&parts).into_iter().map(Some).chain([caseload]);
    let listed = ground.study.catalogue.public.iter().filter(|s| s.types.contains(&kind.id));
    let mut sources: Vec<usize> = listed.flat_map(|s| s.sources()).chain([source]).collect();
    sources.sort_unstable();
    sources.dedup();
    let head = DraftHead {
        id: format!("gaps/from-need/{}", slug(&kind.id)),
        analysis: "gaps",
        sources: sources.into_iter().map(|s| ground.study.source_ref(s)).collect(),
        period: ground.period(),
        polarity: Polarity::Better,
        status: "estimate".into(),
        caveats: vec![
            msg!("gaps-need-caveat-survey", surveyed = &measure.area, source = &measure.source, period = &measure.period),
            msg!("gaps-need-caveat-could"),
            msg!("gaps-need-caveat-once"),
        ],
    };
    let facts = Facts { area_name: ground.study.about.area_name.clone(), kind: kind.label.clone(), harm, measure, caseload_withheld };
    Some(Draft::new(head, CountTable::column(counts), facts, tell))
}

/// Parts in tens that add up to their sum as every analysis tells it: so the same women are as many for every kind of service, and as the estimate says.
///
/// Each part gets its share of that sum, rounded down, and the tens that are then missing go to those that lost most (largest remainders).
fn in_tens(parts: &[f64]) -> Vec<u64> {
    let sum = parts.iter().sum::<f64>();
    let all = as_told(sum) / 10;
    let shares: Vec<f64> = parts.iter().map(|n| if sum > 0.0 { n / sum * all as f64 } else { 0.0 }).collect();
    let mut tens: Vec<u64> = shares.iter().map(|n| n.floor() as u64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| shares[*b].fract().total_cmp(&shares[*a].fract()).then(a.cmp(b)));
    let missing = all.saturating_sub(tens.iter().sum()) as usize;
    order.into_iter().take(missing).for_each(|i| tens[i] += 1);
    tens.into_iter().map(|n| n * 10).collect()
}

struct Facts {
    area_name: String,
    kind: String,
    harm: &'static str,
    measure: Prevalence,
    caseload_withheld: bool,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let (parts, expected) = beside_silence((0..=BARRIERS.len()).map(|i| released.at(i, 0)).collect());
    let left = parts.last().copied().unwrap_or(Cell::Missing);
    let loss = |(&(part, barrier), people): (&(usize, &'static str), &Cell<u64>)| Loss {
        label: msg!("gaps-need-label", barrier = Arg::Key(barrier)).into(),
        people: *people,
        unknown: part == NOT_KNOWN || part == SILENT,
    };
    let losses: Vec<Loss> = BARRIERS.iter().zip(&parts).map(loss).collect();
    let caseload = if facts.caseload_withheld { Cell::Withheld } else { released.at(CASELOAD, 0) };
    let harm = || msg!("gaps-need-harm", harm = Arg::Key(facts.harm));
    let (headline, sentences) = match expected {
        Cell::Known(women) if women > 0 => (headline(facts, women, &losses, left), said(facts, women, &losses, left, caseload)),
        _ => (msg!("gaps-need-headline", kind = &facts.kind), vec![]),
    };
    Telling {
        headline,
        subtitle: msg!("gaps-need-subtitle", age = ADULT, harm = harm(), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Waterfall(Waterfall {
            kind: facts.kind.clone(),
            unit: "women".into(),
            start: msg!("gaps-need-start").into(),
            expected,
            losses,
            end: msg!("gaps-need-end").into(),
            left,
            caseload,
        }),
    }
}

/// Beside women of whom nobody has said whether they are taken, a barrier that stops nobody is not known to stop nobody. And all of them together.
fn beside_silence(parts: Vec<Cell<u64>>) -> (Vec<Cell<u64>>, Cell<u64>) {
    let all = Row { code: None, label: String::new(), cells: parts.clone() }.whole();
    let none = |part: usize| BARRIERS.iter().zip(&parts).all(|(b, people)| b.0 != part || *people == Cell::Known(0));
    let (heard, found) = (none(SILENT), none(NOT_KNOWN));
    let told = |(i, cell): (usize, Cell<u64>)| {
        // How far it is and whether it runs is known of a service whose record is silent on the rest.
        let known = match BARRIERS.get(i).map(|b| b.0) {
            Some(NOT_KNOWN) => true,
            Some(OUT | CLOSED | SILENT) => found,
            _ => heard && found,
        };
        if cell == Cell::Known(0) && !known { Cell::Missing } else { cell }
    };
    (parts.iter().copied().enumerate().map(told).collect(), all)
}

/// Of how many it is not known whether anything stops them, for either reason.
fn unknown(losses: &[Loss]) -> u64 {
    losses.iter().filter(|l| l.unknown).filter_map(|l| l.people.known()).sum()
}

/// Of these, those of whom it is not known whether a service is there, and those in reach of records that do not say.
fn of_part(losses: &[Loss], part: usize) -> u64 {
    losses.iter().zip(BARRIERS).find(|(_, b)| b.0 == part).and_then(|(l, _)| l.people.known()).unwrap_or(0)
}

fn headline(facts: &Facts, women: u64, losses: &[Loss], left: Cell<u64>) -> Message {
    let (kind, unknown) = (&facts.kind, unknown(losses));
    match women.saturating_sub(left.known().unwrap_or(0) + unknown) {
        _ if unknown == women => msg!("gaps-need-headline-not-known", kind = kind),
        0 if unknown > 0 => msg!("gaps-need-headline-partly", kind = kind, unknown = unknown, women = women),
        0 => msg!("gaps-need-headline-none", kind = kind),
        stopped => msg!("gaps-need-headline-stopped", kind = kind, stopped = stopped, women = women),
    }
}

fn said(facts: &Facts, women: u64, losses: &[Loss], left: Cell<u64>, caseload: Cell<u64>) -> Vec<Message> {
    let Facts { area_name, kind, harm, measure, .. } = facts;
    let mut all = vec![msg!(
        "gaps-need-expected",
        women = women,
        age = ADULT,
        area = area_name,
        harm = msg!("gaps-need-harm", harm = Arg::Key(harm)),
        surveyed = &measure.area,
        share = Arg::Percent(measure.percent, 1),
        period = &measure.period,
    )];
    let stopped: Vec<Message> = losses
        .iter()
        .zip(BARRIERS)
        .filter(|(loss, _)| !loss.unknown)
        .filter_map(|(loss, (_, barrier))| Some((loss.people.known().filter(|n| *n > 0)?, barrier)))
        .map(|(stopped, barrier)| msg!("gaps-need-barrier", barrier = Arg::Key(barrier), stopped = stopped))
        .collect();
    all.extend((!stopped.is_empty()).then(|| msg!("gaps-need-stopped", kind = kind, stopped = stopped)));
    let (silent, unknown) = (of_part(losses, SILENT), of_part(losses, NOT_KNOWN));
    all.extend((silent > 0).then(|| msg!("gaps-need-silent", silent = silent)));
    all.extend((unknown > 0).then(|| msg!("gaps-need-not-known", unknown = unknown)));
    match left.known().unwrap_or(0) {
        0 => {}
        left if left == women => all.push(msg!("gaps-need-left-all")),
        left => all.push(msg!("gaps-need-left", left = left)),
    }
    if let Cell::Known(cases) = caseload {
        let rate = Arg::Number(CASES_PER as f64 * cases as f64 / women as f64, 1);
        all.push(msg!("gaps-need-cases", cases = cases, rate = rate, per = CASES_PER));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{as_told, in_tens};

    #[test]
    fn parts_add_up_to_the_whole_as_the_estimate_tells_it() {
        assert_eq!(in_tens(&[7_314.6, 0.0, 0.0, 0.0, 11_415.1, 8_036.4]), [7_320, 0, 0, 0, 11_430, 8_050]);
        for parts in [[4.0, 4.0, 4.0], [14.9, 14.9, 0.4], [0.0, 0.0, 0.0], [999.0, 0.5, 0.5], [9_433.0, 0.0, 0.0], [4.0, 9_433.0, 30.0]] {
            assert_eq!(in_tens(&parts).iter().sum::<u64>(), as_told(parts.iter().sum()), "{parts:?}");
        }
    }
}
