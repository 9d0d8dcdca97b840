//! Line ends of every kind as one, and no line without end.

use std::io::{self, Read};

use super::csv_file::LONGEST_LINE_BYTES;

/// Passes bytes through with every line end as `\n`, and fails with `InvalidData` on a line longer than [`LONGEST_LINE_BYTES`], before
/// memory fills up. Catalogues mix `\r\n` and `\r` within one file; with one kind of line end the numbers of lines are right.
pub(super) struct LineGuard<R> {
    input: R,
    since_line_end: usize,
    /// The byte before was `\r`, which has already gone out as a line end.
    after_cr: bool,
}

impl<R: Read> Read for LineGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.input.read(buffer)?;
            let kept = self.one_line_end(&mut buffer[..n]);
            let mut start = 0;
            for end in memchr::memchr_iter(b'\n', &buffer[..kept]) {
                self.since_line_end += end - start;
                if self.since_line_end > LONGEST_LINE_BYTES {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                (self.since_line_end, start) = (0, end + 1);
            }
            self.since_line_end += kept - start;
            if self.since_line_end > LONGEST_LINE_BYTES {
                return Err(io::ErrorKind::InvalidData.into());
            }
            // A read that held nothing but the second half of a line end is not the end of the file.
            if kept > 0 || n == 0 {
                return Ok(kept);
            }
        }
    }
}

impl<R> LineGuard<R> {
    pub fn new(input: R) -> Self {
        Self { input, since_line_end: 0, after_cr: false }
    }

    /// Turns `\r\n` and `\r` into `\n` in place; returns how many bytes are left.
    fn one_line_end(&mut self, bytes: &mut [u8]) -> usize {
        if !self.after_cr && memchr::memchr(b'\r', bytes).is_none() {
            return bytes.len();
        }
        let mut kept = 0;
        for i in 0..bytes.len() {
            let byte = bytes[i];
            if byte == b'\n' && self.after_cr {
                self.after_cr = false;
                continue;
            }
            self.after_cr = byte == b'\r';
            bytes[kept] = if self.after_cr { b'\n' } else { byte };
            kept += 1;
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_ends_become_one_even_when_a_read_splits_them() {
        struct Bytewise<'a>(&'a [u8]);
        impl Read for Bytewise<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
                (buffer[0], self.0) = (*first, rest);
                Ok(1)
            }
        }
        let mut text = String::new();
        let mut guard = LineGuard::new(Bytewise(b"a\r\nb\rc\n\nd\r\r\ne"));
        guard.read_to_string(&mut text).unwrap();
        assert_eq!(text, "a\nb\nc\n\nd\n\ne");
    }
}
