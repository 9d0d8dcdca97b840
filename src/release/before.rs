//! What earlier packs tell of a count of this one.

use crate::ledger::EarlierCell;
use crate::units::Rule;

/// What earlier packs tell of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    /// As what it was printed last; `None` where it was withheld.
    pub printed: Option<u64>,
    /// Between what counts it is known to lie from that.
    pub range: (u64, u64),
    /// Whether it was printed by the rule of this pack.
    pub same_rule: bool,
}

impl Before {
    pub fn of(cell: &EarlierCell, rule: &Rule) -> Self {
        let then = cell.rule.unwrap_or(*rule);
        let range = cell.printed.map_or((1, u64::MAX), |n| then.behind(n));
        Self { printed: cell.printed, range, same_rule: then == *rule }
    }

    /// With a later pack. What was printed stays known; what was withheld first stays withheld.
    pub fn then(self, later: Self) -> Self {
        match (self.printed, later.printed) {
            (Some(_), None) => Self { same_rule: false, ..self },
            (None, _) => self,
            (Some(_), Some(_)) => {
                let both = (self.range.0.max(later.range.0), self.range.1.min(later.range.1));
                // After a revision the two have nothing in common, and the later one counts.
                Self { range: if both.0 <= both.1 { both } else { later.range }, same_rule: later.same_rule && self.same_rule, ..later }
            }
        }
    }
}
