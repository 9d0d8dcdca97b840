//! Labels of a source: what harm each is about, and which may be printed.
//!
//! Whoever types into a column may have typed anything: a name, a deed, an address. A label of a restricted source is therefore printed
//! only where the plan names it or where it is frequent; all others are one category, called other, before anything looks at them.

use super::cube::Cube;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Events, LabelSettings, Origin};
use crate::vocabulary::Harms;

/// A category as the source writes it. Its name is for matching, and printed only where `is_printed` says so.
#[derive(Clone, Debug)]
pub struct RawCategory {
    /// As the source writes it.
    pub name: String,
    /// What harms it is about.
    pub harms: Harms,
    /// Whether its name may be printed.
    pub is_printed: bool,
}

/// Name of the category of all labels that are not printed.
pub const OTHER: &str = "Other";

/// The categories of one source.
pub(super) struct Labels {
    pub raw: Vec<RawCategory>,
    /// As they are shown, and of which of `raw` each is made.
    pub shown: Vec<(String, Vec<u32>)>,
    pub harms: LabelHarms,
}

/// How the harms of a label are found.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelHarms {
    settings: LabelSettings,
    /// Harms that the name of the source names, or the plan for all of it.
    source: Option<Harms>,
}

impl LabelHarms {
    fn new(origin: &Origin) -> Self {
        let settings = origin.labels.clone();
        let by_name = || Some(Harms::named_in(&origin.name)).filter(|h| h.is_mapped() && *h != Harms::none());
        let source = settings.harm.as_ref().map(Harms::of).or_else(by_name);
        Self { settings, source }
    }

    /// The harms of a label: those that the plan gives it, or else those of its words; with those of the source.
    pub fn of(&self, label: &str) -> Harms {
        let own = self.settings.harm_of(label).map_or_else(|| Harms::named_in(label), Harms::of);
        match &self.source {
            Some(source) if own.is_mapped() => own.and(source),
            // The plan has said of all the source what it is about.
            Some(source) if self.settings.harm.is_some() => source.clone(),
            _ => own,
        }
    }
}

/// Settles the categories of a source, and says which are not mapped to a harm.
pub(super) fn settle(events: &Events, cube: &Cube, origin: &Origin, problems: &mut Problems) -> Labels {
    let harms = LabelHarms::new(origin);
    let open = origin.sensitivity.is_open();
    let frequent = frequent(cube, &origin.labels);
    let raw: Vec<RawCategory> = events
        .categories
        .iter()
        .zip(&frequent)
        .map(|(name, frequent)| RawCategory {
            name: name.clone(),
            harms: if open { Harms::none() } else { harms.of(name) },
            is_printed: open || *frequent || origin.labels.names(name),
        })
        .collect();
    if !open {
        warn_of_unmapped(events, &raw, origin, problems);
    }
    // A list of labels that may be printed is a permission, and may be longer than what the data hold.
    let missing: Vec<&String> = origin.labels.harms.keys().filter(|l| !raw.iter().any(|r| same(&r.name, l))).collect();
    for label in missing {
        let place = Place::file("the plan").at(format!("source `{}`", origin.name));
        problems.warn_said(Code::S332, place, said::category_not_in_the_data(label));
    }
    let mut shown: Vec<(String, Vec<u32>)> = Vec::new();
    let mut other: Vec<u32> = Vec::new();
    for (category, at) in raw.iter().zip(0_u32..) {
        if category.is_printed {
            shown.push((category.name.clone(), vec![at]));
        } else {
            other.push(at);
        }
    }
    // In the order of the file they would tell which came first.
    if !open {
        shown.sort();
    }
    // A label without events in the months studied makes no row of its own.
    if other.iter().any(|c| count(cube, *c as usize, 0) > 0) {
        match shown.iter_mut().find(|(name, _)| same(name, OTHER)) {
            Some((_, of)) => of.extend(other),
            None => shown.push((OTHER.into(), other)),
        }
    }
    Labels { raw, shown, harms }
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// For each category, whether it stands for more events than are ever withheld, in all months and in each window that is told.
fn frequent(cube: &Cube, settings: &LabelSettings) -> Vec<bool> {
    let windows: Vec<usize> = std::iter::once(cube.period.len()).chain(settings.windows.iter().copied()).collect();
    let first = |window: usize| cube.period.len().saturating_sub(window.max(1));
    let often = |category: usize| {
        let above = |limit: u64| windows.iter().all(|w| count(cube, category, first(*w)) > limit);
        settings.print_above.is_some_and(above)
    };
    (0..cube.categories).map(often).collect()
}

/// Events of a category from a month on.
fn count(cube: &Cube, category: usize, first_month: usize) -> u64 {
    (first_month..cube.period.len())
        .flat_map(|month| (0..=cube.areas).map(move |area| (month, area)))
        .map(|(month, area)| u64::from(cube.counts[cube.at(month, area, category)]))
        .sum()
}

/// One warning for a source, with the line of the first row and never with what stands there.
fn warn_of_unmapped(events: &Events, raw: &[RawCategory], origin: &Origin, problems: &mut Problems) {
    let unmapped = raw.iter().filter(|c| !c.harms.is_mapped()).count();
    if unmapped == 0 {
        return;
    }
    let not_mapped = |category: &u16| raw.get(usize::from(*category)).is_some_and(|c| !c.harms.is_mapped());
    let first = events.blocks.iter().find_map(|b| {
        let row = b.category.iter().position(not_mapped)?;
        Some(Place::line(&b.file, u64::from(b.line.of(row))))
    });
    let place = first.unwrap_or_else(|| Place::file(&origin.name));
    problems.warn_said(Code::S331, place, said::categories_without_a_harm(unmapped, &origin.name));
}
