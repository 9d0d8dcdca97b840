//! Reach of several kinds of service side by side: small maps under one legend.

use std::collections::BTreeSet;

use super::ground::Ground;
use super::kit::{FULL, INK, Room, SIZE, Sheet};
use super::reach::{Shade, by_shade, counts, shades};
use super::reach_map::{BORDER, told};
use crate::model::{Body, Finding, Findings};
use crate::outputs::svg::Anchor;
use crate::outputs::theme::text_width;

/// The classes of the map of reach without words, 104 × 104 px, for several kinds side by side under one legend. Nothing where there are no shapes or
/// the finding is not one of reach.
pub(in crate::outputs) fn small_map(findings: &Findings, finding: &Finding) -> Option<(String, String)> {
    const SIDE: f64 = 104.0;
    let Body::AreaClasses(body) = &finding.body else { return None };
    let room = Room { left: 2.0, top: 2.0, right: SIDE - 2.0, bottom: SIDE - 2.0 };
    let ground = Ground::fit(&findings.outlines, room, 0.5)?;
    let shades = shades(findings, body, None);
    let mut sheet = Sheet::default();
    let classes: Vec<(&str, String)> =
        by_shade(findings, &shades).into_iter().map(|(s, areas)| (s.fill(), ground.union(areas.into_iter()))).collect();
    ground.draw(&mut sheet, "class", &classes, BORDER / 2.0, 0.0);
    Some(sheet.finish(SIDE, SIDE, format!("Small map of {}: {}.", body.measure, told(&shades))))
}

/// Marks for small maps side by side, 688 px wide, in as many rows as they need: the classes that any of them shows.
pub(in crate::outputs) fn reach_legend(findings: &Findings, of: &[&Finding]) -> Option<(String, String)> {
    let classes = |f: &&Finding| match &f.body {
        Body::AreaClasses(body) => counts(&shades(findings, body, None)).into_keys().collect(),
        _ => vec![],
    };
    let classes: BTreeSet<Shade> = of.iter().flat_map(classes).collect();
    let words: Vec<&str> = classes.iter().map(|s| s.label()).collect();
    let mut sheet = Sheet::default();
    let (mut x, mut y) = (1.0, 2.0);
    for shade in &classes {
        let wide = 33.0 + text_width(shade.label(), SIZE, false);
        if x > 1.0 && x + wide > FULL {
            (x, y) = (1.0, y + 22.0);
        }
        sheet.swatch((x, y), shade.fill());
        sheet.text((x + 33.0, y + 12.0), shade.label(), INK, Anchor::Start);
        x += wide + 22.0;
    }
    (!classes.is_empty()).then(|| sheet.finish(FULL, y + 18.0, format!("Legend: {}.", words.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::reach::tests::study;
    use crate::outputs::figures::reach_map;

    #[test]
    fn a_small_map_says_what_it_shows_and_without_shapes_there_is_none() {
        let (mut findings, reach, _) = study();
        let (svg, alt) = small_map(&findings, &reach).unwrap();
        assert!(
            alt.contains("Drop-in: beyond reach of a listed site 4, comes to you or by phone 2, site in reach 5, not known 1 of 12 areas"),
            "{alt}"
        );
        assert!(!svg.contains("<text"));
        let legend = reach_legend(&findings, &[&reach]).unwrap().1;
        assert_eq!(legend, "Legend: beyond reach of a listed site, comes to you or by phone, site in reach, not known.");
        findings.outlines.clear();
        assert_eq!((small_map(&findings, &reach), reach_map(&findings, &reach, None, &[])), (None, None));
    }
}
