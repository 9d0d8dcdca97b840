//! RELEASE: the only door from a draft to a finding, and the document that every output is drawn from.

mod document;
mod ledger;
mod policy;
mod release;

pub use crate::analyses::body::*;
pub use document::{Door, Finding, Findings, Frame, InputFile, Method, Outline, PublicSite, ReleaseNote, SourceLine, VERSION};
pub use ledger::ReleasedLine;
pub use policy::ReleasePolicy;
pub use release::release;
