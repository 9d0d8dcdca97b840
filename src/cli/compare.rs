//! `gapmap compare`: what changed between two packs.

use std::path::PathBuf;

use clap::Args;

use super::run::read_findings;
use super::{Exit, Printer};
use crate::compare::{Change, Comparison, GapMove, Said, ServiceMove, compare};
use crate::diagnostics::Problems;
use crate::model::Findings;
use crate::units::{Cell, decimal, thousands};

#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The earlier pack: its folder or its findings.
    before: PathBuf,
    /// The later pack.
    after: PathBuf,
    /// The comparison as JSON, for programs.
    #[arg(long)]
    as_json: bool,
}

impl Compare {
    pub fn run(self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        let before = read_findings(&self.before, &mut problems);
        let after = read_findings(&self.after, &mut problems);
        printer.problems(&problems);
        let (Some(before), Some(after)) = (before, after) else { return Exit::Problems };
        let found = compare(&before, &after);
        if self.as_json {
            // It holds plain values: nothing in it can fail to be written.
            say!("{}", serde_json::to_string_pretty(&found).unwrap_or_default());
        } else {
            say_all(&before, &after, &found);
        }
        if found.refused.is_empty() { Exit::Fine } else { Exit::Problems }
    }
}

fn say_all(before: &Findings, after: &Findings, found: &Comparison) {
    say!("{}: {} beside {}", after.frame.area_name, before.frame.period.label(), after.frame.period.label());
    if !found.refused.is_empty() {
        say!("Not compared: the two are unlike.");
        found.refused.iter().for_each(|d| say!("  {}: {} beside {}", d.what.label(), d.before, d.after));
        return;
    }
    let called: Vec<&Change> = found.called().collect();
    let tested = found.changes.iter().filter(|c| c.p.is_some()).count();
    if tested == 0 {
        say!("Nothing was tested: whether anything rose or fell is not known. The lines below say why.");
    } else {
        say!(
            "{} values are clearly higher or lower (about one in {} of those may be by chance):",
            called.len(),
            decimal(1.0 / found.called_at, 0)
        );
        called.iter().for_each(|c| say_change(c));
        say!("{} of {tested} tested values show no clear change.", found.changes.iter().filter(|c| c.said == Said::NoClearChange).count());
    }
    let other: Vec<&Change> = found.changes.iter().filter(|c| c.said == Said::Changed).collect();
    if !other.is_empty() {
        say!("Other values, which are no samples:");
        other.iter().for_each(|c| say_change(c));
    }
    for (said, what) in [
        (Said::Break, "a break in recording lies between"),
        (Said::Overlap, "their months overlap"),
        (Said::NotKnown, "one of the two is withheld or not known"),
    ] {
        let n = found.changes.iter().filter(|c| c.said == said).count();
        if n > 0 {
            say!("{n} values are not tested: {what}.");
        }
    }
    for gap in &found.gaps {
        let what = match gap.became {
            GapMove::Opened => "opened",
            GapMove::Widened => "widened",
            GapMove::Narrowed => "narrowed",
            GapMove::Closed => "closed",
            GapMove::NowKnown => "was not known and is a gap",
            GapMove::Settled => "was not known and is none",
            GapMove::NoLongerKnown => "is no longer known, which is not closed",
            GapMove::OtherStandard => "is measured by another standard, and not compared",
        };
        let people = |n: Cell<u64>| n.known().map_or("not known".into(), thousands);
        say!("Gap {what}: {}{}: {} before, {} now, {}", gap.id, in_brackets(&gap.who), people(gap.before), people(gap.after), gap.unit);
    }
    for service in &found.services {
        let what = match service.became {
            ServiceMove::Started => "started",
            ServiceMove::Ended => "ended",
            ServiceMove::NoLongerListed => "is no longer listed; whether it ended is not known",
        };
        say!("Service {what}: {}{}", service.name, in_brackets(&service.provider));
    }
    for months in &found.restated {
        say!("Restated: {}: {} months, {} then, {} now", months.id, months.months, thousands(months.before), thousands(months.after));
    }
    for left in &found.not_compared {
        let detail = if left.because.before.is_empty() {
            String::new()
        } else {
            format!(" ({} beside {})", left.because.before, left.because.after)
        };
        say!("Not compared: {}: {}{detail}", left.id, left.because.what.label());
    }
    found.only_before.iter().for_each(|id| say!("Only in the earlier pack: {id}"));
    found.only_after.iter().for_each(|id| say!("Only in the later pack: {id}"));
}

/// ` (of whom)`, where there is anybody.
fn in_brackets(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!(" ({text})") }
}

fn say_change(change: &Change) {
    let value = |cell: Cell<f64>| match cell {
        Cell::Known(x) if x.fract() == 0.0 && x >= 0.0 => thousands(x as u64),
        Cell::Known(x) => decimal(x, 1),
        nothing => nothing.shorthand().unwrap_or_default().to_owned(),
    };
    let word = match change.said {
        Said::Higher => ", clearly higher",
        Said::Lower => ", clearly lower",
        _ => "",
    };
    let ratio = change
        .ratio
        .map_or(String::new(), |r| format!(" ({} times, {} to {})", decimal(r.value, 2), decimal(r.lower, 2), decimal(r.upper, 2)));
    let row = if change.row.is_empty() { "the whole" } else { &change.row };
    say!("  {}: {row}: {} then, {} now, {}{word}{ratio}", change.id, value(change.before), value(change.after), change.unit);
}
