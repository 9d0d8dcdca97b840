//! Hours of need beside hours open.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::shape::*;
use crate::units::{Cell, OpenShares, WeekHours};

/// Hours in a band of the clock.
const BAND_HOURS: u16 = 3;

/// Events by day of the week and three hours of the clock, and when each kind of service is open.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct WeekClock {
    /// What is counted: `reports`.
    pub unit: String,
    /// The bands of the clock: `00:00 to 03:00` and so on to midnight.
    pub bands: Vec<String>,
    /// Days of the week, and events whose day is not known, where there are any.
    pub days: Vec<DayRow>,
    /// All days together, by band.
    pub by_band: Vec<Cell<u64>>,
    /// All events with a known hour.
    pub total: Cell<u64>,
    /// Kinds of service with listed ones that run.
    pub kinds: Vec<KindOpen>,
}

/// A day of the week, or several where one alone would have too few.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DayRow {
    /// `Monday`, `Saturday and Sunday`.
    pub label: String,
    /// Their places in the week, 0 for Monday; none where the day is not known.
    pub weekdays: Vec<u8>,
    /// Events by band.
    pub cells: Vec<Cell<u64>>,
    /// Events of the day.
    pub total: Cell<u64>,
}

/// When the listed services of a kind are open, all together.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct KindOpen {
    /// Its name.
    pub label: String,
    /// Id of the type.
    pub service_type: String,
    /// Whether it is there for a crisis, when hours matter most.
    pub crisis: bool,
    /// Listed services that run.
    pub services: usize,
    /// Those whose hours the catalogue does not give.
    pub unknown: usize,
    /// When at least one is open, in more than half of the weeks.
    pub open: WeekHours,
    /// The share of weeks in which at least one is open, at each time of the week; absent where every week is as every other.
    #[serde(default, skip_serializing_if = "OpenShares::is_empty")]
    pub shares: OpenShares,
    /// Share of the events that fall into hours when none is open, at least where some counts are withheld; absent where hours are unknown or too many counts
    /// withheld.
    pub while_closed: Option<f64>,
    /// The same at most, where withheld counts leave it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub while_closed_most: Option<f64>,
}

/// Withheld counts may leave a share open by so much; more and it is told by band or not at all.
const WIDEST: f64 = 0.1;

impl KindOpen {
    /// Share of a band that it is open, on average over some days; over the week where none is named.
    pub fn open_share(&self, weekdays: &[u8], band: usize) -> f64 {
        let days: Vec<u16> = if weekdays.is_empty() { (0..7).collect() } else { weekdays.iter().map(|d| u16::from(*d)).collect() };
        let n = days.len() as f64;
        let from = |day: u16| (day * 24 + band as u16 * BAND_HOURS) * 60;
        let open = |from: u16, to: u16| {
            if self.shares.is_empty() { f64::from(self.open.overlap(from, to)) } else { self.shares.minutes_between(from, to) }
        };
        days.into_iter().map(|day| open(from(day), from(day) + BAND_HOURS * 60)).sum::<f64>() / (n * f64::from(BAND_HOURS) * 60.0)
    }

    /// Days of the week, 0 to 7, on which it is open for at least half of an hour of the clock.
    pub fn days_open(&self, hour: u16) -> usize {
        (0..7).filter(|day| self.open.overlap((day * 24 + hour) * 60, (day * 24 + hour + 1) * 60) >= 30).count()
    }
}

