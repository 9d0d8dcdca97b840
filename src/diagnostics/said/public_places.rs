//! What a plan says of public places, and texts of a plan that stand on every pack.

use std::fmt::Display;

use super::Said;

const SAY_HOW_YOU_KNOW: &str = "Say in `because` how you know that anybody may know where it is.";

/// A reason that says the opposite, or is a note to oneself.
pub fn public_place_called_secret() -> Said {
    Said::new(
        "the reason for a public place says that it is secret, or is none",
        "Say in `because` how you know that anybody may know where it is. If it is secret, take the entry out.",
    )
}

/// An entry without a reason.
pub fn public_place_without_a_reason() -> Said {
    Said::new("a public place without a reason", SAY_HOW_YOU_KNOW)
}

/// A reason that is what the program said.
pub fn public_place_because_of_the_program() -> Said {
    Said::new("the reason for a public place speaks of the program", SAY_HOW_YOU_KNOW)
}

/// An entry for a service that is in no catalogue.
pub fn public_place_of_no_service(id: &str) -> Said {
    Said::new(format!("no service has the id `{id}`"), "Write the id as it stands in the catalogue, or take the entry out.")
}

/// The plan calls public what the record calls confidential.
pub fn public_place_of_a_confidential_record() -> Said {
    Said::new(
        "the record says that the service is confidential, and the plan says that its place is public",
        "Ask the provider. Then correct the record, or take the entry out of `[[study.public-place]]`.",
    )
}

/// The plan calls public what is confidential in another record.
pub fn public_place_confidential_elsewhere(other: &dyn Display) -> Said {
    Said::new(
        format!("the plan says that the place is public, and the same service is confidential at {other}"),
        "Name both records in `[[study.public-place]]`, or neither.",
    )
}

/// A heading that the plan calls harmless stands in no catalogue.
pub fn harmless_column_of_no_catalogue() -> Said {
    Said::new(
        "no catalogue has a column of this heading with anything in it",
        "Write the heading as it stands in the file, or take it out of `harmless-columns`.",
    )
}

/// A heading that the plan calls harmless asks whether a place may be told.
pub fn harmless_column_speaks_of_secrecy() -> Said {
    Said::new(
        "a heading that the plan calls harmless speaks of secrecy",
        "Take it out of `harmless-columns`: what stands under it is read as such. A service that anybody may find is named in `[[study.public-place]]`.",
    )
}

/// Two confidential records may be of one service.
pub fn confidential_records_may_be_one(other: &dyn Display) -> Said {
    Said::new(
        format!(
            "this confidential record may be of the same service as the one at {other}: they count as one, and what they have together is not told"
        ),
        "Name both ids in `[study]`: in `same-service` where they are one, in `different-services` where they are two.",
    )
}

/// Title, area name or a reason tells an exact place.
pub fn plan_tells_an_exact_place() -> Said {
    Said::new(
        "a text of the plan that stands on every pack tells an exact place (not shown)",
        "Name the area, and no postcode, house, point or local phone number.",
    )
}
