//! Traces of places, people and machines.

use std::borrow::Cow;

use super::pack::Pack;
use crate::diagnostics::{Code, Place, Problems};

/// Beginnings of paths on a machine.
const PATHS: [&str; 11] = ["/home/", "/Users/", "/root/", "/tmp/", "/mnt/", "/var/", "file://", ":\\", "\\\\", "OneDrive", "AppData"];

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let next = "Do not publish. Find where it comes from; if it is in a name of the plan or of a public service, change it there.";
    // Names of public services may hold what looks like a place, and are public. Title and area of a plan must not: a run refuses them.
    let public: Vec<&str> = pack.findings.iter().flat_map(|f| f.sites.iter().flat_map(|s| [s.name.as_str(), s.service.as_str()])).collect();
    for (path, points) in &pack.points {
        let sites = pack.findings.iter().flat_map(|f| &f.sites).map(|s| (f64::from(s.easting_m), f64::from(s.northing_m)));
        let public: Vec<(f64, f64)> = sites.collect();
        if points.iter().any(|p| !public.contains(p)) {
            problems.error(Code::S323, Place::file(path.clone()), "the layer holds a point that is not a public site of a service", next);
        }
    }
    for (path, text) in &pack.texts {
        let mut tell = |what: &str, at: usize| {
            let line = text.get(..at).map_or(0, |t| t.matches('\n').count()) as u64 + 1;
            problems.error(Code::S323, Place::line(path.clone(), line), what, next);
        };
        let drawn = path.ends_with(".svg");
        let shown: Cow<str> = if drawn || path.ends_with(".html") { without_drawing(text).into() } else { text.into() };
        if let Some(at) = PATHS.iter().find_map(|p| found_path(&shown, p)) {
            tell("the file holds a path of the machine that it was made on", at);
        }
        if let Some(at) = postcode(&shown, &public) {
            tell("the file holds what looks like a postcode", at);
        }
        if let Some(at) = ["uprn", "UPRN", "Uprn"].iter().find_map(|w| memchr::memmem::find(shown.as_bytes(), w.as_bytes())) {
            tell("the file speaks of a UPRN", at);
        }
        if let Some(at) = email(&shown) {
            tell("the file holds an e-mail address", at);
        }
        // Numbers of the findings are counts, rates and tests, each with its name: only what is said in words can hide a place. A rate of 53 beside
        // a chance of 0.4 is none.
        let found = match path.as_str() {
            // A page of print is drawn by coordinates. Its words stand in the page of the same name, and the file is drawn again byte by byte.
            p if p.ends_with(".geojson") || p.ends_with(".pdf") || drawn => None,
            p if p == pack.findings_path => in_words(text, coordinates),
            _ => coordinates(&shown),
        };
        if let Some(at) = found {
            tell("the file holds what looks like coordinates", at);
        }
        if path.ends_with(".geojson") && !points_are_public(pack, text) {
            tell("the layer holds a point that is not a public site of a service", 0);
        }
        for part in path.split(['/', '!', '.', '_', '-']) {
            if postcode(&part.to_uppercase(), &[]).is_some() {
                tell("the name of the file looks like a postcode", 0);
            }
        }
    }
}

/// Whether a text holds what looks like a path of a machine, a postcode, an e-mail address or coordinates: no pack may hold it.
pub fn holds_a_trace(text: &str) -> bool {
    PATHS.iter().any(|p| found_path(text, p).is_some())
        || postcode(text, &[]).is_some()
        || text.to_lowercase().contains("uprn")
        || email(text).is_some()
        || coordinates(text).is_some()
}

/// A path stands at the start of a word, so that `and/or` and `https://` are none.
fn found_path(text: &str, path: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), path).find(|at| {
        let before = text[..*at].chars().next_back();
        match path {
            ":\\" => before.is_some_and(|c| c.is_ascii_uppercase()) && text[at + 2..].starts_with(|c: char| c.is_ascii_alphanumeric()),
            // In JSON a backslash is written as two: only before a name is it the start of a path.
            "\\\\" => {
                before.is_none_or(|c| c.is_whitespace() || c == '"') && text[at + 2..].starts_with(|c: char| c.is_ascii_alphanumeric())
            }
            _ => before.is_none_or(|c| !c.is_alphanumeric() && c != '.'),
        }
    })
}

/// The text of a drawing without its shapes, whose letters and digits are not words.
fn without_drawing(text: &str) -> String {
    let marks = [" d=\"", " points=\"", " transform=\"", "base64,"];
    let mut starts: Vec<usize> = marks.iter().flat_map(|m| memchr::memmem::find_iter(text.as_bytes(), m).map(|i| i + m.len())).collect();
    starts.sort_unstable();
    let mut kept = String::with_capacity(text.len() / 2);
    let mut from = 0;
    for start in starts {
        if start < from {
            continue;
        }
        kept.push_str(&text[from..start]);
        let end = memchr::memchr(b'"', &text.as_bytes()[start..]).map_or(text.len(), |n| start + n);
        // Lines stay lines, so that a place can be told.
        kept.extend(text[start..end].chars().filter(|c| *c == '\n'));
        from = end;
    }
    kept + &text[from..]
}

