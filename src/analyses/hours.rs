use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::largest::largest;
use super::words::slug;
use crate::model::{Arg, Body, DayRow, KindOpen, Message, WeekClock, p_value};
use crate::msg;
use crate::sources::Topic;
use crate::stats::multiple::surest_beyond;
use crate::study::{Asked, Dataset, Days, Group, Provision, Select, Slice, Study, WeekBand, band_label, takes};
use crate::units::{BANDS, Cell, Month, OpenDates, OpenShares, Period, Polarity};

/// The settings of an `hours` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HoursSettings {
    /// How many of the latest months are counted.
    pub months: usize,
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
}

impl Default for HoursSettings {
    fn default() -> Self {
        Self { months: 12, as_of: None }
    }
}

impl Analysis for HoursSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let kinds = kinds(&Provision::new(study, &Asked { as_of: self.as_of, ..Asked::default() }));
        study.datasets.iter().filter_map(|d| self.draft(study, d, &kinds)).collect()
    }
}

/// When each kind of service that helps people directly is open.
fn kinds(provision: &Provision) -> Vec<KindOpen> {
    let direct = provision.types().into_iter().filter(|t| !t.confidential && t.is_direct());
    let kind = direct.filter_map(|t| {
        let running = provision.running(t);
        let known: Vec<&OpenDates> = running.iter().filter_map(|s| s.more.hours.as_ref()).map(|h| &h.dates).collect();
        let shares = known.iter().fold(OpenDates::default(), |sum, h| sum.or(h)).shares();
        (!running.is_empty()).then(|| KindOpen {
            label: t.label.clone(),
            service_type: t.id.clone(),
            crisis: t.stage == "crisis",
            services: running.len(),
            unknown: running.len() - known.len(),
            open: shares.ordinary(),
            shares: if shares.is_every_week() { OpenShares::default() } else { shares },
            while_closed: None,
            while_closed_most: None,
        })
    });
    let mut kinds: Vec<KindOpen> = kind.collect();
    kinds.sort_by_key(|k| !k.crisis);
    kinds
}

impl HoursSettings {
    fn draft(&self, study: &Study, dataset: &Dataset, kinds: &[KindOpen]) -> Option<Draft> {
        let period = dataset.period.last_months(self.months);
        let recent = Select { period: Some(period), ..Select::default() };
        let counted = dataset.by_facets(&recent);
        let timed: Vec<_> = counted.iter().filter_map(|(f, n)| Some((f.when()?, *n))).collect();
        if (timed.iter().map(|(_, n)| n).sum::<u64>() as f64) < f64::from(BANDS) * FEWEST_IN_A_CELL {
            return None;
        }
        let days = days(&timed);
        // Each row a day and last all of them; each column a band and last all of them.
        let group = |row: usize, column: usize| Group::When {
            days: days.get(row).copied(),
            band: (column < usize::from(BANDS)).then_some(column as u8),
        };
        let size = (days.len() + 1, usize::from(BANDS) + 1);
        let count = |row: usize, column: usize| -> u64 {
            let group = group(row, column);
            counted.iter().filter(|(f, _)| takes(group, *f)).map(|(_, n)| n).sum()
        };
        let whole = dataset.slice(&recent);
        let mut table = CountTable::new((0..size.0).map(|r| (0..size.1).map(|c| Some(count(r, c))).collect()).collect());
        for column in 0..size.1 {
            let slices = (0..size.0).map(|row| Some(Slice { group: Some(group(row, column)), ..whole.clone() }));
            table = table.counting(column, slices.collect::<Vec<_>>());
        }
        let source = study.source_ref(dataset.source);
        let (status, caveat) = match dataset.topic {
            Topic::PlaceReports => ("self-reported", msg!("hours-caveat-reports")),
            Topic::Incidents | Topic::Referrals => ("recorded", msg!("hours-caveat-incidents")),
        };
        let mut sources = vec![source.clone()];
        let of_services = study.catalogue.public.iter().flat_map(|s| s.sources()).collect::<std::collections::BTreeSet<_>>();
        sources.extend(of_services.into_iter().filter(|s| *s != dataset.source).map(|s| study.source_ref(s)));
        let head = DraftHead {
            id: format!("hours/{}/week", slug(&source.name)),
            analysis: "hours",
            sources,
            period,
            polarity: Polarity::Ambiguous,
            status: status.into(),
            caveats: vec![caveat, msg!("hours-caveat-night")],
        };
        let facts = Facts { area_name: study.about.area_name.clone(), unit: dataset.topic.unit(), period, days, kinds: kinds.to_vec() };
        Some(Draft::new(head, table, facts, tell))
    }
}

