//! The choice, the steps beside it, and how often it stands.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::SiteSettings;
use super::ground::Ground;
use crate::model::{SiteAction, SiteObjective, SitePlace};
use crate::sources::ServiceType;
use crate::stats::siting::{Apart, Limit, Problem, Refusal, Siting, fewest_for_all, maximal_covering, p_centre, p_median};
use crate::study::{Provision, Study};
use crate::units::{AreaCode, Geography, People, Reach, mid_sentence};

/// Tied choices that are listed.
const LISTED: usize = 20;

/// What everyone may know, and numbers of residents on their way through the release.
pub(super) struct Facts {
    pub area_name: String,
    pub geography: Geography,
    pub kind: String,
    pub service_type: String,
    pub unit: &'static str,
    pub objective: SiteObjective,
    pub limit: f64,
    pub within: String,
    pub new_sites: usize,
    pub candidates: usize,
    /// Reached, beyond, not known, and all.
    pub today: [u64; 4],
    pub most: u64,
    pub uncoverable: u64,
    pub choices: Vec<Chosen>,
    pub tied: u64,
    pub all_counted: bool,
    pub proved: bool,
    pub fewest_for_all: Option<usize>,
    /// In metres, or in minutes of a mode.
    pub way: Option<(f64, f64)>,
    pub mode: Option<String>,
    pub stands: Option<f64>,
    pub draws: usize,
    pub reach_varies: f64,
    pub need_varies: f64,
    pub steps: Vec<Step>,
}

/// A choice, with the people who come within reach.
pub(super) struct Chosen {
    pub places: Vec<SitePlace>,
    pub gained: u64,
    pub areas: Vec<AreaCode>,
}

/// A step by itself.
pub(super) struct Step {
    pub action: SiteAction,
    pub service: Option<String>,
    pub to: Option<SitePlace>,
    pub gained: u64,
    pub lost: u64,
    /// Of a closing: of those lost, whom another service comes to; who would be beyond reach; of whom it would not be known.
    pub closing: Option<[u64; 3]>,
    pub cost: Option<f64>,
}

impl Step {
    /// How many counts of a step are released.
    pub const COUNTS: usize = 5;

    /// Gained, lost, and those of a closing.
    pub fn counts(&self) -> [u64; Self::COUNTS] {
        let [still, beyond, not_known] = self.closing.unwrap_or_default();
        [self.gained, self.lost, still, beyond, not_known]
    }
}

/// A question of sites: what counts, and the ways, of candidates first and of sites of today after them.
struct Question {
    cost: Vec<f64>,
    weight: Vec<f64>,
    sites: usize,
    fixed: Vec<usize>,
    distance: Vec<f64>,
    least: f64,
}

impl Question {
    fn of(settings: &SiteSettings, ground: &Ground) -> Self {
        let (areas, candidates) = (ground.people.len(), ground.candidates.len());
        // For a new way all sites of today are one: the nearest.
        let today = usize::from(settings.objective != SiteObjective::Coverage && !ground.sited.is_empty());
        let counts = |a: usize| match settings.objective {
            SiteObjective::Coverage => ground.reach[a] == Reach::OutOfReach,
            _ => ground.reach[a] != Reach::NotKnown,
        };
        let kept: Vec<usize> = (0..areas).filter(|a| counts(*a) && ground.people[*a] > 0.0).collect();
        let row = |a: usize| (0..candidates).map(move |c| ground.way(a, c)).chain((0..today).map(move |_| ground.nearest[a]));
        let cost = kept.iter().flat_map(|a| row(*a)).collect();
        let distance = if settings.minimum_distance_m > 0.0 {
            let far = |i: usize, j: usize| match (ground.candidates.get(i), ground.candidates.get(j)) {
                (Some(a), Some(b)) => a.1.distance_m(b.1),
                _ => f64::INFINITY,
            };
            (0..candidates + today).flat_map(|i| (0..candidates + today).map(move |j| far(i, j))).collect()
        } else {
            vec![]
        };
        Self {
            cost,
            weight: kept.iter().map(|a| ground.people[*a]).collect(),
            sites: candidates + today,
            fixed: (candidates..candidates + today).collect(),
            distance,
            least: settings.minimum_distance_m,
        }
    }

    fn problem(&self) -> Problem<'_> {
        let apart = (self.least > 0.0).then_some(Apart { distance: &self.distance, least: self.least });
        Problem { cost: &self.cost, weight: &self.weight, sites: self.sites, fixed: &self.fixed, apart }
    }

    /// The weight of those whom no site would reach.
    fn beyond_all(&self, radius: f64) -> f64 {
        let far = self.cost.chunks(self.sites.max(1)).zip(&self.weight).filter(|(row, w)| **w > 0.0 && row.iter().all(|way| *way > radius));
        far.map(|(_, w)| w).sum()
    }

    fn best(&self, objective: SiteObjective, radius: f64, new_sites: usize, limit: Limit) -> Result<Siting, Refusal> {
        let p = new_sites + self.fixed.len();
        match objective {
            SiteObjective::Coverage => maximal_covering(&self.problem(), radius, p, limit),
            SiteObjective::Distance => p_median(&self.problem(), p, limit),
            SiteObjective::Farthest => p_centre(&self.problem(), p, limit),
        }
    }
}

