//! What a test found, before anything of it is released.

use super::ground::Ground;
use super::standards::standard;
use crate::analyses::words::slug;
use crate::model::{Confidence, Evidence, Standard, Verdict};
use crate::sources::ServiceType;
use crate::study::Slice;
use crate::units::AreaCode;

/// One row of the register in the making. Every number of people in it is a count that the release decides on; its words hold none, but `{a}`, `{b}` and `{share}` where a released count goes.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub id: String,
    pub dimension: &'static str,
    pub subject: String,
    pub theme: String,
    pub stage: String,
    pub form: String,
    pub verdict: Verdict,
    pub who: String,
    pub areas: Vec<AreaCode>,
    pub people: Option<u64>,
    /// Whether the number of people is known and withheld, before any release.
    pub people_withheld: bool,
    pub of: Option<u64>,
    pub unit: &'static str,
    /// Estimated women harmed in a year among them.
    pub need: Option<(f64, f64)>,
    /// Further counts, with the events that they count.
    pub counts: [Option<(u64, Option<Slice>)>; 2],
    pub measured: String,
    pub standard: Standard,
    pub confidence: Confidence,
    pub because: Vec<String>,
    pub otherwise: String,
    pub close: String,
    pub formula: &'static str,
    pub evidence: Vec<Evidence>,
}

impl Found {
    /// Of a type of service, over the whole partnership; the rest is filled in by the test.
    pub fn of_type(ground: &Ground, dimension: &'static str, kind: &ServiceType, verdict: Verdict) -> Self {
        let who = format!("Everybody in {}", ground.study.about.area_name);
        Self {
            id: format!("{dimension}/{}", slug(&kind.id)),
            subject: kind.label.clone(),
            theme: kind.theme.clone(),
            stage: kind.stage.clone(),
            form: kind.form.clone(),
            ..Self::about(ground, dimension, "", "", verdict)
        }
        .with_who(who)
    }

    /// Of a subject that is no type of service.
    pub fn about(ground: &Ground, dimension: &'static str, id: &str, subject: &str, verdict: Verdict) -> Self {
        Self {
            id: format!("{dimension}/{id}"),
            dimension,
            subject: subject.to_owned(),
            theme: "support".into(),
            stage: "support".into(),
            form: String::new(),
            verdict,
            who: format!("Everybody in {}", ground.study.about.area_name),
            areas: vec![],
            people: None,
            people_withheld: false,
            of: None,
            unit: "residents",
            need: None,
            counts: [None, None],
            measured: String::new(),
            standard: Standard::default(),
            confidence: Confidence::Medium,
            because: vec![],
            otherwise: String::new(),
            close: String::new(),
            formula: "",
            evidence: vec![],
        }
    }

    fn with_who(mut self, who: String) -> Self {
        self.who = who;
        self
    }

    pub fn measured(mut self, text: impl Into<String>) -> Self {
        self.measured = text.into();
        self
    }

    pub fn by(mut self, id: &str) -> Self {
        self.standard = standard(id);
        self
    }

    pub fn sure(mut self, confidence: Confidence, because: &str) -> Self {
        self.confidence = confidence;
        self.because.push(because.to_owned());
        self
    }

    pub fn otherwise(mut self, text: &str) -> Self {
        self.otherwise = text.to_owned();
        self
    }

    pub fn close(mut self, text: impl Into<String>) -> Self {
        self.close = text.into();
        self
    }

    pub fn formula(mut self, text: &'static str) -> Self {
        self.formula = text;
        self
    }

    pub fn resting_on(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    /// Everybody, or the residents of some areas and the women among them whom surveys would expect to be harmed.
    pub fn in_areas(mut self, ground: &Ground, wanted: impl Fn(usize) -> bool) -> Self {
        let all = (0..ground.residents.len()).all(&wanted);
        self.people = ground.people(&wanted);
        self.of = ground.everyone();
        self.areas = if all { vec![] } else { ground.codes(&wanted) };
        if !all {
            let level = ground.study.about.geography.plural();
            self.who = format!("People in {} {level} of {}", self.areas.len(), ground.study.about.area_name);
        }
        self.need = ground.women(&wanted).and_then(super::need_of);
        self.evidence.extend(ground.population("residents of the areas"));
        self
    }
}
