use crate::vocabulary::is_lived_in;

#[test]
fn units_stays_and_rules_for_sons_are_of_places_to_live() {
    for lived_in in [
        "6 x 1 bed flats",
        "5 family rooms",
        "Sleeps 12",
        "9 self contained units; housing benefit covers the rent",
        "Max stay 6 months",
        "Stay is usually 6-9 months",
        "Stays of up to twelve weeks",
        "No males over 14 permitted",
        "Boys over 12 cannot be accommodated",
        "Sons up to age 16 accepted",
        "Space for 5 families",
        "Sleeps 6 families, ten minutes from the station",
        "Maximum stay of 6 months with weekly sessions",
        "Sons over 14 cannot be accommodated and there is a creche",
        "Eligible for enhanced HB (exempt accommodation)",
        "Pets are looked after while you stay",
    ] {
        assert!(is_lived_in(lived_in), "{lived_in}");
    }
    for other in [
        "Max stay in the car park 2 hours",
        "Stay and play, 6 weeks",
        "Stay in touch for 6 months",
        "Boys and girls aged 5 to 11 are accepted",
        "Men over 18 are accepted",
        "Boys over 12 have a group of their own",
        "A family room",
        "6 x double sessions",
        "2 family rooms for supervised contact",
        "Space for 5 families at each session",
        "Maximum stay of 6 sessions",
        "Sons over 11 cannot be accommodated in the crèche",
        "She sleeps 2 hours a night less",
        "Beds of flowers in the garden",
        "We work with women in hostels",
    ] {
        assert!(!is_lived_in(other), "{other}");
    }
}
