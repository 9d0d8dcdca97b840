//! Lengths as word processors count them.

/// Width of the text on an A4 page with 14 mm on either side, in millimetres.
pub(super) const TEXT_WIDTH_MM: f64 = 182.0;
/// Height that a picture may take on a page beside its title and source, in millimetres.
pub(super) const TALLEST_MM: f64 = 215.0;

/// Millimetres as twentieths of a point.
pub(super) fn twips(mm: f64) -> i64 {
    (mm * 1440.0 / 25.4).round() as i64
}

/// Millimetres as English metric units, in which drawings are measured.
pub(super) fn emu(mm: f64) -> i64 {
    (mm * 36_000.0).round() as i64
}

/// A width parted by shares, in twentieths of a point; the parts add up to the whole. Shares that are no positive numbers count as equal.
pub(super) fn parted(width_mm: f64, shares: &[f64]) -> Vec<i64> {
    let plain = |s: &f64| if s.is_finite() && *s > 0.0 { *s } else { 0.0 };
    let mut shares: Vec<f64> = shares.iter().map(plain).collect();
    let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    // No column is so narrow that nothing can stand in it.
    let least = if mean > 0.0 { mean * 0.25 } else { 1.0 };
    shares.iter_mut().for_each(|s| *s = s.max(least));
    let all: f64 = shares.iter().sum();
    let mut reached = 0.0;
    let mut ends = shares.iter().map(|s| {
        reached += s / all * width_mm;
        twips(reached)
    });
    let mut before = 0;
    let mut widths = Vec::with_capacity(shares.len());
    for end in ends.by_ref() {
        widths.push(end - before);
        before = end;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_width_add_up_and_none_is_nothing() {
        for shares in [&[1.0, 2.0, 3.0][..], &[0.0, 0.0], &[f64::NAN, 1.0, -4.0], &[1e9, 1e-9], &[7.0]] {
            let parts = parted(182.0, shares);
            assert_eq!(parts.iter().sum::<i64>(), twips(182.0), "{shares:?}");
            assert!(parts.iter().all(|p| *p > 100), "{parts:?}");
        }
        assert!(parted(182.0, &[]).is_empty());
    }
}
