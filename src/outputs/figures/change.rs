//! Change over time: one monthly series with its levels, labelled where they are, and what splits them.

use std::fmt::Write;

use super::axes::{self, Axes};
use super::kit::{FULL, NARROW, NAVY, PALE, QUIET, Room, SIZE, Sheet, WITHHELD};
use super::months::{Segment, Step, break_places, levels, nothing, segments, stretches};
use super::splits::splits;
use crate::model::{LimitRule, Series, SeriesPoint, SeriesShape};
use crate::outputs::svg::{Anchor, TextStyle, number};
use crate::units::{Cell, counted, decimal, thousands};

pub(super) const HEIGHT: f64 = 200.0;
/// Fewer known months than this give a range that is called provisional.
const FEWEST_FOR_FIRM: usize = 20;

/// A chart of a monthly series, 688 × 200 px, from a base of zero: the months as a line, for each level its mean (dashed) and usual range (band),
/// breaks in recording and a step of the level as upright lines, all with their words beside them. Months that are withheld or missing
/// are gaps with a mark of their own. `step` is what the finding says; without one, none is drawn. Nothing where fewer than two months are known.
pub(in crate::outputs) fn change(series: &Series, step: Option<Step>) -> Option<(String, String)> {
    draw(series, step, FULL)
}

/// The same for a phone: 344 × 200 px.
pub(in crate::outputs) fn change_narrow(series: &Series, step: Option<Step>) -> Option<(String, String)> {
    draw(series, step, NARROW)
}

fn draw(series: &Series, step: Option<Step>, full: f64) -> Option<(String, String)> {
    let stretches = stretches(series);
    let last = *stretches.last()?.last()?;
    if stretches.iter().map(Vec::len).sum::<usize>() < 2 {
        return None;
    }
    let (bands, levels) = (segments(series), levels(series, step));
    let highest = bands.iter().map(|s| s.upper).chain(stretches.iter().flatten().map(|p| p.1)).fold(1.0, f64::max);
    let axes = Axes::new(full, series.points.len(), highest, step.is_some() || !break_places(series).is_empty());
    let mut sheet = Sheet::default();
    for s in &bands {
        let (left, right) = axes.columns(s.from, s.to);
        let (top, bottom) = (axes.y(s.upper), axes.y(s.lower));
        sheet.svg.rect(left, top, right - left, (bottom - top).max(1.0), PALE, "none");
    }
    axes.draw(&mut sheet, series);
    let columns = not_known(&mut sheet, &axes, series);
    for s in &bands {
        let (left, right) = axes.columns(s.from, s.to);
        sheet.svg.line((left, axes.y(s.mean)), (right, axes.y(s.mean)), QUIET, 1.2, "5 3");
    }
    for stretch in &stretches {
        line(&mut sheet, &axes, stretch);
    }
    unusual(&mut sheet, &axes, series);
    let (x, y) = (axes.x(last.0), axes.y(last.1));
    sheet.svg.circle(x, y, 4.5, NAVY, "#FFFFFF", " stroke-width=\"1\"");
    let words = format!("{} in {}", thousands(last.1 as u64), series.points[last.0].month.label());
    sheet.styled((axes.right + 10.0, y + 4.0), &words, TextStyle { size: 13.0, bold: true, fill: NAVY, anchor: Anchor::Start });
    let mut taken = splits(&mut sheet, &axes, series, step);
    taken.extend(columns);
    taken.extend(obstacles(&axes, &stretches));
    taken.push(Room::of_text((axes.right + 4.0, y + 4.0), &words, 14.0, true, Anchor::Start));
    taken.extend(legend(&mut sheet, &axes, series, y));
    for (k, s) in levels.iter().enumerate() {
        let known = series.points[s.from..s.to].iter().filter(|p| p.count.known().is_some()).count();
        let more = match (k, known < FEWEST_FOR_FIRM) {
            (0, true) => " (band: provisional usual range)",
            (0, false) => " (band: usual range)",
            (_, true) => " (provisional)",
            (_, false) => "",
        };
        let mean = format!("average {} a month", level(s.mean));
        let range = more.trim_matches([' ', '(', ')']);
        let words = if sloped(series) { [range.to_owned(), range.to_owned()] } else { [format!("{mean}{more}"), mean] };
        if !words[1].is_empty() {
            taken.extend(name_level(&mut sheet, &axes, s, [&words[0], &words[1]], &taken));
        }
    }
    Some(sheet.finish(full, HEIGHT, alt_text(series, step, &levels, last)))
}

