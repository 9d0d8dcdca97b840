use super::{Read, Whole};

#[test]
fn the_first_of_two_members_is_not_lost() {
    let Whole(value) = serde_json::from_str(r#"{"name": "Rosewood Refuge", "n": [1, -2, 0.5, null, true], "name": "Rosewood"}"#).unwrap();
    assert_eq!(value, serde_json::json!({"name": "Rosewood Refuge", "n": [1, -2, 0.5, null, true], "name_2": "Rosewood"}));
}

#[test]
fn a_document_says_how_often_a_name_stood_twice() {
    let repeated = |text: &str| Read::of(text.as_bytes()).unwrap().repeated;
    assert_eq!(repeated(r#"[{"a": 1, "b": {"a": 2}}, {"a": {}}]"#), 0);
    assert_eq!(repeated(r#"[{"a": 1, "a": 1, "a": 2}, {"b": {"c": 1, "c": null}}]"#), 2);
}

#[test]
fn several_documents_are_a_list_of_them_and_a_broken_one_is_none() {
    let of = |text: &str| Read::of_several(text.as_bytes()).map(|r| r.value);
    assert_eq!(of("{\"a\": 1}\n{\"a\": 2}\n"), Some(serde_json::json!([{"a": 1}, {"a": 2}])));
    for none in ["{\"a\": 1}", "{\"a\": 1}\n{\"a\":", "{\"a\": 1} x", "1 2", ""] {
        assert_eq!(of(none), None, "{none}");
    }
}

#[test]
fn each_of_many_members_of_one_name_is_kept_whatever_other_names_there_are() {
    let numbered = (2..900).map(|i| format!("\"a_{i}\": 0"));
    let text: Vec<String> = numbered.chain((0..3_000).map(|i| format!("\"a\": {i}"))).collect();
    let Whole(value) = serde_json::from_str(&format!("{{{}}}", text.join(", "))).unwrap();
    let members = value.as_object().unwrap();
    assert_eq!(members.len(), 898 + 3_000);
    assert_eq!(members.values().filter_map(serde_json::Value::as_u64).sum::<u64>(), (0..3_000_u64).sum::<u64>());
    assert!(members.keys().all(|k| k.len() < 8));
}
