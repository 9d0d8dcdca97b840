//! What is withheld, attacked by linear programming that does not use the release's own code.

use gapmap::disclosure::{Given, Loss, Protection, Rule, System, protect, protect_by_search};
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use proptest::prelude::*;

/// A table with its margins as a linked system: inner cells row by row with the row's total at its end, then the column totals.
pub fn with_margins(rows: &[Vec<u64>]) -> System {
    let (height, width) = (rows.len(), rows[0].len());
    let atom = |r: usize, c: usize| (r * width + c) as u32;
    let atoms = (0..height).flat_map(|r| (0..width).map(move |c| ([r as u32, c as u32, 0, 0, 0], rows[r][c]))).collect();
    let cell = |r: usize, c: usize| -> Vec<u32> {
        (0..height)
            .flat_map(|i| (0..width).map(move |j| (i, j)))
            .filter(|(i, j)| (r == height || *i == r) && (c == width || *j == c))
            .map(|(i, j)| atom(i, j))
            .collect()
    };
    let cells = (0..=height).flat_map(|r| (0..=width).map(move |c| (r, c))).map(|(r, c)| (cell(r, c), Given::Free)).collect();
    System::new(atoms, cells)
}

/// An attacker's bounds on one cell of a table with margins, cells as unknowns: `shown[r][c]` where published, rounded to `rule.round_to`.
///
/// Written anew for the test: he knows that withheld counts are at least 1 and that each shown count was rounded.
pub fn attack(shown: &[Vec<Option<u64>>], rule: &Rule, target: (usize, usize)) -> (f64, f64) {
    attack_from(shown, rule, target, 1.0)
}

/// The same of one who knows that withheld counts are at least `least`.
pub fn attack_from(shown: &[Vec<Option<u64>>], rule: &Rule, target: (usize, usize), least: f64) -> (f64, f64) {
    let solve = |direction| {
        let mut problem = Problem::new(direction);
        let unknowns: Vec<Vec<_>> = shown
            .iter()
            .enumerate()
            .map(|(r, row)| {
                row.iter()
                    .enumerate()
                    .map(|(c, n)| {
                        let goal = if (r, c) == target { 1.0 } else { 0.0 };
                        let (low, high) = match n {
                            None => (least, 1e6),
                            Some(0) => (0.0, 0.0),
                            Some(n) if rule.round_to > 1 => {
                                let below = (*n as f64) - (rule.round_to / 2) as f64;
                                (below.max(rule.withhold_up_to as f64 + 1.0), below + (rule.round_to - 1) as f64)
                            }
                            Some(n) => (*n as f64, *n as f64),
                        };
                        problem.add_var(goal, (low, high))
                    })
                    .collect()
            })
            .collect();
        let (height, width) = (unknowns.len(), unknowns[0].len());
        for row in &unknowns {
            let line: Vec<_> = row.iter().enumerate().map(|(c, v)| (*v, if c + 1 == width { -1.0 } else { 1.0 })).collect();
            problem.add_constraint(&line, ComparisonOp::Eq, 0.0);
        }
        for c in 0..width {
            let column = unknowns.iter().map(|row| row[c]);
            let line: Vec<_> = column.enumerate().map(|(r, v)| (v, if r + 1 == height { -1.0 } else { 1.0 })).collect();
            problem.add_constraint(&line, ComparisonOp::Eq, 0.0);
        }
        problem.solve().unwrap().into_solution().unwrap().objective()
    };
    (solve(OptimizationDirection::Minimize), solve(OptimizationDirection::Maximize))
}

/// What is published of a table with margins.
pub fn published(system: &System, protection: &Protection, rule: &Rule, width: usize) -> Vec<Vec<Option<u64>>> {
    let cells: Vec<Option<u64>> =
        system.cells().iter().zip(&protection.hidden).map(|(c, hidden)| (!hidden).then(|| rule.round(c.value))).collect();
    cells.chunks(width + 1).map(<[_]>::to_vec).collect()
}

fn tables(most: u64) -> impl Strategy<Value = Vec<Vec<u64>>> {
    (1..6_usize).prop_flat_map(move |c| {
        prop::collection::vec(prop::collection::vec(prop_oneof![2 => Just(0), 5 => 1..12_u64, 3 => 12..most], c), 1..7)
    })
}

fn assert_safe(rows: &[Vec<u64>], rule: &Rule, protection: &Protection, system: &System) -> Result<(), TestCaseError> {
    prop_assert_eq!(protection.fault(system, rule), None);
    let shown = published(system, protection, rule, rows[0].len());
    for (r, line) in shown.iter().enumerate() {
        for (c, n) in line.iter().enumerate() {
            match n {
                // What is large enough to be shown is withheld for the sake of others only.
                None if system.cells()[r * line.len() + c].value > rule.withhold_up_to => {}
                None => {
                    let (low, high) = attack(&shown, rule, (r, c));
                    prop_assert!(
                        high - low >= rule.width() as f64 - 1e-6,
                        "({r}, {c}) lies between {low} and {high}: {shown:?} of {rows:?}"
                    );
                }
                Some(n) => prop_assert!(*n == 0 || *n > rule.withhold_up_to, "{} is shown", n),
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::study_files::cases(1500))]

    #[test]
    fn no_withheld_cell_of_a_table_can_be_bounded_within_the_width(rows in tables(60), (limit, base) in prop_oneof![Just((4, 1)), Just((7, 5)), Just((9, 1)), Just((7, 1))]) {
        let rule = Rule { withhold_up_to: limit, round_to: base };
        let system = with_margins(&rows);
        let protection = protect_by_search(&system, &rule).unwrap();
        assert_safe(&rows, &rule, &protection, &system)?;
    }
}

proptest! {
    #![proptest_config(crate::study_files::cases(60))]

    #[test]
    fn the_optimum_is_safe_and_never_worse_than_the_search(rows in (2..4_usize).prop_flat_map(|c| prop::collection::vec(prop::collection::vec(0..30_u64, c), 2..4))) {
        let rule = Rule { withhold_up_to: 4, round_to: 1 };
        let system = with_margins(&rows);
        let (best, found) = (protect(&system, &rule, Loss::Events).unwrap(), protect_by_search(&system, &rule).unwrap());
        assert_safe(&rows, &rule, &best, &system)?;
        prop_assert!(best.loss(&system, &rule, Loss::Events) <= found.loss(&system, &rule, Loss::Events));
    }
}