/// Cells must hold so many on average: with fewer most of them would be withheld, and totals with them.
const FEWEST_IN_A_CELL: f64 = 15.0;

/// The days to tell: each, or working days and the weekend, or none, by how many events there are.
fn days(timed: &[(WeekBand, u64)]) -> Vec<Days> {
    let dated = timed.iter().filter(|(w, _)| w.weekday.is_some()).map(|(_, n)| n).sum::<u64>() as f64;
    let enough = |rows: f64| dated >= rows * f64::from(BANDS) * FEWEST_IN_A_CELL;
    let mut days: Vec<Days> = match () {
        () if enough(7.0) => (0..7).map(Days::One).collect(),
        () if enough(2.0) => vec![Days::Working, Days::Weekend],
        () => return vec![],
    };
    days.extend(timed.iter().any(|(w, _)| w.weekday.is_none()).then_some(Days::NotKnown));
    days
}

struct Facts {
    area_name: String,
    unit: &'static str,
    period: Period,
    days: Vec<Days>,
    kinds: Vec<KindOpen>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let bands = usize::from(BANDS);
    let cells = |row: usize| released.row(row)[..bands].to_vec();
    let day = |(row, days): (usize, &Days)| DayRow {
        label: days.label().into(),
        weekdays: days.weekdays(),
        cells: cells(row),
        total: released.at(row, bands),
    };
    let last = facts.days.len();
    let mut clock = WeekClock {
        unit: facts.unit.into(),
        bands: (0..BANDS).map(band_label).collect(),
        days: facts.days.iter().enumerate().map(day).collect(),
        by_band: cells(last),
        total: released.at(last, bands),
        kinds: facts.kinds.clone(),
    };
    let shares: Vec<Option<(f64, f64)>> = clock.kinds.iter().map(|k| clock.while_closed(k)).collect();
    for (kind, share) in clock.kinds.iter_mut().zip(shares) {
        kind.while_closed = share.map(|s| s.0);
        kind.while_closed_most = share.filter(|s| s.1 > s.0).map(|s| s.1);
    }

    let unit = facts.unit;
    let beyond = beyond(&clock);
    let mut sentences: Vec<Message> = beyond
        .iter()
        .map(|(kind, closed, p)| {
            let closed = Arg::share(*closed, 0);
            msg!("hours-closed-beyond", share = share_of(kind), unit = unit, kind = &kind.label, closed = closed, p = p_value(*p, 3))
        })
        .collect();
    let busiest = busiest(&clock);
    let headline = match (&beyond, &busiest) {
        (Some((kind, ..)), _) => msg!("hours-headline-closed", share = share_of(kind), unit = unit, kind = &kind.label),
        (None, Some((_, band))) => msg!("hours-headline-busiest", unit = unit, band = &clock.bands[*band]),
        (None, None) => msg!("hours-headline", unit = unit),
    };
    if let (Some((most, band)), Some(all)) = (busiest, clock.total.known()) {
        let share = Arg::share(most as f64 / all as f64, 0);
        sentences.push(msg!("hours-busiest-band", total = all, unit = unit, share = share, band = &clock.bands[band]));
    }
    let single: Vec<&DayRow> = clock.days.iter().filter(|d| d.weekdays.len() == 1).collect();
    let each: Vec<Cell<u64>> = single.iter().flat_map(|d| d.cells.iter().copied()).collect();
    let of_days = Cell::sum(&single.iter().map(|d| d.total).collect::<Vec<_>>());
    if let Some((n, at)) = clearly_largest(&each, of_days) {
        let (day, band) = (&single[at / bands].label, &clock.bands[at % bands]);
        sentences.push(msg!("hours-busiest-of-week", day = day, band = band, count = n, unit = unit));
    }
    let told = beyond.map(|(kind, ..)| kind.service_type.clone());
    let crisis = clock.kinds.iter().filter(|k| k.crisis && told.as_ref() != Some(&k.service_type));
    let mut closed: Vec<(f64, &KindOpen)> = crisis.filter_map(|k| Some((k.while_closed?, k))).collect();
    closed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.label.cmp(&b.1.label)));
    for (_, kind) in closed.iter().filter(|c| c.0 > 0.0).take(MOST_NAMED - usize::from(told.is_some())) {
        sentences.push(msg!("hours-closed", share = share_of(kind), unit = unit, kind = &kind.label));
    }
    let unknown = clock.kinds.iter().filter(|k| k.unknown > 0).count();
    sentences.extend((unknown > 0).then(|| msg!("hours-unknown", kinds = unknown)));
    let (area, period) = (&facts.area_name, facts.period);
    let subtitle = match unit {
        "reports" => msg!("hours-subtitle-reports", area = area, period = period),
        _ => msg!("hours-subtitle", unit = unit, area = area, period = period),
    };
    Telling { headline, subtitle, sentences, figures: vec![], body: Body::WeekClock(clock) }
}

