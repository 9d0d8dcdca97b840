//! A server that does as it is told, well or badly, and a study folder to fetch into.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gapmap_fetch::{Fault, Fetcher, Form, Got, How, Settings, Want};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    pub headers: BTreeMap<String, String>,
}

impl Request {
    /// The value of a part of the question.
    pub fn asks(&self, name: &str) -> Option<String> {
        let asked = self.path.split_once('?')?.1;
        let (_, value) = asked.split('&').filter_map(|p| p.split_once('=')).find(|(n, _)| *n == name)?;
        let mut bytes = Vec::new();
        let mut rest = value.bytes();
        while let Some(b) = rest.next() {
            let hex = |b: u8| char::from(b).to_digit(16).unwrap() as u8;
            bytes.push(if b == b'%' { hex(rest.next().unwrap()) * 16 + hex(rest.next().unwrap()) } else { b });
        }
        Some(String::from_utf8(bytes).unwrap())
    }
}

/// The bytes of an answer, and whether the line is then held without a word.
pub struct Reply(pub Vec<u8>, pub bool);

/// An answer with headers of its own.
pub fn reply(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut text = format!("HTTP/1.1 {status}\r\nconnection: close\r\n");
    if !headers.iter().any(|(n, _)| *n == "content-length") {
        text += &format!("content-length: {}\r\n", body.len());
    }
    headers.iter().for_each(|(name, value)| text += &format!("{name}: {value}\r\n"));
    let mut bytes = (text + "\r\n").into_bytes();
    bytes.extend(body);
    Reply(bytes, false)
}

pub fn ok(body: impl AsRef<[u8]>) -> Reply {
    reply("200 OK", &[], body.as_ref())
}

/// A file as a good server gives it: editions, ranges, conditions.
pub fn file(request: &Request, body: &[u8], tag: &str) -> Reply {
    let of = |name: &str| request.headers.get(name).map(String::as_str);
    if of("if-none-match") == Some(tag) {
        return reply("304 Not Modified", &[("etag", tag)], b"");
    }
    let from = of("range")
        .filter(|_| of("if-range") == Some(tag))
        .and_then(|r| r.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    match from {
        Some(from) if from >= body.len() => {
            reply("416 Range Not Satisfiable", &[("content-range", &format!("bytes */{}", body.len()))], b"")
        }
        Some(from) => {
            let range = format!("bytes {from}-{}/{}", body.len() - 1, body.len());
            reply("206 Partial Content", &[("etag", tag), ("content-range", &range)], &body[from..])
        }
        None => reply("200 OK", &[("etag", tag), ("content-type", "application/octet-stream")], body),
    }
}

/// The same answer, cut off after so many bytes of its body.
pub fn cut(reply: Reply, after: usize) -> Reply {
    let head = reply.0.windows(4).position(|w| w == b"\r\n\r\n").unwrap() + 4;
    Reply(reply.0[..(head + after).min(reply.0.len())].to_vec(), false)
}

/// A server on a port of this machine.
pub struct Server {
    pub base: String,
    log: Arc<Mutex<Vec<Request>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Answers each request; the number tells how many were before it.
    pub fn new(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (log, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (answer, seen, halted) = (Arc::new(answer), log.clone(), stop.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if halted.load(Ordering::SeqCst) {
                    return;
                }
                let (answer, seen, halted) = (answer.clone(), seen.clone(), halted.clone());
                std::thread::spawn(move || talk(stream, &*answer, &seen, &halted));
            }
        });
        Self { base, log, stop }
    }

    /// All that was asked since the last time.
    pub fn asked(&self) -> Vec<Request> {
        std::mem::take(&mut self.log.lock().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.base.trim_start_matches("http://"));
    }
}

fn talk(mut stream: TcpStream, answer: &(dyn Fn(&Request, usize) -> Reply + Send + Sync), log: &Mutex<Vec<Request>>, halted: &AtomicBool) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    if reader.read_line(&mut line).is_err() || line.is_empty() {
        return;
    }
    let mut request = Request { path: line.split(' ').nth(1).unwrap_or_default().to_owned(), headers: BTreeMap::new() };
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).is_err() || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            request.headers.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    let number = {
        let mut log = log.lock().unwrap();
        log.push(request.clone());
        log.len() - 1
    };
    let Reply(bytes, hold) = answer(&request, number);
    let _ = stream.write_all(&bytes);
    while hold && !halted.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
    let _ = stream.read(&mut [0; 64]);
}

/// A folder of its own, gone at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("gapmap-fetch-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub fn has(&self, path: &str) -> bool {
        self.0.join(path).exists()
    }

    /// Every file, hidden ones too.
    pub fn files(&self) -> Vec<String> {
        let (mut found, mut waiting) = (Vec::new(), vec![self.0.clone()]);
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path)
                } else {
                    found.push(path.strip_prefix(&self.0).unwrap().to_string_lossy().into_owned())
                }
            }
        }
        found.sort();
        found
    }

    /// Those that a source would read.
    pub fn shown(&self) -> Vec<String> {
        self.files().into_iter().filter(|f| !f.split('/').any(|part| part.starts_with('.'))).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Impatient settings.
pub fn settings(server: &Server) -> Settings {
    Settings {
        base: Some(server.base.clone()),
        renew: false,
        connect: Duration::from_secs(20),
        silence: Duration::from_secs(20),
        tries: 3,
        pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(1500),
    }
}

/// A file that is wanted.
pub fn want(place: &str) -> Want {
    Want {
        source: "a source".into(),
        address: format!("https://files.example.org/{place}"),
        months: None,
        place: place.into(),
        folder: None,
        how: How::File,
        form: Form::of_name(place),
        limit: 1 << 20,
        md5: None,
        licence: "Open Government Licence v3.0".into(),
        attribution: "Contains public sector information".into(),
    }
}

/// One run of the program.
pub fn run(folder: &Folder, settings: Settings, want: &Want) -> Result<Got, Fault> {
    Fetcher::new(&folder.0, settings)?.fetch(want, &mut |_| {})
}
