//! Rows of a large table, as long as they are plain: no cell stands on two lines, and a quoted one is quoted whole.
//!
//! A general reader looks at each byte of each cell. A directory of 2.7 million postcodes has some fifty cells a row, of which four are read:
//! here a cell costs one search for its end, and nothing is copied.

use std::io::{self, Read};

/// How much is read at once; a row that is longer is not plain.
const BLOCK_BYTES: usize = 1 << 18;

/// The cells of a row, without their quotes.
pub(super) struct Cells<'a> {
    bytes: &'a [u8],
    /// Beginning and end of each.
    at: &'a [(usize, usize)],
}

impl<'a> Cells<'a> {
    pub fn get(&self, column: usize) -> Option<&'a [u8]> {
        self.at.get(column).map(|(from, to)| &self.bytes[*from..*to])
    }

    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> {
        self.at.iter().map(|(from, to)| &self.bytes[*from..*to])
    }

    /// A record of the general reader in the same form; `at` is room for it.
    pub fn of(record: &'a csv::ByteRecord, at: &'a mut Vec<(usize, usize)>) -> Self {
        at.clear();
        at.extend((0..record.len()).filter_map(|i| record.range(i)).map(|r| (r.start, r.end)));
        Self { bytes: record.as_slice(), at }
    }
}

/// Gives `each` every row up to the first that is not plain, or until `each` wants no more. Returns how many lines were read, and the bytes
/// that were taken from `input` beyond them: with what is left of `input` they are for the general reader.
pub(super) fn plain_rows(input: &mut impl Read, delimiter: u8, mut each: impl FnMut(&Cells<'_>) -> bool) -> io::Result<(u64, Vec<u8>)> {
    let mut block: Vec<u8> = Vec::with_capacity(2 * BLOCK_BYTES);
    let (mut at, mut lines) = (vec![], 0);
    loop {
        let before = block.len();
        input.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut block)?;
        let is_end = block.len() == before;
        // The mark of UTF-8 before the first row is no part of it.
        let mut start = if lines == 0 && before == 0 && block.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        while start < block.len() {
            let end = match memchr::memchr(b'\n', &block[start..]) {
                Some(length) => start + length,
                None if is_end => block.len(),
                None => break,
            };
            let line = block[start..end].strip_suffix(b"\r").unwrap_or(&block[start..end]);
            if !line.is_empty() {
                let go_on = split(line, delimiter, &mut at) && each(&Cells { bytes: line, at: &at });
                if !go_on {
                    return Ok((lines, block.split_off(start)));
                }
            }
            lines += 1;
            start = end + 1;
        }
        block.drain(..start.min(block.len()));
        if is_end || block.len() > BLOCK_BYTES {
            return Ok((lines, block));
        }
    }
}

/// Where the cells of a line stand; `false` where it is not plain.
fn split(line: &[u8], delimiter: u8, at: &mut Vec<(usize, usize)>) -> bool {
    at.clear();
    if memchr::memchr(b'\r', line).is_some() {
        return false;
    }
    let mut from = 0;
    loop {
        let (cell, end) = if line.get(from) == Some(&b'"') {
            let Some(length) = memchr::memchr(b'"', &line[from + 1..]) else { return false };
            let close = from + 1 + length;
            if line.get(close + 1).is_some_and(|b| *b != delimiter) {
                return false;
            }
            ((from + 1, close), close + 1)
        } else {
            let end = memchr::memchr(delimiter, &line[from..]).map_or(line.len(), |length| from + length);
            ((from, end), end)
        };
        at.push(cell);
        if end >= line.len() {
            return true;
        }
        from = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of plain reading, and then of the general reader.
    fn rows(text: &str, delimiter: u8) -> (usize, Vec<Vec<String>>) {
        let words = |cells: &Cells<'_>| cells.iter().map(|c| String::from_utf8_lossy(c).into_owned()).collect::<Vec<_>>();
        let mut found = vec![];
        let mut input = text.as_bytes();
        let (_, rest) = plain_rows(&mut input, delimiter, |cells| {
            found.push(words(cells));
            true
        })
        .unwrap();
        let plain = found.len();
        let mut general = general(io::Cursor::new(rest).chain(input), delimiter);
        found.append(&mut general);
        (plain, found)
    }

    fn general(input: impl Read, delimiter: u8) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(input);
        let mut at = vec![];
        let rows =
            reader.byte_records().map(|r| Cells::of(&r.unwrap(), &mut at).iter().map(|c| String::from_utf8_lossy(c).into()).collect());
        rows.collect()
    }

    #[test]
    fn the_rows_are_those_of_the_general_reader() {
        let texts = [
            "a,b\r\n1,2\r\n",
            "\u{feff}\"a\",b\n1,2\n",
            "a,b\n\n\"1\",\"2\"\n3,\n,\n",
            "a\n\"one\ntwo\",x\nthree",
            "a\n\"he said \"\"no\"\"\",x\n4,5",
            "a\n\"1\"2,3\n4",
            "a\n1 \"2\",3\n",
            "a\r1,2\r3,4",
            "\"\",\n\"\"",
            "a;b\n1,5;2\n",
            "",
            "\n\n",
            "a,b\n\"never closed,1\n2,3\n",
        ];
        for text in texts {
            for delimiter in [b',', b';'] {
                assert_eq!(rows(text, delimiter).1, general(text.as_bytes(), delimiter), "{text:?}");
            }
        }
        assert_eq!(rows("a,b\n\"1\",2\n\"x\ny\",3\n4,5", b',').0, 2, "what stands on two lines is for the general reader");
    }

    #[test]
    fn rows_over_the_edge_of_a_block_and_rows_without_end() {
        let long = format!("{},1\n", "x".repeat(1_000));
        let text = long.repeat(BLOCK_BYTES / 500);
        let (plain, found) = rows(&text, b',');
        assert_eq!((plain, &found), (found.len(), &general(text.as_bytes(), b',')));
        let endless = format!("1,2\n{}", "x".repeat(3 * BLOCK_BYTES));
        let (plain, found) = rows(&endless, b',');
        assert_eq!((plain, found), (1, general(endless.as_bytes(), b',')));
    }
}
