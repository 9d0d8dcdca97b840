//! Streets: loaded from real extracts, and times beside another way of finding them.

use std::path::PathBuf;

use gapmap::diagnostics::Problems;
use gapmap::sources::Gathered;
use gapmap::spatial::{Network, Street};
use gapmap::units::Bng;

use crate::study_files::{Study, read_source, root};

/// Reads an extract as a source would.
fn streets(path: PathBuf, settings: &str) -> (Gathered, Problems) {
    read_source("street-network", &[&path.to_string_lossy()], std::path::Path::new(""), settings)
}

/// Bellman and Ford: every edge again and again until nothing changes. Slow, and nothing like the search it checks.
fn by_relaxing(net: &Network, to: u32) -> Vec<f64> {
    let edges: Vec<(u32, u32, f32)> = net.edges().collect();
    let mut best = vec![f64::INFINITY; net.nodes()];
    best[to as usize] = 0.0;
    loop {
        let mut changed = false;
        for (a, b, seconds) in &edges {
            let time = best[*b as usize] + f64::from(*seconds);
            if time < best[*a as usize] {
                best[*a as usize] = time;
                changed = true;
            }
        }
        if !changed {
            return best;
        }
    }
}

#[test]
fn streets_of_leeds_and_helsinki_load_and_times_are_those_of_another_search() {
    let folder = root().join("../shared/data/osm");
    if !folder.is_dir() {
        println!("skipped: needs the folder osm of real open data, which is not beside this repository");
        return;
    }
    for (file, fewest) in [("its-example-leeds.osm.pbf", 500), ("Helsinki.osm.pbf", 5_000)] {
        for mode in ["walk", "drive"] {
            let (gathered, problems) = streets(folder.join(file), &format!("{{ mode = \"{mode}\" }}"));
            assert!(!problems.any_error(), "{file}: {:?}", problems.list());
            let net = &gathered.networks[0].network;
            let tally = &gathered.tallies[0];
            println!(
                "{file}, {mode}: {} nodes, {} edges, {} nodes on islands, {} ways",
                net.nodes(),
                net.edges().count(),
                net.on_islands(),
                tally.read
            );
            assert!(mode == "drive" || net.nodes() >= fewest, "{file}: {} nodes", net.nodes());
            assert_eq!(tally.kept() + tally.set_aside.values().sum::<u64>(), tally.read);
            let places: Vec<Bng> = (0..5).map(|i| net.place((net.nodes() * (2 * i + 1) / 10) as u32)).collect();
            for place in places {
                let door = net.join(place, 2_000.0).unwrap();
                let ours = net.seconds_to(door.node, 0.0, f32::INFINITY);
                let theirs = by_relaxing(net, door.node);
                let mut reached = 0;
                for (a, b) in ours.iter().zip(&theirs) {
                    match a {
                        // Sums of 32-bit seconds beside sums of 64-bit ones.
                        Some(a) => assert!((f64::from(*a) - b).abs() <= 1e-4 * b.max(1.0), "{file}, {mode}: {a} instead of {b}"),
                        None => assert!(b.is_infinite(), "{file}, {mode}: no way instead of {b}"),
                    }
                    reached += usize::from(a.is_some());
                }
                assert!(reached > 10, "{file}, {mode}: only {reached} nodes reach the door");
                // A bounded search gives the same times up to its bound, and none beyond.
                for (bounded, whole) in net.seconds_to(door.node, 0.0, 300.0).iter().zip(&ours) {
                    assert_eq!(*bounded, whole.filter(|t| *t <= 300.0));
                }
            }
        }
    }
}

#[test]
fn extracts_that_hold_no_streets_or_are_damaged_are_told_with_their_place() {
    let study = Study::small();
    for (name, bytes) in
        [("none.osm.pbf", &b"not an extract at all, but long enough to be one"[..]), ("short.osm.pbf", &[0, 0, 0, 13, 10][..])]
    {
        study.write(name, bytes);
        let (gathered, problems) = streets(study.folder.join(name), "{}");
        assert!(gathered.networks.is_empty());
        assert!(problems.list().iter().any(|p| p.code == "R120" && p.place.to_string().contains(name)), "{:?}", problems.list());
    }
    let osm = root().join("../shared/data/osm/osmpbf-test_nozlib_nodense.osm.pbf");
    if osm.is_file() {
        let (_, problems) = streets(osm, "{}");
        assert!(problems.list().iter().any(|p| p.code == "R120"), "three nodes are no streets");
    }
}

