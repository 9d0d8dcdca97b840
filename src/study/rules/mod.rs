//! Rules that need the whole study: one file each, named once in [`RULES`].

mod area_without_population;
mod category_stops;
mod event_elsewhere;
mod far_sites;
mod missing_month;
mod nothing_left;
mod points_disagree;
mod service_without_place;
mod undated_rows;
mod unknown_codes;

use super::Study;
use crate::diagnostics::{Code, Problems};

/// A rule: the code that it reports under, and the check.
pub struct Rule {
    /// The code of its problems.
    pub code: Code,
    /// Looks at the study and reports.
    pub check: fn(&Study, &mut Problems),
}

/// Every rule, in the order in which it is applied.
pub const RULES: &[Rule] = &[
    Rule { code: Code::D206, check: missing_month::check },
    Rule { code: Code::D206, check: category_stops::check },
    Rule { code: Code::D208, check: area_without_population::check },
    Rule { code: Code::D209, check: points_disagree::check },
    Rule { code: Code::D211, check: nothing_left::check },
    Rule { code: Code::D214, check: event_elsewhere::check },
    Rule { code: Code::D219, check: unknown_codes::check },
    Rule { code: Code::D225, check: undated_rows::check },
    Rule { code: Code::S303, check: far_sites::check },
    Rule { code: Code::S304, check: service_without_place::check },
];
