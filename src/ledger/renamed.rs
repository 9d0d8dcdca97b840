//! A source under another name is the same source: what earlier packs told of it binds it.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Place, Problems, said};
use crate::ledger::EarlierCell;
use crate::units::slug;

/// A source of the plan as the ledger knows it.
#[derive(Clone, Debug)]
pub struct NamedSource {
    /// Its name.
    pub name: String,
    /// Whether what is told of it is kept in the ledger.
    pub is_restricted: bool,
    /// Names that it had in earlier plans, where the plan says so.
    pub formerly: Option<Vec<String>>,
}

/// Earlier cells under the names that their sources have in the plan of today. `told_in` says which records tell of which source.
///
/// A restricted source of which only later records tell, or none, could hold the people of one that is gone from the plan, and nothing would protect
/// the two together. Nobody but the analyst knows: the plan says it by `formerly`. `None`, with each such source as a problem, where it does not.
///
/// What one of the `analyses` tells of a source by itself is kept as `source: analysis`.
pub fn under_names_of_today(
    cells: Vec<EarlierCell>,
    told_in: &BTreeMap<String, (u32, u32)>,
    sources: &[NamedSource],
    analyses: &[&str],
    problems: &mut Problems,
) -> Option<Vec<EarlierCell>> {
    let is_of = |kept: &str, name: &str| is_of(kept, name, analyses);
    let is_gone = |kept: &str| !sources.iter().any(|s| is_of(kept, &s.name));
    let gone: BTreeMap<&String, u32> = told_in.iter().filter(|(kept, _)| is_gone(kept)).map(|(kept, span)| (kept, span.1)).collect();
    let mut sound = true;
    for source in sources.iter().filter(|s| s.is_restricted) {
        let first = told_in.iter().filter(|(kept, _)| is_of(kept, &source.name)).map(|(_, span)| span.0).min();
        let before: Vec<&String> =
            gone.iter().filter(|(_, last)| first.is_none_or(|first| **last < first)).map(|(kept, _)| *kept).collect();
        let said = match &source.formerly {
            _ if before.is_empty() => continue,
            None => said::source_that_no_pack_tells_of(&source.name, &before),
            Some(former) if former.iter().all(|f| before.iter().any(|kept| is_of(kept, f))) => continue,
            Some(_) => said::former_name_that_no_pack_tells_of(&source.name, &before),
        };
        problems.error_said(Code::S334, Place::file("study.toml").at(format!("source {}", source.name)), said);
        sound = false;
    }
    sound.then(|| cells.into_iter().flat_map(|cell| renamed(cell, sources, analyses)).collect())
}

/// Whether cells kept as `kept` are of the source of this name: its own, or those of one analysis. `A: north` is another source than `A`.
fn is_of(kept: &str, name: &str, analyses: &[&str]) -> bool {
    kept.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.strip_prefix(": ").is_some_and(|of| analyses.contains(&of)))
}

/// A cell under the name of each source that holds its people: of two that say that they were one, both are bound.
fn renamed(cell: EarlierCell, sources: &[NamedSource], analyses: &[&str]) -> Vec<EarlierCell> {
    let is_of = |kept: &str, name: &str| is_of(kept, name, analyses);
    if sources.iter().any(|s| is_of(&cell.source, &s.name)) {
        return vec![cell];
    }
    let claimed = sources.iter().flat_map(|s| s.formerly.iter().flatten().map(move |f| (f.as_str(), s.name.as_str())));
    let mut bound: Vec<EarlierCell> = Vec::new();
    for (former, name) in claimed.filter(|(f, _)| is_of(&cell.source, f)) {
        let cell = under_name(cell.clone(), former, name);
        if !bound.contains(&cell) {
            bound.push(cell);
        }
    }
    if bound.is_empty() { vec![cell] } else { bound }
}

fn under_name(mut cell: EarlierCell, former: &str, name: &str) -> EarlierCell {
    cell.source = format!("{name}{}", &cell.source[former.len()..]);
    // A return is kept by the id of its finding, of which the name of its source is a part.
    let (then, now) = (slug(former), slug(name));
    for id in cell.categories.iter_mut().filter(|c| c.contains('/')) {
        *id = id.split('/').map(|part| if part == then { now.as_str() } else { part }).collect::<Vec<_>>().join("/");
    }
    cell
}