#[test]
fn islands_are_not_joined_and_what_cannot_be_reached_is_said() {
    let street = |from, to| Street { from, to, seconds: 10.0, one_way: false };
    // A line of 60 nodes, and two nodes far away beside the place.
    let mut places: Vec<(f64, f64)> = (0..60).map(|i| (f64::from(i) * 10.0, 0.0)).collect();
    places.extend([(0.0, 500.0), (10.0, 500.0)]);
    let mut list: Vec<Street> = (0..59).map(|i| street(i, i + 1)).collect();
    list.push(street(60, 61));
    let net = Network::new(places, &list).unwrap();
    assert_eq!(net.on_islands(), 2);
    let place = Bng { easting_m: 1.0, northing_m: 499.0 };
    assert_eq!(net.join(place, 1_000.0).unwrap().node, 0, "the island is nearer, and leads nowhere");
    assert!(net.join(place, 100.0).is_none());
    assert_eq!(net.seconds_to(0, 0.0, 1e9)[60], None);
    assert!(Network::new(vec![(0.0, 0.0)], &[street(0, 1)]).is_none(), "a street to nowhere");
}

/// A plan whose coverage goes by a table of times.
fn with_times(rows: &str) -> Study {
    let study = Study::small();
    study.write("times.csv", format!("from,to,minutes\n{rows}").as_bytes());
    let plan = study.text("study.toml");
    let more = "\n[[source]]\nkind = \"travel-times\"\nname = \"bus\"\npath = \"times.csv\"\nsensitivity = \"open\"\nmode = \"bus\"\n\n[[analysis]]\nkind = \"coverage\"\nby = \"bus\"\nreach-minutes = 20.0\n";
    study.write("study.toml", (plan + more).as_bytes());
    study
}

#[test]
fn a_table_of_times_decides_who_is_within_reach_and_what_it_does_not_name_is_not_known() {
    let study = with_times("E01990001,OR-01,12\nE01990002,OR-01,33\nE01990003,OR-01,\nE01990004,OR-01,20\nE01990004,OR-01,25\n");
    assert_eq!(study.check().0, Some(0));
    let findings: serde_json::Value = serde_json::from_str(&study.text("out/findings.public.json")).unwrap();
    let told = findings["findings"].as_array().unwrap().iter().find(|f| f["id"] == "coverage/one-stop-shop").unwrap();
    let class = |code: &str| {
        told["body"]["rows"].as_array().unwrap().iter().find(|r| r["code"] == code).unwrap()["class"].as_str().unwrap().to_owned()
    };
    assert_eq!(["E01990001", "E01990002", "E01990004", "E01990005"].map(class), ["site", "out-of-reach", "site", "not-known"]);
    assert!(told["subtitle"].as_str().unwrap().contains("within 20 minutes, bus"), "{}", told["subtitle"]);
}

#[test]
fn walking_is_the_mode_walk_of_the_plan() {
    let study = with_times("E01990001,OR-01,12\n");
    study.replace("study.toml", "mode = \"bus\"", "mode = \"walk\"");
    study.replace("study.toml", "by = \"bus\"", "by = \"walking\"");
    let (code, told) = study.check();
    assert_eq!(code, Some(0), "{told}");
    assert!(study.text("out/findings.public.json").contains("within 20 minutes, on foot"));
}

#[test]
fn times_to_a_confidential_service_stop_the_run() {
    // OR-17 of the small borough is its refuge.
    let study = with_times("E01990001,OR-01,12\n");
    let refuge =
        study.text("services/side-table.csv").lines().find(|l| l.contains(",refuge,")).unwrap().split(',').next().unwrap().to_owned();
    study.write("times.csv", format!("from,to,minutes\nE01990001,{refuge},17.25\n").as_bytes());
    let (code, text) = study.check();
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("S301") && !text.contains("17.25"), "{text}");
}

