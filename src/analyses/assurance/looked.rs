//! What every part of the answer looks at.

use super::ages::Age;
use crate::analyses::draft::DraftHead;
use crate::analyses::gaps::ASKED;
use crate::model::{Arg, Message, ServiceState};
use crate::msg;
use crate::study::{Asked, Differs, Pair, Provision, Service, Study};
use crate::units::{Month, Polarity};

/// The public records of all directories on a day.
pub(super) struct Looked<'a> {
    pub study: &'a Study,
    pub provision: Provision<'a>,
    /// Of every service that serves any area of the study.
    pub listed: Vec<&'a Service>,
    /// Those of them that have not ended.
    pub records: Vec<&'a Service>,
    /// Those that may be of one service, by their positions in the catalogue.
    pub pairs: Vec<Pair>,
    /// Whether records are left out.
    pub apart: bool,
}

/// Whether a pack may tell what a record says and what others say of the same service: all of them are from open directories.
pub(super) fn is_told(study: &Study, service: &Service) -> bool {
    study.is_open(service) && service.given.iter().all(|g| study.is_open_source(g.source))
}

impl<'a> Looked<'a> {
    /// What a pack may tell: records of open directories. Numbers of one table follow from those of another, such as fields from records, so that those of
    /// a restricted directory are in none.
    pub fn told(study: &'a Study, as_of: Option<Month>) -> Self {
        Self::of(study, as_of, |s| is_told(study, s))
    }

    /// All records: for the analyst alone.
    pub fn all(study: &'a Study, as_of: Option<Month>) -> Self {
        Self::of(study, as_of, |_| true)
    }

    fn of(study: &'a Study, as_of: Option<Month>, wanted: impl Fn(&Service) -> bool) -> Self {
        let provision = Provision::new(study, &Asked { as_of, ..Asked::default() });
        let here: Vec<&Service> = provision.here().collect();
        let listed: Vec<&Service> = here.iter().copied().filter(|s| wanted(s)).collect();
        let apart = listed.len() < here.len();
        let records = listed.iter().copied().filter(|s| provision.state(s) != ServiceState::Ended).collect();
        let pairs = study.listed_twice(provision.as_of(), |s| study.is_served_by(s) && wanted(s));
        Self { study, provision, listed, records, pairs, apart }
    }

    pub fn day(&self) -> &str {
        self.provision.as_of()
    }

    pub fn age(&self, service: &Service) -> Age {
        Age::of(service.more.last_verified.as_deref(), self.day())
    }

    /// Whether a record gives a day of its last check that had not come.
    pub fn is_checked_later(&self, service: &Service) -> bool {
        service.more.last_verified.as_deref().is_some_and(|checked| checked > self.day())
    }

    /// The name of a directory.
    pub fn directory(&self, source: usize) -> &'a str {
        self.study.sources.get(source).map_or("", |s| s.name.as_str())
    }

    /// A service of the catalogue.
    pub fn service(&self, position: usize) -> &'a Service {
        &self.study.catalogue.public[position]
    }

    /// The head of a draft that rests on every directory.
    pub fn head(&self, id: &str, polarity: Polarity, caveats: Vec<Message>) -> DraftHead {
        let of_given = |s: &&Service| s.given.iter().map(|g| g.source).collect::<Vec<_>>();
        let mut sources: Vec<usize> = self.listed.iter().flat_map(|s| s.sources().into_iter().chain(of_given(s))).collect();
        sources.sort_unstable();
        sources.dedup();
        DraftHead {
            id: format!("assurance/{id}"),
            analysis: "assurance",
            sources: sources.into_iter().map(|s| self.study.source_ref(s)).collect(),
            period: self.provision.period(),
            polarity,
            status: "recorded".into(),
            caveats,
        }
    }
}

/// What of all that the analyses need a record leaves out.
pub(super) fn left_out(service: &Service) -> Vec<&'static str> {
    ASKED.iter().filter(|a| !(a.has)(service)).map(|a| a.label).collect()
}

/// What two records contradict one another in, as a list; `None` where in nothing.
pub(super) fn differing<'d>(differs: impl IntoIterator<Item = &'d Differs>) -> Option<Arg> {
    let all: Vec<Message> = differs.into_iter().map(|d| msg!("assurance-field", field = Arg::Key(key(*d)))).collect();
    (!all.is_empty()).then(|| Arg::from(all))
}

fn key(field: Differs) -> &'static str {
    match field {
        Differs::Hours => "hours",
        Differs::State => "state",
        Differs::Kind => "kind",
        Differs::Eligibility => "eligibility",
        Differs::Place => "place",
    }
}
