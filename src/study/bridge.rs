//! Lookups at work: older codes to newer ones, small areas to larger ones, any area to its authority.
//!
//! Of several lookups the newest vintage wins, whatever the order in which the plan names them.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use crate::sources::LookupTable;
use crate::units::{AreaCode, Geography};

/// All lookups of a study, ready to ask.
#[derive(Debug, Default)]
pub(crate) struct Bridge {
    /// From an older vintage to a newer one of the same geography: one target is exact, several are a split.
    newer: BTreeMap<AreaCode, Vec<AreaCode>>,
    /// From an area to the larger ones that it lies in, with the year of their codes.
    larger: BTreeMap<AreaCode, Vec<(u16, AreaCode)>>,
    /// From any area to its authority, with the year of its code.
    authority: BTreeMap<AreaCode, (u16, AreaCode)>,
    /// Names of the larger areas.
    names: BTreeMap<AreaCode, String>,
    /// Codes of each geography and vintage that the lookups list.
    listed: BTreeMap<(Geography, u16), BTreeSet<AreaCode>>,
}

impl Bridge {
    pub fn new(lookups: &[LookupTable]) -> Self {
        let mut bridge = Self::default();
        for table in lookups {
            for row in &table.rows {
                bridge.listed.entry(table.from).or_default().insert(row.from);
                bridge.listed.entry(table.to).or_default().insert(row.to);
                if !row.to_name.is_empty() {
                    bridge.names.entry(row.to).or_insert_with(|| row.to_name.clone());
                }
                if table.from.0 == table.to.0 {
                    let targets = bridge.newer.entry(row.from).or_default();
                    if !targets.contains(&row.to) {
                        targets.push(row.to);
                        targets.sort_unstable();
                    }
                } else {
                    let steps = bridge.larger.entry(row.from).or_default();
                    if !steps.contains(&(table.to.1, row.to)) {
                        steps.push((table.to.1, row.to));
                        // The newest first; of one year, by code.
                        steps.sort_unstable_by_key(|(year, code)| (std::cmp::Reverse(*year), *code));
                    }
                }
                if table.to.0 == Geography::Authority {
                    bridge.lies_in(row.from, table.to.1, row.to);
                }
                if let Some((authority, _)) = &row.authority {
                    bridge.lies_in(row.from, table.authority_vintage, *authority);
                    bridge.lies_in(row.to, table.authority_vintage, *authority);
                }
            }
        }
        bridge
    }

    /// Remembers the authority of an area; a newer vintage replaces an older one, whatever the order.
    fn lies_in(&mut self, area: AreaCode, year: u16, authority: AreaCode) {
        let held = self.authority.entry(area).or_insert((year, authority));
        if year > held.0 || year == held.0 && authority < held.1 {
            *held = (year, authority);
        }
    }

    /// The codes of the newest vintage that a code became; itself where it is current or nothing knows it.
    ///
    /// Lookups are followed one after the other, as from 2001 to 2011 to 2021; codes of authorities through their history too.
    pub fn newer(&self, code: AreaCode) -> Vec<AreaCode> {
        let (mut found, mut waiting, mut seen) = (Vec::new(), vec![code], BTreeSet::new());
        while let Some(code) = waiting.pop() {
            if !seen.insert(code) {
                continue;
            }
            match self.newer.get(&code) {
                Some(targets) if !targets.contains(&code) => waiting.extend(targets),
                Some(targets) => found.extend(targets),
                None if code.geography() == Some(Geography::Authority) => found.extend(codes::successors(code)),
                None => found.push(code),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The older codes that together became each code, and nothing else. Where one of them was split nobody knows how much of it lies where.
    pub fn merged(&self) -> BTreeMap<AreaCode, Vec<AreaCode>> {
        let mut parts: BTreeMap<AreaCode, Vec<AreaCode>> = BTreeMap::new();
        for (older, targets) in &self.newer {
            targets.iter().for_each(|code| parts.entry(*code).or_default().push(*older));
        }
        parts.retain(|_, parts| parts.iter().all(|older| self.newer[older].len() == 1));
        parts
    }

    /// The areas of that geography that a code lies in, in one or more steps, those of the newest codes first.
    pub fn all_up_to(&self, code: AreaCode, geography: Geography) -> Vec<AreaCode> {
        let Some(steps) = self.larger.get(&code) else { return vec![] };
        let here: Vec<AreaCode> = steps.iter().map(|s| s.1).filter(|c| c.geography() == Some(geography)).collect();
        if !here.is_empty() {
            return here;
        }
        let finer = |c: &AreaCode| c.geography().is_some_and(|g| g < geography);
        steps.iter().map(|s| s.1).filter(finer).map(|c| self.all_up_to(c, geography)).find(|up| !up.is_empty()).unwrap_or_default()
    }

    /// What the lookups call a larger area.
    pub fn name(&self, code: AreaCode) -> Option<&str> {
        self.names.get(&code).map(String::as_str)
    }

    /// The area of that geography that a code lies in, by the newest lookup.
    pub fn up_to(&self, code: AreaCode, geography: Geography) -> Option<AreaCode> {
        self.all_up_to(code, geography).first().copied()
    }

    /// The authority that an area lies in: itself where it is one.
    pub fn authority(&self, code: AreaCode) -> Option<AreaCode> {
        if code.geography() == Some(Geography::Authority) {
            return Some(code);
        }
        self.authority_and_year(code).map(|a| a.1)
    }

    /// The same with the year of the authority's code, for what is no authority itself.
    pub fn authority_and_year(&self, code: AreaCode) -> Option<(u16, AreaCode)> {
        self.authority.get(&code).copied().or_else(|| self.newer.get(&code)?.iter().find_map(|c| self.authority.get(c).copied()))
    }

    /// Which of these authorities an area lies in, also where a lookup or a row names one that became it since.
    pub fn one_of(&self, code: AreaCode, authorities: &[AreaCode]) -> Option<AreaCode> {
        let own = self.authority(code)?;
        if authorities.contains(&own) {
            return Some(own);
        }
        match codes::successors(own).as_slice() {
            [one] if authorities.contains(one) => Some(*one),
            _ => None,
        }
    }

    /// Whether any lookup lists the code, or the history of codes knows it.
    pub fn knows(&self, code: AreaCode) -> bool {
        self.newer.contains_key(&code)
            || self.larger.contains_key(&code)
            || self.authority.contains_key(&code)
            || self.listed.values().any(|l| l.contains(&code))
            || codes::known(code) != codes::Known::Unknown
    }

    /// The codes of a geography and vintage that lie in these authorities, as the lookups say.
    pub fn listed_in(&self, geography: Geography, vintage: u16, authorities: &[AreaCode]) -> Vec<AreaCode> {
        let listed = self.listed.get(&(geography, vintage)).into_iter().flatten().copied();
        listed.filter(|c| self.one_of(*c, authorities).is_some()).collect()
    }
}
