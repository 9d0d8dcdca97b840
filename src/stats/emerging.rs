//! What a place's history of hot and cold steps amounts to: seventeen classes, from new hot spot to historical cold spot.
//!
//! The definitions are those of Esri's *Emerging Hot Spot Analysis*; where they overlap the order stated at [`classify`] decides.

use super::counts::normal_tail;
use super::mann_kendall::{Trend, original};
use super::multiple::benjamini_hochberg;
use super::weights::{Style, Weights};

/// Which way a step is out of the ordinary.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Side {
    /// More than the map has elsewhere.
    Hot,
    /// Less.
    Cold,
}

/// What a history of significant steps amounts to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Pattern {
    /// Significant in the final step and never before in this direction.
    New,
    /// One uninterrupted run of two or more significant steps at the end, never before in this direction, under 90 % of steps.
    Consecutive,
    /// At least 90 % of steps, the last among them, and becoming stronger.
    Intensifying,
    /// At least 90 % of steps, the last among them, with no trend.
    Persistent,
    /// At least 90 % of steps, the last among them, and becoming weaker.
    Diminishing,
    /// Off and on, under 90 %, never significant in the other direction.
    Sporadic,
    /// Significant in the final step, and at least once before in the other direction.
    Oscillating,
    /// At least 90 % of steps, but not the final one.
    Historical,
}

/// The class of a place: a pattern with its side, or `None` for no pattern.
pub type Class = Option<(Pattern, Side)>;

/// How p-values of bins (a place in a step) are adjusted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Correction {
    /// Not at all: one bin in twenty is called by chance.
    None,
    /// Benjamini and Hochberg over all bins together.
    AllBins,
    /// Benjamini and Hochberg within each step, over places.
    EachStep,
}

/// What decides.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Settings {
    /// A bin is significant where its adjusted two-sided p is at most this.
    pub alpha_bin: f64,
    /// A trend is where Mann and Kendall's two-sided p is at most this.
    pub alpha_trend: f64,
    /// How p-values of bins are adjusted.
    pub correction: Correction,
    /// Whether a sporadic place must be significant in the final step: present wording; an older one did without.
    pub sporadic_needs_final_step: bool,
}

/// What is found about one place.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Steps in which it is hot, ascending.
    pub hot: Vec<usize>,
    /// Steps in which it is cold.
    pub cold: Vec<usize>,
    /// Trend of its scores over all steps.
    pub trend: Option<Trend>,
    /// What that amounts to.
    pub class: Class,
}

/// Classes of places from their standard scores, one row of steps for each place. A score that is no number is never significant.
///
/// Checked: `emerging_hot_spots` (two codings of the definitions, pymannkendall).
///
/// ```
/// use gapmap::stats::emerging::{Correction, Pattern, Settings, Side, places};
/// let settings = Settings { alpha_bin: 0.05, alpha_trend: 0.05, correction: Correction::None, sporadic_needs_final_step: true };
/// let found = places(&[vec![0.1, -0.3, 0.2, 0.0, 0.4, 3.1]], settings);
/// assert_eq!(found[0].class, Some((Pattern::New, Side::Hot)));
/// ```
pub fn places(scores: &[Vec<f64>], settings: Settings) -> Vec<Place> {
    let significant = significant(scores, settings);
    scores.iter().zip(significant).map(|(row, called)| place(row, &called, settings)).collect()
}

/// Which bins are significant.
fn significant(scores: &[Vec<f64>], settings: Settings) -> Vec<Vec<bool>> {
    let p = |z: f64| if z.is_finite() { 2.0 * normal_tail(z.abs()) } else { 1.0 };
    let rows: Vec<Vec<f64>> = scores.iter().map(|row| row.iter().map(|z| p(*z)).collect()).collect();
    let adjusted: Vec<Vec<f64>> = match settings.correction {
        Correction::None => rows,
        Correction::AllBins => {
            let mut all = benjamini_hochberg(&rows.concat()).into_iter();
            rows.iter().map(|row| all.by_ref().take(row.len()).collect()).collect()
        }
        Correction::EachStep => {
            let steps = rows.iter().map(Vec::len).max().unwrap_or(0);
            let mut adjusted = rows.clone();
            for t in 0..steps {
                let there: Vec<usize> = (0..rows.len()).filter(|i| t < rows[*i].len()).collect();
                let column = benjamini_hochberg(&there.iter().map(|i| rows[*i][t]).collect::<Vec<_>>());
                there.iter().zip(column).for_each(|(i, p)| adjusted[*i][t] = p);
            }
            adjusted
        }
    };
    adjusted.into_iter().map(|row| row.into_iter().map(|p| p <= settings.alpha_bin).collect()).collect()
}

fn place(scores: &[f64], called: &[bool], settings: Settings) -> Place {
    let steps = |hot: bool| (0..scores.len()).filter(|t| called[*t] && (scores[*t] > 0.0) == hot).collect::<Vec<_>>();
    let (hot, cold) = (steps(true), steps(false));
    let trend = original(scores);
    let towards = trend.filter(|t| t.p <= settings.alpha_trend).map_or(0.0, |t| t.score.signum());
    let class = classify(&hot, &cold, scores.len(), towards, settings.sporadic_needs_final_step);
    Place { hot, cold, trend, class }
}

