//! Layers of ArcGIS: every page, never a cut, and no area left out in silence.

use gapmap_fetch::{Got, How, Kind, Members, Want};
use serde_json::{Value, json};

use crate::server::{Folder, Reply, Request, Server, cut, ok, reply, run, settings, want};

/// A layer of seven areas that gives three records at a time, as a good server does; what is spoiled is said by name.
fn layer(request: &Request, spoiled: &str) -> Reply {
    let condition = request.asks("where").unwrap();
    let all: Vec<String> = (1..=7).map(|i| format!("E0100000{i}")).collect();
    let lookup = request.path.contains("LOOKUP");
    // The lookup knows all seven as the authority's, the layer those that are asked for by code.
    let codes: Vec<&String> = all.iter().filter(|c| lookup || condition == "1=1" || condition.contains(&format!("'{c}'"))).collect();
    let codes = if spoiled == "an area is missing" && !lookup { codes[1..].to_vec() } else { codes };
    assert!(!lookup || condition == "LAD25CD IN ('E09000004')", "{condition}");
    if request.asks("returnCountOnly").is_some() {
        let n = codes.len() + usize::from(spoiled == "one too few");
        return ok(if spoiled == "no count" { json!({"total": n}) } else { json!({"count": n}) }.to_string());
    }
    let from: usize = if spoiled == "same page" { 0 } else { request.asks("resultOffset").unwrap().parse().unwrap() };
    let to = (from + 3).min(codes.len());
    let more = to < codes.len() && spoiled != "forgets that there is more";
    let geojson = request.asks("f").unwrap() == "geojson";
    let feature = |code: &&&String| {
        let row = json!({"LSOA21CD": code, "LAD25CD": if spoiled == "another authority" { "E09000005" } else { "E09000004" }, "WD25NM": "Müll, \"Quer\"", "n": 1.5, "none": null});
        let shape = json!({"type": "Polygon", "coordinates": [[[0.1, 51.4], [0.2, 51.4], [0.2, 51.5], [0.1, 51.4]]]});
        let shape = if spoiled == "no shapes" { Value::Null } else { shape };
        if geojson { json!({"type": "Feature", "properties": row, "geometry": shape}) } else { json!({ "attributes": row }) }
    };
    let mut page = json!({ "features": codes[from..to].iter().map(|c| feature(&c)).collect::<Vec<_>>() });
    if geojson {
        page["properties"] = json!({ "exceededTransferLimit": more });
    } else {
        page["exceededTransferLimit"] = json!(more);
        page["fields"] = json!([{"name": "LSOA21CD"}, {"name": "LAD25CD"}, {"name": "WD25NM"}, {"name": "n"}, {"name": "none"}]);
    }
    match spoiled {
        "an error" => ok(json!({"error": {"code": 400, "message": "Unable to perform query\u{1b}[31m"}}).to_string()),
        "changed schema" => ok(json!({"records": page["features"]}).to_string()),
        "a page" => ok("<!doctype html><title>Log in</title>"),
        "cut JSON" => ok(&page.to_string()[..100]),
        "server fault" => reply("500 Internal Server Error", &[], b""),
        _ => ok(page.to_string()),
    }
}

fn areas() -> Want {
    let mut want = want("boundaries/lsoa.geojson");
    want.address = "https://services.example.org/LSOA/FeatureServer/0".into();
    want.how = How::ArcgisFeatures(Members::Of {
        layer: "https://services.example.org/LOOKUP/FeatureServer/0".into(),
        member: "LSOA21CD".into(),
        of: "LAD25CD".into(),
        values: vec!["E09000004".into()],
        field: "LSOA21CD".into(),
    });
    want
}

fn table() -> Want {
    let mut want = want("lookup.csv");
    want.address = "https://services.example.org/LOOKUP/FeatureServer/0".into();
    want.how = How::ArcgisTable(Members::With("LAD25CD".into(), vec!["E09000004".into()]));
    want
}

