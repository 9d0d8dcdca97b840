//! The action plan, and what changed since the pack before, as the text of a notebook asks for them.

use serde_json::{Value, json};

use super::values::in_full;
use crate::model::{Action, Body, Change, Differs, Findings, GapMove, Said, ServiceMove, Since, Unlike};
use crate::units::{Cell, Polarity, decimal, thousands};

/// Names of the four themes of the Mayor of London's strategy of 2022.
const THEMES: [(&str, &str); 4] = [
    ("prevent", "Preventing violence"),
    ("support", "Supporting survivors"),
    ("perpetrators", "Holding perpetrators to account"),
    ("trust", "Building trust"),
];

/// The themes with their names.
pub(super) fn themes() -> Value {
    json!(THEMES.map(|(id, name)| json!({"id": id, "name": name})))
}

/// The actions, each with how it goes.
pub(super) fn actions(findings: &Findings) -> Vec<Value> {
    findings.frame.action_plan.actions.iter().map(|a| action(findings, a)).collect()
}

fn action(findings: &Findings, a: &Action) -> Value {
    let p = a.progress(findings);
    let own = findings.findings.iter().find(|f| matches!(&f.body, Body::Indicator(b) if b.measure_id.eq_ignore_ascii_case(&a.indicator)));
    let name = own.map(|f| if let Body::Indicator(b) = &f.body { b.measure.clone() } else { a.indicator.clone() });
    let unit = if p.unit.is_empty() { String::new() } else { p.unit.clone() };
    let number = |x: Option<f64>| x.map(|x| amount(x, &unit));
    let polarity = own.map(|f| match f.polarity {
        Polarity::Better => "higher is better",
        Polarity::Worse => "lower is better",
        Polarity::Ambiguous => "a rise may mean more harm, or more reporting",
    });
    let milestones: Vec<Value> = a.milestones.iter().map(|m| json!({"month": in_full(m.month), "what": m.what, "done": m.done})).collect();
    json!({
        "id": a.id, "objective": a.objective, "theme": a.theme, "gap": a.gap,
        "indicator": name.unwrap_or_else(|| a.indicator.clone()), "measured": p.measured, "unit": unit,
        "baseline": number(a.baseline), "baseline_month": a.baseline_month.map(in_full), "target": number(a.target),
        "by": a.by.map(in_full), "owner": a.owner, "steps": a.steps, "milestones": milestones,
        "latest": match p.latest {
            Cell::Known(x) => amount(x, &unit),
            Cell::Withheld => "withheld".into(),
            Cell::Missing | Cell::NotApplicable => "not known".into(),
        },
        "range": p.limits.map(|l| format!("{} to {}", amount(l.lower, &unit), amount(l.upper, &unit))),
        "rating": p.rating.label(), "reason": findings.frame.reasons.get(&a.id), "overdue": p.overdue, "polarity": polarity,
    })
}

/// `47%`, `4.6`, `1,204`.
pub(super) fn amount(x: f64, unit: &str) -> String {
    if unit == "%" {
        return format!("{}%", decimal(x, 0));
    }
    decimal(x, usize::from(x.fract() != 0.0 && x.abs() < 100.0))
}

/// Training, with the share of those who could take part.
pub(super) fn training(findings: &Findings) -> Vec<Value> {
    let of = |t: &crate::model::Training| json!({"name": t.name, "audience": t.audience, "trained": thousands(t.trained), "eligible": t.eligible.map_or("not known".into(), thousands), "to": t.to.map(in_full)});
    findings.frame.action_plan.training.iter().map(of).collect()
}

/// Who is approached, and how.
pub(super) fn engagement(findings: &Findings) -> Vec<Value> {
    let of = |e: &crate::model::Engagement| json!({"who": e.who, "because": e.because, "language": e.language, "channel": e.channel, "month": e.month.map(in_full), "owner": e.owner});
    findings.frame.action_plan.engagement.iter().map(of).collect()
}

