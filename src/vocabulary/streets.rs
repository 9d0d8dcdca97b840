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
