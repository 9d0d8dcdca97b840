//! Answers that say nothing, ledgers and advice: more of the kinds of fault of the cases.

use gapmap::analyses::ANALYSES;
use gapmap::diagnostics::{Problem, Problems};
use gapmap::model::Body;
use gapmap::plan::Plan;
use gapmap::units::Cell;

use crate::millbeck::{AREAS, Millbeck, errors};

const COUNTS: &str =
    "name = \"x\"\ntopic = \"incidents\"\ncolumns = { month = \"Month\", area = \"LSOA\", category = \"Offence\", count = \"Number\" }";

fn monthly(row: impl Fn(&str, &str) -> String, areas: &[&str], months: std::ops::RangeInclusive<u32>) -> String {
    let mut text = "Month,LSOA,Offence,Number\n".to_owned();
    months.for_each(|m| areas.iter().for_each(|a| text += &row(&format!("2023-{m:02}"), a)));
    text
}

#[test]
fn kind_10_no_question_of_the_plan_is_passed_over() {
    // Events and nothing else: whatever is asked is answered, or is named as not answered, with a next step.
    let mut study = Millbeck::new().with_calls();
    for kind in ANALYSES {
        study = study.ask(kind.name);
    }
    let (found, problems) = study.findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    for kind in ANALYSES {
        let answered = found.findings.iter().any(|f| f.analysis == kind.name);
        let named = found.frame.unanswered.iter().any(|u| u.analysis == kind.name && !u.because.is_empty() && !u.next_step.is_empty());
        assert!(answered != named, "{}: answered {answered}, named as not answered {named}", kind.name);
    }
    assert!(found.frame.unanswered.len() > 3);
}

#[test]
fn kind_10_a_table_of_the_whole_borough_is_no_zero_of_its_areas() {
    let whole = monthly(|month, area| format!("{month},{area},Stalking,10\n"), &["E06990001"], 1..=12);
    let (found, problems) = Millbeck::new().with_calls().file("events-csv", "x.csv", whole, COUNTS).ask("burden").ask("trend").findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let mut seen = 0;
    for finding in found.findings.iter().filter(|f| f.id.contains("/x/") || f.id.starts_with("trend/x")) {
        match &finding.body {
            Body::AreaRates(rates) => {
                assert!(rates.rows.iter().all(|r| r.count != Cell::Known(0)), "{} maps none", finding.id);
                assert_eq!(rates.total.count, Cell::Known(120), "{}", finding.id);
            }
            Body::Series(series) => {
                seen += 1;
                let all: u64 = series.points.iter().filter_map(|p| p.count.known()).sum();
                assert_eq!(all, 120);
            }
            _ => {}
        }
    }
    assert!(seen > 0, "what is known of the whole is told");
}

#[test]
fn kind_10_eleven_months_of_twelve_are_no_year() {
    let eleven = monthly(|month, area| format!("{month},{area},Stalking,3\n"), &AREAS, 1..=11);
    let (found, problems) = Millbeck::new().with_calls().file("events-csv", "x.csv", eleven, COUNTS).ask("burden").findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let of = |id: &str| found.findings.iter().find(|f| f.id.starts_with(id)).unwrap();
    let (calls, x) = (of("burden/calls"), of("burden/x"));
    assert_ne!(calls.sources, x.sources, "each answer names its own source");
    // Nothing of the year is made of eleven months: the month that is missing is missing.
    for finding in found.findings.iter().filter(|f| f.id.starts_with("burden/x")) {
        if let Body::Series(series) = &finding.body {
            assert_eq!(series.points.last().map(|p| p.count), Some(Cell::Missing), "{}", finding.id);
        }
    }
    // Its answers are of the months that it tells of, by themselves.
    assert!(x.figures.iter().any(|f| f.value == 11.0) && !calls.figures.iter().any(|f| f.value == 11.0), "{:?}", x.figures);
}

#[test]
fn kind_11_counts_as_large_as_a_row_can_hold_add_up() {
    let most = u64::from(u32::MAX);
    let text = monthly(|month, area| format!("{month},{area},Stalking,{most}\n"), &AREAS[..2], 1..=12);
    let (study, problems) = Millbeck::new().file("events-csv", "x.csv", text, COUNTS).read();
    match study {
        Some(study) => {
            let all = study.datasets[0].total(&Default::default());
            assert_eq!(all, 24 * most);
        }
        None => assert!(!errors(&problems).is_empty()),
    }
    let beyond = monthly(|month, area| format!("{month},{area},Stalking,18446744073709551615\n"), &AREAS, 1..=12);
    // What no row can hold is no number, and nothing is left of the table.
    assert_eq!(errors(&Millbeck::new().file("events-csv", "x.csv", beyond, COUNTS).read().1), ["D211"]);
}

