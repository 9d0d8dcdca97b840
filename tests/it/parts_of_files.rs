//! One thing in several files, and one odd row among many: pages of a download, parts of an area, a package whose description names its files, rows of other
//! countries and of larger areas.

use crate::millbeck::{self, errors, recorded, tells};
use crate::millbeck_forces::{Millbeck, VIOLENCE, areas, code, collection, feature, middle, name, polygon, rates, set_aside, square};

const MORE: &str = ",\"exceededTransferLimit\":true";

fn all_areas() -> Vec<String> {
    areas(|_| ",\"LAD24CD\":\"E06990001\"".into())
}

fn named(code: &str, authority: &str, geometry: &str) -> String {
    feature(&format!("\"LSOA21CD\":\"{code}\",\"LSOA21NM\":\"Overdale 001A\",\"LAD24CD\":\"{authority}\""), geometry)
}

#[test]
fn pages_of_a_download_are_whole_with_the_last_of_them() {
    let all = all_areas();
    let mut study = Millbeck::new();
    study.put("boundaries/lsoa.geojson", collection(&all[..3], MORE));
    study.put("boundaries/2.geojson", collection(&all[3..6], MORE));
    study.is_refused("R115", "last one");
    // The last page comes first by its name.
    study.put("boundaries/1.geojson", collection(&all[6..], ""));
    let findings = study.gives(384, 48.0);
    assert_eq!(rates(&findings, VIOLENCE).rows.len(), 8);
    assert!(!study.codes().contains(&"R115"));
    study.take("boundaries/1.geojson");
    // The page that was cut off once more, and areas of other authorities, are no pages that go on with it.
    study.put("boundaries/again.geojson", collection(&all[..3], "")).is_refused("R115", "resultOffset");
    study.take("boundaries/again.geojson");
    let other = named("E01990201", "E06990002", &polygon(&square((-0.7, 53.2), |x, y| (x, y))));
    study.put("boundaries/overdale.geojson", collection(&[other], "")).is_refused("R115", "resultOffset");
}

/// Halves of an area beside one another, west and east.
fn halves(i: usize) -> [String; 2] {
    let (x, y) = middle(i);
    [-1.0_f64, 1.0].map(|side| polygon(&square((x + side * 0.00375, y), |a, b| (x + side * 0.00375 + (a - x - side * 0.00375) / 2.0, b))))
}

#[test]
fn parts_of_an_area_in_two_files_or_along_a_line_are_one_area() {
    let own = format!("\"LSOA21CD\":\"{}\",\"LSOA21NM\":\"{}\"", code(0), name(0));
    let told = format!("{own},\"LAD24CD\":\"E06990001\"");
    let [west, east] = halves(0);
    for (second, alone) in [(&told, false), (&told, true), (&own, true)] {
        let mut all = all_areas();
        all[0] = feature(&told, &west);
        let other = feature(second, &east);
        let mut study = Millbeck::new();
        study.plan("invented = true", "invented = true\nplace-by = \"point\"");
        if alone {
            study.put("boundaries/rest.geojson", collection(&[other], ""));
        } else {
            all.push(other);
        }
        study.put("boundaries/lsoa.geojson", collection(&all, ""));
        let findings = study.gives(384, 48.0);
        assert!(rates(&findings, VIOLENCE).rows.iter().all(|r| r.count.known() == Some(48)), "{second} {alone}");
    }
    // The same boundary from another corner on, or with other decimals, is the same one twice.
    let (x, y) = middle(0);
    let turned = polygon(&square((x, y), |a, b| (2.0 * x - a, 2.0 * y - b)));
    let rounded = polygon(&square((x, y), |a, b| (if a < x { a + 1e-6 } else { a }, b - 4e-7)));
    for (again, alone) in [(&turned, true), (&rounded, true), (&turned, false), (&rounded, false)] {
        let mut all = all_areas();
        let mut study = Millbeck::new();
        if alone {
            study.put("boundaries/other.geojson", collection(&[feature(&told, again)], ""));
        } else {
            all.push(feature(&told, again));
            study.put("boundaries/lsoa.geojson", collection(&all, ""));
        }
        let findings = study.gives(384, 48.0);
        assert_eq!(rates(&findings, VIOLENCE).rows.len(), 8);
        assert_eq!(study.codes().contains(&"D207"), alone, "{again}");
        if !alone {
            assert_eq!(set_aside(&findings, "boundaries")["the same boundary again"], 1);
        }
    }
    // Another boundary of the same ground is another edition.
    let mut study = Millbeck::new();
    let (x, y) = middle(0);
    let wider = polygon(&square((x, y), |a, b| (x + (a - x) * 1.1, y + (b - y) * 1.1)));
    study.put("boundaries/other.geojson", collection(&[feature(&told, &wider)], "")).is_refused("D207", "edition");
}

