//! Journeys across borders: planted flows come back, small ones stay withheld, no place is told that could lead to a refuge, slips are placed.

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Journeys, JourneysOf, Within};
use gapmap::plan::Plan;
use gapmap::stats::counts::proportion;
use gapmap::units::{Cell, Rule};

use crate::millbeck::{Millbeck, errors};
use crate::study_files::Study;

const HEAD: &str = "period,origin,destination,service,people\n";
/// Two kinds: advice where people live, and refuges that they move to.
const RETURN: &str = "2023,Millbeck,Millbeck,idva,300\n2023,Bexley,Millbeck,idva,40\n2023,Millbeck,Leeds,idva,60\n\
    2023,Millbeck,Millbeck,refuge,20\n2023,E09000004,Millbeck,refuge,120\n2023,not known,Millbeck,refuge,30\n2023,Millbeck,Bexley,refuge,80\n";
const PARTNERS: &str = "[release]\ntier = \"partnership\"\nrule = \"1-to-7-rounded-to-5\"\n";
const NAMES: &str = "name-authorities = true";

/// A return, and for whom it is asked.
#[derive(Clone, Copy)]
struct Asked<'a> {
    table: &'a str,
    open: bool,
    release: &'a str,
    source: &'a str,
    analysis: &'a str,
}

impl<'a> Asked<'a> {
    fn open(table: &'a str) -> Self {
        Self { table, open: true, release: "", source: "", analysis: "" }
    }

    fn restricted(table: &'a str) -> Self {
        Self { open: false, ..Self::open(table) }
    }

    fn told(&self) -> (Option<Findings>, Problems) {
        let millbeck = Millbeck::new().with_calls();
        let _ = millbeck.read();
        let study = &millbeck.study;
        study.write("journeys.csv", self.table.as_bytes());
        let open = if self.open { "sensitivity = \"open\"\n" } else { "sensitivity = \"restricted\"\n" };
        let more = format!(
            "\n[[source]]\nkind = \"journeys-by-authority\"\nname = \"returns\"\npath = \"journeys.csv\"\n{open}{}\n\n[[analysis]]\nkind = \"journeys\"\n{}\n\n{}\n",
            self.source, self.analysis, self.release
        );
        study.write("study.toml", (study.text("study.toml") + &more).as_bytes());
        let mut problems = Problems::default();
        let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
        let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems)).map(|f| f.0);
        (found, problems)
    }

    fn findings(&self) -> Findings {
        let (found, problems) = self.told();
        found.unwrap_or_else(|| panic!("{:?}", problems.list()))
    }

    fn errors(&self) -> Vec<String> {
        let (found, problems) = self.told();
        assert!(found.is_none() || errors(&problems).is_empty(), "a run with an error tells nothing");
        let told = |p: &gapmap::diagnostics::Problem| format!("{} {} {} {}", p.code.name(), p.place, p.message, p.next_step);
        problems.list().iter().filter(|p| p.stops()).map(told).collect()
    }
}

fn journeys(found: &Findings) -> &Journeys {
    let own = found.findings.iter().find_map(|f| if let Body::Journeys(body) = &f.body { Some(body) } else { None });
    own.unwrap_or_else(|| panic!("{:?}", found.findings.iter().map(|f| &f.id).collect::<Vec<_>>()))
}

fn table(rows: &str) -> String {
    format!("{HEAD}{rows}")
}

/// Counts of a kind: in their own authority, out, in, residents, served.
fn counts(of: &JourneysOf) -> [Option<u64>; 5] {
    [of.stayed, of.went, of.came, of.residents, of.served].map(Cell::known)
}

