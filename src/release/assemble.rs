//! The document of a study: its frame, and what the door let through.

use std::collections::BTreeSet;

use super::ledger::released_line;
use super::release::Pack;
use crate::analyses::ANALYSES;
use crate::model::{Finding, Findings, Frame, Method, Outline, PublicSite, ReleasePolicy, SourceLine, Tier, VERSION};
use crate::study::{Area, Study};
use crate::units::{Cell, Sensitivity};
use crate::words::Texts;

/// The document of a study and its pack, in these words.
pub fn document(study: &Study, policy: &ReleasePolicy, pack: Pack, texts: &Texts) -> Findings {
    let about = &study.about;
    let position = |name: &str| study.sources.iter().position(|s| s.name == name);
    // A line whose source is not found is treated as restricted.
    let sensitivity = |name: &str| position(name).map_or(Sensitivity::Restricted, |i| study.sources[i].sensitivity);
    // Rows are events unless a column counts them: then the number of rows is a number of its own.
    let events = |name: &str| {
        let dataset = study.datasets.iter().find(|d| Some(d.source) == position(name))?;
        let line = study.ledger.iter().find(|l| l.source == name)?;
        let same = dataset.total(&Default::default()) == line.kept;
        Some(pack.totals.get(&dataset.source).copied().filter(|_| same).unwrap_or(Cell::Withheld))
            .filter(|_| sensitivity(name) == Sensitivity::Restricted)
    };
    let rule = policy.rule();
    // What a lookup of one's own calls a place is told only where every lookup is open.
    let names_are_open = study.sources.iter().filter(|s| s.kind == "lookup").all(|s| s.sensitivity == Sensitivity::Open);
    // The services of a catalogue less those that are listed are those with a secret address, and how many there are of a kind is told only of three and more.
    let secret: BTreeSet<usize> = study.catalogue.confidential.iter().flat_map(|s| s.sources.iter().copied().chain([s.source])).collect();
    let hides = |name: &str| position(name).is_none_or(|i| secret.contains(&i));
    let ledger =
        study.ledger.iter().map(|line| released_line(line, sensitivity(&line.source), hides(&line.source), &rule, events(&line.source)));
    let ledger = ledger.collect();
    // What a restricted catalogue lists is not for everybody, even where its address is no secret.
    let may_list = |source: usize| policy.tier != Tier::Public || study.sources[source].sensitivity == Sensitivity::Open;
    let last_day = about.period.last.last_day();
    let sites = study.catalogue.public.iter().filter(|s| may_list(s.source)).flat_map(|s| {
        let state = s.state_on(&last_day);
        s.sites.iter().map(move |site| PublicSite {
            service: s.id.clone(),
            name: s.name.clone(),
            types: s.types.clone(),
            easting_m: site.bng.easting_m.round() as i32,
            northing_m: site.bng.northing_m.round() as i32,
            state,
        })
    });
    let sources = study.sources.iter().map(|s| SourceLine {
        name: s.name.clone(),
        kind: s.kind.into(),
        title: s.title.clone(),
        sensitivity: s.sensitivity,
        attribution: s.attribution.clone(),
        keeps: vec![],
        files: vec![],
    });
    let document = Findings {
        version: VERSION,
        engine: env!("CARGO_PKG_VERSION").into(),
        frame: Frame {
            title: about.title.clone(),
            area_name: about.area_name.clone(),
            authority_kind: about.authority_kind,
            authorities: about.authorities.clone(),
            geography: about.geography,
            period: about.period,
            invented: about.invented.all(),
            invented_part: about.invented.part().to_owned(),
            draft: false,
            ledger_begun_anew: vec![],
            commentary: vec![],
            action_plan: Default::default(),
            reasons: Default::default(),
            measured: Default::default(),
            residents: study
                .areas
                .population_source
                .filter(|s| study.is_open_source(*s))
                .and_then(|_| study.areas.residents("all").into_iter().sum::<Option<f64>>()),
            unanswered: vec![],
        },
        policy: policy.clone(),
        sources: sources.collect(),
        ledger,
        breaks: study.breaks.clone(),
        findings: vec![],
        restricted: pack.restricted,
        since: None,
        methods: vec![],
        sites: sites.collect(),
        // What a restricted catalogue lists is named to nobody who may not read it.
        public_places: study
            .public_places
            .iter()
            .filter(|p| study.catalogue.public.iter().any(|s| s.id == p.id && s.sources().into_iter().all(&may_list)))
            .cloned()
            .collect(),
        harmless_columns: study.harmless_columns.clone(),
        outlines: study.areas.list.iter().map(|a| outline(a, names_are_open)).collect(),
    };
    with(document, pack.findings.into_iter().map(|told| texts.written(told)).collect(), texts)
}

/// Adds findings and the methods that they came by.
fn with(mut document: Findings, findings: Vec<Finding>, texts: &Texts) -> Findings {
    for kind in ANALYSES.iter().filter(|k| findings.iter().any(|f| f.analysis == k.name)) {
        document.methods.push(Method { analysis: kind.name.into(), question: texts.say(&kind.question()), card: kind.card.into() });
    }
    document.findings = findings;
    // Words from data may give two questions one id: figures and tables are found by it, so each has its own.
    let mut taken = std::collections::BTreeSet::new();
    for finding in &mut document.findings {
        let id = std::mem::take(&mut finding.id);
        let mut names = std::iter::once(id.clone()).chain((2..).map(|n| format!("{id}-{n}")));
        finding.id = names.find(|name| taken.insert(name.clone())).unwrap_or(id.clone());
    }
    document
}

/// A shape in whole metres. Corners that fall together are merged; a ring that is left with fewer than three is dropped.
fn outline(area: &Area, names_are_open: bool) -> Outline {
    let ring = |ring: &geo::LineString<f64>| {
        let mut corners: Vec<(i32, i32)> = ring.coords().map(|c| (c.x.round() as i32, c.y.round() as i32)).collect();
        corners.dedup();
        if corners.first() == corners.last() {
            corners.pop();
        }
        corners
    };
    let polygon = |p: &geo::Polygon<f64>| -> Vec<Vec<(i32, i32)>> {
        std::iter::once(p.exterior()).chain(p.interiors()).map(ring).filter(|r| r.len() > 2).collect()
    };
    let polygons = area.shape.iter().map(polygon).filter(|p| !p.is_empty()).collect();
    let within = if names_are_open { area.within.clone() } else { vec![] };
    Outline { code: area.code, name: area.name.clone(), within, polygons }
}
