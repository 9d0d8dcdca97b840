//! Classes of reach as a map draws them, the most in need of a look first.

use std::collections::{BTreeMap, BTreeSet};

use super::kit::{CONTEXT, DOTTED, HATCH, NOT_KNOWN, ORANGE, PLAIN};
use crate::model::{AreaClasses, Body, Finding, Findings, Outline, Reach};
use crate::units::AreaCode;

/// A class of areas on a map of reach.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Shade {
    /// Beyond reach, and surely in the highest third by what is recorded for residents.
    HighNeed,
    /// Beyond reach of a listed site, of a kind of which somebody says how far is too far.
    Beyond,
    /// Without a listed site within the distance that was looked at, of a kind of which nobody says how far is too far: no gap by itself.
    NoSiteNear,
    /// A service comes to people, or helps by phone or online.
    Comes,
    /// A site is in reach.
    InReach,
    /// The catalogue does not tell.
    NotKnown,
}

impl Shade {
    /// Its fill. Each differs from the others in grey too: solid, hatched, dotted, plain, with question marks.
    pub(super) fn fill(self) -> &'static str {
        match self {
            Shade::HighNeed => ORANGE,
            Shade::Beyond => HATCH,
            Shade::NoSiteNear => PLAIN,
            Shade::Comes => DOTTED,
            Shade::InReach => CONTEXT,
            Shade::NotKnown => NOT_KNOWN,
        }
    }

    /// How a legend names it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Shade::HighNeed => "beyond reach, and a high recorded rate",
            Shade::Beyond => "beyond reach of a listed site",
            Shade::NoSiteNear => "no listed site so near; how far is too far is not agreed",
            Shade::Comes => Reach::WithoutSite.label(),
            Shade::InReach => Reach::Site.label(),
            Shade::NotKnown => Reach::NotKnown.label(),
        }
    }
}

/// Areas that are surely in the highest third by what is recorded for residents, whatever is in reach there.
fn surely_high(need: Option<&Finding>) -> BTreeSet<AreaCode> {
    match need.map(|n| &n.body) {
        // Those that may be so high by chance are not named, and not marked either.
        Some(Body::NeedAccess(b)) => b.rows.iter().filter(|r| r.need_third == Some(2) && r.surely_high()).map(|r| r.code).collect(),
        _ => BTreeSet::new(),
    }
}

/// What is recorded beside the reach of a kind of service: the finding that its map takes.
pub(in crate::outputs) fn need_beside<'f>(findings: &'f Findings, kind: &str) -> Option<&'f Finding> {
    findings.findings.iter().find(|f| f.analysis == "need-access" && f.id.rsplit('/').next() == Some(kind))
}

/// Areas that the map of reach of a kind may mark for a high recorded rate, and of what that rate is.
pub(in crate::outputs) fn high_need(findings: &Findings, kind: &str) -> (BTreeSet<AreaCode>, String) {
    let need = need_beside(findings, kind);
    let rate = need.map_or(String::new(), |n| if let Body::NeedAccess(b) = &n.body { b.need.clone() } else { String::new() });
    (surely_high(need), rate)
}

/// The class of each area: of those that have a row, and of those that only have an outline, of which nothing is known.
pub(super) fn shades(findings: &Findings, body: &AreaClasses, need: Option<&Finding>) -> BTreeMap<AreaCode, Shade> {
    let high = surely_high(need);
    let shade = |code: &AreaCode, class: Reach| match class {
        Reach::OutOfReach if !body.agreed => Shade::NoSiteNear,
        Reach::OutOfReach if high.contains(code) => Shade::HighNeed,
        Reach::OutOfReach => Shade::Beyond,
        Reach::WithoutSite => Shade::Comes,
        Reach::Site => Shade::InReach,
        Reach::NotKnown => Shade::NotKnown,
    };
    let mut all: BTreeMap<AreaCode, Shade> = findings.outlines.iter().map(|o| (o.code, Shade::NotKnown)).collect();
    all.extend(body.rows.iter().map(|r| (r.code, shade(&r.code, r.class))));
    all
}

/// How many areas have each class that occurs, in their order.
pub(super) fn counts(shades: &BTreeMap<AreaCode, Shade>) -> BTreeMap<Shade, usize> {
    let mut counts = BTreeMap::new();
    shades.values().for_each(|s| *counts.entry(*s).or_insert(0) += 1);
    counts
}

