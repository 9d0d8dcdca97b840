use crate::diagnostics::{Code, Place, Problems, nearest};
use crate::study::Study;

/// An event must lie in the months and areas of the study: a slip in a code would make its comparator of the area itself.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for event in &study.events {
        let place = || Place::file(format!("`[[study.event]]` {}", event.name));
        for code in event.areas.iter().filter(|c| study.areas.position(**c).is_none()) {
            let hint = nearest(code.as_str(), study.areas.list.iter().map(|a| a.code.as_str()))
                .map_or(String::new(), |k| format!(" The nearest is `{k}`."));
            let next = format!("Name codes of {}, the level that the study is shown at.{hint}", study.about.geography.plural());
            problems.error(Code::D214, place(), format!("`{code}` is no area of the study"), &next);
        }
        let period = study.about.period;
        if event.last_month.is_some_and(|last| last < event.first_month) {
            problems.error(Code::D214, place(), "it ends before it begins", "Change `first-month` or `last-month`.");
        } else if event.first_month <= period.first || event.first_month > period.last {
            let told = format!("it begins in {}, outside {}, and is left out", event.first_month.label(), period.label());
            problems.warn(Code::D214, place(), told, "An event needs at least twelve months before it.");
        }
    }
}
