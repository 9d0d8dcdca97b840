//! The plan as a workbook: a sheet for each part, with drop-downs, notes from the schema, and an example above the headings.

use rust_xlsxwriter::{Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};
use serde_json::Value as Json;

use crate::plan::THIS_WORKBOOK;
use crate::sources::{ABOVE_SERVICES_TEMPLATE, SERVICES_TEMPLATE, SOURCES, THEMES};
use crate::study::Partnership;

/// The row of headings, from 0: an explanation and an example stand above it.
const HEADINGS: u32 = 2;
/// Down to this row cells have drop-downs.
const LAST: u32 = 500;

const SIDE: &str = "service_id,types,delivery,confidential,capacity,capacity_unit,caseload,waiting,eligibility,contract_end,last_verified";
const INDICATORS: &str = "indicator,area,from,to,dimension,group,numerator,denominator,value,n,lower,upper";
const ACTIONS: &str = "id,objective,theme,gap,indicator,baseline,baseline-month,target,by,owner,steps,latest,rating,reason";
const SOURCE: &str =
    "kind,name,path,sensitivity,attribution,sheet,heading-row,bad-records,topic,columns.date,columns.area,columns.category";

/// What a sheet is: its name, what it is for, its headings, an example under them, and the words that a column takes.
struct Page<'a> {
    name: &'a str,
    what: &'a str,
    headings: Vec<&'a str>,
    example: Vec<&'a str>,
    choices: Vec<(&'a str, Vec<String>)>,
    /// The schema whose properties the headings are, for notes.
    schema: Json,
}

struct Looks {
    what: Format,
    example: Format,
    heading: Format,
    wrapped: Format,
}

/// The bytes of `study.xlsx`, filled in as far as a partnership is known.
pub(super) fn first_workbook(of: Option<&Partnership>) -> Result<Vec<u8>, XlsxError> {
    let schema = super::schema::plan();
    let mut book = Workbook::new();
    // The same words, the same bytes.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let looks = Looks {
        what: Format::new().set_bold().set_font_size(12),
        example: Format::new().set_italic().set_font_color(Color::RGB(0x50_5A_5F)).set_background_color(Color::RGB(0xEE_F1_F4)),
        heading: Format::new().set_bold().set_border_bottom(rust_xlsxwriter::FormatBorder::Thin),
        wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
    };
    study(book.add_worksheet(), of, &schema, &looks)?;
    for page in pages(&schema) {
        let sheet = book.add_worksheet();
        table(sheet, &page, &looks)?;
        if page.name == "sources" {
            first_sources(sheet, of)?;
        }
    }
    kinds(book.add_worksheet(), &looks)?;
    book.save_to_buffer()
}

/// Every sheet that holds a table.
fn pages(schema: &Json) -> [Page<'static>; 5] {
    let yes_no = || vec!["yes".to_owned(), "no".to_owned()];
    let source_schema = merged(&schema["properties"]["source"]["items"]["oneOf"]);
    [
        Page {
            name: "sources",
            what: "One row for each source. “this workbook” under path means another sheet here; a sheet without rows is left out. Other columns may be added: their heading is the setting.",
            headings: SOURCE.split(',').collect(),
            example: vec![
                "events-csv",
                "local extract",
                "extract.csv",
                "restricted",
                "",
                "",
                "",
                "",
                "incidents",
                "Date",
                "LSOA",
                "Offence",
            ],
            choices: vec![
                ("sensitivity", vec!["open".into(), "restricted".into()]),
                ("bad-records", vec!["stop".into(), "set-aside".into()]),
                ("topic", vec!["incidents".into(), "place-reports".into()]),
            ],
            schema: source_schema,
        },
        Page {
            name: "services",
            what: ABOVE_SERVICES_TEMPLATE,
            headings: SERVICES_TEMPLATE.trim().split(',').collect(),
            example: vec!["S-01", "Helpline", "Invented Provider", "helpline_local", "", "phone", "", "", "", "no", "active", "2", "FTE"],
            choices: vec![
                ("confidential", yes_no()),
                ("list_open", yes_no()),
                ("status", ["active", "planned", "suspended", "ended"].map(str::to_owned).into()),
            ],
            schema: Json::Null,
        },
        Page {
            name: "side table",
            what: "What a directory of services does not tell: a row for each service that it lists, by its id.",
            headings: SIDE.split(',').collect(),
            example: vec![
                "OR-01",
                "one_stop_shop",
                "site",
                "no",
                "30",
                "places",
                "22",
                "0",
                "women and their children",
                "2027-03-31",
                "2026-01-15",
            ],
            choices: vec![("confidential", yes_no())],
            schema: Json::Null,
        },
        Page {
            name: "action plan",
            what: "What is to be done, by whom and when. Steps stand apart by semicolons; an owner is a role and never a name.",
            headings: ACTIONS.split(',').collect(),
            example: vec![
                "A1",
                "More people feel safe after dark",
                "trust",
                "",
                "q-safe-dark",
                "44",
                "2025-03",
                "60",
                "2027-03",
                "Night-time economy manager",
            ],
            choices: vec![("theme", THEMES.iter().map(|t| t.to_string()).collect())],
            schema: schema["properties"]["action"]["items"].clone(),
        },
        Page {
            name: "indicators",
            what: "Indicators of your own: counts (numerator, denominator) where you have them, else a value and n. `gapmap explain indicator-list` lists those that have a definition.",
            headings: INDICATORS.split(',').collect(),
            example: vec!["q-safe-dark", "", "2025-04", "2026-03", "", "", "412", "936"],
            choices: vec![],
            schema: Json::Null,
        },
    ]
}

