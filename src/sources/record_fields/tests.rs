use super::*;

#[test]
fn headings_for_places_are_known_in_any_spelling_and_others_are_not_read() {
    for heading in [
        "Post Code",
        "POSTCODE",
        "Longitude",
        "lat_long",
        "what3words",
        "lsoa21cd",
        "physical_address",
        "Address1",
        "Site Address",
        "WD22CD",
        "geom",
        "X",
    ] {
        assert_eq!(role_of(heading), Role::Whereabouts, "{heading}");
    }
    assert_eq!(role_of("Telephone number"), Role::Phone);
    for heading in ["hideAddress", "PostCode", "siteAddr", "LatLong", "WhatThreeWords"] {
        assert_eq!(role_of(heading), Role::Whereabouts, "{heading}");
    }
    assert_eq!(["Is_Public", "ISPUBLIC", "isPublic"].map(heading_as_read), ["is_public", "ispublic", "isPublic"]);
    for heading in ["Notes", "x-vocabulary", "Manager"] {
        assert!(matches!(role_of(heading), Role::Unread | Role::Whereabouts), "{heading}");
    }
}

#[test]
fn a_number_for_the_whole_country_tells_no_place() {
    assert!(is_national_number("0808 200 0247") && is_national_number("+44 7700 900123") && is_national_number("999"));
    assert!(!is_national_number("01234 567890") && !is_national_number("020 7946 0000") && !is_national_number("ask at Rowan House"));
}
