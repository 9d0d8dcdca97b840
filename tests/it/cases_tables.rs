//! Tables as people have them: encodings, workbooks, lines around, blanks, placeholders, counts kept back. Each test names the case that it is after.

use gapmap::units::Cell;

use crate::millbeck::{AREAS, Millbeck, errors, tells};

const MAPPED: &str = "name = \"extract\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", area = \"LSOA\", category = \"Offence\" }";

/// Five rows in each area, in March 2023.
fn rows(separator: char) -> String {
    let mut text = format!("Date{separator}LSOA{separator}Offence{separator}Note\n");
    AREAS
        .iter()
        .for_each(|code| (1..=5).for_each(|day| text += &format!("0{day}/03/2023{separator}{code}{separator}Stalking{separator}café\n")));
    text
}

/// Events recorded, and codes of errors.
fn total(bytes: impl AsRef<[u8]>, name: &str, more: &str) -> (Option<u64>, Vec<&'static str>) {
    let (study, problems) = Millbeck::new().file("events-csv", name, bytes, &format!("{MAPPED}\n{more}")).read();
    (study.map(|s| s.datasets[0].total(&Default::default())), errors(&problems))
}

#[test]
fn case_43a_encodings_and_separators_are_recognised() {
    let tabs = rows('\t');
    let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(tabs.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = tabs.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let old: Vec<u8> = rows(',').chars().map(|c| if c == 'é' { 0xE9 } else { c as u8 }).collect();
    for (what, bytes) in [
        ("UTF-16", little),
        ("UTF-16 without a mark", big),
        ("Windows-1252", old),
        ("semicolons", rows(';').into_bytes()),
        ("a mark", format!("\u{feff}{}", rows(',')).into_bytes()),
    ] {
        assert_eq!(total(bytes, "extract.csv", ""), (Some(40), vec![]), "{what}");
    }
    let (_, problems) = Millbeck::new()
        .file("events-csv", "e.csv", rows(',').chars().map(|c| if c == 'é' { 0xE9 } else { c as u8 }).collect::<Vec<u8>>(), MAPPED)
        .read();
    assert!(tells(&problems, "R124"), "what was converted is said");
}

/// A workbook of these sheets.
fn workbook(sheets: &[(&str, Vec<Vec<&str>>)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                match cell.parse::<f64>() {
                    Ok(n) => sheet.write_number(r as u32, c as u16, n).unwrap(),
                    Err(_) => sheet.write_string(r as u32, c as u16, *cell).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn case_43d_a_workbook_is_read_with_its_sheet_and_heading_found_or_named() {
    let text = rows(',');
    let mut table: Vec<Vec<&str>> = text.lines().map(|l| l.split(',').collect()).collect();
    assert_eq!(total(workbook(&[("Data", table.clone())]), "extract.xlsx", ""), (Some(40), vec![]));
    let cover = vec![vec!["Incidents in Millbeck"], vec!["Table", "Contents"], vec!["1", "Incidents"]];
    table.splice(0..0, [vec!["Table 1: incidents"], vec![], vec!["Source: invented"]]);
    table.push(vec![]);
    table.push(vec!["Figures are provisional and may change."]);
    let book = workbook(&[("Cover", cover), ("Table 1", table)]);
    assert_eq!(total(&book, "extract.xlsx", ""), (Some(40), vec![]));
    assert_eq!(total(&book, "extract.xlsx", "sheet = \"table 1\"\nheading-row = 4"), (Some(40), vec![]));
    assert_eq!(total(&book, "extract.xlsx", "sheet = \"Table 9\""), (None, vec!["R124"]));
    // What is no table says so.
    assert_eq!(total(b"PK\x03\x04 damaged", "extract.xlsx", ""), (None, vec!["R124"]));
    assert_eq!(total(b"%PDF-1.7 ...", "extract.csv", ""), (None, vec!["R124"]));
    assert_eq!(total(b"<!DOCTYPE html><html>log in</html>", "extract.csv", ""), (None, vec!["R124"]));
}

#[test]
fn cases_11_and_44_a_download_with_lines_around_and_thousands() {
    let mut text =
        "\"TS008 - Sex\"\n\"ONS Crown Copyright\"\n\n\"population\",\"All usual residents\"\n\"units\",\"Persons\"\n\"date\",\"2021\"\n\n\
        \"2021 super output area - lower layer\",\"mnemonic\",\"Total\",\"Female\",\"Male\"\n"
            .to_owned();
    AREAS.iter().for_each(|code| text += &format!("\"Millbeck\",\"{code}\",\"1,000\",500,500\n"));
    text += "\n\"In order to protect against disclosure, records have been swapped.\"\n";
    let all = Millbeck::new().with_calls();
    all.study.write("population.csv", text.as_bytes());
    let (study, problems) = all.read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    assert_eq!(study.areas.residents("all"), vec![Some(1000.0); 8]);
}

#[test]
fn cases_35_and_55_blank_rows_dropped_cells_and_totals() {
    let mut text = "Date,LSOA,Offence,Number of notes\n".to_owned();
    AREAS.iter().for_each(|code| text += &format!("01/03/2023,{code},Stalking\n"));
    text += ",,,\n , ,,\n,,,\n";
    assert_eq!(total(text, "extract.csv", ""), (Some(8), vec![]));
    let services = "service_id,name,types,capacity\nS1,Millbeck drop-in,one_stop_shop,5\n,,,\nTOTAL,,,5\n";
    let (study, problems) = Millbeck::new().with_calls().file("services-csv", "s.csv", services, "").read();
    assert_eq!(study.map(|s| s.catalogue.public.len()), Some(1), "{:?}", problems.list());
    // A row that ends before what is asked for may have been cut off.
    assert_eq!(total("Date,LSOA,Offence,x\n01/03/2023,E01990101\n", "extract.csv", "").1[0], "R105");
}

#[test]
fn cases_33_and_33b_stand_ins_for_a_place_are_no_place() {
    let degrees = "columns = { date = \"Date\", longitude = \"X\", latitude = \"Y\" }";
    let metres = "columns = { date = \"Date\", easting = \"X\", northing = \"Y\" }";
    for (columns, here, none) in
        [(degrees, "-0.5925,53.2045", ["0,0", "99.999999,0", "n/a,n/a"]), (metres, "494050,368300", ["0,0", "-1,-1", "*,*"])]
    {
        let mut text = "Date,X,Y\n".to_owned();
        for place in [here].iter().chain(&none) {
            text += &format!("01/03/2023,{place}\n");
        }
        let (study, problems) = Millbeck::new().file("events-csv", "e.csv", text, &format!("topic = \"incidents\"\n{columns}")).read();
        let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
        let counted = study.datasets[0].by_area(&Default::default());
        assert_eq!((study.datasets[0].total(&Default::default()), counted.unlocated), (4, 3), "{columns}");
    }
}

fn counts(first: &str, second: &str) -> (Option<gapmap::model::Findings>, gapmap::diagnostics::Problems) {
    let mut text = "Month,LSOA,Offence,Number\n".to_owned();
    for (i, code) in AREAS.iter().enumerate() {
        let n = match i {
            0 => first,
            1 => second,
            _ => "10",
        };
        text += &format!("2023-01,{code},Stalking,{n}\n2023-02,{code},Stalking,12\n");
    }
    let mapping = "name = \"extract\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
    Millbeck::new().file("events-csv", "extract.csv", text, mapping).ask("burden").findings()
}

#[test]
fn cases_34_and_34b_counts_kept_back_are_withheld_by_the_source_and_never_zero() {
    for (mark, nothing) in [
        ("*", Cell::Withheld),
        ("c", Cell::Withheld),
        ("<5", Cell::Withheld),
        ("1-4", Cell::Withheld),
        ("", Cell::Missing),
        ("n/a", Cell::Missing),
        ("-99", Cell::Missing),
    ] {
        let (findings, problems) = counts(mark, "10");
        let findings = findings.unwrap_or_else(|| panic!("{mark}: {:?}", problems.list()));
        let areas =
            findings.findings.iter().find_map(|f| if let gapmap::model::Body::AreaRates(b) = &f.body { Some((f, b)) } else { None });
        let (finding, body) = areas.unwrap();
        assert_eq!((body.rows[0].count, body.rows[1].count), (nothing, Cell::Known(22)), "{mark}");
        assert_eq!(body.total.count.known(), None, "{mark}: the whole is not known either");
        assert_eq!(tells(&problems, "D217"), nothing == Cell::Withheld);
        // The bounds that the source gives go with it.
        assert_eq!(
            finding.sentences.iter().any(|s| s.contains("12 to 16") || s.contains("13 to 16")),
            ["<5", "1-4"].contains(&mark),
            "{mark}: {:?}",
            finding.sentences
        );
    }
    // A zero is a zero, and what cannot be read still stops.
    assert!(counts("0", "10").1.list().is_empty());
    assert_eq!(errors(&counts("some", "10").1), ["R104"]);
    assert_eq!(errors(&counts("-3", "10").1), ["D205"]);
}

#[test]
fn case_40_the_ledger_counts_one_unit_a_line() {
    let months: Vec<String> = (0..24).map(|i| format!("{}{:02}", 2022 + i / 12, i % 12 + 1)).collect();
    let cells = vec!["10"; 24].join(",");
    let text = format!(
        "MajorText,MinorText,BoroughName,{}\nSEXUAL OFFENCES,RAPE,Millbeck,{cells}\nROBBERY,ROBBERY,Millbeck,{cells}\nROBBERY,ROBBERY,Elsewhere,{cells}\n",
        months.join(",")
    );
    let mps = "name = \"mps\"\nborough = \"Millbeck\"\nborough-code = \"E06990001\"";
    let (study, problems) = Millbeck::new().period("2023-01", "2023-12").file("mps-wide", "mps.csv", text, mps).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let line = study.ledger.iter().find(|l| l.source == "mps").unwrap();
    assert_eq!((line.read, line.kept, line.balances()), (72, 24, true));
    assert_eq!(study.datasets[0].total(&Default::default()), 240);
}

#[test]
fn case_48_every_spelling_of_no_way_there() {
    let spellings = ["12", "NA", "Inf", "25 min", "", "7", "2147483647", "-1"];
    let mut text = "from_id,to_id,travel_time_p50\n".to_owned();
    AREAS.iter().zip(spellings).for_each(|(code, t)| text += &format!("{code},S1,{t}\n"));
    let services = "service_id,name,types,longitude,latitude\nS1,Millbeck drop-in,one_stop_shop,-0.5925,53.2045\n";
    let columns = "mode = \"transit\"\ncolumns = { from = \"from_id\", to = \"to_id\", minutes = \"travel_time_p50\" }";
    let (study, problems) =
        Millbeck::new().with_calls().file("services-csv", "s.csv", services, "").file("travel-times", "ttm.csv", text, columns).read();
    let study = study.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let minutes: Vec<Option<f32>> = study.travel[0].minutes.iter().map(|row| row[0]).collect();
    assert_eq!(minutes, [Some(12.0), None, None, Some(25.0), None, Some(7.0), None, None]);
}

#[test]
fn case_62_a_rank_of_minus_one_is_no_rank() {
    for none in ["-1", "n/a", "", "*", "0"] {
        let mut text = "lsoa21_code,IMD_rank\n".to_owned();
        AREAS
            .iter()
            .enumerate()
            .for_each(|(i, code)| text += &format!("{code},{}\n", if i == 0 { none.to_owned() } else { format!("\"{},000\"", i) }));
        text += "K04000001,5\n";
        let (study, problems) = Millbeck::new().with_calls().file("deprivation", "d.csv", text, "").read();
        let study = study.unwrap_or_else(|| panic!("{none}: {:?}", problems.list()));
        let known: Vec<bool> = study.areas.list.iter().map(|a| a.deprivation.is_some()).collect();
        assert_eq!(known, [false, true, true, true, true, true, true, true], "{none}");
    }
}

#[test]
fn case_65_a_position_of_one_number_is_a_problem_with_its_place() {
    let all = Millbeck::new().with_calls();
    all.study.replace("boundaries.geojson", "[-0.6,53.2]", "[-0.6]");
    let (study, problems) = all.read();
    assert!(study.is_none());
    assert!(
        problems.list().iter().any(|p| p.code.name() == "R109" && p.place.field.as_deref().is_some_and(|f| f.contains("features[0]"))),
        "{:?}",
        problems.list()
    );
}

#[test]
fn advice_for_mistakes_in_a_plan_leads_on() {
    let advice = |plan: &str| {
        let mut problems = gapmap::diagnostics::Problems::default();
        let _ = gapmap::plan::Plan::parse(plan, "study.toml", Default::default(), &mut problems);
        problems.list().iter().map(|p| p.next_step.clone()).collect::<Vec<_>>().join("\n")
    };
    let head = "[study]\ntitle = \"T\"\narea-name = \"A\"\nauthority-kind = \"unitary\"\nauthorities = [\"E06990001\"]\n";
    let path = advice(&format!("{head}[[source]]\nkind = \"population\"\npath = \"C:\\Users\\me\\p.csv\"\nsensitivity = \"open\"\n"));
    assert!(path.contains("C:/Users/me/p.csv"), "{path}");
    let sensitivity = advice(&format!("{head}[[source]]\nkind = \"population\"\npath = \"p.csv\"\n"));
    assert!(sensitivity.contains("sensitivity = \"open\"") && sensitivity.contains("restricted"), "{sensitivity}");
    let borough = advice(&format!("{head}[[source]]\nkind = \"mps-wide\"\npath = \"p.csv\"\nsensitivity = \"open\"\n"));
    assert!(borough.contains("borough = "), "{borough}");
}

#[test]
fn a_category_that_counts_others_is_no_category_beside_them() {
    let columns =
        "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
    let read = |whole: &dyn Fn(usize, usize) -> usize, more: &str| {
        let mut table = "Month,LSOA,Offence,Number\n".to_owned();
        for month in 1..=12 {
            for (i, area) in AREAS.iter().enumerate() {
                let (a, b, c) = (4 + i % 3, month % 4, 2 + (i * month) % 5);
                for (offence, n) in [("Stalking", a), ("Rape", b), ("Robbery", c), ("VAWG", whole(a, b)), ("Violence", whole(a, b + c))] {
                    table += &format!("2023-{month:02},{area},{offence},{n}\n");
                }
            }
        }
        let (study, problems) = Millbeck::new().file("events-csv", "x.csv", table, &format!("{columns}{more}")).read();
        (study.is_some(), errors(&problems))
    };
    // Of all the others, and of some of them.
    assert_eq!(read(&|a, b| a + b, ""), (false, vec!["D218"]));
    assert_eq!(read(&|a, b| a + b, "\nkeep = { Offence = [\"Stalking\", \"Rape\", \"Robbery\"] }"), (true, vec![]));
    assert_eq!(read(&|a, b| a + b + (a * b) % 2, ""), (true, vec![]));
}

#[test]
fn a_formula_that_nothing_worked_out_is_no_empty_cell() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, line) in rows(',').lines().enumerate() {
        for (c, cell) in line.split(',').enumerate() {
            sheet.write_string(r as u32, c as u16, cell).unwrap();
        }
    }
    sheet.write_string(0, 4, "Number").unwrap();
    (1..=40).for_each(|r| _ = sheet.write_formula(r, 4, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).unwrap());
    let worked_out = book.save_to_buffer().unwrap();
    let counted = "columns = { date = \"Date\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";
    let read = |bytes: &[u8]| {
        let plan = format!("name = \"extract\"\ntopic = \"incidents\"\n{counted}");
        let (study, problems) = Millbeck::new().file("events-csv", "extract.xlsx", bytes, &plan).read();
        (study.map(|s| s.datasets[0].total(&Default::default())), errors(&problems))
    };
    assert_eq!(read(&worked_out), (Some(80), vec![]));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&worked_out)).unwrap();
    let names: Vec<String> = archive.file_names().filter_map(|n| n.ok().map(|n| n.into_owned())).collect();
    let parts: Vec<(String, Vec<u8>)> = names
        .into_iter()
        .map(|name| {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut archive.by_name(&name).unwrap(), &mut bytes).unwrap();
            let bytes =
                if name.ends_with("sheet1.xml") { String::from_utf8(bytes).unwrap().replace("<v>2</v>", "").into_bytes() } else { bytes };
            (name, bytes)
        })
        .collect();
    let left = crate::messy_tables::zip(parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    assert_eq!(read(&left), (None, vec!["R124"]));
}

#[test]
fn rows_that_a_filter_hides_are_read_and_told() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, line) in rows(',').lines().enumerate() {
        line.split(',').enumerate().for_each(|(c, cell)| _ = sheet.write_string(r as u32, c as u16, cell).unwrap());
    }
    (3..9).for_each(|r| _ = sheet.set_row_hidden(r).unwrap());
    let plan = "name = \"extract\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", area = \"LSOA\", category = \"Offence\" }";
    let (study, problems) = Millbeck::new().file("events-csv", "extract.xlsx", book.save_to_buffer().unwrap(), plan).read();
    assert_eq!(study.map(|s| s.datasets[0].total(&Default::default())), Some(40));
    assert!(errors(&problems).is_empty() && tells(&problems, "R124"), "{:?}", problems.list());
}
