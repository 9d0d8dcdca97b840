use super::*;

fn alone(name: &str) -> bool {
    name_says_so(name, Vec::new)
}

#[test]
fn a_file_says_what_the_sheet_of_its_name_says() {
    for name in [
        "Not for web",
        "NOT_FOR_WEB",
        "never-online",
        "Not for the website",
        "Part 4",
        "sa_part4_2025",
        "DA Part IV providers",
        "DA units",
        "dv units",
        "dv_properties",
        "accom",
        "Accommodation",
        "refuges",
        "Internal_only",
        "Private",
        "Confidential",
        "Not_for_publication",
        "do_not_share_refuges",
        "no_web_refuges",
        "refuges_excl_hostels",
        "do_not_publish",
        "not_for_circulation",
        "not_to_be_shared",
        "accommodation_and_outreach",
        "hostels_outreach_list",
        "refuges not public",
    ] {
        for form in ["", ".csv", ".xlsx", ".csv.gz"] {
            assert!(alone(&format!("{name}{form}")), "{name}{form}");
        }
    }
}

#[test]
fn ordinary_names_say_nothing() {
    for name in [
        "service_at_location",
        "locations",
        "contacts",
        "services_private_sector",
        "services_flat",
        "more/flat",
        "accommodation advice",
        "student accommodation",
        "DA unit contacts",
        "not for profit",
        "not on public transport",
        "services 2025 part 1",
        "export part 4 of 6",
        "2. Services v1.2",
        "residential care",
        "community-based_services_no_accommodation",
        "non_accommodation_services",
        "services_excl_accommodation",
        "accommodation_excluded",
        "non-refuge_services",
        "Community (no accom)",
        "Not refuges",
        "free confidential advice",
    ] {
        for form in ["", ".csv"] {
            assert!(!alone(&format!("{name}{form}")), "{name}{form}");
        }
    }
    // One of several parts of a list is no part of an Act.
    assert!(!name_says_so("Part 4", || vec!["Part 1".to_owned(), "part_3.csv".to_owned()]));
    assert!(name_says_so("Part 4", || vec!["Notes".to_owned()]));
}