#[test]
fn all_areas_of_an_authority_come_page_by_page_and_once() {
    for spoiled in ["", "forgets that there is more"] {
        let (folder, server) = (Folder::new(), Server::new(move |r, _| layer(r, spoiled)));
        assert!(matches!(run(&folder, settings(&server), &areas()), Ok(Got::New(_))));
        let document: Value = serde_json::from_str(&folder.text("boundaries/lsoa.geojson")).unwrap();
        let codes: Vec<_> =
            document["features"].as_array().unwrap().iter().map(|f| f["properties"]["LSOA21CD"].as_str().unwrap().to_owned()).collect();
        assert_eq!(codes, (1..=7).map(|i| format!("E0100000{i}")).collect::<Vec<_>>());
        assert_eq!(document["features"][0]["geometry"]["coordinates"][0][1][0], 0.2);
        assert!(folder.text("fetched.json").contains("\"records\": 7"));
        assert_eq!(folder.files(), ["boundaries/lsoa.geojson", "fetched.json"]);
        server.asked();
        assert_eq!(run(&folder, settings(&server), &areas()), Ok(Got::There));
        assert!(server.asked().is_empty());
    }
}

#[test]
fn a_lookup_becomes_a_table() {
    let (folder, server) = (Folder::new(), Server::new(|r, _| layer(r, "")));
    assert!(run(&folder, settings(&server), &table()).is_ok());
    let text = folder.text("lookup.csv");
    assert_eq!(text.lines().count(), 8);
    assert!(text.starts_with("LSOA21CD,LAD25CD,WD25NM,n,none\nE01000001,E09000004,\"Müll, \"\"Quer\"\"\",1.5,\n"), "{text}");
}

#[test]
fn a_layer_that_does_not_give_all_of_it_gives_nothing() {
    for (spoiled, kind, says) in [
        ("an area is missing", Kind::NotIt, "7 records, and gives 6"),
        ("another authority", Kind::NotIt, "knows no areas of E09000004"),
        ("one too few", Kind::NotIt, "8 records, and gives 7"),
        ("same page", Kind::NotIt, "same page again"),
        ("no count", Kind::NotIt, "lacks `count`"),
        ("changed schema", Kind::NotIt, "lacks the list `features`"),
        ("no shapes", Kind::NotIt, "lacks the shapes"),
        ("an error", Kind::Refused, "Unable to perform query"),
        ("a page", Kind::NotIt, "web page"),
        ("cut JSON", Kind::NotIt, "is not JSON"),
        ("server fault", Kind::Refused, "fault of its own"),
    ] {
        let (folder, server) = (Folder::new(), Server::new(move |r, _| layer(r, spoiled)));
        let fault = run(&folder, settings(&server), &areas()).unwrap_err();
        assert!(fault.kind == kind && fault.what.contains(says) && fault.next.len() > 20, "{spoiled}: {fault:?}");
        assert!(!fault.what.contains('\u{1b}') && folder.shown().is_empty(), "{spoiled}: {:?}", folder.shown());
    }
}

#[test]
fn who_is_cut_off_between_pages_goes_on_with_the_next() {
    let server = Server::new(|r, n| if (4..7).contains(&n) { cut(layer(r, ""), 20) } else { layer(r, "") });
    let (folder, mut settings) = (Folder::new(), settings(&server));
    let whole = {
        let (folder, server) = (Folder::new(), Server::new(|r, _| layer(r, "")));
        run(&folder, settings.clone(), &want("x")).ok();
        run(&folder, crate::server::settings(&server), &areas()).unwrap();
        server.asked().len()
    };
    server.asked();
    settings.tries = 1;
    let fault = run(&folder, settings.clone(), &areas()).unwrap_err();
    assert!(fault.kind == Kind::Cut && folder.shown().is_empty(), "{fault:?}");
    let before = server.asked().len();
    settings.tries = 9;
    assert!(run(&folder, settings, &areas()).is_ok());
    let after = server.asked().len();
    assert!(before > 1 && after < whole + 3 && after >= whole - before, "{before} and {after} of {whole}");
    assert_eq!(folder.files(), ["boundaries/lsoa.geojson", "fetched.json"]);
}
