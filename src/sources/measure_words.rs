//! Columns that tell measures apart: offences, detections and victims in one column of counts are not to be added, whatever the column is called.

use std::collections::{BTreeMap, BTreeSet};

use super::csv_file::{Row, Sheet};
use super::incident_row::Found;
use crate::diagnostics::{Code, Place, Problems, quote};

/// A column of more words than this tells no measures apart.
const MOST_WORDS: usize = 24;

/// What a number may be of. Two of them in one column are two measures of the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Counts {
    Crimes,
    Incidents,
    Outcomes,
    Victims,
    Suspects,
    Arrests,
    Charges,
    Number,
    Rate,
    /// What was hoped for or foreseen.
    Target,
    /// The same of another year.
    Before,
}

/// Words that say of what kind, or how, and not what is counted: `Sanction detections`, `Number of offences`, `Victim count`.
const BESIDE: [&str; 29] = [
    "all",
    "and",
    "average",
    "count",
    "counts",
    "figure",
    "figures",
    "identified",
    "in",
    "known",
    "made",
    "month",
    "monthly",
    "no",
    "notifiable",
    "number",
    "numbers",
    "of",
    "police",
    "positive",
    "recorded",
    "reported",
    "sanction",
    "sanctioned",
    "the",
    "total",
    "totals",
    "unique",
    "year",
];

/// Words for what is counted, alone but for those beside them. All are plural: one `Victim` reports, one is referred, a `Crime` is no `Incident`, and what
/// is `Resolved` is no longer `Open`. These tell parts of one count apart, and no measures.
fn counted(word: &str) -> Option<Counts> {
    Some(match word {
        "offences" | "offenses" | "crimes" => Counts::Crimes,
        "incidents" => Counts::Incidents,
        "detections" | "outcomes" | "clearups" | "disposals" => Counts::Outcomes,
        "victims" | "survivors" | "complainants" => Counts::Victims,
        "suspects" | "offenders" | "perpetrators" => Counts::Suspects,
        // One of them alone is an outcome: of the parts of a count by outcome.
        "arrests" => Counts::Arrests,
        "charges" | "prosecutions" | "convictions" => Counts::Charges,
        _ => return None,
    })
}

/// What a cell says that is counted: `Sanction detections`, `Offences recorded`, `Rate per 1,000`. `Sexual offences` is a category, and so is `Assisting offenders`.
fn measure(cell: &str) -> Option<Counts> {
    let lower = cell.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    // `No suspect identified` is an outcome, `No. of suspects` a number.
    if words.len() > 6 || words.first() == Some(&"no") && words.get(1) != Some(&"of") {
        return None;
    }
    if cell.trim() == "%" || words.iter().any(|w| matches!(*w, "rate" | "rates" | "percentage" | "percent" | "proportion")) {
        return Some(Counts::Rate);
    }
    // `Actual` beside `Target`, `This year` beside `Last year`.
    match words[..] {
        ["actual" | "actuals" | "outturn"] | ["this" | "current", "year" | "period"] => return Some(Counts::Number),
        ["target" | "targets" | "forecast" | "plan" | "trajectory"] => return Some(Counts::Target),
        ["last" | "previous" | "prior", "year" | "period"] => return Some(Counts::Before),
        _ => {}
    }
    let is_a_number = words.iter().any(|w| matches!(*w, "number" | "numbers" | "count" | "counts"));
    // `Victim count` is a number of victims, and `Recorded crime` one of crimes.
    let is_of_many = |word: &str| is_a_number || word == "crime" && words.contains(&"recorded");
    let mut others = words.iter().filter(|w| !BESIDE.contains(w));
    match (others.next(), others.next()) {
        (Some(word), None) => counted(word).or_else(|| counted(&format!("{word}s")).filter(|_| is_of_many(word))),
        (None, _) if is_a_number => Some(Counts::Number),
        _ => None,
    }
}

/// The words of the columns of a table of counts that nothing reads, and of the one that is read as the category.
pub(super) struct MeasureWords(BTreeMap<usize, BTreeSet<String>>);

