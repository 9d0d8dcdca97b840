//! The map of gaps: what is planted in services is found, and with nothing listed nothing is said to be none.

use std::collections::BTreeSet;

use gapmap::model::{Body, Findings, Reach};
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;

use super::{codes, run, run_files};

/// The register of a borough.
fn register(findings: &Findings) -> &gapmap::model::GapRegister {
    let Body::Gaps(body) = &findings.find("gaps/register").unwrap().body else { panic!("another shape") };
    body
}

#[test]
fn planted_gaps_are_found_sized_and_explained_on_eleven_seeds() {
    use gapmap::model::Verdict;
    for seed in 1..=11 {
        let (findings, truth) = run(&Settings { seed, ..Settings::default() });
        let rows = &register(&findings).rows;
        let gap =
            |id: &str| rows.iter().find(|r| r.id == id && r.verdict == Verdict::Gap).unwrap_or_else(|| panic!("seed {seed}: no gap {id}"));

        let desert = gap("distance/one-stop-shop");
        let found: BTreeSet<String> = desert.areas.iter().map(ToString::to_string).collect();
        assert_eq!(found, codes(&truth["service_desert"]["areas"]), "seed {seed}");
        let residents = truth["service_desert"]["residents"].as_u64().unwrap();
        assert!(desert.people.known().unwrap().abs_diff(residents) <= 3, "seed {seed}: rounded to 5, {:?} of {residents}", desert.people);

        let hours = gap("hours/one-stop-shop");
        let [Cell::Known(night), Cell::Known(day)] = hours.counts else { panic!("seed {seed}: night and day withheld") };
        let share = night as f64 / (night + day) as f64;
        let planted_night = truth["hours_gap"]["night_share_of_reports"].as_f64().unwrap();
        assert!((share - planted_night).abs() < 0.08, "seed {seed}: {share} at night, {planted_night} planted");

        let full = gap(&format!("waiting/{}", truth["full_service"].as_str().unwrap()));
        assert_eq!(full.people, Cell::Known(65), "64 wait, rounded to 5");

        let young = gap("eligibility/idva-aged-16-to-24");
        assert!(young.people.known().is_some_and(|n| n > 1_000) && young.measured.contains("Advocates for Survivors"), "seed {seed}");
        gap("eligibility/idva-no-recourse");
        for g in [desert, hours, full, young] {
            assert!(
                !g.evidence.is_empty() && !g.standard.id.is_empty() && !g.close.is_empty() && g.rank.is_some(),
                "seed {seed}: {}",
                g.id
            );
        }
        assert!(
            desert.evidence.iter().any(|e| e.place.contains("open-referral.json") && e.place.contains("side-table.csv")),
            "{:?}",
            desert.evidence
        );
        // Who is reached less: those that are planted, and nobody else.
        let Body::Parity(parity) = &findings.find("parity/service-users/idva").unwrap().body else { panic!("another shape") };
        let less: Vec<(&str, &str, f64)> = parity
            .dimensions
            .iter()
            .flat_map(|d| d.groups.iter().map(move |g| (d.name.as_str(), g)))
            .filter_map(|(d, g)| Some((d, g.name.as_str(), g.ratio.known().filter(|r| r.upper < 1.0)?.value)))
            .collect();
        let planted: Vec<(&str, &str)> = truth["reached_less"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| (r["dimension"].as_str().unwrap(), r["group"].as_str().unwrap()))
            .collect();
        assert_eq!(less.iter().map(|l| (l.0, l.1)).collect::<Vec<_>>(), planted, "seed {seed}: {less:?}");

        // Open from nine to five on working days: 0.72 of the reports are about the night, and of the others four hours a day and the weekend are outside.
        let Body::WeekClock(clock) = &findings.find("hours/safety-reports/week").unwrap().body else { panic!("another shape") };
        let drop_in = clock.kinds.iter().find(|k| k.service_type == "one_stop_shop").unwrap();
        // What is withheld leaves it open by a little.
        let least = drop_in.while_closed.unwrap();
        let most = drop_in.while_closed_most.unwrap_or(least);
        let expected = planted_night + (1.0 - planted_night) * (1.0 - 8.0 / 12.0 * 5.0 / 7.0);
        assert!(least - 0.05 < expected && expected < most + 0.05, "seed {seed}: {least} to {most} outside the hours, {expected} planted");

        // Everybody is in one part of each kind of service.
        let Body::Shares(people) = &findings.find("gaps/people").unwrap().body else { panic!("another shape") };
        let sums: BTreeSet<u64> = people.rows.iter().map(|r| r.whole().known().unwrap()).collect();
        assert!(sums.last().unwrap() - sums.first().unwrap() <= 3, "seed {seed}: {sums:?}");

        // From need to help: the desert is what the drop-in loses, those under 25 what the advisers lose.
        let lost = |id: &str, label: &str| {
            let Body::Waterfall(body) = &findings.find(&format!("gaps/from-need/{id}")).unwrap().body else { panic!("another shape") };
            let loss = body.losses.iter().find(|l| l.label == label).unwrap().people.known().unwrap();
            (loss as f64 / body.expected.known().unwrap() as f64, body.left.known().unwrap_or(0))
        };
        let Body::AreaAccess(access) = &findings.find("access/one-stop-shop").unwrap().body else { panic!("another shape") };
        let women = |inside: bool| -> f64 {
            access.rows.iter().filter(|r| !inside || r.reach != Reach::Site).map(|r| r.people.known().unwrap()).sum()
        };
        let share = women(true) / women(false);
        let (told, left) = lost("one-stop-shop", "Beyond reach");
        assert!((told - share).abs() < 0.005 && share > 0.05 && left > 0, "seed {seed}: {told} {share}");
        let row = people.rows.iter().find(|r| r.label.contains("(IDVA)")).unwrap();
        let young = row.cells[2].known().unwrap() as f64 / row.whole().known().unwrap() as f64;
        assert!((lost("idva", "In reach, not for them").0 - young).abs() < 0.005 && young > 0.05, "seed {seed}: {young}");
    }
}

