//! Columns of counts whose headings say that each row holds the months before it: year to date, rolling twelve months.

use super::csv_file::Sheet;
use crate::diagnostics::{Code, Place, Problems, quote};

/// Tells a column of counts that each hold months beside their own. Of smooth sums over twelve months no number tells by itself that it is one, so the
/// heading has to.
pub(super) fn running_total(sheet: &Sheet, count: Option<usize>, problems: &mut Problems) {
    let Some(heading) = count.and_then(|column| sheet.headings.get(column)).filter(|heading| says_so(heading)) else { return };
    let what = format!("the column of counts {} seems to hold the months before its own", quote(heading, sheet.origin.shows()));
    let next = "Map the column of monthly counts, or ask for one: added up, most events would count many times. Where each row does count its own month, say it under the source: `not-cumulative = true`.";
    problems.error(Code::D218, Place::file(&sheet.file).at("headings"), what, next);
}

/// Whether a heading names a running total: `YTD`, `Rolling 12 months`, `Cumulative offences`, `12 months to date`.
pub(super) fn says_so(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let alone = |w: &&str| matches!(*w, "ytd" | "fytd" | "cytd" | "qtd" | "r12" | "r12m" | "rolling" | "cumulative" | "cumul" | "cum");
    let pair = |w: &[&str]| matches!(w, ["to", "date"] | ["running", "total"] | ["running", "sum"] | ["moving", _]);
    words.iter().any(alone) || words.windows(2).any(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_totals_are_known_by_their_headings() {
        for heading in ["YTD", "Offences FYTD", "Rolling 12 months", "Cumulative count", "Count (year to date)", "running_total", "R12M"] {
            assert!(says_so(heading), "{heading}");
        }
        for heading in ["Count", "Offences", "Total", "Number of offences", "Date", "Accumulated harm", "n", "Count of cumin sales"] {
            assert!(!says_so(heading), "{heading}");
        }
    }
}
