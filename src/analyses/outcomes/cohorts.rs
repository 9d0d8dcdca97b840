//! Counts by cohort of report and class of outcome, and which cohorts may be added.

use super::Asked;
use super::tell::{Facts, tell};
use crate::analyses::draft::{CountTable, Draft};
use crate::model::Followed;
use crate::study::{Select, Slice};
use crate::units::{AreaCode, Month, Period};

/// A cohort before its counts are released.
#[derive(Clone)]
pub(super) struct Cohort {
    pub months: Period,
    pub followed: Followed,
    /// Whether it is among those that are added together.
    pub added: bool,
}

/// Whole windows of so many months, counted from January, as far as the period holds their beginning; the last may be cut short.
fn windows(period: Period, months: u16) -> Vec<Period> {
    let size = i32::from(months.max(1));
    let from = |i: i32| Month::from_index(i * size);
    let first = period.first.index().div_euclid(size) + i32::from(period.first.index().rem_euclid(size) > 0);
    let window = |i: i32| {
        let (a, z) = (from(i)?, from(i + 1)?.plus(-1));
        Period::new(a, z.min(period.last))
    };
    (first..).map_while(|i| from(i).filter(|a| *a <= period.last).and_then(|_| window(i))).collect()
}

impl Asked<'_> {
    /// The cohorts, those marked that are added together: the mature ones of the latest stretch between breaks that has any.
    pub(super) fn windows(&self) -> Vec<Cohort> {
        let breaks = self.breaks();
        let stretch = |p: &Period| {
            let of = |m: Month| breaks.iter().filter(|b| **b <= m).count();
            (of(p.first) == of(p.last)).then(|| of(p.first))
        };
        let mut cohorts: Vec<Cohort> = windows(self.dataset.period, self.cohort_months)
            .into_iter()
            .map(|months| Cohort { months, followed: self.followed(&months), added: false })
            .collect();
        let mature = |c: &Cohort| c.followed == Followed::Mature;
        if let Some(latest) = cohorts.iter().rev().filter(|c| mature(c)).find_map(|c| stretch(&c.months)) {
            for c in cohorts.iter_mut().filter(|c| mature(c)) {
                c.added = stretch(&c.months) == Some(latest);
            }
        }
        cohorts
    }

    /// Whether the reports of some months have had their time, month by month.
    fn followed(&self, months: &Period) -> Followed {
        let ages: Option<Vec<u16>> = months
            .months()
            .map(|m| {
                let at = self.dataset.period.position(m).filter(|i| self.dataset.present[*i])?;
                // A month that is there and has no report waits for no outcome of it: it is as old as the files say.
                let quiet = || u16::try_from(self.dataset.period.last.index() - m.index()).ok();
                if self.dated { self.outcomes.followed[at] } else { self.outcomes.seen_after[at].or_else(quiet) }
            })
            .collect();
        let whole = months.len() == usize::from(self.cohort_months);
        // A month without reports is as old as the files, and where nobody says how old those of other months are, nobody says it of this one.
        let (unknown, seen) = (&self.outcomes.age_unknown, &self.outcomes.seen_after);
        let of = |i: usize| unknown[i] || seen[i].is_none() && unknown.contains(&true);
        let nobody_says = |m: Month| self.dataset.period.position(m).is_some_and(of);
        match ages {
            None => Followed::Missing,
            Some(_) if !self.dated && months.months().any(nobody_says) => Followed::AgeUnknown,
            Some(ages) if whole && ages.iter().all(|a| *a >= self.follow_up) => Followed::Mature,
            Some(_) => Followed::Immature,
        }
    }

    /// Counts by class, and last all of them, of reports that pass.
    fn row(&self, mature: bool, of: impl Fn(Month, Option<usize>) -> bool) -> Vec<Option<u64>> {
        let mut counts = vec![0_u64; self.classes.len() + 1];
        for e in self.ended().filter(|e| of(self.dataset.period.first.plus(e.month as i32), e.authority)) {
            if let Some(k) = self.classes.iter().position(|c| *c == self.class(&e.fate, mature)) {
                counts[k] += e.n;
            }
        }
        counts[self.classes.len()] = counts.iter().sum();
        counts.into_iter().map(Some).collect()
    }

    /// What became of the reports of each cohort, and of those that may be added together.
    pub(super) fn cohorts(&self) -> Draft {
        let cohorts = self.windows();
        let width = self.classes.len() + 1;
        let within = |p: &Period| {
            let p = *p;
            move |m: Month, _: Option<usize>| (p.first..=p.last).contains(&m)
        };
        // Of a restricted source only what will stay as it is: counts of a young cohort would be told again, a few higher, in the next pack.
        let told = |c: &Cohort| match c.followed {
            Followed::Missing => false,
            Followed::Immature | Followed::AgeUnknown => !self.restricted,
            Followed::Mature => true,
        };
        let mut rows: Vec<Vec<Option<u64>>> = cohorts
            .iter()
            .map(|c| if told(c) { self.row(c.followed == Followed::Mature, within(&c.months)) } else { vec![None; width] })
            .collect();
        let added = |m: Month| cohorts.iter().any(|c| c.added && (c.months.first..=c.months.last).contains(&m));
        let authorities: Vec<Option<usize>> = match self.outcomes.authorities.len() {
            n if n > 1 && !self.restricted && cohorts.iter().any(|c| c.added) => (0..n).map(Some).chain([None]).collect(),
            _ => vec![],
        };
        rows.extend(authorities.iter().map(|a| self.row(true, |m, of| of == *a && added(m))));
        let mut table = CountTable::new(rows);
        for row in 0..cohorts.len() {
            table = table.with_sum((0..width).map(|column| (row, column)));
        }
        if self.restricted {
            table = self.apart(table, &cohorts);
        }
        let name = |a: &Option<usize>| -> (Option<AreaCode>, String) {
            let code = a.and_then(|a| self.outcomes.authorities.get(a).copied());
            (code, code.map_or("Authority not known".to_owned(), |c| self.study.authority_name(c)))
        };
        let facts = Facts {
            area_name: self.study.about.area_name.clone(),
            label: self.indicator.label.clone(),
            unit: self.dataset.topic.unit(),
            follow_up: self.follow_up,
            dated: self.dated,
            restricted: self.restricted,
            level: self.level,
            classes: self.classes.clone(),
            authorities: authorities.iter().map(name).collect(),
            breaks: self.breaks(),
            period: self.dataset.period,
            cohorts,
        };
        Draft::new(self.head("cohorts", self.dataset.period), table, facts, tell)
    }

    /// A table of restricted reports: which of them ended alike no other table tells, so it is rounded so coarsely that no difference to another gives a
    /// withheld count away; each cohort is told where the tier lets its reports be told a further way apart; the ledger of releases holds it by name.
    fn apart(&self, table: CountTable, cohorts: &[Cohort]) -> CountTable {
        let class = |k: usize| self.classes.get(k).map_or("all reports", |c| c.id());
        let cells = || cohorts.iter().flat_map(|c| (0..=self.classes.len()).map(move |k| (c.months, k)));
        let slice = |c: &Cohort| -> Option<Slice> {
            let select = Select { categories: self.indicator.categories.clone(), period: Some(c.months), ..Select::default() };
            Some(self.dataset.slice(&select))
        };
        table
            .named(cells().map(|(months, k)| format!("{}, within {} months: {}", months.label(), self.follow_up, class(k))))
            .spanning(cells().map(|(months, _)| months))
            .parts_of(cohorts.iter().map(slice))
            .alone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cohorts_begin_in_january_and_only_the_last_is_cut_short() {
        let month = |text: &str| Month::parse(text).unwrap();
        let period = Period::new(month("2023-02"), month("2025-05")).unwrap();
        let told = |months: u16| windows(period, months).iter().map(|p| format!("{}/{}", p.first, p.last)).collect::<Vec<_>>();
        assert_eq!(told(12), ["2024-01/2024-12", "2025-01/2025-05"]);
        assert_eq!(told(3)[0], "2023-04/2023-06");
        assert_eq!(told(3).last().unwrap(), "2025-04/2025-05");
        assert_eq!(told(1).len(), 28);
    }
}
