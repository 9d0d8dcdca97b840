use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::network_share::network_shares;
use super::words::slug;
use crate::model::{Arg, Body, Journeys, JourneysOfKind, Message, NetworkShare, ShareTold, Text};
use crate::msg;
use crate::sources::{service_type, service_types};
use crate::study::{self, FEWEST_PEOPLE, HelpedOfKind, Study};
use crate::units::{Period, Polarity};

/// The settings of a `journeys` analysis.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct JourneySettings {}

impl Analysis for JourneySettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        if !study.tells_journeys() {
            return vec![];
        }
        study.journeys.iter().filter_map(|journeys| draft(study, journeys)).collect()
    }

    fn unanswered(&self, study: &Study) -> Option<(Message, Message)> {
        if study.journeys.is_empty() {
            return None;
        }
        Some(if study.tells_journeys() {
            (msg!("unanswered-journeys-few", people = FEWEST_PEOPLE), msg!("unanswered-journeys-few-next"))
        } else {
            (msg!("unanswered-journeys-beside"), msg!("unanswered-journeys-beside-next"))
        })
    }
}

/// Nothing where no share of any kind is told.
fn draft(study: &Study, journeys: &study::Journeys) -> Option<Draft> {
    let order = |id: &str| service_types().iter().position(|t| t.id == id).unwrap_or(usize::MAX);
    let mut kinds: Vec<JourneysOfKind> = journeys.kinds.iter().map(|kind| told(study, kind)).collect();
    kinds.sort_by_key(|k| order(&k.service_type));
    // That somebody was helped by a kind of which nothing is told is nobody's business.
    kinds.retain(|k| k.came.is_told() || k.went.is_told());
    if kinds.is_empty() {
        return None;
    }
    let source = study.source_ref(journeys.source);
    let head = DraftHead {
        id: format!("journeys/{}", slug(&source.name)),
        analysis: "journeys",
        sources: vec![source],
        period: journeys.period,
        polarity: Polarity::Ambiguous,
        status: "recorded".into(),
        caveats: vec![
            msg!("journeys-caveat-need"),
            msg!("journeys-caveat-residents"),
            msg!("journeys-caveat-quarters", people = FEWEST_PEOPLE),
            msg!("journeys-caveat-kinds"),
        ],
    };
    let facts = Facts {
        area_name: study.about.area_name.clone(),
        period: journeys.period,
        body: Journeys { kinds, network: network_shares(study) },
    };
    let shares = || facts.body.kinds.iter().flat_map(|k| [(k, "came", k.came), (k, "went", k.went)]);
    let table = CountTable::column(shares().map(|(.., told)| told.percent()));
    let table = table.named(shares().map(|(k, way, _)| format!("{}: {way}", k.service_type))).in_quarters();
    Some(Draft::new(head, table, facts, tell))
}

fn told(study: &Study, kind: &HelpedOfKind) -> JourneysOfKind {
    let label = service_type(&kind.service).map_or_else(|| Text::from(msg!("journeys-no-kind")), |t| Text::from(t.label.clone()));
    let [came, went] = if study.tells_journeys_of(&kind.service) { kind.came_and_went() } else { [ShareTold::NotTold; 2] };
    JourneysOfKind { service_type: kind.service.clone(), label, came, went }
}

struct Facts {
    area_name: String,
    period: Period,
    body: Journeys,
}

/// How the messages tell a share.
fn how(told: ShareTold) -> Arg {
    Arg::Key(match told {
        ShareTold::UnderAQuarter => "lowest",
        ShareTold::QuarterToHalf | ShareTold::HalfToThreeQuarters => "between",
        ShareTold::ThreeQuartersOrMore => "highest",
        ShareTold::NotTold => "not-told",
        ShareTold::NotKnown => "not-known",
    })
}

/// From and to, of those that the messages tell: nobody reads of 0% or of 100%.
fn limits(told: ShareTold) -> [Arg; 2] {
    let (from, to) = told.limits().unwrap_or((0.0, 1.0));
    [from, to].map(|share| if share > 0.0 && share < 1.0 { Arg::share(share, 0) } else { Arg::Key("untold") })
}

/// What a kind of service is called.
fn name(kind: &JourneysOfKind) -> Message {
    kind.label.message().cloned().unwrap_or_else(|| Message::as_written(kind.label.as_str()))
}

/// The largest share that is told is the news: of two kinds that are alike the first.
fn headline(kinds: &[JourneysOfKind]) -> Message {
    let largest = |share: fn(&JourneysOfKind) -> ShareTold| {
        let told = kinds.iter().filter(|k| share(k).is_told());
        told.fold(None, |most: Option<&JourneysOfKind>, k| if most.is_some_and(|m| share(m) >= share(k)) { most } else { Some(k) })
    };
    match (largest(|k| k.came), largest(|k| k.went)) {
        (Some(k), _) => {
            let [from, to] = limits(k.came);
            msg!("journeys-headline-came", kind = name(k), how = how(k.came), from = from, to = to)
        }
        (None, Some(k)) => {
            let [from, to] = limits(k.went);
            msg!("journeys-headline-went", kind = name(k), how = how(k.went), from = from, to = to)
        }
        (None, None) => msg!("journeys-headline-not-known"),
    }
}

/// The kinds as the release left them.
fn released(facts: &Facts, released: &Released) -> Vec<JourneysOfKind> {
    let at = |row: usize, told: ShareTold| match released.at(row, 0).known() {
        Some(percent) => ShareTold::up_to(percent).unwrap_or(ShareTold::NotTold),
        None if told.is_told() => ShareTold::NotTold,
        None => told,
    };
    let of = |(i, k): (usize, &JourneysOfKind)| JourneysOfKind { came: at(2 * i, k.came), went: at(2 * i + 1, k.went), ..k.clone() };
    facts.body.kinds.iter().enumerate().map(of).collect()
}

fn tell(facts: &Facts, left: &Released) -> Telling {
    let kinds = released(facts, left);
    let of_kind = |k: &JourneysOfKind| -> [Message; 2] {
        let area = &facts.area_name;
        let ([came_from, came_to], [went_from, went_to]) = (limits(k.came), limits(k.went));
        [
            msg!("journeys-came", kind = name(k), area = area, how = how(k.came), from = came_from, to = came_to),
            msg!("journeys-went", kind = name(k), area = area, how = how(k.went), from = went_from, to = went_to),
        ]
    };
    let mut sentences: Vec<Message> = kinds.iter().flat_map(of_kind).collect();
    if let [first, second] = facts.body.network.as_slice() {
        let places = |n: &NetworkShare| Arg::Number(n.places, 1);
        sentences.push(msg!("journeys-network", area = &facts.area_name, benchmark = places(first), demand = places(second)));
    }
    Telling {
        headline: headline(&kinds),
        subtitle: msg!("journeys-subtitle", area = &facts.area_name, period = facts.period),
        sentences,
        figures: vec![],
        body: Body::Journeys(Journeys { kinds, network: facts.body.network.clone() }),
    }
}
