//! One file: fetched once, gone on with, looked at, put in place whole.

use std::io::Write;

use gapmap_fetch::{Form, Got, How, Kind, Manifest};

use crate::server::{Folder, Server, cut, file, ok, reply, run, settings, want};

const TABLE: &[u8] = b"area,count\nE01000001,12\nE01000002,7\nE01000003,31\n";

pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn it_is_fetched_once_and_a_second_run_asks_nobody() {
    let (folder, server) = (Folder::new(), Server::new(|r, _| file(r, TABLE, "\"one\"")));
    let wanted = want("data/table.csv");
    assert_eq!(run(&folder, settings(&server), &wanted), Ok(Got::New("49 bytes".into())));
    assert_eq!(folder.text("data/table.csv").as_bytes(), TABLE);
    assert_eq!(server.asked()[0].path, "/files.example.org/data/table.csv");
    let manifest = Manifest::read(&folder.0).unwrap();
    let [entry] = &manifest.files[..] else { panic!("{manifest:?}") };
    assert_eq!((entry.bytes, entry.url.as_str(), entry.licence.as_str()), (49, wanted.address.as_str(), "Open Government Licence v3.0"));
    assert_eq!(entry.sha256.len(), 64);
    assert!(entry.fetched.starts_with("20") && entry.fetched.ends_with('Z'), "{}", entry.fetched);

    assert_eq!(run(&folder, settings(&server), &wanted), Ok(Got::There));
    assert_eq!(server.asked().len(), 0, "a second run downloads nothing");
    assert_eq!(folder.files(), ["data/table.csv", "fetched.json"]);
}

#[test]
fn what_was_cut_off_is_gone_on_with_in_one_run_and_in_the_next() {
    let body: Vec<u8> = (0..60_000).flat_map(|i| format!("{i},row\n").into_bytes()).collect();
    for tries in [3, 1] {
        let whole = body.clone();
        let server = Server::new(move |r, n| match n {
            0 => cut(file(r, &whole, "\"one\""), 100_000),
            _ => file(r, &whole, "\"one\""),
        });
        let (folder, mut settings) = (Folder::new(), settings(&server));
        settings.tries = tries;
        let wanted = want("table.csv");
        let first = run(&folder, settings.clone(), &wanted);
        if tries == 1 {
            let fault = first.unwrap_err();
            assert!(fault.kind == Kind::Cut && fault.next.contains("goes on from there"), "{fault:?}");
            assert!(folder.shown().is_empty(), "nothing partial is in place: {:?}", folder.shown());
            assert!(matches!(run(&folder, settings, &wanted), Ok(Got::New(_))));
        }
        assert_eq!(std::fs::read(folder.0.join("table.csv")).unwrap(), body);
        let asked = server.asked();
        assert_eq!(asked.len(), 2);
        assert_eq!((asked[1].headers["range"].as_str(), asked[1].headers["if-range"].as_str()), ("bytes=100000-", "\"one\""));
        assert_eq!(folder.files(), ["fetched.json", "table.csv"], "nothing that was begun is left");
    }
}

#[test]
fn another_edition_is_never_joined_to_what_was_begun() {
    for keeps_ranges in [true, false] {
        let server = Server::new(move |r, n| match n {
            0 => cut(file(r, &TABLE.repeat(100), "\"one\""), 2000),
            // A server that does not heed `If-Range` gives the rest of another file.
            1 if !keeps_ranges => reply("206 Partial Content", &[("content-range", "bytes 2000-2999/3000")], &[b'x'; 1000]),
            _ => file(r, &TABLE.repeat(90), "\"two\""),
        });
        let folder = Folder::new();
        assert!(run(&folder, settings(&server), &want("t.csv")).is_ok());
        assert_eq!(std::fs::read(folder.0.join("t.csv")).unwrap(), TABLE.repeat(90));
    }
    // Without a strong validator nothing can tell: it begins anew.
    let server = Server::new(|_, n| {
        let whole = reply("200 OK", &[("etag", "W/\"weak\"")], &TABLE.repeat(100));
        if n == 0 { cut(whole, 2000) } else { whole }
    });
    let folder = Folder::new();
    assert!(run(&folder, settings(&server), &want("t.csv")).is_ok());
    assert!(server.asked().iter().all(|r| !r.headers.contains_key("range")));
}

