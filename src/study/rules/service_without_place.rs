use crate::diagnostics::{Code, Place, Problems, said};
use crate::sources::{Delivery, place_in};
use crate::study::Study;
use crate::units::Postcode;

/// A public service that people come to, of which nobody says where: reach is then not known, not absent.
pub(super) fn check(study: &Study, problems: &mut Problems) {
    for service in &study.catalogue.public {
        let elsewhere = service.delivery.iter().any(|d| *d != Delivery::Site);
        if service.sites.is_empty() && !elsewhere {
            let name = &study.sources[service.source].name;
            // What is no plain id is not repeated: the row is named by where it stands.
            let id = is_plainly_an_id(&service.id).then_some(service.id.as_str());
            let place = if id.is_some() { Place::file(format!("source `{name}`")) } else { service.place.clone() };
            problems.warn_said(Code::S304, place, said::service_without_a_place(id));
        }
    }
}

/// Whether an id is nothing but one: no blank, no postcode and no street stands in it.
fn is_plainly_an_id(id: &str) -> bool {
    let words: Vec<&str> = id.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_postcode = |text: &str| Postcode::parse(text).is_some();
    let holds_one = words.iter().any(|word| is_postcode(word)) || words.windows(2).any(|two| is_postcode(&two.concat()));
    let is_address = matches!(place_in(&words.join(" ")), Some("a postcode" | "a house number" | "a street"));
    !id.contains(char::is_whitespace) && !holds_one && !is_address
}

#[cfg(test)]
mod tests {
    use super::is_plainly_an_id;

    #[test]
    fn an_address_in_the_place_of_an_id_is_none() {
        for id in ["CS-06", "OR-01", "K1", "service:117"] {
            assert!(is_plainly_an_id(id), "{id}");
        }
        for other in ["14 Zqxroad", "QM1 2ZQ", "QM12ZQ", "S_QM1_2ZQ", "14-Mill-Lane", "K 1"] {
            assert!(!is_plainly_an_id(other), "{other}");
        }
    }
}