#[test]
fn a_borough_without_planted_gaps_has_none_of_them() {
    use gapmap::model::Verdict;
    let (findings, _) = run(&Settings { planted: false, ..Settings::default() });
    let claimed: Vec<&str> = register(&findings).rows.iter().filter(|r| r.verdict == Verdict::Gap).map(|r| r.id.as_str()).collect();
    let Body::Parity(parity) = &findings.find("parity/service-users/idva").unwrap().body else { panic!("another shape") };
    let apart = parity.dimensions.iter().flat_map(|d| &d.groups).filter_map(|g| g.ratio.known()).any(|r| r.upper < 1.0 || r.lower > 1.0);
    assert!(!apart, "nobody is reached more or less: {parity:?}");
    for id in ["distance/one-stop-shop", "waiting/OR-03", "eligibility/idva-aged-16-to-24", "eligibility/idva-no-recourse"] {
        assert!(!claimed.contains(&id), "{id} is claimed: {claimed:?}");
    }
}

/// A catalogue in which everything is there, everywhere, always, for everybody.
fn everything() -> String {
    let mut text = gapmap::sources::SERVICES_TEMPLATE.to_owned();
    let forms = "domestic abuse;sexual violence;stalking;harassment in public;forced marriage and honour-based abuse;female genital mutilation;trafficking and exploitation;economic abuse;child-to-parent abuse;technology-facilitated abuse";
    let groups = "Black and minoritised;LGBT+;Deaf;disabled;older;faith;migrant";
    for (i, kind) in gapmap::sources::service_types().iter().enumerate().filter(|(_, t)| !t.confidential) {
        let unit = match kind.id.as_str() {
            "idva" | "marac" => "FTE",
            _ => "places",
        };
        text += &format!(
            "FULL-{i},Full {i},Everybody's Provider,{},{forms},site;outreach;phone;online,,,E06990001,no,active,900,{unit},10,0,anyone aged 0 or over; no recourse welcome,English;Polish,step-free;BSL;interpreter,2024-04-01,2039-03-31,2025-11-03,24/7,{groups},yes,3,Leading Lights,2030-01-01,council;NHS,self\n",
            kind.id
        );
        // Counselling centres are counted as services: a borough of this size asks for three.
        for extra in 0..3 {
            if kind.id == "counselling" {
                text += &format!(
                    "MORE-{i}-{extra},More,Everybody's Provider,counselling,,phone,,,E06990001,no,active,9,places,1,0,anyone,English;Polish,step-free,2024-04-01,2039-03-31,2025-11-03,24/7,,yes,3,Leading Lights,2030-01-01,council;NHS,self\n"
                );
            }
        }
    }
    for i in 0..4 {
        text += &format!(
            "SECRET-{i},Shelter {i},Everybody's Provider,refuge;specialist_refuge;dispersed;second_stage,,,,,E06990001,yes,active,90,family places,10,0,anyone,,,2024-04-01,2039-03-31,2025-11-03,,,,,,,,\n"
        );
    }
    text
}

