//! What a page tells whoever reads it, hears it read out, or points at it.
//!
//! A browser joins text over tags that part no words, turns entities into characters, and shows the words of drawings: so does this.

/// A text of a page.
pub(super) struct Said {
    /// The line that it begins on.
    pub line: u64,
    /// What it says, entities as characters.
    pub text: String,
    /// Whether it stands in a drawing.
    pub drawn: bool,
}

/// Tags that part no words: `<b>1</b>2` reads 12.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tspan", "tt", "u", "var", "wbr",
];

/// Attributes that tell a reader nothing: addresses, shapes, sizes and styles. Every other attribute is read.
const SILENT: [&str; 68] = [
    "class",
    "id",
    "href",
    "src",
    "style",
    "lang",
    "charset",
    "rel",
    "role",
    "scope",
    "colspan",
    "rowspan",
    "width",
    "height",
    "name",
    "type",
    "http-equiv",
    "for",
    "target",
    "loading",
    "decoding",
    "tabindex",
    "dir",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "transform",
    "viewbox",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "font-size",
    "font-family",
    "font-weight",
    "font-style",
    "text-anchor",
    "dominant-baseline",
    "xmlns",
    "xmlns:xlink",
    "xlink:href",
    "offset",
    "stop-color",
    "patternunits",
    "patterntransform",
    "clip-path",
    "preserveaspectratio",
    "aria-labelledby",
    "aria-describedby",
    "media",
];

/// The texts of a page.
pub(super) fn read(page: &str) -> Vec<Said> {
    reader(page).found
}

/// The line of the first tag that hides what stands in it.
pub(super) fn hides(page: &str) -> Option<u64> {
    reader(page).hides
}

fn reader(page: &str) -> Reader {
    let mut reader = Reader { found: Vec::new(), text: String::new(), began: 1, line: 1, drawings: 0, hides: None };
    let mut rest = page;
    while let Some(open) = memchr::memchr(b'<', rest.as_bytes()) {
        let (text, tail) = rest.split_at(open);
        reader.say(text);
        let end = tag_end(tail);
        let (tag, after) = tail.split_at(end);
        reader.line += tag.matches('\n').count() as u64;
        rest = reader.tag(tag, after);
    }
    reader.say(rest);
    reader.part();
    reader
}

/// Where a tag ends: a `>` in a quoted value does not end it. A tag without an end takes the rest.
fn tag_end(tail: &str) -> usize {
    if tail.starts_with("<!--") {
        return memchr::memmem::find(tail.as_bytes(), b"-->").map_or(tail.len(), |i| i + 3);
    }
    let mut quote = None;
    for (i, b) in tail.bytes().enumerate() {
        match (quote, b) {
            (None, b'"' | b'\'') if i > 1 => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            (None, b'>') => return i + 1,
            // Any other byte, in quotes or not, is part of the tag.
            (None | Some(_), _) => {}
        }
    }
    tail.len()
}

struct Reader {
    found: Vec<Said>,
    text: String,
    began: u64,
    line: u64,
    drawings: u32,
    hides: Option<u64>,
}

impl Reader {
    fn say(&mut self, text: &str) {
        if self.text.trim().is_empty() {
            self.began = self.line;
        }
        self.text.push_str(&decoded(text));
        self.line += text.matches('\n').count() as u64;
    }

    /// Ends a text.
    fn part(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.tell(self.began, text);
    }

    fn tell(&mut self, line: u64, text: String) {
        if !text.trim().is_empty() {
            self.found.push(Said { line, text, drawn: self.drawings > 0 });
        }
    }

    /// Reads a tag, and of styles and programs what stands in them. Gives what comes after.
    fn tag<'p>(&mut self, tag: &str, after: &'p str) -> &'p str {
        let inside = tag.trim_start_matches('<').trim_end_matches('>');
        let ends = inside.starts_with('/');
        let name: String =
            inside.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
        if !INLINE.contains(&name.as_str()) {
            self.part();
        }
        if name == "template" || name == "noscript" {
            self.hides = self.hides.or(Some(self.line));
        }
        for (key, value) in attributes(inside) {
            if key == "hidden" || key.starts_with("on") || is_hiding(&key, &value) {
                self.hides = self.hides.or(Some(self.line));
            }
            let of_browser = name == "meta" && key == "content" || name == "svg" && key.starts_with("xmlns");
            if !of_browser && !SILENT.contains(&key.as_str()) {
                self.tell(self.line, decoded(&value));
            }
            if key == "style" {
                self.styled(&value);
            }
        }
        match name.as_str() {
            "svg" if ends => self.drawings = self.drawings.saturating_sub(1),
            "svg" => self.drawings += u32::from(!inside.ends_with('/')),
            "style" | "script" if !ends && !inside.ends_with('/') => {
                let close = format!("</{name}");
                let end = find_caseless(after, &close).unwrap_or(after.len());
                let (text, rest) = after.split_at(end);
                if name == "style" {
                    self.styled(text);
                }
                self.line += text.matches('\n').count() as u64;
                return rest;
            }
            // What stands in any other tag was read above, and what follows it is read as text.
            _other => {}
        }
        after
    }

    /// Styles may hold text that is shown: `content: "3"`.
    fn styled(&mut self, style: &str) {
        for (at, _) in style.match_indices("content") {
            let rest = &style[at + 7..];
            let value = rest.trim_start().strip_prefix(':').map(|v| v.split([';', '}']).next().unwrap_or_default());
            if let Some(value) = value {
                self.tell(self.line, value.to_owned());
            }
        }
    }
}

