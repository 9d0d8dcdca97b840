//! Newer editions: what was restated is told, what was there is kept, and nothing is asked for that is there.

use gapmap_fetch::{Got, Kind, Manifest, Want};

use crate::files::archive;
use crate::server::{Folder, Server, cut, file, ok, reply, run, settings, want};

const FIRST: &[u8] = b"area,count\nE01000001,12\nE01000002,7\nE01000003,31\n";
const SECOND: &[u8] = b"area,count\nE01000001,14\nE01000003,31\nE01000004,2\nE01000005,9\n";

#[test]
fn nothing_newer_is_asked_for_by_condition_and_something_newer_is_told() {
    let first = Server::new(|r, _| file(r, FIRST, "\"one\""));
    let second = Server::new(|r, n| if n == 0 { cut(file(r, SECOND, "\"two\""), 30) } else { file(r, SECOND, "\"two\"") });
    let (folder, wanted) = (Folder::new(), want("data/t.csv"));
    let renew = |server: &Server| {
        let mut settings = settings(server);
        settings.renew = true;
        settings
    };
    assert!(run(&folder, settings(&first), &wanted).is_ok());
    first.asked();
    assert_eq!(run(&folder, renew(&first), &wanted), Ok(Got::Unchanged));
    let asked = first.asked();
    assert_eq!((asked.len(), asked[0].headers["if-none-match"].as_str()), (1, "\"one\""));

    let Ok(Got::Restated { told, kept }) = run(&folder, renew(&second), &wanted) else { panic!("it is another edition") };
    assert_eq!(told, "1 row changed, 2 new, 1 gone");
    assert_eq!((folder.text("data/t.csv").as_bytes(), folder.text(&kept).as_bytes()), (SECOND, FIRST));
    let manifest = Manifest::read(&folder.0).unwrap();
    let entry = manifest.at("data/t.csv").unwrap();
    assert_eq!(
        (entry.earlier.len(), entry.earlier[0].place.as_str(), entry.earlier[0].restated.as_str()),
        (1, kept.as_str(), told.as_str())
    );
    assert_eq!(folder.files().len(), 3, "{:?}", folder.files());
    second.asked();
    assert_eq!(run(&folder, settings(&second), &wanted), Ok(Got::There));
    assert!(second.asked().is_empty());
    // A server without conditions gives the same bytes again.
    let plain = Server::new(|_, _| ok(SECOND));
    assert_eq!(run(&folder, renew(&plain), &wanted), Ok(Got::Unchanged));
    assert_eq!(folder.files().len(), 3);
    // What comes is no data: what is there stays.
    let broken = Server::new(|_, _| ok("<html>"));
    assert_eq!(run(&folder, renew(&broken), &wanted).unwrap_err().kind, Kind::NotIt);
    assert_eq!(folder.text("data/t.csv").as_bytes(), SECOND);
}

#[test]
fn who_was_stopped_between_the_manifest_and_the_file_ends_with_both() {
    let (first, second) = (Server::new(|r, _| file(r, FIRST, "\"one\"")), Server::new(|r, _| file(r, SECOND, "\"two\"")));
    let (folder, wanted) = (Folder::new(), want("t.csv"));
    assert!(run(&folder, settings(&first), &wanted).is_ok());
    let mut renew = settings(&second);
    renew.renew = true;
    assert!(matches!(run(&folder, renew, &wanted), Ok(Got::Restated { .. })));
    // As it was before the last step.
    std::fs::write(folder.0.join("t.csv"), FIRST).unwrap();
    let got = run(&folder, settings(&second), &wanted);
    assert!(matches!(got, Ok(Got::Restated { .. })), "{got:?}");
    assert_eq!(folder.text("t.csv").as_bytes(), SECOND);
    assert_eq!(Manifest::read(&folder.0).unwrap().at("t.csv").unwrap().earlier.len(), 1);
}

