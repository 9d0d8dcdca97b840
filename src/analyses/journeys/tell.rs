//! Journeys, told from what the release leaves.

use super::layout::{Layout, Part};
use super::sorted::Way;
use crate::analyses::draft::{Released, Telling};
use crate::model::{Arg, Body, JourneyPlace, Journeys, JourneysOf, Message, NetworkShare, Text, Within};
use crate::msg;
use crate::stats::counts::proportion;
use crate::units::{AreaCode, Cell, Estimate, Period};

/// So many places are named in a sentence.
const MOST_NAMED: usize = 4;

/// What everyone may know.
pub(super) struct Facts {
    pub area_name: String,
    pub period: Period,
    pub level: f64,
    pub network: Vec<NetworkShare>,
    pub kinds: Vec<(Message, Within)>,
    pub went_to: Vec<(Option<AreaCode>, Message)>,
    pub came_from: Vec<(Option<AreaCode>, Message)>,
    pub layout: Layout,
}

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let body = body(facts, released);
    Telling {
        headline: headline(&body),
        subtitle: msg!("journeys-subtitle", area = &facts.area_name, period = facts.period),
        sentences: sentences(facts, &body),
        figures: vec![],
        body: Body::Journeys(body),
    }
}

fn body(facts: &Facts, released: &Released) -> Journeys {
    let at = |kind: usize, part: Part| facts.layout.at(released, kind, part);
    let share = |part: Cell<u64>, all: Cell<u64>| -> Cell<Estimate> {
        part.and_then(|n| all.and_then(|all| Cell::applicable(proportion(n, all.max(n), facts.level))))
    };
    let of = |kind: usize| {
        let (label, within) = match facts.kinds.get(kind) {
            Some((label, within)) => (label.clone(), *within),
            None => (msg!("journeys-all-kinds"), Within::Either),
        };
        let way = |way: Way| at(kind, Part::Way(way));
        let (went, came) = (at(kind, Part::Went), at(kind, Part::Came));
        let (residents, served) = (at(kind, Part::Residents), at(kind, Part::Served));
        JourneysOf {
            label: Text::from(label),
            within,
            stayed: way(Way::Within),
            between: way(Way::Between),
            went,
            came,
            residents,
            served,
            origin_not_known: way(Way::FromNobodyKnows),
            destination_not_known: way(Way::ToNobodyKnows),
            share_went: share(went, residents),
            share_came: share(came, served),
        }
    };
    let kinds = 0..facts.layout.kinds();
    let places = |list: &[(Option<AreaCode>, Message)], way: fn(usize) -> Way| -> Vec<JourneyPlace> {
        let place = |(i, (code, label)): (usize, &(Option<AreaCode>, Message))| JourneyPlace {
            code: *code,
            label: Text::from(label.clone()),
            people: kinds.clone().map(|kind| at(kind, Part::Way(way(i)))).collect(),
        };
        list.iter().enumerate().map(place).collect()
    };
    Journeys {
        level: facts.level,
        came_from: places(&facts.came_from, Way::From),
        went_to: places(&facts.went_to, Way::To),
        kinds: kinds.clone().map(of).collect(),
        network: facts.network.clone(),
    }
}

/// A share is news only where there is somebody.
fn some(count: Cell<u64>, share: Cell<Estimate>) -> Option<(u64, Estimate)> {
    count.known().filter(|n| *n > 0).zip(share.known())
}

fn headline(body: &Journeys) -> Message {
    let Some(all) = body.all() else { return msg!("journeys-headline-not-known") };
    let (came, went) = (some(all.came, all.share_came), some(all.went, all.share_went));
    match (came, went) {
        (Some((_, came)), Some((_, went))) => {
            msg!("journeys-headline-both", came = Arg::share(came.value, 0), went = Arg::share(went.value, 0))
        }
        (Some((_, came)), None) => msg!("journeys-headline-came", came = Arg::share(came.value, 0)),
        (None, Some((_, went))) => msg!("journeys-headline-went", went = Arg::share(went.value, 0)),
        (None, None) if [all.came, all.went].contains(&Cell::Known(0)) && ![all.came, all.went].contains(&Cell::Withheld) => {
            match (all.came, all.went) {
                (Cell::Known(0), Cell::Known(0)) => msg!("journeys-headline-nobody"),
                (Cell::Known(0), _) => msg!("journeys-headline-nobody-came"),
                _ => msg!("journeys-headline-nobody-went"),
            }
        }
        (None, None) => msg!("journeys-headline-not-known"),
    }
}

