use schemars::JsonSchema;
use serde::Deserialize;

mod numbers;
mod tell;

use super::Analysis;
use super::draft::{CountTable, Draft, DraftHead};
use super::words::slug;
use crate::model::{Message, SeriesBreak};
use crate::msg;
use crate::sources::{Measure, MeasureKind};
use crate::study::{Measured, Reading, Study, Whom};
use crate::units::{Cell, Period, Sensitivity};

/// The settings of an `indicators` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct IndicatorSettings {
    /// Coverage of the limits of a value, and of all differences that are told side by side together.
    pub level: f64,
}

impl Default for IndicatorSettings {
    fn default() -> Self {
        Self { level: 0.95 }
    }
}

impl Analysis for IndicatorSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        study.measures.iter().flat_map(|m| self.drafts(study, m)).collect()
    }
}

/// A value before its counts are released: who, when, and where its counts stand in the table.
struct Entry {
    whom: Whom,
    reading: Reading,
    /// Row of its part, and of the rest of its whole (of a share) or its whole (of a rate).
    part: Option<usize>,
    second: Option<usize>,
}

/// What everyone may know of an indicator.
struct Facts {
    area_name: String,
    measure: Measure,
    level: f64,
    /// How many indicators of the pack have a wave before their latest.
    indicators: usize,
    breaks: Vec<SeriesBreak>,
    restricted: bool,
    entries: Vec<Entry>,
}

impl IndicatorSettings {
    /// Its waves with what they are compared with, and the latest wave told apart.
    fn drafts(&self, study: &Study, measured: &Measured) -> Vec<Draft> {
        let restricted = study.sources[measured.source].sensitivity == Sensitivity::Restricted;
        let latest = measured.readings.iter().filter(|r| r.whom == Whom::All).map(|r| r.period).max_by_key(|p| (p.last, p.len()));
        let waves = |r: &&Reading| matches!(r.whom, Whom::All | Whom::Beside(_));
        let apart: Vec<&Reading> = measured.readings.iter().filter(|r| !waves(r)).collect();
        let last_apart = apart.iter().map(|r| r.period).max_by_key(|p| (p.last, p.len()));
        let mut drafts = Vec::new();
        let whole: Vec<Reading> = measured.readings.iter().filter(waves).cloned().collect();
        if latest.is_some() {
            drafts.push(self.of_waves(study, measured, whole.clone(), restricted));
        }
        if let Some(period) = last_apart {
            let total = whole.into_iter().filter(|r| r.whom == Whom::All && r.period == period);
            let parts: Vec<Reading> = total.chain(apart.into_iter().filter(|r| r.period == period).cloned()).collect();
            drafts.push(self.of_parts(study, measured, parts, period, restricted));
        }
        drafts
    }

    fn of_waves(&self, study: &Study, measured: &Measured, readings: Vec<Reading>, restricted: bool) -> Draft {
        let mut table = Rows::default();
        let entries = readings.into_iter().map(|r| table.entry(&measured.measure, r)).collect();
        let (counts, spans) = (table.counts(), table.spans.clone());
        let mut counts = CountTable::column(counts);
        if restricted {
            counts = apart(counts.named(table.names.clone()).spanning(spans.clone()), &measured.measure);
        }
        let period = table.all_spans.iter().copied().max_by_key(|p| (p.last, p.len())).unwrap_or(study.about.period);
        self.draft(study, measured, "", period, restricted, (entries, counts))
    }

