//! Tables as people save them: an encoding, what parts the fields, line ends, dates, blanks, totals, lines around, a workbook.

use std::io::Write;

use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// A table before anybody saved it.
#[derive(Clone)]
pub struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// How somebody saves tables.
#[derive(Clone, Debug)]
pub struct Form {
    encoding: usize,
    separator: char,
    line_end: &'static str,
    quoted: bool,
    heading: usize,
    dates: usize,
    date_columns: Vec<String>,
    blanks: usize,
    total: bool,
    lines_around: bool,
    thousands: bool,
    shuffled: bool,
    empty_columns: usize,
    index: bool,
    workbook: bool,
}

/// An archive of files.
pub fn zip<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

impl Table {
    pub fn new(headings: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { headings: headings.iter().map(|h| (*h).to_owned()).collect(), rows }
    }

    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    pub fn add_row(&mut self, cells: &[&str]) {
        self.rows.push(cells.iter().map(|c| (*c).to_owned()).collect());
    }

    /// Another value in a column.
    pub fn replace(&mut self, column: usize, from: &str, to: &str) {
        self.rows.iter_mut().filter(|r| r[column] == from).for_each(|r| r[column] = to.into());
    }

    /// As police.uk and Nomis write it.
    pub fn csv(&self) -> Vec<u8> {
        let line = |cells: &[String]| cells.iter().map(|c| quoted(c, ',', false)).collect::<Vec<_>>().join(",") + "\n";
        std::iter::once(line(&self.headings)).chain(self.rows.iter().map(|r| line(r))).collect::<String>().into_bytes()
    }
}

