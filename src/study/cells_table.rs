//! The non-zero cells of a source as a table, ordered by month.

use polars_core::prelude::*;

use super::cube::Cube;

/// Columns of the table while it is being filled.
#[derive(Default)]
struct Columns {
    area: Vec<u32>,
    month: Vec<u32>,
    category: Vec<u32>,
    facets: Vec<u32>,
    n: Vec<u64>,
}

impl Columns {
    fn push(&mut self, area: usize, month: u32, category: u32, facets: u16, n: u64) {
        self.area.push(area as u32);
        self.month.push(month);
        self.category.push(category);
        self.facets.push(u32::from(facets));
        self.n.push(n);
    }

    fn finish(self) -> DataFrame {
        let height = self.n.len();
        let columns = vec![
            Column::new("area".into(), self.area),
            Column::new("month".into(), self.month),
            Column::new("category".into(), self.category),
            Column::new("facets".into(), self.facets),
            Column::new("n".into(), self.n),
        ];
        DataFrame::new(height, columns).expect("equally long columns")
    }
}

/// Of events without facets.
pub(super) fn table(cube: &Cube) -> DataFrame {
    let mut columns = Columns::default();
    for (cell, n) in cube.counts.iter().enumerate().filter(|(_, n)| **n > 0) {
        let (rest, category) = (cell / cube.categories, cell % cube.categories);
        let (month, area) = (rest / (cube.areas + 1), rest % (cube.areas + 1));
        columns.push(area, month as u32, category as u32, 0, u64::from(*n));
    }
    columns.finish()
}

/// Of events with facets.
pub(super) fn faceted_table(cube: &Cube) -> DataFrame {
    let mut cells: Vec<_> = cube.faceted.iter().collect();
    cells.sort_unstable();
    let mut columns = Columns::default();
    for ((month, area, category, facets), n) in cells {
        columns.push(*area as usize, *month, *category, *facets, *n);
    }
    columns.finish()
}
