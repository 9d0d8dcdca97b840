//! Doors and stops that lie far from any street: where they were joined is told, because the way there may be none.

use crate::diagnostics::{Code, Place, Problems};
use crate::spatial::{OnFoot, Stop};
use crate::units::{AreaCode, Bng};

/// From this distance on a place is told, in metres.
const FAR_M: f64 = 250.0;
/// So many are named.
const NAMED: usize = 5;

/// From this distance on a stop serves none of the areas, in metres.
const ELSEWHERE_M: f64 = 20_000.0;

/// Tells of a timetable none of whose stops lies in or near an area: one of another place, or with longitude and latitude exchanged. Without this, nobody
/// would have a way anywhere.
pub fn tell_elsewhere(stops: &[Stop], middles: &[(AreaCode, Bng)], problems: &mut Problems) {
    let is_near = |s: &Stop| middles.iter().any(|m| s.place.distance_m(m.1) <= ELSEWHERE_M);
    if !stops.is_empty() && !middles.is_empty() && !stops.iter().any(is_near) {
        let what = format!("none of its {} stops lies within {} km of any area of the study", stops.len(), ELSEWHERE_M / 1000.0);
        let next = "Take the timetable of this place, and look whether stop_lat holds latitudes and stop_lon longitudes.";
        problems.error(Code::D223, Place::file("the timetable"), what, next);
    }
}

/// Tells of stops, middles of areas and sites of services that lie far from any street. Sites are counted and not named.
pub fn tell_far(on_foot: &OnFoot, stops: &[Stop], middles: &[(AreaCode, Bng)], sites: &[Bng], problems: &mut Problems) {
    if on_foot.streets.is_none() {
        return;
    }
    let far = |place: Bng| on_foot.to_street(place).is_none_or(|m| m > FAR_M);
    let names: Vec<&str> = stops.iter().filter(|s| far(s.place)).map(|s| s.name.as_str()).collect();
    let codes: Vec<String> = middles.iter().filter(|a| far(a.1)).map(|a| a.0.to_string()).collect();
    let sites = sites.iter().filter(|s| far(**s)).count();
    let next = "Look at them on a map. Take an extract of the streets that reaches beyond the boundary; places over a kilometre from any street are on none.";
    let mut warn = |what: String| problems.warn(Code::D224, Place::file("the streets"), what, next);
    if !names.is_empty() {
        let named = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        warn(format!("{} of {} stops lie over {FAR_M} m from any street, {named} among them", names.len(), stops.len()));
    }
    if !codes.is_empty() {
        let named = codes.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        warn(format!("the middles of {} areas lie over {FAR_M} m from any street, {named} among them", codes.len()));
    }
    if sites > 0 {
        warn(format!("{sites} sites of services lie over {FAR_M} m from any street"));
    }
}
