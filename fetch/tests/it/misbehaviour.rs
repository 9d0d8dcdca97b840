//! Every way in which a server, or what stands between, may misbehave: a plain message, and nothing partial in place.

use std::time::{Duration, Instant};

use gapmap_fetch::{Fault, Form, Got, Kind};

use crate::files::archive;
use crate::server::{Folder, Reply, Request, Server, cut, file, ok, reply, run, settings, want};

const TABLE: &[u8] = b"area,count\nE01000001,12\n";

/// What comes of a server: always a fault with a next step, never a file.
fn fault_of(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static, place: &str) -> (Fault, usize) {
    fault_within(20_000, answer, place)
}

/// The same, where nobody waits longer than so many milliseconds for a word.
fn fault_within(wait: u64, answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static, place: &str) -> (Fault, usize) {
    let (folder, server) = (Folder::new(), Server::new(answer));
    let mut settings = settings(&server);
    settings.silence = Duration::from_millis(wait);
    let fault = run(&folder, settings, &want(place)).unwrap_err();
    assert!(folder.shown().is_empty(), "{:?} is in place", folder.shown());
    assert!(!fault.what.is_empty() && fault.next.ends_with('.') && fault.next.len() > 15, "{fault:?}");
    assert!(!fault.what.contains("Error") && !fault.what.contains("Os {"), "{fault:?}");
    (fault, server.asked().len())
}

#[test]
fn statuses_are_told_in_plain_words_and_tried_again_where_it_may_help() {
    for (status, kind, says, tries) in [
        ("404 Not Found", Kind::Missing, "is not there", 1),
        ("410 Gone", Kind::Missing, "is not there", 1),
        ("401 Unauthorized", Kind::Refused, "does not give it", 1),
        ("403 Forbidden", Kind::Refused, "does not give it", 1),
        ("407 Proxy Authentication Required", Kind::Unreached, "proxy", 1),
        ("418 I'm a teapot", Kind::Refused, "418", 1),
        ("204 No Content", Kind::Refused, "204", 1),
        ("429 Too Many Requests", Kind::Refused, "too often", 3),
        ("500 Internal Server Error", Kind::Refused, "fault of its own", 3),
        ("503 Service Unavailable", Kind::Refused, "fault of its own", 3),
        ("302 Found", Kind::Refused, "302", 1),
    ] {
        let (fault, asked) = fault_of(move |_, _| reply(status, &[], b"<html>sorry</html>"), "t.csv");
        assert_eq!((fault.kind, asked), (kind, tries), "{status}: {fault:?}");
        assert!(fault.what.contains(says), "{status}: {fault:?}");
    }
}

#[test]
fn who_is_busy_is_given_the_time_that_it_asks_for() {
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let server = Server::new(move |r, n| if n == 0 { reply(status, &[("retry-after", "1")], b"") } else { file(r, TABLE, "\"a\"") });
        let (folder, began) = (Folder::new(), Instant::now());
        assert!(matches!(run(&folder, settings(&server), &want("t.csv")), Ok(Got::New(_))));
        assert!(began.elapsed() >= Duration::from_secs(1) && server.asked().len() == 2);
        // Longer than anybody waits: it says when to come back.
        let (fault, asked) = fault_of(move |_, _| reply(status, &[("retry-after", "7200")], b""), "t.csv");
        assert!(fault.what.contains("120 minutes") && asked == 1, "{fault:?}");
        let (fault, _) = fault_of(move |_, _| reply(status, &[("retry-after", "Wed, 01 Jan 2200 00:00:00 GMT")], b""), "t.csv");
        assert!(fault.what.contains("minutes"), "{fault:?}");
    }
    let server = Server::new(|r, n| if n < 2 { reply("500 Internal Server Error", &[], b"") } else { file(r, TABLE, "\"a\"") });
    assert!(run(&Folder::new(), settings(&server), &want("t.csv")).is_ok());
}

#[test]
fn nobody_is_sent_round_in_circles_or_to_another_kind_of_address() {
    let to = |place: &'static str| move |_: &Request, _| reply("302 Found", &[("location", place)], b"");
    let (fault, asked) = fault_of(to("/files.example.org/t.csv"), "t.csv");
    assert!(fault.kind == Kind::Refused && fault.what.contains("lead back") && asked == 1, "{fault:?}");
    let (fault, asked) = fault_of(|_, n| reply("301 Moved", &[("location", &format!("/next/{n}"))], b""), "t.csv");
    assert!(fault.what.contains("never end") && asked < 12, "{fault:?}");
    for place in ["ftp://files.example.org/t.csv", "file:///etc/passwd", "data:text/plain,hello"] {
        let (fault, _) = fault_of(to(place), "t.csv");
        assert_eq!(fault.kind, Kind::Refused, "{place}: {fault:?}");
    }
    // Where a copy is named, nobody else is asked.
    let (fault, _) = fault_of(to("http://elsewhere.example.org/t.csv"), "t.csv");
    assert!(fault.what.contains("elsewhere.example.org"), "{fault:?}");
    // One step to another path is followed, and told in the manifest.
    let server = Server::new(|r, _| {
        if r.path.ends_with("/t.csv") { reply("307 Moved", &[("location", "../cdn/u.csv?k=v")], b"") } else { file(r, TABLE, "\"a\"") }
    });
    let folder = Folder::new();
    assert!(run(&folder, settings(&server), &want("t.csv")).is_ok());
    assert!(folder.text("fetched.json").contains("/cdn/u.csv\"") && !folder.text("fetched.json").contains("k=v"));
}

