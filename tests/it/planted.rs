//! What is planted in an invented borough is found; nothing is found where nothing is planted.

use std::collections::BTreeSet;
use std::path::PathBuf;

use gapmap::diagnostics::Problems;
use gapmap::model::{Body, Findings, Reach, SeriesModel, SeriesShape};
use gapmap::msg;
use gapmap::plan::Plan;
use gapmap::synthetic::{Settings, borough};
use gapmap::units::Cell;
use serde_json::Value;

use crate::study_files::{Study, root, said};

fn run(settings: &Settings) -> (Findings, Value) {
    run_files(&borough(settings))
}

fn run_files(files: &std::collections::BTreeMap<String, Vec<u8>>) -> (Findings, Value) {
    let study = Study::of(files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0;
    assert!(!problems.any_error(), "{:?}", problems.list());
    (findings, serde_json::from_slice(&files["truth.json"]).unwrap())
}

fn codes(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_ledger_of_an_invented_borough_balances_and_counts_every_quirk() {
    let (findings, _) = run(&Settings::default());
    let known = |cell: &Cell<u64>| cell.known().unwrap();
    for line in findings.ledger.iter().filter(|l| l.read != Cell::Withheld) {
        assert_eq!(known(&line.read), known(&line.kept) + line.set_aside.values().map(known).sum::<u64>(), "{line:?}");
    }
    let police = findings.ledger.iter().find(|l| l.source == "police" && l.unit == "street rows").unwrap();
    let rows = borough(&Settings::default())
        .iter()
        .filter(|(p, _)| p.ends_with("-street.csv"))
        .map(|(_, b)| String::from_utf8_lossy(b).lines().count() as u64 - 1)
        .sum::<u64>();
    assert_eq!(police.read, Cell::Known(rows), "every row of every file is read, with and without a last line end");
    for reason in ["in another authority", "repeated crime id: the same row again", "repeated crime id: an earlier outcome"] {
        assert!(known(&police.set_aside[reason]) > 0, "{reason}");
    }
    let fact = |f: &str| police.noted.get(f).map_or(0, known);
    assert!(fact("without a place") > 0 && fact("without a crime id (never treated as duplicates)") > 0);
    assert!(fact("of those, code and point name different areas") > 0);
    assert!(fact("events shared out between the parts of a split area") > 0);
    // What the ledger keeps is what the findings count: the same total, whichever way it is added up.
    let by_area = findings.findings.iter().filter(|f| f.id.starts_with("burden/police/") && f.id.ends_with("/areas"));
    for finding in by_area {
        let Body::AreaRates(body) = &finding.body else { panic!("{} has another shape", finding.id) };
        let parts: u64 = body.rows.iter().map(|r| r.count.known().unwrap()).sum::<u64>() + body.unlocated.known().unwrap();
        assert_eq!(Cell::Known(parts), body.total.count, "{}", finding.id);
    }
    let trend = findings.find("trend/police/all-categories").unwrap();
    let Body::Series(series) = &trend.body else { panic!("a trend is a series") };
    assert_eq!(series.points.iter().map(|p| p.count.known().unwrap()).sum::<u64>(), known(&police.kept));
}

#[test]
fn the_hot_spot_stands_above_the_rest() {
    for seed in [1, 2, 3] {
        let (findings, truth) = run(&Settings { seed, ..Settings::default() });
        let hot = codes(&truth["hot_spot"]["areas"]);
        let Body::AreaRates(body) = &findings.find("burden/police/violence-and-sexual-offences/areas").unwrap().body else {
            panic!("a burden by area has rates")
        };
        let rates = |inside: bool| -> (u64, f64) {
            let rows = body.rows.iter().filter(|r| hot.contains(r.code.as_str()) == inside);
            rows.fold((0, 0.0), |s, r| (s.0 + r.count.known().unwrap(), s.1 + r.residents.known().unwrap()))
        };
        let ((n_in, r_in), (n_out, r_out)) = (rates(true), rates(false));
        let ratio = (n_in as f64 / r_in) / (n_out as f64 / r_out);
        // The hot spot lies away from the centre, where rates are lower: three times the local level is about twice the average.
        assert!((1.3..4.5).contains(&ratio), "seed {seed}: {ratio}");
    }
}

#[test]
fn no_change_is_told_across_a_break_and_the_rise_is_told() {
    let (findings, truth) = run(&Settings::default());
    let break_month = truth["recording_break"]["first_month"].as_str().unwrap();
    let finding = findings.find("trend/police/violence-and-sexual-offences").unwrap();
    let Body::Series(series) = &finding.body else { panic!("a trend is a series") };
    assert_eq!(series.breaks[0].first_month.to_string(), break_month);
    let at = series.points.iter().position(|p| p.month.to_string() == break_month).unwrap();
    assert!(series.points[at - 1].mean.unwrap() > series.points[at].mean.unwrap() * 1.3, "limits start anew at the break");
    assert!(series.points[at..at + 11].iter().all(|p| p.rolling_12 == Cell::NotApplicable), "no sum of twelve months crosses the break");
    let text = format!("{} {}", finding.headline, finding.sentences.join(" ")).to_lowercase();
    for word in ["fell", "fallen", "decrease", "lower than usual", "twelve before", "down "] {
        assert!(!text.contains(word), "a change is told across the break: {text}");
    }
    let rise = findings.find("trend/police/public-order-offences").unwrap();
    let model = model_of(rise);
    assert_ne!(model.shape, SeriesShape::Flat, "{}", rise.headline);
    let after = model.mean_month_since.unwrap_or(0.0);
    assert!(after > 1.2 * model.mean_month, "a new level that is higher: {model:?}");
    // The headline is the one of the body: it holds the size that the model has.
    let size = model.step_percent.or(model.monthly_percent_since).unwrap();
    assert!(
        rise.headline.contains(&format!("{:.0}", size.value)) || rise.headline.contains(&format!("{:.1}", size.value)),
        "{}",
        rise.headline
    );
    assert!(size.lower > 0.0 && size.level == 0.95, "{size:?}");
}

fn model_of(finding: &gapmap::model::Finding) -> &SeriesModel {
    let Body::Series(series) = &finding.body else { panic!("a trend is a series") };
    series.model.as_ref().unwrap()
}

#[test]
fn the_service_desert_is_found_and_sized() {
    for seed in [1, 4, 9] {
        let (findings, truth) = run(&Settings { seed, ..Settings::default() });
        let Body::AreaClasses(body) = &findings.find("coverage/one-stop-shop").unwrap().body else { panic!("coverage has classes") };
        let out: BTreeSet<String> = body.rows.iter().filter(|r| r.class == Reach::OutOfReach).map(|r| r.code.to_string()).collect();
        assert_eq!(out, codes(&truth["service_desert"]["areas"]), "seed {seed}");
        let residents = body.totals.iter().find(|t| t.class == Reach::OutOfReach).unwrap().residents;
        assert_eq!(residents, Cell::Known(truth["service_desert"]["residents"].as_u64().unwrap()), "seed {seed}");
    }
}

#[test]
fn where_nothing_is_planted_nothing_is_found() {
    let (findings, truth) = run(&Settings { planted: false, ..Settings::default() });
    assert_eq!(truth["service_desert"]["areas"], serde_json::json!([]));
    assert!(findings.breaks.is_empty());
    let Body::AreaClasses(body) = &findings.find("coverage/one-stop-shop").unwrap().body else { panic!("coverage has classes") };
    assert!(body.rows.iter().all(|r| r.class == Reach::Site), "every area has a drop-in near");
    let trend = findings.find("trend/police/violence-and-sexual-offences").unwrap();
    assert!(!trend.headline.contains("rising") && !trend.headline.contains("falling"), "{}", trend.headline);
}

#[test]
fn an_empty_catalogue_makes_everything_not_known_and_nothing_none() {
    let study = Study::of(&borough(&Settings { areas: 30, months: 12, ..Settings::default() }));
    let plan = study.text("study.toml");
    let without = plan.split("[[source]]").filter(|s| !s.contains("services/")).collect::<Vec<_>>().join("[[source]]");
    study.write("study.toml", without.replace("catalogue-complete", "# catalogue-complete").as_bytes());
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    let findings = gapmap::pipeline::findings(&plan, Some("coverage"), &mut problems).unwrap().0;
    let mut classes = 0;
    for finding in &findings.findings {
        if let Body::AreaClasses(body) = &finding.body {
            classes += 1;
            assert!(body.rows.iter().all(|r| r.class == Reach::NotKnown), "{}", finding.id);
        }
    }
    assert!(classes > 3);
}

#[test]
fn the_example_in_the_repository_is_what_init_makes() {
    let folder = root().join("data/example");
    for (path, bytes) in borough(&Settings::default()) {
        let shipped = std::fs::read(PathBuf::from(&folder).join(&path)).unwrap_or_else(|_| panic!("data/example/{path} is not there"));
        assert!(shipped == bytes, "data/example/{path} is not what `gapmap init data/example --example` writes");
    }
}

#[test]
fn a_service_that_is_listed_is_never_called_unlisted() {
    let (findings, _) = run(&Settings::default());
    // The catalogue lists the MARAC without a place, and training that is online only.
    let marac = findings.find("coverage/marac").unwrap();
    let Body::AreaClasses(listed) = &marac.body else { panic!("coverage has classes") };
    let words = said(msg!("coverage-not-known-listed", label = &listed.measure, area = &findings.frame.area_name));
    assert_eq!(marac.sentences[0], words);
    let Body::AreaClasses(remote) = &findings.find("coverage/training").unwrap().body else { panic!("coverage has classes") };
    assert!(remote.rows.iter().all(|r| r.class == Reach::WithoutSite));
}

/// Clusters that a scan calls, as sets of codes.
fn called(findings: &Findings, id: &str) -> Vec<BTreeSet<String>> {
    let Body::Clusters(body) = &findings.find(id).unwrap().body else { panic!("a scan has clusters") };
    let called = body.clusters.iter().filter(|c| c.p <= body.called_at);
    called.map(|c| c.areas.iter().map(|a| a.to_string()).collect()).collect()
}

#[test]
fn the_hot_spot_is_a_cluster_of_its_own_in_eleven_boroughs() {
    let mut shares = Vec::new();
    for seed in 1..=11 {
        let mut files = borough(&Settings { seed, ..Settings::default() });
        files.get_mut("study.toml").unwrap().extend(b"\n[[analysis]]\nkind = \"clusters\"\nsimulations = 99\n");
        let (findings, truth) = run_files(&files);
        let hot = codes(&truth["hot_spot"]["areas"]);
        let clusters = called(&findings, "clusters/police/violence-and-sexual-offences/places");
        // The town centre is a cluster too; the planted one is another, and more than half of its areas are planted ones.
        let own = clusters.iter().find(|c| 2 * c.intersection(&hot).count() > c.len());
        let own = own.unwrap_or_else(|| panic!("seed {seed}: {clusters:?}"));
        shares.push(format!("{} of {}", own.intersection(&hot).count(), hot.len()));
        // It is nothing new.
        let new = called(&findings, "clusters/police/violence-and-sexual-offences/lately");
        assert!(new.iter().all(|c| c.is_disjoint(&hot)), "seed {seed}");
    }
    println!("planted areas inside the cluster found, by seed: {}", shares.join(", "));
}

#[test]
fn season_rise_and_break_are_found_in_eleven_boroughs() {
    for seed in 1..=11 {
        let mut files = borough(&Settings { seed, ..Settings::default() });
        // A break that nobody has entered in the register.
        let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
        let (before, rest) = plan.split_once("[[study.breaks]]").unwrap();
        let unknown = format!("{before}[release]{}", rest.split_once("[release]").unwrap().1);
        let truth: Value = serde_json::from_slice(&files["truth.json"]).unwrap();
        let told = |files: &std::collections::BTreeMap<String, Vec<u8>>, id: &str| {
            let study = Study::of(files);
            let plan = Plan::load(&study.folder.join("study.toml"), &mut Problems::default()).unwrap();
            let findings = gapmap::pipeline::findings(&plan, Some("trend"), &mut Problems::default()).unwrap().0;
            let finding = findings.find(id).unwrap();
            (model_of(finding).clone(), finding.headline.clone())
        };
        let violence = "trend/police/violence-and-sexual-offences";
        let (known, headline) = told(&files, violence);
        println!("seed {seed}: {headline}; season {:?}", known.season);
        // The wave is highest in July; where it rests on three years of Poisson counts it may lie a month beside.
        assert!(known.season.as_ref().is_some_and(|s| (6..=8).contains(&s.highest)), "seed {seed}: {known:?}");
        assert!(known.onset.is_none(), "seed {seed}: the break is in the register: {known:?}");
        let (order, headline) = told(&files, "trend/police/public-order-offences");
        println!("seed {seed}: {headline}");
        // It rises, as a step or as a line: with so few months the two are told apart in most boroughs, and not in all.
        let rises = order.mean_month_since.is_some_and(|after| after > 1.2 * order.mean_month)
            || order.yearly_percent.is_some_and(|change| change.lower > 0.0);
        assert!(rises, "seed {seed}: {order:?}");
        files.insert("study.toml".into(), unknown.into_bytes());
        let (found, headline) = told(&files, violence);
        println!("seed {seed}: {headline}");
        assert_eq!(truth["recording_break"]["first_month"], "2025-01");
        assert_eq!(
            (found.shape, found.onset.map(|m| m.to_string()).as_deref()),
            (SeriesShape::Step, Some("2025-01")),
            "seed {seed}: {found:?}"
        );
        // 60 of 100 are recorded since.
        let size = found.step_percent.unwrap();
        assert!((size.value + 40.0).abs() < 8.0 && size.upper < 0.0, "seed {seed}: {size:?}");
        assert!(found.forecast.is_empty(), "seed {seed}: no forecast across an unexplained change: {found:?}");
    }
}

/// One hundred boroughs in which every resident is at the same risk every day: whatever is called there is a false alarm.
#[test]
fn in_a_hundred_even_boroughs_calls_stay_at_their_rates() {
    let (mut hot, mut clusters, mut scans) = (0_u32, 0, 0);
    // Fewer draws than by default: enough for a twentieth over so many areas.
    let settings = "\n[[analysis]]\nkind = \"hotspots\"\ndraws = 4999\n\n[[analysis]]\nkind = \"clusters\"\nsimulations = 199\n\n[[analysis]]\nkind = \"trend\"\n";
    let (mut series, mut seasons, mut shapes) = (0, 0, 0);
    for seed in 100..200 {
        let mut files = borough(&Settings { seed, areas: 40, months: 36, planted: false, ..Settings::default() });
        files.get_mut("study.toml").unwrap().extend(settings.as_bytes());
        let study = Study::of(&files);
        let plan = Plan::load(&study.folder.join("study.toml"), &mut Problems::default()).unwrap();
        let findings = gapmap::pipeline::findings(&plan, None, &mut Problems::default()).unwrap().0;
        for finding in &findings.findings {
            match &finding.body {
                Body::HotSpots(body) => hot += u32::from(body.rows.iter().any(|r| r.q.known().is_some_and(|q| q <= 0.05))),
                Body::Clusters(_) => {
                    scans += 1;
                    clusters += called(&findings, &finding.id).len().min(1);
                }
                // All categories together are the others once more.
                Body::Series(_) if !finding.id.ends_with("all-categories") => {
                    let model = model_of(finding);
                    series += 1;
                    seasons += usize::from(model.season.is_some());
                    shapes += usize::from(model.shape != SeriesShape::Flat);
                }
                _ => {}
            }
        }
    }
    let maps = 200;
    println!("even boroughs: {hot} of {maps} hot-spot maps and {clusters} of {scans} scans call anything, at 0.05");
    // 0.05 of each, and three standard errors.
    let bound = |n: usize| 0.05 * n as f64 + 3.0 * (0.05 * 0.95 * n as f64).sqrt();
    println!("of {series} even series: {seasons} seasons and {shapes} shapes of change called, at 0.05");
    assert_eq!(series, 200);
    assert!([seasons, shapes].iter().all(|n| (*n as f64) <= bound(series)), "{seasons} {shapes}");
    assert_eq!(scans, 400);
    assert!(f64::from(hot) <= bound(maps) && (clusters as f64) <= bound(scans), "{hot} {clusters}");
}

fn only(files: &std::collections::BTreeMap<String, Vec<u8>>, analysis: &str) -> Findings {
    let study = Study::of(files);
    let plan = Plan::load(&study.folder.join("study.toml"), &mut Problems::default()).unwrap();
    gapmap::pipeline::findings(&plan, Some(analysis), &mut Problems::default()).unwrap().0
}

/// Risk rises with deprivation in the planted borough, and not in the even one.
#[test]
fn the_slope_along_deprivation_is_told_where_it_is_planted() {
    let ratio = |planted: bool, seed: u64| {
        let findings = only(&borough(&Settings { seed, planted, ..Settings::default() }), "inequality");
        let Body::Gradient(body) = findings.find("inequality/police/violence-and-sexual-offences/areas").unwrap().body.clone() else {
            panic!("a slope has groups")
        };
        let all: u64 = body.groups.iter().filter_map(|g| g.count.known()).sum();
        assert!(body.groups.len() == 5 && all > 500, "{body:?}");
        body.ratio.unwrap()
    };
    let found = ratio(true, 1);
    assert!(found.value > 1.2 && found.lower > 1.0, "{found:?}");
    let even: Vec<_> = (1..=5).map(|seed| ratio(false, seed)).collect();
    assert!(even.iter().filter(|r| (r.lower..=r.upper).contains(&1.0)).count() >= 4, "{even:?}");
}

#[test]
fn expected_need_is_women_of_sixteen_and_over_times_the_survey() {
    let files = borough(&Settings::default());
    let findings = only(&files, "need");
    let Body::Table(body) = &findings.find("need/estimated").unwrap().body else { panic!("need is a table") };
    // The same, from the files: women by area times the share of that area's people who are sixteen and over.
    let number = |row: &csv::StringRecord, i: usize| row[i].parse::<f64>().unwrap();
    let rows = |name: &str| csv::Reader::from_reader(&files[name][..]).into_records().map(|r| r.unwrap()).collect::<Vec<_>>();
    let (sexes, ages) = (rows("population/sex.csv"), rows("population/age.csv"));
    let women: f64 = sexes
        .iter()
        .map(|sex| {
            let age = ages.iter().find(|a| a[2] == sex[2]).unwrap();
            let bands: Vec<f64> = (4..age.len()).map(|i| number(age, i)).collect();
            number(sex, 4) * (bands[3] * 0.8 + bands[4..].iter().sum::<f64>()) / bands.iter().sum::<f64>()
        })
        .sum();
    let abuse = &body.rows[0];
    let hundred = |x: f64| Cell::Known((x / 100.0).round() as u64 * 100);
    assert_eq!(abuse.cells, [hundred(women), hundred(women * 0.0945), hundred(women * 0.0955)]);
    let finding = findings.find("need/estimated").unwrap();
    assert!(finding.status == "estimate" && finding.sentences.iter().all(|s| s.contains("This is an estimate")));
    assert!(finding.caveats.iter().any(|c| c.contains("not read in the publisher")), "an unverified figure says so");
}

/// An area whose people by day are five times its residents: its rank depends on whom one counts, and it is named.
#[test]
fn a_rank_that_hangs_on_the_denominator_is_named() {
    let mut files = borough(&Settings { areas: 40, months: 12, ..Settings::default() });
    let sexes: Vec<csv::StringRecord> =
        csv::Reader::from_reader(&files["population/sex.csv"][..]).into_records().map(|r| r.unwrap()).collect();
    let plain = only(&files, "burden");
    let Body::AreaRates(body) = &plain.find("burden/police/violence-and-sexual-offences/areas").unwrap().body else { panic!("rates") };
    let highest = body.rows.iter().max_by(|a, b| a.rate.known().unwrap().value.total_cmp(&b.rate.known().unwrap().value)).unwrap();
    let mut table = String::from("code,daytime\n");
    for row in &sexes {
        let residents: u32 = row[3].parse().unwrap();
        let by_day = if row[2] == *highest.code.as_str() { residents * 20 } else { residents };
        table.push_str(&format!("{},{by_day}\n", &row[2]));
    }
    files.insert("population/day.csv".into(), table.into_bytes());
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let plan = plan.replace("\"population/age.csv\"]", "\"population/age.csv\", \"population/day.csv\"]");
    let plan = plan + "\n[[analysis]]\nkind = \"burden\"\nsecond-denominator = \"daytime\"\n";
    files.insert("study.toml".into(), plan.into_bytes());
    let found = only(&files, "burden");
    let told = found.find("burden/police/violence-and-sexual-offences/areas").unwrap().sentences.join(" ");
    assert!(told.contains("daytime") && told.contains(&highest.name), "{told}");
}

/// Where most areas are withheld, those left are the ones with more events: no hot spot and no cluster is read out of that.
#[test]
fn nothing_is_looked_for_where_too_much_is_withheld() {
    let mut files = borough(&Settings::default());
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap();
    let (before, police) = plan.split_once("name = \"police\"").unwrap();
    let restricted = format!("{before}name = \"police\"{}", police.replacen("sensitivity = \"open\"", "sensitivity = \"restricted\"", 1));
    files.insert("study.toml".into(), restricted.into_bytes());
    let label = "Public order offences";
    let none = [msg!("hotspots-headline-withheld", label = label), msg!("clusters-headline-not-known", label = label)];
    for (analysis, headline) in ["hotspots", "clusters"].into_iter().zip(none) {
        let findings = only(&files, analysis);
        let order = findings.findings.iter().find(|f| f.id.contains("public-order")).unwrap();
        assert_eq!(order.headline, said(headline));
        match &order.body {
            Body::HotSpots(body) => {
                assert!(body.draws == 0 && body.rows.iter().all(|r| r.z.known().is_none() && r.smoothed.known().is_none()))
            }
            Body::Clusters(body) => assert!(body.clusters.is_empty() && body.areas.iter().all(|a| a.cluster.is_none())),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_lighting_scheme_that_halved_incidents_is_measured_beside_the_rest_and_a_wrong_code_is_refused() {
    let mut files = borough(&Settings { planted: false, ..Settings::default() });
    let from = "2025-07";
    let lit: Vec<String> = (1..=30).map(|i| format!("E01990{i:03}")).collect();
    // Every second row in the lit areas is taken out from that month on.
    let mut dropped = 0;
    for (path, bytes) in files.iter_mut().filter(|(p, _)| p.starts_with("police/")) {
        let month = path.split('/').nth(1).unwrap();
        if month < from {
            continue;
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut even = false;
        let keep = |line: &&str| {
            let in_lit = lit.iter().any(|c| line.contains(c.as_str()));
            even ^= in_lit;
            !(in_lit && even)
        };
        let kept: Vec<&str> = text.lines().filter(keep).collect();
        dropped += text.lines().count() - kept.len();
        *bytes = (kept.join("\n") + "\n").into_bytes();
    }
    assert!(dropped > 50, "only {dropped} rows taken out");
    let codes = lit.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
    let event = format!("[[study.event]]\nname = \"Lighting\"\nfirst-month = \"{from}\"\nareas = [{codes}]\n\n[release]");
    let plan = String::from_utf8(files["study.toml"].clone()).unwrap().replace("[release]", &event);
    files.insert("study.toml".into(), plan.clone().into_bytes());
    let (findings, _) = run_files(&files);
    let told = findings.find("events/lighting/police/violence-and-sexual-offences").unwrap();
    let Body::Interrupted(body) = &told.body else { panic!("another shape") };
    let ratio = body.ratio.unwrap();
    println!("lighting: {ratio:?}");
    assert!(ratio.lower < 0.5 && 0.5 < ratio.upper && ratio.upper < 0.9, "{ratio:?}");
    assert!(told.headline.contains("fewer incidents"), "{}", told.headline);
    assert!(
        findings.find("events/lighting/safety-reports/reports-of-feeling-unsafe-in-public").is_none(),
        "restricted counts by area and month"
    );

    files.insert("study.toml".into(), plan.replace(&lit[0], "E01999999").into_bytes());
    let study = Study::of(&files);
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    assert!(gapmap::pipeline::findings(&plan, None, &mut problems).is_none());
    assert!(problems.list().iter().any(|p| p.code == "D214" && p.next_step.contains("nearest")), "{:?}", problems.list());
}

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
