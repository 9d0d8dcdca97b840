//! A refuge that a public service speaks of, and one that it is: the first is published, the second stops the run, in every form of catalogue.

use std::collections::BTreeMap;

use gapmap::diagnostics::Severity;

use crate::catalogue_grammar::{Record, check, put};

/// Name, type of the typology, term of another taxonomy, description. All may be on a map.
const ORDINARY: [(&str, &str, &str, &str); 64] = [
    (
        "Northfield Library",
        "",
        "Libraries",
        "Books, computers and a reading group. We are collecting coats for the women's refuge in December.",
    ),
    ("Harbour Food Bank", "", "Food banks", "Parcels by voucher. Vouchers come from schools, refuges and GPs."),
    ("Tidewell Leisure Centre", "", "Sport", "Swimming and a gym. We give free family swims to refuges."),
    ("St Aldhelm's Church", "", "Places of worship", "Sunday services, a toddler group and a harvest collection for the refuge."),
    ("Mill Pond Surgery", "", "GP surgeries", "A GP practice. Our staff can refer patients to a refuge or to an adviser."),
    ("Quayside Police Station", "", "Police", "Front counter open on weekdays. Officers refer victims to refuges and to other help."),
    ("Wrenbury Rugby Club", "", "Sport", "Training on Tuesdays. Our charity this year is the Wrenbury Women's Refuge."),
    ("Dunmow Women's Institute", "", "Clubs", "Talks, crafts and cake. In May we donated £400 to the safe house."),
    ("Alder Primary School", "", "Schools", "A primary school with a breakfast club. Staff work with refuges when children move."),
    ("Castle Charity Shop", "", "Charity shops", "Clothes, books and toys. Profits go to our refuge."),
    (
        "Elm Tree Nursery School",
        "",
        "Nurseries",
        "Forest school and free places for two-year-olds, by referral from health visitors, refuges and social workers.",
    ),
    ("Quillmere Crown Court", "", "Courts", "Separate waiting areas. Victims of domestic abuse can give evidence by video link."),
    ("Riverside Jobcentre", "", "Benefits", "Claim benefits. Each office has somebody to talk to about domestic abuse."),
    (
        "Barrow Bank Branch",
        "",
        "Banks",
        "Counter service. Staff are trained to help customers who experience economic abuse and domestic abuse.",
    ),
    ("Paws Rehoming Centre", "", "Animals", "Cats and dogs for rehoming. We look after pets of people going into refuge."),
    ("Bright Smiles Dental Practice", "", "Dentists", "NHS dentist. We work with refuges and schools to see children at once."),
    ("Oakwood Family Hub", "", "Family hubs", "Midwives, play and parenting courses. We can help you find a refuge place."),
    ("Kingsmead Toy Library", "", "Playgroups", "Borrow toys. Free for childminders, hospitals, refuges and foster carers."),
    ("Uniform Exchange", "", "Family support", "School uniform for any family; referrals come from schools, refuges and food banks."),
    ("Second Start Furniture Project", "", "Furniture", "Low-cost furniture for people leaving prison, refuges and care."),
    ("Market Hall Café", "", "Cafés", "Lunch and cake. On Fridays the tips jar raises money for the refuge."),
    ("Lister Hospital", "", "Hospitals", "Emergency department, maternity and outpatients. Midwives refer women to refuges."),
    ("Meadow Pharmacy", "", "Pharmacies", "Prescriptions and advice. Ask for ANI if you experience domestic abuse."),
    ("Rotary Club of Quillmere", "", "Clubs", "Lunch on Mondays. We raised £2,000 for the local refuge."),
    ("Knit and Natter Lunch Club", "", "Community activities", "A friendly group; at Christmas we knit blankets for refuges."),
    ("Quillmere Baby Bank", "", "Baby banks", "Cots and clothes. We give starter packs to refuges and hostels."),
    ("Town Hall Register Office", "", "Council services", "Births, deaths and marriages. We do not provide emergency housing."),
    ("Hill Top Youth Club", "", "Youth clubs", "Pool, music and trips. Sponsored walk in aid of the women's refuge."),
    (
        "Quillmere Housing Register",
        "",
        "Housing",
        "Apply for a council home. Band A includes households fleeing domestic abuse and people leaving refuges.",
    ),
    ("St Chad's Community Centre", "", "Community centres", "Rooms for hire, a lunch club and a domestic abuse drop-in on Thursdays."),
    ("Parish Church of All Souls", "", "Places of worship", "Worship at ten. God is our refuge and strength."),
    ("Wetland Visitor Centre", "", "Parks", "Hides, a shop and a winter refuge for wildfowl."),
    ("Village Hall", "", "Halls for hire", "Badminton and parties. Takings from the fair go to the safe house."),
    ("Adult Learning Centre", "", "Courses", "English and maths, with a crèche. Learners come from refuges, hostels and the jobcentre."),
    ("Men's Shed", "", "Men's sheds", "We make toys and give them to refuges at Christmas."),
    ("The Bookshop", "", "Shops", "New books. A wish list lets you buy a book and donate it to the refuge."),
    (
        "Theatre Royal",
        "",
        "Arts",
        "Plays and a pantomime. Free seats are given to charities. We partner with a women's refuge for a matinée.",
    ),
    ("Siop Elusen y Cei", "", "Siopau", "Dillad ail-law. Mae'r elw yn mynd i'r lloches leol."),
    ("Llyfrgell y Dref", "", "Llyfrgelloedd", "Llyfrau a chyfrifiaduron. Rydym yn casglu dillad ar gyfer y lloches."),
    ("Quillmere Legal Advice", "legal_advice", "Legal advice", "Family law and injunctions. We can put you in touch with a refuge."),
    (
        "Harbour Advice Centre",
        "legal_advice",
        "Legal advice",
        "Debt, benefits and housing. We signpost people to refuges and to the council.",
    ),
    (
        "Housing Options Desk",
        "housing_options",
        "Housing advice",
        "If you may lose your home come and see us. We work with refuges and landlords.",
    ),
    (
        "Lock and Light Scheme",
        "sanctuary",
        "Home security",
        "We fit locks and alarms so that you can remain at home instead of moving to a refuge.",
    ),
    (
        "Women's Drop-in at the Quay",
        "one_stop_shop",
        "Drop-in",
        "Advice, courses and a crèche. We can help you find a refuge place if you need one.",
    ),
    ("Talking Therapies Quay", "counselling", "Counselling and therapy", "Counselling for women and men. We also train staff of refuges."),
    ("Stalking Advice Desk", "stalking_advocate", "Stalking", "Safety planning and orders. We liaise with refuges and the police."),
    ("Rose FGM Clinic", "fgm", "FGM", "An NHS clinic. Our midwives give talks to staff in refuges."),
    (
        "Northwold Helpline Office",
        "helpline_local",
        "Helplines",
        "We listen and give information. We refer callers to refuges in any part of the country.",
    ),
    ("Freedom Course", "group_programme", "Group programme", "Twelve weeks, Thursday mornings. One session explains how to find a refuge."),
    (
        "Change Programme Quay",
        "perpetrator_change",
        "Behaviour change",
        "For men who want to stop. Partners get a call, and we work with refuges to keep them safe.",
    ),
    (
        "Quillmere Sexual Assault Centre",
        "sarc",
        "Sexual assault referral centre",
        "Medical care and support. We can refer you to a refuge, an adviser or a counsellor.",
    ),
    (
        "Money Advice for Survivors",
        "economic_abuse",
        "Debt",
        "Coerced debt and benefits. People come to us from banks, refuges and charities.",
    ),
    ("Training for Front-line Staff", "training", "Training", "Courses for nurses and teachers, and training for staff of refuges."),
    ("Schools Project", "schools_prevention", "Education", "Workshops about healthy relationships. We do not run refuges."),
    ("Refugee Welcome Café", "", "Cafés", "Tea, chess and English for refugees and asylum seekers."),
    ("Citizens Advice Quay", "", "Advice", "Debt, benefits, work and consumer problems. We refer people to refuges if they are not safe."),
    ("Blue Light Fire Station", "", "Fire and rescue", "Home safety visits. Crews raise money for the women's refuge each spring."),
    ("Girls' Football Club", "", "Sport", "Football for girls from eight. Kit that no longer fits is donated to refuges."),
    ("Soroptimist International Quay", "", "Clubs", "Women who meet monthly; projects include toiletries for refuges."),
    ("Community Choir", "", "Music", "Singing on Mondays. Our concert was in aid of the refuge."),
    ("Recycling Centre", "", "Waste", "Garden waste and bulky refuse. Toys are cleaned and given to charity."),
    ("Museum of the Quay", "", "Museums", "Boats and sails. The shop supports local charities; in June it gave £90 to the safe house."),
    ("Sixth Form College", "", "Colleges", "A levels. Students bake cakes for the women's shelter each winter."),
    ("Swimming Pool", "", "Sport", "Lanes and lessons. Women-only hour on Sundays; free passes for care leavers, refuges and hospitals."),
];

