//! How many people a rate is per.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// No rate of the field is per more people.
const MOST: f64 = 10_000_000.0;

/// A number of people that a rate is per, in a plan: from 1 on. Nothing else makes a rate: per 0 there is none, and per -5 the lower one is the higher.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Settings {
///     #[serde(deserialize_with = "gapmap::units::per_people")]
///     per: f64,
/// }
/// let of = |text: &str| serde_json::from_str::<Settings>(text).map(|s| s.per).ok();
/// assert_eq!(of(r#"{"per": 1000}"#), Some(1000.0));
/// assert_eq!((of(r#"{"per": 0}"#), of(r#"{"per": -5}"#)), (None, None));
/// ```
///
/// # Errors
/// Where it is below 1, above ten million, or no number.
pub fn per_people<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    let per = f64::deserialize(from)?;
    if (1.0..=MOST).contains(&per) { Ok(per) } else { Err(D::Error::custom("rates are per a number of people, from 1 to 10,000,000")) }
}
