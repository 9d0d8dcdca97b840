use crate::diagnostics::{Code, Place, Problems, nearest, said};
use crate::study::Study;

/// An event must lie in the months and areas of the study: a slip in a code would make its comparator of the area itself.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for event in &study.events {
        let place = || Place::file(format!("`[[study.event]]` {}", event.name));
        for code in event.areas.iter().filter(|c| study.areas.position(**c).is_none()) {
            let near = nearest(code.as_str(), study.areas.list.iter().map(|a| a.code.as_str()));
            problems.error_said(Code::D214, place(), said::event_in_no_area(*code, study.about.geography, near));
        }
        let period = study.about.period;
        if event.last_month.is_some_and(|last| last < event.first_month) {
            problems.error_said(Code::D214, place(), said::event_ends_before_it_begins());
        } else if event.first_month <= period.first || event.first_month > period.last {
            problems.warn_said(Code::D214, place(), said::event_outside_the_period(event.first_month, period));
        }
    }
}
