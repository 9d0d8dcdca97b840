//! Faults in the findings, from which all files are drawn again.

use gapmap::model::{Body, Door, Findings, Tier};
use gapmap::units::Cell;

/// A fault in the findings, from which all files are drawn again.
type Fault = fn(&mut Findings);

/// The first finding with a body that fits.
fn body(f: &mut Findings, fits: impl Fn(&Body) -> bool) -> &mut Body {
    let at = f.findings.iter().position(|f| fits(&f.body)).expect("a finding of this shape");
    &mut f.findings[at].body
}

fn bars(f: &mut Findings) -> &mut gapmap::model::Bars {
    match body(f, |b| matches!(b, Body::Bars(b) if b.bars.iter().any(|x| x.share.known().is_some()))) {
        Body::Bars(b) => b,
        _ => panic!("bars"),
    }
}

fn known_bar(f: &mut Findings) -> &mut gapmap::model::Bar {
    bars(f).bars.iter_mut().find(|b| b.count.known().is_some_and(|n| n > 0)).expect("a bar that is known")
}

fn series(f: &mut Findings) -> &mut gapmap::model::Series {
    match body(f, |b| matches!(b, Body::Series(s) if s.points.iter().any(|p| p.rolling_12.known().is_some()))) {
        Body::Series(s) => s,
        _ => panic!("a series"),
    }
}

pub const FAULTS: [(&str, Fault); 38] = [
    ("a name in the title", |f| f.frame.title = "Tarn, Wilfred".into()),
    ("a name as that of the area", |f| f.frame.area_name = "Home of Wilfred Tarn".into()),
    ("a postcode in the title", |f| f.frame.title.push_str(" near AB1 2XY")),
    ("a name among the caveats", |f| f.findings[0].caveats.push("Wilfred Tarn threatened her.".into())),
    ("a count among the caveats", |f| f.findings[0].caveats.push("Of them 1,237 were at night.".into())),
    ("a count in the headline", |f| f.findings[0].headline.push_str(" (1,237)")),
    ("a count in words in the headline", |f| f.findings[0].headline.push_str(": ninety-seven at night")),
    ("a count in the subtitle", |f| f.findings[0].subtitle.push_str(", 1237")),
    ("a count in the status", |f| f.findings[0].status.push_str(" 1237")),
    ("a count in the reason of the release", |f| f.findings[0].release.because.push_str(" 1237")),
    ("a count in a sentence", |f| f.findings[0].sentences.push("Of them, 1,237 reports were made at night.".into())),
    ("a postcode as the name of a source", |f| f.sources[0].name = "AB1 2XY".into()),
    ("coordinates in the attribution", |f| f.sources[0].attribution = Some("53.04321, 0.41234".into())),
    ("an address of mail among the methods", |f| f.findings[0].caveats.push("Ask somebody@council.example.org".into())),
    ("a label that somebody typed", |f| bars(f).bars[0].label = "Hit by J Bloggs".into()),
    ("a small count of a bar", |f| known_bar(f).count = Cell::Known(3)),
    ("a count of a bar that is not rounded", |f| known_bar(f).count = known_bar(f).count.map(|n| n + 1)),
    ("a total that is not rounded", |f| bars(f).total = bars(f).total.map(|n| n + 1)),
    ("a share of the real counts", |f| {
        bars(f).bars.iter_mut().for_each(|b| {
            b.share = b.share.map(|mut s| {
                s.value += 0.001;
                s
            })
        })
    }),
    ("a mean of the real counts", |f| series(f).points.iter_mut().for_each(|p| p.mean = Some(p.mean.unwrap_or(4.0) + 0.25))),
    ("a sum of the real counts", |f| series(f).points.iter_mut().for_each(|p| p.rolling_12 = p.rolling_12.map(|m| m + 2))),
    ("a restricted finding that is called open", |f| f.findings[0].release.door = Door::Open),
    ("a rule that withholds less", |f| f.policy.withhold_up_to = 0),
    ("another tier", |f| f.policy.tier = Tier::Restricted),
    ("no typed counts", |f| f.restricted.clear()),
    ("a withheld count, told among the typed ones", |f| {
        let cell = f.restricted.iter_mut().flat_map(|r| &mut r.cells).find(|c| c.value == Cell::Withheld);
        cell.expect("a withheld count").value = Cell::Known(3);
    }),
    ("a released count that is another, in body and typed counts alike", |f| another_count(f)),
    ("a count in words above a hundred in a sentence", |f| {
        f.findings[0].sentences.push("One hundred and thirty-seven were at night.".into())
    }),
    ("a dozen in a sentence", |f| f.findings[0].sentences.push("Of them two dozen were at night.".into())),
    ("a count among the figures of a finding, told in a sentence", |f| {
        f.findings[0].figures.push(gapmap::model::Figure::new("reports at night", 1_237.0));
        f.findings[0].sentences.push("Of them, 1,237 reports were made at night.".into());
    }),
    ("a postcode as what a row of a source is", |f| f.ledger[0].unit = "reports near AB1 2XY".into()),
    ("an area that bears a postcode as its name", |f| f.outlines[0].name = "AB1 2XY".into()),
    ("a count of rows of a restricted source in the ledger", |f| {
        let restricted: Vec<String> = f.restricted.iter().map(|r| r.source.clone()).collect();
        let line = f.ledger.iter_mut().find(|l| restricted.contains(&l.source)).expect("its line");
        line.read = Cell::Known(1_237);
    }),
    ("the digest of a restricted file", |f| {
        let text = serde_json::to_string(&f.sources).unwrap();
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let restricted = value.as_array_mut().unwrap().iter_mut().find(|s| s["sensitivity"] == "restricted").expect("a restricted source");
        restricted["files"] = serde_json::json!([{"path": "reports.csv", "bytes": 1237}]);
        f.sources = serde_json::from_value(value).unwrap();
    }),
    ("what a method does, with a count", |f| f.methods[0].card.push_str(" Of 1,237 reports.")),
    ("an id of a finding that is a count", |f| f.findings[0].id.push_str("-1237")),
    ("a count of a category, told in the name of another", |f| known_bar(f).label.push_str(" (3)")),
    ("a caveat that says who it was, without a name or number", |f| f.findings[0].caveats.push("The baker's wife.".into())),
];

