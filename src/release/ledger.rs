//! The ledger of rows as released: rows of a restricted source are counts of people's events and go through the policy like any other.

use std::collections::BTreeMap;

use crate::model::ReleasedLine;
use crate::study::{DISCARDED, LedgerLine, UNSHOWABLE, UNSHOWABLE_DISCARDING};
use crate::units::{Cell, Rule, Sensitivity};

/// Releases a line: as it is where the source is open, by the rule where it is restricted.
///
/// `events` is how many events the pack says the source holds, where the pack has linked that number with its others: rows
/// kept are then told as that and nothing else. No sum is given, so that nothing can be worked out from one.
///
/// `hides` says that the source has records whose number is not to be told, such as services with a secret address: then neither what was read nor what
/// was kept is, as the pack lists the others.
pub(super) fn released_line(
    line: &LedgerLine,
    sensitivity: Sensitivity,
    hides: bool,
    rule: &Rule,
    events: Option<Cell<u64>>,
) -> ReleasedLine {
    let each = |counts: &BTreeMap<String, u64>, f: &dyn Fn(u64) -> Cell<u64>| counts.iter().map(|(k, n)| (k.clone(), f(*n))).collect();
    let careful = |n: u64| if rule.is_small(n) { Cell::Withheld } else { Cell::Known(rule.round(n)) };
    let (read, kept, set_aside, noted) = match sensitivity {
        Sensitivity::Open if hides => {
            // How many characters were taken out says nothing of how many records there are; whatever else is noted may.
            let unshowable = line.noted.iter().filter(|(fact, _)| *fact == UNSHOWABLE);
            let noted = unshowable.map(|(fact, n)| (fact.clone(), Cell::Known(*n))).collect();
            (Cell::Withheld, Cell::Withheld, each(&line.set_aside, &careful), noted)
        }
        Sensitivity::Open => {
            let mut noted = line.noted.clone();
            // What follows from discarded locations stays on the analyst's screen.
            noted.remove(DISCARDED);
            noted.remove(UNSHOWABLE_DISCARDING);
            (Cell::Known(line.read), Cell::Known(line.kept), each(&line.set_aside, &Cell::Known), each(&noted, &Cell::Known))
        }
        Sensitivity::Restricted => {
            let kept = events.unwrap_or_else(|| if hides { Cell::Withheld } else { careful(line.kept) });
            (Cell::Withheld, kept, each(&line.set_aside, &careful), BTreeMap::new())
        }
    };
    ReleasedLine { source: line.source.clone(), unit: line.unit.clone(), read, kept, set_aside, noted }
}
