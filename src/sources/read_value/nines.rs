//! Numbers made of nines alone, which tables write where there is none: 999, 99999, 99.99.
//!
//! Any of them may be a number, too. One that lies far beyond every other value of its column stands for none: 999 among 950 and 1,050 is a count.

/// Of fewer other values nobody can tell what lies beyond them.
const FEWEST_OTHERS: usize = 5;
/// So many times the largest of the others is far beyond them.
const FAR: f64 = 3.0;

/// Whether a number is made of nines alone, three of them at least.
pub(in crate::sources) fn is_nines(value: f64) -> bool {
    if !(99.0..1e9).contains(&value) {
        return false;
    }
    let text = value.to_string();
    text.len() >= 3 && text.bytes().all(|b| matches!(b, b'9' | b'.')) && text.bytes().filter(|b| *b == b'9').count() >= 3
}

/// What was seen of the values of a column, or of those of one kind in it.
#[derive(Clone, Copy, Default)]
pub(in crate::sources) struct Nines {
    others: usize,
    largest: f64,
}

impl Nines {
    /// A value of the column.
    pub fn see(&mut self, value: f64) {
        if !is_nines(value) {
            self.others += 1;
            self.largest = self.largest.max(value);
        }
    }

    /// Whether a value stands for none: nines alone, far beyond every other value that was seen.
    pub fn is_none(&self, value: f64) -> bool {
        self.others >= FEWEST_OTHERS && is_nines(value) && value >= FAR * self.largest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nines_stand_for_none_where_they_lie_far_beyond_the_others() {
        for nines in [999.0, 9999.0, 99999.0, 9_999_999.0, 99.99, 999.9, 99.9] {
            assert!(is_nines(nines), "{nines}");
        }
        for other in [99.0, 9.0, 9.99, 998.0, 9990.0, 1999.0, -999.0, 0.0, f64::NAN] {
            assert!(!is_nines(other), "{other}");
        }
        let seen = |values: &[f64]| {
            let mut column = Nines::default();
            values.iter().for_each(|v| column.see(*v));
            column
        };
        assert!(seen(&[5.0, 4.0, 0.0, 40.0, 7.0, 999.0]).is_none(999.0));
        assert!(!seen(&[950.0, 1050.0, 980.0, 1010.0, 990.0, 999.0]).is_none(999.0));
        assert!(!seen(&[5.0, 4.0, 999.0]).is_none(999.0), "of few nobody can tell");
        assert!(!seen(&[5.0, 4.0, 0.0, 40.0, 7.0]).is_none(1000.0));
    }
}
