//! Street files as they come out of browsers, spreadsheets and archives: more of the kinds of fault of the cases (coverage, copies, placeholders, forms).

use crate::messy_tables::zip;
use crate::millbeck_forces::{ALL, HEADINGS, Millbeck, VIOLENCE, code, middle, month_rows, months, rates, row, set_aside};

const MAY: &str = "police/2023-05-millshire-street.csv";

/// The usual study with another file for May.
fn with_may(path: &str, change: impl Fn(String) -> Vec<u8>) -> Millbeck {
    let mut study = Millbeck::new();
    let text = String::from_utf8(study.files.remove(MAY).unwrap()).unwrap();
    study.put(path, change(text));
    study
}

#[test]
fn kind_01_a_copy_by_another_name_is_the_month_and_not_a_gap() {
    for name in [
        "2023-05-millshire-street (1).csv",
        "2023-05-millshire-street - Copy.csv",
        "2023-05-MILLSHIRE-STREET.CSV",
        "2023-05-millshire-street_copy.csv",
    ] {
        let study = with_may(&format!("police/{name}"), String::into_bytes);
        let findings = study.gives(384, 48.0);
        assert!(!study.codes().contains(&"D206"), "{name}: {:?}", findings.find(VIOLENCE).unwrap().headline);
    }
    // Beside the file itself it is that file again.
    let mut both = Millbeck::new();
    both.put("police/2023-05-millshire-street (1).csv", both.files[MAY].clone()).gives(384, 48.0);
    // What cannot be read is no month that was never published.
    with_may("police/2023-05-millshire-street.csv.gz", |_| vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0]).is_refused("R124", "Unpack");
    // Outcomes are no crimes: May is missing.
    with_may("police/2023-05-millshire-outcomes.csv", String::into_bytes).gives(352, 44.0);
}

#[test]
fn kind_03_a_month_under_the_name_of_another_is_not_counted_twice() {
    let mut study = Millbeck::new();
    study.put(MAY, HEADINGS.to_owned() + &month_rows("2023-06", "Millshire Police", &ALL));
    study.is_refused("R114", "keep the one that is right");
    // Alone, it is the month that its rows say.
    study.take("police/2023-06-millshire-street.csv").gives(352, 44.0);
}

#[test]
fn kind_03_an_archive_that_was_downloaded_twice_counts_once() {
    let mut study = Millbeck::new();
    let files: Vec<(String, Vec<u8>)> =
        study.files.iter().filter(|(p, _)| p.starts_with("police/")).map(|(p, b)| (p[7..].to_owned(), b.clone())).collect();
    let archive = zip(files.iter().map(|(p, b)| (p.as_str(), b.as_slice())));
    study.clear("police/").put("police/2023-12.zip", archive.clone()).put("police/2023-12 (1).zip", archive).gives(384, 48.0);
}

#[test]
fn case_41_an_archive_zipped_again_on_a_mac() {
    let mut study = Millbeck::new();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (path, bytes) in study.files.iter().filter(|(p, _)| p.starts_with("police/")) {
        files.push((format!("archive/{}", &path[7..]), bytes.clone()));
        files.push((format!("__MACOSX/archive/._{}", &path[7..]), b"\0\x05\x16\x07\0\x02\0\0Mac OS X".to_vec()));
    }
    files.push(("archive/.DS_Store".into(), b"\0\0\0\x01Bud1".to_vec()));
    files.push(("archive/Thumbs.db".into(), b"\xD0\xCF\x11\xE0".to_vec()));
    study.clear("police/").put("police/again.zip", zip(files.iter().map(|(p, b)| (p.as_str(), b.as_slice())))).gives(384, 48.0);
    // Unpacked, with what the Mac leaves beside the files.
    study.clear("police/");
    for (path, bytes) in files {
        study.put(&format!("police/{path}"), bytes);
    }
    study.gives(384, 48.0);
}

#[test]
fn kind_06_ids_that_a_spreadsheet_rounded_are_no_ids() {
    for stand_in in ["2.02301E+05", "N/A", "0", "NULL", "#N/A"] {
        let study = with_may(MAY, |text| {
            let id = |line: &str| {
                if line.len() > 64 && line.as_bytes()[64] == b',' && line.as_bytes()[0] != b'C' {
                    format!("{stand_in}{}\n", &line[64..])
                } else {
                    format!("{line}\n")
                }
            };
            text.lines().map(id).collect::<String>().into_bytes()
        });
        let findings = study.gives(384, 48.0);
        assert!(set_aside(&findings, "police").is_empty(), "{stand_in}");
    }
}

