//! One kind of service: who lives within reach, area by area.

use std::collections::BTreeSet;

use super::{Coverage, residents_by_reach, site_not_known};
use crate::analyses::Figure;
use crate::analyses::draft::{Draft, Released, Telling};
use crate::analyses::words::{decimal, slug, thousands};
use crate::model::{AreaClass, AreaClasses, Body, ClassTotal, Reach, WhyNotKnown, beside_not_known};
use crate::sources::ServiceType;
use crate::study::{Provision, Reached, Study};
use crate::units::{AreaCode, Cell, Geography};

impl Coverage {
    pub(super) fn by_area(&self, study: &Study, provision: &Provision, kind: &ServiceType) -> Draft {
        let reached = provision.reach(kind);
        let facts = AreaFacts {
            id: kind.id.clone(),
            label: kind.label.clone(),
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            areas: study.areas.list.iter().map(|a| (a.code, a.name.clone())).collect(),
            residents: study.areas.residents("all"),
            weighted: study.areas.list.iter().all(|a| a.centre_is_weighted),
            within: provision.within(kind),
            complete: provision.complete(kind),
            agreed: provision.judges_distance(kind),
            listed: provision.on_record(kind),
            why_not_known: (0..reached.len())
                .filter(|i| reached[*i].reach == Reach::NotKnown)
                .map(|i| provision.why_not_known(kind, i))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            site_not_known: reached.iter().any(Reached::hides_site),
            reach: reached.iter().map(|r| r.reach).collect(),
        };
        Draft::new(self.head(study, provision, &slug(&kind.id)), residents_by_reach(study, &reached), facts, tell_area)
    }
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
    why_not_known: Vec<WhyNotKnown>,
    /// Whether a service comes to some, and nobody knows whether they have a site in reach too.
    site_not_known: bool,
    reach: Vec<Reach>,
}

fn tell_area(facts: &AreaFacts, released: &Released) -> Telling {
    let rows = facts.areas.iter().zip(&facts.residents).zip(&facts.reach).map(|(((code, name), residents), class)| AreaClass {
        code: *code,
        name: name.clone(),
        class: *class,
        residents: residents.map_or(Cell::Missing, Cell::Known),
    });
    let cells = site_not_known(facts.site_not_known, beside_not_known((0..Reach::ALL.len()).map(|i| released.at(i, 0)).collect()));
    let totals: Vec<ClassTotal> = Reach::ALL.iter().zip(cells).map(|(class, residents)| ClassTotal { class: *class, residents }).collect();
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
            headline = match (out, unknown) {
                (0, 1..) => format!("{}: not known who is reached for {} residents", facts.label, thousands(unknown)),
                (0, 0) if remote == all => format!("{}: comes to everybody, or helps by phone", facts.label),
                (0, 0) if remote > 0 => format!("{}: a site in reach for {} %, and it comes to the others", facts.label, percent(site)),
                (0, 0) => format!("{}: a site in reach of everybody", facts.label),
                (n, _) if facts.agreed => format!("{}: {} residents beyond reach of a listed site", facts.label, thousands(n)),
                (n, _) => format!("{}: {} residents without a listed site {within}", facts.label, thousands(n)),
            };
            let (near, elsewhere) = (thousands(site), thousands(remote));
            let site_too = if facts.site_not_known {
                format!("; whether they have a site {within} is not known")
            } else {
                format!("; they have no listed site {within}")
            };
            if site > 0 {
                sentences.push(format!("{near} of {} residents ({} %) have a site {within}.", thousands(all), percent(site)));
            }
            if remote == all {
                sentences.push(format!("To all {elsewhere} residents the service comes, or it helps them by phone or online{site_too}."));
            } else if remote > 0 {
                let of_all = if site > 0 { "more".to_owned() } else { format!("of {} residents", thousands(all)) };
                sentences.push(format!(
                    "To {elsewhere} {of_all} ({} %) the service comes, or it helps them by phone or online{site_too}.",
                    percent(remote)
                ));
            }
            if out > 0 {
                sentences.push(format!(
                    "{} of {} ({} %) are beyond reach of every listed service.",
                    thousands(out),
                    thousands(all),
                    percent(out)
                ));
            }
            if out > 0 && !facts.agreed {
                sentences.push("A service of this kind often serves a wide area from one place, and the plan does not say how far is too far: this is no gap by itself.".into());
            }
            if unknown > 0 {
                sentences.push(format!("For {} ({} %) it is not known.", thousands(unknown), percent(unknown)));
            }
        }
    }
    let mut figures = Figure::in_text("reach", within);
    if let Cell::Known(all) = total {
        figures.push(Figure::new("residents", all as f64));
        figures
            .extend(totals.iter().filter_map(|t| Some(Figure::new("share of residents", t.residents.known()? as f64 / all.max(1) as f64))));
    }
    let out = facts.reach.contains(&Reach::OutOfReach);
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
        figures,
        body: Body::AreaClasses(AreaClasses {
            geography: facts.geography,
            measure: facts.label.clone(),
            service_type: facts.id.clone(),
            rows: rows.collect(),
            totals,
            within: within.clone(),
            agreed: facts.agreed,
            why_not_known: facts.why_not_known.clone(),
        }),
    }
}
