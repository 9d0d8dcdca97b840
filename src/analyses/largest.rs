//! Which of several counts is the largest, where that can be told.

use crate::model::{Arg, Message};
use crate::msg;
use crate::units::Cell;

/// Position of the largest count, the first of several; `None` where nothing is known, all are none, or one that is withheld or missing may be
/// larger still.
pub(super) fn largest(counts: &[Cell<u64>], total: Cell<u64>) -> Option<usize> {
    let known = || counts.iter().enumerate().filter_map(|(i, c)| Some((i, c.known()?)));
    let (at, most) = known().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).filter(|(_, n)| *n > 0)?;
    if counts.iter().any(|c| matches!(c, Cell::Withheld | Cell::Missing)) {
        // All that is not shown, taken together, must be less.
        let rest = total.known()?.saturating_sub(known().map(|(_, n)| n).sum());
        return (rest < most).then_some(at);
    }
    Some(at)
}

/// Positions of the counts that are not clearly fewer than the largest of them, the largest first: those that chance alone could have put in its place.
///
/// Two counts are told apart where the normal test of two Poisson counts does at the level of `z` standard deviations: `(a − b)² > z² (a + b)`
/// (Przyborowski and Wilenski 1940, in its large-sample form). What is withheld or missing is not compared.
pub(super) fn alike(counts: &[Cell<u64>], at: usize) -> Vec<usize> {
    let Some(most) = counts.get(at).and_then(|c| c.known()) else { return vec![] };
    let near = |n: u64| (most.saturating_sub(n) as f64).powi(2) <= APART * APART * (most + n) as f64;
    let mut all: Vec<(u64, usize)> =
        counts.iter().enumerate().filter_map(|(i, c)| Some((c.known()?, i))).filter(|(n, _)| near(*n)).collect();
    all.sort_by(|a, b| b.0.cmp(&a.0).then((a.1 != at).cmp(&(b.1 != at))).then(a.1.cmp(&b.1)));
    all.into_iter().map(|(_, i)| i).collect()
}

/// Standard deviations between two counts that are told apart: 95 in 100.
const APART: f64 = 1.96;
/// The same as a level, for words.
pub(super) const APART_LEVEL: f64 = 0.95;

/// That one area holds more than half of what is counted by area, where all of it is known: beside it hardly anything else can be seen to differ.
pub(super) fn holds_most(label: &str, counts: &[Cell<u64>], name: impl Fn(usize) -> String) -> Option<Message> {
    let all = Cell::sum(counts).known().filter(|n| *n > 0)?;
    let at = largest(counts, Cell::Known(all))?;
    let n = counts[at].known().filter(|n| 2 * n > all)?;
    Some(msg!("one-area-holds", label = label, place = name(at), share = Arg::share(n as f64 / all as f64, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_withheld_may_be_the_largest() {
        let known = |n: &[u64]| n.iter().map(|n| Cell::Known(*n)).collect::<Vec<_>>();
        assert_eq!(largest(&known(&[3, 9, 9]), Cell::Withheld), Some(1));
        assert_eq!(largest(&known(&[0, 0]), Cell::Known(0)), None);
        let hidden = [Cell::Known(20), Cell::Withheld, Cell::Withheld];
        assert_eq!(largest(&hidden, Cell::Known(30)), Some(0));
        assert_eq!(largest(&hidden, Cell::Known(40)), None);
        assert_eq!(largest(&hidden, Cell::Withheld), None);
        assert_eq!(largest(&[Cell::Withheld; 3], Cell::Known(40)), None);
    }

    #[test]
    fn what_chance_could_have_put_first_is_alike() {
        let known = |n: &[u64]| n.iter().map(|n| Cell::Known(*n)).collect::<Vec<_>>();
        assert_eq!(alike(&known(&[744, 1_108, 1_075]), 1), [1, 2]);
        assert_eq!(alike(&known(&[1_108, 900, 744]), 0), [0]);
        assert_eq!(alike(&[Cell::Known(20), Cell::Withheld, Cell::Known(20)], 0), [0, 2]);
        assert_eq!(alike(&known(&[3]), 5), [] as [usize; 0]);
    }
}
