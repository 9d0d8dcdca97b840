//! What a zip archive could hide beside the files that it unpacks to: each byte of it belongs to a file, a heading of one, or the list at its end.

use std::collections::BTreeSet;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

const AT_END: u32 = 0x0605_4b50;
const IN_LIST: u32 = 0x0201_4b50;
const BEFORE_FILE: u32 = 0x0403_4b50;
const BEHIND_FILE: u32 = 0x0807_4b50;
/// The most that one file may inflate to.
const MOST_BYTES: usize = 256 << 20;
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
    /// How it is made smaller: 0 not at all, 8 by deflate.
    method: usize,
    /// Its checksum, how many bytes it has in the archive, and how many it is.
    sizes: [u32; 3],
    /// Whether its sizes stand behind it, and not in its heading.
    noted_behind: bool,
}

impl Packed<'_> {
    fn length(&self) -> usize {
        self.sizes[1] as usize
    }
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
            method: half(at + 10)?,
            sizes: [16, 20, 24].map(|n| long(bytes, at + n).unwrap_or(u32::MAX)),
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
    let start = from + name + extra;
    let end = start + file.length();
    let own = [14, 18, 22].map(|n| long(bytes, file.at + n));
    let packed = bytes.get(start..end).ok_or(UNREADABLE)?;
    if !is_whole(packed, file) {
        return Err("bytes stand within a part of the archive that are no part of its file");
    }
    let said = file.sizes.map(Some);
    if !file.noted_behind {
        return if own == said { Ok(end) } else { Err("a part of the archive has another length before it than in the list") };
    }
    // With its mark or without: its checksum and lengths once more, and nothing else. Nothing of them stands before it, or the same.
    let note = next.checked_sub(end).and_then(|length| {
        let at = match length {
            12 => Some(end),
            16 if long(bytes, end) == Some(BEHIND_FILE) => Some(end + 4),
            _ => None,
        }?;
        Some([0, 4, 8].map(|n| long(bytes, at + n)))
    });
    let before = own == said || own == [Some(0); 3];
    if note == Some(said) && before { Ok(next) } else { Err("bytes stand behind a part of the archive that do not say how long it is") }
}

/// Whether all bytes of a packed file are its own: stored ones are as many as it is, and a deflated stream ends with the last of them.
fn is_whole(packed: &[u8], file: &Packed) -> bool {
    let whole = file.sizes[2] as usize;
    match file.method {
        0 => packed.len() == whole,
        8 if whole <= MOST_BYTES => {
            let mut text = vec![0; whole];
            let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
            let (status, read, written) = decompress(&mut DecompressorOxide::new(), packed, &mut text, 0, flags);
            status == TINFLStatus::Done && read == packed.len() && written == whole
        }
        _ => false,
    }
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
        // Within the packed bytes of a file, behind the end of its stream: each place that tells of lengths says the same.
        let first = long(&plain, 18).unwrap() as usize;
        let end = 30 + "one.txt".len() + first;
        let mut after_stream = plain.clone();
        after_stream.splice(end..end, *b"QM3 4AX");
        let longer = (first as u32 + 7).to_le_bytes();
        after_stream[18..22].copy_from_slice(&longer);
        let list = long(&plain, plain.len() - 6).unwrap() as usize + 7;
        after_stream[list + 20..list + 24].copy_from_slice(&longer);
        let second = list + 46 + "one.txt".len() + 42;
        let moved = long(&after_stream, second).unwrap() + 7;
        after_stream[second..second + 4].copy_from_slice(&moved.to_le_bytes());
        let at = after_stream.len() - 6;
        after_stream[at..at + 4].copy_from_slice(&(list as u32).to_le_bytes());
        assert_eq!(hidden_in_archive(&after_stream), Some("bytes stand within a part of the archive that are no part of its file"));
        for (what, bytes) in [("before", before), ("behind", behind), ("within", within), ("twice", twice), ("nothing", vec![])] {
            assert!(hidden_in_archive(&bytes).is_some(), "{what}");
        }
        assert!(known_extra(&[0x55, 0x54, 5, 0, 1, 0x80, 0x81, 0x82, 0x69]).is_ok());
        assert!(known_extra(b"UT\x07\x00QM3 4AX").is_err() && known_extra(b"ZZ\x01\x00Q").is_err());
    }
}
