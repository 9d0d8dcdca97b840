use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::all_of_them::is_all_of_them;
use super::count_headings::{CONTACTS, RATES, may_count};
use super::csv_file::CsvFile;
use super::events::{MOST_IN_A_ROW, plain_words};
use super::gathered::{Gathered, Tally, UserRow, UserTable};
use super::merged_cells::MergedCells;
use super::read_value::{Nines, Said, count, is_nines, quantity};
use super::table_form::is_table;
use super::typology::service_type;
use super::whole_people::has_dot_of_thousands;
use super::within_groups::{holds_others, lies_in, range_of};
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems, nearest, quote};
use crate::units::{Cell, Period, Sensitivity};
use crate::vocabulary::is_no_group;

/// The settings of a `users-by-group` source.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct UsersByGroup {
    /// The months that it covers; those of the study without it.
    pub covers: Option<Period>,
    /// What `population` counts, for people: `women aged 16 and over`.
    pub reference: String,
    /// Headings, where they are others.
    pub columns: UserColumns,
}

impl Default for UsersByGroup {
    fn default() -> Self {
        Self { covers: None, reference: "residents".into(), columns: UserColumns::default() }
    }
}

/// Headings of a table of users by group.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct UserColumns {
    /// Id of the type of service.
    pub service: String,
    /// What is told apart: age, ethnic group, disability.
    pub dimension: String,
    /// The group.
    pub group: String,
    /// How many used it.
    pub users: String,
    /// How many there are among those whom it is for.
    pub population: String,
}

impl Default for UserColumns {
    fn default() -> Self {
        let [service, dimension, group, users, population] = ["service", "dimension", "group", "users", "population"].map(str::to_owned);
        Self { service, dimension, group, users, population }
    }
}

impl Source for UsersByGroup {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "groups");
        let mut rows: Vec<UserRow> = Vec::new();
        // The file in which each dimension of a service begins.
        let mut begins: BTreeMap<(String, String), String> = BTreeMap::new();
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let c = &self.columns;
            let Some([dimension, group, users]) = file.sheet.require([c.dimension.as_str(), &c.group, &c.users], problems) else {
                continue;
            };
            let (service, population) = (file.sheet.find(&c.service), file.sheet.find(&c.population));
            for heading in [&c.service, &c.population] {
                file.sheet.stands_once(heading, problems);
            }
            if !may_count(&file.sheet, Some(users), &[RATES, CONTACTS], problems) || !may_count(&file.sheet, population, &[RATES], problems)
            {
                continue;
            }
            let mut merged = MergedCells::new(service.into_iter().chain([dimension]));
            let mut unnamed = 0;
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                merged.see(row);
                if row.get(dimension).is_empty() {
                    unnamed = if unnamed == 0 { row.line } else { unnamed };
                    return tally.set_aside("a group of no dimension", 1);
                }
                let said_kind = row.get_if(service);
                let kind = service_type(said_kind).map_or(said_kind, |t| t.id.as_str());
                if !kind.is_empty() && service_type(kind).is_none() {
                    let near = nearest(kind, super::service_types().iter().map(|t| t.id.as_str()));
                    let near = near.map_or(String::new(), |n| format!("The nearest is `{n}`. "));
                    let next = format!("{near}`gapmap explain service-types` lists them; leave the field empty for all services together.");
                    let told = format!("{} is no type of service", quote(kind, origin.sensitivity));
                    problems.error(Code::R104, sheet.place(row.line, service.unwrap_or(0)), told, next);
                    return tally.set_aside("a type of service that does not exist", 1);
                }
                let said = count(row.get(users));
                // A group of whom nobody tells stays in its table: without it the others would look like all.
                let used = match said {
                    Said::Suppressed(_) => Cell::Withheld,
                    Said::Missing | Said::NotApplicable => Cell::Missing,
                    Said::Value(n) if (0..=MOST_IN_A_ROW).contains(&n) => Cell::Known(n as u64),
                    Said::Value(_) | Said::Unreadable => {
                        tally.set_aside("a number of users that cannot be read", 1);
                        return sheet.bad_value(row, users, "a whole number of people", problems);
                    }
                };
                if used == Cell::Withheld {
                    tally.note("with a number of users that the source keeps back", 1);
                } else if used == Cell::Missing {
                    tally.note("without a number of users", 1);
                }
                let people = row.get_if(population);
                let said = quantity(people);
                // People are whole: three digits behind a dot are thousands, and a dot is read as a decimal point.
                let known = said.value().filter(|p| *p >= 0.0 && !has_dot_of_thousands(people) && !people.contains('%'));
                if let (None, true, Some(column)) = (known, said.is_unreadable() || said.value().is_some(), population) {
                    sheet.bad_value(row, column, "a whole number of people, without a dot and without a sign", problems);
                }
                // Whatever case and dashes: `asian` in one file is `Asian` in another.
                let is = |a: &str, b: &str| plain_words(a) == plain_words(b);
                let alike = rows.iter().find(|r| is(&r.dimension, row.get(dimension))).map(|r| r.dimension.clone());
                let (dimension, group) = (alike.unwrap_or_else(|| row.get(dimension).to_owned()), row.get(group).to_owned());
                if rows.iter().any(|r| r.service == kind && r.dimension == dimension && is(&r.group, &group)) {
                    problems.error(Code::D215, Place::line(&sheet.file, row.line), "a group stands twice in one dimension", TWICE);
                    return tally.set_aside("a group that stands twice", 1);
                }
                begins.entry((kind.to_owned(), dimension.clone())).or_insert_with(|| path.clone());
                rows.push(UserRow { service: kind.to_owned(), dimension, group, users: used, population: known });
            });
            let is_told = merged.tell(&file.sheet, "", problems);
            if unnamed > 0 && !is_told {
                let next = "Say what each group tells apart, such as Age: of cells that were merged, a table keeps the first alone.";
                problems.error(Code::R104, file.sheet.place(unnamed, dimension), "a row names no dimension", next);
            }
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        wholes(&begins, &mut rows, origin.sensitivity, &mut tally, problems);
        gathered.users.push(UserTable { source: origin.id, covers: self.covers, reference: self.reference.clone(), rows });
        gathered.tallies.push(tally);
    }
}

