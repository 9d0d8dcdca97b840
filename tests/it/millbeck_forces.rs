//! Millbeck: eight invented areas of 1,000 residents, four offences and two incidents of anti-social behaviour a month in each, in 2023. The
//! right answer is 384 offences, 48.0 per 1,000 residents, unless a test says otherwise.

use std::collections::BTreeMap;
use std::fmt::Write;

use gapmap::diagnostics::{Problem, Problems};
use gapmap::model::{AreaRates, Body, Findings};
use gapmap::plan::Plan;
use gapmap::study::Study as Tables;

use crate::study_files::Study;

pub const HEADINGS: &str =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n";
pub const VIOLENCE: &str = "burden/police/violence-and-sexual-offences/areas";

/// Files of a study on their way to a folder.
#[derive(Clone)]
pub struct Millbeck {
    pub files: BTreeMap<String, Vec<u8>>,
    plan: String,
}

/// Code of the area at a position from 0.
pub fn code(i: usize) -> String {
    format!("E01990{:03}", 101 + i)
}

/// Name of the area at a position from 0.
pub fn name(i: usize) -> String {
    format!("Millbeck 00{}{}", 1 + i / 4, ["A", "B", "C", "D"][i % 4])
}

/// The middle of the area at a position from 0.
pub fn middle(i: usize) -> (f64, f64) {
    (-0.6 + 0.015 * (i % 4) as f64 + 0.0075, 53.2 + 0.009 * (i / 4) as f64 + 0.0045)
}

/// The square about a middle, as the coordinates of a polygon.
pub fn square((x, y): (f64, f64), f: impl Fn(f64, f64) -> (f64, f64)) -> String {
    let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)];
    let at = corners.map(|(a, b)| f(x + 0.0075 * a, y + 0.0045 * b)).map(|(x, y)| format!("[{x:.9},{y:.9}]"));
    format!("[[{}]]", at.join(","))
}

/// A feature of GeoJSON.
pub fn feature(properties: &str, geometry: &str) -> String {
    format!("{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{geometry}}}")
}

pub fn polygon(coordinates: &str) -> String {
    format!("{{\"type\":\"Polygon\",\"coordinates\":{coordinates}}}")
}

pub fn collection(features: &[String], more: &str) -> Vec<u8> {
    format!("{{\"type\":\"FeatureCollection\"{more},\"features\":[{}]}}", features.join(",\n")).into_bytes()
}

/// The eight areas, with this said of the authority of each.
pub fn areas(authority: impl Fn(usize) -> String) -> Vec<String> {
    let one = |i: usize| {
        let properties = format!("\"LSOA21CD\":\"{}\",\"LSOA21NM\":\"{}\"{}", code(i), name(i), authority(i));
        feature(&properties, &polygon(&square(middle(i), |x, y| (x, y))))
    };
    (0..8).map(one).collect()
}

/// One street row. An empty id is none; an empty code and no point make a row without a place.
pub fn row(id: &str, month: &str, force: &str, point: Option<(f64, f64)>, code: &str, kind: &str) -> String {
    let (x, y) = point.map_or((String::new(), String::new()), |(x, y)| (format!("{x:.6}"), format!("{y:.6}")));
    format!("{id},{month},{force},{force},{x},{y},On or near High Street,{code},Name 001A,{kind},Under investigation,\n")
}

/// The rows of one month in some areas: four offences with ids and two incidents without in each.
pub fn month_rows(month: &str, force: &str, areas: &[usize]) -> String {
    let mut text = String::new();
    for i in areas {
        for n in 0..4 {
            // Ids are like those of police.uk: as good as random from their first digit on.
            let seed =
                format!("{i} {n} {month}").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
            let id = format!("{:016x}{:048x}", seed.wrapping_mul(0x9E37_79B9_7F4A_7C15), n);
            text += &row(&id, month, force, Some(middle(*i)), &code(*i), "Violence and sexual offences");
        }
        for _ in 0..2 {
            text += &row("", month, force, Some(middle(*i)), &code(*i), "Anti-social behaviour");
        }
    }
    text
}

pub fn months() -> Vec<String> {
    (1..=12).map(|m| format!("2023-{m:02}")).collect()
}

pub const ALL: [usize; 8] = [0, 1, 2, 3, 4, 5, 6, 7];

impl Millbeck {
    /// The usual study.
    pub fn new() -> Self {
        let plan = "[study]\ntitle = \"Millbeck\"\narea-name = \"Millbeck\"\nauthority-kind = \"unitary\"\nauthorities = [\"E06990001\"]\ninvented = true\n\n\
            [[source]]\nkind = \"boundaries\"\npath = \"boundaries\"\nsensitivity = \"open\"\n\n[[source]]\nkind = \"population\"\npath = \"population.csv\"\nsensitivity = \"open\"\n\n\
            [[source]]\nkind = \"police-uk-street\"\nname = \"police\"\npath = \"police\"\nsensitivity = \"open\"\n\n[[analysis]]\nkind = \"burden\"\n";
        let mut study = Self { files: BTreeMap::new(), plan: plan.into() };
        study.put("boundaries/lsoa.geojson", collection(&areas(|_| ",\"LAD24CD\":\"E06990001\"".into()), ""));
        study.put("population.csv", study.people(|_| 1000).into_bytes());
        for month in months() {
            study.street(&month, "millshire", "Millshire Police", &ALL);
        }
        study
    }

