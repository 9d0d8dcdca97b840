//! Monthly series.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::SeriesBreak;
use crate::model::shape::*;
use crate::units::{Cell, Estimate, Month, Period};

/// A monthly series with process limits.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Series {
    /// What is counted.
    pub measure: Text,
    /// `incidents`, `reports`.
    pub unit: String,
    /// One for each month.
    pub points: Vec<SeriesPoint>,
    /// Breaks: limits and sums start anew at each.
    pub breaks: Vec<SeriesBreak>,
    /// The one model that speaks of change; none where months are too few, or withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<SeriesModel>,
}

impl Series {
    /// Positions at which a stretch begins: 0 and each break.
    pub fn starts(&self) -> Vec<usize> {
        let first = |p: &usize| *p == 0 || self.breaks.iter().any(|b| b.first_month == self.points[*p].month);
        (0..self.points.len()).filter(first).collect()
    }

    /// The counts that limits and the model may use: those of stretches without a withheld month. What is left of others is the higher months.
    pub fn usable(&self) -> Vec<Option<u64>> {
        let (starts, mut counts) = (self.starts(), vec![None; self.points.len()]);
        for (k, start) in starts.iter().enumerate() {
            let end = starts.get(k + 1).copied().unwrap_or(self.points.len());
            let stretch = &self.points[*start..end];
            if stretch.iter().all(|p| p.count != Cell::Withheld) {
                counts[*start..end].iter_mut().zip(stretch).for_each(|(n, p)| *n = p.count.known());
            }
        }
        counts
    }
}

/// What the latest stretch does, by one model of counts: season, days in the month, a shape, and months that go with the one before.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SeriesModel {
    /// The method, in a line.
    pub method: Text,
    /// The shape.
    pub shape: SeriesShape,
    /// First month that it is about: the first, or the first after the last break.
    pub from: Month,
    /// Known months since then.
    pub months: u64,
    /// Known months that lend their season.
    pub all_months: u64,
    /// Month from which it differs, the likeliest.
    pub onset: Option<Month>,
    /// First and last month from which it may differ.
    pub onset_range: Option<[Month; 2]>,
    /// Change a year in per cent, of a line.
    pub yearly_percent: Option<Estimate>,
    /// Change a month in per cent, of a line, or of a bend before its onset.
    pub monthly_percent: Option<Estimate>,
    /// Change a month in per cent since the onset of a bend.
    pub monthly_percent_since: Option<Estimate>,
    /// Change of level in per cent at the onset of a step.
    pub step_percent: Option<Estimate>,
    /// Mean month before the onset, or of the whole stretch.
    pub mean_month: f64,
    /// Mean month since the onset.
    pub mean_month_since: Option<f64>,
    /// Variance over mean.
    pub dispersion: f64,
    /// How far a month goes with the one before.
    pub rho: f64,
    /// A flat series is told another shape at this rate or less.
    pub false_alarms: f64,
    /// Chance that a flat series shows a shape as clear as the clearest found here, at most; by simulation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p: Option<f64>,
    /// Known months from the onset on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months_since_onset: Option<u64>,
    /// The time of year, where it is clear.
    pub season: Option<SeasonOfYear>,
    /// The next months were things to go on so; empty where a change is too young to be carried on.
    pub forecast: Vec<ForecastMonth>,
}

/// A year, in months: a line is told by what it makes of one.
const YEAR: f64 = 12.0;

impl SeriesModel {
    /// How many times the level before the level now is.
    fn ratio(&self) -> f64 {
        let of = |percent: Option<Estimate>| percent.map_or(1.0, |e| 1.0 + e.value / 100.0);
        match self.shape {
            SeriesShape::Flat => 1.0,
            SeriesShape::Line => of(self.yearly_percent),
            SeriesShape::Bend => {
                let since = |e: Estimate| (1.0 + e.value / 100.0).powf(YEAR.min(self.months_since_onset.unwrap_or(0) as f64));
                self.monthly_percent_since.map_or(1.0, since)
            }
            SeriesShape::Step | SeriesShape::LineWithStep => of(self.step_percent),
        }
    }
}

/// A shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesShape {
    /// No clear change.
    Flat,
    /// The same change every month.
    Line,
    /// One change a month until the onset, another since.
    Bend,
    /// Another level since the onset.
    Step,
    /// A line, and another level since the onset.
    LineWithStep,
}

/// The time of year.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SeasonOfYear {
    /// Highest month of the year, 1 to 12.
    pub highest: u32,
    /// Lowest month of the year, 1 to 12.
    pub lowest: u32,
    /// The highest over the mean, in per cent.
    pub above_mean_percent: f64,
    /// Chance of a wave as strong where there is none.
    pub p: f64,
}

/// A month to come.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ForecastMonth {
    /// The month.
    pub month: Month,
    /// What it would bring.
    pub count: Estimate,
}