/// Name, type, description: each is a place that must not be told.
const CONFIDENTIAL: [(&str, &str, &str); 64] = [
    ("Rosemount Refuge", "counselling", "We refer women to other services."),
    ("The Larches", "counselling", "We refer families to other refuges when we are full."),
    ("The Larches", "counselling", "A refuge for women and their children."),
    ("The Larches", "outreach", "Our refuge raises money for its garden."),
    ("The Larches", "counselling", "Donations to our refuge are welcome."),
    ("The Larches", "counselling", "Bring clothes and documents to the refuge."),
    ("The Larches", "one_stop_shop", "You can be referred to the refuge by the police or a GP."),
    ("The Larches", "counselling", "Referrals to this refuge come from schools, police and hospitals."),
    ("The Larches", "counselling", "We work with women in the refuge, and with their children."),
    ("The Larches", "counselling", "We run refuges and work with refuges of other providers."),
    ("The Larches", "counselling", "We provide and signpost to refuges."),
    ("The Larches", "counselling", "We collect families from the station and bring them to the safe house."),
    ("The Larches", "counselling", "We give women a safe house and a worker."),
    ("The Larches", "counselling", "A place in the safe house is given to women in danger."),
    ("The Larches", "counselling", "Training for volunteers is held at the refuge."),
    ("The Larches", "counselling", "Next door to the women's refuge."),
    ("The Larches", "counselling", "Upstairs from the shop, in aid of which this refuge was founded."),
    ("The Larches", "counselling", "We work with refuges. Nine women live here at any time."),
    ("The Larches", "counselling", "We refer to refuges. Each family has its own flat and its own key."),
    ("The Larches", "counselling", "We offer five flats. We work with refuges across the county."),
    ("The Larches", "counselling", "Shared house for people who left a violent home."),
    ("The Larches", "counselling", "Accommodation: yes. Client group: people at risk of domestic violence."),
    ("The Larches", "counselling", "Supported accommodation, women, domestic abuse"),
    ("The Larches Accommodation", "counselling", "For women who flee abuse."),
    ("The Larches Hostel", "outreach", "Staff are there at night."),
    ("The Larches", "counselling", "Average length of stay 112 days."),
    ("The Larches", "counselling", "Women are placed here by the council."),
    ("The Larches", "counselling", "Three bedrooms and a garden; we have rooms for children."),
    ("The Larches", "counselling", "Instead of a refuge we are a house for women who flee."),
    ("The Larches", "counselling", "We are an alternative to other refuges: a flat for each woman."),
    ("Library House", "", "A refuge for women, with a small library."),
    ("Court Lodge", "counselling", "Emergency accommodation for women."),
    ("The Shop", "counselling", "Safe accommodation above a charity shop that raises money for us."),
    ("Rowan Café", "", "Rooms for women who flee, over a café."),
    ("Church House", "", "A safe house for women; the church gives to the refuge."),
    ("Football Club", "", "The club house is a women's refuge."),
    ("Day Centre", "", "Women's refuge with a day centre. Free for schools and refuges."),
    ("The Larches", "counselling", "We are one of several refuges that work with schools and hospitals."),
    ("The Larches", "counselling", "Refuges, schools and GPs: we are the first of these."),
    ("The Larches", "counselling", "Collecting toiletries for women who live here, at our refuge."),
    ("The Larches", "counselling", "In touch with us you will find a refuge."),
    ("The Larches", "counselling", "Help to find your feet in our refuge."),
    ("The Larches", "counselling", "Lloches i fenywod a phlant."),
    ("The Larches", "counselling", "Rydym yn codi arian ar gyfer ein lloches."),
    ("The Larches", "counselling", "Mae gennym bum fflat i ferched."),
    ("Lloches y Bryn", "counselling", "Cwnsela."),
    ("The Larches", "counselling", "We do not tell anybody where we are."),
    ("The Larches", "counselling", "There is no sign on the door."),
    ("The Larches", "counselling", "The building is unmarked."),
    ("The Larches", "counselling", "Only the police know where we are."),
    ("The Larches", "counselling", "Our location is not made public."),
    ("The Larches", "counselling", "Please keep this entry offline."),
    ("The Larches", "counselling", "We rather not say where we are; ask your worker."),
    ("The Larches", "counselling", "Our refuge trains staff of other refuges."),
    ("The Larches", "counselling", "Leaving the refuge, women move to our second stage flats."),
    ("The Larches", "counselling", "People leaving our refuge can stay with us for a year."),
    ("The Larches", "counselling", "Links with refuges; beds for four women."),
    ("The Larches", "counselling", "On behalf of the council we run the refuge."),
    ("The Larches", "counselling", "In partnership with refuges we offer accommodation for women."),
    ("The Larches", "counselling", "ref\u{443}ge; charity partner is a school"),
    ("The Larches", "counselling", "R.E.F.U.G.E. for families"),
    ("The Larches", "counselling", "Womens refuge (works with schools, hospitals)"),
    ("The Larches", "counselling", "We raise money for women in our safe house."),
    ("The Larches", "counselling", "Signposting, advice and a refuge for you and yours."),
];

