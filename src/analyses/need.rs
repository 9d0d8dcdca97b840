use schemars::JsonSchema;
use serde::Deserialize;

use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::{Analysis, Figure};
use crate::model::{Arg, Body, Message, Row, Table};
use crate::msg;
use crate::study::{Area, Study};
use crate::units::{Cell, People, Polarity, capital};

/// The settings of a `need` analysis.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Need {
    /// Ids of rows of `data/need/prevalence.csv`; all of them where the list is empty.
    pub measures: Vec<String>,
}

/// A row of the table of prevalence.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Prevalence {
    pub id: String,
    label: String,
    group: String,
    pub percent: f64,
    pub lower: f64,
    pub upper: f64,
    interval_of: String,
    pub period: String,
    pub area: String,
    pub source: String,
    published: String,
    verified: String,
    caveat: String,
}

pub(super) fn prevalences() -> Vec<Prevalence> {
    let text = include_str!("../../data/need/prevalence.csv");
    crate::units::records(text)
}

/// Women aged 16 and over; `None` where the tables of residents do not give both sex and age.
pub(super) fn women_16_plus(area: &Area) -> Option<f64> {
    if let Some(known) = area.residents.get("female 16+") {
        return Some(*known);
    }
    let (women, all) = (area.residents.get("female")?, area.residents.get("all")?);
    let bands = area.residents.iter().filter_map(|(group, n)| Some((band(group)?, n)));
    let (mut adults, mut everyone) = (0.0, 0.0);
    for ((from, to), n) in bands {
        // Of the years of a band those from 16 on; an open band begins later.
        let share = if from >= 16 { 1.0 } else { (f64::from(to) - 15.0).max(0.0) / f64::from(to - from + 1) };
        adults += n * share;
        everyone += n;
    }
    (everyone > 0.0 && *all > 0.0).then(|| women * adults / everyone)
}

impl Prevalence {
    /// A percentage of the survey, as it prints them.
    fn share(&self, percent: f64) -> Arg {
        Arg::Percent(percent, 1)
    }
}

/// First and last year of a band such as `age 15-19` or `age 85+`.
pub(super) fn band(group: &str) -> Option<(u32, u32)> {
    let years = group.strip_prefix("age ")?;
    match years.strip_suffix('+') {
        Some(from) => Some((from.parse().ok()?, 120)),
        None => {
            let (from, to) = years.split_once('-')?;
            Some((from.parse().ok()?, to.parse().ok()?))
        }
    }
}

impl Analysis for Need {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let women: Option<Vec<f64>> = study.areas.list.iter().map(women_16_plus).collect();
        let (Some(women), Some(source)) = (women.filter(|w| !w.is_empty()), study.areas.population_source) else { return vec![] };
        let wanted = |p: &Prevalence| self.measures.is_empty() || self.measures.contains(&p.id);
        let measures: Vec<Prevalence> = prevalences().into_iter().filter(wanted).collect();
        if measures.is_empty() {
            return vec![];
        }
        let ages = msg!("need-caveat-ages", part = Arg::share(0.8, 0), from = 15_usize, to = 19_usize, adult = 16_usize);
        let mut caveats = vec![msg!("need-caveat-estimate"), ages];
        caveats.extend(measures.iter().map(|p| {
            let source = msg!(
                "need-caveat-source",
                label = &p.label,
                source = &p.source,
                published = &p.published,
                country = &p.area,
                share = p.share(p.percent),
                period = &p.period,
                interval_of = &p.interval_of,
                caveat = &p.caveat
            );
            if p.verified == "yes" { source } else { source.then(msg!("need-caveat-unverified")) }
        }));
        let head = DraftHead {
            id: "need/estimated".into(),
            analysis: "need",
            sources: vec![study.source_ref(source)],
            period: study.about.period,
            polarity: Polarity::Ambiguous,
            status: "estimate".into(),
            caveats,
        };
        let total: f64 = women.iter().sum();
        let rows = measures
            .iter()
            .map(|p| [hundred(total), as_told(total * p.lower / 100.0), as_told(total * p.upper / 100.0)].map(Some).to_vec());
        let table = CountTable::new(rows.collect());
        vec![Draft::new(head, table, Facts { area_name: study.about.area_name.clone(), measures }, tell)]
    }
}

