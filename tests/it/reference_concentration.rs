//! What lasts of a concentration, against a script of scipy and statsmodels.

use gapmap::stats::concentration::lasting;
use gapmap::units::Estimate;
use serde_json::Value;

use crate::reference_cases::{Cases, Ours, floats, number};

/// What is done with a file of results.
type Look = fn(&Value, &mut Cases);

/// The methods of this file.
pub const METHODS: &[(&str, Look)] = &[("concentration_poisson_gamma", poisson_gamma)];

/// The variance of rates, the share in the top areas and the areas with half, each with its limits.
fn poisson_gamma(file: &Value, found: &mut Cases) {
    let top = number(&file["parameters"]["top"]);
    let (relative, absolute) = (number(&file["tolerance"]["relative"]), number(&file["tolerance"]["absolute"]));
    found.each(&file["expected"], |found, name, expected| {
        let given = |field: &str| floats(&file["input"][name][field]);
        let ours = lasting(&given("events"), &given("people"), top).ours();
        let mut close = |field: &str, e: Estimate| {
            for (part, ours, theirs) in [("value", e.value, 0_usize), ("lower", e.lower, 1), ("upper", e.upper, 2)] {
                found.close(|| format!("{name} {field} {part}"), ours, number(&expected[field][theirs]), relative, absolute);
            }
        };
        close("alpha", ours.alpha);
        close("top", ours.top);
        close("half", ours.half);
    });
}
