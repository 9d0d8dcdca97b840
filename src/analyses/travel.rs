use schemars::JsonSchema;
use serde::Deserialize;

use super::Analysis;
use super::coverage::places_withheld;
use super::draft::{CountTable, Draft, DraftHead, Released, Telling};
use super::words::decimal;
use crate::model::{Arg, Body, Message, Row, Shares, Text};
use crate::msg;
use crate::sources::Window;
use crate::study::{Asked, PUBLIC_TRANSPORT, Provision, Service, Study, Transit};
use crate::units::{Month, Polarity};

/// The settings of a `travel` analysis.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TravelSettings {
    /// How the way is measured: `straight-line`, or a mode of the plan's travel times; every mode of the plan where it is empty.
    pub by: String,
    /// Ends of the bands of a straight line, in kilometres.
    pub km: [f64; 4],
    /// Ends of the bands of travel times, in minutes.
    pub minutes: [f64; 4],
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
    /// Types, by id; all with a site that people come to where the list is empty.
    pub types: Vec<String>,
}

impl Default for TravelSettings {
    fn default() -> Self {
        Self { by: String::new(), as_of: None, km: [1.0, 2.0, 3.0, 5.0], minutes: [15.0, 30.0, 45.0, 60.0], types: vec![] }
    }
}

impl Analysis for TravelSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        let modes: Vec<String> = match self.by.as_str() {
            // A timetable alone says nothing of those who have a car: the straight line stands beside it.
            "" if study.travel.iter().all(|t| study.transit.as_ref().is_some_and(|transit| transit.source == t.source)) => {
                std::iter::once("straight-line".to_owned()).chain(study.travel.iter().map(|t| t.mode.clone())).collect()
            }
            "" => study.travel.iter().map(|t| t.mode.clone()).collect(),
            mode => vec![Provision::new(study, &Asked { by: Some(mode.to_owned()), ..Asked::default() }).by().to_owned()],
        };
        modes.iter().filter_map(|m| self.of_mode(study, m)).collect()
    }

    fn by(&self) -> Option<&str> {
        Some(self.by.as_str()).filter(|by| !by.is_empty())
    }

    fn measured(&self, study: &Study) -> Option<String> {
        // How far is too far has no part in it; how long a line is taken to be has.
        let detour = format!("detour {}", study.about.reach.detour.max(1.0));
        let clock = study.transit.as_ref().map(|t| t.described());
        Some(std::iter::once(detour).chain(clock).collect::<Vec<_>>().join(", "))
    }
}

