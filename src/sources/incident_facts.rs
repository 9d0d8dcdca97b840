//! Coarse facts of a row of a table of events: part of the week, sex of the victim, domestic abuse, setting.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::csv_file::{Row, Sheet};
use super::facets::{Facets, Setting, VictimSex, WeekBand, YesNo};
use super::incident_row::Found;
use super::read_value::{has_day_and_time, is_an_hour_early};
use crate::diagnostics::Problems;

/// What a row says of when, to whom and in what setting; unknown where it says nothing. An hour that cannot be read is reported.
pub(super) fn facets(c: &Found, sheet: &Sheet, row: &Row, date: Option<&str>, problems: &mut Problems) -> Facets {
    let hour = row.get_if(c.hour);
    let when = hour_of(hour).and_then(|hour| WeekBand::of(hour, date));
    if let (None, false, Some(column)) = (when, hour.is_empty(), c.hour) {
        sheet.bad_value(row, column, "an hour such as 23 or 23:10", problems);
    }
    let sex = match row.get_if(c.victim_sex).to_lowercase().as_str() {
        "f" | "female" | "woman" | "girl" => VictimSex::Female,
        "m" | "male" | "man" | "boy" => VictimSex::Male,
        "" | "unknown" | "not known" | "not stated" | "u" => VictimSex::Unknown,
        _ => VictimSex::Other,
    };
    let domestic_abuse = match row.get_if(c.domestic_abuse).to_lowercase().as_str() {
        "y" | "yes" | "true" | "1" | "da" => YesNo::Yes,
        "n" | "no" | "false" | "0" => YesNo::No,
        _ => YesNo::Unknown,
    };
    Facets::new(when, sex, domestic_abuse, setting_of(row.get_if(c.place_type)))
}

/// `23`, `23:10`, `23:10:00`, `2310`, `23.10`, `11pm`, or a date with a time.
pub(super) fn hour_of(text: &str) -> Option<u8> {
    let lower = text.trim().to_lowercase();
    let half =
        [("pm", 12), ("p.m.", 12), ("am", 0), ("a.m.", 0)].into_iter().find_map(|(word, add)| Some((lower.strip_suffix(word)?, add)));
    let time = half.map_or(lower.as_str(), |h| h.0.trim()).rsplit(['t', ' ']).next()?;
    let is_minutes = |m: &str| m.len() == 2 && m.parse::<u8>().is_ok_and(|m| m < 60);
    let times = lower.split([' ', '-', '–']).filter(|word| word.contains(':')).count();
    if times > 1 && !has_day_and_time(&lower) {
        return None;
    }
    let hour = match (time.split_once(':'), time.split_once('.')) {
        // `18:00-23:59` is no hour.
        (Some((hour, rest)), _) => Some(hour).filter(|_| is_end_of_a_time(rest, has_day_and_time(&lower)))?,
        // `0.25` is a quarter of a day, as spreadsheets hold a time.
        (None, Some((hour, minutes))) if is_minutes(minutes) && hour != "0" => hour,
        (None, None) if time.len() == 4 && time == lower && is_minutes(time.get(2..)?) => time.get(..2)?,
        (None, None) if lower.len() <= 2 || half.is_some() => time,
        _ => return None,
    };
    let hour: u8 = hour.parse().ok()?;
    match half {
        Some((_, add)) => (1..=12).contains(&hour).then_some(hour % 12 + add),
        // A clock on the wall is an hour before that of the world in summer.
        None if is_an_hour_early(&lower, hour) => (hour < 24).then_some((hour + 1) % 24),
        None => (hour < 24).then_some(hour),
    }
}

/// Minutes, seconds and parts of them, and of a stamp its zone.
fn is_end_of_a_time(rest: &str, with_zone: bool) -> bool {
    let plain = if with_zone { rest.split(['z', '+', '-']).next().unwrap_or(rest) } else { rest.trim_end_matches('z') };
    let plain = if with_zone { plain } else { plain.split('+').next().unwrap_or(plain) };
    let (whole, parts) = plain.trim().split_once('.').unwrap_or((plain.trim(), "0"));
    let fields: Vec<&str> = whole.split(':').collect();
    let is_field = |f: &&str| f.len() == 2 && f.parse::<u8>().is_ok_and(|n| n < 60);
    (1..=2).contains(&fields.len()) && fields.iter().all(is_field) && parts.bytes().all(|b| b.is_ascii_digit())
}

/// The coarse setting of a kind of place, by `data/definitions/place_types.csv`.
fn setting_of(text: &str) -> Setting {
    static SETTINGS: LazyLock<HashMap<String, Setting>> = LazyLock::new(|| {
        let text = include_str!("../../data/definitions/place_types.csv");
        let rows = crate::units::rows(text);
        let setting = |word: &str| match word {
            "public" => Setting::Public,
            "private" => Setting::Private,
            _ => Setting::Online,
        };
        rows.iter().map(|row| (row[0].to_owned(), setting(&row[1]))).collect()
    });
    SETTINGS.get(&text.trim().to_lowercase()).copied().unwrap_or(Setting::Unknown)
}

#[cfg(test)]
mod tests {
    use super::hour_of;

    #[test]
    fn hours_are_read_from_times_and_not_from_dates() {
        assert_eq!(hour_of("23"), Some(23));
        assert_eq!(hour_of("5"), Some(5));
        assert_eq!(hour_of("05:59"), Some(5));
        assert_eq!(hour_of("2024-02-17T18:00:00"), Some(18));
        assert_eq!(hour_of("17/02/2024 00:30"), Some(0));
        for (text, hour) in
            [("0915", 9), ("1530", 15), ("9.15", 9), ("11pm", 23), ("12 am", 0), ("9:15 PM", 21), ("17/02/2024 12:30 pm", 12)]
        {
            assert_eq!(hour_of(text), Some(hour), "{text}");
        }
        // Of the world's clock: an hour later on the wall in summer.
        for (stamp, hour) in [
            ("2025-06-10T17:30:00Z", 18),
            ("2025-06-10T23:10:00Z", 0),
            ("2025-01-10T17:30:00Z", 17),
            ("2025-06-10T17:30:00+01:00", 17),
            ("2025-06-10T17:30:00+00:00", 18),
            ("2025-06-10T17:30:00", 17),
            ("2025-06-10 17:30:00+00:00", 18),
            ("2025-06-10 17:30:00Z", 18),
            ("10/06/2025 17:30:00Z", 18),
            ("10/06/2025 17:30", 17),
            ("2025-03-30T00:30:00Z", 0),
            ("2025-03-30T01:30:00Z", 2),
            ("2025-10-26T00:30:00.000Z", 1),
            ("2025-10-26T01:30:00Z", 1),
        ] {
            assert_eq!(hour_of(stamp), Some(hour), "{stamp}");
        }
        for none in [
            "18:00-23:59",
            "17:00 - 20:00",
            "17:00 to 20:00",
            "9:5",
            "12:60",
            "18:00/19:00",
            "",
            "13pm",
            "0961",
            "0.385",
            "0.25",
            "915",
            "24",
            "24:10",
            "2024-02-17",
            "evening",
        ] {
            assert_eq!(hour_of(none), None, "{none}");
        }
    }
}
