//! People helped by one kind of service, and what of them anybody may be told: which quarter a share lies in, and no number of people.
//!
//! No other table of a pack can be taken from a share in quarters. Of the fewest people that are told each quarter spans ten people or more, so that nobody
//! learns a small count from it even where the whole is known.

use super::catalogue::ConfidentialService;
use super::journeys::{Flows, Heading};
use super::restricted::FEWEST_CONFIDENTIAL;
use std::collections::BTreeSet;

use super::{SourceNote, Study};
use crate::model::ShareTold;
use crate::sources::{ServiceType, service_type, service_types};
use crate::units::{Cell, Period, Sensitivity};

/// Of fewer people nothing is told: a quarter of them is more than any rule withholds.
pub const FEWEST_PEOPLE: u64 = 40;

/// People helped by one kind of service. Their numbers are for the study alone.
#[derive(Clone, Debug)]
pub struct HelpedOfKind {
    /// Id of the type of service; empty where the return does not say.
    pub service: String,
    within: Cell<u64>,
    went: Cell<u64>,
    came: Cell<u64>,
    from_nobody_knows: Cell<u64>,
    to_nobody_knows: Cell<u64>,
}

impl HelpedOfKind {
    /// Those of a year, by spans of months of which kinds may have their own; `None` where no row of the kind is of it.
    ///
    /// A way of which one of the spans of the kind has no row is not known, unless a pair without a row is nobody.
    pub(super) fn new(service: &str, flows: &Flows, year: &[Period], complete: bool) -> Option<Self> {
        let spans: BTreeSet<Period> = flows.keys().map(|(span, _)| *span).filter(|span| year.contains(span)).collect();
        if spans.is_empty() {
            return None;
        }
        // Months of which the kind has no row at all are in no share.
        let full = complete || spans.iter().map(Period::len).sum::<usize>() >= year.iter().map(Period::len).max().unwrap_or(0).max(12);
        let of = |way: Heading, without: Cell<u64>| {
            if !full {
                return Cell::Missing;
            }
            let rows = spans.iter().map(|span| flows.get(&(*span, way)).map_or(without, |people| Cell::sum(people)));
            Cell::sum(&rows.collect::<Vec<_>>())
        };
        let silent = if complete { Cell::Known(0) } else { Cell::Missing };
        Some(Self {
            service: service.to_owned(),
            within: of(Heading::Within, silent),
            went: of(Heading::Out, silent),
            came: of(Heading::In, silent),
            // Of whom nothing is unknown no return has a row.
            from_nobody_knows: of(Heading::FromNobodyKnows, Cell::Known(0)),
            to_nobody_knows: of(Heading::ToNobodyKnows, Cell::Known(0)),
        })
    }

    /// The quarters in which two shares lie: of those helped here of whom it is known where they had lived, who came from elsewhere; and of residents who were
    /// helped where that is known, who went elsewhere.
    pub fn came_and_went(&self) -> [ShareTold; 2] {
        let sum = |a: Cell<u64>, b: Cell<u64>| a.known().zip(b.known()).map(|(a, b)| a.saturating_add(b));
        let (here, residents) = (sum(self.came, self.within), sum(self.went, self.within));
        let [came, went] = may_be_told(here, residents);
        let told = |part: Cell<u64>, whole: Option<u64>, unknown: Cell<u64>, may: bool| match (part.known(), whole, unknown.known()) {
            (Some(part), Some(whole), Some(unknown)) if unknown <= whole => {
                if may {
                    quarter(part, whole)
                } else {
                    ShareTold::NotTold
                }
            }
            (Some(_), Some(whole), Some(_)) if whole < FEWEST_PEOPLE => ShareTold::NotTold,
            _ => ShareTold::NotKnown,
        };
        [told(self.came, here, self.from_nobody_knows, came), told(self.went, residents, self.to_nobody_knows, went)]
    }
}

/// The quarter in which `part` of `whole` lies.
fn quarter(part: u64, whole: u64) -> ShareTold {
    match u128::from(part) * 4 / u128::from(whole.max(1)) {
        0 => ShareTold::UnderAQuarter,
        1 => ShareTold::QuarterToHalf,
        2 => ShareTold::HalfToThreeQuarters,
        _ => ShareTold::ThreeQuartersOrMore,
    }
}

/// Counts that a rule withholds lie no further apart than this.
const WIDEST_RULE: u64 = 9;

/// From and to.
type Span = (u64, u64);

