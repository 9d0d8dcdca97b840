use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::alike_headings::is_one;
use super::codes_elsewhere::is_code_of_many;
use super::csv_file::CsvFile;
use super::gathered::{Gathered, Tally};
use super::ons_heading::ons_heading;
use super::read_value::{Nines, Said, is_nines, quantity};
use super::table_form::is_table;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems, quote};
use crate::units::AreaCode;

/// The settings of a `deprivation` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Deprivation {}

/// The most areas that any country ranks: the LSOAs of England of 2021. A table of several countries may rank more.
const MOST_AREAS: usize = 33_755;
/// No score of the index is above this, and none is 0.
const HIGHEST_SCORE: f64 = 100.0;
/// Parts of a split area share a rank; a number of nines that so many areas share stands for none.
const SHARED_BY_SO_MANY: usize = 5;

/// Whether a number can be a rank of the index among so many areas, or a score where there are no ranks.
fn is_possible(value: f64, ranks: Option<usize>) -> bool {
    match ranks {
        Some(most) => value >= 1.0 && value <= most as f64,
        None => value > 0.0 && value <= HIGHEST_SCORE && !is_nines(value),
    }
}

/// What belongs in the column.
fn expected(ranks: Option<usize>) -> String {
    match ranks {
        Some(most) => format!("a rank from 1 to {},{:03}, such as 1204", most / 1000, most % 1000),
        None => "a score above 0 and up to 100, such as 24.7".to_owned(),
    }
}

/// Of the ranks or scores of a table, by position, which stand for none: nines far beyond all others, or shared by more areas than one was split into.
fn stand_for_none(values: &[f64]) -> Vec<bool> {
    let (mut column, mut areas): (Nines, BTreeMap<u64, usize>) = Default::default();
    for value in values {
        column.see(*value);
        *areas.entry(value.to_bits()).or_default() += 1;
    }
    let shared = |value: f64| areas.get(&value.to_bits()).is_some_and(|n| *n >= SHARED_BY_SO_MANY);
    values.iter().map(|v| is_nines(*v) && (column.is_none(*v) || shared(*v))).collect()
}

/// Whether a heading names the rank of the index as a whole: `Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)`, `IMD_rank`.
fn is(heading: &str, wanted: &str) -> bool {
    let plain = heading.to_lowercase().replace('_', " ");
    let whole = plain.contains("index of multiple deprivation") || plain.starts_with("imd ");
    whole && plain.replace("(imd)", "").split(|c: char| !c.is_ascii_alphabetic()).any(|w| w == wanted)
}

/// Whether a heading says that 1 stands for the least deprived.
fn ranks_least_first(heading: &str) -> bool {
    let words: Vec<String> =
        heading.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let first = |end: &str| words.iter().position(|w| w == end);
    let one = words.iter().position(|w| w == "1");
    one.zip(first("least")).is_some_and(|(one, least)| least > one && first("most").is_none_or(|most| most > least || most < one))
}

impl Source for Deprivation {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "areas");
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let sheet = &file.sheet;
            let code = sheet.headings.iter().position(|h| {
                let plain = h.to_lowercase();
                ons_heading(h).is_some_and(|k| k.code)
                    || plain.contains("code") && (plain.contains("lsoa") || plain.contains("area") || plain.contains("geography"))
            });
            let all = |wanted: &str| (0..sheet.headings.len()).filter(|i| is(&sheet.headings[*i], wanted)).collect::<Vec<_>>();
            let (ranks, scores) = (all("rank"), all("score"));
            // Two editions side by side: the older would turn the slope round.
            if !is_one(sheet, &ranks, "ranks of the index", problems)
                || ranks.is_empty() && !is_one(sheet, &scores, "scores of the index", problems)
            {
                continue;
            }
            let (rank, score) = (ranks.first().copied(), scores.first().copied());
            let (Some(code), Some(column)) = (code.or(sheet.find("code")), rank.or(score)) else {
                sheet.missing(if code.is_none() { "lsoa21_code" } else { "IMD_rank" }, problems);
                continue;
            };
            if let Some(turned) = sheet.headings.iter().filter(|h| is(h, "rank")).find(|h| ranks_least_first(h)) {
                let what = format!("the column {} ranks the least deprived area first", quote(turned, origin.shows()));
                let next = "Take the ranks as they are published, where 1 is the most deprived, or the scores.";
                problems.error(Code::R104, Place::file(&path), what, next);
                continue;
            }
            // A high score and a low rank both mean much deprivation.
            let sign = if rank.is_some() { -1.0 } else { 1.0 };
            let mut ranked: Vec<(AreaCode, f64, u64)> = Vec::new();
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                let said = quantity(row.get(column));
                if matches!(said, Said::Missing | Said::NotApplicable | Said::Suppressed(_)) {
                    gathered.unranked.extend(AreaCode::parse(row.get(code)));
                    return tally.set_aside("without a rank", 1);
                }
                if is_code_of_many(row.get(code)) {
                    return tally.set_aside("a country or region", 1);
                }
                match (AreaCode::parse(row.get(code)), said.value()) {
                    (Some(area), Some(value)) => ranked.push((area, value, row.line)),
                    (None, _) => {
                        tally.set_aside("an area code that cannot be read", 1);
                        sheet.bad_value(row, code, "an area code such as E01017540", problems);
                    }
                    (Some(area), None) => {
                        gathered.unranked.push(area);
                        tally.set_aside("a rank that cannot be read", 1);
                        sheet.bad_value(row, column, &expected(rank.map(|_| MOST_AREAS)), problems);
                    }
                }
            });
            let ranks = rank.map(|_| MOST_AREAS.max(ranked.iter().map(|r| r.0).collect::<BTreeSet<_>>().len()));
            let expected = expected(ranks);
            let none = stand_for_none(&ranked.iter().map(|r| r.1).filter(|v| is_possible(*v, ranks)).collect::<Vec<_>>());
            let mut none = none.into_iter();
            for (area, value, line) in ranked {
                // What is beyond the possible stands for none: 0, 99999, a score of 999.
                let is_beyond = !is_possible(value, ranks);
                if !is_beyond && !none.next().unwrap_or_default() {
                    gathered.deprivation.push((area, sign * value, origin.id));
                    continue;
                }
                gathered.unranked.push(area);
                tally.set_aside("a rank that cannot be read", 1);
                let shown = quote(&value.to_string(), origin.shows());
                let next = format!("Write {expected}, or leave the field empty where it is not known.");
                let what = if is_beyond {
                    format!("{shown} is not {expected}")
                } else {
                    format!("{shown} seems to stand for a number that is not known")
                };
                problems.error(Code::R104, file.sheet.place(line, column), what, next);
            }
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        gathered.tallies.push(tally);
    }
}

#[cfg(test)]
mod tests {
    use super::{is, ranks_least_first};

    #[test]
    fn the_index_as_a_whole_is_told_from_its_domains() {
        assert!(is("Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)", "rank"));
        assert!(is("IMD_rank", "rank") && is("IMD_score", "score") && !is("IMD_decile", "rank"));
        assert!(!is("Crime Rank (where 1 is most deprived)", "rank"));
        assert!(
            ranks_least_first("IMD rank (1 = least deprived)")
                && ranks_least_first("IMD Rank (where 1 is the least deprived and 32844 the most)")
        );
        assert!(!ranks_least_first("IMD_rank") && !ranks_least_first("IMD Rank (where 1 is most deprived, 32844 is least)"));
    }
}