/// To the nearest hundred: a survey says no more.
fn hundred(people: f64) -> u64 {
    (people / 100.0).round() as u64 * 100
}

/// Women whom a survey would expect, as every analysis tells them: to the nearest hundred, and to the nearest ten under a thousand. One estimate that
/// is rounded in two ways would read as two.
pub(super) fn as_told(women: f64) -> u64 {
    if women < 1_000.0 { (women / 10.0).round() as u64 * 10 } else { hundred(women) }
}

/// What everyone may know.
struct Facts {
    area_name: String,
    measures: Vec<Prevalence>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let sentences = facts.measures.iter().enumerate().filter_map(|(i, p)| sentence(facts, p, &released.row(i))).collect();
    // Reports lay them out, measure by measure.
    let middles = facts.measures.iter().enumerate().filter_map(|(i, p)| middle(p, released.at(i, 0)));
    let figures = middles.map(|n| Figure::new("estimate", n as f64)).collect();
    let label = |p: &Prevalence| format!("{} (range of {})", p.label, p.interval_of.trim_end_matches(" only"));
    let rows = facts.measures.iter().enumerate().map(|(i, p)| Row { code: None, label: label(p), cells: released.row(i) }).collect();
    let columns = vec![capital(People::WomenFrom16.name()), "Estimate, lower".into(), "Estimate, upper".into()];
    Telling {
        headline: msg!("need-headline"),
        subtitle: msg!("need-subtitle", area = &facts.area_name),
        sentences,
        figures,
        body: Body::Table(Table { row_heading: "Measure".into(), columns, months: vec![], breaks: vec![], rows }),
    }
}

/// The estimate between its limits.
fn middle(p: &Prevalence, women: Cell<u64>) -> Option<u64> {
    women.known().map(|women| as_told(women as f64 * p.percent / 100.0))
}

fn sentence(facts: &Facts, p: &Prevalence, cells: &[Cell<u64>]) -> Option<Message> {
    let [women, Cell::Known(low), Cell::Known(high)] = cells else { return None };
    // Limits that only come from rounding would read as the margin of the survey, which is wider: then one number is given.
    let rounded = p.interval_of == "rounding only";
    let range = match middle(p, *women).filter(|_| rounded || low == high) {
        Some(middle) => msg!("need-about", women = middle),
        None => msg!("need-between", low = *low, high = *high),
    };
    let share = match rounded || p.lower == p.upper {
        true => p.share(p.percent),
        false => msg!("need-share", low = p.share(p.lower), high = p.share(p.upper)).into(),
    };
    let (label, country, group, area, period) = (&p.label, &p.area, &p.group, &facts.area_name, &p.period);
    Some(match rounded {
        true => msg!(
            "need-estimate-without-margin",
            label = label,
            country = country,
            range = range,
            group = group,
            area = area,
            share = share,
            period = period
        ),
        false => msg!(
            "need-estimate",
            label = label,
            country = country,
            range = range,
            group = group,
            area = area,
            share = share,
            period = period
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{band, prevalences};

    #[test]
    fn bands_of_age_are_read_and_every_figure_has_its_source_and_date() {
        assert_eq!(band("age 15-19"), Some((15, 19)));
        assert_eq!(band("age 85+"), Some((85, 120)));
        assert_eq!(band("female"), None);
        let all = prevalences();
        assert!(all.len() >= 3);
        for p in all {
            assert!(!p.source.is_empty() && p.published.len() == 10 && p.lower <= p.percent && p.percent <= p.upper, "{p:?}");
        }
    }
}
