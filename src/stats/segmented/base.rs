//! What every shape of a series has: levels of its stretches, and the time of year.

use super::latest::{FEWEST_MONTHS, TWO_WAVES_FROM};
use super::season;

/// Columns that every shape has: a level for each stretch, a slope for each earlier one that is long, the waves.
pub(super) struct Base {
    /// Start and end of each earlier stretch that is known, and whether it has a slope.
    before: Vec<(usize, usize, bool)>,
    from: usize,
    /// Waves a year.
    pub harmonics: usize,
}

impl Base {
    /// Of known months and the starts of stretches, the last of them `from`.
    pub fn of(known: &[usize], starts: &[usize], from: usize) -> Base {
        let mut begins: Vec<usize> = starts.iter().copied().filter(|s| *s < from).chain((from > 0).then_some(0)).collect();
        begins.sort_unstable();
        begins.dedup();
        let ends = begins.iter().skip(1).copied().chain([from]);
        let stretch = |(start, end): (usize, usize)| {
            let months = known.iter().filter(|i| (start..end).contains(*i)).count();
            (months > 0).then_some((start, end, months >= FEWEST_MONTHS))
        };
        Base {
            before: begins.iter().copied().zip(ends).filter_map(stretch).collect(),
            from,
            harmonics: if known.len() < TWO_WAVES_FROM { 1 } else { 2 },
        }
    }

    /// Columns before the waves.
    pub fn columns(&self) -> usize {
        1 + self.before.iter().map(|b| 1 + usize::from(b.2)).sum::<usize>()
    }

    /// The row of a month; `of_year` 0 to 11.
    pub fn row(&self, i: usize, of_year: u32) -> Vec<f64> {
        let mut row = vec![f64::from(u8::from(i >= self.from))];
        for (start, end, sloped) in &self.before {
            let inside = (*start..*end).contains(&i);
            row.push(f64::from(u8::from(inside)));
            if *sloped {
                row.push(if inside { (i - start) as f64 / 12.0 } else { 0.0 });
            }
        }
        row.extend(season(of_year + 1, self.harmonics));
        row
    }
}