/// Where a British postcode stands in capitals: area, district, space or none, sector and unit.
fn postcode(text: &str, public: &[&str]) -> Option<usize> {
    let bytes = text.as_bytes();
    let unit = |b: u8| b.is_ascii_uppercase() && !b"CIKMOV".contains(&b);
    let ends = (2..bytes.len()).filter(|i| unit(bytes[*i]) && unit(bytes[i - 1]) && bytes[i - 2].is_ascii_digit());
    ends.filter(|i| bytes.get(i + 1).is_none_or(|b| !b.is_ascii_alphanumeric())).find(|i| {
        let before = &bytes[..i - 2];
        let before = before.strip_suffix(b" ").unwrap_or(before);
        let start = before.iter().rposition(|b| !b.is_ascii_uppercase() && !b.is_ascii_digit()).map_or(0, |p| p + 1);
        let outward = &before[start..];
        let letters = outward.iter().take_while(|b| b.is_ascii_uppercase()).count();
        let digits = &outward[letters..];
        let shaped = (1..=2).contains(&letters) && (1..=2).contains(&digits.len()) && digits[0].is_ascii_digit();
        // A code after an underscore or a letter is part of a longer one.
        let free = start == 0 || !matches!(before[start - 1], b'_' | b'#' | b'%') && !before[start - 1].is_ascii_alphanumeric();
        let written = text.get(start..i + 1).unwrap_or_default();
        shaped && free && !public.iter().any(|p| p.contains(written))
    })
}

fn email(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'@', text.as_bytes()).find(|at| {
        let before = text[..*at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        let after: String = text[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
        before && after.trim_end_matches('.').contains('.')
    })
}

/// Two numbers beside one another that are a longitude and a latitude in Great Britain, to four decimals or more.
fn coordinates(text: &str) -> Option<usize> {
    let separators = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '[' | ']' | '(' | ')' | '"' | '<' | '>' | '=');
    let number = |w: &str| -> Option<f64> { (w.split_once('.')?.1.len() >= 4).then(|| w.parse().ok()).flatten() };
    let latitude = |x: f64| (49.5..61.0).contains(&x);
    let longitude = |x: f64| (-8.7..1.9).contains(&x);
    let mut last: Option<(f64, usize)> = None;
    for word in text.split(separators).filter(|w| !w.is_empty()) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let value = number(word).map(|x| (x, at));
        if let (Some((a, before)), Some((b, _))) = (last, value)
            // As near as two cells of a sheet: the width of a column is not the latitude of a number a page below it.
            && at - before <= 80
            && ((latitude(a) && longitude(b)) || (longitude(a) && latitude(b)))
        {
            return Some(at);
        }
        // A word between two numbers parts them, unless it is a name such as `lat`.
        if value.is_some() || word.len() > 12 {
            last = value;
        }
    }
    None
}

/// Where a string of a JSON document holds something; numbers outside strings are passed over. A document that cannot be read is looked at whole.
fn in_words(json: &str, holds: fn(&str) -> Option<usize>) -> Option<usize> {
    let Ok(document) = serde_json::from_str::<serde_json::Value>(json) else { return holds(json) };
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        let found = match value {
            serde_json::Value::String(text) if holds(text).is_some() => Some(text),
            serde_json::Value::Array(list) => {
                open.extend(list);
                None
            }
            serde_json::Value::Object(members) => {
                open.extend(members.values());
                members.keys().find(|k| holds(k).is_some())
            }
            _ => None,
        };
        if let Some(text) = found {
            let written = serde_json::to_string(text).unwrap_or_default();
            return Some(memchr::memmem::find(json.as_bytes(), written.as_bytes()).unwrap_or(0));
        }
    }
    None
}

/// Whether every point of a layer is one of the sites that the findings call public.
fn points_are_public(pack: &Pack, text: &str) -> bool {
    let Ok(layer) = serde_json::from_str::<serde_json::Value>(text) else { return false };
    let Some(findings) = &pack.findings else { return true };
    let features = layer["features"].as_array().cloned().unwrap_or_default();
    features.iter().filter(|f| f["geometry"]["type"] == "Point" || f["geometry"]["type"] == "MultiPoint").all(|f| {
        let at: Vec<f64> = f["geometry"]["coordinates"].as_array().map_or(vec![], |c| c.iter().filter_map(|x| x.as_f64()).collect());
        findings.sites.iter().any(|s| {
            let place = crate::units::Bng { easting_m: f64::from(s.easting_m), northing_m: f64::from(s.northing_m) };
            crate::spatial::to_lon_lat(place).is_some_and(|p| at.len() == 2 && (p.lon - at[0]).abs() < 2e-5 && (p.lat - at[1]).abs() < 2e-5)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_beside_a_chance_is_no_place_and_a_place_in_words_is() {
        let rates = "{\"q\": {\"known\": 0.41234\n}, \"smoothed\": {\"known\": 53.04321\n}}";
        assert!(coordinates(rates).is_some() && in_words(rates, coordinates).is_none());
        let said = r#"{"note": ["near 53.04321, 0.41234"]}"#;
        assert_eq!(in_words(said, coordinates), Some(10));
        assert!(in_words("53.04321 0.41234 is no JSON", coordinates).is_some());
    }
}
