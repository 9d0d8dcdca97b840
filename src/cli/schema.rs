use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::Exit;
use crate::analyses::ANALYSES;
use crate::model::{Action, Engagement, Findings, ReleasePolicy, Training};
use crate::plan::{Fetching, SourceHead};
use crate::sources::SOURCES;
use crate::study::{Scenario, StudySettings};

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Of which document.
    of: Document,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Document {
    /// `study.toml`.
    Plan,
    /// `findings.json`.
    Findings,
}

impl Schema {
    pub fn run(self) -> Exit {
        let schema = match self.of {
            Document::Findings => json!(schemars::schema_for!(Findings)),
            Document::Plan => plan(),
        };
        say!("{schema:#}");
        Exit::Fine
    }
}

/// The plan is put together from its owners' schemas: each kind of source and of analysis adds its own settings.
pub(super) fn plan() -> Value {
    let mut definitions = Map::new();
    let mut part = |schema: schemars::Schema| {
        let mut schema = json!(schema);
        if let Some(object) = schema.as_object_mut() {
            object.remove("$schema");
            if let Some(Value::Object(own)) = object.remove("$defs") {
                definitions.extend(own);
            }
        }
        schema
    };
    let study = part(schemars::schema_for!(StudySettings));
    let release = part(schemars::schema_for!(ReleasePolicy));
    let scenario = part(schemars::schema_for!(Scenario));
    let action = part(schemars::schema_for!(Action));
    let training = part(schemars::schema_for!(Training));
    let engagement = part(schemars::schema_for!(Engagement));
    let fetch = part(schemars::schema_for!(Fetching));
    let head = part(schemars::schema_for!(SourceHead));
    let sources: Vec<Value> = SOURCES.iter().map(|k| with(part((k.schema)()), k.name, &head)).collect();
    let analyses: Vec<Value> = ANALYSES.iter().map(|k| with(part((k.schema)()), k.name, &json!({}))).collect();
    // What any analysis can be told can stand among the defaults.
    let mut defaults = Map::new();
    for settings in analyses.iter().filter_map(|a| a["properties"].as_object()) {
        let own = settings.iter().filter(|(name, _)| *name != "kind").map(|(name, schema)| (name.clone(), schema.clone()));
        for (name, schema) in own {
            defaults.entry(name).or_insert(schema);
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gapmap plan",
        "type": "object",
        "properties": {
            "study": study,
            "release": release,
            "source": {"type": "array", "items": {"oneOf": sources}},
            "fetch": fetch,
            "defaults": {"type": "object", "properties": defaults, "additionalProperties": false},
            "scenario": {"type": "array", "items": scenario},
            "action": {"type": "array", "items": action},
            "training": {"type": "array", "items": training},
            "engagement": {"type": "array", "items": engagement},
            "analysis": {"type": "array", "items": {"oneOf": analyses}},
        },
        "required": ["study", "source"],
        "additionalProperties": false,
        "$defs": definitions,
    })
}

/// A kind's own settings with its name and the settings that all of them share, still closed to any other.
fn with(mut own: Value, kind: &str, head: &Value) -> Value {
    let member = |value: &Value, key: &str| value.get(key).cloned();
    let mut properties = member(&own, "properties").and_then(|p| p.as_object().cloned()).unwrap_or_default();
    properties.extend(member(head, "properties").and_then(|p| p.as_object().cloned()).unwrap_or_default());
    properties.insert("kind".into(), json!({"const": kind}));
    let listed = |value: &Value| member(value, "required").and_then(|r| r.as_array().cloned()).unwrap_or_default();
    let mut required = listed(&own);
    required.extend(listed(head).into_iter().filter(|r| r != "kind"));
    required.push(json!("kind"));
    own["properties"] = Value::Object(properties);
    own["required"] = Value::Array(required);
    own["additionalProperties"] = json!(false);
    own
}
