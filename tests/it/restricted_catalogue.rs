//! A catalogue that is not for everybody: its numbers go through the rule, and where it is, the public cannot guess.

use gapmap::model::{Body, Findings, Reach, Verdict};
use gapmap::synthetic::{Settings, borough as synthetic};
use gapmap::units::Cell;

use crate::pack_files::{assert_same, but_for_fingerprints, texts};
use crate::study_files::Study;

const TIERS: [&str; 3] = ["public", "partnership", "restricted"];
const SIDE: &str = "services/side-table.csv";
const FLAT: &str = "services/commissioned.csv";

/// The small borough for a tier, its catalogues restricted; everywhere with a rule that rounds, so that no tier may show a number as it is.
fn borough(tier: &str) -> Study {
    restrict(Study::small(), tier)
}

/// A borough with people enough that the yardsticks for staff ask for more than one.
fn larger() -> Study {
    Study::of(&synthetic(&Settings { seed: 7, areas: 60, months: 12, planted: true, ..Settings::default() }))
}

fn restrict(study: Study, tier: &str) -> Study {
    study.replace("study.toml", "tier = \"public\"", &format!("tier = \"{tier}\""));
    for path in ["services/open-referral.json", SIDE, FLAT] {
        let open = format!("path = \"{path}\"\nsensitivity = \"open\"");
        study.replace("study.toml", &open, &format!("path = \"{path}\"\nsensitivity = \"restricted\""));
    }
    study
}

/// Changes cells of the row of a service.
fn set(study: &Study, path: &str, id: &str, cells: &[(&str, &str)]) {
    let text = study.text(path);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings).unwrap();
    let mut found = 0;
    for row in reader.records() {
        let row = row.unwrap();
        found += usize::from(&row[0] == id);
        let value = |(heading, old): (&str, &str)| -> String {
            let new = cells.iter().find(|c| c.0 == heading && &row[0] == id);
            new.map_or(old, |c| c.1).to_owned()
        };
        writer.write_record(headings.iter().zip(&row).map(value)).unwrap();
    }
    assert!(found == 1 && cells.iter().all(|c| headings.iter().any(|h| h == c.0)), "{path}, {id}");
    study.write(path, &writer.into_inner().unwrap());
}

/// Numbers that stand nowhere else.
fn with_marks(study: &Study) {
    set(study, SIDE, "OR-05", &[("capacity", "6"), ("capacity_unit", "FTE"), ("caseload", "861377"), ("waiting", "579193")]);
    set(study, SIDE, "OR-06", &[("capacity", "2"), ("capacity_unit", "FTE")]);
    set(study, SIDE, "OR-03", &[("capacity", "846131"), ("capacity_unit", "places"), ("caseload", "846262"), ("waiting", "316319")]);
    set(study, FLAT, "CS-03", &[("waiting", "412797"), ("wait_days", "574373")]);
}

const MARKS: [u64; 7] = [861377, 579193, 846131, 846262, 316319, 412797, 574373];

fn run(study: &Study) -> Findings {
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    let tier = TIERS.iter().find(|t| study.folder.join(format!("out/findings.{t}.json")).exists()).unwrap();
    serde_json::from_slice(&study.read(&format!("out/findings.{tier}.json"))).unwrap()
}

/// Whether a number stands in a text by itself, as digits or with a comma at the thousands.
fn stands(text: &str, n: u64) -> bool {
    let part = |c: char| c.is_ascii_digit() || c == '.';
    [n.to_string(), format!("{},{:03}", n / 1000, n % 1000)].iter().any(|word| {
        text.match_indices(word.as_str()).any(|(at, _)| {
            let after = &text[at + word.len()..];
            let goes_on = after.starts_with(|c: char| c.is_ascii_digit())
                || after.strip_prefix('.').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
            !text[..at].ends_with(part) && !goes_on
        })
    })
}

