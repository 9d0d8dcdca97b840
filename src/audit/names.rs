//! Every file says whom it is for, and the findings are the ones that were written.

use serde_json::Value;

use super::pack::{Pack, is_findings};
use crate::diagnostics::{Code, Place, Problems};

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let tier = findings.policy.tier.word();
    for path in pack.files.keys() {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !name.split('.').any(|part| part == tier) {
            let next = "Make the pack again with `gapmap run`, or put the tier in the name of a file that you added.";
            problems.error(Code::S320, Place::file(path.clone()), format!("the name of the file does not say that it is `{tier}`"), next);
        }
        // One that is a draft and one that is not would each leave the other's files unread.
        if is_findings(path) && *path != pack.findings_path || name.split('.').any(|part| part == "draft") != findings.frame.draft {
            let next = "Make the pack again with `gapmap run`: a pack has one set of findings, and is a draft or is none.";
            problems.error(
                Code::S320,
                Place::file(path.clone()),
                "the file belongs to another pack: to a draft, to a release, or to other findings",
                next,
            );
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
        if !path.chars().all(plain) || path.contains("..") {
            problems.error(
                Code::S320,
                Place::file("a file of the pack"),
                "the name of a file holds characters that it should not",
                "Rename it: letters, digits, hyphens, one dot before each part.",
            );
        }
    }
    // What a method is said to do explains numbers in sentences: it is what this version does, word for word.
    if findings.methods.iter().any(|m| pack.cards.of(&m.analysis) != Some(m.card.as_str())) {
        let next = "Audit the pack with the version that made it, or make it again with `gapmap run`.";
        problems.error(
            Code::S321,
            Place::file(pack.findings_path.clone()),
            "the card of a method is not the one that this version writes",
            next,
        );
    }
    // A member that the program does not know would not be written again.
    let text = &pack.texts[&pack.findings_path];
    // One by column is written in one way only.
    let by_column = text.contains("\"packed\"") && findings.written() == text.as_bytes();
    let same = by_column
        || match (serde_json::from_str::<Value>(text), serde_json::to_value(findings)) {
            (Ok(written), Ok(known)) => alike(&written, &known),
            _ => false,
        };
    if !same {
        let next = "Make the pack again with `gapmap run`.";
        problems.error(
            Code::S321,
            Place::file(pack.findings_path.clone()),
            "the findings hold something that the program does not write",
            next,
        );
    }
}

/// Whether two documents hold the same members and values. Reading may move the last digit of a decimal.
fn alike(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => a.len() == b.len() && a.iter().all(|(k, v)| b.get(k).is_some_and(|w| alike(v, w))),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Value::Number(a), Value::Number(b)) => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-12 * a.abs().max(b.abs()),
            _ => false,
        },
        _ => a == b,
    }
}
