//! Journeys by kind of service and direction, with the places that may be named.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Message, Within};
use crate::msg;
use crate::sources::{service_type, service_types};
use crate::study::{Elsewhere, FEWEST_CONFIDENTIAL, Flow, Journeys, Study, Whence};
use crate::units::{AreaCode, Cell, Period};

/// An authority of fewer people is not named: that it is not named then tells no more than that.
const FEWEST_NAMED: u64 = 20;
/// So many authorities are named in each direction.
const MOST_NAMED: usize = 12;

/// A place outside the partnership, as it may be told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Outside {
    /// By its name.
    Named(AreaCode),
    /// All that are so far away and have no name here.
    Others(Elsewhere),
}

impl Outside {
    /// Its code, and how a reader knows it.
    pub fn told(self, study: &Study) -> (Option<AreaCode>, Message) {
        match self {
            Outside::Named(code) => (Some(code), Message::as_written(study.authority_name(code))),
            Outside::Others(far) => (
                None,
                match far {
                    Elsewhere::SameRegion => msg!("journeys-far-region"),
                    Elsewhere::England => msg!("journeys-far-england"),
                    Elsewhere::OtherNation => msg!("journeys-far-nation"),
                    Elsewhere::Abroad => msg!("journeys-far-abroad"),
                    Elsewhere::Unsaid => msg!("journeys-far-unsaid"),
                },
            ),
        }
    }

    /// What the ledger of releases knows it by.
    pub fn key(self) -> String {
        match self {
            Outside::Named(code) => code.to_string(),
            Outside::Others(far) => format!("{far:?}"),
        }
    }
}

/// A way that a journey can go, seen from the partnership.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Way {
    /// Within one of its authorities.
    Within,
    /// From one of its authorities to another.
    Between,
    /// Out of it, to a place by position.
    To(usize),
    /// Into it, from a place by position.
    From(usize),
    /// Into it, nobody knows from where.
    FromNobodyKnows,
    /// Out of one of its authorities, nobody knows to where.
    ToNobodyKnows,
}

/// A kind of service, or several that are told together.
#[derive(Clone, Debug)]
pub(super) struct KindOf {
    /// How a reader knows it.
    pub label: Message,
    /// What the ledger of releases knows it by.
    pub key: String,
    /// What it means to be helped in one's own authority.
    pub within: Within,
    /// People by way; a way that the return does not tell is not there.
    pub people: BTreeMap<Way, Cell<u64>>,
    /// Whether the return tells who went out, and who came in.
    pub tells: [bool; 2],
}

/// All of a return, sorted.
#[derive(Clone, Debug)]
pub(super) struct Sorted {
    /// The kinds of service.
    pub kinds: Vec<KindOf>,
    /// Places that people went to.
    pub went_to: Vec<Outside>,
    /// Places that people came from.
    pub came_from: Vec<Outside>,
}

/// Whether the partnership has several authorities.
pub(super) fn several_authorities(study: &Study) -> bool {
    study.about.authorities.len() > 1
}

/// The other end of a journey out of the partnership, or into it.
fn outside(flow: &Flow) -> Option<(bool, Whence)> {
    match (flow.from, flow.to) {
        (Whence::Own(_), end @ (Whence::Authority(_) | Whence::Elsewhere(_))) => Some((true, end)),
        (end @ (Whence::Authority(_) | Whence::Elsewhere(_)), Whence::Own(_)) => Some((false, end)),
        _ => None,
    }
}

impl Sorted {
    pub fn new(study: &Study, journeys: &Journeys, spans: &[Period], named: bool) -> Self {
        let flows: Vec<&Flow> = journeys.flows.iter().filter(|f| spans.contains(&f.period)).collect();
        let place = |end: Whence, named: &BTreeSet<AreaCode>| match end {
            Whence::Authority(code) if named.contains(&code) => Outside::Named(code),
            Whence::Authority(code) => Outside::Others(study.how_far(code)),
            Whence::Elsewhere(far) => Outside::Others(far),
            Whence::Own(_) | Whence::NotKnown => Outside::Others(Elsewhere::Unsaid),
        };
        let [to, from] = [true, false].map(|out| if named { of_many(&flows, out) } else { BTreeSet::new() });
        let places = |out: bool, named: &BTreeSet<AreaCode>| -> Vec<Outside> {
            let ends = flows.iter().filter_map(|f| outside(f)).filter(|(o, _)| *o == out);
            let all: BTreeSet<Outside> = ends.map(|(_, end)| place(end, named)).collect();
            all.into_iter().collect()
        };
        let (went_to, came_from) = (places(true, &to), places(false, &from));
        let at = |list: &[Outside], own: Outside| list.iter().position(|p| *p == own).unwrap_or(0);
        let way = |flow: &Flow| match (flow.from, flow.to, outside(flow)) {
            (.., Some((true, end))) => Some(Way::To(at(&went_to, place(end, &to)))),
            (.., Some((false, end))) => Some(Way::From(at(&came_from, place(end, &from)))),
            (Whence::Own(Some(a)), Whence::Own(Some(b)), None) if a != b => Some(Way::Between),
            (Whence::Own(_), Whence::Own(_), None) => Some(Way::Within),
            (Whence::NotKnown, Whence::Own(_), None) => Some(Way::FromNobodyKnows),
            (Whence::Own(_), Whence::NotKnown, None) => Some(Way::ToNobodyKnows),
            _ => None,
        };
        let of_id = |id: &str| {
            let mut people: BTreeMap<Way, Vec<Cell<u64>>> = BTreeMap::new();
            for flow in flows.iter().filter(|f| f.service == id) {
                people.entry(way(flow).unwrap_or(Way::Within)).or_default().push(flow.people);
            }
            let people = people.into_iter().map(|(way, cells)| (way, Cell::sum(&cells))).collect();
            filled(people, journeys.complete, went_to.len(), came_from.len())
        };
        let kinds = kinds_told(study, &flows, named).into_iter().map(|(ids, kind)| {
            let each: Vec<Told> = ids.iter().map(|id| of_id(id)).collect();
            kind.of(&each)
        });
        Self { kinds: kinds.collect(), went_to, came_from }
    }
}