#[test]
fn kind_11_ledgers_of_every_kind_of_source_balance() {
    let catalogue =
        "service_id,name,types,status,longitude,latitude\na,One-stop shop,one_stop_shop,active,-0.59,53.205\n,,,,,\nb,,isva,active,,\n";
    let deprivation = "LSOA21CD,IMD rank\nE01990101,4\nE01990102,9\nE01990999,12\n,\n";
    let study = Millbeck::new()
        .with_calls()
        .file("services-csv", "s.csv", catalogue, "name = \"services\"\nbad-records = \"set-aside\"")
        .file("deprivation", "imd.csv", deprivation, "name = \"deprivation\"");
    let (found, problems) = study.ask("burden").findings();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    assert!(found.ledger.len() >= 5);
    for line in &found.ledger {
        let aside: u64 = line.set_aside.values().filter_map(|n| n.known()).sum();
        assert_eq!(line.read.known(), line.kept.known().map(|kept| kept + aside), "{line:?}");
        assert!(!line.unit.is_empty(), "{line:?}");
    }
    let services = found.ledger.iter().find(|l| l.source == "services").unwrap();
    assert_eq!((services.read, services.kept), (Cell::Known(2), Cell::Known(1)), "{services:?}");
}

/// Problems of a plan's text.
fn of_plan(text: &str) -> Vec<Problem> {
    let mut problems = Problems::default();
    let _ = Plan::parse(text, "study.toml", Default::default(), &mut problems);
    problems.list().iter().filter(|p| p.stops()).cloned().collect()
}

const HEAD: &str = "[study]\ntitle = \"T\"\narea-name = \"A\"\nauthority-kind = \"unitary\"\nauthorities = [\"E06990001\"]\n";

#[test]
fn kind_12_a_slip_in_a_plan_is_mended_by_the_word_that_the_advice_names() {
    for (wrong, right) in [
        ("[[source]]\nkind = \"bounderies\"\npath = \"b\"\nsensitivity = \"open\"\n", ("bounderies", "boundaries")),
        ("[[source]]\nkind = \"boundaries\"\npath = \"b\"\nsensitivity = \"public\"\n", ("\"public\"", "\"open\"")),
        (
            "[[source]]\nkind = \"events-csv\"\npath = \"b\"\nsensitivity = \"open\"\ntopic = \"crimes\"\ncolumns = { month = \"M\" }\n",
            ("crimes", "incidents"),
        ),
        (
            "[[source]]\nkind = \"events-csv\"\npath = \"b\"\nsensitivity = \"open\"\ntopic = \"incidents\"\ncolumns = { mnth = \"M\" }\n",
            ("mnth", "month"),
        ),
        (
            "[[source]]\nkind = \"boundaries\"\npath = \"b\"\nsensitivity = \"open\"\n[[analysis]]\nkind = \"burdne\"\n",
            ("burdne", "burden"),
        ),
        ("[[source]]\nkind = \"boundaries\"\npath = \"b\"\nsensitivity = \"open\"\n[[analysis]]\nkind = \"acces\"\n", ("acces", "access")),
    ] {
        let plan = format!("{HEAD}{wrong}");
        let told = of_plan(&plan);
        assert!(!told.is_empty(), "{wrong}");
        let (from, to) = right;
        let word = to.trim_matches('"');
        assert!(told.iter().any(|p| p.next_step.contains(word) || p.message.contains(word)), "{wrong}: {told:?}");
        let mended = plan.replacen(from, to, 1);
        // What stands nowhere on this disk is the only thing left to say.
        assert!(of_plan(&mended).is_empty(), "{mended}: {:?}", of_plan(&mended));
    }
}

#[test]
fn kind_12_what_a_plan_leaves_out_is_asked_for_with_the_words_that_it_takes() {
    for (line, words) in [
        ("authority-kind = \"unitary\"\n", vec!["unitary", "county"]),
        ("authorities = [\"E06990001\"]\n", vec!["authorities"]),
        ("area-name = \"A\"\n", vec!["area-name"]),
    ] {
        let told = of_plan(&HEAD.replace(line, ""));
        let said: String = told.iter().map(|p| format!("{} {} ", p.message, p.next_step)).collect();
        assert!(!told.is_empty() && words.iter().all(|w| said.contains(w)), "without {line}: {said}");
    }
}

#[test]
fn kind_12_a_heading_that_was_renamed_is_mended_by_the_nearest_that_the_advice_names() {
    let text = monthly(|month, area| format!("{month},{area},Stalking,3\n"), &AREAS, 1..=12).replace("Offence", "Offence type");
    let study = |columns: &str| Millbeck::new().file("events-csv", "x.csv", &text, columns).read();
    let (built, problems) = study(COUNTS);
    assert!(built.is_none());
    let told = problems.list().iter().find(|p| p.code.name() == "R103").unwrap();
    assert!(told.next_step.contains("“Offence type”"), "{told:?}");
    let (built, problems) = study(&COUNTS.replace("\"Offence\"", "\"Offence type\""));
    assert!(built.is_some(), "{:?}", problems.list());
}
