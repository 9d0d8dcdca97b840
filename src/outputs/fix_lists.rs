//! What to ask each provider about its records: a table and a page to send to it, drawn from the lists of the document.

use std::fmt::Write;

use super::file_names::stems;
use super::svg::escape;
use super::tables::rows_csv;
use crate::model::{Body, Finding, Findings, FixList, FixLists};

/// The files of a finding, none where it has no such lists.
pub(super) fn files(findings: &Findings, finding: &Finding) -> Vec<(String, Vec<u8>)> {
    let Body::FixLists(body) = &finding.body else { return vec![] };
    let mark = findings.frame.invented_mark();
    let names = stems(body.lists.iter().map(FixList::name));
    let of = |(list, name): (&FixList, String)| {
        let csv = rows_csv(&list.table(), mark.clone());
        [(format!("fix-lists/{name}.csv"), csv), (format!("fix-lists/{name}.html"), page(findings, body, list).into_bytes())]
    };
    body.lists.iter().zip(names).flat_map(of).collect()
}

/// Lists that are not of a document, as tables by the names of their files.
pub fn list_csv(lists: &FixLists) -> Vec<(String, Vec<u8>)> {
    let names = stems(lists.lists.iter().map(FixList::name));
    lists.lists.iter().zip(names).map(|(list, name)| (format!("{name}.csv"), rows_csv(&list.table(), None))).collect()
}

fn page(findings: &Findings, body: &FixLists, list: &FixList) -> String {
    let notices = findings.frame.invented_notice().into_iter().chain(findings.frame.draft.then(|| "DRAFT, not for release".to_owned()));
    let notices: String = notices.map(|n| format!("<p class=\"note\">{}</p>", escape(&n))).collect();
    let mut out = format!(
        "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>What to check: {name}</title><style>body{{font:16px/1.5 sans-serif;color:#1A1A1A;margin:0}}main{{max-width:60rem;margin:0 auto;padding:1.5rem}}\
         table{{border-collapse:collapse;margin-bottom:1.5rem}}th,td{{text-align:left;vertical-align:top;padding:.25rem .7rem;border-bottom:1px solid #BFBFBF}}\
         .note{{background:#0B0C0C;color:#fff;padding:.3rem .7rem;display:inline-block;font-weight:bold}}.scroll{{overflow-x:auto}}</style></head>\
         <body><main><h1>What to check: {name}</h1>{notices}<p>{}, records as they stood on {}. {}.</p>\
         <p>Please look at each line, correct the record in the directory that is named, and write the day of your check into it. \
         A record may be right: then the day is all that is missing. Nothing here is about the people who use a service. \
         Write no address of a refuge or of anybody’s home into any directory.</p>",
        escape(&findings.frame.area_name),
        escape(&body.as_of),
        escape(&findings.policy.tier.label()),
        name = escape(list.name()),
    );
    let mut rest = list.items.as_slice();
    while let Some(first) = rest.first() {
        let own = rest.iter().take_while(|i| i.directory == first.directory && i.id == first.id).count();
        let (items, others) = rest.split_at(own);
        rest = others;
        let _ = write!(
            out,
            "<h2>{}</h2><p>{}, id <code>{}</code>, {}</p><div class=\"scroll\"><table><thead><tr><th scope=\"col\">About</th>\
             <th scope=\"col\">What stands there</th><th scope=\"col\">What to do</th></tr></thead><tbody>",
            escape(&first.service),
            escape(&first.directory),
            escape(&first.id),
            escape(&first.place)
        );
        for item in items {
            let _ = write!(
                out,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                item.topic.label(),
                escape(&item.found),
                escape(&item.ask)
            );
        }
        out.push_str("</tbody></table></div>");
    }
    out.push_str("</main></body></html>\n");
    out
}
