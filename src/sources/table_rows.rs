//! What rows of a table are: the heading, rows of data, and what people leave around them.

use std::collections::VecDeque;

pub(super) use super::all_of_them::is_all_of_them;
use crate::units::AreaCode;

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Data.
    Row,
    /// Nothing but separators and spaces.
    Blank,
    /// A total of the rows above.
    Total,
    /// A line of text below the table.
    Note,
}

fn filled(row: &csv::ByteRecord) -> impl Iterator<Item = (usize, &[u8])> {
    row.iter().map(<[u8]>::trim_ascii).enumerate().filter(|(_, f)| !is_blank(f))
}

/// Whether nothing is to be seen in a cell: spaces that do not break are blank, too, in UTF-8 and in Windows-1252.
fn is_blank(cell: &[u8]) -> bool {
    cell.iter().all(|b| b.is_ascii_whitespace() || *b == 0xA0) || std::str::from_utf8(cell).is_ok_and(|text| text.trim().is_empty())
}

/// What a row is. In a file with `lines_around` its table whatever stands alone in the first column is a note; elsewhere what says so itself. Of a catalogue
/// nothing is: it could be the name of a service.
pub(super) fn kind_of(row: &csv::ByteRecord, columns: usize, notes: Notes) -> Kind {
    let mut cells = filled(row);
    let Some((at, first)) = cells.next() else { return Kind::Blank };
    if is_total(first) && columns > 1 {
        let mut numbers = 0;
        let plain = cells.all(|(_, f)| {
            numbers += 1;
            std::str::from_utf8(f).is_ok_and(|t| super::read_value::number(t).value().is_some())
        });
        return if plain && numbers > 0 { Kind::Total } else { Kind::Row };
    }
    let is_note = match notes {
        Notes::None => false,
        Notes::ByTheirWords => says_it_is_a_note(first),
        // An area of which nothing is told is a row.
        Notes::AllThatStandAlone => !std::str::from_utf8(first).is_ok_and(|text| AreaCode::parse(text).is_some()),
    };
    if is_note && at == 0 && columns > 1 && cells.next().is_none() { Kind::Note } else { Kind::Row }
}

/// Which cells that stand alone in the first column are notes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Notes {
    None,
    ByTheirWords,
    AllThatStandAlone,
}

/// `Source: …`, `Notes`, `Report generated on …`, `© Crown copyright`.
fn says_it_is_a_note(cell: &[u8]) -> bool {
    let text = String::from_utf8_lossy(cell).to_lowercase();
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let others = words.count();
    // `1. Counts are of recorded offences.`
    let is_number = first.trim_matches(['(', ')', '[', ']', '.', ':', '*', '\u{2020}']).chars().all(|c| c.is_ascii_digit());
    if others > 2 && is_number && first.len() <= 4 && first.contains(['.', ')', ']', '*', ':', '\u{2020}']) {
        return true;
    }
    match first.trim_end_matches(':') {
        "source" | "sources" | "note" | "notes" | "footnote" | "footnotes" | "©" | "disclaimer" => true,
        "contains" | "copyright" | "crown" | "figures" | "data" | "extracted" | "report" | "produced" | "generated" | "prepared"
        | "downloaded" | "printed" | "end" => others > 1,
        _ => false,
    }
}

/// `Total`, `Grand total:`, `TOTALS`.
fn is_total(cell: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&cell[..cell.len().min(20)]).to_lowercase();
    matches!(
        text.trim_end_matches(':').trim(),
        "total" | "totals" | "grand total" | "sub total" | "subtotal" | "sub-total" | "sum" | "overall total"
    )
}

/// Which of the first rows is the heading: the first, unless lines of text stand above a wider table. Then it is the first of the widest rows that
/// stand together.
pub(super) fn heading_among(rows: &VecDeque<csv::ByteRecord>) -> usize {
    let width = |row: &csv::ByteRecord| filled(row).last().map_or(0, |(at, _)| at + 1);
    let widths: Vec<usize> = rows.iter().map(width).collect();
    let first = widths.first().copied().unwrap_or(0);
    if first > 2 {
        return 0;
    }
    // Runs of rows of two cells or more: from, to, widest.
    let mut best = (0, 0, first);
    let mut at = 0;
    while at < widths.len() {
        let length = widths[at..].iter().take_while(|w| **w >= 2).count();
        let widest = widths[at..at + length].iter().copied().max().unwrap_or(0);
        if length >= 2 && (widest, length) > (best.2, best.1) {
            best = (at, length, widest);
        }
        at += length.max(1);
    }
    let (from, length, widest) = best;
    // Nothing wider than the first row: that is the heading.
    if widest <= first || length < 2 {
        return 0;
    }
    if widest > 2 {
        // The first of the widest rows: a blank line within a table parts it in two.
        let at = widths.iter().position(|w| *w == widest).unwrap_or(0);
        // The last cell of a heading may be empty, as over the percentages of Nomis.
        return if at > 0 && is_headed_by(&rows[at], &rows[at - 1], widest) { at - 1 } else { at };
    }
    // A table of two columns looks like the lines above it: the last blank line tells.
    let line = |i: usize| rows.get(i).and_then(csv::ByteRecord::position).map_or(0, csv::Position::line);
    let is_after_a_blank = |i: &usize| if *i == 0 { line(0) > 1 } else { line(*i) > line(i - 1) + 1 };
    (from..from + length - 1).rev().find(is_after_a_blank).unwrap_or(from)
}

