//! Boundaries, residents, ranks, times and services as people have them: read as they were meant, or refused; no number changes in silence.

mod tables;

use gapmap::spatial::to_bng;
use gapmap::units::LonLat;

use crate::millbeck::{self, AREAS, errors};
use crate::millbeck_forces::{Millbeck, VIOLENCE, areas, code, collection, feature, middle, name, polygon, rates, square};

const OWN: &str = ",\"LAD24CD\":\"E06990001\"";

fn drawn(features: &[String]) -> Millbeck {
    let mut study = Millbeck::new();
    study.put("boundaries/lsoa.geojson", collection(features, ""));
    study
}

#[test]
fn of_authorities_and_codes_of_several_years_the_newest_count() {
    // An older authority, before two were joined; in either order, and under codes of either year.
    let older = |i: usize| if i < 4 { "E06990001" } else { "E07990012" };
    drawn(&areas(|i| format!(",\"LAD22CD\":\"{}\",\"LAD24CD\":\"E06990001\"", older(i)))).gives(384, 48.0);
    let turned = drawn(&areas(|i| format!(",\"LAD22CD\":\"E06990001\",\"LAD24CD\":\"{}\"", older(i)))).gives(192, 48.0);
    assert_eq!(rates(&turned, VIOLENCE).rows.len(), 4);
    let old_codes = |i: usize| format!(",\"LSOA11CD\":\"E0199{:04}\"{OWN}", 9101 + i / 2);
    assert_eq!(rates(&drawn(&areas(old_codes)).gives(384, 48.0), VIOLENCE).rows.len(), 8);
}

#[test]
fn a_feature_without_the_newest_authority_is_a_problem_and_no_other_place() {
    let newest = |i: usize| if i == 2 { "null".to_owned() } else { "\"E06990001\"".to_owned() };
    drawn(&areas(|i| format!(",\"LAD22CD\":\"E07990012\",\"LAD24CD\":{}", newest(i)))).is_refused("R104", "LAD24CD");
    // The first feature lacks the property that all others have: it is looked for in all of them.
    let first = |i: usize| match i {
        0 => String::new(),
        1..4 => OWN.into(),
        _ => ",\"LAD24CD\":\"E07990012\"".into(),
    };
    drawn(&areas(first)).is_refused("D204", "lookup");
    // Where names tell nothing, either.
    let nameless = |i: usize| {
        let own = if i == 2 { "" } else { OWN };
        feature(&format!("\"LSOA21CD\":\"{}\",\"LSOA21NM\":\"Ward {i}\"{own}", code(i)), &polygon(&square(middle(i), |x, y| (x, y))))
    };
    drawn(&(0..8).map(nameless).collect::<Vec<_>>()).is_refused("D204", "lookup");
}

fn metres((lon, lat): (f64, f64)) -> (f64, f64) {
    to_bng(LonLat { lon, lat }).map(|b| (b.easting_m, b.northing_m)).unwrap()
}

fn in_metres(turn: impl Fn((f64, f64)) -> (f64, f64)) -> Vec<String> {
    let one = |i: usize| {
        let shape = polygon(&square(middle(i), |x, y| turn(metres((x, y)))));
        feature(&format!("\"LSOA21CD\":\"{}\",\"LSOA21NM\":\"{}\"{OWN}", code(i), name(i)), &shape)
    };
    (0..8).map(one).collect()
}

#[test]
fn boundaries_with_their_metres_exchanged_stop_the_run() {
    drawn(&in_metres(|p| p)).gives(384, 48.0);
    drawn(&in_metres(|(x, y)| (y, x))).is_refused("D202", "swapped");
    // Points that lie elsewhere altogether.
    let mut study = drawn(&in_metres(|(x, y)| (x + 40_000.0, y)));
    study.is_refused("D209", "own code");
    // A few strays are those of all published data.
    study = Millbeck::new();
    study.add(
        "police/2023-01-millshire-street.csv",
        &crate::millbeck_forces::row("", "2023-01", "Millshire Police", Some(middle(0)), &code(5), "Drugs"),
    );
    study.gives(384, 48.0);
}

fn calls_at(place: impl Fn(usize) -> (f64, f64)) -> (bool, Vec<&'static str>) {
    let mut text = "Date,E,N\n".to_owned();
    for month in 1..=12 {
        (0..8).map(&place).for_each(|(x, y)| text += &format!("2023-{month:02}-03,{x:.0},{y:.0}\n"));
    }
    let columns = "name = \"calls\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", easting = \"E\", northing = \"N\" }";
    let (study, problems) = millbeck::Millbeck::new().file("events-csv", "calls.csv", text, columns).read();
    (study.is_some(), errors(&problems))
}

#[test]
fn points_with_their_metres_exchanged_are_told_as_such() {
    assert!(calls_at(|i| metres(middle(i))).0);
    assert!(
        calls_at(|i| {
            let (x, y) = metres(middle(i));
            (y, x)
        })
        .1
        .contains(&"D202")
    );
    // Far away, and not exchanged.
    let (_, codes) = calls_at(|i| {
        let (x, y) = metres(middle(i));
        (x + 90_000.0, y)
    });
    assert_eq!(codes, ["D211"]);
}

#[test]
fn population_centres_lie_in_or_near_their_own_areas_and_stand_once() {
    let with = |rows: &dyn Fn(usize) -> String, heading: &str| {
        let rows: String = (0..8).map(rows).collect();
        let table = format!("{heading}\n{rows}");
        errors(&millbeck::Millbeck::new().with_calls().file("population-centres", "c.csv", table, "").read().1)
    };
    let grid = |i: usize| metres(middle(i));
    let degrees = "LSOA21CD,longitude,latitude";
    assert_eq!(with(&|i| format!("{},{},{}\n", AREAS[i], grid(i).0, grid(i).1), "LSOA21CD,x,y"), [""; 0]);
    assert_eq!(with(&|i| format!("{},{},{}\n", AREAS[i], grid(i).1, grid(i).0), "LSOA21CD,x,y"), ["D209"]);
    assert_eq!(with(&|i| format!("{},{},{}\n", AREAS[i], -middle(i).0, middle(i).1), degrees), ["D209"]);
    assert_eq!(with(&|i| format!("{},{},{}\n", AREAS[(i + 2) % 8], middle(i).0, middle(i).1), degrees), ["D209"]);
    let twice = |i: usize| format!("{0},{1},{2}\n{0},{1},{3}\n", AREAS[i], middle(i).0, middle(i).1, middle(i).1 + 0.003);
    assert_eq!(with(&twice, degrees), ["D207"]);
}
