//! From need to help: women whom surveys would expect to be harmed in a year, less those whom a barrier keeps from a kind of service.

use super::ground::Ground;
use super::people::{CLOSED, FULL, NOT_FOR_THEM, NOT_KNOWN, OUT, REACHED, parts};
use crate::analyses::Figure;
use crate::analyses::draft::{CountTable, Draft, DraftHead, Released, TextTelling};
use crate::analyses::need::{Prevalence, prevalences};
use crate::analyses::words::{counted, decimal, slug, thousands};
use crate::model::{Body, Loss, Row, Waterfall, beside_not_known};
use crate::sources::ServiceType;
use crate::units::{Cell, Polarity};

/// What is measured of each form of violence in a survey: the form, the row of `prevalence.csv`, what happened to them.
const MEASURED: [(&str, &str, &str); 2] = [
    ("domestic abuse", "domestic-abuse-year", "have experienced domestic abuse"),
    ("sexual violence", "sexual-assault-year", "have experienced a sexual assault or an attempt"),
];

/// Barriers in the order in which somebody meets them: part of `people`, label, words.
const BARRIERS: [(usize, &str, &str); 5] = [
    (OUT, "Beyond reach", "live beyond reach"),
    (CLOSED, "Closed, ended or not begun", "have only services that are closed or not begun"),
    (NOT_FOR_THEM, "In reach, not for them", "are not among those whom it takes"),
    (FULL, "In reach, but full", "find it full"),
    (NOT_KNOWN, "Not known", ""),
];
/// After the barriers and those left: the caseload.
const CASELOAD: usize = 6;

/// One for each core kind of service that people would expect near, of a form of violence that surveys measure.
pub(super) fn drafts(ground: &Ground) -> Vec<Draft> {
    let kinds = ground.types.iter().filter(|t| t.near && t.core && !t.confidential);
    kinds.filter_map(|kind| draft(ground, kind)).collect()
}

fn draft(ground: &Ground, kind: &'static ServiceType) -> Option<Draft> {
    let (_, measure, happened) = MEASURED.iter().find(|m| m.0 == kind.form)?;
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
            format!(
                "Need is an estimate: the share found in a survey of {} ({}, {}), times the women who live here. Risk is taken to be alike everywhere.",
                measure.area, measure.source, measure.period
            ).into(),
            "Not everybody who is harmed wants or needs this kind of service: it is who could come, not who should.".into(),
            "Each woman is counted once, at the best that any service offers her. A service that says nothing of whom it takes, or whether it is full, counts as open.".into(),
        ],
    };
    let facts = Facts { area_name: ground.study.about.area_name.clone(), kind: kind.label.clone(), happened, measure, caseload_withheld };
    Some(Draft::new(head, CountTable::column(counts), facts, tell))
}

/// Parts to the nearest ten that add up to their sum to the nearest ten: so the same women are as many for every kind of service.
///
/// Each part is rounded down, and the tens that are then missing go to those that lost most (largest remainders).
fn in_tens(parts: &[f64]) -> Vec<u64> {
    let mut tens: Vec<u64> = parts.iter().map(|n| (n / 10.0).floor() as u64).collect();
    let all = (parts.iter().sum::<f64>() / 10.0).round() as u64;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| (parts[*b] / 10.0).fract().total_cmp(&(parts[*a] / 10.0).fract()).then(a.cmp(b)));
    let missing = all.saturating_sub(tens.iter().sum()) as usize;
    order.into_iter().take(missing).for_each(|i| tens[i] += 1);
    tens.into_iter().map(|n| n * 10).collect()
}

struct Facts {
    area_name: String,
    kind: String,
    happened: &'static str,
    measure: Prevalence,
    caseload_withheld: bool,
}

