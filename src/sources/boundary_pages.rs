//! Files of boundaries as a server gives them: page by page, each but the last with the word that more follows. All files of a source are judged together.

use std::collections::BTreeSet;

use super::gathered::{BoundarySet, Tally};
use super::geojson_text::says_more_is_left_out;
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{AreaCode, Geography};

/// One file of a source.
pub(super) struct Page {
    file: String,
    features: usize,
    says_more: bool,
    /// What its areas are, and of which year; `None` where it cannot be read.
    kind: Option<(Geography, u16)>,
    areas: BTreeSet<AreaCode>,
    authorities: BTreeSet<AreaCode>,
}

impl Page {
    /// Of a file with so many features, and of what was read from it.
    pub fn new(file: &str, bytes: &[u8], features: usize, set: Option<&BoundarySet>) -> Self {
        Self {
            file: file.to_owned(),
            features,
            says_more: says_more_is_left_out(bytes),
            kind: set.map(|s| (s.geography, s.vintage)),
            areas: set.iter().flat_map(|s| s.areas.iter().map(|a| a.0)).collect(),
            authorities: set.iter().flat_map(|s| s.areas.iter().filter_map(|a| a.2)).collect(),
        }
    }

    /// Whether a server may have stopped here without a word.
    fn is_of_a_round_number(&self) -> bool {
        self.features >= 1000 && self.features.is_multiple_of(1000)
    }

    /// Whether it goes on where another file was cut off: it has more areas of the same kind. Where both say in which authorities these lie, a page of
    /// the same download shares one with the page before it; areas of other authorities alone are another download.
    fn follows(&self, cut: &Self) -> bool {
        let told = !self.authorities.is_empty() && !cut.authorities.is_empty();
        let of_the_same = !told || !self.authorities.is_disjoint(&cut.authorities);
        self.kind.is_some() && self.kind == cut.kind && of_the_same && !self.areas.is_subset(&cut.areas)
    }

    /// Whether nothing shows that the rest of it is there. Pages lead on from one to the next, up to one that is whole and has areas which no page that
    /// was cut off has.
    fn is_without_its_rest(&self, pages: &[Page], is_whole: impl Fn(&Page) -> bool) -> bool {
        let cut = pages.iter().filter(|p| p.kind == self.kind && !is_whole(p));
        let known: BTreeSet<AreaCode> = cut.flat_map(|p| p.areas.iter().copied()).collect();
        let (mut led_to, mut seen): (Vec<&Page>, Vec<&str>) = (vec![self], vec![]);
        while let Some(page) = led_to.pop() {
            if is_whole(page) {
                if !page.areas.is_subset(&known) {
                    return false;
                }
            } else if !seen.contains(&page.file.as_str()) {
                seen.push(&page.file);
                led_to.extend(pages.iter().filter(|p| p.follows(page)));
            }
        }
        true
    }
}

/// Tells of files that were cut off, where no other file of the source goes on with what they lack.
pub(super) fn tell_cut_off(pages: &[Page], tally: &mut Tally, problems: &mut Problems) {
    let next = "Download it again in parts (`resultOffset`) and give all of them as one source, the last one too: it is the one that does not say that more follows. Or take it as a file from the ONS Open Geography Portal. The areas that are missing would have no residents and their incidents no area.";
    for page in pages {
        let n = page.features;
        if page.says_more {
            if page.is_without_its_rest(pages, |p| !p.says_more) {
                let what = format!(
                    "the server cut the file off after {n} boundaries, as the file says itself, and no file of the source goes on from there"
                );
                problems.error(Code::R115, Place::file(&page.file), what, next);
            } else {
                tally.note("in a page of a download that other files of the source go on with", n as u64);
            }
        } else if page.is_of_a_round_number() && page.is_without_its_rest(pages, |p| !p.says_more && !p.is_of_a_round_number()) {
            let what = format!("the file holds exactly {n} boundaries: many servers stop at such a number");
            problems.warn(Code::R115, Place::file(&page.file), what, next);
        }
    }
}
