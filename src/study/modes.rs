//! The ways in which a plan may ask for distance: `by = "walk"`. One that the plan cannot measure by is told, and never another taken in its place.

use super::transit::PUBLIC_TRANSPORT;
use super::{Asked, Study, StudySettings, Travel};
use crate::diagnostics::{Place, Problems, said};

/// Name of the way that every study can measure by.
pub const STRAIGHT_LINE: &str = "straight-line";
const WALK: &str = "walk";
const DRIVE: &str = "drive";

/// Other words that plans use for a mode.
const CALLED: [(&str, &str); 13] = [
    ("straight line", STRAIGHT_LINE),
    ("crow-flies", STRAIGHT_LINE),
    ("walking", WALK),
    ("foot", WALK),
    ("on-foot", WALK),
    ("on foot", WALK),
    ("driving", DRIVE),
    ("car", DRIVE),
    ("by-car", DRIVE),
    ("by car", DRIVE),
    ("public transport", PUBLIC_TRANSPORT),
    ("public_transport", PUBLIC_TRANSPORT),
    ("transit", PUBLIC_TRANSPORT),
];

/// Words for a part of a mode, which are that mode only where the author says so.
const MEANT: [(&str, &str); 5] =
    [("bus", PUBLIC_TRANSPORT), ("buses", PUBLIC_TRANSPORT), ("train", PUBLIC_TRANSPORT), ("timetable", PUBLIC_TRANSPORT), ("road", DRIVE)];

/// The name of a mode as this program knows it: that of a table of times as it is written, else the usual word.
pub(super) fn usual(by: &str, travel: &[Travel]) -> String {
    if travel.iter().any(|t| t.mode == by) {
        return by.to_owned();
    }
    let plain = by.trim().to_lowercase();
    let known = |word: &str| CALLED.iter().find(|(called, _)| *called == word).map_or(word.to_owned(), |(_, mode)| (*mode).to_owned());
    let meant = known(&plain);
    // A table may call it by another of its words.
    let of_table = travel.iter().find(|t| known(&t.mode.trim().to_lowercase()) == meant);
    of_table.map_or(meant, |t| t.mode.clone())
}

/// Tells of a mode that the study cannot measure by.
pub(super) fn check(by: &str, travel: &[Travel], place: Place, problems: &mut Problems) {
    let mode = usual(by, travel);
    if mode == STRAIGHT_LINE || travel.iter().any(|t| t.mode == mode) {
        return;
    }
    let needs = match mode.as_str() {
        WALK | DRIVE => Some(said::mode_without_streets(&mode)),
        PUBLIC_TRANSPORT => Some(said::mode_without_timetable(&mode)),
        _ => None,
    };
    if let Some(said) = needs {
        problems.error(crate::diagnostics::Code::P104, place, said.what, said.next);
        return;
    }
    let mut there: Vec<&str> = vec![STRAIGHT_LINE];
    there.extend(travel.iter().map(|t| t.mode.as_str()));
    let known = [STRAIGHT_LINE, WALK, DRIVE, PUBLIC_TRANSPORT];
    let meant = MEANT.iter().find(|(word, _)| *word == mode).map(|(_, mode)| *mode);
    let near = meant.or_else(|| crate::diagnostics::nearest(&mode, there.iter().copied().chain(known)));
    let said = said::unknown_mode(by, near, &there);
    problems.error(crate::diagnostics::Code::P102, place, said.what, said.next);
}

/// Tells of the mode of `[study.reach]`, where the study cannot measure by it.
pub(super) fn check_study(settings: &StudySettings, travel: &[Travel], problems: &mut Problems) {
    // Where a file could not be read, that is told first.
    if problems.any_error() {
        return;
    }
    check(&settings.reach.by, travel, Place::file("the plan").at("`by` in `[study.reach]`"), problems);
}

impl Study {
    /// The same question of places where nothing is yet: where the study goes by a table of times, which has none to such places, by straight lines.
    pub fn asked_of_new_places(&self, asked: Asked) -> Asked {
        let mode = usual(asked.by.as_deref().unwrap_or(&self.about.reach.by), &self.travel);
        let timed = mode == STRAIGHT_LINE || self.times_new_places(&mode);
        Asked { by: Some(if timed { mode } else { STRAIGHT_LINE.to_owned() }), ..asked }
    }

    /// Tells of a mode that an analysis names, where the study cannot measure by it.
    pub fn check_mode(&self, by: &str, place: Place, problems: &mut Problems) {
        check(by, &self.travel, place, problems);
    }
}
