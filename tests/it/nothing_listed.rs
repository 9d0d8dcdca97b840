//! A study without a catalogue: no map, chart, table, layer or sentence of a question about services says none, 0 or out of reach.

use std::sync::LazyLock;

use calamine::Reader;
use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Reach};
use gapmap::outputs::table;
use gapmap::plan::Plan;
use gapmap::units::Cell;
use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use crate::leaks::{draw, two_years};
use crate::study_files::Study;

/// Questions whose answers rest on the catalogue.
const ABOUT_SERVICES: [&str; 12] =
    ["services", "assurance", "coverage", "travel", "last-bus", "access", "need-access", "hours", "gaps", "contracts", "site", "what-if"];

/// Columns that count people, events or checks: they hold zeros of their own.
const OF_THE_PLACE: [&str; 6] = ["population", "people", "residents", "area_code", "count", "fid"];

/// The hour of the day at which a band begins, midnight among them.
const HOUR: &str = "band";

/// What a study whose plan names no services finds.
static FOUND: LazyLock<Findings> = LazyLock::new(|| {
    let study = two_years();
    let plan = study.text("study.toml");
    let without: Vec<&str> = plan.split("[[source]]").filter(|part| !part.contains("services/")).collect();
    assert!(without.len() < plan.split("[[source]]").count(), "the borough has a catalogue");
    study.write("study.toml", without.join("[[source]]").replace("catalogue-complete", "# catalogue-complete").as_bytes());
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0
});

fn is_out_of_reach(text: &str) -> bool {
    text.contains(Reach::OutOfReach.label()) || text.contains(Reach::NO_LIMIT)
}

fn has_a_nought(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && !".,:".contains(c))
        .any(|word| ["0", "0.0"].contains(&word.trim_end_matches(['.', ',', ':'])))
}

/// What stands between two marks, each time.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// Everything in a pack that says of services that there are none, or that they are out of reach: where, and what.
fn says_none(findings: &Findings) -> Vec<String> {
    let mut wrong = Vec::new();
    let about: Vec<_> = findings.findings.iter().filter(|f| ABOUT_SERVICES.contains(&f.analysis.as_str())).collect();
    for finding in &about {
        let id = &finding.id;
        let sentences = [&finding.headline, &finding.subtitle].into_iter().chain(&finding.sentences);
        wrong.extend(sentences.filter(|s| is_out_of_reach(s) || has_a_nought(s)).map(|s| format!("sentence of {id}: {s}")));
        wrong.extend(finding.figures.iter().filter(|f| f.value == 0.0 && f.what != HOUR).map(|f| format!("figure of {id}: {}", f.what)));
        let view = table(finding);
        for row in &view.rows {
            // A row of all areas of a state says how many there are: that this is not known names the state, and says nothing of it.
            let row: Vec<String> = row.iter().map(|value| value.shown()).collect();
            let untold = row.last().is_some_and(|value| value.starts_with('['));
            for (value, heading) in row.iter().zip(&view.headings) {
                if value.parse() == Ok(0.0) || is_out_of_reach(value) && !untold {
                    wrong.push(format!("table of {id}, {heading}: {value}"));
                }
            }
        }
    }
    let files = draw(findings, false);
    let stems: Vec<String> = about.iter().map(|f| f.id.replace('/', "_")).collect();
    let mut drawn = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".svg")) {
        let name = path.rsplit('/').next().unwrap();
        if !stems.iter().any(|stem| name.starts_with(stem.as_str())) {
            continue;
        }
        drawn += 1;
        let svg = String::from_utf8_lossy(bytes);
        // What a picture is for those who do not see it, and what each area says under the mouse.
        let told = between(&svg, "<title>", "</title>").into_iter().chain(between(&svg, "<desc>", "</desc>"));
        wrong.extend(told.filter(|t| is_out_of_reach(t) || has_a_nought(t)).map(|t| format!("picture {path}: {t}")));
        // A chart may keep the key of a state that nothing has; a map and its key have none.
        let keys = usize::from(path.starts_with("charts/"));
        if svg.matches("fill=\"url(#out)\"").count() > keys {
            wrong.push(format!("picture {path}: drawn as out of reach"));
        }
    }
    assert!(drawn > 1, "{drawn} pictures of services were looked at");
    wrong.extend(in_layers(&files["layers/layers.public.gpkg"]));
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        wrong.extend(in_page(&String::from_utf8_lossy(bytes)).into_iter().map(|row| format!("{path}: {row}")));
    }
    wrong.extend(in_workbook(&files["tables.public.xlsx"]));
    wrong
}

