//! A monthly series as it is drawn: stretches of known months, segments with one mean, and a step between two levels.

use crate::model::{Series, SeriesShape};
use crate::units::{Cell, Month};

/// A shift of the monthly level that no known break explains.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::outputs) struct Step {
    /// The first month of the new level.
    pub first_month: Month,
    /// Mean month before, since the last break or step.
    pub before: f64,
    /// Mean month from then on.
    pub after: f64,
}

/// Months of one level: from the first place up to the second, which is not part of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Segment {
    pub from: usize,
    pub to: usize,
    pub mean: f64,
    pub lower: f64,
    pub upper: f64,
}

/// The months at which a new way of recording begins.
pub(super) fn break_places(series: &Series) -> Vec<usize> {
    let place = |month| series.points.iter().position(|p| p.month == month);
    let mut places: Vec<usize> = series.breaks.iter().filter_map(|b| place(b.first_month)).filter(|i| *i > 0).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Runs of known months, without a break, and with a gap at each month that is withheld or missing.
pub(super) fn stretches(series: &Series) -> Vec<Vec<(usize, f64)>> {
    let breaks = break_places(series);
    let mut all: Vec<Vec<(usize, f64)>> = vec![vec![]];
    for (i, point) in series.points.iter().enumerate() {
        let count = point.count.known();
        if breaks.contains(&i) || count.is_none() {
            all.push(vec![]);
        }
        if let (Some(n), Some(last)) = (count, all.last_mut()) {
            last.push((i, n as f64));
        }
    }
    all.retain(|s| !s.is_empty());
    all
}

/// Months that share mean and limits. A segment with a withheld month has none: the others alone would put it too high.
pub(super) fn segments(series: &Series) -> Vec<Segment> {
    let breaks = break_places(series);
    let mut all: Vec<Segment> = Vec::new();
    for (i, point) in series.points.iter().enumerate() {
        let (Some(mean), Some(lower), Some(upper)) = (point.mean, point.lower, point.upper) else { continue };
        if ![mean, lower, upper].iter().all(|v| v.is_finite()) {
            continue;
        }
        match all.last_mut() {
            Some(s) if s.to == i && !breaks.contains(&i) && (s.mean, s.lower, s.upper) == (mean, lower, upper) => s.to = i + 1,
            _ => all.push(Segment { from: i, to: i + 1, mean, lower, upper }),
        }
    }
    all
}

/// Months between two breaks, or on one side of the step: what the usual range is about, with its average month and the widest that the range gets.
/// The range itself may follow the time of year. None of months without one.
pub(super) fn levels(series: &Series, step: Option<Step>) -> Vec<Segment> {
    let at = step.and_then(|s| series.points.iter().position(|p| p.month == s.first_month));
    let mut cuts: Vec<usize> = break_places(series).into_iter().chain(at).chain([0, series.points.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    // The months of a level or of a straight course, whose mean the model tells.
    let model = series.model.as_ref().filter(|m| matches!(m.shape, SeriesShape::Flat | SeriesShape::Line));
    let (start, whole) =
        (model.and_then(|m| series.points.iter().position(|p| p.month == m.from)).unwrap_or(0), model.map(|m| m.mean_month));
    let level = |cut: &[usize]| {
        let (from, to) = (cut[0], cut[1]);
        let points = &series.points[from..to];
        let lower = points.iter().filter_map(|p| p.lower).reduce(f64::min)?;
        let upper = points.iter().filter_map(|p| p.upper).reduce(f64::max)?;
        let means: Vec<f64> = points.iter().filter_map(|p| p.mean).collect();
        let mean = match step {
            Some(s) if Some(to) == at => s.before,
            Some(s) if Some(from) == at => s.after,
            // The text gives the mean month of the model: the chart gives the same.
            None if from == start && whole.is_some() => whole.unwrap_or_default(),
            _ => means.iter().sum::<f64>() / means.len().max(1) as f64,
        };
        [lower, upper, mean].iter().all(|v| v.is_finite()).then_some(Segment { from, to, mean, lower, upper })
    };
    cuts.windows(2).filter_map(level).collect()
}

/// The step that the model of the series tells: figure and headline speak of the same one. None where it tells another shape, or none.
pub(in crate::outputs) fn step(series: &Series) -> Option<Step> {
    let model = series.model.as_ref()?;
    match model.shape {
        SeriesShape::Step | SeriesShape::LineWithStep => {
            Some(Step { first_month: model.onset?, before: model.mean_month, after: model.mean_month_since? })
        }
        SeriesShape::Flat | SeriesShape::Line | SeriesShape::Bend => None,
    }
}

/// How many months are withheld, and how many missing.
pub(super) fn nothing(series: &Series) -> (usize, usize) {
    let count = |kind: Cell<u64>| series.points.iter().filter(|p| p.count == kind).count();
    (count(Cell::Withheld), count(Cell::Missing))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{SeriesBreak, SeriesModel, SeriesPoint};

    /// A series from January 2023; 38 a month before the step if there is one, 70 from then on.
    pub(in crate::outputs::figures) fn series(counts: &[Cell<u64>], limits: bool, break_at: Option<usize>) -> Series {
        let first = Month::new(2023, 1).unwrap();
        let point = |(i, count): (usize, &Cell<u64>)| SeriesPoint {
            month: first.plus(i as i32),
            count: *count,
            rolling_12: Cell::NotApplicable,
            mean: limits.then_some(if break_at.is_some_and(|b| i >= b) { 60.0 } else { 45.0 }),
            lower: limits.then_some(28.0),
            upper: limits.then_some(62.0),
            rule: None,
            direction: 0,
        };
        let breaks = break_at.map(|i| SeriesBreak {
            first_month: first.plus(i as i32),
            title: "A new system".into(),
            detail: String::new(),
            source: String::new(),
            sources: vec![],
            categories: vec![],
        });
        Series {
            measure: "Public order".into(),
            unit: "incidents".into(),
            points: counts.iter().enumerate().map(point).collect(),
            breaks: breaks.into_iter().collect(),
            model: None,
        }
    }

    #[test]
    fn a_line_has_a_gap_at_breaks_and_at_months_that_are_not_known() {
        let mut counts = [Cell::Known(40); 24];
        (counts[5], counts[9]) = (Cell::Withheld, Cell::Missing);
        let lengths: Vec<usize> = stretches(&series(&counts, false, Some(12))).iter().map(Vec::len).collect();
        assert_eq!(lengths, [5, 3, 2, 12]);
        assert_eq!(nothing(&series(&counts, false, None)), (1, 1));
        assert!(segments(&series(&counts, false, None)).is_empty());
    }

    #[test]
    fn the_step_is_that_of_the_model_and_parts_the_levels() {
        let mut counts = [Cell::Known(38); 36];
        (28..36).for_each(|i| counts[i] = Cell::Known(70));
        let mut s = series(&counts, true, None);
        assert_eq!(step(&s), None, "without a model nothing is told");
        let onset = s.points[28].month;
        let model = |shape| SeriesModel {
            method: Default::default(),
            shape,
            from: s.points[0].month,
            months: 36,
            all_months: 36,
            onset: Some(onset),
            onset_range: None,
            yearly_percent: None,
            monthly_percent: None,
            monthly_percent_since: None,
            step_percent: None,
            mean_month: 38.0,
            mean_month_since: Some(70.0),
            dispersion: 1.0,
            rho: 0.0,
            false_alarms: 0.05,
            p: None,
            months_since_onset: None,
            season: None,
            forecast: vec![],
        };
        let (flat, stepped) = (model(SeriesShape::Flat), model(SeriesShape::Step));
        s.model = Some(flat);
        assert_eq!(step(&s), None);
        s.model = Some(stepped);
        let told = step(&s).unwrap();
        assert_eq!((told.first_month, told.before, told.after), (onset, 38.0, 70.0));
        let parts = levels(&s, Some(told));
        assert_eq!(parts.iter().map(|p| (p.from, p.to, p.mean)).collect::<Vec<_>>(), [(0, 28, 38.0), (28, 36, 70.0)]);
        // A range that follows the time of year is one level all the same.
        (0..36).for_each(|i| s.points[i].upper = Some(100.0 + (i % 12) as f64));
        let parts = levels(&s, None);
        assert_eq!(parts.iter().map(|p| (p.from, p.to, p.upper)).collect::<Vec<_>>(), [(0, 36, 111.0)]);
    }
}
