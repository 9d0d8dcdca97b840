//! What a record of Open Referral says beyond name and place, from whichever form it comes in.

use super::eligibility::Eligibility;
use super::opening::OpeningTimes;
use super::read_value::{Said, quantity, says_nothing};
use super::recurrence::Rule;
use super::service_record::SideRecord;
use super::services_side::iso_date;

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
    /// What it can take, as `service_capacity` of HSDS 3.1 has it.
    pub capacities: Vec<Capacity>,
    /// The day it was last assured, or else last changed.
    pub checked: [String; 2],
}

/// What a service can take, as one row tells it.
#[derive(Default)]
pub(super) struct Capacity {
    /// At most.
    pub maximum: String,
    /// The name of what is counted.
    pub unit: String,
}

/// One regular stretch of hours.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Schedule {
    /// On which days.
    pub rule: Rule,
    pub opens_at: String,
    pub closes_at: String,
    pub description: String,
}

/// Words beside hours that say that they are not those of every week.
const LIMITS: [&str; 14] = [
    "term time",
    "term-time",
    "termtime",
    "half term",
    "school holiday",
    "appointment",
    "closed",
    "not open",
    "alternate",
    "fortnight",
    "seasonal",
    "except",
    "varies",
    "on request",
];

fn is_midnight(time: &str) -> bool {
    let digits: String = time.chars().take_while(|c| !matches!(c, 'Z' | 'z' | '+')).filter(char::is_ascii_digit).collect();
    !digits.is_empty() && digits.bytes().all(|b| b == b'0')
}

/// The hours of all schedules together. `None` where any of them cannot be read: the rest would be told for the whole.
fn hours_of(schedules: &[Schedule]) -> Option<OpeningTimes> {
    let mut all = OpeningTimes::default();
    let mut any = false;
    for schedule in schedules {
        if *schedule == Schedule::default() {
            continue;
        }
        let timed = !says_nothing(&schedule.opens_at) || !says_nothing(&schedule.closes_at);
        let note = schedule.description.to_lowercase();
        let holds = |words: &[&str]| words.iter().any(|w| note.contains(w));
        let never_closed = holds(&["never closed", "never closes", "never shut"]);
        // `Closed on bank holidays` leaves the hours of every other day as they are.
        let of_holidays = holds(&["bank holiday", "public holiday"]);
        let limits = LIMITS.iter().filter(|w| !(of_holidays && ["closed", "not open", "except"].contains(w)));
        let limited = limits.into_iter().any(|w| note.contains(w)) && !never_closed;
        let shut = holds(&["closed", "not open", "shut"]) && !never_closed;
        if timed && is_midnight(&schedule.opens_at) && is_midnight(&schedule.closes_at) && shut {
            // Programs write a day without hours so: it is open at none of them.
        } else if timed && limited {
            // Hours of some weeks alone, told in words: on which days nobody can work out.
            return None;
        } else if timed {
            if !all.add_schedule(&schedule.rule, &schedule.opens_at, &schedule.closes_at) {
                return None;
            }
        } else {
            all.add(OpeningTimes::of_text(&schedule.description)?);
        }
        any = true;
    }
    any.then_some(all)
}

/// The capacity of the first unit that is named: the same places told in a second unit are the same places. Several rows of it may be of two years or of two
/// rooms: where they do not all say the same it is not known. `None`, too, where a row gives no maximum: what is free now is not what there is.
fn capacity_of(capacities: &[Capacity]) -> Option<(f64, Option<String>)> {
    let unit = &capacities.first()?.unit;
    let mut each = capacities.iter().filter(|c| c.unit == *unit).map(|c| match quantity(&c.maximum) {
        Said::Value(n) if n >= 0.0 => Some(n),
        _ => None,
    });
    let first = each.next()??;
    each.all(|n| n == Some(first)).then(|| (first, (!says_nothing(unit)).then(|| unit.clone())))
}

impl Says {
    /// The same as values.
    pub fn into_side(self) -> SideRecord {
        let said = self.schedules.iter().any(|s| *s != Schedule::default());
        let age = |text: &str| match quantity(text) {
            Said::Value(n) if (0.0..=120.0).contains(&n) => Some(n as u32),
            _ => None,
        };
        let words = self.eligibility.into_iter().find(|t| !t.is_empty()).unwrap_or_default();
        let fields = Eligibility {
            age_from: age(&self.minimum_age),
            // Feeds write 0, 99 or more where there is no upper end.
            age_to: age(&self.maximum_age).filter(|n| (1..99).contains(n)),
            ..Eligibility::default()
        };
        let filled = |texts: Vec<String>| texts.into_iter().filter(|t| !says_nothing(t)).collect();
        let (capacity, capacity_unit) = capacity_of(&self.capacities).unzip();
        SideRecord {
            capacity,
            capacity_unit: capacity_unit.flatten(),
            hours: hours_of(&self.schedules),
            hours_in_words: said,
            eligibility: fields.or(Eligibility::of_words(&words)),
            languages: filled(self.languages),
            access_needs: filled(self.accessibility),
            funders: filled(self.funders),
            last_verified: self.checked.iter().find_map(|t| iso_date(t)),
            ..SideRecord::default()
        }
    }
}
