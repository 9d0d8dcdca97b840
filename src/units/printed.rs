//! Numbers as a report prints them.

/// A whole number with commas: `182,113`.
///
/// ```
/// assert_eq!(gapmap::units::thousands(182_113), "182,113");
/// assert_eq!(gapmap::units::thousands(7), "7");
/// ```
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with so many decimals, and commas: `1,204.5`. Never `-0`.
///
/// ```
/// assert_eq!(gapmap::units::decimal(1204.46, 1), "1,204.5");
/// assert_eq!(gapmap::units::decimal(-0.01, 1), "0.0");
/// ```
pub fn decimal(x: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", x.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(w, r)| (w, Some(r)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), thousands);
    let zero = text.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if x < 0.0 && !zero { "−" } else { "" };
    match rest {
        Some(rest) => format!("{sign}{whole}.{rest}"),
        None => format!("{sign}{whole}"),
    }
}

/// The first letter in upper case.
///
/// ```
/// assert_eq!(gapmap::units::capital("people here"), "People here");
/// ```
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The first letter in lower case, unless the word is an abbreviation.
///
/// ```
/// assert_eq!(gapmap::units::mid_sentence("People here"), "people here");
/// assert_eq!(gapmap::units::mid_sentence("IDVA service"), "IDVA service");
/// ```
pub fn mid_sentence(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// The abbreviation in brackets at the end of a name, or the name.
///
/// ```
/// use gapmap::units::short;
/// assert_eq!(short("Independent domestic violence adviser (IDVA)"), "IDVA");
/// assert_eq!(short("Helpline (local)"), "Helpline (local)");
/// ```
pub fn short(name: &str) -> &str {
    let inside = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).map(|parts| parts.1);
    inside.filter(|short| short.len() > 1 && short.chars().all(|c| c.is_ascii_uppercase())).unwrap_or(name)
}

/// A number with the words that go with it: for 1 the first, else the second, as English has it for 0 too.
///
/// ```
/// use gapmap::units::counted;
/// assert_eq!(counted(1, "area is withheld", "areas are withheld"), "1 area is withheld");
/// assert_eq!(counted(1_200, "area", "areas"), "1,200 areas");
/// ```
pub fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{} {}", thousands(n as u64), agreed(n, one, more))
}

/// The words that go with a number that stands elsewhere: `lies` for 1, else `lie`.
pub fn agreed<'w>(n: usize, one: &'w str, more: &'w str) -> &'w str {
    if n == 1 { one } else { more }
}
