//! Labels that may not be printed, in the ledger of releases: as tokens that only the key beside the ledger leads back to.
//!
//! An earlier count is linked with a new one by its categories, so the ledger must know them again. A label that somebody typed may be
//! a name or an address: in its place stands a keyed digest, which nobody can guess at without the key.

use std::path::Path;

use rand::TryRngCore;
use sha2::{Digest, Sha256};

use super::chain::plain_file;
use super::records::{EarlierCell, RELEASES_FOLDER};
use crate::diagnostics::{Code, Place, Problems};
use crate::disk::write_private;

/// What a token begins with.
pub(crate) const MARK: char = '~';
/// How many hexadecimal digits follow.
const DIGITS: usize = 16;
const KEY_BYTES: usize = 32;
pub(crate) const KEY_FILE: &str = "key";
/// The block of SHA-256, for the two passes of HMAC.
const BLOCK_BYTES: usize = 64;

/// The key of a ledger; made when the first token is needed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LabelKey {
    key: Option<[u8; KEY_BYTES]>,
    is_new: bool,
}

impl LabelKey {
    /// The key in the folder of the ledger, where it has one. One that cannot be read stops the run.
    pub fn read(folder: &Path, problems: &mut Problems) -> Self {
        let path = folder.join(KEY_FILE);
        match std::fs::symlink_metadata(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Self::default(),
            _ => {
                // Whoever can turn a link can put a key of theirs in its place, and try labels on the tokens.
                let key = plain_file(&path).and_then(|bytes| bytes.try_into().ok());
                if key.is_none() {
                    let next = "Put the file back as it was, from a copy: without it earlier counts of these labels cannot be known again.";
                    let place = Place::file(format!("{}/{KEY_FILE}", RELEASES_FOLDER));
                    problems.error(Code::S310, place, "the key of the ledger of releases cannot be read", next);
                }
                Self { key, is_new: false }
            }
        }
    }

    /// Reports that the key is gone while earlier packs name labels by it: their counts could not be known again.
    pub fn check(&self, cells: &[EarlierCell], problems: &mut Problems) {
        let by_token = cells.iter().flat_map(|c| &c.categories).any(|c| c.starts_with(MARK));
        if by_token && (self.key.is_none() || self.is_new) {
            let next = "Put the file back as it was, from a copy: without it earlier counts of these labels cannot be known again.";
            let place = Place::file(format!("{}/{KEY_FILE}", RELEASES_FOLDER));
            problems.error(Code::S310, place, "the key of the ledger of releases is missing", next);
        }
    }

    /// Whether there is one.
    pub(crate) fn is_there(&self) -> bool {
        self.key.is_some()
    }

    /// The token of a label, where there is a key.
    pub(crate) fn token_of(&self, source: &str, label: &str) -> Option<String> {
        self.key.as_ref().map(|key| token(key, source, label))
    }

    /// The token of a label, by a key that is made where there is none; `None` where the machine gives no random numbers.
    pub(crate) fn new_token(&mut self, source: &str, label: &str) -> Option<String> {
        self.key().map(|key| token(&key, source, label))
    }

    /// The key, made where there is none yet.
    fn key(&mut self) -> Option<[u8; KEY_BYTES]> {
        if self.key.is_none() {
            let mut made = [0; KEY_BYTES];
            rand::rngs::OsRng.try_fill_bytes(&mut made).ok()?;
            (self.key, self.is_new) = (Some(made), true);
        }
        self.key
    }

    /// Writes a key that was made in this run into the folder of the ledger. It must be there before the record that needs it.
    ///
    /// # Errors
    /// Where it cannot be written, or a link stands in its place.
    pub fn keep(&self, folder: &Path) -> std::io::Result<()> {
        let Some(key) = self.key.filter(|_| self.is_new) else { return Ok(()) };
        std::fs::create_dir_all(folder)?;
        write_private(folder, KEY_FILE, &key)
    }
}

impl std::fmt::Debug for LabelKey {
    /// A key is never printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LabelKey").field("is_there", &self.key.is_some()).finish()
    }
}

/// HMAC-SHA-256 of a label, cut short.
fn token(key: &[u8; KEY_BYTES], source: &str, label: &str) -> String {
    let pad = |with: u8| -> Vec<u8> { (0..BLOCK_BYTES).map(|i| key.get(i).copied().unwrap_or(0) ^ with).collect() };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(source).chain_update([0]).chain_update(label).finalize();
    let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
    let digits: String = outer.iter().map(|b| format!("{b:02x}")).collect();
    format!("{MARK}{}", &digits[..DIGITS])
}
