//! What a cell is, by the schema of its setting.

use serde_json::Value as Json;

use super::sources;
use crate::model::{Action, Engagement, ReleasePolicy, Training};
use crate::plan::SourceHead;
use crate::study::StudySettings;

/// How a setting is written in a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Text,
    Number,
    YesOrNo,
    /// Yes, no, or words.
    YesOrWords,
    /// Everything between semicolons.
    List,
    /// One, or several between semicolons.
    OneOrList,
    /// Year and month: spreadsheets make a day of it.
    Month,
    /// `2023-04 to 2026-03`.
    Period,
}

/// The schemas that a setting may be found in, the first before the others.
pub(super) struct Settings(Vec<Json>);

impl Settings {
    pub fn of_part(part: &str) -> Self {
        Self(vec![Json::from(match part {
            "study" => schemars::schema_for!(StudySettings),
            "release" => schemars::schema_for!(ReleasePolicy),
            "action" => schemars::schema_for!(Action),
            "training" => schemars::schema_for!(Training),
            "engagement" => schemars::schema_for!(Engagement),
            // Defaults are of any analysis; what they are is told by how they look.
            _ => return Self(vec![]),
        })])
    }

    pub fn of_source(kind: &str) -> Self {
        let own = sources::find(kind).map(|k| Json::from((k.schema)()));
        Self([Json::from(schemars::schema_for!(SourceHead))].into_iter().chain(own).collect())
    }

    /// What a setting is; `a.b` is looked for in the table `a`. One that nobody knows is told by how it looks.
    pub fn kind(&self, key: &str) -> Kind {
        self.0.iter().find_map(|schema| kind_in(schema, key)).unwrap_or(Kind::YesOrWords)
    }
}

fn kind_in(schema: &Json, key: &str) -> Option<Kind> {
    let mut at = schema;
    for part in key.split('.') {
        at = at.get("properties")?.get(part)?;
        at = followed(schema, at);
    }
    Some(kind_of(schema, at))
}

/// What a reference stands for; of a choice with nothing, the other.
fn followed<'s>(schema: &'s Json, mut at: &'s Json) -> &'s Json {
    for _ in 0..8 {
        if let Some(name) = at["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
            at = &schema["$defs"][name];
        } else if let Some(one) = at["anyOf"].as_array().and_then(|list| {
            let mut some = list.iter().filter(|s| s["type"] != "null");
            some.next().filter(|_| some.next().is_none())
        }) {
            at = one;
        } else {
            break;
        }
    }
    at
}

fn kind_of(schema: &Json, at: &Json) -> Kind {
    let is = |at: &Json, name: &str| at["type"] == name || at["type"].as_array().is_some_and(|list| list.iter().any(|t| t == name));
    if let Some(list) = at["anyOf"].as_array() {
        let has = |name: &str| list.iter().any(|s| is(followed(schema, s), name));
        return match (has("array"), has("boolean")) {
            (true, _) => Kind::OneOrList,
            (_, true) => Kind::YesOrWords,
            _ => Kind::Text,
        };
    }
    let properties = &at["properties"];
    match () {
        () if is(at, "array") => Kind::List,
        () if is(at, "number") || is(at, "integer") => Kind::Number,
        () if is(at, "boolean") => Kind::YesOrNo,
        () if !properties["first"].is_null() && !properties["last"].is_null() => Kind::Period,
        () if at["pattern"].as_str().is_some_and(|p| p.contains("{4}-")) => Kind::Month,
        () => Kind::Text,
    }
}

