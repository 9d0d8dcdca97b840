//! Need beside access: nine classes in a grid, the worst of them hatched.

use super::canvas::Canvas;
use crate::model::{Body, Finding, Findings, NeedAccessRow};
use crate::outputs::figure::Figure;
use crate::units::thousands;

/// By third of need, then by access from no site to more. The last of need without access is hatched, so that no colour has to tell it.
const FILLS: [[&str; 3]; 3] = [["#E8E8E8", "#DCE8F2", "#C9DDEE"], ["#E9C9AE", "#B9B7C4", "#8FB1D3"], ["url(#out)", "#8C7396", "#4A6FA5"]];
const NEED: [&str; 3] = ["need lowest third", "need middle third", "need highest third"];
const ACCESS: [&str; 3] = ["no site in reach", "less in reach", "more in reach"];

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::NeedAccess(b) if b.rows.iter().any(|r| r.need_third.is_some()))
}

fn class(row: &NeedAccessRow) -> Option<(usize, usize)> {
    row.need_third.map(|t| (usize::from(t.min(2)), usize::from(row.access_class.min(2))))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::NeedAccess(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    for row in &body.rows {
        let Some(outline) = findings.outlines.iter().find(|o| o.code == row.code) else { continue };
        match class(row) {
            Some((need, access)) => canvas.area(outline, FILLS[need][access], &format!("{}: {}, {}", row.name, NEED[need], ACCESS[access])),
            None => canvas.area(outline, "url(#withheld)", &format!("{}: need withheld or not known", row.name)),
        }
    }
    canvas.legend_heading(&format!("{}, and {} (areas)", body.need, body.access));
    for need in (0..3).rev() {
        for access in 0..3 {
            let n = body.rows.iter().filter(|r| class(r) == Some((need, access))).count();
            if n > 0 {
                canvas.legend(FILLS[need][access], &format!("{}, {} ({n})", NEED[need], ACCESS[access]));
            }
        }
    }
    let unknown = body.rows.iter().filter(|r| r.need_third.is_none()).count();
    if unknown > 0 {
        canvas.legend("url(#withheld)", &format!("need withheld or not known ({unknown})"));
    }
    let worst = body.rows.iter().filter(|r| class(r) == Some((2, 0))).count();
    let alt_text = format!(
        "Map of {} areas in nine classes. {}. {worst} areas are in the highest third of need with no site in reach. The table holds every value.",
        thousands(body.rows.len() as u64),
        finding.subtitle
    );
    canvas.finish(findings, finding, alt_text)
}
