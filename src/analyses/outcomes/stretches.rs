//! Months told as what they are: runs without a hole, and never the first to the last of them with others between.

use crate::model::Arg;
use crate::msg;
use crate::units::{Month, Period};

/// So many runs are named one by one.
const MOST_NAMED: usize = 4;

/// Months in runs that follow on each other, in order.
pub(super) fn stretches(periods: impl IntoIterator<Item = Period>) -> Vec<Period> {
    let mut runs: Vec<Period> = Vec::new();
    for p in periods {
        match runs.last_mut() {
            Some(run) if run.last.plus(1) == p.first => run.last = p.last,
            _ => runs.push(p),
        }
    }
    runs
}

/// The same of single months.
pub(super) fn stretches_of_months(months: impl IntoIterator<Item = Month>) -> Vec<Period> {
    stretches(months.into_iter().filter_map(|m| Period::new(m, m)))
}

/// How they are told; of very many runs, how many months they are of those from the first to the last. `None` without any.
pub(super) fn told(runs: &[Period]) -> Option<Arg> {
    let (first, last) = (runs.first()?, runs.last()?);
    Some(match runs.len() {
        1 => Arg::Period(*first),
        n if n <= MOST_NAMED => Arg::List(runs.iter().map(|p| Arg::Period(*p)).collect()),
        _ => {
            let span = Period::new(first.first, last.last)?;
            Arg::from(msg!("outcomes-months-of", months = months_in(runs), all = span.len(), period = span))
        }
    })
}

/// How many months they are.
pub(super) fn months_in(runs: &[Period]) -> usize {
    runs.iter().map(Period::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_parts_two_runs() {
        let month = |text: &str| Month::parse(text).unwrap();
        let runs = stretches_of_months(["2023-11", "2023-12", "2024-01", "2024-03"].map(month));
        assert_eq!(runs.iter().map(|p| (p.first.to_string(), p.len())).collect::<Vec<_>>(), [("2023-11".into(), 3), ("2024-03".into(), 1)]);
        assert_eq!(months_in(&runs), 4);
        assert!(told(&[]).is_none() && matches!(told(&runs), Some(Arg::List(all)) if all.len() == 2));
    }
}