/// Another count that obeys every rule: 5 more for one month, wherever it is told.
fn another_count(f: &mut Findings) {
    let told: Vec<u64> = f.restricted.iter().flat_map(|r| &r.cells).filter_map(|c| c.value.known()).collect();
    // One that no other cell has, so that nothing but itself changes.
    let n = told.iter().copied().filter(|n| *n > 20 && told.iter().filter(|m| *m == n).count() == 1).min().expect("a count of its own");
    let text = String::from_utf8(f.written()).unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    replace(&mut value, n, n + 5);
    *f = serde_json::from_value(value).unwrap();
}

/// Replaces a whole number, wherever it stands as a count.
fn replace(value: &mut serde_json::Value, from: u64, to: u64) {
    match value {
        serde_json::Value::Number(n) if n.as_u64() == Some(from) => *value = to.into(),
        serde_json::Value::Array(items) => items.iter_mut().for_each(|v| replace(v, from, to)),
        serde_json::Value::Object(members) => members.iter_mut().for_each(|(_, v)| replace(v, from, to)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) | serde_json::Value::String(_) => {}
    }
}

/// What only the ledger shows: words and numbers that obey every rule, and from which every file was drawn again. Nobody who has nothing but the
/// files can know that they are not the ones that were released.
pub const ONLY_BY_LEDGER: [&str; 7] = [
    // A number that stands as data explains the same number in words: that is what makes it data.
    "a count among the figures of a finding, told in a sentence",
    // What a finding is called is its own.
    "an id of a finding that is a count",
    "a name in the title",
    "a name as that of the area",
    "a name among the caveats",
    "a caveat that says who it was, without a name or number",
    "a released count that is another, in body and typed counts alike",
];
