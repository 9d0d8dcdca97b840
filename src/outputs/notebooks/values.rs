//! What a notebook can ask for by name, and how cells, counts and months become words.

use std::collections::HashMap;

use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};
use serde_json::json;

use super::{contradicted, plans, protection, wording};
use crate::model::{Body, Confidence, Findings, Gap, GapRegister, Verdict, WhyNotKnown, theme_name};
use crate::stands_out::stands_out;
use crate::units::{Month, counted, decimal, records, thousands};

/// The frame of the study, its findings without their bodies, and the rows of the register of gaps.
pub(super) fn of(findings: &Findings) -> Value {
    let light: Vec<_> = findings
        .findings
        .iter()
        .map(|f| {
            json!({"id": f.id, "analysis": f.analysis, "headline": f.headline, "subtitle": f.subtitle, "sentences": f.sentences,
                "caveats": f.caveats, "status": f.status, "sources": f.sources, "period": f.period.label(),
                "withheld": f.release.withheld})
        })
        .collect();
    let register = findings.findings.iter().find_map(|f| if let Body::Gaps(body) = &f.body { Some(body) } else { None });
    let rows = |verdict: Verdict| -> Vec<serde_json::Value> {
        register.map_or(vec![], |r| r.rows.iter().filter(|g| g.verdict == verdict).map(|g| gap(findings, r, g)).collect())
    };
    let (found, unknown) = (rows(Verdict::Gap), rows(Verdict::NotKnown));
    let tested = register.map_or(0, |r| r.rows.len());
    let rows: Vec<HashMap<String, String>> = records(include_str!("../../../data/frameworks/legal_frame.csv"));
    let legal = rows.into_iter().find(|r| {
        serde_json::to_value(findings.frame.authority_kind).is_ok_and(|k| k.as_str() == r.get("authority_kind").map(String::as_str))
    });
    let breaks: Vec<_> = findings
        .breaks
        .iter()
        .map(|b| json!({"month": in_full(b.first_month), "title": b.title, "detail": b.detail, "source": b.source}))
        .collect();
    let attributions: Vec<&str> = {
        let mut seen = std::collections::BTreeSet::new();
        findings.sources.iter().filter_map(|s| s.attribution.as_deref()).filter(|a| seen.insert(*a)).collect()
    };
    let ledger: Vec<_> = findings
        .ledger
        .iter()
        .map(|l| json!({"source": findings.source_titles([&l.source]).concat(), "unit": l.unit, "read": l.read, "kept": l.kept}))
        .collect();
    let stands_out: Vec<_> = stands_out(findings)
        .into_iter()
        .filter_map(|item| {
            let finding = findings.find(&item.finding)?;
            Some(json!({"kind": item.kind, "id": item.finding, "headline": finding.headline, "sentence": finding.sentences.first(),
                "tested": item.q.is_some()}))
        })
        .collect();
    let helplines: Vec<HashMap<String, String>> = records(include_str!("../../../data/frameworks/helplines.csv"));
    let tier = findings.policy.tier;
    let actions = plans::actions(findings);
    Value::from(Serde(json!({
        "area": findings.frame.area_name, "title": findings.frame.title, "period": findings.frame.period.label(),
        "last_month": in_full(findings.frame.period.last), "invented": findings.frame.invented,
        "invented_part": findings.frame.invented_part, "draft": findings.frame.draft,
        "tier": {"label": tier.label(), "notice": tier.notice()}, "policy": findings.protection(), "restricted": findings.any_restricted(), "engine": findings.engine,
        "findings": light, "stands_out": stands_out, "gap_cards": cards(&found), "gaps": found, "unknowns": unknown, "tested": tested,
        "unanswered": findings.frame.unanswered, "legal": legal, "breaks": breaks,
        "helplines": helplines, "themes": plans::themes(), "actions": actions, "training": plans::training(findings),
        "engagement": plans::engagement(findings), "since": plans::since(findings),
        "protection": protection::of(findings), "attributions": attributions, "ledger": ledger,
        "methods": findings.methods.iter().map(|m| json!({"analysis": m.analysis, "question": m.question})).collect::<Vec<_>>(),
        "sources": findings.sources.iter().map(|s| json!({"name": s.name, "kind": s.kind, "attribution": s.attribution})).collect::<Vec<_>>(),
    })))
}

