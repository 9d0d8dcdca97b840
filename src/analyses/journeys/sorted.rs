//! Journeys by kind of service and direction, with the places that may be told.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Kind, Kinds};
use crate::model::{Message, Within};
use crate::msg;
use crate::study::{Elsewhere, Flow, Heading, Journeys, Study, Whence};
use crate::units::{AreaCode, Cell, Period};

/// A place outside the partnership, as it may be told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Outside {
    /// By its name.
    Named(AreaCode),
    /// All of a region or a nation that have no name here.
    In(Elsewhere),
}

impl Outside {
    /// Its code, and how a reader knows it.
    pub fn told(self, study: &Study) -> (Option<AreaCode>, Message) {
        match self {
            Outside::Named(code) => (Some(code), Message::as_written(study.authority_name(code))),
            Outside::In(far) => (None, far_message(far)),
        }
    }

    /// What the ledger of releases knows it by.
    pub fn key(self) -> String {
        match self {
            Outside::Named(code) => code.to_string(),
            Outside::In(Elsewhere::Region(code)) => format!("in {code}"),
            Outside::In(far) => format!("{far:?}"),
        }
    }
}

fn far_message(far: Elsewhere) -> Message {
    match far {
        Elsewhere::Region(code) => match code.as_str() {
            "E12000001" => msg!("journeys-far-north-east"),
            "E12000002" => msg!("journeys-far-north-west"),
            "E12000003" => msg!("journeys-far-yorkshire"),
            "E12000004" => msg!("journeys-far-east-midlands"),
            "E12000005" => msg!("journeys-far-west-midlands"),
            "E12000006" => msg!("journeys-far-east"),
            "E12000007" => msg!("journeys-far-london"),
            "E12000008" => msg!("journeys-far-south-east"),
            "E12000009" => msg!("journeys-far-south-west"),
            _ => msg!("journeys-far-england"),
        },
        Elsewhere::England => msg!("journeys-far-england"),
        Elsewhere::Wales => msg!("journeys-far-wales"),
        Elsewhere::Scotland => msg!("journeys-far-scotland"),
        Elsewhere::NorthernIreland => msg!("journeys-far-northern-ireland"),
        Elsewhere::Abroad => msg!("journeys-far-abroad"),
        Elsewhere::Unsaid => msg!("journeys-far-unsaid"),
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
    /// Whether kinds are told in one sum.
    pub in_one: bool,
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
fn outside(flow: &Flow) -> Option<(Heading, Whence)> {
    match flow.heading()? {
        Heading::Within => None,
        Heading::Out => Some((Heading::Out, flow.to)),
        Heading::In => Some((Heading::In, flow.from)),
    }
}

/// Places in one direction, each with how it is told.
struct Places {
    of: BTreeMap<Whence, Outside>,
    list: Vec<Outside>,
}

impl Places {
    /// By the names that the plan gives, and by region or nation. Neither a name nor a region is told or left out for how many people there are: what is told
    /// of a named authority may be that there is nobody. Only where a place would tell of few services it is told with others.
    fn new(study: &Study, flows: &[&Flow], heading: Heading, named: &BTreeSet<AreaCode>, kinds: &Kinds) -> Self {
        let ends: BTreeSet<Whence> = flows.iter().filter_map(|f| outside(f)).filter(|o| o.0 == heading).map(|o| o.1).collect();
        let regions = study.tells_regions(named);
        let plain = |end: Whence| match end {
            Whence::Authority(code) => match study.how_far(code) {
                Elsewhere::Region(_) if !regions => Elsewhere::England,
                far => far,
            },
            Whence::Elsewhere(far) => far,
            Whence::Own(_) | Whence::NotKnown => Elsewhere::Unsaid,
        };
        let to_or_from = |of: &dyn Fn(Whence) -> bool| -> Vec<&Flow> {
            flows.iter().copied().filter(|f| outside(f).is_some_and(|(h, end)| h == heading && of(end))).collect()
        };
        let hides = |there: &[&Flow]| if heading == Heading::In { kinds.gives_away(there) } else { kinds.gives_away_there(there) };
        let by_name = |end: Whence| match end {
            Whence::Authority(code) if named.contains(&code) && !hides(&to_or_from(&|e| e == end)) => Some(code),
            _ => None,
        };
        let names: BTreeMap<Whence, Option<AreaCode>> = ends.iter().map(|e| (*e, by_name(*e))).collect();
        let in_region = |far: Elsewhere| to_or_from(&|e| plain(e) == far && names.get(&e).is_none_or(Option::is_none));
        let told = |end: Whence| match names.get(&end).copied().flatten() {
            Some(code) => Outside::Named(code),
            // Of a region or a nation, nobody asks how many services there are: there are many.
            None if heading == Heading::In && kinds.gives_away(&in_region(plain(end))) => Outside::In(Elsewhere::Unsaid),
            None => Outside::In(plain(end)),
        };
        let of: BTreeMap<Whence, Outside> = ends.iter().map(|e| (*e, told(*e))).collect();
        // A named authority without a row has one here: that it stands in the table then tells nothing.
        let asked = named.iter().filter(|c| !ends.is_empty() && !ends.contains(&Whence::Authority(**c))).map(|c| Outside::Named(*c));
        let list: BTreeSet<Outside> = of.values().copied().chain(asked).collect();
        Self { of, list: list.into_iter().collect() }
    }

    fn at(&self, end: Whence) -> usize {
        let own = self.of.get(&end);
        self.list.iter().position(|p| Some(p) == own).unwrap_or(0)
    }
}

impl Sorted {
    /// `None` where nothing of it may be told: nearly all are of kinds that few services give.
    pub fn new(study: &Study, journeys: &Journeys, spans: &[Period], named: &BTreeSet<AreaCode>, by_kind: bool) -> Option<Self> {
        let flows: Vec<&Flow> = journeys.flows.iter().filter(|f| spans.contains(&f.period)).collect();
        let kinds = Kinds::new(study, &flows, by_kind)?;
        let [to, from] = [Heading::Out, Heading::In].map(|heading| Places::new(study, &flows, heading, named, &kinds));
        let way = |flow: &Flow| match (flow.from, flow.to, outside(flow)) {
            (.., Some((Heading::Out, end))) => Some(Way::To(to.at(end))),
            (.., Some((_, end))) => Some(Way::From(from.at(end))),
            (Whence::Own(Some(a)), Whence::Own(Some(b)), None) if a != b => Some(Way::Between),
            (Whence::Own(_), Whence::Own(_), None) => Some(Way::Within),
            (Whence::NotKnown, Whence::Own(_), None) => Some(Way::FromNobodyKnows),
            (Whence::Own(_), Whence::NotKnown, None) => Some(Way::ToNobodyKnows),
            _ => None,
        };
        let of_id = |id: &str| {
            let mut people: BTreeMap<Way, Vec<Cell<u64>>> = BTreeMap::new();
            for flow in flows.iter().filter(|f| f.service == id) {
                if let Some(way) = way(flow) {
                    people.entry(way).or_default().push(flow.people);
                }
            }
            let people = people.into_iter().map(|(way, cells)| (way, Cell::sum(&cells))).collect();
            filled(people, journeys.complete, to.list.len(), from.list.len())
        };
        let told = kinds.told.into_iter().map(|kind| {
            let each: Vec<Told> = kind.ids.iter().map(|id| of_id(id)).collect();
            KindOf::new(kind, &each)
        });
        Some(Self { kinds: told.collect(), in_one: !by_kind || !kinds.few.is_empty(), went_to: to.list, came_from: from.list })
    }
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
    fn new(kind: Kind<'_>, each: &[Told]) -> Self {
        let ways: BTreeSet<Way> = each.iter().flat_map(|(people, _)| people.keys().copied()).collect();
        let unknown = |way: &Way| matches!(way, Way::FromNobodyKnows | Way::ToNobodyKnows);
        let one =
            |(people, _): &Told, way: &Way| people.get(way).copied().unwrap_or(if unknown(way) { Cell::Known(0) } else { Cell::Missing });
        let sum = |way: Way| (way, Cell::sum(&each.iter().map(|told| one(told, &way)).collect::<Vec<_>>()));
        let people = ways.into_iter().map(sum).collect();
        let tells = [0, 1].map(|i| each.iter().all(|(_, tells)| tells[i]));
        Self { label: kind.label, key: kind.key, within: kind.within, people, tells }
    }
}