#[test]
fn one_that_is_whole_beside_its_place_needs_nothing_more() {
    // Killed after the last byte and before it was put in place.
    let (folder, server) = (Folder::new(), Server::new(|r, _| file(r, TABLE, "\"one\"")));
    let wanted = want("t.csv");
    std::fs::write(folder.0.join(".t.csv.gapmap-part"), TABLE).unwrap();
    let about = format!(r#"{{"url":"{}","etag":"\"one\"","last_modified":null,"total":49}}"#, wanted.address);
    std::fs::write(folder.0.join(".t.csv.gapmap-about"), about).unwrap();
    assert!(matches!(run(&folder, settings(&server), &wanted), Ok(Got::New(_))));
    assert_eq!((server.asked().len(), folder.text("t.csv").as_bytes()), (1, TABLE));
}

#[test]
fn what_somebody_put_there_is_left_alone() {
    let (folder, server) = (Folder::new(), Server::new(|r, _| file(r, TABLE, "\"one\"")));
    std::fs::write(folder.0.join("mine.csv"), "mine").unwrap();
    assert_eq!(run(&folder, settings(&server), &want("mine.csv")), Ok(Got::Yours));
    // A folder that is read whole, with a file of somebody's own in it.
    std::fs::create_dir(folder.0.join("police")).unwrap();
    std::fs::write(folder.0.join("police/2025-01-kent-street.csv"), "mine").unwrap();
    let mut wanted = want("police/2026-01.zip");
    wanted.folder = Some("police".into());
    assert_eq!(run(&folder, settings(&server), &wanted), Ok(Got::Yours));
    // One that was fetched and then changed by hand.
    assert!(run(&folder, settings(&server), &want("t.csv")).is_ok());
    server.asked();
    std::fs::write(folder.0.join("t.csv"), "changed by hand").unwrap();
    for renew in [false, true] {
        let mut settings = settings(&server);
        settings.renew = renew;
        let fault = run(&folder, settings, &want("t.csv")).unwrap_err();
        assert!(fault.kind == Kind::Changed && fault.what.contains("t.csv"), "{fault:?}");
    }
    assert_eq!((server.asked().len(), folder.text("t.csv").as_str(), folder.text("mine.csv").as_str()), (0, "changed by hand", "mine"));
}

#[cfg(unix)]
#[test]
fn no_place_and_no_link_leads_out_of_the_study() {
    let (folder, elsewhere, server) = (Folder::new(), Folder::new(), Server::new(|r, _| file(r, TABLE, "\"one\"")));
    std::fs::write(elsewhere.0.join("t.csv"), "not mine").unwrap();
    std::os::unix::fs::symlink(&elsewhere.0, folder.0.join("data")).unwrap();
    std::os::unix::fs::symlink(elsewhere.0.join("t.csv"), folder.0.join("t.csv")).unwrap();
    for place in ["../t.csv", "data/t.csv", "t.csv", "/tmp/t.csv", ""] {
        let fault = run(&folder, settings(&server), &want(place)).unwrap_err();
        assert_eq!(fault.kind, Kind::Disk, "{place}: {fault:?}");
    }
    // A link where it would be written first is taken away, and not followed.
    std::os::unix::fs::symlink(elsewhere.0.join("t.csv"), folder.0.join(".u.csv.gapmap-part")).unwrap();
    assert!(run(&folder, settings(&server), &want("u.csv")).is_ok());
    assert_eq!((elsewhere.text("t.csv").as_str(), folder.text("u.csv").as_bytes()), ("not mine", TABLE));
    // A folder that may not be written is told of, where this user is bound by that.
    let locked = folder.0.join("locked");
    std::fs::create_dir(&locked).unwrap();
    let mode = |bits| std::fs::set_permissions(&locked, std::os::unix::fs::PermissionsExt::from_mode(bits)).unwrap();
    mode(0o500);
    if std::fs::write(locked.join("x"), "").is_err() {
        let fault = run(&folder, settings(&server), &want("locked/t.csv")).unwrap_err();
        assert!(fault.what.contains("may not be written"), "{fault:?}");
    }
    mode(0o700);
}

#[test]
fn one_table_is_taken_out_of_an_archive() {
    let zip = archive(&[("census2021-ts008-lsoa.csv", "geography code,all\nE01000001,5\n"), ("census2021-ts008-msoa.csv", "x,y\n")]);
    let server = Server::new(move |r, _| file(r, &zip, "\"z\""));
    let mut wanted = want("population.csv");
    wanted.address = "https://nomis.example.org/census2021-ts008.zip".into();
    let folder = Folder::new();
    for (ending, works) in [("-oa.csv", false), (".csv", false), ("-lsoa.csv", true)] {
        wanted.how = How::Member(ending.into());
        let got = run(&folder, settings(&server), &wanted);
        assert_eq!((got.is_ok(), folder.has("population.csv")), (works, works), "{ending}: {got:?}");
    }
    assert_eq!(folder.text("population.csv"), "geography code,all\nE01000001,5\n");
    assert_eq!(folder.files(), ["fetched.json", "population.csv"]);
    server.asked();
    assert_eq!(run(&folder, settings(&server), &wanted), Ok(Got::There));
    assert!(server.asked().is_empty());
}

#[test]
fn a_published_checksum_is_held_against_what_came() {
    let body = b"\0\0\0\x0dsomething OSMHeader and more";
    // The right one is that of `md5sum`.
    for (given, works) in [("A550FFCFE3904EBA9378E0B8F2DE4BD8", true), ("6fe2c3dd5ccc0dd7e93bc6fd1f5c2d84", false), ("", false)] {
        let server =
            Server::new(move |r, _| if r.path.ends_with(".md5") { ok(format!("{given}  x.osm.pbf\n")) } else { file(r, body, "\"o\"") });
        let mut wanted = want("streets/x.osm.pbf");
        wanted.md5 = Some("https://files.example.org/x.osm.pbf.md5".into());
        let folder = Folder::new();
        let got = run(&folder, settings(&server), &wanted);
        assert_eq!((got.is_ok(), folder.shown().is_empty(), folder.files().is_empty()), (works, !works, !works), "{got:?}");
        assert!(works || got.unwrap_err().what.contains("checksum"));
    }
}

#[test]
fn a_file_that_is_larger_than_expected_is_not_taken() {
    let announced = Server::new(|r, _| file(r, &TABLE.repeat(2000), "\"one\""));
    let unannounced = Server::new(|_, _| {
        let mut bytes = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
        bytes.extend(TABLE.repeat(2000));
        crate::server::Reply(bytes, false)
    });
    for server in [announced, unannounced] {
        let mut wanted = want("t.csv");
        wanted.limit = 50_000;
        let folder = Folder::new();
        let fault = run(&folder, settings(&server), &wanted).unwrap_err();
        assert!(fault.kind == Kind::NotIt && fault.what.contains("larger"), "{fault:?}");
        assert!(folder.files().is_empty() && server.asked().len() == 1, "{:?}", folder.files());
    }
}

#[test]
fn the_form_of_a_file_is_told_by_its_name() {
    for (name, form) in [("a.ZIP", Form::Zip), ("b.geojson", Form::Json), ("c.osm.pbf", Form::Pbf), ("d", Form::Any)] {
        assert_eq!(Form::of_name(name), form);
    }
}
