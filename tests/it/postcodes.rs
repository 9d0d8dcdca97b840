//! Postcodes in place of coordinates: directories in the forms in which they come, rows of incidents, sites of services.

use std::io::Write;

use gapmap::units::Cell;

use crate::millbeck::{AREAS, Millbeck, errors, tells};
use crate::millbeck_forces::rates;

/// A point within each of two areas, in degrees, with the metres that a directory gives.
const PLACES: [(&str, &str, usize); 3] = [("ZZ1 1AA", "E01990101", 0), ("ZZ1 1AB", "E01990106", 5), ("ZZ12 9ZZ", "E01990108", 7)];

fn metres(area: usize) -> (u32, u32) {
    let (lon, lat) = (-0.6 + 0.015 * (area % 4) as f64 + 0.0075, 53.2 + 0.009 * (area / 4) as f64 + 0.0045);
    let bng = gapmap::spatial::to_bng(gapmap::units::LonLat { lon, lat }).unwrap();
    (bng.easting_m.round() as u32, bng.northing_m.round() as u32)
}

/// Rows of a directory after its headings.
fn rows(of: impl Fn(&str, &str, u32, u32) -> String) -> String {
    PLACES.iter().map(|(postcode, area, i)| of(postcode, area, metres(*i).0, metres(*i).1)).collect()
}

/// As the postcode stands in seven and in eight characters.
fn spelt(postcode: &str, width: usize) -> String {
    let (outward, inward) = postcode.split_once(' ').unwrap();
    format!("{outward:<0$}{inward}", width - inward.len())
}

fn incidents() -> String {
    let mut text = "Date,Home PC,Kind\n".to_owned();
    for month in 1..=12 {
        for (postcode, times) in [("zz1 1aa", 3), ("ZZ11AB", 2), (" ZZ12  9ZZ", 1), ("ZZ1", 1), ("ZZ1 1XX", 1), ("", 1)] {
            (0..times).for_each(|_| text += &format!("2023-{month:02}-11,{postcode},Stalking\n"));
        }
    }
    text
}

const COLUMNS: &str =
    "name = \"reports\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", postcode = \"Home PC\", category = \"Kind\" }";

/// How many events lie in each area, and how many nowhere.
fn placed(directory: Millbeck) -> (Vec<u64>, u64) {
    let study = directory.file("events-csv", "reports.csv", incidents(), COLUMNS).ask("burden");
    let (found, problems) = study.findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    assert!(tells(&problems, "R129"), "what leads nowhere is told");
    assert!(!format!("{:?}", problems.list()).to_lowercase().contains("zz1"), "no postcode is echoed");
    let document = serde_json::to_string(&found).unwrap().to_lowercase();
    assert!(!document.contains("zz1") && !document.contains("zz12"), "no postcode leaves");
    let rates = rates(&found, "burden/reports/stalking/areas");
    let of = |code: &&str| rates.rows.iter().find(|r| r.code.as_str() == *code).map_or(0, |r| r.count.known().unwrap());
    let line = found.ledger.iter().find(|l| l.source == "reports").unwrap();
    let without = line.noted.iter().filter(|(what, _)| what.starts_with("with a postcode")).filter_map(|(_, n)| n.known()).sum();
    (AREAS.iter().map(of).collect(), without)
}

/// Thirty-six in the first area, 24 in the sixth, 12 in the last; a district and an unknown postcode a month lie nowhere.
const RIGHT: ([u64; 8], u64) = ([36, 0, 0, 0, 0, 24, 0, 12], 24);

fn assert_right(study: Millbeck, what: &str) {
    let (areas, without) = placed(study);
    assert_eq!((areas.as_slice(), without), (RIGHT.0.as_slice(), RIGHT.1), "{what}");
}

fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    for (name, text) in entries {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    bytes.into_inner()
}