#[test]
fn an_area_of_others_without_a_shape_is_set_aside_and_one_of_nobody_known_is_not() {
    let with = |feature: String| {
        let mut all = all_areas();
        all.push(feature);
        let mut study = Millbeck::new();
        study.put("boundaries/lsoa.geojson", collection(&all, ""));
        study
    };
    let findings = with(named("E01990201", "E06990002", "null")).gives(384, 48.0);
    assert_eq!(set_aside(&findings, "boundaries")["a boundary without a polygon"], 1);
    with(named("E01990201", "E06990001", "null")).is_refused("R109", "no polygon");
    let unknown = feature("\"LSOA21CD\":\"E01990201\",\"LSOA21NM\":\"Overdale 001A\"", "null");
    let mut study = with(unknown);
    study.is_refused("R109", "lookup");
    study.put("lookup.csv", "LSOA21CD,LAD24CD\nE01990201,E06990002\n");
    study.source("kind = \"lookup\"\npath = \"lookup.csv\"").gives(384, 48.0);
}

/// A study with a data package of these files.
fn package(files: &[(&str, &str)]) -> millbeck::Millbeck {
    let all = millbeck::Millbeck::new().with_calls();
    files.iter().for_each(|(path, text)| all.study.write(&format!("hsds/{path}"), text.as_bytes()));
    all.source("services-hsds", "hsds", "name = \"services\"")
}

const SERVICES: &str = "id,organization_id,name,description,status\ns1,o1,Millbeck domestic abuse drop-in,,active\n";
const PLACES: &str = "id,location_type,name,latitude,longitude\nl1,physical,,53.2045,-0.5925\n";
const LINKS: &str = "id,service_id,location_id\nx1,s1,l1\n";

#[test]
fn a_description_names_the_tables_of_a_package() {
    let described = |services: &str, places: &str, links: &str| {
        format!(
            r#"{{"name": "x", "resources": [{{"name": "services", "path": {services}}}, {{"name": "locations", "path": "{places}"}},
            {{"name": "services_at_location", "path": "{links}"}}]}}"#
        )
    };
    for (services, places, links) in [
        ("data/svc.csv", "data/loc.csv", "data/sal.csv"),
        ("svc.csv", "loc.csv", "sal.csv"),
        ("data/services.csv", "more/locations.csv", "service_at_location.csv"),
    ] {
        let text = described(&format!("\"{services}\""), &format!("./{places}"), links);
        let (study, problems) =
            package(&[("datapackage.json", text.as_str()), (services, SERVICES), (places, PLACES), (links, LINKS)]).read();
        let study = study.unwrap_or_else(|| panic!("{services}: {:?}", problems.list()));
        assert_eq!(study.catalogue.public.len(), 1, "{services}");
    }
    // The rows of a table in two files.
    let text = described("[\"data/a.csv\", \"data/b.csv\"]", "data/loc.csv", "data/sal.csv");
    let second = SERVICES.replace("s1", "s2").replace("drop-in", "helpline");
    let files = [
        ("datapackage.json", text.as_str()),
        ("data/a.csv", SERVICES),
        ("data/b.csv", second.as_str()),
        ("data/loc.csv", PLACES),
        ("data/sal.csv", LINKS),
    ];
    let (study, problems) = package(&files).read();
    assert_eq!(study.unwrap_or_else(|| panic!("{:?}", problems.list())).catalogue.public.len(), 2);
    let other = second.replace("description,", "remarks,");
    let files = [files[0], files[1], ("data/b.csv", other.as_str()), files[3], files[4]];
    assert!(tells(&package(&files).read().1, "R123"), "headings of a part that are others");
}

