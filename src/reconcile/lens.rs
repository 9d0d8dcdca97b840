//! The study read again as somebody else may have counted it: the same stages, with one switch set otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::Figure;
use super::ways::{self, Counts};
use super::{Cause, Reconciled, Verdict};
use crate::diagnostics::Problems;
use crate::pipeline::read_some;
use crate::plan::Plan;
use crate::sources::{Copies, Gathered, Origin};
use crate::study::{Dataset, PlaceBy, Study, StudySettings};
use crate::units::{AreaCode, Geography, Sensitivity};

/// How the sources are read and placed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
struct Lens {
    copies: Copies,
    /// By the rule that the plan does not take.
    placed_otherwise: bool,
    /// Boundaries and lookups of the newest year are left out where older ones are there.
    older_boundaries: bool,
    /// Codes of an older year are not carried over to newer ones.
    not_carried_over: bool,
}

/// What it may be the cause of, how it is told, and how it is set.
type Switch = (Cause, &'static str, fn(&mut Lens));

/// Each switch, what it may be the cause of, and how it is told.
const SWITCHES: [Switch; 6] = [
    (Cause::Restatement, "as the oldest table or archive of these months has it", |l| l.copies.oldest = true),
    (Cause::Duplicates, "rows that stand twice count twice", |l| l.copies.repeats_count = true),
    (Cause::Duplicates, "months that stand in two tables or archives count twice", |l| l.copies.all_count = true),
    (Cause::Placing, "", |l| l.placed_otherwise = true),
    (Cause::Boundaries, "by boundaries and lookups of an older year", |l| l.older_boundaries = true),
    (Cause::Boundaries, "codes of an older year are not carried over to newer areas", |l| l.not_carried_over = true),
];

/// Sources that places and counts of events come from. Catalogues, users and indicators take no part.
const READ: [&str; 8] =
    ["postcode-directory", "boundaries", "lookup", "population", "police-uk-street", "mps-wide", "events-csv", "fixmystreet"];

/// A study read through a lens, with the classes that its tables put categories into, source by source.
struct Read {
    study: Study,
    classes: BTreeMap<usize, Vec<(String, String)>>,
}

/// Holds a figure against every open source that counts it.
///
/// Restricted sources are never read here. `None` where the study cannot be read; the problems then say why. An empty list means that no open source
/// has such a category, or the study no such area.
pub fn reconcile(plan: &Plan, figures: &[Figure], problems: &mut Problems) -> Option<Vec<Vec<Reconciled>>> {
    let base = read(plan, Lens::default(), problems)?;
    // A switch that changes no count of any source is no cause.
    let whole = |read: &Read| -> Vec<_> { read.study.datasets.iter().map(|d| (d.source, cells(&read.study, d))).collect() };
    let today = whole(&base);
    let (mut lenses, mut not_tried): (Vec<(usize, Lens, Read)>, Vec<String>) = (vec![], vec![]);
    for (at, (_, how, set)) in SWITCHES.iter().enumerate() {
        let mut lens = Lens::default();
        set(&mut lens);
        match read(plan, lens, &mut Problems::default()) {
            Some(read) if whole(&read) != today => lenses.push((at, lens, read)),
            Some(_) => {}
            None => not_tried.push(if how.is_empty() { placed(plan).to_owned() } else { (*how).to_owned() }),
        }
    }
    let mut both: BTreeMap<(usize, usize), Read> = BTreeMap::new();
    for (i, (a, lens, _)) in lenses.iter().enumerate() {
        for (b, _, _) in lenses[i + 1..].iter().filter(|(b, _, _)| SWITCHES[*b].0 != SWITCHES[*a].0) {
            let mut lens = *lens;
            SWITCHES[*b].2(&mut lens);
            if let Some(read) = read(plan, lens, &mut Problems::default()) {
                both.insert((*a, *b), read);
            }
        }
    }
    let one = |figure: &Figure| -> Vec<Reconciled> {
        let Some(place) = Place::of(figure, plan, &base.study) else { return vec![] };
        let of = |dataset: &Dataset| {
            let name = &base.study.sources[dataset.source].name;
            if !figure.source.is_empty() && !figure.source.eq_ignore_ascii_case(name) {
                return None;
            }
            let counted = |read: &Read| {
                let dataset = read.study.datasets.iter().find(|d| d.source == dataset.source)?;
                Some(counts(&read.study, dataset, &place, read.classes.get(&dataset.source).map_or(&[][..], Vec::as_slice)))
            };
            let mut readings = vec![ways::Reading { switched: vec![], counts: counted(&base)? }];
            let told = |at: usize| {
                let (cause, how, _) = SWITCHES[at];
                (cause, if how.is_empty() { placed(plan).to_owned() } else { how.to_owned() })
            };
            readings.extend(
                lenses.iter().filter_map(|(at, _, read)| Some(ways::Reading { switched: vec![told(*at)], counts: counted(read)? })),
            );
            readings.extend(
                both.iter().filter_map(|((a, b), read)| Some(ways::Reading { switched: vec![told(*a), told(*b)], counts: counted(read)? })),
            );
            let breaks = base.study.breaks_of(dataset, &[]);
            let mut found = ways::reconcile(figure, &readings, &breaks)?;
            (found.source, found.area) = (name.clone(), place.name.clone());
            if found.verdict != Verdict::Same {
                found.not_tried.clone_from(&not_tried);
            }
            Some(found)
        };
        base.study.datasets.iter().filter_map(of).collect()
    };
    Some(figures.iter().map(one).collect())
}

fn placed(plan: &Plan) -> &'static str {
    match plan.study.place_by {
        PlaceBy::Code => "placed by points where rows have them, not by codes",
        PlaceBy::Point => "placed by codes where rows have them, not by points",
    }
}

