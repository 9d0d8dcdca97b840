use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::words::{decimal, thousands};
use crate::analyses::Figure;
use crate::model::{Body, Row, Table};
use crate::study::{Area, Study};
use crate::units::{Cell, Polarity};

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
        let mut caveats = vec![
            "An estimate and no count: the share found in a national survey, times the women who live here. What is different here is not in it.".to_owned(),
            "Women are taken to be as old as all residents of their area, and four fifths of those aged 15 to 19 as 16 or over, where tables give sex and age apart.".to_owned(),
        ];
        caveats.extend(measures.iter().map(|p| {
            let seen = if p.verified == "yes" {
                ""
            } else {
                " The figure has not been checked in the publisher's own page: check it before you print it."
            };
            format!(
                "{}: {}, {}, {}; {} % ({}, {}). {}{seen}",
                p.label, p.source, p.published, p.area, p.percent, p.period, p.interval_of, p.caveat
            )
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
            .map(|p| [hundred(total), hundred(total * p.lower / 100.0), hundred(total * p.upper / 100.0)].map(Some).to_vec());
        let table = CountTable::new(rows.collect());
        vec![Draft::new(head, table, Facts { area_name: study.about.area_name.clone(), measures }, tell)]
    }
}

/// To the nearest hundred: a survey says no more.
fn hundred(people: f64) -> u64 {
    (people / 100.0).round() as u64 * 100
}

/// What everyone may know.
struct Facts {
    area_name: String,
    measures: Vec<Prevalence>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let (mut sentences, mut figures) = (Vec::new(), Vec::new());
    for (i, p) in facts.measures.iter().enumerate() {
        figures.push(Figure::new("percent", p.percent));
        let texts = [&p.label, &p.group, &p.period, &p.area, &p.source, &p.published, &p.interval_of, &p.caveat];
        figures.extend(texts.into_iter().flat_map(|text| Figure::in_text("of the survey", text)));
        let (Cell::Known(low), Cell::Known(high)) = (released.at(i, 1), released.at(i, 2)) else { continue };
        // Limits that only come from rounding would read as the margin of the survey, which is wider: then one number is given.
        let rounded = p.interval_of == "rounding only";
        let middle = released.at(i, 0).known().map(|women| hundred(women as f64 * p.percent / 100.0));
        let range = match middle.filter(|_| rounded || low == high) {
            Some(middle) => format!("about {}", thousands(middle)),
            None => format!("between {} and {}", thousands(low), thousands(high)),
        };
        let share = if rounded || p.lower == p.upper {
            decimal(p.percent, 1)
        } else {
            format!("{} to {}", decimal(p.lower, 1), decimal(p.upper, 1))
        };
        let margin = if rounded { ", without the margin of error of the survey" } else { "" };
        figures.extend(middle.map(|n| Figure::new("estimate", n as f64)));
        figures.extend(
            [("percent", p.percent), ("percent, lower", p.lower), ("percent, upper", p.upper)].map(|(what, n)| Figure::new(what, n)),
        );
        sentences.push(format!(
            "{}: {range} {} in {} would be expected to have been harmed, were things here as in {} ({share} %, {}). This is an estimate{margin}.",
            p.label, p.group, facts.area_name, p.area, p.period
        ));
    }
    let label = |p: &Prevalence| format!("{} (range of {})", p.label, p.interval_of.trim_end_matches(" only"));
    let rows = facts.measures.iter().enumerate().map(|(i, p)| Row { code: None, label: label(p), cells: released.row(i) }).collect();
    let columns = ["Women aged 16 and over", "Estimate, lower", "Estimate, upper"].map(str::to_owned).to_vec();
    figures.extend([15.0, 16.0, 19.0].map(|age| Figure::new("age", age)));
    Telling {
        headline: "How many women would be expected to have been harmed in a year".into(),
        subtitle: format!("Estimates from national surveys, {}, to the nearest hundred", facts.area_name),
        sentences,
        figures,
        body: Body::Table(Table { row_heading: "Measure".into(), columns, months: vec![], breaks: vec![], rows }),
    }
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