impl WeekClock {
    /// Share of the events outside the hours of a kind, at least and at most: by day and band, else, where that leaves too much open, by band, over the week.
    ///
    /// Small counts are withheld, and they are no chance sample: what is withheld lies anywhere among the withheld cells.
    pub(crate) fn while_closed(&self, kind: &KindOpen) -> Option<(f64, f64)> {
        let all = self.total.known().filter(|n| *n > 0 && kind.unknown == 0)? as f64;
        let between = |cells: Vec<(&[u8], usize, Cell<u64>)>| {
            let (mut known, mut closed, mut least, mut most) = (0.0, 0.0, 1.0_f64, 0.0_f64);
            for (days, band, n) in cells {
                let share = 1.0 - kind.open_share(days, band);
                match n.known() {
                    Some(n) => (known, closed) = (known + n as f64, closed + n as f64 * share),
                    None => (least, most) = (least.min(share), most.max(share)),
                }
            }
            // Rounded counts may add up to more than their rounded sum.
            let hidden = if least <= most { (all - known).max(0.0) } else { 0.0 };
            let whole = known + hidden;
            let told = whole > 0.0 && hidden * (most - least) <= WIDEST * whole;
            told.then(|| {
                if hidden > 0.0 {
                    ((closed + hidden * least) / whole, (closed + hidden * most) / whole)
                } else {
                    (closed / whole, closed / whole)
                }
            })
        };
        let each = self.days.iter().flat_map(|d| d.cells.iter().enumerate().map(|(b, n)| (d.weekdays.as_slice(), b, *n)));
        let by_band = || self.by_band.iter().enumerate().map(|(b, n)| ([].as_slice(), b, *n));
        between(each.collect()).or_else(|| between(by_band().collect()))
    }

    /// Share of the week that a kind is closed.
    fn closed_share(&self, kind: &KindOpen) -> f64 {
        let bands = self.bands.len().max(1);
        1.0 - (0..bands).map(|band| kind.open_share(&[], band)).sum::<f64>() / bands as f64
    }

    /// Kinds that are there for a crisis and closed for some of the week: where they stand, the share of events while they are closed, at least, and the
    /// share of the week that they are.
    pub(crate) fn crisis_shares(&self) -> Vec<(usize, f64, f64)> {
        let kinds = self.kinds.iter().enumerate().filter(|(_, k)| k.crisis);
        kinds.filter_map(|(i, k)| Some((i, k.while_closed?, self.closed_share(k)))).filter(|k| k.2 > 0.0 && k.2 < 1.0).collect()
    }
}

impl Shape for WeekClock {
    has_no! { texts_mut sums_of_people no_counts by_area sheet }

    fn counts(&self) -> Counts {
        let days = self.days.iter().flat_map(|d| d.cells.iter().copied().chain([d.total]));
        Counts::alike(days.chain(self.by_band.iter().copied()).chain([self.total]))
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        let bands = self.bands.len();
        if self.by_band.len() != bands || self.days.iter().any(|d| d.cells.len() != bands) {
            return Err(Unclear);
        }
        let mut shown = Shown::default();
        let rows = self.days.iter().map(|d| (&d.cells, d.total)).chain([(&self.by_band, self.total)]);
        let (height, width) = (self.days.len() + 1, bands + 1);
        for (r, (cells, total)) in rows.enumerate() {
            for (c, count) in cells.iter().copied().chain([total]).enumerate() {
                shown.push(At::Anywhere, counting.months, counting.at(r * width + c, height * width)?, count);
            }
            shown.sums.push((0..width).map(|c| r * width + c).collect());
        }
        // Where no day is told there is no sum of days.
        if height > 1 {
            shown.sums.extend((0..width).map(|c| (0..height).map(|r| r * width + c).collect()));
        }
        Ok(shown)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        let share = |k: &KindOpen| {
            let again = self.while_closed(k);
            let number = |told, again| Claim::Number { told, again, within: 1e-9 };
            [number(k.while_closed, again.map(|a| a.0)), number(k.while_closed_most, again.map(|a| a.1))]
        };
        self.kinds.iter().flat_map(share).collect()
    }

    fn table(&self) -> TableView {
        let headings = std::iter::once("Day".to_owned()).chain(self.bands.iter().cloned()).chain(["Whole day".into()]);
        let row = |label: &str, cells: &[Cell<u64>], total: Cell<u64>| {
            std::iter::once(text(label)).chain(cells.iter().map(|c| count(*c))).chain([count(total)]).collect()
        };
        let days = self.days.iter().map(|d| row(&d.label, &d.cells, d.total)).chain([row("All days", &self.by_band, self.total)]);
        // How much of each band the listed services of a kind are open; last the share of events outside their hours.
        let kind = |kind: &KindOpen| {
            let open = (0..self.bands.len()).map(|b| match kind.unknown == kind.services {
                true => MISSING,
                false => Value::Number(100.0 * kind.open_share(&[], b), 0),
            });
            let outside = kind.while_closed.map_or(MISSING, |s| Value::Number(100.0 * s, 1));
            let least = if kind.while_closed_most.is_some() { ", at least" } else { "" };
            let label = format!("{}: % open; last, % of {} outside its hours{least}", kind.label, self.unit);
            std::iter::once(Value::Text(label)).chain(open).chain([outside]).collect()
        };
        TableView::new(headings.collect(), days.collect()).and_rows(self.kinds.iter().map(kind))
    }

