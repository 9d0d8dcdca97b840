use super::*;
use crate::disclosure::Rule;
use crate::model::Tier;
use crate::units::Month;

fn table(first: &str, last: &str, round_to: u64, printed: &[Option<u64>]) -> Vec<EarlierCell> {
    for_tier(Tier::Public, first, last, round_to, printed)
}

fn for_tier(tier: Tier, first: &str, last: &str, round_to: u64, printed: &[Option<u64>]) -> Vec<EarlierCell> {
    let cell = |(i, printed): (usize, &Option<u64>)| EarlierCell {
        source: "users".into(),
        area: EarlierArea::Whole(vec![]),
        point: None,
        first: Month::parse(first).unwrap(),
        last: Month::parse(last).unwrap(),
        categories: vec!["parity/users/idva".into(), format!("row {i}")],
        group: None,
        rule: Some(Rule { withhold_up_to: 7, round_to }),
        tier,
        printed: *printed,
    };
    printed.iter().enumerate().map(cell).collect()
}

#[test]
fn the_same_again_and_other_months_may_be_told_and_nothing_else() {
    let spring = table("2025-04", "2025-06", 5, &[Some(40), None, Some(60)]);
    assert!(!clash(&spring, &[]));
    assert!(!clash(&spring, &spring), "the same table again");
    assert!(!clash(&table("2025-07", "2025-09", 5, &[Some(45), Some(10), Some(55)]), &spring), "other months");
    assert!(!clash(&table("2025-04", "2025-06", 1, &[Some(42), None, Some(59)]), &spring), "for another tier");
    let partners = for_tier(Tier::Partnership, "2025-04", "2025-06", 1, &[Some(42), None, Some(59)]);
    let coarser = table("2025-04", "2025-06", 5, &[None, None, Some(60)]);
    assert!(!clash(&coarser, &partners) && !clash(&partners, &coarser), "for all, what partners read more of");
    let other = table("2025-04", "2025-06", 5, &[None, Some(10), Some(60)]);
    assert!(clash(&other, &partners) && clash(&partners, &other), "what is withheld from partners");
    assert!(clash(&table("2025-04", "2025-09", 5, &[Some(85), None, Some(115)]), &spring), "a year to date");
    assert!(clash(&table("2025-04", "2025-06", 5, &[Some(45), None, Some(60)]), &spring), "a revision");
    assert!(clash(&table("2025-04", "2025-06", 5, &[None, Some(10), Some(60)]), &spring), "another pattern");
    assert!(clash(&table("2025-04", "2025-06", 5, &[Some(40), None, Some(60), Some(20)]), &spring), "one row more");
    assert!(clash(&table("2025-04", "2025-06", 5, &[Some(40), None]), &spring), "one row less");
    // Waves of one indicator: a new one beside those that were told as they were, and one that was revised.
    let waves = |counts: &[(&str, u64)]| counts.iter().flat_map(|(m, n)| table(m, m, 5, &[Some(*n)])).collect::<Vec<_>>();
    let told = waves(&[("2025-01", 40), ("2025-02", 45)]);
    assert!(!clash(&waves(&[("2025-01", 40), ("2025-02", 45), ("2025-03", 60)]), &told), "one wave more");
    assert!(clash(&waves(&[("2025-01", 40), ("2025-02", 50)]), &told), "a wave that was revised");
}
