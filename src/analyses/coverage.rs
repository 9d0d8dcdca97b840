use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::body::{AreaClass, AreaClasses, Body, ClassTotal, Reach, Row, Shares};
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::words::{decimal, slug, thousands};
use crate::sources::{Delivery, ServiceStatus, ServiceType, service_types};
use crate::study::{Service, Study, Travel};
use crate::units::{AreaCode, Cell, Geography, Period, Polarity};

/// The settings of a `coverage` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Coverage {
    /// A site is within reach up to this straight-line distance, in metres. There is no national standard: look at several.
    pub reach_m: f64,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured: `straight-line`, or a mode of the plan's travel times such as `walk`, `drive` or `public-transport`.
    pub by: String,
    /// Straight lines are taken to be so many times as long as the way: 1.3 is usual in towns. 1 leaves them as they are.
    pub detour: f64,
    /// With travel times, a site is within reach up to so many minutes.
    pub reach_minutes: f64,
    /// The types to tell; those of the catalogue and the core of the typology where the list is empty.
    pub types: Vec<String>,
}

impl Default for Coverage {
    fn default() -> Self {
        Self {
            reach_m: 3000.0,
            reach_m_by_type: BTreeMap::new(),
            by: "straight-line".into(),
            detour: 1.0,
            reach_minutes: 30.0,
            types: vec![],
        }
    }
}

impl Analysis for Coverage {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let types: Vec<&ServiceType> = service_types().iter().filter(|t| self.tells(study, t)).collect();
        let mut drafts: Vec<Draft> = types.iter().filter(|t| !t.confidential).map(|t| self.by_area(study, t)).collect();
        if !types.is_empty() {
            drafts.insert(0, self.summary(study, &types));
        }
        drafts
    }
}

impl Coverage {
    pub(super) fn tells(&self, study: &Study, kind: &ServiceType) -> bool {
        if !self.types.is_empty() {
            return self.types.contains(&kind.id);
        }
        let listed = study.catalogue.public.iter().any(|s| s.types.contains(&kind.id))
            || study.catalogue.confidential.iter().any(|s| s.types.contains(&kind.id));
        listed || kind.core
    }

    pub(super) fn reach_m(&self, kind: &ServiceType) -> f64 {
        self.reach_m_by_type.get(&kind.id).copied().unwrap_or(self.reach_m)
    }

