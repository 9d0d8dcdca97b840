//! `stops.txt`: where people get on and off.

use std::collections::HashMap;

use super::super::Origin;
use super::super::read_value::number;
use super::super::street_network::on_the_plane;
use super::feeds::Files;
use crate::diagnostics::Problems;
use crate::units::{Bng, LonLat};

/// A stop as it stands in the table. Its place may be that of its station.
#[derive(Clone, Debug, Default)]
pub(super) struct StopRow {
    pub name: String,
    pub place: Option<Bng>,
    pub step_free: Option<bool>,
    parent: String,
}

/// The stops of a feed, by id.
pub(super) fn read(origin: &Origin, files: &Files, problems: &mut Problems) -> Option<HashMap<String, StopRow>> {
    let mut file = files.open(origin, "stops", problems)?;
    let [id] = file.sheet.require(["stop_id"], problems)?;
    let [name, lat, lon, parent, wheelchair] =
        ["stop_name", "stop_lat", "stop_lon", "parent_station", "wheelchair_boarding"].map(|h| file.sheet.find(h));
    let mut stops = HashMap::new();
    file.for_each(problems, |_, row, _| {
        let at = number(row.get_if(lat)).value().zip(number(row.get_if(lon)).value());
        // A stop in the sea off Africa is one of which nobody gave the place.
        let at = at.filter(|(lat, lon)| (*lat, *lon) != (0.0, 0.0));
        let stop = StopRow {
            name: row.get_if(name).to_owned(),
            place: at.and_then(|(lat, lon)| on_the_plane(LonLat { lon, lat })).map(|(easting_m, northing_m)| Bng { easting_m, northing_m }),
            step_free: yes_or_no(row.get_if(wheelchair)),
            parent: row.get_if(parent).to_owned(),
        };
        stops.entry(row.get(id).to_owned()).or_insert(stop);
    });
    let of_station: Vec<(String, StopRow)> = stops
        .iter()
        .filter(|(_, s)| !s.parent.is_empty())
        .filter_map(|(id, s)| Some((id.clone(), stops.get(&s.parent)?.clone())))
        .collect();
    for (id, station) in of_station {
        if let Some(stop) = stops.get_mut(&id) {
            stop.place = stop.place.or(station.place);
            stop.step_free = stop.step_free.or(station.step_free);
        }
    }
    Some(stops)
}

/// `1` is yes and `2` is no; `0` and nothing are not known.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "2" => Some(false),
        _ => None,
    }
}
