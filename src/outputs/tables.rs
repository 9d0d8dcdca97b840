//! Every finding as a table of text: the CSV, the spreadsheet and the report all print this one.

pub(in crate::outputs) mod gaps;

use crate::analyses::{decimal, thousands};
use crate::findings::{Body, Finding, Findings, LimitRule};
use crate::units::{Cell, Estimate};

/// A table ready to print.
#[derive(Clone, PartialEq, Debug)]
pub struct TableView {
    /// Headings, each its own.
    pub headings: Vec<String>,
    /// Rows as long as the headings.
    pub rows: Vec<Vec<Value>>,
}

/// A value of a printed table.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Words.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number with so many decimals.
    Number(f64, usize),
    /// One of the kinds of nothing, by its shorthand.
    Nothing(&'static str),
}

impl Value {
    /// For people: thousands separated, nothing as `[c]`.
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Count(n) => thousands(*n),
            Value::Number(x, decimals) => decimal(*x, *decimals),
            Value::Nothing(mark) => (*mark).into(),
        }
    }

    /// For programs: plain digits, nothing as `[c]`, and no text that a spreadsheet would run as a formula.
    pub fn plain(&self) -> String {
        match self {
            Value::Text(text) => harmless(text),
            Value::Count(n) => n.to_string(),
            Value::Number(x, decimals) => format!("{x:.decimals$}"),
            Value::Nothing(mark) => (*mark).into(),
        }
    }
}

/// A text that starts like a formula gets an apostrophe before it, as spreadsheets expect.
///
/// Text from data may hold anything; `=HYPERLINK(…)` in a service's name must stay a name.
fn harmless(text: &str) -> String {
    let cleaned: String = text.chars().filter(|c| !c.is_control()).collect();
    let starts = cleaned.trim_start().chars().next();
    if starts.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@')) { format!("'{cleaned}") } else { cleaned }
}

fn count(cell: Cell<u64>) -> Value {
    cell.shorthand().map_or_else(|| Value::Count(cell.known().unwrap_or(0)), Value::Nothing)
}

fn number(cell: Cell<f64>, decimals: usize) -> Value {
    cell.shorthand().map_or_else(|| Value::Number(cell.known().unwrap_or(0.0), decimals), Value::Nothing)
}

