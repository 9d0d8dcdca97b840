use super::*;
use crate::units::Sensitivity;

#[test]
fn names_that_become_one_stay_two_members_and_each_character_counts_once() {
    let origin = Origin {
        id: 3,
        name: "feed".into(),
        kind: "services-open-referral",
        root: Default::default(),
        paths: vec![],
        sensitivity: Sensitivity::Open,
        attribution: None,
        confidential_locations: ConfidentialLocations::Refuse,
        formerly: None,
        labels: Default::default(),
        removed: Removed::default(),
        reading: Default::default(),
    };
    let mut value = serde_json::json!({"post_code": "", "post\u{200b}_code": "ZZ9\u{feff} 7QX", "list": ["a\n\tb", 4, null]});
    clean_json(&origin, &mut value);
    assert_eq!(value, serde_json::json!({"post_code": "", "post_code_2": "ZZ9 7QX", "list": ["a b", 4, null]}));
    let mut tallies = vec![Tally::new(1, "rows"), Tally::new(3, "services")];
    origin.note_removed(&mut tallies);
    assert_eq!(tallies[1].noted.get(UNSHOWABLE), Some(&2));
    assert!(tallies[0].noted.is_empty());
    origin.note_removed(&mut tallies);
    assert_eq!(tallies[1].noted.get(UNSHOWABLE), Some(&2), "what was told is not told again");
    // A source that has counted nothing has a line of its own.
    clean_json(&origin, &mut serde_json::json!("a\u{200b}b"));
    let mut tallies = vec![Tally::new(1, "rows")];
    origin.note_removed(&mut tallies);
    assert_eq!((tallies.len(), tallies[1].source, tallies[1].noted.get(UNSHOWABLE)), (2, 3, Some(&1)));
}
