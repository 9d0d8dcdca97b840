//! Names of files made from ids that hold words from data.

use std::collections::BTreeSet;

/// More letters than this leave too little room for folders, endings and the longest paths of Windows.
const LONGEST: usize = 96;

/// One part of a file name for each id, in order: letters, digits, hyphens and underscores only, none longer than [`LONGEST`] before its
/// number, none that Windows keeps for itself, and no two alike, in capitals or not.
pub(super) fn stems<'i>(ids: impl IntoIterator<Item = &'i str>) -> Vec<String> {
    each_its_own(ids.into_iter().map(stem).collect())
}

fn stem(id: &str) -> String {
    let plain: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).take(LONGEST).collect();
    let lower = plain.to_ascii_lowercase();
    let numbered = |word: &str| lower.strip_prefix(word).is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()));
    let kept_by_windows = ["con", "prn", "aux", "nul"].contains(&lower.as_str()) || numbered("com") || numbered("lpt");
    if plain.is_empty() || kept_by_windows { format!("_{plain}") } else { plain }
}

/// The same names; of those that are alike, all but the first with a number.
pub(super) fn each_its_own(names: Vec<String>) -> Vec<String> {
    // Those who stand as they are come first, so that a number never takes the name of another.
    let plain: BTreeSet<String> = names.iter().map(|n| n.to_lowercase()).collect();
    let mut taken = BTreeSet::new();
    let own = |name: String| {
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        let mut numbered = (2..).map(|n: u64| format!("{name}-{n}"));
        // There are more numbers than names.
        numbered.find(|n| !plain.contains(&n.to_lowercase()) && taken.insert(n.to_lowercase())).unwrap_or(name)
    };
    names.into_iter().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_short_and_each_their_own() {
        let long = "x".repeat(500);
        let ids = ["a/b", "a_b", "A/B", "a_b-2", "con", "LPT1", "", "../../etc", "tŷ", &long, &(long.clone() + "y")];
        let told = stems(ids);
        assert_eq!(told[..9], ["a_b", "a_b-3", "A_B-4", "a_b-2", "_con", "_LPT1", "_", "______etc", "t_"].map(str::to_owned));
        let folded: BTreeSet<String> = told.iter().map(|t| t.to_lowercase()).collect();
        assert_eq!(folded.len(), ids.len());
        assert!(told.iter().all(|t| t.len() <= LONGEST + 3 && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')));
    }
}
