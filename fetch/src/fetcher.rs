//! From what is wanted to what is in place: what is there already, what is new, what was replaced.

use std::borrow::Cow;
use std::fs::File;
use std::io::BufReader;
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use crate::day;
use crate::digest;
use crate::disk;
use crate::fault::{Fault, Kind};
use crate::file::{Came, Job, Received, clear, download, megabytes};
use crate::form;
use crate::manifest::{Earlier, Entry, Manifest};
use crate::pages::Pages;
use crate::restated;
use crate::want::{Form, How, Want};
use crate::web::{Settings, Web};
use crate::{arcgis, open_referral};

/// Fetches for one study.
pub struct Fetcher {
    web: Web,
    root: PathBuf,
    manifest: Manifest,
}

/// What became of something that was wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Got {
    /// It was fetched before, and nobody was asked.
    There,
    /// Something is there that was never fetched: it is left alone.
    Yours,
    /// The publisher has nothing newer.
    Unchanged,
    /// It was fetched: its size in words.
    New(String),
    /// It was fetched in the place of an earlier edition.
    Restated {
        /// What the publisher changed.
        told: String,
        /// Where the earlier edition is kept.
        kept: String,
    },
}

/// Something that came, beside its place.
struct Ready {
    path: PathBuf,
    came_from: Option<String>,
    etag: Option<String>,
    last_modified: Option<String>,
    records: Option<usize>,
}

impl Fetcher {
    /// Begins with what was fetched before for the study of a folder.
    ///
    /// # Errors
    /// Where the manifest cannot be read, or the base is no address.
    pub fn new(root: &Path, settings: Settings) -> Result<Self, Fault> {
        Ok(Self { web: Web::new(settings)?, root: root.to_path_buf(), manifest: Manifest::read(root)? })
    }

    /// What was fetched so far.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Fetches something that is wanted, unless it is there.
    ///
    /// # Errors
    /// Where it cannot be had; what was in its place is then as it was.
    pub fn fetch(&mut self, want: &Want, say: &mut dyn FnMut(&str)) -> Result<Got, Fault> {
        if want.folder.as_deref().is_some_and(|folder| self.is_theirs(folder)) {
            return Ok(Got::Yours);
        }
        if want.months.is_some() && !self.web.settings.renew {
            let behind = want.place.split("{month}").next().unwrap_or_default();
            let before: Vec<String> = self
                .manifest
                .files
                .iter()
                .filter(|e| e.place.starts_with(behind) && e.source == want.source)
                .map(|e| e.place.clone())
                .collect();
            if before.iter().any(|place| self.root.join(place).is_file()) {
                return before.iter().try_for_each(|place| self.untouched(place).map(|_| ())).map(|()| Got::There);
            }
        }
        let want = self.of_the_newest_month(want, say)?;
        let place = self.place(&want.place)?;
        let known = self.manifest.at(&want.place).cloned();
        let here = self.untouched(&want.place)?;
        let is_the_one = known.as_ref().is_some_and(|k| k.url == asked(&want) && here.as_ref() == Some(&k.sha256));
        match (&known, &here) {
            (None, Some(_)) => return Ok(Got::Yours),
            _ if is_the_one && !self.web.settings.renew => return Ok(Got::There),
            _ => {}
        }
        let unless = known.as_ref().filter(|_| is_the_one && want.how == How::File).map(conditional).unwrap_or_default();
        let done = match self.get(&want, &place, unless, say) {
            Ok(None) => Ok(Got::Unchanged),
            Ok(Some(ready)) => self.put(&want, &place, ready, known, here),
            Err(fault) => Err(fault),
        };
        // A full disk is left no fuller.
        if done.as_ref().is_err_and(|fault| fault.kind == Kind::Disk) {
            ["part", "about", "whole", "pages"].iter().for_each(|suffix| drop(disk::remove(&disk::beside(&place, suffix))));
        }
        done
    }