/// Whether a style or an attribute keeps what it is about from being seen.
fn is_hiding(key: &str, value: &str) -> bool {
    const HIDING: [&str; 9] = [
        "display:none",
        "visibility:hidden",
        "visibility:collapse",
        "opacity:0;",
        "opacity:0.0",
        "font-size:0",
        "text-indent:-",
        "left:-",
        "clip:rect",
    ];
    let plain: String = value.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).chain([';']).collect();
    match key {
        "style" => HIDING.iter().any(|mark| plain.contains(mark)),
        "display" | "visibility" => matches!(plain.as_str(), "none;" | "hidden;"),
        "type" => plain == "hidden;",
        _ => false,
    }
}

/// Where a text stands, in small letters or capitals.
fn find_caseless(text: &str, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    memchr::memchr_iter(b'<', text).find(|at| text.get(*at..at + wanted.len()).is_some_and(|t| t.eq_ignore_ascii_case(wanted)))
}

/// The attributes of a tag: names in small letters, and values whatever their quotes.
fn attributes(inside: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = inside.trim_start_matches('/').trim_start_matches(|c: char| !c.is_whitespace());
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return found;
        }
        // A name may begin with any character, an equals sign too.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(|c: char| c.is_whitespace() || c == '=' || c == '/').map_or(rest.len(), |i| i + first);
        let key = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
            // The name itself is all there is.
            found.push((key.clone(), key));
            continue;
        };
        let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'');
        let (text, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        found.push((key, text.to_owned()));
        rest = after;
    }
}

/// A text with its entities as characters. One that is not known stays as it is.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let body = &rest[1..];
        let (decoded, length) = match body.strip_prefix('#') {
            Some(number) => {
                let (digits, radix, skip) = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => (hex, 16, 3),
                    None => (number, 10, 2),
                };
                let n = digits.bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
                let c = u32::from_str_radix(&digits[..n], radix).ok().and_then(char::from_u32);
                (c, skip + n)
            }
            None => {
                let n = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
                let c = match &body[..n] {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    "nbsp" | "ensp" | "emsp" | "thinsp" => Some(' '),
                    "shy" | "zwnj" | "zwj" | "ZeroWidthSpace" | "NoBreak" => Some('\u{ad}'),
                    "period" => Some('.'),
                    "comma" => Some(','),
                    "percnt" => Some('%'),
                    "half" | "frac12" => Some('½'),
                    "sup1" => Some('¹'),
                    "sup2" => Some('²'),
                    "sup3" => Some('³'),
                    _ => None,
                };
                (c, n + 1)
            }
        };
        match decoded {
            Some(c) => {
                out.push(c);
                rest = &rest[length..];
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<String> {
        read(page).into_iter().map(|s| s.text.trim().to_owned()).collect()
    }

    #[test]
    fn a_page_is_read_as_a_browser_shows_it() {
        assert_eq!(texts("<p>&#51;&#x37; <b>1</b>2<wbr>3</p><p>a</p>"), ["37 123", "a"]);
        assert_eq!(
            texts("<svg viewBox='0 0 9 9'><title>5 of them</title><text x=\"3\">7<tspan>1</tspan></text></svg>"),
            ["5 of them", "71"]
        );
        assert_eq!(texts("<img alt='6 women' src=x width=3><ol start=9><i title=4>x</i>"), ["6 women", "9", "4", "x"]);
        assert_eq!(texts("<style>p::after { content: \"8\"; width: 3px }</style><script>9</script>z"), ["\"8\"", "z"]);
        assert_eq!(texts("<a title=\"1 > 2\">b</a>"), ["1 > 2", "b"]);
        assert_eq!(texts("<p title"), ["title"]);
        assert_eq!(texts("<\u{e9} \u{e9}=\u{e9}>&\u{e9};&#99999999;"), ["\u{e9}", "&\u{e9};&#99999999;"]);
    }

    #[test]
    fn what_hides_is_told_whatever_its_quotes() {
        for page in ["<p hidden>", "<p hidden class=x>", "<p STYLE='display : none'>", "<template>", "<input type=hidden>", "<b onclick=x>"]
        {
            assert_eq!(hides(&format!("\n{page}")), Some(2), "{page}");
        }
        assert_eq!(hides("<p class=\"hidden\">hidden</p>"), None);
    }

    #[test]
    fn a_page_of_nothing_but_marks_takes_no_longer_than_it_is_long() {
        let page = format!("{}{}{}", "<".repeat(300_000), "<b title=\"".repeat(100_000), "<style>".repeat(100_000));
        let start = std::time::Instant::now();
        read(&page);
        assert!(start.elapsed().as_secs() < 10);
    }
}