/// READ and VALIDATE through a lens. All months that the sources hold take part: the figure may be of others than the study.
fn read(plan: &Plan, lens: Lens, problems: &mut Problems) -> Option<Read> {
    let wanted = |o: &Origin| READ.contains(&o.kind) && o.sensitivity == Sensitivity::Open;
    let mut gathered = read_some(plan, lens.copies, &wanted, problems);
    if gathered.events.is_empty() {
        return None;
    }
    let settings = StudySettings {
        period: None,
        scenarios: vec![],
        public_places: vec![],
        harmless_columns: vec![],
        same_service: vec![],
        different_services: vec![],
        events: vec![],
        place_by: match (lens.placed_otherwise, plan.study.place_by) {
            (false, by) => by,
            (true, PlaceBy::Code) => PlaceBy::Point,
            (true, PlaceBy::Point) => PlaceBy::Code,
        },
        ..plan.study.clone()
    };
    if lens.older_boundaries && !leave_newest_out(&mut gathered, settings.geography) {
        return built(plan, &settings, gathered, problems);
    }
    if lens.not_carried_over {
        gathered.lookups.retain(|l| l.from.0 != l.to.0);
    }
    built(plan, &settings, gathered, problems)
}

fn built(plan: &Plan, settings: &StudySettings, gathered: Gathered, problems: &mut Problems) -> Option<Read> {
    let mut classes: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for events in &gathered.events {
        let named = events.classes.iter().filter_map(|(class, c)| Some((class.clone(), events.categories.get(usize::from(*c))?.clone())));
        classes.insert(events.source, named.collect());
    }
    let origins: Vec<Origin> = plan.sources.iter().map(|(o, _)| o.clone()).collect();
    Study::build(settings, gathered, &origins, problems).map(|study| Read { study, classes })
}

/// Leaves boundaries and lookups of the newest year out where there are older ones; whether there were any.
fn leave_newest_out(gathered: &mut Gathered, geography: Geography) -> bool {
    let years = |of: &dyn Fn() -> Vec<u16>| {
        let mut years = of();
        years.sort_unstable();
        years.dedup();
        years
    };
    let of_boundaries = years(&|| gathered.boundaries.iter().filter(|b| b.geography == geography).map(|b| b.vintage).collect());
    let mut left_out = false;
    if let [_, .., newest] = of_boundaries.as_slice() {
        gathered.boundaries.retain(|b| b.geography != geography || b.vintage != *newest);
        left_out = true;
    }
    let ways =
        |g: &Gathered| -> Vec<(Geography, Geography)> { g.lookups.iter().map(|l| (l.from.0, l.to.0)).filter(|(a, b)| a != b).collect() };
    for (from, to) in ways(gathered) {
        let held = years(&|| gathered.lookups.iter().filter(|l| (l.from.0, l.to.0) == (from, to)).map(|l| l.to.1).collect());
        if let [_, .., newest] = held.as_slice() {
            gathered.lookups.retain(|l| (l.from.0, l.to.0) != (from, to) || l.to.1 != *newest);
            left_out = true;
        }
    }
    left_out
}

