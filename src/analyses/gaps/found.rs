//! What a test found, before anything of it is released.

use super::ground::Ground;
use super::pieces::Unit;
use super::standards::standard;
use crate::analyses::words::slug;
use crate::model::{Arg, Capacity, Confidence, Evidence, Message, Standard, Text, Verdict};
use crate::msg;
use crate::sources::ServiceType;
use crate::study::Slice;
use crate::units::{AreaCode, Cell, Period};

/// One row of the register in the making. Every number of people in it is a count that the release decides on; its messages hold none, but for those of [`Measured`], which get the released counts.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub id: String,
    pub dimension: &'static str,
    pub subject: Text,
    pub theme: String,
    pub stage: String,
    pub form: String,
    pub verdict: Verdict,
    pub who: Message,
    pub areas: Vec<AreaCode>,
    pub people: Option<u64>,
    /// Whether the number of people is known and withheld, before any release.
    pub people_withheld: bool,
    pub of: Option<u64>,
    pub unit: Unit,
    /// Estimated women harmed in a year among them.
    pub need: Option<(f64, f64)>,
    /// Further counts, with the events that they count.
    pub counts: [Option<(u64, Option<Slice>)>; 2],
    pub measured: Measured,
    pub capacity: Option<Capacity>,
    pub standard: Standard,
    pub confidence: Confidence,
    /// Reasons, joined in this order.
    pub because: Vec<Message>,
    pub otherwise: Text,
    pub close: Text,
    pub formula: Text,
    pub evidence: Vec<Evidence>,
}

/// What a test measured.
#[derive(Clone, Debug)]
pub(super) enum Measured {
    /// Something that holds no count of events.
    Said(Message),
    /// So many services, none of them open in these hours; the counts are reports in them, and in the others.
    ClosedAt { services: usize, hours: (u8, u8), on_bank_holidays_too: bool },
    /// The first count is of referrals in these months, which may not all be there.
    Referrals { period: Period, complete: bool },
}

impl Measured {
    /// The same with counts as they are released.
    pub fn told(&self, a: Cell<u64>, b: Cell<u64>) -> Message {
        match *self {
            Measured::Said(ref message) => message.clone(),
            Measured::ClosedAt { services, hours: (from, to), on_bank_holidays_too } => {
                let (from, to) = (Arg::Hour(from), Arg::Hour(to));
                let said = match (a, b) {
                    (Cell::Known(night), Cell::Known(day)) if night + day > 0 => {
                        let share = Arg::share(night as f64 / (night + day) as f64, 0);
                        msg!("gaps-hours-closed", services = services, from = from, to = to, share = share, night = a, day = b)
                    }
                    _ => msg!("gaps-hours-closed-some", services = services, from = from, to = to, night = a, day = b),
                };
                if on_bank_holidays_too { msg!("gaps-hours-closed-holidays", what = said) } else { said }
            }
            Measured::Referrals { period, complete: true } => msg!("gaps-awareness-referrals", referrals = a, period = period),
            Measured::Referrals { period, complete: false } => msg!("gaps-awareness-referrals-incomplete", referrals = a, period = period),
        }
    }
}

impl Found {
    /// Of a type of service, over the whole partnership; the rest is filled in by the test.
    pub fn of_type(ground: &Ground, dimension: &'static str, kind: &ServiceType, verdict: Verdict) -> Self {
        Self {
            theme: kind.theme.clone(),
            stage: kind.stage.clone(),
            form: kind.form.clone(),
            ..Self::about(ground, dimension, &slug(&kind.id), kind.label.as_str(), verdict)
        }
    }

    /// Of a subject that is no type of service.
    pub fn about(ground: &Ground, dimension: &'static str, id: &str, subject: impl Into<Text>, verdict: Verdict) -> Self {
        Self {
            id: format!("{dimension}/{id}"),
            dimension,
            subject: subject.into(),
            theme: "support".into(),
            stage: "support".into(),
            form: String::new(),
            verdict,
            who: msg!("gaps-who-everybody", area = &ground.study.about.area_name),
            areas: vec![],
            people: None,
            people_withheld: false,
            of: None,
            unit: Unit::Residents,
            need: None,
            counts: [None, None],
            measured: Measured::Said(Message::as_written("")),
            capacity: None,
            standard: Standard::default(),
            confidence: Confidence::Medium,
            because: vec![],
            otherwise: Text::default(),
            close: Text::default(),
            formula: Text::default(),
            evidence: vec![],
        }
    }

    pub fn who(mut self, who: Message) -> Self {
        self.who = who;
        self
    }

    pub fn measured(self, said: Message) -> Self {
        self.counting(Measured::Said(said))
    }

    pub fn counting(mut self, measured: Measured) -> Self {
        self.measured = measured;
        self
    }

    pub fn by(mut self, id: &str) -> Self {
        self.standard = standard(id);
        self
    }

    pub fn sure(mut self, confidence: Confidence, because: Message) -> Self {
        self.confidence = confidence;
        self.because.push(because);
        self
    }

    pub fn otherwise(mut self, said: Message) -> Self {
        self.otherwise = said.into();
        self
    }

    pub fn close(mut self, said: Message) -> Self {
        self.close = said.into();
        self
    }

    pub fn formula(mut self, said: Message) -> Self {
        self.formula = said.into();
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
            let about = &ground.study.about;
            let (singular, plural) = (about.geography.singular(), about.geography.plural());
            self.who = msg!("gaps-who-areas", areas = self.areas.len(), singular = singular, plural = plural, area = &about.area_name);
        }
        self.need = ground.women(&wanted).and_then(super::need_of);
        self.evidence.extend(ground.population(msg!("gaps-rests-residents")));
        self
    }
}
