//! RELEASE: the only door from a draft to a finding, and the document that every output is drawn from.

mod anchors;
mod atoms;
mod beginning;
mod chain;
mod document;
mod ledger;
mod linked;
mod policy;
mod release;
mod releases;
mod returns;
mod tiers;
mod together;

pub use crate::analyses::body::*;
pub use anchors::{Anchor, HEAD_FILE, Head};
pub use beginning::{Beginning, reason_fault};
pub use document::{Door, Finding, Findings, Frame, InputFile, Method, Outline, PublicSite, ReleaseNote, SourceLine, VERSION};
pub use ledger::ReleasedLine;
pub use policy::{ReleasePolicy, ReleaseSettings};
pub use release::{Pack, release};
pub use releases::{EarlierArea, EarlierCell, Entry, RELEASES_FOLDER, Releases};
pub use tiers::Tier;
