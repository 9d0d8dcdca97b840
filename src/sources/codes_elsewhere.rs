//! Codes that are of no area of a study, whatever study it is: of countries and regions, which are totals, and the older codes of Northern Ireland.

use crate::units::AreaCode;

/// Whether a code is of a country, of several countries or of a region: a count beside it is the total of many areas.
///
/// Counties and police areas are left out: a study may be of just these.
pub(super) fn is_code_of_many(text: &str) -> bool {
    const KINDS: [&str; 6] = ["E92", "W92", "S92", "N92", "E12", "E13"];
    let text = text.trim().to_ascii_uppercase();
    let digits = |rest: &str| rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_digit());
    // K02 is the United Kingdom, K03 Great Britain, K04 England and Wales; J, L and M are older ones.
    let of_several_countries = text.strip_prefix(['J', 'K', 'L', 'M']).is_some_and(digits);
    of_several_countries || text.get(1..).is_some_and(digits) && KINDS.iter().any(|kind| text.starts_with(kind))
}

/// Northern Ireland, where a code is one that its super output areas and output areas had before codes had nine characters: `95AA01S1`, `95AA010001`.
///
/// Shorter ones, of wards and districts, may be anybody's own.
pub(super) fn northern_irish(text: &str) -> Option<AreaCode> {
    let text = text.trim().to_ascii_uppercase();
    let all = |part: &str, is: fn(&u8) -> bool| !part.is_empty() && part.bytes().all(|b| is(&b));
    let (letters, number) = (text.strip_prefix("95")?.get(..2)?, text.get(4..)?);
    let of_several =
        number.len() == 4 && matches!(number.as_bytes()[2], b'S' | b'W') && all(&number.replacen(['S', 'W'], "", 1), u8::is_ascii_digit);
    let of_output = number.len() == 6 && all(number, u8::is_ascii_digit);
    if all(letters, u8::is_ascii_uppercase) && (of_several || of_output) { AreaCode::parse("N92000002") } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_regions_are_many_areas_and_others_are_one() {
        for many in [
            "K04000001",
            "k02000001",
            "K03000001",
            "E92000001",
            "W92000004",
            "S92000003",
            "N92000002",
            "E12000004",
            "E13000001",
            "J99000001",
        ] {
            assert!(is_code_of_many(many), "{many}");
        }
        for one in ["E01000001", "E06000055", "E10000018", "E23000026", "K0400000", "K0400000X", "Kent", "", "E12", "é92000001"] {
            assert!(!is_code_of_many(one), "{one}");
        }
    }

    #[test]
    fn older_codes_of_northern_ireland() {
        for code in ["95AA01S1", "95aa01w2", "95GG16S3", " 95AA010001 "] {
            assert_eq!(northern_irish(code).map(|c| c.to_string()).as_deref(), Some("N92000002"), "{code}");
        }
        for other in [
            "95",
            "9512345",
            "95AA",
            "95AAS1",
            "95AAA01",
            "95AA01SS",
            "E95AA01",
            "95 High Street",
            "95é",
            "95AAéé",
            "95Z",
            "95AA01",
            "95AAS011",
        ] {
            assert_eq!(northern_irish(other), None, "{other}");
        }
    }
}
