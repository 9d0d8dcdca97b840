//! Bank holidays, step-free ways and the small maps of the invented borough.

use std::collections::{BTreeMap, BTreeSet};

use gapmap::model::{Body, Findings, Gap, Going, Row, Verdict};
use gapmap::units::{Cell, bank_holidays};
use serde_json::Value;

use super::planted::{register, run, small};

type Files = BTreeMap<String, Vec<u8>>;

fn text(files: &Files, file: &str) -> String {
    String::from_utf8(files[file].clone()).unwrap()
}

/// The rows of a finding of shares: come, closed, no way, neither, not known.
fn rows(findings: &Findings, id: &str) -> BTreeMap<String, Row> {
    let Body::Shares(shares) = &findings.find(id).unwrap_or_else(|| panic!("no {id}")).body else { panic!("shares") };
    shares.rows.iter().map(|r| (r.label.clone(), r.clone())).collect()
}

fn counts(row: &Row) -> [u64; 5] {
    std::array::from_fn(|i| row.cells[i].known().unwrap_or(0))
}

/// Takes all buses out on bank holidays, or lets them all run as on a Sunday.
fn on_holidays(files: &mut Files, runs: bool) {
    let mut dates = String::from("service_id,date,exception_type\n");
    for day in bank_holidays() {
        let day = day.format("%Y%m%d");
        dates += &format!("week,{day},2\nsunday,{day},{}\n", if runs { 1 } else { 2 });
    }
    files.insert("timetable/calendar_dates.txt".into(), dates.into_bytes());
}

#[test]
fn bank_holidays_run_as_the_timetable_says_and_are_open_as_the_record_says() {
    let told = |runs: bool| {
        let mut files = small(4, true);
        on_holidays(&mut files, runs);
        rows(&run(&files, "last-bus").0, "last-bus/bank-holiday/women")
    };
    let (with, without) = (told(true), told(false));
    let sarc = |of: &BTreeMap<String, Row>| counts(of.iter().find(|(l, _)| l.contains("Sexual assault referral")).unwrap().1);
    // Always open: who can come depends on the buses alone, and without any on the way on foot.
    let all: u64 = sarc(&with).iter().sum();
    assert!(sarc(&with)[0] > sarc(&without)[0] && sarc(&without)[2] > all / 2, "{:?} {:?}", sarc(&with), sarc(&without));
    assert_eq!(sarc(&with)[1] + sarc(&with)[3], 0, "it never closes");
    // `PH off`: never open, by bus or not. Hours that do not say so: not known.
    let (mut off, mut silent) = (0, 0);
    for row in with.values().map(counts) {
        off += u64::from(row[0] + row[2] == 0 && row[1] > 0);
        silent += u64::from(row[4] > 0 && row[0] + row[1] + row[2] == 0);
    }
    assert!(off >= 1 && silent >= 1, "{with:?}");
}

#[test]
fn bank_holidays_that_the_timetable_does_not_cover_are_counted_and_left_out() {
    let mut files = small(4, true);
    let calendar = text(&files, "timetable/calendar.txt").replace("20261231", "20251130").replace("20170101", "20250601");
    files.insert("timetable/calendar.txt".into(), calendar.into_bytes());
    files.insert("timetable/calendar_dates.txt".into(), b"service_id,date,exception_type\nweek,20251226,2\n".to_vec());
    // Summer alone is covered: seven of the eight of 2025 are not.
    let plan = text(&files, "study.toml").replace("path = \"timetable\"", "path = \"timetable\"\nweek = \"2025-09-10\"");
    files.insert("study.toml".into(), plan.into_bytes());
    let (findings, _) = run(&files, "last-bus");
    let own = findings.find("last-bus/bank-holiday/women").unwrap();
    assert!(own.caveats.iter().any(|c| c.contains("Of 7 bank holidays")), "{:?}", own.caveats);
    // A feed that speaks of none of them tells of none.
    let calendar = text(&files, "timetable/calendar.txt").replace("20250601", "20250901");
    files.insert("timetable/calendar.txt".into(), calendar.into_bytes());
    let (findings, _) = run(&files, "last-bus");
    assert!(findings.find("last-bus/bank-holiday/women").is_none());
    assert!(findings.findings[0].caveats.iter().any(|c| c.contains("Of 8 bank holidays")));
}

/// The borough with this said of every stop, and of every trip.
fn accessible(stop: &str, trip: &str) -> Files {
    let mut files = small(5, true);
    for (file, says) in [("timetable/stops.txt", stop), ("timetable/trips.txt", trip)] {
        let old = text(&files, file);
        let mut lines = old.lines();
        let mut new = format!("{}\n", lines.next().unwrap());
        lines.for_each(|l| new += &format!("{},{says}\n", l.rsplit_once(',').unwrap().0));
        files.insert(file.into(), new.into_bytes());
    }
    files
}

