//! Populations that would tell how many users stand beside them.

use crate::model::ParityDimension;
use crate::units::Cell;

/// A printed count is at most so far from the true one, by any rule of release.
const ROUNDED_BY: u64 = 5;
/// From so many people on a population says nothing of a group whose table tells no total.
const MANY: u64 = 100;
/// Fewer people of a restricted return are not told.
const FEWEST_PEOPLE: f64 = 10.0;

/// Keeps back populations of a restricted return that would tell of its users: nobody uses a service who is not among those whom it is for, so a small
/// population is a limit to the users beside it. Where a population is larger than all that its group can have by what is printed, it tells nothing more.
/// Populations under a hundred are rounded, as the counts beside them are.
pub(super) fn keep_back(told: &mut ParityDimension) {
    let printed = told.groups.iter().map(|g| g.users).chain([told.not_known]).filter_map(Cell::known);
    let together: u64 = printed.map(|n| n.saturating_sub(ROUNDED_BY)).sum();
    let left = told.total.known().map_or(MANY, |all| (all + ROUNDED_BY).saturating_sub(together));
    for group in &mut told.groups {
        let Some(people) = group.population.known() else { continue };
        let limits = match group.users.known() {
            Some(n) => people < (n + ROUNDED_BY) as f64 && people >= n.saturating_sub(ROUNDED_BY) as f64,
            None => people < left as f64,
        };
        let rounded = if people < MANY as f64 { (people / ROUNDED_BY as f64).round() * ROUNDED_BY as f64 } else { people };
        group.population = if limits || people < FEWEST_PEOPLE { Cell::Withheld } else { Cell::Known(rounded) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ParityGroup;

    #[test]
    fn a_population_that_limits_its_users_is_kept_back() {
        let told = |groups: &[(Cell<u64>, f64)], total: Cell<u64>| {
            let group = |(users, women): &(Cell<u64>, f64)| ParityGroup {
                name: String::new(),
                users: *users,
                population: Cell::Known(*women),
                ratio: Cell::Missing,
            };
            let mut d =
                ParityDimension { name: "Group".into(), groups: groups.iter().map(group).collect(), not_known: Cell::NotApplicable, total };
            keep_back(&mut d);
            d.groups.iter().map(|g| g.population).collect::<Vec<_>>()
        };
        let (hidden, known, people) = (Cell::Withheld, Cell::Known, Cell::<f64>::Known);
        // Three that hold 21 or more together, of whom each is at most 7: each would be 7.
        let found = told(&[(known(40), 4_000.0), (hidden, 7.0), (hidden, 7.0), (hidden, 7.0)], known(65));
        assert_eq!(found, [people(4_000.0), Cell::Withheld, Cell::Withheld, Cell::Withheld]);
        // Far more people than could be left over: they are told.
        let found = told(&[(known(40), 4_000.0), (hidden, 150.0), (hidden, 33.0)], known(65));
        assert_eq!(found, [people(4_000.0), people(150.0), Cell::Withheld]);
        assert_eq!(told(&[(known(10), 83.0), (known(60), 61.0)], known(70)), [people(85.0), Cell::Withheld]);
        // More users than people: they are no part of these, and one is no limit to the other.
        assert_eq!(told(&[(known(60), 30.0)], known(60)), [people(30.0)]);
        assert_eq!(told(&[(hidden, 90.0), (hidden, 1_000.0)], hidden), [Cell::Withheld, people(1_000.0)]);
    }
}