/// The class that steps amount to: `hot` and `cold` ascending, of so many `steps`; `towards` is 1 where scores rise, −1 where they fall, 0 without a trend.
///
/// In this order: historical, intensifying, diminishing, persistent, new, consecutive, oscillating, sporadic. The direction of the final step
/// decides, save for historical; 90 % is at least 0.9 of the steps.
///
/// ```
/// use gapmap::stats::emerging::{Pattern, Side, classify};
/// assert_eq!(classify(&[2, 3], &[], 4, 0.0, true), Some((Pattern::Consecutive, Side::Hot)));
/// assert_eq!(classify(&[0, 3], &[1], 4, 0.0, true), Some((Pattern::Oscillating, Side::Hot)));
/// ```
pub fn classify(hot: &[usize], cold: &[usize], steps: usize, towards: f64, sporadic_needs_final_step: bool) -> Class {
    let last = steps.checked_sub(1)?;
    // Ten times each side, so that 0.9 of ten steps is nine exactly.
    let nearly_all = |list: &[usize]| !list.is_empty() && 10 * list.len() >= 9 * steps;
    let ends = |list: &[usize]| list.last() == Some(&last);
    let sides = [(Side::Hot, hot, cold, towards), (Side::Cold, cold, hot, -towards)];
    if let Some((side, ..)) = sides.iter().find(|(_, own, ..)| nearly_all(own) && !ends(own)) {
        return Some((Pattern::Historical, *side));
    }
    if let Some((side, own, other, stronger)) = sides.into_iter().find(|(_, own, ..)| ends(own)) {
        let run = own.iter().rev().zip((0..=last).rev()).take_while(|(a, b)| **a == *b).count();
        let pattern = if nearly_all(own) {
            match stronger {
                s if s > 0.0 => Pattern::Intensifying,
                s if s < 0.0 => Pattern::Diminishing,
                _ => Pattern::Persistent,
            }
        } else if own.len() == 1 {
            Pattern::New
        } else if run == own.len() {
            Pattern::Consecutive
        } else if !other.is_empty() {
            Pattern::Oscillating
        } else {
            Pattern::Sporadic
        };
        return Some((pattern, side));
    }
    let alone = sides.into_iter().find(|(_, own, other, _)| !own.is_empty() && other.is_empty());
    alone.filter(|_| !sporadic_needs_final_step).map(|(side, ..)| (Pattern::Sporadic, side))
}

/// `G*` of every place and step: binary weights, the place itself included.
///
/// With `steps_back` 0 each step is held against its own mean and spread; with more, bins of a place and its neighbours in this and so many
/// steps before (fewer at the start) are held against the whole cube. One row of counts for each place; a bin that cannot be told is `NaN`.
///
/// ```
/// use gapmap::stats::{emerging::star, weights::Weights};
/// let line = Weights::new(&[vec![1], vec![0, 2], vec![1, 3], vec![2, 4], vec![3]]);
/// let scores = star(&[vec![9.0], vec![8.0], vec![1.0], vec![0.0], vec![2.0]], &line, 0);
/// assert!(scores[0][0] > 1.5);
/// ```
pub fn star(counts: &[Vec<f64>], neighbours: &Weights, steps_back: usize) -> Vec<Vec<f64>> {
    let steps = counts.iter().map(Vec::len).min().unwrap_or(0);
    let places = counts.len();
    if neighbours.len() != places {
        return vec![vec![f64::NAN; steps]; places];
    }
    // Sums about each place, step by step.
    let sums: Vec<Vec<f64>> = (0..steps)
        .map(|t| {
            let column: Vec<f64> = counts.iter().map(|row| row[t]).collect();
            (0..places).map(|i| column[i] + neighbours.lag(&column, i, Style::Binary)).collect()
        })
        .collect();
    let moments = |values: &mut dyn Iterator<Item = f64>| {
        let all: Vec<f64> = values.collect();
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        (n, mean, (all.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt())
    };
    let cube = moments(&mut counts.iter().flat_map(|row| row[..steps].iter().copied()));
    let score = |i: usize, t: usize, own: (f64, f64, f64)| {
        let back = steps_back.min(t);
        let (n, mean, spread) = if steps_back == 0 { own } else { cube };
        let w = (neighbours.of(i).len() as f64 + 1.0) * (back as f64 + 1.0);
        let sum: f64 = (t - back..=t).map(|s| sums[s][i]).sum();
        let scale = spread * ((n * w - w * w) / (n - 1.0)).sqrt();
        if scale > 0.0 { (sum - mean * w) / scale } else { f64::NAN }
    };
    let own: Vec<(f64, f64, f64)> = (0..steps).map(|t| moments(&mut counts.iter().map(|row| row[t]))).collect();
    (0..places).map(|i| (0..steps).map(|t| score(i, t, own[t])).collect()).collect()
}
