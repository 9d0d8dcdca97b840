//! The two studies: a small invented borough with all kinds of sources, and six squares without a catalogue.

use std::fmt::Write;

use gapmap::synthetic::{Settings, borough as invented};

use crate::study_files::Study;

/// Sixteen areas, one more than the fewest that inequality is told of, over two years, with a catalogue, users by group, reports of feeling unsafe and a restricted extract of the police.
pub fn borough() -> Study {
    let study = Study::of(&invented(&Settings { seed: 11, areas: 16, months: 24, planted: true, ..Settings::default() }));
    let mut extract = String::from("Date,LSOA,Offence,Hour,Crimes,Outcome,Outcome date\n");
    let offences = ["Stalking and harassment", "Rape", "Violence with injury", "Coercive control"];
    for (month, area, offence) in (0..24).flat_map(|m| (1..=16).flat_map(move |a| (0..4).map(move |o| (m, a, o)))) {
        // Frequent in four areas, rare in the others; coercive control is rare everywhere.
        let often = [14, 3, 22, 1][offence] / if area <= 4 { 1 } else { 3 };
        let n = (often + (month * 7 + area * 5 + offence * 3) % 5) * usize::from((month + area * 3 + offence) % 4 != 0);
        if n > 0 {
            let (year, of_year) = (2024 + month / 12, month % 12 + 1);
            let (day, hour) = ((month * 3 + area * 5 + offence * 7) % 28 + 1, (month * 5 + area * 7 + offence * 11) % 24);
            let (outcome, closed) = outcome(month, area, offence);
            let offence = offences[offence];
            let _ = writeln!(extract, "{year}-{of_year:02}-{day:02},E01990{area:03},{offence},{hour},{n},{outcome},{closed}");
        }
    }
    study.write("extract.csv", extract.as_bytes());
    let plan = study.text("study.toml");
    let source = "\n[[source]]\nkind = \"events-csv\"\nname = \"police extract\"\npath = \"extract.csv\"\nsensitivity = \"restricted\"\n\
        topic = \"incidents\"\ncovers = { first = \"2024-01\", last = \"2025-12\" }\n\
        columns = { date = \"Date\", area = \"LSOA\", category = \"Offence\", hour = \"Hour\", count = \"Crimes\", \
        outcome = \"Outcome\", outcome-date = \"Outcome date\" }\n";
    // A kilometre leaves some out of reach of something, so that maps of reach have more than one class.
    study.write("study.toml", (plan + source + "\n[defaults]\nreach-m = 1000\n").as_bytes());
    study
}

/// What became of the crimes of a row, in the words of a force, and the month in which it did: none where that is after the extract.
fn outcome(month: usize, area: usize, offence: usize) -> (&'static str, String) {
    const WORDS: [&str; 5] = ["16 - Evidential difficulties: victim does not support action", "18", "Charged", "Outcome 15", "Filed"];
    let (kind, wait) = ((month * 5 + area * 3 + offence) % 9, (month + area * 2 + offence * 5) % 11);
    let closed = month + wait;
    match WORDS.get(kind / 2) {
        Some(words) if closed < 24 => (words, format!("{}-{:02}", 2024 + closed / 12, closed % 12 + 1)),
        _ => ("", String::new()),
    }
}

/// Six squares in a row, a year, referrals that are restricted and crimes that are open. Nothing is known of services.
pub fn by_hand() -> Study {
    let study = Study::of(&Default::default());
    study.write("study.toml", BY_HAND.as_bytes());
    let square = |i: usize| {
        let (west, south) = (0.40 + 0.015 * (i % 3) as f64, 53.05 + 0.01 * (i / 3) as f64);
        let (east, north) = (west + 0.015, south + 0.01);
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"LSOA21CD\":\"E0100000{n}\",\"LSOA21NM\":\"Square {n}\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[[[{west:.3},{south:.3}],[{east:.3},{south:.3}],[{east:.3},{north:.3}],[{west:.3},{north:.3}],[{west:.3},{south:.3}]]]}}}}",
            n = i + 1
        )
    };
    let squares: Vec<String> = (0..6).map(square).collect();
    study.write("squares.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", squares.join(",\n")).as_bytes());
    let mut wards = String::from("LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\n");
    let mut people = String::from(
        "date,geography,geography code,Sex: All persons; measures: Value,Sex: Female; measures: Value,Sex: Male; measures: Value\n",
    );
    let mut deprivation = String::from("lsoa21_code,IMD_score,IMD_rank,IMD_decile\n");
    let residents = [1_400, 1_500, 1_600, 1_700, 1_800, 2_000];
    for (i, all) in residents.into_iter().enumerate() {
        let (n, ward) = (i + 1, i / 3 + 1);
        let _ = writeln!(wards, "E0100000{n},Square {n},E0500000{ward},Ward {ward},E06000001,Six Squares");
        let _ = writeln!(people, "2021,Square {n},E0100000{n},{all},{},{}", all / 2 + 10, all / 2 - 10);
        let _ = writeln!(deprivation, "E0100000{n},{:.1},{},{}", 40.0 - 5.0 * i as f64, 1 + 6_000 * i, 1 + 2 * i.min(4));
    }
    study.write("wards.csv", wards.as_bytes());
    study.write("people.csv", people.as_bytes());
    study.write("deprivation.csv", deprivation.as_bytes());
    study.write("crimes.csv", counts(|i, month| 10 + 4 * (5 - i) + month % 3).as_bytes());
    // None in the last square, one in the last but one, and enough to be told in the others.
    study.write("referrals.csv", counts(|i, month| [9, 8, 12, 2, usize::from(month == 4), 0][i]).as_bytes());
    study
}

/// Rows of counts by month and square; where nothing happened they say so.
fn counts(of: impl Fn(usize, usize) -> usize) -> String {
    let mut out = String::from("month,area,kind,n\n");
    for (month, i) in (0..12).flat_map(|m| (0..6).map(move |i| (m, i))) {
        let _ = writeln!(out, "2025-{:02},E0100000{},Domestic abuse,{}", month + 1, i + 1, of(i, month));
    }
    out
}

const BY_HAND: &str = r#"[study]
title = "Six Squares: needs and services"
area-name = "Six Squares"
authority-kind = "unitary"
authorities = ["E06000001"]
geography = "lsoa"
invented = true

[release]
tier = "partnership"

[[source]]
kind = "boundaries"
path = "squares.geojson"
sensitivity = "open"

[[source]]
kind = "lookup"
path = "wards.csv"
sensitivity = "open"

[[source]]
kind = "population"
path = "people.csv"
sensitivity = "open"

[[source]]
kind = "deprivation"
path = "deprivation.csv"
sensitivity = "open"

[[source]]
kind = "events-csv"
name = "crimes"
path = "crimes.csv"
sensitivity = "open"
topic = "incidents"
columns = { month = "month", area = "area", category = "kind", count = "n" }

[[source]]
kind = "events-csv"
name = "referrals"
path = "referrals.csv"
sensitivity = "restricted"
topic = "referrals"
columns = { month = "month", area = "area", category = "kind", count = "n" }
"#;
