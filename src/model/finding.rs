//! An answer, as released.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::by_area::{AreaFigures, AreaMeasure};
use super::counted::Counted;
use super::figure::Figure;
use super::sentence_kind::SentenceKind;
use crate::units::{Period, Polarity};

/// An answer, as released.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Unique and stable: `trend/police/violence-and-sexual-offences`.
    pub id: String,
    /// The analysis.
    pub analysis: String,
    /// The message.
    pub headline: String,
    /// Measure, geography and period.
    pub subtitle: String,
    /// Sentences for a report.
    pub sentences: Vec<String>,
    /// What each of the sentences is for; empty where all of them say what was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<SentenceKind>,
    /// What the numbers are and are not.
    pub caveats: Vec<String>,
    /// `recorded`, `proxy`, `self-reported`, `population` or `estimate`.
    pub status: String,
    /// What a rise means.
    pub polarity: Polarity,
    /// The months it covers.
    pub period: Period,
    /// Names of its sources.
    pub sources: Vec<String>,
    /// How it was released, and why so.
    pub release: ReleaseNote,
    /// What its counts of restricted events count: one for all, or one for each column, row or cell of the table that they were released in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Counted>,
    /// Numbers that the sentences say and the body does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// The numbers.
    pub body: Body,
}

/// How a finding was released.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReleaseNote {
    /// Which door.
    pub door: Door,
    /// Why.
    pub because: String,
    /// How many cells were withheld.
    pub withheld: usize,
    /// What counts were rounded to; 1 where they were not.
    pub rounded_to: u64,
}

/// The two doors.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// All sources are open: released as published.
    Open,
    /// A restricted source is involved: released by the policy.
    Policy,
}

/// The card of an analysis.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Method {
    /// The analysis.
    pub analysis: String,
    /// Its question.
    pub question: String,
    /// Its card, in Markdown.
    pub card: String,
}

impl Finding {
    /// So many of the sentences that say what was found, those about what may come where they are wanted, and every caution, in their order.
    pub fn told(&self, most: usize, ahead: bool) -> Vec<&str> {
        let mut found = 0;
        let kind = |i: usize| self.kinds.get(i).copied().unwrap_or(SentenceKind::Finding);
        let wanted = |i: usize| match kind(i) {
            SentenceKind::Caution => true,
            SentenceKind::Outlook => ahead,
            SentenceKind::Finding => {
                found += 1;
                found <= most
            }
        };
        let wanted: Vec<bool> = (0..self.sentences.len()).map(wanted).collect();
        self.sentences.iter().zip(wanted).filter(|(_, w)| *w).map(|(s, _)| s.as_str()).collect()
    }

    /// What it tells of each area by a measure; `None` where its shape holds no such number.
    pub fn by_area(&self, measure: AreaMeasure) -> Option<AreaFigures> {
        self.body.shape().by_area(measure)
    }
}
