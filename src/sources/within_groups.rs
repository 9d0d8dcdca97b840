//! Groups of people that take in one another: ages that overlap, and a group beside its parts. Added up, they count somebody twice.

use super::gathered::UserRow;

/// Whether a group is a part of another by its name: `White: British` of `White`.
pub(super) fn lies_in(part: &str, whole: &str) -> bool {
    let rest = part.get(..whole.len()).filter(|head| head.eq_ignore_ascii_case(whole)).and_then(|_| part.get(whole.len()..));
    !whole.trim().is_empty() && rest.is_some_and(|rest| [":", " :", " - ", " \u{2013} ", " > "].iter().any(|sign| rest.starts_with(sign)))
}

/// Whether the name of a category goes on from that of another: `Violence - domestic` from `Violence`, `Stalking (domestic abuse)` from `Stalking`.
pub(crate) fn goes_on_from(part: &str, whole: &str) -> bool {
    let rest = part.get(..whole.len()).filter(|head| head.eq_ignore_ascii_case(whole)).and_then(|_| part.get(whole.len()..));
    lies_in(part, whole) || !whole.trim().is_empty() && rest.is_some_and(|rest| rest.starts_with(" ("))
}

/// Whether any of these groups takes in another.
pub(super) fn one_takes_in_another<'g>(groups: impl Iterator<Item = &'g str>) -> bool {
    let groups: Vec<&str> = groups.collect();
    // Names of thousands of things are no groups of people.
    if groups.len() > 500 {
        return false;
    }
    let ages: Vec<(u32, u32)> = groups.iter().filter_map(|g| range_of(g).or_else(|| year_of(g).map(|n| (n, n)))).collect();
    // Ages that meet at one year, `16 to 25` beside `25 to 34`, are a way of writing; one year within a band is none.
    let overlap = |a: &(u32, u32), b: &(u32, u32)| match (a.0 == a.1, b.0 == b.1) {
        (false, false) => a.0.max(b.0) < a.1.min(b.1),
        _ => a.0.max(b.0) <= a.1.min(b.1),
    };
    let ages_overlap = ages.iter().enumerate().any(|(i, a)| ages[..i].iter().any(|b| overlap(a, b)));
    ages_overlap || groups.iter().any(|part| groups.iter().any(|whole| lies_in(part, whole)))
}

/// The one year of `Age 17` or `17 years`.
fn year_of(group: &str) -> Option<u32> {
    let lower = group.to_lowercase();
    let says = lower.split(|c: char| !c.is_alphabetic()).any(|w| matches!(w, "age" | "aged" | "ages" | "year" | "years" | "yrs"));
    let mut numbers = lower.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    numbers.next().filter(|n| says && *n < 130 && numbers.next().is_none())
}

/// The years of a group of ages: `16 to 24`, `16-24`, `under 25`, `45 and over`, `65+`. `None` where no number stands, or more than two do.
pub(super) fn range_of(group: &str) -> Option<(u32, u32)> {
    let text = group.to_lowercase();
    let numbers: Vec<u32> = text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    match numbers[..] {
        [from, to] if from <= to && to < 130 => Some((from, to)),
        [n] if n < 130 && has(&["under", "below", "less than", "younger", "<"]) => Some((0, n.saturating_sub(1))),
        [n] if n < 130 && has(&["over", "above", "older", "plus", "+", "and up", "or more", "and more"]) => Some((n, 130)),
        [] => in_words(&text),
        _ => None,
    }
}

/// The years of a group in words, as people mean it: `Adults`, `Children`, `Working age`.
fn in_words(lower: &str) -> Option<(u32, u32)> {
    const OF: [&str; 7] = ["people", "women", "men", "residents", "population", "victims", "users"];
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && !OF.contains(w)).collect();
    match words[..] {
        ["adult" | "adults"] => Some((18, 130)),
        ["child" | "children" | "minors"] | ["under", "age"] => Some((0, 17)),
        ["working", "age"] => Some((16, 64)),
        ["older" | "elderly" | "pensioners"] | ["pension" | "pensionable" | "retirement", "age"] => Some((65, 130)),
        _ => None,
    }
}

/// Of more groups than this, not all sums are looked at.
const MOST_GROUPS: usize = 14;
/// Fewer users than this may be the sum of others by chance: where nobody tells of how many people, and where their numbers fit as well.
const FEWEST_USERS: u64 = 50;
const FEWEST_WITH_PEOPLE: u64 = 100;

