//! The files of a pack, opened: texts of pages, members of archives, what pictures and documents say of themselves.

use std::collections::BTreeMap;
use std::io::Read;

use crate::outputs::Files;

/// The most that one part of an archive may inflate to.
const MOST_BYTES: u64 = 256 << 20;
/// The most that all archives of a pack may inflate to.
const MOST_BYTES_OF_ALL: u64 = 2 << 30;

/// Archives in archives that are opened; what lies deeper is told and not looked at.
const DEEPEST: usize = 4;

/// Texts of files as they are opened, and what could not be.
pub(super) struct Opened {
    pub texts: BTreeMap<String, String>,
    pub points: Vec<(String, super::geopackage::Points)>,
    /// How much more may be inflated.
    left: u64,
    /// Files of which a part was not looked at, and why.
    pub closed: Vec<(String, &'static str)>,
}

impl Opened {
    /// All files of a pack.
    pub fn all(files: &Files) -> Self {
        let mut opened = Opened { texts: BTreeMap::new(), points: vec![], left: MOST_BYTES_OF_ALL, closed: vec![] };
        files.iter().for_each(|(path, bytes)| opened.open(path, bytes, 0));
        opened
    }

    /// Adds the texts of a file and of the files in it.
    fn open(&mut self, path: &str, bytes: &[u8], depth: usize) {
        let text = match bytes {
            [b'P', b'K', 3, 4, ..] => return self.unpack(path, bytes, depth),
            bytes if super::geopackage::is_one(bytes) => return self.read_database(path, bytes),
            [0x89, b'P', b'N', b'G', ..] => png_texts(bytes),
            [b'%', b'P', b'D', b'F', ..] => pdf_texts(bytes),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        };
        if self.texts.insert(path.into(), text).is_some() {
            self.closed.push((path.into(), "a name stands twice in an archive"));
        }
    }

    fn read_database(&mut self, path: &str, bytes: &[u8]) {
        match super::geopackage::opened(bytes) {
            Some((texts, points)) => {
                self.texts.extend(texts.into_iter().map(|(table, text)| (format!("{path}!{table}"), text)));
                self.points.push((path.into(), points));
            }
            None => self.closed.push((path.into(), "the GeoPackage holds something that is not looked at, or cannot be read")),
        }
    }

    fn unpack(&mut self, path: &str, bytes: &[u8], depth: usize) {
        let mut close = |what| self.closed.push((path.into(), what));
        if depth >= DEEPEST {
            return close("archives lie too deep in one another to be looked at");
        }
        let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return close("the archive cannot be read") };
        for i in 0..archive.len() {
            let mut inside = Vec::new();
            let read = archive.by_index(i).ok().and_then(|part| {
                let name = part.name().ok().map(|n| n.into_owned())?;
                part.take(self.left.min(MOST_BYTES) + 1).read_to_end(&mut inside).ok().map(|_| name)
            });
            match read {
                Some(name) if (inside.len() as u64) <= self.left.min(MOST_BYTES) => {
                    self.left -= inside.len() as u64;
                    self.open(&format!("{path}!{name}"), &inside, depth + 1);
                }
                _ => self.closed.push((path.into(), "a part of the archive cannot be read")),
            }
        }
    }
}

/// What the chunks of a PNG say that are not pixels, each after its name.
fn png_texts(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let (Some(length), Some(kind)) = (rest.first_chunk::<4>(), rest.get(4..8)) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(data) = rest.get(8..8_usize.saturating_add(length)) else { break };
        if kind != b"IDAT" && kind != b"IHDR" && kind != b"IEND" {
            text.push_str(&format!("chunk {} {}\n", String::from_utf8_lossy(kind), String::from_utf8_lossy(data)));
        }
        rest = rest.get(12_usize.saturating_add(length)..).unwrap_or_default();
    }
    text
}

/// What a PDF says: its objects, and every stream that is text as it stands or once it is inflated. Fonts and pixels are no text.
fn pdf_texts(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"stream") {
        let start = at + found + 6;
        text.push_str(&String::from_utf8_lossy(&bytes[at..start]));
        let skip = bytes[start..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let end = memchr::memmem::find(&bytes[start..], b"endstream").map_or(bytes.len(), |e| start + e);
        let stream = &bytes[(start + skip).min(end)..end];
        let inflated = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(stream, MOST_BYTES as usize);
        let said = inflated.as_deref().unwrap_or(stream);
        if is_text(said) {
            text.push('\n');
            text.push_str(&String::from_utf8_lossy(said));
            text.push('\n');
        }
        at = (end + 9).min(bytes.len());
    }
    text.push_str(&String::from_utf8_lossy(&bytes[at..]));
    without_numbers_of_files(&text)
}

/// So many signs of base64 write the 16 bytes by which a PDF is numbered, before the two that fill them up.
const NUMBER_OF_A_FILE: usize = 22;

/// Without the numbers by which programs tell files apart, `/ID[(QsmxrsQ1G4ntBvk0YTI/ig==)`: they are hashes, and say by chance what looks like a postcode.
fn without_numbers_of_files(text: &str) -> String {
    let is_sign = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for end in memchr::memmem::find_iter(bytes, b"==") {
        let Some(start) = end.checked_sub(NUMBER_OF_A_FILE).filter(|start| *start > from) else { continue };
        let stands_alone = matches!(bytes[start - 1], b'(' | b'>' | b'"') && matches!(bytes.get(end + 2), Some(b')' | b'<' | b'"'));
        if stands_alone && bytes[start..end].iter().all(is_sign) {
            out.push_str(&text[from..start]);
            from = end + 2;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// Whether nearly all of it is letters, digits and marks.
fn is_text(bytes: &[u8]) -> bool {
    let other = bytes.iter().filter(|b| !(b.is_ascii_graphic() || b.is_ascii_whitespace())).count();
    other * 20 <= bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_file_are_no_words_of_it() {
        assert_eq!(without_numbers_of_files("/ID[(QsmxrsQ1G4ntBvk0YTI/ig==)(IltqMI0aG0n0YC6f+E12AB==)]"), "/ID[()()]");
        for said in ["(E12 3AB==)", "(see QsmxrsQ1G4ntBvk0YTI/ig== E12 3AB)", "==", "(QsmxrsQ1G4nt Bvk0YTI/ig==)", "a == b"] {
            assert_eq!(without_numbers_of_files(said), said);
        }
    }
}
