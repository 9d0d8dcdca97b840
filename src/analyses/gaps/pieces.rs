//! Pieces of what the register says, which several tests share.

use crate::model::{Arg, Message, Text};
use crate::msg;
use crate::units::Month;

/// Youngest age of those whom surveys ask.
pub(super) const ADULT: usize = 16;

/// What the people of a row are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    Residents,
    Women,
    Disabled,
    Waiting,
    Cases,
}

impl Unit {
    /// As the body of the register names it.
    pub fn label(self) -> &'static str {
        match self {
            Unit::Residents => "residents",
            Unit::Women => "women",
            Unit::Disabled => "disabled people",
            Unit::Waiting => "people waiting",
            Unit::Cases => "open cases",
        }
    }

    /// As texts select on it.
    pub fn key(self) -> Arg {
        Arg::Key(match self {
            Unit::Residents => "residents",
            Unit::Women => "women",
            Unit::Disabled => "disabled-people",
            Unit::Waiting => "people-waiting",
            Unit::Cases => "open-cases",
        })
    }
}

/// `31 December 2025`; a date that is none stays as it is written.
pub(in crate::analyses) fn day(iso: &str) -> Message {
    let month = iso.get(..7).and_then(Month::parse);
    let of_month = iso.get(8..10).and_then(|d| d.parse::<u64>().ok());
    match (month, of_month) {
        (Some(month), Some(day)) => msg!("gaps-day", day = day, month = month),
        _ => Message::as_written(iso),
    }
}

/// What a text says, to be said once more inside another.
pub(super) fn again(text: &Text) -> Message {
    text.message().cloned().unwrap_or_else(|| Message::as_written(text.as_str()))
}

/// Why a verdict rests on the plan's own word for its catalogue, or cannot.
pub(super) fn by_the_list(complete: bool) -> Message {
    if complete { msg!("gaps-because-complete") } else { msg!("gaps-because-incomplete") }
}
