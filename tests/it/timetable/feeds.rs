//! Timetables as operators publish them, with their oddities.

use std::io::Write;

use chrono::NaiveDate;
use gapmap::diagnostics::{Problems, Severity};
use gapmap::sources::Gathered;
use gapmap::spatial::{Call, Day, Laying, Limits, NEVER, StepFree, Timetable, Walks, arrivals};
use gapmap::units::Month;

use super::feed;
use crate::study_files::{Study, read_source};

fn of(study: &Study) -> (Gathered, Problems) {
    read_source("timetable", &["feed"], &study.folder, "{}")
}

fn table(gathered: &Gathered) -> &Timetable {
    &gathered.timetables.as_ref().unwrap().feeds[0].table
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

/// Hours and minutes at which the calls of a trip arrive and leave.
fn times(calls: &[Call]) -> Vec<(i32, i32)> {
    calls.iter().map(|c| (c.arrives_s, c.leaves_s)).collect()
}

const HEAD: &str = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n";

#[test]
fn a_plain_feed_is_read_whole_and_the_ledger_balances() {
    let (gathered, problems) = of(&feed(&[]));
    assert!(!problems.any_error(), "{:?}", problems.list());
    let table = table(&gathered);
    assert_eq!((table.stops.len(), table.trips.len(), table.span()), (3, 1, Some((date(2), date(27)))));
    assert_eq!((table.trips_on(date(2)), table.trips_on(date(7))), (1, 0));
    assert_eq!(times(&table.trips[0].calls), [(28_800, 28_800), (29_400, 29_460), (30_600, 30_600)]);
    let tally = &gathered.tallies[0];
    assert_eq!((tally.unit, tally.read, tally.kept()), ("trips", 1, 1));
}

#[test]
fn a_bus_at_27_15_belongs_to_the_night_before() {
    let rows = format!("{HEAD}T1,26:55:00,26:55:00,A,1\nT1,27:15:00,27:15:00,C,2\n");
    let (gathered, _) = of(&feed(&[("stop_times", &rows)]));
    let table = table(&gathered);
    let walks = Walks::none(2);
    let limits = Limits { rides: 2, longest_s: 3_600 };
    let arrive = |day: u32, at: i32| {
        let day = Day::of(table, date(day), Laying { from_s: 0, to_s: 36 * 3_600, at_stop_s: 0, step_free: StepFree::NotAsked });
        arrivals(&day, &walks, &[(0, 0)], &[vec![(1, 0)]], &[at], limits)[0][0]
    };
    // Tuesday at 02:50 takes Monday's; Monday at 02:50 has none, for nothing runs on Sunday; on Monday it comes at 26:55.
    assert_eq!((arrive(3, 10_200), arrive(2, 10_200), arrive(2, 96_600)), (11_700, NEVER, 98_100));
    // Saturday morning still has Friday's last bus.
    assert_eq!(arrive(7, 10_200), 11_700);
}

#[test]
fn a_trip_that_stands_for_many_runs_every_so_many_minutes() {
    let every = "trip_id,start_time,end_time,headway_secs\nT1,06:00:00,07:00:00,1200\nT1,20:00:00,20:30:00,1800\nT1,9:00,10:00,0\n";
    let (gathered, problems) = of(&feed(&[("frequencies", every)]));
    let starts: Vec<i32> = table(&gathered).trips.iter().map(|t| t.calls[0].leaves_s / 60).collect();
    assert_eq!(starts, [360, 380, 400, 1200]);
    assert_eq!(times(&table(&gathered).trips[0].calls), [(21_600, 21_600), (22_200, 22_260), (23_400, 23_400)]);
    assert!(problems.list().iter().any(|p| p.code == "R104" && p.place.file.ends_with("frequencies.txt") && p.place.line == Some(4)));
}

#[test]
fn blank_times_lie_between_those_beside_them_by_the_way() {
    // B lies a third of the way from A to C.
    let rows = format!("{HEAD}T1,08:00:00,08:00:00,A,1\nT1,,,B,2\nT1,08:30:00,08:30:00,C,3\n");
    let (gathered, problems) = of(&feed(&[("stop_times", &rows)]));
    assert!(!problems.any_error());
    let middle = table(&gathered).trips[0].calls[1].arrives_s - 28_800;
    assert!((598..=600).contains(&middle), "{middle} seconds of 600");
    assert_eq!(gathered.tallies[0].noted["blank times, laid between those beside them by the way"], 1);
    // The feed's own distances count where it gives them, and calls before the first time are no calls.
    let rows = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\nT1,,,C,0,0\nT1,08:00:00,08:00:00,A,1,1\nT1,,,B,2,4\nT1,08:30:00,,C,3,7\n";
    let (gathered, _) = of(&feed(&[("stop_times", rows)]));
    assert_eq!(times(&table(&gathered).trips[0].calls), [(28_800, 28_800), (29_700, 29_700), (30_600, 30_600)]);
    // Only one time: nobody knows when it runs.
    let (gathered, _) = of(&feed(&[("stop_times", &format!("{HEAD}T1,08:00:00,08:00:00,A,1\nT1,,,B,2\n"))]));
    assert_eq!(gathered.tallies[0].kept(), 0);
}

#[test]
fn dates_may_be_given_one_by_one_and_taken_out() {
    let dates = "service_id,date,exception_type\nweek,20260308,1\nweek,20260310,1\n";
    let (gathered, problems) = of(&feed(&[("calendar", ""), ("calendar_dates", dates)]));
    assert!(!problems.any_error());
    assert_eq!(table(&gathered).span(), Some((date(8), date(10))));
    assert_eq!([8, 9, 10].map(|d| table(&gathered).trips_on(date(d))), [1, 0, 1]);
    let (gathered, _) = of(&feed(&[("calendar_dates", "service_id,date,exception_type\nweek,20260303,2\nweek,20260308,1\n")]));
    assert_eq!([2, 3, 4, 8].map(|d| table(&gathered).trips_on(date(d))), [1, 0, 1, 1]);
    let (_, problems) = of(&feed(&[("calendar", "")]));
    assert!(problems.any_error() && problems.list().iter().any(|p| p.code == "R130"), "{:?}", problems.list());
}

#[test]
fn nobody_gets_on_at_a_stop_without_coordinates_but_a_platform_lies_where_its_station_lies() {
    let stops = "stop_id,stop_name,stop_lat,stop_lon,parent_station,location_type\nA,High Street,51.50,-0.10,,0\nB,Mill Lane,,,,0\nC,Platform,,,S,0\nS,Station,51.53,-0.10,,1\nD,Nowhere,0,0,,0\n";
    let rows = format!("{HEAD}T1,08:00:00,08:00:00,A,1\nT1,08:10:00,08:10:00,B,2\nT1,08:20:00,08:20:00,D,3\nT1,08:30:00,08:30:00,C,4\n");
    let (gathered, problems) = of(&feed(&[("stops", stops), ("stop_times", &rows)]));
    assert!(!problems.any_error());
    let table = table(&gathered);
    let names: Vec<&str> = table.stops.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["High Street", "Platform"]);
    assert_eq!(times(&table.trips[0].calls), [(28_800, 28_800), (30_600, 30_600)]);
    assert!(problems.list().iter().any(|p| p.code == "R130" && p.message.contains('2')), "{:?}", problems.list());
}