/// What to do where a group stands twice: of two spans of time some people stand in both.
const TWICE: &str = "Of rows for several quarters or years keep those of one span, with `covers` for its months: somebody who was helped in two of them is one person, so that they cannot be added up. Where the rows are parts of one group, such as two offices, add them up; where they are two groups, give them different names.";

/// Takes out rows that hold all groups of a dimension once more. One that is not what its groups add up to, and groups of ages that take in one another,
/// are problems: somebody would be counted twice. Over all files together, for a total may stand in another.
fn wholes(
    begins: &BTreeMap<(String, String), String>,
    rows: &mut Vec<UserRow>,
    sensitivity: Sensitivity,
    tally: &mut Tally,
    problems: &mut Problems,
) {
    let key = |r: &UserRow| (r.service.clone(), r.dimension.clone());
    let mut numbers = Nines::default();
    rows.iter().filter_map(|r| r.users.known()).for_each(|n| numbers.see(n as f64));
    for (of, path) in begins {
        // Nines alone, more than the people of the group or far beyond all other numbers, are no users.
        let stands_in = |r: &UserRow| {
            let n = r.users.known().map(|n| n as f64).filter(|n| is_nines(*n));
            n.is_some_and(|n| numbers.is_none(n) || r.population.is_some_and(|p| n > p))
        };
        if rows.iter().any(|r| key(r) == *of && stands_in(r)) {
            let what = "a number of users of nines alone seems to stand for one that is not known";
            problems.error(
                Code::R104,
                Place::file(path),
                what,
                "Leave the field empty where the number is not known, or write the number.",
            );
        }
        let (whole, named): (Vec<&UserRow>, Vec<&UserRow>) = rows.iter().filter(|r| key(r) == *of).partition(|r| is_all_of_them(&r.group));
        // `White` beside `White: British` and `White: Irish` is their total.
        let within = |head: &UserRow| named.iter().filter(|r| lies_in(&r.group, &head.group)).map(|r| r.users).collect::<Vec<_>>();
        let (heads, parts): (Vec<&UserRow>, Vec<&UserRow>) = named.iter().partition(|r| !within(r).is_empty());
        let problem = |problems: &mut Problems, what: &str| {
            let next = "Count each person in one group, with a row for those of whom it is not known; a total needs no row.";
            problems.error(Code::D215, Place::file(path), what, next);
        };
        let sum = Cell::sum(&parts.iter().map(|r| r.users).collect::<Vec<_>>());
        let differs = |r: &&UserRow| r.users.known().zip(sum.known()).is_some_and(|(all, sum)| all != sum);
        if !parts.is_empty() && whole.iter().any(differs) {
            problem(problems, "a row of all groups is not what the groups beside it add up to");
        }
        let is_rest = |head: &&UserRow| head.users.known().is_none_or(|n| Cell::sum(&within(head)).known() != Some(n));
        if heads.iter().any(is_rest) {
            problem(problems, "a group whose name begins others, such as `White` beside `White: British`, is not what those add up to");
        }
        let more = |r: &&UserRow| r.users.known().zip(r.population).is_some_and(|(n, p)| n as f64 > p && p > 0.0);
        let told = parts.iter().filter(|r| r.users.known().is_some() && r.population.is_some()).count();
        if told > 1 && 2 * parts.iter().copied().filter(more).count() > told {
            let next = "Look whether the two columns are exchanged, or the people are in thousands or in per cent: `population` holds all people of the group.";
            problems.error(Code::D215, Place::file(path), "most groups have more users than people", next);
        }
        // Of ranges alone: a dimension in which some groups are words tells something else.
        let ranges: Option<Vec<(u32, u32)>> = parts.iter().filter(|r| !is_no_group(&r.group)).map(|r| range_of(&r.group)).collect();
        let ages = ranges.unwrap_or_default();
        // Ages that meet at one year, `16 to 25` beside `25 to 34`, are a way of writing.
        let overlap = |(i, a): (usize, &(u32, u32))| ages[..i].iter().any(|b| a.0.max(b.0) < a.1.min(b.1));
        if ages.iter().enumerate().any(overlap) {
            problem(problems, "groups of a range, such as ages, take in one another");
        } else if let Some(group) = holds_others(&parts) {
            problem(problems, &format!("{} holds others that stand beside it", quote(&group, sensitivity)));
        }
        let (n, none) = ((whole.len() + heads.len()) as u64, parts.is_empty());
        let gone: Vec<String> = whole.iter().chain(&heads).map(|r| r.group.clone()).collect();
        if n > 0 && !none {
            tally.set_aside("a total of the groups beside it", n);
            rows.retain(|r| key(r) != *of || !gone.contains(&r.group));
        }
    }
}
