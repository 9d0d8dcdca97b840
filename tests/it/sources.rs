//! The forms in which real data arrive: every form of one thing gives the same answer.

mod people;

use std::io::Write;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings};
use gapmap::msg;
use gapmap::plan::Plan;
use gapmap::units::Cell;

use crate::study_files::{Study, said};

fn findings(study: &Study) -> Findings {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
    let findings = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems));
    findings.map(|f| f.0).unwrap_or_else(|| panic!("{:#?}", problems.list()))
}

fn without_files(mut findings: Findings) -> Findings {
    findings.sources.iter_mut().for_each(|s| s.files.clear());
    findings
}

fn add_source(study: &Study, text: &str) {
    let plan = study.text("study.toml") + "\n[[source]]\n" + text;
    study.write("study.toml", plan.as_bytes());
}

#[test]
fn street_files_as_tree_flat_folder_zip_or_list_are_the_same() {
    let tree = without_files(findings(&Study::small()));
    let street = |study: &Study| study.tree("police");

    let flat = Study::small();
    for (path, bytes) in street(&flat) {
        flat.write(&format!("flat/{}", path.rsplit('/').next().unwrap()), &bytes);
    }
    flat.replace("study.toml", "path = \"police\"", "path = \"flat\"");
    assert!(without_files(findings(&flat)) == tree);

    let zipped = Study::small();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in street(&zipped) {
        zip.start_file(path.strip_prefix("police/").unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zipped.write("police.zip", &zip.finish().unwrap().into_inner());
    zipped.replace("study.toml", "path = \"police\"", "path = \"police.zip\"");
    // A zip says up to when its files were written, and files by themselves do not: how old their outcomes are is not known.
    let but_outcomes = |mut f: Findings| {
        f.findings.retain(|f| f.analysis != "outcomes");
        f
    };
    assert!(but_outcomes(without_files(findings(&zipped))) == but_outcomes(tree.clone()));

    let listed = Study::small();
    let paths: Vec<String> = street(&listed).into_keys().map(|p| format!("\"{p}\"")).collect();
    listed.replace("study.toml", "path = \"police\"", &format!("path = [{}]", paths.join(", ")));
    assert!(without_files(findings(&listed)) == tree);
}

#[test]
fn quoted_fields_line_ends_and_the_order_of_columns_do_not_matter() {
    let plain = without_files(findings(&Study::small()));
    let study = Study::small();
    for (path, bytes) in study.tree("police") {
        let text = String::from_utf8(bytes).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut writer =
            csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).terminator(csv::Terminator::CRLF).from_writer(vec![]);
        let headings = reader.headers().unwrap().clone();
        let order: Vec<usize> = (0..headings.len()).rev().collect();
        writer.write_record(order.iter().map(|i| &headings[*i])).unwrap();
        for row in reader.records() {
            let row = row.unwrap();
            writer.write_record(order.iter().map(|i| &row[*i])).unwrap();
        }
        study.write(&path, &writer.into_inner().unwrap());
    }
    assert!(without_files(findings(&study)) == plain);
}

#[test]
fn boundaries_in_metres_without_a_declared_system_place_the_same_points() {
    let degrees = findings(&Study::small());
    let study = Study::small();
    let mut collection: serde_json::Value = serde_json::from_slice(&study.read("boundaries/lsoa2021.geojson")).unwrap();
    fn to_metres(value: &mut serde_json::Value) {
        let list = value.as_array_mut().unwrap();
        if list[0].is_number() {
            let (lon, lat) = (list[0].as_f64().unwrap(), list[1].as_f64().unwrap());
            let place = gapmap::spatial::to_bng(gapmap::units::LonLat { lon, lat }).unwrap();
            *list = vec![place.easting_m.into(), place.northing_m.into()];
        } else {
            list.iter_mut().for_each(to_metres);
        }
    }
    collection["features"].as_array_mut().unwrap().iter_mut().for_each(|f| to_metres(&mut f["geometry"]["coordinates"]));
    collection.as_object_mut().unwrap().remove("crs");
    study.write("boundaries/lsoa2021.geojson", collection.to_string().as_bytes());
    study.replace("study.toml", "geography = \"lsoa\"", "geography = \"lsoa\"\nplace-by = \"point\"");
    let by_degrees = Study::small();
    by_degrees.replace("study.toml", "geography = \"lsoa\"", "geography = \"lsoa\"\nplace-by = \"point\"");
    assert_eq!(findings(&study).outlines, degrees.outlines);
    let (metres, degrees) = (findings(&study).findings, findings(&by_degrees).findings);
    assert_eq!(metres.len(), degrees.len());
    for (metres, degrees) in metres.iter().zip(&degrees) {
        assert_eq!(metres, degrees);
    }
}

#[test]
fn a_mapped_extract_keeps_split_codes_whole_and_leaves_other_columns_unread() {
    let study = Study::small();
    // A code that was split between two of today's areas, without a point: its seven events are shared out, none is lost.
    let lookup = "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM\n\
        E01994001,Old,E01990001,New A,S,E06990001,Quillmere\nE01994001,Old,E01990002,New B,S,E06990001,Quillmere\nE01994002,Older,E01990003,New C,M,E06990001,Quillmere\n";
    study.write("lookups/older.csv", lookup.as_bytes());
    study.replace("study.toml", "path = [\"lookups/lsoa11-lsoa21.csv\"", "path = [\"lookups/older.csv\", \"lookups/lsoa11-lsoa21.csv\"");
    study.write(
        "extract.csv",
        b"Month,LSOA,Offence,Number,Victim name\n2025-03,E01994001,Stalking,7,Nobody Atall\n202504,E01994002,Stalking,9,Nobody Atall\n2025-03,E01777777,Stalking,2,Nobody Atall\n",
    );
    add_source(
        &study,
        "kind = \"events-csv\"\nname = \"extract\"\npath = \"extract.csv\"\nsensitivity = \"open\"\ntopic = \"incidents\"\n\
        covers = { first = \"2025-01\", last = \"2025-12\" }\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }\n",
    );
    let document = findings(&study);
    let Body::AreaRates(body) = &document.find("burden/extract/stalking/areas").unwrap().body else { panic!("a burden by area has rates") };
    let count = |code: &str| body.rows.iter().find(|r| r.code.as_str() == code).unwrap().count.known().unwrap();
    assert_eq!(count("E01990001") + count("E01990002"), 7);
    assert!(count("E01990001") > 0 && count("E01990002") > 0);
    assert_eq!(count("E01990003"), 9, "a merged code is exact");
    assert_eq!(body.total.count, Cell::Known(16));
    let line = document.ledger.iter().find(|l| l.source == "extract").unwrap();
    let unknown = line.set_aside["a code that no boundary, lookup or history of codes knows, and no point"];
    assert_eq!((line.read, unknown), (Cell::Known(3), Cell::Known(1)), "a code that nothing knows is not another place");
    assert_eq!(line.noted["events shared out between the parts of a split area"], Cell::Known(7));
    let Body::Series(series) = &document.find("trend/extract/stalking").unwrap().body else { panic!("a trend is a series") };
    assert_eq!(series.points[0].count, Cell::Known(0), "a month that is covered and has no row is zero");
    assert!(!serde_json::to_string(&document).unwrap().contains("Nobody"), "a column that is not mapped was read");
}

#[test]
fn a_month_that_no_file_holds_is_missing_and_not_zero() {
    let study = Study::small();
    std::fs::remove_dir_all(study.folder.join("police/2025-06")).unwrap();
    let document = findings(&study);
    let finding = document.find("trend/police/all-categories").unwrap();
    let Body::Series(series) = &finding.body else { panic!("a trend is a series") };
    let june = series.points.iter().find(|p| p.month.to_string() == "2025-06").unwrap();
    assert_eq!(june.count, Cell::Missing);
    assert!(finding.sentences.contains(&said(msg!("trend-missing", months = vec![june.month]))), "{:?}", finding.sentences);
}

#[test]
fn fixmystreet_reports_are_counted_and_their_names_never_read() {
    let study = Study::small();
    let point = study.text("reports/street-safety.csv").lines().nth(1).unwrap().split(',').map(str::to_owned).collect::<Vec<_>>();
    let row = |id: u32, category: &str| {
        format!(
            "{id},Dark path,My name is Nobody Atall,Nobody Atall,{category},2025-05-17T21:30:00,,,,,open,{},{},,,,,,,,\n",
            point[3], point[2]
        )
    };
    let text = format!(
        "Report ID,Title,Detail,User Name,Category,Created,Confirmed,Acknowledged,Fixed,Closed,Status,Latitude,Longitude,Query,Ward,Easting,Northing,Report URL,Device Type,Site Used,Reported As\n{}{}",
        (0..12).map(|i| row(i, "Street lighting")).collect::<String>(),
        row(99, "Potholes")
    );
    study.write("fms.csv", text.as_bytes());
    add_source(
        &study,
        "kind = \"fixmystreet\"\nname = \"street problems\"\npath = \"fms.csv\"\nsensitivity = \"open\"\ncategories = [\"Street lighting\"]\n",
    );
    let document = findings(&study);
    let Body::AreaCounts(body) = &document.find("places/street-problems/areas").unwrap().body else { panic!("places by area have counts") };
    assert_eq!(body.total, Cell::Known(12));
    let line = document.ledger.iter().find(|l| l.source == "street problems").unwrap();
    assert_eq!(
        [line.read, line.kept, line.set_aside["a category that the plan leaves out"]],
        [Cell::Known(13), Cell::Known(12), Cell::Known(1)]
    );
    assert!(!serde_json::to_string(&document).unwrap().contains("Nobody"));
}

#[test]
fn months_that_are_columns_are_read_and_spoilt_copies_refused() {
    let study = Study::small();
    study.write(
        "mps.csv",
        b"MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202501,202502,202503\n\
        SEXUAL OFFENCES,RAPE,Abbeygate,E05990001,Quillmere,1,0,2\nSEXUAL OFFENCES,RAPE,Elsewhere,E05991001,Farrowby,5,5,5\n",
    );
    let source = "kind = \"mps-wide\"\nname = \"wide\"\npath = \"mps.csv\"\nsensitivity = \"open\"\nborough = \"Quillmere\"\n";
    add_source(&study, source);
    let document = findings(&study);
    let Body::Series(series) = &document.find("trend/wide/rape").unwrap().body else { panic!("a trend is a series") };
    let counts: Vec<Cell<u64>> = series.points.iter().take(4).map(|p| p.count).collect();
    assert_eq!(counts, [Cell::Known(1), Cell::Known(0), Cell::Known(2), Cell::Missing]);
    study.write("mps.csv", b"MajorText,MinorText,LookUp_BoroughName,2025,2025\nSEXUAL OFFENCES,RAPE,Quillmere,1,2\n");
    let (code, text) = study.check();
    assert!(code == Some(1) && text.contains("R113"), "{text}");
}

#[test]
fn problems_in_files_with_windows_line_ends_stand_on_their_own_line() {
    let study = Study::small();
    let text = study.text("services/commissioned.csv").replace('\n', "\r\n").replace("CS-03,", "CS-02,");
    study.write("services/commissioned.csv", text.as_bytes());
    let (code, text) = study.check();
    assert!(
        code == Some(1) && text.contains("the first is at services/commissioned.csv:3") && text.contains("--> services/commissioned.csv:4"),
        "{text}"
    );

    let study = Study::small();
    let path = "police/2025-03/2025-03-quillmere-street.csv";
    let text = study.text(path).replace("\r\n", "\n");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[2] = lines[2].replace(",2025-03,", ",\"2025-13\",");
    study.write(path, lines.join("\r\n").as_bytes());
    let (_, text) = study.check();
    assert!(text.contains(&format!("--> {path}:3, column Month")), "{text}");
}

#[test]
fn rows_without_a_place_are_not_given_to_one_borough_of_a_wider_force() {
    let study = Study::small();
    // Half of the areas now belong to the neighbour: the files cover more than the study.
    let lookup: String =
        (1..=30).map(|i| format!("E01990{i:03},A,E05990001,W,{},B\n", if i <= 15 { "E06990001" } else { "E06990002" })).collect();
    study.write("lookups/lsoa21-ward-authority.csv", format!("LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\n{lookup}").as_bytes());
    study.replace("study.toml", "path = [\"lookups/lsoa11-lsoa21.csv\", ", "path = [");
    let document = findings(&study);
    assert_eq!(document.outlines.len(), 15);
    let line = document.ledger.iter().find(|l| l.source == "police" && l.unit == "street rows").unwrap();
    assert_eq!(line.set_aside["without a place, in a source that covers other authorities too"], line.noted["without a place"], "{line:?}");
    let Body::AreaRates(body) = &document.find("burden/police/violence-and-sexual-offences/areas").unwrap().body else {
        panic!("a burden by area has rates")
    };
    assert_eq!(body.unlocated, Cell::Known(0));
}