/// Whether the model has the series rise or fall throughout: the mean of its months is then that of none of them.
fn sloped(series: &Series) -> bool {
    series.model.as_ref().is_some_and(|m| matches!(m.shape, SeriesShape::Line | SeriesShape::Bend | SeriesShape::LineWithStep))
}

/// A mean as it is printed.
fn level(mean: f64) -> String {
    decimal(mean, usize::from(mean < 10.0))
}

/// Known months in a row; one alone is a dot.
fn line(sheet: &mut Sheet, axes: &Axes, stretch: &[(usize, f64)]) {
    if let [(i, v)] = stretch {
        sheet.svg.circle(axes.x(*i), axes.y(*v), 2.0, NAVY, "none", "");
        return;
    }
    let mut d = String::new();
    for (k, (i, v)) in stretch.iter().enumerate() {
        let _ = write!(d, "{}{} {}", if k == 0 { 'M' } else { 'L' }, number(axes.x(*i)), number(axes.y(*v)));
    }
    sheet.path(&d, &format!("fill=\"none\" stroke=\"{NAVY}\" stroke-width=\"2.2\" stroke-linejoin=\"round\""));
}

/// Columns of months that are withheld or missing, over the whole height: none looks like a small number.
fn not_known(sheet: &mut Sheet, axes: &Axes, series: &Series) -> Vec<Room> {
    let mut i = 0;
    let mut taken = Vec::new();
    while i < series.points.len() {
        let kind = series.points[i].count;
        let run = series.points[i..].iter().take_while(|p| p.count == kind).count();
        let (left, right) = axes.columns(i, i + run);
        match kind {
            Cell::Withheld => sheet.svg.rect(left, axes.top, right - left, axes::BOTTOM - axes.top, WITHHELD, "none"),
            Cell::Missing => {
                sheet.svg.rect(left, axes.top, right - left, axes::BOTTOM - axes.top, "#D9D9D9", "none");
                sheet.text(((left + right) / 2.0, (axes.top + axes::BOTTOM) / 2.0), "?", QUIET, Anchor::Middle);
            }
            Cell::Known(_) | Cell::NotApplicable => {}
        }
        if matches!(kind, Cell::Withheld | Cell::Missing) {
            taken.push(Room { left, top: axes.top, right, bottom: axes::BOTTOM });
        }
        i += run.max(1);
    }
    taken
}

/// Months outside the usual range, with their side: what a run within it is part of is not marked.
fn outside(series: &Series, side: i8) -> impl Iterator<Item = (usize, f64)> + '_ {
    let beyond = move |p: &SeriesPoint| p.rule == Some(LimitRule::BeyondLimits) && p.direction.signum() == side;
    series.points.iter().enumerate().filter(move |(_, p)| beyond(p)).filter_map(|(i, p)| Some((i, p.count.known()? as f64)))
}

/// A triangle that points up or down.
fn triangle(sheet: &mut Sheet, (x, y): (f64, f64), side: i8) {
    let (base, tip) = if side > 0 { (y + 4.5, y - 6.5) } else { (y - 4.5, y + 6.5) };
    let d = format!("M{} {}H{}L{} {}Z", number(x - 6.0), number(base), number(x + 6.0), number(x), number(tip));
    sheet.path(&d, &format!("fill=\"{NAVY}\" stroke=\"#FFFFFF\" stroke-width=\"1\""));
}

/// A triangle at each month outside the usual range: upwards where it is unusually high, downwards where it is low.
fn unusual(sheet: &mut Sheet, axes: &Axes, series: &Series) {
    for side in [1, -1] {
        outside(series, side).for_each(|(i, v)| triangle(sheet, (axes.x(i), axes.y(v)), side));
    }
}

/// What the marks of withheld, missing and unusual months mean, at the right, away from the words of the last month.
fn legend(sheet: &mut Sheet, axes: &Axes, series: &Series, last_y: f64) -> Vec<Room> {
    let narrow = axes.full < FULL;
    let (withheld, missing) = nothing(series);
    let months = |n: usize, word: &str| if narrow { format!("{n} {word}") } else { format!("{} {word}", counted(n, "month", "months")) };
    let sides = [(1, "unusually high", "high"), (-1, "unusually low", "low")];
    let sides = sides.iter().filter(|s| outside(series, s.0).next().is_some());
    let mut entries: Vec<(Mark, String)> = sides.map(|s| (Mark::Outside(s.0), if narrow { s.2 } else { s.1 }.to_owned())).collect();
    entries.extend((withheld > 0).then(|| (Mark::Withheld, months(withheld, "withheld"))));
    entries.extend((missing > 0).then(|| (Mark::Missing, months(missing, "missing"))));
    let low = axes::BOTTOM - 22.0 - 20.0 * entries.len().saturating_sub(2) as f64;
    let mut y = if last_y > low - 28.0 { axes.top + 12.0 } else { low };
    let mut taken = Vec::new();
    for (mark, words) in &entries {
        mark.draw(sheet, (axes.right + 10.0, y));
        sheet.text((axes.right + 30.0, y), words, QUIET, Anchor::Start);
        taken.push(Room { left: axes.right + 8.0, top: y - 13.0, right: axes.full, bottom: y + 5.0 });
        y += 20.0;
    }
    taken
}

