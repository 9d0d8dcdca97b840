//! Journeys across borders: planted flows come back, what is not told is not known, nobody is counted twice, slips are placed.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, JourneyPlace, Journeys, JourneysOf, Within};
use gapmap::plan::Plan;
use gapmap::stats::counts::proportion;
use gapmap::units::Cell;

use crate::millbeck::{Millbeck, errors};

pub(super) const HEAD: &str = "period,origin,destination,service,people\n";
/// Two kinds: advice where people live, and refuges that they move to.
pub(super) const RETURN: &str = "2023,Millbeck,Millbeck,idva,300\n2023,Bexley,Millbeck,idva,40\n2023,Millbeck,Leeds,idva,60\n\
    2023,Millbeck,Millbeck,refuge,20\n2023,E09000004,Millbeck,refuge,120\n2023,not known,Millbeck,refuge,30\n2023,Millbeck,Bexley,refuge,80\n";
pub(super) const PARTNERS: &str = "[release]\ntier = \"partnership\"\nrule = \"1-to-7-rounded-to-5\"\n";
pub(super) const NAMES: &str = "name-authorities = [\"E09000004\", \"E08000035\", \"E06000052\"]";
pub(super) const BY_KIND: &str = "by-kind = true";

/// A return, and for whom it is asked.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub table: &'a str,
    pub open: bool,
    pub release: &'a str,
    pub source: &'a str,
    pub analysis: &'a str,
    /// So many refuges are in the catalogue.
    pub refuges: usize,
}

impl<'a> Asked<'a> {
    pub fn open(table: &'a str) -> Self {
        Self { table, open: true, release: "", source: "", analysis: "", refuges: 0 }
    }

    pub fn restricted(table: &'a str) -> Self {
        Self { open: false, ..Self::open(table) }
    }

    pub fn told(&self) -> (Option<Findings>, Problems) {
        let millbeck = Millbeck::new().with_calls();
        let _ = millbeck.read();
        let study = &millbeck.study;
        study.write("journeys.csv", self.table.as_bytes());
        let open = if self.open { "sensitivity = \"open\"\n" } else { "sensitivity = \"restricted\"\n" };
        let more = format!(
            "\n[[source]]\nkind = \"journeys-by-authority\"\nname = \"returns\"\npath = \"journeys.csv\"\n{open}{}\n\n[[analysis]]\nkind = \"journeys\"\n{}\n\n{}\n",
            self.source, self.analysis, self.release
        );
        let mut catalogue = "service_id,name,types,area_served,confidential,status\n".to_owned();
        (1..=self.refuges).for_each(|i| catalogue += &format!("R{i},Refuge {i},refuge,E06990001,yes,active\n"));
        study.write("services.csv", catalogue.as_bytes());
        let services = "\n[[source]]\nkind = \"services-csv\"\npath = \"services.csv\"\nsensitivity = \"open\"\n";
        let services = if self.refuges > 0 { services } else { "" };
        study.write("study.toml", (study.text("study.toml") + services + &more).as_bytes());
        let mut problems = Problems::default();
        let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
        let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems)).map(|f| f.0);
        (found, problems)
    }

    pub fn findings(&self) -> Findings {
        let (found, problems) = self.told();
        found.unwrap_or_else(|| panic!("{:?}", problems.list()))
    }

    pub fn errors(&self) -> Vec<String> {
        let (found, problems) = self.told();
        assert!(found.is_none() || errors(&problems).is_empty(), "a run with an error tells nothing");
        let told = |p: &gapmap::diagnostics::Problem| format!("{} {} {} {}", p.code.name(), p.place, p.message, p.next_step);
        problems.list().iter().filter(|p| p.stops()).map(told).collect()
    }
}

pub(super) fn journeys(found: &Findings) -> &Journeys {
    let own = found.findings.iter().find_map(|f| if let Body::Journeys(body) = &f.body { Some(body) } else { None });
    own.unwrap_or_else(|| panic!("{:?}", found.findings.iter().map(|f| &f.id).collect::<Vec<_>>()))
}

pub(super) fn table(rows: &str) -> String {
    format!("{HEAD}{rows}")
}

/// Counts of a kind: in their own authority, out, in, residents, served.
pub(super) fn counts(of: &JourneysOf) -> [Option<u64>; 5] {
    [of.stayed, of.went, of.came, of.residents, of.served].map(Cell::known)
}

/// The labels of places, and how many people of all kinds.
pub(super) fn places(list: &[JourneyPlace]) -> Vec<(&str, Option<u64>)> {
    list.iter().map(|p| (p.label.as_str(), p.people.last().and_then(|n| n.known()))).collect()
}

