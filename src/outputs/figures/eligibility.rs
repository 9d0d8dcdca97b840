//! Who takes whom: kinds of service by groups of people, each place with a mark of its own.

use super::kit::{CONTEXT, FULL, INK, NAVY, ORANGE, QUIET, SIZE, Sheet};
use crate::outputs::svg::{Anchor, number};
use crate::outputs::theme::{text_width, wrap};

/// Whether a kind of service takes a group of people.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::outputs) enum Takes {
    /// At least one running service takes them as a matter of course.
    Yes,
    /// One takes them under a condition.
    OnConditions,
    /// None does, and that is a registered gap.
    Gap,
    /// None does. Somebody else may: no gap is registered.
    No,
    /// The records do not tell.
    NotKnown,
}

impl Takes {
    /// All of them, in the order of a legend.
    const ALL: [Takes; 5] = [Takes::Yes, Takes::OnConditions, Takes::Gap, Takes::No, Takes::NotKnown];

    fn label(self) -> &'static str {
        match self {
            Takes::Yes => "taken",
            Takes::OnConditions => "on conditions",
            Takes::Gap => "not taken, a gap",
            Takes::No => "not taken",
            Takes::NotKnown => "not known",
        }
    }

    /// A full disc, half a disc, a cross in a box, a cross, a question mark: none needs its colour.
    fn draw(self, sheet: &mut Sheet, (x, y): (f64, f64)) {
        match self {
            Takes::Yes => sheet.svg.circle(x, y, 6.0, NAVY, NAVY, ""),
            Takes::OnConditions => {
                sheet.svg.circle(x, y, 6.0, "#FFFFFF", NAVY, " stroke-width=\"1.5\"");
                sheet.path(&format!("M{} {}a6 6 0 0 0 0 12z", number(x), number(y - 6.0)), &format!("fill=\"{NAVY}\""));
            }
            Takes::Gap => {
                let d = format!("M{} {}h13v13h-13zm3.2 3.2l6.6 6.6m0-6.6l-6.6 6.6", number(x - 6.5), number(y - 6.5));
                sheet.path(&d, &format!("fill=\"#FFFFFF\" stroke=\"{ORANGE}\" stroke-width=\"1.8\""));
            }
            Takes::No => {
                let d = format!("M{} {}l8 8m0-8l-8 8", number(x - 4.0), number(y - 4.0));
                sheet.path(&d, &format!("fill=\"none\" stroke=\"{QUIET}\" stroke-width=\"1.8\""));
            }
            Takes::NotKnown => {
                sheet.svg.rect(x - 7.0, y - 7.0, 14.0, 14.0, "#D9D9D9", "none");
                sheet.text((x, y + 4.3), "?", QUIET, Anchor::Middle);
            }
        }
    }
}

/// A kind of service.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::outputs) struct Eligibility {
    /// Its name.
    pub kind: String,
    /// One for each group, in their order; a group without one is not known.
    pub takes: Vec<Takes>,
}

const LEFT: f64 = 214.0;

/// A matrix, 688 px wide: a row for each kind, a column for each group, marks that differ without colour, and a row of their words. Nothing
/// without rows or groups.
pub(in crate::outputs) fn eligibility(groups: &[&str], rows: &[Eligibility]) -> Option<(String, String)> {
    if groups.is_empty() || rows.is_empty() {
        return None;
    }
    let wide = (FULL - LEFT) / groups.len() as f64;
    let middle = |column: usize| LEFT + wide * (column as f64 + 0.5);
    let mut sheet = Sheet::default();
    let mut y = headings(&mut sheet, groups, wide, &middle);
    let at = |row: &Eligibility, column: usize| row.takes.get(column).copied().unwrap_or(Takes::NotKnown);
    for row in rows {
        sheet.svg.line((0.0, y), (FULL, y), CONTEXT, 1.0, "");
        let lines = wrap(&row.kind, SIZE, false, LEFT - 12.0);
        let height = (lines.len() as f64 * 15.0 + 9.0).max(24.0);
        for (i, line) in lines.iter().enumerate() {
            sheet.text((0.0, y + 16.0 + 15.0 * i as f64), line, INK, Anchor::Start);
        }
        for column in 0..groups.len() {
            at(row, column).draw(&mut sheet, (middle(column), y + height / 2.0));
        }
        y += height;
    }
    sheet.svg.line((0.0, y), (FULL, y), CONTEXT, 1.0, "");
    let occurs = |t: &Takes| rows.iter().any(|r| (0..groups.len()).any(|c| at(r, c) == *t));
    let mut x = 8.0;
    for takes in Takes::ALL.into_iter().filter(occurs) {
        takes.draw(&mut sheet, (x, y + 16.0));
        sheet.text((x + 14.0, y + 20.0), takes.label(), INK, Anchor::Start);
        x += 14.0 + text_width(takes.label(), SIZE, false) + 30.0;
    }
    let of = |row: &Eligibility| {
        let part = |takes: Takes| {
            let names: Vec<&str> = groups.iter().enumerate().filter(|(c, _)| at(row, *c) == takes).map(|(_, g)| *g).collect();
            let to = if takes == Takes::Gap { " for" } else { "" };
            (!names.is_empty()).then(|| format!("{}{to} {}", takes.label(), names.join(", ")))
        };
        format!("{}: {}", row.kind, Takes::ALL.into_iter().filter_map(part).collect::<Vec<_>>().join("; "))
    };
    let alt: Vec<String> = rows.iter().map(of).collect();
    Some(sheet.finish(FULL, y + 28.0, format!("Whom each kind of service takes. {}.", alt.join(". "))))
}