#[test]
fn planted_flows_come_back_by_kind_with_their_limits() {
    let rows = table(RETURN);
    // Names are asked for, and a pack for the public gives none.
    let partners = Asked { release: PARTNERS, analysis: NAMES, ..Asked::open(&rows) }.findings();
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
    // One authority by its name and by its code is one.
    let from: Vec<(&str, Option<u64>)> = body.came_from.iter().map(|p| (p.label.as_str(), p.people[2].known())).collect();
    assert_eq!(from, [("Bexley", Some(160))]);
    let words = &partners.findings.iter().find(|f| f.analysis == "journeys").unwrap().sentences;
    assert!(
        words.iter().any(|s| s.contains("160") && s.contains("480")),
        "people from elsewhere stand beside all who were helped: {words:?}"
    );
    // 8,000 residents of 56,490,048 in England.
    let places: Vec<f64> = body.network.iter().map(|n| n.places).collect();
    assert!((places[0] - 0.8).abs() < 1e-9 && (places[1] - 8_000.0 * 5_369.0 / 56_490_048.0).abs() < 1e-9, "{places:?}");
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
    // A direction of one kind does not speak for another.
    let half = table("2023,Millbeck,Millbeck,idva,300\n2023,Bexley,Millbeck,idva,40\n2023,Millbeck,Millbeck,outreach,100\n");
    let found = Asked::open(&half).findings();
    let body = journeys(&found);
    let came: Vec<Cell<u64>> = body.kinds.iter().map(|k| k.came).collect();
    assert_eq!(came.iter().filter(|c| **c == Cell::Missing).count(), 2, "{came:?}");
    // Nor where the two are told together, because one is a refuge.
    let found = Asked::open(&half.replace("outreach", "refuge")).findings();
    assert_eq!((journeys(&found).kinds.len(), journeys(&found).kinds[0].came), (1, Cell::Missing));
    // A return without any journey of the study is a question without an answer.
    let elsewhere = table("2023,Leeds,Bexley,idva,40\n");
    let found = Asked::open(&elsewhere).findings();
    assert!(found.findings.iter().all(|f| f.analysis != "journeys") && found.frame.unanswered.iter().any(|u| u.analysis == "journeys"));
}

#[test]
fn small_flows_of_a_restricted_return_stay_withheld_whatever_is_subtracted() {
    // A few people of one kind from one place; all else is large.
    let small = RETURN.replace(
        "2023,Bexley,Millbeck,idva,40\n",
        "2023,Bexley,Millbeck,idva,40\n2023,Cardiff,Millbeck,idva,3\n2023,Leeds,Millbeck,refuge,33\n",
    );
    let rows = table(&small);
    for (release, analysis) in [("", ""), ("", NAMES), (PARTNERS, ""), (PARTNERS, NAMES)] {
        let found = Asked { release, analysis, ..Asked::restricted(&rows) }.findings();
        let finding = found.findings.iter().find(|f| f.analysis == "journeys").unwrap();
        let rule = Rule { withhold_up_to: 7, round_to: finding.release.rounded_to };
        assert!(finding.release.withheld > 0 && rule.round_to == 10);
        let shape = finding.body.shape();
        assert!(shape.counts().all().filter_map(Cell::known).all(|n| n == 0 || (n > 7 && n % 10 == 0)));
        for sum in shape.sums_of_people().iter().filter(|s| s.adds_up) {
            let cells: Vec<Cell<u64>> = sum.cells.iter().map(|c| c.1).collect();
            if cells.contains(&Cell::Missing) || cells.iter().filter(|c| **c == Cell::Withheld).count() != 1 {
                continue;
            }
            let (total, parts) = cells.split_last().unwrap();
            let ends = |cell: &Cell<u64>| cell.known().map(|n| rule.behind(n));
            let (low, high): (u64, u64) = parts.iter().filter_map(ends).fold((0, 0), |sum, e| (sum.0 + e.0, sum.1 + e.1));
            // What one withheld part, or a withheld total, may be.
            let width = match ends(total) {
                Some((from, to)) => to.saturating_sub(low) - from.saturating_sub(high),
                None => high - low,
            };
            assert!(width >= 7, "{cells:?}");
        }
    }
}

