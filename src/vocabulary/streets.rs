//! The names of streets in the names of services: `Hospital Lane` says nothing of what is there.

/// Last words of the names of streets: the words before them name a street, and no service.
const STREETS: [&str; 26] = [
    "lane", "road", "street", "close", "walk", "place", "row", "drive", "avenue", "way", "crescent", "hill", "square", "green", "rise",
    "grove", "view", "gardens", "garden", "parade", "path", "yard", "bank", "st", "rd", "ave",
];
/// Words by which another part of a name begins.
const PARTS: [&str; 9] = ["at", "in", "on", "by", "near", "for", "of", "and", "with"];

/// A text without the names of streets in it; `is_known` says of two words whether they are something else, as a nature walk is.
///
/// ```
/// use gapmap::vocabulary::without_streets;
/// let plain = |text| without_streets(text, |two| two == "community garden");
/// assert_eq!(plain("Pottery at Mill Lane"), "Pottery at");
/// assert_eq!(plain("Village Hall, Church Lane"), "Village Hall");
/// assert_eq!(plain("Deer walks in the Community Garden"), "Deer walks in the Community Garden");
/// assert_eq!(plain("14 Church Hall Lane"), "");
/// ```
pub fn without_streets(text: &str, is_known: impl Fn(&str) -> bool) -> String {
    let parts = text.split([',', ';', ':', '(', ')', '/', '|', '–', '—']);
    let kept: Vec<String> = parts.map(|part| of_part(part, &is_known)).filter(|part| !part.is_empty()).collect();
    kept.join(", ")
}

/// Last words of the names of streets that are nothing else: a close, a drive or a place may be another thing.
const SURE: [&str; 7] = ["lane", "road", "street", "avenue", "crescent", "rd", "ave"];

/// A text without streets that are called by one word, where a preposition, the number of a house or nothing stands before it.
///
/// What stands before it otherwise may be the name of a service: `Women's Refuge Lane` is left as it is.
///
/// ```
/// use gapmap::vocabulary::without_short_streets;
/// assert_eq!(without_short_streets("Counselling at Refuge Lane, Brindle"), "Counselling at , Brindle");
/// assert_eq!(without_short_streets("14 Refuge Road"), "14 ,");
/// assert_eq!(without_short_streets("Brindle Refuge, Mill Lane"), "Brindle Refuge, ,");
/// for kept in ["Brindle Refuge Mill Lane", "Women's Refuge Lane", "a refuge road", "Refuge Close"] {
///     assert_eq!(without_short_streets(kept), kept);
/// }
/// ```
pub fn without_short_streets(text: &str) -> String {
    let ends_a_part = |word: &str| word.ends_with([',', ';', ':', '.', ')', '/', '|', '–', '—', '-']);
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_name = |word: &str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut kept: Vec<&str> = Vec::new();
    for word in words {
        let street = is_name(word) && SURE.contains(&plain(word).as_str());
        let begins = match kept.as_slice() {
            [.., before, _] => {
                ends_a_part(before) || PARTS.contains(&plain(before).as_str()) || before.starts_with(|c: char| c.is_ascii_digit())
            }
            [_] => true,
            [] => false,
        };
        match kept.last().copied() {
            Some(name) if street && begins && is_name(name) && !ends_a_part(name) => {
                kept.pop();
                kept.push(",");
            }
            _ => kept.push(word),
        }
    }
    kept.join(" ")
}

fn of_part(part: &str, is_known: &impl Fn(&str) -> bool) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    for word in part.split_whitespace() {
        let street = STREETS.contains(&plain(word).as_str());
        let two = kept.last().map(|before| format!("{} {}", plain(before), plain(word)));
        if street && two.is_some_and(|two| !is_known(&two)) {
            let from = kept.iter().rposition(|w| PARTS.contains(&plain(w).as_str())).map_or(0, |at| at + 1);
            kept.truncate(from);
        } else {
            kept.push(word);
        }
    }
    kept.join(" ")
}
