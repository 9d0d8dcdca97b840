//! One file, gone on with where it was cut off.

use std::fs::{File, OpenOptions};
use std::io::{Error, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::disk;
use crate::fault::{Again, Fault, Kind};
use crate::web::{Answer, Web};

/// How often in all one file is asked for.
const MOST_REQUESTS: u32 = 200;

/// What came.
pub(crate) enum Came {
    /// The edition that is there already.
    NotModified,
    /// A file, still beside its place.
    Whole(Received),
}

/// A file beside its place.
pub(crate) struct Received {
    pub path: PathBuf,
    pub from: Address,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What is known of a file that was begun.
#[derive(Default, Serialize, Deserialize)]
struct Begun {
    url: String,
    etag: Option<String>,
    last_modified: Option<String>,
    total: Option<u64>,
}

impl Begun {
    /// What tells that the rest is of the same edition: nothing weaker is trusted.
    fn validator(&self) -> Option<&str> {
        self.etag.as_deref().filter(|tag| !tag.starts_with("W/")).or(self.last_modified.as_deref())
    }
}

/// What is fetched, and to where.
pub(crate) struct Job<'a> {
    pub web: &'a Web,
    pub url: &'a str,
    /// Where it goes in the end.
    pub place: &'a Path,
    /// The same, as messages show it.
    pub shown: &'a str,
    pub limit: u64,
    /// Headers that ask for another edition than the one that is there.
    pub unless: Vec<(&'static str, String)>,
}

/// Why no more was written.
enum Stop {
    Read(Error),
    Write(Error),
    TooLarge,
}

/// Fetches a file beside its place. What came of one that is cut off stays there for the next time.
pub(crate) fn download(job: &Job, say: &mut dyn FnMut(&str)) -> Result<Came, Fault> {
    let (mut tried, mut furthest) = (0, part_of(job).1);
    // Where answers from the first byte on ended too early.
    let mut ends: Vec<u64> = Vec::new();
    for _ in 0..MOST_REQUESTS {
        let fault = match once(job, &mut ends, say) {
            Ok(came) => return Ok(came),
            Err(fault) => fault,
        };
        let (begun, came) = part_of(job);
        tried = if came > furthest { 1 } else { tried + 1 };
        furthest = furthest.max(came);
        if fault.again == Again::No {
            return Err(fault);
        }
        if tried >= job.web.settings.tries {
            // The same end each time: it is the length that is wrong.
            let is_always = ends.len() > 1 && ends.iter().all(|end| *end == came && came > 0);
            let Some(announced) = begun.total.filter(|_| is_always && fault.kind == Kind::Cut) else { return Err(fault) };
            clear(job)?;
            return Err(Fault::wrong_length(&job.web.asked(job.url)?.host, came, announced));
        }
        job.web.wait(&fault, tried, say);
    }
    Err(Fault::cut_off(&job.web.asked(job.url)?.host, furthest, None))
}

/// What was begun, and how much of it is there; nothing where it is of another address.
fn part_of(job: &Job) -> (Begun, u64) {
    let about = std::fs::read(disk::beside(job.place, "about")).ok();
    let begun: Option<Begun> = about.and_then(|bytes| serde_json::from_slice(&bytes).ok()).filter(|b: &Begun| b.url == job.url);
    let part = disk::beside(job.place, "part");
    // What somebody put there, such as a link to elsewhere, is not gone on with.
    let length = std::fs::symlink_metadata(part).ok().filter(|about| about.is_file()).map_or(0, |about| about.len());
    begun.map_or_else(Default::default, |begun| (begun, length))
}

/// Takes away what was begun.
pub(crate) fn clear(job: &Job) -> Result<(), Fault> {
    for suffix in ["part", "about"] {
        disk::remove(&disk::beside(job.place, suffix)).map_err(|e| Fault::disk(job.shown, &e))?;
    }
    Ok(())
}

fn once(job: &Job, ends: &mut Vec<u64>, say: &mut dyn FnMut(&str)) -> Result<Came, Fault> {
    let (begun, there) = part_of(job);
    let goes_on = begun.validator().filter(|_| there > 0).map(str::to_owned);
    let headers = match &goes_on {
        Some(validator) => vec![("range", format!("bytes={there}-")), ("if-range", validator.clone())],
        None => job.unless.clone(),
    };
    let address = job.web.asked(job.url)?;
    let mut answer = job.web.ask(&address, &headers)?;
    let host = answer.from.host.clone();
    let from_byte = match answer.status {
        304 => {
            clear(job)?;
            return Ok(Came::NotModified);
        }
        416 if goes_on.is_some() && range_total(&answer) == Some(there) => return whole(job, &begun, answer.from),
        206 if goes_on.is_some() && range_start(&answer) == Some(there) && range_total(&answer) == begun.total => there,
        200 => 0,
        _ => {
            // Not the rest of what is there: from the beginning, then.
            clear(job)?;
            return Err(Fault::cut_off(&host, 0, None).soon());
        }
    };
    let total = if from_byte == 0 { answer.length() } else { begun.total };
    if total.is_some_and(|total| total > job.limit) {
        clear(job)?;
        return Err(Fault::too_large(&host, job.limit));
    }
    let begun = if from_byte == 0 {
        Begun { url: job.url.to_owned(), etag: answer.header("etag"), last_modified: answer.header("last-modified"), total }
    } else {
        say(&format!("going on from {}", megabytes(there)));
        begun
    };
    let mut file = open(job, from_byte, &begun).map_err(|e| Fault::disk(job.shown, &e))?;
    let mut shown = ShownEvery::new(total);
    let received = receive(&mut answer.body, &mut file, job.limit - from_byte, &mut |n| shown.at(from_byte + n, say));
    let synced = file.sync_all();
    match received {
        Err(Stop::Read(e)) => {
            let came = file.metadata().map_or(0, |about| about.len());
            if from_byte == 0 {
                ends.push(came);
            }
            Err(job.web.read_fault(&host, &e, came, total))
        }
        Err(Stop::Write(e)) => {
            let _ = clear(job);
            Err(Fault::disk(job.shown, &e))
        }
        Err(Stop::TooLarge) => {
            clear(job)?;
            Err(Fault::too_large(&host, job.limit))
        }
        Ok(n) if total.is_some_and(|total| from_byte + n != total) => Err(Fault::cut_off(&host, from_byte + n, total)),
        Ok(_) => {
            synced.map_err(|e| Fault::disk(job.shown, &e))?;
            whole(job, &begun, answer.from)
        }
    }
}

fn whole(job: &Job, begun: &Begun, from: Address) -> Result<Came, Fault> {
    let path = disk::beside(job.place, "part");
    Ok(Came::Whole(Received { path, from, etag: begun.etag.clone(), last_modified: begun.last_modified.clone() }))
}

/// The file that is written to, with what is known of it beside it.
fn open(job: &Job, from_byte: u64, begun: &Begun) -> std::io::Result<File> {
    if let Some(folder) = job.place.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let part = disk::beside(job.place, "part");
    if from_byte > 0 {
        return OpenOptions::new().append(true).open(part);
    }
    disk::remove(&part)?;
    disk::write(&disk::beside(job.place, "about"), &serde_json::to_vec(begun)?)?;
    File::create_new(part)
}

fn receive(from: &mut impl Read, to: &mut impl Write, limit: u64, at: &mut dyn FnMut(u64)) -> Result<u64, Stop> {
    let mut buffer = vec![0; 1 << 16];
    let mut came = 0;
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => return Ok(came),
            Ok(n) => n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(Stop::Read(e)),
        };
        came += n as u64;
        if came > limit {
            return Err(Stop::TooLarge);
        }
        to.write_all(&buffer[..n]).map_err(Stop::Write)?;
        at(came);
    }
}