/// Where a figure is of.
struct Place {
    /// As it is told.
    name: String,
    /// Code or name of the areas; none for the partnership.
    areas: Option<(Option<AreaCode>, String)>,
}

impl Place {
    fn of(figure: &Figure, plan: &Plan, study: &Study) -> Option<Self> {
        let written = figure.area.trim();
        let code = AreaCode::parse(written);
        let whole = || Self { name: plan.study.area_name.clone(), areas: None };
        let alone = |c: AreaCode| plan.study.authorities == [c];
        if written.is_empty() || written.eq_ignore_ascii_case(&plan.study.area_name) || code.is_some_and(alone) {
            return Some(whole());
        }
        let named = |c: AreaCode| study.areas.position(c).map_or_else(|| c.to_string(), |i| study.areas.list[i].name.clone());
        let place = Self { name: code.map_or_else(|| written.to_owned(), named), areas: Some((code, written.to_owned())) };
        (!place.positions(study).is_empty()).then_some(place)
    }

    /// The areas that it takes in: one by code or name, or those that lie in a larger one.
    fn positions(&self, study: &Study) -> Vec<usize> {
        let Some((code, written)) = &self.areas else { return vec![] };
        let one = code.and_then(|c| study.areas.position(c));
        let named = |name: &str| study.areas.list.iter().position(|a| a.name.eq_ignore_ascii_case(name));
        // In an older year an area of the same name has another code.
        if let Some(at) = one.or_else(|| named(&self.name)).or_else(|| named(written)) {
            return vec![at];
        }
        let lies_in = |a: &crate::study::Area| code.is_some_and(|c| a.larger.contains(&c) || a.authority == c);
        (0..study.areas.list.len()).filter(|i| lies_in(&study.areas.list[*i])).collect()
    }
}

type Cell = (Option<AreaCode>, i32, String, u64);

/// Every count of a source, told by what it is of and not by positions.
fn cells(study: &Study, dataset: &Dataset) -> Vec<Cell> {
    let first = dataset.period.first.index();
    let code = |a: Option<u32>| a.and_then(|a| study.areas.list.get(a as usize)).map(|a| a.code);
    let name = |c: u32| dataset.raw.get(c as usize).map_or(String::new(), |r| r.name.clone());
    let mut all: Vec<Cell> = dataset.cells().map(|(a, m, c, _, n)| (code(a), first + m as i32, name(c), n)).collect();
    all.sort();
    all
}

/// What a source counts in a place.
fn counts(study: &Study, dataset: &Dataset, place: &Place, classes: &[(String, String)]) -> Counts {
    let inside = place.positions(study);
    let whole = place.areas.is_none();
    let takes = |area: Option<u32>| whole || area.is_some_and(|a| inside.contains(&(a as usize)));
    let held = |month: usize| match (&dataset.coverage, whole) {
        (Some(coverage), false) => inside.iter().all(|a| coverage.holds(*a, month)),
        _ => dataset.present.get(month).copied().unwrap_or(false),
    };
    let categories: Vec<String> = dataset.raw.iter().map(|r| r.name.clone()).collect();
    let months = dataset.period.len();
    let mut counts = Counts {
        first: dataset.period.first,
        held: (0..months).map(held).collect(),
        placed: vec![vec![0; months]; categories.len()],
        unlocated: vec![vec![0; months]; categories.len()],
        not_told: BTreeSet::new(),
        categories,
        classes: classes.to_vec(),
    };
    for (area, month, category, _, n) in dataset.cells() {
        let (c, m) = (category as usize, month as usize);
        match area {
            _ if !takes(area) => {}
            Some(_) => counts.placed[c][m] += n,
            None => counts.unlocated[c][m] += n,
        }
    }
    let untold = dataset.not_told().filter(|(area, _, _)| takes(*area));
    counts.not_told = untold.map(|(_, month, category)| (category as usize, month as usize)).collect();
    counts
}
