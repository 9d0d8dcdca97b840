//! Changes of a seed: by bytes, by words of the formats, and by the structure of a JSON document.

use serde_json::Value;

/// SplitMix64: the same numbers from the same seed on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below a limit; 0 where the limit is.
    pub fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.next() % limit as u64) as usize }
    }
}

/// What readers stumble over, in the words of the files that they read.
const WORDS: [&str; 48] = [
    "",
    ",",
    ",,,,,,,,",
    "\"",
    "\"\"",
    "\r\n",
    "\n\n",
    "\r",
    "\0",
    "\u{feff}",
    "\u{200b}",
    "é",
    "\u{202e}",
    ";",
    "\t",
    "0",
    "-1",
    "-0",
    "1e400",
    "NaN",
    "Infinity",
    "99.999999",
    "18446744073709551616",
    "-9223372036854775809",
    "0.1",
    "1,000",
    "n/a",
    "*",
    "2023-02",
    "2023-13",
    "0000-00",
    "2023-02-31",
    "Feb-23",
    "E01990101",
    "E99999999",
    "W01000001",
    "No Location",
    "null",
    "true",
    "[]",
    "{}",
    "[[",
    "]]",
    "{\"a\":",
    "10:00",
    "25:61",
    "MO,TU,XX",
    "1MO",
];

/// Values that stand where others are expected.
fn odd_value(random: &mut Random) -> Value {
    use serde_json::json;
    match random.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1e308),
        4 => json!(u64::MAX),
        5 => json!([]),
        6 => json!({}),
        7 => json!([[]]),
        8 => json!([[[0.5]]]),
        9 => json!([[null, null], ["a", 1]]),
        10 => json!(0.0),
        11 => json!([-0.59, 53.2]),
        _ => json!(WORDS[random.below(WORDS.len())]),
    }
}

/// Every place in a document, by its JSON pointer.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| places(v, &format!("{here}/{i}"), found)),
        Value::Object(items) => {
            items.iter().for_each(|(k, v)| places(v, &format!("{here}/{}", k.replace('~', "~0").replace('/', "~1")), found));
        }
        _ => {}
    }
}

fn by_structure(document: &mut Value, random: &mut Random) {
    let mut all = Vec::new();
    places(document, "", &mut all);
    let from = document.pointer(&all[random.below(all.len())]).cloned().unwrap_or_default();
    let Some(target) = document.pointer_mut(&all[random.below(all.len())]) else { return };
    match (random.below(5), target) {
        // A value from elsewhere in the document, where it does not belong.
        (0, target) => *target = from,
        (1, Value::Array(items)) if !items.is_empty() => {
            let i = random.below(items.len());
            items.remove(i);
        }
        (2, Value::Array(items)) if !items.is_empty() => {
            let (i, j) = (random.below(items.len()), random.below(items.len()));
            items.insert(i, items[j].clone());
        }
        (1 | 2, Value::Object(fields)) if !fields.is_empty() => {
            let key = fields.keys().nth(random.below(fields.len())).cloned().unwrap_or_default();
            fields.remove(&key);
        }
        (3, Value::Number(n)) => {
            *n = serde_json::Number::from_f64(n.as_f64().unwrap_or(0.0) * [-1.0, 1e6, 1e-9, 0.5][random.below(4)]).unwrap_or(n.clone())
        }
        (_, target) => *target = odd_value(random),
    }
}

fn by_bytes(data: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(data.len() + 1);
    let end = (at + random.below(24)).min(data.len());
    match random.below(9) {
        0 if at < data.len() => data[at] ^= 1 << random.below(8),
        1 if at < data.len() => data[at] = random.next() as u8,
        2 => drop(data.drain(at..end)),
        3 => {
            let part = data[at..end].to_vec();
            data.splice(at..at, part);
        }
        4 => data.truncate(at),
        // One field for a word: from a separator to the next.
        5 | 6 => {
            let stops = |b: &u8| b",\n:[]{}\"".contains(b);
            let start = data[..at].iter().rposition(stops).map_or(0, |i| i + 1);
            let stop = data[at..].iter().position(stops).map_or(data.len(), |i| at + i);
            data.splice(start..stop, WORDS[random.below(WORDS.len())].bytes());
        }
        // A line twice, or gone.
        7 => {
            let start = data[..at].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
            let stop = data[at..].iter().position(|b| *b == b'\n').map_or(data.len(), |i| at + i + 1);
            let line = if random.below(2) == 0 { data[start..stop].repeat(2) } else { Vec::new() };
            data.splice(start..stop, line);
        }
        _ => drop(data.splice(at..at, WORDS[random.below(WORDS.len())].bytes())),
    }
}

/// A seed with some changes; the parts of another now and then. A document of JSON is changed by its structure in most of all cases.
pub fn mutated(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let changes = 1 + random.below(6);
    if random.below(4) > 0
        && let Ok(mut document) = serde_json::from_slice::<Value>(seed)
    {
        (0..changes).for_each(|_| by_structure(&mut document, random));
        return serde_json::to_vec(&document).unwrap_or_default();
    }
    let mut data = seed.to_vec();
    if random.below(12) == 0 {
        let (at, from) = (random.below(data.len() + 1), random.below(other.len() + 1));
        data.truncate(at);
        data.extend_from_slice(&other[from..]);
    }
    if random.below(40) == 0 {
        // As a spreadsheet saves it.
        data = String::from_utf8_lossy(&data).encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    (0..changes).for_each(|_| by_bytes(&mut data, random));
    data
}
