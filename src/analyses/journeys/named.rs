//! Authorities that a plan has told by name.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::AuthorityKind;
use crate::study::{NotFound, partnership};
use crate::units::AreaCode;

/// The code of an authority of England or Wales, or of a county.
///
/// ```
/// use gapmap::analyses::Authority;
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
    pub(super) fn code(self) -> AreaCode {
        self.0
    }
}

impl TryFrom<AreaCode> for Authority {
    type Error = String;

    fn try_from(code: AreaCode) -> Result<Self, String> {
        match partnership(code.as_str()) {
            Ok(found) if found.kind != AuthorityKind::PoliceArea => Ok(Self(code)),
            Err(NotFound::Wales(_)) => Ok(Self(code)),
            Err(NotFound::Older(_, became)) => Err(format!("`{code}` is no more: it became {}", became.join(" and "))),
            _ => Err(format!("`{code}` is no authority of England or Wales: name it by its code, as in E09000006")),
        }
    }
}