/// A cell as a plan writes it.
pub(super) fn value_of(text: &str, kind: Kind) -> String {
    let quoted = |text: &str| one_line(text);
    let list = |text: &str| {
        let is_codes = text.split(',').all(|p| p.trim().len() == 9 && p.trim().chars().all(|c| c.is_ascii_alphanumeric()));
        let parts = text.split(|c| c == ';' || (is_codes && c == ',')).map(str::trim).filter(|p| !p.is_empty());
        format!("[{}]", parts.map(one_line).collect::<Vec<_>>().join(", "))
    };
    // Thousands may be parted, as `2,000`.
    let parted = |text: &str| text.contains(',') && text.split(',').skip(1).all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()));
    let plain = if parted(text) { text.replace(',', "") } else { text.to_owned() };
    let number = || plain.parse::<f64>().is_ok_and(f64::is_finite).then(|| plain.clone());
    let yes_or_no = || match text.to_lowercase().as_str() {
        "yes" | "true" => Some("true".to_owned()),
        "no" | "false" => Some("false".to_owned()),
        _ => None,
    };
    match kind {
        Kind::Text => quoted(text),
        Kind::Month => quoted(&month_of(text).unwrap_or_else(|| text.to_owned())),
        Kind::Number => number().unwrap_or_else(|| quoted(text)),
        Kind::YesOrNo => yes_or_no().unwrap_or_else(|| quoted(text)),
        Kind::YesOrWords => yes_or_no().or_else(number).unwrap_or_else(|| quoted(text)),
        Kind::List => list(text),
        Kind::OneOrList if text.contains(';') => list(text),
        Kind::OneOrList => quoted(text),
        Kind::Period => match months_in(text).as_slice() {
            [first, .., last] => format!("{{ first = {}, last = {} }}", one_line(first), one_line(last)),
            [month] => format!("{{ first = {}, last = {} }}", one_line(month), one_line(month)),
            [] => quoted(text),
        },
    }
}

/// The months of `2023-04 to 2026-03`, however they are joined; those of a year, which stands alone.
fn months_in(text: &str) -> Vec<String> {
    let year = text.trim();
    if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) {
        return vec![format!("{year}-01"), format!("{year}-12")];
    }
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '-').map(|w| w.trim_matches('-')).filter(|w| !w.is_empty());
    // A date that is not understood must not be left out: the others would be another period.
    words.map(months_joined).collect::<Option<Vec<_>>>().unwrap_or_default().concat()
}

/// The months of `2023-04`, of the day `2023-04-01`, and of several after one another: `2023-04-2025-12`.
fn months_joined(word: &str) -> Option<Vec<String>> {
    let mut parts = word.split('-').peekable();
    let mut months = Vec::new();
    let of_digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    while let Some(year) = parts.next() {
        let month = parts.next()?;
        if !of_digits(year, 4) || !of_digits(month, 2) {
            return None;
        }
        parts.next_if(|day| of_digits(day, 2));
        months.push(format!("{year}-{month}"));
    }
    Some(months)
}

/// The month of a day: `2026-03` of `2026-03-01`.
fn month_of(text: &str) -> Option<String> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.get(..10)?.split('-').collect();
    (parts.len() == 3 && parts.iter().all(|p| digits(p))).then(|| format!("{}-{}", parts[0], parts[1]))
}

/// A text between quotes, on one line whatever it holds.
pub(super) fn one_line(text: &str) -> String {
    let plain = toml::Value::String(text.to_owned()).to_string();
    if !plain.contains('\n') && !plain.starts_with("\"\"\"") && !plain.starts_with("'''") {
        return plain;
    }
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", c as u32),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_a_period_are_all_read_or_none() {
        let months = |text: &str| months_in(text).join(" ");
        for text in
            ["2023-04 to 2025-12", "2023-04-2025-12", "2023-04-01 – 2025-12-31", "2023-04-01-2025-12-31", "from 2023-04 until 2025-12"]
        {
            assert_eq!(months(text), "2023-04 2025-12", "{text}");
        }
        assert_eq!((months("2023"), months("2023-04")), ("2023-01 2023-12".to_owned(), "2023-04".to_owned()));
        for text in ["2023-4 to 2025-12", "April 2023 to 2025-12", "2023-04-25-12", "2023/04"] {
            assert_eq!(months(text), "", "{text}");
        }
    }
}
