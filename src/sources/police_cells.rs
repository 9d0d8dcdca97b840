//! The cells of a street file: coordinates, ids, crime types, and what spreadsheets make of them.

use std::sync::LazyLock;

use super::csv_file::LONGEST_LINE_BYTES;
use super::events::plain_words;
use super::police_uk::OUTCOME;
use super::read_value;
use super::table_form::from_windows_1252;
use crate::spatial::to_lon_lat;
use crate::units::Bng;

/// Metres of the National Grid as the degrees that a street file of today would give; `None` where they are blank or no such metres.
pub(super) fn degrees_of(easting: &[u8], northing: &[u8]) -> Option<(String, String)> {
    let place = Bng { easting_m: decimal(easting)?, northing_m: decimal(northing)? };
    let place = to_lon_lat(place).filter(|_| place.easting_m > 0.0)?;
    Some((format!("{:.6}", place.lon), format!("{:.6}", place.lat)))
}

/// Whether a row of so many fields lacks no more than its outcome and context, which are empty in many rows and which spreadsheets then leave out.
pub(super) fn lacks_only_empty_ends(fields: usize, columns: usize) -> bool {
    fields < columns && fields >= OUTCOME
}

/// Whether a line of more than 12 fields has nothing but separators after the twelfth.
pub(super) fn is_padded(line: &[u8], fields: usize) -> bool {
    let empty = line.iter().rev().take_while(|b| **b == b',' || **b == b' ').filter(|b| **b == b',').count();
    fields > 12 && fields - 12 <= empty
}

/// Whether what stands for an id is none: `N/A`, 0, or what a spreadsheet made of many different ids, `2.02301E+05`.
pub(super) fn is_no_id(id: &[u8]) -> bool {
    if id.len() == 64 {
        return false;
    }
    let Ok(text) = std::str::from_utf8(id) else { return false };
    let text = text.trim();
    let rounded = text.contains(['e', 'E']) && text.contains(['.', '+']) && text.parse::<f64>().is_ok();
    // `########` is a column that was too narrow when it was saved.
    rounded || text.bytes().all(|b| b == b'0') || text.bytes().all(|b| b == b'#') || read_value::says_nothing(text)
}

/// The crime type as police.uk spells it today, for one in other letters or with other spaces.
pub(super) fn usual_spelling(name: &str) -> String {
    const TYPES: [&str; 17] = [
        "Anti-social behaviour",
        "Bicycle theft",
        "Burglary",
        "Criminal damage and arson",
        "Drugs",
        "Other crime",
        "Other theft",
        "Possession of weapons",
        "Public order",
        "Robbery",
        "Shoplifting",
        "Theft from the person",
        "Vehicle crime",
        "Violence and sexual offences",
        "Violent crime",
        "Public disorder and weapons",
        "Public disorder",
    ];
    static PLAIN: LazyLock<Vec<String>> = LazyLock::new(|| TYPES.iter().map(|t| plain_words(t)).collect());
    let name = heading_text(name);
    let plain = plain_words(&name);
    PLAIN.iter().position(|t| *t == plain).map_or(name, |at| TYPES[at].to_owned())
}

/// A heading as text, of UTF-8 or of an older program.
pub(super) fn heading_of(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).map(str::to_owned).ok().or_else(|| from_windows_1252(bytes));
    text.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

/// A text with single spaces and no marks before it.
pub(super) fn heading_text(text: &str) -> String {
    text.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits a line at its commas into at most 12 fields; returns how many there are.
pub(super) fn split<'l>(line: &'l [u8], fields: &mut [&'l [u8]; 12]) -> usize {
    let mut start = 0;
    let mut n = 0;
    for comma in memchr::memchr_iter(b',', line) {
        if n < 12 {
            fields[n] = &line[start..comma];
        }
        (n, start) = (n + 1, comma + 1);
    }
    if n < 12 {
        fields[n] = &line[start..];
    }
    n + 1
}

/// The one-based number of the first line longer than [`LONGEST_LINE_BYTES`].
pub(super) fn overlong_line(bytes: &[u8]) -> Option<u64> {
    bytes.split(|b| *b == b'\n').position(|line| line.len() > LONGEST_LINE_BYTES).map(|i| i as u64 + 1)
}

/// Reads `-0.425199`. At most 15 digits are divided by a power of ten, both exact in binary64, so the result is correctly
/// rounded; anything else goes through the standard library.
pub(super) fn decimal(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (negative, digits) = match text.first()? {
        b'-' => (true, &text[1..]),
        _ => (false, text),
    };
    let (mut number, mut decimals, mut seen_point) = (0_u64, 0, false);
    if digits.is_empty() || digits.len() > 16 {
        return std::str::from_utf8(text).ok()?.trim().parse().ok().filter(|x: &f64| x.is_finite());
    }
    for b in digits {
        match b {
            b'0'..=b'9' => {
                number = number * 10 + u64::from(b - b'0');
                decimals += usize::from(seen_point);
            }
            b'.' if !seen_point => seen_point = true,
            _ => return std::str::from_utf8(text).ok()?.trim().parse().ok().filter(|x: &f64| x.is_finite()),
        }
    }
    let value = number as f64 / POWERS[decimals];
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::{decimal, is_no_id};

    #[test]
    fn what_stands_for_an_id_and_is_none() {
        for none in ["########", "2.02301E+05", "N/A", "0", "00000", "NULL", "1e+12"] {
            assert!(is_no_id(none.as_bytes()), "{none}");
        }
        for id in ["20230117", "a5f6ccc4", "ab12e3", &"0".repeat(64)] {
            assert!(!is_no_id(id.as_bytes()), "{id}");
        }
    }

    #[test]
    fn decimals_agree_with_the_standard_library_to_the_last_bit() {
        for text in ["-0.425199", "52.254458", "0", "-12.5", "1e1", "0.1", "179.999999", "123456789012345", "0.000000000000001"] {
            assert_eq!(decimal(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in ["", "-", "1.2.3", "abc", "NaN", "inf"] {
            assert_eq!(decimal(text.as_bytes()), None, "{text}");
        }
    }
}
