//! Known breaks in recording: no change is printed across one.

use super::settings::StudySettings;
use crate::model::SeriesBreak;
use crate::units::{AreaCode, Month, Period};

/// Breaks of the register that touch the study's authorities, and those of its own plan, that fall inside the period.
pub(super) fn of(settings: &StudySettings, period: Period) -> Vec<SeriesBreak> {
    let registered = registered(&settings.authorities);
    let mut breaks: Vec<SeriesBreak> = registered.chain(settings.breaks.iter().cloned()).collect();
    breaks.retain(|b| b.first_month > period.first && b.first_month <= period.last);
    breaks.sort_by_key(|b| b.first_month);
    breaks
}

/// Breaks of the register that touch one of these authorities.
pub(super) fn registered(authorities: &[AreaCode]) -> impl Iterator<Item = SeriesBreak> {
    let rows = crate::units::rows(include_str!("../../data/breaks/breaks.csv"));
    rows.into_iter().filter(|row| authorities.iter().any(|a| touches(&row[1], *a))).map(|row| SeriesBreak {
        first_month: Month::parse(&row[2]).expect("registered months parse"),
        title: row[3].into(),
        detail: row[4].into(),
        source: format!("{}, {}", &row[5], &row[6]),
        sources: vec![],
        categories: vec![],
    })
}

/// Whether a pattern such as `E09*|!E09000001` takes in an authority; an exclusion outweighs.
fn touches(pattern: &str, authority: AreaCode) -> bool {
    let matches = |p: &str| match p.strip_suffix('*') {
        Some(start) => authority.as_str().starts_with(start),
        None => authority.as_str() == p,
    };
    let parts = || pattern.split('|').map(str::trim);
    !parts().filter_map(|p| p.strip_prefix('!')).any(matches) && parts().filter(|p| !p.starts_with('!')).any(matches)
}

#[cfg(test)]
mod tests {
    use super::touches;
    use crate::units::{AreaCode, Month};

    #[test]
    fn every_break_of_the_register_has_its_month() {
        let rows = crate::units::rows(include_str!("../../data/breaks/breaks.csv"));
        assert!(!rows.is_empty() && rows.iter().all(|row| Month::parse(&row[2]).is_some()));
    }

    #[test]
    fn the_met_break_touches_bexley_and_not_the_city_or_bedford() {
        let touched = |code| touches("E09*|!E09000001", AreaCode::parse(code).unwrap());
        assert!(touched("E09000004"));
        assert!(!touched("E09000001"));
        assert!(!touched("E06000055"));
    }
}