#[test]
fn a_loop_takes_people_round_and_each_passing_counts() {
    let rows = format!(
        "{HEAD}T1,08:00:00,08:00:00,A,1\nT1,08:10:00,08:10:00,B,2\nT1,08:20:00,08:20:00,C,3\nT1,08:30:00,08:30:00,A,4\nT1,08:40:00,08:40:00,B,5\n"
    );
    let (gathered, _) = of(&feed(&[("stop_times", &rows)]));
    let day = Day::of(table(&gathered), date(2), Laying { from_s: 0, to_s: 86_400, at_stop_s: 0, step_free: StepFree::NotAsked });
    let limits = Limits { rides: 1, longest_s: 7_200 };
    let from = |stop: u32, to: u32, at: i32| arrivals(&day, &Walks::none(3), &[(stop, 0)], &[vec![(to, 0)]], &[at], limits)[0][0];
    // From C to A, from C on to B, and from A to B before the first round and in the second.
    assert_eq!((from(2, 0, 28_800), from(2, 1, 28_800)), (30_600, 31_200));
    assert_eq!((from(0, 1, 28_800), from(0, 1, 28_801), from(0, 1, 30_601)), (29_400, 31_200, NEVER));
}

#[test]
fn two_feeds_with_the_same_ids_stay_two() {
    let (a, b) = (feed(&[]), feed(&[("stops", "stop_id,stop_name,stop_lat,stop_lon\nA,Elsewhere,52.50,-1.10\nC,Far,52.53,-1.10\n")]));
    for table in ["stops", "trips", "stop_times", "calendar"] {
        a.write(&format!("two/other/{table}.txt"), &b.read(&format!("feed/{table}.txt")));
        a.write(&format!("two/one/{table}.txt"), &a.read(&format!("feed/{table}.txt")));
    }
    let (gathered, problems) = read_source("timetable", &["two"], &a.folder, "{}");
    assert!(!problems.any_error(), "{:?}", problems.list());
    let feeds = &gathered.timetables.as_ref().unwrap().feeds;
    assert_eq!(feeds.iter().map(|f| f.file.as_str()).collect::<Vec<_>>(), ["two/one", "two/other"]);
    let mut both = feeds[0].table.clone();
    both.add(feeds[1].table.clone());
    assert_eq!((both.stops.len(), both.trips.len(), both.trips_on(date(2))), (5, 2, 2));
    assert_eq!(both.stops[both.trips[1].calls[0].stop as usize].name, "Elsewhere");
    assert_eq!(gathered.tallies[0].read, 2);
    assert_eq!(gathered.tallies[0].noted["calls at stops that stops.txt does not have"], 1);
}

