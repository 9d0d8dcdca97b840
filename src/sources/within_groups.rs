//! Groups of people that take in one another: ages that overlap, and a group beside its parts. Added up, they count somebody twice.

/// Whether a group is a part of another by its name: `White: British` of `White`.
pub(super) fn lies_in(part: &str, whole: &str) -> bool {
    let rest = part.get(..whole.len()).filter(|head| head.eq_ignore_ascii_case(whole)).and_then(|_| part.get(whole.len()..));
    !whole.trim().is_empty() && rest.is_some_and(|rest| [":", " :", " - ", " \u{2013} ", " > "].iter().any(|sign| rest.starts_with(sign)))
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
        [n] if n < 130 && has(&["over", "above", "older", "plus", "+", "and up"]) => Some((n, 130)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(range_of("Asian or Asian British").is_none() && range_of("decile 3").is_none() && range_of("1, 2 and 3").is_none());
    }
}
