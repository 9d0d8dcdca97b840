//! Holes that several analyses fill alike.

use crate::model::Arg;
use crate::sources::Topic;

/// What a dataset counts, as texts select on it: `incidents`, `referrals` or `reports`.
pub(super) fn topic(topic: Topic) -> Arg {
    Arg::Key(match topic {
        Topic::Incidents => "incidents",
        Topic::Referrals => "referrals",
        Topic::PlaceReports => "reports",
    })
}
