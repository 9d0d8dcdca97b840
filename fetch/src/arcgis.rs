//! A layer of ArcGIS, page by page, never a cut of it: how many records there are is asked first, and as many must come.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::address::value;
use crate::fault::Fault;
use crate::pages::Pages;
use crate::want::Members;

/// Records asked for at a time; a service that gives fewer at a time is asked more often.
const PAGE: usize = 2000;
/// Values in one question: an address may not be too long.
const VALUES: usize = 100;

/// All records that are wanted, as the features of one GeoJSON file.
pub(crate) fn features(pages: &mut Pages, layer: &str, members: &Members) -> Result<(Vec<u8>, usize), Fault> {
    let mut all = Vec::new();
    for (condition, order) in conditions(pages, layer, members)? {
        all.extend(records(pages, layer, &condition, &order, "geojson")?.1);
    }
    let host = pages.host(layer);
    if all.iter().any(|f| f.get("geometry").is_none_or(Value::is_null)) {
        return Err(Fault::other_schema(&host, "the shapes of some areas"));
    }
    let number = all.len();
    let bytes = serde_json::to_vec(&json!({"type": "FeatureCollection", "features": all}));
    Ok((bytes.map_err(|e| Fault::wrong_form(&host, "GeoJSON", &e.to_string()))?, number))
}

/// All records that are wanted, as one CSV file.
pub(crate) fn table(pages: &mut Pages, layer: &str, members: &Members) -> Result<(Vec<u8>, usize), Fault> {
    let host = pages.host(layer);
    let mut columns: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for (condition, order) in conditions(pages, layer, members)? {
        let (fields, rows) = records(pages, layer, &condition, &order, "json")?;
        if !columns.is_empty() && columns != fields {
            return Err(Fault::other_schema(&host, "the same columns on every page"));
        }
        columns = fields;
        all.extend(rows);
    }
    let wrong = |e: csv::Error| Fault::wrong_form(&host, "a table", &e.to_string());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(&columns).map_err(wrong)?;
    for row in &all {
        let attributes =
            row.get("attributes").and_then(Value::as_object).ok_or_else(|| Fault::other_schema(&host, "`attributes` of a record"))?;
        out.write_record(columns.iter().map(|c| cell(attributes, c))).map_err(wrong)?;
    }
    let bytes = out.into_inner().map_err(|e| Fault::wrong_form(&host, "a table", &e.to_string()))?;
    Ok((bytes, all.len()))
}

fn cell(row: &Map<String, Value>, column: &str) -> String {
    match row.get(column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// The questions to ask, each with the field to sort by.
fn conditions(pages: &mut Pages, layer: &str, members: &Members) -> Result<Vec<(String, String)>, Fault> {
    let (lookup, member, of, values, field) = match members {
        Members::All => return Ok(vec![("1=1".to_owned(), String::new())]),
        Members::With(field, values) => return Ok(values.chunks(VALUES).map(|v| (one_of(field, v), field.clone())).collect()),
        Members::Of { layer, member, of, values, field } => (layer, member, of, values, field),
    };
    let (mut found, mut told) = (BTreeSet::new(), BTreeSet::new());
    for part in values.chunks(VALUES) {
        for row in records(pages, lookup, &one_of(of, part), member, "json")?.1 {
            let text = |name: &str| row.get("attributes").and_then(|a| a.get(name)).and_then(Value::as_str).map(str::to_owned);
            let lacks = |name: &str| Fault::other_schema(&pages.host(lookup), &format!("`{name}`"));
            found.insert(text(member).ok_or_else(|| lacks(member))?);
            told.insert(text(of).ok_or_else(|| lacks(of))?);
        }
    }
    // An authority of which the lookup knows nothing would be a hole in the map.
    if let Some(unknown) = values.iter().find(|v| !told.contains(*v)) {
        pages.clear()?;
        return Err(Fault::not_known(&pages.host(lookup), unknown));
    }
    let found: Vec<String> = found.into_iter().collect();
    let mut asked = Vec::new();
    for part in found.chunks(VALUES) {
        // Every one of them has to be in the layer.
        let condition = one_of(field, part);
        let there = count(pages, layer, &condition)?;
        if there < part.len() {
            return Err(Fault::not_all(&pages.host(layer), there, part.len()));
        }
        asked.push((condition, field.clone()));
    }
    Ok(asked)
}

fn one_of(field: &str, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|v| format!("'{}'", v.replace('\'', "''"))).collect();
    format!("{field} IN ({})", values.join(","))
}

fn query(layer: &str, condition: &str) -> String {
    format!("{}/query?where={}", layer.trim_end_matches('/'), value(condition))
}

fn count(pages: &mut Pages, layer: &str, condition: &str) -> Result<usize, Fault> {
    let url = format!("{}&returnCountOnly=true&f=json", query(layer, condition));
    let answer = page(pages, &url)?;
    let number = answer.get("count").and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    number.ok_or_else(|| Fault::other_schema(&pages.host(layer), "`count`"))
}

/// A page that is no error: ArcGIS answers errors with status 200.
fn page(pages: &mut Pages, url: &str) -> Result<Value, Fault> {
    let answer = pages.json(url)?;
    let Some(error) = answer.get("error") else { return Ok(answer) };
    let says = error.get("message").and_then(Value::as_str).unwrap_or("no reason given");
    let says: String = says.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(200).collect();
    pages.clear()?;
    Err(Fault::service_says(&pages.host(url), &says))
}

/// All records for which a condition holds, with the names of their fields where the form tells them.
fn records(pages: &mut Pages, layer: &str, condition: &str, order: &str, form: &str) -> Result<(Vec<String>, Vec<Value>), Fault> {
    let host = pages.host(layer);
    let announced = count(pages, layer, condition)?;
    let order = if order.is_empty() { String::new() } else { format!("&orderByFields={}", value(order)) };
    let mut all: Vec<Value> = Vec::new();
    let mut fields = Vec::new();
    loop {
        let geometry = if form == "geojson" { "&outSR=4326" } else { "&returnGeometry=false" };
        let url = format!(
            "{}&outFields=*{order}&resultOffset={}&resultRecordCount={PAGE}{geometry}&f={form}",
            query(layer, condition),
            all.len()
        );
        let answer = page(pages, &url)?;
        let Some(got) = answer.get("features").and_then(Value::as_array) else {
            pages.clear()?;
            return Err(Fault::other_schema(&host, "the list `features`"));
        };
        if form == "json" && fields.is_empty() {
            fields = field_names(&answer).ok_or_else(|| Fault::other_schema(&host, "the list `fields`"))?;
        }
        if !got.is_empty() && all.len() >= got.len() && all[all.len() - got.len()..] == got[..] {
            pages.clear()?;
            return Err(Fault::same_page(&host));
        }
        all.extend(got.iter().cloned());
        let says = |of: Option<&Value>| of.and_then(|o| o.get("exceededTransferLimit")).and_then(Value::as_bool).unwrap_or(false);
        let more = says(Some(&answer)) || says(answer.get("properties"));
        // A service may forget to say that there is more: the number tells.
        if got.is_empty() || (!more && all.len() >= announced) {
            break;
        }
        (pages.say)(&format!("{} of {announced} records", all.len()));
    }
    if all.len() != announced {
        pages.clear()?;
        return Err(Fault::not_all(&host, all.len(), announced));
    }
    Ok((fields, all))
}

fn field_names(answer: &Value) -> Option<Vec<String>> {
    answer.get("fields")?.as_array()?.iter().map(|f| Some(f.get("name")?.as_str()?.to_owned())).collect()
}
