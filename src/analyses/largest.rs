//! Which of several counts is the largest, where that can be told.

use crate::model::{Arg, Message};
use crate::msg;
use crate::stats::ratio::rate_ratio;
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

/// Positions of the largest count and of those that are not clearly fewer, the largest first: those that chance alone could have put in its place. Nothing
/// where no largest is known ([`largest`]), where it is not clearly more than none, or where what is withheld or missing, all together, is not clearly less.
///
/// Two counts are told apart where the exact limits of their ratio at [`APART_LEVEL`] leave out one ([`rate_ratio`]).
pub(super) fn alike(counts: &[Cell<u64>], total: Cell<u64>) -> Vec<usize> {
    let Some((at, most)) = largest(counts, total).and_then(|at| Some((at, counts[at].known()?))) else { return vec![] };
    let near = |n: u64| rate_ratio((most, 1.0), (n, 1.0), APART_LEVEL).is_none_or(|ratio| ratio.lower <= 1.0);
    let known = || counts.iter().enumerate().filter_map(|(i, c)| Some((c.known()?, i)));
    if near(0) {
        return vec![];
    }
    if counts.iter().any(|c| matches!(c, Cell::Withheld | Cell::Missing)) {
        let shown: u64 = known().map(|(n, _)| n).sum();
        if total.known().is_none_or(|all| near(all.saturating_sub(shown))) {
            return vec![];
        }
    }
    let mut all: Vec<(u64, usize)> = known().filter(|(n, i)| *i == at || near(*n)).collect();
    all.sort_by_key(|(n, i)| (std::cmp::Reverse(*n), *i != at, *i));
    all.into_iter().map(|(_, i)| i).collect()
}

/// The level at which the largest count is told from the others.
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
        let of = |n: &[u64]| alike(&known(n), Cell::Known(n.iter().sum()));
        assert_eq!(of(&[744, 1_108, 1_075]), [1, 2]);
        assert_eq!(of(&[1_108, 900, 744]), [0]);
        // Five of one kind and none of another may be chance; six may not.
        assert_eq!((of(&[5, 0]), of(&[6, 0]), of(&[9, 4]), of(&[0, 0])), (vec![], vec![0], vec![0, 1], vec![]));
        // Of what is withheld nobody knows how near it is.
        let hidden = [Cell::Known(100), Cell::Withheld, Cell::Known(97)];
        assert_eq!(alike(&hidden, Cell::Known(200)), [0, 2]);
        assert_eq!((alike(&hidden, Cell::Known(290)), alike(&hidden, Cell::Withheld)), (vec![], vec![]));
    }
}
