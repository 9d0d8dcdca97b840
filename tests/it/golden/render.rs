//! A pack as files that a person reviews: a file for each finding, one of words for each question, one picture of each kind, one table of
//! each shape.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use gapmap::model::{Finding, Findings};
use serde_json::{Value, json};

use super::Pack;

/// An object or list that fits is written on one line: a row of a table is then a line of a diff.
const LINE: usize = 150;
/// More digits than these are the noise of sums in another order.
const DIGITS: usize = 10;

pub fn pack(pack: &Pack) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    files.insert("problems.txt".into(), pack.problems.clone());
    files.insert("document.json".into(), document(&pack.findings));
    for finding in &pack.findings.findings {
        let value = serde_json::to_value(finding).unwrap();
        files.insert(format!("findings/{}.json", stem(&finding.id)), written(&value));
    }
    words(pack, &mut files);
    pictures(pack, &mut files);
    tables(pack, &mut files);
    files
}

/// The document without its findings, and without the cards of methods and the shapes of areas, which are inputs.
fn document(findings: &Findings) -> String {
    let mut value = serde_json::to_value(findings).unwrap();
    let whole = value.as_object_mut().unwrap();
    whole.insert("findings".into(), json!(findings.findings.iter().map(|f| &f.id).collect::<Vec<_>>()));
    whole.insert("methods".into(), json!(findings.methods.iter().map(|m| &m.analysis).collect::<Vec<_>>()));
    whole.insert("outlines".into(), json!(findings.outlines.iter().map(|o| &o.code).collect::<Vec<_>>()));
    whole.remove("engine"); // the version is no finding
    written(&value)
}

/// Every sentence, question by question, and what the report says besides.
fn words(pack: &Pack, files: &mut BTreeMap<String, String>) {
    let mut said = BTreeSet::new();
    for finding in &pack.findings.findings {
        let file = files.entry(format!("words/{}.txt", finding.analysis)).or_default();
        let list = |file: &mut String, heading: &str, texts: &[String]| {
            for text in texts {
                let _ = writeln!(file, "{heading}{text}");
            }
        };
        let _ = writeln!(file, "== {}\n# {}\n  {}", finding.id, finding.headline, finding.subtitle);
        list(file, "- ", &finding.sentences);
        list(file, "! ", &finding.caveats);
        let _ = writeln!(file, "@ {}", finding.release.because);
        for picture in pack.pictures.iter().filter(|p| p.finding == finding.id) {
            let _ = writeln!(file, "[{}] {}", picture.path, picture.alt_text);
        }
        let _ = writeln!(file);
        said.extend([&finding.headline, &finding.subtitle].into_iter().chain(&finding.sentences).chain(&finding.caveats).cloned());
    }
    let report = pack.files.iter().find(|(path, _)| path.starts_with("report.")).unwrap().1;
    let lines = text_of_page(std::str::from_utf8(report).unwrap());
    let besides: Vec<String> = lines.into_iter().filter(|line| !said.contains(line)).collect();
    files.insert("words/report.txt".into(), besides.join("\n") + "\n");
}

/// The first picture of each kind.
fn pictures(pack: &Pack, files: &mut BTreeMap<String, String>) {
    let mut seen = BTreeSet::new();
    for picture in &pack.pictures {
        let id = stem(&picture.finding);
        let kind = picture.path.split_once(&format!("{id}-")).map_or(picture.path.as_str(), |(_, kind)| kind);
        if seen.insert(kind.to_owned()) {
            files.insert(format!("pictures/{kind}.svg"), picture.svg.replace("><", ">\n<"));
        }
    }
}

/// The first table of each shape.
fn tables(pack: &Pack, files: &mut BTreeMap<String, String>) {
    let tier = pack.findings.policy.tier.word();
    for finding in &pack.findings.findings {
        files.entry(format!("tables/{}.csv", shape(finding))).or_insert_with(|| {
            let bytes = &pack.files[&format!("tables/{}.{tier}.csv", stem(&finding.id))];
            String::from_utf8(bytes.clone()).unwrap().replace("\r\n", "\n")
        });
    }
}

fn shape(finding: &Finding) -> String {
    serde_json::to_value(&finding.body).unwrap()["shape"].as_str().unwrap().to_owned()
}

/// An id as a name of a file.
fn stem(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// What a page says in paragraphs, lists and headings: without pictures, tables, scripts and styles.
fn text_of_page(html: &str) -> Vec<String> {
    let mut html = html.to_owned();
    for element in ["style", "script", "figure", "svg", "details", "table"] {
        while let Some(from) = html.find(&format!("<{element}")) {
            let close = format!("</{element}>");
            let to = html[from..].find(&close).map_or(html.len(), |at| from + at + close.len());
            html.replace_range(from..to, "\n");
        }
    }
    let mut text = String::new();
    for part in html.split('<') {
        let (tag, after) = part.split_once('>').unwrap_or(("", part));
        let inline = ["a", "b", "em", "strong", "span", "code"].iter().any(|t| tag.trim_start_matches('/').split(' ').next() == Some(t));
        text.push_str(if inline { "" } else { "\n" });
        text.push_str(&after.replace('\n', " "));
    }
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&#x2f;", "/");
    let plain = plain.replace("&#39;", "'").replace("&amp;", "&");
    plain.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect()
}

/// JSON in the order of the document, numbers to ten digits, what fits on one line on one line.
fn written(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, 0, &mut out);
    out.push('\n');
    out
}

fn write_value(value: &Value, depth: usize, out: &mut String) {
    let line = compact(value);
    let inside = "  ".repeat(depth + 1);
    let pieces: Vec<(String, &Value)> = match value {
        Value::Array(list) => list.iter().map(|v| (String::new(), v)).collect(),
        Value::Object(map) => map.iter().map(|(k, v)| (format!("{}: ", json!(k)), v)).collect(),
        _ => vec![],
    };
    if pieces.is_empty() || line.chars().count() + 2 * depth <= LINE {
        return out.push_str(&line);
    }
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    out.push(open);
    for (i, (key, value)) in pieces.iter().enumerate() {
        let _ = write!(out, "{}\n{inside}{key}", if i > 0 { "," } else { "" });
        write_value(value, depth + 1, out);
    }
    let _ = write!(out, "\n{}{close}", "  ".repeat(depth));
}

fn compact(value: &Value) -> String {
    match value {
        Value::Number(n) if n.is_f64() => rounded(n.as_f64().unwrap()),
        Value::Array(list) => format!("[{}]", list.iter().map(compact).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            format!("{{{}}}", map.iter().map(|(k, v)| format!("{}: {}", json!(k), compact(v))).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn rounded(x: f64) -> String {
    let near: f64 = format!("{x:.*e}", DIGITS - 1).parse().unwrap();
    json!(near).to_string()
}
