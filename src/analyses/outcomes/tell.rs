//! What became of reports, told from what the release leaves.

use super::cohorts::Cohort;
use super::kinds;
use super::stretches::{months_in, stretches, told};
use crate::analyses::draft::{Released, Telling};
use crate::model::{Arg, Body, Followed, Message, OutcomeClass, OutcomeCohort, OutcomeCohorts, OutcomePart, OutcomesOf};
use crate::msg;
use crate::stats::counts::proportion;
use crate::units::{AreaCode, Cell, Month, Period};

/// What everyone may know.
pub(super) struct Facts {
    pub area_name: String,
    pub label: String,
    pub unit: &'static str,
    pub follow_up: u16,
    pub dated: bool,
    pub restricted: bool,
    pub level: f64,
    pub classes: Vec<OutcomeClass>,
    pub cohorts: Vec<Cohort>,
    /// Rows of authorities behind those of the cohorts.
    pub authorities: Vec<(Option<AreaCode>, String)>,
    pub breaks: Vec<Month>,
    pub period: Period,
}

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let width = facts.classes.len();
    let cohort = |(row, c): (usize, &Cohort)| OutcomeCohort {
        months: c.months,
        followed: c.followed,
        added: c.added,
        counts: released.row(row)[..width].to_vec(),
        reports: released.at(row, width),
    };
    let cohorts: Vec<OutcomeCohort> = facts.cohorts.iter().enumerate().map(cohort).collect();
    let together = together(facts, &cohorts);
    let months = together.as_ref().map_or(facts.period, |t| t.months);
    let reported = told(&runs(&cohorts, |c| c.added)).unwrap_or(Arg::Period(facts.period));
    let authority = |(i, (code, label)): (usize, &(Option<AreaCode>, String))| {
        let cells = released.row(facts.cohorts.len() + i);
        of(facts, (*code, label.clone(), months), &cells[..width], cells[width])
    };
    let body = OutcomeCohorts {
        measure: facts.label.clone(),
        unit: facts.unit.into(),
        follow_up_months: facts.follow_up,
        dated: facts.dated,
        level: facts.level,
        classes: kinds(&facts.classes, facts.dated),
        authorities: facts.authorities.iter().enumerate().map(authority).collect(),
        cohorts,
        together,
        breaks: facts.breaks.clone(),
    };
    Telling {
        headline: headline(facts, &body),
        subtitle: subtitle(facts, reported),
        sentences: sentences(facts, &body),
        figures: vec![],
        body: Body::OutcomeCohorts(body),
    }
}

/// The cohorts that are added; a sum of which a part is withheld is withheld.
fn together(facts: &Facts, cohorts: &[OutcomeCohort]) -> Option<OutcomesOf> {
    let added: Vec<&OutcomeCohort> = cohorts.iter().filter(|c| c.added).collect();
    let months = Period::new(added.first()?.months.first, added.last()?.months.last)?;
    let sum = |k: usize| Cell::sum(&added.iter().map(|c| c.counts[k]).collect::<Vec<_>>());
    let counts: Vec<Cell<u64>> = (0..facts.classes.len()).map(sum).collect();
    let reports = Cell::sum(&added.iter().map(|c| c.reports).collect::<Vec<_>>());
    Some(of(facts, (None, facts.area_name.clone(), months), &counts, reports))
}

fn of(facts: &Facts, (code, label, months): (Option<AreaCode>, String, Period), counts: &[Cell<u64>], reports: Cell<u64>) -> OutcomesOf {
    let part = |count: &Cell<u64>| OutcomePart {
        count: *count,
        share: count.and_then(|n| reports.and_then(|all| Cell::applicable(proportion(n, all.max(n), facts.level)))),
    };
    OutcomesOf { code, label, months, reports, parts: counts.iter().map(part).collect() }
}

fn label(facts: &Facts) -> Message {
    Message::as_written(&facts.label)
}

fn charged(body: &OutcomeCohorts) -> Option<OutcomePart> {
    let k = body.place_of(OutcomeClass::Charged)?;
    body.together.as_ref()?.parts.get(k).copied()
}

/// Whether of each report of the added cohorts it is known what it came to.
fn all_known(body: &OutcomeCohorts, together: &OutcomesOf) -> bool {
    let none = |class: OutcomeClass| body.place_of(class).is_none_or(|k| together.parts.get(k).is_some_and(|p| p.count == Cell::Known(0)));
    none(OutcomeClass::NotMapped) && none(OutcomeClass::NotKnown)
}

/// Fewer reports than this have no share in a headline.
const FEWEST_FOR_A_SHARE: u64 = 10;

/// How many reports there are where none of them is known to have come to a charge, and of each is known what it came to.
fn nobody_charged(body: &OutcomeCohorts, together: &OutcomesOf) -> Option<u64> {
    let none = charged(body).is_none_or(|c| c.count == Cell::Known(0));
    together.reports.known().filter(|n| none && *n > 0 && all_known(body, together))
}

