//! A grammar of catalogue records: form of catalogue × where a word stands × how it is spelt × where a place stands.
//!
//! No record with a confidential word is published with a place, none is accepted with a place in silence, none is shown. Ordinary services are.

mod held;

use std::collections::BTreeMap;

use gapmap::diagnostics::Problems;
use gapmap::plan::Plan;
use gapmap::study;
use rand::RngCore;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::study_files::Study;

/// Confidential as a type or a phrase; each is written in many spellings.
const PHRASES: [&str; 40] = [
    "refuge",
    "refuges",
    "women's refuge",
    "safe house",
    "safe-house",
    "safehouse",
    "women's shelter",
    "emergency accommodation",
    "emergency housing",
    "crisis accommodation",
    "dispersed accommodation",
    "safe accommodation",
    "second stage accommodation",
    "move-on accommodation",
    "specialist refuge",
    "lloches",
    "llochesi",
    "tŷ diogel",
    "llety diogel",
    "lloches i fenywod",
    "accommodation for women",
    "house for survivors",
    "flat for women fleeing abuse",
    "hostel for abused women",
    "beds for women",
    "secret location",
    "confidential address",
    "undisclosed location",
    "place of safety",
    "DV accommodation",
    "outreach, refuge",
    "Refuge (women)",
    "refuge & outreach",
    "domestic abuse shelter",
    "battered women's shelter",
    "crash pad",
    "women only accommodation",
    "supported housing for women",
    "bed spaces",
    "accomodation for victims",
];

/// How a word is written.
type Spelling = fn(&str) -> String;

/// A spelling of a phrase.
const SPELLINGS: [(&str, Spelling); 14] = [
    ("as it is", |p| p.to_owned()),
    ("capitals", str::to_uppercase),
    ("title", |p| {
        p.split(' ')
            .map(|w| w.chars().take(1).flat_map(char::to_uppercase).chain(w.chars().skip(1)).collect::<String>())
            .collect::<Vec<_>>()
            .join(" ")
    }),
    ("hyphens", |p| p.replace(' ', "-")),
    ("underscores", |p| p.replace(' ', "_")),
    ("two spaces", |p| p.replace(' ', "  ")),
    ("zero width", |p| p.chars().flat_map(|c| [c, '\u{200b}']).collect()),
    ("soft hyphen", |p| p.replacen('e', "e\u{ad}", 2)),
    ("Cyrillic", |p| p.replace('e', "\u{435}").replace('o', "\u{43e}").replace('a', "\u{430}")),
    ("full width", |p| p.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c }).collect()),
    ("accents", |p| p.replacen('e', "é", 1)),
    ("combining", |p| p.replacen('u', "u\u{301}", 1)),
    ("curly apostrophe", |p| p.replace('\'', "\u{2019}")),
    ("no apostrophe", |p| p.replace('\'', "")),
];

/// Places, as text, with a piece that must never be shown.
const PLACES: [(&str, &str); 20] = [
    ("QM1\u{2010}2XY", "2XY"),
    ("QM1&nbsp;2XY", "2XY"),
    ("at_QM1_2XY", "2XY"),
    ("acacia road", "acacia"),
    ("Heol Acacia", "Acacia"),
    ("one.two filled.count.soap", "count.soap"),
    ("tf30128034", "tf3012"),
    ("Q\u{41c}1 2\u{425}Y", "Q\u{41c}1 2"),
    ("QM1 2XY", "2XY"),
    ("qm12xy", "qm12xy"),
    ("Q M 1 2 X Y", "M 1 2 X"),
    ("53.04321, 0.41835", "53.04321"),
    ("TF 3012 8034", "3012"),
    ("100023336956", "100023336956"),
    ("filled.count.soap", "count.soap"),
    ("9C4W2V5P+XR", "2V5P"),
    ("E01990007", "E01990007"),
    ("12 Acacia Avenue", "Acacia"),
    ("545231 351122", "545231"),
    ("https://maps.example.org/?q=53.04321,0.41835", "53.0432"),
];

/// Services that everybody may know.
const ORDINARY: [(&str, &str); 12] = [
    ("Legal advice for refugees and asylum seekers", ""),
    ("Room hire", ""),
    ("Family Hub", ""),
    ("House of Play", ""),
    ("Refugee welcome space", ""),
    ("Conversation club for refugees", ""),
    ("Pottery drop-in", ""),
    ("Women's gym", ""),
    ("Quillmere Drop-in", "one_stop_shop"),
    ("Bin and refuse collection", ""),
    ("Housing advice", "housing_options"),
    ("Talking Room", "counselling"),
];

