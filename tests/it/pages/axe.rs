//! Every page by the rules of axe-core, in light and dark, on paper and on a phone, and by what a reader with little sight needs.

use super::devtools::Browser;
use super::{PACK, PAGE, Pages};
use crate::study_files::root;

/// The rules of axe-core, where `npm ci` has brought them to `tests/browser`.
fn rules() -> Option<String> {
    let path = root().join("tests/browser/node_modules/axe-core/axe.min.js");
    let rules = std::fs::read_to_string(&path).ok();
    if rules.is_none() {
        eprintln!("skipped: the rules of axe-core (run `npm ci` in tests/browser)");
    }
    rules
}

#[test]
fn axe_finds_nothing_in_light_in_dark_on_paper_and_on_a_phone() {
    let Some(mut browser) = Browser::open() else { return };
    let Some(rules) = rules() else { return };
    let pages = Pages::new();
    let names: Vec<&String> = PACK.1.keys().filter(|p| p.ends_with(".html") && !p.contains('/')).collect();
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        for (width, scheme, paper) in [(1280, "light", false), (1280, "dark", false), (1280, "light", true), (360, "light", false)] {
            browser.look(width, scheme, paper);
            browser.go(&pages.page(name), "");
            browser.js(&format!("{rules};0"));
            let found = browser.js(
                "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`))",
            );
            assert_eq!(found.as_array().unwrap().len(), 0, "{name}, {width} px, {scheme}, paper {paper}: {found:#}");
        }
    }
}

#[test]
fn no_text_is_small_on_a_phone_and_nothing_leaves_the_page_at_twice_the_size() {
    let Some(mut browser) = Browser::open() else { return };
    let pages = Pages::new();
    browser.look(360, "light", false);
    browser.go(&pages.page(PAGE), "");
    // Of drawings, as large as they are shown.
    let small = browser.js(
        "(() => { const out = [];
           for (const d of document.querySelectorAll('details')) d.open = true;
           const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
           while (walk.nextNode()) {
             const e = walk.currentNode.parentElement;
             if (!walk.currentNode.textContent.trim() || ['SCRIPT', 'STYLE', 'title', 'desc'].includes(e.tagName) || !e.getClientRects().length) continue;
             const m = e instanceof SVGElement ? e.getScreenCTM() : null;
             const size = parseFloat(getComputedStyle(e).fontSize) * (m ? Math.hypot(m.a, m.b) : 1);
             if (size < 11.95) out.push(`${size}: ${walk.currentNode.textContent.trim().slice(0, 40)}`);
           }
           return out; })()",
    );
    assert_eq!(small.as_array().unwrap().len(), 0, "{small:#}");
    // A screen of 1280 px at twice the size, and one of 640.
    for width in [1280, 640, 360, 320] {
        browser.look(width, "light", false);
        browser.go(&pages.page(PAGE), "");
        assert!(browser.js("document.documentElement.scrollWidth").as_u64().unwrap() <= u64::from(width), "{width}");
    }
}
