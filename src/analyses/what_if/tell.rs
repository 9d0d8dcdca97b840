//! A scenario told, from released counts only.

use super::gaps::Moved;
use super::groups::MOST_DEPRIVED;
use crate::analyses::GAP_TESTS;
use crate::analyses::access::OpenWhen;
use crate::analyses::draft::{Released, Telling};
use crate::model::{
    Arg, Body, ClassTotal, Message, Reach, Text, WhatIf, WhatIfAccess, WhatIfArea, WhatIfGap, WhatIfGroup, beside_not_known,
};
use crate::msg;
use crate::units::{Cell, Geography, mid_sentence};

/// What everyone may know.
pub(super) struct Facts {
    pub area_name: String,
    pub geography: Geography,
    pub scenario: String,
    pub kind: String,
    pub service_type: String,
    pub open: OpenWhen,
    pub within: String,
    pub net_range: Option<(f64, f64)>,
    pub draws: usize,
    pub reach_varies: f64,
    pub capacity: Option<(f64, f64, String)>,
    pub rows: Vec<WhatIfArea>,
    pub access: Option<WhatIfAccess>,
    pub groups: Vec<String>,
    pub gaps: Vec<Moved>,
    /// Whether what follows from where a changed service is may be told.
    pub open_to_all: bool,
}

fn open_words(open: OpenWhen) -> &'static str {
    match open {
        OpenWhen::Any => "",
        OpenWhen::Evening => "in the evening",
        OpenWhen::Night => "at night",
        OpenWhen::Weekend => "at the weekend",
    }
}

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let classes = Reach::ALL.len();
    let totals = |from: usize| -> Vec<ClassTotal> {
        let parts = beside_not_known((0..classes).map(|i| released.at(from + i, 0)).collect());
        Reach::ALL.into_iter().zip(parts).map(|(class, residents)| ClassTotal { class, residents }).collect()
    };
    // Beside people of whom it is not known, nobody is not known to be nobody.
    let unsettled = [classes - 1, 2 * classes].iter().any(|row| released.at(*row, 0) != Cell::Known(0));
    let settled = |cell: Cell<u64>| if unsettled && cell == Cell::Known(0) { Cell::Missing } else { cell };
    let (gained, lost) = (settled(released.at(2 * classes + 2, 0)), settled(released.at(2 * classes + 3, 0)));
    let known = gained.known().is_some() || lost.known().is_some();
    let body = WhatIf {
        geography: facts.geography,
        scenario: facts.scenario.clone(),
        kind: facts.kind.clone(),
        service_type: facts.service_type.clone(),
        open: open_words(facts.open).into(),
        before: totals(0),
        after: totals(classes + 1),
        gained,
        lost,
        net_range: facts.net_range.filter(|_| known),
        draws: facts.draws,
        reach_varies: facts.reach_varies,
        capacity: facts.capacity.as_ref().map(|c| (c.0, c.1)),
        capacity_unit: facts.capacity.as_ref().map_or(String::new(), |c| c.2.clone()),
        access: facts.access.clone(),
        groups: groups(facts, released, 2 * classes + 4),
        gaps: gaps(facts, released, 2 * classes + 4 + 3 * facts.groups.len()),
        rows: facts.rows.clone(),
    };
    let noise = body.inside_the_noise();
    let mut sentences = if known { change(facts, &body) } else { vec![] };
    if let Some((before, after, unit)) = facts.capacity.as_ref().filter(|(before, after, _)| before != after) {
        let number = |x: f64| Arg::Number(x, 0);
        sentences.push(msg!("what-if-capacity", before = number(*before), after = number(*after), unit = unit));
    }
    sentences.extend(if known { access(&body) } else { None });
    sentences.extend(of_groups(&body));
    sentences.extend(of_gaps(&body));
    Telling {
        headline: headline(facts, gained.known(), lost.known(), noise),
        subtitle: msg!("what-if-subtitle", kind = &facts.kind, open = facts.open.key(), within = &facts.within, area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::WhatIf(body),
    }
}

fn headline(facts: &Facts, gained: Option<u64>, lost: Option<u64>, noise: Option<bool>) -> Message {
    let scenario = &facts.scenario;
    match (gained, lost, noise) {
        (Some(0), Some(0), _) => msg!("what-if-headline-none", scenario = scenario),
        (None, None, _) => msg!("what-if-headline-not-known", scenario = scenario),
        (_, _, Some(true)) => msg!("what-if-headline-noise", scenario = scenario),
        (Some(gained), None | Some(0), _) => msg!("what-if-headline-gain", scenario = scenario, gained = gained),
        (None | Some(0), Some(lost), _) => msg!("what-if-headline-lose", scenario = scenario, lost = lost),
        (Some(gained), Some(lost), _) => msg!("what-if-headline-both", scenario = scenario, gained = gained, lost = lost),
    }
}

