use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::all_of_them::is_all_of_them;
use super::area_names::AreaNames;
use super::csv_file::{CsvFile, Row, Sheet};
use super::gathered::{Gathered, PopulationRow, Tally};
use super::no_people::{parts_beyond_their_whole, total_of_homes};
use super::population_ages::{columns_of_ages, is_letter_of_sex, name_parts};
use super::population_bands::Bands;
use super::population_form::{LongForm, code_column, name_column, sex_and_ages, women_and_men};
use super::possible_people::set_aside_impossible;
use super::read_value::{Said, quantity};
use super::table_form::is_table;
use super::whole_people::WholePeople;
use super::{Origin, Source};
use crate::diagnostics::{Code, Problems};
use crate::units::{AreaCode, stem_of_area};

/// The settings of a `population` source: none. Census tables are recognised by their headings.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PopulationTable {}

impl Source for PopulationTable {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "population rows");
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            if let Some(mut file) = CsvFile::open(origin, &path, problems) {
                read_table(&mut file, &mut tally, gathered, problems);
            }
        }
        gathered.tallies.push(tally);
    }
}

fn read_table(file: &mut CsvFile, tally: &mut Tally, gathered: &mut Gathered, problems: &mut Problems) {
    let sheet = &file.sheet;
    let source = sheet.origin.id;
    let Some(code) = code_column(sheet).or_else(|| name_column(sheet)) else {
        return sheet.missing("geography code", problems);
    };
    let names = AreaNames::of(gathered);
    let year = ["date", "year", "census year", "mid-year", "date name"].iter().find_map(|h| sheet.find(h));
    let mut groups: Vec<(usize, String)> = sheet.headings.iter().enumerate().filter_map(|(i, h)| Some((i, group_of(h)?))).collect();
    let Some(of_ages) = columns_of_ages(sheet, &groups, problems) else { return };
    name_parts(sheet, &mut groups, &of_ages);
    let is_ages = |column: usize, group: &str| of_ages.get(&column) == Some(&group);
    // Ages in words are groups of their own as well.
    let told: Vec<String> = groups.iter().filter(|g| !is_ages(g.0, &g.1)).map(|g| g.1.clone()).collect();
    groups.extend(of_ages.iter().map(|(column, sex)| (*column, (*sex).to_owned())));
    groups.sort();
    groups.dedup();
    groups.retain(|(i, group)| !is_ages(*i, group) || !told.contains(group));
    let long = LongForm::find(sheet);
    if groups.is_empty() && long.is_none() {
        // A column for each year, and nothing else.
        let years = sheet.headings.iter().enumerate().filter(|(_, h)| h.trim().len() == 4 && year_in(h).is_some());
        groups = years.map(|(i, _)| (i, "all".to_owned())).collect();
    }
    if groups.is_empty() && long.is_none() {
        return sheet.missing("all", problems);
    }
    if let Some(total) = total_of_homes(sheet, &groups) {
        let next = "Give a table of residents, such as the census table TS008. If this column counts residents, head it `all`.";
        let what = "this total stands beside columns of homes or households, and may count these and no people";
        return problems.error(Code::D207, sheet.place(1, total), what, next);
    }
    let mut people: Vec<PopulationRow> = Vec::new();
    let mut whole = WholePeople::default();
    let mut named = BTreeMap::new();
    let mut lines: BTreeMap<(AreaCode, Option<u16>), u64> = BTreeMap::new();
    let mut bands = long.as_ref().map(|long| Bands::new(sheet, long, code, year));
    let unread = file.for_each(problems, |sheet, row, problems| {
        tally.read += 1;
        let Some(area) = area_of(sheet, row, code, &names, tally, problems) else { return };
        if let Some(name) = row.record.iter().find(|cell| stem_of_area(cell).is_some()) {
            named.entry(area).or_insert_with(|| name.to_owned());
        }
        let year = year_in(row.get_if(year));
        lines.entry((area, year)).or_insert(row.line);
        // The ages of women are added; any other column is a number of its own.
        let mut sums: BTreeMap<(&str, usize), Option<f64>> = BTreeMap::new();
        let one;
        let cells = match &long {
            Some(long) => match long.group(row) {
                Some(group) => {
                    one = [(long.value, group)];
                    &one[..]
                }
                None => return tally.set_aside("another group or measure than people by sex", 1),
            },
            None => &groups[..],
        };
        for (column, group) in cells {
            let own = if is_ages(*column, group) { usize::MAX } else { *column };
            let sum = sums.entry((group, own)).or_insert(Some(0.0));
            match quantity(row.get(*column)) {
                Said::Value(persons) if persons >= 0.0 => {
                    // Bands of age are added first.
                    if long.is_none() {
                        whole.see(*column, group, row.get(*column), persons);
                    }
                    *sum = sum.map(|s| s + persons);
                }
                Said::Value(_) => {
                    *sum = None;
                    let next = "A population is 0 or more. Get the table again.";
                    problems.error(Code::D205, sheet.place(row.line, *column), "a negative number of people", next);
                }
                Said::Missing | Said::Suppressed(_) | Said::NotApplicable => *sum = None,
                Said::Unreadable => {
                    *sum = None;
                    sheet.bad_value(row, *column, "a number of people", problems);
                }
            }
        }
        if let Some(bands) = &mut bands {
            let only = sums.into_iter().next();
            return only.into_iter().for_each(|((group, _), persons)| bands.see(row, (area, group.to_owned(), year), persons));
        }
        // `population_2023`: the year of a column, where the row has none.
        let of_column = |column: usize| year.or_else(|| sheet.headings.get(column).and_then(|h| year_in(h)));
        let known = sums.into_iter().filter_map(|((group, column), sum)| Some((group, of_column(column), sum?)));
        people.extend(known.map(|(group, year, persons)| PopulationRow { source, code: area, group: group.to_owned(), year, persons }));
    });
    people.extend(bands.into_iter().flat_map(|bands| bands.settle(source, &file.sheet.file, problems)));
    if let Some(long) = &long {
        people.iter().for_each(|row| whole.see(long.value, &row.group, "", row.persons));
    }
    whole.tell(&file.sheet, problems);
    parts_beyond_their_whole(&people, &file.sheet, problems);
    set_aside_impossible(&mut people, &lines, &file.sheet, tally, problems);
    gathered.named.extend(Some(named).filter(|n| !n.is_empty()));
    let everybody = women_and_men(&people);
    gathered.population.append(&mut people);
    gathered.population.extend(everybody);
    tally.read += unread;
    tally.set_aside("bytes that are not UTF-8", unread);
}