#[test]
fn no_other_authority_is_named_to_the_public_and_only_large_ones_to_partners() {
    let rows = table(&format!("{RETURN}2023,Brighton and Hove,Millbeck,idva,12\n2023,Cornwall,Millbeck,idva,25\n"));
    let names = |release: &str, analysis: &str| {
        let found = Asked { release, analysis, ..Asked::restricted(&rows) }.findings();
        serde_json::to_string(&found).unwrap()
    };
    let others = ["Bexley", "Leeds", "Brighton", "Cornwall", "E09000004", "E08000035"];
    for (release, analysis) in [("", ""), ("", NAMES), (PARTNERS, "")] {
        let text = names(release, analysis);
        assert!(others.iter().all(|name| !text.contains(name)), "{release} {analysis}");
        assert!(text.contains("elsewhere in England"));
    }
    let text = names(PARTNERS, NAMES);
    assert!(["Bexley", "Leeds", "Cornwall"].iter().all(|name| text.contains(name)) && !text.contains("Brighton"));
}

#[test]
fn a_kind_of_safe_accommodation_with_few_services_is_told_with_others() {
    // No catalogue: nobody knows how many refuges there are.
    let rows = table(RETURN);
    let found = Asked::restricted(&rows).findings();
    assert_eq!(journeys(&found).kinds.len(), 1, "beside one other kind nothing is told apart");
    let three =
        table(&format!("{RETURN}2023,Millbeck,Millbeck,outreach,90\n2023,Bexley,Millbeck,outreach,30\n2023,Millbeck,Bexley,outreach,50\n"));
    let found = Asked::restricted(&three).findings();
    let body = journeys(&found);
    assert_eq!(body.kinds.len(), 3);
    assert!(body.kinds.iter().all(|k| k.within != Within::Moved && k.label.as_str() != "Refuge"));
    // Of a return of refuges alone all is told as it is: of everybody.
    let alone = table("2023,Bexley,Millbeck,refuge,60\n2023,Millbeck,Millbeck,refuge,20\n");
    let found = Asked::restricted(&alone).findings();
    assert!(!journeys(&found).kinds[0].label.to_lowercase().contains("refuge"));
}

#[test]
fn what_the_return_keeps_back_is_in_no_sum_and_its_totals_tell_nothing() {
    for kept in ["*", "<5", "under 5", "c", "suppressed"] {
        let rows = format!("{RETURN}2023,Leeds,Millbeck,idva,{kept}\n");
        let with_total = format!("{rows}2023,All,Millbeck,idva,344\n");
        for rows in [&rows, &with_total] {
            let rows = table(rows);
            let found = Asked { release: PARTNERS, analysis: NAMES, ..Asked::open(&rows) }.findings();
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

#[test]
fn the_attack_on_a_pack_finds_nothing_and_another_way_of_telling_is_left_out() {
    let study = Study::small();
    let rows = "period,origin,destination,service,people\n2025,Quillmere,Quillmere,idva,301\n2025,Leeds,Quillmere,idva,14\n2025,Bexley,Quillmere,idva,3\n2025,Cardiff,Quillmere,idva,26\n\
        2025,Quillmere,Leeds,idva,9\n2025,Quillmere,Cornwall,idva,41\n2025,Quillmere,Quillmere,outreach,77\n2025,Bexley,Quillmere,outreach,22\n2025,Quillmere,Leeds,outreach,5\n";
    study.write("journeys.csv", rows.as_bytes());
    let source =
        "\n[[source]]\nkind = \"journeys-by-authority\"\nname = \"journeys\"\npath = \"journeys.csv\"\nsensitivity = \"restricted\"\n";
    study.write("study.toml", (study.text("study.toml") + source).as_bytes());
    let (code, text) = study.check();
    assert_eq!(code, Some(0), "{text}");
    assert!(study.text("out/findings.public.json").contains("\"journeys/journeys\""));
    assert_eq!(study.check().0, Some(0), "the same again");
    assert_eq!(study.tree("gapmap-releases").len(), 1);
    // A revision by few people would tell of them.
    study.replace("journeys.csv", "Cardiff,Quillmere,idva,26", "Cardiff,Quillmere,idva,36");
    let (code, text) = study.check();
    assert!(code == Some(0) && text.contains("S315"), "{text}");
    assert!(!study.text("out/findings.public.json").contains("\"journeys/journeys\""));
}
