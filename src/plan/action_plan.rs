//! The action plan: `[[action]]`, `[[training]]` and `[[engagement]]` of the plan, or tables in `action-plan/` beside it.
//!
//! It is written by people and printed as it is: a place beside words of a service whose place is kept back stops the run.

use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::diagnostics::{Code, Place, Problems};
use crate::model::{Action, ActionPlan, Body, Engagement, Findings, IndicatorKind, Milestone, Rating, Training};
use crate::sources::{THEMES, is_part_of_one, place_beside_secrecy};
use crate::units::{Month, is_showable, showable};

/// What stands in it, in Markdown: `gapmap explain action-plan` prints it.
pub const CARD: &str = include_str!("action_plan.md");
/// The folder beside the plan.
pub const ACTION_PLAN_FOLDER: &str = "action-plan";

/// A row of `actions.csv`: as an action, with steps and milestones in one field each, apart by semicolons.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ActionRow {
    id: String,
    objective: String,
    theme: String,
    #[serde(default)]
    gap: String,
    #[serde(default)]
    indicator: String,
    #[serde(default)]
    baseline: Option<f64>,
    #[serde(default)]
    baseline_month: Option<Month>,
    #[serde(default)]
    target: Option<f64>,
    #[serde(default)]
    by: Option<Month>,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    steps: String,
    /// `2025-11 16 Days of Activism, done; 2026-03 Safety walk`.
    #[serde(default)]
    milestones: String,
    #[serde(default)]
    latest: Option<f64>,
    #[serde(default)]
    rating: Option<Rating>,
    #[serde(default)]
    reason: String,
}

/// Everything between semicolons.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|p| !p.is_empty())
}

impl ActionRow {
    /// As an action; the milestone that begins with no month, where one does.
    fn read(self) -> Result<Action, String> {
        let milestone = |text: &str| -> Result<Milestone, String> {
            let (month, what) = text.split_once(' ').ok_or_else(|| text.to_owned())?;
            let month = Month::parse(month).ok_or_else(|| text.to_owned())?;
            let (what, done) = what.strip_suffix(", done").map_or((what, false), |w| (w, true));
            Ok(Milestone { month, what: what.trim().to_owned(), done })
        };
        Ok(Action {
            milestones: parts(&self.milestones).map(milestone).collect::<Result<_, _>>()?,
            steps: parts(&self.steps).map(str::to_owned).collect(),
            id: self.id,
            objective: self.objective,
            theme: self.theme,
            gap: self.gap,
            indicator: self.indicator,
            baseline: self.baseline,
            baseline_month: self.baseline_month,
            target: self.target,
            by: self.by,
            owner: self.owner,
            latest: self.latest,
            rating: self.rating,
            reason: self.reason,
        })
    }
}

/// The action plan of a study: what the plan holds, then what the tables beside it hold. `own` are the words of the area's name.
pub fn action_plan(written: &ActionPlan, root: &Path, own: &[String], problems: &mut Problems) -> ActionPlan {
    let mut all = written.clone();
    for (line, row) in rows::<ActionRow>(root, "actions.csv", problems) {
        let shown = format!("{ACTION_PLAN_FOLDER}/actions.csv");
        match row.read() {
            Ok(action) => all.actions.push(action),
            Err(text) => {
                let next = "Write each milestone as `2026-03 What it is`, with `, done` after it where it is behind you, and semicolons between them.";
                problems.error(Code::R104, Place::line(shown, line), format!("`{}` is no milestone", showable(&text).0), next);
            }
        }
    }
    all.training.extend(rows::<Training>(root, "training.csv", problems).into_iter().map(|r| r.1));
    all.engagement.extend(rows::<Engagement>(root, "engagement.csv", problems).into_iter().map(|r| r.1));
    check(&mut all, own, problems);
    all
}

