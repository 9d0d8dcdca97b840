//! Headings of columns that a table of services has and nobody reads, and that say that a service does not run.

/// What such a column says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Telling {
    /// Whether a service runs.
    Runs,
    /// Until when.
    Ends,
}

/// What a heading says of a service's being there; `None` for all others.
pub(super) fn telling(heading: &str) -> Option<Telling> {
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    // All words must be of this: *funding status* or *live chat* tell something else.
    const OF_A_SERVICE: [&str; 18] = [
        "contract",
        "service",
        "services",
        "project",
        "grant",
        "funding",
        "current",
        "currently",
        "is",
        "it",
        "the",
        "of",
        "still",
        "y",
        "n",
        "yes",
        "no",
        "date",
    ];
    const END: [&str; 9] = ["end", "ends", "ended", "ending", "expiry", "expires", "closed", "closure", "ceased"];
    const RUN: [&str; 9] = ["status", "active", "inactive", "operational", "live", "running", "closed", "decommissioned", "open"];
    let all_of = |list: &[&str]| words.iter().all(|w| OF_A_SERVICE.contains(w) || list.contains(w));
    let any_of = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let dated = any_of(&["date", "on", "contract", "grant", "funding", "expiry", "expires", "ends", "end"]);
    if dated && any_of(&END) && all_of(&[&END[..], &["on", "until"]].concat()) {
        return Some(Telling::Ends);
    }
    (any_of(&RUN) && all_of(&RUN) && !words.contains(&"funding")).then_some(Telling::Runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_say_that_a_service_does_not_run() {
        for heading in ["Current status", "Active?", "is_active", "Service status", "Closed", "Live (Y/N)", "Open?"] {
            assert_eq!(telling(heading), Some(Telling::Runs), "{heading}");
        }
        for heading in ["Contract end date", "End date", "date closed", "Funding ends", "Expiry date"] {
            assert_eq!(telling(heading), Some(Telling::Ends), "{heading}");
        }
        for heading in [
            "Notes",
            "Opening hours",
            "Weekend",
            "Gender",
            "Legal status",
            "Open to self referral",
            "Lead officer",
            "End user notes",
            "Days open",
            "Live chat",
            "Active cases",
            "DBS status",
        ] {
            assert_eq!(telling(heading), None, "{heading}");
        }
    }
}
