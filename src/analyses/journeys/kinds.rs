//! Which kinds of service are told apart.

use std::collections::BTreeSet;

use crate::model::{Message, Within};
use crate::msg;
use crate::sources::{service_type, service_types};
use crate::study::{FEWEST_CONFIDENTIAL, Flow, Heading, Study, Whence};

/// A kind of service, or all of them together.
#[derive(Clone, Debug)]
pub(super) struct Kind<'f> {
    /// The ids that it stands for.
    pub ids: Vec<&'f str>,
    /// How a reader knows it.
    pub label: Message,
    /// What the ledger of releases knows it by.
    pub key: String,
    /// What it means to be helped in one's own authority.
    pub within: Within,
}

/// The kinds of a return, and which of them few services give.
#[derive(Clone, Debug)]
pub(super) struct Kinds<'f> {
    /// Those that are told.
    pub told: Vec<Kind<'f>>,
    /// Ids of kinds of safe accommodation that fewer than three services of the catalogue give, and of kinds that the return does not say.
    pub few: BTreeSet<&'f str>,
}

/// A kind that may be one of safe accommodation: the return does not say which it is.
fn is_unsaid(id: &str) -> bool {
    service_type(id).is_none()
}

/// Whether people live there, at an address that nobody may know.
fn is_safe_place(id: &str) -> bool {
    service_type(id).is_none_or(|t| t.confidential)
}

/// People in these flows of kinds of which `is_few` holds, and in the others. A sum with a part that the return does not tell is told nowhere: such a part counts
/// for neither.
fn people_by<'f>(flows: impl Iterator<Item = &'f Flow>, is_few: impl Fn(&str) -> bool) -> [u64; 2] {
    let mut all = [0_u64; 2];
    for flow in flows {
        let at = &mut all[usize::from(!is_few(&flow.service))];
        *at = at.saturating_add(flow.people.known().unwrap_or(0));
    }
    all
}

impl<'f> Kinds<'f> {
    /// Kinds are told together, unless the plan asks for each, and each can be told.
    ///
    /// How many people come to a kind of safe accommodation tells how much of it is here, how full it is, and from where people seek it. Of one that fewer than
    /// three services give, it is told within the sum of all kinds alone, and no other kind is told apart: what is left of a sum would be that kind. `None` where
    /// such kinds are more than half of those who were helped here, or of the residents among them: then the sum is theirs.
    pub fn new(study: &Study, flows: &[&'f Flow], by_kind: bool) -> Option<Self> {
        // On the day of the study, whatever the months of the return are.
        let day = study.about.as_of.unwrap_or(study.about.period.last).last_day();
        let order = |id: &&str| service_types().iter().position(|t| t.id == *id);
        let present: BTreeSet<&str> = flows.iter().map(|f| f.service.as_str()).collect();
        let mut ids: Vec<&'f str> = present.into_iter().collect();
        ids.sort_by_key(order);
        // A kind that people only went to elsewhere tells nothing of services here.
        let here: Vec<&'f Flow> = flows.iter().copied().filter(|f| matches!(f.to, Whence::Own(_))).collect();
        let is_few = |id: &str| {
            is_unsaid(id) || service_type(id).is_some_and(|t| t.confidential && study.confidential_on(t, &day).len() < FEWEST_CONFIDENTIAL)
        };
        let few: BTreeSet<&'f str> = here.iter().map(|f| f.service.as_str()).filter(|id| is_few(id)).collect();
        let within = here.iter().copied().filter(|f| f.heading() == Some(Heading::Within));
        let mostly_few = |flows: &mut dyn Iterator<Item = &'f Flow>| {
            let [theirs, others] = people_by(flows, |id| few.contains(id));
            theirs > others
        };
        let only_few = !few.is_empty() && here.iter().all(|f| few.contains(f.service.as_str()));
        if only_few || mostly_few(&mut here.iter().copied()) || mostly_few(&mut within.into_iter()) {
            return None;
        }
        let all = Kind { ids: ids.clone(), label: msg!("journeys-all-kinds"), key: String::new(), within: Within::Either };
        if !by_kind || !few.is_empty() || ids.len() < 2 {
            return Some(Self { told: vec![all], few });
        }
        let told = ids.into_iter().map(|id| {
            let t = service_type(id);
            let within = if is_safe_place(id) { Within::Moved } else { Within::Stayed };
            Kind { ids: vec![id], label: Message::as_written(t.map_or("", |t| &t.label)), key: id.to_owned(), within }
        });
        Some(Self { told: told.collect(), few })
    }

    /// Whether more than half of those who came from a place are of kinds that few services give.
    pub fn gives_away(&self, from_there: &[&Flow]) -> bool {
        let [few, others] = people_by(from_there.iter().copied(), |id| self.few.contains(id));
        few > others
    }

    /// The same of an authority that people went to, where nobody knows how many services there are: in a sum, more in safe accommodation than in all else; told
    /// by kind, anybody.
    pub fn gives_away_there(&self, to_there: &[&Flow]) -> bool {
        let [hidden, others] = people_by(to_there.iter().copied(), is_safe_place);
        if self.told.len() > 1 { hidden > 0 } else { hidden > others }
    }
}
