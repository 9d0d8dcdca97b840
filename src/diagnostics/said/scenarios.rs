//! Scenarios of a plan: changes of services that are not there, or cannot be made.

use super::Said;

/// A change of a service that no catalogue has, or that is confidential.
pub fn scenario_of_no_service(id: &str) -> Said {
    Said::new(format!("no public service has the id `{id}`"), "Write the id as it stands in the catalogue.")
}

/// A service would open whose address is secret.
pub fn scenario_of_a_confidential_type(kind: &str) -> Said {
    Said::new(
        format!("services of the type `{kind}` keep their address secret"),
        "Leave it out: no scenario can say where such a service would be.",
    )
}

/// A service would open of a type that is none.
pub fn scenario_of_no_type(kind: &str) -> Said {
    Said::new(format!("there is no type of service called `{kind}`"), "`gapmap explain service-types` lists them.")
}

/// A service would open nowhere.
pub fn scenario_without_a_place() -> Said {
    Said::new(
        "a place is given by no area of the study and by no point of the National Grid",
        "Give `area`, the code of an area of the study, or `longitude` and `latitude` in degrees.",
    )
}

/// Hours that are none.
pub fn scenario_hours_not_read(hours: &str) -> Said {
    Said::new(format!("`{hours}` cannot be read as hours"), "Write them as `Mo-Fr 09:00-17:00; PH off`.")
}

/// A size that is none.
pub fn scenario_capacity_not_read() -> Said {
    Said::new("a capacity is negative or no number", "Give how many it can take.")
}
