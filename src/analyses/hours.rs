use schemars::JsonSchema;
use serde::Deserialize;

use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::largest::largest;
use super::words::{capital, counted, decimal, mid_sentence, slug, thousands};
use super::{Analysis, Figure};
use crate::model::{Body, DayRow, KindOpen, WeekClock};
use crate::sources::Topic;
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
    let direct = provision.types().into_iter().filter(|t| !t.confidential && ["crisis", "support", "recovery"].contains(&t.stage.as_str()));
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
            Topic::PlaceReports => (
                "self-reported",
                "Reports tell when people felt unsafe in public, not when they wanted a service: one that is open by day may be right for who was afraid at night.",
            ),
            Topic::Incidents | Topic::Referrals => (
                "recorded",
                "An hour is when it happened or when it was told, as the source has it; much of what happens at home has none.",
            ),
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
            caveats: vec![
                caveat.into(),
                "The small hours of a Saturday belong to Friday's night out. Hours are those of the months told, with the dates and bank holidays that the records name; the picture shows what is open in more than half of the weeks."
                    .into(),
            ],
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
    let shares: Vec<Option<f64>> = clock.kinds.iter().map(|k| clock.while_closed(k)).collect();
    clock.kinds.iter_mut().zip(shares).for_each(|(k, share)| k.while_closed = share);

    let percent = |share: f64| decimal(100.0 * share, 0);
    let mut sentences = Vec::new();
    let peak = largest(&clock.by_band, clock.total).and_then(|b| Some((clock.by_band[b].known()?, b)));
    let mut figures = Vec::new();
    let mut headline = format!("When {} are about, and what is open then", facts.unit);
    if let (Some((most, band)), Some(all)) = (peak, clock.total.known().filter(|n| *n > 0)) {
        figures.push(Figure::new("share of the busiest three hours", most as f64 / all as f64));
        headline = format!("{} are most often about {}", capital(facts.unit), clock.bands[band]);
        sentences.push(format!(
            "Of {} {} with a known hour, {} % are about {}.",
            thousands(all),
            facts.unit,
            percent(most as f64 / all as f64),
            clock.bands[band]
        ));
    }
    let single: Vec<&DayRow> = clock.days.iter().filter(|d| d.weekdays.len() == 1).collect();
    let each: Vec<Cell<u64>> = single.iter().flat_map(|d| d.cells.iter().copied()).collect();
    let of_days = Cell::sum(&single.iter().map(|d| d.total).collect::<Vec<_>>());
    if let Some((at, n)) = largest(&each, of_days).and_then(|at| Some((at, each[at].known()?))) {
        let (day, band) = (single[at / bands], &clock.bands[at % bands]);
        sentences.push(format!("The three hours of the week with most are {} {band} ({} {}).", day.label, thousands(n), facts.unit));
    }
    let mut closed: Vec<(f64, &KindOpen)> = clock.kinds.iter().filter(|k| k.crisis).filter_map(|k| Some((k.while_closed?, k))).collect();
    closed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.label.cmp(&b.1.label)));
    for (share, kind) in closed.iter().filter(|c| c.0 > 0.0).take(3) {
        sentences.push(format!(
            "{} % of them fall into hours when no listed service of this kind is open: {}.",
            percent(*share),
            mid_sentence(&kind.label)
        ));
    }
    let unknown = clock.kinds.iter().filter(|k| k.unknown > 0).count();
    if unknown > 0 {
        figures.push(Figure::new("kinds of service with hours not known", unknown as f64));
        let kinds = counted(unknown, "kind of service", "kinds of service");
        sentences.push(format!("Of {kinds} the hours are not known in full."));
    }
    let words = if facts.unit == "reports" { "Reports of feeling unsafe in public".to_owned() } else { capital(facts.unit) };
    Telling {
        headline,
        subtitle: format!("{words} by three hours of the clock, and hours open, {}, {}", facts.area_name, facts.period.label()),
        sentences,
        figures,
        body: Body::WeekClock(clock),
    }
}
