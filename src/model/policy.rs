use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::tiers::{Tier, rules};
use crate::units::Rule;

/// `[release]`: whom the pack is for, and how numbers from restricted sources are released. Open sources are released as published.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ReleaseSettings {
    /// Whom the pack is for: `public`, `partnership` or `restricted`. The tier stands in every file name and on every page.
    pub tier: Tier,
    /// The rule for small counts, by name: `fewer-than-5`, `1-to-7-rounded-to-5` or `fewer-than-10`. That of the tier without it.
    pub rule: Option<String>,
    /// Counts from 1 up to this are withheld, where the plan departs from the rule.
    pub withhold_up_to: Option<u64>,
    /// Other counts are rounded to the nearest multiple of this, half up, where the plan departs from the rule; 1 leaves them.
    pub round_to: Option<u64>,
}

/// How a pack was released.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", try_from = "PolicySettings")]
pub struct ReleasePolicy {
    /// Whom the pack is for.
    pub tier: Tier,
    /// Counts from 1 up to this are withheld.
    pub withhold_up_to: u64,
    /// Other counts are rounded to the nearest multiple of this, half up; 1 leaves them.
    pub round_to: u64,
}

/// Either the settings of a plan or a policy that was written out: every written policy is a valid setting.
#[derive(Deserialize, JsonSchema)]
#[serde(transparent)]
struct PolicySettings(ReleaseSettings);

/// No rule of the field withholds or rounds by more.
const LARGEST: u64 = 1000;

impl TryFrom<PolicySettings> for ReleasePolicy {
    type Error = String;

    fn try_from(PolicySettings(settings): PolicySettings) -> Result<Self, String> {
        let tier = settings.tier.row();
        let name = settings.rule.as_ref().unwrap_or(&tier.rule);
        let all = rules();
        let Some(rule) = all.iter().find(|r| r.name == *name) else {
            let known = all.iter().map(|r| format!("`{}`", r.name)).collect::<Vec<_>>().join(", ");
            return Err(format!("there is no rule `{name}`; there are {known}"));
        };
        let withhold_up_to = settings.withhold_up_to.unwrap_or(rule.withhold_up_to);
        if withhold_up_to < tier.least_withheld {
            return Err(format!(
                "the tier `{}` withholds counts of 1 to {} at least, and not to {withhold_up_to}",
                settings.tier.word(),
                tier.least_withheld
            ));
        }
        let round_to = settings.round_to.unwrap_or(rule.round_to).max(1);
        if withhold_up_to.max(round_to) > LARGEST {
            return Err(format!("counts are withheld up to {LARGEST} at most, and rounded to no more than {LARGEST}"));
        }
        Ok(Self { tier: settings.tier, withhold_up_to, round_to })
    }
}

impl Default for ReleasePolicy {
    /// The public tier with its own rule.
    fn default() -> Self {
        PolicySettings(ReleaseSettings::default()).try_into().unwrap_or(Self { tier: Tier::Public, withhold_up_to: 9, round_to: 5 })
    }
}

impl ReleasePolicy {
    /// The rule for small counts.
    pub fn rule(&self) -> Rule {
        Rule { withhold_up_to: self.withhold_up_to, round_to: self.round_to.max(1) }
    }

    /// The rule for tables of which nobody knows how their counts are parts of others: rounded so coarsely, and withheld so far, that whatever is left of another
    /// count is as wide open as what is withheld.
    ///
    /// ```
    /// use gapmap::model::{ReleasePolicy, Tier};
    /// let policy = ReleasePolicy { tier: Tier::Public, withhold_up_to: 7, round_to: 5 };
    /// assert_eq!((policy.coarse_rule().withhold_up_to, policy.coarse_rule().round_to), (14, 10));
    /// ```
    pub fn coarse_rule(&self) -> Rule {
        self.rule().coarse().wide_open(self.rule().width())
    }

    /// The rule of a finding whose counts are rounded to a multiple of this.
    pub fn rule_rounding_to(&self, round_to: u64) -> Rule {
        let coarse = self.coarse_rule();
        if round_to == coarse.round_to && round_to != self.round_to { coarse } else { self.rule() }
    }

    /// The policy in a sentence.
    pub fn sentence(&self) -> String {
        self.sentence_by(self.rule())
    }

    /// The same of a table that goes by another rule: one that is rounded more coarsely, and shows no count that would stand for too few.
    pub fn sentence_by(&self, rule: Rule) -> String {
        let mut rounding = String::new();
        if rule.round_to > 1 {
            rounding = format!(", and other counts of these sources are rounded to the nearest {}", rule.round_to);
        }
        if rule.withhold_up_to > self.withhold_up_to {
            rounding += &format!(" and shown from {} on", rule.withhold_up_to + 1);
        }
        format!(
            "Counts of 1 to {} from restricted sources are withheld, with as many others as are needed so that they cannot be worked out from totals, from other tables or from earlier releases, a zero among them where nothing else would do{rounding}. Rates, shares and sentences are computed from the released counts.",
            self.withhold_up_to
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_nobody_has_are_refused_wherever_they_are_read() {
        let read = |up_to: u64, to: u64| {
            let text = format!(r#"{{"tier": "public", "withhold-up-to": {up_to}, "round-to": {to}}}"#);
            serde_json::from_str::<ReleasePolicy>(&text).map(|p| p.coarse_rule())
        };
        assert!(read(7, 5).is_ok() && read(1000, 1).is_ok());
        for (up_to, to) in [(u64::MAX, 5), (u64::MAX - 1, 5), (7, u64::MAX), (1001, 5)] {
            assert!(read(up_to, to).is_err(), "{up_to} {to}");
        }
    }
}
