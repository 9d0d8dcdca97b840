//! What stands under a heading that nobody knows may say that a place is secret: it stops the run until the plan says that it does not.

use crate::millbeck::{Millbeck, errors};

/// A table of counselling services with a place, of one more column, the values of which are given.
fn table(heading: &str, values: &[&str]) -> String {
    let mut table = format!("service_id,name,types,longitude,latitude,\"{heading}\"\n");
    for (i, value) in values.iter().enumerate() {
        table += &format!("S{i},Talking at Alder {i},counselling,-0.5925,53.2045,\"{value}\"\n");
    }
    table
}

fn study(heading: &str, values: &[&str], of_study: &str, of_source: &str) -> (Vec<String>, Vec<String>) {
    let all = Millbeck::new().with_calls().setting(of_study).file("services-csv", "s.csv", table(heading, values), of_source);
    let (study, problems) = all.read();
    let places = study.iter().flat_map(|s| &s.catalogue.public).filter(|s| !s.sites.is_empty()).map(|s| s.id.clone()).collect();
    (places, errors(&problems).into_iter().map(str::to_owned).collect())
}

#[test]
fn an_answer_under_a_heading_that_nobody_knows_stops_the_run_and_is_told_once() {
    for (heading, value) in
        [("Opted out", "yes"), ("DNPA", "x"), ("Omit", "no"), ("Sensitivity", "special category"), ("Location type", "decoy"), ("🔒", "1")]
    {
        let (places, told) = study(heading, &[value, value, "", value], "", "");
        assert_eq!((places.len(), told), (0, vec!["S301".to_owned()]), "{heading}");
    }
    let (places, told) = study("Crèche available?", &["yes", "no", ""], "", "");
    assert_eq!((places.len(), told.len()), (3, 0));
}

#[test]
fn a_status_of_taking_off_stops_the_run_and_what_is_told_of_phones_does_not() {
    for value in ["opt-out", "taken down", "Withdrawn 13/02/2025", "closed for safety", "Do not map", "No consent"] {
        let (places, told) = study("status", &[value, "active"], "", "");
        assert_eq!((places.len(), told), (0, vec!["S301".to_owned()]), "{value}");
    }
    let of_money = ["Funding withdrawn", "Contract at risk", "Opted in", "Taken over by new provider", "Scaled down", "Bid declined"];
    assert_eq!(study("status", &of_money, "", "").1.len(), 0);
    let everyday =
        ["active", "temporarily closed", "unknown", "Open to referrals", "Fully booked", "Pilot", "Closed March 2025", "Agored", "1"];
    assert_eq!(study("status", &everyday, "", "").1.len(), 0);
    for (heading, value) in [
        ("Show phone number", "no"),
        ("Hide email", "yes"),
        ("Public email", "office@alder.example"),
        ("Open to the public", "Mon-Fri 9-5"),
        ("Publication status", "Live"),
        ("Privacy", "Private interview room"),
    ] {
        let (places, told) = study(heading, &[value], "", "");
        assert_eq!((places.len(), told.len()), (1, 0), "{heading}: {told:?}");
    }
    // What is for some only is told once, and the plan may say that it is no secret.
    for heading in ["Term time only", "Professional referrals only"] {
        assert_eq!(study(heading, &["yes"], "", "").1, ["S301"], "{heading}");
        assert_eq!(study(heading, &["yes"], &format!("harmless-columns = [\"{heading}\"]"), "").1.len(), 0, "{heading}");
    }
    assert_eq!(study("Address", &["C/O Police"], "", "").1, ["S301"]);
}

#[test]
fn what_the_plan_says_of_a_catalogue_is_heard() {
    let read = |source: &str| {
        let all = Millbeck::new().with_calls();
        errors(&all.file("services-csv", "services/s.csv", table("Notes", &["Free tea"]), source).read().1)
    };
    assert!(read("name = \"directory of services\"").is_empty());
    assert_eq!(read("attribution = \"Refuge addresses: confidential, MARAC only\""), ["S301"]);
    assert!(read("attribution = \"Quillmere Women's Refuge Trust, OGL\"").is_empty());
}

#[test]
fn the_plan_says_which_headings_say_nothing_of_secrecy() {
    let harmless = |heading: &str| format!("harmless-columns = [\"{heading}\"]");
    let (places, told) = study("Opted out of rota", &["yes", "no"], &harmless("opted out of ROTA"), "");
    assert_eq!((places.len(), told.len()), (2, 0), "{told:?}");
    // Another heading is still unknown; one that speaks of secrecy is not harmless, whatever the plan says.
    assert_eq!(study("Opted out", &["yes"], &harmless("Opted out of rota"), "").1, ["S301"]);
    let (places, told) = study("Hide address", &["yes", "no"], &harmless("Hide address"), "");
    assert!(places.is_empty() && told.contains(&"S301".to_owned()) && told.contains(&"S317".to_owned()), "{told:?}");
}

#[test]
fn where_places_may_be_discarded_those_beside_an_unknown_answer_are() {
    let (places, told) = study("Opted out", &["yes", "", "no"], "", "confidential-locations = \"discard\"");
    assert_eq!((places, told.len()), (vec!["S1".to_owned()], 0));
}

