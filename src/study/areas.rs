//! The areas of a study: shapes in metres, residents, and where those residents live on average.

use std::borrow::Cow;
use std::collections::BTreeMap;

use geo::{Centroid, MapCoords, MultiPolygon};

use super::area_parts::each_once;
use super::bridge::Bridge;
use super::centres;
use super::settings::StudySettings;
use super::whose;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{BoundarySet, Gathered};
use crate::spatial::{BoundaryFault, Locator, to_bng};
use crate::units::{AreaCode, Bng, Crs, Geography, LonLat, Period};

/// One area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// The authority that it lies in.
    pub authority: AreaCode,
    /// Larger areas that it lies in, as far as the lookups know them: middle layer, ward, authority.
    pub larger: Vec<AreaCode>,
    /// What people call those: names of its middle layer and its ward, where the lookups tell them.
    pub within: Vec<String>,
    /// Its shape on the National Grid, in metres.
    pub shape: MultiPolygon<f64>,
    /// Where its residents live on average.
    pub centre: Bng,
    /// Whether `centre` is weighted by population; otherwise it is the middle of the shape.
    pub centre_is_weighted: bool,
    /// Higher the more deprived, where a source says so; only its order means anything.
    pub deprivation: Option<f64>,
    /// Residents by group: `all`, `female`, `age 20-24`.
    pub residents: BTreeMap<String, f64>,
}

/// All areas, sorted by code, with an index of their boundaries as published.
#[derive(Clone)]
pub struct Areas {
    /// The areas.
    pub list: Vec<Area>,
    /// Areas of other authorities near the boundary, sorted by code: need does not stop at it. They have no shape here, and no events.
    pub beyond: Vec<Area>,
    /// How near they are to an area of the study, in metres.
    pub buffer_m: f64,
    /// The system in which the boundaries were published and points are tested.
    pub crs: Crs,
    /// Year of the codes.
    pub vintage: u16,
    /// Position of the source of the residents in the plan.
    pub population_source: Option<usize>,
    /// Position of the source of deprivation.
    pub deprivation_source: Option<usize>,
    pub(super) locator: Locator,
    /// Codes of boundaries that lie in other authorities, sorted.
    elsewhere: Vec<AreaCode>,
}

impl Areas {
    /// Position of a code.
    pub fn position(&self, code: AreaCode) -> Option<usize> {
        self.list.binary_search_by_key(&code, |a| a.code).ok()
    }

