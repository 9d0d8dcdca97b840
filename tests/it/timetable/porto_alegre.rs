//! Porto Alegre, April to July 2019: buses and trains of two operators, streets, and three hundred hexagons.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use gapmap::diagnostics::Problems;
use gapmap::spatial::{Day, Laying, Limits, NEVER, Network, OnFoot, StepFree, Timetable, arrivals};
use gapmap::units::{Bng, Month};

use super::dijkstra::Events;
use crate::study_files::{read_source, root};

const AT_STOP_S: i32 = 60;

struct City {
    feeds: gapmap::sources::Timetables,
    table: Timetable,
    streets: Network,
    walking_m_s: f64,
    hexagons: Vec<(String, Bng)>,
    market: Bng,
}

/// `None`, said aloud, where the data are not beside the repository: then nothing was tested.
fn city() -> Option<City> {
    let folder: PathBuf = root().join("../shared/data/gtfs-porto-alegre");
    if !folder.is_dir() {
        println!("NOT TESTED: needs the folder gtfs-porto-alegre of real open data, which is not beside this repository");
        return None;
    }
    let (feeds, problems) = read_source("timetable", &["poa_eptc.zip", "poa_trensurb.zip"], &folder, "{}");
    assert!(!problems.any_error(), "{:?}", problems.list());
    let (streets, problems) = read_source("street-network", &["poa_osm.pbf"], &folder, "{ walking-km-h = 3.6 }");
    assert!(!problems.any_error(), "{:?}", problems.list());
    let feeds = feeds.timetables.unwrap();
    let mut table = Timetable::default();
    feeds.feeds.iter().for_each(|f| table.add(f.table.clone()));
    let places = |file: &str, id: usize, lon: usize, lat: usize| -> Vec<(String, Bng)> {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let rows = text.lines().skip(1).map(|l| l.split(',').map(|f| f.trim_matches('"').to_owned()).collect::<Vec<_>>());
        rows.map(|f| (f[id].clone(), plane(f[lon].parse().unwrap(), f[lat].parse().unwrap()))).collect()
    };
    let all = places("poa_hexgrid.csv", 0, 1, 2);
    // Every fourth of the 1,227 hexagons, as in the comparison of routers.
    let step = all.len() / 300;
    let hexagons: Vec<(String, Bng)> = all.into_iter().step_by(step.max(1)).take(300).collect();
    let market = places("poa_points_of_interest.csv", 0, 2, 1).into_iter().find(|p| p.0 == "public_market").unwrap().1;
    let network = streets.networks.into_iter().next().unwrap();
    Some(City { feeds, table, streets: network.network, walking_m_s: network.walking_m_s, hexagons, market })
}