fn gap(findings: &Findings, register: &GapRegister, g: &Gap) -> serde_json::Value {
    // What the same pack speaks against is a question, and no decision rests on it.
    let contradicted = contradicted::users_of(findings, g);
    let firm = g.confidence != Confidence::Low && contradicted.is_none();
    let action = findings.frame.action_plan.actions.iter().find(|a| a.gap == g.id);
    let progress = action.map(|a| a.progress(findings));
    json!({
        "id": g.id, "kind": g.id.split_once('/').map_or("", |k| k.1), "dimension": g.dimension, "test": register.test_name(&g.dimension), "subject": g.subject,
        "theme": theme_name(&g.theme), "theme_id": g.theme, "form": g.form, "who": g.who, "areas": g.areas.len(),
        "contradicted": contradicted, "firm": firm, "people": g.people, "of": g.of, "unit": g.unit, "need_lower": g.need_lower, "need_upper": g.need_upper, "measured": g.measured, "need_unchecked": need_unchecked(),
        "standard": g.standard.label, "unchecked": unchecked(&g.standard.id), "status": g.standard.status, "source": g.standard.source, "confidence": g.confidence.label(),
        "because": g.because, "otherwise": g.otherwise, "close": g.close, "rank": g.rank.map(|r| r.nominal),
        "low": g.rank.map(|r| r.low),
        "owner": action.map(|a| a.owner.as_str()), "by": action.and_then(|a| a.by).map(in_full), "action": action.map(|a| a.objective.as_str()),
        "rating": progress.as_ref().map(|p| p.rating.label()), "reason": action.and_then(|a| findings.frame.reasons.get(&a.id)),
        "overdue": progress.as_ref().is_some_and(|p| p.overdue),
        "high": g.rank.map(|r| r.high),
    })
}

/// Gaps in their order, those together that one test found, and of which all but subject and number is the same: so that is told once. A gap of
/// distance is told by its number of people, and stands alone.
fn cards(gaps: &[serde_json::Value]) -> Vec<Vec<serde_json::Value>> {
    const SAME: [&str; 8] = ["dimension", "standard", "status", "source", "confidence", "because", "otherwise", "close"];
    let mut cards: Vec<Vec<serde_json::Value>> = vec![];
    for gap in gaps {
        let same = |first: &serde_json::Value| SAME.iter().all(|key| first[*key] == gap[*key]);
        let alike = |card: &&mut Vec<serde_json::Value>| gap["dimension"] != "distance" && card.first().is_some_and(same);
        match cards.iter_mut().find(alike) {
            Some(card) => card.push(gap.clone()),
            None => cards.push(vec![gap.clone()]),
        }
    }
    cards
}

/// Whether the national figure behind the women expected among those of a gap has not been checked in the publisher's own page.
fn need_unchecked() -> bool {
    let rows: Vec<HashMap<String, String>> = records(include_str!("../../../data/need/prevalence.csv"));
    rows.iter().any(|r| r.get("id").is_some_and(|id| id == "combined-year") && r.get("verified").is_none_or(|v| v != "yes"))
}

/// Whether the figure of a standard has not been checked in the publisher's own paper.
fn unchecked(id: &str) -> bool {
    let rows: Vec<HashMap<String, String>> = records(include_str!("../../../data/standards/standards.csv"));
    let of = |r: &&HashMap<String, String>| r.get("id").is_some_and(|own| own == id) && r.get("figure").is_some_and(|f| !f.is_empty());
    rows.iter().find(of).is_some_and(|r| r.get("verified").is_none_or(|v| v != "yes"))
}

/// Filters: `shown` for cells, `count` for numbers, `lower` and `upper` first letters, `plural`, `date`.
pub(super) fn filters(environment: &mut Environment) {
    environment.add_filter("shown", shown);
    environment.add_filter("short", |text: String| crate::units::short(&text).to_owned());
    environment.add_filter("lower_first", |text: String| first(&text, |c| c.to_lowercase().to_string()));
    environment.add_filter("upper_first", |text: String| first(&text, |c| c.to_uppercase().to_string()));
    environment.add_filter("counted", |n: usize, one: String, more: String| counted(n, &one, &more));
    environment.add_filter("date", |text: String| wording::date(&text).unwrap_or(text));
    environment.add_filter("dated", |text: String| wording::days_in_words(&text));
    environment.add_filter("after", |text: String, headline: String| wording::after(&text, &headline));
    environment.add_filter("month", |text: String| Month::parse(&text).map_or(text, in_full));
    environment.add_filter("said", said);
    environment.add_filter("why_not_known", |slug: String| {
        serde_json::from_value::<WhyNotKnown>(json!(slug)).map_or(String::new(), |why| why.label().to_owned())
    });
    environment.add_filter("amount", |cell: Value, unit: String| match known(&cell).map(f64::try_from) {
        Some(Ok(x)) => Ok(plans::amount(x, &unit)),
        _ => shown(cell),
    });
    environment.add_filter("tight", |text: String| text.replace(" %", "%"));
    environment.add_test("known", |cell: Value| known(&cell).is_some());
}

