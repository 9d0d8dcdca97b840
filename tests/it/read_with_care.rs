//! What a page must not say without what it rests on: cautions stay with their finding, dots go by the test that the text tells, titles ask where every other
//! test differs, and a policy is told where it applies.

use gapmap::diagnostics::Problems;
use gapmap::model::{Beyond, Body, CAUTIONS, Door, Findings, Message, OUTLOOKS, SentenceKind, SpotClass};
use gapmap::outputs::{ReportKind, everything};
use gapmap::pipeline;
use gapmap::plan::Plan;
use gapmap::stats::counts::poisson_tail;
use gapmap::synthetic::{Settings, borough};
use gapmap::words::Texts;

use crate::study_files::Study;

fn findings() -> Findings {
    let study = Study::of(&borough(&Settings::default()));
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    pipeline::pack(&plan, None, &[], &mut problems).unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems))).0
}

fn page(findings: &Findings, name: &str) -> String {
    let files = everything(findings, &ReportKind::find("overview").unwrap(), false).unwrap();
    let (_, bytes) = files.iter().find(|(path, _)| path.starts_with(name) && path.ends_with(".html")).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn whoever_has_room_for_few_sentences_keeps_the_cautions() {
    let texts = Texts::english();
    for id in CAUTIONS.iter().chain(&OUTLOOKS) {
        assert_ne!(texts.say(&Message { id, args: vec![] }), *id, "no text");
    }
    let mut seen = 0;
    for f in &findings().findings {
        let of = |kind: SentenceKind| f.sentences.iter().zip(&f.kinds).filter(move |(_, k)| **k == kind).map(|(s, _)| s.as_str());
        assert!(f.kinds.is_empty() || f.kinds.len() == f.sentences.len(), "{}", f.id);
        let cautions: Vec<&str> = of(SentenceKind::Caution).collect();
        assert_eq!(f.told(0, false), cautions, "{}", f.id);
        let all = f.told(usize::MAX, true);
        assert_eq!(all, f.sentences, "{}", f.id);
        assert!(of(SentenceKind::Outlook).all(|s| !f.told(usize::MAX, false).contains(&s)), "{}", f.id);
        seen += cautions.len();
    }
    assert!(seen > 3, "{seen} cautions");
}

#[test]
fn an_area_stands_apart_only_where_more_do_than_by_chance() {
    let findings = findings();
    let mut body = findings.findings.iter().find_map(|f| if let Body::AreaRates(b) = &f.body { Some(b.clone()) } else { None }).unwrap();
    body.rows.iter_mut().for_each(|r| r.beyond = None);
    body.rows[0].beyond = Some(Beyond::Above);
    let mut apart = |by_chance: f64| {
        body.variation.as_mut().unwrap().as_many_by_chance = Some(poisson_tail(1, by_chance));
        body.rows.iter().filter(|r| body.stands_apart(r)).count()
    };
    // One area is more than chance where one of twenty maps at most would have it: not where two of five would.
    assert_eq!((apart(0.04), apart(0.4), apart(2.0)), (1, 0, 0));
}

/// Makes rates and hot spots find that areas stand out, or that none does.
fn others_find(findings: &mut Findings, stands_out: bool) {
    let (beyond, class) = if stands_out { (Some(Beyond::Above), SpotClass::HighSure) } else { (None, SpotClass::NotClear) };
    for f in &mut findings.findings {
        match &mut f.body {
            Body::AreaRates(b) => b.rows.iter_mut().for_each(|r| r.beyond = beyond),
            Body::HotSpots(b) => b.rows.iter_mut().for_each(|r| r.class = class),
            _ => {}
        }
    }
}

#[test]
fn a_title_asks_where_every_other_test_differs() {
    let mut findings = findings();
    let told = |f: &gapmap::model::Finding| match &f.body {
        Body::Clusters(b) if !b.living && b.areas.iter().any(|a| a.took_part) => Some(b.clusters.iter().any(|c| c.p <= b.called_at)),
        _ => None,
    };
    let (found, stands_out) = findings.findings.iter().find_map(|f| Some((f, told(f)?))).unwrap();
    let asked = format!("{}?", found.headline);
    others_find(&mut findings, stands_out);
    assert!(!page(&findings, "needs-assessment").contains(&asked), "the others agree");
    others_find(&mut findings, !stands_out);
    for name in ["needs-assessment", "funding-bid"] {
        assert!(page(&findings, name).contains(&asked), "{name}");
    }
}

#[test]
fn a_policy_is_told_where_a_source_is_restricted() {
    let mut findings = findings();
    assert!(findings.any_restricted());
    assert_eq!(findings.protection(), findings.policy.sentence());
    findings.restricted.clear();
    findings.findings.iter_mut().for_each(|f| f.release.door = Door::Open);
    findings.sources.retain(|s| s.sensitivity != gapmap::units::Sensitivity::Restricted);
    assert!(!findings.any_restricted());
    assert_ne!(findings.protection(), findings.policy.sentence());
}
