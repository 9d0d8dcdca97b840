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

/// A width parted by shares, in twentieths of a point; the parts add up to the whole. No part is narrower than its `least_mm`, as far as there is room, and
/// shares that are no positive numbers count as small ones.
pub(super) fn parted(width_mm: f64, shares: &[f64], least_mm: &[f64]) -> Vec<i64> {
    let plain = |s: &f64| if s.is_finite() && *s > 0.0 { *s } else { 0.0 };
    let mut shares: Vec<f64> = shares.iter().map(plain).collect();
    let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    // No column is so narrow that nothing can stand in it.
    let floor = if mean > 0.0 { mean * 0.25 } else { 1.0 };
    shares.iter_mut().for_each(|s| *s = s.max(floor));
    let parts = with_room(width_mm, &shares, least_mm);
    let all: f64 = parts.iter().sum();
    let (mut reached, mut before) = (0.0, 0);
    let mut widths = Vec::with_capacity(parts.len());
    for part in parts {
        reached += part / all * width_mm;
        widths.push(twips(reached) - before);
        before = twips(reached);
    }
    widths
}

/// Parts of a width: those that would be narrower than their least get it, and the others share what is left.
fn with_room(width_mm: f64, shares: &[f64], least_mm: &[f64]) -> Vec<f64> {
    let least = |i: usize| least_mm.get(i).copied().filter(|l| l.is_finite()).unwrap_or(0.0).max(0.0);
    let mut held = vec![false; shares.len()];
    loop {
        let taken: f64 = (0..shares.len()).filter(|i| held[*i]).map(least).sum();
        let free: f64 = shares.iter().zip(&held).filter(|(_, held)| !**held).map(|(s, _)| s).sum();
        let room = (width_mm - taken).max(0.0);
        let part = |i: usize| if held[i] { least(i) } else { shares[i] / free * room };
        let narrow: Vec<usize> = (0..shares.len()).filter(|i| !held[*i] && part(*i) < least(*i)).collect();
        if narrow.is_empty() {
            return (0..shares.len()).map(part).collect();
        }
        narrow.into_iter().for_each(|i| held[i] = true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_width_add_up_and_none_is_nothing() {
        for shares in [&[1.0, 2.0, 3.0][..], &[0.0, 0.0], &[f64::NAN, 1.0, -4.0], &[1e9, 1e-9], &[7.0]] {
            let parts = parted(182.0, shares, &[]);
            assert_eq!(parts.iter().sum::<i64>(), twips(182.0), "{shares:?}");
            assert!(parts.iter().all(|p| *p > 100), "{parts:?}");
        }
        assert!(parted(182.0, &[], &[]).is_empty());
    }

    #[test]
    fn a_column_has_room_for_its_longest_word_where_there_is_any() {
        assert_eq!(
            parted(100.0, &[8.0, 1.0, 1.0], &[0.0, 30.0, 0.0]).iter().map(|w| (*w as f64 * 25.4 / 1440.0).round()).collect::<Vec<_>>(),
            [62.0, 30.0, 8.0]
        );
        // More than there is: parted by what each would need.
        let parts = parted(100.0, &[1.0, 1.0], &[300.0, 100.0]);
        assert!(parts.iter().sum::<i64>() == twips(100.0) && parts[0] > 2 * parts[1], "{parts:?}");
    }
}