#[test]
fn no_number_of_it_is_told_as_it_is_in_any_file_of_any_tier() {
    for tier in TIERS {
        let study = restrict(larger(), tier);
        with_marks(&study);
        let findings = run(&study);
        for (path, text) in texts(&study) {
            let told: Vec<u64> = MARKS.into_iter().filter(|n| stands(&text, *n)).collect();
            assert!(told.is_empty(), "{tier}, {path}: {told:?}");
            for words in ["lists 8 FTE", "capacity 6 FTE", "capacity 2 FTE"] {
                assert!(!text.contains(words), "{tier}, {path}: {words}");
            }
        }
        // It is told that they are withheld, and what may be told is.
        let Body::Gaps(register) = &findings.find("gaps/register").unwrap().body else { panic!() };
        let idva = register.rows.iter().find(|r| r.id.starts_with("capacity/") && r.subject.contains("domestic violence adviser")).unwrap();
        assert!(idva.measured.contains("withheld"), "{}", idva.measured);
        let waiting: Vec<u64> = register.rows.iter().filter(|r| r.dimension == "waiting").filter_map(|r| r.people.known()).collect();
        assert!(waiting.contains(&579195) && waiting.contains(&316320), "{tier}: {waiting:?}");
    }
}

#[test]
fn the_same_numbers_of_an_open_catalogue_are_told_exactly() {
    let study = larger();
    with_marks(&study);
    run(&study);
    let all = texts(&study);
    // Counts of the register are rounded here, too, for the sake of restricted reports beside them; what a record says is not.
    for n in [846131, 574373] {
        assert!(all.values().any(|text| stands(text, n)), "the search finds what is there: {n}");
    }
    for words in ["lists 8 FTE", "capacity 6 FTE", "capacity 2 FTE"] {
        assert!(all.values().any(|text| text.contains(words)), "{words}");
    }
}

#[test]
fn one_case_more_or_fewer_changes_no_byte() {
    // 24 places, 24 cases and 64 waiting are told as 25, 25 and 65: so are the others.
    for tier in ["public", "partnership"] {
        let pack = |capacity: u32, cases: u32, waiting: u32| {
            let study = borough(tier);
            let cells = [capacity, cases, waiting].map(|n| n.to_string());
            set(&study, SIDE, "OR-03", &[("capacity", &cells[0]), ("caseload", &cells[1]), ("waiting", &cells[2])]);
            run(&study);
            but_for_fingerprints(&study)
        };
        let first = pack(24, 24, 64);
        for (capacity, cases, waiting) in [(24, 23, 64), (25, 24, 63), (26, 23, 67)] {
            assert_same(&first, &pack(capacity, cases, waiting), &format!("{tier}: {capacity}, {cases}, {waiting}"));
        }
        assert!(first != pack(60, 24, 64), "{tier}: that there is room is told");
    }
}

/// Ways from every area to two sites, so that reach is not by straight lines alone.
fn with_travel(study: &Study, to_first: u32) {
    let mut text = String::from("from,to,minutes\n");
    for i in 1..=30_u32 {
        text += &format!("E019900{i:02},CS-01,{}\nE019900{i:02},OR-01,{}\n", (to_first * i) % 50 + 1, (i * 5) % 60 + 2);
    }
    study.write("travel/times.csv", text.as_bytes());
    let plan = study.text("study.toml");
    if !plan.contains("travel/times.csv") {
        let source = "\n[[source]]\nkind = \"travel-times\"\nname = \"times\"\npath = \"travel/times.csv\"\nsensitivity = \"restricted\"\nmode = \"bus\"\n\
            [defaults]\nby = \"bus\"\n";
        study.write("study.toml", (plan + source).as_bytes());
    }
}

