//! Who used which service, by group.

use crate::sources::{UserRow, UserTable};
use crate::units::Period;

/// Users of one kind of service, told by one or more dimensions.
#[derive(Clone, Debug)]
pub struct Users {
    /// Position of the source in the plan.
    pub source: usize,
    /// The months.
    pub period: Period,
    /// Id of the type of service; empty for all together.
    pub service: String,
    /// What the populations count.
    pub reference: String,
    /// Age, ethnic group and so on, in the order of the table.
    pub dimensions: Vec<UserDimension>,
}

/// One dimension, with each person in one group.
#[derive(Clone, Debug)]
pub struct UserDimension {
    /// Its name.
    pub name: String,
    /// Its groups, in the order of the table.
    pub groups: Vec<UserGroup>,
    /// Users of whom the group is not known; `None` where the table has no such row.
    pub not_known: Option<u64>,
}

/// One group.
#[derive(Clone, Debug)]
pub struct UserGroup {
    /// Its name.
    pub name: String,
    /// How many used the service.
    pub users: u64,
    /// How many there are among those whom it is for.
    pub population: Option<f64>,
}

impl UserDimension {
    /// All users, those of whom the group is not known too.
    pub fn total(&self) -> u64 {
        self.groups.iter().map(|g| g.users).sum::<u64>() + self.not_known.unwrap_or(0)
    }
}

/// Names of what is no group.
const NOT_KNOWN: [&str; 9] =
    ["", "not known", "unknown", "not stated", "not recorded", "not disclosed", "prefer not to say", "declined to say", "missing"];

/// The tables by service and dimension.
pub(super) fn build(tables: &[UserTable], whole: Period) -> Vec<Users> {
    let mut all: Vec<Users> = Vec::new();
    for table in tables {
        for row in &table.rows {
            let at = all.iter().position(|u| u.source == table.source && u.service == row.service).unwrap_or_else(|| {
                all.push(Users {
                    source: table.source,
                    period: table.covers.unwrap_or(whole),
                    service: row.service.clone(),
                    reference: table.reference.clone(),
                    dimensions: vec![],
                });
                all.len() - 1
            });
            add(&mut all[at].dimensions, row);
        }
    }
    all
}

fn add(dimensions: &mut Vec<UserDimension>, row: &UserRow) {
    let at = dimensions.iter().position(|d| d.name == row.dimension).unwrap_or_else(|| {
        dimensions.push(UserDimension { name: row.dimension.clone(), groups: vec![], not_known: None });
        dimensions.len() - 1
    });
    let dimension = &mut dimensions[at];
    if NOT_KNOWN.contains(&row.group.to_lowercase().as_str()) {
        *dimension.not_known.get_or_insert(0) += row.users;
    } else {
        dimension.groups.push(UserGroup { name: row.group.clone(), users: row.users, population: row.population });
    }
}