    /// Of a restricted source, the parts of each way are protected beside the total that they share.
    fn of_parts(&self, study: &Study, measured: &Measured, readings: Vec<Reading>, period: Period, restricted: bool) -> Draft {
        let mut table = Rows::default();
        let mut entries: Vec<Entry> = readings.into_iter().map(|r| table.entry(&measured.measure, r)).collect();
        if !restricted {
            let counts = CountTable::column(table.counts());
            return self.draft(study, measured, "/parts", period, restricted, (entries, counts));
        }
        let total = entries.iter().find(|e| e.whom == Whom::All).map(|e| (e.part, e.second));
        let mut sums: Vec<Vec<usize>> = Vec::new();
        if let Some(total) = total {
            let mut ways: Vec<String> = entries.iter().filter_map(|e| way(&e.whom)).collect();
            ways.dedup();
            for name in ways {
                let own = |e: &&Entry| way(&e.whom).as_ref() == Some(&name);
                let rows = |of: fn(&Entry) -> Option<usize>| entries.iter().filter(own).filter_map(of).collect::<Vec<usize>>();
                let sides = [(total.0, rows(|e| e.part)), (total.1, rows(|e| e.second))];
                let rest: Vec<Option<u64>> = sides.iter().map(|(t, parts)| table.rest((*t)?, parts)).collect();
                let fits = sides.iter().zip(&rest).all(|((t, parts), rest)| t.is_none() || rest.is_some() && !parts.is_empty());
                if !fits {
                    // Parts that are more than their whole are no parts: what they would tell together nobody can say.
                    entries.retain(|e| way(&e.whom).as_ref() != Some(&name));
                    continue;
                }
                // What no part takes in is a part too: whoever knows the others works it out.
                let reading = Reading { part: rest[0], whole: None, ..left_over(&name, period) };
                if rest.iter().flatten().any(|n| *n > 0) {
                    let rows: Vec<Option<usize>> = rest
                        .iter()
                        .enumerate()
                        .map(|(i, n)| n.map(|n| table.push(n, period, format!("{name}: not told apart, {i}"))))
                        .collect();
                    entries.push(Entry { whom: reading.whom.clone(), reading, part: rows[0], second: rows[1] });
                    for ((t, parts), row) in sides.iter().zip(&rows) {
                        sums.extend(t.map(|t| parts.iter().copied().chain(*row).chain([t]).collect::<Vec<usize>>()));
                    }
                } else {
                    sums.extend(sides.iter().filter_map(|(t, parts)| t.map(|t| parts.iter().copied().chain([t]).collect::<Vec<usize>>())));
                }
            }
            // The total as a way of one part: so each way is protected beside a total that is shown, and nothing is told where it may not be.
            for t in [total.0, total.1].into_iter().flatten() {
                let n = table.rows[t];
                let again = table.push(n, period, format!("total again, {t}"));
                sums.push(vec![again, t]);
            }
        }
        // Rows of ways that were dropped stand in no sum and are told by nobody: they are taken for nothing.
        let used: std::collections::BTreeSet<usize> =
            entries.iter().flat_map(|e| [e.part, e.second]).flatten().chain(sums.iter().flatten().copied()).collect();
        let order: Vec<usize> = used.into_iter().collect();
        let at = |row: usize| order.binary_search(&row).unwrap_or(0);
        for e in &mut entries {
            (e.part, e.second) = (e.part.map(at), e.second.map(at));
        }
        let counts = CountTable::column(order.iter().map(|i| Some(table.rows[*i])));
        let counts = apart(counts.named(order.iter().map(|i| table.names[*i].clone())), &measured.measure);
        let counts = sums.iter().fold(counts, |c, sum| c.with_sum(sum.iter().map(|row| (at(*row), 0))));
        self.draft(study, measured, "/parts", period, restricted, (entries, counts))
    }

    fn draft(
        &self,
        study: &Study,
        measured: &Measured,
        part: &str,
        period: Period,
        restricted: bool,
        (entries, counts): (Vec<Entry>, CountTable),
    ) -> Draft {
        let (source, m) = (study.source_ref(measured.source), &measured.measure);
        let touches = |b: &&SeriesBreak| {
            b.sources.contains(&source.name) && (b.categories.is_empty() || b.categories.iter().any(|c| c.eq_ignore_ascii_case(&m.id)))
        };
        let breaks = study.breaks.iter().filter(touches).cloned().collect();
        let mut caveats: Vec<Message> = if m.caveat.is_empty() { vec![] } else { vec![Message::as_written(&m.caveat)] };
        if m.kind == MeasureKind::Share && m.status == "survey" {
            caveats.push(msg!("indicators-caveat-sample"));
        }
        let head = DraftHead {
            id: format!("indicators/{}/{}{part}", slug(&source.name), slug(&m.id)),
            analysis: "indicators",
            sources: vec![source],
            period,
            polarity: m.up_is,
            status: if m.status.is_empty() { "recorded".into() } else { m.status.clone() },
            caveats,
        };
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            measure: m.clone(),
            level: self.level.clamp(0.5, 0.999),
            indicators: study.measures.iter().filter(|m| m.readings.iter().filter(|r| r.whom == Whom::All).count() > 1).count(),
            breaks,
            restricted,
            entries: entries.into_iter().map(|e| if restricted { without_counts(e) } else { e }).collect(),
        };
        Draft::new(head, counts, facts, tell::tell)
    }
}

