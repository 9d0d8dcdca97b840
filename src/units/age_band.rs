/// Ages of a group as tables write them: `16 to 24`, `16-24`, `65 and over`, `65+`, `aged 16 to 24`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AgeBand {
    from: u32,
    to: Option<u32>,
}

impl AgeBand {
    /// Ages from one to another, the last one too.
    pub fn new(from: u32, to: u32) -> Self {
        // Nobody is counted by a single year so old: such a band has no end.
        Self { from, to: Some(to).filter(|to| *to < 100) }
    }

    /// What a label says; `None` where it says anything else beside ages.
    ///
    /// ```
    /// use gapmap::units::AgeBand;
    /// assert_eq!(AgeBand::parse("Aged 16-24 years"), Some(AgeBand::new(16, 24)));
    /// assert_eq!(AgeBand::parse("65+"), AgeBand::parse("65 and over"));
    /// assert_eq!(AgeBand::parse("16 to 24, disabled"), None);
    /// ```
    pub fn parse(label: &str) -> Option<Self> {
        let label = label.trim().to_lowercase();
        let label = label.strip_prefix("aged ").unwrap_or(&label);
        let label = label.strip_suffix(" years").unwrap_or(label);
        let whole = |text: &str| text.trim().parse::<u32>().ok().filter(|n| *n < 130);
        if let Some(from) = ["+", " and over", " and older", " or over", " plus"].iter().find_map(|end| label.strip_suffix(end)) {
            return Some(Self { from: whole(from)?, to: None });
        }
        let (from, to) = [" to ", "-", "–"].iter().find_map(|between| label.split_once(between))?;
        let (from, to) = (whole(from)?, whole(to)?);
        (from <= to).then(|| Self::new(from, to))
    }

    /// Whether all of another band are of this one.
    pub fn holds(&self, other: Self) -> bool {
        self.from <= other.from && self.to.is_none_or(|to| other.to.is_some_and(|o| o <= to))
    }

    /// `aged 16 to 24`, `aged 65 and over`.
    pub fn of_people(&self) -> String {
        match self.to {
            Some(to) => format!("aged {} to {to}", self.from),
            None => format!("aged {} and over", self.from),
        }
    }
}