fn record(id: &str, name: &str, types: &str, description: &str, site: bool) -> Record {
    let fields = BTreeMap::from([
        ("name", name.to_owned()),
        ("types", types.to_owned()),
        ("provider", format!("Invented Provider {id}")),
        ("description", description.to_owned()),
    ]);
    Record { id: id.to_owned(), fields, place: None, site: site.then_some((0.4183, 53.0432)), never_shown: vec![] }
}

#[test]
fn a_service_that_only_speaks_of_a_refuge_is_published() {
    let mut wrong = Vec::new();
    for form in 0..3 {
        for (i, (name, types, term, description)) in ORDINARY.into_iter().enumerate() {
            // The flat file has no terms of other taxonomies.
            let kind = if types.is_empty() && form > 0 { term } else { types };
            let record = record(&format!("PP-{i}"), name, kind, description, true);
            let (built, problems) = check(&put(form, std::slice::from_ref(&record), false));
            let sites = built.and_then(|b| b.catalogue.public.iter().find(|s| s.id == record.id).map(|s| s.sites.len()));
            if sites != Some(1) {
                let why = problems.list().iter().find(|p| p.severity == Severity::Error || p.code == "S316");
                wrong.push(format!("form {form}: {name}: {description}: {}", why.map_or("", |p| p.message.as_str())));
            }
        }
    }
    println!("{} ordinary records, {} wrongly stopped or kept back", 3 * ORDINARY.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_service_that_is_a_refuge_is_never_taken_for_one_that_speaks_of_one() {
    let mut wrong = Vec::new();
    for form in 0..3 {
        for (i, (name, types, description)) in CONFIDENTIAL.into_iter().enumerate() {
            let record = record(&format!("ZZ-{i}"), name, types, description, true);
            let (built, problems) = check(&put(form, std::slice::from_ref(&record), false));
            if built.is_some() || !problems.list().iter().any(|p| p.code == "S301") {
                wrong.push(format!("form {form}: {name}: {description}"));
            }
        }
    }
    println!("{} confidential records, {} wrongly published", 3 * CONFIDENTIAL.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A mention is told to the analyst, as a number of services.
#[test]
fn services_that_speak_of_another_are_counted() {
    let speaks = record("PP-1", "Northfield Library", "", "We collect coats for the women's refuge.", true);
    let silent = record("PP-2", "Southfield Library", "", "Books and computers.", true);
    let (built, _) = check(&put(0, &[speaks, silent], false));
    let ledger = built.expect("both are public").ledger;
    let noted: u64 = ledger.iter().flat_map(|l| &l.noted).filter(|(fact, _)| fact.contains("speak of a refuge")).map(|(_, n)| *n).sum();
    assert_eq!(noted, 1);
}

/// The same service, its name or provider written otherwise, or known again by its page or its number.
#[test]
fn a_secret_service_is_known_again() {
    let secret = record("ZZ-1", "Zephyrine Project", "refuge", "", false);
    let stops = |name: &str, provider: &str| {
        let mut other = record("PP-1", name, "counselling", "", true);
        other.fields.insert("provider", provider.to_owned());
        let mut secret = secret.clone();
        secret.fields.insert("provider", "Invented Provider".to_owned());
        check(&put(1, &[secret, other], false)).0.is_none()
    };
    for (name, provider) in [
        ("Zephrine Project", "Invented Provider"),
        ("Zephyrine Project", "Invented Provider Limited (charity 1)"),
        ("Zephyrine Project", "IP"),
        ("Zephyrine Project", "Quillmere Council"),
        ("Zephyrine Project (QM)", "Invented Provider"),
        ("Zephyrine Prosiect", "Invented Provider"),
        ("Zephyrine Prj.", "Invented Provider"),
        ("Z. Project", "Invented Provider"),
    ] {
        assert!(stops(name, provider), "{name}, {provider}");
    }
    for (name, provider) in [
        ("Zephyrine Counselling", "Other Provider"),
        ("Talking Room", "Invented Provider"),
        ("Wren Project", "Invented Provider"),
        ("Wren Prj.", "Invented Provider"),
        ("Yz. Project", "Invented Provider"),
        ("Freedom Programme", "Invented Provider"),
    ] {
        assert!(!stops(name, provider), "{name}, {provider}");
    }
}

/// Title, name of the area and reasons stand on every pack.
#[test]
fn no_text_of_the_plan_tells_an_exact_place() {
    let with = |from: &str, to: &str| {
        let study = crate::study_files::Study::small();
        study.replace("study.toml", from, to);
        let (_, problems) = check(&study);
        let told = problems.list().iter().filter(|p| p.code == "S323").map(|p| p.message.clone()).collect::<Vec<_>>();
        assert!(told.iter().all(|m| !m.contains("2XY") && !m.contains("Osier")), "a place is shown");
        !told.is_empty()
    };
    assert!(with("title = \"", "title = \"Women near AB1 2XY: "));
    assert!(with("area-name = \"", "area-name = \"14 Osier Row, "));
    assert!(!with("title = \"", "title = \"Station Road and SE 2025: "));
}