/// The same times as a Parquet file.
fn parquet_of(rows: &[(&str, &str, Option<f64>)]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    let schema = "message times { REQUIRED BYTE_ARRAY from (UTF8); REQUIRED BYTE_ARRAY to (UTF8); OPTIONAL DOUBLE minutes; }";
    let properties = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let schema = std::sync::Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, std::sync::Arc::new(properties)).unwrap();
    let mut group = file.next_row_group().unwrap();
    for texts in [rows.iter().map(|r| r.0).collect::<Vec<_>>(), rows.iter().map(|r| r.1).collect()] {
        let mut column = group.next_column().unwrap().unwrap();
        let values: Vec<ByteArray> = texts.into_iter().map(ByteArray::from).collect();
        column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    }
    let mut column = group.next_column().unwrap().unwrap();
    let (values, levels): (Vec<Option<f64>>, Vec<i16>) = rows.iter().map(|r| (r.2, i16::from(r.2.is_some()))).unzip();
    let values: Vec<f64> = values.into_iter().flatten().collect();
    column.typed::<DoubleType>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    bytes
}

#[test]
fn a_table_of_times_as_parquet_is_the_same_table() {
    let csv = with_times("E01990001,OR-01,12\nE01990002,OR-01,33\nE01990003,OR-01,\nE01990004,OR-01,20\nE01990004,OR-01,25\n");
    assert_eq!(csv.check().0, Some(0));
    let rows = [
        ("E01990001", "OR-01", Some(12.0)),
        ("E01990002", "OR-01", Some(33.0)),
        ("E01990003", "OR-01", None),
        ("E01990004", "OR-01", Some(20.0)),
        ("E01990004", "OR-01", Some(25.0)),
    ];
    let other = with_times("");
    other.replace("study.toml", "path = \"times.csv\"", "path = \"times.parquet\"");
    other.write("times.parquet", &parquet_of(&rows));
    let (code, text) = other.check();
    assert_eq!(code, Some(0), "{text}");
    let told = |study: &Study| {
        let findings: serde_json::Value = serde_json::from_str(&study.text("out/findings.public.json")).unwrap();
        (findings["findings"].clone(), findings["ledger"].clone())
    };
    assert_eq!(told(&csv), told(&other));

    other.write("times.parquet", &parquet_of(&[("E01990001", "OR-01", Some(-3.0)), ("Elsewhere", "OR-01", Some(4.0))]));
    let (code, text) = other.check();
    assert_eq!(code, Some(1));
    assert!(text.contains("times.parquet, row 1, column minutes") && text.contains("row 2, column from"), "{text}");
    other.replace("study.toml", "mode = \"bus\"\n", "mode = \"bus\"\ncolumns = { from = \"origin\" }\n");
    assert!(other.check().1.contains("there is no column “origin”"));
}

#[test]
fn no_damage_to_a_parquet_file_makes_it_panic() {
    use rand::{Rng, SeedableRng};
    let rows: Vec<(String, Option<f64>)> =
        (0..200).map(|i| (format!("E0199{:04}", i % 30 + 1), (i % 7 > 0).then_some(f64::from(i)))).collect();
    let rows: Vec<(&str, &str, Option<f64>)> = rows.iter().map(|(code, time)| (code.as_str(), "OR-01", *time)).collect();
    let good = parquet_of(&rows);
    let study = with_times("");
    study.replace("study.toml", "path = \"times.csv\"", "path = \"times.parquet\"");
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(5);
    let mut refused = 0;
    for _ in 0..400 {
        let mut bad = good.clone();
        for _ in 0..random.random_range(1..4) {
            let at = random.random_range(0..bad.len());
            match random.random_range(0..3) {
                0 => bad[at] ^= random.random_range(1..=255_u8),
                1 => bad.truncate(at.max(1)),
                _ => {
                    bad.splice(at..at, [0xFF; 5]);
                }
            }
        }
        study.write("times.parquet", &bad);
        let mut problems = gapmap::diagnostics::Problems::default();
        let plan = gapmap::plan::Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
        let mut gathered = gapmap::sources::Gathered::default();
        for (origin, source) in plan.sources.iter().filter(|(o, _)| o.kind == "travel-times") {
            source.read(origin, &mut gathered, &mut problems);
        }
        refused += usize::from(problems.any_error());
    }
    assert!(refused > 200, "only {refused} of 400 were refused: is anything damaged at all?");
}