/// The rows of a table with their lines; none where it is not there.
fn rows<T: DeserializeOwned>(root: &Path, name: &str, problems: &mut Problems) -> Vec<(u64, T)> {
    let path = root.join(ACTION_PLAN_FOLDER).join(name);
    let shown = format!("{ACTION_PLAN_FOLDER}/{name}");
    if !path.exists() {
        return vec![];
    }
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(e) => {
            problems.error(
                Code::R101,
                Place::file(shown),
                format!("the file cannot be opened: {}", e.kind()),
                "Let it be read, or take it away.",
            );
            return vec![];
        }
    };
    // What nobody sees in a heading or a number is no part of it.
    let seen = |c: &char| is_showable(*c) || matches!(c, '\n' | '\r' | '\t');
    let text: String = String::from_utf8_lossy(&bytes).chars().filter(seen).collect();
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut all = Vec::new();
    let headings = reader.headers().cloned().unwrap_or_default();
    for record in reader.records() {
        let line = |e: &csv::Error| e.position().map_or(1, csv::Position::line);
        let read = record.and_then(|r| {
            let at = r.position().map_or(1, csv::Position::line);
            r.deserialize::<T>(Some(&headings)).map(|row| (at, row))
        });
        match read {
            Ok(row) => all.push(row),
            Err(e) => {
                let next = "`gapmap explain action-plan` says what each column holds. Months are written 2026-03; numbers without a unit.";
                problems.error(
                    Code::R104,
                    Place::line(shown.clone(), line(&e)),
                    "a row cannot be read: a column is missing, unknown, or not what it should be",
                    next,
                );
            }
        }
    }
    all
}

/// Baselines and targets that were written as parts of one, where the indicator is a percentage: a spreadsheet holds 60% as 0.6, and a target of 0.6% is
/// reached by everybody.
pub fn check_percentages(plan: &ActionPlan, findings: &Findings, problems: &mut Problems) {
    for action in &plan.actions {
        let of = |id: &str| {
            findings.findings.iter().find_map(|f| match &f.body {
                Body::Indicator(b) if b.measure_id.eq_ignore_ascii_case(id) && b.ways.is_empty() => Some(b),
                _ => None,
            })
        };
        let Some(indicator) = of(&action.indicator).filter(|b| b.kind == IndicatorKind::Share && b.per > 1.0) else { continue };
        let latest = indicator.latest().and_then(|v| v.value.known());
        let is_part = |v: &f64| latest.is_some_and(|now| is_part_of_one(*v, now));
        if [action.baseline, action.target].iter().flatten().any(is_part) {
            let next = "Write percentages as 60 and not as 0.6. In a spreadsheet multiply by 100 and take the percent format off.";
            let place = Place::file("the action plan").at(format!("action `{}`", showable(&action.id).0));
            let what = "its baseline or target looks like a part of one: its indicator is a percentage, and far above";
            problems.error(Code::R104, place, what, next);
        }
    }
}

/// Themes that are none, ratings without a reason, one id twice, and places that must not be printed.
fn check(plan: &mut ActionPlan, own: &[String], problems: &mut Problems) {
    let place = |id: &str| Place::file("the action plan").at(format!("action `{}`", showable(id).0));
    for (i, action) in plan.actions.iter().enumerate() {
        // `NaN` and `inf` are numbers to a reader of tables, and to nobody else.
        if [action.baseline, action.target, action.latest].iter().flatten().any(|x| !x.is_finite()) {
            let next = "Write a number such as 45, or leave the field empty.";
            problems.error(Code::R104, place(&action.id), "its baseline, target or latest value is no number", next);
        }
        if !THEMES.contains(&action.theme.as_str()) {
            let next = format!("There are {}.", THEMES.join(", "));
            problems.error(Code::P102, place(&action.id), format!("`{}` is no theme", showable(&action.theme).0), next);
        }
        if action.rating.is_some() && action.reason.trim().is_empty() {
            problems.error(Code::P104, place(&action.id), "a rating has no `reason`", "Say in a sentence what it rests on.");
        }
        if plan.actions[..i].iter().any(|a| a.id == action.id) {
            problems.error(Code::P105, place(&action.id), "two actions have this id", "Give each action an `id` of its own.");
        }
    }
    for (i, training) in plan.training.iter().enumerate() {
        if training.eligible.is_some_and(|n| training.trained > n) {
            let place = Place::file("the action plan").at(format!("training {}", i + 1));
            problems.error(Code::P102, place, "more people are trained than could be", "Count each person once.");
        }
    }
    texts(plan, |text| *text = showable(text).0.into_owned());
    let mut told: Vec<&'static str> = Vec::new();
    texts(plan, |text| {
        told.extend(place_beside_secrecy(text, own));
    });
    for what in told {
        let next = "Take the place out: the action plan is printed as it is.";
        let message = format!("a text tells of {what} beside words of a service whose place is kept back");
        problems.error(Code::S301, Place::file("the action plan"), message, next);
    }
}

