use super::found::{Found, Measured};
use super::ground::Ground;
use super::pieces::ADULT;
use crate::model::{Confidence, Verdict};
use crate::msg;
use crate::sources::Topic;
use crate::study::Select;

/// Months of referrals: those of the other tables, so that no further count is released.
const MONTHS: usize = 12;

/// Do fewer people come than one would expect? Referrals beside expected need, for the whole; no standard says how many are enough, so it is told and not judged.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    let row = |id: &str| {
        Found::about(ground, "awareness", id, msg!("gaps-awareness-subject"), Verdict::NotKnown)
            .otherwise(msg!("gaps-awareness-otherwise"))
            .formula(msg!("gaps-awareness-formula", months = MONTHS, age = ADULT))
    };
    let referrals = ground.study.datasets.iter().filter(|d| d.topic == Topic::Referrals);
    let mut all: Vec<Found> = referrals
        .map(|dataset| {
            let period = dataset.period.last_months(MONTHS);
            let select = Select { period: Some(period), ..Select::default() };
            let source = &ground.study.sources[dataset.source];
            let mut found = row(&super::slug(&source.name))
                .counting(Measured::Referrals { period, complete: dataset.is_complete(period) })
                .sure(Confidence::Low, msg!("gaps-awareness-because"))
                .close(msg!("gaps-awareness-compare"))
                .in_areas(ground, |_| true)
                .resting_on([ground.source(dataset.source, msg!("gaps-rests-referrals", months = MONTHS))]);
            found.counts[0] = Some((dataset.total(&select), Some(dataset.slice(&select))));
            found
        })
        .collect();
    if all.is_empty() {
        all.push(
            row("referrals")
                .measured(msg!("gaps-awareness-none"))
                .sure(Confidence::Low, msg!("gaps-awareness-because-none"))
                .close(msg!("gaps-awareness-ask")),
        );
    }
    all
}