/// Setting, value, what it means.
fn study(sheet: &mut Worksheet, of: Option<&Partnership>, schema: &Json, looks: &Looks) -> Result<(), XlsxError> {
    sheet
        .set_name("study")?
        .set_column_width(0, 24)?
        .set_column_width(1, 44)?
        .set_column_width(2, 90)?
        .set_freeze_panes(HEADINGS + 1, 0)?;
    sheet.write_with_format(0, 0, "What the study is about. Fill in the second column; leave empty what is not needed.", &looks.what)?;
    for (column, text) in ["title", "Needs and services in Our borough", "an example"].into_iter().enumerate() {
        sheet.write_with_format(1, column as u16, text, &looks.example)?;
    }
    for (column, text) in ["setting", "value", "note"].into_iter().enumerate() {
        sheet.write_with_format(HEADINGS, column as u16, text, &looks.heading)?;
    }
    let name = of.map_or("", |p| p.name.as_str());
    let title = of.map_or(String::new(), |p| format!("Violence against women and girls in {}: needs and services", p.name));
    let codes = of.map_or(String::new(), |p| p.authorities.iter().map(|a| a.0.to_string()).collect::<Vec<_>>().join("; "));
    let settings = [
        ("title", title.as_str()),
        ("area-name", name),
        ("authority-kind", of.map_or("", Partnership::kind_word)),
        ("authorities", &codes),
        ("geography", "lsoa"),
        ("period", ""),
        ("as-of", ""),
        ("catalogue-complete", ""),
        ("buffer-m", ""),
        ("reach.reach-m", ""),
        ("previous", ""),
        ("release.tier", "public"),
        ("release.rule", ""),
    ];
    for (row, (key, value)) in (HEADINGS + 1..).zip(settings) {
        sheet.write(row, 0, key)?;
        if !value.is_empty() {
            sheet.write(row, 1, value)?;
        }
        let at = described(schema, key);
        let mut note = at["description"].as_str().unwrap_or("").to_owned();
        match key {
            "period" => note += " Written 2023-04 to 2026-03.",
            "authorities" | "catalogue-complete" => note += " Several stand apart by semicolons.",
            _ => {}
        }
        sheet.write_with_format(row, 2, note, &looks.wrapped)?;
        let words = words_of(schema, at);
        if !words.is_empty() {
            sheet.add_data_validation(row, 1, row, 1, &DataValidation::new().allow_list_strings(&words)?)?;
        }
    }
    if let Some(of) = of {
        let names = |list: &[(crate::units::AreaCode, String)]| list.iter().map(|a| a.1.as_str()).collect::<Vec<_>>().join(", ");
        let known = [
            ("Authorities", names(&of.authorities)),
            ("Neighbours", names(&of.neighbours)),
            ("Police", of.forces.iter().map(|f| f.0.as_str()).collect::<Vec<_>>().join(", ")),
            ("Law", of.law()),
            ("Known breaks", of.breaks.iter().map(|b| format!("{} from {}", b.title, b.first_month)).collect::<Vec<_>>().join("; ")),
        ];
        // In the third column, so that no row of them is taken for a setting.
        for (row, (what, text)) in (HEADINGS + settings.len() as u32 + 2..).zip(known) {
            sheet.write_with_format(row, 2, format!("{what}: {}", if text.is_empty() { "none known" } else { &text }), &looks.wrapped)?;
        }
    }
    Ok(())
}

