//! Who can come by bus and train while a service is open, and be home again.

mod maps;
mod state;
mod steps;
mod tell;
mod week;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::coverage::places_withheld;
use super::draft::{CountTable, Draft, DraftHead};
use super::need::women_16_plus;
use super::travel::trips_lost;
use crate::model::Arg;
use crate::msg;
use crate::sources::ServiceType;
use crate::study::{Asked, Hour, Provision, Study, Transit, WEEK};
use crate::units::{Month, Polarity};
pub(super) use state::{KindHours, OpenHours};

/// The settings of a `last-bus` analysis.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LastBusSettings {
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
    /// Types, by id; all with a site that people come to where the list is empty.
    pub types: Vec<String>,
}

/// A part of the week: its id, which texts select on, its days and its hours, the last not included.
pub(super) struct Moment {
    pub id: &'static str,
    days: std::ops::Range<usize>,
    hours: std::ops::Range<usize>,
}

/// Parts of the week that are told apart.
const OF_THE_WEEK: [Moment; 4] = [
    Moment { id: "weekday-day", days: 0..5, hours: 9..17 },
    Moment { id: "weekday-evening", days: 0..5, hours: 17..22 },
    Moment { id: "saturday", days: 5..6, hours: 9..22 },
    Moment { id: "sunday", days: 6..7, hours: 9..22 },
];

/// The parts of the week, and bank holidays where the months studied have any of which the timetables speak.
pub(super) fn moments(transit: &Transit) -> Vec<Moment> {
    let holidays = Moment { id: BANK_HOLIDAY, days: WEEK..WEEK + transit.holidays.len(), hours: 9..22 };
    OF_THE_WEEK.into_iter().chain((!transit.holidays.is_empty()).then_some(holidays)).collect()
}

/// The part of bank holidays.
pub(super) const BANK_HOLIDAY: &str = "bank-holiday";

impl Moment {
    /// Its hours.
    pub fn hours(&self) -> impl Iterator<Item = Hour> + '_ {
        self.days.clone().flat_map(|day| self.hours.clone().map(move |hour| Hour { day, hour }))
    }

    /// Shares of its hours in each state, for the people of an area.
    pub fn shares(&self, kind: &KindHours, area: usize) -> [f64; 5] {
        let mut shares = [0.0; 5];
        let each = 1.0 / (self.days.len() * self.hours.len()) as f64;
        self.hours().for_each(|hour| shares[kind.state(hour, area) as usize] += each);
        shares
    }
}

impl Moment {
    /// People by area, added up by state, on average over its hours.
    fn row(&self, kind: &KindHours, weights: &[f64]) -> Vec<Option<u64>> {
        let mut sums = [0.0; 5];
        for (area, weight) in weights.iter().enumerate() {
            sums.iter_mut().zip(self.shares(kind, area)).for_each(|(sum, share)| *sum += weight * share);
        }
        whole_numbers(sums).map(Some).to_vec()
    }
}

/// Who is counted.
pub(super) struct People {
    /// As texts select on it, and part of an id.
    pub whom: &'static str,
    /// By area.
    pub weights: Vec<f64>,
}

impl People {
    /// Women, else residents; and households without a car where the tables of residents give them.
    pub fn of(study: &Study) -> Vec<Self> {
        let residents = || study.areas.residents("all").into_iter().collect::<Option<Vec<f64>>>();
        let women: Option<Vec<f64>> = study.areas.list.iter().map(women_16_plus).collect();
        let first = women.map(|w| ("women", w)).or_else(|| residents().map(|r| ("residents", r)));
        let without_car: Option<Vec<f64>> = study.areas.residents("households without a car").into_iter().collect();
        let all = first.into_iter().chain(without_car.map(|h| ("no-car", h)));
        all.filter(|p| !p.1.is_empty()).map(|(whom, weights)| Self { whom, weights }).collect()
    }
}

