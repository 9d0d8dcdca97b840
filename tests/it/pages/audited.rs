//! The audit reads the data of the map: a number, a class or a word that its finding does not hold is told, and so is whatever else stands there.

use gapmap::analyses::cards;
use gapmap::audit::{audit, audit_folder};
use gapmap::diagnostics::{Problems, Severity};
use gapmap::model::{MapData, MapValue};
use gapmap::outputs::{Files, with_manifest};

use super::{PACK, PAGE, block, data, text_of};

fn found(files: &Files, whole: bool) -> Vec<&'static str> {
    let mut problems = Problems::default();
    if whole {
        audit_folder(files, &cards(), &mut problems)
    } else {
        audit(files, &cards(), &mut problems)
    };
    problems.list().iter().filter(|p| p.severity == Severity::Error).map(|p| p.code.name()).collect()
}

/// The pack with another page, listed as it is.
fn with_page(page: String) -> Files {
    assert!(page != text_of(PAGE), "nothing was changed");
    let mut files = PACK.1.clone();
    files.insert(PAGE.into(), page.into_bytes());
    with_manifest(&PACK.0, files)
}

/// The pack with other data of its map, written as the engine writes them.
fn with_data(change: impl Fn(&mut MapData)) -> Files {
    let mut data = data();
    change(&mut data);
    let json = serde_json::to_string(&data).unwrap().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    with_page(text_of(PAGE).replace(block(text_of(PAGE)), &json))
}

fn number(value: &mut MapValue) -> Option<&mut f64> {
    if let MapValue::Number(x) = value { Some(x) } else { None }
}

#[test]
fn a_clean_page_with_its_map_passes() {
    let files = with_manifest(&PACK.0, PACK.1.clone());
    assert_eq!(found(&files, true), Vec::<&str>::new());
}

#[test]
fn an_altered_number_of_any_kind_is_found_from_the_files_alone() {
    // One layer of each kind of number.
    let mut tried = Vec::new();
    for (k, layer) in data().layers.iter().enumerate() {
        if tried.contains(&layer.tells) || !layer.values.iter().any(|v| matches!(v, MapValue::Number(_))) {
            continue;
        }
        tried.push(layer.tells);
        let files = with_data(|d| *d.layers[k].values.iter_mut().find_map(number).unwrap() += 1.0);
        assert!(found(&files, false).contains(&"S321"), "a value of layer {k}");
    }
    assert!(tried.len() > 4, "{tried:?}");
    let withheld = |v: &&mut MapValue| matches!(v, MapValue::Nothing(letter) if letter == "c");
    let k = data().layers.iter().position(|l| l.values.iter().any(|v| *v == MapValue::Nothing("c".into()))).unwrap();
    let limited = data().layers.iter().position(|l| !l.upper.is_empty()).unwrap();
    for files in [
        with_data(|d| *d.layers[k].values.iter_mut().find(withheld).unwrap() = MapValue::Number(3.0)),
        with_data(|d| *d.layers[k].values.iter_mut().find(withheld).unwrap() = MapValue::Nothing("x".into())),
        with_data(|d| *d.layers[limited].upper.iter_mut().find_map(number).unwrap() += 0.1),
        with_data(|d| d.layers[k].decimals += 1),
        with_data(|d| d.areas.swap(0, 1)),
        with_data(|d| d.layers[k].headline.push_str(" 3")),
        with_data(|d| d.layers[k].legend[0].1.push_str(" 98,765")),
        with_data(|d| d.layers[k].unit.push_str(" 98,765")),
        with_data(|d| d.layers[k].legend[0].0 = "url(#x) 3".into()),
        with_data(|d| d.layers[k].classes = "z".repeat(d.areas.len())),
        with_data(|d| d.layers[k].finding = "none".into()),
    ] {
        assert!(found(&files, false).contains(&"S321"));
    }
    // A class alone says no number: the page is drawn again and compared.
    let files = with_data(|d| {
        let other = if d.layers[k].classes.starts_with('0') { "1" } else { "0" };
        d.layers[k].classes.replace_range(0..1, other);
    });
    assert!(found(&files, true).contains(&"S324"));
}

#[test]
fn nothing_else_hides_beside_the_data_or_in_another_program() {
    let page = text_of(PAGE);
    for (what, page) in [
        ("a member that nobody knows", page.replacen("{\"areas\":", "{\"raw\":3,\"areas\":", 1)),
        ("space between numbers", page.replacen("\"layers\":[", "\"layers\": [", 1)),
        ("another program", page.replacen("</main>", "<script>let raw = 3;</script></main>", 1)),
        ("a changed program", page.replacen("\"use strict\";", "\"use strict\"; const raw = 3;", 1)),
        (
            "the program twice",
            page.replacen(
                "</main>",
                &format!("<script>{}</script></main>", page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0),
                1,
            ),
        ),
        ("other data", page.replacen("</main>", "<script type=\"application/json\" id=\"more\">[3]</script></main>", 1)),
        (
            "the data twice",
            page.replacen("</main>", &format!("<script type=\"application/json\" id=\"map-data\">{}</script></main>", block(page)), 1),
        ),
    ] {
        assert!(!found(&with_page(page), false).is_empty(), "{what}");
    }
}

#[test]
fn no_name_can_end_the_block() {
    let (findings, _) = &*PACK;
    let mut hostile = findings.clone();
    hostile.outlines[0].name = "</script><script>alert(1)</script><!-- ]]> & \u{2028}".into();
    hostile.outlines[0].within = vec!["<!--<script>".into()];
    let files = gapmap::outputs::everything(&hostile, &gapmap::outputs::ReportKind::find("overview").unwrap(), false).unwrap();
    let page = std::str::from_utf8(&files[PAGE]).unwrap();
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (2, 2));
    let data: MapData = serde_json::from_str(block(page)).unwrap();
    assert!(data.areas[0].1.starts_with("</script><script>alert(1)"));
}
