//! Pictures that are drawn for documents alone: months in a cell of a table, a change, who is within reach.

use std::sync::Arc;

use minijinja::Environment;

use super::notes::Notes;
use super::tools::{keep, nothing, source};
use super::values::in_full;
use super::{Made, Shelf};
use crate::model::{AreaClasses, AreaRates, BesideBreak, Body, Finding, Findings, Indicator, Reach, Series, Table};
use crate::outputs::document::tree::{Block, Figure};
use crate::outputs::figures;
use crate::units::{AreaCode, Cell, Month, Period};

/// So many areas stand in a figure of dots.
const MOST_DOTS: usize = 12;

/// Their calls.
pub(super) fn functions(environment: &mut Environment, shelf: &Shelf, made: &Made, notes: &Notes) {
    let mut add = |name: &'static str, draw: fn(&Findings, &str, &Notes) -> Option<Block>| {
        let (findings, made, notes) = (Arc::clone(&shelf.findings), Arc::clone(made), Arc::clone(notes));
        environment.add_function(name, move |id: String| draw(&findings, &id, &notes).map_or_else(nothing, |b| keep(&made, vec![b])));
    };
    add("spark", spark);
    add("waves", waves);
    add("dots", dots);
    add("change", change);
    add("reach_map", reach_map);
    add("persistence", persistence);
    let mut whole = |name: &'static str, draw: fn(&Findings) -> Option<Block>| {
        let (findings, made) = (Arc::clone(&shelf.findings), Arc::clone(made));
        environment.add_function(name, move || draw(&findings).map_or_else(nothing, |b| keep(&made, vec![b])));
    };
    whole("capacity", capacity);
    whole("eligibility", eligibility);
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

fn indicator<'f>(findings: &'f Findings, id: &str) -> Option<(&'f Finding, &'f Indicator)> {
    let finding = findings.find(id)?;
    if let Body::Indicator(body) = &finding.body { Some((finding, body)) } else { None }
}

/// Publisher of an indicator: no map is drawn of it, so boundaries are no source of it.
fn own_source(findings: &Findings, finding: &Finding) -> String {
    let of = |name: &String| {
        let line = findings.sources.iter().find(|s| s.name == *name);
        line.and_then(|s| s.attribution.clone()).unwrap_or_else(|| findings.source_titles([name]).concat())
    };
    let all: Vec<String> = finding.sources.iter().map(of).collect();
    let mark = if findings.frame.invented { " (invented data)" } else { "" };
    format!("Source: {}{mark}.", all.join("; ").trim_end_matches('.'))
}

/// A period as texts say it, months in full.
fn months(period: Period) -> String {
    if period.first == period.last { in_full(period.first) } else { format!("{} to {}", in_full(period.first), in_full(period.last)) }
}

/// Waves of an indicator with their limits.
fn waves(findings: &Findings, id: &str, _: &Notes) -> Option<Block> {
    let (finding, body) = indicator(findings, id)?;
    // The finding is about the latest wave, and its picture about all of them.
    let (first, last) = (body.waves.first()?.period, body.waves.last()?.period);
    let all = Period::new(first.first, last.last).map_or_else(|| months(last), months);
    Some(alone(figures::waves(body)?, &finding.subtitle.replace(&months(last), &all), own_source(findings, finding)))
}

/// Areas and groups of an indicator, or the areas with the highest rates, as dots beside the whole.
fn dots(findings: &Findings, id: &str, notes: &Notes) -> Option<Block> {
    let finding = findings.find(id)?;
    let (rows, against, unit, about) = match &finding.body {
        Body::Indicator(body) => {
            let (rows, against) = figures::dots_of_indicator(body);
            (rows, against, format!("{} of {}", body.unit, body.denominator), finding.subtitle.clone())
        }
        Body::AreaRates(body) => {
            let (rows, against) = figures::dots_of(body, &[], MOST_DOTS);
            let known = body.rows.iter().filter(|r| r.rate.known().is_some()).count();
            (rows, against, body.unit.clone(), about_dots(&finding.subtitle, body, known))
        }
        _ => return None,
    };
    let from = if matches!(finding.body, Body::Indicator(_)) { own_source(findings, finding) } else { source(findings, finding, notes) };
    Some(alone(figures::dots(&rows, against.as_ref(), &unit)?, &about, from))
}

