//! Feeds of Open Referral: every page, full records, nothing twice.

use gapmap_fetch::{Got, How, Kind, Want};
use serde_json::{Value, json};

use crate::server::{Folder, Reply, Request, Server, cut, ok, reply, run, settings, want};

/// A directory of 230 services that gives a hundred at a time.
fn directory(request: &Request, how: &str) -> Reply {
    let path = request.path.split('?').next().unwrap();
    if let Some(id) = path.strip_prefix("/feed.example.org/api/services/") {
        let number: usize = id.trim_start_matches("s-").parse().unwrap_or(0);
        return match how {
            "withdrawn" if number == 5 => reply("404 Not Found", &[], b""),
            "another record" if number == 5 => ok(json!({"id": "s-6"}).to_string()),
            "no record" if number == 5 => reply("500 Internal Server Error", &[], b""),
            "full lists" | "bare list" => ok(short(number).to_string()),
            _ => ok(json!({"id": id, "name": format!("Service {number}"), "description": "all of it"}).to_string()),
        };
    }
    assert_eq!(path, "/feed.example.org/api/services");
    if how == "bare list" {
        return ok(json!((0..30).map(short).collect::<Vec<_>>()).to_string());
    }
    let page: usize = if how == "same page" { 1 } else { request.asks("page").unwrap().parse().unwrap() };
    let (from, to) = (((page - 1) * 100).min(230), (page * 100).min(230));
    let services: Vec<Value> = (from..to).map(short).collect();
    let last = to >= 230;
    ok(match how {
        "version 1" => json!({"totalElements": 7, "totalPages": 3, "number": page, "first": page == 1, "last": last, "content": services}),
        "says nothing" => json!({ "services": services }),
        "changed schema" => json!({ "items": services }),
        "no id" => json!({"contents": [{"name": "a"}]}),
        _ => json!({"total_items": 230, "total_pages": 3, "page_number": page, "first_page": page == 1, "last_page": last, "contents": services}),
    }
    .to_string())
}

fn short(number: usize) -> Value {
    json!({"id": format!("s-{number}"), "name": format!("Service {number}")})
}

fn feed() -> Want {
    let mut want = want("services.json");
    want.address = "https://feed.example.org/api/services".into();
    want.how = How::OpenReferral;
    want
}

fn services(folder: &Folder) -> Vec<Value> {
    let document: Value = serde_json::from_str(&folder.text("services.json")).unwrap();
    document["contents"].as_array().unwrap().clone()
}

#[test]
fn all_services_come_with_their_full_records() {
    for (how, number, full, most) in [
        ("", 230, true, 233),
        ("version 1", 230, true, 233),
        ("says nothing", 230, true, 236),
        ("withdrawn", 230, true, 233),
        ("full lists", 230, false, 6),
        ("bare list", 30, false, 6),
    ] {
        let (folder, server) = (Folder::new(), Server::new(move |r, _| directory(r, how)));
        assert!(matches!(run(&folder, settings(&server), &feed()), Ok(Got::New(_))), "{how}");
        let all = services(&folder);
        let ids: std::collections::BTreeSet<_> = all.iter().map(|s| s["id"].as_str().unwrap()).collect();
        assert_eq!((all.len(), ids.len()), (number, number), "{how}");
        let with = all.iter().filter(|s| s.get("description").is_some()).count();
        assert_eq!(with, if full { number - usize::from(how == "withdrawn") } else { 0 }, "{how}");
        let asked = server.asked().len();
        assert!(asked <= most, "{how}: {asked} requests");
        assert_eq!(run(&folder, settings(&server), &feed()), Ok(Got::There));
        assert!(server.asked().is_empty());
    }
}

#[test]
fn a_feed_that_does_not_give_all_of_it_gives_nothing() {
    for (how, kind, says) in [
        ("same page", Kind::NotIt, "same page again"),
        ("changed schema", Kind::NotIt, "a list of services"),
        ("no id", Kind::NotIt, "the `id` of a service"),
        ("another record", Kind::NotIt, "another than was asked for"),
        ("no record", Kind::Refused, "fault of its own"),
    ] {
        let (folder, server) = (Folder::new(), Server::new(move |r, _| directory(r, how)));
        let fault = run(&folder, settings(&server), &feed()).unwrap_err();
        assert!(fault.kind == kind && fault.what.contains(says), "{how}: {fault:?}");
        assert!(folder.shown().is_empty());
    }
}

#[test]
fn who_is_cut_off_asks_only_for_what_is_not_there() {
    let server = Server::new(|r, n| if n == 120 { cut(directory(r, ""), 3) } else { directory(r, "") });
    let (folder, mut settings) = (Folder::new(), settings(&server));
    settings.tries = 1;
    let fault = run(&folder, settings.clone(), &feed()).unwrap_err();
    assert!(fault.kind == Kind::Cut && folder.shown().is_empty(), "{fault:?}");
    assert_eq!(server.asked().len(), 121);
    // Another hundred and more, of 233 in all; the log counts from nothing again, and is cut again.
    assert!(run(&folder, settings, &feed()).is_ok());
    assert_eq!((server.asked().len(), services(&folder).len()), (233 - 120, 230));
    assert_eq!(folder.files(), ["fetched.json", "services.json"]);
}
