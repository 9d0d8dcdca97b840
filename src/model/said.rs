//! Numbers as messages say them.

use crate::model::{Arg, Message};
use crate::msg;
use crate::units::{Estimate, Polarity};

/// What a rise may mean, by what more of it means.
pub fn meaning_of_rise(polarity: Polarity) -> Message {
    let key = match polarity {
        Polarity::Worse => "worse",
        Polarity::Better => "better",
        Polarity::Ambiguous => "ambiguous",
    };
    msg!("meaning-rise", polarity = Arg::Key(key))
}

/// A p-value to so many decimals: `p = 0.005`, or that it is below the smallest that they tell.
pub fn p_value(p: f64, decimals: usize) -> Message {
    let smallest = 10_f64.powi(-(decimals as i32));
    if p < smallest { msg!("p-below", p = Arg::Number(smallest, decimals)) } else { msg!("p-value", p = Arg::Number(p, decimals)) }
}

/// An interval in brackets behind its estimate: `(95% confidence interval 4.3 to 4.9)`.
pub fn interval(e: &Estimate, decimals: usize) -> Message {
    let level = Arg::share(e.level, 0);
    msg!("interval", level = level, lower = Arg::Number(e.lower, decimals), upper = Arg::Number(e.upper, decimals))
}

/// An interval of percentages in brackets: `(95% confidence interval −2% to 64%)`.
pub fn interval_percent(e: &Estimate, decimals: impl Fn(f64) -> usize) -> Message {
    let limit = |x: f64| Arg::Percent(x, decimals(x));
    msg!("interval", level = Arg::share(e.level, 0), lower = limit(e.lower), upper = limit(e.upper))
}
