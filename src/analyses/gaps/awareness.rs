use super::found::Found;
use super::ground::Ground;
use crate::model::{Confidence, Verdict};
use crate::sources::Topic;
use crate::study::Select;

/// Months of referrals: those of the other tables, so that no further count is released.
const MONTHS: usize = 12;

/// Do fewer people come than one would expect? Referrals beside expected need, for the whole; no standard says how many are enough, so it is told and not judged.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let row = |id: &str| {
        Found::about(ground, "awareness", id, "Referrals beside expected need", Verdict::NotKnown)
            .otherwise("Few referrals can mean little need, little trust, a service that nobody knows, or help found elsewhere; one person may be referred several times.")
            .formula("referrals of the latest twelve months, beside women aged 16 and over × the share that surveys find in a year")
    };
    let referrals = ground.study.datasets.iter().filter(|d| d.topic == Topic::Referrals);
    let mut all: Vec<Found> = referrals
        .map(|dataset| {
            let period = dataset.period.last_months(MONTHS);
            let select = Select { period: Some(period), ..Select::default() };
            let source = &ground.study.sources[dataset.source];
            let mut found = row(&super::slug(&source.name))
                .measured(format!(
                    "{{a}} referrals were counted in {}{}; how many would be enough, no standard says",
                    period.label(),
                    if dataset.is_complete(period) { "" } else { ", in which months are missing" }
                ))
                .sure(Confidence::Low, "referrals are not people, and expected need is an estimate")
                .close(
                    "Compare areas and groups (`burden` and its funnel): where referrals are low and expected need is not, ask people why.",
                )
                .in_areas(ground, |_| true)
                .resting_on([ground.source(dataset.source, "referrals, the latest twelve months")]);
            found.counts[0] = Some((dataset.total(&select), Some(dataset.slice(&select))));
            found
        })
        .collect();
    if all.is_empty() {
        all.push(
            row("referrals")
                .measured("no source of the plan gives referrals or people who use services")
                .sure(Confidence::Low, "nothing to compare with expected need")
                .close("Ask providers for referrals by month, ward, age and ethnic group; read them with `topic = \"referrals\"`."),
        );
    }
    all
}
