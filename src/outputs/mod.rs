//! SHOW: maps, charts, tables, layers and reports, drawn from released findings and nothing else.
//!
//! Nothing here knows a study or a source. Every file is a function of `findings.json`, so that `gapmap report` needs no raw data.

mod archive;
mod by_hand;
mod charts;
mod document;
mod evidence;
mod figure;
#[allow(dead_code, unused_imports)] // each is drawn once a document asks for it
mod figures;
mod file_names;
mod fix_lists;
mod keep;
mod layers;
mod manifest;
mod maps;
mod notebooks;
mod packs;
mod places;
mod png;
mod reports;
mod sheets;
mod svg;
mod tables;
mod textures;
mod theme;
mod write;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{AreaMeasure, Finding, Findings, Tier};
use crate::timings::timed;
use crate::units::AreaCode;

pub use document::PageEnd;
pub use evidence::{SUMS_NAME, evidence, evidence_name, is_added};
pub use fix_lists::list_csv;
pub use keep::{keep, keep_anew};
pub use manifest::{Listed, Manifest, complete, release_path, with_manifest};
pub use notebooks::NOTEBOOKS;
pub use packs::{PACKS_FOLDER, keep_former, keep_pack, keep_standing, pack_name};
pub(crate) use reports::{MAP_DATA, MAP_PROGRAM};
pub use reports::{REPORTS, ReportKind};
pub use tables::{TableView, table};
pub use write::{OutputPlace, WriteFault, Written, hold_study};

/// Files by their path inside the output folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A picture of a finding.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Path inside the output folder, without its ending.
    pub path: String,
    /// The drawing: the one source of every other form.
    pub svg: String,
    /// Of a map, the same drawing for a page on which the shapes of areas stand once; empty of any other.
    pub on_page: String,
    /// Whether it stands in an annex: on the page a link leads to it.
    pub annex: bool,
    /// Which number of each area a map tells.
    pub tells: Option<AreaMeasure>,
    /// Of a map, what its legend is headed.
    pub measure: String,
    /// What it shows, in words.
    pub alt_text: String,
    /// The finding.
    pub finding: String,
    /// Of a map, how each area is filled: a colour or a pattern.
    pub areas: Vec<(AreaCode, String)>,
    /// Of a map, fills with the words of their legend.
    pub legend: Vec<(String, String)>,
}

/// Everything that is drawn from findings, PNG pictures only `with_png`; [`complete`] makes a pack of it.
///
/// # Errors
/// Where a template of a report is faulty, or a picture cannot be drawn: the message says which.
pub fn everything(findings: &Findings, report: &ReportKind, with_png: bool) -> Result<Files, String> {
    let mut files = Files::new();
    files.insert("findings.json".into(), timed("write findings.json", || findings.written()));
    files.insert("findings.schema.json".into(), pretty(&schemars::schema_for!(Findings)));
    let pictures = timed("draw pictures", || pictures(findings));
    timed("write tables and GeoJSON", || by_finding(findings, &mut files));
    let names = stems(findings);
    let map = |finding: &Finding| pictures.iter().find(|p| p.finding == finding.id && !p.areas.is_empty());
    let drawn: Vec<_> = findings.findings.iter().zip(&names).map(|(f, stem)| (f, stem.as_str(), map(f))).collect();
    if let Some(layers) = timed("write GeoPackage", || layers::geopackage(findings, &drawn))? {
        files.insert("layers/layers.gpkg".into(), layers);
    }
    let documents = timed("compose documents", || notebooks::documents(findings, &pictures, report.own.as_ref()))?;
    let written: Result<Vec<_>, String> = documents.par_iter().map(|(name, document)| in_each_form(name, document, with_png)).collect();
    files.extend(written?.into_iter().flatten());
    // The text of a notebook of the analyst's own goes with the pack: whoever audits it can fill it again.
    if let Some((name, text)) = &report.own {
        files.insert(format!("notebooks/{name}.md"), text.clone().into_bytes());
    }
    files.insert("tables.xlsx".into(), timed("write tables.xlsx", || sheets::xlsx(findings))?);
    files.insert("tables.ods".into(), timed("write tables.ods", || sheets::ods(findings))?);
    files.extend(page_and_pictures(findings, report, &pictures, with_png)?);
    Ok(files.into_iter().map(|(path, bytes)| (file_name(findings, &path), bytes)).collect())
}

/// The page, and some of the pictures of [`pictures`] as drawings and, where wanted, as pixels.
///
/// # Errors
/// Where the template of the page is faulty, or a picture cannot be drawn.
pub fn page_and_pictures(findings: &Findings, report: &ReportKind, pictures: &[Picture], with_png: bool) -> Result<Files, String> {
    let mut files = Files::new();
    if with_png {
        let drawn: Result<Vec<_>, String> =
            timed("draw PNG", || pictures.par_iter().map(|p| Ok((format!("{}.png", p.path), png::render(&p.svg)?))).collect());
        files.extend(drawn?);
    }
    files.extend(pictures.iter().map(|p| (format!("{}.svg", p.path), p.svg.clone().into_bytes())));
    files.insert("report.html".into(), timed("write report.html", || reports::html(findings, report, pictures))?.into_bytes());
    Ok(files)
}

