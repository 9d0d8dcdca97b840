mod limits;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::words::slug;
use crate::model::{Arg, Body, Message, Parity, ParityDimension, ParityGroup};
use crate::msg;
use crate::sources::service_type;
use crate::stats::group_and_rest::{GroupAndRest, Way};
use crate::study::{Study, UserDimension, Users};
use crate::units::{Cell, Estimate, Period, Polarity};

/// The settings of a `parity` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ParitySettings {
    /// Coverage of all intervals of a table together.
    pub level: f64,
}

impl Default for ParitySettings {
    fn default() -> Self {
        Self { level: 0.95 }
    }
}

/// So many groups are named in sentences.
const MOST_NAMED: usize = 4;
/// Of more groups than these a title gives the number and no names.
const MOST_IN_TITLE: usize = 3;

impl Analysis for ParitySettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        study.users.iter().map(|u| self.draft(study, u)).collect()
    }
}

impl ParitySettings {
    fn draft(&self, study: &Study, users: &Users) -> Draft {
        // One table for all dimensions: their totals are the same people, and are protected together.
        let mut rows: Vec<Vec<Option<u64>>> = Vec::new();
        let mut sums: Vec<Vec<(usize, usize)>> = Vec::new();
        let mut places: Vec<Place> = Vec::new();
        let mut totals: Vec<(u64, usize)> = Vec::new();
        // Which counts whoever made the table keeps back.
        let mut kept_back: Vec<bool> = Vec::new();
        let mut push = |rows: &mut Vec<Vec<Option<u64>>>, users: Cell<u64>| {
            rows.push(vec![users.known()]);
            kept_back.push(users == Cell::Withheld);
            rows.len() - 1
        };
        for dimension in &users.dimensions {
            let first = rows.len();
            dimension.groups.iter().for_each(|g| _ = push(&mut rows, g.users));
            let not_known = (dimension.not_known != Cell::NotApplicable).then(|| push(&mut rows, dimension.not_known));
            let mut sum: Vec<(usize, usize)> = (first..rows.len()).map(|row| (row, 0)).collect();
            let all = dimension.total();
            let total = totals.iter().find(|t| all.known() == Some(t.0)).map(|t| t.1).unwrap_or_else(|| {
                let row = push(&mut rows, all);
                totals.extend(all.known().map(|n| (n, row)));
                row
            });
            sum.push((total, 0));
            sums.push(sum);
            places.push(Place { first, not_known, total });
        }
        let table = CountTable::new(rows).keeping_back(0, &kept_back);
        let table = sums.into_iter().fold(table, CountTable::with_sum).named(names(users, &places));
        let source = study.source_ref(users.source);
        let service = service_type(&users.service).map_or(String::new(), |t| t.label.clone());
        let what = if users.service.is_empty() { "all-services".to_owned() } else { slug(&users.service) };
        let head = DraftHead {
            id: format!("parity/{}/{what}", slug(&source.name)),
            analysis: "parity",
            sources: vec![source],
            period: users.period,
            polarity: Polarity::Ambiguous,
            status: "recorded".into(),
            caveats: vec![msg!("parity-caveat-need", reference = &users.reference), msg!("parity-caveat-together")],
        };
        let groups: usize = users.dimensions.iter().map(|d| d.groups.len()).sum();
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            service,
            reference: users.reference.clone(),
            period: users.period,
            level: 1.0 - (1.0 - self.level.clamp(0.5, 0.999)) / groups.max(1) as f64,
            together: self.level,
            restricted: !study.source_ref(users.source).sensitivity.is_open(),
            // What a population counts is mostly known to all; what users there are is not, and stays behind.
            dimensions: users.dimensions.iter().zip(places).map(|(d, place)| (known_of(d), place)).collect(),
        };
        Draft::new(head, table, facts, tell)
    }
}

