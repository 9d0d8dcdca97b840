//! What the plan says of public places, held against the catalogue.

use super::why::says_so;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::model::PublicPlace;
use crate::sources::{ServiceRecord, tells_an_exact_place};
use crate::study::StudySettings;
use crate::vocabulary::{keeps_place_back, tokens};

/// What the plan says of public places must be true of the catalogue.
pub(super) fn check_plan(records: &[ServiceRecord], public: &[PublicPlace], problems: &mut Problems) {
    let place = || Place::file("the plan").at("[[study.public-place]]");
    for entry in public {
        let because = &entry.because;
        if keeps_place_back(because) || ["todo", "tbc", "fixme"].iter().any(|w| because.to_lowercase().contains(w)) {
            problems.error_said(Code::S317, place(), said::public_place_called_secret());
        }
        if entry.because.split_whitespace().count() < 2 {
            problems.error_said(Code::S317, place(), said::public_place_without_a_reason());
        }
        let mut named = records.iter().filter(|r| r.id == entry.id).peekable();
        if named.peek().is_none() {
            problems.error_said(Code::S317, place(), said::public_place_of_no_service(&entry.id));
        }
        for record in named.filter(|r| says_so(r)) {
            problems.error_said(Code::S317, record.place.clone(), said::public_place_of_a_confidential_record());
        }
    }
}

/// Words by which a reason speaks of the program and not of the place.
const OF_THE_PROGRAM: [&str; 4] = ["error", "gapmap", "s301", "s317"];

/// What the plan says stands on every pack: its title, the name of the area and the reasons tell no exact place.
pub(in crate::study) fn check_texts(settings: &StudySettings, problems: &mut Problems) {
    let because = settings.public_places.iter().map(|p| ("because", p.because.as_str()));
    let titles = [("title", settings.title.as_str()), ("area-name", settings.area_name.as_str())];
    let columns = settings.harmless_columns.iter().map(|h| ("harmless-columns", h.as_str()));
    for (setting, text) in titles.into_iter().chain(because).chain(columns) {
        if tells_an_exact_place(text) {
            problems.error_said(Code::S323, Place::file("the plan").at(setting), said::plan_tells_an_exact_place());
        }
    }
    for entry in &settings.public_places {
        if tokens(&entry.because).iter().any(|w| OF_THE_PROGRAM.contains(&w.word.as_str())) {
            problems.error_said(
                Code::S317,
                Place::file("the plan").at("[[study.public-place]]"),
                said::public_place_because_of_the_program(),
            );
        }
    }
}
