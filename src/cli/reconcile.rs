//! `gapmap reconcile`: why a printed figure differs from today's.

use std::path::PathBuf;

use clap::Args;

use super::run::read_findings;
use super::{Exit, Printer, load};
use crate::diagnostics::{Code, Place, Problems};
use crate::pipeline::PACK_FOLDER;
use crate::reconcile::{Figure, Part, Reconciled, Verdict, Way, figures_of, reconcile, through_the_door};
use crate::units::{Sensitivity, decimal, thousands};

#[derive(Debug, Args)]
pub(super) struct Reconcile {
    /// The plan.
    plan: PathBuf,
    /// The printed figure: a count such as 6,000, or with --from a change such as -47%.
    #[arg(long, allow_hyphen_values = true, required_unless_present = "table", conflicts_with = "table")]
    figure: Option<String>,
    /// What it counts: a category, a class of them, or several with `+` between.
    #[arg(long, required_unless_present = "table")]
    what: Option<String>,
    /// Its months: 2023, 2023/24, 2023-04, 2023-04..2024-03.
    #[arg(long, required_unless_present = "table", value_name = "MONTHS")]
    period: Option<String>,
    /// For a change in per cent, the months that it begins from.
    #[arg(long, value_name = "MONTHS")]
    from: Option<String>,
    /// Name or code of an area; the partnership without it.
    #[arg(long)]
    area: Option<String>,
    /// Only this source.
    #[arg(long)]
    source: Option<String>,
    /// A table of printed figures: the columns figure, what, period, and where wanted from, area, source.
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// The pack that restricted sources are looked at through; `out` beside the plan without it.
    #[arg(long, value_name = "FOLDER")]
    pack: Option<PathBuf>,
    /// The result as JSON, for programs.
    #[arg(long)]
    as_json: bool,
}

impl Reconcile {
    pub fn run(self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        let figures = match self.figures(&mut problems) {
            Ok(figures) => figures,
            Err(exit) => {
                printer.problems(&problems);
                return exit;
            }
        };
        let Some(plan) = load(&self.plan, &mut problems) else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        let is = |wanted: Sensitivity| plan.sources.iter().any(|(o, _)| o.sensitivity == wanted && !o.is_catalogue());
        let mut found: Vec<Vec<Reconciled>> = vec![vec![]; figures.len()];
        let mut read = Problems::default();
        match reconcile(&plan, &figures, &mut read) {
            Some(open) => found.iter_mut().zip(open).for_each(|(all, one)| all.extend(one)),
            // Without an open source of events there is only the pack.
            None if read.any_error() || !is(Sensitivity::Restricted) => problems.append(read),
            None => {}
        }
        let pack = self.pack.clone().unwrap_or_else(|| plan.root.join(PACK_FOLDER));
        if is(Sensitivity::Restricted)
            && (self.pack.is_some() || pack.exists())
            && let Some(findings) = read_findings(&pack, &mut problems)
        {
            found.iter_mut().zip(&figures).for_each(|(all, figure)| all.extend(through_the_door(&findings, figure)));
        }
        printer.problems(&problems);
        if self.as_json {
            // Plain values: nothing in it can fail to be written.
            say!("{}", serde_json::to_string_pretty(&found).unwrap_or_default());
        }
        for (figure, all) in figures.iter().zip(&found) {
            if all.is_empty() {
                let area = if figure.area.is_empty() { "the partnership".to_owned() } else { format!("“{}”", figure.area) };
                printer.note(&format!(
                    "No source counts “{}” in {area}: check the names against `gapmap check` and the boundaries. Restricted sources are looked at through a pack; `gapmap run` makes one.",
                    figure.what
                ));
            } else if !self.as_json {
                all.iter().for_each(say_one);
            }
        }
        if problems.any_error() || found.iter().any(Vec::is_empty) { Exit::Problems } else { Exit::Fine }
    }