fn zipped(study: &Study, to: &str, inside: &str) {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for table in ["stops", "trips", "stop_times", "calendar"] {
        zip.start_file(format!("{inside}{table}.txt"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&study.read(&format!("feed/{table}.txt"))).unwrap();
    }
    study.write(to, &zip.finish().unwrap().into_inner());
}

#[test]
fn zips_in_folders_and_folders_in_zips_are_found_and_a_cut_zip_is_told() {
    let study = feed(&[]);
    zipped(&study, "zips/region/buses.zip", "");
    zipped(&study, "zips/trains.zip", "gtfs/2026/");
    let (gathered, problems) = read_source("timetable", &["zips"], &study.folder, "{}");
    assert!(!problems.any_error(), "{:?}", problems.list());
    let feeds = &gathered.timetables.as_ref().unwrap().feeds;
    assert_eq!(feeds.iter().map(|f| f.file.as_str()).collect::<Vec<_>>(), ["zips/region/buses.zip", "zips/trains.zip/gtfs/2026"]);
    assert!(feeds.iter().all(|f| f.table.trips.len() == 1));
    let whole = study.read("zips/trains.zip");
    study.write("cut/trains.zip", &whole[..whole.len() / 2]);
    let (gathered, problems) = read_source("timetable", &["cut"], &study.folder, "{}");
    assert!(gathered.timetables.unwrap().feeds.is_empty());
    assert!(problems.list().iter().any(|p| p.code == "R108"), "{:?}", problems.list());
}

#[test]
fn a_table_that_was_cut_in_the_middle_is_told_and_its_trips_are_set_aside() {
    let trips = "route_id,service_id,trip_id\nR,week,T1\nR,week,T2\nR,week,T3\n";
    let rows = format!("{HEAD}T1,08:00:00,08:00:00,A,1\nT1,08:30:00,08:30:00,C,2\nT2,09:00:00,09:00:00,A,1\nT2,09:3");
    let (gathered, problems) = of(&feed(&[("trips", trips), ("stop_times", &rows)]));
    assert_eq!(table(&gathered).trips.len(), 1);
    let tally = &gathered.tallies[0];
    assert_eq!((tally.read, tally.kept(), tally.set_aside["trips without calls"]), (3, 1, 2));
    assert!(problems.list().iter().any(|p| p.code == "R130" && p.severity == Severity::Error), "{:?}", problems.list());
}

/// Trips of which the last `gone` have no call.
fn cut(gone: usize) -> (Option<gapmap::sources::Lost>, bool) {
    let trips: String = (0..20).map(|i| format!("R,week,T{i}\n")).collect();
    let calls: String = (0..20 - gone).map(|i| format!("T{i},08:00:00,08:00:00,A,1\nT{i},08:30:00,08:30:00,C,2\n")).collect();
    let (gathered, problems) =
        of(&feed(&[("trips", &format!("route_id,service_id,trip_id\n{trips}")), ("stop_times", &format!("{HEAD}{calls}"))]));
    (gathered.timetables.map(|t| t.feeds[0].lost), problems.any_error())
}

#[test]
fn a_few_trips_that_are_gone_are_counted_and_more_than_one_in_ten_stop_the_run() {
    let (lost, failed) = cut(0);
    assert!(lost.unwrap().share() == 0.0 && !failed);
    let (lost, failed) = cut(2);
    assert!((lost.unwrap().share() - 0.1).abs() < 1e-12 && !failed, "{lost:?}");
    assert!(cut(3).1);
    // A list of trips that was cut leaves calls of trips that nobody knows.
    let calls: String = (0..9).map(|i| format!("T{i},08:00:00,08:00:00,A,1\nT{i},08:30:00,08:30:00,C,2\n")).collect();
    let (_, problems) = of(&feed(&[("stop_times", &format!("{HEAD}{calls}"))]));
    assert!(problems.list().iter().any(|p| p.code == "R130" && p.severity == Severity::Error), "{:?}", problems.list());
    // A stop without a place takes calls from a trip that is there.
    let stops = "stop_id,stop_name,stop_lat,stop_lon\nA,High Street,51.50,-0.10\nB,Mill Lane,,\nC,Station,51.53,-0.10\n";
    let (gathered, problems) = of(&feed(&[("stops", stops)]));
    assert!(!problems.any_error() && gathered.timetables.unwrap().feeds[0].lost.cut == 1);
}

#[test]
fn names_in_windows_1252_are_read() {
    let study = feed(&[]);
    study.write(
        "feed/stops.txt",
        b"stop_id,stop_name,stop_lat,stop_lon\nA,Caf\xE9 Royal,51.50,-0.10\nB,Mill Lane,51.51,-0.10\nC,Station,51.53,-0.10\n",
    );
    let (gathered, problems) = of(&study);
    assert!(!problems.any_error());
    assert_eq!(table(&gathered).stops[0].name, "Café Royal");
}

#[test]
fn a_week_outside_the_timetable_stops_and_says_what_it_covers() {
    let (gathered, _) = of(&feed(&[]));
    let feeds = gathered.timetables.unwrap();
    let week = |month: &str| {
        let mut problems = Problems::default();
        let found = feeds.week(Month::parse(month).unwrap(), &mut problems);
        (found.map(|w| w[0]), problems)
    };
    let (found, problems) = week("2026-03");
    assert_eq!(found, Some(date(2)));
    let silent = problems.list().iter().find(|p| p.code == "D223").unwrap();
    assert!(!silent.stops() && silent.message.contains("Saturday"), "{silent:?}");
    let (found, problems) = week("2025-06");
    assert_eq!(found, None);
    let told = problems.list().iter().find(|p| p.code == "D223").unwrap();
    assert!(told.stops() && told.message.contains("2 March 2026") && told.message.contains("29 March 2026"), "{told:?}");
}

#[test]
fn a_platform_is_as_step_free_as_its_station_where_it_does_not_say_itself() {
    let stops = "stop_id,stop_name,stop_lat,stop_lon,parent_station,location_type,wheelchair_boarding\nA,a,51.50,-0.10,S,0,0\nB,b,51.51,-0.10,S,0,2\nC,c,51.53,-0.10,N,0,\nS,Yes,51.5,-0.1,,1,1\nN,No,51.5,-0.1,,1,2\n";
    let (gathered, _) = of(&feed(&[("stops", stops)]));
    let told: Vec<Option<bool>> = table(&gathered).stops.iter().map(|s| s.step_free).collect();
    assert_eq!(told, [Some(true), Some(false), Some(false)]);
}

#[test]
fn only_what_is_known_to_need_no_step_is_step_free() {
    let stops = "stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding\nA,a,51.50,-0.10,1\nB,b,51.51,-0.10,0\nC,c,51.53,-0.10,1\n";
    let trips = "route_id,service_id,trip_id,wheelchair_accessible\nR,week,T1,1\n";
    let (gathered, _) = of(&feed(&[("stops", stops), ("trips", trips)]));
    let day = Day::of(table(&gathered), date(2), Laying { from_s: 0, to_s: 86_400, at_stop_s: 0, step_free: StepFree::Known });
    let limits = Limits { rides: 1, longest_s: 7_200 };
    let to = |stop: u32| arrivals(&day, &Walks::none(3), &[(0, 0)], &[vec![(stop, 0)]], &[28_000], limits)[0][0];
    assert_eq!((to(1), to(2)), (NEVER, 30_600));
    let (gathered, _) = of(&feed(&[("stops", stops)]));
    let day = Day::of(table(&gathered), date(2), Laying { from_s: 0, to_s: 86_400, at_stop_s: 0, step_free: StepFree::Known });
    assert_eq!(day.trips(), 0, "a trip that does not say whether it takes a wheelchair");
}
