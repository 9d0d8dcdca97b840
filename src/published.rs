//! What a plan names that somebody publishes: where it is, where it goes, and by whose leave. Data alone: nothing here touches a network.
//!
//! `data/fetch/endpoints.csv` has the addresses; a source may give its own as `url`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::plan::Plan;
use crate::sources::Origin;
use crate::study::partnership;
use crate::units::{Geography, records, rows};

/// One file that is published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
    /// The name of its source in the plan.
    pub source: String,
    /// Its address; `{month}` stands for the newest month of `months`.
    pub address: String,
    /// Who lists the months that there are.
    pub months: Option<String>,
    /// Where it goes, from the folder of the plan.
    pub place: String,
    /// The folder that its source reads all of, where it reads a folder.
    pub folder: Option<String>,
    /// How it is given.
    pub how: Given,
    /// The most megabytes that it may have.
    pub limit_mb: u64,
    /// Where its MD5 is given.
    pub md5: Option<String>,
    /// Its licence.
    pub licence: String,
    /// The sentence that its licence asks for.
    pub attribution: String,
}

/// How a file is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Given {
    /// As it is.
    File,
    /// In an archive, under a name that ends so.
    Member(String),
    /// As records of an ArcGIS layer with shapes.
    Shapes(Records),
    /// As records of an ArcGIS layer without.
    Table(Records),
    /// As pages of an Open Referral feed.
    OpenReferral,
}

/// Which records of a layer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Records {
    /// The field that is asked about; empty for all records.
    pub field: String,
    /// The layer that tells which values of it lie in the authorities, its field of them and its field of authorities.
    pub told_by: Option<[String; 3]>,
    /// Codes of the authorities.
    pub authorities: Vec<String>,
}

/// One that has to be got by hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ByHand {
    /// The name of its source in the plan.
    pub source: String,
    /// Where it is missing.
    pub place: String,
    /// Where to look for it; empty where nobody knows.
    pub page: String,
    /// Why it cannot be fetched.
    pub why: String,
}

/// A row of `endpoints.csv`.
#[derive(Debug, Deserialize)]
struct Endpoint {
    kind: String,
    /// The level of areas that it is for; any, where it is empty.
    level: String,
    /// What a path must hold for it to be meant.
    named: String,
    how: String,
    address: String,
    name: String,
    limit_mb: u64,
    field: String,
    lookup: String,
    member: String,
    of: String,
    md5: String,
    months: String,
    licence: String,
    attribution: String,
    source: String,
}

static ENDPOINTS: LazyLock<Vec<Endpoint>> = LazyLock::new(|| records(include_str!("../data/fetch/endpoints.csv")));

/// What the sources of a plan name: files that can be fetched, and files that are missing and have to be got by hand.
pub fn published(plan: &Plan) -> (Vec<Published>, Vec<ByHand>) {
    let (mut files, mut by_hand) = (Vec::new(), Vec::new());
    for (origin, _) in &plan.sources {
        let url = plan.fetch.urls.get(&origin.name);
        for path in &origin.paths {
            let Some(endpoint) = endpoint_of(origin, path, plan.study.geography) else {
                files.extend(url.map(|url| of_url(origin, path, url)));
                continue;
            };
            match url {
                Some(url) if endpoint.how == "open-referral" => files.push(of(endpoint, origin, path, url, &endpoint.name, plan)),
                Some(url) => files.push(Published { attribution: attribution(origin, endpoint), ..of_url(origin, path, url) }),
                None if endpoint.how == "by-hand" || endpoint.address.is_empty() => {
                    if !plan.root.join(path).exists() {
                        by_hand.push(ByHand {
                            source: origin.name.clone(),
                            place: path.clone(),
                            page: endpoint.address.clone(),
                            why: endpoint.source.clone(),
                        });
                    }
                }
                None => files.extend(of_table(endpoint, origin, path, plan)),
            }
        }
    }
    (files, by_hand)
}

fn endpoint_of(origin: &Origin, path: &str, geography: Geography) -> Option<&'static Endpoint> {
    let level = match geography {
        Geography::Lsoa => "lsoa",
        Geography::Msoa => "msoa",
        Geography::Ward => "ward",
        Geography::Authority => "authority",
    };
    let path = format!("{} {path}", origin.name).to_lowercase();
    let is_named = |named: &str| named.is_empty() || named.split('|').any(|n| path.contains(n));
    ENDPOINTS.iter().find(|e| e.kind == origin.kind && (e.level.is_empty() || e.level == level) && is_named(&e.named))
}

/// The files of an endpoint: one, or one for each region or county of the study.
fn of_table(endpoint: &'static Endpoint, origin: &Origin, path: &str, plan: &Plan) -> Vec<Published> {
    let hole = ["{extract}", "{region}"].into_iter().find(|hole| endpoint.address.contains(hole));
    let Some(hole) = hole else { return vec![of(endpoint, origin, path, &endpoint.address, &endpoint.name, plan)] };
    let names = places_of(plan, hole);
    let filled = |text: &str, name: &str| text.replace(hole, name);
    let is_folder = is_folder(path);
    // Several files have no room in the place of one.
    let names = names.into_iter().take(if is_folder { usize::MAX } else { 1 });
    names
        .map(|name| {
            let file = of(endpoint, origin, path, &filled(&endpoint.address, &name), &filled(&endpoint.name, &name), plan);
            Published { md5: file.md5.map(|md5| filled(&md5, &name)), ..file }
        })
        .collect()
}

