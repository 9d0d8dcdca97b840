//! Words around a table of services that say it of all of them, whether they stand in the name of a file, a folder or a sheet, in a text beside a package or
//! on another sheet; and ordinary services that hold such a word in the name of a street or of a shop.

use crate::catalogue_grammar::{Record, put};
use crate::said_around::{TABLE, stops, with_source};

fn file_stops(path: &str) -> bool {
    let study = with_source("services-csv", path);
    study.write(path, TABLE.as_bytes());
    stops(&study, path)
}

/// A workbook with the table on a sheet of this name, and other sheets.
fn sheet_stops(name: &str, others: &[(&str, &[&[&str]])]) -> bool {
    let study = with_source("services-csv", "more/book.xlsx");
    let table: Vec<Vec<&str>> = TABLE.lines().map(|line| line.split(',').collect()).collect();
    let mut sheets = vec![(name, table)];
    sheets.extend(others.iter().map(|(name, rows)| (*name, rows.iter().map(|row| row.to_vec()).collect())));
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                sheet.write_string(r as u32, c as u16, *cell).unwrap();
            }
        }
    }
    study.write("more/book.xlsx", &book.save_to_buffer().unwrap());
    stops(&study, name)
}

#[test]
fn a_name_says_the_same_as_a_sheet_and_as_a_file() {
    for name in ["Not for web", "Part 4", "DA units", "Internal only", "Private", "Accommodation", "Refuges"] {
        assert!(sheet_stops(name, &[]), "the sheet {name}");
        for path in [format!("more/{name}.csv"), format!("more/{}.csv", name.to_uppercase().replace(' ', "_"))] {
            assert!(file_stops(&path), "{path}");
        }
    }
    for path in ["more/sa_part4_2025.csv", "more/dv units.csv", "more/accom.csv", "not for web/list.csv"] {
        assert!(file_stops(path), "{path}");
    }
    for path in [
        "more/services_private_sector.csv",
        "private/services.csv",
        "more/services_flat.csv",
        "more/export part 4 of 6.csv",
        "more/contacts.csv",
    ] {
        assert!(!file_stops(path), "{path}");
    }
    assert!(!sheet_stops("Services", &[("Part 4 of the contract", &[&["Payment", "monthly"]])]));
    // The fourth of four parts is no part of an Act.
    let study = with_source("services-csv", "more/Part 4.csv");
    study.write("more/Part 4.csv", TABLE.as_bytes());
    study.write("more/Part 3.csv", TABLE.as_bytes());
    assert!(!stops(&study, "one of several parts"));
}

#[test]
fn what_another_sheet_says_of_all_is_heard() {
    let secret: [&[&[&str]]; 6] = [
        &[&["The sites on the first sheet are where women live"]],
        &[&["Families live at these addresses"]],
        &[&["Marking", "TLP AMBER"]],
        &[&["TLP:RED"]],
        &[&["Circulation", "Partners"]],
        &[&["This list is not for the public"]],
    ];
    for rows in secret {
        assert!(sheet_stops("Services", &[("Info", rows)]), "{rows:?}");
    }
    let open: [&[&[&str]]; 5] = [
        &[&["The sites are not open to the public on Sundays"]],
        &[&["Protective marking", "OFFICIAL"]],
        &[&["TLP", "CLEAR"]],
        &[&["Circulation", "Everybody"]],
        &[&["A list of services near where people live"]],
    ];
    for rows in open {
        assert!(!sheet_stops("Services", &[("Info", rows)]), "{rows:?}");
    }
}

#[test]
fn a_text_beside_a_package_and_a_description_of_its_tables_are_heard_alike() {
    let study = with_source("services-hsds", "package");
    study.write("package/services.csv", b"id,organization_id,name,description,status\ns1,o1,Larkspur,,active\n");
    study.write("package/organizations.csv", b"id,name\no1,Invented Trust\n");
    study.write("package/locations.csv", b"id,location_type,latitude,longitude\nl1,physical,53.04,0.41\n");
    study.write("package/service_at_location.csv", b"id,service_id,location_id\nx1,s1,l1\n");
    let heard = |name: &str, text: &str| {
        study.write(&format!("package/{name}"), text.as_bytes());
        let told = stops(&study, text);
        std::fs::remove_file(study.folder.join("package").join(name)).unwrap();
        told
    };
    let secret = ["locations are not for the public", "addresses are secret", "these sites are where women live"];
    let open = ["locations of all services", "locations are public", "the sites are not open to the public on Sundays"];
    for (texts, is_secret) in [(secret, true), (open, false)] {
        for text in texts {
            assert_eq!(heard("README.txt", text), is_secret, "{text}");
            let table = format!("name,description\nlocations,{text}\n");
            assert_eq!(heard("meta_table_descriptions.csv", &table), is_secret, "{text}");
        }
    }
}

fn record(name: &str, types: &str) -> Record {
    let fields = [("name", name), ("types", types), ("provider", "Invented Provider"), ("description", "")];
    Record {
        id: "ZZ-1".into(),
        fields: fields.into_iter().map(|(k, v)| (k, v.to_owned())).collect(),
        place: None,
        site: Some((0.4183, 53.0432)),
        never_shown: vec![],
    }
}

#[test]
fn a_street_or_a_shop_that_is_called_after_a_refuge_is_none() {
    for form in 0..3 {
        let stopped = |name: &str, types: &str| stops(&put(form, &[record(name, types)], false), name);
        for (name, types) in [
            ("Counselling at Refuge Lane", "counselling"),
            ("Counselling at Refuge Lane, Brindle", "counselling"),
            ("Brindle Counselling, 14 Refuge Road", "counselling"),
            ("Safe Haven Pharmacy", ""),
        ] {
            assert!(!stopped(name, types), "form {form}: {name}");
        }
        for (name, types) in [
            ("Brindle Refuge, Mill Lane", "counselling"),
            ("Brindle Refuge Mill Lane", "counselling"),
            ("Women's Refuge Lane", "counselling"),
            ("Safe Haven", ""),
            ("Safe Haven for Women, over the Pharmacy", ""),
        ] {
            assert!(stopped(name, types), "form {form}: {name}");
        }
    }
}

#[test]
fn what_stands_in_the_place_of_an_id_is_not_repeated() {
    let study = with_source("services-csv", "more/list.csv");
    let heads = "service_id,name,provider,types,delivery,longitude,latitude\n";
    for (id, is_named) in [("14 Zqxroad QM1 2ZQ z", false), ("ZQ_QM1_2ZQ", false), ("K-17", true)] {
        study.write("more/list.csv", format!("{heads}{id},Council Counselling,Invented Trust,counselling,site,,\n").as_bytes());
        let output = study.gapmap(&["check", "study.toml"]);
        let text = String::from_utf8(output.stderr).unwrap();
        let told = text.lines().any(|line| line.contains("gives neither coordinates") && line.contains(id));
        assert_eq!(told, is_named, "{text}");
        assert!(text.contains("gives neither coordinates") && (is_named || !text.contains("2ZQ")), "{text}");
    }
}
