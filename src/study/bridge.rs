//! Lookups at work: older codes to newer ones, small areas to larger ones, any area to its authority.

use std::collections::BTreeMap;

use crate::sources::LookupTable;
use crate::units::{AreaCode, Geography};

/// All lookups of a study, ready to ask.
#[derive(Debug, Default)]
pub(crate) struct Bridge {
    /// From an older vintage to a newer one of the same geography: one target is exact, several are a split.
    newer: BTreeMap<AreaCode, Vec<AreaCode>>,
    /// From an area to the larger ones that it lies in.
    larger: BTreeMap<AreaCode, Vec<AreaCode>>,
    /// From any area to its authority.
    authority: BTreeMap<AreaCode, AreaCode>,
    /// Whether a lookup says that the code is of the newer vintage.
    current: std::collections::BTreeSet<AreaCode>,
}

impl Bridge {
    pub fn new(lookups: &[LookupTable]) -> Self {
        let mut bridge = Self::default();
        for table in lookups {
            for row in &table.rows {
                if table.from.0 == table.to.0 {
                    push(&mut bridge.newer, row.from, row.to);
                    bridge.current.insert(row.to);
                } else {
                    push(&mut bridge.larger, row.from, row.to);
                }
                if table.to.0 == Geography::Authority {
                    bridge.authority.insert(row.from, row.to);
                }
                if let Some((authority, _)) = &row.authority {
                    bridge.authority.entry(row.from).or_insert(*authority);
                    bridge.authority.entry(row.to).or_insert(*authority);
                }
            }
        }
        bridge
    }

    /// The codes of the newer vintage that a code became; itself where it is current or no lookup knows it.
    pub fn newer(&self, code: AreaCode) -> Vec<AreaCode> {
        match self.newer.get(&code) {
            Some(targets) => targets.clone(),
            None => vec![code],
        }
    }

    /// The area of that geography that a code lies in, in one or two steps.
    pub fn up_to(&self, code: AreaCode, geography: Geography) -> Option<AreaCode> {
        let steps = self.larger.get(&code)?;
        steps.iter().find(|c| c.geography() == Some(geography)).copied().or_else(|| steps.iter().find_map(|c| self.up_to(*c, geography)))
    }

    /// The authority that an area lies in: itself where it is one.
    pub fn authority(&self, code: AreaCode) -> Option<AreaCode> {
        if code.geography() == Some(Geography::Authority) {
            return Some(code);
        }
        self.authority.get(&code).copied().or_else(|| self.newer.get(&code)?.iter().find_map(|c| self.authority.get(c).copied()))
    }
}

fn push(map: &mut BTreeMap<AreaCode, Vec<AreaCode>>, from: AreaCode, to: AreaCode) {
    let targets = map.entry(from).or_default();
    if !targets.contains(&to) {
        targets.push(to);
        targets.sort_unstable();
    }
}