/// What each row of the table counts, in words: the ledger of releases knows it by them.
fn names(users: &Users, places: &[Place]) -> Vec<String> {
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    for (d, place) in users.dimensions.iter().zip(places) {
        names.extend(d.groups.iter().zip(place.first..).map(|(g, row)| (row, format!("{}: {}", d.name, g.name))));
        names.extend(place.not_known.map(|row| (row, format!("{}: not known", d.name))));
        // Whether two totals are the same number to the last person is nobody's business: each has its name, on a line of its own.
        let total = names.entry(place.total).or_default();
        if !total.is_empty() {
            total.push('\n');
        }
        total.push_str(&format!("{}: total", d.name));
    }
    names.into_values().collect()
}

/// Rows of a dimension in the table of counts.
struct Place {
    first: usize,
    not_known: Option<usize>,
    total: usize,
}

/// The name of a dimension, and of each of its groups the name and population.
type Known = (String, Vec<(String, Option<f64>)>);

fn known_of(dimension: &UserDimension) -> Known {
    (dimension.name.clone(), dimension.groups.iter().map(|g| (g.name.clone(), g.population)).collect())
}

struct Facts {
    area_name: String,
    service: String,
    reference: String,
    period: Period,
    level: f64,
    together: f64,
    /// Whether the return is restricted: then the populations that it tells are, too.
    restricted: bool,
    dimensions: Vec<(Known, Place)>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let dimension = |((name, groups), place): &(Known, Place)| {
        let group = |(i, (name, population)): (usize, &(String, Option<f64>))| ParityGroup {
            name: name.clone(),
            users: released.at(place.first + i, 0),
            population: population.map_or(Cell::Missing, Cell::Known),
            ratio: Cell::Missing,
        };
        let mut told = ParityDimension {
            name: name.clone(),
            groups: groups.iter().enumerate().map(group).collect(),
            not_known: place.not_known.map_or(Cell::NotApplicable, |row| released.at(row, 0)),
            total: released.at(place.total, 0),
        };
        if facts.restricted {
            limits::keep_back(&mut told);
        }
        let ratios: Vec<_> = told.groups.iter().map(|g| ratio(&told, g, facts.level)).collect();
        told.groups.iter_mut().zip(ratios).for_each(|(g, ratio)| g.ratio = ratio);
        told
    };
    let dimensions: Vec<ParityDimension> = facts.dimensions.iter().map(dimension).collect();
    let each = || dimensions.iter().flat_map(|d| d.groups.iter().map(move |g| (d, g)));
    let mut fewer: Vec<_> = each().filter_map(|(d, g)| Some((d, g, g.ratio.known().filter(|r| r.upper < 1.0)?))).collect();
    fewer.sort_by(|a, b| a.2.value.total_cmp(&b.2.value));
    let mut sentences: Vec<Message> = fewer.iter().take(MOST_NAMED).map(|(d, g, r)| under(facts, d, g, r)).collect();
    let (judged, groups) = (each().filter(|(_, g)| g.ratio.known().is_some()).count(), each().count());
    // Where most groups cannot be judged, that none stands out among the others says nothing.
    let told = !fewer.is_empty() || (judged > 0 && 2 * judged >= groups);
    if fewer.is_empty() {
        let nobody = dimensions.iter().all(|d| d.total == Cell::Known(0));
        sentences.push(match (told, groups - judged) {
            (false, _) if nobody => msg!("parity-no-users", period = facts.period),
            (false, _) => msg!("parity-not-known"),
            (true, 0) => msg!("parity-none", groups = judged),
            (true, others) => msg!("parity-none-of-known", groups = judged, others = others),
        });
    }
    let more: Vec<Message> =
        each().filter(|(_, g)| g.ratio.known().is_some_and(|r| r.lower > 1.0)).map(|(_, g)| msg!("mid", text = &g.name)).collect();
    sentences.extend((!more.is_empty()).then(|| msg!("parity-over", groups = more)));
    let more_than_people = |g: &ParityGroup| g.users.known().zip(g.population.known()).is_some_and(|(n, people)| n as f64 > people);
    let odd: Vec<Message> = each().filter(|(_, g)| more_than_people(g)).map(|(_, g)| msg!("mid", text = &g.name)).collect();
    sentences.extend((!odd.is_empty()).then(|| msg!("parity-more-than-people", groups = odd, reference = &facts.reference)));
    for d in &dimensions {
        if let (Some(n), Some(all)) = (d.not_known.known().filter(|n| *n > 0), d.total.known().filter(|n| *n > 0)) {
            let share = Arg::share(n as f64 / all as f64, 0);
            sentences.push(msg!("parity-not-recorded", dimension = &d.name, users = n, total = all, share = share));
        }
    }
    let names: Vec<Message> = fewer.iter().map(|(_, g, _)| msg!("mid", text = &g.name)).collect();
    let service = if facts.service.is_empty() { msg!("parity-all-services") } else { msg!("mid", text = &facts.service) };
    Telling {
        headline: match fewer.len() {
            0 if !told => msg!("parity-headline-not-known", service = service),
            0 => msg!("parity-headline-none", service = service),
            n if n > MOST_IN_TITLE => msg!("parity-headline", groups = n, service = service),
            _ => msg!("parity-headline-named", names = names, service = service),
        },
        subtitle: msg!("parity-subtitle", reference = &facts.reference, area = &facts.area_name, period = facts.period),
        sentences,
        figures: vec![],
        body: Body::Parity(Parity {
            service: facts.service.clone(),
            reference: facts.reference.clone(),
            level: facts.level,
            together: facts.together,
            dimensions,
        }),
    }
}

