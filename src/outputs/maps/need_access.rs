//! Need beside access: nine classes in a grid, the worst of them hatched.

use std::collections::BTreeSet;

use super::canvas::{Canvas, Drawn};
use crate::model::{Body, Finding, Findings, NeedAccessRow, Reach};
use crate::outputs::figure::Figure;
use crate::units::counted;
use crate::units::thousands;

/// By third of need, then by access from no site to more: a hue for each access, the darker the more is recorded. The last of need without access is
/// hatched, so that no colour has to tell it.
const FILLS: [[&str; 3]; 3] = [["#FBE9DC", "#DCE8F2", "#F4F4F4"], ["#F3C6A0", "#9DBFDE", "#D3D3D3"], ["url(#out)", "#3F7FBF", "#9A9A9A"]];
/// Beyond reach, and perhaps in the highest third: darker than the middle one, and not hatched.
const PERHAPS: &str = "#DD8B4B";
const NEED: [&str; 3] = ["rate in lowest third", "rate in middle third", "rate in highest third"];
const ACCESS: [&str; 3] = ["beyond reach", "less in reach", "more in reach"];

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::NeedAccess(b) if b.rows.iter().any(|r| r.need_third.is_some()))
}

/// Third of need and class of access. What stands beyond reach in the highest third, and may be there by chance, has no class: the finding does not
/// name it, and neither does the map.
fn class(row: &NeedAccessRow) -> Option<(usize, usize)> {
    let class = (usize::from(row.need_third?.min(2)), usize::from(row.access_class?.min(2)));
    (class != (2, 0) || row.surely_high()).then_some(class)
}

/// Why an area is in none of the nine.
fn other(row: &NeedAccessRow) -> (&'static str, &'static str) {
    match row.reach {
        Reach::OutOfReach if row.need_third == Some(2) => (PERHAPS, "beyond reach, rate perhaps in highest third by chance"),
        _ if row.need_third.is_none() => ("url(#withheld)", "need withheld or not known"),
        Reach::WithoutSite => ("url(#remote)", row.reach.label()),
        Reach::Site => ("url(#missing)", "site in reach, room not known"),
        Reach::OutOfReach | Reach::NotKnown => ("url(#missing)", "reach not known"),
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> Drawn {
    let Body::NeedAccess(body) = &finding.body else { return Default::default() };
    let mut canvas = Canvas::new(findings, Figure::new(findings, finding, &finding.headline));
    for row in &body.rows {
        let Some(outline) = findings.outline(row.code) else { continue };
        match class(row) {
            Some((need, access)) => canvas.area(outline, FILLS[need][access], &format!("{}: {}, {}", row.name, NEED[need], ACCESS[access])),
            None => canvas.area(outline, other(row).0, &format!("{}: {}", row.name, other(row).1)),
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
    for words in body.rows.iter().filter(|r| class(r).is_none()).map(|r| other(r).1).collect::<BTreeSet<_>>() {
        let rows: Vec<&NeedAccessRow> = body.rows.iter().filter(|r| class(r).is_none() && other(r).1 == words).collect();
        let high = rows.iter().filter(|r| r.need_third == Some(2)).count();
        let of_them = if high > 0 && high < rows.len() { format!(", {high} of them {}", NEED[2]) } else { String::new() };
        canvas.legend(other(rows[0]).0, &format!("{words} ({}{of_them})", rows.len()));
    }
    let worst = body.rows.iter().filter(|r| class(r) == Some((2, 0))).count();
    let alt_text = format!(
        "Map of {} areas in nine classes. {}. {} probably in the highest third by recorded rate and beyond reach. The table holds every value.",
        thousands(body.rows.len() as u64),
        finding.subtitle,
        counted(worst, "area is", "areas are")
    );
    canvas.finish(findings, finding, alt_text)
}
