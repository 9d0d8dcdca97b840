//! Columns that must never be mapped: what their headings give away.

/// Words that, standing in a heading, say that the column may identify a person or hold free text.
const WORDS: [(&str, &str); 27] = [
    ("forename", "a name"),
    ("firstname", "a name"),
    ("surname", "a name"),
    ("lastname", "a name"),
    ("fullname", "a name"),
    ("name", "a name"),
    ("victim", "details of a person"),
    ("suspect", "details of a person"),
    ("offender", "details of a person"),
    ("address", "an address"),
    ("postcode", "an address"),
    ("postal", "an address"),
    ("uprn", "an address"),
    ("street", "an address"),
    ("dob", "a birth date"),
    ("birth", "a birth date"),
    ("birthday", "a birth date"),
    ("phone", "contact details"),
    ("mobile", "contact details"),
    ("email", "contact details"),
    ("nhs", "an identifier"),
    ("nino", "an identifier"),
    ("notes", "free text"),
    ("narrative", "free text"),
    ("description", "free text"),
    ("comments", "free text"),
    ("detail", "free text"),
];

/// What a heading suggests the column holds, where that must not be read; `None` for a harmless heading.
///
/// A heading is split into words, so `place_name` is refused and `rename` is not. Sex, age band and flags of a victim are
/// what analyses need: `victim sex`, `victim age band` and the like are harmless.
pub(super) fn personal(heading: &str) -> Option<&'static str> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for c in heading.chars() {
        let starts_word = previous.is_lowercase() && c.is_uppercase();
        if c.is_alphanumeric() {
            if starts_word || !previous.is_alphanumeric() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        previous = c;
    }
    let harmless = ["sex", "gender", "flag", "band", "type", "group", "count"];
    if words.iter().any(|w| harmless.contains(&w.as_str())) {
        return None;
    }
    // `first name` in two words is caught by `name`; `dateofbirth` in one by its ending.
    WORDS.iter().find(|(bad, _)| words.iter().any(|w| w == bad || (bad.len() > 4 && w.ends_with(bad)))).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::personal;

    #[test]
    fn headings_of_personal_columns_are_refused_and_others_are_not() {
        for bad in [
            "Victim Name",
            "surname",
            "DOB",
            "dateOfBirth",
            "date of birth",
            "Home address",
            "victim_postcode",
            "Notes",
            "MO narrative",
            "Email",
            "NHS number",
            "LocationAddress",
        ] {
            assert!(personal(bad).is_some(), "{bad}");
        }
        for fine in [
            "month",
            "Date recorded",
            "offence",
            "lsoa",
            "easting",
            "Victim sex",
            "victim_gender",
            "DA flag",
            "hour",
            "n",
            "street type",
            "location type",
        ] {
            assert!(personal(fine).is_none(), "{fine}");
        }
    }
}
