//! The pages of a pack in a browser: the map works and shows what the findings hold, nothing is asked of anybody, and everybody can read them.

mod audited;
mod axe;
mod devtools;
mod map;

use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use gapmap::diagnostics::Problems;
use gapmap::model::{Findings, MapData};
use gapmap::outputs::{Files, ReportKind, everything};
use gapmap::plan::Plan;

use crate::study_files::Study;

const PAGE: &str = "report.public.html";

/// A small pack and its findings, made once.
static PACK: LazyLock<(Findings, Files)> = LazyLock::new(|| {
    let study = Study::small();
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0;
    let files = everything(&findings, &ReportKind::find("overview").unwrap(), false).unwrap();
    (findings, files)
});

/// A page of the pack, as text.
fn text_of(page: &str) -> &'static str {
    std::str::from_utf8(&PACK.1[page]).unwrap()
}

/// The block of data of a page.
fn block(page: &str) -> &str {
    page.split_once("id=\"map-data\">").unwrap().1.split_once("</script>").unwrap().0
}

fn data() -> MapData {
    serde_json::from_str(block(text_of(PAGE))).unwrap()
}

/// Pages on a disk, removed when the test is over.
struct Pages {
    folder: PathBuf,
}

impl Pages {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("gapmap-pages-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (path, bytes) in PACK.1.iter().filter(|(path, _)| path.ends_with(".html") && !path.contains('/')) {
            std::fs::write(folder.join(path), bytes).unwrap();
        }
        Self { folder }
    }

    fn page(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn outlines_stand_once_and_the_page_is_small() {
    let (findings, files) = &*PACK;
    let page = text_of(PAGE);
    for (i, _) in findings.outlines.iter().enumerate() {
        let mut digits = String::new();
        let mut rest = i;
        while digits.is_empty() || rest > 0 {
            digits.insert(0, char::from_digit((rest % 36) as u32, 36).unwrap());
            rest /= 36;
        }
        assert_eq!(page.matches(&format!("<path id=\"a{digits}\" ")).count(), 1, "area {i}");
    }
    let maps = gapmap::outputs::pictures(findings).iter().filter(|p| !p.areas.is_empty()).count();
    assert!(maps > 10 && page.matches("<g class=\"areas\"").count() >= maps);
    // The page grows with what is asked, and not with the areas of each map.
    let findings = findings.findings.len();
    assert!(page.len() < 6_800 * findings, "{} bytes for {findings} findings", page.len());
    // A file needs no other: each map in it holds its own outlines.
    let map = files.iter().find(|(path, _)| path.starts_with("maps/") && path.ends_with("rate-map.public.svg")).unwrap().1;
    let map = std::str::from_utf8(map).unwrap();
    assert!(!map.contains("<use") && map.matches("<path d=\"M").count() >= PACK.0.outlines.len());
}

#[test]
fn every_finding_keeps_its_table_and_its_figures_or_the_way_to_them() {
    let (findings, files) = &*PACK;
    let page = text_of(PAGE);
    let ways = ["<summary>The table: ", "<p class=\"quiet table\">The table: "].map(|way| page.matches(way).count());
    assert_eq!(ways[0] + ways[1], findings.findings.len());
    for picture in gapmap::outputs::pictures(findings) {
        let file = format!("{}.public.svg", picture.path);
        assert!(files.contains_key(&file));
        let alt =
            picture.alt_text.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;").replace('<', "&lt;").replace('>', "&gt;");
        let inline = page.contains(&format!("aria-label=\"{alt}\""));
        assert!(inline || page.contains(&format!("href=\"{file}\"")) || page.contains(&file.replace('/', "&#x2f;")), "{file}");
    }
    let links = page.match_indices("href=\"tables/").map(|(at, _)| page[at + 6..].split('"').next().unwrap());
    assert!(links.map(|l| assert!(files.contains_key(l), "{l}")).count() > 5);
}
