//! What to ask about one record.

use super::ages::{Age, OLD_MONTHS};
use super::looked::{Looked, differing, left_out};
use super::pairs::how;
use crate::analyses::gaps::day;
use crate::model::{Arg, FixItem, FixTopic, Message, ServiceState};
use crate::msg;
use crate::sources::ServiceStatus;
use crate::study::Service;

/// Everything to ask about a record; of others with which it may be one only those for which `may_name` holds.
pub(super) fn items(looked: &Looked, service: &Service, may_name: &dyn Fn(&Service) -> bool) -> Vec<FixItem> {
    let mut asked: Vec<(FixTopic, Message, Message)> = Vec::new();
    let ended = looked.provision.state(service) == ServiceState::Ended;
    asked.extend(contract(looked, service));
    if !ended {
        asked.extend(check(looked, service));
        let missing: Vec<Arg> = left_out(service).into_iter().map(Arg::from).collect();
        if !missing.is_empty() {
            let found = msg!("assurance-fix-left-out", fields = Arg::Series(missing));
            asked.push((FixTopic::LeftOut, found, msg!("assurance-ask-left-out")));
        }
        if looked.provision.state(service) == ServiceState::Paused {
            let told = !service.more.unavailable.is_empty();
            let found = if told { msg!("assurance-fix-paused-because") } else { msg!("assurance-fix-paused") };
            asked.push((FixTopic::NotAvailable, found, if told { msg!("assurance-ask-again-from") } else { msg!("assurance-ask-why") }));
        }
    }
    asked.extend(twice(looked, service, may_name));
    for given in service.given.iter().filter(|g| !g.differs.is_empty()) {
        let Some(fields) = differing(&given.differs) else { continue };
        let place = given.place.file_alone();
        let found = msg!("assurance-fix-given", place = place, how = how(given.alike), fields = fields);
        asked.push((FixTopic::Contradiction, found, msg!("assurance-ask-given")));
    }
    let item = |(topic, found, ask): (FixTopic, Message, Message)| FixItem {
        service: service.name.clone(),
        id: service.id.clone(),
        directory: looked.directory(service.source).to_owned(),
        place: service.place.file_alone(),
        topic,
        found: found.into(),
        ask: ask.into(),
    };
    asked.into_iter().map(item).collect()
}

fn check(looked: &Looked, service: &Service) -> Option<(FixTopic, Message, Message)> {
    let found = match (looked.age(service), service.more.last_verified.as_deref()) {
        (Age::Old, Some(checked)) => msg!("assurance-fix-old", day = day(checked), months = OLD_MONTHS as usize),
        (Age::NotKnown, Some(checked)) if looked.is_checked_later(service) => {
            // A directory is often read for a day that is past, and was checked since: only what lies far off is a slip to be asked about.
            if Age::of(Some(looked.day()), checked) != Age::Old {
                return None;
            }
            let found = msg!("assurance-fix-later", day = day(checked), months = OLD_MONTHS as usize);
            return Some((FixTopic::Check, found, msg!("assurance-ask-later")));
        }
        (Age::NotKnown, _) => msg!("assurance-fix-undated"),
        _ => return None,
    };
    Some((FixTopic::Check, found, msg!("assurance-ask-check")))
}

/// A record that says that a service runs, though the contract that it gives has ended.
fn contract(looked: &Looked, service: &Service) -> Option<(FixTopic, Message, Message)> {
    let end = service.more.contract_end.as_deref().filter(|d| *d < looked.day())?;
    (service.status == ServiceStatus::Active)
        .then(|| (FixTopic::Contract, msg!("assurance-fix-contract", day = day(end)), msg!("assurance-ask-contract")))
}

fn twice(looked: &Looked, service: &Service, may_name: &dyn Fn(&Service) -> bool) -> Vec<(FixTopic, Message, Message)> {
    let Some(own) = looked.provision.position(service) else { return vec![] };
    let mut asked = Vec::new();
    for pair in looked.pairs.iter().filter(|p| p.first == own || p.second == own) {
        let other = looked.service(if pair.first == own { pair.second } else { pair.first });
        if !may_name(other) {
            continue;
        }
        let found = msg!(
            "assurance-fix-twice",
            other = &other.name,
            id = &other.id,
            directory = looked.directory(other.source),
            how = how(pair.alike)
        );
        let found = match differing(&pair.differs) {
            Some(fields) => found.then(msg!("assurance-pair-differs", fields = fields)),
            None => found,
        };
        asked.push((FixTopic::Twice, found, msg!("assurance-ask-twice")));
    }
    asked
}