/// So many kinds of service are told in sentences.
const MOST_NAMED: usize = 3;
/// What is told as more than an even spread of times would give has a p-value of this or less, all that is looked at taken together.
const TOLD_AT: f64 = 0.05;

/// The kind for a crisis that misses most beyond what its closed hours would hold of times that are spread evenly, the share of the week that it is
/// closed, and the p-value: what the list of what stands out tests.
fn beyond(clock: &WeekClock) -> Option<(&KindOpen, f64, f64)> {
    let shares = clock.crisis_shares();
    let pairs: Vec<(f64, f64)> = shares.iter().map(|s| (s.1, s.2)).collect();
    let found = surest_beyond(clock.total.known().filter(|n| *n > 0)? as f64, &pairs).filter(|f| f.p <= TOLD_AT)?;
    let (at, _, closed) = shares[found.at];
    Some((&clock.kinds[at], closed, found.p))
}

/// The band with most events, where it has clearly more than an even share.
fn busiest(clock: &WeekClock) -> Option<(u64, usize)> {
    clearly_largest(&clock.by_band, clock.total)
}

/// The largest of several counts that would be even, with its place, where it has clearly more than its share of their sum.
fn clearly_largest(counts: &[Cell<u64>], total: Cell<u64>) -> Option<(u64, usize)> {
    let at = largest(counts, total)?;
    let (n, all) = (counts[at].known()?, total.known().filter(|n| *n > 0)? as f64);
    let even = 1.0 / counts.len() as f64;
    // One of so many, whichever it is: each stands with what is expected of it.
    let shares: Vec<(f64, f64)> = counts.iter().enumerate().map(|(i, _)| (if i == at { n as f64 / all } else { even }, even)).collect();
    surest_beyond(all, &shares).filter(|f| f.p <= TOLD_AT && f.at == at).map(|_| (n, at))
}

/// The share of events while a kind is closed, or what it is at least.
fn share_of(kind: &KindOpen) -> Message {
    let share = kind.while_closed.unwrap_or(0.0);
    match kind.while_closed_most {
        // Down to the next per cent: at least is no rounding up.
        Some(_) => msg!("hours-at-least", share = Arg::share((100.0 * share).floor() / 100.0, 0)),
        None => msg!("hours-share", share = Arg::share(share, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_of_even_bands_is_chance_and_not_the_busiest() {
        let known = |n: [u64; 8]| n.map(Cell::Known);
        let of = |n: [u64; 8]| clearly_largest(&known(n), Cell::Known(n.iter().sum()));
        assert_eq!(of([50, 52, 48, 61, 50, 47, 49, 51]), None);
        assert_eq!(of([50, 52, 48, 120, 50, 47, 49, 51]), Some((120, 3)));
    }
}
