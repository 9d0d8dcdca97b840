//! Pages of the documents as they are printed: none but the last ends above half, none ends with a heading, and there are no more than a reader takes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gapmap::diagnostics::Problems;
use gapmap::model::Findings;
use gapmap::outputs::{PageEnd, page_ends};
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};

use crate::leaks::two_years;
use crate::millbeck::Millbeck;
use crate::study_files::Study;

type Ends = BTreeMap<String, Vec<PageEnd>>;

/// At most so many pages of each.
const MOST: [(&str, usize); 3] = [("board-report", 4), ("needs-assessment", 30), ("funding-bid", 12)];

fn of(study: &Study) -> Ends {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let found = gapmap::pipeline::pack(&plan, None, &[], &mut problems);
    ends(&found.unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems))).0)
}

fn ends(findings: &Findings) -> Ends {
    page_ends(findings).unwrap()
}

/// The borough that comes with the engine: 150 areas, all sources, an action plan.
static BOROUGH: LazyLock<Ends> = LazyLock::new(|| of(&Study::of(&borough(&Settings::default()))));

fn hold(all: &Ends) {
    let mut wrong = Vec::new();
    for (name, pages) in all {
        let most = MOST.iter().find(|m| m.0 == name).map_or(usize::MAX, |m| m.1);
        if pages.len() > most {
            wrong.push(format!("{name} has {} pages, and may have {most}", pages.len()));
        }
        for (i, page) in pages.iter().enumerate() {
            let (last, percent) = (i + 1 == pages.len(), 100.0 * page.filled);
            if page.by_heading {
                wrong.push(format!("{name}, page {}: a heading stands last", i + 1));
            }
            if !last && page.filled < 0.5 {
                wrong.push(format!("{name}, page {} of {}: filled to {percent:.0} % alone", i + 1, pages.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_of_the_borough_are_filled_and_few() {
    assert_eq!(BOROUGH.len(), 4);
    hold(&BOROUGH);
}

#[test]
fn a_page_is_measured_and_not_taken_for_full() {
    // Of so many pages some end early: were all of them told full, nothing would be measured.
    let pages: Vec<PageEnd> = BOROUGH.values().flatten().copied().collect();
    assert!(pages.iter().any(|p| p.filled < 0.9) && pages.iter().any(|p| p.filled > 0.9), "{pages:?}");
    assert!(pages.iter().all(|p| p.filled > 0.0), "{pages:?}");
}

#[test]
fn pages_of_small_studies_are_filled() {
    for areas in [1, 12, 40] {
        hold(&of(&Study::of(&borough(&Settings { seed: 5, areas, months: 24, ..Settings::default() }))));
    }
}

#[test]
fn pages_of_a_study_without_services_are_filled() {
    let study = two_years();
    let plan = study.text("study.toml");
    let without: Vec<&str> = plan.split("[[source]]").filter(|part| !part.contains("services/")).collect();
    study.write("study.toml", without.join("[[source]]").replace("catalogue-complete", "# catalogue-complete").as_bytes());
    hold(&of(&study));
}

#[test]
fn pages_of_a_study_with_hardly_anything_are_filled() {
    let (findings, problems) = Millbeck::new().with_calls().ask("burden").ask("trend").findings();
    hold(&ends(&findings.unwrap_or_else(|| panic!("{}", gapmap::diagnostics::render_text(&problems)))));
}