    /// The authorities that areas lie in, sorted by code.
    pub(super) fn authorities(&self) -> Vec<AreaCode> {
        let mut all: Vec<AreaCode> = self.list.iter().map(|a| a.authority).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// For each area, the position of its authority among these.
    pub(super) fn authority_positions(&self) -> Vec<u16> {
        let all = self.authorities();
        self.list.iter().map(|a| all.binary_search(&a.authority).map_or(u16::MAX, |i| i as u16)).collect()
    }

    /// Whether a boundary puts the code in another authority.
    pub(super) fn is_elsewhere(&self, code: AreaCode) -> bool {
        self.elsewhere.binary_search(&code).is_ok()
    }

    /// Residents of a group in every area; `None` where the area has no such number.
    pub fn residents(&self, group: &str) -> Vec<Option<f64>> {
        self.list.iter().map(|a| a.residents.get(group).copied()).collect()
    }

    /// The groups that every area has a number for.
    pub fn groups(&self) -> Vec<&str> {
        let Some(first) = self.list.first() else { return vec![] };
        first.residents.keys().map(String::as_str).filter(|g| self.list.iter().all(|a| a.residents.contains_key(*g))).collect()
    }

    /// Areas straight from boundary sets, without residents or authorities: what a join of points alone needs.
    pub fn from_boundaries(sets: Vec<BoundarySet>) -> Option<Self> {
        let (crs, vintage) = sets.first().map(|s| (s.crs, s.vintage))?;
        let mut areas: Vec<_> = sets.into_iter().flat_map(|s| s.areas).collect();
        areas.sort_by_key(|a| a.0);
        let bare = |(code, name, authority, _): &(AreaCode, String, Option<AreaCode>, MultiPolygon<f64>)| Area {
            code: *code,
            name: name.clone(),
            authority: authority.unwrap_or(*code),
            larger: vec![],
            within: vec![],
            shape: MultiPolygon(vec![]),
            centre: Bng { easting_m: 0.0, northing_m: 0.0 },
            centre_is_weighted: false,
            deprivation: None,
            residents: BTreeMap::new(),
        };
        let list = areas.iter().map(bare).collect();
        Some(Self {
            list,
            beyond: vec![],
            buffer_m: 0.0,
            crs,
            vintage,
            population_source: None,
            deprivation_source: None,
            locator: Locator::new(areas.into_iter().map(|a| a.3).collect()),
            elsewhere: vec![],
        })
    }
}

/// An area of a boundary file: code, name, authority, shape, file.
pub(super) type Found<'a> = (AreaCode, String, AreaCode, Cow<'a, MultiPolygon<f64>>, &'a str);

/// Builds the areas of the study from the boundaries of its geography and authorities.
pub(super) fn build(
    settings: &StudySettings,
    gathered: &Gathered,
    bridge: &Bridge,
    period: Period,
    problems: &mut Problems,
) -> Option<Areas> {
    let newest = newest(settings, gathered, problems)?;
    let (vintage, crs) = (newest.vintage, newest.crs);
    let (found, others) = own_and_others(settings, gathered, newest, bridge, problems);
    let shapeless = whose::shapeless_elsewhere(settings, gathered, vintage, bridge, problems);
    let owned: Vec<AreaCode> = found.iter().map(|f| f.2).collect();
    whose::every_authority_has_areas(&settings.authorities, &owned, problems);
    if found.is_empty() {
        return None;
    }
    let have: Vec<AreaCode> = found.iter().map(|f| f.0).collect();
    whose::every_listed_area_has_a_boundary(settings, vintage, &have, bridge, &newest.file, problems);
    let mut elsewhere: Vec<AreaCode> = others.iter().map(|o| o.0).chain(shapeless).collect();
    elsewhere.sort_unstable();
    let names: BTreeMap<AreaCode, &str> = found.iter().map(|f| (f.0, f.1.as_str())).collect();
    whose::every_named_area_has_a_boundary(&names, &elsewhere, &gathered.named, bridge, &newest.file, problems);
    let centres = centres::of(&gathered.centres, problems);
    let mut codes: Vec<AreaCode> = found.iter().map(|f| f.0).chain(others.iter().map(|o| o.0)).collect();
    codes.sort_unstable();
    let deprivation = super::deprivation::of(gathered, bridge, &codes, settings.geography, problems);
    let months = super::has_months(settings, gathered).then_some(period);
    let mut residents = super::residents::of(&gathered.population, bridge, &codes, settings, months, problems);
    let mut list = Vec::new();
    let mut published = Vec::new();
    let mut away = centres::Away::default();
    for (code, name, authority, shape, file) in found {
        let Some(metres) = in_metres(code, &shape, crs, file, problems) else { continue };
        let centroid = metres.centroid().map_or(Bng { easting_m: 0.0, northing_m: 0.0 }, |c| Bng { easting_m: c.x(), northing_m: c.y() });
        published.push(shape.into_owned());
        centres.get(&code).iter().for_each(|centre| away.see(code, &metres, **centre));
        let around: Vec<AreaCode> = [Geography::Msoa, Geography::Ward].iter().filter_map(|g| bridge.up_to(code, *g)).collect();
        list.push(Area {
            code,
            name,
            authority,
            within: around.iter().filter_map(|c| bridge.name(*c)).map(str::to_owned).collect(),
            larger: around.into_iter().chain([authority]).collect(),
            shape: metres,
            centre: centres.get(&code).copied().unwrap_or(centroid),
            centre_is_weighted: centres.contains_key(&code),
            deprivation: deprivation.get(&code).copied(),
            residents: residents.remove(&code).unwrap_or_default(),
        });
    }
    away.tell(problems);
    let beyond = beyond(others, settings, crs, &centres, &list, &mut residents);
    Some(Areas {
        list,
        beyond,
        buffer_m: settings.buffer_m,
        crs,
        vintage,
        population_source: gathered.population.first().map(|r| r.source),
        deprivation_source: gathered.deprivation.first().map(|d| d.2),
        locator: Locator::new(published),
        elsewhere,
    })
}

/// The newest boundaries of the study's geography; a problem where there are none.
fn newest<'a>(settings: &StudySettings, gathered: &'a Gathered, problems: &mut Problems) -> Option<&'a BoundarySet> {
    let sets = gathered.boundaries.iter().filter(|s| s.geography == settings.geography);
    let newest = sets.max_by_key(|s| s.vintage);
    if newest.is_none() {
        let have: Vec<&str> = gathered.boundaries.iter().map(|s| s.geography.plural()).collect();
        if !problems.any_error() {
            let said = said::no_boundaries(settings.geography, &have);
            problems.error_said(Code::P104, Place::file("the plan").at("[study] geography"), said);
        }
    }
    newest
}