#[test]
fn where_a_restricted_site_is_changes_no_byte_of_what_the_public_reads() {
    for (tier, travel) in [("public", false), ("public", true), ("partnership", false)] {
        let pack = |(x, y): (&str, &str), area: &str, minutes: u32| {
            let study = borough(tier);
            set(&study, FLAT, "CS-01", &[("longitude", x), ("latitude", y), ("area_served", area)]);
            if travel {
                with_travel(&study, minutes);
            }
            run(&study);
            but_for_fingerprints(&study)
        };
        let as_it_is = pack(("0.425618", "53.040542"), "E06990001", 3);
        let moved = [
            (("0.391264", "53.061938"), "E06990001", 17),
            (("0.442719", "53.037483"), "E06990001", 41),
            (("0.425618", "53.040542"), "E01990007", 3),
            (("0.425618", "53.040542"), "E01990003;E01990011", 5),
        ];
        let mut told = 0;
        for (place, area, minutes) in moved {
            let other = pack(place, area, minutes);
            if tier == "public" {
                assert_same(&as_it_is, &other, &format!("travel {travel}: {place:?}, {area}"));
            }
            told += usize::from(other != as_it_is);
        }
        assert!(tier == "public" || told > 1, "partners are told where it is, travel {travel}");
    }
}

#[test]
fn whom_the_public_is_not_told_to_be_reached_is_not_called_out_of_reach() {
    let findings = run(&borough("public"));
    // The plan vouches for this kind, and all its sites are of the restricted directory.
    let Body::AreaClasses(classes) = &findings.find("coverage/one-stop-shop").unwrap().body else { panic!() };
    assert!(classes.rows.iter().all(|r| r.class == Reach::NotKnown));
    for finding in &findings.findings {
        if let Body::AreaClasses(body) = &finding.body {
            assert!(body.rows.iter().all(|r| r.class != Reach::Site && r.class != Reach::OutOfReach), "{}", finding.id);
        }
        assert!(!matches!(finding.body, Body::AreaAccess(_) | Body::NeedAccess(_)), "{}", finding.id);
        assert_ne!(finding.analysis, "travel", "{}", finding.id);
    }
    let Body::Gaps(register) = &findings.find("gaps/register").unwrap().body else { panic!() };
    assert!(register.rows.iter().all(|r| r.dimension != "distance" || r.verdict != Verdict::Gap));
    assert!(findings.sites.is_empty());
    let partners = run(&borough("partnership"));
    assert!(!partners.sites.is_empty() && partners.findings.iter().any(|f| f.analysis == "travel"));
}

#[test]
fn a_restricted_row_under_an_open_one_stays_restricted() {
    let study = Study::small();
    study.replace(
        "study.toml",
        "path = \"services/side-table.csv\"\nsensitivity = \"open\"",
        "path = \"services/side-table.csv\"\nsensitivity = \"restricted\"",
    );
    with_marks(&study);
    // Whichever comes last, the row that says least is open.
    study.write("services/languages.csv", b"service_id,languages\nOR-05,Polish\nOR-03,Polish\nOR-17,\n");
    let source =
        "\n[[source]]\nkind = \"services-side-table\"\nname = \"languages\"\npath = \"services/languages.csv\"\nsensitivity = \"open\"\n";
    study.write("study.toml", (study.text("study.toml") + source).as_bytes());
    run(&study);
    for (path, text) in texts(&study) {
        // The two last marks are of the flat file, which is open here.
        let told: Vec<u64> = MARKS[..5].iter().copied().filter(|n| stands(&text, *n)).collect();
        assert!(told.is_empty() && !text.contains("8 FTE"), "{path}: {told:?}");
    }
}

#[test]
fn capacities_of_refuges_together_go_through_the_rule_where_one_is_of_a_restricted_catalogue() {
    let told = |sensitivity: &str, capacities: [u32; 3]| {
        let study = if sensitivity == "open" { Study::small() } else { borough("public") };
        set(&study, SIDE, "OR-17", &[("capacity", &capacities[0].to_string())]);
        let flat = study.text(FLAT);
        let row = |id: &str, n: u32| format!("{id},House {id},Invented,refuge,,,,,E06990001,yes,active,{n},family places,,,,,,,,\n");
        study.write(FLAT, (flat + &row("ZZ-1", capacities[1]) + &row("ZZ-2", capacities[2])).as_bytes());
        run(&study);
        but_for_fingerprints(&study)
    };
    let has = |pack: &std::collections::BTreeMap<String, String>, words: &str| pack.values().any(|text| text.contains(words));
    let open = told("open", [8, 6, 5]);
    assert!(has(&open, "19 family places"));
    let restricted = told("restricted", [8, 6, 5]);
    assert!(!has(&restricted, "19 family places") && has(&restricted, "20 family places"));
    assert_same(&restricted, &told("restricted", [9, 7, 5]), "21 and 19 are both told as 20");
    assert!(!has(&told("restricted", [1, 2, 3]), "6 family places"));
}

