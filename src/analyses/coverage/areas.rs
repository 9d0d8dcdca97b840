//! One kind of service: who lives within reach, area by area.

use super::{Coverage, residents_by_reach};
use crate::analyses::Figure;
use crate::analyses::draft::{Draft, Released, Telling};
use crate::analyses::words::{decimal, slug, thousands};
use crate::model::{AreaClass, AreaClasses, Body, ClassTotal, Reach};
use crate::sources::ServiceType;
use crate::study::Study;
use crate::units::{AreaCode, Cell, Geography};

impl Coverage {
    pub(super) fn by_area(&self, study: &Study, kind: &ServiceType) -> Draft {
        let reach = self.reach(study, kind, &study.about.period.last.last_day());
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
    let mut figures = Figure::in_text("reach", within);
    if let Cell::Known(all) = total {
        figures.push(Figure::new("residents", all as f64));
        figures
            .extend(totals.iter().filter_map(|t| Some(Figure::new("share of residents", t.residents.known()? as f64 / all.max(1) as f64))));
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
        figures,
        body: Body::AreaClasses(AreaClasses {
            geography: facts.geography,
            measure: facts.label.clone(),
            service_type: facts.id.clone(),
            rows: rows.collect(),
            totals,
        }),
    }
}
