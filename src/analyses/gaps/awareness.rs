use super::found::Found;
use super::ground::Ground;
use crate::analyses::body::{Confidence, Verdict};

/// Do fewer people come than one would expect? That takes referrals by area or group, which no source of a plan gives yet.
pub(super) fn look(ground: &Ground) -> Vec<Found> {
    vec![
        Found::about(ground, "awareness", "referrals", "Referrals beside expected need", Verdict::NotKnown)
            .measured("no source of the plan gives referrals or people who use services, by area or group")
            .sure(Confidence::Low, "nothing to compare with expected need")
            .otherwise("Few referrals can mean little need, little trust, or a service that nobody knows.")
            .close("Ask providers for yearly counts of referrals by ward, age and ethnic group, with small numbers withheld by them.")
            .formula("referrals of a group / its share of expected need"),
    ]
}
