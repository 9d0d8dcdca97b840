//! A document as tagged PDF (PDF/UA-1) on A4: headings as bookmarks, repeated heads of tables, text alternatives, page n of m.
//!
//! typst sets the pages from a template of our own, with the fonts that are compiled in: no package, no file and no network is within its reach.

mod ends;
mod letters;
mod values;

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::tree::Document;

pub use ends::PageEnd;

/// Less of a last page than this is a few lines, which are worth setting all pages closer for.
const FEW_LINES: f64 = 0.12;
/// A page that is filled less than this, and not the last, ends early. With half a page as the law, something is left for the measure.
const HALF: f64 = 0.54;
/// So many pictures at most are moved one after another: each sets all pages once more.
const MOST_MOVED: usize = 4;

/// How a page looks.
const TEMPLATE: &str = include_str!("page.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let faces = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    faces.into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// What typst may see: the template, the words and the pictures of one document.
struct Desk {
    main: Source,
    words: Bytes,
    pictures: Vec<Bytes>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        let picture = |path: &str| path.strip_suffix(".svg")?.parse::<usize>().ok().and_then(|i| self.pictures.get(i).cloned());
        if path == "document.json" { Ok(self.words.clone()) } else { picture(path).ok_or(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    // Pages know no day but those of their data: the same findings give the same bytes.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The document as PDF.
///
/// # Errors
/// Where the pages cannot be set, or a picture has no text alternative.
pub fn pdf(document: &Document) -> Result<Vec<u8>, String> {
    let pages = pages(document)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|e| e.message().to_string())?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("gapmap {}", document.title)),
        creator: Smart::Custom(Some("gapmap".into())),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(|faults| told(&faults));
    // Typst remembers every layout: of a document that is written once there is nothing to remember.
    typst::comemo::evict(0);
    bytes
}

/// How each page of a document ends.
///
/// # Errors
/// Where the pages cannot be set.
pub fn page_ends(document: &Document) -> Result<Vec<PageEnd>, String> {
    let ends = ends::of(&pages(document)?);
    typst::comemo::evict(0);
    Ok(ends)
}

/// What may be changed of the way in which pages are set.
#[derive(Default)]
struct How {
    /// Less room between lines.
    close: bool,
    /// Pictures, by their number, that go to the head of the next page while what follows fills this one.
    floats: Vec<usize>,
}

/// The pages, none of them but the last ending early where that can be. Where the last would hold a few lines alone, all are set closer, if those lines
/// then stand with the others.
fn pages(document: &Document) -> Result<PagedDocument, String> {
    let mut how = How::default();
    let mut pages = set(document, &how)?;
    let (mut from, mut tried) = (0, 0);
    while let Some((page, picture)) = ends::early(&pages, HALF, from).filter(|_| tried < MOST_MOVED) {
        tried += 1;
        how.floats.push(picture);
        let other = set(document, &how)?;
        // A picture that cannot go, or nothing that could stand in its place: later pages may still be mended.
        if other.pages().len() > pages.pages().len() || ends::early(&other, HALF, from).is_some_and(|(still, _)| still <= page) {
            how.floats.pop();
            from = page + 1;
            continue;
        }
        pages = other;
    }
    let ends = ends::of(&pages);
    if ends.len() > 1 && ends.last().is_some_and(|last| last.filled < FEW_LINES) {
        how.close = true;
        let closer = set(document, &how)?;
        if closer.pages().len() < ends.len() && ends::early(&closer, HALF, from).is_none() {
            return Ok(closer);
        }
    }
    Ok(pages)
}

fn set(document: &Document, how: &How) -> Result<PagedDocument, String> {
    let path = VirtualPath::new("main.typ").map_err(|_| "the template has no name".to_owned())?;
    let main = Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), TEMPLATE.to_owned());
    let (words, pictures) = values::of(document, how);
    let desk = Desk { main, words: Bytes::new(words), pictures: pictures.into_iter().map(|p| Bytes::new(p.into_bytes())).collect() };
    typst::compile(&desk).output.map_err(|faults| told(&faults))
}

fn told(faults: &[SourceDiagnostic]) -> String {
    faults.iter().map(|f| f.message.to_string()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