/// What changed since the pack before; nothing where the plan names none.
pub(super) fn since(findings: &Findings) -> Option<Value> {
    let since: &Since = findings.since.as_ref()?;
    let c = &since.comparison;
    let change = |x: &Change| change(findings, x);
    let called: Vec<Value> = c.called().map(change).collect();
    let whole: Vec<Value> = c.changes.iter().filter(|x| x.area.is_none() && x.said == Said::NoClearChange).map(change).collect();
    let other: Vec<Value> = c.changes.iter().filter(|x| x.said == Said::Changed).map(change).collect();
    let gaps: Vec<Value> = c
        .gaps
        .iter()
        .map(|g| {
            let people = |n: Cell<u64>| n.known().map_or("not known".to_owned(), thousands);
            json!({"what": gap_word(g.became), "subject": g.subject, "who": g.who, "before": people(g.before), "after": people(g.after), "unit": g.unit})
        })
        .collect();
    let services: Vec<Value> = c
        .services
        .iter()
        .map(|s| {
            let what = match s.became {
                ServiceMove::Started => "Started",
                ServiceMove::Ended => "Ended",
                ServiceMove::NoLongerListed => "No longer listed: whether it ended is not known",
            };
            json!({"what": what, "name": s.name, "provider": s.provider})
        })
        .collect();
    let left = left_out(findings, since);
    let refused: Vec<Value> = c.refused.iter().map(|d| json!({"what": d.what.label(), "before": d.before, "after": d.after})).collect();
    let said = |said: Said| c.changes.iter().filter(|x| x.said == said).count();
    let restated: Vec<Value> = c
        .restated
        .iter()
        .map(|r| json!({"name": name_of(findings, &r.id), "months": r.months, "before": thousands(r.before), "after": thousands(r.after)}))
        .collect();
    Some(json!({
        "period": since.period.label(), "to": in_full(since.period.last), "refused": refused, "called": called, "steady": whole, "other": other,
        "gaps": gaps, "services": services, "left": left, "restated": restated, "tested": since.tested, "no_clear_change": since.no_clear_change,
        "broken": said(Said::Break), "overlap": said(Said::Overlap), "unknown": said(Said::NotKnown),
    }))
}

/// What is not compared, and why: all that one difference leaves out as one.
fn left_out(findings: &Findings, since: &Since) -> Vec<Value> {
    /// So many are named.
    const NAMED: usize = 3;
    let mut groups: Vec<(&Differs, Vec<&str>)> = vec![];
    // That a form of answer has no comparison is no difference between two packs.
    for left in since.comparison.not_compared.iter().filter(|n| n.because.what != Unlike::NoMethod) {
        match groups.iter_mut().find(|g| *g.0 == left.because) {
            Some(group) => group.1.push(&left.id),
            None => groups.push((&left.because, vec![&left.id])),
        }
    }
    let one = |(because, mut ids): (&Differs, Vec<&str>)| {
        // Gaps that would otherwise stand in a table of their own come first.
        ids.sort_by_key(|id| !id.starts_with("gaps/"));
        let mut names: Vec<String> = ids.iter().map(|id| name_of(findings, id)).collect();
        names.dedup();
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let name = names.join("; ") + &if more > 0 { format!("; and {more} more") } else { String::new() };
        json!({"name": name, "what": because.what.label(), "before": because.before, "after": because.after})
    };
    groups.into_iter().map(one).collect()
}

fn gap_word(became: GapMove) -> &'static str {
    match became {
        GapMove::Opened => "Opened",
        GapMove::Widened => "Widened",
        GapMove::Narrowed => "Narrowed",
        GapMove::Closed => "Closed",
        GapMove::NowKnown => "Was not known, is a gap",
        GapMove::Settled => "Was not known, is none",
        GapMove::NoLongerKnown => "No longer known: that is not closed",
        GapMove::OtherStandard => "Measured by another standard: not compared",
    }
}

/// What a reader calls a finding.
fn name_of(findings: &Findings, id: &str) -> String {
    findings.find(id).map_or_else(
        || id.to_owned(),
        |f| match &f.body {
            Body::Series(b) => format!("{}, by month", b.measure),
            Body::AreaRates(b) => b.measure.clone(),
            Body::AreaClasses(b) => b.measure.clone(),
            Body::Indicator(b) => b.measure.clone(),
            _ => f.subtitle.clone(),
        },
    )
}

fn change(findings: &Findings, x: &Change) -> Value {
    let unit = if x.unit == "%" { "%" } else { "" };
    let value = |cell: Cell<f64>| match cell {
        Cell::Known(v) => amount(v, unit),
        Cell::Withheld => "withheld".into(),
        Cell::Missing => "not known".into(),
        Cell::NotApplicable => "not applicable".into(),
    };
    let limits = |l: Option<crate::units::Estimate>| l.map(|l| format!("{} to {}", amount(l.lower, unit), amount(l.upper, unit)));
    let said = match x.said {
        Said::Higher => "Clearly higher",
        Said::Lower => "Clearly lower",
        Said::NoClearChange => "No clear change",
        Said::Changed => "Changed; no sample",
        Said::Same => "The same",
        Said::Break => "Recording changed between",
        Said::Overlap => "Their months overlap",
        Said::NotKnown => "Not known",
    };
    json!({
        "name": name_of(findings, &x.id), "row": x.row, "unit": x.unit, "before": value(x.before), "after": value(x.after),
        "before_range": limits(x.before_limits), "after_range": limits(x.after_limits), "said": said,
        "ratio": x.ratio.map(|r| format!("{} times ({} to {})", decimal(r.value, 2), decimal(r.lower, 2), decimal(r.upper, 2))),
    })
}