/// Which of the two shares may be told, by how many people were helped here and how many residents were helped, as far as the return says.
///
/// Residents who were helped here stand in both. Who knows both totals, from wherever, must not learn from the quarters how many they are more narrowly than
/// by any rule, whichever quarters it will be: so it is decided by the totals alone, and that a share is not told tells no more than these.
fn may_be_told(here: Option<u64>, residents: Option<u64>) -> [bool; 2] {
    let top = here.unwrap_or(u64::MAX).min(residents.unwrap_or(u64::MAX));
    let quarters = |whole: Option<u64>| -> Option<Vec<Span>> {
        let whole = whole.filter(|n| *n >= FEWEST_PEOPLE)?;
        Some((0..4).map(|q| rest_of(whole, q)).map(|(low, high)| (low, high.min(top))).collect())
    };
    let is_wide = |(low, high): &Span| low > high || high - low >= WIDEST_RULE;
    let (came, went) = (quarters(here), quarters(residents));
    let alone = |own: &Option<Vec<Span>>| own.as_ref().is_some_and(|own| own.iter().all(is_wide));
    let together = || {
        let other = |a: &Span| went.iter().flatten().map(|b| (a.0.max(b.0), a.1.min(b.1))).collect::<Vec<_>>();
        came.iter().flatten().flat_map(other).all(|span| is_wide(&span))
    };
    match [alone(&came), alone(&went)] {
        [true, went] => [true, went && together()],
        [false, went] => [false, went],
    }
}

/// What may be left of a whole, from and to, beside a part in a quarter.
fn rest_of(whole: u64, quarter: u64) -> Span {
    let least = |q: u64| (u128::from(whole) * u128::from(q)).div_ceil(4) as u64;
    let most = if quarter == 3 { whole } else { least(quarter + 1).saturating_sub(1) };
    (whole - most, whole - least(quarter))
}

/// Kinds of source that count people who were helped: the same people, by a rule of its own.
const OF_PEOPLE_HELPED: [&str; 2] = ["users-by-group", "indicator-table"];

impl Study {
    /// Whether shares of journeys may stand in the pack: not beside another restricted return of people who were helped, unless it is for the named analysts
    /// alone. How the two cross nobody knows.
    pub fn tells_journeys(&self) -> bool {
        let other = |s: &SourceNote| OF_PEOPLE_HELPED.contains(&s.kind) && s.sensitivity != Sensitivity::Open;
        self.for_analysts || !self.sources.iter().any(other)
    }

    /// Whether shares of a kind of service may be told: of safe accommodation only where three services or more give it, so that nobody learns from where women
    /// come to one refuge. A return that does not say its kind may be of any.
    pub fn tells_journeys_of(&self, service: &str) -> bool {
        // On the day of the study, whatever the months of the return are.
        let day = self.about.as_of.unwrap_or(self.about.period.last).last_day();
        let enough = |kind: &ServiceType| ConfidentialService::how_many(&self.confidential_on(kind, &day)) >= FEWEST_CONFIDENTIAL;
        match service_type(service) {
            Some(kind) => !kind.confidential || enough(kind),
            None => service_types().iter().filter(|t| t.confidential).all(enough),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn helped([within, came, went, from_nobody_knows, to_nobody_knows]: [Cell<u64>; 5]) -> [ShareTold; 2] {
        HelpedOfKind { service: String::new(), within, went, came, from_nobody_knows, to_nobody_knows }.came_and_went()
    }

    #[test]
    fn a_share_is_told_by_its_quarter_and_only_of_enough_people() {
        let of = |within: u64, came: u64, went: u64| helped([within, came, went, 0, 0].map(Cell::Known));
        assert_eq!(of(300, 40, 60), [ShareTold::UnderAQuarter, ShareTold::NotTold]);
        assert_eq!(of(400, 100, 300), [ShareTold::UnderAQuarter, ShareTold::QuarterToHalf]);
        assert_eq!(of(250, 250, 450), [ShareTold::HalfToThreeQuarters; 2]);
        assert_eq!(of(20, 980, 980), [ShareTold::ThreeQuartersOrMore; 2]);
        assert_eq!(of(20, 19, 5), [ShareTold::NotTold; 2]);
        // Of most it is not known, or the return is silent: the other share stands by itself.
        let [known, silent] = [Cell::Known, |_: u64| Cell::Missing];
        assert_eq!(helped([known(400), known(100), silent(0), known(0), known(0)]), [ShareTold::UnderAQuarter, ShareTold::NotKnown]);
        assert_eq!(helped([known(400), known(100), known(300), known(501), known(0)])[0], ShareTold::NotKnown);
        assert_eq!(helped([known(400), Cell::Withheld, known(300), known(0), known(0)]), [ShareTold::NotKnown, ShareTold::QuarterToHalf]);
        assert_eq!(helped([silent(0), known(100), known(300), known(0), known(0)]), [ShareTold::NotKnown; 2]);
    }

    #[test]
    fn whoever_knows_both_totals_learns_no_part_more_narrowly_than_the_widest_rule() {
        let mut told = 0;
        for here in 0..150_u64 {
            for residents in 0..150_u64 {
                let most = here.min(residents);
                // All that may be behind what is told: residents who were helped here.
                let mut behind = BTreeMap::<String, Span>::new();
                for within in 0..=most {
                    let of = helped([within, here - within, residents - within, 0, 0].map(Cell::Known));
                    told += u32::from(!of.contains(&ShareTold::NotTold));
                    let span = behind.entry(format!("{of:?}")).or_insert((within, within));
                    *span = (span.0.min(within), span.1.max(within));
                }
                assert!(behind.values().all(|(low, high)| high - low >= WIDEST_RULE.min(most)), "{here} {residents}: {behind:?}");
            }
        }
        assert!(told > 1_000, "both are told of some: {told}");
    }
}
