//! Which counts are small, and how the others are rounded.

/// Which counts are small, and how the others are rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// Counts from 1 up to this are withheld.
    pub withhold_up_to: u64,
    /// Other counts are rounded to the nearest multiple of this, half up; 1 leaves them.
    pub round_to: u64,
}

impl Rule {
    /// Whether a count is too small to be shown. Zero is not: it says that nobody is there to be recognised.
    pub fn is_small(&self, n: u64) -> bool {
        (1..=self.withhold_up_to).contains(&n)
    }

    /// A count as rounded.
    ///
    /// ```
    /// let rule = gapmap::units::Rule { withhold_up_to: 7, round_to: 5 };
    /// assert_eq!([12, 13, 20, 0].map(|n| rule.round(n)), [10, 15, 20, 0]);
    /// ```
    pub fn round(&self, n: u64) -> u64 {
        let base = self.round_to.max(1);
        n.saturating_add(base / 2) / base * base
    }

    /// The same, rounding so coarsely that the difference of two printed counts is as wide as what is withheld, whatever the tables count.
    ///
    /// The base is the least multiple of its own that is above what is withheld: of counts printed to base `b` a difference is known to within `b − 1`.
    ///
    /// ```
    /// use gapmap::units::Rule;
    /// assert_eq!(Rule { withhold_up_to: 4, round_to: 1 }.coarse().round_to, 5);
    /// assert_eq!(Rule { withhold_up_to: 7, round_to: 5 }.coarse().round_to, 10);
    /// ```
    pub fn coarse(&self) -> Self {
        let base = self.round_to.max(1);
        Self { round_to: (self.withhold_up_to / base + 1) * base, ..*self }
    }

    /// The same, withholding besides what would be known to within less than a width: of counts rounded to 5 of which 1 to 4 are withheld, 5 stands for 5 to 7.
    ///
    /// ```
    /// use gapmap::units::Rule;
    /// let wide = Rule { withhold_up_to: 4, round_to: 5 }.wide_open(4);
    /// assert_eq!((wide.withhold_up_to, wide.behind(10)), (7, (8, 12)));
    /// let wide = Rule { withhold_up_to: 7, round_to: 10 }.wide_open(7);
    /// assert_eq!((wide.withhold_up_to, wide.behind(20)), (14, (15, 24)));
    /// ```
    pub fn wide_open(&self, width: u64) -> Self {
        let base = self.round_to.max(1);
        if base <= width {
            return *self;
        }
        let lowest = |n: u64| n * base - base / 2;
        let first = (1..=self.withhold_up_to + 1).find(|n| lowest(*n) > self.withhold_up_to).unwrap_or(1);
        Self { withhold_up_to: lowest(first) - 1, ..*self }
    }

    /// How far apart the bounds of a withheld count must lie: so far that a count of 1 could as well be one that is not small.
    pub fn width(&self) -> u64 {
        self.withhold_up_to
    }

    /// The counts that would have been printed as `printed`: lowest and highest.
    ///
    /// ```
    /// let rule = gapmap::units::Rule { withhold_up_to: 7, round_to: 5 };
    /// assert_eq!(rule.behind(20), (18, 22));
    /// assert_eq!(rule.behind(10), (8, 12)); // 1 to 7 are never printed
    /// assert_eq!(rule.behind(0), (0, 0));
    /// ```
    pub fn behind(&self, printed: u64) -> (u64, u64) {
        let base = self.round_to.max(1);
        let would = |n: &u64| self.round(*n) == printed && !self.is_small(*n);
        let from = printed.saturating_sub(base);
        let lowest = (from..=printed).find(would).unwrap_or(printed);
        let highest = (printed..=printed + base).rev().find(would).unwrap_or(printed);
        (lowest, highest)
    }
}
