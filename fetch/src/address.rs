//! Addresses: as much of them as is needed to follow where one is sent.

use crate::fault::Fault;

/// An address of the web, in its parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// `http` or `https`.
    pub scheme: String,
    /// The name, with its port where it has one.
    pub host: String,
    /// From the first slash on, with what is asked behind it.
    pub rest: String,
}

impl Address {
    /// Takes an address apart.
    ///
    /// # Errors
    /// Where it is none, or holds a name and a password.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let bad = || Fault::bad_address(text.split('?').next().unwrap_or_default().rsplit('@').next().unwrap_or_default());
        let (scheme, behind) = text.trim().split_once("://").ok_or_else(bad)?;
        let at = behind.find(['/', '?', '#']).unwrap_or(behind.len());
        let (host, rest) = behind.split_at(at);
        let rest = rest.split('#').next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        if host.is_empty() || !host.chars().all(plain) || rest.chars().any(|c| c.is_control()) {
            return Err(bad());
        }
        let rest = if rest.starts_with('/') { encoded(rest) } else { encoded(&format!("/{rest}")) };
        Ok(Self { scheme: scheme.to_ascii_lowercase(), host: host.to_ascii_lowercase(), rest })
    }

    /// What `location` means, said by this address.
    ///
    /// # Errors
    /// Where it is no address.
    pub fn leads_to(&self, location: &str) -> Result<Self, Fault> {
        let location = location.trim();
        let scheme = location.split(':').next().unwrap_or_default();
        let has_scheme = scheme.len() < location.len() && scheme.chars().all(|c| c.is_ascii_alphanumeric()) && !scheme.is_empty();
        if has_scheme && !location[scheme.len()..].starts_with("://") {
            return Ok(Self { scheme: scheme.to_ascii_lowercase(), host: String::new(), rest: String::new() });
        }
        if location.contains("://") && has_scheme {
            return Self::parse(location);
        }
        if let Some(other) = location.strip_prefix("//") {
            return Self::parse(&format!("{}://{other}", self.scheme));
        }
        let path = self.rest.split('?').next().unwrap_or_default();
        let rest = match location.chars().next() {
            Some('/') => location.to_owned(),
            Some('?') => format!("{path}{location}"),
            _ => format!("{}/{location}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
        };
        Self::parse(&format!("{}://{}{rest}", self.scheme, self.host))
    }

    /// The same address below a copy of the web, whose first folder is the name: `http://127.0.0.1:8000/data.police.uk/…`.
    pub fn below(&self, base: &Address) -> Self {
        let folder = base.rest.split('?').next().unwrap_or_default().trim_end_matches('/');
        let name = self.host.replace(':', "_");
        Self { scheme: base.scheme.clone(), host: base.host.clone(), rest: format!("{folder}/{name}{}", self.rest) }
    }

    /// Without what is asked: a key may stand there.
    pub fn path(&self) -> &str {
        self.rest.split('?').next().unwrap_or_default()
    }

    /// Whether it is this very machine: no proxy leads there.
    pub fn is_here(&self) -> bool {
        let name = self.host.rsplit_once(':').map_or(self.host.as_str(), |(name, _)| name);
        ["127.0.0.1", "localhost", "[::1]"].contains(&name)
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.host, self.rest)
    }
}

/// Spaces, quotes and letters beyond ASCII as addresses write them; what is written so already stays.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}'".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A value of a question: everything but letters, digits and a few marks is written as its bytes.
pub(crate) fn value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn where_one_is_sent_is_found() {
        let from = Address::parse("https://Example.org:8443/a/b.zip?key=x#top").unwrap();
        for (location, to) in [
            ("/c", "https://example.org:8443/c"),
            ("c d?e=f", "https://example.org:8443/a/c%20d?e=f"),
            ("?e", "https://example.org:8443/a/b.zip?e"),
            ("//other.uk/x", "https://other.uk/x"),
            ("http://other.uk", "http://other.uk/"),
        ] {
            assert_eq!(from.leads_to(location).unwrap().to_string(), to);
        }
        assert_eq!(from.leads_to("file:///etc/passwd").map(|a| a.scheme).ok(), None);
        assert_eq!(from.leads_to("mailto:a@b.uk").unwrap().scheme, "mailto");
        let base = Address::parse("http://127.0.0.1:9/copies/").unwrap();
        assert_eq!(from.below(&base).to_string(), "http://127.0.0.1:9/copies/example.org_8443/a/b.zip?key=x");
        for bad in ["", "example.org", "https://", "https://a b/", "https://me:secret@host/x"] {
            let fault = Address::parse(bad).unwrap_err();
            assert!(!fault.what.contains("secret"), "{}", fault.what);
        }
    }
}
