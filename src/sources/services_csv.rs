use schemars::JsonSchema;
use serde::Deserialize;

use super::catalogue_entry::types_by_name;
use super::csv_file::{CsvFile, Row, Sheet};
use super::gathered::{Gathered, Tally};
use super::label_value::paired_marks;
use super::read_value::{is_no_point, number};
use super::record_fields::{A_HEADING, Field, Role, heading_as_read, role_of};
use super::said_around::{told_by_path, told_by_row};
use super::served::ServedArea;
use super::service_record::{Delivery, ServiceRecord, ServiceStatus, Site};
use super::services_side::{list, side_record};
use super::table_form::is_table;
use super::typology::service_type;
use super::unread_columns::{self, Telling};
use super::{Origin, Source};
use crate::diagnostics::{Code, Place, Problems};
use crate::spatial::{to_bng, to_lon_lat};
use crate::units::{Bng, LonLat, Postcode};
use crate::vocabulary::{about_abuse, is_everyday, is_group, says_no_type, tokens, types_named};

/// The spreadsheet that `gapmap init` writes: one row for each service.
pub const TEMPLATE: &str = "service_id,name,provider,types,forms,delivery,longitude,latitude,area_served,confidential,status,\
capacity,capacity_unit,caseload,waiting,eligibility,languages,access_needs,contract_start,contract_end,last_verified,\
hours,by_and_for,list_open,wait_days,quality_mark,quality_until,funders,referral_routes\n";

/// The settings of a `services-csv` source: none.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServicesCsv {}

impl Source for ServicesCsv {
    fn read(&self, origin: &Origin, gathered: &mut Gathered, problems: &mut Problems) {
        let mut tally = Tally::new(origin.id, "services");
        for path in origin.files(is_table, "CSV files or workbooks", problems) {
            gathered.files.push((origin.id, path.clone()));
            if told_by_path(origin, &path, problems) {
                continue;
            }
            let Some(mut file) = CsvFile::open(origin, &path, problems) else { continue };
            let Some([id, name]) = file.sheet.require(["service_id", "name"], problems) else { continue };
            let others = READ.iter().filter(|h| !["service_id", "name"].contains(h));
            others.for_each(|heading| file.sheet.stands_once(heading, problems));
            let columns = Columns::of(&file.sheet);
            columns.tell_unread(&file.sheet, problems);
            let unread = file.for_each(problems, |sheet, row, problems| {
                tally.read += 1;
                if row.get(id).is_empty() || row.get(name).is_empty() {
                    tally.set_aside("a service without id or name", 1);
                    told_by_row(sheet, row, problems);
                    let next = "Give every service an id of its own and a name.";
                    return problems.error(Code::S307, sheet.place(row.line, id), "a service has no id or no name", next);
                }
                gathered.services.push(service(sheet, &columns, row, (row.get(id), row.get(name)), problems));
            });
            tally.read += unread;
            tally.set_aside("bytes that are not UTF-8", unread);
        }
        gathered.tallies.push(tally);
    }
}

/// Columns of the flat file that are read and tell no place by themselves.
pub(super) const READ: [&str; 40] = [
    "service_id",
    "name",
    "provider",
    "description",
    "types",
    "forms",
    "delivery",
    "confidential",
    "status",
    "capacity",
    "capacity_unit",
    "caseload",
    "waiting",
    "eligibility",
    "age_min",
    "age_max",
    "sex",
    "takes_no_recourse",
    "takes_substance_use",
    "takes_mental_health",
    "takes_trans",
    "risk",
    "languages",
    "access_needs",
    "contract_start",
    "contract_end",
    "last_verified",
    "unavailable_because",
    "hours",
    "by_and_for",
    "list_open",
    "wait_days",
    "quality_mark",
    "quality_until",
    "funders",
    "cost_per_year",
    "referral_routes",
    "url",
    "website",
    "email",
];

/// What is done with each column of a file, found once.
pub(super) struct Columns(Vec<(String, Role)>);