#[test]
fn kind_06_a_place_that_is_none_leaves_the_row_in_the_total() {
    let point = format!("{:.6},{:.6}", middle(0).0, middle(0).1);
    for (stand_in, own) in [("NULL,NULL", true), ("-1,-1", false), ("0.0,0.0", false), ("99.999999,0.000000", false)] {
        let study = with_may(MAY, |text| {
            let text = text.replace(&point, stand_in);
            if own { text } else { text.replace(&format!(",{},", code(0)), ",,") }.into_bytes()
        });
        let findings = study.gives(384, 48.0);
        let rates = rates(&findings, VIOLENCE);
        let expected = if own { (Some(48), Some(0)) } else { (Some(44), Some(4)) };
        assert_eq!((rates.rows[0].count.known(), rates.unlocated.known()), expected, "{stand_in}");
    }
    // A code that says nothing, or of a register that is gone: the point decides.
    for stand_in in ["#N/A", "00KA001", "unknown"] {
        let study = with_may(MAY, |text| text.replace(&format!(",{},", code(0)), &format!(",{stand_in},")).into_bytes());
        assert_eq!(rates(&study.gives(384, 48.0), VIOLENCE).rows[0].count.known(), Some(48), "{stand_in}");
    }
}

#[test]
fn kind_08_rows_that_are_no_rows_are_passed_over() {
    let blank = with_may(MAY, |text| (text + &",,,,,,,,,,,\n".repeat(5)).into_bytes());
    assert!(blank.run().1.is_empty(), "{:?}", blank.run().1);
    blank.gives(384, 48.0);
    // Months joined with `cat`.
    let mut joined = Millbeck::new();
    let all: Vec<u8> = joined.files.iter().filter(|(p, _)| p.starts_with("police/")).flat_map(|(_, b)| b.clone()).collect();
    joined.clear("police/").put("police/all-street.csv", all);
    assert!(joined.run().1.is_empty(), "{:?}", joined.run().1);
    joined.gives(384, 48.0);
    // Cells at the end that a spreadsheet added or left out.
    with_may(MAY, |text| text.lines().map(|l| format!("{l},,\n")).collect::<String>().into_bytes()).gives(384, 48.0);
    with_may(MAY, |text| text.lines().map(|l| format!("{}\n", l.trim_end_matches(','))).collect::<String>().into_bytes()).gives(384, 48.0);
    // A file that was cut off in the middle of a row is not that.
    with_may(MAY, |text| text.as_bytes()[..text.len() - 60].to_vec()).is_refused("R105", "cut off");
}

#[test]
fn kind_09_street_files_in_other_encodings_with_other_separators_and_months() {
    let little = |text: String| [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>();
    with_may(MAY, little).gives(384, 48.0);
    with_may(MAY, |text| text.replace(',', ";").into_bytes()).gives(384, 48.0);
    with_may(MAY, |text| format!("sep=\t\r\n{}", text.replace(',', "\t")).into_bytes()).gives(384, 48.0);
    with_may(MAY, |text| text.replace(",2023-05,", ",May-23,").into_bytes()).gives(384, 48.0);
    with_may(MAY, |text| text.replace(",2023-05,", ",01/05/2023,").into_bytes()).gives(384, 48.0);
    with_may(MAY, |text| text.replace("Crime ID,Month", "crime id, MONTH ").replace("LSOA code", "LSOA  code").into_bytes())
        .gives(384, 48.0);
}

#[test]
fn kind_02_one_crime_type_in_two_spellings_is_one_type() {
    let mut study = Millbeck::new();
    for (i, bytes) in study.files.iter_mut().filter(|(p, _)| p.starts_with("police/")).map(|(_, b)| b).enumerate() {
        let other = ["Violence And Sexual Offences", "VIOLENCE AND SEXUAL OFFENCES", "Violence and sexual offences "][i % 3];
        *bytes = String::from_utf8(bytes.clone()).unwrap().replace("Violence and sexual offences", other).into_bytes();
    }
    let findings = study.gives(384, 48.0);
    assert!(!findings.findings.iter().any(|f| f.id.ends_with("areas-2")));
}

#[test]
fn kind_11_every_line_of_the_ledger_adds_up_whatever_is_set_aside() {
    let mut study = Millbeck::new();
    for month in months() {
        let path = format!("police/{month}-millshire-street.csv");
        study.add(&path, &row(&format!("far{month}"), &month, "Millshire Police", Some((-2.0, 53.4)), "E01990201", "Drugs"));
        study.add(&path, &row("", &month, "Millshire Police", None, "", "Violence and sexual offences"));
        study.add(&path, ",,,,,,,,,,,\n");
        study.add(&path, HEADINGS);
        let again: String = month_rows(&month, "Millshire Police", &ALL[..1]);
        study.add(&path, &again);
    }
    let findings = study.answer();
    for line in &findings.ledger {
        let aside: u64 = line.set_aside.values().filter_map(|n| n.known()).sum();
        assert_eq!(line.read.known().unwrap(), line.kept.known().unwrap() + aside, "{line:?}");
    }
    assert_eq!(rates(&findings, VIOLENCE).total.count.known(), Some(384 + 12));
}
