//! Where a service is offered, settled against the areas of the study.

use std::collections::BTreeMap;

use geo::{Contains, MultiPolygon, Point};

use super::areas::{Area, to_metres};
use crate::sources::{LookupTable, ServedArea};
use crate::units::{AreaCode, Crs, Geography};

/// Names under which a service is offered to the whole country.
const NATIONAL: [&str; 9] =
    ["england", "england and wales", "great britain", "uk", "united kingdom", "national", "nationwide", "nationally", "uk-wide"];

/// Where a service is offered. It takes in everything where its record says nothing that can be settled.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Served {
    codes: Vec<AreaCode>,
    /// On the National Grid.
    shapes: Vec<MultiPolygon<f64>>,
    nationwide: bool,
}

impl Served {
    /// Whether it takes in an area: by a code of the area or of one that it lies in, or because the area's centre lies in a shape.
    pub fn takes_in(&self, area: &Area) -> bool {
        self.is_everywhere()
            || self.codes.iter().any(|c| *c == area.code || within(area, *c) || is_beyond_authorities(*c))
            || self.shapes.iter().any(|s| s.contains(&Point::new(area.centre.easting_m, area.centre.northing_m)))
    }

    /// Whether nothing limits it.
    pub fn is_everywhere(&self) -> bool {
        self.nationwide || (self.codes.is_empty() && self.shapes.is_empty())
    }

    /// Whether a shape bounds it.
    pub fn has_shapes(&self) -> bool {
        !self.shapes.is_empty()
    }

    /// The codes in it.
    pub fn codes(&self) -> &[AreaCode] {
        &self.codes
    }
}

/// Whether an area lies in a code, or in what an authority of that code became since.
fn within(area: &Area, code: AreaCode) -> bool {
    let authority = code.geography() == Some(Geography::Authority);
    area.larger.contains(&code) || authority && super::codes::successors(code).iter().any(|c| area.larger.contains(c))
}

/// Codes of regions, counties and countries are no areas of the study: they are taken to take in all of it.
fn is_beyond_authorities(code: AreaCode) -> bool {
    !matches!(code.geography(), Some(Geography::Authority | Geography::Ward | Geography::Msoa | Geography::Lsoa))
}

/// Names of authorities, as the lookups give them.
pub(super) struct Gazetteer(BTreeMap<String, AreaCode>);

impl Gazetteer {
    /// With the name of the study's own area, where it is one authority.
    pub(super) fn new(lookups: &[LookupTable], area_name: &str, authorities: &[AreaCode]) -> Self {
        let rows = lookups.iter().flat_map(|t| &t.rows).filter_map(|r| r.authority.as_ref());
        let named = rows.filter(|(_, name)| !name.is_empty()).map(|(code, name)| (plain(name), *code));
        let own = authorities.first().filter(|_| authorities.len() == 1).map(|code| (plain(area_name), *code));
        Self(own.into_iter().chain(named).collect())
    }

    /// Whether an area is named that is neither an authority nor the whole country: it may be as small as a street.
    pub(super) fn leaves_open(&self, said: &ServedArea) -> bool {
        said.names.iter().any(|name| {
            let name = plain(name);
            !NATIONAL.contains(&name.as_str()) && !self.0.contains_key(&name)
        })
    }

    /// What a record says, settled; and whether it names an area that nothing settles, so that it is taken to be offered everywhere.
    pub(super) fn settle(&self, said: ServedArea) -> (Served, bool) {
        let mut served =
            Served { codes: said.codes, shapes: said.shapes.iter().filter_map(|s| to_metres(s, Crs::Wgs84)).collect(), nationwide: false };
        let mut unsettled = said.shapes.len() > served.shapes.len();
        for name in &said.names {
            let name = plain(name);
            if NATIONAL.contains(&name.as_str()) {
                served.nationwide = true;
            } else if let Some(code) = self.0.get(&name) {
                served.codes.push(*code);
            } else {
                unsettled = true;
            }
        }
        (served.clone(), unsettled && served.is_everywhere() && !served.nationwide)
    }
}

/// `The London Borough of Barnet` and `Barnet Council` are Barnet.
fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    let mut rest = name.trim().trim_end_matches('.');
    for start in ["the ", "london borough of ", "royal borough of ", "borough of ", "city of ", "county of "] {
        rest = rest.strip_prefix(start).unwrap_or(rest);
    }
    for end in [" council", " city", " borough", " district", " county", " metropolitan"] {
        rest = rest.strip_suffix(end).unwrap_or(rest);
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_settled_by_the_lookups_and_the_rest_is_said() {
        let code = AreaCode::parse("E09000003").unwrap();
        let gazetteer = Gazetteer([(plain("Barnet"), code)].into());
        let said = |names: &[&str]| ServedArea { names: names.iter().map(|n| (*n).to_owned()).collect(), ..ServedArea::default() };
        let (barnet, unsettled) = gazetteer.settle(said(&["London Borough of Barnet"]));
        assert_eq!((barnet.codes(), unsettled), (&[code][..], false));
        let (england, unsettled) = gazetteer.settle(said(&["England"]));
        assert!(england.is_everywhere() && !unsettled);
        let (town, unsettled) = gazetteer.settle(said(&["all who live near the mill"]));
        assert!(town.is_everywhere() && unsettled);
        // What is settled stands, though more was said.
        assert!(!gazetteer.settle(said(&["Barnet", "and around"])).1);
    }
}
