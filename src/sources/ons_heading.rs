//! Column headings of the ONS Open Geography Portal, whose vintage, case and order change from edition to edition.

use crate::units::Geography;

/// What a heading such as `LSOA21CD` or `WD24NM` says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct OnsHeading {
    /// The kind of area.
    pub geography: Geography,
    /// The year: 2021 for `LSOA21CD`.
    pub vintage: u16,
    /// Whether it heads codes; names otherwise.
    pub code: bool,
}

/// Reads `(lsoa|msoa|wd|lad|ltla)(two digits)(cd|nm)` in any case; `F_LSOA11CD` of the feature service too.
pub(super) fn ons_heading(heading: &str) -> Option<OnsHeading> {
    let lower = heading.trim().to_ascii_lowercase();
    let lower = lower.strip_prefix("f_").unwrap_or(&lower);
    let (geography, rest) = [
        ("lsoa", Geography::Lsoa),
        ("msoa", Geography::Msoa),
        ("wd", Geography::Ward),
        ("lad", Geography::Authority),
        ("ltla", Geography::Authority),
    ]
    .into_iter()
    .find_map(|(prefix, geography)| Some((geography, lower.strip_prefix(prefix)?)))?;
    let code = match rest.get(2..)? {
        "cd" => true,
        "nm" => false,
        _ => return None,
    };
    let year: u16 = rest[..2].parse().ok()?;
    Some(OnsHeading { geography, vintage: 2000 + year, code })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_all_editions_are_told_apart() {
        let heading = |geography, vintage, code| Some(OnsHeading { geography, vintage, code });
        assert_eq!(ons_heading("LSOA21CD"), heading(Geography::Lsoa, 2021, true));
        assert_eq!(ons_heading("lad22nm"), heading(Geography::Authority, 2022, false));
        assert_eq!(ons_heading("F_LSOA11CD"), heading(Geography::Lsoa, 2011, true));
        assert_eq!(ons_heading("WD25CD"), heading(Geography::Ward, 2025, true));
        for other in ["WD25NMW", "LADCD_ACTIVE", "FID", "GlobalID", "LSOA", "wdé5cd"] {
            assert_eq!(ons_heading(other), None, "{other}");
        }
    }
}
