use std::fmt;

/// A unit postcode of the United Kingdom, however it was spelt: `MK40 1AA`, `mk401aa` and `MK40  1AA` are one.
///
/// It says where about fifteen addresses are, so it is never shown: it has no `Display`, and its `Debug` does not tell it.
///
/// ```
/// use gapmap::units::Postcode;
/// assert_eq!(Postcode::parse("mk40 1aa"), Postcode::parse("MK401AA"));
/// assert!(Postcode::parse("MK40").is_none(), "a district is no unit postcode");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(u64);

impl Postcode {
    /// Reads letters and digits in any case, spaces anywhere; `None` for a district, a sector or another text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_bytes(text.as_bytes())
    }

    /// As [`Postcode::parse`], from bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut plain = [0_u8; 7];
        let mut n = 0;
        // A hyphen, or the space that does not break (C2 A0), stands in some tables.
        for byte in bytes.iter().filter(|b| !b.is_ascii_whitespace() && !matches!(b, b'-' | 0xC2 | 0xA0)) {
            *plain.get_mut(n)? = byte.to_ascii_uppercase();
            n += 1;
        }
        let (outward, inward) = plain[..n].split_last_chunk::<3>()?;
        let [digit, one, two] = inward;
        let ends = digit.is_ascii_digit() && one.is_ascii_uppercase() && two.is_ascii_uppercase();
        let begins = outward.first()?.is_ascii_uppercase()
            && outward.len() >= 2
            && outward.iter().all(u8::is_ascii_alphanumeric)
            && outward.iter().any(u8::is_ascii_digit);
        (ends && begins).then(|| Self(plain[..n].iter().fold(0, |key, b| key << 8 | u64::from(*b))))
    }

    /// Whether it is of Northern Ireland, whose grid references are of another grid.
    pub fn is_northern_irish(self) -> bool {
        let bytes = self.0.to_be_bytes();
        bytes.iter().copied().filter(|b| *b != 0).take(2).eq(*b"BT")
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a postcode")
    }
}

#[cfg(test)]
mod tests {
    use super::Postcode;

    #[test]
    fn the_three_spellings_of_directories_are_one_and_parts_of_a_postcode_are_none() {
        for one in ["SW1A 1AA", "SW1A1AA", " sw1a  1aa "] {
            assert_eq!(Postcode::parse(one), Postcode::parse("SW1A 1AA"), "{one}");
            assert!(Postcode::parse(one).is_some());
        }
        assert_eq!(Postcode::parse("B1  1AA"), Postcode::parse("B1 1AA"));
        assert_ne!(Postcode::parse("B1 1AA"), Postcode::parse("B11 1AA"));
        for none in ["", "MK40", "MK40 1", "1AA", "MK40 1A1", "MKAB 1AA", "E01017540", "MK40 1AA B", "Ω1 1AA"] {
            assert!(Postcode::parse(none).is_none(), "{none}");
        }
        assert_eq!(Postcode::parse("MK40\u{a0}1AA"), Postcode::parse("mk40-1aa"));
        assert!(Postcode::parse("BT1 5GS").unwrap().is_northern_irish() && !Postcode::parse("B1 5GS").unwrap().is_northern_irish());
        assert_eq!(format!("{:?}", Postcode::parse("B1 1AA")), "Some(a postcode)");
    }
}