#[test]
fn what_changed_in_an_archive_and_in_records_is_told() {
    let zips = [archive(&[("a.csv", "1"), ("b.csv", "2"), ("c.csv", "3")]), archive(&[("b.csv", "2"), ("c.csv", "4"), ("d.csv", "5")])];
    let jsons = [r#"{"contents":[{"id":"a","n":1},{"id":"b"}]}"#.to_owned(), r#"{"contents":[{"id":"a","n":2},{"id":"c"}]}"#.to_owned()];
    let texts = ["one".to_owned(), "another".to_owned()];
    for (place, [old, new], told) in [
        ("t.zip", zips, "1 file changed, 1 new, 1 gone"),
        ("t.json", jsons.map(String::into_bytes), "1 record changed, 1 new, 1 gone"),
        ("t", texts.map(String::into_bytes), "it had 3 bytes and has 7 bytes"),
    ] {
        let folder = Folder::new();
        let server = Server::new(move |_, _| ok(&old));
        assert!(run(&folder, settings(&server), &want(place)).is_ok());
        let server = Server::new(move |_, _| ok(&new));
        let mut renew = settings(&server);
        renew.renew = true;
        let Ok(Got::Restated { told: says, .. }) = run(&folder, renew, &want(place)) else { panic!("{place}") };
        assert_eq!(says, told);
    }
}

fn police() -> Want {
    let mut want = want("police/{month}.zip");
    want.address = "https://police.example.org/data/archive/{month}.zip".into();
    want.months = Some("https://police.example.org/api/crimes-street-dates".into());
    want.folder = Some("police".into());
    want
}

#[test]
fn archives_of_the_police_become_one_s_own_that_grows() {
    let serve =
        |months: &'static str| {
            Server::new(move |r, _| {
                if r.path.ends_with("dates") { ok(months) } else { file(r, &archive(&[(&r.path, "x")]), &format!("\"{}\"", r.path)) }
            })
        };
    let january = serve(r#"[{"date":"2025-12"},{"date":"2026-01","stop-and-search":[]},{"date":"2025-11"}]"#);
    let february = serve(r#"[{"date":"2026-02"},{"date":"2026-01"}]"#);
    let folder = Folder::new();
    assert!(matches!(run(&folder, settings(&january), &police()), Ok(Got::New(_))));
    january.asked();
    assert_eq!(run(&folder, settings(&january), &police()), Ok(Got::There));
    assert!(january.asked().is_empty(), "nobody is asked for what is there");
    for (server, requests, archives) in [(&january, 2, 1), (&february, 2, 2), (&february, 2, 2)] {
        let mut renew = settings(server);
        renew.renew = true;
        assert!(run(&folder, renew, &police()).is_ok());
        assert_eq!((server.asked().len(), folder.shown().len()), (requests, archives + 1), "{:?}", folder.shown());
    }
    assert_eq!(folder.files(), ["fetched.json", "police/2026-01.zip", "police/2026-02.zip"]);
    for (months, says) in [
        ("[]", "`date` of a month"),
        (r#"[{"day":"2026-01"}]"#, "`date` of a month"),
        ("<html>", "web page"),
        ("2026-01", "is not JSON"),
        ("{}", "`date` of a month"),
    ] {
        let (folder, server) = (Folder::new(), serve(months));
        let fault = run(&folder, settings(&server), &police()).unwrap_err();
        assert!(fault.what.contains(says) && folder.files().is_empty(), "{months}: {fault:?}");
    }
    let (folder, server) = (Folder::new(), Server::new(|_, _| reply("404 Not Found", &[], b"")));
    assert_eq!(run(&folder, settings(&server), &police()).unwrap_err().kind, Kind::Missing);
}

#[test]
fn a_manifest_that_cannot_be_read_is_told_and_left_alone() {
    let (folder, server) = (Folder::new(), Server::new(|_, _| ok(FIRST)));
    std::fs::write(folder.0.join("fetched.json"), "{\"files\": [").unwrap();
    let fault = run(&folder, settings(&server), &want("t.csv")).unwrap_err();
    assert!(fault.kind == Kind::Changed && fault.what.contains("fetched.json"), "{fault:?}");
    assert_eq!((folder.files(), server.asked().len()), (vec!["fetched.json".to_owned()], 0));
}
