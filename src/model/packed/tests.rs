use super::super::unpacked::Unpacker;
use super::*;

#[test]
fn what_is_packed_is_read_again_as_it_was_and_says_what_tables_share_once() {
    let row = |i: usize| {
        let count = if i.is_multiple_of(7) { json!("withheld") } else { json!({"known": i * 31 % 1000}) };
        let rate = if i.is_multiple_of(9) { json!("missing") } else { json!({"known": {"value": i as f64 / 7.0, "lower": 0.1}}) };
        json!({"code": format!("E01{i:06}"), "count": count, "rate": rate, "class": (if i.is_multiple_of(2) { "high" } else { "low" }), "around": [i, i + 1], "of": {"x": i, "y": null}})
    };
    let table: Vec<Value> = (0..800).map(row).collect();
    let document = json!({"short": [{"a": 1}], "table": "a word", "one": {"rows": table}, "two": [table, {"table": 3}]});
    let packed = Packer::default().pack(document.clone());
    assert_eq!(Unpacker::default().unpack(packed.clone()), Some(document.clone()));
    let text = packed.to_string();
    assert_eq!(text.matches("E01000007").count(), 1);
    assert!(text.len() < document.to_string().len() / 3, "{} of {}", text.len(), document.to_string().len());
}

#[test]
fn what_was_not_written_here_is_refused() {
    for bad in [
        json!({"table": {"rows": 3, "of": {"each": [1, 2]}}}),
        json!({"table": {"rows": 2, "of": {"same": 0}}}),
        json!({"table": {"rows": 2, "of": {"is": [1], "at": [0, 1]}}}),
        json!({"table": {"rows": u64::MAX, "of": {"all": 1}}}),
        json!({"table": {"rows": -1, "of": {"all": 1}}}),
        json!({"table": {"rows": 1, "of": []}}),
    ] {
        assert_eq!(Unpacker::default().unpack(bad.clone()), None, "{bad}");
    }
}