/// Whether the row before the first of the widest ones is the heading: it is one cell narrower, of words, and what follows is of numbers.
fn is_headed_by(row: &csv::ByteRecord, before: &csv::ByteRecord, widest: usize) -> bool {
    let is_number = |f: &[u8]| std::str::from_utf8(f).is_ok_and(|t| super::read_value::number(t).value().is_some());
    let cells: Vec<(usize, &[u8])> = filled(before).collect();
    let fits = cells.len() > 2 && cells.last().is_some_and(|(at, _)| at + 2 >= widest) && !cells.iter().any(|(_, f)| is_number(f));
    fits && (is_second_heading(row) || filled(row).any(|(_, f)| is_number(f)))
}

/// Whether a row says below the headings which columns are numbers and which percentages: `number`, `%`.
pub(super) fn is_second_heading(row: &csv::ByteRecord) -> bool {
    let says =
        |f: &[u8]| ["number", "%", "percent", "per cent", "value", "count", "no."].iter().any(|w| f.eq_ignore_ascii_case(w.as_bytes()));
    filled(row).next().is_some_and(|(at, _)| at > 0) && filled(row).count() > 1 && filled(row).all(|(_, f)| says(f))
}

/// Whether the headings stand in two rows, the upper with cells that reach over several of the lower, and a row of data follows: `2023` over `Apr`, `May`;
/// `Apr-23` over `Count`, `Target`.
pub(super) fn are_in_two_rows(upper: &csv::ByteRecord, lower: &csv::ByteRecord, data: &csv::ByteRecord) -> bool {
    let has = |row: &csv::ByteRecord, at: usize| row.get(at).is_some_and(|f| !is_blank(f));
    let number = |f: &[u8]| std::str::from_utf8(f).ok().and_then(|t| super::read_value::number(t).value());
    let is_year = |n: f64| n.fract() == 0.0 && (1900.0..2200.0).contains(&n);
    let says_words = filled(lower).all(|(_, f)| number(f).is_none_or(is_year));
    let columns = filled(lower).last().map_or(0, |(at, _)| at + 1);
    let spanned = (0..columns).filter(|at| has(lower, *at) && !has(upper, *at)).count();
    let counts = filled(data).filter(|(at, f)| has(lower, *at) && number(f).is_some()).count();
    if !says_words || spanned == 0 || counts < 2 || !has(data, 0) {
        return false;
    }
    // The upper row has the headings at its left and the lower those below the others; or the lower has all.
    let parted = has(upper, 0) && !has(lower, 0) && (0..columns).all(|at| has(upper, at) || has(lower, at));
    let lower_is_whole = (0..columns).all(|at| has(lower, at));
    let is_over = !has(upper, 0) && filled(upper).next().is_some() && lower_is_whole && columns > 2;
    (parted && filled(lower).count() > 1) || is_over
}

/// The headings of two rows, of which the upper reaches over the lower, as one: `2023 Apr`.
pub(super) fn joined(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut over = "";
    let column = |at: usize| {
        let (own, below) = (upper.get(at).map_or("", String::as_str), lower.get(at).map_or("", String::as_str));
        if !own.is_empty() {
            over = own;
        }
        if below.is_empty() { own.to_owned() } else { format!("{over} {below}").trim_start().to_owned() }
    };
    (0..upper.len().max(lower.len())).map(column).collect()
}

/// The headings of two rows as one: a cell that is empty in the first belongs to the one before it, and is told apart by the second.
pub(super) fn one_heading(headings: &[String], second: &[String]) -> Vec<String> {
    let mut over = "";
    let mut all = Vec::with_capacity(headings.len().max(second.len()));
    for at in 0..headings.len().max(second.len()) {
        let (own, below) = (headings.get(at).map_or("", String::as_str), second.get(at).map_or("", String::as_str));
        let is_percent = ["%", "percent", "per cent"].iter().any(|w| below.eq_ignore_ascii_case(w));
        if !own.is_empty() {
            over = own;
        }
        all.push(match (own.is_empty(), below.is_empty(), is_percent) {
            (_, false, true) => format!("{over} %"),
            (false, ..) | (true, true, _) => own.to_owned(),
            (true, false, false) => format!("{over} {below}"),
        });
    }
    all
}

