//! Who crosses a border for help: planted shares come back in quarters, what is not told is not known, nobody is counted twice, slips are placed, and nothing
//! that a reader sees hangs on one person.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Journeys, ShareTold};
use gapmap::plan::Plan;

use crate::millbeck::{Millbeck, errors};
use crate::study_files::Study;

use ShareTold::{HalfToThreeQuarters, NotKnown, QuarterToHalf, ThreeQuartersOrMore, UnderAQuarter};

const HEAD: &str = "period,origin,destination,service,people\n";
/// Two kinds: advice where people live, and refuges that they move to.
const RETURN: &str = "2023,Millbeck,Millbeck,idva,412\n2023,Bexley,Millbeck,idva,103\n2023,Millbeck,Leeds,idva,317\n\
    2023,Millbeck,Millbeck,refuge,23\n2023,E09000004,Millbeck,refuge,987\n2023,not known,Millbeck,refuge,31\n2023,Millbeck,Bexley,refuge,987\n";

/// A return, and for whom it is asked.
#[derive(Clone, Copy)]
struct Asked<'a> {
    table: &'a str,
    open: bool,
    /// More of the plan.
    plan: &'a str,
    source: &'a str,
    /// So many refuges are in the catalogue.
    refuges: usize,
}

impl<'a> Asked<'a> {
    fn open(table: &'a str) -> Self {
        Self { table, open: true, plan: "", source: "", refuges: 3 }
    }

    fn restricted(table: &'a str) -> Self {
        Self { open: false, ..Self::open(table) }
    }

    /// The folder of a study that asks it.
    fn folder(&self) -> Millbeck {
        let millbeck = Millbeck::new().with_calls();
        let _ = millbeck.read();
        let study = &millbeck.study;
        study.write("journeys.csv", self.table.as_bytes());
        let open = if self.open { "sensitivity = \"open\"\n" } else { "sensitivity = \"restricted\"\n" };
        let more = format!(
            "\n[[source]]\nkind = \"journeys-by-authority\"\nname = \"returns\"\npath = \"journeys.csv\"\n{open}{}\n\n[[analysis]]\nkind = \"journeys\"\n\n{}\n",
            self.source, self.plan
        );
        let mut catalogue = "service_id,name,types,area_served,confidential,status\n".to_owned();
        (1..=self.refuges).for_each(|i| catalogue += &format!("R{i},Refuge {i},refuge,E06990001,yes,active\n"));
        study.write("services.csv", catalogue.as_bytes());
        study.write("users.csv", b"dimension,group,users,population\nsex,women,300,4000\nsex,men,90,4000\n");
        let services = "\n[[source]]\nkind = \"services-csv\"\npath = \"services.csv\"\nsensitivity = \"open\"\n";
        let services = if self.refuges > 0 { services } else { "" };
        study.write("study.toml", (study.text("study.toml") + services + &more).as_bytes());
        millbeck
    }

    fn told(&self) -> (Option<Findings>, Problems) {
        let millbeck = self.folder();
        let study = &millbeck.study;
        let mut problems = Problems::default();
        let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
        let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems)).map(|f| f.0);
        (found, problems)
    }

    fn findings(&self) -> Findings {
        let (found, problems) = self.told();
        found.unwrap_or_else(|| panic!("{:?}", problems.list()))
    }

    /// What is told of each kind: who came, and who went.
    fn shares(&self) -> Vec<(String, ShareTold, ShareTold)> {
        let found = self.findings();
        let own = journeys(&found).unwrap_or_else(|| panic!("{:?}", found.frame.unanswered));
        own.kinds.iter().map(|k| (k.service_type.clone(), k.came, k.went)).collect()
    }

    fn because(&self) -> String {
        let found = self.findings();
        assert!(journeys(&found).is_none());
        found.frame.unanswered.iter().find(|u| u.analysis == "journeys").map(|u| format!("{} {}", u.because, u.next_step)).unwrap()
    }

    fn errors(&self) -> Vec<String> {
        let (found, problems) = self.told();
        assert!(found.is_none() || errors(&problems).is_empty(), "a run with an error tells nothing");
        let told = |p: &gapmap::diagnostics::Problem| format!("{} {} {} {}", p.code.name(), p.place, p.message, p.next_step);
        problems.list().iter().filter(|p| p.stops()).map(told).collect()
    }
}