/// Who gains and who loses, and whether that outlives a reach that is a little shorter or longer.
fn change(facts: &Facts, body: &WhatIf) -> Vec<Message> {
    let (scenario, kind, within) = (&facts.scenario, &facts.kind, &facts.within);
    let open = || facts.open.key();
    let mut told = Vec::new();
    told.extend(
        body.gained.known().map(|n| msg!("what-if-gain", scenario = scenario, gained = n, kind = kind, open = open(), within = within)),
    );
    told.extend(body.lost.known().map(|n| msg!("what-if-lose", scenario = scenario, lost = n, kind = kind, open = open())));
    if let (Some((low, high)), Some(noise)) = (body.net_range, body.inside_the_noise()) {
        let verdict = Arg::Key(match (noise, body.gained == Cell::Known(0) && body.lost == Cell::Known(0)) {
            (_, true) => "none",
            (true, _) => "noise",
            (false, _) => "clear",
        });
        let (low, high) = (Arg::Number(low.round(), 0), Arg::Number(high.round(), 0));
        let (reach, share) = (Arg::share(facts.reach_varies, 0), Arg::share(DRAWS_INSIDE, 0));
        told.push(msg!("what-if-range", reach = reach, low = low, high = high, share = share, verdict = verdict));
    }
    for gains in [true, false] {
        let better = |r: &&WhatIfArea| (r.after == Reach::Site) == gains && (r.before == Reach::Site) != gains;
        let mut rows: Vec<&WhatIfArea> = body.rows.iter().filter(better).collect();
        rows.sort_by(|a, b| b.residents.known().unwrap_or(0.0).total_cmp(&a.residents.known().unwrap_or(0.0)));
        let names: Vec<&str> = rows.iter().take(MOST_NAMED).map(|r| r.name.as_str()).collect();
        told.extend(match (gains, rows.len() > MOST_NAMED) {
            _ if rows.is_empty() => None,
            (true, false) => Some(msg!("what-if-gainers", names = names)),
            (true, true) => Some(msg!("what-if-gainers-among", names = names)),
            (false, false) => Some(msg!("what-if-losers", names = names)),
            (false, true) => Some(msg!("what-if-losers-among", names = names)),
        });
    }
    told
}

/// So many areas are named in a sentence.
const MOST_NAMED: usize = 5;
/// The share of draws that the range of gained less lost holds.
const DRAWS_INSIDE: f64 = 0.95;

/// So many gaps are named.
const GAPS_NAMED: usize = 6;

fn groups(facts: &Facts, released: &Released, from: usize) -> Vec<WhatIfGroup> {
    let at = |row: usize| released.at(row, 0);
    let group = |(i, name): (usize, &String)| WhatIfGroup {
        group: name.clone(),
        all: at(from + 3 * i),
        before: at(from + 3 * i + 1),
        after: at(from + 3 * i + 2),
    };
    facts.groups.iter().enumerate().map(group).collect()
}

fn gaps(facts: &Facts, released: &Released, from: usize) -> Vec<WhatIfGap> {
    let people = |row: usize, known: Option<u64>| match (facts.open_to_all, known) {
        (true, Some(_)) => released.at(row, 0),
        _ => Cell::NotApplicable,
    };
    let gap = |(i, m): (usize, &Moved)| WhatIfGap {
        id: m.id.clone(),
        dimension: m.dimension.clone(),
        subject: m.subject.clone(),
        who: if facts.open_to_all { m.who.clone() } else { Text::default() },
        unit: m.unit.clone(),
        before: m.before.0,
        after: m.after.0,
        people_before: people(from + 2 * i, m.before.1),
        people_after: people(from + 2 * i + 1, m.after.1),
    };
    facts.gaps.iter().enumerate().map(gap).collect()
}

/// What there would be for each person, where that changes.
fn access(body: &WhatIf) -> Option<Message> {
    let access = body.access.as_ref().filter(|a| a.areas_more + a.areas_less > 0)?;
    let number = |x: f64| Arg::Number(x, 1);
    Some(msg!(
        "what-if-access",
        before = number(access.mean.0),
        after = number(access.mean.1),
        unit = &access.unit,
        more = access.areas_more,
        less = access.areas_less
    ))
}

/// The group whose share within reach changes most, and the most deprived fifth.
fn of_groups(body: &WhatIf) -> Vec<Message> {
    let shares = |g: &WhatIfGroup| {
        let all = g.all.known().filter(|n| *n > 0)? as f64;
        Some((g.before.known()? as f64 / all, g.after.known()? as f64 / all))
    };
    let change = |g: &WhatIfGroup| shares(g).map_or(0.0, |(a, b)| (b - a).abs());
    let most = body.groups.iter().filter(|g| change(g) > 0.0).max_by(|a, b| change(a).total_cmp(&change(b)));
    let deprived = body.groups.iter().find(|g| g.group == MOST_DEPRIVED && change(g) > 0.0);
    let mut told: Vec<&WhatIfGroup> = most.into_iter().chain(deprived).collect();
    told.dedup_by_key(|g| g.group.clone());
    let say = |g: &WhatIfGroup| {
        let (before, after) = shares(g)?;
        Some(msg!("what-if-group", group = &g.group, before = Arg::share(before, 0), after = Arg::share(after, 0)))
    };
    told.into_iter().filter_map(say).collect()
}

/// A test as people know it.
fn label(dimension: &str) -> String {
    GAP_TESTS.iter().find(|t| t.id == dimension).map_or_else(|| dimension.to_owned(), |t| mid_sentence(t.label))
}

/// Gaps that would open, and gaps that would close.
fn of_gaps(body: &WhatIf) -> Vec<Message> {
    let name = |g: &WhatIfGap| {
        let subject = g.subject.message().cloned().unwrap_or_else(|| Message::as_written(g.subject.as_str()));
        msg!("what-if-gap", subject = subject, test = Arg::Name(label(&g.dimension)))
    };
    let list = |gaps: Vec<&WhatIfGap>| -> Vec<Message> { gaps.into_iter().take(GAPS_NAMED).map(name).collect() };
    let (opened, closed): (Vec<&WhatIfGap>, Vec<&WhatIfGap>) = (body.opened().collect(), body.closed().collect());
    let mut told = Vec::new();
    if !opened.is_empty() {
        told.push(msg!("what-if-gaps-opened", gaps = opened.len(), names = list(opened)));
    }
    if !closed.is_empty() {
        told.push(msg!("what-if-gaps-closed", gaps = closed.len(), names = list(closed)));
    }
    told
}
