//! `gapmap site`: where one more service would help most, and what if one opened, moved or closed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Exit, Printer, load};
use crate::analyses::{self, Analysis, SiteSettings, WHAT_IF};
use crate::diagnostics::Problems;
use crate::model::{Finding, SiteObjective};
use crate::outputs::table;
use crate::pipeline;
use crate::study::{Moving, Opening, Scenario};
use crate::units::AreaCode;

#[derive(Debug, Args)]
pub(super) struct Site {
    /// The plan.
    plan: PathBuf,
    /// A type of service, by id; several may be given. Those that people expect near where they live without it.
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// How many sites are new.
    #[arg(long, value_name = "N")]
    new: Option<usize>,
    /// What is asked of new sites.
    #[arg(long, value_name = "OBJECTIVE")]
    objective: Option<Objective>,
    /// How ways are measured: `straight-line`, `walk`, `drive`, `public-transport`, or another mode of the plan.
    #[arg(long, value_name = "MODE")]
    by: Option<String>,
    /// A new site stands at least so many metres from others.
    #[arg(long, value_name = "METRES")]
    apart: Option<f64>,
    /// What if this service closed: its id.
    #[arg(long, value_name = "ID")]
    close: Vec<String>,
    /// What if one opened: its type, and where: an area code, or longitude and latitude (`one_stop_shop@E01000001`, `one_stop_shop@-0.12,51.5`).
    #[arg(long, value_name = "TYPE@PLACE")]
    open: Vec<String>,
    /// What if one moved: its id, and where to.
    #[arg(long = "move", value_name = "ID@PLACE")]
    moves: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Objective {
    /// Most people within reach.
    Coverage,
    /// The shortest way on average.
    Distance,
    /// The shortest way for those who live farthest.
    Farthest,
}

/// A place on the command line: an area, or degrees east and north.
type Spot = (Option<AreaCode>, Option<f64>, Option<f64>);

/// `what@place`.
fn spot(text: &str) -> Option<(String, Spot)> {
    let (what, place) = text.split_once('@')?;
    let spot = match place.split_once(',') {
        Some((lon, lat)) => (None, Some(lon.trim().parse().ok()?), Some(lat.trim().parse().ok()?)),
        None => (Some(AreaCode::parse(place.trim())?), None, None),
    };
    Some((what.to_owned(), spot))
}

impl Site {
    pub fn run(self, printer: &Printer) -> Exit {
        let mut problems = Problems::default();
        let plan = load(&self.plan, &mut problems);
        let Some(mut plan) = plan else {
            printer.problems(&problems);
            return Exit::Problems;
        };
        let asks_if = !(self.close.is_empty() && self.open.is_empty() && self.moves.is_empty());
        if self.apart.is_some_and(|m| !m.is_finite() || m < 0.0) {
            printer.note("`--apart` is a number of metres, 0 or more.");
            return Exit::Usage;
        }
        if asks_if {
            let Some(scenario) = self.scenario() else {
                printer.note("A place is written after `@`: an area code, or longitude and latitude with a comma between.");
                return Exit::Usage;
            };
            plan.study.scenarios = vec![scenario];
            // The scenario is measured as the study is.
            plan.study.reach.by = self.by.clone().unwrap_or(plan.study.reach.by);
            plan.analyses.retain(|(name, _)| *name == WHAT_IF);
            if plan.analyses.is_empty() {
                plan.analyses.extend(analyses::find(WHAT_IF).map(|kind| (kind.name, (kind.default)())));
            }
        } else {
            plan.study.scenarios.clear();
            let asked = self.settings(plan.settings_of("site", &mut problems));
            plan.analyses = asked.into_iter().map(|s| ("site", Box::new(s) as Box<dyn Analysis>)).collect();
        }
        let only = if asks_if { WHAT_IF } else { "site" };
        // Nothing is written, and no ledger keeps it: what is printed is for the analyst, by the rules of the plan's tier.
        let findings = pipeline::draft(&plan, Some(only), &mut problems);
        printer.problems(&problems);
        let Some(findings) = findings else { return Exit::Problems };
        if findings.findings.is_empty() {
            return Exit::Problems;
        }
        findings.findings.iter().for_each(say_finding);
        Exit::Fine
    }

    /// The settings of the plan with those of the command line over them; each once, where several then ask the same.
    fn settings(&self, plan: Vec<SiteSettings>) -> Vec<SiteSettings> {
        let mut all: Vec<SiteSettings> = vec![];
        for settings in plan {
            let settings = SiteSettings {
                objective: self.objective.map_or(settings.objective, |o| match o {
                    Objective::Coverage => SiteObjective::Coverage,
                    Objective::Distance => SiteObjective::Distance,
                    Objective::Farthest => SiteObjective::Farthest,
                }),
                new_sites: self.new.unwrap_or(settings.new_sites),
                minimum_distance_m: self.apart.unwrap_or(settings.minimum_distance_m),
                by: self.by.clone().or(settings.by.clone()),
                types: if self.types.is_empty() { settings.types.clone() } else { self.types.clone() },
                ..settings
            };
            if !all.contains(&settings) {
                all.push(settings);
            }
        }
        all
    }

    fn scenario(&self) -> Option<Scenario> {
        let open = self.open.iter().map(|text| {
            let (kind, (area, longitude, latitude)) = spot(text)?;
            Some(Opening { kind, area, longitude, latitude, hours: None, capacity: None, capacity_unit: None })
        });
        let moves = self.moves.iter().map(|text| {
            let (service, (area, longitude, latitude)) = spot(text)?;
            Some(Moving { service, area, longitude, latitude })
        });
        Some(Scenario {
            name: "What if".into(),
            open: open.collect::<Option<_>>()?,
            close: self.close.clone(),
            moves: moves.collect::<Option<_>>()?,
            ..Scenario::default()
        })
    }
}

/// A finding as text: its message, its sentences, its table, what to mind.
fn say_finding(finding: &Finding) {
    say!("{}", finding.headline);
    say!("{}", finding.subtitle);
    finding.sentences.iter().for_each(|s| say!("  {s}"));
    let view = table(finding);
    say!("  {}", view.headings.join(" | "));
    for row in &view.rows {
        say!("  {}", row.iter().map(|v| v.shown()).collect::<Vec<_>>().join(" | "));
    }
    finding.caveats.iter().for_each(|c| say!("  Mind: {c}"));
    say!("");
}
