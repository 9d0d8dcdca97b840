mod access;
mod gaps;
mod groups;
mod tell;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

use super::Analysis;
use super::access::OpenWhen;
use super::coverage::places_withheld;
use super::draft::{CountTable, Draft, DraftHead};
use super::travel::trips_lost;
use super::words::slug;
use crate::model::{Message, Reach, WhatIfArea};
use crate::msg;
use crate::sources::{ServiceType, service_types};
use crate::study::{Asked, Provision, Reached, STRAIGHT_LINE, Scenario, Service, Study};
use crate::units::{Cell, Month, Polarity};
use gaps::{Moved, Register};
use tell::Facts;

/// The settings of a `what-if` analysis. What changes stands in `[[scenario]]`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct WhatIfSettings {
    /// A site is within reach up to this straight-line distance, in metres, where it is not that of `[study.reach]`.
    pub reach_m: Option<f64>,
    /// The same for single types of service, by id.
    pub reach_m_by_type: BTreeMap<String, f64>,
    /// How the way is measured, where it is not that of `[study.reach]`: `straight-line`, streets (`walk`, `drive`), or a timetable (`public-transport`).
    pub by: Option<String>,
    /// Straight lines are taken to be so many times as long, where it is not that of `[study.reach]`.
    pub detour: Option<f64>,
    /// With travel times, a site is within reach up to so many minutes, where it is not that of `[study.reach]`.
    pub reach_minutes: Option<f64>,
    /// The month at whose end the catalogue is looked at, where it is not that of `[study]`.
    pub as_of: Option<Month>,
    /// How often reach is drawn anew.
    pub draws: usize,
    /// Reach varies by up to this share to either side.
    pub reach_varies: f64,
}

impl Default for WhatIfSettings {
    fn default() -> Self {
        Self {
            reach_m: None,
            reach_m_by_type: BTreeMap::new(),
            by: None,
            detour: None,
            reach_minutes: None,
            as_of: None,
            draws: 200,
            reach_varies: 0.2,
        }
    }
}

impl Analysis for WhatIfSettings {
    fn run(&self, study: &Study) -> Vec<Draft> {
        if self.untimed(study).is_some() {
            return vec![];
        }
        let changes = |s: &&Scenario| !s.types(study).is_empty();
        // The register as it is, once for all scenarios.
        let today = study.scenarios.iter().find(changes).map(|_| self.register(study)).unwrap_or_default();
        study.scenarios.iter().filter(changes).flat_map(|s| self.of_scenario(study, &today, s)).collect()
    }

    fn unanswered(&self, study: &Study) -> Option<(Message, Message)> {
        self.untimed(study).map(|mode| (msg!("unanswered-site-untimed", mode = &mode), msg!("unanswered-site-untimed-next")))
    }

    fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }
}

/// A study, and who provides what in it.
struct Side<'a> {
    study: &'a Study,
    provision: Provision<'a>,
}

/// The times at which a change of hours can show.
const TIMES: [OpenWhen; 4] = [OpenWhen::Any, OpenWhen::Evening, OpenWhen::Night, OpenWhen::Weekend];

impl WhatIfSettings {
    /// As coverage is asked, before and after alike. A table of times has none to services that open or move: straight lines, then.
    fn asked(&self, study: &Study) -> Asked {
        let wanted = Asked {
            reach_m: self.reach_m,
            reach_m_by_type: self.reach_m_by_type.clone(),
            by: self.by.clone(),
            detour: self.detour,
            reach_minutes: self.reach_minutes,
            as_of: self.as_of,
        };
        study.asked_of_new_places(wanted)
    }

    /// The mode that it names itself, where ways to services that open or move cannot be timed by it.
    fn untimed(&self, study: &Study) -> Option<String> {
        let asked = Asked { by: Some(self.by.clone()?), ..Asked::default() };
        let mode = Provision::new(study, &asked).by().to_owned();
        (mode != STRAIGHT_LINE && !study.times_new_places(&mode)).then_some(mode)
    }