fn estimate(cell: Cell<Estimate>, scale: f64, decimals: usize) -> [Value; 3] {
    [cell.map(|e| e.value), cell.map(|e| e.lower), cell.map(|e| e.upper)].map(|c| number(c.map(|x| x * scale), decimals))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The table of a finding.
pub fn table(finding: &Finding) -> TableView {
    let (headings, rows): (Vec<String>, Vec<Vec<Value>>) = match &finding.body {
        Body::AreaRates(body) => {
            let level = body.total.rate.known().map_or(95.0, |r| r.level * 100.0);
            let headings = vec![
                "Code".into(),
                "Area".into(),
                "Count".into(),
                "Population".into(),
                format!("Rate {}", body.unit),
                format!("Lower {} % limit", decimal(level, 0)),
                format!("Upper {} % limit", decimal(level, 0)),
            ];
            let row = |code: Value, name: &str, n: Cell<u64>, residents: Cell<f64>, rate: Cell<Estimate>| {
                let mut row = vec![code, text(name), count(n), number(residents, 0)];
                row.extend(estimate(rate, 1.0, body.decimals()));
                row
            };
            let mut rows: Vec<_> = body.rows.iter().map(|r| row(text(r.code.as_str()), &r.name, r.count, r.residents, r.rate)).collect();
            let unlocated = row(text(""), "Place not known", body.unlocated, Cell::NotApplicable, Cell::NotApplicable);
            rows.push(unlocated);
            rows.push(row(text(""), &format!("Total: {}", body.total.name), body.total.count, body.total.residents, body.total.rate));
            (headings, rows)
        }
        Body::AreaCounts(body) => {
            let mut rows: Vec<_> = body.rows.iter().map(|r| vec![text(r.code.as_str()), text(&r.name), count(r.count)]).collect();
            rows.push(vec![text(""), text("Place not known"), count(body.unlocated)]);
            rows.push(vec![text(""), text("Total"), count(body.total)]);
            (vec!["Code".into(), "Area".into(), format!("Number of {}", body.unit)], rows)
        }
        Body::AreaClasses(body) => {
            let mut rows: Vec<_> = body
                .rows
                .iter()
                .map(|r| vec![text(r.code.as_str()), text(&r.name), text(r.class.label()), number(r.residents, 0)])
                .collect();
            rows.extend(body.totals.iter().map(|t| vec![text(""), text("Total"), text(t.class.label()), count(t.residents)]));
            (vec!["Code".into(), "Area".into(), format!("Reach of {}", body.measure), "Residents".into()], rows)
        }
        Body::HotSpots(body) => {
            let decimals = if body.mean_rate * body.per < 10.0 { 2 } else { 1 };
            let headings = vec![
                "Code".into(),
                "Area".into(),
                "Count".into(),
                "Population".into(),
                format!("Smoothed rate {}", body.unit),
                "Lower 95 % limit".into(),
                "Upper 95 % limit".into(),
                "Index".into(),
                "z with neighbours".into(),
                "p".into(),
                "False discovery rate".into(),
                "What may be said".into(),
            ];
            let row = |r: &crate::findings::HotSpotRow| {
                let mut row = vec![text(r.code.as_str()), text(&r.name), count(r.count), number(r.residents, 0)];
                row.extend(estimate(r.smoothed, 1.0, decimals));
                row.extend([number(r.index, 3), number(r.z, 3), number(r.p, 5), number(r.q, 5), text(r.class.label())]);
                row
            };
            let mut rows: Vec<_> = body.rows.iter().map(row).collect();
            for (label, n) in [("Place not known", body.unlocated), ("Total", body.total)] {
                let nothing = std::iter::repeat_n(Value::Nothing("[z]"), 8);
                rows.push([text(""), text(label), count(n)].into_iter().chain(nothing).chain([text("")]).collect());
            }
            (headings, rows)
        }
        Body::Gradient(body) => {
            let headings = vec![
                "Group of areas".into(),
                "Areas".into(),
                "Count".into(),
                "Population".into(),
                format!("Rate {}", body.unit),
                "Lower 95 % limit".into(),
                "Upper 95 % limit".into(),
            ];
            let decimals = if body.whole.known().is_some_and(|r| r.value < 10.0) { 2 } else { 1 };
            let row = |g: &crate::findings::GradientGroup| {
                let mut row = vec![text(&g.label), Value::Count(g.areas as u64), count(g.count), number(g.residents, 0)];
                row.extend(estimate(g.rate, 1.0, decimals));
                row
            };
            let mut rows: Vec<_> = body.groups.iter().map(row).collect();
            for (label, found) in
                [("Difference, most less least deprived end", body.difference), ("Ratio, most to least deprived end", body.ratio)]
            {
                if let Some(found) = found {
                    let mut row = vec![text(label), Value::Nothing("[z]"), Value::Nothing("[z]"), Value::Nothing("[z]")];
                    row.extend(estimate(Cell::Known(found), 1.0, 2));
                    rows.push(row);
                }
            }
            (headings, rows)
        }
        Body::Gaps(body) => gaps::whole(body),
        Body::NeedAccess(body) => {
            let headings = vec![
                "Code".into(),
                "Area".into(),
                "Count".into(),
                "Population".into(),
                format!("{} {}", body.need, body.need_unit),
                body.access_unit.clone(),
                "Third by need".into(),
                "In reach".into(),
            ];
            let third = |t: Option<u8>| t.map_or(Value::Nothing("[x]"), |t| text(["lowest", "middle", "highest"][usize::from(t.min(2))]));
            let row = |r: &crate::findings::NeedAccessRow| {
                let reach = text(["nothing", "less", "more"][usize::from(r.access_class.min(2))]);
                vec![
                    text(r.code.as_str()),
                    text(&r.name),
                    count(r.count),
                    number(r.residents, 0),
                    number(r.need, 2),
                    Value::Number(r.value, 2),
                    third(r.need_third),
                    reach,
                ]
            };
            (headings, body.rows.iter().map(row).collect())
        }
        Body::NeedIndex(body) => {
            let of = |i: &crate::findings::IndexIndicator| format!("{}, {}", i.label, i.unit);
            let counted = body.unlocated.len();
            let headings = ["Code".into(), "Area".into(), "Population".into()]
                .into_iter()
                .chain(body.indicators[..counted].iter().map(|i| format!("{}, count", i.label)))
                .chain(body.indicators.iter().map(of))
                .chain(["Index, 0 to 100", "Rank", "Rank from", "Rank to"].map(str::to_owned));
            let row = |r: &crate::findings::NeedIndexRow| {
                let ranks = r.rank.map_or([None; 3], |k| [k.nominal, k.low, k.high].map(Some));
                [text(r.code.as_str()), text(&r.name), number(r.residents, 0)]
                    .into_iter()
                    .chain(r.counts.iter().map(|c| count(*c)))
                    .chain(r.values.iter().map(|v| number(*v, 2)))
                    .chain([number(r.index, 1)])
                    .chain(ranks.map(|k| k.map_or(Value::Nothing("[x]"), |k| Value::Count(k as u64))))
                    .collect()
            };
            (headings.collect(), body.rows.iter().map(row).collect())
        }
        Body::AreaAccess(body) => {
            let headings = vec!["Code".into(), "Area".into(), "People".into(), body.unit.clone(), "Site in reach".into()];
            let row = |r: &crate::findings::AccessRow| {
                vec![
                    text(r.code.as_str()),
                    text(&r.name),
                    number(r.people, 0),
                    number(r.value, 2),
                    text(if r.in_reach { "yes" } else { "no" }),
                ]
            };
            (headings, body.rows.iter().map(row).collect())
        }
        Body::Interrupted(body) => {
            let headings = ["Month", "During", "Count", "Count elsewhere", "Expected without it"].map(str::to_owned).to_vec();
            let row = |p: &crate::findings::InterruptedPoint| {
                let during = if body.event.during(p.month) { "yes" } else { "no" };
                let expected = p.expected.map_or(Value::Nothing("[x]"), |e| Value::Number(e, 1));
                vec![text(&p.month.label()), text(during), count(p.here), count(p.elsewhere), expected]
            };
            (headings, body.points.iter().map(row).collect())
        }
        Body::Clusters(body) => {
            let headings = [
                "Cluster",
                "Around",
                "Areas",
                "From",
                "To",
                "Observed",
                "Expected",
                "Relative risk",
                "Log likelihood ratio",
                "p",
                "Called",
                "Codes",
            ];
            let rows = body.clusters.iter().enumerate().map(|(i, c)| {
                let codes: Vec<&str> = c.areas.iter().map(|a| a.as_str()).collect();
                vec![
                    Value::Count(i as u64 + 1),
                    text(&c.around),
                    Value::Count(c.areas.len() as u64),
                    text(&c.first_month.to_string()),
                    text(&c.last_month.to_string()),
                    count(c.observed),
                    Value::Number(c.expected, 1),
                    Value::Number(c.relative_risk, 2),
                    Value::Number(c.log_likelihood_ratio, 3),
                    Value::Number(c.p, 3),
                    text(if c.p <= body.called_at { "yes" } else { "no, chance would do" }),
                    Value::Text(codes.join(" ")),
                ]
            });
            (headings.map(str::to_owned).to_vec(), rows.collect())
        }
        Body::Series(body) => {
            let headings =
                ["Month", "Count", "Twelve months to date", "Mean", "Lower limit", "Upper limit", "Signal"].map(str::to_owned).to_vec();
            let limit = |x: Option<f64>| x.map_or(Value::Nothing("[z]"), |x| Value::Number(x, 1));
            let rows = body.points.iter().map(|p| {
                let direction = if p.direction > 0 { "high" } else { "low" };
                let signal = match p.rule {
                    None => String::new(),
                    Some(LimitRule::BeyondLimits) => format!("outside the usual range, {direction}"),
                    Some(LimitRule::SevenRisingOrFalling) => {
                        format!("seven or more {}", if p.direction > 0 { "rising" } else { "falling" })
                    }
                    Some(LimitRule::TwoOfThreeNearLimit) => format!("two of three near the limit, {direction}"),
                    Some(LimitRule::SevenOnOneSide) => format!("seven or more on one side, {direction}"),
                };
                vec![
                    text(&p.month.to_string()),
                    count(p.count),
                    count(p.rolling_12),
                    limit(p.mean),
                    limit(p.lower),
                    limit(p.upper),
                    Value::Text(signal),
                ]
            });
            (headings, rows.collect())
        }
        Body::Services(body) => {
            let headings = ["No. on the map", "Service", "Provider", "Kind", "Reaches people by", "State"].map(str::to_owned).to_vec();
            let row = |number: Value, s: &crate::findings::ListedService| {
                vec![
                    number,
                    text(&s.name),
                    text(&s.provider),
                    text(&s.kinds.join("; ")),
                    text(&s.delivery.join(", ")),
                    text(s.state.label()),
                ]
            };
            let sited = body.sites.iter().map(|s| row(Value::Count(s.number as u64), &s.service));
            (headings, sited.chain(body.without_site.iter().map(|s| row(Value::Nothing("[z]"), s))).collect())
        }
        Body::Parity(body) => {
            let headings = vec![
                "Dimension".into(),
                "Group".into(),
                "Users".into(),
                format!("Population ({})", body.reference),
                "Share of users, %".into(),
                "Share of population, %".into(),
                "Parity ratio".into(),
                "Lower limit".into(),
                "Upper limit".into(),
            ];
            let percent = |share: Option<f64>| share.map_or(Value::Nothing("[x]"), |s| Value::Number(100.0 * s, 1));
            let mut rows = Vec::new();
            for d in &body.dimensions {
                for g in &d.groups {
                    let mut row = vec![text(&d.name), text(&g.name), count(g.users), number(g.population, 0)];
                    let hidden = g.users == Cell::Withheld;
                    row.push(if hidden { Value::Nothing("[c]") } else { percent(d.share_of_users(g)) });
                    row.push(percent(d.share_of_population(g)));
                    row.extend(estimate(g.ratio, 1.0, 2));
                    rows.push(row);
                }
                for (label, n) in [("Not known", d.not_known), ("Total", d.total)] {
                    let nothing = std::iter::repeat_n(Value::Nothing("[z]"), 6);
                    rows.push([text(&d.name), text(label), count(n)].into_iter().chain(nothing).collect());
                }
            }
            (headings, rows)
        }
        Body::WeekClock(body) => {
            let headings = std::iter::once("Day".to_owned()).chain(body.bands.iter().cloned()).chain(["Whole day".into()]);
            let row = |label: &str, cells: &[Cell<u64>], total: Cell<u64>| {
                std::iter::once(text(label)).chain(cells.iter().map(|c| count(*c))).chain([count(total)]).collect()
            };
            let mut rows: Vec<Vec<Value>> = body.days.iter().map(|d| row(&d.label, &d.cells, d.total)).collect();
            rows.push(row("All days", &body.by_band, body.total));
            // How much of each band the listed services of a kind are open; last the share of events outside their hours.
            for kind in &body.kinds {
                let open = (0..body.bands.len()).map(|b| match kind.unknown == kind.services {
                    true => Value::Nothing("[x]"),
                    false => Value::Number(100.0 * kind.open_share(&[], b), 0),
                });
                let outside = kind.while_closed.map_or(Value::Nothing("[x]"), |s| Value::Number(100.0 * s, 1));
                rows.push(
                    std::iter::once(Value::Text(format!("{}: % open; last, % of {} outside its hours", kind.label, body.unit)))
                        .chain(open)
                        .chain([outside])
                        .collect(),
                );
            }
            (headings.collect(), rows)
        }
        Body::Bars(body) => {
            let headings = vec![
                body.dimension.clone(),
                format!("Number of {}", body.unit),
                "Share, %".into(),
                "Lower limit, %".into(),
                "Upper limit, %".into(),
            ];
            let mut rows: Vec<_> = body
                .bars
                .iter()
                .map(|b| {
                    let mut row = vec![text(&b.label), count(b.count)];
                    row.extend(estimate(b.share, 100.0, 1));
                    row
                })
                .collect();
            rows.push(vec![text("Total"), count(body.total), Value::Nothing("[z]"), Value::Nothing("[z]"), Value::Nothing("[z]")]);
            (headings, rows)
        }
        Body::Shares(body) => {
            let headings =
                std::iter::once(body.row_heading.clone()).chain(body.parts.iter().map(|p| format!("{}: {p}", capital(&body.unit))));
            let rows = body.rows.iter().map(|r| std::iter::once(text(&r.label)).chain(r.cells.iter().map(|c| count(*c))).collect());
            (headings.collect(), rows.collect())
        }
        Body::Waterfall(body) => {
            let headings = vec!["Step".into(), format!("{}, about", capital(&body.unit))];
            let row = |label: &str, n: Cell<u64>| vec![text(label), count(n)];
            let mut rows = vec![row(&body.start, body.expected)];
            rows.extend(body.losses.iter().map(|l| row(&l.label, l.people)));
            rows.extend([row(&body.end, body.left), row("On the books of the services listed", body.caseload)]);
            (headings, rows)
        }
        Body::Table(body) => {
            let headings = ["Code".to_owned(), body.row_heading.clone()].into_iter().chain(body.columns.iter().cloned());
            let rows = body.rows.iter().map(|r| {
                let code = r.code.map_or(String::new(), |c| c.to_string());
                [Value::Text(code), text(&r.label)].into_iter().chain(r.cells.iter().map(|c| count(*c))).collect()
            });
            (headings.collect(), rows.collect())
        }
    };
    TableView { headings, rows }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The table as CSV (UTF-8, comma, CRLF as RFC 4180 asks), headed by its columns; where the data are invented, each row says so.
pub(super) fn csv(findings: &Findings, finding: &Finding) -> Vec<u8> {
    let view = table(finding);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let invented = findings.frame.invented;
    let note = |word: &str| invented.then(|| word.to_owned());
    let mut lines = vec![view.headings.iter().cloned().chain(note("Note")).collect::<Vec<String>>()];
    lines.extend(view.rows.iter().map(|row| row.iter().map(Value::plain).chain(note("invented data")).collect()));
    for line in lines {
        // Writing to memory cannot fail, and all rows are as long as the headings.
        let _ = writer.write_record(&line);
    }
    writer.into_inner().unwrap_or_default()
}

/// The table that a page shows: the same, but for what would be too wide to read.
pub(super) fn for_page(finding: &Finding) -> TableView {
    match &finding.body {
        Body::Gaps(body) => {
            let (headings, rows) = gaps::short(body);
            TableView { headings, rows }
        }
        _ => table(finding),
    }
}