/// Gives a row the line on which it begins: the reader counts it from the blank lines before it. `next` is the line that the reader has come to.
pub(super) fn settle_line(row: &mut csv::ByteRecord, next: u64) {
    let within = row.iter().map(|field| memchr::memchr_iter(b'\n', field).count() as u64).sum::<u64>();
    if let Some(mut position) = row.position().cloned() {
        // The last line of a file may have no end.
        position.set_line(position.line().max(next.saturating_sub(1 + within)));
        row.set_position(Some(position));
    }
}

/// What parts the fields of a file: the comma, unless lines hold tabs, semicolons or bars, and hardly any comma. Numbers may have commas before their
/// decimals: where the headings have none, and every line has as many of another sign, that is it.
pub(super) fn delimiter(head: &[u8]) -> u8 {
    let text = head.split(|b| *b == b'\n' || *b == b'\r').filter(|l| !l.trim_ascii().is_empty()).take(51);
    let mut lines: Vec<&[u8]> = text.collect();
    // The last may be cut off.
    if lines.len() > 50 {
        lines.pop();
    }
    let number = |line: &[u8], wanted: u8| {
        let mut quoted = false;
        let is = |b: &&u8| {
            quoted ^= **b == b'"';
            **b == wanted && !quoted
        };
        line.iter().filter(is).count()
    };
    let holding = |wanted: u8| lines.iter().filter(|line| number(line, wanted) > 0).count();
    let commas = holding(b',');
    let other = [b'\t', b';', b'|'].into_iter().map(|d| (holding(d), d)).max_by_key(|(n, d)| (*n, *d == b'\t'));
    let alike = |d: u8| {
        let first = lines.first().map_or(0, |line| number(line, d));
        first > 0 && number(lines[0], b',') == 0 && lines.len() > 1 && lines.iter().all(|line| number(line, d) == first)
    };
    match other {
        Some((n, d)) if n > commas * 2 && n * 2 >= lines.len() || alike(d) => d,
        _ => b',',
    }
}

