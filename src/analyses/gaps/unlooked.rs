//! What a test could not look at: kinds of service of which nothing runs that is listed are not known to be near, open or for everybody.

use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::msg;
use crate::sources::ServiceType;

/// Whether a test asks about a type of service.
type AsksAbout = fn(&ServiceType) -> bool;

/// Tests that look at running services, and the types that each asks about.
const TESTS: [(&str, AsksAbout); 6] = [
    ("distance", |t| !t.confidential),
    ("waiting", direct),
    ("hours", |t| t.stage == "crisis" && !t.confidential),
    ("last-bus", |t| direct(t) && !t.confidential),
    ("eligibility", |t| direct(t) && !t.confidential),
    ("sustainability", |_| true),
];

fn direct(kind: &ServiceType) -> bool {
    kind.is_direct()
}

/// A row for each test and theme of the strategy of which nothing could be looked at, so that no cell of the matrix reads as none.
pub(super) fn rows(ground: &Ground, found: &[Found]) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (dimension, asks) in TESTS {
        // Of a catalogue that is said to list every service of a kind, none is a gap of its own.
        for kind in ground.types.iter().filter(|t| asks(t) && !ground.complete(t)) {
            let told = |rows: &[Found]| rows.iter().any(|f| f.dimension == dimension && f.theme == kind.theme);
            if told(found) || told(&all) {
                continue;
            }
            let mut row =
                Found::about(ground, dimension, &format!("not-listed-{}", kind.theme), msg!("gaps-unlooked-subject"), Verdict::NotKnown)
                    .measured(msg!("gaps-unlooked-measured"))
                    .sure(Confidence::Low, msg!("gaps-because-silent"))
                    .otherwise(msg!("gaps-unlooked-otherwise"))
                    .close(msg!("gaps-unlooked-close"))
                    .formula(msg!("gaps-unlooked-formula"));
            row.theme.clone_from(&kind.theme);
            row.stage.clone_from(&kind.stage);
            all.push(row);
        }
    }
    all
}
