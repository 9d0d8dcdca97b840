//! Where the file of a source comes from, for who does not have it yet.

/// Where to get the file of a kind of source, as a next step; `None` for tables of the analyst's own.
pub(super) fn where_from(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "boundaries" => {
            "Download the boundaries of this level (for LSOAs: \"Lower layer Super Output Areas (December 2021) Boundaries EW BGC\") as GeoJSON from the ONS Open Geography Portal, geoportal.statistics.gov.uk"
        }
        "lookup" => "Download the lookup as CSV from the ONS Open Geography Portal, geoportal.statistics.gov.uk",
        "timetable" => {
            "Download the timetables of the region in GTFS from the Bus Open Data Service, data.bus-data.dft.gov.uk; the zip need not be unpacked"
        }
        "population" => {
            "Download census table TS008 (sex) or TS007a (age) for the areas of the study from Nomis, nomisweb.co.uk, as bulk CSV"
        }
        "population-centres" => {
            "Download the population-weighted centroids of the areas as CSV from the ONS Open Geography Portal, geoportal.statistics.gov.uk"
        }
        "deprivation" => "Download the file of scores, ranks and deciles of the Indices of Deprivation from gov.uk",
        "police-uk-street" => {
            "Download the street files of the force from data.police.uk/data, or a whole archive from data.police.uk/data/archive; the zip need not be unpacked"
        }
        "mps-wide" => "Download the table from the London Datastore, data.london.gov.uk, under Metropolitan Police Service recorded crime",
        "services-csv" => "Make the table with `gapmap init <folder>`, which writes its headings, and fill in your services",
        "services-open-referral" | "services-hsds" => {
            "Ask whoever keeps the directory of services for its Open Referral feed, saved with all pages"
        }
        "postcode-directory" => {
            "Download the ONS Postcode Directory or the National Statistics Postcode Lookup from the ONS Open Geography Portal, geoportal.statistics.gov.uk, or Code-Point Open from osdatahub.os.uk"
        }
        "street-network" => "Download the extract of your county as .osm.pbf from a mirror of OpenStreetMap, such as download.geofabrik.de",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_kind_that_is_named_is_a_kind_and_every_open_one_is_named() {
        for kind in crate::sources::SOURCES {
            let own = [
                "events-csv",
                "fixmystreet",
                "services-side-table",
                "travel-times",
                "users-by-group",
                "journeys-by-authority",
                "indicator-table",
                "comparator-table",
            ];
            assert_ne!(super::where_from(kind.name).is_some(), own.contains(&kind.name), "{}", kind.name);
        }
    }
}
