//! One area of a hot-spot map worked out step by step, so that a person with a pocket calculator can follow it.

use std::fmt::Write;

use super::svg::escape;
use crate::model::{Body, Door, Finding, Findings, HotSpotRow, HotSpots};
use crate::units::{decimal, thousands};

/// The page of a finding: the area that stands out most. `None` for other shapes, and where nothing was tested.
pub(super) fn page(findings: &Findings, finding: &Finding) -> Option<String> {
    let Body::HotSpots(body) = &finding.body else { return None };
    let area = body
        .rows
        .iter()
        .filter(|r| r.q.known().is_some())
        .max_by(|a, b| a.z.known().partial_cmp(&b.z.known()).unwrap_or(std::cmp::Ordering::Equal))?;
    let mut out = String::new();
    head(&mut out, findings, finding, area);
    let (m, a) = (body.mean_rate, body.between_variance);
    let known: Vec<&HotSpotRow> = body.rows.iter().filter(|r| r.index.known().is_some()).collect();
    let (events, people) = (sum(&known, |r| r.count.known().map(|n| n as f64)), sum(&known, |r| r.residents.known()));
    let mean_people = people / known.len() as f64;
    let _ = write!(
        out,
        "<h2>1. The whole map</h2><p>{} areas have a known count and known residents: together {} counted and {} residents. \
         The mean rate is m = {} / {} = <b>{}</b> for each resident.</p>\
         <p>The variance of rates between areas beyond chance is a = ΣP(r − m)² / ΣP − m / P̄, with P̄ = {} residents in the mean area: <b>a = {}</b>. \
         (Sum P(r − m)² over all rows of the table of this finding, divide by {}, and take off {} / {}.)</p>",
        known.len(),
        thousands(events as u64),
        thousands(people as u64),
        thousands(events as u64),
        thousands(people as u64),
        digits(m),
        decimal(mean_people, 1),
        digits(a),
        thousands(people as u64),
        digits(m),
        decimal(mean_people, 1)
    );
    out.push_str(
        "<h2>2. The area and its neighbours</h2><p>For each, rate r = O / P, variance v = a + m / P (m / P alone where that is below 0), \
         index = (r − m) / √v.</p><div class=\"scroll\"><table><thead><tr><th>Area</th><th class=\"n\">Counted O</th><th class=\"n\">Residents P</th>\
         <th class=\"n\">r</th><th class=\"n\">v</th><th class=\"n\">index</th></tr></thead><tbody>",
    );
    let around: Vec<&HotSpotRow> = std::iter::once(area)
        .chain(area.neighbours.iter().filter_map(|j| body.rows.get(*j as usize)))
        .filter(|r| r.index.known().is_some())
        .collect();
    let total: f64 = around.iter().map(|r| line(&mut out, r, m, a)).sum();
    let _ = write!(
        out,
        "<tr><th>Sum of {} areas</th><td></td><td></td><td></td><td></td><td class=\"n\"><b>{}</b></td></tr></tbody></table></div>",
        around.len(),
        decimal(total, 4)
    );
    score(&mut out, body, area, &known, around.len() as f64, total);
    out.push_str("</main></body></html>\n");
    Some(out)
}

