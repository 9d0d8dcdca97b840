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
}
