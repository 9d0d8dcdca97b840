//! What services are measured by: data, dated and sourced (`data/standards/standards.csv`).

use serde::Deserialize;

use crate::model::{Arg, Standard};
use crate::msg;

/// A row of the file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct StandardRow {
    pub id: String,
    pub service_type: String,
    label: String,
    /// So many `unit` for each `per` of the denominator.
    pub figure: Option<f64>,
    pub per: Option<f64>,
    pub denominator: String,
    pub unit: String,
    pub status: String,
    source: String,
    published: String,
    pub verified: String,
    caveat: String,
}

pub(super) fn standards() -> Vec<StandardRow> {
    let text = include_str!("../../../data/standards/standards.csv");
    crate::units::records(text)
}

impl StandardRow {
    /// As the register prints it.
    pub fn told(&self) -> Standard {
        let (source, published) = (&self.source, &self.published);
        Standard {
            id: self.id.clone(),
            label: match (self.figure, self.per) {
                (Some(figure), Some(per)) => msg!(
                    "gaps-standard-figure",
                    standard = &self.label,
                    figure = figure.to_string(),
                    unit = one_or_more(&self.unit, figure),
                    per = Arg::Number(per, 0),
                    denominator = &self.denominator,
                )
                .into(),
                _ => self.label.as_str().into(),
            },
            status: self.status.clone(),
            source: match self.verified.as_str() {
                "yes" => msg!("gaps-standard-source", source = source, published = published).into(),
                _ => msg!("gaps-standard-source-unchecked", source = source, published = published).into(),
            },
            caveat: self.caveat.clone(),
        }
    }
}

/// A unit as it stands after its number: `1 centre`, `0.4 FTE`.
pub(super) fn one_or_more(unit: &str, n: f64) -> &str {
    unit.strip_suffix('s').filter(|_| n == 1.0).unwrap_or(unit)
}

/// The standard of an id; an empty one where there is none.
pub(super) fn standard(id: &str) -> Standard {
    standards().iter().find(|s| s.id == id).map(StandardRow::told).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::standards;

    #[test]
    fn every_standard_has_its_status_source_and_date_and_a_figure_its_denominator() {
        let all = standards();
        let rows = include_str!("../../../data/standards/standards.csv").lines().count() - 1;
        assert_eq!(all.len(), rows, "every row can be read");
        for s in all {
            let statuses = ["statutory duty", "national guidance", "international benchmark", "sector benchmark", "local target"];
            assert!(statuses.contains(&s.status.as_str()) && !s.source.is_empty() && s.published.len() == 10, "{s:?}");
            assert!(s.per.is_none() || (s.figure.is_some() && !s.denominator.is_empty()), "{s:?}");
        }
    }
}