    /// Where something goes on the disk. No link and no `..` leads out of the study.
    fn place(&self, place: &str) -> Result<PathBuf, Fault> {
        let path = Path::new(place);
        if place.is_empty() || path.components().any(|c| !matches!(c, Component::Normal(_))) {
            return Err(Fault::in_the_way(place));
        }
        let mut at = self.root.clone();
        let last = path.components().count() - 1;
        for (i, part) in path.components().enumerate() {
            at.push(part);
            let about = std::fs::symlink_metadata(&at);
            if about.is_ok_and(|about| if i == last { !about.is_file() } else { !about.is_dir() }) {
                return Err(Fault::in_the_way(place));
            }
        }
        Ok(at)
    }

    /// Whether a folder holds files, none of which was fetched.
    fn is_theirs(&self, folder: &str) -> bool {
        let within = format!("{folder}/");
        if self.manifest.files.iter().any(|e| e.place.starts_with(&within)) {
            return false;
        }
        let entries = std::fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten();
        entries.into_iter().any(|e| !e.file_name().to_string_lossy().starts_with('.'))
    }

    /// The digest of the file in a place, where it is one that was fetched; of another where none was.
    fn untouched(&self, place: &str) -> Result<Option<String>, Fault> {
        let path = self.place(place)?;
        if !path.is_file() {
            return Ok(None);
        }
        let here = digest::sha256(&path).map_err(|e| Fault::disk(place, &e))?;
        match self.manifest.at(place) {
            // Stopped between the manifest and the file: the earlier edition is still in place.
            Some(entry) if entry.sha256 != here && entry.earlier.last().is_none_or(|e| e.sha256 != here) => Err(Fault::changed_here(place)),
            _ => Ok(Some(here)),
        }
    }