/// The area of a row, by its code or its name; nothing, with the row set aside, where it is a total or no area.
fn area_of(sheet: &Sheet, row: &Row, code: usize, names: &AreaNames, tally: &mut Tally, problems: &mut Problems) -> Option<AreaCode> {
    let text = row.get(code);
    if is_total(text) {
        tally.set_aside("a total of several countries", 1);
        return None;
    }
    let found = AreaCode::parse(text).or_else(|| names.find(text));
    if found.is_none() && is_all_of_them(text) {
        tally.set_aside("a total of several areas", 1);
    } else if found.is_none() {
        tally.set_aside("an area code that cannot be read", 1);
        if names.is_of_several(text) { sheet.several_areas(row, code, problems) } else { sheet.bad_area(row, code, problems) }
    }
    found
}

/// Codes of England and Wales together, Great Britain and the United Kingdom: totals, of the same register as the codes of areas.
fn is_total(code: &str) -> bool {
    let mut letters = code.trim().chars();
    let of_several = letters.next().is_some_and(|c| matches!(c.to_ascii_uppercase(), 'J' | 'K' | 'L' | 'M'));
    of_several && code.trim().len() == 9 && letters.all(|c| c.is_ascii_digit())
}

/// The year of `2021`, `mid-2022` or `30/06/2022`.
fn year_in(text: &str) -> Option<u16> {
    let years = text.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4);
    years.filter_map(|d| d.parse().ok()).find(|y| (1801..2200).contains(y))
}

/// `Mid-2023 population` and `population_2023` without their year.
pub(super) fn without_year(lower: &str) -> String {
    let words = lower.split([' ', '_', '-', '(', ')', ',']).filter(|w| !w.is_empty());
    words.filter(|w| *w != "mid" && !(w.len() == 4 && year_in(w).is_some())).collect::<Vec<_>>().join(" ")
}

