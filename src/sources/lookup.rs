use schemars::JsonSchema;
use serde::Deserialize;

use super::csv_file::CsvFile;
use super::gathered::{Gathered, LookupRow, LookupTable, Tally};
use super::ons_heading::{OnsHeading, ons_heading};
use super::table_form::is_table;
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::{AreaCode, Geography};

/// The settings of a `lookup` source: none. What a file looks up is told by its headings.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lookup {}

impl Source for Lookup {
    fn others_need_it(&self) -> bool {
        true
    }

    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "lookup rows");
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            if let Some(mut file) = CsvFile::open(origin, &path, problems) {
                gathered.lookups.extend(read_lookups(&mut file, &mut tally, problems));
            }
        }
        gathered.tallies.push(tally);
    }
}

/// Codes of Northern Ireland, of both its registers, stand in lookups of the United Kingdom: `95AA01S1`, `N20000001`.
fn is_northern_irish(code: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let older =
        code.len() >= 6 && code.len() <= 8 && code.starts_with("95") && code.as_bytes().get(2).is_some_and(|b| b.is_ascii_uppercase());
    older || code.len() == 9 && code.strip_prefix('N').is_some_and(digits)
}

/// One file may hold several steps, as LSOA → ward → authority does: one table for each pair that starts at its finest codes.
fn read_lookups(file: &mut CsvFile, tally: &mut Tally, problems: &mut Problems) -> Vec<LookupTable> {
    let columns: Vec<(usize, OnsHeading)> =
        file.sheet.headings.iter().enumerate().filter_map(|(i, h)| Some((i, ons_heading(h)?))).collect();
    let mut codes: Vec<(usize, OnsHeading)> = columns.iter().copied().filter(|(_, h)| h.code).collect();
    codes.sort_by_key(|(_, h)| (h.geography, h.vintage));
    let Some((from, targets)) = codes.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        problems.error(
            Code::R103,
            Place::line(&file.sheet.file, 1),
            "a lookup needs two columns of area codes",
            format!(
                "Columns are recognised by headings such as LSOA11CD, LSOA21CD, WD24CD and LAD24CD. The headings are: {}.",
                file.sheet.headings.join(", ")
            ),
        );
        return Vec::new();
    };
    let name_of =
        |h: &OnsHeading| columns.iter().find(|(_, n)| !n.code && (n.geography, n.vintage) == (h.geography, h.vintage)).map(|c| c.0);
    // Of the authorities of several years the newest counts.
    let authority = targets.iter().rfind(|(_, h)| h.geography == Geography::Authority);
    let change = file.sheet.find("CHGIND");
    let mut tables: Vec<LookupTable> = targets
        .iter()
        .map(|(_, to)| LookupTable {
            file: file.sheet.file.clone(),
            from: (from.1.geography, from.1.vintage),
            to: (to.geography, to.vintage),
            rows: vec![],
            authority_vintage: authority.map_or(0, |(_, h)| h.vintage),
        })
        .collect();
    let unread = file.for_each(problems, |sheet, row, problems| {
        tally.read += 1;
        let codes = || std::iter::once(from).chain(targets).map(|(c, _)| row.get(*c));
        if codes().any(is_northern_irish) {
            return tally.set_aside("a code of Northern Ireland", 1);
        }
        let parsed: Option<Vec<AreaCode>> = std::iter::once(from).chain(targets).map(|(c, _)| AreaCode::parse(row.get(*c))).collect();
        let Some(parsed) = parsed else {
            tally.set_aside("a lookup row with a code that cannot be read", 1);
            let column = std::iter::once(from).chain(targets).map(|c| c.0).find(|c| AreaCode::parse(row.get(*c)).is_none()).unwrap_or(0);
            if row.get(column).is_empty() {
                let next = "Fill the code in, or take the row out: an area that a lookup leads nowhere is in no count.";
                return problems.error(Code::R104, sheet.place(row.line, column), "a code is missing", next);
            }
            return sheet.bad_value(row, column, "an area code such as E01017540", problems);
        };
        let lad = authority.and_then(|(c, h)| Some((AreaCode::parse(row.get(*c))?, row.get_if(name_of(h)).to_owned())));
        for (i, table) in tables.iter_mut().enumerate() {
            table.rows.push(LookupRow {
                from: parsed[0],
                to: parsed[i + 1],
                to_name: row.get_if(name_of(&targets[i].1)).to_owned(),
                authority: lad.clone(),
                change: row.get_if(change).chars().next(),
            });
        }
    });
    tally.read += unread;
    tally.set_aside("bytes that are not UTF-8", unread);
    tables
}