fn sentences(facts: &Facts, body: &Journeys) -> Vec<Message> {
    let mut said = Vec::new();
    if let Some(all) = body.all() {
        said.extend(came(facts, all));
        said.extend(went(facts, all));
        let apart = &body.kinds[..body.kinds.len() - usize::from(body.kinds.len() > 1)];
        said.extend(apart.iter().filter(|_| body.kinds.len() > 1).filter_map(of_kind));
        said.extend(places(body).into_iter().flatten());
        said.extend((all.came == Cell::Missing).then(|| msg!("journeys-came-not-told")));
        said.extend((all.went == Cell::Missing).then(|| msg!("journeys-went-not-told")));
        let unknown = |n: Cell<u64>| n.known().filter(|n| *n > 0);
        said.extend(unknown(all.origin_not_known).map(|n| msg!("journeys-origin-not-known", people = n)));
        said.extend(unknown(all.destination_not_known).map(|n| msg!("journeys-destination-not-known", people = n)));
    }
    if let [first, second] = facts.network.as_slice() {
        let places = |n: &NetworkShare| Arg::Number(n.places, 1);
        said.push(msg!("journeys-network", area = &facts.area_name, benchmark = places(first), demand = places(second)));
    }
    said
}

/// People who came, beside all who were helped here: whoever counts residents alone leaves them out.
fn came(facts: &Facts, all: &JourneysOf) -> Option<Message> {
    let (n, share) = some(all.came, all.share_came)?;
    let [value, lower, upper] = [share.value, share.lower, share.upper].map(|x| Arg::share(x, 0));
    let level = Arg::share(share.level, 0);
    let (served, area) = (all.served, &facts.area_name);
    Some(msg!("journeys-came", served = served, area = area, came = n, share = value, lower = lower, upper = upper, level = level))
}

fn went(facts: &Facts, all: &JourneysOf) -> Option<Message> {
    let (n, share) = some(all.went, all.share_went)?;
    let [value, lower, upper] = [share.value, share.lower, share.upper].map(|x| Arg::share(x, 0));
    let level = Arg::share(share.level, 0);
    let (residents, area) = (all.residents, &facts.area_name);
    Some(msg!("journeys-went", residents = residents, area = area, went = n, share = value, lower = lower, upper = upper, level = level))
}

/// One kind of service, where anything of it may be told.
fn of_kind(of: &JourneysOf) -> Option<Message> {
    let told = [of.stayed, of.went, of.came];
    told.iter().any(|n| n.known().is_some()).then(|| {
        let how = match of.within {
            Within::Stayed => Arg::Key("stayed"),
            Within::Moved => Arg::Key("moved"),
            Within::Either => Arg::Key("either"),
        };
        let kind = of.label.message().cloned().unwrap_or_else(|| Message::as_written(of.label.as_str()));
        msg!("journeys-kind", kind = kind, how = how, stayed = of.stayed, went = of.went, came = of.came)
    })
}

/// Where most came from, and where most went, of those of whom that may be told.
fn places(body: &Journeys) -> [Option<Message>; 2] {
    let list = |places: &[JourneyPlace]| -> Vec<Message> {
        let people = |p: &JourneyPlace| p.people.last().and_then(|n| n.known()).filter(|n| *n > 0);
        let mut known: Vec<(u64, &JourneyPlace)> = places.iter().filter_map(|p| people(p).map(|n| (n, p))).collect();
        known.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        let told = |(n, p): &(u64, &JourneyPlace)| {
            let place = p.label.message().cloned().unwrap_or_else(|| Message::as_written(p.label.as_str()));
            msg!("journeys-place", place = place, people = *n)
        };
        known.iter().take(MOST_NAMED).map(told).collect()
    };
    let (from, to) = (list(&body.came_from), list(&body.went_to));
    [
        (!from.is_empty()).then(|| msg!("journeys-places-from", places = from)),
        (!to.is_empty()).then(|| msg!("journeys-places-to", places = to)),
    ]
}
