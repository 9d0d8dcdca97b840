//! The map of all areas: its layers, its keys, its search and its address.

use std::collections::BTreeMap;

use gapmap::model::MapValue;
use gapmap::outputs::pictures;
use serde_json::{Value, json};

use super::devtools::Browser;
use super::{PACK, PAGE, Pages, data};

fn open(rest: &str) -> Option<(Browser, Pages)> {
    let mut browser = Browser::open()?;
    let pages = Pages::new();
    browser.look(1280, "light", false);
    browser.go(&pages.page(PAGE), rest);
    Some((browser, pages))
}

/// The parts of the address after `#`.
fn address(browser: &mut Browser) -> BTreeMap<String, String> {
    let told = browser.js("Object.fromEntries(new URLSearchParams(location.hash.slice(1)))");
    serde_json::from_value(told).unwrap()
}

#[test]
fn each_layer_fills_the_areas_as_the_map_of_its_finding_does() {
    let Some((mut browser, _pages)) = open("") else { return };
    let (findings, _) = &*PACK;
    let drawn = pictures(findings);
    let data = data();
    let options = browser.js("document.querySelectorAll('#map-layer option').length").as_u64().unwrap() as usize;
    assert_eq!(options, data.layers.len());
    assert!(options > 10);
    for k in 0..options {
        browser.js(&format!(
            "(() => {{ const s = document.getElementById('map-layer'); s.selectedIndex = {k}; s.dispatchEvent(new Event('change')); }})()"
        ));
        let layer = address(&mut browser)["layer"].clone();
        let (finding, tells) = layer.rsplit_once('~').unwrap();
        let picture = drawn.iter().find(|p| p.finding == finding && p.tells.is_some_and(|t| json!(t) == json!(tells))).unwrap();
        let wanted: Vec<Value> = findings
            .outlines
            .iter()
            .map(|o| picture.areas.iter().find(|a| a.0 == o.code).map_or(json!("url(#missing)"), |a| json!(a.1)))
            .collect();
        let fills = browser.js("[...document.querySelectorAll('.map-areas use')].map(u => u.getAttribute('fill'))");
        assert_eq!(fills, json!(wanted), "{layer}");
        let legend = browser.js("[...document.querySelectorAll('.map-legend li:not(.quiet)')].map(l => l.textContent)");
        let layer = data.layers.iter().find(|l| l.finding == finding && json!(l.tells) == json!(tells)).unwrap();
        assert_eq!(legend, json!(layer.legend.iter().map(|l| &l.1).collect::<Vec<_>>()));
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_ward_is_found_keys_move_and_two_pinned_areas_stand_side_by_side() {
    let Some((mut browser, pages)) = open("") else { return };
    let (findings, _) = &*PACK;
    let ward = findings.outlines.iter().find_map(|o| o.within.last()).expect("the lookups name wards").clone();
    // Whoever types the name of a ward finds every area with these words in its name, its code or its wards.
    let words: Vec<String> = ward.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let all = |o: &gapmap::model::Outline| format!("{} {} {}", o.name, o.code, o.within.join(" ")).to_lowercase();
    let of_ward: Vec<&str> =
        findings.outlines.iter().filter(|o| words.iter().all(|w| all(o).contains(w.as_str()))).map(|o| o.code.as_str()).collect();
    assert!(of_ward.len() < findings.outlines.len());
    browser.js("document.getElementById('map-find').focus()");
    browser.write(&ward.to_uppercase());
    let found = browser.js("[...document.querySelectorAll('#map-found li button')].map(b => b.textContent)");
    assert_eq!(found.as_array().unwrap().len(), of_ward.len().min(8), "{ward}: {found}");
    browser.press("Enter");
    assert_eq!(address(&mut browser)["area"], of_ward[0]);
    browser.js("document.getElementById('map-sheet').focus()");
    browser.press("Enter");
    let mut seen = vec![of_ward[0].to_owned()];
    for key in ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"] {
        browser.press(key);
        let here = address(&mut browser)["area"].clone();
        let x = |code: &str| {
            let o = findings.outlines.iter().find(|o| o.code.as_str() == code).unwrap();
            let corners: Vec<(i32, i32)> = o.polygons.iter().flatten().flatten().copied().collect();
            let middle = |of: fn(&(i32, i32)) -> i32| (corners.iter().map(of).min().unwrap() + corners.iter().map(of).max().unwrap()) / 2;
            (middle(|c| c.0), middle(|c| c.1))
        };
        let (from, to) = (x(seen.last().unwrap()), x(&here));
        if here != *seen.last().unwrap() {
            let right = match key {
                "ArrowRight" => to.0 > from.0,
                "ArrowLeft" => to.0 < from.0,
                "ArrowDown" => to.1 < from.1,
                _ => to.1 > from.1,
            };
            assert!(right, "{key}: {from:?} to {to:?}");
        }
        seen.push(here);
    }
    let mut moved = seen.clone();
    moved.dedup();
    assert!(moved.len() > 2, "{seen:?}");
    // Somewhere else than at the first.
    for key in ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"] {
        if address(&mut browser)["area"] == of_ward[0] {
            browser.press(key);
        }
    }
    browser.press("Enter");
    let pinned = address(&mut browser)["pins"].clone();
    assert!(pinned.starts_with(of_ward[0]) && pinned.contains(','), "{pinned}");
    let cards = "[...document.querySelectorAll('.map-card')].map(c => c.querySelector('p.quiet + h3 + p').textContent.split(' ')[0])";
    let codes = json!(pinned.split(',').collect::<Vec<_>>());
    assert_eq!(browser.js(cards), codes);
    let tops = browser.js("[...document.querySelectorAll('.map-card')].map(c => Math.round(c.getBoundingClientRect().top))");
    assert_eq!(tops[0], tops[1], "side by side");
    // The address brings the same back.
    let rest = browser.js("location.hash").as_str().unwrap().to_owned();
    browser.go(&pages.page(PAGE), &rest);
    assert_eq!(browser.js(cards), codes);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn cards_and_table_tell_the_numbers_of_the_findings_and_nothing_is_no_zero() {
    let Some((mut browser, pages)) = open("") else { return };
    let data = data();
    // A layer with withheld areas, and one with limits.
    let nothing = |v: &MapValue| matches!(v, MapValue::Nothing(letter) if letter == "c");
    let withheld = data.layers.iter().find(|l| l.values.iter().any(nothing)).expect("something is withheld");
    let limited = data.layers.iter().find(|l| !l.lower.is_empty()).unwrap();
    for layer in [withheld, limited] {
        let i = if layer == withheld { layer.values.iter().position(nothing).unwrap() } else { 0 };
        let rest = format!("#layer={}~{}&area={}", layer.finding, json!(layer.tells).as_str().unwrap(), data.areas[i].0);
        browser.go(&pages.page(PAGE), &rest);
        let value = browser.js("document.querySelector('.map-value').textContent").as_str().unwrap().to_owned();
        match &layer.values[i] {
            MapValue::Number(x) => {
                assert!(value.starts_with(&format!("{x:.*}", layer.decimals)), "{value}");
                let (MapValue::Number(low), MapValue::Number(high)) = (&layer.lower[i], &layer.upper[i]) else { panic!("limits") };
                let card = browser.js("document.querySelector('.map-card').textContent").as_str().unwrap().to_owned();
                assert!(card.contains(&format!("{low:.*} to {high:.*}", layer.decimals, layer.decimals)), "{card}");
            }
            MapValue::Nothing(_) => assert!(!value.contains(|c: char| c.is_ascii_digit()) && value.contains("withheld"), "{value}"),
        }
        // The table: sorted by number, with what is no number last.
        browser.js("document.querySelector('.map-table').open = true");
        browser.js("new Promise(done => setTimeout(done, 50))");
        assert_eq!(browser.js("document.querySelectorAll('.map-table tbody tr').length"), json!(data.areas.len()));
        browser.js("document.querySelectorAll('.map-sort')[2].click()");
        let column = browser.js("[...document.querySelectorAll('.map-table tbody tr')].map(r => r.children[2].textContent)");
        let column: Vec<Option<f64>> =
            column.as_array().unwrap().iter().map(|c| c.as_str().unwrap().replace(',', "").parse().ok()).collect();
        let known: Vec<f64> = column.iter().flatten().copied().collect();
        assert_eq!(known.len(), layer.values.iter().filter(|v| matches!(v, MapValue::Number(_))).count());
        assert!(column[..known.len()].iter().all(Option::is_some) && known.is_sorted_by(|a, b| a >= b), "{column:?}");
        assert_eq!(browser.js("document.querySelectorAll('.map-table th')[2].getAttribute('aria-sort')"), json!("descending"));
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn the_keyboard_reaches_everything_and_is_seen_where_it_is() {
    let Some((mut browser, _pages)) = open("") else { return };
    browser.js("document.getElementById('map-layer').focus()");
    let mut reached = Vec::new();
    for _ in 0..8 {
        let id = browser.js("document.activeElement.id || document.activeElement.textContent.slice(0, 20)");
        let outline = browser.js("getComputedStyle(document.activeElement).outlineStyle");
        assert_ne!(outline, json!("none"), "{id} has the focus, and nobody sees it");
        reached.push(id.as_str().unwrap().to_owned());
        browser.press("Tab");
    }
    for wanted in ["map-layer", "map-find", "map-sheet", "Zoom in", "Whole map"] {
        assert!(reached.iter().any(|r| r == wanted), "{wanted}: {reached:?}");
    }
    assert!(reached.last().is_some_and(|r| !r.is_empty()));
}

#[test]
fn without_a_program_every_figure_and_table_is_there() {
    let Some(mut browser) = Browser::open() else { return };
    let pages = Pages::new();
    browser.look(1280, "light", false);
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    browser.go(&pages.page(PAGE), "");
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": false}));
    let told = browser.js("({map: document.querySelectorAll('#map *').length,
           controls: document.querySelectorAll('button, input, select').length,
           figures: [...document.querySelectorAll('figure svg[role=img]')].filter(s => s.getBoundingClientRect().height > 20).length,
           areas: [...document.querySelectorAll('.areas')].filter(a => a.getBBox().width > 50).length,
           maps: document.querySelectorAll('.areas').length,
           tables: document.querySelectorAll('details table, p.table').length})");
    let (findings, _) = &*PACK;
    let figures = pictures(findings).iter().filter(|p| !p.annex).count();
    assert_eq!((&told["map"], &told["controls"]), (&json!(0), &json!(0)));
    assert_eq!(told["figures"], json!(figures));
    assert!(told["maps"].as_u64().unwrap() > 10 && told["areas"] == told["maps"], "{told}");
    assert!(told["tables"].as_u64().unwrap() as usize >= findings.findings.len());
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
