//! What follows from the released counts: every sum that a reader can see, used on every other, until nothing more follows.
//!
//! Here by the shapes of the findings, as a reader sees them; [`super::cells`] does the same over all counts of a source together.

use std::collections::BTreeMap;

use super::pack::Pack;
use super::sums::Sums as Bounds;
use crate::diagnostics::{Code, Place, Problems};
use crate::findings::{Body, Door, Finding, Findings};
use crate::units::{Cell, Sensitivity};

/// Sums over counts, each count known by what it counts.
#[derive(Default)]
struct Sums {
    index: BTreeMap<String, usize>,
    withheld: Vec<Option<String>>,
    all: Bounds,
}

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let mut sums = Sums::default();
    // The first source of a finding is the one that is counted. Where that is open, and only what stands beside it is restricted, nothing is to be found out.
    let open = |name: &String| findings.sources.iter().any(|s| s.name == *name && s.sensitivity == Sensitivity::Open);
    let protected = |f: &&Finding| f.release.door == Door::Policy && !f.sources.first().is_some_and(open);
    findings.findings.iter().filter(protected).for_each(|f| sums.add(findings, f));
    let asked: Vec<usize> = (0..sums.withheld.len()).filter(|c| sums.withheld[*c].is_some()).collect();
    sums.all.tighten(&asked);
    let width = findings.policy.withhold_up_to as f64;
    let mut told = std::collections::BTreeSet::new();
    for (count, finding) in sums.withheld.iter().enumerate() {
        let Some(finding) = finding else { continue };
        let (low, high) = sums.all.bounds[count];
        // One that may be large may have been withheld for the sake of others, and could be shown. Ends that cross come of a revision that was not told.
        if low <= high && high <= width && high - low < width - 1e-6 && told.insert(finding.clone()) {
            let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
            let place = Place::file(pack.findings_path.clone()).at(finding.clone());
            problems.error(Code::S321, place, "a withheld count can be worked out from the others, or nearly so", next);
        }
    }
}

impl Sums {
    fn count(&mut self, findings: &Findings, finding: &Finding, key: String, cell: Cell<u64>) -> usize {
        let (limit, base) = (findings.policy.withhold_up_to as f64, findings.policy.round_to.max(1) as f64);
        let bounds = match cell {
            Cell::Known(0) => (0.0, 0.0),
            Cell::Known(n) if base == 1.0 => (n as f64, n as f64),
            // Half up: 18 to 22 are printed as 20.
            Cell::Known(n) => ((n as f64 - (base / 2.0).floor()).max(limit + 1.0), n as f64 + ((base - 1.0) / 2.0).floor()),
            // Zeros are shown, unless all of a table is refused: where one is, what is withheld is at least one.
            Cell::Withheld if shows_zeros(finding) => (1.0, f64::INFINITY),
            _ => (0.0, f64::INFINITY),
        };
        let at = *self.index.entry(key).or_insert(self.all.bounds.len());
        if at == self.all.bounds.len() {
            self.all.bounds.push(bounds);
            self.withheld.push((cell == Cell::Withheld).then(|| finding.id.clone()));
        } else {
            // The same count in two places: both bounds hold. A count that is shown in one of them is not withheld.
            let now = &mut self.all.bounds[at];
            *now = (now.0.max(bounds.0), now.1.min(bounds.1));
            if cell == Cell::Withheld && self.withheld[at].is_none() {
                self.withheld[at] = Some(finding.id.clone());
            }
        }
        at
    }

