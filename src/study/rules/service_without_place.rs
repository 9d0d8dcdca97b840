use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::Delivery;
use crate::study::Study;

/// A public service that people come to, of which nobody says where: reach is then not known, not absent.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for service in &study.catalogue.public {
        let elsewhere = service.delivery.iter().any(|d| *d != Delivery::Site);
        if service.sites.is_empty() && !elsewhere {
            let name = &study.sources[service.source].name;
            problems.warn_said(Code::S304, Place::file(format!("source `{name}`")), said::service_without_a_place(&service.id));
        }
    }
}
