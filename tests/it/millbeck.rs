//! Millbeck, an invented town of eight areas of 1,000 residents, for small studies of one mess each.

use gapmap::diagnostics::Problems;
use gapmap::model::Findings;
use gapmap::plan::Plan;
use gapmap::study;

use crate::study_files::Study;

/// The codes of its areas.
pub const AREAS: [&str; 8] = ["E01990101", "E01990102", "E01990103", "E01990104", "E01990105", "E01990106", "E01990107", "E01990108"];

/// A study of Millbeck that is being put together.
pub struct Millbeck {
    pub study: Study,
    plan: String,
}

impl Millbeck {
    /// With boundaries and residents, and nothing else.
    pub fn new() -> Self {
        let feature = |(i, code): (usize, &&str)| {
            let (x, y) = (-0.6 + 0.015 * (i % 4) as f64, 53.2 + 0.009 * (i / 4) as f64);
            let ring = [[x, y], [x + 0.015, y], [x + 0.015, y + 0.009], [x, y + 0.009], [x, y]];
            serde_json::json!({"type": "Feature", "properties": {"LSOA21CD": code, "LSOA21NM": format!("Millbeck {i}"), "LAD24CD": "E06990001"},
                "geometry": {"type": "Polygon", "coordinates": [ring]}})
        };
        let features: Vec<_> = AREAS.iter().enumerate().map(feature).collect();
        let boundaries = serde_json::json!({"type": "FeatureCollection", "features": features});
        let mut residents = "geography code,all,female,male\n".to_owned();
        AREAS.iter().for_each(|code| residents += &format!("{code},1000,500,500\n"));
        let all = Self { study: Study::of(&Default::default()), plan: String::new() };
        all.study.write("boundaries.geojson", boundaries.to_string().as_bytes());
        all.study.write("population.csv", residents.as_bytes());
        let plan = "[study]\ntitle = \"Millbeck\"\narea-name = \"Millbeck\"\nauthority-kind = \"unitary\"\nauthorities = [\"E06990001\"]\ninvented = true\n";
        let mut all = Self { plan: plan.into(), ..all };
        all = all.source("boundaries", "boundaries.geojson", "").source("population", "population.csv", "");
        all
    }

    /// With a period.
    pub fn period(mut self, first: &str, last: &str) -> Self {
        self.plan = self.plan.replacen(
            "invented = true\n",
            &format!("invented = true\nperiod = {{ first = \"{first}\", last = \"{last}\" }}\n"),
            1,
        );
        self
    }

    /// With a setting of `[study]`.
    pub fn setting(mut self, line: &str) -> Self {
        self.plan = self.plan.replacen("invented = true\n", &format!("invented = true\n{line}\n"), 1);
        self
    }

    /// With a source that is already there, and settings of it.
    pub fn source(mut self, kind: &str, path: &str, more: &str) -> Self {
        self.plan += &format!("\n[[source]]\nkind = \"{kind}\"\npath = \"{path}\"\nsensitivity = \"open\"\n{more}\n");
        self
    }

    /// The same with the source of a path restricted.
    pub fn restricting(mut self, path: &str) -> Self {
        let open = format!("path = \"{path}\"\nsensitivity = \"open\"");
        assert!(self.plan.contains(&open), "no open source of {path}");
        self.plan = self.plan.replacen(&open, &open.replace("\"open\"", "\"restricted\""), 1);
        self
    }

    /// With a source and its file.
    pub fn file(self, kind: &str, path: &str, bytes: impl AsRef<[u8]>, more: &str) -> Self {
        self.study.write(path, bytes.as_ref());
        self.source(kind, path, more)
    }

    /// With two events in each area in each month of 2023, so that there are months to study.
    pub fn with_calls(self) -> Self {
        let mut calls = "Date,Hour,LSOA\n".to_owned();
        for month in 1..=12 {
            for code in AREAS {
                calls += &format!("2023-{month:02}-03,11,{code}\n2023-{month:02}-17,23,{code}\n");
            }
        }
        self.file(
            "events-csv",
            "calls.csv",
            calls,
            "name = \"calls\"\ntopic = \"incidents\"\ncolumns = { date = \"Date\", hour = \"Hour\", area = \"LSOA\" }",
        )
    }

    /// For a tier, by a rule.
    pub fn release(mut self, tier: &str, rule: &str) -> Self {
        self.plan += &format!("\n[release]\ntier = \"{tier}\"\nrule = \"{rule}\"\n");
        self
    }

    /// With an analysis.
    pub fn ask(mut self, analysis: &str) -> Self {
        self.plan += &format!("\n[[analysis]]\nkind = \"{analysis}\"\n");
        self
    }

    fn plan(&self, problems: &mut Problems) -> Option<Plan> {
        self.study.write("study.toml", self.plan.as_bytes());
        Plan::load(&self.study.folder.join("study.toml"), problems)
    }

    /// Read and joined.
    pub fn read(&self) -> (Option<study::Study>, Problems) {
        let mut problems = Problems::default();
        let plan = self.plan(&mut problems);
        let built = plan.and_then(|plan| gapmap::pipeline::study(&plan, &mut problems)).map(|s| s.0);
        (built, problems)
    }

    /// Read, joined, asked and released.
    pub fn findings(&self) -> (Option<Findings>, Problems) {
        let mut problems = Problems::default();
        let plan = self.plan(&mut problems);
        let found = plan.and_then(|plan| gapmap::pipeline::findings(&plan, None, &mut problems)).map(|f| f.0);
        (found, problems)
    }
}

/// Names of the problem codes that stop a run.
pub fn errors(problems: &Problems) -> Vec<&'static str> {
    problems.list().iter().filter(|p| p.stops()).map(|p| p.code.name()).collect()
}

/// Whether a problem of a code was told.
pub fn tells(problems: &Problems, code: &str) -> bool {
    problems.list().iter().any(|p| p.code.name() == code)
}

/// All events of the first source, over all months, areas and kinds.
pub fn recorded(study: &gapmap::study::Study) -> u64 {
    study.datasets[0].total(&Default::default())
}
