//! Which services the rows of a data package belong to, found by following ids until nothing changes.
//!
//! Sets of services are numbered: a row of an organisation with thousands of services holds one number and no copy of them.

use std::collections::HashMap;
use std::sync::Arc;

/// Something that a row is or names: a table and an id.
pub(super) type Thing = usize;
/// A set of services.
pub(super) type Group = usize;

/// What belongs to nobody.
const NOBODY: Group = 0;

/// A row: what it is, what it belongs to, and what belongs to the same services.
struct Row {
    own: Option<Thing>,
    near: Vec<Thing>,
    far: Vec<Thing>,
    gives: Vec<Thing>,
}

/// Rows and what they name.
pub(super) struct Owners {
    things: HashMap<(String, String), Thing>,
    seeds: Vec<(Thing, u32)>,
    services: u32,
    rows: Vec<Row>,
}

impl Owners {
    /// With the ids of the services.
    pub fn new(services: &[&str]) -> Self {
        let mut owners = Self { things: HashMap::new(), seeds: vec![], services: services.len() as u32, rows: vec![] };
        for (i, id) in services.iter().enumerate() {
            let thing = owners.thing("service", id);
            owners.seeds.push((thing, i as u32));
        }
        owners
    }

    /// The thing of a table and an id, in any case.
    pub fn thing(&mut self, table: &str, id: &str) -> Thing {
        let next = self.things.len();
        *self.things.entry((table.to_owned(), id.to_lowercase())).or_insert(next)
    }

    /// Adds a row. It belongs to what others say that it belongs to, and to what is near; where neither leads to a service, to what is far.
    pub fn row(&mut self, own: Option<Thing>, near: Vec<Thing>, far: Vec<Thing>, gives: Vec<Thing>) {
        self.rows.push(Row { own, near, far, gives });
    }

    /// The groups, and that of each row, in the order in which rows were added.
    pub fn settle(self) -> (Groups, Vec<Group>) {
        let mut groups = Groups::new(self.services);
        let mut seeds = vec![vec![]; self.things.len()];
        for (thing, service) in &self.seeds {
            seeds[*thing].push(groups.of(vec![*service]));
        }
        // What other rows give to a thing, and what the rows that are the thing belong to. Each round takes one step more from the services.
        let mut given: Vec<Group> = seeds.iter().map(|parts| groups.together(parts.clone())).collect();
        let mut held: Vec<Group> = vec![NOBODY; self.things.len()];
        let mut of_row: Vec<Group> = vec![NOBODY; self.rows.len()];
        loop {
            let mut next_given = seeds.clone();
            let mut next_held: Vec<Vec<Group>> = vec![vec![]; self.things.len()];
            let mut next: Vec<Group> = Vec::with_capacity(self.rows.len());
            for (row, so_far) in self.rows.iter().zip(&of_row) {
                let mut parts: Vec<Group> = row.own.iter().map(|t| given[*t]).collect();
                parts.extend(row.near.iter().flat_map(|t| [given[*t], held[*t]]));
                if parts.iter().all(|g| *g == NOBODY) {
                    parts.extend(row.far.iter().flat_map(|t| [given[*t], held[*t]]));
                }
                // What was found stays: groups only grow, so this comes to an end.
                parts.push(*so_far);
                let group = groups.together(parts);
                if group != NOBODY {
                    row.gives.iter().for_each(|t| next_given[*t].push(group));
                    row.own.iter().for_each(|t| next_held[*t].push(group));
                }
                next.push(group);
            }
            let now_given: Vec<Group> = next_given.into_iter().map(|parts| groups.together(parts)).collect();
            let now_held: Vec<Group> = next_held.into_iter().map(|parts| groups.together(parts)).collect();
            if (&now_given, &now_held, &next) == (&given, &held, &of_row) {
                return (groups, of_row);
            }
            (given, held, of_row) = (now_given, now_held, next);
        }
    }
}