fn quoted(cell: &str, separator: char, always: bool) -> String {
    let needs = always || cell.contains([separator, '"', '\n', '\r']);
    if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// `2023-03-04`, in other words.
fn in_other_words(day: &str, form: usize) -> String {
    let parts: Vec<&str> = day.split('-').collect();
    let names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    match parts.as_slice() {
        [y, m, d] => {
            let month = names[m.parse::<usize>().unwrap() - 1];
            match form {
                1 => format!("{d}/{m}/{y}"),
                2 => format!("{d}-{}-{}", &month[..3], &y[2..]),
                3 => format!("{} {month} {y}", d.trim_start_matches('0')),
                4 => format!("{day}T09:30:00"),
                5 => format!("{d}/{m}/{y} 09:30"),
                6 => format!("{y}{m}{d}"),
                _ => day.to_owned(),
            }
        }
        _ => day.to_owned(),
    }
}

impl Form {
    /// Any form; what it is is told in words.
    pub fn any(dice: &mut ChaCha8Rng, date_columns: &[&str], what: &mut Vec<String>) -> Self {
        let form = Self {
            encoding: dice.random_range(0..6),
            separator: [',', ',', ';', '\t', '|'][dice.random_range(0..5)],
            line_end: ["\n", "\r\n", "\r"][dice.random_range(0..3)],
            quoted: dice.random_bool(0.3),
            heading: dice.random_range(0..5),
            dates: dice.random_range(0..7),
            date_columns: date_columns.iter().map(|c| (*c).to_owned()).collect(),
            blanks: dice.random_range(0..4),
            total: dice.random_bool(0.2),
            lines_around: dice.random_bool(0.2),
            thousands: dice.random_bool(0.2),
            shuffled: dice.random_bool(0.4),
            empty_columns: [0, 0, 1, 3][dice.random_range(0..4)],
            index: dice.random_bool(0.15),
            workbook: dice.random_bool(0.2),
        };
        what.push(format!("{form:?}"));
        form
    }

    fn heading(&self, heading: &str) -> String {
        match self.heading {
            1 => heading.to_uppercase(),
            2 => heading.to_lowercase(),
            3 => format!(" {} ", heading.replace(' ', "  ")),
            4 => heading.replace(' ', "\u{a0}"),
            _ => heading.to_owned(),
        }
    }

    /// The table as it is laid out: heading first, with whatever else stands on the sheet.
    fn laid_out(&self, mut table: Table, dice: &mut ChaCha8Rng, police: bool) -> Vec<Vec<String>> {
        let dates: Vec<usize> = (0..table.headings.len()).filter(|i| self.date_columns.contains(&table.headings[*i])).collect();
        for row in &mut table.rows {
            dates.iter().for_each(|c| row[*c] = in_other_words(&row[*c], self.dates));
            if self.thousands {
                let parted = |cell: &String| cell.parse::<u32>().is_ok_and(|n| (2300..100_000).contains(&n)) && cell.len() > 3;
                row.iter_mut().filter(|c| parted(c)).for_each(|c| c.insert(c.len() - 3, ','));
            }
        }
        if self.shuffled {
            table.rows.shuffle(dice);
            let mut order: Vec<usize> = (0..table.headings.len()).collect();
            order.shuffle(dice);
            table.headings = order.iter().map(|i| table.headings[*i].clone()).collect();
            table.rows = table.rows.iter().map(|r| order.iter().map(|i| r[*i].clone()).collect()).collect();
        }
        let width = table.headings.len();
        let mut all = vec![table.headings.iter().map(|h| self.heading(h)).collect::<Vec<_>>()];
        all.append(&mut table.rows);
        if self.index {
            all.iter_mut().enumerate().for_each(|(i, r)| r.insert(0, if i == 0 { String::new() } else { format!("{}", i - 1) }));
        }
        let blank = vec![String::new(); width];
        match self.blanks {
            1 => all.extend([blank.clone(), blank.clone()]),
            2 => (0..3).for_each(|_| {
                let at = dice.random_range(2..=all.len());
                all.insert(at, blank.clone());
            }),
            _ => {}
        }
        if self.total && !police && width > 2 && !self.index {
            let mut total = blank.clone();
            total[0] = "TOTAL".into();
            total[width - 1] = "1234".into();
            all.push(total);
        }
        // A line of words below a catalogue may be a record: it stops, as it should.
        let is_catalogue = all[0].iter().any(|h| h.trim().eq_ignore_ascii_case("service_id"));
        if self.lines_around && !police && !is_catalogue {
            all.splice(0..0, [vec!["Extract of Millbeck".to_owned()], vec![]]);
            all.extend([vec![], vec!["Produced by the performance team.".to_owned()]]);
        }
        all.iter_mut().filter(|r| r.len() > 1).for_each(|r| r.extend(vec![String::new(); self.empty_columns]));
        all
    }

    /// As text in this form.
    pub fn text(&self, table: Table, dice: &mut ChaCha8Rng) -> Vec<u8> {
        let police = table.headings[0] == "Crime ID";
        let line = |row: &Vec<String>| {
            row.iter().map(|c| quoted(c, self.separator, self.quoted)).collect::<Vec<_>>().join(&self.separator.to_string())
        };
        let lines: Vec<String> = self.laid_out(table, dice, police).iter().map(line).collect();
        let text = lines.join(self.line_end) + self.line_end;
        match self.encoding {
            1 => format!("\u{feff}{text}").into_bytes(),
            2 => [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
            3 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            4 => text.chars().map(|c| if (c as u32) < 256 { c as u8 } else { b'?' }).collect(),
            _ => text.into_bytes(),
        }
    }

    /// As a file in this form, and the ending of its name.
    pub fn file(&self, table: Table, dice: &mut ChaCha8Rng) -> (Vec<u8>, &'static str) {
        if !self.workbook {
            let ending = if self.separator == '\t' { "tsv" } else { "csv" };
            return (self.text(table, dice), ending);
        }
        let dates: Vec<String> = self.date_columns.iter().map(|c| self.heading(c)).collect();
        let rows = self.laid_out(table, dice, false);
        let mut book = rust_xlsxwriter::Workbook::new();
        if self.lines_around {
            book.add_worksheet().set_name("Cover").unwrap().write_string(0, 0, "An extract").unwrap();
        }
        let sheet = book.add_worksheet();
        let format = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        let heading = rows.iter().find(|r| r.len() > 3).cloned().unwrap_or_default();
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                let (at, column) = (r as u32, c as u16);
                let is_date = heading.get(c).is_some_and(|h| dates.contains(h));
                match (cell.parse::<f64>(), rust_xlsxwriter::ExcelDateTime::parse_from_str(cell)) {
                    (_, Ok(day)) if is_date => sheet.write_datetime_with_format(at, column, &day, &format).unwrap(),
                    (Ok(n), _) => sheet.write_number(at, column, n).unwrap(),
                    _ if cell.is_empty() => continue,
                    _ => sheet.write_string(at, column, cell).unwrap(),
                };
            }
        }
        (book.save_to_buffer().unwrap(), "xlsx")
    }
}