pub(super) fn has_journeys(found: &Findings) -> bool {
    found.findings.iter().any(|f| f.analysis == "journeys")
}

#[test]
fn planted_flows_come_back_by_kind_with_their_limits() {
    let rows = table(RETURN);
    let analysis = format!("{NAMES}\n{BY_KIND}");
    let partners = Asked { release: PARTNERS, analysis: &analysis, refuges: 3, ..Asked::open(&rows) }.findings();
    let body = journeys(&partners);
    let labels: Vec<&str> = body.kinds.iter().map(|k| k.label.as_str()).collect();
    assert_eq!(labels.len(), 3, "{labels:?}");
    let (idva, refuge, all) = (&body.kinds[0], &body.kinds[1], body.all().unwrap());
    assert_eq!((idva.within, refuge.within, all.within), (Within::Stayed, Within::Moved, Within::Either));
    assert_eq!(counts(idva), [300, 60, 40, 360, 340].map(Some));
    assert_eq!(counts(refuge), [20, 80, 120, 100, 140].map(Some));
    assert_eq!(counts(all), [320, 140, 160, 460, 480].map(Some));
    assert_eq!((all.between, all.origin_not_known), (Cell::NotApplicable, Cell::Known(30)));
    let share = all.share_came.known().unwrap();
    let again = proportion(160, 480, 0.95).unwrap();
    assert_eq!((share.value, share.lower, share.upper), (again.value, again.lower, again.upper));
    assert!((refuge.share_went.known().unwrap().value - 0.8).abs() < 1e-12);
    // One authority by its name and by its code is one; one that the plan names and nobody came from is nobody.
    assert_eq!(places(&body.came_from), [("Cornwall", Some(0)), ("Leeds", Some(0)), ("Bexley", Some(160))]);
    // Where people went to a refuge, no authority is named.
    assert!(places(&body.went_to).contains(&("other authorities in London", Some(80))));
    let words = &partners.findings.iter().find(|f| f.analysis == "journeys").unwrap().sentences;
    assert!(
        words.iter().any(|s| s.contains("160") && s.contains("480")),
        "people from elsewhere stand beside all who were helped: {words:?}"
    );
    // 8,000 residents of 56,490,048 in England.
    let share: Vec<f64> = body.network.iter().map(|n| n.places).collect();
    assert!((share[0] - 0.8).abs() < 1e-9 && (share[1] - 8_000.0 * 5_369.0 / 56_490_048.0).abs() < 1e-9, "{share:?}");
    // Without being asked for, kinds are one sum, of the same people.
    let plain = Asked { refuges: 3, ..Asked::open(&rows) }.findings();
    let body = journeys(&plain);
    assert_eq!((body.kinds.len(), counts(body.all().unwrap())), (1, [320, 140, 160, 460, 480].map(Some)));
    assert_eq!(places(&body.came_from), [("other authorities in London", Some(160))]);
}

#[test]
fn where_nobody_crosses_a_border_nobody_is_told_to_have_and_what_no_row_tells_is_not_known() {
    let rows = table("2023,Millbeck,Millbeck,idva,300\n");
    let found = Asked::open(&rows).findings();
    let all = journeys(&found).all().unwrap();
    assert_eq!((all.stayed, all.went, all.came, all.residents), (Cell::Known(300), Cell::Missing, Cell::Missing, Cell::Missing));
    assert!(all.share_went.known().is_none() && all.share_came.known().is_none());
    let found = Asked { source: "complete = true", ..Asked::open(&rows) }.findings();
    let all = journeys(&found).all().unwrap();
    assert_eq!(counts(all), [300, 0, 0, 300, 300].map(Some));
    assert_eq!(all.share_came.known().unwrap().value, 0.0);
    // A direction of one kind does not speak for another, by kind and in the sum.
    let half = table("2023,Millbeck,Millbeck,idva,300\n2023,Bexley,Millbeck,idva,40\n2023,Millbeck,Millbeck,outreach,100\n");
    let found = Asked { analysis: BY_KIND, ..Asked::open(&half) }.findings();
    let came: Vec<Cell<u64>> = journeys(&found).kinds.iter().map(|k| k.came).collect();
    assert_eq!(came.iter().filter(|c| **c == Cell::Missing).count(), 2, "{came:?}");
    let found = Asked::open(&half).findings();
    assert_eq!((journeys(&found).kinds.len(), journeys(&found).kinds[0].came), (1, Cell::Missing));
    // A return without any journey of the study is a question without an answer.
    let elsewhere = table("2023,Leeds,Bexley,idva,40\n");
    let found = Asked::open(&elsewhere).findings();
    assert!(!has_journeys(&found) && found.frame.unanswered.iter().any(|u| u.analysis == "journeys"));
}

