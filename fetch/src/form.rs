//! Whether a file is what it must be, before it is put in place.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use crate::fault::Fault;
use crate::want::Form;

/// The first bytes of a file.
const HEAD: u64 = 4096;

/// Looks at a file as it came.
pub fn check(path: &Path, form: Form, host: &str, shown: &str) -> Result<(), Fault> {
    let disk = |e| Fault::disk(shown, &e);
    let mut head = Vec::new();
    File::open(path).map_err(disk)?.take(HEAD).read_to_end(&mut head).map_err(disk)?;
    if is_a_page(&head) {
        return Err(Fault::a_page(host, form.words()));
    }
    let wrong = |why: &str| Fault::wrong_form(host, form.words(), why);
    if head.is_empty() {
        return Err(wrong("it is empty"));
    }
    match form {
        Form::Zip | Form::Xlsx => {
            if !head.starts_with(b"PK") {
                return Err(wrong("it does not begin as an archive does"));
            }
            let archive = zip::ZipArchive::new(BufReader::new(File::open(path).map_err(disk)?));
            match archive {
                Ok(archive) if !archive.is_empty() => Ok(()),
                Ok(_) => Err(wrong("nothing is in it")),
                Err(_) => Err(wrong("its list of contents is missing or damaged")),
            }
        }
        Form::Json => {
            let file = BufReader::new(File::open(path).map_err(disk)?);
            serde_json::from_reader::<_, serde::de::IgnoredAny>(file)
                .map(|_| ())
                .map_err(|e| wrong(&format!("it stops making sense in line {}", e.line())))
        }
        Form::Csv => {
            let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
            let is_utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
            if !is_utf16 && (head.contains(&0) || head.starts_with(b"PK")) {
                return Err(wrong("it is not text"));
            }
            if matches!(head.iter().find(|b| !b.is_ascii_whitespace()), Some(b'{' | b'[')) {
                return Err(wrong("it is JSON"));
            }
            if is_utf16 || first.iter().any(|b| b",;\t".contains(b)) { Ok(()) } else { Err(wrong("its first line has one column")) }
        }
        Form::Pbf => match head.windows(9).any(|w| w == b"OSMHeader") {
            true => Ok(()),
            false => Err(wrong("it does not begin as one does")),
        },
        Form::Any => Ok(()),
    }
}

/// Whether something begins as a web page does.
pub fn is_a_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let behind = |text: &str| text.split_once("-->").map(|(_, rest)| rest.trim_start().to_owned());
    let text = if text.starts_with("<!--") { behind(text).unwrap_or_default() } else { text.to_owned() };
    text.starts_with("<!doctype html")
        || text.starts_with("<html")
        || text.starts_with("<head")
        || (text.starts_with("<?xml") && text.contains("<html"))
}
