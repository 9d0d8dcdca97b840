use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::{Area, Service, Study};
use crate::units::Bng;

/// From this distance on a site is in nobody's reach, in metres.
const FAR_M: f64 = 25_000.0;

/// A site far from everybody whom its service serves has a slip in its coordinates, such as a minus sign that was lost: believed, it would leave its
/// people without a service.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    let areas = &study.areas.list;
    // One that is offered everywhere may stand anywhere: it is told once, of all of them.
    let (anywhere, somewhere): (Vec<&Service>, Vec<&Service>) = study.catalogue.public.iter().partition(|s| s.area_served.is_everywhere());
    for service in somewhere {
        let served: Vec<&Area> = areas.iter().filter(|a| service.area_served.takes_in(a)).collect();
        let far = service.sites.iter().filter(|s| !served.is_empty() && is_far(s.bng, &served)).count();
        if far > 0 {
            let said = said::sites_of_a_service_far_away(&service.id, far, service.sites.len(), FAR_M / 1000.0);
            problems.warn_said(Code::S303, service.place.clone(), said);
        }
    }
    let all: Vec<&Area> = areas.iter().collect();
    let far = anywhere.iter().flat_map(|s| &s.sites).filter(|s| is_far(s.bng, &all)).count();
    if far > 0 {
        let said = said::sites_far_away(far, FAR_M / 1000.0);
        problems.warn_said(Code::S303, Place::file("the catalogue"), said);
    }
}

fn is_far(site: Bng, areas: &[&Area]) -> bool {
    areas.iter().all(|a| a.centre.distance_m(site) >= FAR_M)
}
