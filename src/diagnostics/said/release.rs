//! The release itself: what stops it though the data are in order.

use super::{FAULT_OF_THE_PROGRAM, Said};

/// What a withheld count could be worked out from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leak {
    /// One table.
    Table,
    /// All tables of a pack.
    Pack,
}

/// A withheld count is not safe after all.
pub fn withheld_count_not_safe(leak: Leak) -> Said {
    let rest = match leak {
        Leak::Table => "table",
        Leak::Pack => "pack",
    };
    Said::new(format!("a withheld count could be worked out from the rest of the {rest}"), FAULT_OF_THE_PROGRAM)
}

/// The ledger of releases needs a key, and none can be drawn.
pub fn no_key_for_the_ledger() -> Said {
    Said::new("no key can be made for the ledger of releases", "Nothing was written. Run it on a machine that gives random numbers.")
}