impl Columns {
    /// Of a file.
    pub fn of(sheet: &Sheet) -> Self {
        let column = |heading: &String| {
            let (small, heading) = (heading.to_lowercase(), heading_as_read(heading));
            match small.as_str() {
                "area_served" => (small, Role::Served),
                known if READ.contains(&known) => (small, Role::Read),
                _ => {
                    let role = role_of(&heading);
                    (heading, role)
                }
            }
        };
        Self(sheet.headings.iter().map(column).collect())
    }

    /// Headings that are read.
    pub fn that_are_read<'a>(&'a self, sheet: &'a Sheet) -> impl Iterator<Item = &'a String> {
        self.0.iter().zip(&sheet.headings).filter(|((heading, role), _)| *role != Role::Unread && !heading.is_empty()).map(|(_, h)| h)
    }

    /// Tells of columns that are not read. One that says whether a service runs, or until when, stops the run where no column that is read says it: a
    /// service that is closed would be in reach.
    fn tell_unread(&self, sheet: &Sheet, problems: &mut Problems) {
        let has = |heading: &str| sheet.find(heading).is_some();
        let unread: Vec<usize> = (0..self.0.len()).filter(|i| self.0[*i].1 == Role::Unread && !self.0[*i].0.is_empty()).collect();
        for column in &unread {
            let (of, wanted) = match unread_columns::telling(&self.0[*column].0) {
                Some(Telling::Runs) if !has("status") => ("whether a service runs", "status"),
                Some(Telling::Ends) if !has("contract_end") => ("until when a service runs", "contract_end"),
                _ => continue,
            };
            let what = format!("this column says {of}, and is not read under its heading");
            let next = format!("Call the column `{wanted}`, or take it out where it says something else.");
            problems.error(Code::R135, sheet.place(1, *column), what, next);
        }
        if !unread.is_empty() {
            let what = format!("{} columns are not read, from {} on", unread.len(), sheet.place(1, unread[0]).field.unwrap_or_default());
            let next = "`gapmap explain services-csv` lists the headings that are read. Rename a column that is one of them; the others need nothing.";
            problems.warn(Code::R135, Place::line(&sheet.file, 1), what, next);
        }
    }

    /// Every field of a row, with what is done with it; fields beyond the headings too.
    pub fn said(&self, sheet: &Sheet, row: &Row) -> Vec<Field> {
        let field = |column: usize| {
            let (heading, role) = self.0.get(column).cloned().unwrap_or((String::new(), Role::Unread));
            Field { place: sheet.place(row.line, column), role, heading, value: row.get(column).to_owned() }
        };
        let mut said: Vec<Field> = (0..row.len()).map(field).filter(|f| !f.value.is_empty()).collect();
        let pairs = said.iter().map(|f| (f.heading.clone(), f.value.clone()));
        let marks = paired_marks(pairs, true, &Place::line(&sheet.file, row.line));
        said.extend(marks.into_iter().chain(telling_headings(sheet, row.line)));
        said
    }
}

/// A heading may hold a place as well as a value.
pub(super) fn telling_headings(sheet: &Sheet, line: u64) -> impl Iterator<Item = Field> {
    sheet.telling.iter().map(move |column| Field {
        place: sheet.place(line, *column),
        role: Role::Unread,
        heading: A_HEADING.to_owned(),
        value: sheet.headings[*column].clone(),
    })
}