/// The borough with another catalogue, for which the plan vouches or not.
fn with_catalogue(services: &str, vouched: bool) -> Findings {
    let mut files = borough(&Settings::default());
    files.insert("services/commissioned.csv".into(), services.as_bytes().to_vec());
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let ids: Vec<String> = gapmap::sources::service_types().iter().map(|t| format!("\"{}\"", t.id)).collect();
    let complete = format!("catalogue-complete = [{}]", if vouched { ids.join(", ") } else { String::new() });
    let mut kept: Vec<String> = plan
        .split("[[source]]")
        .filter(|part| !part.contains("\"directory\"") && !part.contains("\"side table\""))
        .map(str::to_owned)
        .collect();
    kept[0] = kept[0].replace("catalogue-complete = [\"one_stop_shop\"]", &complete);
    files.insert("study.toml".into(), kept.join("[[source]]").into_bytes());
    run_files(&files).0
}

#[test]
fn with_everything_there_no_gap_is_claimed_and_with_nothing_listed_nothing_is_said_to_be_none() {
    use gapmap::model::Verdict;
    let full = with_catalogue(&everything(), true);
    let claimed: Vec<(&str, &str)> =
        register(&full).rows.iter().filter(|r| r.verdict == Verdict::Gap).map(|r| (r.id.as_str(), r.measured.as_str())).collect();
    assert!(claimed.is_empty(), "{claimed:?}");
    assert!(register(&full).rows.len() > 150, "every kind was tested");

    let empty = with_catalogue(gapmap::sources::SERVICES_TEMPLATE, false);
    let rows = &register(&empty).rows;
    assert!(rows.len() >= 30, "{} rows", rows.len());
    let other: Vec<(&str, Verdict)> = rows.iter().filter(|r| r.verdict != Verdict::NotKnown).map(|r| (r.id.as_str(), r.verdict)).collect();
    // Below one unit a standard asks for a share of a wider service: not known either, as nothing is listed.
    assert!(other.is_empty(), "{other:?}");
    let dimensions: BTreeSet<&str> = rows.iter().map(|r| r.dimension.as_str()).collect();
    assert!(dimensions.contains("existence") && dimensions.contains("awareness") && dimensions.contains("evidence"), "{dimensions:?}");

    // From need to help: nobody is lost where everything is there, and nothing is known where nothing is listed.
    let falls = |findings: &Findings| -> Vec<gapmap::model::Waterfall> {
        let each = findings.findings.iter().filter_map(|f| if let Body::Waterfall(w) = &f.body { Some(w.clone()) } else { None });
        each.collect()
    };
    assert!(falls(&full).len() >= 3 && falls(&full).iter().all(|w| w.left == w.expected), "{:?}", falls(&full));
    // Of nothing that is listed not even that it is silent is known: all stand where it is not known whether anything is there.
    let unknown = |w: &gapmap::model::Waterfall| {
        let told: Vec<Cell<u64>> = w.losses.iter().filter(|l| l.unknown).map(|l| l.people).collect();
        told == [Cell::Missing, w.expected]
    };
    assert!(falls(&empty).len() >= 3 && falls(&empty).iter().all(unknown), "{:?}", falls(&empty));
}

#[test]
fn a_silent_record_is_neither_room_nor_a_barrier_that_stops_nobody() {
    let heading = gapmap::sources::SERVICES_TEMPLATE.lines().next().unwrap().to_owned();
    let fall = |waiting: &str, whom: &str| {
        let row = format!("A,Line A,Somebody,idva,,phone,,,E06990001,no,active,2,FTE,9,{waiting},\"{whom}\",,,,,2025-11-03,,,,,,,,\n");
        let findings = with_catalogue(&format!("{heading}\n{row}"), true);
        let Body::Waterfall(w) = &findings.find("gaps/from-need/idva").unwrap().body else { panic!("another shape") };
        (w.expected, w.losses.iter().map(|l| l.people).collect::<Vec<_>>(), w.left)
    };
    let nobody = Cell::Known(0);
    for (waiting, whom) in [("", ""), ("0", ""), ("", "women aged 16 and over")] {
        let (all, losses, left) = fall(waiting, whom);
        // Beyond reach and not running is known of it; whom it takes and whether it has room is not.
        assert_eq!(losses, [nobody, nobody, Cell::Missing, Cell::Missing, all, nobody], "{waiting} {whom}");
        assert_eq!(left, Cell::Missing, "{waiting} {whom}");
    }
    let (all, losses, left) = fall("0", "women aged 16 and over");
    assert_eq!((losses, left), (vec![nobody; 6], all));
}

