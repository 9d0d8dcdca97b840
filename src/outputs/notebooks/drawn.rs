//! Pictures that are drawn for documents alone: months in a cell of a table, a change, who is within reach.

use std::sync::Arc;

use minijinja::Environment;

use super::tools::{keep, nothing, source};
use super::{Made, Shelf};
use crate::model::{Body, Finding, Findings, Reach, Series};
use crate::outputs::document::tree::{Block, Figure};
use crate::outputs::figures;

/// Their calls.
pub(super) fn functions(environment: &mut Environment, shelf: &Shelf, made: &Made) {
    let mut add = |name: &'static str, draw: fn(&Findings, &str) -> Option<Block>| {
        let (findings, made) = (Arc::clone(&shelf.findings), Arc::clone(made));
        environment.add_function(name, move |id: String| draw(&findings, &id).map_or_else(nothing, |b| keep(&made, vec![b])));
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
    let figure = Figure { svg, alt_text, title: String::new(), subtitle: subtitle.to_owned(), source, tallest_mm: None };
    Block::Figures { columns: 1, figures: vec![figure] }
}

fn spark(findings: &Findings, id: &str) -> Option<Block> {
    let (_, series) = series(findings, id)?;
    Some(alone(figures::sparkline(series)?, "", String::new()))
}

fn change(findings: &Findings, id: &str) -> Option<Block> {
    let (finding, series) = series(findings, id)?;
    Some(alone(figures::change(series, figures::step(series))?, &finding.subtitle, source(findings, finding)))
}

fn reach_map(findings: &Findings, id: &str) -> Option<Block> {
    let finding = findings.find(id)?;
    let kind = id.rsplit('/').next()?;
    let beside = |f: &&Finding| f.analysis == "need-access" && f.id.rsplit('/').next() == Some(kind);
    let need = findings.findings.iter().find(beside);
    Some(alone(figures::reach_map(findings, finding, need, &findings.sites)?, &finding.subtitle, source(findings, finding)))
}

fn small_maps(findings: &Findings, ids: &[String], columns: usize) -> Vec<Block> {
    let of: Vec<&Finding> = ids.iter().filter_map(|id| findings.find(id)).collect();
    let small = |f: &&Finding| {
        let (svg, alt_text) = figures::small_map(findings, f)?;
        let (Body::AreaClasses(body), source) = (&f.body, String::new()) else { return None };
        Some(Figure { svg, alt_text, title: body.measure.clone(), subtitle: beyond(f), source, tallest_mm: None })
    };
    let figures: Vec<Figure> = of.iter().filter_map(small).collect();
    if figures.is_empty() {
        return vec![];
    }
    let legend = figures::reach_legend(findings, &of).map(|drawn| alone(drawn, "", String::new()));
    std::iter::once(Block::Figures { columns, figures }).chain(legend).collect()
}

/// What stands under a small map: how many are beyond reach, or that it is not known.
fn beyond(finding: &Finding) -> String {
    let n = of(finding, Reach::OutOfReach);
    if n > 0 {
        return format!("{} residents beyond reach", crate::units::thousands(n));
    }
    if of(finding, Reach::NotKnown) > 0 { "not known for some".into() } else { "nobody beyond reach, as listed".into() }
}

fn of(finding: &Finding, class: Reach) -> u64 {
    match &finding.body {
        Body::AreaClasses(body) => body.totals.iter().find(|t| t.class == class).and_then(|t| t.residents.known()).unwrap_or(0),
        _ => 0,
    }
}

/// Findings of coverage that a reader should see first: those with sites, most people beyond reach first.
fn coverage_kinds(findings: &Findings, most: usize) -> Vec<String> {
    let has_classes = |f: &&Finding| f.analysis == "coverage" && matches!(f.body, Body::AreaClasses(_));
    let mut kinds: Vec<(&Finding, u64)> = findings
        .findings
        .iter()
        .filter(has_classes)
        .map(|f| (f, of(f, Reach::OutOfReach)))
        .filter(|(f, beyond)| *beyond > 0 || of(f, Reach::Site) > 0)
        .collect();
    kinds.sort_by_key(|(_, beyond)| std::cmp::Reverse(*beyond));
    kinds.into_iter().take(most).map(|k| k.0.id.clone()).collect()
}