#[test]
fn what_the_return_keeps_back_is_in_no_sum_and_its_totals_tell_nothing() {
    for kept in ["*", "<5", "under 5", "c", "suppressed"] {
        let rows = format!("{RETURN}2023,Leeds,Millbeck,idva,{kept}\n");
        let with_total = format!("{rows}2023,All,Millbeck,idva,344\n");
        for rows in [&rows, &with_total] {
            let rows = table(rows);
            let found = Asked { release: PARTNERS, analysis: BY_KIND, refuges: 3, ..Asked::open(&rows) }.findings();
            let body = journeys(&found);
            let idva = &body.kinds[0];
            assert!(idva.came.known().is_none() && idva.served.known().is_none(), "{kept}: {idva:?}");
            assert!(body.all().unwrap().came.known().is_none());
            assert_eq!(idva.went, Cell::Known(60), "the other direction is told: {kept}");
        }
    }
    // A blank is not known, and so is what it is part of.
    let rows = table(&RETURN.replace("Leeds,idva,60", "Leeds,idva,"));
    let found = Asked::open(&rows).findings();
    assert_eq!((journeys(&found).all().unwrap().went, journeys(&found).all().unwrap().came), (Cell::Missing, Cell::Known(160)));
}

#[test]
fn totals_are_checked_and_set_aside_and_groups_are_added_up() {
    let plain = journeys(&Asked::open(&table(RETURN)).findings()).clone();
    for total in [
        "2023,All,Millbeck,refuge,170\n",
        "2023,Total,Total,idva,400\n",
        "2023,Millbeck,Millbeck,,320\n",
        "2023,Millbeck,Millbeck,all services,320\n",
    ] {
        let rows = table(&format!("{RETURN}{total}"));
        assert_eq!(*journeys(&Asked::open(&rows).findings()), plain, "{total}");
    }
    for wrong in ["2023,All,Millbeck,refuge,171\n", "2023,Millbeck,Millbeck,,321\n", "2023,All,Bexley,outreach,7\n"] {
        let rows = table(&format!("{RETURN}{wrong}"));
        let told = Asked::open(&rows).errors();
        assert!(told.len() == 1 && told[0].starts_with("D215") && told[0].contains("journeys.csv:9"), "{wrong}: {told:?}");
    }
    let groups = "period,origin,destination,service,group,people\n2023,Millbeck,Millbeck,idva,with children,180\n2023,Millbeck,Millbeck,idva,without,120\n2023,Millbeck,Millbeck,idva,All,300\n2023,Bexley,Millbeck,idva,,40\n";
    // A row without a group among others is one of all groups: without its parts it is a problem.
    assert_eq!(Asked::open(groups).errors().len(), 1);
    let groups = groups.replace("idva,,40", "idva,not known,40");
    assert_eq!(journeys(&Asked::open(&groups).findings()).kinds[0].stayed, Cell::Known(300));
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
        let silent = problems.list().is_empty() || found.as_ref().is_some_and(|f| f.findings.iter().any(|x| x.analysis == "journeys"));
        assert!(!silent, "{empty:?}");
    }
    // One row is a return.
    let one = table("2023,Bexley,Millbeck,idva,40\n");
    assert_eq!(journeys(&Asked::open(&one).findings()).all().unwrap().came, Cell::Known(40));
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
            assert!(has_journeys(&Asked::restricted(&rows).findings()), "{rows}");
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
    let found = Asked::open(&rows).findings();
    assert_eq!(
        places(&journeys(&found).came_from),
        [("other authorities in Yorkshire and The Humber", Some(80)), ("other places, not told which", Some(20))]
    );
}

#[test]
fn the_latest_span_is_told_and_several_are_added_up_where_the_plan_says_so() {
    let rows = table(
        "2022,Millbeck,Millbeck,idva,100\n2022,Bexley,Millbeck,idva,30\n2023,Millbeck,Millbeck,idva,200\n2023,Bexley,Millbeck,idva,50\n",
    );
    let of = |analysis: &str| {
        let found = Asked { analysis, ..Asked::open(&rows) }.findings();
        (journeys(&found).all().unwrap().came, found.findings.iter().find(|f| f.analysis == "journeys").unwrap().period)
    };
    assert_eq!(of("").0, Cell::Known(50));
    let (came, period) = of("period = { first = \"2022-01\", last = \"2023-12\" }");
    assert_eq!((came, period.first.to_string().as_str(), period.len()), (Cell::Known(80), "2022-01", 24));
}