/// Areas of the study's authorities and of others, each code once; what lies in a file twice is told.
fn own_and_others<'a>(
    settings: &StudySettings,
    gathered: &'a Gathered,
    newest: &BoundarySet,
    bridge: &Bridge,
    problems: &mut Problems,
) -> (Vec<Found<'a>>, Vec<Found<'a>>) {
    let (mut found, mut others): (Vec<Found>, Vec<Found>) = (vec![], vec![]);
    // With each whether its file says of other areas in which authority they lie.
    let mut untold: Vec<(whose::Untold, bool)> = Vec::new();
    for set in gathered.boundaries.iter().filter(|s| s.geography == settings.geography && s.vintage == newest.vintage) {
        if set.crs != newest.crs {
            problems.error_said(Code::D201, Place::file(&set.file), said::boundaries_in_two_systems());
        }
        let tells_some = set.areas.iter().any(|a| a.2.is_some());
        for (code, name, authority, shape) in &set.areas {
            let file = set.file.as_str();
            match whose::authority(set, *code, *authority, bridge, &settings.authorities) {
                Some(own) if settings.authorities.contains(&own) => found.push((*code, name.clone(), own, Cow::Borrowed(shape), file)),
                Some(other) => others.push((*code, name.clone(), other, Cow::Borrowed(shape), file)),
                None => untold.push(((*code, name.clone(), shape, file), tells_some)),
            }
        }
    }
    // A file that says nothing of authorities may hold a part of an area of which another file says it.
    let told: BTreeMap<AreaCode, AreaCode> = found.iter().chain(&others).map(|f| (f.0, f.2)).collect();
    let mut open: Vec<whose::Untold> = Vec::new();
    let mut left_open = 0;
    for ((code, name, shape, file), tells_some) in untold {
        match told.get(&code) {
            Some(own) if settings.authorities.contains(own) => found.push((code, name, *own, Cow::Borrowed(shape), file)),
            Some(other) => others.push((code, name, *other, Cow::Borrowed(shape), file)),
            None => {
                left_open += usize::from(tells_some);
                open.push((code, name, shape, file));
            }
        }
    }
    let claimed = whose::claim(open, left_open, settings, found.iter().map(|f| f.1.as_str()), problems);
    found.extend(claimed.into_iter().map(|(code, name, own, shape, file)| (code, name, own, Cow::Borrowed(shape), file)));
    let (found, others) = (each_once(found, Some(problems)), each_once(others, None));
    (found, others)
}

/// A shape in metres; told where it is not valid or lies elsewhere.
fn in_metres(code: AreaCode, shape: &MultiPolygon<f64>, crs: Crs, file: &str, problems: &mut Problems) -> Option<MultiPolygon<f64>> {
    if let Some(BoundaryFault(fault)) = BoundaryFault::of(shape) {
        problems.error_said(Code::D203, Place::file(file).at(code.to_string()), said::boundary_that_is_no_shape(code, &fault));
    }
    let metres = to_metres(shape, crs);
    if metres.is_none() {
        problems.error_said(Code::D201, Place::file(file).at(code.to_string()), said::boundary_outside_great_britain(code));
    }
    metres
}

/// Areas of others within the buffer. Those without residents are nobody's need.
fn beyond(
    others: Vec<Found>,
    settings: &StudySettings,
    crs: Crs,
    centres: &BTreeMap<AreaCode, Bng>,
    list: &[Area],
    residents: &mut BTreeMap<AreaCode, BTreeMap<String, f64>>,
) -> Vec<Area> {
    let near = |centre: Bng| list.iter().any(|a| a.centre.distance_m(centre) <= settings.buffer_m);
    let mut beyond: Vec<Area> = Vec::new();
    for (code, name, authority, shape, _) in others {
        let of_shape = || to_metres(&shape, crs)?.centroid().map(|c| Bng { easting_m: c.x(), northing_m: c.y() });
        let Some(centre) = centres.get(&code).copied().or_else(of_shape).filter(|c| near(*c)) else { continue };
        let Some(residents) = residents.remove(&code) else { continue };
        beyond.push(Area {
            code,
            name,
            authority,
            larger: vec![authority],
            within: vec![],
            shape: MultiPolygon(vec![]),
            centre,
            centre_is_weighted: centres.contains_key(&code),
            deprivation: None,
            residents,
        });
    }
    beyond
}

/// A shape in metres on the National Grid; `None` where a vertex lies outside Great Britain.
pub(super) fn to_metres(shape: &MultiPolygon<f64>, crs: Crs) -> Option<MultiPolygon<f64>> {
    match crs {
        Crs::BritishNationalGrid => Some(shape.clone()),
        Crs::Wgs84 => shape
            .try_map_coords(|c| {
                let place = to_bng(LonLat { lon: c.x, lat: c.y }).ok_or(())?;
                Ok::<_, ()>(geo::Coord { x: place.easting_m, y: place.northing_m })
            })
            .ok(),
    }
}