#[test]
fn a_feed_that_holds_an_answer_that_nobody_knows_stops_the_run() {
    let feed = |more: &str| {
        let place = r#""service_at_locations":[{"id":"l1","location":{"id":"L1","name":"","latitude":53.2045,"longitude":-0.5925}}]"#;
        format!(
            r#"{{"contents":[{{"id":"S1","name":"Counselling","description":"For survivors of rape","status":"active",{more}{place}}}]}}"#
        )
    };
    let told = |more: &str| {
        let (study, problems) = Millbeck::new().with_calls().file("services-open-referral", "s.json", feed(more), "").read();
        let places = study.map_or(0, |s| s.catalogue.public.iter().filter(|s| !s.sites.is_empty()).count());
        (places, errors(&problems).len())
    };
    assert_eq!(told(""), (1, 0));
    assert_eq!(told(r#""wheelchair":true,"#), (1, 0));
    for more in [r#""opted_out":true,"#, r#""x-export":{"value":false},"#, r#""status2":"n","#] {
        assert_eq!(told(more), (0, 1), "{more}");
    }
}

#[test]
fn a_short_text_is_let_through_only_under_words_that_ask_for_one() {
    for heading in ["Manager insists", "Cover name", "Moved", "", "Rule"] {
        let (places, told) = study(heading, &["please don't pin us", "", "Bluebell"], "", "");
        assert_eq!((places.len(), told), (0, vec!["S301".to_owned()]), "{heading}");
    }
    for heading in ["What we do", "Nearest bus stop", "Strapline", "Referral process", "Venue"] {
        let (places, told) = study(heading, &["Talking on weekdays", "", "Ask at the desk"], "", "");
        assert_eq!((places.len(), told.len()), (3, 0), "{heading}: {told:?}");
    }
    // What is long tells of a service; a number, an address of the web and a plain no are no texts.
    let long = "We are a small team of trained people who listen, and who help you to find what you need next, at your pace";
    let (places, told) = study("In our own voice", &[long, "42", "https://example.org/we-listen", ""], "", "");
    assert_eq!((places.len(), told.len()), (4, 0), "{told:?}");
    let (places, told) = study("Rule", &["no pin"], "harmless-columns = [\"Rule\"]", "");
    assert_eq!((places.len(), told.len()), (1, 0), "{told:?}");
}

#[test]
fn a_whole_record_of_the_standard_says_nothing_of_secrecy() {
    let record = r#"{"id":"S1","name":"Talking","alternate_name":"Talk","description":"Counselling for survivors of rape","status":"active",
      "interpretation_services":"Ask when you book","application_process":"Ring or write","fees_description":"Free of charge","accreditations":"A quality mark",
      "eligibility_description":"Any adult","licenses":"None needed","alert":"Closed on bank holidays","last_modified":"2025-03-15T10:30:45Z",
      "phones":[{"id":"p","number":"01632 960000","extension":"2","type":"voice","description":"The main line","languages":[{"id":"g","name":"Urdu","code":"ur","note":"By staff who speak it"}]}],
      "schedules":[{"id":"h","freq":"WEEKLY","byday":"MO,TU","opens_at":"09:00","closes_at":"17:00","description":"On weekdays","notes":"Not at Easter"}],
      "service_areas":[{"id":"a","name":"The borough","extent_type":"text"}],"languages":[{"id":"e","name":"English","code":"en"}],
      "funding":[{"id":"f","source":"A fund for the borough"}],"cost_options":[{"id":"c","option":"Under eighteen","currency":"gbp","amount":0,"amount_description":"for each session"}],
      "required_documents":[{"id":"d","document":"A letter of referral"}],"program":{"id":"r","name":"Listening","alternate_name":"Hear","description":"Six sessions"},
      "attributes":[{"id":"t","link_type":"service_type","value":"a term","taxonomy_term":{"id":"x","code":"C1","name":"Counselling","description":"Talking with somebody","taxonomy":"Types","language":"eng"}}],
      "organization":{"id":"o","name":"Invented Provider","description":"A charity","legal_status":"Charity","website":"https://example.org"},
      "service_at_locations":[{"id":"l","description":"On the first floor","location":{"id":"L","location_type":"physical","name":"Town hall","transportation":"Bus 3 stops outside","latitude":53.2045,"longitude":-0.5925,
        "accessibility":[{"id":"y","description":"Level entrance","details":"Ring the bell"}]}}]}"#;
    let read = |record: &str| {
        let feed = format!("{{\"contents\":[{record}]}}");
        let (study, problems) = Millbeck::new().with_calls().file("services-open-referral", "s.json", feed, "").read();
        (study.map_or(0, |s| s.catalogue.public.iter().filter(|s| !s.sites.is_empty()).count()), errors(&problems))
    };
    assert_eq!(read(record), (1, vec![]));
    assert_eq!(read(&record.replacen("\"alert\":", "\"manager_insists\":", 1)), (0, vec!["S301"]));
}
