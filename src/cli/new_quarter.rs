//! `gapmap new-quarter`: the last pack is kept, the plan goes on by three months, and what is missing is said.

use std::path::{Path, PathBuf};

use clap::Args;

use super::run::read_findings;
use super::{Exit, Printer, load, write_failed};
use crate::diagnostics::{Problems, Severity};
use crate::disk::put_file;
use crate::outputs::{PACKS_FOLDER, hold_study, keep_standing, named};
use crate::pipeline::{self, PACK_FOLDER};
use crate::units::{Month, Period};

#[derive(Debug, Args)]
pub(super) struct NewQuarter {
    /// The plan.
    plan: PathBuf,
}

impl NewQuarter {
    pub fn run(self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        let Some(plan) = load(&self.plan, &mut problems) else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        let _held = match hold_study(&plan.root) {
            Ok(held) => held,
            Err(fault) => return write_failed(&fault, printer),
        };
        let out = plan.root.join(PACK_FOLDER);
        let Some(last) = read_findings(&out, &mut problems) else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        let period = last.frame.period;
        // Kept before the plan changes: one that was begun twice has it all the same.
        let to = match keep_standing(&plan.root, &out) {
            Ok(to) => to.unwrap_or_default(),
            Err(fault) => return write_failed(&fault, printer),
        };
        let name = format!("{PACKS_FOLDER}/{}", to.file_name().unwrap_or_default().to_string_lossy());
        let previous = format!("{name}/{}", named("findings.json", last.policy.tier));
        let new = Period::new(period.first, period.last.plus(3));
        let has_period = plan.study.period.is_some();
        let written = std::fs::read_to_string(&self.plan).ok().and_then(|text| Some((changed(&text, &previous, new?)?, new?)));
        let Some((text, new)) = written.filter(|(text, new)| says(text, &previous, has_period.then_some(*new))) else {
            printer.note(&format!(
                "the plan writes `[study]` in a way that cannot be changed line by line, or is a workbook: set `previous = \"{previous}\"` and the end of `period` in it by hand"
            ));
            return Exit::Usage;
        };
        if let Err(e) = put_file(&self.plan, text.as_bytes()) {
            printer.note(&format!("the plan cannot be written: {e}"));
            return Exit::Problems;
        }
        say!("Kept: {name}, of {}. Reports tell what changed since.", period.label());
        say!("Now:  {}", new.label());
        tell_missing(&self.plan, printer)
    }
}

/// The plan with another `previous` and, where it names a period, another end of it. Every other line stays as it was.
fn changed(text: &str, previous: &str, period: Period) -> Option<String> {
    let head = text.lines().position(|line| line.split('#').next().is_some_and(|l| l.trim() == "[study]"))?;
    let is_setting = |line: &str, name: &str| line.trim_start().strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('='));
    let ends = |line: &str| line.trim_start().starts_with('[');
    let end = text.lines().skip(head + 1).position(ends).map_or(usize::MAX, |n| head + 1 + n);
    let had = text.lines().enumerate().any(|(at, line)| at > head && at < end && is_setting(line, "previous"));
    let mut lines: Vec<String> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let inside = at > head && at < end;
        if inside && is_setting(line, "previous") {
            lines.push(format!("previous = \"{previous}\""));
        } else if inside && is_setting(line, "period") {
            lines.push(format!("period = {{ first = \"{}\", last = \"{}\" }}", period.first, period.last));
        } else {
            lines.push(line.to_owned());
        }
        if at == head && !had {
            lines.push(format!("previous = \"{previous}\""));
        }
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some(lines.join(line_end) + line_end)
}

/// Whether a plan says what was to be written: read again, as whoever runs it will.
fn says(text: &str, previous: &str, period: Option<Period>) -> bool {
    let Ok(plan) = text.parse::<toml::Table>() else { return false };
    let Some(study) = plan.get("study").and_then(toml::Value::as_table) else { return false };
    let month = |end: &str| study.get("period")?.get(end)?.as_str().and_then(Month::parse);
    let told = month("first").zip(month("last")).and_then(|(first, last)| Period::new(first, last));
    study.get("previous").and_then(toml::Value::as_str) == Some(previous) && told == period
}

/// What the sources do not hold yet, as `gapmap check` tells it.
fn tell_missing(plan: &Path, printer: &Printer) -> Exit {
    let mut problems = Problems::default();
    let study = load(plan, &mut problems).and_then(|plan| pipeline::study(&plan, &mut problems));
    printer.problems(&problems);
    let errors = problems.list().iter().any(|p| p.severity == Severity::Error);
    match (study, errors) {
        (Some(_), false) => {
            say!("Next: add the new months to the sources, then: gapmap run {}", plan.display());
            Exit::Fine
        }
        _ => Exit::Problems,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_goes_on_and_every_other_line_stays() {
        let month = |text: &str| Month::parse(text).unwrap();
        let period = Period::new(month("2024-01"), month("2025-12").plus(3)).unwrap();
        let plan =
            "# A plan\n[study] # ours\ntitle = \"T\"\nperiod = { first = \"2024-01\", last = \"2025-12\" }\n\n[release]\nperiod = 1\n";
        let expected = "# A plan\n[study] # ours\nprevious = \"packs/a.json\"\ntitle = \"T\"\nperiod = { first = \"2024-01\", last = \"2026-03\" }\n\n[release]\nperiod = 1\n";
        assert_eq!(changed(plan, "packs/a.json", period).as_deref(), Some(expected));
        let again = changed(expected, "packs/b.json", period).unwrap();
        assert_eq!(again.matches("previous").count(), 1);
        assert!(says(expected, "packs/a.json", Some(period)));
        // Written in another way, it is not changed behind anybody's back.
        for other in [
            "[study]\ntitle = \"T\"\nperiod.first = \"2024-01\"\nperiod.last = \"2025-12\"\n",
            "[study]\ntitle = \"T\"\n[study.period]\nfirst = \"2024-01\"\nlast = \"2025-12\"\n",
        ] {
            assert!(!says(&changed(other, "p", period).unwrap(), "p", Some(period)), "{other}");
        }
        assert!(changed(&plan.replace('\n', "\r\n"), "p", period).unwrap().ends_with("period = 1\r\n"));
        assert!(again.contains("packs/b.json") && changed("title = 1\n", "p", period).is_none());
    }
}