#[test]
fn files_of_a_package_that_leave_it_or_speak_of_secret_places_stop_the_run() {
    let one = |path: &str| format!(r#"{{"resources": [{{"name": "services", "path": "{path}"}}]}}"#);
    for out in
        ["../services.csv", "/srv/services.csv", "https://example.org/services.csv", "data/../../services.csv", ".hidden/services.csv"]
    {
        let (study, problems) = package(&[("datapackage.json", one(out).as_str()), ("services.csv", SERVICES)]).read();
        assert!(study.is_none() && errors(&problems) == ["R126"], "{out}: {:?}", problems.list());
    }
    // A folder that no path leads to is not read; nor is what stands beside the tables in one that is.
    for files in [
        &[("services.csv", SERVICES), ("data/flags.csv", "service_id,confidential\ns1,yes\n")][..],
        &[("datapackage.json", one("data/svc.csv").as_str()), ("data/svc.csv", SERVICES), ("data/flags.json", "{}")],
    ] {
        let (study, problems) = package(files).read();
        assert!(study.is_none() && errors(&problems) == ["R126"], "{:?}", problems.list());
    }
    for (path, name) in [("data/refuges.csv", "services"), ("refuges/svc.csv", "services"), ("data/a.csv", "confidential_services")] {
        let text = format!(r#"{{"resources": [{{"name": "{name}", "path": "{path}"}}]}}"#);
        let (study, problems) = package(&[("datapackage.json", text.as_str()), (path, SERVICES), ("services.csv", SERVICES)]).read();
        assert!(study.is_none() && tells(&problems, "S301"), "{path}: {:?}", problems.list());
    }
    let (_, problems) = package(&[("datapackage.json", one("data/svc.csv").as_str())]).read();
    assert_eq!(errors(&problems), ["R111"]);
}

/// Calls of Millbeck, with these rows below them.
fn calls(columns: &str, heading: &str, rows: &str) -> millbeck::Millbeck {
    let settings = format!("name = \"more\"\ntopic = \"incidents\"\neach-row-counts = true\ncolumns = {{ {columns} }}");
    let settings = if columns.contains("count") { settings.replace("each-row-counts = true\n", "") } else { settings };
    millbeck::Millbeck::new().period("2023-01", "2023-12").file("events-csv", "more.csv", format!("{heading}\n{rows}"), &settings)
}

#[test]
fn totals_of_countries_and_rows_of_other_countries_are_no_events_of_the_study() {
    let mut rows = String::new();
    for month in 1..=12 {
        millbeck::AREAS.iter().for_each(|code| rows += &format!("2023-{month:02},{code},Stalking,2\n"));
    }
    let totals: String = ["K04000001", "K02000001", "E92000001", "W92000004", "E12000004"]
        .iter()
        .map(|code| format!("2023-01,{code},Stalking,90000\n"))
        .collect();
    let columns = "month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\"";
    let (study, problems) = calls(columns, "Month,LSOA,Offence,Number", &(rows.clone() + &totals)).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    assert_eq!((recorded(&study), tells(&problems, "D219")), (192, false));

    let mut rows = String::new();
    for month in 1..=12 {
        millbeck::AREAS.iter().for_each(|code| rows += &format!("2023-{month:02}-05,{code},Stalking\n"));
    }
    let columns = "date = \"Date\", area = \"LSOA\", category = \"Offence\"";
    for (others, unknown) in [("95AA01S1 S01006506 N20000123 W01000003", false), ("E01995001 E01995002", true)] {
        let others: String = others.split(' ').map(|code| format!("2023-03-05,{code},Stalking\n")).collect();
        let (study, problems) = calls(columns, "Date,LSOA,Offence", &(rows.clone() + &others)).read();
        let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
        assert_eq!((recorded(&study), tells(&problems, "D219")), (96, unknown), "{others}");
    }
}

#[test]
fn metres_made_of_nines_are_no_place_and_metres_under_degrees_are_called_so() {
    let mut rows = String::new();
    for month in 1..=12 {
        rows += &format!("2023-{month:02}-05,493800,368600,Stalking\n2023-{month:02}-05,999999,9999999,Stalking\n");
    }
    let columns = "date = \"Date\", easting = \"E\", northing = \"N\", category = \"Offence\"";
    let problems = calls(columns, "Date,E,N,Offence", &rows).read().1;
    assert!(!tells(&problems, "D201"), "{:?}", problems.list());
    let problems = calls(columns, "Date,E,N,Offence", &rows.replace("9999999", "9999998")).read().1;
    assert!(tells(&problems, "D201"));

    let services = |heading: &str, x: &str, y: &str| {
        let text = format!("service_id,name,types,{heading}\nS1,Millbeck drop-in,one_stop_shop,{x},{y}\n");
        millbeck::Millbeck::new().with_calls().file("services-csv", "s.csv", text, "").read().1
    };
    let next = |problems: &gapmap::diagnostics::Problems| {
        problems.list().iter().find(|p| p.code.name() == "S303").map(|p| p.next_step.clone()).unwrap_or_default()
    };
    assert!(next(&services("longitude,latitude", "493800", "368600")).contains("easting"));
    assert!(!tells(&services("easting,northing", "493800", "368600"), "S303"));
    assert!(!next(&services("longitude,latitude", "-0.59", "532045")).contains("easting"));
}

#[test]
fn rows_of_spaces_that_do_not_break_are_blank() {
    let all = millbeck::Millbeck::new().with_calls();
    let text = all.study.text("population.csv");
    for blank in ["\u{a0} ,,,\n", " , ,\u{a0},\n"] {
        all.study.write("population.csv", format!("{text}{blank}").as_bytes());
        let (study, problems) = all.read();
        assert!(study.is_some() && !tells(&problems, "R104"), "{:?}", problems.list());
    }
}
