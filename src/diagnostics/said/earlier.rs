//! Earlier packs: what they told, and how this one fits them.

use super::Said;

/// A restricted source without earlier packs, where the plan no longer has others that have some.
pub fn source_that_no_pack_tells_of(name: &str, gone: &[&String]) -> Said {
    Said::new(
        format!("earlier packs tell of {}, which the plan no longer has, and `{name}` is newer than these", quoted(gone)),
        "Say what the source was called: `formerly = [\"its earlier name\"]` where it holds the same people or some of them, `formerly = []` where it holds none of them.",
    )
}

/// A name that no earlier pack knows, under `formerly` of a source.
pub fn former_name_that_no_pack_tells_of(name: &str, gone: &[&String]) -> Said {
    Said::new(
        format!("`formerly` of `{name}` names a source of which no earlier pack tells; those that are gone are {}", quoted(gone)),
        "Correct the name, or take it out where the source holds none of the same people.",
    )
}

/// A finding whose months overlap with other counts of an earlier pack.
pub fn months_told_otherwise_before(finding: &str, period: &str) -> Said {
    Said::new(
        format!("{finding}, {period}: an earlier pack told other counts of some of these months; this one leaves them out"),
        "Give months that do not overlap with those told before: the difference would tell of few people.",
    )
}

/// Earlier packs told of months that the data at hand no longer hold.
pub fn releases_before_the_data() -> Said {
    Said::new(
        "earlier releases reach back before the data at hand and were not attacked together with this pack",
        "Give the older months too, in the same source: a new count and an old one that overlap are then protected together.",
    )
}

/// Earlier packs printed counts that a floor now forbids.
pub fn counts_printed_below_a_floor(counts: usize) -> Said {
    Said::new(
        format!("earlier packs printed {counts} counts of harms that are not told so finely"),
        "They cannot be taken back: look at what those packs told, and by whom they were read. New packs do not tell them.",
    )
}

/// New counts would give away what was withheld before; `other_rule` where earlier packs had another rule for small counts.
pub fn new_counts_in_the_way(other_rule: bool) -> Said {
    Said::new(
        "together with earlier releases, new counts could give away one that is withheld",
        if other_rule {
            "Counts of this source are printed only where they were printed before. Earlier packs were made by another rule for small counts: use one rule for all tiers."
        } else {
            "Counts of this source are printed only where they were printed before. A larger area or a longer period may be possible."
        },
    )
}

/// Earlier packs give away what must be withheld now.
pub fn given_away_by_earlier_releases() -> Said {
    Said::new(
        "earlier releases would give away a count that must be withheld",
        "Leave out the analysis that needs it, or choose larger areas, fewer categories or another tier.",
    )
}

fn quoted(names: &[&String]) -> String {
    names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
}