fn head(out: &mut String, findings: &Findings, finding: &Finding, area: &HotSpotRow) {
    let invented = findings.frame.invented_notice().map_or(String::new(), |n| format!("<p class=\"note\">{}</p>", escape(&n)));
    let draft = if findings.frame.draft { "<p class=\"note\">DRAFT, not for release</p>" } else { "" };
    let proxy = if finding.status == "proxy" { "<p>Proxy: not a count of violence against women and girls.</p>" } else { "" };
    let released = if finding.release.door == Door::Policy {
        format!(
            "<p>Small counts are withheld and others rounded to {}; the result is that of the counts as shown.</p>",
            finding.release.rounded_to
        )
    } else {
        String::new()
    };
    let _ = write!(
        out,
        "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>By hand: {title}</title>\
         <style>body{{font:16px/1.5 sans-serif;color:#1A1A1A;margin:0}}main{{max-width:54rem;margin:0 auto;padding:1.5rem}}table{{border-collapse:collapse}}\
         th,td{{text-align:left;padding:.25rem .7rem;border-bottom:1px solid #BFBFBF}}.n{{text-align:right;font-variant-numeric:tabular-nums}}\
         .note{{background:#0B0C0C;color:#fff;padding:.3rem .7rem;display:inline-block;font-weight:bold}}.scroll{{overflow-x:auto}}</style></head>\
         <body><main><h1>{title}, worked out by hand</h1>{invented}{draft}<p>{}. {}.</p>{proxy}{released}\
         <p>Of all areas this one stands out most with its neighbours. Every number below is in the table of the finding <code>{}</code>.</p>",
        escape(&finding.subtitle),
        findings.policy.tier.label(),
        escape(&finding.id),
        title = escape(&area.name),
    );
}

/// One area; returns its index.
fn line(out: &mut String, row: &HotSpotRow, m: f64, a: f64) -> f64 {
    let (n, p, index) = (row.count.known().unwrap_or(0), row.residents.known().unwrap_or(f64::NAN), row.index.known().unwrap_or(0.0));
    let variance = if a + m / p < 0.0 { m / p } else { a + m / p };
    let _ = write!(
        out,
        "<tr><th>{} ({})</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
        escape(&row.name),
        row.code,
        thousands(n),
        thousands(p as u64),
        digits(n as f64 / p),
        digits(variance),
        decimal(index, 4)
    );
    index
}

/// From the sum to the standard score, and on to what chance would make of it.
fn score(out: &mut String, body: &HotSpots, area: &HotSpotRow, known: &[&HotSpotRow], k: f64, total: f64) {
    let n = known.len() as f64;
    let mean = sum(known, |r| r.index.known()) / n;
    let squares = sum(known, |r| r.index.known().map(|x| (x - mean).powi(2)));
    let s = (squares / n).sqrt();
    let scale = s * ((n * k - k * k) / (n - 1.0)).sqrt();
    let (p, q) = (area.p.known().unwrap_or(f64::NAN), area.q.known().unwrap_or(f64::NAN));
    let _ = write!(
        out,
        "<h2>3. Beside the whole map</h2><p>Over all {n} areas the index has mean {} and standard deviation s = {}. With k = {k} areas added up, \
         z = (sum − k · mean) / (s · √((n·k − k²)/(n − 1))) = ({} − {}) / {} = <b>{}</b>. The table says {}.</p>\
         <h2>4. What chance would make of it</h2><p>The area stays, and {} other areas drawn at random take the place of its neighbours, {} times. \
         The share of draws on the nearer side, doubled, is p = <b>{}</b>. Among {} areas tested at once, the false discovery rate at which it would just \
         be called is <b>{}</b>: {}.</p>",
        decimal(mean, 4),
        decimal(s, 4),
        decimal(total, 4),
        decimal(k * mean, 4),
        decimal(scale, 4),
        decimal((total - k * mean) / scale, 3),
        decimal(area.z.known().unwrap_or(f64::NAN), 3),
        k - 1.0,
        thousands(body.draws as u64),
        decimal(p, 5),
        body.rows.iter().filter(|r| r.q.known().is_some()).count(),
        decimal(q, 5),
        area.class.label()
    );
}

fn sum(rows: &[&HotSpotRow], of: impl Fn(&HotSpotRow) -> Option<f64>) -> f64 {
    rows.iter().filter_map(|r| of(r)).sum()
}

/// Six significant digits, in plain decimals or with a power of ten.
fn digits(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let power = x.abs().log10().floor();
    if (-4.0..6.0).contains(&power) {
        decimal(x, (5.0 - power).max(0.0) as usize)
    } else {
        format!("{}·10<sup>{}</sup>", decimal(x / 10_f64.powf(power), 5), decimal(power, 0))
    }
}