/// `bytes 100-199/200`: the first byte of the rest.
fn range_start(answer: &Answer) -> Option<u64> {
    answer.header("content-range")?.strip_prefix("bytes ")?.split('-').next()?.trim().parse().ok()
}

/// `bytes 100-199/200` or `bytes */200`: how many bytes there are in all.
fn range_total(answer: &Answer) -> Option<u64> {
    answer.header("content-range")?.rsplit('/').next()?.trim().parse().ok()
}

/// Says how far a large file is, ten times in all.
struct ShownEvery {
    total: Option<u64>,
    next: u64,
    step: u64,
}

impl ShownEvery {
    fn new(total: Option<u64>) -> Self {
        let step = total.map_or(50 << 20, |total| (total / 10).max(10 << 20));
        Self { total, next: step, step }
    }

    fn at(&mut self, bytes: u64, say: &mut dyn FnMut(&str)) {
        if bytes >= self.next {
            let of = self.total.map_or(String::new(), |total| format!(" of {}", megabytes(total)));
            say(&format!("{}{of}", megabytes(bytes)));
            self.next = bytes + self.step;
        }
    }
}

/// A size as people say it.
pub(crate) fn megabytes(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} bytes"),
        10_000..=9_999_999 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_in_plain_words() {
        let mut full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let Err(Stop::Write(e)) = receive(&mut &[1_u8; 100][..], &mut full, 1000, &mut |_| {}) else { unreachable!("it was written") };
        let fault = Fault::disk("police/2026-01.zip", &e);
        assert!(fault.what.contains("the disk is full") && fault.next.contains("Make room"), "{fault:?}");
        assert!(matches!(receive(&mut &[1_u8; 100][..], &mut Vec::new(), 99, &mut |_| {}), Err(Stop::TooLarge)));
    }
}
