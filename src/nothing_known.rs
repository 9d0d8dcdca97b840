//! Every analysis of two studies told with everything withheld, and with everything missing: nothing may be concluded.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::analyses::{ANALYSES, Draft, Released, Telling};
use crate::diagnostics::Problems;
use crate::model::{Body, Figure, Message};
use crate::plan::Plan;
use crate::synthetic::{Settings, borough};
use crate::units::Cell;

/// Made once, for both tests.
static DRAFTS: LazyLock<Vec<Draft>> = LazyLock::new(drafts);

/// Drafts of every analysis of an invented borough with all kinds of sources.
fn drafts() -> Vec<Draft> {
    let folder = std::env::temp_dir().join(format!("gapmap-nothing-known-{}", std::process::id()));
    for (path, bytes) in borough(&Settings { seed: 11, areas: 60, months: 48, planted: true, varying: false, busier: 1 }) {
        let to = folder.join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }
    let file = folder.join("study.toml");
    // Of every service a cost, for the analysis that asks what is paid.
    let catalogue = folder.join("services/commissioned.csv");
    let text = std::fs::read_to_string(&catalogue).unwrap();
    let costed = text.lines().enumerate().map(|(i, line)| format!("{line},{}\n", if i == 0 { "cost_per_year" } else { "120000" }));
    std::fs::write(&catalogue, costed.collect::<String>()).unwrap();
    // Journeys of people, for the analysis that asks where they came from.
    let journeys = "origin,destination,service,people\nQuillmere,Quillmere,idva,90\nBexley,Quillmere,idva,40\nQuillmere,Leeds,idva,60\n";
    std::fs::write(folder.join("journeys.csv"), journeys).unwrap();
    let return_of =
        "\n[[source]]\nkind = \"journeys-by-authority\"\nname = \"journeys\"\npath = \"journeys.csv\"\nsensitivity = \"restricted\"\n";
    // Other areas to stand beside.
    let others = "area,role,category,from,to,count,population,definition\nNorthmere,similar,Public order,2025-01,2025-12,1900,150000,police-uk-street\n";
    std::fs::write(folder.join("others.csv"), others).unwrap();
    let source = "\n[[source]]\nkind = \"comparator-table\"\npath = \"others.csv\"\nsensitivity = \"open\"\n";
    // What chance does is of no interest here: few draws are quick.
    let scenario = "\n[[scenario]]\nname = \"Without the drop-in\"\nclose = [\"OR-01\"]\n";
    let text = std::fs::read_to_string(&file).unwrap() + source + "\n[defaults]\ndraws = 99\nsimulations = 99\n" + scenario + return_of;
    std::fs::write(&file, text).unwrap();
    let mut problems = Problems::default();
    let plan = Plan::load(&file, &mut problems).unwrap();
    let (mut study, _) = crate::pipeline::study(&plan, &mut problems).unwrap();
    study.for_analysts = true;
    let _ = std::fs::remove_dir_all(&folder);
    plan.analyses.iter().flat_map(|(_, analysis)| analysis.run(&study)).collect()
}

/// What a draft says of a table in which every cell that holds a count is the same.
fn told(draft: &Draft, cell: Cell<u64>) -> Telling {
    let table = draft.counts();
    let cells = table.counts().iter().map(|n| n.map_or(Cell::Missing, |_| cell)).collect();
    draft.tell(&Released::new(table.size().1, cells))
}

/// Numbers that stand in sentences whatever the counts are.
const CONSTANTS: [&str; 3] = ["minutes", "even", "known"];

#[test]
fn nothing_is_concluded_where_nothing_is_known() {
    let drafts = &*DRAFTS;
    let asked: BTreeSet<&str> = drafts.iter().map(|d| d.head.analysis).collect();
    assert_eq!(asked.len(), ANALYSES.len(), "every analysis answers: {asked:?}");
    for draft in drafts {
        for nothing in [Cell::Withheld, Cell::Missing] {
            let told = told(draft, nothing);
            assert!(!told.body.shape().concludes(), "{} with {nothing:?}: {:?}", draft.head.id, told.body);
            // What is public without any count: services, their records and their gaps.
            if matches!(told.body, Body::Services(_) | Body::Gaps(_)) || draft.head.id == "gaps/records" {
                continue;
            }
            let messages = [&told.headline, &told.subtitle].into_iter().chain(&told.sentences);
            let said = told.figures.iter().cloned().chain(messages.flat_map(Message::figures));
            let none: Vec<Figure> = said.filter(|f| f.value == 0.0 && !CONSTANTS.contains(&f.what.as_str())).collect();
            assert_eq!(none, [], "{} with {nothing:?} tells a number of none", draft.head.id);
        }
    }
}

/// Analyses whose headline is what they conclude.
const CONCLUDING: [&str; 8] = ["burden", "hotspots", "clusters", "inequality", "trend", "events", "need-access", "need-index"];

#[test]
fn the_headline_of_nothing_known_is_that_of_no_conclusion() {
    let mut compared = BTreeSet::new();
    for draft in DRAFTS.iter().filter(|d| CONCLUDING.contains(&d.head.analysis)) {
        // Neither is a table of all the same a conclusion that nothing known may have: that nothing stands out.
        let (withheld, missing) = (told(draft, Cell::Withheld), told(draft, Cell::Missing));
        if matches!(withheld.body, Body::Table(_) | Body::Bars(_)) {
            continue;
        }
        for n in [1, 400] {
            let known = told(draft, Cell::Known(n));
            // Of what cannot be told from these counts either, nothing is concluded in both.
            let slope = !matches!(&known.body, Body::Gradient(b) if b.ratio.is_none());
            if known.body.shape().concludes() && slope {
                assert_ne!(known.headline, withheld.headline, "{}", draft.head.id);
                assert_ne!(known.headline, missing.headline, "{}", draft.head.id);
                compared.insert(draft.head.analysis);
            }
        }
    }
    assert!(compared.len() > 4, "{compared:?}");
}
