//! Journeys across borders are safe: nothing small follows from what is told, no place leads to a refuge, nobody tells one return twice.

use gapmap::diagnostics::Problems;
use gapmap::plan::Plan;
use gapmap::units::{Cell, Rule};

use crate::journeys::{Asked, BY_KIND, NAMES, PARTNERS, RETURN, counts, has_journeys, journeys, places, table};
use crate::study_files::Study;

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
fn small_flows_of_a_restricted_return_stay_withheld_whatever_is_subtracted() {
    // A few people of one kind from one place; all else is large.
    let small = RETURN.replace(
        "2023,Bexley,Millbeck,idva,40\n",
        "2023,Bexley,Millbeck,idva,40\n2023,Cardiff,Millbeck,idva,3\n2023,Leeds,Millbeck,refuge,33\n",
    );
    let rows = table(&small);
    for (release, analysis) in [("", ""), ("", NAMES), ("", BY_KIND), (PARTNERS, BY_KIND), (PARTNERS, NAMES)] {
        let found = Asked { release, analysis, refuges: 3, ..Asked::restricted(&rows) }.findings();
        let finding = found.findings.iter().find(|f| f.analysis == "journeys").unwrap();
        let rule = Rule { withhold_up_to: 7, round_to: finding.release.rounded_to };
        assert!(finding.release.withheld > 0 && rule.round_to == 10);
        let shape = finding.body.shape();
        assert!(shape.counts().all().filter_map(Cell::known).all(|n| n == 0 || (n > 14 && n % 10 == 0)));
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
fn authorities_are_named_by_the_plan_and_never_by_how_many_people_there_are() {
    let text_of = |rows: &str, release: &str, analysis: &str| {
        let found = Asked { release, analysis, ..Asked::restricted(&table(rows)) }.findings();
        serde_json::to_string(&found).unwrap()
    };
    let others = ["Bexley", "Leeds", "Brighton", "Cornwall", "E09000004", "E08000035"];
    let rows = format!("{RETURN}2023,Brighton and Hove,Millbeck,idva,200\n2023,Cornwall,Millbeck,idva,25\n");
    for (release, analysis) in [("", ""), ("", NAMES), (PARTNERS, "")] {
        let text = text_of(&rows, release, analysis);
        assert!(others.iter().all(|name| !text.contains(name)), "{release} {analysis}");
        assert!(text.contains("other authorities in the South East"));
    }
    // Those of the list, whether many, few or none came: Brighton is none of them, with two hundred.
    for cornwall in ["2023,Cornwall,Millbeck,idva,25\n", "2023,Cornwall,Millbeck,idva,3\n", "2023,Cornwall,Millbeck,idva,0\n", ""] {
        let rows = format!("{RETURN}2023,Brighton and Hove,Millbeck,idva,200\n{cornwall}");
        let text = text_of(&rows, PARTNERS, NAMES);
        assert!(text.contains("\"Cornwall\"") && !text.contains("Brighton"), "{cornwall}");
    }
    // What is no authority is no name.
    for wrong in ["E12000007", "E07000163", "E09999999", "E23000001", "Bexley"] {
        let analysis = format!("name-authorities = [\"{wrong}\"]");
        let told = Asked { analysis: &analysis, ..Asked::open(&table(RETURN)) }.errors();
        assert!(told.len() == 1 && told[0].starts_with("P102"), "{wrong}: {told:?}");
    }
    // Of Millbeck, which lies in no region, all regions are far; names that leave little of one take all regions with them.
    let rows = table("2023,Millbeck,Millbeck,idva,300\n2023,Hartlepool,Millbeck,idva,50\n2023,Leeds,Millbeck,idva,50\n");
    let north_east =
        ["E06000002", "E06000003", "E06000004", "E06000005", "E06000047", "E06000057", "E08000021", "E08000022", "E08000023", "E08000024"];
    let analysis = format!("name-authorities = {north_east:?}");
    let found = Asked { release: PARTNERS, analysis: &analysis, ..Asked::open(&rows) }.findings();
    let told = places(&journeys(&found).came_from).into_iter().filter(|p| p.1 != Some(0)).collect::<Vec<_>>();
    assert_eq!(told, [("other authorities in England", Some(100))]);
}

#[test]
fn how_full_one_refuge_is_and_from_where_its_residents_come_is_told_nowhere() {
    // No catalogue: nobody knows how many refuges there are. Two are few, three are enough.
    let rows = table(RETURN);
    for (refuges, kinds) in [(0, 1), (1, 1), (2, 1), (3, 3)] {
        let found = Asked { analysis: BY_KIND, refuges, ..Asked::restricted(&rows) }.findings();
        let body = journeys(&found);
        assert_eq!(body.kinds.len(), kinds, "{refuges}");
        // Most from London came to a refuge: of few of them the region is not told.
        let london = places(&body.came_from).iter().any(|p| p.0.contains("London"));
        assert_eq!(london, refuges >= 3, "{refuges}: {:?}", places(&body.came_from));
    }
    // Beside other kinds, the one with few is told in the sum alone, so that nothing is left of it.
    let three =
        table(&format!("{RETURN}2023,Millbeck,Millbeck,outreach,90\n2023,Bexley,Millbeck,outreach,30\n2023,Millbeck,Bexley,outreach,50\n"));
    assert_eq!(journeys(&Asked { analysis: BY_KIND, ..Asked::restricted(&three) }.findings()).kinds.len(), 1);
    // A return of one refuge alone, or mostly of it, or one that does not say what it is of, is told not at all, open or not.
    for alone in [
        "2023,Bexley,Millbeck,refuge,60\n2023,Millbeck,Millbeck,refuge,20\n",
        "2023,Bexley,Millbeck,refuge,60\n2023,Millbeck,Millbeck,refuge,20\n2023,Millbeck,Millbeck,idva,30\n",
        "2023,Bexley,Millbeck,refuge,60\n2023,Millbeck,Millbeck,refuge,20\n2023,Millbeck,Millbeck,idva,0\n",
        "2023,Bexley,Millbeck,,60\n2023,Millbeck,Millbeck,,200\n",
    ] {
        for asked in [Asked::restricted(&table(alone)), Asked::open(&table(alone))] {
            let found = Asked { analysis: BY_KIND, refuges: 2, ..asked }.findings();
            assert!(!has_journeys(&found), "{alone}");
            let because = &found.frame.unanswered.iter().find(|u| u.analysis == "journeys").unwrap().because;
            assert!(because.contains("refuge"), "{because}");
        }
    }
    // Refuges elsewhere tell nothing of one here.
    let went = table("2023,Millbeck,Bexley,refuge,60\n2023,Millbeck,Leeds,refuge,20\n");
    assert_eq!(journeys(&Asked::restricted(&went).findings()).all().unwrap().went, Cell::Known(80));
}

#[test]
fn what_stands_beside_one_another_is_of_the_same_months() {
    let quarter = |q: u32, out: bool| {
        let went = if out { format!("2023 Q{q},Millbeck,Leeds,idva,60\n") } else { String::new() };
        format!("2023 Q{q},Millbeck,Millbeck,idva,100\n2023 Q{q},Bexley,Millbeck,idva,20\n{went}")
    };
    let year = "period = { first = \"2023-01\", last = \"2023-12\" }";
    let of = |rows: &str, analysis: &str| {
        let found = Asked { analysis, ..Asked::open(&table(rows)) }.findings();
        let finding = found.findings.iter().find(|f| f.analysis == "journeys");
        finding.map(|f| (f.period.first.to_string(), f.period.len(), counts(journeys(&found).all().unwrap())))
    };
    // Who went comes a quarter later: the last quarter is told in neither.
    let rows: String = (1..=4).map(|q| quarter(q, q < 4)).collect();
    assert_eq!(of(&rows, year), Some(("2023-01".into(), 9, [300, 180, 60, 480, 360].map(Some))));
    assert_eq!(of(&rows, ""), Some(("2023-07".into(), 3, [100, 60, 20, 160, 120].map(Some))));
    // A quarter that is not there ends what is added up.
    let rows: String = [1, 2, 4].map(|q| quarter(q, true)).concat();
    assert_eq!(of(&rows, year).map(|t| (t.0, t.1)), Some(("2023-10".into(), 3)));
    // No months hold both halves.
    let rows = "2023 Q1,Bexley,Millbeck,idva,20\n2023 Q2,Millbeck,Leeds,idva,60\n";
    for analysis in ["", year] {
        assert_eq!(of(rows, analysis), None);
        let found = Asked { analysis, ..Asked::open(&table(rows)) }.findings();
        assert!(found.frame.unanswered.iter().any(|u| u.analysis == "journeys" && u.because.contains("months")));
    }
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

#[test]
fn two_analyses_of_one_return_tell_no_months_twice() {
    let quarter = |q: u32, wales: u64| {
        format!(
            "2023 Q{q},Millbeck,Millbeck,idva,300\n2023 Q{q},Bexley,Millbeck,idva,400\n2023 Q{q},Cardiff,Millbeck,idva,{wales}\n2023 Q{q},Millbeck,Leeds,idva,200\n"
        )
    };
    let rows: String = [(1, 12), (2, 4), (3, 12), (4, 11)].map(|(q, wales)| quarter(q, wales)).concat();
    let month = |m: u32| format!("2023-{m:02}");
    let window = |first: u32, last: u32| format!("period = {{ first = \"{}\", last = \"{}\" }}", month(first), month(last));
    let windows = [(1, 3), (4, 6), (7, 9), (1, 9), (4, 12), (7, 12)].map(|(first, last)| window(first, last));
    let analysis = windows.join("\n\n[[analysis]]\nkind = \"journeys\"\n");
    let table = table(&rows);
    let (found, problems) = Asked { analysis: &analysis, ..Asked::restricted(&table) }.told();
    let found = found.unwrap_or_else(|| panic!("{:?}", problems.list()));
    let told: Vec<_> = found.findings.iter().filter(|f| f.analysis == "journeys").map(|f| f.period).collect();
    assert!(!told.is_empty());
    for (i, a) in told.iter().enumerate() {
        assert!(told[..i].iter().all(|b| b.last < a.first || a.last < b.first), "{told:?}");
    }
    assert!(crate::millbeck::tells(&problems, "S315"));
}

/// A number that follows from another, for tables that look like any.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn no_withheld_count_of_many_returns_is_bounded_below_the_rule() {
    let mut state = 7;
    let mut withheld = 0;
    for round in 0..16 {
        let mut rows = String::new();
        for kind in ["idva", "outreach", "isva"] {
            for place in ["Millbeck", "Bexley", "Leeds", "Cardiff", "abroad"] {
                let n = next(&mut state) % [4, 12, 40][(next(&mut state) % 3) as usize];
                rows += &format!("2023,{place},Millbeck,{kind},{n}\n");
                if place != "Millbeck" {
                    rows += &format!("2023,Millbeck,{place},{kind},{}\n", next(&mut state) % 25);
                }
            }
        }
        let (release, analysis) = [("", ""), ("", BY_KIND), (PARTNERS, BY_KIND), (PARTNERS, NAMES)][round % 4];
        let found = Asked { release, analysis, ..Asked::restricted(&table(&rows)) }.findings();
        let Some(finding) = found.findings.iter().find(|f| f.analysis == "journeys") else { panic!("{rows}") };
        let up_to = found.policy.withhold_up_to;
        let rule = found.policy.coarse_rule();
        assert_eq!(finding.release.rounded_to, rule.round_to);
        let sums = finding.body.shape().sums_of_people();
        // Bounds of each cell, drawn together over all sums until nothing changes.
        let mut bounds: std::collections::BTreeMap<usize, (u64, u64, bool)> = Default::default();
        for (at, cell) in sums.iter().flat_map(|s| &s.cells) {
            match cell {
                Cell::Known(n) => _ = bounds.insert(*at, (rule.behind(*n).0, rule.behind(*n).1, false)),
                Cell::Withheld => _ = bounds.insert(*at, (1, 1_000_000, true)),
                _ => {}
            }
        }
        for _ in 0..200 {
            for sum in sums.iter().filter(|s| s.adds_up) {
                let cells: Vec<usize> = sum.cells.iter().map(|c| c.0).collect();
                let Some((total, parts)) = cells.split_last().filter(|_| cells.iter().all(|c| bounds.contains_key(c))) else { continue };
                let all = |bounds: &std::collections::BTreeMap<usize, (u64, u64, bool)>| {
                    parts.iter().fold((0, 0), |s, p| (s.0 + bounds[p].0, s.1 + bounds[p].1))
                };
                let (low, high) = all(&bounds);
                let own = bounds[total];
                bounds.insert(*total, (own.0.max(low), own.1.min(high), own.2));
                for part in parts {
                    let ((low, high), of, own) = (all(&bounds), bounds[total], bounds[part]);
                    let from = of.0.saturating_sub(high - own.1);
                    let to = of.1 - (low - own.0).min(of.1);
                    bounds.insert(*part, (own.0.max(from), own.1.min(to), own.2));
                }
            }
        }
        for (at, (low, high, hidden)) in &bounds {
            assert!(low <= high, "{at}: {low} {high}");
            withheld += usize::from(*hidden);
            assert!(!hidden || *low > up_to || high - low >= up_to, "round {round}, cell {at}: {low} to {high}\n{rows}");
        }
    }
    assert!(withheld > 100, "{withheld}");
}
