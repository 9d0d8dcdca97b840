//! Why there is no choice of sites, and a next step that works.

use super::ground::{Ground, Places, Why};
use super::{Demand, SiteSettings, solve};
use crate::model::{Arg, Message};
use crate::msg;
use crate::sources::{ServiceType, service_type};
use crate::study::{Provision, Study};

impl SiteSettings {
    /// The reason that its own settings give, before any of the data.
    pub(super) fn why(&self, study: &Study) -> Option<(Message, Message)> {
        if let Some(unknown) = self.types.iter().find(|t| service_type(t).is_none()) {
            return Some((msg!("unanswered-site-unknown-type", kind = unknown), msg!("unanswered-site-unknown-type-next")));
        }
        let kinds: Vec<&ServiceType> = self.types.iter().filter_map(|t| service_type(t)).collect();
        if let Some(secret) = kinds.iter().find(|k| k.confidential) {
            return Some((msg!("unanswered-site-secret", kind = &secret.label), msg!("unanswered-site-secret-next")));
        }
        if self.new_sites == 0 {
            return Some((msg!("unanswered-site-none-new"), msg!("unanswered-site-none-new-next")));
        }
        if self.affordable() == 0 {
            let (budget, cost) = (self.budget.unwrap_or(0.0), self.open_cost.unwrap_or(0.0));
            let pounds = |n: f64| Arg::Number(n, 0);
            let because = msg!("unanswered-site-budget", budget = pounds(budget), cost = pounds(cost));
            return Some((because, msg!("unanswered-site-budget-next")));
        }
        if let Some(mode) = self.untimed(study) {
            return Some((msg!("unanswered-site-untimed", mode = &mode), msg!("unanswered-site-untimed-next")));
        }
        let provision = Provision::new(study, &self.asked(study));
        let places = Places::of(self, study, &provision);
        let asked = self.kinds(&provision);
        if let Some(unlisted) = kinds.iter().find(|k| !asked.iter().any(|a| a.id == k.id)) {
            return Some((msg!("unanswered-site-unlisted", kind = &unlisted.label), msg!("unanswered-site-unlisted-next")));
        }
        asked.into_iter().find_map(|kind| self.why_of(study, &provision, kind, &places))
    }

    fn why_of(&self, study: &Study, provision: &Provision, kind: &'static ServiceType, places: &Places) -> Option<(Message, Message)> {
        let ground = Ground::of(self, study, provision, kind, places);
        let why = match &ground {
            Err(why) => *why,
            Ok(ground) if solve::facts(self, study, provision, kind, ground).is_none() => Why::Apart,
            Ok(_) => return None,
        };
        Some(match why {
            Why::People if self.demand == Demand::Women16AndOver => {
                (msg!("unanswered-no-sex-and-age"), msg!("unanswered-no-sex-and-age-next", example = "TS008 and TS007A"))
            }
            Why::People => (msg!("unanswered-site-some-residents"), msg!("unanswered-site-some-residents-next")),
            Why::Restricted => (msg!("unanswered-site-restricted"), msg!("unanswered-site-restricted-next")),
            Why::NoSite => (msg!("unanswered-site-no-site", kind = &kind.label), msg!("unanswered-site-no-site-next", id = &kind.id)),
            Why::NoPlace => (msg!("unanswered-site-no-place"), msg!("unanswered-site-no-place-next")),
            Why::Apart if self.minimum_distance_m > 0.0 => {
                let (metres, sites) = (Arg::Number(self.minimum_distance_m, 0), self.new_sites);
                (msg!("unanswered-site-apart", metres = metres, sites = sites), msg!("unanswered-site-apart-next"))
            }
            Why::Apart => (msg!("unanswered-site-too-large"), msg!("unanswered-site-too-large-next")),
        })
    }
}
