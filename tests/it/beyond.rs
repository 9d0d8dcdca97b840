//! Need does not stop at a boundary: a borough parted between two authorities, with one drop-in near the new border.

use std::collections::BTreeMap;

use gapmap::diagnostics::Problems;
use gapmap::model::{AreaAccess, Body};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};

use crate::study_files::Study;

/// Population-weighted centres, by code.
fn centres(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, (f64, f64)> {
    let text = std::str::from_utf8(&files["population/centres.csv"]).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0].to_owned(), (cells[1].parse().unwrap(), cells[2].parse().unwrap()))
    };
    text.lines().skip(1).map(row).collect()
}

/// Access to the drop-in. East of its site all areas are another authority's.
fn access(buffer: &str, open: &str, hours: &str, eligibility: &str) -> Result<(AreaAccess, Vec<String>), String> {
    const SITE: f64 = 0.425618;
    let mut files = borough(&Settings::default());
    let site = files["services/commissioned.csv"].split(|b| *b == b'\n').next().unwrap().to_vec();
    let row = format!(
        "D-1,Drop-in,Invented Provider,one_stop_shop,,site,{SITE},53.040542,E06990001;E06990002,no,active,30,places,5,0,{eligibility},English,,2024-04-01,2039-03-31,2025-11-03,{hours},,,,,,,"
    );
    files.insert("services/commissioned.csv".into(), [site, row.into_bytes()].join(&b'\n'));
    let middle = 562_900.0;
    let centres = centres(&files);
    let east: Vec<&String> = centres.iter().filter(|(_, c)| c.0 > middle).map(|(code, _)| code).collect();
    assert!((20..130).contains(&east.len()), "{}", east.len());
    let lookup = String::from_utf8(files["lookups/lsoa21-ward-authority.csv"].clone()).unwrap();
    let parted = |line: &str| match east.iter().any(|code| line.starts_with(code.as_str())) {
        true => line.replace("E06990001,Quillmere", "E06990002,Elsewhere"),
        false => line.to_owned(),
    };
    let lookup: Vec<String> = lookup.lines().map(parted).collect();
    files.insert("lookups/lsoa21-ward-authority.csv".into(), lookup.join("\n").into_bytes());
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let kept: Vec<&str> = plan.split("[[source]]").filter(|p| !p.contains("\"directory\"") && !p.contains("\"side table\"")).collect();
    let plan = kept.join("[[source]]").replace("invented = true", &format!("invented = true\n{buffer}"));
    // A table in which a minute is a hundred metres in a straight line.
    let place = gapmap::spatial::to_bng(gapmap::units::LonLat { lon: SITE, lat: 53.040542 }).unwrap();
    let minutes = |(x, y): &(f64, f64)| (x - place.easting_m).hypot(y - place.northing_m) / 100.0;
    let rows: Vec<String> = centres.iter().map(|(code, c)| format!("{code},D-1,{}", minutes(c))).collect();
    files.insert("times.csv".into(), format!("from,to,minutes\n{}\n", rows.join("\n")).into_bytes());
    let times = "[[source]]\nkind = \"travel-times\"\nname = \"times\"\nmode = \"table\"\npath = \"times.csv\"\nsensitivity = \"open\"\n";
    files.insert("study.toml".into(), format!("{plan}\n{times}\n[[analysis]]\nkind = \"access\"\n{open}\n").into_bytes());
    let study = Study::of(&files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, Some("access"), &mut problems).unwrap().0;
    let found = findings.findings.iter().find(|f| f.id.starts_with("access/one-stop-shop")).ok_or("no such finding")?;
    let Body::AreaAccess(body) = &found.body else { panic!("another shape") };
    Ok((body.clone(), found.sentences.clone()))
}

fn had(body: &AreaAccess) -> f64 {
    body.rows.iter().map(|r| r.people.known().unwrap() * r.value.known().unwrap() / body.per).sum()
}

#[test]
fn neighbours_share_what_is_in_their_reach_and_no_more() {
    let (shared, sentences) = access("", "", "24/7", "anyone").unwrap();
    let (alone, _) = access("buffer-m = 0.0", "", "24/7", "anyone").unwrap();
    assert_eq!(shared.rows.len(), alone.rows.len());
    assert!(alone.beyond == 0.0 && (had(&alone) - 30.0).abs() < 1e-9, "{}", had(&alone));
    // Something goes across, not all, and nothing is lost.
    assert!(shared.beyond > 3.0 && shared.beyond < 27.0, "{}", shared.beyond);
    assert!((had(&shared) + shared.beyond - 30.0).abs() < 1e-9);
    assert!(sentences.iter().any(|s| s.contains(&format!("{:.1}", shared.beyond))), "what neighbours take up is told: {sentences:?}");
    // One site: every area that had something has the same share less.
    let ratios: Vec<f64> =
        shared.rows.iter().zip(&alone.rows).filter_map(|(s, a)| Some(s.value.known()? / a.value.known().filter(|v| *v > 0.0)?)).collect();
    assert!(ratios.len() > 5 && ratios.iter().all(|r| (r - (1.0 - shared.beyond / 30.0)).abs() < 1e-9), "{ratios:?}");
}

#[test]
fn age_and_hours_enter_what_is_offered() {
    let (older, sentences) = access("", "", "24/7", "anyone aged 65 or over").unwrap();
    assert!((had(&older) + older.beyond - 30.0).abs() < 1e-9);
    let younger = older.not_for_them.known().unwrap();
    assert!(younger > 0 && sentences.iter().any(|s| s.contains(&gapmap::units::thousands(younger))), "{sentences:?}");
    let office = "Mo-Fr 09:00-17:00";
    assert!(access("", "open = \"evening\"", office, "anyone").is_err());
    let late = access("", "open = \"evening\"", "Mo-Th 12:00-20:00", "anyone").unwrap().0;
    let any = access("", "", office, "anyone").unwrap().0;
    assert!((had(&late) - had(&any)).abs() < 1e-9 && had(&any) > 3.0);
}

#[test]
fn neighbours_take_part_with_travel_times_too() {
    let (straight, _) = access("", "", "24/7", "anyone").unwrap();
    let (timed, _) = access("", "by = \"table\"\nreach-minutes = 30.0", "24/7", "anyone").unwrap();
    assert!((straight.beyond - timed.beyond).abs() < 1e-3 && timed.beyond > 3.0, "{} {}", straight.beyond, timed.beyond);
    for (a, b) in straight.rows.iter().zip(&timed.rows) {
        assert!((a.value.known().unwrap() - b.value.known().unwrap()).abs() < 1e-3 && a.reach == b.reach, "{a:?} {b:?}");
    }
}
