//! Coarse facts about an event: when in the week, whose, of what kind of place. Anything finer is dropped while reading.

use chrono::Datelike;

use crate::units::{BAND_HOURS, BANDS};

/// Night is 18:00 to 06:00, as the Safety of Women at Night fund defines it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeBand {
    /// The source does not say.
    Unknown,
    /// From 06:00 up to 18:00.
    Day,
    /// From 18:00 up to 06:00.
    Night,
}

/// When in the week, to three hours; the day of the week may be missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WeekBand {
    /// 0 for Monday.
    pub weekday: Option<u8>,
    /// 0 for 00:00 to 03:00, up to 7.
    pub band: u8,
}

impl WeekBand {
    /// From an hour of the day, 0 to 23, and the day as `2024-02-17`, where it is known.
    ///
    /// ```
    /// use gapmap::sources::WeekBand;
    /// // The seventeenth of February 2024 was a Saturday.
    /// assert_eq!(WeekBand::of(23, Some("2024-02-17")), Some(WeekBand { weekday: Some(5), band: 7 }));
    /// assert_eq!(WeekBand::of(24, None), None);
    /// ```
    pub fn of(hour: u8, date: Option<&str>) -> Option<Self> {
        let weekday = date.and_then(|d| d.parse::<chrono::NaiveDate>().ok()).map(|d| d.weekday().num_days_from_monday() as u8);
        (hour < 24).then_some(Self { weekday, band: hour / BAND_HOURS })
    }

    /// Day or night. A band never straddles 06:00 or 18:00.
    pub fn time(self) -> TimeBand {
        if (2..6).contains(&self.band) { TimeBand::Day } else { TimeBand::Night }
    }
}

/// Sex of the victim, as far as the source records it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VictimSex {
    /// Not recorded.
    Unknown,
    /// Female.
    Female,
    /// Male.
    Male,
    /// Recorded as something else.
    Other,
}

/// A flag that may be missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum YesNo {
    /// Not recorded.
    Unknown,
    /// No.
    No,
    /// Yes.
    Yes,
}

/// Where it happened, coarsely.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Setting {
    /// Not recorded or not known to the list of place types.
    Unknown,
    /// A street, park, station, venue or other public place.
    Public,
    /// A dwelling, care home or other private place.
    Private,
    /// Online or by phone.
    Online,
}

/// Four coarse facts about an event in thirteen bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Facets(u16);

impl Facets {
    /// Packs the four.
    pub fn new(when: Option<WeekBand>, sex: VictimSex, domestic_abuse: YesNo, setting: Setting) -> Self {
        // 0 not known; then the bands without a day; then those of Monday, Tuesday, …
        let when = when.map_or(0, |w| 1 + w.weekday.map_or(0, |d| d + 1) * BANDS + w.band);
        Self(sex as u16 | (domestic_abuse as u16) << 2 | (setting as u16) << 4 | u16::from(when) << 6)
    }

    /// The packed bits, as tables store them.
    pub fn bits(self) -> u16 {
        self.0
    }

    /// The inverse of [`Facets::bits`].
    pub fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The same, at a time that is not known.
    pub fn without_time(self) -> Self {
        Self(self.0 & 0x3f)
    }

    /// When in the week.
    pub fn when(self) -> Option<WeekBand> {
        let place = ((self.0 >> 6) as u8).checked_sub(1)?;
        Some(WeekBand { weekday: (place / BANDS).checked_sub(1), band: place % BANDS })
    }

    /// Day, night or unknown.
    pub fn time(self) -> TimeBand {
        self.when().map_or(TimeBand::Unknown, WeekBand::time)
    }

    /// Sex of the victim.
    pub fn sex(self) -> VictimSex {
        [VictimSex::Unknown, VictimSex::Female, VictimSex::Male, VictimSex::Other][usize::from(self.0 & 3)]
    }

    /// Whether flagged as domestic abuse.
    pub fn domestic_abuse(self) -> YesNo {
        [YesNo::Unknown, YesNo::No, YesNo::Yes, YesNo::Unknown][usize::from(self.0 >> 2 & 3)]
    }

    /// Public place, private place or online.
    pub fn setting(self) -> Setting {
        [Setting::Unknown, Setting::Public, Setting::Private, Setting::Online][usize::from(self.0 >> 4 & 3)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let whens = (0..8).flat_map(|band| (0..8).map(move |d| Some(WeekBand { weekday: (d < 7).then_some(d), band }))).chain([None]);
        let mut seen = std::collections::BTreeSet::new();
        for when in whens {
            for (sex, flag, setting) in [
                (VictimSex::Female, YesNo::Yes, Setting::Online),
                (VictimSex::Unknown, YesNo::No, Setting::Unknown),
                (VictimSex::Other, YesNo::Unknown, Setting::Private),
            ] {
                let packed = Facets::new(when, sex, flag, setting);
                assert_eq!((packed.when(), packed.sex(), packed.domestic_abuse(), packed.setting()), (when, sex, flag, setting));
                assert_eq!(Facets::from_bits(packed.bits()), packed);
                assert!(seen.insert(packed));
            }
        }
    }
}
