//! What the plan says of public places, held against the catalogue.

use super::why::says_so;
use crate::diagnostics::{Code, Place, Problems};
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
            problems.error(
                Code::S317,
                place(),
                "the reason for a public place says that it is secret, or is none",
                "Say in `because` how you know that anybody may know where it is. If it is secret, take the entry out.",
            );
        }
        if entry.because.split_whitespace().count() < 2 {
            problems.error(
                Code::S317,
                place(),
                "a public place without a reason",
                "Say in `because` how you know that anybody may know where it is.",
            );
        }
        let mut named = records.iter().filter(|r| r.id == entry.id).peekable();
        if named.peek().is_none() {
            problems.error(
                Code::S317,
                place(),
                format!("no service has the id `{}`", entry.id),
                "Write the id as it stands in the catalogue, or take the entry out.",
            );
        }
        for record in named.filter(|r| says_so(r)) {
            problems.error(
                Code::S317,
                record.place.clone(),
                "the record says that the service is confidential, and the plan says that its place is public",
                "Ask the provider. Then correct the record, or take the entry out of `[[study.public-place]]`.",
            );
        }
    }
}

/// Words by which a reason speaks of the program and not of the place.
const OF_THE_PROGRAM: [&str; 4] = ["error", "gapmap", "s301", "s317"];

/// What the plan says stands on every pack: its title, the name of the area and the reasons tell no exact place.
pub(in crate::study) fn check_texts(settings: &StudySettings, problems: &mut Problems) {
    let because = settings.public_places.iter().map(|p| ("because", p.because.as_str()));
    let titles = [("title", settings.title.as_str()), ("area-name", settings.area_name.as_str())];
    for (setting, text) in titles.into_iter().chain(because) {
        if tells_an_exact_place(text) {
            problems.error(
                Code::S323,
                Place::file("the plan").at(setting),
                "a text of the plan that stands on every pack tells an exact place (not shown)",
                "Name the area, and no postcode, house, point or local phone number.",
            );
        }
    }
    for entry in &settings.public_places {
        if tokens(&entry.because).iter().any(|w| OF_THE_PROGRAM.contains(&w.word.as_str())) {
            problems.error(
                Code::S317,
                Place::file("the plan").at("[[study.public-place]]"),
                "the reason for a public place speaks of the program",
                "Say in `because` how you know that anybody may know where it is.",
            );
        }
    }
}
