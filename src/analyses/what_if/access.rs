//! What there is for each person before and after: capacity shared between all who can come.

use super::{Side, WhatIfSettings};
use crate::analyses::access::{AccessSettings, OpenWhen};
use crate::model::WhatIfAccess;
use crate::sources::ServiceType;
use crate::stats::inequality::quantiles;

impl WhatIfSettings {
    /// Means over the areas of which it is known before and after. `None` where either catalogue is restricted, or gives no capacity of a site.
    pub(super) fn access(&self, (before, after): (&Side, &Side), kind: &'static ServiceType, open: OpenWhen) -> Option<WhatIfAccess> {
        let settings = AccessSettings { open, ..AccessSettings::default() };
        let of = |side: &Side| settings.offer(side.study, &side.provision, kind);
        let (was, is) = (of(before)?, of(after)?);
        if was.unit != is.unit {
            return None;
        }
        let pairs: Vec<Option<(f64, f64)>> = was.values.iter().zip(&is.values).map(|(a, b)| a.known().zip(b.known())).collect();
        let mean = |wanted: &dyn Fn(usize) -> bool| {
            let own = || (0..pairs.len()).filter(|i| wanted(*i)).filter_map(|i| Some((was.people[i], pairs[i]?)));
            let all: f64 = own().map(|(n, _)| n).sum();
            let sum = own().fold((0.0, 0.0), |(a, b), (n, (x, y))| (a + n * x, b + n * y));
            (all > 0.0).then(|| (sum.0 / all, sum.1 / all))
        };
        let deprivation: Vec<Option<f64>> = before.study.areas.list.iter().map(|a| a.deprivation).collect();
        let fifths = quantiles(&deprivation, 5);
        // What sharing out moves by less than a thousandth is told as no change.
        let differs = |up: bool| pairs.iter().flatten().filter(|(a, b)| if up { *b > a * 1.001 } else { *b < a * 0.999 }).count();
        Some(WhatIfAccess {
            unit: was.unit,
            mean: mean(&|_| true)?,
            areas_more: differs(true),
            areas_less: differs(false),
            // Quantiles count from the lowest: the least deprived.
            most_deprived: mean(&|i| fifths[i] == Some(5)),
            least_deprived: mean(&|i| fifths[i] == Some(1)),
        })
    }
}
