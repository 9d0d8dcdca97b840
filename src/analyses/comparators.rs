use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::comparator_months::joined;
use super::draft::{CountTable, Draft, Released, Telling};
use super::indicator::{Indicator, headlines};
use super::said;
use super::words::{slug, thousands};
use crate::model::{Arg, Beside, BesideRow, BesideSaid, Body, Message, interval};
use crate::msg;
use crate::sources::{ComparatorRow, Topic};
use crate::stats::counts::rate;
use crate::study::{Dataset, Select, SliceArea, SourceNote, Study};
use crate::units::{AreaCode, BesideRole, Cell, Estimate, Period};

/// The settings of a `comparators` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ComparatorSettings {
    /// Categories, as the sources write them; the headline categories of the definitions where the list is empty.
    pub categories: Vec<String>,
    /// The group of residents that rates are of, such as `all` or `female`.
    pub denominator: String,
    /// Rates are per this many residents.
    #[serde(deserialize_with = "crate::units::per_people")]
    pub per: f64,
}

impl Default for ComparatorSettings {
    fn default() -> Self {
        Self { categories: vec![], denominator: "all".into(), per: 1000.0 }
    }
}

const LEVEL: f64 = 0.95;
/// So many of the latest months make the partnership's rate where no other area has one of months that it has too.
const MONTHS: usize = 12;

impl Analysis for ComparatorSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let incidents = study.datasets.iter().filter(|d| d.topic == Topic::Incidents);
        let each = incidents.flat_map(|d| headlines(study, d, &self.categories).into_iter().map(move |i| (d, i)));
        each.filter_map(|(dataset, indicator)| self.draft(study, dataset, &indicator)).collect()
    }
}

impl ComparatorSettings {
    /// `None` where no other area has a rate of this category, or residents are not known.
    fn draft(&self, study: &Study, dataset: &Dataset, indicator: &Indicator) -> Option<Draft> {
        let is_of = |row: &ComparatorRow| {
            let names = indicator.categories.iter().filter_map(|c| dataset.categories.get(*c as usize));
            names.chain([&indicator.label]).any(|name| name.eq_ignore_ascii_case(row.category.trim()))
        };
        // What a restricted table holds is never printed: no door knows whose counts they are.
        let open = study.comparators.iter().filter(|t| study.is_open_source(t.source));
        let beside: Vec<(usize, &ComparatorRow)> =
            open.flat_map(|t| t.rows.iter().map(|r| (t.source, r))).filter(|(_, r)| is_of(r) && !is_own(study, r)).collect();
        let beside = joined(&beside, &dataset.period);
        if beside.is_empty() {
            return None;
        }
        let residents: f64 = study.areas.residents(&self.denominator).into_iter().sum::<Option<f64>>().filter(|p| *p > 0.0)?;
        let kind = study.sources[dataset.source].kind;
        let others: Vec<Other> = in_order(beside.iter().map(|(_, row)| other(row, kind, &self.denominator, self.per)).collect());
        let select = |months: Period| Select { categories: indicator.categories.clone(), period: Some(months), ..Select::default() };
        let total =
            |months: Period| dataset.known_by_area(&select(months)).total.filter(|_| dataset.is_recorded_throughout(&select(months)));
        let within = |p: &Period| dataset.period.position(p.first).is_some() && dataset.period.position(p.last).is_some();
        // The latest months that another area and the partnership both have.
        let spans = others.iter().filter(|o| o.differs.is_none()).map(|o| o.row.months).filter(within);
        let shared = spans.filter(|p| total(*p).is_some()).max_by_key(|p| (p.last, p.len()));
        let months = shared.unwrap_or_else(|| dataset.period.last_months(MONTHS));
        let count = total(months);
        let slice = dataset.slice(&select(months)).in_area(SliceArea::Whole);
        let table = CountTable::column([count]).counting(0, [count.map(|_| slice)]);
        let caveats = vec![msg!("comparators-caveat-recorded"), msg!("comparators-caveat-limits")];
        let mut head = indicator.head_by_area(study, dataset, "comparators", months, caveats);
        head.id = format!("comparators/{}/{}", slug(&study.sources[dataset.source].name), slug(&indicator.label));
        let mut tables: Vec<usize> = beside.iter().map(|(source, _)| *source).collect();
        tables.dedup();
        let more: Vec<SourceNote> = tables.into_iter().map(|s| study.source_ref(s)).filter(|s| !head.sources.contains(s)).collect();
        head.sources.extend(more);
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            label: indicator.label.clone(),
            people: if self.denominator == "all" { "residents".into() } else { format!("residents ({})", self.denominator) },
            residents,
            months,
            per: self.per,
            others,
            breaks: said::breaks_within(study, dataset, &indicator.categories, months),
        };
        Some(Draft::new(head, table, facts, tell))
    }
}

/// Another area, before the partnership's own rate is known.
struct Other {
    row: BesideRow,
    /// Why it is not to be compared, whatever the months.
    differs: Option<BesideSaid>,
}

/// Whether a row is of the partnership itself, which is no area to compare it with.
fn is_own(study: &Study, row: &ComparatorRow) -> bool {
    let (about, name) = (&study.about, row.area.trim());
    let is_one = |code: &AreaCode| code.to_string().eq_ignore_ascii_case(name) || study.authority_name(*code).eq_ignore_ascii_case(name);
    name.eq_ignore_ascii_case(&about.area_name) || about.authorities.len() == 1 && about.authorities.iter().any(is_one)
}

