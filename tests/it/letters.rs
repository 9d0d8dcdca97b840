//! Words in pictures: large enough to be read where a document sets a picture as wide as the text of an A4 page.

use gapmap::diagnostics::Problems;
use gapmap::outputs::{ReportKind, everything};
use gapmap::pipeline;
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};

use crate::study_files::Study;

/// A picture cropped to its plot is 920 units wide, and 182 mm on paper.
const POINTS_A_UNIT: f64 = 182.0 / 25.4 * 72.0 / 920.0;
/// Words below this are hard to read.
const LEAST_POINTS: f64 = 7.5;

/// A picture without what a document leaves out: its head and its foot.
fn plot(svg: &str) -> String {
    let mut rest = svg.to_owned();
    for class in ["head", "foot"] {
        if let Some((before, after)) = rest.clone().split_once(&format!("<g class=\"{class}\">")) {
            rest = format!("{before}{}", after.split_once("</g>").map_or("", |a| a.1));
        }
    }
    rest
}

#[test]
fn words_in_pictures_are_printed_large_enough() {
    let study = Study::of(&borough(&Settings::default()));
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = pipeline::draft(&plan, None, &mut problems).unwrap();
    let files = everything(&findings, &ReportKind::find("overview").unwrap(), false).unwrap();
    let pictures: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".svg")).collect();
    assert!(pictures.len() > 40, "{} pictures", pictures.len());
    for (path, bytes) in pictures {
        let svg = plot(std::str::from_utf8(bytes).unwrap());
        for size in svg.split("font-size=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok()) {
            // The drawing library draws ten times larger than it is shown.
            let shown = if size > 60.0 { size / 10.0 } else { size };
            let shown = if path.contains("going-maps") { shown * 904.0 / 688.0 } else { shown };
            assert!(shown * POINTS_A_UNIT >= LEAST_POINTS, "{path}: {shown}");
        }
    }
}
