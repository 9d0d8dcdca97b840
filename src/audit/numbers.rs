//! Numbers of restricted findings: every count obeys the policy, and every other number comes from such counts.

use super::claims::holds;
use super::pack::Pack;
use crate::diagnostics::{Code, Place, Problems};
use crate::model::Door;
use crate::units::Cell;

pub(super) fn check(pack: &Pack, problems: &mut Problems) {
    let Some(findings) = &pack.findings else { return };
    let (limit, base) = (findings.policy.withhold_up_to, findings.policy.round_to.max(1));
    let restricted = |name: &String| {
        let open = findings.sources.iter().any(|s| s.name == *name && s.sensitivity == crate::units::Sensitivity::Open);
        !open
    };
    for source in findings.sources.iter().filter(|s| s.sensitivity == crate::units::Sensitivity::Restricted) {
        let place = || Place::file(pack.findings_path.clone()).at(format!("source {}", source.name));
        let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
        let obeys = |n: &Cell<u64>| n.known().is_none_or(|n| n == 0 || (n > limit && n % base == 0));
        let lines = findings.ledger.iter().filter(|l| l.source == source.name);
        let told =
            lines.clone().any(|l| l.read.known().is_some() || !l.noted.is_empty() || !obeys(&l.kept) || !l.set_aside.values().all(obeys));
        if told {
            problems.error(Code::S321, place(), "the ledger tells rows of a restricted source that the policy does not allow", next);
        }
        if source.files.iter().any(|f| f.sha256.is_some() || f.bytes.is_some()) {
            problems.error(Code::S321, place(), "a file of a restricted source is told by its size or fingerprint", next);
        }
    }
    for finding in &findings.findings {
        let place = || Place::file(pack.findings_path.clone()).at(finding.id.clone());
        if finding.release.door == Door::Open {
            if finding.sources.iter().any(restricted) {
                problems.error(
                    Code::S321,
                    place(),
                    "a finding from a restricted source is released as if it were open",
                    "Make the pack again with `gapmap run`.",
                );
            }
            continue;
        }
        let next = "Do not publish. Make the pack again with `gapmap run`; if it comes back, please report it.";
        let rule = findings.policy.rule_rounding_to(finding.release.rounded_to);
        let (limit, base) = (rule.withhold_up_to, rule.round_to.max(1));
        if finding.body.shape().counts().all().filter_map(Cell::known).any(|n| n != 0 && (n <= limit || n % base != 0)) {
            problems.error(Code::S321, place(), "a count is smaller than the policy allows, or not rounded", next);
        }
        if !finding.body.shape().claims().iter().all(holds) {
            problems.error(
                Code::S321,
                place(),
                "a rate, share, mean or limit does not come from the released counts: it would give the real ones away",
                next,
            );
        }
    }
}
