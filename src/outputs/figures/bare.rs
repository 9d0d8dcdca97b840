//! The maps and charts of the pack without their head and foot, for documents that say the same as text.

use super::kit::own_ids;
use crate::outputs::svg::number;
use crate::outputs::theme::{MARGIN, WIDTH};

/// Room left at both sides, in pixels: marks of legends stand a little out.
const EDGE: f64 = 8.0;

/// From the last line of words of the head to the plot, and from the plot to the line of the foot, in pixels.
const BELOW_HEAD: f64 = 20.0;
const ABOVE_FOOT: f64 = 6.0;

/// A picture of the pack cropped to its plot: without headline, subtitle, mark of invented data, source line and ground; its description
/// becomes the name that a screen reader reads. A drawing without head and foot only gets ids of its own.
pub(in crate::outputs) fn bare(svg: &str) -> String {
    cropped(svg, BELOW_HEAD).map_or_else(|| own_ids(svg), |s| own_ids(&s))
}

/// The same with the ids that it has, from so far below the last words of its head on; nothing where it has no head or foot.
pub(in crate::outputs) fn cropped(svg: &str, below_head: f64) -> Option<String> {
    let (before, head, rest) = without_group(svg, "<g class=\"head\">")?;
    let (plot, foot, after) = without_group(rest, "<g class=\"foot\">")?;
    // The plot begins below the last words of the head and ends above the line of the foot.
    let top = value(head.rsplit_once("<text ")?.1, "y")? + below_head;
    let bottom = value(foot.split_once("<line ")?.1, "y1")? - ABOVE_FOOT;
    let description = before.split("<desc>").nth(1)?.split("</desc>").next()?;
    let (left, width, height) = (MARGIN - EDGE, WIDTH - 2.0 * (MARGIN - EDGE), (bottom - top).max(1.0));
    let (w, h) = (number(width), number(height));
    let font = before.split("font-family=\"").nth(1)?.split('"').next()?;
    // What stands between the ground and the head, and is not part of either.
    let ground = before.find("<rect ")?;
    let kept = before[ground..].split_once("/>")?.1;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"{} {} {w} {h}\" role=\"img\" aria-label=\"{description}\" font-family=\"{font}\">{kept}{plot}{after}",
        number(left),
        number(top)
    ))
}

/// What stands before a group, what it holds, and what stands after it. No group of ours holds another.
fn without_group<'s>(svg: &'s str, tag: &str) -> Option<(&'s str, &'s str, &'s str)> {
    let (before, rest) = svg.split_once(tag)?;
    let (inside, after) = rest.split_once("</g>")?;
    Some((before, inside, after))
}

/// The number that an attribute of a tag holds.
fn value(tag: &str, name: &str) -> Option<f64> {
    tag.split_once(&format!("{name}=\""))?.1.split('"').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figure::Figure;
    use crate::outputs::figures::kit::tests::words_of;
    use crate::outputs::figures::reach::tests::study;
    use crate::outputs::svg::Anchor;

    #[test]
    fn head_and_foot_go_and_the_plot_stays_where_it_is() {
        let (findings, mut finding, _) = study();
        finding.subtitle = "Measure & place".into();
        let mut figure = Figure::new(&findings, &finding, "A headline <with> signs");
        let top = figure.top;
        figure.svg.text(100.0, top + 20.0, "in the plot", crate::outputs::figure::label("#000000", Anchor::Start));
        figure.svg.raw("<g><rect fill=\"url(#withheld)\"/></g>");
        let (whole, _) = figure.finish(&findings, &finding, top + 200.0, "Said & done".into());
        assert!(words_of(&whole).len() > 3);
        let cut = bare(&whole);
        assert_eq!(words_of(&cut).iter().map(|w| w.0.as_str()).collect::<Vec<_>>(), ["in the plot"]);
        // The mark of invented data is two pixels farther from the plot than the line above it would be.
        assert!(cut.contains(&format!("viewBox=\"20 {} 920 202\"", number(top - 2.0))), "{cut}");
        assert!(cut.contains("aria-label=\"Said &amp; done\"") && !cut.contains("headline") && !cut.contains("<desc>"));
        assert_eq!((cut.matches("<g").count(), cut.matches("</g>").count()), (1, 1));
        assert!(!cut.contains("url(#withheld)"), "patterns have names of their own");
        assert_eq!(bare("<svg></svg>"), "<svg></svg>");
    }
}
