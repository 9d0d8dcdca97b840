//! Times of the week at which a service must be open to take part.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::Arg;
use crate::units::WeekHours;

/// When services must be open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OpenWhen {
    /// Whenever they are.
    #[default]
    Any,
    /// For at least an hour between 17:00 and 21:00 on working days together.
    Evening,
    /// For at least an hour between 18:00 and 06:00, any day.
    Night,
    /// For at least an hour on Saturday or Sunday.
    Weekend,
}

impl OpenWhen {
    /// Whether hours meet it; `None` where they are not known.
    ///
    /// Hours of an ordinary week, all days together: one evening a week is an evening.
    pub(in crate::analyses) fn met_by(self, hours: Option<&WeekHours>) -> Option<bool> {
        let minutes = match self {
            OpenWhen::Any => return Some(true),
            OpenWhen::Evening => (0..5).map(|day| hours.map(|h| h.overlap(day * 1440 + 17 * 60, day * 1440 + 21 * 60))).sum(),
            OpenWhen::Night => hours.map(|h| h.minutes_between(18, 6)),
            OpenWhen::Weekend => hours.map(|h| h.overlap(5 * 1440, 7 * 1440)),
        };
        minutes.map(|m: u32| m >= 60)
    }

    /// End of the id of a finding.
    pub(in crate::analyses) fn suffix(self) -> &'static str {
        match self {
            OpenWhen::Any => "",
            OpenWhen::Evening => "/evening",
            OpenWhen::Night => "/night",
            OpenWhen::Weekend => "/weekend",
        }
    }

    /// As texts select on it.
    pub(in crate::analyses) fn key(self) -> Arg {
        Arg::Key(match self {
            OpenWhen::Any => "any",
            OpenWhen::Evening => "evening",
            OpenWhen::Night => "night",
            OpenWhen::Weekend => "weekend",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_hours_are_no_evening_and_what_is_not_known_is_not_known() {
        let office = WeekHours::new((0..5).map(|d| (d * 1440 + 9 * 60, d * 1440 + 17 * 60)).collect());
        let late = WeekHours::new(vec![(1440 + 18 * 60, 1440 + 20 * 60)]);
        let met = |hours: &WeekHours| [OpenWhen::Any, OpenWhen::Evening, OpenWhen::Night, OpenWhen::Weekend].map(|w| w.met_by(Some(hours)));
        assert_eq!(met(&office), [true, false, false, false].map(Some));
        assert_eq!(met(&late), [true, true, true, false].map(Some));
        assert_eq!((OpenWhen::Any.met_by(None), OpenWhen::Night.met_by(None)), (Some(true), None));
    }
}