/// The outlines of each class that occurs.
pub(super) fn by_shade<'f>(findings: &'f Findings, shades: &BTreeMap<AreaCode, Shade>) -> BTreeMap<Shade, Vec<&'f Outline>> {
    let mut by: BTreeMap<Shade, Vec<&Outline>> = BTreeMap::new();
    for outline in &findings.outlines {
        let shade = shades.get(&outline.code).copied().unwrap_or(Shade::NotKnown);
        by.entry(shade).or_default().push(outline);
    }
    by
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{Findings, PublicSite, ServiceState};
    use crate::outputs::figures::ground::tests::squares;

    /// Twelve squares, eleven of them with a class; findings of reach and of need beside access.
    pub(in crate::outputs) fn study() -> (Findings, Finding, Finding) {
        let outlines = squares(12, 4);
        let classes = [Reach::OutOfReach; 4].into_iter().chain([Reach::WithoutSite; 2]).chain([Reach::Site; 5]);
        let rows: Vec<serde_json::Value> = outlines
            .iter()
            .zip(classes)
            .map(|(o, class)| serde_json::json!({"code": o.code, "name": o.name, "class": class, "residents": {"known": 1500.0}}))
            .collect();
        let finding = |id: &str, body: serde_json::Value| -> Finding {
            let value = serde_json::json!({
                "id": id, "analysis": "coverage", "headline": "", "subtitle": "", "sentences": [], "caveats": [], "status": "recorded",
                "polarity": "ambiguous", "period": {"first": "2025-01", "last": "2025-12"}, "sources": [],
                "release": {"door": "open", "because": "", "withheld": 0, "rounded-to": 1}, "body": body
            });
            serde_json::from_value(value).unwrap()
        };
        let reach = serde_json::json!({
            "shape": "area-classes", "geography": "lsoa", "measure": "Drop-in", "service-type": "drop_in", "rows": rows, "totals": []
        });
        // Need is high in the first area, and in one with a site in reach.
        let need_row = |o: &Outline, third: u8| {
            serde_json::json!({
                "code": o.code, "name": o.name, "high-chance": if third == 2 { 0.9 } else { 0.1 }, "count": {"known": 9}, "residents": {"known": 1500.0}, "need": {"known": 6.0},
                "value": "missing", "reach": "out-of-reach", "need-third": third, "access-class": 0
            })
        };
        let need = serde_json::json!({
            "shape": "need-access", "geography": "lsoa", "need": "Violence", "need-unit": "per 1,000 residents", "per": 1000.0,
            "need-cuts": [2.0, 5.0], "access": "Drop-in", "access-unit": "places", "access-cut": 1.0,
            "rows": [need_row(&outlines[0], 2), need_row(&outlines[1], 1), need_row(&outlines[8], 2)],
            "unlocated": {"known": 0}, "total": {"known": 27}
        });
        let site = |name: &str, kind: &str, east: i32, state| PublicSite {
            service: name.into(),
            name: name.into(),
            types: vec![kind.into()],
            easting_m: east,
            northing_m: 1500,
            state,
        };
        let sites = vec![
            site("Drop-in, North", "drop_in", 1200, ServiceState::Running),
            site("Drop-in, South", "drop_in", 1250, ServiceState::Running),
            site("Drop-in, far", "drop_in", 90_000, ServiceState::Running),
            site("Closed", "drop_in", 2000, ServiceState::Ended),
            site("Counselling", "counselling", 2000, ServiceState::Running),
        ];
        let study = serde_json::json!({
            "version": 1, "engine": "", "frame": {
                "title": "", "area-name": "Here", "authority-kind": "unitary", "authorities": [], "geography": "lsoa",
                "period": {"first": "2025-01", "last": "2025-12"}, "invented": true
            },
            "policy": crate::model::ReleasePolicy::default(), "sources": [], "ledger": [], "breaks": [], "findings": [], "methods": [],
            "sites": sites, "outlines": outlines
        });
        (serde_json::from_value(study).unwrap(), finding("coverage/drop-in", reach), finding("need-access/drop-in", need))
    }
}
