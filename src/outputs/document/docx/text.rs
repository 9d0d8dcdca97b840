//! Words: runs of one look, and where they lead.

use std::fmt::Write as _;

pub(super) use crate::outputs::svg::escape;

use super::body::Body;
use crate::outputs::document::tree::{Run, Text};

impl Body<'_> {
    /// The runs of a text.
    pub(super) fn runs(&mut self, text: &Text) -> String {
        text.iter().map(|run| self.run(run)).collect()
    }

    /// One run. Where it leads becomes a relation; an address that is none stays words.
    fn run(&mut self, run: &Run) -> String {
        let target = run.link.as_deref().and_then(address);
        let mut look = String::new();
        if target.is_some() {
            look.push_str(r#"<w:rStyle w:val="Hyperlink"/>"#);
        }
        if run.bold {
            look.push_str("<w:b/><w:bCs/>");
        }
        if runs_from_right(&run.text) {
            look.push_str("<w:rtl/>");
        }
        let look = if look.is_empty() { look } else { format!("<w:rPr>{look}</w:rPr>") };
        // Where lines end in the words, they end on the page.
        let lines: Vec<String> = run.text.split('\n').map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escape(line))).collect();
        let words = format!("<w:r>{look}{}</w:r>", lines.join("<w:br/>"));
        match target {
            Some(target) => format!(r#"<w:hyperlink r:id="{}" w:history="1">{words}</w:hyperlink>"#, self.link(&target)),
            None => words,
        }
    }

    /// The id of the relation that leads to an address.
    fn link(&mut self, target: &str) -> String {
        let at = self.links.iter().position(|l| l == target).unwrap_or_else(|| {
            self.links.push(target.to_owned());
            self.links.len() - 1
        });
        format!("rIdLink{}", at + 1)
    }

    /// The relations of all links.
    pub(super) fn link_relations(&self) -> String {
        let mut xml = String::new();
        for (i, target) in self.links.iter().enumerate() {
            let _ = write!(
                xml,
                r#"<Relationship Id="rIdLink{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{}" TargetMode="External"/>"#,
                i + 1,
                escape(target)
            );
        }
        xml
    }
}

/// An address that word processors open: of the web, of a mailbox or of a telephone. One that they would call damaged makes them refuse the whole document.
fn address(link: &str) -> Option<String> {
    let link = link.trim();
    let (scheme, rest) = link.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let host_of = |rest: &str| rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let fits = match scheme.as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|rest| {
            let host = host_of(rest);
            let (name, port) = host.split_once(':').unwrap_or((&host, "80"));
            name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(plain) && port.parse::<u16>().is_ok()
        }),
        "mailto" => rest.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && host.chars().all(plain)),
        "tel" => !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-')),
        _ => false,
    };
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&b);
    let rest: String = rest.bytes().map(|b| if safe(b) || b == b'%' { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    // A percent sign that starts no byte, and a second `#`, are what they would stumble over.
    let broken =
        rest.match_indices('%').any(|(at, _)| !rest.as_bytes().get(at + 1..at + 3).is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit)))
            || rest.matches('#').count() > 1;
    (fits && !broken && rest.len() < 2000).then(|| format!("{scheme}:{rest}"))
}

/// Whether all letters of a text are of a script that runs from right to left, such as Arabic or Hebrew.
fn runs_from_right(text: &str) -> bool {
    let from_right = |c: char| matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x1E800..=0x1EEFF);
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(from_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_word_processor_opens_is_an_address() {
        assert_eq!(address("https://www.gov.uk/a b?c=ü#d"), Some("https://www.gov.uk/a%20b?c=%C3%BC#d".into()));
        assert_eq!(address(" HTTP://example.org:8080/%20"), Some("http://example.org:8080/%20".into()));
        assert_eq!(address("mailto:team@example.org"), Some("mailto:team@example.org".into()));
        assert_eq!(address("tel:0808-2000-247"), Some("tel:0808-2000-247".into()));
        for bad in [
            "",
            "#gaps",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http://",
            "https://[::",
            "http://a b/",
            "http://x/%zz",
            "http://x/#a#b",
            "mailto:@",
            "//x",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_text_runs_from_the_right_where_all_its_letters_do() {
        assert!(runs_from_right("مركز الدعم 24") && runs_from_right("עזרה"));
        assert!(!runs_from_right("Aid مركز") && !runs_from_right("24/7") && !runs_from_right(""));
    }
}
