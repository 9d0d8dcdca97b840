//! The documents obey their schemas.

use crate::study_files::{Study, root};

#[test]
fn findings_obey_the_schema_that_is_written_beside_them() {
    let study = Study::small();
    assert!(study.gapmap(&["run", "study.toml", "--no-png"]).status.success());
    let schema: serde_json::Value = serde_json::from_slice(&study.read("out/findings.schema.public.json")).unwrap();
    let mut findings: serde_json::Value = serde_json::from_slice(&study.read("out/findings.public.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&findings).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    findings["findings"][0]["body"] = serde_json::json!({"shape": "pie"});
    assert!(!validator.is_valid(&findings), "the schema lets anything through");
}

#[test]
fn plans_obey_the_schema_of_plans() {
    let study = Study::small();
    let output = study.gapmap(&["schema", "plan"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for plan in ["data/example/study.toml", "tests/real/bedfordshire.toml", "tests/real/bexley.toml", "src/cli/plan_template.toml"] {
        let text = std::fs::read_to_string(root().join(plan)).unwrap();
        let value: serde_json::Value = toml::from_str(&text).unwrap();
        let faults: Vec<String> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{plan}: {faults:#?}");
    }
    let typo = serde_json::json!({"study": {"title": "x"}, "source": []});
    assert!(!validator.is_valid(&typo));
}
