//! For whom a service is: from fields where there are any, else from the words of the record.

use crate::units::Sex;

/// For whom. What the record does not say is `None`, never *everyone*.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Eligibility {
    /// Youngest age taken.
    pub age_from: Option<u32>,
    /// Oldest age taken.
    pub age_to: Option<u32>,
    /// The sex it is for, where it is for one only; `Some(Sex::Any)` where it says that it is for everybody.
    pub sex: Option<Sex>,
    /// Whether it takes people without recourse to public funds.
    pub no_recourse: Option<bool>,
    /// Whether it takes people who use drugs or alcohol.
    pub substance_use: Option<bool>,
    /// Whether it takes people with mental health needs.
    pub mental_health: Option<bool>,
    /// Whether it takes trans people of the sex that it is for.
    pub trans: Option<bool>,
    /// Risk tiers that it takes; empty where the record does not say.
    pub risk: Vec<String>,
    /// A condition beyond age and sex, in words: `tenants`, `people with a case at court`.
    pub condition: Option<String>,
    /// Whether all this was read from words, and not from fields.
    pub from_words: bool,
}

/// Words after which nothing more is asked.
const EVERYBODY: [&str; 5] = ["anyone", "anybody", "everyone", "everybody", "all"];

impl Eligibility {
    /// Reads sentences such as `women aged 25 and over with recourse to public funds`, `anyone aged 16 or over`, `aged 8 to 18`. What is left over is the condition.
    pub(super) fn of_words(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::default();
        }
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
        let has = |w: &str| words.contains(&w);
        let (age_from, age_to) = ages(&words);
        let women = has("women") || has("women's") || has("girls") || has("female") || has("mothers");
        let men = has("men") || has("men's") || has("boys") || has("male");
        let sex = match (women, men, EVERYBODY.iter().any(|w| has(w))) {
            (true, false, _) => Some(Sex::Female),
            (false, true, _) => Some(Sex::Male),
            (true, true, _) | (_, _, true) => Some(Sex::Any),
            _ => None,
        };
        let no_recourse = if lower.contains("no recourse") || lower.contains("without recourse") {
            Some(true)
        } else if lower.contains("with recourse") {
            Some(false)
        } else {
            None
        };
        let [substance_use, mental_health, trans] = NEEDS.map(|words| needs(&lower, words));
        let risk: Vec<String> = ["high", "medium", "standard"]
            .into_iter()
            .filter(|t| lower.contains(&format!("{t}-risk")) || lower.contains(&format!("{t} risk")))
            .map(str::to_owned)
            .collect();
        let known = [
            "women",
            "women's",
            "girls",
            "men",
            "men's",
            "boys",
            "female",
            "male",
            "people",
            "aged",
            "age",
            "and",
            "or",
            "over",
            "under",
            "to",
            "with",
            "without",
            "no",
            "recourse",
            "public",
            "funds",
            "from",
            "the",
            "of",
            "a",
            "an",
            "anyone",
            "anybody",
            "everyone",
            "everybody",
            "all",
            "up",
            "years",
            "old",
            "their",
            "children",
            "survivors",
            "victims",
            "high",
            "medium",
            "standard",
            "risk",
            "cases",
            "adults",
            "in",
            "need",
        ];
        // A clause about a need that is told by a field is no further condition.
        let told = |clause: &&str| NEEDS.iter().any(|words| needs(clause, words).is_some());
        let clauses = lower.split(CLAUSE_ENDS).filter(|c| !told(c));
        let others = clauses.flat_map(|c| c.split(|c: char| !c.is_alphanumeric() && c != '\'')).filter(|w| !w.is_empty());
        let rest = others.into_iter().any(|w| !known.contains(&w) && w.parse::<u32>().is_err());
        let condition = rest.then(|| text.to_owned());
        Self { age_from, age_to, sex, no_recourse, substance_use, mental_health, trans, risk, condition, from_words: true }
    }

    /// What a field says replaces what was read from words.
    pub(super) fn or(self, other: Self) -> Self {
        let from_words = self.from_words || (other.from_words && other.is_known());
        Self {
            age_from: self.age_from.or(other.age_from),
            age_to: self.age_to.or(other.age_to),
            sex: self.sex.or(other.sex),
            no_recourse: self.no_recourse.or(other.no_recourse),
            substance_use: self.substance_use.or(other.substance_use),
            mental_health: self.mental_health.or(other.mental_health),
            trans: self.trans.or(other.trans),
            risk: if self.risk.is_empty() { other.risk } else { self.risk },
            condition: self.condition.or(other.condition),
            from_words,
        }
    }

    /// Whether the record says anything of whom it is for.
    pub fn is_known(&self) -> bool {
        *self != Self { from_words: self.from_words, ..Self::default() }
    }

    /// Whether it takes everybody of an age, by its age limits. A record that says nothing about ages takes all, as far as is known.
    pub fn takes_age(&self, from: u32, to: u32) -> bool {
        self.age_from.is_none_or(|a| a <= from) && self.age_to.is_none_or(|a| a >= to)
    }
}