fn headline(facts: &Facts, body: &OutcomeCohorts) -> Message {
    let Some(together) = &body.together else {
        let any = |followed: Followed| body.cohorts.iter().any(|c| c.followed == followed);
        return match (any(Followed::Immature), any(Followed::AgeUnknown)) {
            (true, _) => msg!("outcomes-headline-early", label = label(facts)),
            (false, true) => msg!("outcomes-headline-age", label = label(facts)),
            (false, false) => msg!("outcomes-headline-not-known", label = label(facts)),
        };
    };
    let told = charged(body).and_then(|c| Some((c.count.known()?, together.reports.known()?, c.share.known()?)));
    match told.filter(|(n, ..)| *n > 0) {
        // Of a few reports a share is no news: they are told as they are.
        Some((n, all, _)) if all < FEWEST_FOR_A_SHARE => msg!("outcomes-headline-few", label = label(facts), count = n, reports = all),
        Some((.., share)) if facts.dated => {
            msg!("outcomes-headline", label = label(facts), share = Arg::share(share.value, 1), months = usize::from(facts.follow_up))
        }
        Some((.., share)) => msg!("outcomes-headline-so-far", label = label(facts), share = Arg::share(share.value, 1)),
        // No report came to a charge: only where of each is known what it came to.
        None if nobody_charged(body, together).is_some() => match facts.dated {
            true => msg!("outcomes-headline-none", label = label(facts), months = usize::from(facts.follow_up)),
            false => msg!("outcomes-headline-none-so-far", label = label(facts)),
        },
        None => msg!("outcomes-headline-not-known", label = label(facts)),
    }
}

fn subtitle(facts: &Facts, months: Arg) -> Message {
    let (unit, area) = (facts.unit, &facts.area_name);
    if facts.dated {
        let within = usize::from(facts.follow_up);
        return msg!("outcomes-subtitle", label = label(facts), unit = unit, area = area, period = months, months = within);
    }
    msg!("outcomes-subtitle-so-far", label = label(facts), unit = unit, area = area, period = months)
}

fn sentences(facts: &Facts, body: &OutcomeCohorts) -> Vec<Message> {
    let mut sentences = Vec::new();
    let within = usize::from(facts.follow_up);
    if let Some(together) = &body.together {
        let share = charged(body).and_then(|c| Some((c.count.known()?, c.share.known()?)));
        let reported = told(&runs(&body.cohorts, |c| c.added));
        let share = share.filter(|(n, _)| *n > 0 || nobody_charged(body, together).is_none());
        if let (Some((n, share)), Some(all), Some(period)) = (share, together.reports.known(), reported) {
            let [value, lower, upper] = [share.value, share.lower, share.upper].map(|x| Arg::share(x, 1));
            let unit = facts.unit;
            sentences.push(match facts.dated {
                true => msg!(
                    "outcomes-charged",
                    reports = all,
                    unit = unit,
                    period = period,
                    count = n,
                    share = value,
                    lower = lower,
                    upper = upper,
                    months = within
                ),
                false => msg!(
                    "outcomes-charged-so-far",
                    reports = all,
                    unit = unit,
                    period = period,
                    count = n,
                    share = value,
                    lower = lower,
                    upper = upper
                ),
            });
        }
        sentences.extend(none_charged(facts, body, together));
        let ending = |(kind, part): (&crate::model::OutcomeKind, &OutcomePart)| {
            let share = part.share.known().filter(|_| kind.class != OutcomeClass::Charged && part.count != Cell::Known(0))?;
            let class = kind.label.message().cloned()?;
            Some(msg!("outcomes-ending", class = class, share = Arg::share(share.value, 0)))
        };
        let others: Vec<Message> = body.classes.iter().zip(&together.parts).filter_map(ending).collect();
        sentences.extend((!others.is_empty()).then(|| msg!("outcomes-others", endings = others)));
        let withheld = together.parts.iter().filter(|p| p.count == Cell::Withheld).count();
        sentences.extend((withheld > 0).then(|| msg!("outcomes-withheld", classes = withheld)));
    }
    sentences.extend(young(facts, body));
    let of = |followed: Followed| runs(&body.cohorts, |c| c.followed == followed);
    let unknown = of(Followed::AgeUnknown);
    sentences.extend(told(&unknown).map(|months| msg!("outcomes-age-unknown", period = months)));
    let missing = of(Followed::Missing);
    sentences.extend(told(&missing).map(|months| msg!("outcomes-missing", count = months_in(&missing), period = months)));
    if let (Some(together), false) = (&body.together, facts.breaks.is_empty()) {
        sentences.extend(beside_breaks(facts, together));
    }
    sentences
}

/// Of how many reports none led to a charge, and how many of a hundred may all the same.
fn none_charged(facts: &Facts, body: &OutcomeCohorts, together: &OutcomesOf) -> Option<Message> {
    let all = nobody_charged(body, together)?;
    let upper = Arg::share(proportion(0, all, facts.level)?.upper, 1);
    let (unit, period) = (facts.unit, told(&runs(&body.cohorts, |c| c.added))?);
    Some(match facts.dated {
        true => {
            msg!("outcomes-none-charged", reports = all, unit = unit, period = period, months = usize::from(facts.follow_up), upper = upper)
        }
        false => msg!("outcomes-none-charged-so-far", reports = all, unit = unit, period = period, upper = upper),
    })
}

/// Months of cohorts that are so, in runs.
fn runs(cohorts: &[OutcomeCohort], are: impl Fn(&OutcomeCohort) -> bool) -> Vec<Period> {
    stretches(cohorts.iter().filter(|c| are(c)).map(|c| c.months))
}

fn young(facts: &Facts, body: &OutcomeCohorts) -> Option<Message> {
    let period = told(&runs(&body.cohorts, |c| c.followed == Followed::Immature))?;
    let within = usize::from(facts.follow_up);
    Some(match facts.restricted {
        true => msg!("outcomes-young-restricted", period = period, months = within),
        false => msg!("outcomes-young", period = period, months = within),
    })
}

/// On which side of the latest break the cohorts that are added stand.
fn beside_breaks(facts: &Facts, together: &OutcomesOf) -> Option<Message> {
    let last = *facts.breaks.iter().max()?;
    Some(match together.months.first >= last {
        true => msg!("outcomes-since-break", month = last),
        false => msg!("outcomes-before-break", month = last),
    })
}