/// A document as a page, and where pictures are wanted as PDF and for a word processor.
fn in_each_form(name: &str, document: &document::tree::Document, with_png: bool) -> Result<Vec<(String, Vec<u8>)>, String> {
    let page = || timed(&format!("write {name}.html"), || document::html(document, name)).into_bytes();
    if !with_png {
        return Ok(vec![(format!("{name}.html"), page())]);
    }
    let pdf = || timed(&format!("write {name}.pdf"), || document::pdf(document)).map_err(|e| format!("{name}.pdf cannot be set: {e}"));
    let docx =
        || timed(&format!("write {name}.docx"), || document::docx(document)).map_err(|e| format!("{name}.docx cannot be written: {e}"));
    let (pdf, docx) = rayon::join(pdf, docx);
    Ok(vec![(format!("{name}.html"), page()), (format!("{name}.pdf"), pdf?), (format!("{name}.docx"), docx?)])
}

/// How each page of each document of the engine ends, set as PDF: for whoever changes a text or the look of a page.
///
/// # Errors
/// Where a template is faulty or a page cannot be set.
pub fn page_ends(findings: &Findings) -> Result<BTreeMap<String, Vec<PageEnd>>, String> {
    let pictures = pictures(findings);
    let documents = notebooks::documents(findings, &pictures, None)?;
    documents.par_iter().map(|(name, document)| Ok((name.clone(), document::page_ends(document)?))).collect()
}

/// Tables and layers of each finding.
fn by_finding(findings: &Findings, files: &mut Files) {
    for (finding, stem) in findings.findings.iter().zip(stems(findings)) {
        let own = rows_file(findings, finding, &stem);
        if own.starts_with("tables/") {
            files.insert(own, tables::csv(findings, finding));
        }
        files.insert(format!("data/{stem}.csv"), tables::machine::csv(findings, finding));
        files.extend(fix_lists::files(findings, finding));
        if let Some(page) = by_hand::page(findings, finding) {
            files.insert(format!("by-hand/{stem}.html"), page.into_bytes());
        }
        if let Some(layer) = layers::geojson(findings, finding) {
            files.insert(format!("layers/{stem}.geojson"), layer);
        }
    }
    if let Some(outlines) = layers::outlines(findings) {
        files.insert("layers/areas.geojson".into(), outlines);
    }
    if !findings.sites.is_empty() {
        files.insert("layers/service-sites.geojson".into(), layers::sites(findings));
    }
}

/// The file with all rows of a finding. A row for each of thousands of areas is read by programs: once, in `data/`, is enough.
fn rows_file(findings: &Findings, finding: &Finding, stem: &str) -> String {
    let folder = if layers::outlines_apart(findings) && layers::by_area(finding) { "data" } else { "tables" };
    format!("{folder}/{stem}.csv")
}

/// The name of a file of a pack: with its tier, and of a draft with that word, too.
fn file_name(findings: &Findings, path: &str) -> String {
    let tier = findings.policy.tier;
    if findings.frame.draft { named(&mark(path, "draft"), tier) } else { named(path, tier) }
}

/// The name of a file with the tier in it: `report.html` is `report.public.html`.
///
/// A file that is passed on alone still says whom it is for.
pub fn named(path: &str, tier: Tier) -> String {
    mark(path, tier.word())
}

/// A word before the ending of a file's name.
fn mark(path: &str, word: &str) -> String {
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{word}.{ending}"),
        None => format!("{path}.{word}"),
    }
}

/// All maps and charts, in the order of the findings.
pub fn pictures(findings: &Findings) -> Vec<Picture> {
    let of = |(finding, stem): (&Finding, String)| {
        let map = maps::MAPS.iter().filter(|m| (m.fits)(finding)).map(|m| ("maps", m.name, false, m.tells, (m.draw)(findings, finding)));
        let chart = charts::CHARTS.iter().filter(|c| (c.fits)(finding)).map(|c| {
            let (svg, alt_text) = (c.draw)(findings, finding);
            ("charts", c.name, c.annex, None, maps::Drawn { svg, alt_text, ..maps::Drawn::default() })
        });
        map.chain(chart)
            .map(|(folder, name, annex, tells, drawn)| Picture {
                path: format!("{folder}/{stem}-{name}"),
                svg: drawn.svg,
                on_page: drawn.on_page,
                annex,
                tells,
                measure: drawn.measure,
                alt_text: drawn.alt_text,
                finding: finding.id.clone(),
                areas: drawn.areas,
                legend: drawn.legend,
            })
            .collect::<Vec<_>>()
    };
    let named: Vec<(&Finding, String)> = findings.findings.iter().zip(stems(findings)).collect();
    let mut pictures: Vec<Picture> = named.into_par_iter().map(of).collect::<Vec<_>>().into_iter().flatten().collect();
    let paths = file_names::each_its_own(pictures.iter().map(|p| p.path.clone()).collect());
    pictures.iter_mut().zip(paths).for_each(|(picture, path)| picture.path = path);
    pictures
}

/// The findings' ids as parts of file names, in their order.
fn stems(findings: &Findings) -> Vec<String> {
    file_names::stems(findings.findings.iter().map(|f| f.id.as_str()))
}

fn pretty(schema: &schemars::Schema) -> Vec<u8> {
    serde_json::to_vec_pretty(schema).unwrap_or_default() // a schema is plain JSON
}