/// What dots of areas show, how many of all areas they are, and how many records stand in none of them.
fn about_dots(subtitle: &str, body: &AreaRates, known: usize) -> String {
    let shown = if known > MOST_DOTS { format!("{subtitle}: the {MOST_DOTS} highest of {known}") } else { subtitle.to_owned() };
    match body.unlocated {
        Cell::Known(n) if n > 0 => {
            format!("{shown}. {} without a known place: in no area", crate::units::counted(n as usize, "record", "records"))
        }
        _ => shown,
    }
}

/// What there is of each kind of service, beside what a standard asks for.
fn capacity(findings: &Findings) -> Option<Block> {
    let rows = figures::bullets_of(figures::register(findings)?);
    Some(alone(figures::bullets(&rows)?, "", String::new()))
}

/// Whom each kind of service takes.
fn eligibility(findings: &Findings) -> Option<Block> {
    let (groups, rows) = figures::eligibility_of(figures::register(findings)?);
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    Some(alone(figures::eligibility(&groups, &rows)?, "", String::new()))
}

/// Whether the areas with the highest rates were among the highest tenth in every span that a table of counts tells.
fn persistence(findings: &Findings, id: &str, notes: &Notes) -> Option<Block> {
    let finding = findings.find(id)?;
    let rates = findings.find(&format!("{}/areas", id.strip_suffix("/periods")?))?;
    let (Body::Table(table), Body::AreaRates(rates)) = (&finding.body, &rates.body) else { return None };
    let (table, left_out) = since_break(table);
    if table.columns.len() < 2 {
        return None;
    }
    let mut highest: Vec<(AreaCode, f64)> = rates.rows.iter().filter_map(|r| Some((r.code, r.rate.known()?.value))).collect();
    highest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let chosen: Vec<AreaCode> = highest.into_iter().take(MOST_DOTS).map(|r| r.0).collect();
    let rows = figures::persistence_of(&table, rates, &chosen);
    let years: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    let since = left_out.map_or(String::new(), |b| format!(". Years before recording changed in {} are left out", b.label()));
    let about =
        format!("{}: was the rate among the highest tenth? The {} areas with the highest latest rates{since}", rates.measure, rows.len());
    Some(alone(figures::persistence(&years, &rows)?, &about, source(findings, finding, notes)))
}

/// A table of spans without those before the latest break in recording, and the break where any is left out: what was among the highest before it is
/// not counted with what is since.
fn since_break(table: &Table) -> (Table, Option<Month>) {
    let beside: Vec<BesideBreak> = (0..table.columns.len()).map(|k| table.beside_break(k)).collect();
    let left_out = beside.iter().find_map(|b| if let BesideBreak::Before(m) | BesideBreak::Across(m) = b { Some(*m) } else { None });
    fn kept<T: Clone>(list: &[T], beside: &[BesideBreak]) -> Vec<T> {
        list.iter().zip(beside).filter(|(_, b)| **b == BesideBreak::After).map(|(x, _)| x.clone()).collect()
    }
    let mut since = table.clone();
    since.columns = kept(&table.columns, &beside);
    since.months = kept(&table.months, &beside);
    since.rows.iter_mut().for_each(|r| r.cells = kept(&r.cells, &beside));
    (since, left_out)
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
    if let Some((_, body)) = indicator(findings, id) {
        return Some(alone(figures::wave_sparkline(body)?, "", String::new()));
    }
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
    let need = figures::need_beside(findings, kind);
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
    // One alone is no comparison, and too small to read.
    if figures.len() < 2 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_before_a_break_and_across_it_are_not_counted_with_those_since() {
        let month = |m: &str| Month::parse(m).unwrap();
        let spans = ["2021-04", "2022-04", "2023-04", "2024-04"].map(|m| crate::units::Period::new(month(m), month(m).plus(11)).unwrap());
        let row = crate::model::Row { code: None, label: "Here".into(), cells: [1, 2, 3, 4].map(crate::units::Cell::Known).to_vec() };
        let mut table = Table {
            row_heading: "Area".into(),
            columns: spans.iter().map(crate::units::Period::label).collect(),
            months: spans.to_vec(),
            breaks: vec![],
            rows: vec![row],
        };
        assert_eq!(since_break(&table), (table.clone(), None));
        table.breaks = vec![month("2022-09")];
        let (since, left_out) = since_break(&table);
        assert_eq!((left_out, since.columns.len(), since.months.len()), (Some(month("2022-09")), 2, 2));
        assert_eq!(since.rows[0].cells, [3, 4].map(crate::units::Cell::Known));
    }
}
