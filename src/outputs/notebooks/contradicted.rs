//! A gap that the records tell and the same pack speaks against: a group that every record leaves out, and users who are of it.

use crate::model::{Body, Findings, Gap};
use crate::units::{AgeBand, Cell};

/// Users of the group that a gap of eligibility says is left out, as far as they are released: `35 of 600 users were aged 16 to 24`.
pub(super) fn users_of(findings: &Findings, gap: &Gap) -> Option<String> {
    let (kind, ages) = gap.id.strip_prefix("eligibility/")?.split_once("-aged-")?;
    let ages = AgeBand::parse(&ages.replace('-', " "))?;
    let of_kind = |id: &str| id.starts_with("parity/") && id.rsplit('/').next() == Some(kind);
    let told = findings.findings.iter().filter(|f| of_kind(&f.id)).filter_map(|f| match &f.body {
        Body::Parity(body) => body.dimensions.iter().find_map(|d| {
            let within = |name: &str| AgeBand::parse(name).is_some_and(|band| ages.holds(band));
            let known: Vec<u64> = d.groups.iter().filter(|g| within(&g.name)).filter_map(|g| g.users.known()).collect();
            let (Cell::Known(all), some @ 1..) = (d.total, known.iter().sum::<u64>()) else { return None };
            Some(format!("{} of {} users were {}", crate::units::thousands(some), crate::units::thousands(all), ages.of_people()))
        }),
        _ => None,
    });
    told.into_iter().next()
}
