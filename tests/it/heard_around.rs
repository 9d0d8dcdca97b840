//! What says that a service is confidential and stands beside it: capitals in headings, a label beside its value, another sheet, a line between services.

use serde_json::{Value, json};

use crate::study_files::Study;

const PLACE: &str = "0.418351,53.043217";

/// A study with one more source, of which nothing is said yet.
fn with(kind: &str, path: &str, more: &str) -> Study {
    let study = Study::small();
    let plan = study.text("study.toml");
    let source = format!("[[source]]\nkind = \"{kind}\"\nname = \"more\"\npath = \"{path}\"\nsensitivity = \"open\"\n{more}");
    study.write("study.toml", format!("{plan}\n{source}").as_bytes());
    study
}

fn stops(study: &Study, what: &str) {
    let (code, text) = study.check();
    assert!(code == Some(1) && text.contains("S301") && !text.contains("Larkspur"), "{what}: {text}");
}

fn goes_on(study: &Study, what: &str) {
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{what}: {text}");
}

#[test]
fn capitals_part_the_words_of_a_heading_in_every_table() {
    let flat = with("services-csv", "services/more.csv", "");
    let package = with("services-hsds", "more", "");
    for (heading, secret, open) in [("isPublic", "false", "true"), ("hideAddress", "true", "false"), ("Is_Public", "f", "true")] {
        for (value, is_secret) in [(secret, true), (open, false)] {
            let heads = format!("service_id,name,types,status,delivery,longitude,latitude,{heading}");
            flat.write("services/more.csv", format!("{heads}\nK1,Larkspur,counselling,active,site,{PLACE},{value}\n").as_bytes());
            package.write("more/services.csv", format!("id,name,status,{heading}\nK1,Larkspur,active,{value}\n").as_bytes());
            package.write("more/locations.csv", b"id,location_type,longitude,latitude\nL1,physical,0.418351,53.043217\n");
            package.write("more/service_at_location.csv", b"id,service_id,location_id\nX1,K1,L1\n");
            for study in [&flat, &package] {
                if is_secret { stops(study, heading) } else { goes_on(study, heading) }
            }
        }
    }
}

#[test]
fn a_label_beside_its_value_is_its_heading() {
    let study = with("services-open-referral", "services/more.json", "");
    let run = |members: &Value| {
        let mut service = json!({
            "id": "K1", "name": "Larkspur", "status": "active",
            "service_at_locations": [{"id": "X", "location": {"id": "L", "location_type": "physical", "latitude": 53.043217, "longitude": 0.418351}}]
        });
        for (key, value) in members.as_object().unwrap() {
            service[key] = value.clone();
        }
        study.write("services/more.json", json!([service]).to_string().as_bytes());
    };
    for secret in [
        json!({"attributes": [{"id": "A", "label": "Publish address?", "value": "No"}]}),
        json!({"custom_fields": [{"name": "Publish address", "value": "No"}]}),
        json!({"extra": [{"label": "Confidential?", "data": "Yes"}]}),
        json!({"extra": [{"title": "Show on public map", "val": "No"}]}),
        json!({"options": [{"id": "hide-address", "selected": true}]}),
        json!({"flags": {"dnp": true}}),
    ] {
        run(&secret);
        stops(&study, &secret.to_string());
    }
    for open in [
        json!({"attributes": [{"id": "A", "label": "Publish address?", "value": "Yes"}]}),
        json!({"options": [{"id": "step-free", "selected": true}]}),
        json!({"flags": {"dnp": false}}),
    ] {
        run(&open);
        goes_on(&study, &open.to_string());
    }
}

#[test]
fn another_sheet_that_speaks_of_a_service_is_heard() {
    let study = with("services-csv", "services/more.xlsx", "");
    let table = format!("service_id,name,types,status,delivery,longitude,latitude\nK1,Larkspur,counselling,active,site,{PLACE}\n");
    let run = |name: &str, rows: &[&[&str]]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let lines: Vec<Vec<&str>> = table.lines().map(|l| l.split(',').collect()).collect();
        let second: Vec<Vec<&str>> = rows.iter().map(|r| r.to_vec()).collect();
        for (title, rows) in [("Services", &lines), (name, &second)] {
            let sheet = book.add_worksheet();
            sheet.set_name(title).unwrap();
            for (r, row) in rows.iter().enumerate() {
                for (c, cell) in row.iter().enumerate() {
                    sheet.write_string(r as u32, c as u16, *cell).unwrap();
                }
            }
        }
        study.write("services/more.xlsx", &book.save_to_buffer().unwrap());
    };
    let secret: [(&str, &[&[&str]]); 3] = [
        ("Flags", &[&["service_id", "confidential"], &["K1", "yes"]]),
        ("Notes", &[&["K1 is a refuge: do not publish its address"]]),
        ("Refuges", &[&["K1"]]),
    ];
    for (name, rows) in secret {
        run(name, rows);
        stops(&study, name);
    }
    let ordinary: [(&str, &[&[&str]]); 3] = [
        ("Cover", &[&["Directory of services"], &["Free and confidential"]]),
        ("Flags", &[&["service_id", "confidential"], &["K1", "no"]]),
        ("Types", &[&["refuge"], &["idva"]]),
    ];
    for (name, rows) in ordinary {
        run(name, rows);
        goes_on(&study, name);
    }
}

#[test]
fn a_line_between_services_is_heard_though_bad_records_are_set_aside() {
    let study = with("services-csv", "services/more.csv", "bad-records = \"set-aside\"\n");
    let run = |line: &str| {
        let row = |id: &str| format!("{id},Larkspur {id},counselling,active,site,{PLACE}\n");
        let heads = "service_id,name,types,status,delivery,longitude,latitude\n";
        study.write("services/more.csv", format!("{heads}{}{}{line}\n{}", row("K1"), row("K2"), row("K3")).as_bytes());
    };
    for line in ["REFUGES,,,,,,", "Confidential - do not publish,,,,,,", ",Safe houses,,,,,"] {
        run(line);
        stops(&study, line);
    }
    run("North of the river,,,,,,");
    goes_on(&study, "an ordinary line");
}

#[test]
fn what_a_workbook_of_services_hides_is_not_let_through() {
    let study = with("services-csv", "services/more.xlsx", "");
    let table = format!("service_id,name,types,status,delivery,longitude,latitude\nK1,Larkspur,counselling,active,site,{PLACE}\n");
    let run = |hide: &dyn Fn(&mut rust_xlsxwriter::Worksheet)| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (r, line) in table.lines().enumerate() {
            line.split(',').enumerate().for_each(|(c, cell)| _ = sheet.write_string(r as u32, c as u16, cell).unwrap());
        }
        hide(sheet);
        study.write("services/more.xlsx", &book.save_to_buffer().unwrap());
    };
    run(&|sheet| _ = sheet.set_row_hidden(1).unwrap());
    stops(&study, "a hidden row");
    run(&|sheet| _ = sheet.set_column_hidden(5).unwrap());
    stops(&study, "a hidden column");
    run(&|sheet| _ = sheet.insert_note(1, 1, &rust_xlsxwriter::Note::new("Do not publish this address")).unwrap());
    stops(&study, "a comment");
    run(&|sheet| _ = sheet.insert_note(1, 1, &rust_xlsxwriter::Note::new("Ring the bell twice")).unwrap());
    goes_on(&study, "an ordinary comment");
    run(&|sheet| _ = sheet.set_column_hidden(40).unwrap());
    goes_on(&study, "a hidden column beside the table");
}
