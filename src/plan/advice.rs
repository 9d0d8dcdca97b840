//! What to do about a mistake in a plan: the setting, the words that it takes, and an example.

use std::ops::Range;

/// Advice for a plan that is no TOML.
pub(super) fn of_syntax(text: &str, at: Option<Range<usize>>) -> String {
    let line = at.and_then(|span| {
        let start = (0..=span.start.min(text.len())).rev().find(|i| text.is_char_boundary(*i))?;
        let from = text[..start].rfind('\n').map_or(0, |i| i + 1);
        text[from..].lines().next()
    });
    // A path of Windows between double quotes: `\\U` starts an escape there.
    if let Some(line) = line.filter(|l| l.contains('\\') && l.contains('"')) {
        let path: String = line.chars().skip_while(|c| *c != '"').skip(1).take_while(|c| *c != '"').collect();
        let forward = path.replace("\\\\", "/").replace('\\', "/");
        return format!(
            "Between double quotes a backslash means something else. Write the path with forward slashes, \"{forward}\", or between single quotes, '{path}'."
        );
    }
    if line.is_some_and(|l| l.contains(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'])) {
        return "The quotes of this line are those of a word processor. Type straight ones: \"like this\".".into();
    }
    "Mend the marked line; the rest of the plan has not been read yet. Texts stand between double quotes, and lists in brackets: [\"one\", \"two\"].".into()
}

/// Advice for a setting that is missing or of the wrong kind, by the library's message.
pub(super) fn of_setting(message: &str) -> String {
    let name = message.split('`').nth(1).unwrap_or("");
    if message.starts_with("missing field") {
        if let Some((_, example, why)) = EXAMPLES.iter().find(|e| e.0 == name) {
            return format!("Add a line such as `{example}`. {why}");
        }
        return format!(
            "Add a line `{name} = …`; `gapmap explain {name}` tells what it is, and `gapmap explain settings` lists all settings."
        );
    }
    if message.contains("expected a sequence") {
        return "Write a list, in brackets even where it holds one: [\"…\"].".into();
    }
    if message.contains("expected a string") || message.contains("expected string") {
        return "Write it between double quotes.".into();
    }
    if message.contains("expected a boolean") {
        return "Write true or false, without quotes.".into();
    }
    if message.contains("invalid type: string") {
        return "Write the number without quotes.".into();
    }
    "`gapmap explain settings` lists all settings, and `gapmap schema plan` tells what each may hold.".into()
}

/// Settings that have no default: an example of each, and what it takes.
const EXAMPLES: [(&str, &str, &str); 11] = [
    (
        "sensitivity",
        "sensitivity = \"open\"",
        "It takes `open`, for what anybody may already download, or `restricted`, for everything else: counts of restricted sources are protected before they are shown.",
    ),
    ("borough", "borough = \"Bexley\"", "It is the name of the borough as the table writes it; rows of others are set aside."),
    ("path", "path = \"police\"", "It is a file or a folder, relative to the folder of the plan."),
    ("kind", "kind = \"police-uk-street\"", "`gapmap explain sources` and `gapmap explain analyses` list the kinds."),
    ("title", "title = \"Services for survivors in Bexley\"", "It stands on the report."),
    ("area-name", "area-name = \"Bexley\"", "It is how the report calls the partnership's area."),
    (
        "authorities",
        "authorities = [\"E09000004\"]",
        "They are the codes of the authorities of the partnership, each of one letter and eight digits.",
    ),
    (
        "authority-kind",
        "authority-kind = \"london-borough\"",
        "It takes `london-borough`, `unitary`, `county`, `district`, `metropolitan` or `police-area`.",
    ),
    ("topic", "topic = \"incidents\"", "It takes `incidents`, `referrals` or `place-reports`."),
    ("columns", "columns = { date = \"Date\", area = \"LSOA\" }", "Each names the heading of a column of the table."),
    ("because", "because = \"its address is on its own web page\"", "It is the reason, which the ledger keeps."),
];
