//! Who can come while it is open, at three times of the week: small maps side by side under one legend.

use std::collections::BTreeMap;

use super::ground::Ground;
use super::kit::{CONTEXT, FULL, HATCH, INK, NOT_KNOWN, PLAIN, QUIET, Room, SIZE, Sheet};
use super::reach_map::BORDER;
use crate::model::{Findings, Going, GoingByArea, Outline};
use crate::outputs::svg::Anchor;
use crate::outputs::theme::text_width;
use crate::units::{AreaCode, Cell, counted, thousands};

/// Side of one map, and what lies between two.
const SIDE: f64 = 212.0;
const BETWEEN: f64 = (FULL - 3.0 * SIDE) / 2.0;
/// Words above the maps.
const ABOVE: f64 = 24.0;

/// Fill of a class: each differs from the others in grey too.
fn fill(class: Going) -> &'static str {
    match class {
        Going::Come => CONTEXT,
        Going::NoWay => HATCH,
        Going::Closed => PLAIN,
        Going::NotKnown => NOT_KNOWN,
    }
}

/// Three maps, 688 px wide: weekday noon, weekday evening and Sunday, under one legend with the people of each. The inside of the drawing, its height and its
/// words for who cannot see it; nothing where there are no shapes.
pub(in crate::outputs) fn going_maps(findings: &Findings, body: &GoingByArea) -> Option<(String, f64, String)> {
    let mut sheet = Sheet::default();
    let of: BTreeMap<AreaCode, [Going; 3]> = body.rows.iter().map(|r| (r.code, r.classes())).collect();
    let (mut told, mut bottom) = (Vec::new(), 0.0_f64);
    for (time, name) in GoingByArea::TIMES.into_iter().enumerate() {
        let left = time as f64 * (SIDE + BETWEEN);
        let ground =
            Ground::fit(&findings.outlines, Room { left: left + 2.0, top: ABOVE, right: left + SIDE - 2.0, bottom: ABOVE + SIDE }, 0.4)?;
        let class = |o: &Outline| of.get(&o.code).map_or(Going::NotKnown, |c| c[time]);
        let here = |wanted: Going| findings.outlines.iter().filter(move |o| class(o) == wanted);
        let classes: Vec<(&str, String)> =
            Going::ALL.into_iter().filter(|c| here(*c).next().is_some()).map(|c| (fill(c), ground.union(here(c)))).collect();
        sheet.bold((left + SIDE / 2.0, 14.0), name, INK, Anchor::Middle);
        ground.draw(&mut sheet, &format!("time{time}-"), &classes, BORDER / 2.0, 0.0);
        bottom = bottom.max(ground.room.bottom);
        let parts = Going::ALL.into_iter().map(|c| (c, here(c).count())).filter(|(_, n)| *n > 0);
        let parts: Vec<String> = parts.map(|(c, n)| format!("{} {n}", c.label())).collect();
        told.push(format!("{name}: {}", parts.join(", ")));
    }
    let height = legend(&mut sheet, body, bottom + 18.0);
    let areas = counted(findings.outlines.len(), "area", "areas");
    let alt = format!("Three maps of {areas} by whether people can come to {} and be home again. {}.", body.measure, told.join(". "));
    Some((sheet.inside(), height, alt))
}

/// One entry for each class that any map shows, with the people of each time; where it ends.
fn legend(sheet: &mut Sheet, body: &GoingByArea, mut y: f64) -> f64 {
    let people = |class: Going, time: usize| match body.people_of(time, class) {
        Cell::Known(n) => thousands(n),
        Cell::Withheld => "withheld".into(),
        _ => "not known".into(),
    };
    sheet.text((33.0, y + 12.0), &format!("{}, by most hours of their area:", body.unit), QUIET, Anchor::Start);
    let column = |time: usize| 380.0 + 104.0 * time as f64;
    for (time, name) in GoingByArea::TIMES.into_iter().enumerate() {
        sheet.text((column(time) + 84.0, y + 12.0), name, QUIET, Anchor::End);
    }
    y += 22.0;
    for class in Going::ALL.into_iter().filter(|c| body.rows.iter().any(|r| r.classes().contains(c))) {
        sheet.swatch((1.0, y), fill(class));
        sheet.text((33.0, y + 12.0), class.label(), INK, Anchor::Start);
        debug_assert!(33.0 + text_width(class.label(), SIZE, false) < column(0));
        for time in 0..GoingByArea::TIMES.len() {
            sheet.text((column(time) + 84.0, y + 12.0), &people(class, time), INK, Anchor::End);
        }
        y += 22.0;
    }
    y
}

#[cfg(test)]
mod tests;