fn service(sheet: &Sheet, columns: &Columns, row: &Row, (id, name): (&str, &str), problems: &mut Problems) -> ServiceRecord {
    let get = |heading: &str| row.get_if(sheet.find(heading));
    let mut more = side_record(sheet, row, id, problems);
    let mut area_served = ServedArea::default();
    list(get("area_served")).iter().for_each(|area| area_served.add(&[area.to_string()], ""));
    let mut site_problems = Problems::default();
    let sites: Vec<Site> = site(sheet, row, &mut site_problems).into_iter().collect();
    let mut delivery = more.delivery.clone();
    if delivery.is_empty() && !sites.is_empty() {
        delivery.push(Delivery::Site);
    }
    if more.types.is_empty() && says_no_type(get("types")) {
        // Nothing is said of its type but by its name: `Rape Crisis Quillmere`.
        more.types = types_by_name(name, &[get("description"), get("provider")]);
        more.unknown_type &= more.types.is_empty() && !is_of_a_kind([name, get("types"), get("description"), get("provider")]);
    }
    // A type that nobody knows is a danger where the service may be about abuse: a knitting group of the type `community group` is not.
    more.unknown_type &=
        ![name, get("types")].into_iter().all(is_everyday) || [name, get("description"), get("provider")].into_iter().any(may_house);
    ServiceRecord {
        source: sheet.origin.id,
        place: Place::line(&sheet.file, row.line),
        id: id.into(),
        name: name.into(),
        provider: get("provider").into(),
        status: status(sheet, row, name, problems),
        says_status: ServiceStatus::read(row.get_if(sheet.find("status"))) != Some(ServiceStatus::Unknown) || is_closed_by_name(name),
        types: more.types.clone(),
        terms: vec![],
        forms: more.forms.clone(),
        delivery,
        said: columns.said(sheet, row),
        shared: vec![],
        postcodes: if sites.is_empty() { Postcode::parse(get("postcode")).into_iter().collect() } else { vec![] },
        sites,
        site_problems,
        area_served,
        more,
    }
}

/// Whether a service whose type says no more than `advice` is told by its name, `Legal Advice Centre`, and by nothing in it is about abuse.
fn is_of_a_kind([name, types, description, provider]: [&str; 4]) -> bool {
    let named = types_named(name, true);
    let is_secret = |id: &String| service_type(id).is_none_or(|t| t.confidential);
    let of_groups = tokens(types).iter().any(|w| is_group(&w.word));
    !named.is_empty() && !named.iter().any(is_secret) && !of_groups && ![name, types, description, provider].iter().any(|t| about_abuse(t))
}

/// Whether a text may be of a place where people live or hide: it speaks of abuse, of women and children, of nights, rooms or referral.
fn may_house(text: &str) -> bool {
    const OF_LIVING: [&str; 22] = [
        "woman",
        "mother",
        "child",
        "family",
        "survivor",
        "live",
        "living",
        "stay",
        "stays",
        "night",
        "24",
        "room",
        "bed",
        "cot",
        "kitchen",
        "staffed",
        "staff",
        "referral",
        "idva",
        "suite",
        "resident",
        "household",
    ];
    about_abuse(text) || tokens(text).iter().any(|w| OF_LIVING.contains(&w.word.as_str()))
}

/// Whether it runs. A row that does not say is of one that does; one that says what nobody understands is not.
fn status(sheet: &Sheet, row: &Row, name: &str, problems: &mut Problems) -> ServiceStatus {
    match ServiceStatus::read(row.get_if(sheet.find("status"))) {
        Some(ServiceStatus::Unknown) if is_closed_by_name(name) => {
            let next = "It is not counted as running. If it runs, write active under `status`.";
            problems.warn(Code::S307, Place::line(&sheet.file, row.line), "the name of the service says that it is closed", next);
            ServiceStatus::Inactive
        }
        Some(ServiceStatus::Unknown) => ServiceStatus::Active,
        Some(status) => status,
        None => {
            let next = "It is not counted as running until it does. Write active, inactive, defunct or temporarily closed.";
            problems.warn(
                Code::S307,
                sheet.place(row.line, sheet.find("status").unwrap_or(0)),
                "the status of the service cannot be read",
                next,
            );
            ServiceStatus::Inactive
        }
    }
}