#[test]
fn step_free_ways_stand_beside_all_of_them_and_what_the_feed_does_not_say_is_not_known() {
    let of = |stop: &str, trip: &str| run(&accessible(stop, trip), "last-bus").0;
    let pairs = |findings: &Findings| {
        let all = rows(findings, "last-bus/weekday-day/step-free");
        let pair =
            |(label, row): (&String, &Row)| Some((counts(row), counts(&all[&format!("{}: all ways", label.strip_suffix(": step-free")?)])));
        all.iter().filter_map(pair).collect::<Vec<_>>()
    };
    // Every stop and bus: the same ways.
    let yes = pairs(&of("1", "1"));
    assert!(yes.len() > 2 && yes.iter().all(|(free, all)| free == all), "{yes:?}");
    // None: only on foot, and known to be none otherwise.
    let no = pairs(&of("2", "1"));
    assert!(no.iter().all(|(free, all)| free[0] <= all[0] && free[4] == all[4]), "{no:?}");
    assert!(no.iter().any(|(free, all)| free[0] < all[0] && free[2] > all[2]), "{no:?}");
    // Not told of stops: nobody who can come by bus alone is said to have a way, nor to have none.
    let silent = pairs(&of("0", "1"));
    assert!(silent.iter().zip(&no).all(|((free, all), (on_foot, _))| free[0] == on_foot[0] && free[2] == all[2]), "{silent:?}");
    assert!(silent.iter().any(|(free, all)| free[4] > all[4]));
    // Told of nothing at all: no finding of it, and that is said.
    let nothing = of("0", "0");
    assert!(nothing.find("last-bus/weekday-day/step-free").is_none());
    assert!(nothing.findings[0].caveats.iter().any(|c| c.contains("does not say which stops")));
}

#[test]
fn disabled_people_have_a_gap_of_their_own_where_the_feed_says_that_others_have_a_way() {
    let rows = |stop: &str| {
        let mut files = accessible(stop, "1");
        // Half of the residents of each area, in a table of their own.
        let sex = text(&files, "population/sex.csv");
        let disabled = sex.lines().skip(1).map(|l| l.split(',').map(|f| f.trim_matches('"').to_owned()).collect::<Vec<_>>());
        let table: String = disabled.map(|f| format!("{},{}\n", f[2], f[3].parse::<u64>().unwrap() / 2)).collect();
        files.insert(
            "population/disabled.csv".into(),
            format!("geography code,Disability: Disabled under the Equality Act; measures: Value\n{table}").into_bytes(),
        );
        let plan = text(&files, "study.toml").replace("\"population/cars.csv\"", "\"population/cars.csv\", \"population/disabled.csv\"");
        assert!(plan.contains("disabled.csv"), "{plan}");
        files.insert("study.toml".into(), plan.into_bytes());
        let (findings, _) = run(&files, "gaps");
        let told: Vec<Gap> = register(&findings).into_iter().filter(|g| g.id.starts_with("last-bus/step-free-")).cloned().collect();
        told
    };
    let one_stop = |of: &[Gap]| of.iter().find(|g| g.id == "last-bus/step-free-one-stop-shop").unwrap().clone();
    let no = one_stop(&rows("2"));
    assert_eq!((no.verdict, no.unit.as_str()), (Verdict::Gap, "disabled people"));
    assert!(no.people.known().is_some_and(|n| n > 100) && no.who.contains("isabled people"), "{no:?}");
    let silent = rows("0");
    assert_eq!(one_stop(&silent).verdict, Verdict::NotKnown);
    assert!(silent.iter().all(|g| g.verdict != Verdict::Gap), "not told is no gap");
    assert!(rows("1").iter().all(|g| g.verdict == Verdict::NoGap));
}

#[test]
fn small_maps_show_the_planted_hole_in_the_evening_and_none_at_noon() {
    let files = small(1, true);
    let truth: Value = serde_json::from_slice(&files["truth.json"]).unwrap();
    let planted: BTreeSet<&str> = truth["evening_hole"]["areas"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    let (findings, _) = run(&files, "last-bus");
    let finding = findings.find("last-bus/map/group-programme").unwrap();
    let Body::Going(body) = &finding.body else { panic!("a map") };
    let hole: BTreeSet<&str> = body.rows.iter().filter(|r| r.weekday_evening == Going::NoWay).map(|r| r.code.as_str()).collect();
    assert_eq!(hole, planted);
    assert!(body.rows.iter().all(|r| r.weekday_noon == Going::Closed && r.sunday == Going::Closed), "the group meets on one evening");
    // Every woman stands in one class at each time.
    let whole: BTreeSet<u64> = body.people.iter().map(|row| row.iter().filter_map(|c| c.known()).sum()).collect();
    assert_eq!(whole.len(), 1, "{:?}", body.people);
    assert!(matches!(body.people_of(1, Going::NoWay), Cell::Known(n) if n > 0));
    let pictures = gapmap::outputs::pictures(&findings);
    let drawn = pictures.iter().find(|p| p.finding == finding.id).expect("a picture of maps");
    assert!(drawn.path.ends_with("going-maps"), "{}", drawn.path);
    assert!(drawn.alt_text.contains("Three maps of 90 areas"), "{}", drawn.alt_text);
    assert!(drawn.alt_text.contains(&format!("no way there and back {}", planted.len())), "{}", drawn.alt_text);
    assert_eq!(drawn.svg.matches(">open, but no way there and back<").count(), 1, "one legend");
}