    fn figures(&self, problems: &mut Problems) -> Result<Vec<Figure>, Exit> {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        let Some(path) = &self.table else {
            let (from, area, source) = (given(&self.from), given(&self.area), given(&self.source));
            let figure = Figure::of(&given(&self.figure), &given(&self.what), &given(&self.period), &from, &area, &source);
            return figure.map(|f| vec![f]).map_err(|(option, expected)| {
                problems.error(Code::P102, Place::file(format!("--{option}")), "it cannot be read", format!("Give {expected}."));
                Exit::Usage
            });
        };
        let shown = path.file_name().map_or_else(|| "the table".into(), |n| n.to_string_lossy().into_owned());
        let text = std::fs::read_to_string(path).map_err(|e| {
            let next = "Give a CSV table in UTF-8 with the columns figure, what and period.";
            problems.error(Code::R101, Place::file(&shown), format!("it cannot be opened: {}", e.kind()), next);
            Exit::Problems
        })?;
        figures_of(&text).map_err(|faults| {
            for fault in faults {
                let place = Place::line(&shown, fault.line).at(format!("column {}", fault.column));
                problems.error(Code::R104, place, "it cannot be read", format!("Expected: {}.", fault.expected));
            }
            Exit::Problems
        })
    }
}

/// A number in the unit of the figure.
fn number(value: f64, is_change: bool) -> String {
    let size = if is_change { format!("{}%", decimal(value.abs(), 1)) } else { thousands(value.abs().round() as u64) };
    if value < 0.0 { format!("−{size}") } else { size }
}

fn signed(value: f64, is_change: bool) -> String {
    let unit = if is_change { format!("{} points", decimal(value.abs(), 1)) } else { thousands(value.abs().round() as u64) };
    format!("{}{unit}", if value < 0.0 { "−" } else { "+" })
}

fn say_one(found: &Reconciled) {
    let from = found.from.map_or(String::new(), |p| format!(", from {}", p.label()));
    say!("{}, {}{from}, {} ({})", found.area, found.period.label(), found.what.join(" + "), found.source);
    let n = |value: f64| number(value, found.is_change);
    let Some((today, difference)) = found.today.zip(found.difference()) else {
        say!("  printed {}; today's value is not known: months are missing, or a count is withheld", n(found.printed));
        return;
    };
    say!("  printed {}, today {}, difference {}", n(found.printed), n(today), signed(difference, found.is_change));
    match found.verdict {
        Verdict::Same => say!("  The two are the same."),
        Verdict::Explained => {
            say!("  Explained:");
            found.ways.iter().take(1).for_each(|way| say_way(way, found.is_change));
            if found.ways.len() > 1 {
                say!("  Or by the same cause in {} other ways.", found.ways.len() - 1);
            }
        }
        Verdict::SeveralWays => {
            say!("  Not settled: it could be one of these, or none of them and chance.");
            for way in &found.ways {
                say_way(way, found.is_change);
                say!("    or");
            }
            say!("    a cause that is not in the data");
        }
        Verdict::Unexplained | Verdict::NotKnown => {
            say!("  Unexplained: {}. Nothing that is in the data gives the printed figure.", signed(difference, found.is_change));
            say_tried(&found.tried, found.is_change);
        }
    }
    found.not_tried.iter().for_each(|what| say!("  Not looked at: {what}"));
}

fn say_way(way: &Way, is_change: bool) {
    for part in &way.parts {
        say!("    {} {}: {}", signed(part.amount, is_change), part.cause.label(), part.how);
    }
}

/// So many single causes are told where none explains the figure.
const MOST_TRIED: usize = 6;

fn say_tried(tried: &[Part], is_change: bool) {
    if !tried.is_empty() {
        say!("  What each cause would add alone, the nearest first:");
    }
    for part in tried.iter().take(MOST_TRIED) {
        say!("    {} {}: {}", signed(part.amount, is_change), part.cause.label(), part.how);
    }
}
