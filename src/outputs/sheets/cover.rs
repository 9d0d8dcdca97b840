//! The first sheet: what the book is, whom it is for, and how it is read.

use super::Line;
use crate::model::Findings;

/// Its lines.
pub(super) fn cover(findings: &Findings) -> Vec<Line> {
    let frame = &findings.frame;
    let mut lines = vec![Line::Title(frame.title.clone())];
    lines.extend(frame.invented_notice().map(|notice| Line::Text(format!("{notice}."))));
    lines.push(Line::Text(if frame.draft {
        "DRAFT, not for release.".into()
    } else {
        format!("{}. {}", findings.policy.tier.label(), findings.policy.tier.notice())
    }));
    for because in &frame.ledger_begun_anew {
        lines.push(Line::Text(format!(
            "The ledger of releases was begun anew. This pack is not protected together with those from before. The reason given: {because}"
        )));
    }
    lines.push(Line::Link { text: "Go to the contents".into(), sheet: "Contents".into() });
    let mut part = |title: &str, texts: Vec<String>| {
        lines.push(Line::Head(title.into()));
        lines.extend(texts.into_iter().map(Line::Text));
    };
    part(
        "About this release",
        vec![
            format!("Place: {}", frame.area_name),
            format!("Period: {}", frame.period.label()),
            // Nobody told the engine: what is not known is not left out.
            "Publisher: not told".into(),
            "Next release: not known".into(),
            "Language: English".into(),
            format!("Made with gapmap {} from findings.json", findings.engine),
        ],
    );
    part(
        "How to read the sheets",
        vec![
            "Each sheet holds one table, below its title in column A. The first row of a table holds its headings.".into(),
            "The tables that most people ask for are here. Every finding has a table of its own as CSV, in the folder tables.".into(),
            "[c] withheld to protect people. It is not a zero.".into(),
            "[x] not available, or not known.".into(),
            "[z] not applicable.".into(),
            "A zero is a zero: none recorded.".into(),
        ],
    );
    part("How small numbers are protected", vec![findings.protection()]);
    let mut sources: Vec<String> = Vec::new();
    for source in findings.sources.iter().filter_map(|s| s.attribution.as_ref()) {
        if !source.trim().is_empty() && !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    if !sources.is_empty() {
        part("Sources and licences", sources);
    }
    lines
}