    fn of_scenario(&self, study: &Study, register: &Register, scenario: &Scenario) -> Vec<Draft> {
        let asked = self.asked(study);
        // The same study with the catalogue changed: every stage after it is asked as it always is.
        let changed = study.with_catalogue(scenario.applied(study));
        let today = Side { study, provision: Provision::new(study, &asked) };
        let then = Side { study: &changed, provision: Provision::new(&changed, &asked) };
        let mut moved = gaps::moved(register, &self.register(&changed));
        let touched = scenario.types(study);
        let kinds = service_types().iter().filter(|t| !t.confidential && touched.contains(&t.id));
        let hours = !scenario.hours.is_empty() || scenario.open.iter().any(|o| o.hours.is_some());
        let times = if hours { &TIMES[..] } else { &TIMES[..1] };
        let mut drafts = Vec::new();
        for (first, kind) in kinds.enumerate().map(|(i, kind)| (i == 0, kind)) {
            // What is of no kind of service alone, such as a stage of the pathway, is told with the first.
            let mut gaps: Vec<Moved> = moved.extract_if(.., |m| gaps::is_of(m, kind)).collect();
            if first {
                let rest = moved.extract_if(.., |m| !touched.iter().any(|t| gaps::is_of_id(m, t)));
                // Their people may be told by sources that this finding does not name: what the test says is enough.
                gaps.extend(rest.map(|m| Moved { before: (m.before.0, None), after: (m.after.0, None), ..m }));
                gaps.retain(|m| m.before != m.after);
            }
            gaps.sort_by(|a, b| a.id.cmp(&b.id));
            for open in times {
                let told = if *open == OpenWhen::Any { std::mem::take(&mut gaps) } else { vec![] };
                drafts.extend(self.draft(scenario, (&today, &then), kind, *open, told));
            }
        }
        drafts
    }

    fn draft(
        &self,
        scenario: &Scenario,
        (before_it, after_it): (&Side, &Side),
        kind: &'static ServiceType,
        open: OpenWhen,
        moved: Vec<Moved>,
    ) -> Option<Draft> {
        let (study, today, then) = (before_it.study, &before_it.provision, &after_it.provision);
        let takes = |s: &Service| open.met_by(s.more.hours.as_ref().map(|h| &h.week));
        let (before, after) = (today.reach_where(kind, takes), then.reach_where(kind, takes));
        let residents: Option<Vec<f64>> = study.areas.residents("all").into_iter().collect();
        let residents = residents?;
        let sum =
            |here: &dyn Fn(usize) -> bool| (0..residents.len()).filter(|a| here(*a)).map(|a| residents[a]).sum::<f64>().round() as u64;
        let classes = |reached: &[Reached]| -> Vec<u64> { Reach::ALL.map(|class| sum(&|a| reached[a].reach == class)).to_vec() };
        let of = |class: &[Reached], a: usize| class[a].site;
        let gained = sum(&|a| of(&before, a) == Some(false) && of(&after, a) == Some(true));
        let lost = sum(&|a| of(&before, a) == Some(true) && of(&after, a) == Some(false));
        let mut counts: Vec<Option<u64>> = Vec::new();
        for part in [classes(&before), classes(&after)] {
            counts.extend(part.iter().map(|n| Some(*n)));
            counts.push(Some(part.iter().sum()));
        }
        // Of a site that is not told nobody can say who loses it; nor of people of whom it is known on one side only.
        let ours = |s: &&Service| scenario.changed().any(|id| id == s.id);
        let open_to_all = study.catalogue.public.iter().filter(ours).all(|s| study.is_open(s) && !s.more.withheld.place);
        let settled = (0..residents.len()).all(|a| match (of(&before, a), of(&after, a)) {
            (Some(_), Some(_)) => true,
            (None, None) => open_to_all,
            (None, Some(_)) | (Some(_), None) => false,
        });
        counts.extend([gained, lost].map(|n| settled.then_some(n)));
        let classes = Reach::ALL.len();
        // Who gains or loses by area tells where a site is: of a restricted catalogue it is not told, nor what follows from it.
        let groups = if open_to_all { groups::groups(study, &before, &after) } else { vec![] };
        counts.extend(groups.iter().flat_map(|g| [g.all, g.before, g.after]).map(Some));
        counts.extend(moved.iter().flat_map(|m| [m.before.1, m.after.1]).map(|n| n.filter(|_| open_to_all)));
        let table = CountTable::column(counts);
        let table = table.with_sum((0..=classes).map(|row| (row, 0))).with_sum((classes + 1..=2 * classes + 1).map(|row| (row, 0)));
        let changes = (0..residents.len()).filter(|a| open_to_all && before[*a].reach != after[*a].reach);
        let rows = changes.map(|a| WhatIfArea {
            code: study.areas.list[a].code,
            name: study.areas.list[a].name.clone(),
            residents: Cell::Known(residents[a]),
            before: before[a].reach,
            after: after[a].reach,
        });
        let timed = today.travel().is_some();
        let mut caveats =
            vec![if timed { msg!("what-if-caveat-times") } else { msg!("what-if-caveat-straight") }, msg!("what-if-caveat-reach")];
        caveats.extend((!open_to_all).then(|| msg!("what-if-caveat-restricted")));
        caveats.extend(trips_lost(today.by_timetable()));
        caveats.extend(places_withheld(study));
        let mut sources: Vec<usize> = today.running(kind).iter().flat_map(|s| s.sources()).collect();
        sources.extend(study.catalogue.public.iter().filter(ours).flat_map(|s| s.sources()).chain(study.areas.population_source));
        sources.extend(today.travel().map(|t| t.source));
        sources.sort_unstable();
        sources.dedup();
        let head = DraftHead {
            id: format!("what-if/{}/{}{}", slug(&scenario.name), slug(&kind.id), open.suffix()),
            analysis: super::WHAT_IF,
            sources: sources.into_iter().map(|s| study.source_ref(s)).collect(),
            period: today.period(),
            polarity: Polarity::Better,
            status: "population".into(),
            caveats,
        };
        let facts = Facts {
            area_name: study.about.area_name.clone(),
            geography: study.about.geography,
            scenario: scenario.name.clone(),
            kind: kind.label.clone(),
            service_type: kind.id.clone(),
            open,
            within: today.within(kind),
            net_range: if settled { self.net_range(study, (today, then), kind, (&before, &after), &residents, open) } else { None },
            draws: self.draws,
            reach_varies: self.reach_varies.clamp(0.0, 0.9),
            capacity: capacity(study, (today, then), kind),
            rows: rows.collect(),
            access: if open_to_all { self.access((before_it, after_it), kind, open) } else { None },
            groups: groups.into_iter().map(|g| g.group).collect(),
            gaps: moved,
            open_to_all,
        };
        Some(Draft::new(head, table, facts, tell::tell))
    }