fn table(sheet: &mut Worksheet, page: &Page, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(page.name)?.set_freeze_panes(HEADINGS + 1, 0)?;
    sheet.write_with_format(0, 0, page.what, &looks.what)?;
    for (column, text) in page.example.iter().enumerate() {
        sheet.write_with_format(1, column as u16, *text, &looks.example)?;
    }
    for (at, heading) in page.headings.iter().enumerate() {
        let column = at as u16;
        sheet.set_column_width(column, heading.len().max(12) as f64 + 2.0)?.write_with_format(
            HEADINGS,
            column,
            *heading,
            &looks.heading,
        )?;
        if let Some(text) = page.schema["properties"][*heading]["description"].as_str() {
            sheet.insert_note(HEADINGS, column, &Note::new(text))?;
        }
        if let Some((_, words)) = page.choices.iter().find(|c| c.0 == *heading) {
            sheet.add_data_validation(HEADINGS + 1, column, LAST, column, &DataValidation::new().allow_list_strings(words)?)?;
        }
    }
    sheet.write_with_format(1, page.headings.len() as u16, "an example: it is not read", &looks.example)?;
    Ok(())
}

/// Every kind of source. The list of a drop-down holds 255 letters at most: that of kinds stands on this sheet.
fn kinds(sheet: &mut Worksheet, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("kinds")?.set_column_width(0, 24)?.set_column_width(1, 120)?;
    for (row, kind) in (0..).zip(SOURCES) {
        let first = kind.card.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
        sheet.write(row, 0, kind.name)?.write_with_format(row, 1, first, &looks.wrapped)?;
    }
    Ok(())
}

fn first_sources(sheet: &mut Worksheet, of: Option<&Partnership>) -> Result<(), XlsxError> {
    let ons = "Source: Office for National Statistics licensed under the Open Government Licence v3.0";
    let police = "Contains public sector information licensed under the Open Government Licence v3.0";
    let rows = [
        ["boundaries", "", "boundaries", "open", ons, "", ""],
        ["population", "", "population.csv", "open", ons, "", ""],
        ["police-uk-street", "police", "police", "open", police, "", ""],
        ["services-csv", "services", THIS_WORKBOOK, "open", "", "services", "3"],
        ["services-side-table", "side table", THIS_WORKBOOK, "open", "", "side table", "3"],
        ["indicator-table", "indicators", THIS_WORKBOOK, "restricted", "", "indicators", "3"],
    ];
    for (row, cells) in (HEADINGS + 1..).zip(rows) {
        for (column, text) in cells.into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(row, column as u16, number)?,
                Err(_) => sheet.write(row, column as u16, text)?,
            };
        }
    }
    let list = rust_xlsxwriter::Formula::new(format!("=kinds!$A$1:$A${}", SOURCES.len()));
    sheet.add_data_validation(HEADINGS + 1, 0, LAST, 0, &DataValidation::new().allow_list_formula(list))?;
    if let Some(of) = of {
        let files = of.forces.iter().map(|(name, slug)| format!("{name}: files named …-{slug}-street.csv")).collect::<Vec<_>>().join("; ");
        sheet.insert_note(HEADINGS + 3, 2, &Note::new(files))?;
    }
    Ok(())
}

/// The schema of a setting: `release.tier` in its part, others under `[study]`.
fn described<'s>(schema: &'s Json, key: &str) -> &'s Json {
    let (part, key) = key.split_once('.').filter(|(part, _)| *part == "release").unwrap_or(("study", key));
    let mut at = &schema["properties"][part];
    for name in key.split('.') {
        at = &resolved(schema, at)["properties"][name];
    }
    at
}

fn resolved<'s>(schema: &'s Json, at: &'s Json) -> &'s Json {
    let other = at["anyOf"].as_array().and_then(|l| l.iter().find(|s| s["type"] != "null")).unwrap_or(at);
    other["$ref"].as_str().and_then(|r| r.rsplit('/').next()).map_or(other, |name| &schema["$defs"][name])
}

/// The words that a setting takes, where it takes certain ones alone.
fn words_of(schema: &Json, at: &Json) -> Vec<String> {
    let at = resolved(schema, at);
    let word = |v: &Json| v["const"].as_str().map(str::to_owned);
    let of_choice = at["oneOf"].as_array().map(|list| list.iter().filter_map(word).collect::<Vec<_>>());
    let of_list = at["enum"].as_array().map(|list| list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect());
    of_choice.or(of_list).unwrap_or_default()
}

/// The settings of every kind of source together: which is whose, the kind itself says.
fn merged(kinds: &Json) -> Json {
    let mut all = serde_json::Map::new();
    for properties in kinds.as_array().into_iter().flatten().filter_map(|k| k["properties"].as_object()) {
        for (name, schema) in properties.iter().filter(|(name, _)| *name != "kind") {
            all.entry(name).or_insert_with(|| schema.clone());
        }
    }
    serde_json::json!({ "properties": all })
}