#[test]
fn silence_and_cuts_are_told_apart_from_wrong_lengths() {
    let (fault, asked) = fault_within(400, |_, _| Reply(vec![], true), "t.csv");
    assert!(fault.kind == Kind::Unreached && fault.what.contains("sent nothing for") && asked == 3, "{fault:?}");
    let (fault, _) = fault_within(400, |_, _| Reply(cut(ok(TABLE), 5).0, true), "t.csv");
    assert!(fault.kind == Kind::Unreached && fault.what.contains("sent nothing for"), "{fault:?}");
    let (fault, asked) = fault_of(|_, _| Reply(vec![], false), "t.csv");
    assert!(fault.kind == Kind::Cut && asked == 3, "{fault:?}");
    // The same end each time: it is the length that is wrong.
    let (fault, _) = fault_of(|_, _| reply("200 OK", &[("content-length", "900")], TABLE), "t.csv");
    assert!(fault.kind == Kind::NotIt && fault.what.contains("announces 900 bytes and gives 24"), "{fault:?}");
    // Too few are announced: what comes is looked at, and is no whole archive or JSON.
    let zip = archive(&[("a.csv", "a,b\n1,2\n")]);
    let (fault, _) = fault_of(move |_, _| reply("200 OK", &[("content-length", "40")], &zip), "a.zip");
    assert!(fault.kind == Kind::NotIt && fault.what.contains("is not a zip archive"), "{fault:?}");
    let (fault, _) = fault_of(|_, _| reply("200 OK", &[("content-length", "9")], br#"{"contents":[]}"#), "a.json");
    assert!(fault.kind == Kind::NotIt && fault.what.contains("is not JSON"), "{fault:?}");
    // A cut in parts that tell their own length.
    let (fault, _) =
        fault_of(|_, _| Reply(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\narea,coun".to_vec(), false), "t.csv");
    assert_eq!(fault.kind, Kind::Cut, "{fault:?}");
    let (fault, _) = fault_of(|_, _| Reply(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec(), false), "t.csv");
    assert!(fault.kind == Kind::Unreached || fault.kind == Kind::Cut, "{fault:?}");
}

#[test]
fn a_page_or_another_kind_of_file_is_never_taken_for_the_data() {
    let login = "\u{feff}\n<!-- hotel --><!DOCTYPE HTML><html><body>Please log in, then a,b</body></html>";
    for place in ["t.csv", "t.zip", "t.json", "t.osm.pbf", "t.xlsx", "t"] {
        let (fault, asked) = fault_of(move |_, _| reply("200 OK", &[("content-type", "text/html")], login.as_bytes()), place);
        assert!(
            fault.kind == Kind::NotIt && fault.what.contains("web page") && fault.next.contains("log in") && asked == 1,
            "{place}: {fault:?}"
        );
    }
    for (place, body) in [
        ("t.zip", "a,b\n1,2\n"),
        ("t.zip", "PK\u{3}\u{4} and no more"),
        ("t.csv", "{\"error\": \"no, nothing\"}"),
        ("t.csv", "PK\u{3}\u{4},"),
        ("t.csv", "one column\n"),
        ("t.json", "a,b\n1,2\n"),
        ("t.json", "{\"contents\": [1, 2"),
        ("t.osm.pbf", "a,b\n1,2\n"),
        ("t.csv", ""),
    ] {
        let (fault, _) = fault_of(move |_, _| ok(body), place);
        assert!(fault.kind == Kind::NotIt && fault.what.contains(Form::of_name(place).words()), "{place}, {body}: {fault:?}");
    }
}

#[test]
fn nobody_there_is_told_in_plain_words() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = Server::new(|_, _| ok("a,b\n"));
    let mut nobody = settings(&server);
    nobody.base = Some(format!("http://127.0.0.1:{port}"));
    let folder = Folder::new();
    let fault = run(&folder, nobody.clone(), &want("t.csv")).unwrap_err();
    assert!(fault.kind == Kind::Unreached && fault.what.contains("refused") && fault.next.contains("online"), "{fault:?}");
    nobody.base = None;
    let mut wanted = want("t.csv");
    wanted.address = "http://no-such-name.invalid/t.csv".into();
    let proxied =
        ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy", "https_proxy", "HTTPS_PROXY"].iter().any(|v| std::env::var_os(v).is_some());
    let fault = run(&folder, nobody.clone(), &wanted).unwrap_err();
    assert!(proxied || fault.what.contains("no-such-name.invalid is not known"), "{fault:?}");
    for address in ["t.csv", "ftp://files.example.org/t.csv", "https://me:secret@files.example.org/t.csv"] {
        wanted.address = address.into();
        let fault = run(&folder, nobody.clone(), &wanted).unwrap_err();
        assert!(fault.what.contains("is no address") && !fault.what.contains("secret"), "{fault:?}");
    }
    assert!(folder.files().is_empty());
}