#[test]
fn access_adds_up_is_nothing_in_the_desert_and_meets_need_where_both_are_told() {
    let (findings, truth) = run(&Settings::default());
    let desert = codes(&truth["service_desert"]["areas"]);
    let Body::AreaAccess(body) = &findings.find("access/one-stop-shop").unwrap().body else { panic!("another shape") };
    let without: BTreeSet<String> = body.rows.iter().filter(|r| r.reach != Reach::Site).map(|r| r.code.to_string()).collect();
    assert_eq!(without, desert);
    let had: f64 = body.rows.iter().map(|r| r.people.known().unwrap() * r.value.known().unwrap() / body.per).sum();
    // 30, 20 and 12 places.
    assert!((had - 62.0).abs() < 1e-9 && body.unused == 0.0, "{had}");
    // Fifths of equal number: their mean lies among them, and the two measures of the slope point the same way.
    assert_eq!(body.fifths.len(), 5);
    let (low, high) = body.fifths.iter().fold((f64::INFINITY, 0.0_f64), |(l, h), v| (l.min(*v), h.max(*v)));
    let mean = 62.0 / body.people.known().unwrap() as f64 * body.per;
    assert!(low < mean && mean < high && body.slope.unwrap() * body.concentration.unwrap() > 0.0, "{:?} {:?}", body.fifths, body.slope);

    // The area between the curve and the line is half of the index.
    let under: f64 = body.curve.windows(2).map(|w| (w[1].0 - w[0].0) * (w[0].1 + w[1].1) / 2.0).sum();
    assert!(body.curve.last().is_some_and(|l| (l.0 - 1.0).abs() < 1e-9 && (l.1 - 1.0).abs() < 1e-9));
    assert!((1.0 - 2.0 * under - body.concentration.unwrap()).abs() < 0.01, "{under} {:?}", body.concentration);

    let Body::NeedAccess(both) = &findings.find("need-access/violence-and-sexual-offences/one-stop-shop").unwrap().body else {
        panic!("another shape")
    };
    let nothing: BTreeSet<String> = both.rows.iter().filter(|r| r.access_class == Some(0)).map(|r| r.code.to_string()).collect();
    assert_eq!(nothing, desert);
    let thirds = [0, 1, 2].map(|t| both.rows.iter().filter(|r| r.need_third == Some(t)).count());
    assert_eq!(thirds, [50, 50, 50]);

    let Body::Shares(ways) = &findings.find("travel/straight-line").unwrap().body else { panic!("another shape") };
    let drop_in = ways.rows.iter().find(|r| r.label.starts_with("One-stop")).unwrap();
    let far: u64 = drop_in.cells[3..].iter().map(|c| c.known().unwrap()).sum();
    let residents = truth["service_desert"]["residents"].as_u64().unwrap();
    assert!(far.abs_diff(residents) <= 3, "beyond 3 km: {far} of {residents}");
}

#[test]
fn a_need_that_every_service_of_a_kind_shuts_out_is_a_gap_and_one_open_door_closes_it() {
    use gapmap::model::Verdict;
    let heading = gapmap::sources::SERVICES_TEMPLATE.lines().next().unwrap().to_owned();
    let row = |id: &str, words: &str| {
        format!("{id},Line {id},Somebody,idva,,phone,,,E06990001,no,active,2,FTE,,,\"{words}\",,,,,2025-11-03,,,,,,,,\n")
    };
    let verdicts = |second: &str| -> Vec<(String, Verdict)> {
        let rows = row("A", "women aged 18 and over, no active substance misuse") + &row("B", second);
        let findings = with_catalogue(&format!("{heading}\n{rows}"), false);
        let about = register(&findings).rows.iter().filter(|r| r.id.starts_with("eligibility/idva")).map(|r| (r.id.clone(), r.verdict));
        about.collect()
    };
    let gap = ("eligibility/idva-substance-use".to_owned(), Verdict::Gap);
    assert!(verdicts("women; not for people who use drugs").contains(&gap));
    let silent = verdicts("women");
    assert!(silent.contains(&("eligibility/idva-substance-use".to_owned(), Verdict::NotKnown)), "{silent:?}");
    // Who may be taken under a condition is not shut out: that is a question to the provider.
    let perhaps = verdicts("people with a case at court");
    assert!(perhaps.contains(&("eligibility/idva-substance-use".to_owned(), Verdict::NotKnown)), "{perhaps:?}");
    let open = verdicts("women, including those who use substances");
    assert!(!open.iter().any(|r| r.0 == gap.0), "{open:?}");
}
