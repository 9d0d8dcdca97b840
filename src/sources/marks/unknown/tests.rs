use super::*;
use crate::diagnostics::Place;
use crate::sources::record_fields::role_of;

fn field(heading: &str, value: &str) -> Field {
    Field { place: Place::default(), role: role_of(heading), heading: heading.into(), value: value.into() }
}

#[test]
fn what_nobody_knows_may_be_a_mark() {
    for (heading, value) in [
        ("Opted out of map", "yes"),
        ("Do not print", "Y"),
        ("Omit", "x"),
        ("Omit", "yes (JS)"),
        ("Web", "not yet"),
        ("omit › required", "true"),
        ("channels off › website", "false"),
        ("Curfew", "23:00"),
        ("Residents", "8"),
        ("Available to", "MARAC reps"),
        ("No web", "TRUE"),
        ("Export", "no"),
        ("DNPA", "✓"),
        ("🔒", "1"),
        ("", "yes"),
        ("Grid 7", "Y"),
        ("Sensitivity", "special category"),
        ("Handling", "officers"),
        ("Held by", "MARAC only"),
        ("Address known to", "staff"),
        ("Shared with", "IDVA team"),
        ("Flag", "DNPA"),
        ("Location type", "proxy"),
        ("location_type", "decoy"),
        ("Address type", "care of"),
        ("attributes › Opted out › value", "yes"),
        ("Access level", "tier 3"),
        ("Flag", "*"),
        ("*", "*"),
        ("R/S", "S"),
        ("Poufne", "tak"),
        ("Readers", "duty team"),
        ("Colour", "red = confidential"),
        ("Units", "8"),
        ("Max stay", "26 weeks"),
        ("Category", "Acc"),
        ("Geo precision", "2 km"),
        ("Sensitivity", "3"),
        ("Opted out", "14/03/2025"),
        ("Consent to map", "JS 3/25"),
        ("FOI", "s38"),
        ("attributes › Taken down › value", "March 2025"),
    ] {
        assert!(field(heading, value).may_be_a_mark(), "{heading}: {value}");
    }
}

#[test]
fn what_is_known_to_say_nothing_is_none() {
    for (heading, value) in [
        ("Wheelchair accessible?", "Yes"),
        ("Crèche", "no"),
        ("Self-referral", "Y"),
        ("Evening sessions", "✓"),
        ("BSL", "1"),
        ("Women only", "yes"),
        ("Free", "TRUE"),
        ("Public transport", "yes"),
        ("Sensitivity", "low"),
        ("Sensitivity", "Not sensitive"),
        ("Visibility", "public"),
        ("Location type", "physical"),
        ("Address type", "Visiting address"),
        ("Rooms", "2 meeting rooms"),
        ("Funded by", "MOPAC"),
        ("Managed by", "Quillmere council"),
        ("Opted out", "n/a"),
        ("Remarks", "Ring the bell by the gate and wait in the hall"),
        ("organization › contacts › role", "Manager"),
        ("Address 1", "High Street"),
        ("Latitude", "53.04"),
        ("Contract manager", "A. Person"),
        ("Publish address", "yes"),
        ("Units delivered", "420"),
        ("Safe Lives member", "Yes"),
        ("Unit cost", "£80"),
        ("Meeting room", "Yes"),
        ("Stay and play", "Mondays"),
        ("Category", "Advice"),
        ("Service type", "IDVA"),
        ("Location accuracy", "10 m"),
        ("Access level", "public"),
        ("Offer", "Confidential advice"),
        ("Local code", "17"),
        ("Hearing loop fitted", "Y"),
        ("KPI 1 met", "yes"),
        ("Tags", "DV; BME; LGBT"),
        ("Trauma sensitivity training", "all staff"),
        ("Registered", "12/05/1999"),
        ("Address confidential", "N"),
        ("Entered by", "KM"),
        ("Provider code", "P1"),
        ("Region", "SE"),
        ("Opened", "May 2019"),
        ("schedules › byday", "MO,TU"),
    ] {
        assert!(!field(heading, value).may_be_a_mark(), "{heading}: {value}");
    }
}
