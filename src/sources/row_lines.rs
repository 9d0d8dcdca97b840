//! In which line of its file each row stands, where nearly every row stands in the line after the row before.

/// The one-based lines of the rows of a file, in the order of the rows: a run of lines one after another takes as much room as one.
///
/// ```
/// use gapmap::sources::RowLines;
/// let lines: RowLines = [2, 3, 4, 9, 10].into_iter().collect();
/// assert_eq!((lines.len(), lines.of(2), lines.of(3), lines.of(4)), (5, 4, 9, 10));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RowLines {
    /// The first row of each run, and its line.
    runs: Vec<(u32, u32)>,
    rows: u32,
}

impl RowLines {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Adds the line of the next row.
    pub fn push(&mut self, line: u32) {
        let follows = self.runs.last().is_some_and(|(row, first)| u64::from(*first) + u64::from(self.rows - row) == u64::from(line));
        if !follows {
            self.runs.push((self.rows, line));
        }
        self.rows += 1;
    }

    /// The line of a row; 0 of one that is not there.
    pub fn of(&self, row: usize) -> u32 {
        if row >= self.len() {
            return 0;
        }
        let run = self.runs.partition_point(|(first, _)| *first as usize <= row);
        run.checked_sub(1).map_or(0, |run| self.runs[run].1 + (row - self.runs[run].0 as usize) as u32)
    }

    /// Keeps the rows for which `keep` is true.
    pub fn retain(&mut self, keep: &[bool]) {
        let kept: Self = (0..self.len()).filter(|row| keep.get(*row).copied().unwrap_or(true)).map(|row| self.of(row)).collect();
        *self = kept;
    }
}

impl FromIterator<u32> for RowLines {
    fn from_iter<I: IntoIterator<Item = u32>>(lines: I) -> Self {
        let mut all = Self::default();
        lines.into_iter().for_each(|line| all.push(line));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_however_they_jump() {
        for lines in [vec![], vec![7], vec![2, 3, 5, 4, 4, 5, u32::MAX], (2..400).filter(|n| n % 7 > 1).collect::<Vec<u32>>()] {
            let all: RowLines = lines.iter().copied().collect();
            assert_eq!((0..all.len()).map(|row| all.of(row)).collect::<Vec<_>>(), lines);
            assert_eq!((all.of(lines.len()), all.is_empty()), (0, lines.is_empty()));
            let keep: Vec<bool> = (0..lines.len()).map(|row| row % 3 != 1).collect();
            let mut fewer = all.clone();
            fewer.retain(&keep);
            let expected: Vec<u32> = lines.iter().zip(&keep).filter(|(_, k)| **k).map(|(l, _)| *l).collect();
            assert_eq!((0..fewer.len()).map(|row| fewer.of(row)).collect::<Vec<_>>(), expected);
        }
    }
}
