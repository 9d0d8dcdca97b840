//! One kind of service: who lives within reach, area by area.

use std::collections::BTreeSet;

use super::{Coverage, residents_by_reach, site_not_known};
use crate::analyses::Figure;
use crate::analyses::draft::{Draft, Released, Telling};
use crate::analyses::words::slug;
use crate::model::{AreaClass, AreaClasses, Arg, Body, ClassTotal, Message, Reach, WhyNotKnown, beside_not_known};
use crate::msg;
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
    let (label, within, plural) = (&facts.label, &facts.within, facts.geography.plural());
    let (headline, mut sentences) = match total {
        Cell::Known(all) => words(facts, all, &totals),
        _ => (msg!("coverage-headline", label = label), vec![]),
    };
    let out = facts.reach.contains(&Reach::OutOfReach);
    sentences.extend(match (facts.complete, out) {
        (true, _) => Some(msg!("coverage-complete")),
        (false, true) => Some(msg!("coverage-incomplete")),
        (false, false) => None,
    });
    Telling {
        headline,
        subtitle: match facts.weighted {
            true => msg!("coverage-subtitle-weighted", label = label, within = within, plural = plural),
            false => msg!("coverage-subtitle", label = label, within = within, plural = plural),
        },
        sentences,
        figures: Figure::in_text("reach", within),
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

/// Headline and sentences of how many residents are reached, of so many.
fn words(facts: &AreaFacts, all: u64, totals: &[ClassTotal]) -> (Message, Vec<Message>) {
    let (label, within, area) = (&facts.label, &facts.within, &facts.area_name);
    let of = |class: Reach| totals.iter().find(|t| t.class == class).and_then(|t| t.residents.known()).unwrap_or(0);
    let share = |n: u64| Arg::share(n as f64 / (all.max(1)) as f64, 0);
    let (site, remote, out, unknown) = (of(Reach::Site), of(Reach::WithoutSite), of(Reach::OutOfReach), of(Reach::NotKnown));
    if unknown == all {
        let sentence = match facts.listed {
            true => msg!("coverage-not-known-listed", label = label, area = area),
            false => msg!("coverage-not-known-no-record", label = label, area = area),
        };
        return (msg!("coverage-headline-not-known", label = label), vec![sentence]);
    }
    let headline = match (out, unknown) {
        (0, 1..) => msg!("coverage-headline-partly", label = label, unknown = unknown),
        (0, 0) if remote == all => msg!("coverage-headline-comes", label = label),
        (0, 0) if remote > 0 => msg!("coverage-headline-site-or-comes", label = label, share = share(site)),
        (0, 0) => msg!("coverage-headline-site", label = label),
        (n, _) if facts.agreed => msg!("coverage-headline-far", label = label, far = n),
        (n, _) => msg!("coverage-headline-no-site", label = label, far = n),
    };
    let site_too = || Arg::Key(if facts.site_not_known { "unknown" } else { "none" });
    let comes = match remote {
        0 => None,
        _ if remote == all => Some(msg!("coverage-comes-to-all", comes = remote, within = within, site_too = site_too())),
        _ if site > 0 => {
            Some(msg!("coverage-comes-to-more", comes = remote, share = share(remote), within = within, site_too = site_too()))
        }
        _ => {
            let (share, site_too) = (share(remote), site_too());
            Some(msg!("coverage-comes", comes = remote, residents = all, share = share, within = within, site_too = site_too))
        }
    };
    let mut sentences = Vec::new();
    sentences.extend((site > 0).then(|| msg!("coverage-site", site = site, residents = all, share = share(site), within = within)));
    sentences.extend(comes);
    sentences.extend((out > 0).then(|| msg!("coverage-far", far = out, residents = all, share = share(out))));
    sentences.extend((out > 0 && !facts.agreed).then(|| msg!("coverage-wide")));
    sentences.extend((unknown > 0).then(|| msg!("coverage-unknown", unknown = unknown, share = share(unknown))));
    (headline, sentences)
}
