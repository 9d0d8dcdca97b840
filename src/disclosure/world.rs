use super::system::System;
use crate::units::Rule;

/// Another set of facts: by how much each atom differs. Only those that differ are listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct World(pub Vec<(u32, i64)>);

/// Two worlds that give the same publication and differ in a withheld cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// The withheld cell.
    pub cell: u32,
    /// The world in which it is lower.
    pub low: u32,
    /// The world in which it is higher; both are positions in the list of worlds.
    pub high: u32,
}

impl World {
    /// Checks that everything published would be the same in this world: no atom is negative, every shown cell prints as it
    /// does, every withheld cell is still one that would not be shown as zero. Returns the change of each cell that changes.
    ///
    /// Adds everything up anew and shares no code with the search that found the world.
    pub fn check(&self, system: &System, hidden: &[bool], rule: &Rule) -> Option<Vec<(u32, i64)>> {
        let mut change = std::collections::BTreeMap::new();
        for (atom, by) in &self.0 {
            if system.counts().get(*atom as usize).is_none_or(|n| *n as i64 + by < 0) {
                return None;
            }
            for cell in system.cells_of(*atom) {
                *change.entry(*cell).or_insert(0_i64) += by;
            }
        }
        for (cell, by) in &change {
            let cell = *cell as usize;
            let (low, high) = system.possible(cell, hidden[cell], rule);
            let value = system.cells()[cell].value as i64 + by;
            if *by != 0 && (value < low as i64 || value > high as i64) {
                return None;
            }
        }
        Some(change.into_iter().filter(|(_, by)| *by != 0).collect())
    }
}
