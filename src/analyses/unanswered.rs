//! Why a question that was asked has no answer, and what would give it one. No number of the data stands here: it is told before the release.

use crate::sources::Topic;
use crate::study::Study;

/// Why an analysis gave nothing, in words, and the next step.
pub fn unanswered(analysis: &str, study: &Study) -> (&'static str, &'static str) {
    let incidents = study.datasets.iter().any(|d| d.topic == Topic::Incidents);
    let people = study.areas.list.iter().any(|a| !a.residents.is_empty());
    let services = !study.catalogue.public.is_empty() || !study.catalogue.confidential.is_empty();
    let few = study.areas.list.len() < 10;
    match analysis {
        "need" | "need-index" | "site" if !people => (
            "no area has a number of residents",
            "Add a `population` source with residents by sex and age, such as TS008 and TS007A of the census.",
        ),
        "need" => (
            "the residents are not known by sex and age for every area",
            "Add a `population` source with women and with ages, such as TS008 and TS007A of the census, of the codes of the boundaries.",
        ),
        "inequality" if study.source_of_deprivation().is_none() => {
            ("no source says how deprived the areas are", "Add a `deprivation` source: file 7 of the English Indices of Deprivation.")
        }
        "inequality" | "hotspots" | "clusters" | "need-index" if few => (
            "the study has too few areas to compare them with each other",
            "Choose a finer `geography`, such as `lsoa`, or take the analysis out of the plan.",
        ),
        "inequality" => (
            "too few areas have a rank of deprivation",
            "Check that the ranks are of the codes of the boundaries, or add a lookup between the two.",
        ),
        "places" => ("no source has reports of places where people feel unsafe", "Add a source with `topic = \"place-reports\"`."),
        "parity" => ("no source says who used services", "Add a `users-by-group` source."),
        "events" => (
            "no event of the study lies inside its months, or no source covers it",
            "Name it in `[[study.event]]`, with a first month inside the period.",
        ),
        "hours" => ("no source of incidents has an hour", "Map `hour` in an `events-csv` source of incidents."),
        "coverage" | "access" | "travel" | "services" | "gaps" | "need-access" | "site" if !services => {
            ("the study has no services", "Add a catalogue of services: `services-csv`, `services-open-referral` or `services-hsds`.")
        }
        "access" | "need-access" => (
            "no service of the kinds asked for has both a site and a capacity",
            "Give capacities in the catalogue or in a `services-side-table`, or name other `types`.",
        ),
        "site" => (
            "no kind of service that people expect near where they live has a public site, or its catalogue is restricted",
            "Give sites in an open catalogue of services, or name other `types`.",
        ),
        "what-if" => {
            ("no scenario of the plan changes a service that people travel to", "Write a `[[scenario]]` that opens, closes or moves one.")
        }
        "coverage" | "travel" => {
            ("no service is of a kind that people travel to", "Check the types of the services with `gapmap explain service-types`.")
        }
        _ if !incidents => ("no source has incidents", "Add a source of incidents: `police-uk-street`, `mps-wide` or `events-csv`."),
        _ => (
            "no source has the categories that it asks for, or enough months",
            "Check `categories` against the labels that the source uses, and the months that it covers.",
        ),
    }
}