struct Dice(ChaCha8Rng);

impl Dice {
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.0.next_u64() as usize % of.len()]
    }
    fn below(&mut self, n: usize) -> usize {
        self.0.next_u64() as usize % n
    }
}

/// A record: texts by field, and where the place stands.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: String,
    pub fields: BTreeMap<&'static str, String>,
    /// The heading or path that carries the place, and the place.
    pub place: Option<(&'static str, String)>,
    /// Longitude and latitude, where the record has a site.
    pub site: Option<(f64, f64)>,
    pub never_shown: Vec<String>,
}

const CSV_PLACES: [&str; 14] = [
    "postcode",
    "Post Code",
    "address",
    "Address line 1",
    "what3words",
    "lat_long",
    "Easting",
    "lsoa21cd",
    "notes",
    "description",
    "capacity_unit",
    "area_served",
    "manager",
    "x-vocabulary",
];

const JSON_PLACES: [&str; 12] = [
    "location.latitude",
    "location.address",
    "location.name",
    "physical_addresses",
    "description",
    "extent",
    "contact",
    "phone",
    "x-where",
    "organization.location",
    "what3words",
    "service_area",
];

/// A place to stay, whom it is for and why, in words that stand together on no list.
fn made_up(dice: &mut Dice) -> String {
    let place = *dice.one(&[
        "flats",
        "a house",
        "rooms",
        "supported housing",
        "lodgings",
        "hostel",
        "bedsits",
        "accommodation",
        "units of housing",
        "apartments",
    ]);
    let people = *dice.one(&[
        "women",
        "mothers and babies",
        "survivors",
        "victims",
        "girls",
        "mums",
        "women and children",
        "BME women",
        "young women",
        "females",
    ]);
    let why = *dice.one(&[
        "",
        " fleeing violence",
        " escaping abuse",
        " who had to leave home",
        " at risk of harm",
        " leaving a violent partner",
    ]);
    match dice.below(3) {
        0 => format!("{place} for {people}{why}"),
        1 => format!("{people}{} {}{why}", if people.ends_with('s') { "'" } else { "'s" }, place.trim_start_matches("a ")),
        _ => format!("{place} that {people} can come to{why}"),
    }
}

/// A word with one slip of the pen.
fn slip(dice: &mut Dice) -> String {
    let word: Vec<char> = dice.one(&["refuge", "womens refuge", "safehouse", "womens shelter", "lloches"]).chars().collect();
    let inside: Vec<usize> = (1..word.len() - 1).filter(|at| word[*at] != ' ' && word[*at + 1] != ' ').collect();
    let at = *dice.one(&inside);
    let mut slipped = word.clone();
    match dice.below(3) {
        0 => slipped.insert(at, word[at]),
        1 => slipped.swap(at, at + 1),
        _ => slipped[at] = if word[at] == 'e' { 'a' } else { 'e' },
    }
    slipped.iter().collect()
}

fn secret(dice: &mut Dice, id: usize, csv: bool) -> Record {
    let (_, spell) = dice.one(&SPELLINGS);
    let word = match dice.below(8) {
        0 => made_up(dice),
        1 => slip(dice),
        _ => spell(dice.one::<&str>(&PHRASES)),
    };
    // Each record is a service of its own: none is stopped because another is.
    let mut fields: BTreeMap<&'static str, String> = BTreeMap::from([
        ("name", format!("Rowan Project {id}")),
        ("types", "counselling".to_owned()),
        ("provider", format!("Invented Provider {id}")),
    ]);
    // A known type, a flag of `no` or an ordinary name silences no other word.
    match dice.below(7) {
        0 => fields.insert("name", format!("{} {word} {id}", ["Rosewood", "North", ""][dice.below(3)])),
        1 => fields.insert("types", word.replace([';', '|'], ",")),
        2 => fields.insert("description", format!("We run a {word} for those who need it.")),
        3 => fields.insert("provider", format!("Northwold {word} {id}")),
        4 => fields.insert("eligibility", format!("anyone in our {word}")),
        5 => fields.insert("languages", word.clone()),
        _ => fields.insert("referral_routes", format!("self; {word}")),
    };
    if dice.below(3) == 0 {
        fields.insert("confidential", "no".into());
    }
    let (text, piece) = *dice.one(&PLACES);
    let site = (dice.below(3) == 0).then_some((0.4183, 53.0432));
    let place = (site.is_none() || dice.below(2) == 0)
        .then(|| (*if csv { dice.one(&CSV_PLACES) } else { dice.one(&JSON_PLACES) }, text.to_owned()));
    // A phone number and a street stand only where they make sense; the piece of any is looked for in all that is printed.
    let mut never_shown = vec![piece.to_owned(), "0.4183".into(), "53.0432".into(), "Rowan".into()];
    never_shown.extend(fields.get("name").filter(|n| !n.contains("Rowan")).cloned());
    Record { id: format!("ZZ-{id}"), fields, place, site, never_shown }
}

