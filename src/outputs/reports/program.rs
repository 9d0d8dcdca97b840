//! The program of the page: one file, compiled in, that draws the map of all areas from the block of data. The page names its digest, and a browser
//! runs nothing else.

use sha2::{Digest, Sha256};

use super::map_block::MAP_DATA;

/// The program as it stands in the page.
pub const MAP_PROGRAM: &str = include_str!("../../../reports/overview/map.js");

/// Where the map will stand, its data and its program; nothing where there is nothing to draw.
pub(super) fn of(block: Option<String>) -> String {
    block.map_or(String::new(), |json| {
        format!(
            "<div id=\"map\"></div>\n<script type=\"application/json\" id=\"{MAP_DATA}\">{json}</script>\n<script>{MAP_PROGRAM}</script>\n"
        )
    })
}

/// What a browser is told it may run: this program, by its digest.
pub(super) fn policy() -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(MAP_PROGRAM.as_bytes())))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let n = three.iter().enumerate().fold(0_u32, |n, (i, b)| n | u32::from(*b) << (16 - 8 * i));
        for i in 0..4 {
            let letter = if i <= three.len() { char::from(LETTERS[(n >> (18 - 6 * i) & 63) as usize]) } else { '=' };
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_written_as_browsers_read_them() {
        // RFC 4648, section 10.
        assert_eq!(
            ["f", "fo", "foo", "foob", "fooba", "foobar"].map(|t| base64(t.as_bytes())),
            ["Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]
        );
    }

    #[test]
    fn the_program_is_small_and_cannot_end_its_element() {
        assert!(MAP_PROGRAM.len() < 40_000, "{} bytes", MAP_PROGRAM.len());
        assert!(!MAP_PROGRAM.contains("</") && !MAP_PROGRAM.contains("<!--"));
        // No way to ask anybody anything, and none to read texts as markup.
        for way in ["fetch(", "XMLHttpRequest", "import(", "http:", "https:", "innerHTML", "insertAdjacentHTML", "eval(", "document.write"]
        {
            assert!(
                !MAP_PROGRAM.contains(way)
                    || way == "http:" && MAP_PROGRAM.matches(way).count() == MAP_PROGRAM.matches("http://www.w3.org/2000/svg").count(),
                "{way}"
            );
        }
    }
}