/// The names of the groups over their columns, and where the rows begin. Where a word is wider than a column, all of them stand on end.
fn headings(sheet: &mut Sheet, groups: &[&str], wide: f64, middle: &dyn Fn(usize) -> f64) -> f64 {
    let widest_word = |g: &str| g.split_whitespace().map(|w| text_width(w, SIZE, false)).fold(0.0, f64::max);
    if groups.iter().map(|g| widest_word(g)).fold(0.0, f64::max) <= wide - 6.0 {
        let lines: Vec<Vec<String>> = groups.iter().map(|g| wrap(g, SIZE, false, wide - 6.0)).collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        for (column, lines) in lines.iter().enumerate() {
            let above = most - lines.len();
            for (i, line) in lines.iter().enumerate() {
                sheet.text((middle(column), 12.0 + 15.0 * (above + i) as f64), line, INK, Anchor::Middle);
            }
        }
        return 15.0 * most as f64 + 6.0;
    }
    let longest = groups.iter().map(|g| text_width(g, SIZE, false)).fold(0.0, f64::max);
    for (column, group) in groups.iter().enumerate() {
        let (x, y) = (number(middle(column) + 4.0), number(longest + 2.0));
        sheet.svg.raw(&format!("<g transform=\"translate({x} {y}) rotate(-90)\">"));
        sheet.text((0.0, 0.0), group, INK, Anchor::Start);
        sheet.svg.raw("</g>");
    }
    longest + 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::kit::tests::words_of;

    fn row(kind: &str, takes: &[Takes]) -> Eligibility {
        Eligibility { kind: kind.into(), takes: takes.to_vec() }
    }

    #[test]
    fn marks_differ_and_what_no_record_tells_is_not_known() {
        let groups = ["men", "aged 16 to 24", "without recourse to public funds"];
        let rows = [row("Advisers", &[Takes::Gap, Takes::Yes, Takes::OnConditions]), row("Refuge", &[Takes::Yes])];
        let (svg, alt) = eligibility(&groups, &rows).unwrap();
        assert!(
            alt.contains("Advisers: taken aged 16 to 24; on conditions without recourse to public funds; not taken, a gap for men."),
            "{alt}"
        );
        assert!(alt.contains("Refuge: taken men; not known aged 16 to 24, without recourse to public funds"), "{alt}");
        assert_eq!(svg.matches(">?<").count(), 3, "two places and the legend");
        assert_eq!(svg.matches("l6.6 6.6").count(), 2);
        let words = words_of(&svg);
        for (i, a) in words.iter().enumerate() {
            assert!(!words[..i].iter().any(|b| a.1.meets(&b.1)), "{}", a.0);
        }
        // Orange is a registered gap: who is turned away where somebody else takes them is none.
        for takes in [Takes::Yes, Takes::No] {
            assert!(!eligibility(&["men"], &[row("Refuge", &[takes])]).unwrap().0.contains(ORANGE));
        }
        assert_eq!((eligibility(&[], &rows), eligibility(&groups, &[])), (None, None));
    }

    #[test]
    fn many_groups_stand_on_end() {
        let groups = ["neurodivergent"; 9];
        let svg = eligibility(&groups, &[row("Refuge", &[])]).unwrap().0;
        assert_eq!(svg.matches("rotate(-90)").count(), 9);
    }
}
