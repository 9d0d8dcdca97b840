//! A scenario told, from released counts only.

use crate::analyses::Figure;
use crate::analyses::access::OpenWhen;
use crate::analyses::draft::{Released, Telling};
use crate::analyses::words::{decimal, mid_sentence, thousands};
use crate::model::{Body, ClassTotal, Reach, WhatIf, WhatIfArea, beside_not_known};
use crate::units::{Cell, Geography};

/// What everyone may know.
pub(super) struct Facts {
    pub area_name: String,
    pub geography: Geography,
    pub scenario: String,
    pub kind: String,
    pub service_type: String,
    pub open: OpenWhen,
    pub within: String,
    pub net_range: Option<(f64, f64)>,
    pub draws: usize,
    pub reach_varies: f64,
    pub capacity: Option<(f64, f64, String)>,
    pub rows: Vec<WhatIfArea>,
}

fn open_words(open: OpenWhen) -> &'static str {
    match open {
        OpenWhen::Any => "",
        OpenWhen::Evening => "in the evening",
        OpenWhen::Night => "at night",
        OpenWhen::Weekend => "at the weekend",
    }
}

pub(super) fn tell(facts: &Facts, released: &Released) -> Telling {
    let classes = Reach::ALL.len();
    let totals = |from: usize| -> Vec<ClassTotal> {
        let parts = beside_not_known((0..classes).map(|i| released.at(from + i, 0)).collect());
        Reach::ALL.into_iter().zip(parts).map(|(class, residents)| ClassTotal { class, residents }).collect()
    };
    // Beside people of whom it is not known, nobody is not known to be nobody.
    let unsettled = [classes - 1, 2 * classes].iter().any(|row| released.at(*row, 0) != Cell::Known(0));
    let settled = |cell: Cell<u64>| if unsettled && cell == Cell::Known(0) { Cell::Missing } else { cell };
    let (gained, lost) = (settled(released.at(2 * classes + 2, 0)), settled(released.at(2 * classes + 3, 0)));
    let known = gained.known().is_some() || lost.known().is_some();
    let body = WhatIf {
        geography: facts.geography,
        scenario: facts.scenario.clone(),
        kind: facts.kind.clone(),
        service_type: facts.service_type.clone(),
        open: open_words(facts.open).into(),
        before: totals(0),
        after: totals(classes + 1),
        gained,
        lost,
        net_range: facts.net_range.filter(|_| known),
        draws: facts.draws,
        reach_varies: facts.reach_varies,
        capacity: facts.capacity.as_ref().map(|c| (c.0, c.1)),
        capacity_unit: facts.capacity.as_ref().map_or(String::new(), |c| c.2.clone()),
        rows: facts.rows.clone(),
    };
    let noise = body.inside_the_noise();
    let mut sentences = vec![];
    let mut figures = Figure::in_text("reach", &facts.within);
    figures.extend(Figure::in_text("scenario", &facts.scenario));
    let when = if body.open.is_empty() { String::new() } else { format!(", open {}", body.open) };
    let headline = match (gained.known(), lost.known(), noise) {
        (Some(0), Some(0), _) => format!("{}: reach does not change", facts.scenario),
        (None, None, _) => format!("{}: what it would do cannot be told", facts.scenario),
        (_, _, Some(true)) => format!("{}: the change is inside the noise", facts.scenario),
        (Some(gained), None | Some(0), _) => format!("{}: {} more within reach", facts.scenario, thousands(gained)),
        (None | Some(0), Some(lost), _) => format!("{}: {} fall out of reach", facts.scenario, thousands(lost)),
        (Some(gained), Some(lost), _) => format!("{}: {} gain reach, {} lose it", facts.scenario, thousands(gained), thousands(lost)),
    };
    if known {
        let kind = mid_sentence(&facts.kind);
        if let Some(n) = gained.known() {
            let (n, scenario, within) = (thousands(n), &facts.scenario, &facts.within);
            sentences.push(format!("With “{scenario}”, {n} residents would come within reach of a site of “{kind}”{when} ({within})."));
        }
        if let Some(n) = lost.known() {
            let (n, scenario) = (thousands(n), &facts.scenario);
            sentences.push(format!("With “{scenario}”, {n} residents would fall out of reach of every site of “{kind}”{when}."));
        }
        if let (Some((low, high)), Some(noise)) = (body.net_range, noise) {
            let percent = 100.0 * facts.reach_varies;
            let verdict = match (noise, gained == Cell::Known(0) && lost == Cell::Known(0)) {
                (_, true) => "nothing changes",
                (true, _) => "the change is inside the noise",
                (false, _) => "the change outlives it",
            };
            sentences.push(format!(
                "Were reach up to {0} % shorter or longer, gained less lost would lie between {1} and {2} in 95 of 100 draws: {verdict}.",
                decimal(percent, 0),
                decimal(low.round(), 0),
                decimal(high.round(), 0)
            ));
            figures.extend([
                Figure::new("reach varies, percent", percent),
                Figure::new("gained less lost, lower", low.round()),
                Figure::new("gained less lost, upper", high.round()),
                Figure::new("draws inside, of 100", 95.0),
                Figure::new("draws", 100.0),
            ]);
        }
        let side = |gains: bool| -> Vec<&WhatIfArea> {
            let better = |r: &&WhatIfArea| (r.after == Reach::Site) == gains && (r.before == Reach::Site) != gains;
            let mut rows: Vec<&WhatIfArea> = body.rows.iter().filter(better).collect();
            rows.sort_by(|a, b| b.residents.known().unwrap_or(0.0).total_cmp(&a.residents.known().unwrap_or(0.0)));
            rows
        };
        for (gains, verb) in [(true, "gain"), (false, "lose")] {
            let rows = side(gains);
            if !rows.is_empty() {
                let names: Vec<&str> = rows.iter().take(5).map(|r| r.name.as_str()).collect();
                let among = if rows.len() > 5 { "Among those who" } else { "Those who" };
                sentences.push(format!("{among} {verb} live in {}.", names.join(", ")));
            }
        }
    }
    if let Some((before, after, unit)) = &facts.capacity
        && before != after
    {
        sentences.push(format!("Capacity goes from {} to {} {unit}.", decimal(*before, 0), decimal(*after, 0)));
        figures.extend([*before, *after].map(|c| Figure::new("capacity", c.round())));
    }
    Telling {
        headline,
        subtitle: format!("“{}”{when}, before and after, {}, {}", mid_sentence(&facts.kind), mid_sentence(&facts.within), facts.area_name),
        sentences,
        figures,
        body: Body::WhatIf(body),
    }
}