/// A group that uses it less than its number suggests.
fn under(facts: &Facts, dimension: &ParityDimension, group: &ParityGroup, ratio: &Estimate) -> Message {
    let share = |share: Option<f64>| share.map_or_else(|| msg!("parity-unknown-share").into(), |s| Arg::share(s, 0));
    let number = |x: f64| Arg::Number(x, 2);
    msg!(
        "parity-under",
        dimension = &dimension.name,
        group = &group.name,
        share_of_users = share(dimension.share_of_users(group)),
        share_of_people = share(dimension.share_of_population(group)),
        reference = &facts.reference,
        ratio = number(ratio.value),
        lower = number(ratio.lower),
        upper = number(ratio.upper)
    )
}

/// `(u / p) / (Σu / Σp)` with sums over the other groups of which counts are known, the group against everybody else: against all, which it is part of, a group hides a part of itself. Mid-p limits of the
/// group's share of users; population counts are taken as they are. Where nobody else is a user there is no ratio.
fn ratio(dimension: &ParityDimension, group: &ParityGroup, level: f64) -> Cell<Estimate> {
    if group.users == Cell::Withheld {
        return Cell::Withheld;
    }
    let (Some(own), Some(users)) = (group.population.known().filter(|p| *p > 0.0), group.users.known()) else { return Cell::Missing };
    if dimension.groups.len() < 2 {
        return Cell::NotApplicable;
    }
    let Some((rest_events, rest_exposure)) = dimension.rest_beside(group) else { return Cell::Missing };
    let sides = GroupAndRest { events: users, exposure: own, rest_events, rest_exposure };
    Cell::applicable(sides.limits(level, Way::MidP).filter(|r| r.value.is_finite() && r.upper.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_held_against_all_others() {
        let group = |name: &str, users, population| ParityGroup {
            name: name.into(),
            users: Cell::Known(users),
            population: Cell::Known(population),
            ratio: Cell::Missing,
        };
        let d = ParityDimension {
            name: "Age".into(),
            groups: vec![group("young", 50, 1000.0), group("old", 10, 1000.0), group("middle", 40, 500.0)],
            not_known: Cell::Known(20),
            total: Cell::Known(120),
        };
        let ratio = |i: usize| super::ratio(&d, &d.groups[i], 0.95).known().unwrap();
        assert!((ratio(0).value - (50.0 / 1000.0) / (50.0 / 1500.0)).abs() < 1e-12);
        assert!((ratio(1).value - (10.0 / 1000.0) / (90.0 / 1500.0)).abs() < 1e-12 && ratio(1).upper < 1.0);
        assert!(ratio(2).lower > 1.0);
        // A group as large as all others together, used as they are: nothing to tell.
        let even = ParityDimension { groups: vec![group("one", 30, 500.0), group("other", 30, 500.0)], total: Cell::Known(80), ..d };
        let one = super::ratio(&even, &even.groups[0], 0.95).known().unwrap();
        assert!((one.value - 1.0).abs() < 1e-12 && one.lower < 1.0 && one.upper > 1.0);
    }

    /// Of two groups each is all that the other is held against, whatever rounding and unknown groups do to the total.
    #[test]
    fn of_two_groups_the_ratios_are_reciprocals() {
        let group = |name: &str, users, population| ParityGroup {
            name: name.into(),
            users,
            population: Cell::Known(population),
            ratio: Cell::Missing,
        };
        let d = ParityDimension {
            name: "Disability".into(),
            groups: vec![group("Disabled", Cell::Known(45), 21_270.0), group("Not disabled", Cell::Known(485), 80_016.0)],
            not_known: Cell::Known(75),
            total: Cell::Known(600),
        };
        let ratio = |d: &ParityDimension, i: usize| super::ratio(d, &d.groups[i], 0.95);
        let (one, other) = (ratio(&d, 0).known().unwrap(), ratio(&d, 1).known().unwrap());
        assert!((one.value * other.value - 1.0).abs() < 1e-12, "{} {}", one.value, other.value);
        assert!((other.value - (485.0 / 80_016.0) / (45.0 / 21_270.0)).abs() < 1e-12);
        // A group whose count is withheld is no part of the rest; where it is all of it, there is none.
        let hidden = ParityDimension { groups: vec![d.groups[1].clone(), group("Disabled", Cell::Withheld, 21_270.0)], ..d };
        assert_eq!((ratio(&hidden, 0), ratio(&hidden, 1)), (Cell::Missing, Cell::Withheld));
    }

    /// Users drawn with a fifth of the rate of others: the ratio of each draw lies about a fifth, and its mean within 0.02 of it.
    #[test]
    fn a_group_that_is_reached_a_fifth_as_much_has_a_ratio_of_a_fifth() {
        use rand::SeedableRng;
        use rand_distr::{Distribution, Poisson};
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(3);
        let people = [30_000.0, 50_000.0, 20_000.0];
        for planted in [0.2, 0.4] {
            let rates = [0.004 * planted, 0.004, 0.004];
            let mut told = |_| {
                let users: Vec<u64> = (0..3).map(|i| Poisson::new(people[i] * rates[i]).unwrap().sample(&mut random) as u64).collect();
                let groups = (0..3).map(|i| ParityGroup {
                    name: i.to_string(),
                    users: Cell::Known(users[i]),
                    population: Cell::Known(people[i]),
                    ratio: Cell::Missing,
                });
                let total = Cell::Known(users.iter().sum());
                let d = ParityDimension { name: "Group".into(), groups: groups.collect(), not_known: Cell::NotApplicable, total };
                super::ratio(&d, &d.groups[0], 0.95).known().unwrap()
            };
            let found: Vec<Estimate> = (0..400).map(&mut told).collect();
            let mean = found.iter().map(|r| r.value).sum::<f64>() / 400.0;
            let covered = found.iter().filter(|r| (r.lower..=r.upper).contains(&planted)).count() as f64 / 400.0;
            assert!((mean - planted).abs() < 0.02 && (0.92..=0.98).contains(&covered), "{mean} {covered}");
        }
    }
}