/// Authorities with enough people in one direction, those with the most first where they are too many.
fn of_many(flows: &[&Flow], out: bool) -> BTreeSet<AreaCode> {
    let mut sums: BTreeMap<AreaCode, u64> = BTreeMap::new();
    for flow in flows {
        if let Some((o, Whence::Authority(code))) = outside(flow)
            && o == out
        {
            *sums.entry(code).or_default() += flow.people.known().unwrap_or(0);
        }
    }
    let mut many: Vec<(AreaCode, u64)> = sums.into_iter().filter(|(_, n)| *n >= FEWEST_NAMED).collect();
    many.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), *code));
    many.into_iter().take(MOST_NAMED).map(|(code, _)| code).collect()
}

/// The kinds of service of a return, each with the ids that it stands for.
///
/// How many people come to a kind of safe accommodation tells how much of it is here, and that there is any. Of one that fewer than three services of the
/// catalogue give, it is told together with another kind at least.
fn kinds_told<'f>(study: &Study, flows: &[&'f Flow], named: bool) -> Vec<(Vec<&'f str>, KindOf)> {
    let present: BTreeSet<&str> = flows.iter().map(|f| f.service.as_str()).collect();
    // On the day of the study, whatever the months of the return are.
    let day = study.about.as_of.unwrap_or(study.about.period.last).last_day();
    let order = |id: &&str| service_types().iter().position(|t| t.id == *id);
    let mut ids: Vec<&'f str> = present.into_iter().collect();
    ids.sort_by_key(order);
    let is_few = |id: &str| service_type(id).is_some_and(|t| t.confidential && study.confidential_on(t, &day).len() < FEWEST_CONFIDENTIAL);
    let mut together: Vec<&'f str> = ids.iter().copied().filter(|id| !named && is_few(id)).collect();
    if !together.is_empty() {
        together.extend(ids.iter().copied().find(|id| service_type(id).is_some_and(|t| !t.confidential)));
    }
    let is_open = |id: &&str| service_type(id).is_some_and(|t| !t.confidential);
    let kind = |label: Message, key: &str, within: Within| KindOf {
        label,
        key: key.to_owned(),
        within,
        people: BTreeMap::new(),
        tells: [false; 2],
    };
    // Where no other kind hides those that are few, nothing is told apart.
    let hides_none = !together.is_empty() && !together.iter().any(is_open);
    if ids.len() == together.len() || hides_none || ids == [""] {
        return vec![(ids, kind(msg!("journeys-all-kinds"), "", Within::Either))];
    }
    let by_itself = ids.iter().copied().filter(|id| !together.contains(id)).map(|id| match service_type(id) {
        None => (vec![id], kind(msg!("journeys-kind-unsaid"), id, Within::Either)),
        Some(t) => {
            let within = if t.confidential { Within::Moved } else { Within::Stayed };
            (vec![id], kind(Message::as_written(&t.label), &t.id, within))
        }
    });
    let mut told: Vec<(Vec<&'f str>, KindOf)> = by_itself.collect();
    if !together.is_empty() {
        told.push((together, kind(msg!("journeys-other-kinds"), "others", Within::Either)));
    }
    told
}

/// People of one id by way, and whether the return tells who went out, and who came in.
type Told = (BTreeMap<Way, Cell<u64>>, [bool; 2]);

/// Ways without a row: nobody, where the return says that it is complete, or tells others of their direction; else not there.
fn filled(mut people: BTreeMap<Way, Cell<u64>>, complete: bool, to: usize, from: usize) -> Told {
    let tells = |of: fn(&Way) -> bool| complete || people.keys().any(of);
    let (out, into) = (tells(|w| matches!(w, Way::To(_))), tells(|w| matches!(w, Way::From(_))));
    let own = tells(|w| matches!(w, Way::Within | Way::Between));
    let places = (0..to).filter(|_| out).map(Way::To).chain((0..from).filter(|_| into).map(Way::From));
    for way in places.chain([Way::Within, Way::Between].into_iter().filter(|_| own)) {
        people.entry(way).or_insert(Cell::Known(0));
    }
    (people, [out, into])
}

impl KindOf {
    /// The same of these ids added up: what one of them does not tell is not known of all.
    fn of(self, each: &[Told]) -> Self {
        let ways: BTreeSet<Way> = each.iter().flat_map(|(people, _)| people.keys().copied()).collect();
        let unknown = |way: &Way| matches!(way, Way::FromNobodyKnows | Way::ToNobodyKnows);
        let one =
            |(people, _): &Told, way: &Way| people.get(way).copied().unwrap_or(if unknown(way) { Cell::Known(0) } else { Cell::Missing });
        let sum = |way: Way| (way, Cell::sum(&each.iter().map(|told| one(told, &way)).collect::<Vec<_>>()));
        let people = ways.into_iter().map(sum).collect();
        Self { people, tells: [0, 1].map(|i| each.iter().all(|(_, tells)| tells[i])), ..self }
    }
}
