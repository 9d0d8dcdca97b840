//! The register told, from released counts only.

use super::found::Found;
use super::rank::rank;
use crate::analyses::Figure;
use crate::analyses::draft::{Released, TextTelling};
use crate::analyses::words::{agreed, counted, decimal, mid_sentence, thousands};
use crate::model::{Body, Gap, GapRegister, Text, Verdict};
use crate::units::Cell;

/// What everyone may know.
pub(super) struct Facts {
    pub area_name: String,
    pub as_of: String,
    pub seed: u64,
    pub dimensions: Vec<(String, String)>,
    pub found: Vec<Found>,
}

pub(super) fn tell(facts: &Facts, released: &Released) -> TextTelling {
    let mut rows: Vec<Gap> = facts.found.iter().enumerate().map(|(i, f)| row(f, &released.row(i))).collect();
    let stages: Vec<String> = facts.found.iter().map(|f| f.stage.clone()).collect();
    rank(&mut rows, &stages, facts.seed);
    rows.sort_by(|a, b| {
        let key = |g: &Gap| (g.verdict, g.rank.map_or(0, |r| r.nominal));
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    let count = |v: Verdict| rows.iter().filter(|r| r.verdict == v).count();
    let (gaps, unknown) = (count(Verdict::Gap), count(Verdict::NotKnown));
    let (tested, no_gap) = (rows.len(), count(Verdict::NoGap));
    let many = |g: &Gap| g.people.known().map_or(String::new(), |n| format!(", {} {}", thousands(n), g.unit));
    let first: Vec<String> = rows
        .iter()
        .filter(|r| r.verdict == Verdict::Gap)
        .take(3)
        .map(|g| format!("{} ({}{})", g.subject, mid_sentence(&g.who), many(g)))
        .collect();
    let first = if first.is_empty() { String::new() } else { format!(" First come: {}.", first.join("; ")) };
    let mut sentences = vec![format!(
        "{} tested on {}: {} found, {unknown} {} not known, and {no_gap} {} no gap.{first}",
        counted(tested, "thing was", "things were"),
        day(&facts.as_of),
        counted(gaps, "gap was", "gaps were"),
        agreed(unknown, "is", "are"),
        agreed(no_gap, "shows", "show")
    )];
    sentences.extend(rows.iter().filter(|r| r.verdict == Verdict::Gap).take(5).map(sentence));
    let headline = match gaps {
        0 if unknown > 0 => format!("No gap can be claimed; {} not known", counted(unknown, "thing is", "things are")),
        0 => "No gap was found".into(),
        1 => "One gap between need and services".into(),
        n => format!("{n} gaps between need and services"),
    };
    TextTelling {
        headline,
        subtitle: format!("Register of gaps, seventeen tests, {}, {}", facts.area_name, day(&facts.as_of)),
        sentences,
        figures: vec![
            Figure::new("things tested", tested as f64),
            Figure::new("gaps", gaps as f64),
            Figure::new("not known", unknown as f64),
            Figure::new("no gap", no_gap as f64),
        ],
        body: Body::Gaps(GapRegister { as_of: facts.as_of.clone(), dimensions: facts.dimensions.clone(), rows }),
    }
}

fn row(found: &Found, cells: &[Cell<u64>]) -> Gap {
    let at = |i: usize| match cells.get(i).copied().unwrap_or(Cell::Missing) {
        Cell::Missing => Cell::NotApplicable,
        cell => cell,
    };
    let (a, b) = (at(4), at(5));
    let said = |c: Cell<u64>| c.known().map_or_else(|| "a number that is withheld".into(), thousands);
    let share = match (a, b) {
        (Cell::Known(a), Cell::Known(b)) if a + b > 0 => decimal(100.0 * a as f64 / (a + b) as f64, 0),
        _ => "some".into(),
    };
    // Where there is no gap, nothing need close it, and what else a gap could be is beside the point.
    let none = found.verdict == Verdict::NoGap;
    Gap {
        id: found.id.clone(),
        dimension: found.dimension.to_owned(),
        subject: found.subject.clone(),
        theme: found.theme.clone(),
        form: found.form.clone(),
        verdict: found.verdict,
        who: found.who.clone().into(),
        areas: found.areas.clone(),
        people: if found.people_withheld { Cell::Withheld } else { at(0) },
        of: at(1),
        unit: found.unit.to_owned(),
        need_lower: at(2),
        need_upper: at(3),
        counts: [a, b],
        measured: found.measured.replace("{a}", &said(a)).replace("{b}", &said(b)).replace("{share}", &share).into(),
        standard: found.standard.clone(),
        confidence: found.confidence,
        because: found.because.join("; ").into(),
        otherwise: if none {
            "A record may be wrong or out of date, and nobody who needs the service was asked.".into()
        } else {
            found.otherwise.clone().into()
        },
        close: if none { Text::default() } else { found.close.clone().into() },
        formula: found.formula.into(),
        evidence: found.evidence.clone(),
        rank: None,
    }
}

/// One gap as a sentence: who, how many, what, by which standard, how sure, and what else it could be.
fn sentence(gap: &Gap) -> String {
    let many = match gap.people {
        Cell::Known(n) => format!(", {} {},", thousands(n), gap.unit),
        Cell::Withheld => ", a number that is withheld,".into(),
        _ => ",".into(),
    };
    let need = match (gap.need_lower, gap.need_upper) {
        (Cell::Known(low), Cell::Known(high)) if high > 0 => {
            format!(
                " Surveys would expect {} to {} women among them to be harmed in a year (an estimate).",
                thousands(low),
                thousands(high)
            )
        }
        _ => String::new(),
    };
    let standard =
        if gap.standard.id.is_empty() { String::new() } else { format!(" Basis: {} ({}).", gap.standard.label, gap.standard.status) };
    format!(
        "{}: {}{many} {}.{need}{standard} Confidence: {}, because {}. It could also be this: {}",
        gap.subject,
        gap.who,
        gap.measured,
        gap.confidence.label(),
        gap.because,
        gap.otherwise
    )
}

/// `31 December 2025`.
fn day(iso: &str) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let mut parts = iso.split('-').filter_map(|p| p.parse::<usize>().ok());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) => format!("{day} {} {year}", MONTHS.get(month.wrapping_sub(1)).unwrap_or(&"")),
        _ => iso.to_owned(),
    }
}