impl TravelSettings {
    fn of_mode(&self, study: &Study, mode: &str) -> Option<Draft> {
        let provision = Provision::new(study, &Asked { by: Some(mode.to_owned()), as_of: self.as_of, ..Asked::default() });
        let residents: Option<Vec<f64>> = study.areas.residents("all").into_iter().collect();
        let residents = residents.filter(|r| !r.is_empty())?;
        let times = provision.travel().is_some();
        // Metres, or minutes.
        let ends: Vec<f64> = if times { self.minutes.to_vec() } else { self.km.iter().map(|k| k * 1000.0).collect() };
        let (mut labels, mut rows, mut sources) = (Vec::new(), Vec::new(), Vec::new());
        for kind in provision.types().into_iter().filter(|t| !t.confidential && (self.types.is_empty() || self.types.contains(&t.id))) {
            let running = provision.running(kind);
            // One whose place is withheld, or that comes from a place that nobody gives, may be nearer than all that are told: then nobody is
            // known to live far.
            let placeless: Vec<&Service> = running.iter().copied().filter(|s| s.sites.is_empty() || s.more.withheld.place).collect();
            let sited: Vec<&Service> = running.into_iter().filter(|s| !s.sites.is_empty()).collect();
            if sited.is_empty() {
                continue;
            }
            let mut bands = [0.0; 6];
            for (area, people) in residents.iter().enumerate() {
                let way = sited.iter().filter_map(|s| provision.way(s, area)).min_by(f64::total_cmp);
                let may_be_nearer = placeless.iter().any(|s| provision.near(kind, s, area).is_none());
                let band = match way {
                    None => 5,
                    Some(w) => ends.iter().position(|e| w <= *e).unwrap_or(if may_be_nearer { 5 } else { 4 }),
                };
                bands[band] += people;
            }
            labels.push(kind.label.clone());
            rows.push(bands.map(|n: f64| Some(n.round() as u64)).to_vec());
            sources.extend(sited.iter().map(|s| s.source));
        }
        if rows.is_empty() {
            return None;
        }
        let of_times = study.travel.iter().find(|t| t.mode == mode).map(|t| t.source);
        sources.extend(study.areas.population_source.into_iter().chain(of_times));
        sources.sort_unstable();
        sources.dedup();
        let caveat = match (times, &study.transit) {
            (true, Some(transit)) if of_times == Some(transit.source) => {
                let window = transit.window(mode).unwrap_or(Window { weekday: transit.settings.weekday, hours: transit.settings.hours });
                let [from, to] = window.hours.map(Arg::Hour);
                msg!("travel-caveat-bus", weekday = Arg::Key(window.weekday.name()), from = from, to = to)
            }
            (true, _) => msg!("travel-caveat-times"),
            (false, _) => msg!("travel-caveat-straight"),
        };
        let head = DraftHead {
            id: format!("travel/{}", super::words::slug(mode)),
            analysis: "travel",
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: provision.period(),
            polarity: Polarity::Better,
            status: "population".into(),
            caveats: std::iter::once(caveat).chain(trips_lost(provision.by_timetable())).chain(places_withheld(study)).collect(),
        };
        let unit = |e: &f64| {
            if times {
                format!("{} minutes", decimal(*e, 0))
            } else {
                format!("{} km", decimal(e / 1000.0, usize::from(e % 1000.0 != 0.0)))
            }
        };
        let last = ends.last().map(unit).unwrap_or_default();
        let near: Vec<String> = ends.iter().map(|e| format!("up to {}", unit(e))).collect();
        let mut parts: Vec<Text> = near.iter().map(|part| part.as_str().into()).collect();
        parts.extend([format!("farther than {last}").into(), msg!("travel-not-known").into()]);
        let how = match mode {
            "walk" => msg!("travel-on-foot"),
            "drive" => msg!("travel-by-car"),
            PUBLIC_TRANSPORT => msg!("travel-by-bus"),
            "straight-line" => msg!("travel-straight"),
            other if study.transit.as_ref().is_some_and(|t| t.window(other).is_some()) => {
                msg!("travel-by-bus-when", name = other.trim_start_matches(PUBLIC_TRANSPORT).trim_start_matches('-'))
            }
            other => Message::as_written(other),
        };
        let facts =
            Facts { area_name: study.about.area_name.clone(), labels, near: near.into_iter().next().unwrap_or_default(), parts, how };
        Some(Draft::new(head, CountTable::new(rows), facts, tell))
    }
}

/// Says which share of the trips is not in a timetable as a whole, where some are not.
pub(super) fn trips_lost(timetable: Option<&Transit>) -> Option<Message> {
    let share = timetable?.lost.share();
    match share {
        s if s <= 0.0 => None,
        // What rounds to none is not none.
        s if s < 0.01 => Some(msg!("travel-caveat-few-trips-lost")),
        _ => Some(msg!("travel-caveat-trips-lost", share = Arg::share(share, 0))),
    }
}

struct Facts {
    area_name: String,
    labels: Vec<String>,
    /// The first of the parts.
    near: String,
    parts: Vec<Text>,
    how: Message,
}

fn tell(facts: &Facts, released: &Released) -> Telling {
    let rows = released.parts_under(&facts.labels);
    let near = |row: &Row| -> Option<(f64, u64)> {
        let all = row.whole().known().filter(|n| *n > 0)?;
        Some((row.cells.first()?.known()? as f64 / all as f64, row.cells.first()?.known()?))
    };
    let mut told: Vec<(f64, u64, &str)> = rows.iter().filter_map(|r| near(r).map(|(share, n)| (share, n, r.label.as_str()))).collect();
    told.sort_by(|a, b| a.0.total_cmp(&b.0));
    let how = || facts.how.clone();
    let mut sentences = Vec::new();
    if let (Some(least), Some(most)) = (told.first(), told.last()) {
        let share = |t: &(f64, u64, &str)| Arg::share(t.0, 0);
        let near = &facts.near;
        // Ways are measured from the centres of areas: that no centre is so near does not say that nobody is.
        sentences.push(match most.1 {
            0 => msg!("travel-none-so-near", kind = most.2, near = near),
            n => msg!("travel-most", kind = most.2, residents = n, share = share(most), near = near, how = how()),
        });
        let other = (told.len() > 1 && most.1 > 0).then_some(least);
        sentences.extend(other.map(|least| match least.1 {
            0 => msg!("travel-none-so-near", kind = least.2, near = near),
            n => msg!("travel-least", kind = least.2, residents = n, share = share(least)),
        }));
    }
    Telling {
        headline: msg!("travel-headline", how = how()),
        subtitle: msg!("travel-subtitle", how = how(), area = &facts.area_name),
        sentences,
        figures: vec![],
        body: Body::Shares(Shares {
            row_heading: "Type of service".into(),
            unit: "residents".into(),
            parts: facts.parts.clone(),
            rows,
            in_steps: true,
        }),
    }
}