pub(super) fn facts(settings: &SiteSettings, study: &Study, provision: &Provision, kind: &ServiceType, ground: &Ground) -> Option<Facts> {
    let question = Question::of(settings, ground);
    let new_sites = settings.affordable().min(ground.candidates.len());
    let limit = Limit { nodes: settings.most_nodes.max(1), listed: LISTED };
    if new_sites == 0 {
        return None;
    }
    let best = question.best(settings.objective, ground.limit, new_sites, limit).ok()?;
    let named = |set: &[usize]| -> Vec<usize> { set.iter().copied().filter(|s| *s < ground.candidates.len()).collect() };
    let first = named(best.choices.first()?);
    let whole = |people: f64| people.round().max(0.0) as u64;
    let reached = whole(ground.people_in(|r| matches!(r, Reach::Site | Reach::WithoutSite)));
    let (beyond, not_known) = (whole(ground.people_in(|r| r == Reach::OutOfReach)), whole(ground.people_in(|r| r == Reach::NotKnown)));
    let choice = |set: &Vec<usize>| {
        let set = named(set);
        let mut areas: Vec<AreaCode> = ground.areas_gained(&set).map(|a| study.areas.list[a].code).collect();
        areas.sort_unstable();
        Chosen { places: set.iter().map(|c| ground.candidates[*c].0.clone()).collect(), gained: whole(ground.gained(&set)), areas }
    };
    let coverage = settings.objective == SiteObjective::Coverage;
    // How many would be enough for all is a further question: it gets a tenth of the work.
    let less = Limit { nodes: nodes_for_all(limit.nodes, question.weight.len()), listed: 1 };
    let fewest = coverage.then(|| fewest_for_all(&question.problem(), ground.limit, less).ok()).flatten();
    let uncoverable = if coverage { question.beyond_all(ground.limit) } else { 0.0 };
    let weight: f64 = question.weight.iter().sum();
    let before = match settings.objective {
        SiteObjective::Coverage => None,
        _ if question.fixed.is_empty() => None,
        SiteObjective::Distance => {
            let today = question.weight.iter().zip(question.cost.chunks(question.sites)).map(|(w, row)| w * row[question.sites - 1]);
            Some(today.sum::<f64>() / weight).filter(|m| m.is_finite())
        }
        SiteObjective::Farthest => Some(question.cost.chunks(question.sites).map(|row| row[question.sites - 1]).fold(0.0, f64::max)),
    };
    let after = if settings.objective == SiteObjective::Distance { best.objective / weight } else { best.objective };
    Some(Facts {
        area_name: study.about.area_name.clone(),
        geography: study.about.geography,
        kind: kind.label.clone(),
        service_type: kind.id.clone(),
        unit: match settings.demand {
            super::Demand::Residents => People::Residents,
            super::Demand::Women16AndOver => People::WomenFrom16,
        }
        .name(),
        objective: settings.objective,
        limit: ground.limit,
        within: mid_sentence(&provision.within(kind)),
        new_sites,
        candidates: ground.candidates.len(),
        today: [reached, beyond, not_known, reached + beyond + not_known],
        most: if coverage { whole(best.bound) } else { 0 },
        uncoverable: whole(uncoverable),
        choices: best.choices.iter().map(choice).collect(),
        tied: best.tied,
        all_counted: best.all_counted,
        proved: best.proved,
        fewest_for_all: fewest.filter(|f| f.objective > 0.0).map(|f| f.objective as usize),
        way: before.filter(|b| b.is_finite()).map(|b| (b, after)),
        mode: ground.mode.clone(),
        stands: (settings.draws > 0 && coverage && beyond > 0).then(|| stands(settings, ground, study.about.seed, &first)),
        draws: settings.draws,
        reach_varies: settings.reach_varies.clamp(0.0, 0.9),
        need_varies: settings.need_varies.clamp(0.0, 0.9),
        steps: steps(settings, ground),
    })
}

/// A node of the search for all looks at every client: of more clients than this it may take fewer nodes, so that its work does not grow with their square.
const CLIENTS_OF_A_NODE: usize = 1_000;

/// Nodes that the question after the fewest sites for all may take, of those that a proof may.
fn nodes_for_all(most: u64, clients: usize) -> u64 {
    let share = CLIENTS_OF_A_NODE as f64 / clients.max(CLIENTS_OF_A_NODE) as f64;
    ((most / 10) as f64 * share) as u64 + u64::from(most < 10)
}