/// `Drop-in (CLOSED March 2022)`, `Drop-in - no longer running`; but `A closed group`.
fn is_closed_by_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split(['(', '[', '-', '–', '—', ':']).skip(1).map(str::trim_start).any(|aside| {
        let group = aside.starts_with("closed group") || aside.starts_with("closed on");
        // `No longer silent` is what a group is called.
        let running = aside.strip_prefix("no longer").map(str::trim);
        let stopped = running.is_none_or(|rest| {
            rest.is_empty()
                || ["running", "available", "open", "operat", "in ", "offered", "provided", "funded", "commissioned", "taking"]
                    .iter()
                    .any(|w| rest.starts_with(w))
        });
        stopped && ["closed", "ceased", "ended", "no longer", "discontinued"].iter().any(|word| aside.starts_with(word)) && !group
    })
}

/// The site of a row, from degrees or metres; `None` where it has none or an impossible one, which is reported.
fn site(sheet: &Sheet, row: &Row, problems: &mut Problems) -> Option<Site> {
    let pair = |a: &str, b: &str| {
        let (a, b) = (sheet.find(a)?, sheet.find(b)?);
        (!row.get(a).is_empty() || !row.get(b).is_empty()).then_some((a, b))
    };
    let degrees = [("longitude", "latitude"), ("long", "lat"), ("lon", "lat"), ("lng", "lat")];
    if let Some((x, y)) = degrees.iter().find_map(|(x, y)| pair(x, y)) {
        let place = Place { field: Some("columns of longitude and latitude".into()), ..Place::line(&sheet.file, row.line) };
        return site_at(row.get(x), row.get(y), place, problems);
    }
    let (x, y) = pair("easting", "northing").or_else(|| pair("eastings", "northings"))?;
    if is_no_point(row.get(x), row.get(y)) {
        return None;
    }
    let bng = number(row.get(x)).value().zip(number(row.get(y)).value()).map(|(easting_m, northing_m)| Bng { easting_m, northing_m });
    match bng.and_then(|bng| Some(Site { lon_lat: to_lon_lat(bng)?, bng })) {
        Some(site) => Some(site),
        None => {
            sheet.bad_value(row, x, "an easting in metres of the British National Grid", problems);
            None
        }
    }
}

/// A site from text coordinates, refused where it is not in Great Britain.
pub(super) fn site_at(longitude: &str, latitude: &str, place: Place, problems: &mut Problems) -> Option<Site> {
    let next = "Correct the coordinates at their source: longitude is about -6 to 2, latitude about 50 to 61.";
    // A stand-in for a place that is not known is no place, and no mistake: the study says of whom none is known.
    if is_no_point(longitude, latitude) {
        return None;
    }
    let (Some(lon), Some(lat)) = (number(longitude).value(), number(latitude).value()) else {
        problems.error(Code::S303, place, "the coordinates of the service are not numbers", next);
        return None;
    };
    if lat.abs() > 90.0 && lon.abs() > 180.0 && to_lon_lat(Bng { easting_m: lon, northing_m: lat }).is_some() {
        let next = "In a table of services, head the two columns `easting` and `northing`: metres are read under these names. A feed or a package holds degrees: have them converted from EPSG:27700 to EPSG:4326 at their source.";
        problems.error(Code::S303, place, "the longitude and latitude look like metres of the British National Grid", next);
        return None;
    }
    if lat.abs() > 90.0 || lon.abs() > 180.0 {
        let what = if lat.abs() > 90.0 { "latitude" } else { "longitude" };
        problems.error(Code::S303, place, format!("the {what} is impossible"), next);
        return None;
    }
    if (49.0..61.5).contains(&lon) && (-9.5..2.5).contains(&lat) {
        problems.error(Code::D202, place, "latitude and longitude of the service are swapped", "Exchange the two values at their source.");
        return None;
    }
    let lon_lat = LonLat { lon, lat };
    match to_bng(lon_lat) {
        Some(bng) => Some(Site { lon_lat, bng }),
        None => {
            // Offices in Belfast and Jersey are where they are: of their way to people here nothing can be said.
            let next = "Nothing has to be done where that is right: the site counts as out of reach, and the service is kept. Correct the coordinates at their source where it is not.";
            problems.warn(Code::S319, place, "a site lies off the National Grid of Great Britain and is left out", next);
            None
        }
    }
}
