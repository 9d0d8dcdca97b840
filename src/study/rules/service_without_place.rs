use crate::diagnostics::{Code, Place, Problems};
use crate::sources::Delivery;
use crate::study::Study;

/// A public service that people come to, of which nobody says where: reach is then not known, not absent.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for service in &study.catalogue.public {
        let elsewhere = service.delivery.iter().any(|d| *d != Delivery::Site);
        if service.sites.is_empty() && !elsewhere {
            let name = &study.sources[service.source].name;
            problems.warn(
                Code::S304,
                Place::file(format!("source `{name}`")),
                format!("service {} gives neither coordinates nor another way of delivery", service.id),
                "Add coordinates where the address is public, or its postcode and a `postcode-directory` source, or `delivery` in the side table: outreach, phone or online.",
            );
        }
    }
}