    /// Travel times of the mode that is asked for; `None` for straight lines, and where the plan has none of that mode.
    pub(super) fn travel<'s>(&self, study: &'s Study) -> Option<&'s Travel> {
        study.travel.iter().find(|t| t.mode == self.by)
    }

    /// How the way is measured, for a caption: `within 3.0 km in a straight line`.
    pub(super) fn within(&self, study: &Study, kind: &ServiceType) -> String {
        let metres = self.reach_m(kind);
        let km = decimal(metres / 1000.0, usize::from(metres % 1000.0 != 0.0));
        match self.travel(study) {
            Some(t) => {
                let way = match t.mode.as_str() {
                    "walk" => "on foot",
                    "drive" => "by car",
                    other => other,
                };
                format!("within {} minutes, {way}", decimal(self.reach_minutes, 0))
            }
            None if self.detour > 1.0 => format!("within {km} km, a straight line taken {} times", decimal(self.detour, 1)),
            None => format!("within {km} km in a straight line"),
        }
    }

    /// Whether a service has a site within reach of an area.
    pub(super) fn near(&self, study: &Study, kind: &ServiceType, service: usize, area: usize) -> bool {
        let found = &study.catalogue.public[service];
        match self.travel(study) {
            Some(t) if t.known[area] => t.minutes[area][service].is_some_and(|m| f64::from(m) <= self.reach_minutes),
            Some(_) => false,
            None => {
                found.sites.iter().any(|s| s.bng.distance_m(study.areas.list[area].centre) * self.detour.max(1.0) <= self.reach_m(kind))
            }
        }
    }

    /// Whether each area is reached by a type of service: three-valued, and how.
    pub(super) fn reach(&self, study: &Study, kind: &ServiceType) -> Vec<Reach> {
        let running = |s: &&Service| matches!(s.status, ServiceStatus::Active | ServiceStatus::Unknown);
        let services: Vec<(usize, &Service)> =
            study.catalogue.public.iter().enumerate().filter(|(_, s)| s.types.contains(&kind.id)).filter(|(_, s)| running(s)).collect();
        let travel = self.travel(study);
        let complete = study.catalogue.complete.contains(&kind.id);
        study
            .areas
            .list
            .iter()
            .enumerate()
            .map(|(at, area)| {
                let here: Vec<&(usize, &Service)> = services.iter().filter(|s| s.1.area_served.takes_in(area)).collect();
                let near = here.iter().any(|s| self.near(study, kind, s.0, at));
                let comes_to_them = here.iter().any(|s| s.1.delivery.iter().any(|d| *d != Delivery::Site));
                // A site that somebody runs somewhere, we do not know where, may be near.
                let somewhere = here.iter().any(|s| s.1.sites.is_empty() && s.1.delivery.iter().all(|d| *d == Delivery::Site));
                // An area that is on no street, or that a table of times does not name, is not out of reach: nobody knows.
                let off_the_map = travel.is_some_and(|t| !t.known[at]) && here.iter().any(|s| !s.1.sites.is_empty());
                if near {
                    Reach::Site
                } else if comes_to_them {
                    Reach::WithoutSite
                } else if somewhere || off_the_map || (here.is_empty() && !complete) {
                    Reach::NotKnown
                } else {
                    Reach::OutOfReach
                }
            })
            .collect()
    }

    fn head(&self, study: &Study, what: &str) -> DraftHead {
        let services = study.catalogue.public.iter().map(|s| s.source).chain(study.catalogue.confidential.iter().map(|s| s.source));
        let times = self.travel(study).map(|t| t.source);
        let mut sources: Vec<usize> = services.chain(study.areas.population_source).chain(times).collect();
        sources.sort_unstable();
        sources.dedup();
        DraftHead {
            id: format!("coverage/{what}"),
            analysis: "coverage",
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: Period { first: study.about.period.last, last: study.about.period.last },
            polarity: Polarity::Better,
            status: "population".into(),
            caveats: vec![
                match self.travel(study) {
                    Some(_) => "Travel times are those of the plan's network or table, from one centre for each area; an area that is on no street is not known.".into(),
                    None if self.by == "straight-line" => "Distance is measured in a straight line, not along streets or by bus, and from one centre for each area.".into(),
                    None => format!("The plan holds no travel times of the mode `{}`: distance is measured in a straight line.", self.by),
                },
                "A site within reach may be full, closed at the hour of need, or not for everyone. This map does not say that anybody was helped.".into(),
                "“Not known” means that the catalogue holds no record that settles it. It never means none.".into(),
            ],
        }
    }

    /// Whether somebody says how far is too far: people expect the kind near where they live, or the plan gives it a distance of its own.
    pub(super) fn judges_distance(&self, kind: &ServiceType) -> bool {
        kind.near || self.reach_m_by_type.contains_key(&kind.id)
    }

    fn by_area(&self, study: &Study, kind: &ServiceType) -> Draft {
        let reach = self.reach(study, kind);
        let facts = AreaFacts {
            id: kind.id.clone(),
            label: kind.label.clone(),
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            residents: study.areas.residents("all"),
            weighted: study.areas.list.iter().all(|a| a.centre_is_weighted),
            within: self.within(study, kind),
            complete: study.catalogue.complete.contains(&kind.id),
            agreed: self.judges_distance(kind),
            listed: study.catalogue.public.iter().any(|s| s.types.contains(&kind.id)),
            reach,
        };
        Draft::new(self.head(study, &slug(&kind.id)), residents_by_reach(study, &facts.reach), facts, tell_area)
    }

    /// Residents by type of service and reach; confidential types only by capacity, and only where three or more are counted.
    fn summary(&self, study: &Study, types: &[&ServiceType]) -> Draft {
        let mut rows = Vec::new();
        let mut facts = SummaryFacts { area_name: study.about.area_name.clone(), labels: vec![], confidential: vec![] };
        for kind in types {
            if kind.confidential {
                let services: Vec<_> = study.catalogue.confidential.iter().filter(|s| s.types.contains(&kind.id)).collect();
                let capacity: Option<f64> = services.iter().map(|s| s.capacity).sum();
                let unit = services.iter().find_map(|s| s.capacity_unit.clone()).unwrap_or_else(|| "places".into());
                let enough = services.len() >= FEWEST_CONFIDENTIAL;
                facts.confidential.push(ConfidentialType {
                    label: kind.label.clone(),
                    counted: services.len().min(FEWEST_CONFIDENTIAL),
                    capacity: capacity.filter(|_| enough),
                    unit,
                });
                continue;
            }
            facts.labels.push(kind.label.clone());
            let counts = residents_by_reach(study, &self.reach(study, kind));
            rows.push(counts.counts().iter().take(Reach::ALL.len()).copied().collect());
        }
        Draft::new(self.head(study, "summary"), CountTable::new(rows), facts, tell_summary)
    }
}

