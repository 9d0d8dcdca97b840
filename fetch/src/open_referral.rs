//! A feed of Open Referral, page by page, with the full record of each service: lists give short ones.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::address::value;
use crate::fault::{Fault, Kind};
use crate::pages::Pages;

/// Services asked for at a time.
const PAGE: usize = 100;
/// More pages than any directory has.
const MOST_PAGES: usize = 2000;
/// Members that hold the services of a page.
const LISTS: [&str; 3] = ["contents", "content", "services"];
/// So many full records that are like those of the list tell that the list gives full ones.
const ALIKE: usize = 3;

/// All services of a feed as one page, and how many they are.
pub(crate) fn services(pages: &mut Pages, feed: &str) -> Result<(Vec<u8>, usize), Fault> {
    let short = listed(pages, feed)?;
    let (path, asked) = feed.split_once('?').map_or((feed, String::new()), |(path, asked)| (path, format!("?{asked}")));
    let (mut full, mut alike, mut gone) = (Vec::new(), 0, 0);
    for (at, (id, record)) in short.iter().enumerate() {
        if alike == ALIKE {
            full.push(record.clone());
            continue;
        }
        match pages.json(&format!("{}/{}{asked}", path.trim_end_matches('/'), value(id))) {
            Ok(whole) if id_of(&whole).as_ref() == Some(id) => {
                alike = if alike == at && whole == *record { alike + 1 } else { 0 };
                full.push(whole);
            }
            Ok(_) => return Err(Fault::other_schema(&pages.host(feed), "the `id` of a service, or gives another than was asked for")),
            // Withdrawn since the list was made, or never given: what the list says of it is kept.
            Err(fault) if fault.kind == Kind::Missing => {
                gone += 1;
                full.push(record.clone());
            }
            Err(fault) => return Err(fault),
        }
        if at % 100 == 99 {
            (pages.say)(&format!("{} of {} services", at + 1, short.len()));
        }
    }
    if gone > 0 {
        (pages.say)(&format!("{gone} services have no full record: what the list says of them is kept"));
    }
    let bytes = serde_json::to_vec_pretty(&json!({ "contents": full }));
    Ok((bytes.map_err(|e| Fault::wrong_form(&pages.host(feed), "JSON", &e.to_string()))?, full.len()))
}

/// The services of all pages, by id, in the order of the feed.
fn listed(pages: &mut Pages, feed: &str) -> Result<Vec<(String, Value)>, Fault> {
    let host = pages.host(feed);
    let mut all: Vec<(String, Value)> = Vec::new();
    let mut known = BTreeSet::new();
    for number in 1..=MOST_PAGES {
        let sign = if feed.contains('?') { '&' } else { '?' };
        let page = pages.json(&format!("{feed}{sign}page={number}&per_page={PAGE}"))?;
        let Some(services) = list_of(&page) else {
            pages.clear()?;
            return Err(Fault::other_schema(&host, "a list of services, under `contents`, `content` or `services`"));
        };
        let mut new = 0;
        for service in services {
            let Some(id) = id_of(service) else {
                pages.clear()?;
                return Err(Fault::other_schema(&host, "the `id` of a service"));
            };
            if known.insert(id.clone()) {
                new += 1;
                all.push((id, service.clone()));
            }
        }
        let last = is_last(&page, number);
        if services.is_empty() && last != Some(false) || last == Some(true) {
            return Ok(all);
        }
        if new == 0 {
            pages.clear()?;
            return Err(Fault::same_page(&host));
        }
        // A bare list, or one that says nothing of pages, is whole unless the next page has more.
        if last.is_none() && (page.is_array() || services.len() != PAGE) {
            let next = pages.json(&format!("{feed}{sign}page={}&per_page={PAGE}", number + 1));
            let more =
                next.is_ok_and(|next| list_of(&next).is_some_and(|l| l.iter().any(|s| id_of(s).is_some_and(|id| !known.contains(&id)))));
            if !more {
                return Ok(all);
            }
        }
        (pages.say)(&format!("page {number}, {} services", all.len()));
    }
    Err(Fault::same_page(&host))
}

fn list_of(page: &Value) -> Option<&Vec<Value>> {
    page.as_array().or_else(|| LISTS.iter().find_map(|name| page.get(name)?.as_array()))
}

fn id_of(service: &Value) -> Option<String> {
    match service.get("id")? {
        Value::String(id) if !id.trim().is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Whether a page says that it is the last; `None` where it says nothing of that.
fn is_last(page: &Value, number: usize) -> Option<bool> {
    let said = ["last_page", "last"].iter().find_map(|name| page.get(name)?.as_bool());
    let pages = ["total_pages", "totalPages"].iter().find_map(|name| page.get(name)?.as_u64());
    match (said, pages) {
        // One of the two may be wrong: it goes on while either says so.
        (Some(true), Some(pages)) => Some(number as u64 >= pages),
        (Some(last), _) => Some(last),
        (None, Some(pages)) => Some(number as u64 >= pages),
        (None, None) => None,
    }
}
