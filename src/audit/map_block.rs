//! The block of data that the map of a page reads: every number of it is one that its finding holds for that area, as printed, and nothing else
//! stands in it.

use std::collections::HashMap;

use super::known::Known;
use super::pack::Pack;
use super::printed::numbers;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::{AreaMeasure, Findings, MapData, MapLayer, MapValue, SpotClass};
use crate::outputs::{MAP_DATA, MAP_PROGRAM};
use crate::units::{AreaCode, Cell, showable};

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    for (path, text) in pack.texts.iter().filter(|(path, _)| path.ends_with(".html")) {
        let Some((at, json)) = block(text) else { continue };
        let Err(what) = holds(findings, json) else { continue };
        let line = text[..at].matches('\n').count() as u64 + 1;
        let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
        problems.error(Code::S321, Place::line(path.clone(), line), what, next);
    }
}

fn opening() -> String {
    format!("<script type=\"application/json\" id=\"{MAP_DATA}\">")
}

/// The first block of a page, and where it begins.
pub(super) fn block(page: &str) -> Option<(usize, &str)> {
    let opening = opening();
    let at = page.find(&opening)? + opening.len();
    let end = page[at..].find("</script>").map_or(page.len(), |e| at + e);
    Some((at, &page[at..end]))
}

/// A page without the program of the engine and without the block that it reads, which [`check`] reads: each once, and as it is. Its lines stay.
pub(super) fn without_program(page: &str) -> String {
    let program = format!("<script>{MAP_PROGRAM}</script>");
    let text = page.replacen(&program, &"\n".repeat(program.matches('\n').count()), 1);
    match block(&text) {
        Some((at, json)) => {
            let (from, to) = (at - opening().len(), (at + json.len() + "</script>".len()).min(text.len()));
            format!("{}{}{}", &text[..from], "\n".repeat(json.matches('\n').count()), &text[to..])
        }
        None => text,
    }
}

/// Whether a block holds what the findings hold.
fn holds(findings: &Findings, json: &str) -> Result<(), &'static str> {
    let data: MapData = serde_json::from_str(json).map_err(|_| "the data of the map cannot be read")?;
    // Written as the engine writes it, nothing can stand between its parts.
    let again = serde_json::to_string(&data).unwrap_or_default();
    if again.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026") != json {
        return Err("the data of the map are not as they were written");
    }
    let same = |a: &str, b: &str| showable(b).0 == a;
    let areas = data.areas.len() == findings.outlines.len()
        && data.areas.iter().zip(&findings.outlines).all(|(a, o)| {
            a.0 == o.code && same(&a.1, &o.name) && a.2.len() == o.within.len() && a.2.iter().zip(&o.within).all(|(a, b)| same(a, b))
        });
    if !areas {
        return Err("the areas of the map are not those of the findings");
    }
    data.layers.iter().try_for_each(|layer| layer_holds(findings, layer))
}

fn layer_holds(findings: &Findings, layer: &MapLayer) -> Result<(), &'static str> {
    let of = |text: &str, wanted: &str| showable(wanted).0 == text;
    let finding = findings.find(&layer.finding).ok_or("a layer of the map is of no finding")?;
    let question = findings.methods.iter().find(|m| m.analysis == finding.analysis).map_or("", |m| m.question.as_str());
    // A headline that every other test of the same records contradicts is told as a question.
    let asked = |told: &str| told.strip_suffix('?').is_some_and(|told| of(told, finding.headline.trim_end_matches(['.', '?'])));
    if !of(&layer.headline, &finding.headline) && !asked(&layer.headline) {
        return Err("a layer of the map has another headline than its finding");
    }
    let texts = [(&layer.subtitle, finding.subtitle.as_str()), (&layer.status, finding.status.as_str()), (&layer.question, question)];
    if !texts.iter().all(|(told, wanted)| of(told, wanted)) {
        return Err("a layer of the map says what its finding does not");
    }
    let figures = finding.by_area(layer.tells).ok_or("a layer of the map is of numbers that its finding does not hold")?;
    let n = findings.outlines.len();
    let by_code: HashMap<AreaCode, _> = figures.rows.iter().map(|f| (f.code, f)).collect();
    let told = |column: &[MapValue], number: &dyn Fn(Cell<f64>, Option<(f64, f64)>) -> Cell<f64>| {
        column.len() == n
            && column.iter().zip(&findings.outlines).all(|(told, outline)| {
                let wanted = by_code.get(&outline.code).map_or(Cell::Missing, |f| number(f.value, f.limits));
                *told == MapValue::of(wanted, layer.decimals)
            })
    };
    let limit = |value: Cell<f64>, limit: Option<f64>| limit.map_or(value.and_then(|_| Cell::NotApplicable), Cell::Known);
    let values = if layer.tells == AreaMeasure::Class { layer.values.is_empty() } else { told(&layer.values, &|v, _| v) };
    let limits = if figures.rows.iter().any(|f| f.limits.is_some()) {
        told(&layer.lower, &|v, l| limit(v, l.map(|l| l.0))) && told(&layer.upper, &|v, l| limit(v, l.map(|l| l.1)))
    } else {
        layer.lower.is_empty() && layer.upper.is_empty()
    };
    if layer.decimals != figures.decimals || !values || !limits {
        return Err("the map tells a number of an area that its finding does not hold");
    }
    let classes: Vec<char> = layer.classes.chars().collect();
    let class = |k: usize| char::from_digit(k as u32, 36);
    let known_class = |c: &char| *c == '.' || (0..layer.legend.len().min(36)).any(|k| class(k) == Some(*c));
    if classes.len() != n || !classes.iter().all(known_class) {
        return Err("the map puts an area in a class that its legend does not have");
    }
    let mut known = Known::of_finding(finding);
    // What is said of every map of the kind, and the numbers of clusters.
    known.add(SpotClass::ALL.iter().flat_map(|c| numbers(c.label())).map(|n| n.value));
    known.add((0..layer.legend.len()).map(|k| k as f64 + 1.0));
    // A legend tells how many areas are in a class, and perhaps how many of them are something.
    let size = |k: usize| classes.iter().filter(|c| class(k) == Some(**c)).count() as f64;
    let told =
        |text: &str, areas: f64| numbers(text).iter().all(|n| known.explains(n) || n.decimals == 0 && !n.percent && n.value <= areas);
    if !told(&layer.label, 0.0) || !told(&layer.unit, 0.0) || !layer.legend.iter().enumerate().all(|(k, l)| told(&l.1, size(k))) {
        return Err("the legend of the map tells a number that its finding does not hold");
    }
    let fill = |fill: &str| {
        fill.strip_prefix('#')
            .or_else(|| fill.strip_prefix("url(#")?.strip_suffix(')'))
            .is_some_and(|f| f.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    if layer.legend.iter().all(|l| fill(&l.0)) {
        Ok(())
    } else {
        Err("the map fills areas with something of which nobody can say what it shows")
    }
}
