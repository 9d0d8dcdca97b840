//! The register of gaps as a page has room for it.

use super::{TableView, count, text};
use crate::model::shape::Columns;
use crate::model::{Gap, GapRegister, Verdict};

/// Gaps, and what is not known.
pub(super) fn short(body: &GapRegister) -> TableView {
    let kept: Vec<&Gap> = body.rows.iter().filter(|g| g.verdict != Verdict::NoGap).collect();
    Columns::default()
        .column("rank_range", "Rank, range", |g: &&Gap| if g.verdict == Verdict::Gap { g.range() } else { text(g.verdict.label()) })
        .column("test", "Test", |g| text(body.test_name(&g.dimension)))
        .column("what", "What", |g| text(&g.subject))
        .column("who", "Who", |g| text(&g.who))
        .column("people", "People", |g| count(g.people))
        .column("what_was_found", "What was found", |g| text(&g.measured))
        .column("status_of_the_standard", "Status of the standard", |g| text(&g.standard.status))
        .column("confidence", "Confidence", |g| text(g.confidence.label()))
        .column("what_would_close_or_settle_it", "What would close or settle it", |g| text(&g.close))
        .of(&kept)
}
