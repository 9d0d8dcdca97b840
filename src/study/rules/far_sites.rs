use crate::diagnostics::{Code, Place, Problems, said};
use crate::study::{Service, Study};
use crate::units::Bng;

/// From this distance on a site is in nobody's reach, in metres.
const FAR_M: f64 = 25_000.0;

/// A site far from everybody whom its service serves has a slip in its coordinates, such as a minus sign that was lost: believed, it would leave its
/// people without a service.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    let areas = &study.areas.list;
    let nearest_m = |site: Bng| areas.iter().map(|a| a.centre.distance_m(site)).fold(f64::INFINITY, f64::min);
    // Only of services that say whom they serve: one that is offered everywhere may stand anywhere.
    let serves_here = |s: &&Service| !s.area_served.is_everywhere() && areas.iter().any(|a| s.area_served.takes_in(a));
    for service in study.catalogue.public.iter().filter(serves_here) {
        let away_m = service.sites.iter().map(|s| nearest_m(s.bng)).fold(f64::INFINITY, f64::min);
        if service.sites.is_empty() || away_m < FAR_M {
            continue;
        }
        let said = said::site_far_away(&service.id, FAR_M / 1000.0);
        problems.warn(Code::S303, service.place.clone(), said.what, said.next);
    }
    let sites = study.catalogue.public.iter().filter(|s| s.area_served.is_everywhere()).flat_map(|s| &s.sites);
    let far = sites.filter(|s| nearest_m(s.bng) >= FAR_M).count();
    if far > 0 {
        let said = said::sites_far_away(far, FAR_M / 1000.0);
        problems.warn(Code::S303, Place::file("the catalogue"), said.what, said.next);
    }
}
