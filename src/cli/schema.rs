use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Exit;
use crate::analyses::ANALYSES;
use crate::findings::{Findings, ReleasePolicy};
use crate::plan::SourceHead;
use crate::sources::SOURCES;
use crate::study::StudySettings;

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
        println!("{schema:#}");
        Exit::Fine
    }
}

/// The plan is put together from its owners' schemas: each kind of source and of analysis adds its own settings.
fn plan() -> Value {
    let head = json!(schemars::schema_for!(SourceHead));
    let named = |name: &str, own: Value| json!({"allOf": [{"properties": {"kind": {"const": name}}, "required": ["kind"]}, own]});
    let loose = |mut schema: Value| {
        // `kind` and the settings of every source stand beside the own ones.
        if let Some(object) = schema.as_object_mut() {
            object.remove("additionalProperties");
            object.remove("$schema");
        }
        schema
    };
    let sources: Vec<Value> = SOURCES.iter().map(|k| named(k.name, loose(json!((k.schema)())))).collect();
    let analyses: Vec<Value> = ANALYSES.iter().map(|k| named(k.name, loose(json!((k.schema)())))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gapmap plan",
        "type": "object",
        "properties": {
            "study": loose(json!(schemars::schema_for!(StudySettings))),
            "release": loose(json!(schemars::schema_for!(ReleasePolicy))),
            "source": {"type": "array", "items": {"allOf": [loose(head), {"oneOf": sources}]}},
            "analysis": {"type": "array", "items": {"oneOf": analyses}},
        },
        "required": ["study", "source"],
        "additionalProperties": false,
    })
}
