//! Which properties of boundaries hold codes, names and authorities: found over all features, the newest of several years.

use std::collections::HashSet;

use geojson::{Feature, FeatureCollection};

use super::ons_heading::{OnsHeading, ons_heading};
use crate::units::{AreaCode, Geography};

/// The properties that are read.
pub(super) struct Properties {
    /// What kind of areas they are, and of which year.
    pub kind: OnsHeading,
    /// The property of codes.
    pub code: String,
    pub name: Option<String>,
    pub authority: Option<String>,
    /// The year of the authorities; 0 where nothing says.
    pub authority_vintage: u16,
    /// Properties of authorities of other years, newest first.
    older: Vec<String>,
}

impl Properties {
    /// Of all features: the first may lack one that others have. Where none holds codes, the headings that are there.
    pub fn find(collection: &FeatureCollection) -> Result<Self, Vec<String>> {
        let mut seen: HashSet<&str> = HashSet::new();
        let keys = collection.features.iter().filter_map(|f| f.properties.as_ref()).flat_map(|p| p.keys());
        let headings: Vec<&str> = keys.map(String::as_str).filter(|h| seen.insert(h)).collect();
        let known: Vec<(OnsHeading, &str)> = headings.iter().filter_map(|h| Some((ons_heading(h)?, *h))).collect();
        // Ward files carry the authority's code too: the finest geography is the one drawn, and the newest codes are those of today.
        let newest_first = |h: &OnsHeading| std::cmp::Reverse(h.vintage);
        let code = known.iter().filter(|(h, _)| h.code).min_by_key(|(h, _)| (h.geography, newest_first(h)));
        // Areas under a plain heading carry the code of their authority under its own: they are no authorities.
        let by_content =
            code.is_none_or(|(h, _)| h.geography == Geography::Authority).then(|| codes_by_content(collection, &headings)).flatten();
        let by_content = by_content.filter(|(h, _)| code.is_none_or(|(known, _)| h.geography < known.geography));
        let Some((kind, code)) = by_content.or(code.copied()) else {
            return Err(headings.into_iter().map(str::to_owned).collect());
        };
        let names = known.iter().filter(|(h, _)| !h.code && h.geography == kind.geography);
        let name = names.min_by_key(|(h, _)| (h.vintage != kind.vintage, newest_first(h))).map(|n| n.1);
        let name = name.or_else(|| by_content.and_then(|_| name_by_content(collection, &headings, code)));
        let mut authorities: Vec<_> = known.iter().filter(|(h, _)| h.code && h.geography == Geography::Authority).collect();
        authorities.sort_by_key(|(h, _)| newest_first(h));
        let unnamed = || headings.iter().copied().find(|h| *h != code && all_authorities(collection, h));
        let authority = authorities.first().map(|a| a.1).or(headings.iter().copied().find(|h| *h == "LADCD_ACTIVE")).or_else(unnamed);
        Ok(Self {
            kind,
            code: code.to_owned(),
            name: name.map(str::to_owned),
            authority: authority.map(str::to_owned),
            authority_vintage: authorities.first().map_or(0, |a| a.0.vintage),
            older: authorities.iter().skip(1).map(|a| a.1.to_owned()).collect(),
        })
    }

    /// The authority of a feature, by the newest of its properties.
    pub fn authority_of(&self, feature: &Feature) -> Option<AreaCode> {
        self.authority.as_deref().and_then(|h| code_at(feature, h))
    }

    /// The property of the newest year and an older one that alone says in which authority a feature lies: it may have another by now.
    pub fn told_by_older_alone(&self, feature: &Feature) -> Option<(&str, &str)> {
        let newest = self.authority.as_deref()?;
        let older = self.older.iter().find(|h| code_at(feature, h).is_some())?;
        code_at(feature, newest).is_none().then_some((newest, older))
    }
}

/// The one property that holds a code of an area in every feature, whatever it is called; of several that of the smallest areas.
fn codes_by_content<'h>(collection: &FeatureCollection, headings: &[&'h str]) -> Option<(OnsHeading, &'h str)> {
    let kind = |heading: &str| {
        let mut kinds = collection.features.iter().map(|f| code_at(f, heading).and_then(|c| c.geography()));
        let first = kinds.next()??;
        kinds.all(|k| k == Some(first)).then_some(first)
    };
    let found: Vec<(Geography, &str)> = headings.iter().filter_map(|h| Some((kind(h)?, *h))).collect();
    let smallest = found.iter().map(|f| f.0).min()?;
    let mut of_smallest = found.iter().filter(|f| f.0 == smallest);
    // Codes of two years beside one another: nobody says which are those of the shapes.
    let (geography, heading) = of_smallest.next().filter(|_| of_smallest.next().is_none())?;
    Some((OnsHeading { geography: *geography, vintage: 0, code: true }, heading))
}

/// The property that names the areas: one that is called so, that differs from area to area, and best one whose heading begins as that of the codes.
fn name_by_content<'h>(collection: &FeatureCollection, headings: &[&'h str], code: &str) -> Option<&'h str> {
    let distinct = |heading: &str| {
        let names = collection.features.iter().filter_map(|f| f.property(heading).and_then(|v| v.as_str()));
        names.collect::<HashSet<_>>().len()
    };
    let stem = |heading: &str| {
        heading.to_lowercase().trim_end_matches("name").trim_end_matches("nm").trim_end_matches("code").trim_end_matches("cd").to_owned()
    };
    let called = headings.iter().copied().filter(|h| *h != code && is_called_name(h) && ons_heading(h).is_none());
    let several = called.filter(|h| collection.features.len() < 2 || distinct(h) > 1);
    // The first of those that are as good.
    several.rev().max_by_key(|h| (stem(h) == stem(code), distinct(h)))
}

fn is_called_name(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    lower.contains("name") || lower.ends_with("nm")
}

fn code_at(feature: &Feature, heading: &str) -> Option<AreaCode> {
    feature.property(heading).and_then(|v| v.as_str()).map(str::trim).and_then(AreaCode::parse)
}

/// Whether a property holds codes of authorities, whatever it is called.
fn all_authorities(collection: &FeatureCollection, heading: &str) -> bool {
    collection.features.iter().all(|f| code_at(f, heading).is_some_and(|c| c.geography() == Some(Geography::Authority)))
}
