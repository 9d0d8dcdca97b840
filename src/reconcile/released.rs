//! A figure beside what a pack tells of a restricted source. Nothing else is looked at, so nothing that the pack withholds can follow.

use super::figure::Figure;
use super::{Cause, Part, Reconciled, Verdict, Way};
use crate::model::{CellArea, Findings, RestrictedCell, RestrictedSource};
use crate::units::AreaCode;

/// What a restricted source may be asked for beside its released value: nothing.
const NOT_LOOKED_AT: &str = "other causes: how a restricted count would change with other rows would tell of few people";

/// Holds a figure against the released counts of every restricted source that has the category. Changes in per cent are not held against them.
pub fn through_the_door(findings: &Findings, figure: &Figure) -> Vec<Reconciled> {
    let wanted = |s: &&RestrictedSource| figure.source.is_empty() || figure.source.eq_ignore_ascii_case(&s.source);
    findings.restricted.iter().filter(wanted).filter_map(|s| one(findings, s, figure)).collect()
}

fn one(findings: &Findings, source: &RestrictedSource, figure: &Figure) -> Option<Reconciled> {
    let category = source.categories.iter().position(|c| c.label.eq_ignore_ascii_case(figure.what.trim()))?;
    let area = place(findings, source, &figure.area)?;
    let is_it = |c: &&RestrictedCell| {
        (c.area, c.first, c.last) == (area, figure.period.first, figure.period.last)
            && c.categories == [category as u32]
            && c.group.is_none()
    };
    let known = source.cells.iter().find(is_it).and_then(|c| c.value.known()).filter(|_| !figure.printed.is_change).map(|n| n as f64);
    let mut found = Reconciled {
        source: source.source.clone(),
        what: vec![source.categories[category].label.clone()],
        area: if figure.area.is_empty() { findings.frame.area_name.clone() } else { figure.area.clone() },
        period: figure.period,
        from: figure.from,
        printed: figure.printed.value,
        today: known,
        is_change: figure.printed.is_change,
        verdict: Verdict::NotKnown,
        ways: vec![],
        unexplained: None,
        tried: vec![],
        not_tried: vec![NOT_LOOKED_AT.into()],
    };
    let Some(today) = known else { return Some(found) };
    let difference = figure.printed.value - today;
    // The released value is rounded itself: any count within half a step of it may have been printed.
    let step = findings.policy.round_to.max(1) as f64;
    let rounded = difference.abs() <= step / 2.0 || figure.printed.fits(today).is_some();
    let part = Part { cause: Cause::Rounding, how: "the figure, or the released value, is rounded".into(), amount: difference };
    match (difference == 0.0, rounded) {
        (true, _) => found.verdict = Verdict::Same,
        (false, true) => (found.verdict, found.ways) = (Verdict::Explained, vec![Way { parts: vec![part], weight: 1.0 }]),
        (false, false) => (found.verdict, found.unexplained) = (Verdict::Unexplained, Some(difference)),
    }
    Some(found)
}

fn place(findings: &Findings, source: &RestrictedSource, area: &str) -> Option<CellArea> {
    let code = AreaCode::parse(area.trim());
    let whole = area.trim().is_empty() || area.trim().eq_ignore_ascii_case(&findings.frame.area_name);
    if whole || code.is_some_and(|c| findings.frame.authorities == [c]) {
        return Some(CellArea::Whole);
    }
    let named = || findings.outlines.iter().find(|o| o.name.eq_ignore_ascii_case(area.trim())).map(|o| o.code);
    let code = code.or_else(named)?;
    source.areas.iter().position(|a| *a == code).map(|i| CellArea::Area(i as u32))
}
