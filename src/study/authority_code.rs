//! Authorities that a plan names by their codes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::partnership::{NotFound, partnership};
use crate::diagnostics::said;
use crate::model::AuthorityKind;
use crate::units::AreaCode;

/// The code of an authority of England or Wales, or of a county.
///
/// ```
/// use gapmap::study::Authority;
/// let read = |code: &str| serde_json::from_str::<Authority>(&format!("\"{code}\""));
/// assert!(read("E09000006").is_ok() && read("E10000003").is_ok());
/// assert!(read("E12000007").is_err(), "a region is told anyway");
/// assert!(read("E07000163").is_err(), "Craven is no more");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "AreaCode")]
pub struct Authority(AreaCode);

impl Authority {
    /// Its code.
    pub fn code(self) -> AreaCode {
        self.0
    }
}

impl TryFrom<AreaCode> for Authority {
    type Error = String;

    fn try_from(code: AreaCode) -> Result<Self, String> {
        match partnership(code.as_str()) {
            Ok(found) if found.kind != AuthorityKind::PoliceArea => Ok(Self(code)),
            Err(NotFound::Wales(_)) => Ok(Self(code)),
            Err(NotFound::Older(_, became)) => Err(said::code_of_no_authority(code, &became)),
            _ => Err(said::code_of_no_authority(code, &[])),
        }
    }
}