/// Nobody knows whether an indicator counts the people of another one or of a source of events, all of them or a part: rapes and other sexual offences are
/// all sexual offences, and repeat cases a part of all cases. What the definitions say to be no part of others is told as finely as anything else.
fn apart(counts: CountTable, measure: &Measure) -> CountTable {
    if measure.no_part_of_others { counts } else { counts.alone() }
}

/// The way that a value is a part of.
fn way(whom: &Whom) -> Option<String> {
    match whom {
        Whom::Area(..) => Some("Area".into()),
        Whom::Group(dimension, _) => Some(dimension.clone()),
        Whom::All | Whom::Beside(_) => None,
    }
}

/// What the parts of a way do not take in.
fn left_over(way: &str, period: Period) -> Reading {
    Reading {
        whom: Whom::Group(way.to_owned(), tell::NOT_TOLD_APART.into()),
        period,
        part: None,
        whole: None,
        value: None,
        limits: None,
        asked: None,
        state: Default::default(),
        nothing: Cell::NotApplicable,
    }
}

/// Of a restricted source no number may stand beside the door.
fn without_counts(entry: Entry) -> Entry {
    let reading = Reading { part: None, whole: None, value: None, limits: None, asked: None, ..entry.reading };
    Entry { reading, ..entry }
}

/// The counts of a table, one a row, with names and months.
#[derive(Default)]
struct Rows {
    rows: Vec<u64>,
    names: Vec<String>,
    spans: Vec<Period>,
    /// Months of values without counts too.
    all_spans: Vec<Period>,
}

impl Rows {
    fn push(&mut self, n: u64, period: Period, name: String) -> usize {
        self.rows.push(n);
        self.names.push(name);
        self.spans.push(period);
        self.rows.len() - 1
    }

    fn counts(&self) -> Vec<Option<u64>> {
        self.rows.iter().copied().map(Some).collect()
    }

    /// A value, with its counts as rows: its part, and of a share the rest of its whole, of a rate its whole.
    fn entry(&mut self, measure: &Measure, reading: Reading) -> Entry {
        self.all_spans.push(reading.period);
        let name = match &reading.whom {
            Whom::All => "all".to_owned(),
            Whom::Area(code, _) => format!("area {code}"),
            Whom::Group(dimension, name) => format!("{dimension}: {name}"),
            Whom::Beside(name) => format!("beside: {name}"),
        };
        let part = reading.part.map(|n| self.push(n, reading.period, format!("{name}, part")));
        let whole = reading.whole.map(|w| w.round().max(0.0) as u64);
        let second = match measure.kind {
            MeasureKind::Share => reading.part.zip(whole).map(|(n, w)| w.saturating_sub(n)),
            MeasureKind::Rate => whole,
            MeasureKind::Count | MeasureKind::Value => None,
        };
        let second = second.filter(|_| part.is_some()).map(|n| self.push(n, reading.period, format!("{name}, rest or whole")));
        Entry { whom: reading.whom.clone(), reading, part, second }
    }

    /// What parts leave of a total; `None` where they are more.
    fn rest(&self, total: usize, parts: &[usize]) -> Option<u64> {
        parts.iter().try_fold(self.rows[total], |left, p| left.checked_sub(self.rows[*p]))
    }
}

/// A released count, or not applicable where there is none.
fn cell(released: &super::Released, row: Option<usize>) -> Cell<u64> {
    row.map_or(Cell::NotApplicable, |r| released.at(r, 0))
}