fn tell(facts: &Facts, released: &Released) -> TextTelling {
    // The barriers, those left, and last those of whom it is not known.
    let order = (0..BARRIERS.len() - 1).chain([BARRIERS.len(), BARRIERS.len() - 1]);
    let mut parts = beside_not_known(order.map(|i| released.at(i, 0)).collect());
    let whole = Row { code: None, label: String::new(), cells: parts.clone() }.whole();
    parts.swap(BARRIERS.len() - 1, BARRIERS.len());
    let left = parts[BARRIERS.len()];
    let losses: Vec<Loss> =
        BARRIERS.iter().zip(&parts).map(|(b, people)| Loss { label: b.1.into(), people: *people, unknown: b.0 == NOT_KNOWN }).collect();
    let (expected, caseload) = (whole, if facts.caseload_withheld { Cell::Withheld } else { released.at(CASELOAD, 0) });
    let mut sentences = Vec::new();
    let mut figures = Vec::new();
    let mut headline = format!("{}: from need to help", facts.kind);
    if let Cell::Known(all) = expected
        && all > 0
    {
        let left = left.known().unwrap_or(0);
        sentences.push(format!(
            "About {} women in {} would be expected to {} in a year, were things here as in {} ({} %, {}).",
            thousands(all),
            facts.area_name,
            facts.happened,
            facts.measure.area,
            decimal(facts.measure.percent, 1),
            facts.measure.period
        ));
        let stopped: Vec<String> = losses
            .iter()
            .zip(BARRIERS)
            .filter(|(l, _)| !l.unknown)
            .filter_map(|(l, b)| Some(format!("about {} {}", thousands(l.people.known().filter(|n| *n > 0)?), b.2)))
            .collect();
        if !stopped.is_empty() {
            sentences.push(format!("{}: {}.", facts.kind, stopped.join("; ")));
        }
        let unknown = losses.iter().find(|l| l.unknown).and_then(|l| l.people.known()).unwrap_or(0);
        if unknown > 0 {
            sentences.push(format!("For about {} of them it is not known whether one is there for them.", thousands(unknown)));
        }
        if left > 0 {
            let whom = if left == all { "any of them".to_owned() } else { format!("the other {}", thousands(left)) };
            sentences.push(format!("Nothing that is listed stops {whom}, but that there may not be room for so many."));
        }
        figures.extend([Figure::new("survey estimate, percent", facts.measure.percent), Figure::new("age from", 16.0)]);
        if all > left + unknown {
            figures.push(Figure::new("women without help", (all - left - unknown) as f64));
        }
        let texts = [&facts.measure.area, &facts.measure.source, &facts.measure.period];
        figures.extend(texts.into_iter().flat_map(|text| Figure::in_text("of the survey", text)));
        figures.extend(caseload.known().map(|n| Figure::new("caseload for each hundred women", 100.0 * n as f64 / all as f64)));
        headline = match all - left - unknown {
            _ if unknown == all => format!("{}: not known whom it could help", facts.kind),
            0 if unknown > 0 => format!("{}: not known whom it could help, for about {} women", facts.kind, thousands(unknown)),
            0 => format!("{}: no barrier for women is listed", facts.kind),
            n => format!("{}: not there for about {} of {} women expected to be harmed", facts.kind, thousands(n), thousands(all)),
        };
        if let Cell::Known(n) = caseload {
            sentences.push(format!(
                "{} on the books of the services listed, men and people from elsewhere among them: {} for each hundred women expected.",
                counted(n as usize, "person is", "people are"),
                decimal(100.0 * n as f64 / all as f64, 1)
            ));
        }
    }
    TextTelling {
        headline,
        subtitle: format!("Women aged 16 and over expected to {} in a year, {}: an estimate", facts.happened, facts.area_name),
        sentences,
        figures,
        body: Body::Waterfall(Waterfall {
            kind: facts.kind.clone(),
            unit: "women".into(),
            start: "Expected to be harmed in a year".into(),
            expected,
            losses,
            end: "Nothing listed stops them".into(),
            left,
            caseload,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::in_tens;

    #[test]
    fn parts_add_up_to_the_whole_to_the_nearest_ten() {
        assert_eq!(in_tens(&[7_314.6, 0.0, 0.0, 0.0, 11_415.1, 8_036.4]), [7_310, 0, 0, 0, 11_420, 8_040]);
        for parts in [[4.0, 4.0, 4.0], [14.9, 14.9, 0.4], [0.0, 0.0, 0.0], [999.0, 0.5, 0.5]] {
            let whole = (parts.iter().sum::<f64>() / 10.0).round() as u64 * 10;
            assert_eq!(in_tens(&parts).iter().sum::<u64>(), whole, "{parts:?}");
        }
    }
}