fn ordinary(dice: &mut Dice, id: usize) -> Record {
    let (name, types) = *dice.one(&ORDINARY);
    let fields =
        BTreeMap::from([("name", format!("{name} {id}")), ("types", types.to_owned()), ("provider", format!("Invented Provider {id}"))]);
    Record { id: format!("PP-{id}"), fields, place: None, site: Some((0.4183, 53.0432)), never_shown: vec![] }
}

fn csv(records: &[Record]) -> Vec<u8> {
    let headings = ["name", "types", "provider", "description", "eligibility", "languages", "referral_routes", "confidential"];
    let extra: Vec<&str> = CSV_PLACES.iter().copied().filter(|h| !headings.contains(h)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let all = ["service_id", "longitude", "latitude"].into_iter().chain(headings).chain(extra.iter().copied());
    writer.write_record(all).unwrap();
    for r in records {
        let field = |h: &str| {
            let own = r.fields.iter().find(|f| *f.0 == h).map_or("", |f| f.1.as_str());
            match &r.place {
                Some((at, place)) if *at == h => format!("{own} {place}").trim().to_owned(),
                _ => own.to_owned(),
            }
        };
        let (x, y) = r.site.map_or_else(Default::default, |(x, y)| (x.to_string(), y.to_string()));
        let row = [r.id.clone(), x, y].into_iter().chain(headings.iter().map(|h| field(h))).chain(extra.iter().map(|h| field(h)));
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn json_record(r: &Record) -> Value {
    let get = |f: &str| r.fields.get(f).cloned().unwrap_or_default();
    let terms: Vec<Value> = get("types").split(';').filter(|t| !t.is_empty()).map(|t| json!({"taxonomy_term": {"name": t}})).collect();
    let mut v = json!({"id": r.id, "name": get("name"), "status": "active", "description": get("description"), "eligibility_description": get("eligibility"),
        "organization": {"id": "o", "name": get("provider")}, "attributes": terms, "languages": [{"name": get("languages")}], "application_process": get("referral_routes")});
    if let Some((x, y)) = r.site {
        v["service_at_locations"] =
            json!([{"id": "l", "location": {"id": "p", "location_type": "physical", "latitude": y, "longitude": x}}]);
    }
    let Some((at, place)) = &r.place else { return v };
    match *at {
        "location.latitude" => v["locations"] = json!([{"location_type": "physical", "latitude": 53.0432, "longitude": 0.4183}]),
        "location.address" => {
            v["locations"] = json!([{"location_type": "postal", "addresses": [{"address_1": place, "postal_code": "QM1 2XY"}]}])
        }
        "location.name" => v["locations"] = json!([{"location_type": "physical", "name": place}]),
        "physical_addresses" => v["physical_addresses"] = json!([{"city": place}]),
        "description" => v["description"] = json!(format!("{} Ring at {place}.", get("description"))),
        "extent" => v["service_areas"] = json!([{"name": "near", "extent": {"type": "Point", "coordinates": [0.4183, 53.0432]}}]),
        "contact" => v["contacts"] = json!([{"name": place}]),
        "phone" => v["phones"] = json!([{"number": "01234 567890"}]),
        "organization.location" => v["organization"]["locations"] = json!([{"latitude": 53.0432}]),
        "service_area" => v["service_areas"] = json!([{"name": place}]),
        other => v[other] = json!({"any": [place]}),
    }
    v
}

fn hsds(study: &Study, records: &[Record]) {
    let table = |name: &str, head: &str, rows: Vec<Vec<String>>| {
        let mut w = csv::Writer::from_writer(Vec::new());
        w.write_record(head.split(',')).unwrap();
        rows.iter().for_each(|r| w.write_record(r).unwrap());
        study.write(&format!("more/{name}"), &w.into_inner().unwrap());
    };
    let get = |r: &Record, f: &str| r.fields.get(f).cloned().unwrap_or_default();
    table(
        "services.csv",
        "id,organization_id,name,description,status,eligibility_description,application_process",
        records
            .iter()
            .map(|r| {
                let extra = r.place.as_ref().filter(|p| p.0 == "description").map_or(String::new(), |p| format!(" Ring at {}.", p.1));
                vec![
                    r.id.clone(),
                    format!("o{}", r.id),
                    get(r, "name"),
                    get(r, "description") + &extra,
                    "active".into(),
                    get(r, "eligibility"),
                    get(r, "referral_routes"),
                ]
            })
            .collect(),
    );
    table("organizations.csv", "id,name", records.iter().map(|r| vec![format!("o{}", r.id), get(r, "provider")]).collect());
    table(
        "languages.csv",
        "id,service_id,name",
        records.iter().map(|r| vec![format!("g{}", r.id), r.id.clone(), get(r, "languages")]).collect(),
    );
    table("taxonomy_terms.csv", "id,name", records.iter().map(|r| vec![format!("t{}", r.id), get(r, "types")]).collect());
    table(
        "attributes.csv",
        "id,link_id,link_entity,taxonomy_term_id",
        records.iter().map(|r| vec![format!("a{}", r.id), r.id.clone(), "service".into(), format!("t{}", r.id)]).collect(),
    );
    table(
        "service_at_location.csv",
        "id,service_id,location_id",
        records.iter().map(|r| vec![format!("s{}", r.id), r.id.clone(), format!("l{}", r.id)]).collect(),
    );
    table(
        "locations.csv",
        "id,location_type,latitude,longitude",
        records
            .iter()
            .map(|r| {
                let (x, y) = r.site.map_or_else(Default::default, |(x, y)| (x.to_string(), y.to_string()));
                vec![format!("l{}", r.id), if r.site.is_some() { "physical" } else { "" }.into(), y, x]
            })
            .collect(),
    );
    let placed: Vec<&Record> = records.iter().filter(|r| r.place.as_ref().is_some_and(|p| p.0 != "description")).collect();
    // Under names that older and other versions of the standard use.
    let of = |n: usize| placed.iter().enumerate().filter(move |(i, _)| i % 4 == n).map(|(_, r)| *r);
    let place = |r: &Record| r.place.as_ref().unwrap().1.clone();
    table(
        "physical_address.csv",
        "id,location_id,address_1,postal_code",
        of(0).map(|r| vec![format!("d{}", r.id), format!("l{}", r.id), place(r), String::new()]).collect(),
    );
    table("addresses.csv", "id,location_id,city", of(1).map(|r| vec![format!("e{}", r.id), format!("l{}", r.id), place(r)]).collect());
    table("contacts.csv", "id,service_id,name", of(2).map(|r| vec![format!("c{}", r.id), r.id.clone(), place(r)]).collect());
    table(
        "whatever.csv",
        "id,service_at_location_id,where",
        of(3).map(|r| vec![format!("w{}", r.id), format!("s{}", r.id), place(r)]).collect(),
    );
}

/// Puts the records into a study as one of the forms; `discard` as the plan of a feed that nobody can change.
pub fn put(form: usize, records: &[Record], discard: bool) -> Study {
    let study = Study::small();
    let plan = study.text("study.toml");
    let (kind, path) = [("services-csv", "more/flat.csv"), ("services-open-referral", "more/feed.json"), ("services-hsds", "more")][form];
    match form {
        0 => study.write(path, &csv(records)),
        1 => study.write(path, &serde_json::to_vec(&records.iter().map(json_record).collect::<Vec<_>>()).unwrap()),
        _ => hsds(&study, records),
    }
    let rule = if discard { "confidential-locations = \"discard\"\n" } else { "" };
    study.write(
        "study.toml",
        format!("{plan}\n[[source]]\nkind = \"{kind}\"\nname = \"more\"\npath = \"{path}\"\nsensitivity = \"open\"\n{rule}").as_bytes(),
    );
    study
}

pub fn check(study: &Study) -> (Option<study::Study>, Problems) {
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems);
    let built = plan.and_then(|plan| gapmap::pipeline::study(&plan, &mut problems)).map(|s| s.0);
    (built, problems)
}
