//! Pictures that are drawn for documents alone: months in a cell of a table, a change, who is within reach.

use std::sync::Arc;

use minijinja::Environment;

use super::notes::Notes;
use super::tools::{keep, nothing, source};
use super::{Made, Shelf};
use crate::model::{AreaClasses, Body, Finding, Findings, Reach, Series};
use crate::outputs::document::tree::{Block, Figure};
use crate::outputs::figures;

/// Their calls.
pub(super) fn functions(environment: &mut Environment, shelf: &Shelf, made: &Made, notes: &Notes) {
    let mut add = |name: &'static str, draw: fn(&Findings, &str, &Notes) -> Option<Block>| {
        let (findings, made, notes) = (Arc::clone(&shelf.findings), Arc::clone(made), Arc::clone(notes));
        environment.add_function(name, move |id: String| draw(&findings, &id, &notes).map_or_else(nothing, |b| keep(&made, vec![b])));
    };
    add("spark", spark);
    add("change", change);
    add("reach_map", reach_map);
    let (findings, shelf_made) = (Arc::clone(&shelf.findings), Arc::clone(made));
    environment.add_function("small_maps", move |ids: Vec<String>, columns: Option<usize>| {
        let blocks = small_maps(&findings, &ids, columns.unwrap_or(6).clamp(2, 6));
        if blocks.is_empty() { nothing() } else { keep(&shelf_made, blocks) }
    });
    let findings = Arc::clone(&shelf.findings);
    environment.add_function("coverage_kinds", move |most: usize| coverage_kinds(&findings, most));
}

fn series<'f>(findings: &'f Findings, id: &str) -> Option<(&'f Finding, &'f Series)> {
    let finding = findings.find(id)?;
    if let Body::Series(series) = &finding.body { Some((finding, series)) } else { None }
}

fn alone((svg, alt_text): (String, String), subtitle: &str, source: String) -> Block {
    cut((svg, alt_text), None, subtitle, source)
}

/// A figure with its cut for phones.
fn cut((svg, alt_text): (String, String), narrow: Option<(String, String)>, subtitle: &str, source: String) -> Block {
    let figure = Figure {
        svg,
        narrow: narrow.map(|n| n.0),
        alt_text,
        title: String::new(),
        subtitle: subtitle.to_owned(),
        source,
        tallest_mm: None,
    };
    Block::Figures { columns: 1, figures: vec![figure] }
}

fn spark(findings: &Findings, id: &str, _: &Notes) -> Option<Block> {
    let (_, series) = series(findings, id)?;
    Some(alone(figures::sparkline(series)?, "", String::new()))
}

fn change(findings: &Findings, id: &str, notes: &Notes) -> Option<Block> {
    let (finding, series) = series(findings, id)?;
    let (step, narrow) = (figures::step(series), figures::change_narrow(series, figures::step(series)));
    Some(cut(figures::change(series, step)?, narrow, &finding.subtitle, source(findings, finding, notes)))
}

fn reach_map(findings: &Findings, id: &str, notes: &Notes) -> Option<Block> {
    let finding = findings.find(id)?;
    let kind = id.rsplit('/').next()?;
    let beside = |f: &&Finding| f.analysis == "need-access" && f.id.rsplit('/').next() == Some(kind);
    let need = findings.findings.iter().find(beside);
    let narrow = figures::reach_map_narrow(findings, finding, need, &findings.sites);
    Some(cut(figures::reach_map(findings, finding, need, &findings.sites)?, narrow, &finding.subtitle, source(findings, finding, notes)))
}

fn small_maps(findings: &Findings, ids: &[String], columns: usize) -> Vec<Block> {
    let of: Vec<&Finding> = ids.iter().filter_map(|id| findings.find(id)).collect();
    let small = |f: &&Finding| {
        let (svg, alt_text) = figures::small_map(findings, f)?;
        let (Body::AreaClasses(body), source) = (&f.body, String::new()) else { return None };
        Some(Figure { svg, narrow: None, alt_text, title: body.measure.clone(), subtitle: beyond(f), source, tallest_mm: None })
    };
    let figures: Vec<Figure> = of.iter().filter_map(small).collect();
    if figures.is_empty() {
        return vec![];
    }
    let legend = figures::reach_legend(findings, &of).map(|drawn| alone(drawn, "", String::new()));
    std::iter::once(Block::Figures { columns, figures }).chain(legend).collect()
}

/// What stands under a small map: how many have no listed site near, and of how many it is not known. Where nobody says how far is too far for the
/// kind, they are beyond nothing: the register has such a kind as not known.
fn beyond(finding: &Finding) -> String {
    let Body::AreaClasses(body) = &finding.body else { return String::new() };
    let told = crate::units::thousands;
    let (far, unknown) = (of(body, Reach::OutOfReach), of(body, Reach::NotKnown));
    let unknown = if unknown > 0 { format!("not known for {}", told(unknown)) } else { String::new() };
    match (far, body.agreed) {
        (0, _) if unknown.is_empty() => "nobody beyond reach, as listed".into(),
        (0, _) => unknown,
        (n, agreed) => {
            let far = if agreed {
                format!("{} residents beyond reach of a listed site", told(n))
            } else {
                format!("{} residents without a listed site {}", told(n), body.within)
            };
            if unknown.is_empty() { far } else { format!("{far}; {unknown}") }
        }
    }
}

fn of(body: &AreaClasses, class: Reach) -> u64 {
    body.totals.iter().find(|t| t.class == class).and_then(|t| t.residents.known()).unwrap_or(0)
}

/// Findings of coverage that a reader should see first: those with sites, kinds of which somebody says how far is too far before the others, and
/// most people beyond reach first.
fn coverage_kinds(findings: &Findings, most: usize) -> Vec<String> {
    let classes = |f: &'_ Finding| match &f.body {
        Body::AreaClasses(body) if f.analysis == "coverage" => {
            Some((f.id.clone(), body.agreed, of(body, Reach::OutOfReach), of(body, Reach::Site)))
        }
        _ => None,
    };
    let mut kinds: Vec<(String, bool, u64, u64)> = findings.findings.iter().filter_map(classes).filter(|k| k.2 > 0 || k.3 > 0).collect();
    kinds.sort_by_key(|(_, agreed, beyond, _)| (!agreed, std::cmp::Reverse(*beyond)));
    kinds.into_iter().take(most).map(|k| k.0).collect()
}
