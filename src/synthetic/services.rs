//! About thirty services in two catalogues and a side table; two of them keep their address secret and have none here.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Settings;
use super::geography::{Borough, degrees};
use crate::sources::SERVICES_TEMPLATE;
use crate::units::Bng;

/// One invented service.
struct Entry {
    name: &'static str,
    types: &'static str,
    delivery: &'static str,
    site: Option<Bng>,
    confidential: bool,
    capacity: &'static str,
    caseload: &'static str,
    waiting: &'static str,
    eligibility: &'static str,
    hours: &'static str,
    contract_end: &'static str,
    last_verified: &'static str,
}

/// The catalogue.
pub struct Catalogue {
    directory: Vec<Entry>,
    commissioned: Vec<Entry>,
    /// Sites of the drop-ins: areas far from all of them are the service desert.
    pub drop_ins: Vec<Bng>,
    /// The site of the group that meets in the evening.
    pub evening_site: Bng,
}

/// Office hours, as a feed writes them.
const DAY: &str = "MO,TU,WE,TH,FR 09:00:00 17:00:00";

/// A service that anybody may find.
fn open(
    [name, types, delivery, capacity, caseload, waiting, eligibility, hours, contract_end]: [&'static str; 9],
    site: Option<Bng>,
) -> Entry {
    let last_verified = "2025-11-03";
    Entry { name, types, delivery, site, confidential: false, capacity, caseload, waiting, eligibility, hours, contract_end, last_verified }
}

/// A service whose address is kept back.
fn secret(name: &'static str, types: &'static str, capacity: &'static str) -> Entry {
    let of_families = open([name, types, "", capacity, "", "", "women and their children", "", "2027-03-31"], None);
    Entry { confidential: true, ..of_families }
}

/// Where the group meets that is open in the evening.
fn evening_site(borough: &Borough) -> Bng {
    borough.at(-0.35, -0.3)
}

pub fn make(settings: &Settings, borough: &Borough) -> Catalogue {
    // Planted: all drop-ins lie in the middle and the west. Otherwise they lie all over.
    let places = if settings.planted {
        vec![(-0.1, 0.05), (-0.5, -0.3), (-0.4, 0.5)]
    } else {
        vec![(0.0, 0.0), (-0.62, -0.1), (0.62, 0.1), (0.1, 0.66), (0.0, -0.66), (-0.5, 0.55), (0.55, -0.5), (0.55, 0.6), (-0.5, -0.6)]
    };
    let drop_ins: Vec<Bng> = places.iter().map(|(e, n)| borough.at(*e, *n)).collect();
    let evening_site = evening_site(borough);
    let mut directory = directory(settings.planted, borough, &drop_ins);
    let mut commissioned = commissioned(borough);
    directory.push(secret("Quillmere Refuge", "refuge", "8 family places"));
    commissioned.push(secret("Dispersed Accommodation", "dispersed", "5 family places"));
    Catalogue { directory, commissioned, drop_ins, evening_site }
}

/// The council's own directory.
fn directory(planted: bool, borough: &Borough, drop_ins: &[Bng]) -> Vec<Entry> {
    let at = |east: f64, north: f64| Some(borough.at(east, north));
    let centre = || Some(borough.town_centre);
    let full = if planted { "64" } else { "0" };
    let narrow = if planted { "women aged 25 and over with recourse to public funds" } else { "anyone aged 16 or over" };
    // Who has a case at court is helped whatever else, unless the borough plants that nobody takes those whom the other service leaves out.
    let court =
        if planted { "women aged 25 and over with recourse to public funds and a case at court" } else { "people with a case at court" };
    let mut directory = vec![
        open(
            ["Quillmere Drop-in, Centre", "one_stop_shop", "site", "30 places", "22", "0", "women and their children", DAY, "2027-03-31"],
            Some(drop_ins[0]),
        ),
        open(
            ["Quillmere Drop-in, West", "one_stop_shop", "site", "20 places", "15", "0", "women and their children", DAY, "2027-03-31"],
            Some(drop_ins[1]),
        ),
        open(
            ["Talking Room Counselling", "counselling", "site", "24 places", "24", full, "survivors of sexual violence", DAY, "2026-09-30"],
            centre(),
        ),
        open(
            ["Harbour Counselling", "counselling", "site;online", "18 places", "11", "4", "anyone aged 16 or over", DAY, "2027-03-31"],
            at(0.35, 0.35),
        ),
        open(["Advocates for Survivors", "idva", "site;phone", "6 FTE", "410", "9", narrow, DAY, "2026-03-31"], centre()),
        open(["Court Advocates", "idva", "outreach", "2 FTE", "130", "3", court, DAY, "2027-03-31"], None),
        open(
            [
                "Quill Helpline",
                "helpline_local",
                "phone",
                "2 FTE",
                "",
                "",
                "anyone",
                "MO,TU,WE,TH,FR,SA,SU 08:00:00 20:00:00",
                "2027-03-31",
            ],
            None,
        ),
        open(
            ["Recovery Group", "group_programme", "site", "12 places", "12", "8", "women", "TU 18:30:00 20:30:00", "2026-06-30"],
            Some(evening_site(borough)),
        ),
        open(["Young People's Worker", "chidva", "outreach", "1 FTE", "38", "6", "aged 8 to 18", DAY, "2026-03-31"], None),
        open(["Legal Clinic", "legal_advice", "site", "20 hours", "", "", "anyone", "WE 10:00:00 16:00:00", "2027-03-31"], centre()),
        open(
            ["Debt and Benefits Advice", "economic_abuse", "site;phone", "15 places", "9", "0", "anyone", DAY, "2027-03-31"],
            at(0.05, -0.45),
        ),
        open(["Stalking Support", "stalking_advocate", "phone;online", "1 FTE", "44", "12", "anyone", DAY, "2026-12-31"], None),
        open(
            [
                "Changing Ways",
                "perpetrator_change",
                "site",
                "16 places",
                "16",
                "5",
                "people who use abuse",
                "TH 18:00:00 20:30:00",
                "2026-03-31",
            ],
            at(-0.2, 0.3),
        ),
        open(["Street Pastors", "safe_haven_night", "site", "1 team", "", "", "anyone", "FR,SA 22:00:00 03:00:00", "2026-12-31"], centre()),
        open(["Library Reporting Desk", "reporting_site", "site", "", "", "", "anyone", DAY, ""], at(0.1, 0.1)),
    ];
    directory.extend(drop_ins[2..].iter().map(|site| {
        open(
            ["Quillmere Drop-in, Outpost", "one_stop_shop", "site", "12 places", "6", "0", "women and their children", DAY, "2027-03-31"],
            Some(*site),
        )
    }));
    directory
}

/// What the partnership commissions, in a table.
fn commissioned(borough: &Borough) -> Vec<Entry> {
    let at = |east: f64, north: f64| Some(borough.at(east, north));
    vec![
        open(
            ["ISVA Service", "isva", "site;outreach", "3 FTE", "190", "14", "anyone", "Mo-Fr 09:00-17:00; PH off", "2027-03-31"],
            at(-0.05, 0.0),
        ),
        open(["Sexual Assault Referral Centre", "sarc", "site", "1 suite", "", "", "anyone", "24/7", "2028-03-31"], at(0.2, -0.1)),
        open(
            [
                "Rape Crisis Quillmere",
                "rape_crisis",
                "site;phone",
                "20 places",
                "20",
                "31",
                "women and girls aged 13 or over",
                "Mo-Th 10:00-18:00; PH off",
                "2026-03-31",
            ],
            at(-0.15, -0.05),
        ),
        open(["Floating Support", "outreach", "outreach", "4 FTE", "96", "2", "tenants", "", "2027-03-31"], None),
        open(["Sanctuary Scheme", "sanctuary", "outreach", "60 homes", "41", "", "tenants and owners", "", "2027-03-31"], None),
        open(["Domestic Abuse MARAC", "marac", "", "", "", "", "high-risk cases", "", ""], None),
        open(["Schools Programme", "schools_prevention", "outreach", "24 schools", "", "", "years 7 to 11", "", "2026-08-31"], None),
        open(["Frontline Training", "training", "online", "400 places", "", "", "professionals", "", "2026-08-31"], None),
        open(["Sisters Together", "by_and_for", "site", "10 places", "10", "15", "Black and minoritised women", "", "2026-03-31"], None),
        open(["Men's Support", "men", "phone", "1 FTE", "21", "0", "men", "", "2027-03-31"], None),
        open(["Local Web Chat", "web_chat", "online", "", "", "", "anyone", "Mo-Fr 16:00-21:00", "2026-03-31"], None),
    ]
}

pub fn write(catalogue: &Catalogue, files: &mut BTreeMap<String, Vec<u8>>) {
    let contents: Vec<Value> = catalogue.directory.iter().enumerate().map(|(i, s)| open_referral(i, s)).collect();
    // The envelope's count is wrong, as in real feeds.
    let page = json!({"total_items": 9, "total_pages": 1, "page_number": 1, "size": 50, "first_page": true, "last_page": true, "empty": false, "contents": contents});
    files.insert("services/open-referral.json".into(), format!("{page:#}\n").into_bytes());
    let mut flat = SERVICES_TEMPLATE.to_owned();
    for (i, s) in catalogue.commissioned.iter().enumerate() {
        let (lon, lat) = s.site.map_or((String::new(), String::new()), |site| degrees(site, 6));
        let (capacity, unit) = split(s.capacity);
        let confidential = if s.confidential { "yes" } else { "no" };
        flat.push_str(&line(&[
            &format!("CS-{:02}", i + 1),
            s.name,
            "Invented Provider",
            s.types,
            "",
            s.delivery,
            &lon,
            &lat,
            "E06990001",
            confidential,
            "active",
            capacity,
            unit,
            s.caseload,
            s.waiting,
            s.eligibility,
            "English",
            "",
            "2024-04-01",
            s.contract_end,
            s.last_verified,
            s.hours,
            if s.types == "by_and_for" { "Black and minoritised" } else { "" },
            "",
            "",
            "",
            "",
            "Quillmere Council",
            "",
        ]));
    }
    files.insert("services/commissioned.csv".into(), flat.into_bytes());
    let mut side = String::from(
        "service_id,types,delivery,confidential,capacity,capacity_unit,caseload,waiting,eligibility,contract_end,last_verified\n",
    );
    for (i, s) in catalogue.directory.iter().enumerate() {
        let (capacity, unit) = split(s.capacity);
        let id = format!("OR-{:02}", i + 1);
        let confidential = if s.confidential { "yes" } else { "no" };
        side.push_str(&line(&[
            &id,
            s.types,
            s.delivery,
            confidential,
            capacity,
            unit,
            s.caseload,
            s.waiting,
            s.eligibility,
            s.contract_end,
            s.last_verified,
        ]));
    }
    files.insert("services/side-table.csv".into(), side.into_bytes());
}

fn split(capacity: &str) -> (&str, &str) {
    capacity.split_once(' ').unwrap_or((capacity, ""))
}

fn line(fields: &[&str]) -> String {
    let quoted: Vec<String> =
        fields.iter().map(|f| if f.contains([',', '"']) { format!("\"{}\"", f.replace('"', "\"\"")) } else { (*f).to_owned() }).collect();
    quoted.join(",") + "\n"
}

fn open_referral(i: usize, s: &Entry) -> Value {
    let id = format!("OR-{:02}", i + 1);
    let label = crate::sources::service_type(s.types).map_or(s.types, |t| t.label.as_str());
    let mut service = json!({
        "id": id, "name": s.name, "description": format!("An invented service for {}.", s.eligibility), "status": "active", "url": "https://example.org/",
        "assured_date": s.last_verified,
        "organization": {"id": "ORG-1", "name": "Invented Provider", "description": "An invented organisation."},
        "attributes": [{"id": format!("{id}-A"), "link_type": "taxonomy", "taxonomy_term": {"id": s.types, "name": label}}],
        "service_areas": [{"id": format!("{id}-SA"), "name": "Quillmere", "uri": "http://statistics.data.gov.uk/id/statistical-geography/E06990001"}],
    });
    if let Some((days, times)) = s.hours.split_once(' ') {
        let (opens, closes) = times.split_once(' ').unwrap_or(("", ""));
        service["schedules"] = json!([{"id": format!("{id}-H"), "freq": "WEEKLY", "byday": days, "opens_at": opens, "closes_at": closes}]);
    }
    if let Some(site) = s.site {
        let (lon, lat) = degrees(site, 6);
        let number = |text: String| text.parse::<f64>().unwrap_or(0.0);
        service["service_at_locations"] = json!([{"id": format!("{id}-L"), "location": {
            "id": format!("{id}-P"), "location_type": "physical", "name": s.name, "latitude": number(lat), "longitude": number(lon)}}]);
    }
    service
}
