//! What a zip archive could hide beside the files that it unpacks to: each byte of it belongs to a file, a heading of one, or the list at its end.

use std::collections::BTreeSet;

const AT_END: u32 = 0x0605_4b50;
const IN_LIST: u32 = 0x0201_4b50;
const BEFORE_FILE: u32 = 0x0403_4b50;
/// The length of the record at the end, of a heading in the list, and of one before a file, without names.
const LENGTHS: [usize; 3] = [22, 46, 30];
/// Times and owners, as programs that pack write them beside a name; each with the most bytes that it has.
const EXTRA: [(u16, usize); 5] = [(0x5455, 13), (0x7875, 15), (0x5855, 12), (0x000a, 36), (0x0001, 28)];

/// What an archive hides; `None` where it hides nothing.
pub fn hidden_in_archive(bytes: &[u8]) -> Option<&'static str> {
    let Some(end) = bytes.len().checked_sub(LENGTHS[0]).filter(|end| long(bytes, *end) == Some(AT_END)) else {
        return Some("bytes stand behind the archive, or it carries a comment");
    };
    let listed = read_list(bytes, end);
    let mut files = match listed {
        Ok(files) => files,
        Err(what) => return Some(what),
    };
    let names: BTreeSet<&[u8]> = files.iter().map(|f| f.name).collect();
    if names.len() < files.len() {
        return Some("a name stands twice in the archive");
    }
    let list = long(bytes, end + 16).map_or(0, |at| at as usize);
    files.sort_by_key(|f| f.at);
    let mut next = 0;
    for file in &files {
        if file.at != next {
            return Some("bytes stand between the files of the archive, or before them");
        }
        match end_of(bytes, file, files.iter().map(|f| f.at).find(|at| *at > file.at).unwrap_or(list)) {
            Ok(at) => next = at,
            Err(what) => return Some(what),
        }
    }
    (next != list).then_some("bytes stand between the files of the archive and its list")
}

/// A file as the list has it.
struct Packed<'b> {
    name: &'b [u8],
    /// Where its heading begins.
    at: usize,
    /// How many bytes it has in the archive.
    length: usize,
    /// Whether a note of its length stands behind it.
    noted_behind: bool,
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

const UNREADABLE: &str = "the list of the archive cannot be read";

fn read_list(bytes: &[u8], end: usize) -> Result<Vec<Packed<'_>>, &'static str> {
    let field = |at: usize| long(bytes, at).map(|n| n as usize).ok_or(UNREADABLE);
    let half = |at: usize| short(bytes, at).ok_or(UNREADABLE);
    let (count, size, mut at) = (half(end + 10)?, field(end + 12)?, field(end + 16)?);
    if at.checked_add(size) != Some(end) {
        return Err("bytes stand before the archive, or around its list");
    }
    let mut files = Vec::new();
    while at < end {
        if long(bytes, at) != Some(IN_LIST) {
            return Err(UNREADABLE);
        }
        let (name, extra, comment) = (half(at + 28)?, half(at + 30)?, half(at + 32)?);
        let from = at + LENGTHS[1];
        if comment > 0 {
            return Err("a part of the archive carries a comment");
        }
        known_extra(bytes.get(from + name..from + name + extra).ok_or(UNREADABLE)?)?;
        files.push(Packed {
            name: bytes.get(from..from + name).ok_or(UNREADABLE)?,
            at: field(at + 42)?,
            length: field(at + 20)?,
            noted_behind: half(at + 8)? & 0b1000 != 0,
        });
        at = from + name + extra;
    }
    if files.len() == count { Ok(files) } else { Err("a part of the archive is in its list and not counted") }
}

/// Where a file ends, with the note of its length where one stands behind it.
fn end_of(bytes: &[u8], file: &Packed, next: usize) -> Result<usize, &'static str> {
    let from = file.at + LENGTHS[2];
    let (name, extra) = (short(bytes, file.at + 26).ok_or(UNREADABLE)?, short(bytes, file.at + 28).ok_or(UNREADABLE)?);
    if long(bytes, file.at) != Some(BEFORE_FILE) || bytes.get(from..from + name) != Some(file.name) {
        return Err("a part of the archive has another name before it than in the list");
    }
    known_extra(bytes.get(from + name..from + name + extra).ok_or(UNREADABLE)?)?;
    let end = from + name + extra + file.length;
    // With its mark or without, and with lengths of four or eight bytes.
    let notes = [12, 16, 20, 24].into_iter().map(|n| end + n).find(|at| file.noted_behind && *at == next);
    Ok(notes.unwrap_or(end))
}

fn known_extra(mut extra: &[u8]) -> Result<(), &'static str> {
    const HIDES: &str = "a part of the archive carries more than its name and time";
    while !extra.is_empty() {
        let (Some(id), Some(length)) = (short(extra, 0), short(extra, 2)) else { return Err(HIDES) };
        let said = extra.get(4..4 + length).ok_or(HIDES)?;
        let known = EXTRA.iter().any(|(known, most)| usize::from(*known) == id && length <= *most);
        // A time that reads as a word is none.
        let reads = said.windows(5).any(|w| w.iter().all(|b| b.is_ascii_alphanumeric() || *b == b' '));
        if !known || reads {
            return Err(HIDES);
        }
        extra = &extra[4 + length..];
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn packed() -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("one.txt", "one one one one one"), ("two.txt", "two")] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn every_byte_of_an_archive_belongs_to_something() {
        let plain = packed();
        assert_eq!(hidden_in_archive(&plain), None);
        let before = [b"12 Mill Lane".as_slice(), &plain].concat();
        let behind = [plain.as_slice(), b"12 Mill Lane"].concat();
        let mut within = plain.clone();
        let list = long(&plain, plain.len() - 6).unwrap() as usize;
        within.splice(list..list, *b"QM3 4AX");
        let moved = (list + 7) as u32;
        let at = within.len() - 6;
        within[at..at + 4].copy_from_slice(&moved.to_le_bytes());
        // The second file under the name of the first.
        let twice: Vec<u8> = String::from_utf8_lossy(&plain).find("two.txt").map_or(vec![], |_| {
            let mut bytes = plain.clone();
            let places: Vec<usize> = plain.windows(7).enumerate().filter(|(_, w)| *w == b"two.txt").map(|(i, _)| i).collect();
            places.iter().for_each(|i| bytes[*i..*i + 7].copy_from_slice(b"one.txt"));
            bytes
        });
        for (what, bytes) in [("before", before), ("behind", behind), ("within", within), ("twice", twice), ("nothing", vec![])] {
            assert!(hidden_in_archive(&bytes).is_some(), "{what}");
        }
        assert!(known_extra(&[0x55, 0x54, 5, 0, 1, 0x80, 0x81, 0x82, 0x69]).is_ok());
        assert!(known_extra(b"UT\x07\x00QM3 4AX").is_err() && known_extra(b"ZZ\x01\x00Q").is_err());
    }
}
