//! RELEASE: the only door from a draft to a finding.

mod assemble;
mod atoms;
mod before;
mod catalogue;
mod counted;
mod earlier;
mod ledger;
mod limits;
mod linked;
mod own_table;
mod refused;
#[expect(clippy::module_inception, reason = "the door itself")]
mod release;
mod restricted;
mod returns;
mod together;

pub use assemble::document;
pub use catalogue::release_catalogue;
pub use earlier::{with_labels, with_tokens};
pub use release::{Pack, release};
