//! Rows of figures from the register of gaps: capacity against standards, and whom each kind of service takes.

use super::bullets::Bullet;
use super::eligibility::{Eligibility, Takes};
use crate::model::{Body, Findings, GapRegister, TakesGroup, Verdict};
use crate::units::{Cell, capital, decimal};

/// The register of a pack.
pub(in crate::outputs) fn register(findings: &Findings) -> Option<&GapRegister> {
    findings.findings.iter().find_map(|f| if let Body::Gaps(b) = &f.body { Some(b) } else { None })
}

/// What there is beside what a standard asks for, gaps first.
pub(in crate::outputs) fn bullets_of(register: &GapRegister) -> Vec<Bullet> {
    let row = |g: &crate::model::Gap| {
        let c = g.capacity.as_ref()?;
        let number = |x: f64| decimal(x, usize::from(x < 10.0 && x.fract().abs() > 1e-9));
        let status = match (c.there, g.verdict) {
            (Cell::Known(n), Verdict::Gap) => format!("{} {} short of the {}", number(c.asked - n), c.unit, g.standard.status),
            (Cell::Known(_), _) => format!("at or above the {}", g.standard.status),
            (Cell::Withheld, _) => "withheld".into(),
            _ => "we do not know".into(),
        };
        Some(Bullet {
            label: g.subject.to_string(),
            value: c.there,
            standard: Cell::Known(c.asked),
            unit: c.unit.clone(),
            status,
            gap: g.verdict == Verdict::Gap,
        })
    };
    register.rows.iter().filter_map(row).collect()
}

/// Groups, and whom each kind of service takes of them.
pub(in crate::outputs) fn eligibility_of(register: &GapRegister) -> (Vec<String>, Vec<Eligibility>) {
    let groups: Vec<String> = register.offers.first().map_or(vec![], |o| o.groups.iter().map(|g| capital(&g.0)).collect());
    let of = |t: TakesGroup| match t {
        TakesGroup::Yes => Takes::Yes,
        TakesGroup::OnConditions => Takes::OnConditions,
        TakesGroup::Gap => Takes::Gap,
        TakesGroup::No => Takes::No,
        TakesGroup::NotKnown => Takes::NotKnown,
    };
    let rows = register.offers.iter().map(|o| Eligibility { kind: o.kind.clone(), takes: o.groups.iter().map(|g| of(g.1)).collect() });
    (groups, rows.collect())
}