/// Rows of the page's tables of reach that say of a state that nobody is in it.
fn in_page(page: &str) -> Vec<String> {
    let of_reach = between(page, "<table", "</table>").into_iter().filter(|t| t.contains(">Reach of"));
    let rows = of_reach.flat_map(|t| t.split("<tr>").skip(2).map(str::to_owned).collect::<Vec<_>>());
    rows.filter(|row| row.contains("<td>none") || row.contains("<td>0<") || row.contains("<td>0.0")).collect()
}

/// Cells of the workbook that say so, below the headings of its sheets about services.
fn in_workbook(bytes: &[u8]) -> Vec<String> {
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let mut wrong = Vec::new();
    for (name, sheet) in book.worksheets() {
        for row in sheet.rows() {
            let shown: Vec<String> = row.iter().map(|cell| cell.to_string()).collect();
            // A state whose residents are not known names itself.
            let untold = shown.iter().any(|cell| cell.starts_with('['));
            // A heading names the state of its column.
            let told = shown.iter().filter(|cell| !cell.contains(": ") && cell.len() < 60 && is_out_of_reach(cell) && !untold);
            wrong.extend(told.map(|cell| format!("sheet {name}: {cell}")));
        }
    }
    wrong
}

/// The same in layers for a map of one's own.
fn in_layers(bytes: &[u8]) -> Vec<String> {
    let study = Study::of(&Default::default());
    study.write("layers.gpkg", bytes);
    let db = Connection::open(study.folder.join("layers.gpkg")).unwrap();
    let mut names = db.prepare("SELECT table_name FROM gpkg_contents ORDER BY 1").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let about = |name: &&String| ABOUT_SERVICES.iter().any(|a| name.replace('_', "-").starts_with(a));
    let mut wrong = Vec::new();
    for layer in names.iter().filter(about) {
        let mut query = db.prepare(&format!("SELECT * FROM \"{layer}\"")).unwrap();
        let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (i, column) in columns.iter().enumerate().filter(|(_, c)| !OF_THE_PLACE.contains(&c.as_str())) {
                let none = match row.get::<_, Sql>(i).unwrap() {
                    Sql::Integer(n) => n == 0,
                    Sql::Real(x) => x == 0.0,
                    Sql::Text(text) => is_out_of_reach(&text),
                    Sql::Null | Sql::Blob(_) => false,
                };
                if none {
                    wrong.push(format!("layer {layer}, {column}"));
                }
            }
        }
    }
    wrong
}

#[test]
fn without_a_catalogue_nothing_says_none_or_out_of_reach() {
    let asked: Vec<&str> = FOUND.findings.iter().map(|f| f.analysis.as_str()).filter(|a| ABOUT_SERVICES.contains(a)).collect();
    assert!(asked.contains(&"coverage") && asked.contains(&"gaps"), "{asked:?}");
    assert_eq!(says_none(&FOUND), Vec::<String>::new());
}

/// The same eyes see it where one area is drawn as out of reach, and where a sentence and a chart say none.
#[test]
fn what_says_none_is_seen() {
    let mut faulty = FOUND.clone();
    let mut changed = [false; 2];
    for finding in &mut faulty.findings {
        match &mut finding.body {
            Body::AreaClasses(body) if !changed[0] => {
                body.rows[0].class = Reach::OutOfReach;
                body.agreed = true;
                finding.sentences.push("0 residents are reached.".into());
                changed[0] = true;
            }
            Body::Shares(body) if !changed[1] => {
                body.rows[0].cells[0] = Cell::Known(0);
                changed[1] = true;
            }
            _ => {}
        }
    }
    assert_eq!(changed, [true; 2]);
    let seen = says_none(&faulty);
    for what in ["sentence of coverage", "table of coverage", "picture maps/coverage", "layer coverage"] {
        assert!(seen.iter().any(|s| s.starts_with(what)), "{what} is not among {seen:?}");
    }
}
