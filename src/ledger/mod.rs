//! The ledger of releases: what was published before, so that packs give nobody away together. A chain of files beside the plan, and its head.

mod anchors;
mod beginning;
mod chain;
mod entry;
mod label_key;
mod packs_beside;
mod records;
mod renamed;

pub use anchors::{Anchor, HEAD_FILE, Head};
pub use beginning::reason_fault;
pub use entry::Entry;
pub use label_key::LabelKey;
pub(crate) use label_key::{KEY_FILE, MARK};
pub use packs_beside::{PACKS_FOLDER, packs_beside};
pub use records::{Beginning, EarlierArea, EarlierCell, RELEASES_FOLDER, Releases};
pub use renamed::{NamedSource, under_names_of_today};
