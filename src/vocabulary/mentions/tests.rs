use super::*;

#[test]
fn what_is_done_for_another_is_a_mention_and_what_is_ones_own_is_none() {
    for other in [
        "Talks, crafts, baking. This year we are collecting toiletries for the local women's refuge.",
        "Women meeting monthly; projects include welcome packs for refuges.",
        "Lunch on Mondays. In 2024 we gave £3,000 to the domestic violence shelter.",
        "Free uniform for any family; referrals from schools, refuges and food banks.",
        "Low-cost furniture for people leaving hostels, refuges and temporary accommodation.",
        "Report a crime, hand in lost property. We can refer victims of domestic abuse to safe accommodation.",
        "Free advice on debt, benefits and housing. If you are experiencing domestic abuse we can put you in touch with a refuge.",
        "Courses, legal advice and a crèche. We can help you find a refuge place if you need one.",
        "We fit locks so survivors can remain in their homes instead of moving to a refuge.",
        "Clothes and equipment for families in need, by referral from health visitors, refuges and social workers.",
        "We do not provide emergency accommodation.",
        "Dillad ail-law. Mae'r elw yn mynd i'r lloches leol.",
        "Cyrsiau a chyngor. Gallwn eich helpu i ddod o hyd i loches.",
        "Advice about forced marriage. We work with refuges across England.",
        "Training for staff in refuges and hostels.",
        "Officers refer victims to refuges and to other help.",
        "Kit that no longer fits is donated to refuges.",
        "Our concert was in aid of the refuge.",
        "We can refer you to a refuge or a safe house.",
        "We raise money for refuges and hospices.",
        "We raise money for a refuge and give talks in schools.",
        "Housing advice for those leaving a refuge",
    ] {
        assert!(only_mentions(other, false), "{other}");
    }
    assert!(only_mentions("Supplies for families in refuges", true) && !only_mentions("Supplies for families in refuges", false));
    assert!(!only_mentions("Supplies for families in our refuges", true) && !only_mentions("Supplies for families in the refuge", true));
    for own in [
        "All proceeds go to our refuge.",
        "We help women find safety. Rooms in a shared house for women fleeing abuse.",
        "Bring clothes for the refuge.",
        "We collect women from any station and bring them to the refuge.",
        "Five flats. We refer families to other refuges when we are full.",
        "We give rooms to women fleeing abuse.",
        "Referral to this refuge is by phone.",
        "We work with women in refuge.",
        "Refuge. We raise money for the refuge.",
        "Safe accommodation, and training for staff of refuges.",
        "Supporting children living in refuge",
        "We provide refuges and food parcels for schools and police",
        "The refuge takes referrals from police, hospitals and refuges",
        "Next door to the women's refuge.",
        "Training for volunteers is held at the refuge.",
        "A place is given to women in the refuge.",
        "You are referred to the refuge.",
        "We work with refuges and other women in our refuge.",
        "",
        "Pottery on Mondays",
        "We can put you in touch with a refuge, or give you a bed in a safe house tonight.",
        "We donate to refuges and operate dispersed units for women fleeing.",
        "We raise money for refuges and house women fleeing violence in dispersed flats.",
        "We can refer victims to refuges or take them in at a safe house.",
        "Clothes for refuges and a sanctuary house for women.",
        "We raise money for refuges and give beds to women.",
        "A house for those leaving a refuge",
        "Flats for those leaving a refuge",
        "Support for women leaving the refuge",
        "Leaving a refuge, women move to our house",
        "Cyfeirio menywod at loches sydd gennym.",
        "We run a safe&nbsp;house",
    ] {
        assert!(!only_mentions(own, false), "{own}");
    }
}
