//! Rows of a Parquet file, as much as tables of travel times need: columns by name, numbers and texts.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::basic::Compression;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::{Origin, cannot_open};
use crate::diagnostics::{Code, Place, Problems, nearest};

/// A value of a cell.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    Nothing,
    Number(f64),
    Text(String),
    /// A date, a list or another thing that no column of ours holds.
    Other,
}

impl Value {
    fn of(origin: &Origin, field: &Field) -> Self {
        match field {
            Field::Null => Value::Nothing,
            Field::Byte(n) => Value::Number(f64::from(*n)),
            Field::Short(n) => Value::Number(f64::from(*n)),
            Field::Int(n) => Value::Number(f64::from(*n)),
            Field::Long(n) => Value::Number(*n as f64),
            Field::UByte(n) => Value::Number(f64::from(*n)),
            Field::UShort(n) => Value::Number(f64::from(*n)),
            Field::UInt(n) => Value::Number(f64::from(*n)),
            Field::ULong(n) => Value::Number(*n as f64),
            Field::Float(n) => Value::Number(f64::from(*n)),
            Field::Double(n) => Value::Number(*n),
            Field::Str(text) => Value::Text(origin.clean(text).into_owned()),
            // R writes factors, and some writers all texts, as plain bytes.
            Field::Bytes(bytes) => Value::Text(origin.clean(&String::from_utf8_lossy(bytes.data())).into_owned()),
            _ => Value::Other,
        }
    }

    /// As a table of text would hold it.
    pub fn text(&self) -> String {
        match self {
            Value::Number(n) => n.to_string(),
            Value::Text(text) => text.trim().to_owned(),
            Value::Nothing | Value::Other => String::new(),
        }
    }
}

/// Visits the rows of a file with the values of these columns and the number of the row, from 1. Whether all of it could be read.
pub(super) fn for_each<const N: usize>(
    origin: &Origin,
    path: &str,
    names: [&str; N],
    problems: &mut Problems,
    mut visit: impl FnMut(u64, [Value; N], &mut Problems),
) -> bool {
    let file = match File::open(origin.resolve(path)) {
        Ok(file) => file,
        Err(e) => {
            cannot_open(path, origin.kind, &e, problems);
            return false;
        }
    };
    let broken = |problems: &mut Problems, at: Place| {
        let next = "Write the file again, uncompressed or with Snappy, or as CSV.";
        problems.error(Code::R121, at, "the Parquet file cannot be read", next);
        false
    };
    // The library checks most of what a file claims of itself, and stops the program over some of the rest.
    let opened = catch_unwind(|| SerializedFileReader::new(file));
    let Ok(Ok(reader)) = opened else { return broken(problems, Place::file(path)) };
    let metadata = reader.metadata();
    let columns = || metadata.row_groups().iter().flat_map(|g| g.columns());
    let offsets = |c: &ColumnChunkMetaData| [c.data_page_offset(), c.compressed_size(), c.dictionary_page_offset().unwrap_or(0)];
    if columns().flat_map(offsets).any(|n| n < 0) {
        return broken(problems, Place::file(path));
    }
    let mut packed = columns().map(|c| c.compression());
    if let Some(other) = packed.find(|c| !matches!(c, Compression::UNCOMPRESSED | Compression::SNAPPY)) {
        let method = format!("{other:?}");
        let method = method.split('(').next().unwrap_or("");
        let next = "Write it again with Snappy, which is what most programs do by default, or uncompressed, or as CSV.";
        problems.error(Code::R121, Place::file(path), format!("the file is compressed with {method}, which is not read"), next);
        return false;
    }
    let found: Vec<String> =
        metadata.file_metadata().schema_descr().root_schema().get_fields().iter().map(|f| f.name().to_owned()).collect();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        match found.iter().position(|f| f.eq_ignore_ascii_case(name)) {
            Some(at) => *place = at,
            None => {
                let near = nearest(name, found.iter().map(String::as_str)).map_or(String::new(), |n| format!("The nearest is “{n}”. "));
                let next = format!("{near}The columns are: {}.", found.join(", "));
                problems.error(Code::R103, Place::file(path), format!("there is no column “{name}”"), next);
                return false;
            }
        }
    }
    let rows = catch_unwind(AssertUnwindSafe(|| reader.get_row_iter(None)));
    let Ok(Ok(mut rows)) = rows else { return broken(problems, Place::file(path)) };
    let mut number = 0;
    let mut next = || -> Option<Result<[Value; N], ()>> {
        let row = rows.next()?.map_err(|_| ());
        Some(row.map(|row| {
            let cells: Vec<Value> = row.get_column_iter().map(|(_, field)| Value::of(origin, field)).collect();
            places.map(|at| cells.get(at).cloned().unwrap_or(Value::Nothing))
        }))
    };
    loop {
        number += 1;
        match catch_unwind(AssertUnwindSafe(&mut next)) {
            Ok(None) => return true,
            Ok(Some(Ok(cells))) => visit(number, cells, problems),
            Ok(Some(Err(()))) | Err(_) => return broken(problems, Place::file(path).at(format!("row {number}"))),
        }
    }
}
