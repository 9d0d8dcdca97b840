//! The register told, from released counts only.

use super::found::Found;
use super::pieces::{Unit, again, day};
use super::rank::rank;
use crate::analyses::draft::{Released, Telling};
use crate::model::{Arg, Body, Confidence, Gap, GapRegister, Message, Offer, Text, Verdict};
use crate::msg;
use crate::units::Cell;

/// So many gaps are named in the first sentence.
const NAMED: usize = 3;
/// So many gaps have a paragraph of their own.
const TOLD: usize = 5;

/// What everyone may know.
pub(super) struct Facts {
    pub area_name: String,
    pub as_of: String,
    pub seed: u64,
    pub dimensions: Vec<(String, String)>,
    pub offers: Vec<Offer>,
    pub found: Vec<Found>,
}

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let mut rows: Vec<Gap> = facts.found.iter().enumerate().map(|(i, f)| row(f, &released.row(i))).collect();
    let stages: Vec<String> = facts.found.iter().map(|f| f.stage.clone()).collect();
    rank(&mut rows, &stages, facts.seed);
    let mut rows: Vec<(Gap, Unit)> = rows.into_iter().zip(facts.found.iter().map(|f| f.unit)).collect();
    rows.sort_by(|(a, _), (b, _)| {
        let key = |g: &Gap| (g.verdict, g.rank.map_or(0, |r| r.nominal));
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    let count = |v: Verdict| rows.iter().filter(|r| r.0.verdict == v).count();
    let (gaps, unknown, tested) = (count(Verdict::Gap), count(Verdict::NotKnown), rows.len());
    let (on, no_gap) = (day(&facts.as_of), count(Verdict::NoGap));
    let found = || rows.iter().filter(|r| r.0.verdict == Verdict::Gap);
    let first: Vec<Message> = found().take(NAMED).map(|(gap, unit)| item(gap, *unit)).collect();
    let counted = if unknown == tested {
        msg!("gaps-register-unanswered", day = on.clone(), tested = tested)
    } else {
        msg!("gaps-register-counted", day = on.clone(), tested = tested, gaps = gaps, unknown = unknown, no_gap = no_gap)
    };
    let counted = if first.is_empty() { counted } else { counted.then(msg!("gaps-register-first", first = first)) };
    Telling {
        headline: match gaps {
            0 if unknown > 0 => msg!("gaps-register-headline-not-known", unknown = unknown, tested = tested),
            0 => msg!("gaps-register-headline-none"),
            _ => msg!("gaps-register-headline", gaps = gaps, unknown = unknown, tested = tested),
        },
        subtitle: msg!("gaps-register-subtitle", tests = facts.dimensions.len(), area = &facts.area_name, day = on),
        sentences: std::iter::once(counted).chain(found().take(TOLD).map(|(gap, unit)| told(gap, *unit))).collect(),
        figures: vec![],
        body: Body::Gaps(GapRegister {
            as_of: facts.as_of.clone(),
            dimensions: facts.dimensions.clone(),
            offers: facts.offers.clone(),
            rows: rows.into_iter().map(|r| r.0).collect(),
        }),
    }
}

fn row(found: &Found, cells: &[Cell<u64>]) -> Gap {
    let at = |i: usize| match cells.get(i).copied().unwrap_or(Cell::Missing) {
        Cell::Missing => Cell::NotApplicable,
        cell => cell,
    };
    let (a, b) = (at(4), at(5));
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
        unit: found.unit.label().to_owned(),
        need_lower: at(2),
        need_upper: at(3),
        counts: [a, b],
        capacity: found.capacity.clone(),
        measured: found.measured.told(a, b).into(),
        standard: found.standard.clone(),
        confidence: found.confidence,
        because: because(&found.because),
        otherwise: if none { msg!("gaps-otherwise-none").into() } else { found.otherwise.clone() },
        close: if none { Text::default() } else { found.close.clone() },
        formula: found.formula.clone(),
        evidence: found.evidence.clone(),
        rank: None,
    }
}

fn because(reasons: &[Message]) -> Text {
    let all = reasons.iter().cloned().reduce(|first, next| msg!("gaps-because-both", first = first, next = next));
    all.map_or_else(Text::default, Text::from)
}

/// A gap in a list: what, for whom, and for how many.
fn item(gap: &Gap, unit: Unit) -> Message {
    let (subject, who) = (again(&gap.subject), again(&gap.who));
    match gap.people {
        // Of too little, it is told how much is short: everybody who lives here is no answer to who goes without.
        _ if gap.dimension == "capacity" => msg!("gaps-register-item-short", subject = subject, measured = again(&gap.measured)),
        Cell::Known(people) => msg!("gaps-register-item-people", subject = subject, who = who, people = people, unit = unit.key()),
        _ => msg!("gaps-register-item", subject = subject, who = who),
    }
}

/// One gap as a paragraph: what was found, who and how many, by which standard, how sure, and what else it could be.
fn told(gap: &Gap, unit: Unit) -> Message {
    let who = again(&gap.who);
    let who = match gap.people {
        Cell::Known(people) => msg!("gaps-register-who-people", who = who, people = people, unit = unit.key()),
        Cell::Withheld => msg!("gaps-register-who-withheld", who = who),
        Cell::Missing | Cell::NotApplicable => msg!("gaps-register-who", who = who),
    };
    let need = match (gap.need_lower, gap.need_upper) {
        (Cell::Known(lower), Cell::Known(upper)) if upper > 0 => Some(msg!("gaps-register-need", lower = lower, upper = upper)),
        _ => None,
    };
    let standard = (!gap.standard.id.is_empty())
        .then(|| msg!("gaps-register-standard", standard = again(&gap.standard.label), status = &gap.standard.status));
    let sure = msg!(
        "gaps-register-sure",
        confidence = Arg::Key(match gap.confidence {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }),
        because = again(&gap.because),
        otherwise = again(&gap.otherwise),
    );
    let found = msg!("gaps-register-gap", subject = again(&gap.subject), measured = again(&gap.measured));
    [Some(who), need, standard, Some(sure)].into_iter().flatten().fold(found, Message::then)
}