impl Analysis for LastBusSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let (Some(transit), Some(source)) = (&study.transit, study.areas.population_source) else { return vec![] };
        let provision = Provision::new(study, &Asked { as_of: self.as_of, ..Asked::default() });
        let asked = provision.types().into_iter().filter(|t| {
            let direct = t.is_direct();
            !t.confidential && if self.types.is_empty() { direct } else { self.types.contains(&t.id) }
        });
        let kinds: Vec<(&'static ServiceType, KindHours)> =
            asked.filter_map(|t| Some((t, KindHours::of(&provision, transit, t)?))).collect();
        if kinds.is_empty() {
            return vec![];
        }
        let mut sources: Vec<usize> = kinds.iter().flat_map(|k| k.1.services().flat_map(|s| s.sources())).collect();
        sources.extend([source, transit.source]);
        sources.sort_unstable();
        sources.dedup();
        let head = |id: String| DraftHead {
            id,
            analysis: "last-bus",
            sources: sources.iter().map(|s| study.source_ref(*s)).collect(),
            period: provision.period(),
            polarity: Polarity::Better,
            status: "population".into(),
            caveats: caveats(study, transit),
        };
        let mut drafts = Vec::new();
        let moments = moments(transit);
        for people in People::of(study) {
            drafts.extend(moments.iter().map(|moment| {
                let facts = tell::Facts {
                    area_name: study.about.area_name.clone(),
                    whom: people.whom,
                    moment: moment.id,
                    labels: kinds.iter().map(|k| k.0.label.clone()).collect(),
                };
                let table = CountTable::new(kinds.iter().map(|k| moment.row(&k.1, &people.weights)).collect());
                Draft::new(head(format!("last-bus/{}/{}", moment.id, people.whom)), table, facts, tell::tell)
            }));
        }
        let without_steps = |t: &'static ServiceType| KindHours::without_steps(&provision, transit, t);
        if transit.tells_steps {
            let kinds: Vec<steps::Kind> = kinds.iter().filter_map(|(t, all)| Some((*t, all, without_steps(t)?))).collect();
            drafts.extend(steps::drafts(study, &kinds, &moments, head));
        }
        drafts.extend(maps::drafts(study, &kinds, !self.types.is_empty(), head));
        drafts.extend(week::drafts(study, &kinds, head));
        drafts
    }

    fn measured(&self, study: &Study) -> Option<String> {
        study.transit.as_ref().map(|t| t.described())
    }
}

/// Parts to whole numbers that add up to their rounded sum: those that lose most by rounding down get one more.
fn whole_numbers(parts: [f64; 5]) -> [u64; 5] {
    let mut whole = parts.map(|n| (n + 1e-6).floor() as u64);
    let all = parts.iter().sum::<f64>().round() as u64;
    let mut order = [0, 1, 2, 3, 4];
    let lost = |i: usize| parts[i] - whole[i] as f64;
    order.sort_by(|a, b| lost(*b).total_cmp(&lost(*a)).then(a.cmp(b)));
    let missing = all.saturating_sub(whole.iter().sum()) as usize;
    order.into_iter().take(missing).for_each(|i| whole[i] += 1);
    whole
}

/// What the numbers are and are not.
fn caveats(study: &Study, transit: &Transit) -> Vec<crate::model::Message> {
    let settings = &transit.settings;
    let minutes = |m: f64| Arg::Number(m, 0);
    let first = &transit.dates[0];
    let day = Month::parse(&first.format("%Y-%m").to_string());
    let day_of_month = u64::from(chrono::Datelike::day(first));
    let mut all = vec![msg!("last-bus-caveat-can", each_way = minutes(settings.each_way_minutes), visit = minutes(settings.visit_minutes))];
    all.extend(day.map(|month| msg!("last-bus-caveat-week", day = day_of_month, month = month)));
    all.extend((transit.holidays_not_covered > 0).then(|| msg!("last-bus-caveat-holidays", days = transit.holidays_not_covered)));
    all.extend((!transit.tells_steps).then(|| msg!("last-bus-caveat-steps-not-told")));
    all.push(msg!("last-bus-caveat-promised"));
    all.push(msg!("last-bus-caveat-phone"));
    all.extend(trips_lost(Some(transit)));
    all.extend(places_withheld(study));
    all
}

#[cfg(test)]
mod tests {
    use super::whole_numbers;

    #[test]
    fn parts_add_up_to_the_whole() {
        assert_eq!(whole_numbers([10.4, 0.3, 0.3, 0.0, 0.0]), [11, 0, 0, 0, 0]);
        assert_eq!(whole_numbers([0.5, 0.5, 0.0, 2.0, 0.0]), [1, 0, 0, 2, 0]);
        assert_eq!(whole_numbers([0.0; 5]), [0; 5]);
        // Five fifths of an hour are an hour.
        assert_eq!(whole_numbers([29.999_999_999, 70.0, 0.0, 0.0, 0.0]), [30, 70, 0, 0, 0]);
    }
}