    /// Residents gained less lost, where reach is drawn anew: the middle 95 % of the draws. Areas of which something is not known are left out.
    fn net_range(
        &self,
        study: &Study,
        (today, then): (&Provision, &Provision),
        kind: &ServiceType,
        (before, after): (&[Reached], &[Reached]),
        residents: &[f64],
        open: OpenWhen,
    ) -> Option<(f64, f64)> {
        if self.draws < 40 {
            return None;
        }
        let takes = |s: &Service| open.met_by(s.more.hours.as_ref().map(|h| &h.week)) == Some(true);
        let nearest = |provision: &Provision, area: usize| {
            let sited = provision.running(kind).into_iter().filter(|s| !s.sites.is_empty() && takes(s));
            sited.filter_map(|s| provision.way(s, area)).fold(f64::INFINITY, f64::min)
        };
        let known = (0..residents.len()).filter(|a| before[*a].site.is_some() && after[*a].site.is_some());
        let ways: Vec<(f64, f64, f64)> =
            known.map(|a| (residents[a], nearest(today, a), nearest(then, a))).filter(|w| w.1 != w.2).collect();
        let mut random = ChaCha8Rng::seed_from_u64(study.about.seed ^ 0x3a71_f000);
        let limit = today.limit(kind);
        let varies = self.reach_varies.clamp(0.0, 0.9);
        let mut nets: Vec<f64> = Vec::with_capacity(self.draws);
        for _ in 0..self.draws {
            let reach = limit * (1.0 + varies * random.random_range(-1.0..=1.0));
            let near = |way: f64| f64::from(u8::from(way <= reach));
            nets.push(ways.iter().map(|(people, before, after)| people * (near(*after) - near(*before))).sum());
        }
        nets.sort_by(f64::total_cmp);
        let at = |part: f64| nets[((nets.len() - 1) as f64 * part).round() as usize];
        Some((at(0.025), at(0.975)))
    }
}

/// Capacity of running services before and after, where every one of them is open data and gives it in the same unit.
fn capacity(study: &Study, (today, then): (&Provision, &Provision), kind: &ServiceType) -> Option<(f64, f64, String)> {
    let of = |provision: &Provision| -> Option<(f64, Option<String>)> {
        let running = provision.running(kind);
        let unit = running.iter().find_map(|s| s.more.capacity_unit.clone());
        let same = |s: &&Service| study.is_open(s) && s.more.capacity_unit == unit;
        if !running.iter().all(same) {
            return None;
        }
        let sum: Option<f64> = running.iter().map(|s| s.more.capacity).sum();
        Some((sum?, unit))
    };
    let ((before, unit), (after, other)) = (of(today)?, of(then)?);
    let unit = unit.or(other.clone())?;
    (other.is_none_or(|o| o == unit)).then_some((before, after, unit))
}