/// A third of what three have together is what one has, where the three are one.
#[test]
fn one_refuge_in_several_records_is_not_several_refuges() {
    // Three records of six places each, beside the refuge of the borough, which has eight.
    let pack = |records: [(&str, &str); 3], setting: &str| {
        let study = Study::small();
        study.replace("study.toml", "invented = true\n", &format!("invented = true\n{setting}\n"));
        let row = |(id, (name, provider)): (&str, (&str, &str))| {
            format!("{id},{name},{provider},refuge,,,,,E06990001,yes,active,6,family places,,,,,,,,\n")
        };
        let rows: String = ["ZZ-1", "ZZ-2", "ZZ-3"].into_iter().zip(records).map(row).collect();
        study.write(FLAT, (study.text(FLAT) + &rows).as_bytes());
        let (code, said) = study.check();
        assert_eq!(code, Some(0), "{said}");
        let told = ["26 family places", "20 family places", "14 family places"];
        let texts = texts(&study);
        (told.map(|sum| texts.values().any(|text| text.contains(sum))), said.matches("S335").count())
    };
    let of = |names: [&'static str; 3]| names.map(|name| (name, "Rowan Trust"));
    assert_eq!(pack(of(["Rowan House", "Alder House", "Hazel House"]), ""), ([true, false, false], 0));
    // Whoever numbers them tells them apart.
    for numbered in [["Rowan Refuge A", "Rowan Refuge B", "Rowan Refuge C"], ["Refuge one 1", "Refuge one 2", "Refuge one 3"]] {
        assert_eq!(pack(of(numbered), ""), ([true, false, false], 0), "{numbered:?}");
    }
    let one = [
        of(["Rowan House"; 3]),
        of(["Rowan House", "ROWAN HOUSE", "Rowan-House"]),
        of(["Rowan House", "Rowan House", "Alder House"]),
        [("Rowan House", "Rowan Trust"), ("Rowan House", ""), ("Rowan House Refuge", "Rowan Trust")],
        [("Rowan House", "Rowan Trust"), ("Rowan House (North)", "Rowan Trust"), ("Rowann House", "Rowan Trust Ltd")],
    ];
    for records in one {
        let (told, warned) = pack(records, "");
        assert!(told == [false; 3] && warned > 0, "{records:?}: {told:?}, {warned}");
    }
    // What the plan says is two is two; a pair that says nothing of these two changes nothing of them.
    let apart = "different-services = [[\"ZZ-1\", \"ZZ-2\"], [\"ZZ-1\", \"ZZ-3\"], [\"ZZ-2\", \"ZZ-3\"]]";
    assert_eq!(pack(of(["Rowan House"; 3]), apart), ([true, false, false], 0));
    assert_eq!(pack(of(["Rowan House"; 3]), "different-services = [[\"ZZ-1\", \"CS-01\"]]").0, [false; 3]);
    // The name that a joined record had counts on.
    let joined = "same-service = [[\"ZZ-1\", \"ZZ-2\"]]";
    assert_eq!(pack(of(["Alder House", "Willow House", "Willow House"]), joined).0, [false; 3]);
}

#[test]
fn a_cell_that_is_withheld_is_not_called_missing() {
    let study = borough("partnership");
    set(&study, SIDE, "OR-03", &[("waiting", "3")]);
    let findings = run(&study);
    let Body::Gaps(register) = &findings.find("gaps/register").unwrap().body else { panic!() };
    assert!(register.rows.iter().any(|r| r.dimension == "waiting" && r.people == Cell::Withheld));
}