/// The counties or regions, as a publisher names them, that the authorities of a plan lie in.
fn places_of(plan: &Plan, hole: &str) -> BTreeSet<String> {
    let table = match hole {
        "{extract}" => rows(include_str!("../data/fetch/extracts.csv")),
        _ => rows(include_str!("../data/fetch/regions.csv")),
    };
    let named = |code: &str| table.iter().find(|r| &r[0] == code).map(|r| r[1].to_owned());
    let mut found = BTreeSet::new();
    for row in rows(include_str!("../data/codes/authorities.csv")) {
        if plan.study.authorities.iter().any(|code| code.as_str() == &row[0]) {
            // Its own line, that of its county, that of its region.
            let names = [&row[0], &row[3], &row[4]].into_iter().find_map(named).unwrap_or_default();
            found.extend(names.split('|').filter(|n| !n.is_empty()).map(str::to_owned));
        }
    }
    found
}

fn of(endpoint: &Endpoint, origin: &Origin, path: &str, address: &str, name: &str, plan: &Plan) -> Published {
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let asked = || Records {
        field: endpoint.field.clone(),
        told_by: some(&endpoint.lookup).map(|lookup| [lookup, endpoint.member.clone(), endpoint.of.clone()]),
        authorities: with_neighbours(plan),
    };
    let how = match endpoint.how.as_str() {
        "arcgis" => Given::Shapes(asked()),
        "arcgis-table" => Given::Table(asked()),
        "open-referral" => Given::OpenReferral,
        how => how.strip_prefix("member:").map_or(Given::File, |end| Given::Member(end.to_owned())),
    };
    let folder = is_folder(path).then(|| plain(path).to_owned());
    Published {
        source: origin.name.clone(),
        address: address.to_owned(),
        months: some(&endpoint.months),
        place: folder.as_ref().map_or_else(|| plain(path).to_owned(), |folder| format!("{folder}/{name}")),
        folder,
        how,
        limit_mb: endpoint.limit_mb,
        md5: some(&endpoint.md5),
        licence: endpoint.licence.clone(),
        attribution: attribution(origin, endpoint),
    }
}

/// A file whose address the plan gives.
fn of_url(origin: &Origin, path: &str, url: &str) -> Published {
    let is_layer = url.contains("/FeatureServer/") || url.contains("/MapServer/");
    let all = || Records { field: String::new(), told_by: None, authorities: vec![] };
    let (how, ending) = match (is_layer, origin.kind) {
        (true, "boundaries") => (Given::Shapes(all()), ".geojson"),
        (true, _) => (Given::Table(all()), ".csv"),
        (_, "services-open-referral") => (Given::OpenReferral, ".json"),
        _ => (Given::File, ""),
    };
    let last = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name: String = last.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let name = name.trim_start_matches('.');
    let name = if name.is_empty() || !ending.is_empty() { format!("{}{ending}", origin.kind) } else { name.to_owned() };
    let folder = is_folder(path).then(|| plain(path).to_owned());
    Published {
        source: origin.name.clone(),
        address: url.to_owned(),
        months: None,
        place: folder.as_ref().map_or_else(|| plain(path).to_owned(), |folder| format!("{folder}/{name}")),
        folder,
        how,
        limit_mb: 6000,
        md5: None,
        licence: "as the publisher says".to_owned(),
        attribution: origin.attribution.clone().unwrap_or_default(),
    }
}

fn attribution(origin: &Origin, endpoint: &Endpoint) -> String {
    origin.attribution.clone().unwrap_or_else(|| endpoint.attribution.clone())
}

/// The authorities of a study and those around it, whose residents share services.
fn with_neighbours(plan: &Plan) -> Vec<String> {
    let mut codes: BTreeSet<String> = plan.study.authorities.iter().map(|c| c.to_string()).collect();
    let around = plan.study.authorities.iter().filter(|_| plan.study.buffer_m > 0.0).filter_map(|c| partnership(c.as_str()).ok());
    codes.extend(around.flat_map(|p| p.neighbours).map(|(code, _)| code.to_string()));
    codes.into_iter().collect()
}

/// Whether a path of a plan is that of a folder: its last part has no ending.
fn is_folder(path: &str) -> bool {
    !plain(path).rsplit('/').next().unwrap_or_default().contains('.')
}

fn plain(path: &str) -> &str {
    path.trim_start_matches("./").trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources;

    #[test]
    fn every_address_is_whole_and_of_a_kind_that_there_is() {
        for e in ENDPOINTS.iter() {
            assert!(sources::find(&e.kind).is_some(), "{}", e.kind);
            assert!(e.address.is_empty() || e.address.starts_with("https://"), "{}", e.address);
            assert!(!e.licence.is_empty() && (e.how == "by-hand" || (e.limit_mb > 0 && !e.name.is_empty())), "{e:?}");
            assert_eq!(e.how.starts_with("arcgis"), !e.field.is_empty(), "{e:?}");
            assert_eq!((e.lookup.is_empty(), e.member.is_empty()), (e.of.is_empty(), e.of.is_empty()), "{e:?}");
        }
    }

    #[test]
    fn every_authority_of_england_has_a_county_and_a_region() {
        for row in rows(include_str!("../data/codes/authorities.csv")) {
            if !["E06", "E07", "E08", "E09"].contains(&&row[0][..3]) {
                continue;
            }
            for table in [include_str!("../data/fetch/extracts.csv"), include_str!("../data/fetch/regions.csv")] {
                let table = rows(table);
                assert!([&row[0], &row[3], &row[4]].iter().any(|code| table.iter().any(|r| &r[0] == *code)), "{}", &row[0]);
            }
        }
    }
}