    fn of_the_newest_month<'w>(&self, want: &'w Want, say: &mut dyn FnMut(&str)) -> Result<Cow<'w, Want>, Fault> {
        let Some(list) = &want.months else { return Ok(Cow::Borrowed(want)) };
        let mut pages = Pages::new(&self.web, &self.root.join(".months"), &want.place, 10 << 20, say);
        let host = pages.host(list);
        let bytes = pages.bytes(list)?;
        let months: Value = serde_json::from_slice(&bytes).map_err(|_| match form::is_a_page(&bytes) {
            true => Fault::a_page(&host, "a list of months"),
            false => Fault::wrong_form(&host, "a list of months", "it is not JSON"),
        })?;
        let dates = months.as_array().map(|l| l.iter().filter_map(|m| m.get("date")?.as_str()).filter(|m| is_month(m)).max());
        let month = dates.flatten().ok_or_else(|| Fault::other_schema(&host, "the `date` of a month"))?;
        let mut of_month = want.clone();
        of_month.address = want.address.replace("{month}", month);
        of_month.place = want.place.replace("{month}", month);
        Ok(Cow::Owned(of_month))
    }

    /// Gets it beside its place and looks at it; `None` where the edition that is there is the newest.
    fn get(
        &self,
        want: &Want,
        place: &Path,
        unless: Vec<(&'static str, String)>,
        say: &mut dyn FnMut(&str),
    ) -> Result<Option<Ready>, Fault> {
        let members = match &want.how {
            How::File | How::Member(_) => return self.get_file(want, place, unless, say),
            How::ArcgisFeatures(members) | How::ArcgisTable(members) => Some(members),
            How::OpenReferral => None,
        };
        let mut pages = Pages::new(&self.web, place, &want.place, want.limit, say);
        let (bytes, records) = match (members, &want.how) {
            (Some(members), How::ArcgisFeatures(_)) => arcgis::features(&mut pages, &want.address, members)?,
            (Some(members), _) => arcgis::table(&mut pages, &want.address, members)?,
            (None, _) => open_referral::services(&mut pages, &want.address)?,
        };
        let path = disk::beside(place, "whole");
        let folder = place.parent().map_or(Ok(()), std::fs::create_dir_all);
        folder.and_then(|()| disk::write(&path, &bytes)).map_err(|e| Fault::disk(&want.place, &e))?;
        pages.clear()?;
        Ok(Some(Ready { path, came_from: None, etag: None, last_modified: None, records: Some(records) }))
    }

    fn get_file(
        &self,
        want: &Want,
        place: &Path,
        unless: Vec<(&'static str, String)>,
        say: &mut dyn FnMut(&str),
    ) -> Result<Option<Ready>, Fault> {
        let job = Job { web: &self.web, url: &want.address, place, shown: &want.place, limit: want.limit, unless };
        let received = match download(&job, say)? {
            Came::NotModified => return Ok(None),
            Came::Whole(received) => received,
        };
        let looked = self.looked_at(want, place, &received, say);
        if looked.is_err() {
            clear(&job)?;
        }
        let path = looked?;
        let asked = self.web.asked(&want.address)?;
        let came_from =
            (received.from != asked).then(|| format!("{}://{}{}", received.from.scheme, received.from.host, received.from.path()));
        Ok(Some(Ready { path, came_from, etag: received.etag, last_modified: received.last_modified, records: None }))
    }

    /// Whether what came is what it must be; the file to put in place.
    fn looked_at(&self, want: &Want, place: &Path, received: &Received, say: &mut dyn FnMut(&str)) -> Result<PathBuf, Fault> {
        let host = &received.from.host;
        let member = if let How::Member(ending) = &want.how { Some(ending) } else { None };
        form::check(&received.path, if member.is_some() { Form::Zip } else { want.form }, host, &want.place)?;
        if let Some(address) = &want.md5 {
            let mut pages = Pages::new(&self.web, place, &want.place, 1 << 20, say);
            let text = pages.bytes(address)?;
            let text = String::from_utf8_lossy(&text).to_lowercase();
            let given = text.split_whitespace().find(|w| w.len() == 32 && w.chars().all(|c| c.is_ascii_hexdigit()));
            let given = given.ok_or_else(|| Fault::other_schema(host, "an MD5 checksum where one should be"))?;
            if digest::md5(&received.path).map_err(|e| Fault::disk(&want.place, &e))? != given {
                return Err(Fault::digest(host, "that is published beside it"));
            }
        }
        let Some(ending) = member else { return Ok(received.path.clone()) };
        let taken = taken_out(&received.path, ending, &disk::beside(place, "whole"), want, host);
        let path = taken.inspect_err(|_| drop(disk::remove(&disk::beside(place, "whole"))))?;
        form::check(&path, want.form, host, &want.place)?;
        Ok(path)
    }

    /// Puts it in place, with its line in the manifest; what was there is kept.
    fn put(&mut self, want: &Want, place: &Path, ready: Ready, known: Option<Entry>, here: Option<String>) -> Result<Got, Fault> {
        let disk_fault = |e: std::io::Error| Fault::disk(&want.place, &e);
        let sha256 = digest::sha256(&ready.path).map_err(disk_fault)?;
        let bytes = std::fs::metadata(&ready.path).map_err(disk_fault)?.len();
        let now = day::now();
        let mut entry = Entry {
            place: want.place.clone(),
            source: want.source.clone(),
            url: asked(want),
            came_from: ready.came_from,
            fetched: now.clone(),
            bytes,
            sha256: sha256.clone(),
            records: ready.records,
            etag: ready.etag,
            last_modified: ready.last_modified,
            licence: want.licence.clone(),
            attribution: want.attribution.clone(),
            earlier: known.as_ref().map(|k| k.earlier.clone()).unwrap_or_default(),
        };
        let mut got = Got::New(megabytes(bytes));
        let is_same = here.as_ref() == Some(&sha256);
        match (&here, &known) {
            _ if is_same => {
                entry.fetched = known.map_or(now, |k| k.fetched);
                got = Got::Unchanged;
            }
            (Some(old), Some(known)) => {
                let told = restated::told(place, &ready.path, want.form);
                let kept = format!("fetched/before-{}-{}/{}", &now[..10], &old[..8], want.place);
                disk::keep(place, &self.root.join(&kept)).map_err(disk_fault)?;
                if entry.earlier.last().is_none_or(|e| e.sha256 != *old) {
                    let earlier =
                        Earlier { place: kept.clone(), fetched: known.fetched.clone(), sha256: old.clone(), restated: told.clone() };
                    entry.earlier.push(earlier);
                }
                got = Got::Restated { told, kept };
            }
            _ => {}
        }
        self.manifest.put(entry);
        self.manifest.write(&self.root)?;
        if !is_same {
            disk::put(&ready.path, place).map_err(disk_fault)?;
        }
        for suffix in ["part", "about", "whole"] {
            disk::remove(&disk::beside(place, suffix)).map_err(disk_fault)?;
        }
        Ok(got)
    }
}

/// What is asked for, as the manifest tells it: the address, and which records of it.
fn asked(want: &Want) -> String {
    use crate::want::Members;
    match &want.how {
        How::File | How::OpenReferral | How::ArcgisFeatures(Members::All) | How::ArcgisTable(Members::All) => want.address.clone(),
        How::Member(ending) => format!("{}#{ending}", want.address),
        How::ArcgisFeatures(Members::With(field, values)) | How::ArcgisTable(Members::With(field, values)) => {
            format!("{}#{field}={}", want.address, values.join(","))
        }
        How::ArcgisFeatures(Members::Of { of, values, .. }) | How::ArcgisTable(Members::Of { of, values, .. }) => {
            format!("{}#{of}={}", want.address, values.join(","))
        }
    }
}

/// Headers that ask for another edition than this.
fn conditional(entry: &Entry) -> Vec<(&'static str, String)> {
    let tag = entry.etag.clone().map(|tag| ("if-none-match", tag));
    let date = entry.last_modified.clone().map(|date| ("if-modified-since", date));
    tag.into_iter().chain(date).collect()
}

fn is_month(text: &str) -> bool {
    text.len() == 7 && text.bytes().enumerate().all(|(i, b)| if i == 4 { b == b'-' } else { b.is_ascii_digit() })
}

/// Takes the one file out of an archive whose name ends so.
fn taken_out(archive: &Path, ending: &str, to: &Path, want: &Want, host: &str) -> Result<PathBuf, Fault> {
    let disk_fault = |e: std::io::Error| Fault::disk(&want.place, &e);
    let wrong = |why: &str| Fault::wrong_form(host, "the archive that is meant", why);
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(archive).map_err(disk_fault)?)).map_err(|_| wrong("it is damaged"))?;
    let number = archive.len();
    let mut is_it = |i: &usize| archive.by_index_raw(*i).is_ok_and(|f| f.name().is_ok_and(|name| name.ends_with(ending)));
    let found: Vec<usize> = (0..number).filter(&mut is_it).collect();
    let [at] = found[..] else { return Err(wrong(&format!("{} files in it end with `{ending}`", found.len()))) };
    let mut inside = archive.by_index(at).map_err(|_| wrong("it is damaged"))?;
    disk::remove(to).map_err(disk_fault)?;
    let mut file = File::create_new(to).map_err(disk_fault)?;
    let mut limited = std::io::Read::take(&mut inside, want.limit + 1);
    let n = std::io::copy(&mut limited, &mut file).map_err(|e| match e.kind() {
        std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput | std::io::ErrorKind::UnexpectedEof => wrong("it is damaged"),
        _ => Fault::disk(&want.place, &e),
    })?;
    if n > want.limit {
        return Err(Fault::too_large(host, want.limit));
    }
    Ok(to.to_path_buf())
}