/// What a headline says after its subject: `Rape: no clear change` says `No clear change`.
fn said(text: Value) -> Value {
    let (safe, text) = (text.is_safe(), text.to_string());
    // What a macro has put together holds marks already.
    let said = text.split_once(": ").or_else(|| text.split_once("\\: ")).map_or(text.as_str(), |t| t.1);
    let said = first(said, |c| c.to_uppercase().to_string());
    if safe { Value::from_safe_string(said) } else { Value::from(said) }
}

/// The value of a cell that has one, or a plain number.
fn known(cell: &Value) -> Option<Value> {
    match cell.kind() {
        ValueKind::Number => Some(cell.clone()),
        ValueKind::Map => cell.get_attr("known").ok().filter(|v| !v.is_undefined()),
        _ => None,
    }
}

/// A cell as words: `65,680`, `withheld`, `not known`, `not applicable`.
fn shown(cell: Value) -> Result<String, Error> {
    if let Some(value) = known(&cell) {
        if let Ok(n) = u64::try_from(value.clone()) {
            return Ok(thousands(n));
        }
        return f64::try_from(value).map(|x| decimal(x, 1)).map_err(|_| Error::new(ErrorKind::InvalidOperation, "this is no number"));
    }
    match cell.as_str() {
        Some("withheld") => Ok("withheld".into()),
        Some("missing") => Ok("not known".into()),
        Some("not-applicable") => Ok("not applicable".into()),
        _ if cell.is_undefined() || cell.is_none() => Ok("not known".into()),
        _ => Err(Error::new(ErrorKind::InvalidOperation, "`shown` takes a count or a cell of a table")),
    }
}

pub(super) fn first(text: &str, change: fn(char) -> String) -> String {
    let mut letters = text.chars();
    // `IDVA` stays as it is: only a first letter that stands before a small one is that of a sentence.
    let small = text.chars().nth(1).is_some_and(char::is_lowercase) || text.chars().nth(1) == Some(' ');
    letters.next().filter(|_| small).map_or_else(|| text.to_owned(), |c| change(c) + letters.as_str())
}

pub(super) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `December 2025`.
pub(super) fn in_full(month: Month) -> String {
    let text = month.to_string();
    let name = text.split_once('-').and_then(|(year, m)| Some(format!("{} {year}", MONTHS.get(m.parse::<usize>().ok()?.checked_sub(1)?)?)));
    name.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Cell;

    #[test]
    fn gaps_that_differ_in_subject_alone_are_told_together_and_in_their_order() {
        let gap = |subject: &str, close: &str| json!({"dimension": "hours", "subject": subject, "close": close});
        let told = cards(&[gap("a", "open"), gap("b", "stay"), gap("c", "open")]);
        let subjects: Vec<Vec<&str>> = told.iter().map(|card| card.iter().filter_map(|g| g["subject"].as_str()).collect()).collect();
        assert_eq!(subjects, [vec!["a", "c"], vec!["b"]]);
        assert!(cards(&[]).is_empty());
    }

    #[test]
    fn no_kind_of_nothing_is_shown_as_a_number() {
        let told = |cell: Cell<u64>| shown(Value::from(Serde(cell))).unwrap();
        let words = [Cell::Known(65_680), Cell::Known(0), Cell::Withheld, Cell::Missing, Cell::NotApplicable].map(told);
        assert_eq!(words, ["65,680", "0", "withheld", "not known", "not applicable"]);
        assert!(shown(Value::from("many")).is_err());
        assert_eq!(shown(Value::UNDEFINED).unwrap(), "not known");
    }

    #[test]
    fn first_letters() {
        let small = |t: &str| first(t, |c| c.to_lowercase().to_string());
        assert_eq!((small("People here"), small("IDVA"), small("")), ("people here".into(), "IDVA".into(), String::new()));
    }
}