    fn described(&self) -> Described {
        Described::new(self.unit.clone(), self.bands.join(", "))
    }

    fn concludes(&self) -> bool {
        self.kinds.iter().any(|k| k.while_closed.is_some())
    }

    fn compared(&self) -> Compared<'_> {
        let bands = self.bands.iter().zip(&self.by_band).enumerate();
        let each = bands.map(|(k, (band, n))| Quantity::count(band, &self.unit, *n).keyed(&format!("band {k}")));
        Compared::events(each.chain([Quantity::count("", &self.unit, self.total)]).collect())
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // The share of events while services for a crisis are closed, beside the share of the week that they are.
        let Some(all) = self.total.known().filter(|n| *n > 0) else { return vec![] };
        let shares = self.crisis_shares().into_iter().map(|(_, share, closed)| (share, closed)).collect();
        vec![StandsOut { kind: Kind::Time, says: Says::MostBeyond { all: all as f64, shares } }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_open_by_day_misses_what_happens_at_night() {
        let nine_to_five = WeekHours::new((0..5).map(|d| ((d * 24 + 9) * 60, (d * 24 + 18) * 60)).collect());
        let kind = KindOpen {
            label: "Advice".into(),
            service_type: "advice".into(),
            crisis: false,
            services: 1,
            unknown: 0,
            open: nine_to_five,
            shares: OpenShares::default(),
            while_closed: None,
            while_closed_most: None,
        };
        let row = |weekday: u8, cells: [u64; 8]| DayRow {
            label: String::new(),
            weekdays: vec![weekday],
            cells: cells.map(Cell::Known).to_vec(),
            total: Cell::Known(cells.iter().sum()),
        };
        // Ten on Monday morning, in its hours; thirty on Saturday morning and sixty on Monday night, outside them.
        let days = vec![row(0, [0, 0, 0, 10, 0, 0, 0, 60]), row(5, [0, 0, 0, 30, 0, 0, 0, 0])];
        let by_band = [0, 0, 0, 40, 0, 0, 0, 60].map(Cell::Known).to_vec();
        let mut clock =
            WeekClock { unit: "reports".into(), bands: vec![String::new(); 8], days, by_band, total: Cell::Known(100), kinds: vec![] };
        let close = |told: Option<(f64, f64)>, (least, most): (f64, f64)| {
            told.is_some_and(|(a, z)| (a - least).abs() < 1e-12 && (z - most).abs() < 1e-12)
        };
        assert!(close(clock.while_closed(&kind), (0.9, 0.9)));
        // Ten on Monday morning, in its hours, are withheld beside cells of the night that are none: they may lie there, too.
        clock.days[0].cells[3] = Cell::Withheld;
        clock.days[1].cells[0] = Cell::Withheld;
        assert!(close(clock.while_closed(&kind), (0.9, 1.0)));
        // Without the days: five mornings of seven are open.
        clock.days.iter_mut().for_each(|d| d.cells.iter_mut().for_each(|c| *c = Cell::Withheld));
        let by_band = 0.6 + 0.4 * 2.0 / 7.0;
        assert!(close(clock.while_closed(&kind), (by_band, by_band)));
        // By band, with too much withheld to tell.
        clock.by_band[3] = Cell::Withheld;
        clock.by_band[4] = Cell::Withheld;
        clock.by_band[0] = Cell::Withheld;
        assert_eq!(clock.while_closed(&kind), None);
        assert_eq!((kind.days_open(9), kind.days_open(18)), (5, 0));
        assert_eq!(clock.while_closed(&KindOpen { unknown: 1, ..kind }), None);
    }
}
