use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A nine-character code of the Government Statistical Service register, such as `E01017540`.
///
/// The first three characters say what kind of area it is ([`AreaCode::geography`]). They do **not** say which
/// vintage: 94 % of LSOA codes are the same in 2011 and 2021, so a vintage is a property of a table, never of a code.
///
/// ```
/// use gapmap::units::{AreaCode, Geography};
/// let code = AreaCode::parse(" e01017540 ").unwrap();
/// assert_eq!(code.geography(), Some(Geography::Lsoa));
/// assert_eq!(code.to_string(), "E01017540");
/// assert!(AreaCode::parse("Bedford 001A").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaCode([u8; 9]);

impl AreaCode {
    /// Reads one letter of E, W, S, N and eight digits; spaces around it and lower case are forgiven.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_bytes(text.trim().as_bytes())
    }

    /// As [`AreaCode::parse`], from bytes that carry no surrounding space.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut code: [u8; 9] = bytes.try_into().ok()?;
        code[0] = code[0].to_ascii_uppercase();
        let country = matches!(code[0], b'E' | b'W' | b'S' | b'N');
        (country && code[1..].iter().all(u8::is_ascii_digit)).then_some(Self(code))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("") // ASCII by construction
    }

    /// What kind of area the first three characters stand for; `None` for kinds the engine does not use.
    pub fn geography(&self) -> Option<Geography> {
        Some(match &self.0[..3] {
            b"E01" | b"W01" | b"S01" => Geography::Lsoa,
            b"E02" | b"W02" | b"S02" => Geography::Msoa,
            b"E05" | b"W05" | b"S13" => Geography::Ward,
            b"E06" | b"E07" | b"E08" | b"E09" | b"W06" | b"S12" | b"N09" => Geography::Authority,
            _ => return None,
        })
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for AreaCode {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AreaCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        AreaCode::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not an area code: one letter and eight digits, as in E09000004")))
    }
}

impl JsonSchema for AreaCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AreaCode".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[EWSN][0-9]{8}$"})
    }
}

/// The name of the authority inside the name of a small area.
///
/// ```
/// use gapmap::units::stem_of_area;
/// assert_eq!(stem_of_area("Bexley 002A"), Some("Bexley"));
/// assert_eq!((stem_of_area("Bexley"), stem_of_area("Ward 12")), (None, None));
/// ```
pub fn stem_of_area(name: &str) -> Option<&str> {
    let (stem, number) = name.trim().rsplit_once(' ')?;
    let digits = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
    (digits.len() == 3 && number.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(stem)
}

/// A level of the statistical geography of England and Wales, finest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Geography {
    /// Lower layer Super Output Area: about 1,500 residents.
    Lsoa,
    /// Middle layer Super Output Area: about 8,000 residents.
    Msoa,
    /// Electoral ward.
    Ward,
    /// Local authority district, borough or unitary.
    Authority,
}

impl Geography {
    /// The word for one such area, as a report prints it.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Lsoa => "neighbourhood (LSOA)",
            Self::Msoa => "neighbourhood (MSOA)",
            Self::Ward => "ward",
            Self::Authority => "local authority",
        }
    }

    /// The word for several.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Lsoa => "neighbourhoods (LSOAs)",
            Self::Msoa => "neighbourhoods (MSOAs)",
            Self::Ward => "wards",
            Self::Authority => "local authorities",
        }
    }
}
