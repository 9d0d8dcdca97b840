//! What the residents of a partnership would be of a national network of refuges (`data/standards/standards.csv`).

use serde::Deserialize;

use crate::model::NetworkShare;
use crate::study::Study;

/// The benchmarks: the Council of Europe's, and a minimum of expressed demand.
const BENCHMARKS: [&str; 2] = ["coe_shelter", "bowstead_minimum"];

/// A row of the file.
#[derive(Deserialize)]
struct StandardRow {
    id: String,
    label: String,
    figure: Option<f64>,
    per: Option<f64>,
    source: String,
    published: String,
    caveat: String,
}

/// Family places by each benchmark: `residents × figure / per`. None where an area has no number of residents.
pub(super) fn network_shares(study: &Study) -> Vec<NetworkShare> {
    let residents: Option<f64> = study.areas.residents("all").into_iter().sum();
    residents.filter(|n| *n > 0.0).map_or(vec![], of)
}

fn of(residents: f64) -> Vec<NetworkShare> {
    let rows: Vec<StandardRow> = crate::units::records(include_str!("../../data/standards/standards.csv"));
    let row = |id: &&str| rows.iter().find(|r| r.id == **id);
    let share = |r: &StandardRow| {
        Some(NetworkShare {
            standard: r.label.clone(),
            source: r.source.clone(),
            published: r.published.clone(),
            caveat: r.caveat.clone(),
            places: residents * r.figure? / r.per.filter(|per| *per > 0.0)?,
        })
    };
    BENCHMARKS.iter().filter_map(row).filter_map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_those_of_the_country_by_residents() {
        let all = of(56_490_048.0);
        let places: Vec<f64> = all.iter().map(|n| n.places).collect();
        assert!((places[0] - 5_649.004_8).abs() < 1e-9 && (places[1] - 5_369.0).abs() < 1e-9, "{places:?}");
        let bexley: Vec<f64> = of(246_500.0).iter().map(|n| n.places).collect();
        assert!((bexley[0] - 24.65).abs() < 1e-9 && (bexley[1] - 23.43).abs() < 0.005, "{bexley:?}");
        assert!(all.iter().all(|n| !n.source.is_empty() && n.published.len() == 10 && !n.caveat.is_empty()));
    }
}
