//! Pages of a service, each kept until all of them are there: who is cut off goes on with the next.

use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use crate::digest::name_of;
use crate::disk;
use crate::fault::Fault;
use crate::form::is_a_page;
use crate::web::Web;

/// For how long a page that came is good: a service goes on changing.
const GOOD_FOR: Duration = Duration::from_secs(6 * 3600);

/// Asks for pages, and keeps those that came.
pub(crate) struct Pages<'a> {
    pub web: &'a Web,
    /// Where they are kept.
    pub folder: PathBuf,
    /// Where all of it goes, as messages show it.
    pub shown: &'a str,
    /// How many bytes may still come.
    pub left: u64,
    pub limit: u64,
    pub say: &'a mut dyn FnMut(&str),
}

impl<'a> Pages<'a> {
    pub fn new(web: &'a Web, place: &std::path::Path, shown: &'a str, limit: u64, say: &'a mut dyn FnMut(&str)) -> Self {
        Self { web, folder: disk::beside(place, "pages"), shown, left: limit, limit, say }
    }

    /// The name of whom a page comes from.
    pub fn host(&self, url: &str) -> String {
        self.web.asked(url).map(|a| a.host).unwrap_or_default()
    }

    /// A page as JSON; one that came before is not asked for again.
    pub fn json(&mut self, url: &str) -> Result<Value, Fault> {
        let kept = self.folder.join(name_of(url));
        let is_good =
            std::fs::metadata(&kept).and_then(|about| about.modified()).is_ok_and(|then| then.elapsed().is_ok_and(|age| age < GOOD_FOR));
        if is_good && let Some(page) = std::fs::read(&kept).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            return Ok(page);
        }
        let bytes = self.bytes(url)?;
        let page = serde_json::from_slice(&bytes).map_err(|e| {
            let host = self.host(url);
            if is_a_page(&bytes) {
                Fault::a_page(&host, "JSON")
            } else {
                Fault::wrong_form(&host, "JSON", &format!("it stops making sense in line {}", e.line()))
            }
        })?;
        std::fs::create_dir_all(&self.folder).and_then(|()| disk::jot(&kept, &bytes)).map_err(|e| {
            let _ = disk::remove(&self.folder);
            Fault::disk(self.shown, &e)
        })?;
        Ok(page)
    }

    /// A whole answer in memory.
    pub fn bytes(&mut self, url: &str) -> Result<Vec<u8>, Fault> {
        let (web, left, limit) = (self.web, self.left, self.limit);
        let address = web.asked(url)?;
        let bytes = web.patiently(self.say, || {
            let answer = web.ask(&address, &[])?;
            let (host, announced, status) = (answer.from.host.clone(), answer.length(), answer.status);
            if status != 200 {
                return Err(Fault::status(&host, answer.from.path(), status));
            }
            let mut bytes = Vec::new();
            let mut body = answer.body.take(left + 1);
            body.read_to_end(&mut bytes).map_err(|e| web.read_fault(&host, &e, bytes.len() as u64, announced))?;
            if bytes.len() as u64 > left {
                return Err(Fault::too_large(&host, limit));
            }
            Ok(bytes)
        })?;
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// Takes away the pages that were kept.
    pub fn clear(&self) -> Result<(), Fault> {
        disk::remove(&self.folder).map_err(|e| Fault::disk(self.shown, &e))
    }
}