/// The group that a heading counts; `None` for headings that count nobody.
///
/// Census bulk files: `Sex: Female; measures: Value`, `Age: Aged 20 to 24 years`, `Age: Total`. A plain table: `all`, `female`,
/// `male`, `female 16+`, `age 20-24`.
fn group_of(heading: &str) -> Option<String> {
    let lower = heading.to_lowercase();
    let lower = lower.strip_suffix("; measures: value").unwrap_or(&lower).trim();
    // Shares and densities count nobody.
    if ["%", "percent", "rate", "density", "per 1"].iter().any(|w| lower.contains(w)) {
        return None;
    }
    // Estimates of ONS by sex and age: `F0 to 15`, `M29`, `F90+`.
    if let Some((sex, _)) = sex_and_ages(lower).filter(|_| is_letter_of_sex(lower)) {
        return Some(sex.into());
    }
    if lower == "residence type: total" {
        return Some("all".into());
    }
    if let Some(sex) = lower.strip_prefix("sex: ") {
        return Some(if sex == "all persons" { "all".into() } else { sex.into() });
    }
    if let Some(age) = lower.strip_prefix("age: ") {
        let age = age.strip_prefix("aged ").unwrap_or(age);
        return Some(match age {
            "total" => "all".into(),
            "4 years and under" => "age 0-4".into(),
            _ => match age.strip_suffix(" years and over") {
                Some(from) => format!("age {from}+"),
                None => format!("age {}", age.trim_end_matches(" years").replace(" to ", "-")),
            },
        });
    }
    // Census TS045 counts households.
    if let Some(cars) = lower.strip_prefix("number of cars or vans: ") {
        return match cars {
            "no cars or vans in household" => Some("households without a car".into()),
            "total: all households" => Some("households".into()),
            _ => None,
        };
    }
    // Census TS038 and tables like it: its parts of disabled people are none of these groups.
    let disability = lower.strip_prefix("disability: ").unwrap_or(lower);
    if ["disabled", "disabled people", "disabled under the equality act"].contains(&disability) {
        return Some("disabled".into());
    }
    if lower.starts_with("disability: ") {
        return None;
    }
    let whole = [
        "all",
        "all persons",
        "all people",
        "all residents",
        "all usual residents",
        "usual residents",
        "all ages",
        "total",
        "total population",
        "total persons",
        "total people",
        "total residents",
        "population",
        "persons",
        "people",
        "residents",
        "pop",
        "number of people",
        "number of residents",
        "resident population",
        "usual resident population",
        "population estimate",
        "total resident population",
    ];
    let plain = without_year(lower);
    let of_all_ages = plain.strip_suffix(" all ages").unwrap_or(&plain);
    if whole.contains(&lower) || whole.contains(&of_all_ages) {
        return Some("all".into());
    }
    // `Females`, `Women` and `Males`, with an age behind it or without; the year is told by itself.
    let behind = |word: &str| {
        let rest = plain.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(|c: char| !c.is_alphabetic())).then(|| rest.trim().to_owned())
    };
    let sexes = [("female", ["females", "female", "women"]), ("male", ["males", "male", "men"])];
    let of_sex = sexes.into_iter().find_map(|(sex, words)| Some((sex, words.iter().find_map(|w| behind(w))?)));
    if let Some((sex, rest)) = of_sex {
        let is_whole = ["", "all ages", "all", "total", "persons", "population", "residents"].contains(&rest.as_str());
        return Some(if is_whole { sex.into() } else { format!("{sex} {rest}") });
    }
    // People who are there without living there: denominators of one's own beside the residents.
    let known = ["age ", "workday", "daytime", "visitors", "households without a car"].iter().any(|p| lower.starts_with(p));
    known.then(|| lower.to_owned())
}

#[cfg(test)]
mod tests {
    use super::group_of;

    #[test]
    fn census_and_plain_headings_name_the_same_groups() {
        let group = |h| group_of(h).unwrap_or_default();
        assert_eq!(group("Sex: All persons; measures: Value"), "all");
        assert_eq!(group("Sex: Female; measures: Value"), "female");
        assert_eq!(group("Age: Total"), "all");
        assert_eq!(group("Age: Aged 4 years and under"), "age 0-4");
        assert_eq!(group("Age: Aged 20 to 24 years"), "age 20-24");
        assert_eq!(group("Age: Aged 85 years and over"), "age 85+");
        assert_eq!(group("female 16+"), "female 16+");
        assert_eq!(group("Number of cars or vans: No cars or vans in household; measures: Value"), "households without a car");
        assert_eq!(group("Number of cars or vans: Total: All households"), "households");
        assert_eq!(group("Disability: Disabled under the Equality Act; measures: Value"), "disabled");
        assert_eq!(group("disabled people"), "disabled");
        assert_eq!(group_of("Disability: Disabled under the Equality Act: Day-to-day activities limited a lot"), None);
        assert_eq!(group_of("Disability: Not disabled under the Equality Act"), None);
        assert_eq!(group_of("Number of cars or vans: 1 car or van in household"), None);
        assert_eq!(group_of("date"), None);
        assert_eq!(group_of("geography"), None);
    }

    #[test]
    fn totals_years_and_thousands_are_recognised() {
        assert!(super::is_total("K04000001") && !super::is_total("E92000001") && !super::is_total("Kent"));
        assert_eq!(["2021", "mid-2022", "30/06/2022", ""].map(super::year_in), [Some(2021), Some(2022), Some(2022), None]);
        let quantity = |text| super::quantity(text).value();
        assert_eq!(["1,546", "1546.0", "1,54", "1,234,567"].map(quantity), [Some(1546.0), Some(1546.0), None, Some(1_234_567.0)]);
    }
}
