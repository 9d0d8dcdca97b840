//! Who gains and who loses: groups of residents within reach before and after.

use crate::analyses::gaps::age_share;
use crate::model::Reach;
use crate::stats::inequality::quantiles;
use crate::study::{Area, Reached, Study};

/// A group of residents, and how many of them live where a site is in reach.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct GroupReached {
    pub group: String,
    pub all: u64,
    pub before: u64,
    pub after: u64,
}

/// Ages told apart, with the names of the groups.
const AGES: [(u32, u32, &str); 4] = [(0, 15, "under 16"), (16, 24, "16 to 24"), (25, 64, "25 to 64"), (65, 120, "65 and over")];

/// Women and men, ages, the most and the least deprived fifth of areas, and every other group that the population tables tell of all areas.
///
/// Areas of which it is not known before or after whether a site is in reach take no part: the group's `all` counts those that do.
pub(super) fn groups(study: &Study, before: &[Reached], after: &[Reached]) -> Vec<GroupReached> {
    let areas = &study.areas.list;
    let known: Vec<usize> = (0..areas.len()).filter(|a| before[*a].site.is_some() && after[*a].site.is_some()).collect();
    let mut found = Vec::new();
    let mut add = |group: &str, people: &dyn Fn(usize) -> Option<f64>| {
        let each: Option<Vec<(usize, f64)>> = known.iter().map(|a| Some((*a, people(*a)?))).collect();
        let Some(each) = each.filter(|e| !e.is_empty()) else { return };
        let sum = |reached: Option<&[Reached]>| {
            let near = |a: usize| reached.is_none_or(|r| r[a].reach == Reach::Site);
            each.iter().filter(|(a, _)| near(*a)).map(|(_, n)| n).sum::<f64>().round() as u64
        };
        let told = GroupReached { group: group.into(), all: sum(None), before: sum(Some(before)), after: sum(Some(after)) };
        if told.all > 0 {
            found.push(told);
        }
    };
    let residents = |area: &Area, group: &str| area.residents.get(group).copied();
    for (from, to, name) in AGES {
        add(name, &|a| Some(residents(&areas[a], "all")? * age_share(&areas[a], from, to)?));
    }
    for group in study.areas.groups().into_iter().filter(|g| *g != "all" && is_told(g)) {
        add(named(group), &|a| residents(&areas[a], group));
    }
    let deprivation: Vec<Option<f64>> = areas.iter().map(|a| a.deprivation).collect();
    let fifths = quantiles(&deprivation, 5);
    // Quantiles count from the lowest: the least deprived.
    for (fifth, name) in [(5, MOST_DEPRIVED), (1, "least deprived fifth")] {
        add(name, &|a| if fifths[a] == Some(fifth) { residents(&areas[a], "all") } else { Some(0.0) });
    }
    found
}

/// The name of the group that a plan for equality looks at first.
pub(super) const MOST_DEPRIVED: &str = "most deprived fifth";

fn named(group: &str) -> &str {
    match group {
        "female" => "women and girls",
        "male" => "men and boys",
        other => other,
    }
}

/// Bands of single years and ages of one sex are left to the four ages.
fn is_told(group: &str) -> bool {
    !group.chars().any(|c| c.is_ascii_digit())
}