/// The line `sep=;` that spreadsheets write above a table: what it says parts the fields, and how many bytes it takes.
pub(super) fn separator_line(bytes: &[u8]) -> (Option<u8>, usize) {
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let line = bytes[mark..].split(|b| *b == b'\n' || *b == b'\r').next().unwrap_or_default();
    let said = line.strip_suffix(b" ").unwrap_or(line);
    let said = said.strip_prefix(b"\"").and_then(|s| s.strip_suffix(b"\"")).unwrap_or(said);
    match said {
        [s, e, p, b'=', separator] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            let end = mark + line.len();
            let ends = bytes[end..].iter().take(2).take_while(|b| **b == b'\n' || **b == b'\r').count();
            let ends = if bytes[end..].starts_with(b"\n\n") || bytes[end..].starts_with(b"\r\r") { 1 } else { ends };
            (Some(*separator), end + ends)
        }
        _ => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> VecDeque<csv::ByteRecord> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let (mut rows, mut row) = (VecDeque::new(), csv::ByteRecord::new());
        while reader.read_byte_record(&mut row).unwrap() {
            settle_line(&mut row, reader.position().line());
            rows.push_back(row.clone());
        }
        rows
    }

    #[test]
    fn the_heading_below_lines_of_text_and_nowhere_else() {
        let nomis = "\"TS008 - Sex\"\n\"ONS Crown Copyright\"\n\n\"Population\",\"All usual residents\"\n\"Date\",\"2021\"\n\n\"area\",\"mnemonic\",\"Total\"\na,E01,5\nb,E02,6\n";
        assert_eq!(heading_among(&rows(nomis)), 4);
        let two = "Title\n\nx,1\n\ncode,all\nE01,5\nE02,6\n";
        assert_eq!(heading_among(&rows(two)), 2);
        // A cell that is empty, in a table of two columns or of more, makes no other row the heading.
        for plain in [
            "code,rank\nE01,\nE02,6\nE03,7\n",
            "code,,x\nE01,5,\nE02,6,1\n",
            "code,all\nE01,5\nE02,6\n",
            "a,b,c\n1,2,3\n",
            ",b,c\n0,2,3\n",
            "id\n1\n2\n",
        ] {
            assert_eq!(heading_among(&rows(plain)), 0, "{plain}");
        }
    }

    #[test]
    fn rows_of_nothing_totals_and_notes() {
        let kind =
            |text: &str, around: bool| kind_of(&rows(text)[0], 3, if around { Notes::AllThatStandAlone } else { Notes::ByTheirWords });
        assert_eq!(
            (kind(", ,\n", false), kind("Total,,1234\n", false), kind("TOTAL:,\"1,234\",5\n", false)),
            (Kind::Blank, Kind::Total, Kind::Total)
        );
        assert_eq!((kind("Total,Burglary,5\n", false), kind("Total,,\n", false), kind("a,,\n", false)), (Kind::Row, Kind::Row, Kind::Row));
        assert_eq!(kind("E01000001,,\n", true), Kind::Row);
        assert_eq!((kind("Rounded to five.,,\n", true), kind("Rounded to five.,,\n", false)), (Kind::Note, Kind::Row));
        for note in ["Source: Athena,,\n", "Notes,,\n", "Report generated 12/01/2026,,\n", "© Crown copyright,,\n"] {
            assert_eq!(kind(note, false), Kind::Note, "{note}");
        }
        for row in ["Source,Burglary,5\n", "Report,,\n", "Data Street,,\n", "Kingston upon Hull,,\n"] {
            assert_eq!(kind(row, false), Kind::Row, "{row}");
        }
    }

    #[test]
    fn headings_that_reach_over_others_are_joined() {
        let two = |text: &str| {
            let rows = rows(text);
            are_in_two_rows(&rows[0], &rows[1], &rows[2])
        };
        let parted = "Code,Area,All,,Female,\n,,2021,2023,2021,2023\nE01,Millbeck,700,1000,350,500\n";
        assert!(two(parted) && two(",,2023,,,\nCode,Offence,Apr,May,Jun\nE01,Rape,1,2,3\n"));
        let texts = |text: &str, at: usize| rows(text)[at].iter().map(|f| String::from_utf8_lossy(f).into_owned()).collect::<Vec<_>>();
        assert_eq!(joined(&texts(parted, 0), &texts(parted, 1)), ["Code", "Area", "All 2021", "All 2023", "Female 2021", "Female 2023"]);
        // Rows of data under headings of which one is empty are none.
        assert!(!two(",Code,Offence,Count\n0,E01,Rape,4\n1,E01,Rape,5\n") && !two("Code,Offence,Count,\n,Rape,4,n\nE01,Rape,5,\n"));
        assert!(!two("Code,Area,All,Female\nE01,A,4,5\nE02,B,4,5\n"));
    }

    #[test]
    fn two_rows_of_headings_are_one() {
        let text = "TS008\nOf Nomis\n\nUnits,Persons\n\nArea,mnemonic,All persons,,Female,\n,,number,%,number,%\nA,E1,10,100,5,50\nB,E2,10,100,5,50\n";
        let all = rows(text);
        let at = heading_among(&all);
        assert!(&all[at][0] == b"Area" && is_second_heading(&all[at + 1]) && !is_second_heading(&all[at + 2]));
        let texts = |row: &csv::ByteRecord| row.iter().map(|f| String::from_utf8_lossy(f).into_owned()).collect::<Vec<_>>();
        let headings = ["Area", "mnemonic", "All persons", "All persons %", "Female", "Female %"];
        assert_eq!(one_heading(&texts(&all[at]), &texts(&all[at + 1])), headings);
        assert_eq!(&rows(&text.replace(",,number,%,number,%\n", ""))[at][0], b"Area");
        assert_eq!(heading_among(&rows(&text.replace(",,number,%,number,%\n", ""))), at);
    }

    #[test]
    fn lines_are_those_of_the_file_whatever_is_blank_above() {
        let lines = |text| rows(text).iter().map(|r| r.position().unwrap().line()).collect::<Vec<_>>();
        assert_eq!(lines("a,b\n\n\nc,d\n\"x\ny\",1\n\nz,2\n"), [1, 4, 5, 8]);
    }

    #[test]
    fn a_line_that_says_what_parts_the_fields() {
        assert_eq!(separator_line(b"sep=;\r\na;b\r\n"), (Some(b';'), 7));
        assert_eq!(separator_line(b"\xef\xbb\xbfSEP=,\na,b\n"), (Some(b','), 9));
        assert_eq!((separator_line(b"sep=\nx"), separator_line(b"a,b\n")), ((None, 0), (None, 0)));
    }

    #[test]
    fn what_parts_the_fields() {
        assert_eq!(delimiter(b"a\tb\n1,5\t2\n1\t2\n"), b'\t');
        assert_eq!(delimiter(b"a;b\n1;2\n"), b';');
        assert_eq!(delimiter(b"Lon;Lat\n-0,59;53,2\n-0,58;53,2\n"), b';');
        assert_eq!(delimiter(b"id,types\n1,a;b\n2,a;b\n"), b',');
        assert_eq!(delimiter(b"Sex: Female; measures: Value,b\n1,2\n"), b',');
    }
}
