//! The text of a GeoJSON file: whether it is one, and whether all of it came.

use geojson::{FeatureCollection, GeoJson};

use super::boundary_forms::{EXPORT, foreign_bytes};
use super::geojson_checked::is_whole;
use crate::diagnostics::{Code, Place, Problems};

pub(super) const DOWNLOAD_AGAIN: &str = "Download the boundaries again as GeoJSON from the ONS Open Geography Portal.";

/// The features of a file.
pub(super) fn parse(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<FeatureCollection> {
    let place = |line: u64| if line > 0 { Place::line(file, line) } else { Place::file(file) };
    match serde_json::from_slice::<GeoJson>(bytes) {
        Ok(GeoJson::FeatureCollection(collection)) if !collection.features.is_empty() => {
            let broken = |f: &geojson::Feature| f.geometry.as_ref().is_some_and(|g| !is_whole(&g.value));
            let Some(i) = collection.features.iter().position(broken) else { return Some(collection) };
            let next = "The file was cut off or edited. Download it again.";
            problems.error(Code::R109, place(0).at(format!("features[{i}].geometry")), "a position has fewer than two numbers", next);
        }
        Ok(GeoJson::FeatureCollection(_)) => problems.error(Code::R109, place(0), "the file holds no features", DOWNLOAD_AGAIN),
        Ok(_) => problems.error(Code::R109, place(0), "the file is not a feature collection", DOWNLOAD_AGAIN),
        Err(_) if foreign_bytes(file, bytes).is_some() => {
            let what = foreign_bytes(file, bytes).unwrap_or_default();
            problems.error(Code::R109, place(0), format!("this is {what}, and no GeoJSON"), EXPORT);
        }
        Err(e) if e.is_eof() => problems.error(
            Code::R109,
            place(e.line() as u64),
            "the GeoJSON ends in the middle",
            "The download stopped early. Download it again.",
        ),
        Err(e) => problems.error(Code::R109, place(e.line() as u64), "the file is not GeoJSON from here on", DOWNLOAD_AGAIN),
    }
    None
}

/// Whether a feature service says in a file that it left more out than it gives: it gives a thousand or two features at a time.
///
/// Where in the file it says so differs between servers and versions, so the words are looked for wherever they stand.
pub(super) fn says_more_is_left_out(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"\"exceededTransferLimit\"").any(|at| {
        let after =
            bytes[at..].iter().skip("\"exceededTransferLimit\"".len()).filter(|b| !b.is_ascii_whitespace() && **b != b'"' && **b != b':');
        after.take(4).copied().eq(*b"true")
    })
}