/// A group that holds others beside it, `of which White British`, `All Black and minoritised`, or one whose users and people are exactly the sums of some
/// others: added up with them it counts people twice.
pub(super) fn holds_others(parts: &[&UserRow]) -> Option<String> {
    let says = |r: &&&UserRow| {
        let lower = r.group.to_lowercase();
        lower.starts_with("of which") || lower.starts_with("all ") && !lower.starts_with("all other")
    };
    if let Some(row) = parts.iter().find(says).filter(|_| parts.len() > 1) {
        return Some(row.group.clone());
    }
    let known: Vec<(u64, Option<f64>, &str)> =
        parts.iter().filter_map(|r| Some((r.users.known()?, r.population, r.group.as_str()))).collect();
    if known.len() > MOST_GROUPS {
        return None;
    }
    let is_a_sum = |whole: usize| {
        let (users, people, _) = known[whole];
        let others: Vec<usize> = (0..known.len()).filter(|i| *i != whole && known[*i].0 > 0).collect();
        (1_u32..1 << others.len()).filter(|set| set.count_ones() > 1).any(|set| {
            let of = || others.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, i)| known[*i]);
            let same_users = of().map(|k| k.0).sum::<u64>() == users;
            let sum = || of().map(|k| k.1).sum::<Option<f64>>();
            same_users
                && match (people, sum()) {
                    (Some(people), Some(sum)) => users >= FEWEST_WITH_PEOPLE && (people - sum).abs() < 0.5,
                    (None, None) => users >= FEWEST_USERS && set.count_ones() as usize == others.len() && others.len() > 2,
                    _ => false,
                }
        })
    };
    (0..known.len()).find(|i| known[*i].0 > 0 && is_a_sum(*i)).map(|i| known[i].2.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_holds_others_is_found_by_its_words_or_its_sums() {
        let row = |group: &str, users, people: Option<f64>| UserRow {
            service: String::new(),
            dimension: "D".into(),
            group: group.into(),
            users: crate::units::Cell::Known(users),
            population: people,
        };
        let found = |rows: &[UserRow]| holds_others(&rows.iter().collect::<Vec<_>>());
        let ethnic = [row("White", 420, Some(9_000.0)), row("Asian", 76, Some(1_500.0)), row("Black", 31, Some(700.0))];
        assert_eq!(found(&ethnic), None);
        let with = |more: UserRow| found(&[&ethnic[..], &[more]].concat());
        assert_eq!(with(row("Global majority", 107, Some(2_200.0))).as_deref(), Some("Global majority"));
        assert_eq!(with(row("Global majority", 107, Some(2_300.0))), None);
        assert_eq!(with(row("of which White British", 380, None)).as_deref(), Some("of which White British"));
        assert_eq!(with(row("All other ethnic groups", 5, Some(90.0))), None);
        // Without people, only the sum of all others, of many.
        let ages = [row("16 to 24", 35, None), row("25 to 34", 133, None), row("35 and over", 432, None), row("Women", 600, None)];
        assert_eq!(found(&ages).as_deref(), Some("Women"));
        assert_eq!(found(&[row("Female", 12, None), row("Male", 9, None), row("Not known", 3, None)]), None);
    }

    #[test]
    fn ages_as_tables_write_them() {
        for (text, years) in
            [("16 to 24", (16, 24)), ("Under 35", (0, 34)), ("45 and over", (45, 130)), ("65+", (65, 130)), ("16-24", (16, 24))]
        {
            assert_eq!(range_of(text), Some(years), "{text}");
        }
        assert!(lies_in("White: British", "White") && !lies_in("White British", "White") && !lies_in("White", "White"));
        let bands = |all: &[&str]| one_takes_in_another(all.iter().copied());
        assert!(bands(&["Aged 16 and over", "Aged 16 to 24"]) && bands(&["Age 17", "Aged 16 to 24"]) && bands(&["White", "White: Irish"]));
        assert!(
            !bands(&["Aged 4 years and under", "Aged 5 to 9 years", "Aged 85 years and over"]) && !bands(&["Age 1", "Age 2", "1", "2"])
        );
        assert!(bands(&["0-15", "16-24", "25-64", "65+", "Adults"]) && bands(&["Children", "Working age", "Older people", "16 plus"]));
        assert!(!bands(&["Children", "Adults"]) && !bands(&["Under 18", "Adults"]) && range_of("Older women's group").is_none());
        assert!(range_of("Asian or Asian British").is_none() && range_of("decile 3").is_none() && range_of("1, 2 and 3").is_none());
    }
}
