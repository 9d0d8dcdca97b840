//! Whether the numbers of a table of residents are people: a dot before three digits may stand for thousands, and a table may count in thousands.

use std::collections::BTreeMap;

use super::csv_file::Sheet;
use crate::diagnostics::{Code, Place, Problems};

/// Of fewer areas nobody can tell.
const FEWEST: usize = 3;
/// An area of a table of everybody has more people than this.
const FEWEST_PEOPLE: f64 = 50.0;
/// Estimates may have decimals where areas are large: from this median on.
const MEDIAN_WITH_DECIMALS: f64 = 500.0;
/// Groups that are everybody, or half of them.
const LARGE: [&str; 3] = ["all", "female", "male"];

/// What was seen of the numbers of each column and group.
#[derive(Default)]
pub(super) struct WholePeople(BTreeMap<(usize, String), Seen>);

#[derive(Default)]
struct Seen {
    values: Vec<f64>,
    /// With something behind the point that is not zero.
    decimals: usize,
    /// As `1.272`, which some write for 1,272.
    dotted: usize,
}

impl WholePeople {
    /// A number as it stands in the table, and as it was read.
    pub fn see(&mut self, column: usize, group: &str, text: &str, persons: f64) {
        let key = (column, group.to_owned());
        let seen = self.0.entry(key).or_default();
        seen.decimals += usize::from(persons.fract() != 0.0);
        seen.dotted += usize::from(has_dot_of_thousands(text));
        seen.values.push(persons);
    }

    /// Reports the first column whose numbers cannot be people.
    pub fn tell(mut self, sheet: &Sheet, problems: &mut Problems) {
        for ((column, group), seen) in &mut self.0 {
            let next = "Export the table with whole people, as 1272. A dot is read as a decimal point, and a table in thousands is not multiplied.";
            if let Some(what) = seen.what(group) {
                // Of the whole column, and of no record that could be set aside.
                let place = Place::line(&sheet.file, 1);
                let heading = sheet.headings.get(*column).map_or("", String::as_str);
                return problems.error(Code::R104, place, format!("{what} (column “{heading}”)"), next);
            }
        }
    }
}

impl Seen {
    fn what(&mut self, group: &str) -> Option<&'static str> {
        let n = self.values.len();
        if n < FEWEST {
            return None;
        }
        self.values.sort_by(f64::total_cmp);
        let (median, largest) = (self.values[n / 2], self.values[n - 1]);
        let most = |of: usize| of * 2 > n;
        let everybody = LARGE.contains(&group);
        if everybody && most(self.dotted) && median < MEDIAN_WITH_DECIMALS {
            return Some("most numbers of people have three digits behind a dot: it seems to stand for thousands");
        }
        if most(self.decimals) && (largest < FEWEST_PEOPLE || everybody && median < MEDIAN_WITH_DECIMALS) {
            return Some("most numbers of people have decimals, and people are whole: they seem to be thousands or shares");
        }
        let in_thousands = group == "all" && n > FEWEST && largest > 0.0 && largest < FEWEST_PEOPLE;
        in_thousands.then_some("no area has as many as fifty people: they seem to be thousands or shares")
    }
}

/// `1.272`, and not `0.5`, `1272.0` or `1.2725`.
pub(super) fn has_dot_of_thousands(text: &str) -> bool {
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    text.trim().split_once('.').is_some_and(|(a, b)| (1..=3).contains(&a.len()) && b.len() == 3 && digits(a) && digits(b))
}