    /// The counts of a finding and the sums that its shape shows.
    fn add(&mut self, all: &Findings, f: &Finding) {
        let about = about(f);
        let period = f.period.label();
        let key = |what: &str, when: &str| format!("{about}|{what}|{when}");
        match &f.body {
            Body::AreaRates(b) => {
                let rows: Vec<_> = b.rows.iter().map(|r| (r.code.to_string(), r.count)).collect();
                self.column(all, f, &key, rows, b.unlocated, b.total.count, &period);
            }
            Body::AreaCounts(b) => {
                let rows: Vec<_> = b.rows.iter().map(|r| (r.code.to_string(), r.count)).collect();
                self.column(all, f, &key, rows, b.unlocated, b.total, &period);
            }
            Body::HotSpots(b) => {
                let rows: Vec<_> = b.rows.iter().map(|r| (r.code.to_string(), r.count)).collect();
                self.column(all, f, &key, rows, b.unlocated, b.total, &period);
            }
            Body::NeedAccess(b) => {
                let rows: Vec<_> = b.rows.iter().map(|r| (r.code.to_string(), r.count)).collect();
                self.column(all, f, &key, rows, b.unlocated, b.total, &period);
            }
            Body::NeedIndex(b) => {
                // Each indicator that counts events is a column of the counts that `burden` tells.
                for (k, (unlocated, total)) in b.unlocated.iter().zip(&b.totals).enumerate() {
                    let source = f.id.split_once('/').map_or("", |x| x.1);
                    let indicator = format!("{source}/{}", b.indicators[k].id);
                    let rows: Vec<_> = b.rows.iter().map(|r| (r.code.to_string(), r.counts[k])).collect();
                    self.column(all, f, &|what, when| format!("{indicator}|{what}|{when}"), rows, *unlocated, *total, &period);
                }
            }
            Body::Bars(b) => {
                let mut sum: Vec<usize> =
                    b.bars.iter().map(|x| self.count(all, f, key(&format!("{}={}", b.dimension, x.label), &period), x.count)).collect();
                sum.push(self.count(all, f, key("total", &period), b.total));
                self.all.sums.push(sum);
            }
            Body::Parity(b) => {
                // Totals of two dimensions may be the same people, or not: only each for itself is a sum.
                for d in &b.dimensions {
                    let of = |what: &str| format!("{}|{}={what}|{period}", f.id, d.name);
                    let groups =
                        d.groups.iter().map(|g| (of(&g.name), g.users)).chain([(of("not known"), d.not_known), (of("total"), d.total)]);
                    let shown: Vec<_> = groups.filter(|(_, cell)| *cell != Cell::NotApplicable).collect();
                    let sum = shown.into_iter().map(|(key, cell)| self.count(all, f, key, cell)).collect();
                    self.all.sums.push(sum);
                }
            }
            Body::WeekClock(b) => {
                let at = |day: &str, band: &str| key(&format!("when={day} {band}"), &period);
                let mut column = |band: &str, cells: Vec<Cell<u64>>, sum: Cell<u64>| {
                    let mut all_days: Vec<usize> =
                        b.days.iter().zip(cells).map(|(d, c)| self.count(all, f, at(&d.label, band), c)).collect();
                    all_days.push(self.count(all, f, at("any day", band), sum));
                    // Where no day is told there is no sum.
                    if all_days.len() > 1 {
                        self.all.sums.push(all_days);
                    }
                };
                for (i, band) in b.bands.iter().enumerate() {
                    column(band, b.days.iter().map(|d| d.cells[i]).collect(), b.by_band[i]);
                }
                column("", b.days.iter().map(|d| d.total).collect(), b.total);
                let rows = b.days.iter().map(|d| (d.label.as_str(), &d.cells, d.total)).chain([("any day", &b.by_band, b.total)]);
                for (day, cells, total) in rows {
                    let mut row: Vec<usize> = cells.iter().zip(&b.bands).map(|(c, band)| self.count(all, f, at(day, band), *c)).collect();
                    row.push(self.count(all, f, at(day, ""), total));
                    self.all.sums.push(row);
                }
                // Day and night are told elsewhere too.
                for (name, by_day) in [("Day, 06:00 to 18:00", true), ("Night, 18:00 to 06:00", false)] {
                    let mut sum: Vec<usize> = (0..b.bands.len())
                        .filter(|i| (2..6).contains(i) == by_day)
                        .map(|i| self.count(all, f, at("any day", &b.bands[i]), b.by_band[i]))
                        .collect();
                    sum.push(self.count(all, f, key(&format!("Time of day={name}"), &period), Cell::Missing));
                    self.all.sums.push(sum);
                }
            }
            Body::Series(b) => {
                let months: Vec<usize> = b.points.iter().map(|p| self.count(all, f, key("total", &p.month.label()), p.count)).collect();
                for (i, p) in b.points.iter().enumerate().filter(|(i, p)| *i >= 11 && p.rolling_12 != Cell::NotApplicable) {
                    let when = crate::units::Period { first: b.points[i - 11].month, last: p.month }.label();
                    let sum = self.count(all, f, key("total", &when), p.rolling_12);
                    self.all.sums.push(months[i - 11..=i].iter().copied().chain([sum]).collect());
                }
            }
            // Of restricted sources only the whole partnership is told: the same counts as in the series.
            Body::Interrupted(b) if b.event.areas.is_empty() => {
                for p in &b.points {
                    self.count(all, f, key("total", &p.month.label()), p.here);
                }
            }
            Body::Table(b) => {
                for (column, heading) in b.columns.iter().enumerate() {
                    let cell = |row: &crate::findings::Row| row.cells.get(column).copied().unwrap_or(Cell::Missing);
                    let Some((total, rest)) = b.rows.split_last().filter(|(t, _)| t.label == "Total") else { continue };
                    let rows: Vec<_> = rest.iter().filter_map(|r| Some((r.code?.to_string(), cell(r)))).collect();
                    let unlocated = rest.iter().find(|r| r.code.is_none()).map_or(Cell::Known(0), cell);
                    self.column(all, f, &key, rows, unlocated, cell(total), heading);
                }
            }
            // Sums of counts that are shown elsewhere.
            Body::Shares(_)
            | Body::Waterfall(_)
            | Body::AreaClasses(_)
            | Body::Clusters(_)
            | Body::Gradient(_)
            | Body::Interrupted(_)
            | Body::Gaps(_)
            | Body::Services(_)
            | Body::AreaAccess(_) => {}
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn column(
        &mut self,
        all: &Findings,
        f: &Finding,
        key: &dyn Fn(&str, &str) -> String,
        rows: Vec<(String, Cell<u64>)>,
        unlocated: Cell<u64>,
        total: Cell<u64>,
        when: &str,
    ) {
        // A column with missing parts sums to nothing that is known.
        if rows.iter().any(|r| r.1 == Cell::Missing) {
            return;
        }
        let mut sum: Vec<usize> = rows.into_iter().map(|(code, n)| self.count(all, f, key(&code, when), n)).collect();
        sum.push(self.count(all, f, key("unlocated", when), unlocated));
        sum.push(self.count(all, f, key("total", when), total));
        self.all.sums.push(sum);
    }
}

/// What the counts of a finding are about: findings of one source and one indicator share their totals.
fn about(finding: &Finding) -> String {
    let parts: Vec<&str> = finding.id.split('/').collect();
    let inner = match finding.analysis.as_str() {
        "trend" => parts.get(1..),
        // After the name of the event, source and indicator: the counts are those of the series.
        "events" => parts.get(2..),
        _ => parts.get(1..parts.len().saturating_sub(1)),
    };
    let text = inner.unwrap_or_default().join("/");
    text.strip_suffix("/categories").map_or(text.clone(), |source| format!("{source}/all-categories"))
}

/// Whether a zero is shown anywhere in a finding.
fn shows_zeros(finding: &Finding) -> bool {
    super::numbers::counts(finding).contains(&Cell::Known(0))
}
