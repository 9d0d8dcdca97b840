//! Who used which service, by group.

use super::labels::OTHER;
use crate::sources::{Origin, UserRow, UserTable};
use crate::units::{Cell, Period, Sensitivity};
use crate::vocabulary::{is_dimension, is_group, is_no_group};

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
    /// Users of whom the group is not known; not applicable where the table has no such row.
    pub not_known: Cell<u64>,
}

/// One group.
#[derive(Clone, Debug)]
pub struct UserGroup {
    /// Its name.
    pub name: String,
    /// How many used the service; withheld where the table keeps it back.
    pub users: Cell<u64>,
    /// How many there are among those whom it is for.
    pub population: Option<f64>,
}

impl UserDimension {
    /// All users, those of whom the group is not known too.
    pub fn total(&self) -> Cell<u64> {
        Cell::sum(&self.groups.iter().map(|g| g.users).chain([self.not_known]).collect::<Vec<_>>())
    }
}

/// The tables by service and dimension.
///
/// Of a restricted source a group is named only where every word of its label is one for groups of people, or the plan names it: all others
/// are one group, called other.
pub(super) fn build(tables: &[UserTable], origins: &[Origin], whole: Period) -> Vec<Users> {
    let mut all: Vec<Users> = Vec::new();
    for table in tables {
        let mut unnamed: Vec<&str> = Vec::new();
        for row in &table.rows {
            let row = &match origins.get(table.source) {
                Some(origin) if origin.sensitivity == Sensitivity::Open => row.clone(),
                origin => printable(row, origin, &mut unnamed),
            };
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

/// A row with a label that may be printed, in place of one that may not.
fn printable<'t>(row: &'t UserRow, origin: Option<&Origin>, unnamed: &mut Vec<&'t str>) -> UserRow {
    let named = |label: &str| origin.is_some_and(|o| o.labels.names(label));
    let mut fit = row.clone();
    if !named(&row.dimension) && !is_dimension(&row.dimension) {
        let at = unnamed.iter().position(|d| *d == row.dimension).unwrap_or_else(|| {
            unnamed.push(&row.dimension);
            unnamed.len() - 1
        });
        fit.dimension = if at == 0 { OTHER.into() } else { format!("{OTHER} {}", at + 1) };
    }
    if !named(&row.group) && !is_no_group(&row.group) && !is_group(&row.group) {
        fit.group = OTHER.into();
    }
    fit
}

fn add(dimensions: &mut Vec<UserDimension>, row: &UserRow) {
    let at = dimensions.iter().position(|d| d.name == row.dimension).unwrap_or_else(|| {
        dimensions.push(UserDimension { name: row.dimension.clone(), groups: vec![], not_known: Cell::NotApplicable });
        dimensions.len() - 1
    });
    let dimension = &mut dimensions[at];
    if is_no_group(&row.group) {
        dimension.not_known = Cell::sum(&[dimension.not_known, row.users]);
    } else if let Some(same) = dimension.groups.iter_mut().find(|g| g.name == row.group) {
        same.users = Cell::sum(&[same.users, row.users]);
        same.population = same.population.zip(row.population).map(|(a, b)| a + b);
    } else {
        dimension.groups.push(UserGroup { name: row.group.clone(), users: row.users, population: row.population });
    }
}
