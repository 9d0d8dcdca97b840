//! Digests of files.

use std::fs::File;
use std::io::{Read, Result};
use std::path::Path;

use md5::Md5;
use sha2::{Digest, Sha256};

fn of<D: Digest>(path: &Path) -> Result<String> {
    let mut file = File::open(path)?;
    let mut digest = D::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&digest.finalize())),
            n => digest.update(&buffer[..n]),
        }
    }
}

/// SHA-256 of a file.
pub fn sha256(path: &Path) -> Result<String> {
    of::<Sha256>(path)
}

/// MD5 of a file: against damage, as publishers give it, and against nothing else.
pub fn md5(path: &Path) -> Result<String> {
    of::<Md5>(path)
}

/// A short name for a text that is none.
pub fn name_of(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))[..24].to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
