//! Areas by their names, as the boundaries and lookups of a plan have them: tables of a council name wards, and give no codes.

use std::collections::HashMap;

use super::events::plain_words;
use super::gathered::Gathered;
use crate::units::AreaCode;

/// For each name the one area that is called so; `None` where several are.
#[derive(Default)]
pub(super) struct AreaNames(HashMap<String, Option<AreaCode>>);

impl AreaNames {
    /// From what was read before: boundaries first, the newest of them, then lookups.
    pub fn of(gathered: &Gathered) -> Self {
        let mut all = Self::default();
        let mut sets: Vec<_> = gathered.boundaries.iter().collect();
        sets.sort_by_key(|s| std::cmp::Reverse(s.vintage));
        for set in sets {
            all.add(set.areas.iter().map(|a| (a.1.as_str(), a.0)));
        }
        let mut lookups: Vec<_> = gathered.lookups.iter().collect();
        lookups.sort_by_key(|l| std::cmp::Reverse(l.to.1));
        for lookup in lookups {
            all.add(lookup.rows.iter().map(|r| (r.to_name.as_str(), r.to)));
            all.add(lookup.rows.iter().filter_map(|r| r.authority.as_ref()).map(|(code, name)| (name.as_str(), *code)));
        }
        all
    }

    /// Adds names of one list; names that are known already keep what they mean.
    fn add<'n>(&mut self, list: impl Iterator<Item = (&'n str, AreaCode)>) {
        let mut own: HashMap<String, Option<AreaCode>> = HashMap::new();
        for (name, code) in list.filter(|(name, _)| !name.trim().is_empty()) {
            let known = own.entry(plain(name)).or_insert(Some(code));
            if *known != Some(code) {
                *known = None;
            }
        }
        own.into_iter().for_each(|(name, code)| {
            self.0.entry(name).or_insert(code);
        });
    }

    /// The one area of a name, in any case, with or without `ward` behind it.
    pub fn find(&self, name: &str) -> Option<AreaCode> {
        self.0.get(&plain(name)).copied().flatten()
    }

    /// Whether several areas are called so, so that the name says none of them.
    pub fn is_of_several(&self, name: &str) -> bool {
        self.0.get(&plain(name)).is_some_and(Option::is_none)
    }
}

fn plain(name: &str) -> String {
    let words = plain_words(name);
    words.strip_suffix(" ward").unwrap_or(&words).to_owned()
}