impl MeasureWords {
    /// `chosen` are columns by which the plan chooses rows; without a column of counts each row is an event, and nothing is looked at.
    pub fn new(sheet: &Sheet, columns: &Found, chosen: &[usize]) -> Self {
        let read = columns.read();
        let is_another = |c: &usize| columns.category == Some(*c) || columns.count != Some(*c) && !read.contains(c);
        let looked_at = (0..sheet.headings.len()).filter(|c| columns.count.is_some() && is_another(c) && !chosen.contains(c));
        Self(looked_at.map(|c| (c, BTreeSet::new())).collect())
    }

    /// A row that counts.
    pub fn see(&mut self, row: &Row) {
        for (column, seen) in &mut self.0 {
            let word = row.get(*column);
            if seen.len() <= MOST_WORDS && !word.is_empty() && !seen.contains(word) {
                seen.insert(word.to_owned());
            }
        }
    }

    /// Refuses columns that tell measures apart. Whether there is one.
    pub fn tell(&self, sheet: &Sheet, problems: &mut Problems) -> bool {
        let mut found = false;
        for (column, words) in &self.0 {
            let measures: Vec<(&String, Counts)> = words.iter().filter_map(|w| Some((w, measure(w)?))).collect();
            let kinds: BTreeSet<Counts> = measures.iter().map(|m| m.1).collect();
            // `Target` among other words may be anything: a trade's name, a kind of hardening.
            let is_of_plans = kinds.iter().all(|k| matches!(k, Counts::Number | Counts::Target | Counts::Before));
            let are_enough = if is_of_plans { measures.len() == words.len() } else { 2 * measures.len() >= words.len() };
            if words.len() <= MOST_WORDS && kinds.len() > 1 && are_enough {
                found = true;
                tell_one(sheet, *column, measures.iter().map(|m| m.0), problems);
            }
        }
        found
    }
}

/// Reports columns that tell several measures apart by their headings: their counts are not to be added.
pub(super) fn several_measures(sheet: &Sheet, columns: &[usize], seen: &[BTreeSet<String>], problems: &mut Problems) {
    for (column, values) in columns.iter().zip(seen).filter(|(_, v)| v.len() > 1) {
        tell_one(sheet, *column, values.iter(), problems);
    }
}

fn tell_one<'a>(sheet: &Sheet, column: usize, words: impl Iterator<Item = &'a String>, problems: &mut Problems) {
    let heading = &sheet.headings[column];
    let shown: Vec<String> = words.take(3).map(|v| quote(v, sheet.origin.shows())).collect();
    let next = format!(
        "Say which rows count, under the source: `keep = {{ \"{heading}\" = \"…\" }}` with one of these values, or a list of those that count different events, `[\"…\", \"…\"]`."
    );
    let what = format!("the column tells several things apart, which are not to be added: {}", shown.join(", "));
    problems.error(Code::D218, Place::line(&sheet.file, 1).at(format!("column {heading}")), what, next);
}

#[cfg(test)]
mod tests {
    use super::{Counts, measure};

    #[test]
    fn words_of_measures_are_told_from_categories() {
        for (cell, counts) in [
            ("Offences", Counts::Crimes),
            ("Recorded crime", Counts::Crimes),
            ("Number of offences", Counts::Crimes),
            ("Sanction detections", Counts::Outcomes),
            ("Positive Outcomes", Counts::Outcomes),
            ("Victim count", Counts::Victims),
            ("Arrests", Counts::Arrests),
            ("No. of suspects", Counts::Suspects),
            ("Rate per 1,000", Counts::Rate),
            ("%", Counts::Rate),
            ("Count", Counts::Number),
            ("Number of victims", Counts::Victims),
        ] {
            assert_eq!(measure(cell), Some(counts), "{cell}");
        }
        for cell in [
            "Expected",
            "Planned",
            "Observed",
            "Sexual offences",
            "Assisting offenders",
            "Hate crime",
            "Domestic incidents",
            "Charged",
            "Charge",
            "No suspect identified",
            "Recorded",
            "Reported",
            "Resolved",
            "Solved",
            "Victim",
            "Offender",
            "Perpetrator",
            "Police",
            "Crime",
            "Incident",
            "Female",
            "16 to 24",
            "North",
            "",
        ] {
            assert_eq!(measure(cell), None, "{cell}");
        }
    }
}