/// A mark of the legend.
enum Mark {
    Outside(i8),
    Withheld,
    Missing,
}

impl Mark {
    fn draw(&self, sheet: &mut Sheet, (x, y): (f64, f64)) {
        match self {
            Mark::Outside(side) => triangle(sheet, (x + 7.0, y - 4.0), *side),
            Mark::Withheld => sheet.svg.rect(x, y - 11.0, 14.0, 14.0, WITHHELD, QUIET),
            Mark::Missing => {
                sheet.svg.rect(x, y - 11.0, 14.0, 14.0, "#D9D9D9", QUIET);
                sheet.text((x + 7.0, y), "?", QUIET, Anchor::Middle);
            }
        }
    }
}

/// Small boxes along the line, which words must keep clear of.
fn obstacles(axes: &Axes, stretches: &[Vec<(usize, f64)>]) -> Vec<Room> {
    let at = |p: &(usize, f64)| (axes.x(p.0), axes.y(p.1));
    let along = |w: &[(usize, f64)]| {
        let (a, b) = (at(&w[0]), at(&w[1]));
        (0..=8).map(move |k| f64::from(k) / 8.0).map(move |t| (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)))
    };
    let box_of = |(x, y): (f64, f64)| Room { left: x - 2.0, top: y - 2.0, right: x + 2.0, bottom: y + 2.0 };
    stretches.iter().flat_map(|s| s.windows(2)).flat_map(along).map(box_of).collect()
}

/// The mean of a level beside its band, where it covers nothing: in the longer words if they find such a place.
fn name_level(sheet: &mut Sheet, axes: &Axes, s: &Segment, words: [&str; 2], taken: &[Room]) -> Option<Room> {
    let (left, right) = axes.columns(s.from, s.to);
    let plot = Room { left: axes.left, top: axes.top - 4.0, right: axes.full, bottom: axes::BOTTOM };
    let heights = [axes.y(s.upper) - 5.0, axes.y(s.lower) + 14.0, axes.y(s.upper) + 13.0, axes.y(s.lower) - 5.0];
    let sides = [(Anchor::Start, left + 4.0), (Anchor::End, right - 4.0), (Anchor::Middle, (left + right) / 2.0)];
    // Words that cover the line would hide it: where none is clear, the alternative text alone has the mean.
    for (word, y) in words.iter().flat_map(|word| heights.map(|y| (*word, y))) {
        for (anchor, x) in sides {
            let room = Room::of_text((x, y), word, SIZE, false, anchor);
            if plot.holds(&room) && !taken.iter().any(|t| t.meets(&room)) {
                sheet.haloed((x, y), word, TextStyle { size: SIZE, bold: false, fill: QUIET, anchor });
                return Some(room);
            }
        }
    }
    None
}