/// Fewer confidential services than this are not counted in any output.
pub(super) const FEWEST_CONFIDENTIAL: usize = 3;

/// Residents in each class of reach, then the total.
fn residents_by_reach(study: &Study, reach: &[Reach]) -> CountTable {
    let residents = study.areas.residents("all");
    let count = |class: Reach| -> Option<u64> {
        let here = reach.iter().zip(&residents).filter(|(r, _)| **r == class);
        here.map(|(_, n)| n.map(|n| n.round() as u64)).sum()
    };
    CountTable::column(Reach::ALL.map(count)).with_total_row()
}

struct AreaFacts {
    id: String,
    label: String,
    area_name: String,
    geography: Geography,
    areas: Vec<(AreaCode, String)>,
    residents: Vec<Option<f64>>,
    weighted: bool,
    within: String,
    complete: bool,
    /// Whether people expect it near where they live, or the plan says how far is too far for it.
    agreed: bool,
    /// Whether the catalogue has any record of the kind.
    listed: bool,
    reach: Vec<Reach>,
}

fn tell_area(facts: &AreaFacts, released: &Released) -> Telling {
    let rows = facts.areas.iter().zip(&facts.residents).zip(&facts.reach).map(|(((code, name), residents), class)| AreaClass {
        code: *code,
        name: name.clone(),
        class: *class,
        residents: residents.map_or(Cell::Missing, Cell::Known),
    });
    let totals: Vec<ClassTotal> =
        Reach::ALL.iter().enumerate().map(|(i, class)| ClassTotal { class: *class, residents: released.at(i, 0) }).collect();
    let total = released.at(Reach::ALL.len(), 0);
    let within = &facts.within;
    let mut sentences = Vec::new();
    let mut headline = format!("{}: who lives within reach", facts.label);
    if let Cell::Known(all) = total {
        let of = |class: Reach| totals.iter().find(|t| t.class == class).and_then(|t| t.residents.known()).unwrap_or(0);
        let percent = |n: u64| decimal(100.0 * n as f64 / (all.max(1)) as f64, 0);
        let (site, remote, out, unknown) = (of(Reach::Site), of(Reach::WithoutSite), of(Reach::OutOfReach), of(Reach::NotKnown));
        if unknown == all {
            headline = format!("{}: we do not know who is reached", facts.label);
            let why = if facts.listed {
                "The catalogue lists this kind of service, and does not say where it is, how it reaches people, or that it runs here."
            } else {
                "The catalogue holds no record of this kind of service. That is not known to be none: ask before saying so."
            };
            sentences.push(format!("{}: who is reached in {} is not known. {why}", facts.label, facts.area_name));
        } else {
            headline = match out {
                0 => format!("{}: nobody is known to be out of reach", facts.label),
                n if facts.agreed => format!("{}: {} residents out of reach of a listed site", facts.label, thousands(n)),
                n => format!("{}: {} residents without a listed site {within}", facts.label, thousands(n)),
            };
            let (near, elsewhere) = (thousands(site), thousands(remote));
            if site > 0 || remote < all {
                sentences.push(format!("{near} of {} residents ({} %) have a site {within}.", thousands(all), percent(site)));
            }
            if remote == all {
                sentences
                    .push(format!("No resident has a site {within}; all {elsewhere} residents are served by outreach, phone or online."));
            } else if remote > 0 {
                sentences.push(format!(
                    "{elsewhere} more ({} %) have no site {within}, and are served by outreach, phone or online.",
                    percent(remote)
                ));
            }
            if out > 0 {
                sentences.push(format!("{} ({} %) are out of reach.", thousands(out), percent(out)));
            }
            if out > 0 && !facts.agreed {
                sentences.push("A service of this kind often serves a wide area from one place, and the plan does not say how far is too far: this is no gap by itself.".into());
            }
            if unknown > 0 {
                sentences.push(format!("For {} ({} %) it is not known.", thousands(unknown), percent(unknown)));
            }
        }
    }
    let out = totals.iter().any(|t| t.class == Reach::OutOfReach && t.residents != Cell::Known(0));
    match (facts.complete, out) {
        (true, _) => sentences.push("The plan says that the catalogue lists every service of this kind.".into()),
        (false, true) => {
            sentences.push("A service that the catalogue does not list may be nearer: ask before saying that there is none.".into())
        }
        (false, false) => {}
    }
    let centre = if facts.weighted {
        "population-weighted centres"
    } else {
        "the middle of each area, or its population-weighted centre where one is given"
    };
    let subtitle = format!("{}: sites {within} of {centre}, {}", facts.label, facts.geography.plural());
    Telling {
        headline,
        subtitle,
        sentences,
        body: Body::AreaClasses(AreaClasses {
            geography: facts.geography,
            measure: facts.label.clone(),
            service_type: facts.id.clone(),
            rows: rows.collect(),
            totals,
        }),
    }
}