fn journeys(found: &Findings) -> Option<&Journeys> {
    found.findings.iter().find_map(|f| if let Body::Journeys(body) = &f.body { Some(body) } else { None })
}

fn table(rows: &str) -> String {
    format!("{HEAD}{rows}")
}

fn kind(id: &str, came: ShareTold, went: ShareTold) -> (String, ShareTold, ShareTold) {
    (id.to_owned(), came, went)
}

#[test]
fn planted_shares_come_back_by_kind() {
    let rows = table(RETURN);
    let expected = [kind("refuge", ThreeQuartersOrMore, ThreeQuartersOrMore), kind("idva", UnderAQuarter, QuarterToHalf)];
    for asked in [Asked::open(&rows), Asked::restricted(&rows)] {
        let mut told = asked.shares();
        told.sort_by_key(|t| t.0 == "idva");
        assert_eq!(told, expected);
    }
    let found = Asked::restricted(&rows).findings();
    let finding = found.findings.iter().find(|f| f.analysis == "journeys").unwrap();
    // 8,000 residents of 56,490,048 in England.
    let share: Vec<f64> = journeys(&found).unwrap().network.iter().map(|n| n.places).collect();
    assert!((share[0] - 0.8).abs() < 1e-9 && (share[1] - 8_000.0 * 5_369.0 / 56_490_048.0).abs() < 1e-9, "{share:?}");
    // No number of people is told, nor another authority.
    let kinds = serde_json::to_string(&journeys(&found).unwrap().kinds).unwrap();
    let text = [&[finding.headline.clone(), finding.subtitle.clone(), kinds], &finding.sentences[..]].concat().join(" ");
    for hidden in ["412", "103", "317", "987", "Bexley", "Leeds", "E09000004", "E08000035"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
}

#[test]
fn moving_one_person_changes_nothing_that_a_reader_sees() {
    let text = |rows: &str| {
        let found = Asked::restricted(&table(rows)).findings();
        serde_json::to_string(&found.findings).unwrap()
    };
    let before = text(RETURN);
    for (from, to) in
        [("idva,103", "idva,102"), ("idva,317", "idva,321"), ("Leeds,idva", "Cornwall,idva"), ("Bexley,Millbeck", "Cardiff,Millbeck")]
    {
        let rows = RETURN.replacen(from, to, 1);
        assert_ne!(rows, RETURN);
        assert_eq!(text(&rows), before, "{from} to {to}");
    }
}

#[test]
fn a_few_people_and_few_refuges_are_not_told() {
    // No catalogue: nobody knows how many refuges there are. Two are few, three are enough.
    let rows = table(RETURN);
    for refuges in [0, 1, 2] {
        let told = Asked { refuges, ..Asked::restricted(&rows) }.shares();
        assert_eq!(told, [kind("idva", UnderAQuarter, QuarterToHalf)], "{refuges}");
    }
    for few in ["2023,Millbeck,Millbeck,idva,20\n2023,Bexley,Millbeck,idva,19\n", "2023,Bexley,Millbeck,,60\n2023,Millbeck,Millbeck,,200\n"]
    {
        let because = Asked::restricted(&table(few)).because();
        assert!(because.contains("40") && because.contains("kind of each service"), "{because}");
    }
}

#[test]
fn beside_another_return_of_people_journeys_are_for_the_named_analysts_alone() {
    let rows = table(RETURN);
    let users = "[[source]]\nkind = \"users-by-group\"\nname = \"users\"\npath = \"users.csv\"\nsensitivity = \"restricted\"\n";
    let analysts = format!("{users}\n[release]\ntier = \"restricted\"\nrule = \"fewer-than-5\"\n");
    let because = Asked { plan: users, ..Asked::restricted(&rows) }.because();
    assert!(because.contains("another restricted source") && because.contains("tier = \"restricted\""), "{because}");
    assert_eq!(Asked { plan: &analysts, ..Asked::restricted(&rows) }.shares().len(), 2);
    // What is open is known anyway.
    let open = users.replace("\"restricted\"", "\"open\"");
    assert_eq!(Asked { plan: &open, ..Asked::restricted(&rows) }.shares().len(), 2);
}

#[test]
fn what_no_row_tells_is_not_known() {
    let rows = table("2023,Millbeck,Millbeck,idva,400\n2023,Bexley,Millbeck,idva,100\n");
    assert_eq!(Asked::open(&rows).shares(), [kind("idva", UnderAQuarter, NotKnown)]);
    let rows = table("2023,Millbeck,Millbeck,idva,300\n");
    assert!(Asked::open(&rows).because().contains("journeys"));
    assert_eq!(Asked { source: "complete = true", ..Asked::open(&rows) }.shares()[0].1, UnderAQuarter);
    // A quarter without who went leaves the year without it; one that is not there ends what is added up.
    let quarter = |q: u32, out: bool| {
        let went = if out { format!("2023 Q{q},Millbeck,Leeds,idva,60\n") } else { String::new() };
        format!("2023 Q{q},Millbeck,Millbeck,idva,100\n2023 Q{q},Bexley,Millbeck,idva,120\n{went}")
    };
    let year: String = (1..=4).map(|q| quarter(q, q < 4)).collect();
    assert_eq!(Asked::open(&table(&year)).shares(), [kind("idva", HalfToThreeQuarters, NotKnown)]);
    let gap = table(&[1, 2, 4].map(|q| quarter(q, true)).concat());
    assert!(Asked::open(&gap).because().contains("a whole year"));
    assert_eq!(Asked { source: "complete = true", ..Asked::open(&gap) }.shares(), [kind("idva", HalfToThreeQuarters, QuarterToHalf)]);
    // What the source keeps back is in no share, and neither is a blank.
    for kept in ["*", "<5", "under 5", "c", "suppressed", ""] {
        let rows = table(&format!("{RETURN}2023,Cardiff,Millbeck,idva,{kept}\n"));
        assert!(Asked::restricted(&rows).shares().iter().any(|s| s.0 == "idva" && s.1 == NotKnown), "{kept}");
    }
    // A return without any journey of the study is a question without an answer.
    assert!(Asked::open(&table("2023,Leeds,Bexley,idva,40\n")).because().contains("journeys-by-authority"));
}

#[test]
fn totals_are_checked_and_set_aside_and_groups_are_added_up() {
    let plain = Asked::open(&table(RETURN)).shares();
    for total in [
        "2023,All,Millbeck,refuge,1041\n",
        "2023,Total,Total,idva,832\n",
        "2023,Millbeck,Millbeck,,435\n",
        "2023,Millbeck,Millbeck,all services,435\n",
    ] {
        assert_eq!(Asked::open(&table(&format!("{RETURN}{total}"))).shares(), plain, "{total}");
    }
    for wrong in ["2023,All,Millbeck,refuge,1042\n", "2023,Millbeck,Millbeck,,436\n", "2023,All,Bexley,outreach,7\n"] {
        let told = Asked::open(&table(&format!("{RETURN}{wrong}"))).errors();
        assert!(told.len() == 1 && told[0].starts_with("D215") && told[0].contains("journeys.csv:9"), "{wrong}: {told:?}");
    }
    let groups = "period,origin,destination,service,group,people\n2023,Millbeck,Millbeck,idva,with children,280\n2023,Millbeck,Millbeck,idva,without,120\n2023,Millbeck,Millbeck,idva,All,400\n2023,Bexley,Millbeck,idva,,100\n";
    // A row without a group among others is one of all groups: without its parts it is a problem.
    assert_eq!(Asked::open(groups).errors().len(), 1);
    assert_eq!(Asked::open(&groups.replace("idva,,100", "idva,not known,100")).shares(), [kind("idva", UnderAQuarter, NotKnown)]);
}

#[test]
fn slips_are_problems_with_a_place() {
    let cases = [
        ("2023,Bexly,Millbeck,idva,40\n", "D219", "Bexley (E09000004)"),
        ("2023,E09000040,Millbeck,idva,40\n", "D219", "Did you mean"),
        ("2023,E12000007,Millbeck,idva,40\n", "D219", "a region"),
        ("2023,Bexley,Millbeck,idwa,40\n", "R104", "`idva`"),
        ("2023,Bexley,Millbeck,idva,-3\n", "R104", "a whole number of people"),
        ("2023,Bexley,Millbeck,idva,12%\n", "R104", "a whole number of people"),
        ("2023,Bexley,Millbeck,idva,12.5\n", "R104", "a whole number of people"),
        ("2023,,Millbeck,idva,40\n", "R104", ""),
        ("2011-12,Bexley,Millbeck,idva,40\n", "R104", "months"),
        ("2023,Bexley,Millbeck,idva,40\n2023,bexley,millbeck,idva,40\n", "D215", "stands twice"),
        ("2023,Bexley,Millbeck,idva,40\n2023,E09000004,Millbeck,idva,40\n", "D215", "stands twice"),
        ("2023,Bexley,Millbeck,idva,40\n2023 Q1,Bexley,Millbeck,idva,10\n", "D215", "the same months"),
    ];
    for (row, code, words) in cases {
        let rows = table(&format!("2023,Millbeck,Millbeck,idva,300\n{row}"));
        let told = Asked::restricted(&rows).errors();
        let placed = told.iter().any(|t| t.starts_with(code) && t.contains(words) && t.contains("journeys.csv:"));
        assert!(placed, "{row}: {told:?}");
        assert!(told.iter().all(|t| !t.contains("Bexly") && !t.contains("idwa")), "a restricted row is quoted: {told:?}");
    }
    for empty in ["", HEAD, "period,origin,destination,service\n2023,Bexley,Millbeck,idva\n"] {
        let (found, problems) = Asked::open(empty).told();
        let silent = problems.list().is_empty() || found.as_ref().is_some_and(|f| journeys(f).is_some());
        assert!(!silent, "{empty:?}");
    }
}

#[test]
fn people_who_stand_in_two_rows_are_told_and_not_added() {
    for (one, other) in [
        ("Cambridgeshire", "Cambridge"),
        ("E10000003", "E07000008"),
        ("Wales", "Cardiff"),
        ("S92000003", "S12000033"),
        ("out of area", "elsewhere"),
        ("elsewhere", "Leeds"),
        ("elsewhere", "other authorities"),
        ("abroad", "overseas"),
        ("Craven", "North Yorkshire"),
    ] {
        for rows in [
            format!("2023,{one},Millbeck,idva,50\n2023,{other},Millbeck,idva,30\n"),
            format!("2023,Millbeck,{other},idva,50\n2023,Millbeck,{one},idva,30\n"),
        ] {
            let rows = table(&format!("2023,Millbeck,Millbeck,idva,300\n{rows}"));
            let told = Asked::restricted(&rows).errors();
            assert!(
                told.len() == 1 && told[0].starts_with("D215") && told[0].contains("journeys.csv:4") && told[0].contains("line 3"),
                "{rows}: {told:?}"
            );
        }
        // In different kinds, months or directions nobody stands twice.
        for rows in [
            format!("2023,{one},Millbeck,idva,50\n2023,{other},Millbeck,outreach,30\n"),
            format!("2023,{one},Millbeck,idva,50\n2022,{other},Millbeck,idva,30\n"),
            format!("2023,{one},Millbeck,idva,50\n2023,Millbeck,{other},idva,30\n"),
        ] {
            let rows = table(&format!("2023,Millbeck,Millbeck,idva,300\n{rows}"));
            assert_eq!(Asked::restricted(&rows).errors(), Vec::<String>::new(), "{rows}");
        }
    }
    // A region is no end of a journey: beside its authorities, or without them.
    for region in ["E12000003", "Yorkshire and The Humber", "England", "E92000001"] {
        let rows = table(&format!("2023,Millbeck,Millbeck,idva,300\n2023,Leeds,Millbeck,idva,50\n2023,{region},Millbeck,idva,80\n"));
        assert!(Asked::restricted(&rows).errors().iter().any(|t| t.starts_with("D219")), "{region}");
    }
    // Authorities beside one another are added.
    let rows = table(
        "2023,Millbeck,Millbeck,idva,300\n2023,Craven,Millbeck,idva,50\n2023,Harrogate,Millbeck,idva,30\n2023,other authorities,Millbeck,idva,20\n",
    );
    assert_eq!(Asked::open(&rows).shares()[0].1, QuarterToHalf);
}

#[test]
fn a_kind_is_one_however_it_is_written_and_months_that_were_merged_are_told() {
    let rows = table(
        "2023,Millbeck,Millbeck,IDVA,300\n2023,Millbeck,Millbeck,idva,20\n2023,Leeds,Millbeck,idva,60\n2023,Bexley,Millbeck,IDVA,40\n",
    );
    assert!(Asked::restricted(&rows).errors().iter().any(|e| e.starts_with("D215")), "the same row in two spellings stands twice");
    let rows = table("2023,Millbeck,Millbeck,IDVA,320\n2023,Leeds,Millbeck,idva,60\n2023,Bexley,Millbeck,Idva,40\n");
    assert_eq!(Asked::restricted(&rows).shares(), [kind("idva", UnderAQuarter, NotKnown)]);
    let merged = table("2021/22,Bexley,Millbeck,idva,300\n,Millbeck,Millbeck,idva,400\n,Leeds,Millbeck,idva,100\n");
    let told = Asked::restricted(&merged).errors();
    assert!(told.len() == 1 && told[0].starts_with("R104") && told[0].contains("journeys.csv:3"), "{told:?}");
    // One kind by quarter and another by year; one with half of a year is in no share.
    let quarters: String = (1..=4).map(|q| format!("2023 Q{q},Millbeck,Millbeck,idva,90\n2023 Q{q},Leeds,Millbeck,idva,30\n")).collect();
    let rows = table(&format!(
        "{quarters}2023,Millbeck,Millbeck,outreach,90\n2023,Leeds,Millbeck,outreach,110\n2023 Q1,Leeds,Millbeck,isva,900\n2023 Q1,Millbeck,Millbeck,isva,90\n"
    ));
    let mut told = Asked::restricted(&rows).shares();
    told.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(told, [kind("idva", QuarterToHalf, NotKnown), kind("outreach", HalfToThreeQuarters, NotKnown)]);
}

#[test]
fn months_that_were_told_one_way_are_not_told_another() {
    let rows = table("2023,Millbeck,Millbeck,idva,75\n2023,Leeds,Millbeck,idva,24\n");
    let millbeck = Asked::restricted(&rows).folder();
    let study = &millbeck.study;
    let told = || study.text("out/findings.public.json").contains("\"journeys/returns\"");
    let (code, text) = study.check();
    assert!(code == Some(0) && told(), "{text}");
    assert!(study.check().0 == Some(0) && told(), "the same again");
    // One woman more moves the share into the next quarter.
    study.write("journeys.csv", rows.replace("idva,24", "idva,25").as_bytes());
    let (code, text) = study.check();
    assert!(code == Some(0) && text.contains("S315") && !told(), "{text}");
    study.write("journeys.csv", rows.replace("idva,24", "idva,23").as_bytes());
    assert!(study.check().0 == Some(0) && told(), "a revision within the quarter tells nothing");
    // Quarters after the year wait until theirs is whole.
    let more = format!("{rows}2024 Q1,Millbeck,Millbeck,idva,9\n2024 Q1,Leeds,Millbeck,idva,60\n");
    study.write("journeys.csv", more.as_bytes());
    assert!(study.check().0 == Some(0) && told());
}

/// A study with a restricted return and another source, and what is told of it.
fn beside(other: &str, plan: &str) -> Vec<String> {
    let study = Study::small();
    study.write("journeys.csv", table(&RETURN.replace("Millbeck", "Quillmere")).as_bytes());
    if !other.is_empty() {
        study.write("other.csv", other.as_bytes());
    }
    let own = "\n[[source]]\nkind = \"journeys-by-authority\"\nname = \"returns\"\npath = \"journeys.csv\"\nsensitivity = \"restricted\"\n";
    study.write("study.toml", (study.text("study.toml") + own + plan).as_bytes());
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
    let _ = plan.and_then(|plan| gapmap::pipeline::study(&plan, &mut problems));
    problems.list().iter().filter(|p| p.stops()).map(|p| format!("{} {} {}", p.code.name(), p.place, p.next_step)).collect()
}

#[test]
fn a_return_of_journeys_is_read_by_no_other_source() {
    let source = |kind: &str, path: &str, more: &str| {
        format!("\n[[source]]\nkind = \"{kind}\"\nname = \"again\"\npath = \"{path}\"\nsensitivity = \"open\"\n{more}\n")
    };
    let events = "topic = \"incidents\"\ncolumns = { month = \"period\", area = \"destination\", count = \"people\" }";
    let refused = |told: &[String]| told.iter().any(|t| t.starts_with("S336") && t.contains("again") && t.contains("Take one"));
    for (kind, more) in [("indicator-table", ""), ("events-csv", events), ("journeys-by-authority", ""), ("services-csv", "")] {
        // The same path, the same path in other words, a copy, one with other ends of lines and in another order.
        for (other, path) in [
            (String::new(), "journeys.csv"),
            (String::new(), "./services/../journeys.csv"),
            (table(&RETURN.replace("Millbeck", "Quillmere")), "other.csv"),
            (format!("\u{feff}{}\r\n", table(&RETURN.replace("Millbeck", "Quillmere")).trim_end().replace('\n', "\r\n")), "other.csv"),
        ] {
            let told = beside(&other, &source(kind, path, more));
            assert!(refused(&told), "{kind} {path}: {told:?}");
        }
    }
    assert_eq!(beside("", ""), Vec::<String>::new());
    // Two returns of the same months are one source; of other months they are two.
    let second = |year: &str| table(&format!("{year},Quillmere,Quillmere,outreach,90\n{year},Leeds,Quillmere,outreach,40\n"));
    let told = beside(&second("2023"), &source("journeys-by-authority", "other.csv", ""));
    assert!(told.len() == 1 && told[0].starts_with("D215") && told[0].contains("one source"), "{told:?}");
    assert_eq!(beside(&second("2024"), &source("journeys-by-authority", "other.csv", "")), Vec::<String>::new());
}

#[test]
fn documents_are_set_with_it() {
    let millbeck = Asked::restricted(&table(RETURN)).folder();
    let run = millbeck.study.gapmap(&["run", "study.toml"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let files = millbeck.study.tree("out");
    for kind in ["pdf", "docx"] {
        let document = files.iter().find(|(path, _)| path.contains("/needs-assessment.") && path.ends_with(kind));
        assert!(document.is_some_and(|(_, bytes)| bytes.len() > 10_000), "{kind}: {:?}", files.keys());
    }
}