/// The plane on which streets and stops of other countries lie.
fn plane(lon: f64, lat: f64) -> Bng {
    Bng { easting_m: lon * 111_320.0 * lat.to_radians().cos(), northing_m: lat * 111_132.0 }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn days_and_hours_of_the_feeds_are_told_right() {
    let Some(city) = city() else { return };
    let [buses, trains] = &city.feeds.feeds[..] else { panic!("two feeds") };
    assert_eq!(buses.covers, Some((date("2019-04-15"), date("2019-07-15"))));
    assert_eq!(trains.covers, Some((date("2019-03-01"), date("2019-12-31"))));
    let (sunday, wednesday) = (date("2019-05-12"), date("2019-05-15"));
    let on = |feed: &gapmap::sources::Feed, d| feed.table.trips_on(d);
    println!(
        "trips on a Wednesday and a Sunday: buses {} {}, trains {} {}",
        on(buses, wednesday),
        on(buses, sunday),
        on(trains, wednesday),
        on(trains, sunday)
    );
    assert_eq!(on(buses, sunday), 0);
    assert!(on(buses, wednesday) > 2_000 && on(trains, sunday) > 100 && on(trains, wednesday) > on(trains, sunday));
    let leaves = buses.table.trips.iter().filter_map(|t| t.calls.first()).map(|c| c.leaves_s / 60);
    let (first, last) = (leaves.clone().min().unwrap(), leaves.max().unwrap());
    println!("buses leave from {}:{:02} to {}:{:02}", first / 60, first % 60, last / 60, last % 60);
    assert!(first >= 11 * 60 && last < 18 * 60);
    // A date that the feeds do not cover.
    let mut problems = Problems::default();
    assert_eq!(city.feeds.week(Month::parse("2025-06").unwrap(), &mut problems), None);
    assert!(problems.list().iter().filter(|p| p.code == "D223" && p.stops() && p.message.contains("2019")).count() == 2);
    let mut problems = Problems::default();
    assert_eq!(city.feeds.week(Month::parse("2019-05").unwrap(), &mut problems).map(|w| w[0]), Some(date("2019-05-06")));
    assert!(problems.list().iter().any(|p| !p.stops() && p.message.contains("Sunday")), "no buses on Sunday is said");
}

#[test]
fn hexagons_within_an_hour_of_the_market_by_day_and_by_night() {
    let Some(city) = city() else { return };
    let foot = |minutes: f64| OnFoot {
        streets: Some(&city.streets),
        metres_s: city.walking_m_s,
        detour: 1.0,
        longest_s: minutes * 60.0,
        to_street_m: 1_000.0,
    };
    let stops = &city.table.stops;
    let places: Vec<Bng> = city.hexagons.iter().map(|h| h.1).collect();
    let homes = foot(15.0).to_stops(&places, stops);
    let door = foot(15.0).to_stops(&[city.market], stops).remove(0);
    let walks = foot(5.0).between(stops);
    let on_foot = foot(60.0).all_the_way(city.market, &places, 3_600.0);
    let day =
        Day::of(&city.table, date("2019-05-15"), Laying { from_s: 0, to_s: 90_000, at_stop_s: AT_STOP_S, step_free: StepFree::NotAsked });
    let limits = Limits { rides: 4, longest_s: 3_600 };
    let by_stop: BTreeMap<u32, Vec<(u32, i32)>> = (0..stops.len() as u32).map(|s| (s, walks.from(s).to_vec())).collect();
    let events = Events::of(&city.table, date("2019-05-15"), AT_STOP_S, by_stop);
    let mut within = Vec::new();
    for hour in [14, 22] {
        let leave = hour * 3_600;
        // Each hexagon's own search forwards, beside the other search.
        let arrive: Vec<i32> =
            homes.iter().map(|h| arrivals(&day, &walks, h, std::slice::from_ref(&door), &[leave], limits)[0][0]).collect();
        for (home, arrive) in homes.iter().zip(&arrive) {
            let theirs = events.arrival(home, &door, leave, limits.rides, limits.longest_s);
            assert_eq!((*arrive != NEVER).then_some(*arrive), theirs);
        }
        // One search backwards from the market tells the same of all.
        let back = arrivals(&day.reversed(), &walks, &door, &homes, &(0..=60).map(|m| -(leave + m * 60)).collect::<Vec<_>>(), limits);
        let by: Vec<Option<i32>> = (0..homes.len())
            .map(|h| (0..=60).find(|m| back[*m as usize][h] != NEVER && -back[*m as usize][h] >= leave).map(|m| leave + m * 60))
            .collect();
        for (arrive, by) in arrive.iter().zip(&by) {
            let minute_above = (*arrive != NEVER).then(|| leave + (arrive - leave + 59) / 60 * 60);
            assert_eq!(minute_above, *by, "forwards {arrive}, backwards {by:?}");
        }
        within.push(arrive.iter().zip(&on_foot).filter(|(a, f)| **a != NEVER || f.is_some()).count());
    }
    println!("within 60 minutes of the market: {} of {} hexagons at 14:00, {} at 22:00", within[0], places.len(), within[1]);
    // The other way about, from the market to the hexagons: buses that leave it by day go everywhere, and the last of them is gone at night.
    // Another router's own assumptions: it walks at five kilometres an hour and for twenty minutes at most.
    for (walk, change, metres_s) in [(15.0, 5.0, city.walking_m_s), (20.0, 20.0, city.walking_m_s), (20.0, 20.0, 5.0 / 3.6)] {
        let foot = |minutes: f64| OnFoot { metres_s, ..foot(minutes) };
        let (homes, door) = (foot(walk).to_stops(&places, stops), foot(walk).to_stops(&[city.market], stops).remove(0));
        let (walks, on_foot) = (foot(change).between(stops), foot(walk).all_the_way(city.market, &places, walk * 60.0));
        let within = [14, 22].map(|hour| {
            let arrive = arrivals(&day, &walks, &door, &homes, &[hour * 3_600], limits).remove(0);
            arrive.iter().zip(&on_foot).filter(|(a, f)| **a != NEVER || f.is_some()).count()
        });
        let cut_off = homes.iter().zip(&on_foot).filter(|(stops, way)| stops.is_empty() && way.is_none()).count();
        println!(
            "from the market, walking up to {walk} minutes to a stop and {change} between stops at {:.1} km/h: {} at 14:00, {} at 22:00; \
             {cut_off} reach no stop on foot",
            metres_s * 3.6,
            within[0],
            within[1]
        );
        assert!(within[0] > 265 && within[1] < 60, "{within:?}");
    }
    // How far people walk decides more than anything else in the search: the router of r5r lets them walk for the whole hour.
    for (walk, change) in [(15.0, 5.0), (30.0, 15.0), (45.0, 30.0)] {
        let homes = foot(walk).to_stops(&places, stops);
        let door = foot(walk).to_stops(&[city.market], stops).remove(0);
        let walks = foot(change).between(stops);
        let within = [14, 22].map(|hour| {
            let by = [-(hour * 3_600 + 3_600)];
            let back = arrivals(&day.reversed(), &walks, &door, &homes, &by, limits);
            let leaves_late_enough =
                |(latest, on_foot): &(&i32, &Option<i32>)| on_foot.is_some() || (**latest != NEVER && -**latest >= hour * 3_600);
            back[0].iter().zip(&on_foot).filter(leaves_late_enough).count()
        });
        println!("walking up to {walk} minutes to a stop and {change} between stops: {} at 14:00, {} at 22:00", within[0], within[1]);
    }
    let sunday =
        Day::of(&city.table, date("2019-05-12"), Laying { from_s: 0, to_s: 86_399, at_stop_s: AT_STOP_S, step_free: StepFree::NotAsked });
    assert!(sunday.trips() > 0 && sunday.trips() < 400, "trains only: {}", sunday.trips());
}
