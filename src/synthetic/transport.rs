//! Buses of the borough: lines from the town centre outwards, in GTFS with its quirks, and a planted evening hole.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::Settings;
use super::geography::{Borough, degrees};
use crate::units::Bng;

/// Boroughs of more areas get no timetable: no network of buses goes out from one town centre to a whole country.
pub const MOST_AREAS: usize = 5_000;
/// So many areas to a line.
const AREAS_A_LINE: usize = 8;
/// Metres a minute, stops among them, in a straight line.
const METRES_A_MINUTE: f64 = 400.0;
/// A walk of a quarter of an hour at 4.8 km an hour, where ways are 1.3 times as long as straight lines.
const TO_STOP_M: f64 = 1_200.0 / 1.3;
/// A way of half an hour on foot, alike.
const ON_FOOT_M: f64 = 2_400.0 / 1.3;

/// The lines, each from the town centre outwards by positions of areas, and which of them runs late.
pub struct Buses {
    lines: Vec<Vec<usize>>,
    late: usize,
}

/// Every area lies on one line; the line of the evening group runs late.
pub fn make(borough: &Borough, evening_site: Bng) -> Buses {
    let centre = borough.town_centre;
    let angle = |i: &usize| {
        let at = borough.areas[*i].weighted_centre;
        (at.northing_m - centre.northing_m).atan2(at.easting_m - centre.easting_m)
    };
    let far = |i: &usize| borough.areas[*i].weighted_centre.distance_m(centre);
    let mut round: Vec<usize> = (0..borough.areas.len()).collect();
    round.sort_by(|a, b| angle(a).total_cmp(&angle(b)).then(a.cmp(b)));
    let lines: Vec<Vec<usize>> = round
        .chunks(AREAS_A_LINE)
        .map(|areas| {
            let mut line = areas.to_vec();
            line.sort_by(|a, b| far(a).total_cmp(&far(b)).then(a.cmp(b)));
            line
        })
        .collect();
    let nearest = borough.nearest(evening_site, 1);
    let late = lines.iter().position(|l| nearest.iter().all(|n| l.contains(n))).unwrap_or(0);
    Buses { lines, late }
}

impl Buses {
    /// Areas from which there is no way to the evening group and home again: far from the line that runs late, and too far to walk.
    pub fn hole(&self, borough: &Borough, evening_site: Bng) -> Vec<usize> {
        let stops: Vec<Bng> =
            self.lines[self.late].iter().map(|i| borough.areas[*i].weighted_centre).chain([borough.town_centre]).collect();
        let cut_off = |i: &usize| {
            let home = borough.areas[*i].weighted_centre;
            stops.iter().all(|s| s.distance_m(home) > TO_STOP_M) && home.distance_m(evening_site) > ON_FOOT_M
        };
        (0..borough.areas.len()).filter(cut_off).collect()
    }
}

/// What is planted, in terms that a test can check.
pub fn truth(borough: &Borough, hole: &[usize]) -> Value {
    let codes: Vec<&str> = hole.iter().map(|i| borough.areas[*i].code.as_str()).collect();
    let residents: u32 = hole.iter().map(|i| borough.areas[*i].residents).sum();
    json!({"service_type": "group_programme", "open": "Tu 18:30-20:30", "last_bus": "18:30", "areas": codes, "residents": residents})
}

/// The feed, with trips that stand for many, blank times, and Christmas taken out.
pub fn write(settings: &Settings, borough: &Borough, buses: &Buses, files: &mut BTreeMap<String, Vec<u8>>) {
    let mut stops = String::from("stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding\n");
    let (lon, lat) = degrees(borough.town_centre, 6);
    let _ = writeln!(stops, "Q000,Town Centre,{lat},{lon},1");
    for (i, area) in borough.areas.iter().enumerate() {
        let (lon, lat) = degrees(area.weighted_centre, 6);
        let _ = writeln!(stops, "Q{:03},{} Stop,{lat},{lon},{}", i + 1, area.name, i % 3);
    }
    let mut routes = String::from("route_id,agency_id,route_short_name,route_long_name,route_type\n");
    let mut trips = String::from("route_id,service_id,trip_id,direction_id,wheelchair_accessible\n");
    let mut times = String::from("trip_id,arrival_time,departure_time,stop_id,stop_sequence\n");
    let mut every = String::from("trip_id,start_time,end_time,headway_secs\n");
    for (number, line) in buses.lines.iter().enumerate() {
        let _ = writeln!(routes, "R{number},QB,{},Town Centre and {},3", number + 1, line.last().map_or("", |i| &borough.areas[*i].name));
        let last = if number == buses.late { "23:31:00" } else { "18:31:00" };
        let runs = match settings.planted {
            true => vec![("week", "06:00:00", last, 900), ("sunday", "09:00:00", "18:31:00", 3_600)],
            false => vec![("week", "00:00:00", "24:00:00", 600), ("sunday", "00:00:00", "24:00:00", 600)],
        };
        for (calendar, from, to, headway_s) in runs {
            for direction in [0, 1] {
                let trip = format!("{calendar}-{number}-{direction}");
                let _ = writeln!(trips, "R{number},{calendar},{trip},{direction},1");
                let _ = writeln!(every, "{trip},{from},{to},{headway_s}");
                calls(borough, line, direction == 1, &trip, &mut times);
            }
        }
    }
    // Ten years, so that a study of any months has its buses; feeds of today cover some weeks.
    let calendar = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n\
        week,1,1,1,1,1,1,0,20170101,20261231\nsunday,0,0,0,0,0,0,1,20170101,20261231\n";
    let exceptions = "service_id,date,exception_type\nweek,20251225,2\nweek,20251226,2\nsunday,20251226,1\n";
    let agency = "agency_id,agency_name,agency_url,agency_timezone\nQB,Quillmere Buses,https://example.org/,Europe/London\n";
    let tables = [
        ("agency", agency.to_owned()),
        ("stops", stops),
        ("routes", routes),
        ("trips", trips),
        ("stop_times", times),
        ("frequencies", every),
        ("calendar", calendar.to_owned()),
        ("calendar_dates", exceptions.to_owned()),
    ];
    files.extend(tables.map(|(table, text)| (format!("timetable/{table}.txt"), text.into_bytes())));
}

/// The calls of a trip along a line, outwards or inwards. Inwards only the first and the last time are given, as real feeds do.
fn calls(borough: &Borough, line: &[usize], inwards: bool, trip: &str, times: &mut String) {
    let mut stops: Vec<(String, Bng)> = vec![("Q000".into(), borough.town_centre)];
    stops.extend(line.iter().map(|i| (format!("Q{:03}", i + 1), borough.areas[*i].weighted_centre)));
    if inwards {
        stops.reverse();
    }
    let mut minutes = 0.0;
    for (i, (id, place)) in stops.iter().enumerate() {
        minutes += i.checked_sub(1).map_or(0.0, |before| stops[before].1.distance_m(*place) / METRES_A_MINUTE);
        let whole = minutes as u32;
        let at = format!("{:02}:{:02}:{:02}", whole / 60, whole % 60, ((minutes - f64::from(whole)) * 60.0) as u32);
        let at = if inwards && i > 0 && i + 1 < stops.len() { String::new() } else { at };
        let _ = writeln!(times, "{trip},{at},{at},{id},{}", i + 1);
    }
}
