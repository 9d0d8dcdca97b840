//! Why a question that was asked has no answer, and what would give it one. No number of the data stands here: it is told before the release.

use super::{Analysis, clusters, concentration, inequality_line, need_index};
use crate::model::Message;
use crate::msg;
use crate::sources::Topic;
use crate::study::Study;
use crate::units::Geography;

/// Why an analysis gave nothing, and the next step.
pub fn unanswered(analysis: &str, settings: &dyn Analysis, study: &Study) -> (Message, Message) {
    let people = study.areas.list.iter().any(|a| !a.residents.is_empty());
    let services = !study.catalogue.public.is_empty() || !study.catalogue.confidential.is_empty();
    if let Some(own) = settings.unanswered(study).filter(|_| people && (services || analysis == "journeys")) {
        return own;
    }
    let incidents = study.datasets.iter().any(|d| d.topic == Topic::Incidents);
    let needed = fewest_areas(analysis);
    let few = study.areas.list.len() < needed;
    let deprived = study.areas.list.iter().all(|a| a.deprivation.is_some());
    let census = "TS008 and TS007A";
    match analysis {
        "need" | "need-index" | "site" | "last-bus" if !people => {
            (msg!("unanswered-no-residents"), msg!("unanswered-no-residents-next", example = census))
        }
        "need" => (msg!("unanswered-no-sex-and-age"), msg!("unanswered-no-sex-and-age-next", example = census)),
        "inequality" if study.source_of_deprivation().is_none() => {
            (msg!("unanswered-no-deprivation"), msg!("unanswered-no-deprivation-next", file = "file 7"))
        }
        "inequality" | "hotspots" | "emerging" | "near-repeat" | "concentration" | "clusters" | "need-index" if few => {
            let finest = study.about.geography == Geography::Lsoa;
            let next = if finest { msg!("unanswered-few-areas-finest-next") } else { msg!("unanswered-few-areas-next") };
            (msg!("unanswered-few-areas", needed = needed), next)
        }
        "need-index" if incidents && !deprived => (msg!("unanswered-no-sign"), msg!("unanswered-no-sign-next", file = "file 7")),
        "inequality" => (msg!("unanswered-few-ranks"), msg!("unanswered-few-ranks-next")),
        "places" => (msg!("unanswered-no-reports"), msg!("unanswered-no-reports-next")),
        "parity" => (msg!("unanswered-no-users"), msg!("unanswered-no-users-next")),
        "journeys" => (msg!("unanswered-no-journeys"), msg!("unanswered-no-journeys-next")),
        "indicators" => (msg!("unanswered-no-indicators"), msg!("unanswered-no-indicators-next")),
        "events" => (msg!("unanswered-no-event"), msg!("unanswered-no-event-next")),
        "near-repeat" if incidents => (msg!("unanswered-no-public-place"), msg!("unanswered-no-public-place-next")),
        "concentration" if incidents && study.datasets.iter().all(|d| !study.is_open_source(d.source)) => {
            (msg!("unanswered-no-open-incidents"), msg!("unanswered-no-open-incidents-next"))
        }
        "comparators" if study.comparators.iter().any(|c| !study.is_open_source(c.source)) => {
            (msg!("unanswered-comparators-restricted"), msg!("unanswered-comparators-restricted-next"))
        }
        "comparators" if study.comparators.is_empty() => (msg!("unanswered-no-comparators"), msg!("unanswered-no-comparators-next")),
        "comparators" if incidents => (msg!("unanswered-no-comparable"), msg!("unanswered-no-comparable-next")),
        "emerging" if incidents => (msg!("unanswered-no-history"), msg!("unanswered-no-history-next")),
        "outcomes" if incidents => (msg!("unanswered-no-outcomes"), msg!("unanswered-no-outcomes-next")),
        "hours" => (msg!("unanswered-no-hours"), msg!("unanswered-no-hours-next")),
        "coverage" | "access" | "travel" | "last-bus" | "services" | "gaps" | "need-access" | "site" | "contracts" | "assurance"
            if !services =>
        {
            (msg!("unanswered-no-services"), msg!("unanswered-no-services-next"))
        }
        "last-bus" if study.transit.is_none() => (msg!("unanswered-no-timetable"), msg!("unanswered-no-timetable-next")),
        "access" => (msg!("unanswered-no-capacity"), msg!("unanswered-no-capacity-next")),
        "need-access" if !incidents => (msg!("unanswered-no-incidents"), msg!("unanswered-no-incidents-next")),
        "need-access" => (msg!("unanswered-no-rate-of-harm"), msg!("unanswered-no-rate-of-harm-next")),
        "contracts" => (msg!("unanswered-no-cost"), msg!("unanswered-no-cost-next")),
        "assurance" if study.catalogue.public.iter().any(|s| study.is_served_by(s)) => {
            (msg!("unanswered-only-restricted-directories"), msg!("unanswered-only-restricted-directories-next"))
        }
        "assurance" => (msg!("unanswered-no-public-record"), msg!("unanswered-no-public-record-next")),
        "site" => (msg!("unanswered-no-open-site"), msg!("unanswered-no-open-site-next")),
        "what-if" => (msg!("unanswered-no-scenario"), msg!("unanswered-no-scenario-next")),
        "coverage" | "travel" | "last-bus" => (msg!("unanswered-no-travelled-kind"), msg!("unanswered-no-travelled-kind-next")),
        _ if !incidents => (msg!("unanswered-no-incidents"), msg!("unanswered-no-incidents-next")),
        _ => (msg!("unanswered-no-categories"), msg!("unanswered-no-categories-next")),
    }
}

/// The fewest areas that an analysis compares with each other.
fn fewest_areas(analysis: &str) -> usize {
    match analysis {
        "inequality" => inequality_line::FEWEST_AREAS,
        "need-index" => need_index::FEWEST_AREAS,
        "concentration" => concentration::FEWEST_AREAS,
        _ => clusters::FEWEST_AREAS,
    }
}
