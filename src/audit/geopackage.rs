//! What a GeoPackage says: every table that is no view, row by row, and where its points lie.

use rusqlite::{Connection, types::ValueRef};

/// Points of a GeoPackage, in the metres of its layers.
pub(super) type Points = Vec<(f64, f64)>;

/// Whether bytes are a database of SQLite.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"SQLite format 3\0")
}

/// The texts of all tables by their names, and all points; `None` where it cannot be read.
pub(super) fn opened(bytes: &[u8]) -> Option<(Vec<(String, String)>, Points)> {
    let mut db = Connection::open_in_memory().ok()?;
    db.deserialize_read_exact("main", bytes, bytes.len(), true).ok()?;
    let mut list = db.prepare("SELECT name, type, coalesce(sql, '') FROM sqlite_schema ORDER BY name").ok()?;
    let entries: Vec<(String, String, String)> =
        list.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).ok()?.collect::<Result<_, _>>().ok()?;
    let (mut texts, mut points) = (Vec::new(), Points::new());
    // Definitions hold names and may hold words.
    texts.push(("schema".to_owned(), entries.iter().map(|e| format!("{}\n", e.2)).collect()));
    for (name, ..) in entries.iter().filter(|e| e.1 == "table") {
        let mut rows = db.prepare(&format!("SELECT * FROM \"{}\"", name.replace('"', "\"\""))).ok()?;
        let shapes: Vec<bool> = rows.column_names().map(|name| name == "geom").collect();
        let mut text = String::new();
        let mut cursor = rows.query([]).ok()?;
        while let Some(row) = cursor.next().ok()? {
            for (column, is_shape) in shapes.iter().enumerate() {
                match row.get_ref(column).ok()? {
                    // What stands in the place of a shape would be seen by nobody.
                    other if *is_shape && !matches!(other, ValueRef::Blob(_)) => return None,
                    ValueRef::Null => {}
                    ValueRef::Integer(n) => text.push_str(&n.to_string()),
                    ValueRef::Real(x) => text.push_str(&x.to_string()),
                    ValueRef::Text(t) => text.push_str(std::str::from_utf8(t).ok()?),
                    ValueRef::Blob(b) => match shape(b)? {
                        Some(point) => points.push(point),
                        None => text.push_str("(an outline)"),
                    },
                }
                text.push('\n');
            }
        }
        texts.push((name.clone(), text));
    }
    Some((texts, points))
}

/// The point of a geometry; `Some(None)` for outlines. `None` for bytes that are no geometry as we write them.
fn shape(blob: &[u8]) -> Option<Option<(f64, f64)>> {
    let flags = blob.starts_with(b"GP").then(|| blob.get(3).copied()).flatten()?;
    // A shape of one layer and no more: bytes behind it would be looked at by nobody.
    let start = 8 + if flags & 0b1110 == 0b10 { 32 } else { 0 };
    let kind = u32::from_le_bytes(blob.get(start + 1..start + 5)?.try_into().ok()?);
    let number = |at: usize| blob.get(at..at + 8).and_then(|b| Some(f64::from_le_bytes(b.try_into().ok()?)));
    match kind {
        1 if blob.len() == start + 21 => Some(Some((number(start + 5)?, number(start + 13)?))),
        6 if outline_end(blob, start)? == blob.len() => Some(None),
        _ => None,
    }
}

/// Where an outline of polygons ends that begins here.
fn outline_end(blob: &[u8], start: usize) -> Option<usize> {
    let count = |at: usize| blob.get(at..at + 4).and_then(|b| Some(u32::from_le_bytes(b.try_into().ok()?)));
    let mut at = start + 9;
    for _ in 0..count(start + 5)? {
        let rings = count(at + 5)?;
        at += 9;
        for _ in 0..rings {
            at += 4 + 16 * usize::try_from(count(at)?).ok()?;
            blob.get(..at)?;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stands_behind_a_shape() {
        let header = [b'G', b'P', 0, 1, 0, 0, 0, 0];
        let mut outline = vec![1];
        let ring = [0.5_f64, 51.0, 0.6, 51.0, 0.6, 51.1, 0.5, 51.0];
        for word in [6_u32, 1] {
            outline.extend(word.to_le_bytes());
        }
        outline.push(1);
        for word in [3_u32, 1, 4] {
            outline.extend(word.to_le_bytes());
        }
        outline.extend(ring.iter().flat_map(|x| x.to_le_bytes()));
        let whole = [header.as_slice(), &outline].concat();
        assert_eq!(shape(&whole), Some(None));
        let hides = [whole.as_slice(), b"12 High Street"].concat();
        assert_eq!(shape(&hides), None, "an address behind an outline");
        assert_eq!(shape(&whole[..whole.len() - 8]), None, "cut off");
        assert_eq!(shape(&[header.as_slice(), &[1, 6, 0, 0, 0, 255, 255, 255, 255]].concat()), None, "more shapes than there are");
    }
}