/// One month.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SeriesPoint {
    /// The month.
    pub month: Month,
    /// Events.
    pub count: Cell<u64>,
    /// Events of this month and the eleven before; not applicable where a break or the start lies between.
    pub rolling_12: Cell<u64>,
    /// Mean of the stretch, where it has limits; times what shape and clear season make of the month.
    pub mean: Option<f64>,
    /// Lower process limit, not below 0.
    pub lower: Option<f64>,
    /// Upper process limit.
    pub upper: Option<f64>,
    /// The strongest rule that the point breaks.
    pub rule: Option<LimitRule>,
    /// +1 high or rising, −1 low or falling, 0 without a rule.
    pub direction: i8,
}

impl SeriesPoint {
    /// What the month signals, in words; empty where it signals nothing.
    pub fn signal(&self) -> String {
        let direction = if self.direction > 0 { "high" } else { "low" };
        match self.rule {
            None => String::new(),
            Some(LimitRule::BeyondLimits) => format!("outside the usual range, {direction}"),
            Some(LimitRule::SevenRisingOrFalling) => format!("seven or more {}", if self.direction > 0 { "rising" } else { "falling" }),
            Some(LimitRule::TwoOfThreeNearLimit) => format!("two of three near the limit, {direction}"),
            Some(LimitRule::SevenOnOneSide) => format!("seven or more on one side, {direction}"),
        }
    }
}

/// The four rules of Making Data Count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LimitRule {
    /// Outside the process limits.
    BeyondLimits,
    /// Seven or more points rising, or falling, throughout.
    SevenRisingOrFalling,
    /// Two of three points near one limit.
    TwoOfThreeNearLimit,
    /// Seven or more in a row on one side of the mean.
    SevenOnOneSide,
}

impl Shape for Series {
    has_no! { sums_of_people by_area sheet }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        std::iter::once(&mut self.measure).chain(self.model.as_mut().map(|m| &mut m.method)).collect()
    }

    fn counts(&self) -> Counts {
        Counts::alike(self.points.iter().flat_map(|p| [p.count, p.rolling_12]))
    }

    fn shown(&self, counting: &Counting) -> Result<Shown, Unclear> {
        let mut shown = Shown::default();
        for p in &self.points {
            shown.push(At::Anywhere, Period { first: p.month, last: p.month }, counting.at(0, 1)?, p.count);
        }
        for (i, p) in self.points.iter().enumerate().filter(|(_, p)| p.rolling_12 != Cell::NotApplicable) {
            let first = p.month.plus(-11);
            let year = shown.push(At::Anywhere, Period { first, last: p.month }, counting.at(0, 1)?, p.rolling_12);
            // Points that leave months out, or stand in another order, are no sum.
            let begins = i.checked_sub(11).ok_or(Unclear)?;
            if !self.points[begins..=i].iter().zip(0..).all(|(p, m)| p.month == first.plus(m)) {
                return Err(Unclear);
            }
            shown.sums.push((begins..=i).chain([year]).collect());
        }
        Ok(shown)
    }

    fn no_counts(&self) -> NoCounts {
        // The level and its limits, and percentages, expected months and dates of the model.
        NoCounts::numbers(self.points.iter().flat_map(|p| [p.mean, p.lower, p.upper]).flatten()).and_part(&self.model)
    }

    fn claims(&self) -> Vec<Claim<'_>> {
        vec![Claim::Series(self)]
    }

    fn table(&self) -> TableView {
        let limit = |x: Option<f64>| x.map_or(NOT_APPLICABLE, |x| Value::Number(x, 1));
        Columns::default()
            .column("month", "Month", |p: &SeriesPoint| text(&p.month.to_string()))
            .column("count", "Count", |p| count(p.count))
            .column("twelve_months_to_date", "Twelve months to date", |p| count(p.rolling_12))
            .column("mean", "Mean", move |p| limit(p.mean))
            .column("lower_limit", "Lower limit", move |p| limit(p.lower))
            .column("upper_limit", "Upper limit", move |p| limit(p.upper))
            .column("signal", "Signal", |p| Value::Text(p.signal()))
            .of(&self.points)
    }

    fn described(&self) -> Described {
        Described::new(self.measure.to_string(), self.unit.clone())
    }

    fn concludes(&self) -> bool {
        self.model.is_some() || self.points.iter().any(|p| p.mean.is_some() || p.rule.is_some() || p.rolling_12.known().is_some())
    }

    fn compared(&self) -> Compared<'_> {
        Compared::Series(self)
    }

    fn stands_out(&self) -> Vec<StandsOut> {
        // A series without a model tests nothing; a flat one is a test that found nothing.
        let tested = |m: &SeriesModel| Says::Tested { effect: apart(m.ratio()), test: Test::P(m.p.unwrap_or(1.0)) };
        self.model.iter().map(|m| StandsOut { kind: Kind::Change, says: tested(m) }).collect()
    }
}
