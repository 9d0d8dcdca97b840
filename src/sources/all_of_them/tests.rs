use super::is_all_of_them;

#[test]
fn words_for_all_of_something() {
    for all in [
        "All persons",
        "TOTAL",
        "Total offences",
        "both sexes",
        "All  ages",
        "Total:",
        "Grand total",
        "Sub-total",
        "All",
        "Total recorded crime (excluding fraud)",
        "Total recorded crime excluding fraud",
        "All recorded crime",
        "All notifiable offences",
        "TOTAL SEXUAL OFFENCES",
        "Total number of clients supported",
        "Total population",
        "All people",
        "All usual residents",
        "Total: All usual residents",
        "All categories: Age",
        "Sexual offences - total",
        "All sexual offences",
        "All women and girls",
        "All crime types",
        "All ethnic groups",
    ] {
        assert!(is_all_of_them(all), "{all}");
    }
    for one in [
        "Female",
        "Allotments",
        "Totally",
        "All Saints ward",
        "",
        "All other offences",
        "All other theft",
        "Allerton",
        "Subtle",
        "Overton",
        "Bothwell",
        "Personal robbery",
        "Everyday life",
        "Sumner",
        "Grand Parade",
        "Other",
        "Capital",
        "All Hallows",
    ] {
        assert!(!is_all_of_them(one), "{one}");
    }
}