/// Every text of a plan.
fn texts(plan: &mut ActionPlan, mut each: impl FnMut(&mut String)) {
    for a in &mut plan.actions {
        let own = [&mut a.id, &mut a.objective, &mut a.theme, &mut a.gap, &mut a.indicator, &mut a.owner, &mut a.reason];
        own.into_iter().for_each(&mut each);
        a.steps.iter_mut().for_each(&mut each);
        a.milestones.iter_mut().for_each(|m| each(&mut m.what));
    }
    for t in &mut plan.training {
        [&mut t.name, &mut t.audience].into_iter().for_each(&mut each);
    }
    for e in &mut plan.engagement {
        [&mut e.who, &mut e.because, &mut e.language, &mut e.channel, &mut e.owner].into_iter().for_each(&mut each);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(actions: &str) -> (ActionPlan, Problems) {
        let root = std::env::temp_dir().join(format!("gapmap-actions-{}-{}", std::process::id(), actions.len()));
        std::fs::create_dir_all(root.join(ACTION_PLAN_FOLDER)).unwrap();
        std::fs::write(root.join(ACTION_PLAN_FOLDER).join("actions.csv"), actions).unwrap();
        let mut problems = Problems::default();
        let plan = action_plan(&ActionPlan::default(), &root, &[], &mut problems);
        let _ = std::fs::remove_dir_all(&root);
        (plan, problems)
    }

    const HEAD: &str = "id,objective,theme,baseline,target,by,steps,milestones,rating,reason\n";

    #[test]
    fn a_row_is_an_action_with_its_steps_and_milestones() {
        let (plan, problems) =
            read(&format!("{HEAD}A1,More feel safe,trust,47,55,2026-12,Light; Walk,\"2025-11 16 Days, done; 2026-03 Walk\",,\n"));
        assert!(!problems.any_error(), "{:?}", problems.list());
        let action = &plan.actions[0];
        assert_eq!((action.steps.len(), action.target, action.by), (2, Some(55.0), Month::parse("2026-12")));
        assert_eq!(action.milestones.iter().map(|m| m.done).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_no_refuge_is_named_with_its_street() {
        let codes = |rows: &str| read(&format!("{HEAD}{rows}")).1.list().iter().map(|p| p.code).collect::<Vec<_>>();
        assert_eq!(codes("A1,x,weather,,,,,,,\n"), [Code::P102]);
        assert_eq!(codes("A1,x,trust,,,,,,behind,\n"), [Code::P104]);
        assert_eq!(codes("A1,x,trust,,,,,,,\nA1,y,trust,,,,,,,\n"), [Code::P105]);
        assert_eq!(codes("A1,x,trust,many,,,,,,\n"), [Code::R104]);
        assert_eq!(codes("A1,x,trust,,,,,soon,,\n"), [Code::R104]);
        assert_eq!(codes("A1,Open the women's refuge at 12 Mill Lane QM1 2AB,support,,,,,,,\n"), [Code::S301]);
    }
}
