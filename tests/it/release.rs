//! The door, attacked by arithmetic that does not use its code.

use gapmap::analyses::{CountTable, Draft, DraftHead, Released, Telling};
use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Door, Finding, Message, ReleasePolicy, Row, Table};
use gapmap::msg;
use gapmap::release::release;
use gapmap::study::SourceNote;
use gapmap::units::{Cell, Month, Period, Polarity, Sensitivity};
use proptest::prelude::*;

use crate::study_files::{Study, said};

/// A draft that tells its table as it was released.
fn draft(rows: &[Vec<u64>], sensitivity: Sensitivity) -> Draft {
    let month = Month::parse("2025-01").unwrap();
    let head = DraftHead {
        id: "test/table".into(),
        analysis: "test",
        sources: vec![SourceNote { name: "source".into(), kind: "events-csv", title: "Source".into(), sensitivity, attribution: None }],
        period: Period::new(month, month).unwrap(),
        polarity: Polarity::Ambiguous,
        status: "recorded".into(),
        caveats: vec![],
    };
    let mut table = CountTable::new(rows.iter().map(|r| r.iter().copied().chain([r.iter().sum()]).map(Some).collect()).collect());
    table = table.with_total_row();
    for row in 0..=rows.len() {
        table = table.with_sum((0..=rows[0].len()).map(|column| (row, column)));
    }
    fn tell(n: &usize, released: &Released) -> Telling {
        let rows = (0..*n).map(|r| Row { code: None, label: r.to_string(), cells: released.row(r) }).collect();
        Telling {
            headline: Message::as_written(""),
            subtitle: Message::as_written(""),
            sentences: vec![],
            figures: vec![],
            body: Body::Table(Table { row_heading: String::new(), columns: vec![], months: vec![], breaks: vec![], rows }),
        }
    }
    Draft::new(head, table, rows.len() + 1, tell)
}

fn one(draft: Draft, policy: &ReleasePolicy) -> Finding {
    let mut problems = Problems::default();
    release(None, &[draft], policy, &[], &mut problems).unwrap().findings.remove(0).finding
}

fn cells(finding: &Finding) -> Vec<Vec<Cell<u64>>> {
    let Body::Table(table) = &finding.body else { panic!("the test tells a table") };
    table.rows.iter().map(|r| r.cells.clone()).collect()
}

/// What somebody can work out who sees the table and knows only that counts are 0 or more: each line is a sum, and a line with one
/// unknown gives it away. Repeats until nothing more follows. Returns the cells worked out.
fn attack(mut table: Vec<Vec<Option<i64>>>) -> Vec<(usize, usize, i64)> {
    let (rows, columns) = (table.len(), table[0].len());
    let mut found = Vec::new();
    loop {
        let mut lines: Vec<Vec<(usize, usize)>> = (0..rows).map(|r| (0..columns).map(|c| (r, c)).collect()).collect();
        lines.extend((0..columns).map(|c| (0..rows).map(|r| (r, c)).collect::<Vec<_>>()));
        let before = found.len();
        for line in lines {
            let unknown: Vec<_> = line.iter().copied().filter(|(r, c)| table[*r][*c].is_none()).collect();
            let [(r, c)] = unknown.as_slice() else { continue };
            let (total, parts) = line.split_last().unwrap();
            let sum: i64 = parts.iter().filter_map(|(r, c)| table[*r][*c]).sum();
            let value = if (*r, *c) == *total { sum } else { table[total.0][total.1].unwrap() - sum };
            table[*r][*c] = Some(value);
            found.push((*r, *c, value));
        }
        if found.len() == before {
            return found;
        }
    }
}

proptest! {
    #![proptest_config(crate::study_files::cases(300))]

    #[test]
    fn no_withheld_count_follows_from_the_totals(rows in (1..6_usize).prop_flat_map(|c| prop::collection::vec(prop::collection::vec(0..40_u64, c), 1..7)), limit in 1..10_u64) {
        // Without rounding, which only helps: the hardest case.
        let policy = ReleasePolicy { withhold_up_to: limit, round_to: 1, ..ReleasePolicy::default() };
        let released = cells(&one(draft(&rows, Sensitivity::Restricted), &policy));
        let published: Vec<Vec<Option<i64>>> = released.iter().map(|r| r.iter().map(|c| c.known().map(|n| n as i64)).collect()).collect();
        prop_assert_eq!(attack(published), vec![]);
        for cell in released.iter().flatten() {
            if let Cell::Known(n) = cell {
                prop_assert!(*n == 0 || *n > limit, "{} is shown", n);
            }
        }
    }

    #[test]
    fn every_count_that_is_shown_is_rounded(rows in prop::collection::vec(prop::collection::vec(0..200_u64, 3), 1..6)) {
        let released = cells(&one(draft(&rows, Sensitivity::Restricted), &ReleasePolicy::default()));
        for cell in released.iter().flatten() {
            prop_assert!(cell.known().is_none_or(|n| n % 5 == 0));
        }
    }

    #[test]
    fn open_counts_are_released_as_published(rows in prop::collection::vec(prop::collection::vec(0..20_u64, 2), 1..5)) {
        let finding = &one(draft(&rows, Sensitivity::Open), &ReleasePolicy::default());
        prop_assert_eq!(finding.release.door, Door::Open);
        for (row, cells) in rows.iter().zip(cells(finding)) {
            for (n, cell) in row.iter().zip(cells) {
                prop_assert_eq!(cell, Cell::Known(*n));
            }
        }
    }
}

#[test]
fn a_restricted_source_leaves_no_small_number_in_any_file() {
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--only", "places", "--no-png"]).status.success());
    let findings: serde_json::Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    let mut counts = Vec::new();
    fn walk(value: &serde_json::Value, counts: &mut Vec<u64>) {
        match value {
            serde_json::Value::Object(map) => map.iter().for_each(|(key, v)| {
                if let (true, Some(n)) = (
                    matches!(key.as_str(), "count" | "total" | "unlocated" | "rolling-12" | "read" | "kept"),
                    v.get("known").and_then(serde_json::Value::as_u64),
                ) {
                    counts.push(n);
                }
                walk(v, counts);
            }),
            serde_json::Value::Array(list) => list.iter().for_each(|v| walk(v, counts)),
            _ => {}
        }
    }
    walk(&findings["findings"], &mut counts);
    let line = findings["ledger"].as_array().unwrap().iter().find(|l| l["source"] == "safety reports").unwrap();
    walk(line, &mut counts);
    let source = findings["sources"].as_array().unwrap().iter().find(|s| s["name"] == "safety reports").unwrap();
    assert!(source["files"][0]["bytes"].is_null(), "the size of a restricted file tells how many rows it has");
    assert!(counts.len() > 10);
    assert!(counts.iter().all(|n| n % 5 == 0 && (*n == 0 || *n > 7)), "{counts:?}");
}

#[test]
fn confidential_services_are_on_no_map_and_in_no_layer() {
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--no-png"]).status.success());
    for (path, bytes) in study.tree("out") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Quillmere Refuge") && !text.contains("Dispersed Accommodation"), "{path} names a confidential service");
    }
    let report = study.text("out/report.public.html");
    let few = said(msg!("coverage-confidential-few", label = "Refuge", services = 3_usize));
    assert!(report.contains(&few), "one refuge is neither counted nor denied");
}