/// Sets of services, each once.
pub(super) struct Groups {
    services: u32,
    list: Vec<Arc<[u32]>>,
    numbers: HashMap<Arc<[u32]>, Group>,
    /// Sets that were put together before.
    known: HashMap<Vec<Group>, Group>,
}

impl Groups {
    fn new(services: u32) -> Self {
        let mut groups = Self { services, list: vec![], numbers: HashMap::new(), known: HashMap::new() };
        groups.of(vec![]);
        groups.of((0..services).collect());
        groups
    }

    fn of(&mut self, members: Vec<u32>) -> Group {
        let members: Arc<[u32]> = members.into();
        if let Some(group) = self.numbers.get(&members) {
            return *group;
        }
        self.list.push(Arc::clone(&members));
        self.numbers.insert(members, self.list.len() - 1);
        self.list.len() - 1
    }

    /// The union of some groups.
    fn together(&mut self, mut parts: Vec<Group>) -> Group {
        parts.retain(|g| *g != NOBODY);
        parts.sort_unstable();
        parts.dedup();
        match parts.as_slice() {
            [] => NOBODY,
            [one] => *one,
            _ => {
                if let Some(group) = self.known.get(&parts) {
                    return *group;
                }
                let mut members: Vec<u32> = parts.iter().flat_map(|g| self.list[*g].iter().copied()).collect();
                members.sort_unstable();
                members.dedup();
                let group = self.of(members);
                self.known.insert(parts, group);
                group
            }
        }
    }

    /// All services together.
    pub fn everybody(&self) -> Group {
        let all: Vec<u32> = (0..self.services).collect();
        self.numbers.get(all.as_slice()).copied().unwrap_or(NOBODY)
    }

    /// The services of a group, in order.
    pub fn members(&self, group: Group) -> &[u32] {
        &self.list[group]
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lead_back_over_any_number_of_steps_and_near_comes_before_far() {
        let mut owners = Owners::new(&["a", "b"]);
        let [a, b] = ["A", "b"].map(|id| owners.thing("service", id));
        let (organization, contact) = (owners.thing("organization", "o"), owners.thing("contact", "c"));
        owners.row(Some(a), vec![a], vec![], vec![organization]);
        owners.row(Some(b), vec![b], vec![], vec![organization]);
        // Of all the organisation; of one service, though the organisation is named; of nobody.
        owners.row(None, vec![], vec![organization], vec![]);
        owners.row(Some(contact), vec![b], vec![organization], vec![]);
        let nobody = owners.thing("service", "gone");
        owners.row(None, vec![nobody], vec![], vec![]);
        let chain: Vec<Thing> = (0..20).map(|i| owners.thing("term", &i.to_string())).collect();
        owners.row(None, vec![contact], vec![], vec![chain[0]]);
        chain.windows(2).for_each(|w| owners.row(Some(w[0]), vec![], vec![], vec![w[1]]));
        let (groups, of_row) = owners.settle();
        let members: Vec<&[u32]> = of_row.iter().map(|g| groups.members(*g)).collect();
        assert_eq!(&members[..6], [&[0][..], &[1], &[0, 1], &[1], &[], &[1]]);
        assert!(members[6..].iter().all(|m| *m == [1]));
    }

    #[test]
    fn an_organisation_of_many_services_makes_one_group_however_many_rows_it_has() {
        let ids: Vec<String> = (0..500).map(|i| format!("s{i}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut owners = Owners::new(&ids);
        let organization = owners.thing("organization", "o");
        for id in &ids[1..] {
            let own = owners.thing("service", id);
            owners.row(Some(own), vec![own], vec![], vec![organization]);
        }
        (0..500).for_each(|i| {
            let contact = owners.thing("contact", &i.to_string());
            owners.row(Some(contact), vec![], vec![organization], vec![]);
        });
        let (groups, of_row) = owners.settle();
        assert!(groups.len() <= ids.len() + 3, "{}", groups.len());
        assert!(of_row[499..].iter().all(|g| groups.members(*g).len() == 499));
    }
}
