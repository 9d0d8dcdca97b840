use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a source may be released. Each source says it of itself in the plan.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Already published at this precision, such as police.uk or the census: released as published.
    Open,
    /// Released only through the policy: small counts withheld, the rest rounded. Its rows are never quoted.
    Restricted,
}

impl Sensitivity {
    /// Whether everything may be shown as it is. What is not plainly open is not.
    pub fn is_open(self) -> bool {
        match self {
            Sensitivity::Open => true,
            Sensitivity::Restricted => false,
        }
    }
}
