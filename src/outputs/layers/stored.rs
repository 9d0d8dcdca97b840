//! How a column of a layer is stored: as it is, or in a large study once for all rows, or a few words by number.

use rusqlite::types::Value as Sql;

/// So many different words are stored by number.
const MOST_WORDS: usize = 32;

/// A column of a table of numbers, and how the view of its layer shows it.
pub(super) struct Stored {
    /// Its name.
    pub name: String,
    /// Its type in the table; `None` where it is the same in every row, and stands in the view alone.
    pub kind: Option<&'static str>,
    /// What the view says of it.
    pub shown: String,
}

impl Stored {
    /// A column that is stored as it is.
    pub fn plain(name: &str, kind: &'static str) -> Self {
        Self { name: name.to_owned(), kind: Some(kind), shown: format!("d.{name}") }
    }

    /// Stores a text that is the same everywhere once, and one of few words by its number: of 5,000 areas the word `known` beside every number
    /// is a good part of a file. The view shows what it would show otherwise. `at` is the place of the column in `rows`.
    pub fn shorten(&mut self, at: usize, rows: &mut [Vec<Sql>]) {
        let mut words: Vec<String> = Vec::new();
        for row in rows.iter() {
            match &row[at] {
                Sql::Text(word) if words.contains(word) => {}
                Sql::Text(word) if words.len() < MOST_WORDS => words.push(word.clone()),
                Sql::Null => {}
                _ => return,
            }
        }
        let every = !rows.is_empty() && rows.iter().all(|row| row[at] != Sql::Null);
        match words.as_slice() {
            [] => {}
            [word] if every => {
                self.kind = None;
                self.shown = quoted(word);
            }
            words => {
                for row in rows {
                    let number = match &row[at] {
                        Sql::Text(word) => words.iter().position(|w| w == word),
                        _ => None,
                    };
                    row[at] = number.map_or(Sql::Null, |n| Sql::Integer(n as i64));
                }
                let cases: String = words.iter().enumerate().map(|(n, word)| format!(" WHEN {n} THEN {}", quoted(word))).collect();
                self.kind = Some("INTEGER");
                self.shown = format!("CASE d.{}{cases} END", self.name);
            }
        }
    }
}

/// A text in SQL.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: &str) -> Sql {
        Sql::Text(word.into())
    }

    #[test]
    fn words_are_shown_as_they_were_and_numbers_stay() {
        let of = |values: Vec<Sql>| {
            let mut rows: Vec<Vec<Sql>> = values.into_iter().map(|v| vec![v]).collect();
            let mut column = Stored::plain("x", "TEXT");
            column.shorten(0, &mut rows);
            (column.kind, column.shown, rows.concat())
        };
        let (kind, shown, _) = of(vec![text("known"), text("known")]);
        assert_eq!((kind, shown.as_str()), (None, "'known'"));
        let (kind, shown, rows) = of(vec![text("it's"), Sql::Null, text("b"), text("it's")]);
        assert_eq!((kind, shown.as_str()), (Some("INTEGER"), "CASE d.x WHEN 0 THEN 'it''s' WHEN 1 THEN 'b' END"));
        assert_eq!(rows, [Sql::Integer(0), Sql::Null, Sql::Integer(1), Sql::Integer(0)]);
        for plain in [vec![Sql::Real(0.5), Sql::Null], vec![Sql::Null], (0..40).map(|i| text(&i.to_string())).collect()] {
            let (kind, shown, rows) = of(plain.clone());
            assert_eq!((kind, shown.as_str(), rows), (Some("TEXT"), "d.x", plain));
        }
    }
}
