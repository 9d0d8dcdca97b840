//! Holes that several analyses fill alike.

use crate::model::{Arg, Message};
use crate::msg;
use crate::sources::Topic;
use crate::study::{Dataset, Select, Study};
use crate::units::Period;

/// What a dataset counts, as texts select on it: `incidents`, `referrals` or `reports`.
pub(super) fn topic(topic: Topic) -> Arg {
    Arg::Key(match topic {
        Topic::Incidents => "incidents",
        Topic::Referrals => "referrals",
        Topic::PlaceReports => "reports",
    })
}

/// Each change of recording within some months, of which counts from before and after are added up.
pub(super) fn breaks_within(study: &Study, dataset: &Dataset, categories: &[u32], period: Period) -> Vec<Message> {
    let within = study.breaks_of(dataset, categories).into_iter().filter(|b| b.first_month > period.first && b.first_month <= period.last);
    within.map(|b| msg!("break-within", month = b.first_month, what = b.title.trim_end_matches('.'))).collect()
}

/// How many months of a selection a headline says to be there, for every area and with its categories. Of a restricted source it is not told in how many
/// months there is nothing of a category.
pub(super) fn months_told(study: &Study, dataset: &Dataset, select: &Select) -> usize {
    match study.is_open_source(dataset.source) {
        true => dataset.months_recorded(select),
        false => dataset.months_covered(select.period.unwrap_or(dataset.period)),
    }
}

/// Where many events of a selection have no month: each month has too few. Of a restricted source, or beside one, it is not told how many.
pub(super) fn undated(study: &Study, dataset: &Dataset, categories: &[u32]) -> Option<Message> {
    let events = dataset.without_a_month(&Select { categories: categories.to_vec(), ..Select::default() })?;
    Some(match study.sources_of_rate(dataset).iter().all(|s| s.sensitivity.is_open()) {
        true => msg!("undated-events", events = events),
        false => msg!("undated-some"),
    })
}