struct SummaryFacts {
    area_name: String,
    labels: Vec<String>,
    confidential: Vec<ConfidentialType>,
}

/// What may be said of a type whose services keep their address secret.
struct ConfidentialType {
    label: String,
    /// How many services, counted no further than [`FEWEST_CONFIDENTIAL`].
    counted: usize,
    /// Their capacity together, where enough of them are counted and all give one.
    capacity: Option<f64>,
    unit: String,
}

fn tell_summary(facts: &SummaryFacts, released: &Released) -> Telling {
    let rows: Vec<Row> =
        facts.labels.iter().enumerate().map(|(i, label)| Row { code: None, label: label.clone(), cells: released.row(i) }).collect();
    let all_unknown = rows.iter().filter(|r| r.cells.iter().take(3).all(|c| *c == Cell::Known(0))).count();
    let mut sentences = vec![format!(
        "Of {} types of service that were asked about, the catalogue tells for {} who is reached in {}, at least in part; for {all_unknown} it is not known.",
        rows.len(),
        rows.len() - all_unknown,
        facts.area_name
    )];
    for ConfidentialType { label, counted, capacity, unit } in &facts.confidential {
        sentences.push(match (*counted, capacity) {
            (0, _) => format!("{label}: not known from this catalogue."),
            (FEWEST_CONFIDENTIAL, Some(capacity)) => format!(
                "{label}: {} {unit} in {FEWEST_CONFIDENTIAL} or more services, all addresses confidential. Survivors move between areas to be safe, so this is a share of a national network and not a local sufficiency.",
                decimal(*capacity, 0)
            ),
            (FEWEST_CONFIDENTIAL, None) => format!("{label}: {FEWEST_CONFIDENTIAL} or more services; their capacity is not known."),
            _ => format!(
                "{label}: there is provision; numbers are withheld, because fewer than {FEWEST_CONFIDENTIAL} services are counted."
            ),
        });
    }
    Telling {
        headline: "Who lives within reach of each kind of service".into(),
        subtitle: format!("Residents by reach and type of service, {}", facts.area_name),
        sentences,
        body: Body::Shares(Shares {
            row_heading: "Type of service".into(),
            unit: "residents".into(),
            parts: Reach::ALL.iter().map(|r| r.label().to_owned()).collect(),
            rows,
            in_steps: false,
        }),
    }
}