fn alt_text(series: &Series, step: Option<Step>, segments: &[Segment], last: (usize, f64)) -> String {
    let month = |i: usize| series.points[i].month.label();
    let known: Vec<(u64, usize)> = series.points.iter().enumerate().filter_map(|(i, p)| Some((p.count.known()?, i))).collect();
    let named = |k: Option<&(u64, usize)>| k.map_or(String::new(), |(n, i)| format!("{} in {}", thousands(*n), month(*i)));
    let low = known.iter().min();
    let high = known.iter().max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    let (withheld, missing) = nothing(series);
    let mut text = format!(
        "Line chart of {} each month, {} to {}. {}owest {}, highest {}, last {} in {}.",
        series.unit,
        month(0),
        month(series.points.len() - 1),
        if withheld > 0 { "Of those shown, l" } else { "L" },
        named(low),
        named(high),
        thousands(last.1 as u64),
        month(last.0)
    );
    for s in segments.iter().filter(|_| !sloped(series)) {
        let _ = write!(text, " From {} to {} the average is {} a month.", month(s.from), month(s.to - 1), level(s.mean));
    }
    if let Some(step) = step {
        let _ = write!(text, " The monthly level shifts in {}.", step.first_month.label());
    }
    for b in &series.breaks {
        let _ = write!(text, " Recording changed in {}: {}.", b.first_month.label(), b.title.trim_end_matches('.'));
    }
    let marked = [(1, "above"), (-1, "below")].map(|(side, word)| (outside(series, side).count(), word));
    for (k, word) in marked.into_iter().filter(|(k, _)| *k > 0) {
        let _ = write!(text, " {} {word} the usual range.", counted(k, "month is", "months are"));
    }
    for (k, word) in [(withheld, "withheld"), (missing, "missing")] {
        if k > 0 {
            let _ = write!(text, " {} {word}.", counted(k, "month is", "months are"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::months::tests::series;

    #[test]
    fn levels_break_and_gaps_are_drawn_and_said() {
        let mut counts = [Cell::Known(40); 36];
        counts[3] = Cell::Known(27);
        (counts[30], counts[31], counts[33]) = (Cell::Withheld, Cell::Withheld, Cell::Missing);
        let (svg, alt) = change(&series(&counts, true, Some(24)), None).unwrap();
        for said in [
            "Of those shown, lowest 27 in Apr 2023",
            "highest 40 in Jan 2023",
            "average is 45 a month",
            "average is 60",
            "changed in Jan 2025",
            "2 months are withheld",
        ] {
            assert!(alt.contains(said), "{said}: {alt}");
        }
        assert!(svg.contains("Recording changed in Jan 2025") && svg.contains("2 months withheld") && svg.contains("1 month missing"));
        assert_eq!(svg.matches("stroke-width=\"2.2\"").count(), 3, "one line up to the break, one up to the gap, one at the end");
        assert!(!svg.contains("#C4500C"), "nothing here is a registered gap");
    }

    #[test]
    fn months_outside_the_usual_range_have_a_mark_of_their_side_that_the_legend_names() {
        let mut s = series(&[Cell::Known(40); 36], true, None);
        assert!(!change(&s, None).unwrap().0.contains("unusually"));
        (s.points[5].rule, s.points[5].direction) = (Some(LimitRule::BeyondLimits), -1);
        (s.points[9].rule, s.points[9].direction) = (Some(LimitRule::SevenOnOneSide), 1);
        let (svg, alt) = change(&s, None).unwrap();
        assert_eq!(
            svg.matches("stroke=\"#FFFFFF\" stroke-width=\"1\"/>").count() - svg.matches("<circle").count(),
            2,
            "one on the line, one beside it"
        );
        assert!(svg.contains("unusually low") && !svg.contains("unusually high"), "a run within the range is no mark");
        assert!(alt.contains("1 month is below the usual range."), "{alt}");
    }

    #[test]
    fn a_step_parts_the_levels_and_nothing_known_draws_nothing() {
        let mut counts = [Cell::Known(38); 36];
        (28..36).for_each(|i| counts[i] = Cell::Known(70));
        let s = series(&counts, true, None);
        let step = Step { first_month: s.points[28].month, before: 38.0, after: 70.0 };
        let (svg, alt) = change(&s, Some(step)).unwrap();
        assert!(svg.contains("Level shifts in May 2025") && alt.contains("From May 2025 to Dec 2025 the average is 70 a month"), "{alt}");
        assert!(!alt.contains("average is 45"), "the mean of both levels is that of neither");
        assert_eq!(change(&series(&[Cell::Withheld; 12], false, None), None), None);
        assert_eq!(change(&series(&[Cell::Known(3)], false, None), None), None);
    }

    #[test]
    fn no_words_cover_one_another() {
        let mut counts: Vec<Cell<u64>> = (0..48).map(|i| Cell::Known(30 + i * 7 % 23)).collect();
        counts[47] = Cell::Known(2);
        for at in [3, 20, 24, 45] {
            let s = series(&counts, true, Some(at));
            let step = Step { first_month: s.points[27].month, before: 38.0, after: 44.0 };
            let svg = change(&s, Some(step)).unwrap().0;
            let rooms = crate::outputs::figures::kit::tests::words_of(&svg);
            assert!(rooms.len() > 8);
            for (i, a) in rooms.iter().enumerate() {
                let meets = rooms[..i].iter().find(|b| a.1.meets(&b.1));
                assert!(meets.is_none(), "break at {at}: {} covers {}", a.0, meets.unwrap().0);
            }
        }
    }
}