#[test]
fn rows_with_postcodes_lie_where_any_edition_of_a_directory_says() {
    let old = "\"pcd\",\"pcd2\",\"pcds\",\"dointr\",\"doterm\",\"oseast1m\",\"osnrth1m\",\"osgrdind\",\"lsoa11\",\"lat\",\"long\"\n"
        .to_owned()
        + &rows(|p, area, e, n| {
            format!("\"{}\",\"{}\",\"{p}\",\"199601\",\"\",\"{e}\",\"{n:07}\",\"1\",\"{area}\",53.2,-0.6\n", spelt(p, 7), spelt(p, 8))
        });
    let new = "\u{feff}X,Y,objectid,PCD7,PCD8,PCDS,doterm,east1m,north1m,gridind,lsoa21cd\r\n".to_owned()
        + &rows(|p, area, e, n| format!("{e},{n},1,{},{},{p},202401,{e},{n},1,{area}\r\n", spelt(p, 7), spelt(p, 8)));
    let codes_alone = "pcd7,pcd8,pcds,dointr,doterm,usertype,oa11cd,lsoa11cd,lsoa21cd,ladnm\n".to_owned()
        + &rows(|p, area, _, _| format!("{0},{0},{p},199601,,0,E00000001,E01999999,{area},\"Millbeck, City of\"\n", spelt(p, 7)));
    let points_alone = rows(|p, _, e, n| format!("\"{}\",10,{e},{n},\"E92000001\",\"\",\"\",\"\",\"E06990001\",\"\"\n", spelt(p, 7)));
    for (what, text) in [("older", &old), ("newer", &new), ("codes alone", &codes_alone), ("Code-Point Open", &points_alone)] {
        assert_right(Millbeck::new().file("postcode-directory", "d/directory.csv", text, ""), what);
    }
    // As a spreadsheet saves it.
    let semicolons = new.replace(',', ";");
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(new.trim_start_matches('\u{feff}').encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_right(Millbeck::new().file("postcode-directory", "d/directory.csv", semicolons, ""), "semicolons");
    assert_right(Millbeck::new().file("postcode-directory", "d/directory.csv", wide, ""), "UTF-16");
    let whole = zip(&[
        ("Data/ONSPD_NOV_2024_UK.csv", &old),
        ("Data/multi_csv/ONSPD_NOV_2024_UK_ZZ.csv", "pcd,oseast1m,osnrth1m\nZZ1 1AA,1,1\n"),
        ("Documents/2011 Census LSOA names.csv", "LSOA11CD,LSOA11NM\nE01990101,Millbeck\n"),
    ]);
    let archive = Millbeck::new();
    archive.study.write("d/onspd.zip", &whole);
    assert_right(archive.source("postcode-directory", "d/onspd.zip", ""), "an archive");
    // Wherever it stands in the plan.
    let last = Millbeck::new().file("events-csv", "reports.csv", incidents(), COLUMNS);
    let (found, problems) = last.file("postcode-directory", "d.csv", &new, "").ask("burden").findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let first = rates(&found, "burden/reports/stalking/areas").rows.iter().find(|r| r.code.as_str() == AREAS[0]).unwrap().count;
    assert_eq!(first, Cell::Known(36));
}

#[test]
fn a_postcode_without_a_grid_reference_is_nowhere_and_never_at_the_origin() {
    // None at all, none that is told, one that is imputed, the middle of a sector, where letters of a PO box go.
    let rows = ["ZZ1 1AA,0,0,9,E99999999\n", "ZZ1 1AA,,,9,\n", "ZZ1 1AA,400000,400000,9,\n", "ZZ1 1AA,400000,400000,6,E01990101\n"];
    for row in rows {
        let text = format!("pcds,oseast1m,osnrth1m,osgrdind,lsoa21\n{row}");
        let study = Millbeck::new().file("postcode-directory", "d.csv", text, "").file("events-csv", "reports.csv", incidents(), COLUMNS);
        let (found, problems) = study.ask("burden").findings();
        let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
        let line = found.ledger.iter().find(|l| l.source == "reports").unwrap();
        assert_eq!(line.noted.get("with a postcode that has no place"), Some(&Cell::Known(36)), "{row}");
    }
}

#[test]
fn what_is_missing_or_no_directory_is_told_with_the_next_step() {
    let (_, problems) = Millbeck::new().file("events-csv", "reports.csv", incidents(), COLUMNS).read();
    assert_eq!(errors(&problems), ["P104"]);
    assert!(problems.list().iter().any(|p| p.next_step.contains("postcode-directory")));
    for (text, code) in [("a,b\n1,2\n", "R103"), ("pcds,lat\nZZ1 1AA,3\n", "R103"), ("pcds,lsoa21\n", "R111")] {
        let (_, problems) = Millbeck::new().with_calls().file("postcode-directory", "d.csv", text, "").read();
        assert!(errors(&problems).contains(&code), "{text}: {:?}", problems.list());
    }
    // Nothing else of an address is taken for one.
    let columns = COLUMNS.replace("Home PC", "Home address");
    let text = incidents().replace("Home PC", "Home address");
    let directory = "pcds,oseast1m,osnrth1m\nZZ1 1AA,400000,400000\n";
    let study = Millbeck::new().file("postcode-directory", "d.csv", directory, "").file("events-csv", "reports.csv", text, &columns);
    assert!(errors(&study.read().1).contains(&"P106"));
}

#[test]
fn a_public_service_stands_where_its_postcode_is_and_a_secret_one_nowhere() {
    let directory = "pcds,oseast1m,osnrth1m\n".to_owned() + &rows(|p, _, e, n| format!("{p},{e},{n}\n"));
    let study = |catalogue: &str, kind: &str| {
        let all = Millbeck::new().with_calls().file("postcode-directory", "d.csv", &directory, "");
        all.file(kind, "services.data", catalogue, "name = \"services\"").read()
    };
    let table = |name: &str, kind: &str| format!("service_id,name,types,status,postcode\na,{name},{kind},active,ZZ1 1AB\n");
    let feed = serde_json::json!([{"id": "a", "name": "Millbeck drop-in", "status": "active",
        "attributes": [{"taxonomy_term": {"id": "one_stop_shop", "name": "One-stop shop or drop-in"}}],
        "service_at_locations": [{"location": {"id": "l", "location_type": "physical", "addresses": [{"postal_code": "ZZ1 1AB"}]}}]}]);
    let (east, north) = metres(5);
    for (catalogue, kind) in [(table("Millbeck drop-in", "one_stop_shop"), "services-csv"), (feed.to_string(), "services-open-referral")] {
        let (built, problems) = study(&catalogue, kind);
        let built = built.unwrap_or_else(|| panic!("{kind}: {:?}", problems.list()));
        let site = built.catalogue.public[0].sites[0].bng;
        assert!((site.easting_m - f64::from(east)).abs() < 0.1 && (site.northing_m - f64::from(north)).abs() < 0.1, "{kind}");
        assert!(!tells(&problems, "S304"));
    }
    let (built, problems) = study(&table("Millbeck Women's Refuge", "refuge"), "services-csv");
    assert!(built.is_none() && errors(&problems).contains(&"S301"), "{:?}", problems.list());
}

#[test]
fn a_postcode_of_northern_ireland_has_no_point_on_the_grid_of_great_britain() {
    let (east, north) = metres(0);
    let directory = format!("pcds,oseast1m,osnrth1m\nBT1 5GS,{east},{north}\nZZ1 1AA,{east},{north}\n");
    let reports = incidents().replacen(",zz1 1aa,", ",BT1 5GS,", 3);
    let study = Millbeck::new().file("postcode-directory", "d.csv", directory, "").file("events-csv", "reports.csv", reports, COLUMNS);
    let found = study.ask("burden").findings().0.unwrap();
    let rates = rates(&found, "burden/reports/stalking/areas");
    assert_eq!(rates.rows.iter().find(|r| r.code.as_str() == AREAS[0]).unwrap().count, Cell::Known(33));
}

#[test]
fn where_letters_of_a_service_go_is_no_site() {
    let (east, north) = metres(5);
    let feed = |kind: &str| {
        serde_json::json!([{"id": "a", "name": "Millbeck drop-in", "status": "active",
            "attributes": [{"taxonomy_term": {"id": "one_stop_shop", "name": "One-stop shop or drop-in"}}],
            "service_at_locations": [{"location": {"id": "l", "location_type": "physical",
                "addresses": [{"address_type": kind, "postal_code": "ZZ1 1AB"}]}}]}])
    };
    for (kind, sites) in [("physical", 1), ("", 1), ("postal", 0), ("Postal", 0), ("virtual", 0)] {
        let study = Millbeck::new().with_calls().file(
            "postcode-directory",
            "d.csv",
            format!("pcds,oseast1m,osnrth1m\nZZ1 1AB,{east},{north}\n"),
            "",
        );
        let (built, problems) = study.file("services-open-referral", "services.json", feed(kind).to_string(), "name = \"services\"").read();
        let built = built.unwrap_or_else(|| panic!("{kind}: {:?}", problems.list()));
        assert_eq!(built.catalogue.public[0].sites.len(), sites, "{kind}");
    }
}