/// What clauses end with.
const CLAUSE_ENDS: [char; 5] = [',', ';', '.', '(', ')'];

/// Words about needs that services are often closed to: drugs and alcohol, mental health, being trans.
const NEEDS: [&[&str]; 3] = [&["substance", "drug", "alcohol"], &["mental health", "mental ill"], &["trans ", "transgender", "trans-"]];

/// Whether words about a need shut people out or let them in; `None` where there are none. The clause that the words stand in decides.
fn needs(lower: &str, words: &[&str]) -> Option<bool> {
    let clause = lower.split(CLAUSE_ENDS).find(|c| words.iter().any(|w| format!("{c} ").contains(w)))?;
    let has = |list: &[&str]| list.iter().any(|w| format!(" {clause} ").contains(w));
    if has(&[" no ", " not ", " without ", " excluding ", " except ", " cannot ", " non-", " unable "]) {
        Some(false)
    } else if has(&[" including ", " welcome", " inclusive", " with ", " who use ", " accepted", " may ", " can "]) {
        Some(true)
    } else {
        None
    }
}

/// Youngest and oldest age.
fn ages(words: &[&str]) -> (Option<u32>, Option<u32>) {
    let number = |i: usize| words.get(i).and_then(|w| w.trim_end_matches('s').parse::<u32>().ok()).filter(|n| *n <= 120);
    let is = |i: usize, list: &[&str]| words.get(i).is_some_and(|w| list.contains(w));
    for i in 0..words.len() {
        let Some(n) = number(i) else { continue };
        if i > 0 && is(i - 1, &["under", "below"]) {
            return (None, Some(n.saturating_sub(1)));
        }
        if i > 0 && is(i - 1, &["over", "above"]) {
            return (Some(n + 1), None);
        }
        if is(i + 1, &["and", "or"]) && is(i + 2, &["over", "older", "above", "up"]) {
            return (Some(n), None);
        }
        if is(i + 1, &["and", "or"]) && is(i + 2, &["under", "younger", "below"]) {
            return (None, Some(n));
        }
        if is(i + 1, &["to", "and"]) && number(i + 2).is_some() && (i > 0 && is(i - 1, &["aged", "age", "ages", "between", "from"])) {
            return (Some(n), number(i + 2));
        }
    }
    (None, None)
}

#[cfg(test)]
mod tests {
    use super::Eligibility;
    use crate::units::Sex;

    #[test]
    fn sentences_of_records() {
        let narrow = Eligibility::of_words("women aged 25 and over with recourse to public funds");
        assert_eq!(
            (narrow.age_from, narrow.sex, narrow.no_recourse, narrow.condition.clone()),
            (Some(25), Some(Sex::Female), Some(false), None)
        );
        assert!(!narrow.takes_age(16, 24) && narrow.takes_age(25, 64));
        let all = Eligibility::of_words("anyone aged 16 or over");
        assert_eq!((all.age_from, all.sex, all.condition), (Some(16), Some(Sex::Any), None));
        let young = Eligibility::of_words("aged 8 to 18");
        assert_eq!((young.age_from, young.age_to), (Some(8), Some(18)));
        let court = Eligibility::of_words("people with a case at court");
        assert!(court.condition.is_some() && court.is_known());
        assert_eq!(Eligibility::of_words("women and their children").condition, None);
        assert_eq!(Eligibility::of_words("high-risk cases").risk, ["high"]);
        assert_eq!(Eligibility::of_words("under 18s").age_to, Some(17));
        assert_eq!(Eligibility::of_words("men and women, no recourse welcome").no_recourse, Some(true));
        assert!(!Eligibility::of_words("").is_known());
        let sober = Eligibility::of_words("women aged 18 and over, no active substance misuse");
        assert_eq!(
            (sober.age_from, sober.substance_use, sober.mental_health, sober.condition.clone()),
            (Some(18), Some(false), None, None)
        );
        let wide = Eligibility::of_words("all women including trans women; women with mental health needs welcome");
        assert_eq!((wide.sex, wide.trans, wide.mental_health, wide.substance_use), (Some(Sex::Female), Some(true), Some(true), None));
        assert!(Eligibility::of_words("tenants, no drug use").condition.is_some());
        assert_eq!(Eligibility::of_words("people in alcohol treatment").substance_use, None);
        assert!(Eligibility::of_words("people in alcohol treatment").condition.is_some());
    }
}