    pub fn people(&self, of: impl Fn(usize) -> u32) -> String {
        let mut text = "\"date\",\"geography\",\"geography code\",\"Sex: All persons; measures: Value\"\n".to_owned();
        for i in ALL {
            let _ = writeln!(text, "\"2021\",\"{}\",\"{}\",{}", name(i), code(i), of(i));
        }
        text
    }

    pub fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.files.insert(path.into(), bytes.into());
        self
    }

    pub fn take(&mut self, path: &str) -> &mut Self {
        assert!(self.files.remove(path).is_some(), "{path}");
        self
    }

    /// Takes everything below a path away.
    pub fn clear(&mut self, below: &str) -> &mut Self {
        self.files.retain(|path, _| !path.starts_with(below));
        self
    }

    /// The street file of a force and month.
    pub fn street(&mut self, month: &str, slug: &str, force: &str, areas: &[usize]) -> &mut Self {
        self.put(&format!("police/{month}-{slug}-street.csv"), HEADINGS.to_owned() + &month_rows(month, force, areas))
    }

    pub fn add(&mut self, path: &str, text: &str) -> &mut Self {
        self.files.get_mut(path).unwrap_or_else(|| panic!("{path}")).extend(text.bytes());
        self
    }

    pub fn plan(&mut self, from: &str, to: &str) -> &mut Self {
        assert!(self.plan.contains(from), "{from}");
        self.plan = self.plan.replacen(from, to, 1);
        self
    }

    pub fn source(&mut self, text: &str) -> &mut Self {
        self.plan("[[analysis]]", &format!("[[source]]\nsensitivity = \"open\"\n{text}\n\n[[analysis]]"))
    }

    /// Two authorities of four areas each: Millbeck in the south, Overdale in the north.
    pub fn two_authorities(&mut self) -> &mut Self {
        let which = |i: usize| format!(",\"LAD24CD\":\"E0699000{}\"", 1 + i / 4);
        self.put("boundaries/lsoa.geojson", collection(&areas(which), ""));
        self.plan("[\"E06990001\"]", "[\"E06990001\", \"E06990002\"]")
    }

    /// A folder with all of it.
    fn folder(&self) -> Study {
        let study = Study::of(&self.files);
        study.write("study.toml", self.plan.as_bytes());
        study
    }

    /// What it answers, and what is told of it on the way; nothing where it is refused.
    pub fn run(&self) -> (Option<Findings>, Vec<Problem>) {
        let study = self.folder();
        let mut problems = Problems::default();
        let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
        let findings = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems));
        (findings.map(|f| f.0), problems.list().to_vec())
    }

    pub fn answer(&self) -> Findings {
        let (findings, problems) = self.run();
        findings.unwrap_or_else(|| panic!("{problems:#?}"))
    }

    /// The codes under which it is refused, or warned of.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&str> = self.run().1.iter().map(|p| p.code.name()).collect();
        codes.dedup();
        codes
    }

    /// The canonical tables.
    pub fn tables(&self) -> Tables {
        let study = self.folder();
        let mut problems = Problems::default();
        let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
        gapmap::pipeline::study(&plan, &mut problems).unwrap_or_else(|| panic!("{:#?}", problems.list())).0
    }

    /// Whether it is refused, for a reason with this code and a next step that holds this.
    #[track_caller]
    pub fn is_refused(&self, code: &str, next: &str) {
        let (findings, problems) = self.run();
        assert!(findings.is_none(), "not refused");
        assert!(
            problems.iter().any(|p| p.code.name() == code && (p.next_step.contains(next) || p.message.contains(next))),
            "{problems:#?}"
        );
    }

    /// Offences in all and their rate, of the finding of violence.
    #[track_caller]
    pub fn gives(&self, count: u64, rate: f64) -> Findings {
        let findings = self.answer();
        let rates = rates(&findings, VIOLENCE);
        assert_eq!(rates.total.count.known(), Some(count));
        let told = rates.total.rate.known().map(|r| r.value).unwrap();
        assert!((told - rate).abs() < 0.05, "{told}");
        findings
    }
}

#[track_caller]
pub fn rates<'f>(findings: &'f Findings, id: &str) -> &'f AreaRates {
    let Some(finding) = findings.find(id) else { panic!("no {id}") };
    let Body::AreaRates(rates) = &finding.body else { panic!("{id} has no rates") };
    rates
}

/// Rows of a ledger line that were set aside, by reason.
#[track_caller]
pub fn set_aside(findings: &Findings, source: &str) -> BTreeMap<String, u64> {
    let line = findings.ledger.iter().find(|l| l.source == source).unwrap();
    line.set_aside.iter().filter_map(|(r, n)| Some((r.clone(), n.known()?))).collect()
}
