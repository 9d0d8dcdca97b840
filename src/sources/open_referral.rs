//! What a record of Open Referral says beyond name and place, from whichever form it comes in.

use super::eligibility::Eligibility;
use super::opening::{self, OpeningTimes};
use super::service_record::SideRecord;
use super::services_side::iso_date;
use crate::units::WeekHours;

/// The texts of the fields, as they stand.
#[derive(Default)]
pub(super) struct Says {
    /// Regular hours, of the service and of its places.
    pub schedules: Vec<Schedule>,
    pub minimum_age: String,
    pub maximum_age: String,
    /// Whom it is for, in words: the first that says anything counts.
    pub eligibility: [String; 2],
    pub languages: Vec<String>,
    /// What helps people in.
    pub accessibility: Vec<String>,
    pub funders: Vec<String>,
    /// The day it was last assured, or else last changed.
    pub checked: [String; 2],
}

/// One regular stretch of hours.
pub(super) struct Schedule {
    pub by_day: String,
    pub opens_at: String,
    pub closes_at: String,
    pub description: String,
}

impl Says {
    /// The same as values.
    pub fn into_side(self) -> SideRecord {
        let read = |s: &Schedule| opening::of_schedule(&s.by_day, &s.opens_at, &s.closes_at);
        let stretches: Vec<(u16, u16)> = self.schedules.iter().filter_map(read).flatten().collect();
        let notes = self.schedules.iter().find_map(|s| opening::of_text(&s.description));
        let week = OpeningTimes { week: WeekHours::new(stretches.clone()), on_bank_holidays: None };
        let age = |text: &str| text.parse::<f64>().ok().filter(|n| (0.0..=120.0).contains(n)).map(|n| n as u32);
        let words = self.eligibility.into_iter().find(|t| !t.is_empty()).unwrap_or_default();
        let fields = Eligibility {
            age_from: age(&self.minimum_age),
            // Feeds write 0 where there is no upper end.
            age_to: age(&self.maximum_age).filter(|n| *n > 0),
            ..Eligibility::default()
        };
        let filled = |texts: Vec<String>| texts.into_iter().filter(|t| !t.is_empty()).collect();
        SideRecord {
            hours: if stretches.is_empty() { notes } else { Some(week) },
            hours_in_words: !self.schedules.is_empty(),
            eligibility: fields.or(Eligibility::of_words(&words)),
            languages: filled(self.languages),
            access_needs: filled(self.accessibility),
            funders: filled(self.funders),
            last_verified: self.checked.iter().find_map(|t| iso_date(t)),
            ..SideRecord::default()
        }
    }
}