fn other(row: &ComparatorRow, kind: &str, people: &str, per: f64) -> Other {
    let from_count = row.count.and_then(|(n, people)| rate(n, people, per, LEVEL));
    let scaled =
        |(e, of): (Estimate, f64)| Estimate { value: e.value * per / of, lower: e.lower * per / of, upper: e.upper * per / of, ..e };
    let found = from_count.or_else(|| row.rate.map(scaled));
    let all = |text: &str| text.is_empty() || text.eq_ignore_ascii_case("all");
    let differs = if !row.definition.eq_ignore_ascii_case(kind) {
        Some(BesideSaid::OtherDefinition)
    } else if !(row.people.eq_ignore_ascii_case(people) || all(&row.people) && all(people)) {
        Some(BesideSaid::OtherPeople)
    } else if !(row.standardised.is_empty() || row.standardised.eq_ignore_ascii_case("crude")) {
        Some(BesideSaid::Standardised)
    } else {
        None
    };
    let row = BesideRow {
        name: row.area.clone(),
        role: row.role,
        months: row.period,
        count: row.count.map_or(Cell::NotApplicable, |(n, _)| Cell::Known(n)),
        people: row.count.map_or(Cell::NotApplicable, |(_, p)| Cell::Known(p)),
        rate: found.map_or(Cell::Missing, Cell::Known),
        said: BesideSaid::NotKnown,
    };
    Other { row, differs }
}

/// By what they are, then by name, then by months: never by their rates.
fn in_order(mut others: Vec<Other>) -> Vec<Other> {
    others.sort_by(|a, b| {
        let of = |o: &Other| (o.row.role, o.row.name.to_lowercase(), o.row.months.first, o.row.months.last);
        of(a).cmp(&of(b))
    });
    others
}

/// What everyone may know.
struct Facts {
    area_name: String,
    label: String,
    people: String,
    residents: f64,
    months: Period,
    per: f64,
    others: Vec<Other>,
    breaks: Vec<Message>,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let count = released.at(0, 0);
    let own = count.and_then(|n| Cell::applicable(rate(n, facts.residents, facts.per, LEVEL)));
    let beside = |o: &Other| {
        let said = match (o.differs, own.known(), o.row.rate.known()) {
            (Some(why), ..) => why,
            _ if o.row.months != facts.months => BesideSaid::OtherMonths,
            (None, Some(own), Some(other)) if !own.is_apart_from(&other) => BesideSaid::NoClearDifference,
            (None, Some(own), Some(other)) if own.value > other.value => BesideSaid::OwnHigher,
            (None, Some(_), Some(_)) => BesideSaid::OwnLower,
            (None, ..) => BesideSaid::NotKnown,
        };
        BesideRow { said, ..o.row.clone() }
    };
    let body = Beside {
        measure: facts.label.clone(),
        unit: format!("per {} {}", thousands(facts.per as u64), facts.people),
        per: facts.per,
        level: LEVEL,
        months: facts.months,
        own: BesideRow {
            name: facts.area_name.clone(),
            role: BesideRole::Own,
            months: facts.months,
            count,
            people: Cell::Known(facts.residents),
            rate: own,
            said: BesideSaid::NotKnown,
        },
        others: facts.others.iter().map(beside).collect(),
    };
    let compared = body.others.iter().filter(|o| o.said.is_compared()).count();
    let decimals = decimals(&body);
    let headline = match (own.known(), compared) {
        (None, _) => msg!("comparators-headline-not-known", label = &facts.label),
        (Some(_), 0) => msg!("comparators-headline-none", label = &facts.label),
        (Some(own), n) => {
            let (rate, per) = (Arg::Number(own.value, decimals), Arg::Number(facts.per, 0));
            msg!("comparators-headline", label = &facts.label, rate = rate, per = per, areas = n)
        }
    };
    let subtitle = msg!(
        "comparators-subtitle",
        label = &facts.label,
        per = Arg::Number(facts.per, 0),
        people = &facts.people,
        area = &facts.area_name,
        period = facts.months
    );
    Telling { headline, subtitle, sentences: sentences(facts, &body, decimals), figures: vec![], body: Body::Beside(body) }
}

/// Small rates have two decimals.
fn decimals(body: &Beside) -> usize {
    if body.own.rate.known().is_some_and(|r| r.value < 10.0) { 2 } else { 1 }
}

fn sentences(facts: &Facts, body: &Beside, decimals: usize) -> Vec<Message> {
    let mut told = Vec::new();
    let names = |said: BesideSaid| -> Vec<&str> { body.others.iter().filter(|o| o.said == said).map(|o| o.name.as_str()).collect() };
    match body.own.rate.known() {
        Some(own) => told.push(msg!(
            "comparators-own",
            label = &facts.label,
            area = &facts.area_name,
            rate = Arg::Number(own.value, decimals),
            per = Arg::Number(facts.per, 0),
            people = &facts.people,
            interval = interval(&own, decimals)
        )),
        None => told.push(msg!("comparators-not-known", label = &facts.label, area = &facts.area_name)),
    }
    let kinds = [
        (BesideSaid::OwnHigher, "lower"),
        (BesideSaid::OwnLower, "higher"),
        (BesideSaid::NoClearDifference, "alike"),
        (BesideSaid::OtherMonths, "months"),
        (BesideSaid::OtherDefinition, "definition"),
        (BesideSaid::OtherPeople, "people"),
        (BesideSaid::Standardised, "standardised"),
        (BesideSaid::NotKnown, "not-known"),
    ];
    for (said, key) in kinds {
        let named = names(said);
        if !named.is_empty() {
            told.push(msg!("comparators-beside", said = Arg::Key(key), names = named));
        }
    }
    told.extend(facts.breaks.iter().cloned());
    told
}