/// Share of draws of reach and need in which the choice is among the best.
fn stands(settings: &SiteSettings, ground: &Ground, seed: u64, chosen: &[usize]) -> f64 {
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x5174_e000);
    let (reach, need) = (settings.reach_varies.clamp(0.0, 0.9), settings.need_varies.clamp(0.0, 0.9));
    let candidates = ground.candidates.len();
    let near = ground.near(ground.limit * (1.0 + reach));
    let mut stood = 0;
    for _ in 0..settings.draws {
        let radius = ground.limit * (1.0 + reach * random.random_range(-1.0..=1.0));
        // Who is reached today is drawn with it; whom a service comes to stays reached, and what is not known stays so.
        let mut weight = vec![];
        let mut kept = vec![];
        for area in 0..ground.people.len() {
            let people = ground.people[area] * (1.0 + need * random.random_range(-1.0..=1.0));
            let by_site = matches!(ground.reach[area], Reach::Site | Reach::OutOfReach);
            if by_site && ground.nearest[area] > radius && people > 0.0 {
                kept.push(area);
                weight.push(people);
            }
        }
        let gain = |set: &[usize]| -> f64 {
            let near = |a: &usize| set.iter().any(|c| ground.way(*a, *c) <= radius);
            kept.iter().zip(&weight).filter(|(a, _)| near(a)).map(|(_, w)| w).sum()
        };
        let best = if chosen.len() == 1 {
            // Each area looks at the candidates near it, and not each candidate at all areas.
            let mut gains = vec![0.0; candidates];
            for (area, people) in kept.iter().zip(&weight) {
                near[*area].iter().filter(|(_, way)| *way <= radius).for_each(|(c, _)| gains[*c as usize] += people);
            }
            gains.into_iter().fold(0.0, f64::max)
        } else {
            let cost: Vec<f64> = kept.iter().flat_map(|a| (0..candidates).map(move |c| ground.way(*a, c))).collect();
            let problem = Problem { cost: &cost, weight: &weight, sites: candidates, fixed: &[], apart: None };
            let found = maximal_covering(&problem, radius, chosen.len(), Limit { nodes: 200, listed: 1 });
            found.map_or(f64::INFINITY, |f| f.objective)
        };
        stood += usize::from(gain(chosen) >= best - 1e-9 * best.abs().max(1.0));
    }
    stood as f64 / settings.draws.max(1) as f64
}

/// Of a closing: of those who have no site in reach any more, whom another service comes to; of all who are reached today, who would be beyond reach, and
/// of whom it would not be known.
fn closing(ground: &Ground, alone: &[usize], then: &[Reach]) -> [f64; 3] {
    let still = alone.iter().filter(|a| then[**a] == Reach::WithoutSite).map(|a| ground.people[*a]).sum();
    let reached = |r: Reach| matches!(r, Reach::Site | Reach::WithoutSite);
    let turned = |class: Reach| -> f64 {
        let areas = (0..ground.people.len()).filter(|a| reached(ground.reach[*a]) && then[*a] == class);
        areas.map(|a| ground.people[a]).sum()
    };
    [still, turned(Reach::OutOfReach), turned(Reach::NotKnown)]
}

/// One site opened, moved or closed, each by itself: who comes within reach and who falls out of it.
fn steps(settings: &SiteSettings, ground: &Ground) -> Vec<Step> {
    let whole = |people: f64| people.round().max(0.0) as u64;
    let candidates = 0..ground.candidates.len();
    let gained = ground.gained_by_each();
    let opened = candidates.clone().map(|c| (c, gained[c])).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let mut steps: Vec<Step> = opened
        .into_iter()
        .map(|(c, gained)| Step {
            action: SiteAction::Open,
            service: None,
            to: Some(ground.candidates[c].0.clone()),
            gained: whole(gained),
            lost: 0,
            closing: None,
            cost: settings.open_cost,
        })
        .collect();
    for (k, (service, own)) in ground.sited.iter().enumerate() {
        let others = |a: usize| ground.sited.iter().enumerate().filter(|(i, _)| *i != k).map(|(_, s)| s.1[a]).fold(f64::INFINITY, f64::min);
        // In reach by this site alone.
        let alone: Vec<usize> = (0..ground.people.len())
            .filter(|a| ground.reach[*a] == Reach::Site && own[*a] <= ground.limit && others(*a) > ground.limit)
            .collect();
        let lost: f64 = alone.iter().map(|a| ground.people[*a]).sum();
        let left = ground.people_by_candidate(alone.iter().copied(), |way| way > ground.limit);
        let net = |c: usize| gained[c] - left[c];
        if let Some(c) = candidates.clone().max_by(|a, b| net(*a).total_cmp(&net(*b)).then(b.cmp(a))) {
            steps.push(Step {
                action: SiteAction::Move,
                service: Some(service.name.clone()),
                to: Some(ground.candidates[c].0.clone()),
                gained: whole(gained[c]),
                lost: whole(left[c]),
                closing: None,
                cost: settings.move_cost,
            });
        }
        steps.push(Step {
            action: SiteAction::Close,
            service: Some(service.name.clone()),
            to: None,
            gained: 0,
            lost: whole(lost),
            closing: Some(closing(ground, &alone, &ground.without[k]).map(whole)),
            cost: settings.close_saves.get(&service.id).map(|saved| -saved),
        });
    }
    // What brings most comes first.
    steps.sort_by_key(|s| (s.action, std::cmp::Reverse(s.gained as i64 - s.lost as i64)));
    steps
}
