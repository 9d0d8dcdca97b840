//! Words of findings as a text has them beside others: days as readers write them, and no subject twice in a row.

use super::values::{MONTHS, first};

/// `31 December 2025` for `2025-12-31`.
pub(super) fn date(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '-').map(|p| p.parse::<usize>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(format!("{day} {} {year}", MONTHS.get(month.checked_sub(1)?)?))
}

/// A text with its days in words; one that stands beside itself stands once.
pub(super) fn days_in_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..at]);
        let run = &rest[at..];
        let (run, after) = run.split_at(run.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(run.len()));
        match date(run).filter(|_| run.len() == "2025-12-31".len()) {
            Some(day) => {
                let before = out.trim_end_matches(", ");
                // `24 July 2025` ends like `4 July 2025`, and is another day.
                let again = before.strip_suffix(&day).is_some_and(|earlier| !earlier.ends_with(|c: char| c.is_ascii_digit()));
                if again { out.truncate(before.len()) } else { out.push_str(&day) }
            }
            None => out.push_str(run),
        }
        rest = after;
    }
    out + rest
}

/// A sentence without the subject that it shares with the headline before it: `Rape: 12 were recorded` after `Rape: no clear change` says
/// `12 were recorded`.
pub(super) fn after(text: &str, headline: &str) -> String {
    let said = headline.split_once(": ").and_then(|(subject, _)| text.strip_prefix(subject)?.strip_prefix(": "));
    said.map_or_else(|| text.to_owned(), |said| first(said, |c| c.to_uppercase().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_readers_do() {
        assert_eq!(date("2025-12-31").as_deref(), Some("31 December 2025"));
        assert_eq!((date("2025-13-01"), date("soon")), (None, None));
        let told =
            ["guidance, 2024-12-12.", "on 24 July 2025, 2025-07-24, here", "2025-26, 0808 2000 247 and 2025-13-01", "2025-07-24é", ""];
        assert_eq!(days_in_words("2025-07-24, 2025-07-04"), "24 July 2025, 4 July 2025");
        let words = ["guidance, 12 December 2024.", "on 24 July 2025, here", "2025-26, 0808 2000 247 and 2025-13-01", "24 July 2025é", ""];
        assert_eq!(told.map(days_in_words), words);
    }

    #[test]
    fn a_subject_is_not_said_twice_in_a_row() {
        assert_eq!(after("Rape: the count rose.", "Rape: no clear change"), "The count rose.");
        assert_eq!(after("Rape: the count rose.", "No clear change"), "Rape: the count rose.");
        assert_eq!(after("Rape, by month: the count rose.", "Rape: no clear change"), "Rape, by month: the count rose.");
    }
}
