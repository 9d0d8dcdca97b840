//! What is known of a category: its label, its polarity, and what it is not (`data/definitions/indicators.csv`).

use super::draft::DraftHead;
use super::said;
use super::words::slug;
use crate::model::Message;
use crate::sources::Topic;
use crate::study::{Dataset, Forms, Study};
use crate::units::{Month, Period, Polarity};

/// A category of one dataset, as a report speaks of it.
#[derive(Clone, Debug)]
pub(super) struct Indicator {
    /// Positions of its categories in the dataset; all where empty.
    pub categories: Vec<u32>,
    /// How a report names it.
    pub label: String,
    /// `recorded`, `proxy` or `self-reported`.
    pub status: String,
    /// What a rise means.
    pub polarity: Polarity,
    /// What the numbers are not.
    pub note: String,
    /// The forms of violence that it records.
    pub forms: Forms,
}

impl Indicator {
    /// Whether it may stand for the need of a service: for one form of violence what records that form, for any what records all of them.
    pub fn stands_for(&self, form: &str) -> bool {
        self.forms.hold(form)
    }

    /// The head of an answer about the rates of areas; its caveats end with what the numbers are not.
    pub fn head_by_area(
        &self,
        study: &Study,
        dataset: &Dataset,
        analysis: &'static str,
        period: Period,
        mut caveats: Vec<Message>,
    ) -> DraftHead {
        caveats.extend((!self.note.is_empty()).then(|| Message::as_written(&self.note)));
        caveats.extend(said::undated(study, dataset, &self.categories));
        let source = study.source_ref(dataset.source);
        DraftHead {
            id: format!("{analysis}/{}/{}/areas", slug(&source.name), slug(&self.label)),
            analysis,
            sources: study.sources_of_rate(dataset),
            period,
            polarity: self.polarity,
            status: self.status.clone(),
            caveats,
        }
    }
}

/// The categories of incidents that every source of a rate tells openly: for what no tier tells of restricted events, such as areas month by month.
pub(super) fn open_incidents<'s>(study: &'s Study, wanted: &[String]) -> Vec<(&'s Dataset, Indicator)> {
    let open = |d: &&Dataset| d.topic == Topic::Incidents && study.sources_of_rate(d).iter().all(|s| s.sensitivity.is_open());
    let open = study.datasets.iter().filter(open);
    open.flat_map(|dataset| headlines(study, dataset, wanted).into_iter().map(move |indicator| (dataset, indicator))).collect()
}

/// The months from the latest break of a series on, and the first month of that break; `None` where they are fewer than `fewest`.
pub(super) fn months_since_break(
    study: &Study,
    dataset: &Dataset,
    indicator: &Indicator,
    fewest: usize,
) -> Option<(Period, Option<Month>)> {
    let latest = study.breaks_of(dataset, &indicator.categories).iter().map(|b| b.first_month).max();
    let months = Period::new(latest.unwrap_or(dataset.period.first), dataset.period.last)?;
    (months.len() >= fewest).then_some((months, latest))
}

/// Above this many categories, a dataset without headline categories is told only as a whole.
const MOST_HEADLINES: usize = 6;

/// The categories of a dataset that a report tells one by one.
///
/// Those that the plan names; else those that the definitions mark as headlines; else all, where they are few; else the whole.
pub(super) fn headlines(study: &Study, dataset: &Dataset, wanted: &[String]) -> Vec<Indicator> {
    let kind = study.sources[dataset.source].kind;
    let of = |(i, name): (usize, &String)| describe(kind, name, i as u32);
    let all = || dataset.categories.iter().enumerate();
    if !wanted.is_empty() {
        return all().filter(|(_, n)| wanted.iter().any(|w| w.eq_ignore_ascii_case(n))).map(|c| of(c).0).collect();
    }
    let mut marked: Vec<(Indicator, usize)> = all().map(of).filter_map(|(i, headline)| Some((i, headline?))).collect();
    if !marked.is_empty() {
        // In the order of the definitions: what matters most comes first.
        marked.sort_by_key(|m| m.1);
        return marked.into_iter().map(|m| m.0).collect();
    }
    if (1..=MOST_HEADLINES).contains(&dataset.categories.len()) {
        return all().map(|c| of(c).0).collect();
    }
    vec![whole()]
}

/// All categories together.
pub(super) fn whole() -> Indicator {
    Indicator {
        categories: vec![],
        label: "All categories".into(),
        status: "recorded".into(),
        polarity: Polarity::Ambiguous,
        note: String::new(),
        forms: Forms::Any,
    }
}

/// The forms of a row of the definitions: `any`, or some of them.
fn defined(forms: &str) -> Forms {
    let named = forms.split("; ").filter(|f| !f.is_empty()).map(str::to_owned);
    if forms == "any" { Forms::Any } else { Forms::These(named.collect()) }
}

/// A category, and its row in the definitions where they mark it as a headline.
fn describe(kind: &str, name: &str, position: u32) -> (Indicator, Option<usize>) {
    let text = include_str!("../../data/definitions/indicators.csv");
    let mut rows = crate::units::rows(text).into_iter().enumerate();
    let found = rows.find(|(_, row)| &row[1] == kind && row[0].eq_ignore_ascii_case(name));
    let plain = Indicator { categories: vec![position], label: name.to_owned(), forms: Forms::named_in(name), ..whole() };
    match found {
        None => (plain, None),
        Some((at, row)) => {
            let polarity = match &row[4] {
                "worse" => Polarity::Worse,
                "better" => Polarity::Better,
                _ => Polarity::Ambiguous,
            };
            (
                Indicator { label: row[2].into(), status: row[3].into(), polarity, note: row[6].into(), forms: defined(&row[7]), ..plain },
                (&row[5] == "yes").then_some(at),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_stands_for_the_need_of_services_of_its_own_harm() {
        let stands = |kind: &str, category: &str, form: &str| describe(kind, category, 0).0.stands_for(form);
        assert!(stands("mps-wide", "Rape", "sexual violence") && !stands("mps-wide", "Rape", "domestic abuse"));
        assert!(!stands("mps-wide", "Rape", ""), "a service of no single form");
        for form in ["domestic abuse", "sexual violence", ""] {
            assert!(stands("police-uk-street", "Violence and sexual offences", form), "{form}");
            assert!(!stands("events-csv", "Burglary", form), "{form}");
        }
        assert!(stands("events-csv", "Domestic abuse", "domestic abuse") && !stands("events-csv", "Domestic abuse", "sexual violence"));
        assert!(stands("events-csv", "Violence against the person", "domestic abuse"));
    }
}
