//! Indicators and an action plan of the invented borough: a residents' survey, returns of partners, and what is to be done. All numbers are invented.

use std::collections::BTreeMap;
use std::fmt::Write;

use rand::Rng;

use super::Settings;
use super::geography::Borough;
use crate::units::{Month, Period};

/// Planted: in the last wave of the survey, this many more of a hundred feel safe after dark than in those before.
pub const SAFER: f64 = 12.0;
/// Asked in each wave.
const ASKED: u64 = 640;
/// Women aged 16 and over among residents.
const WOMEN_SHARE: f64 = 0.4;

/// Of the survey: id, share of those asked in the first waves, and how many of a hundred more in the last.
const QUESTIONS: [(&str, f64, f64); 3] = [("q-safe-dark", 0.44, SAFER), ("q-know", 0.58, 0.0), ("q-report", 0.51, 0.0)];
/// Groups of those asked, with their share of them and how many of a hundred they lie apart.
const GROUPS: [(&str, f64, f64); 3] = [("16 to 34", 0.28, -11.0), ("35 to 54", 0.37, 2.0), ("55 and over", 0.35, 6.0)];

pub fn write(settings: &Settings, borough: &Borough, period: Period, files: &mut BTreeMap<String, Vec<u8>>) {
    let (survey, partners) = (survey(settings, period), partners(settings, borough, period));
    let actions = actions(&[&survey, &partners]);
    files.insert("indicators/survey.csv".into(), survey.into_bytes());
    files.insert("indicators/partners.csv".into(), partners.into_bytes());
    files.insert("action-plan/actions.csv".into(), actions.into_bytes());
    files.insert("action-plan/training.csv".into(), TRAINING.as_bytes().to_vec());
    files.insert("action-plan/engagement.csv".into(), ENGAGEMENT.as_bytes().to_vec());
}

/// A yearly survey: one wave in each of the last three Junes, the latest by age too, beside an invented neighbour.
fn survey(settings: &Settings, period: Period) -> String {
    let mut random = settings.random(7);
    let mut draw = |n: u64, share: f64| (0..n).filter(|_| random.random_bool(share.clamp(0.0, 1.0))).count();
    let mut out = String::from("indicator,area,from,to,dimension,group,numerator,denominator,state\n");
    for (id, first, more) in QUESTIONS {
        let more = if settings.planted { more } else { 0.0 };
        for wave in 0..3 {
            let month = period.last.plus(-6 - 12 * (2 - wave));
            let share = first + if wave == 2 { more / 100.0 } else { 0.0 };
            if wave < 2 {
                let _ = writeln!(out, "{id},,{month},{month},,,{},{ASKED},final", draw(ASKED, share));
                continue;
            }
            let parts = GROUPS.map(|(name, part, apart)| {
                let n = (ASKED as f64 * part).round() as u64;
                let apart = if settings.planted && id == "q-safe-dark" { apart } else { 0.0 };
                (name, draw(n, share + apart / 100.0), n)
            });
            let (yes, all) = parts.iter().fold((0, 0), |(y, a), p| (y + p.1, a + p.2));
            let _ = writeln!(out, "{id},,{month},{month},,,{yes},{all},final");
            for (name, n, of) in parts {
                let _ = writeln!(out, "{id},,{month},{month},Age,{name},{n},{of},final");
            }
            let _ = writeln!(out, "{id},Neighbouring borough (invented),{month},{month},,,{},900,final", draw(900, first));
        }
    }
    out
}

/// Quarterly returns: cases heard at MARAC, crimes that ended in a charge, and households turned away.
fn partners(settings: &Settings, borough: &Borough, period: Period) -> String {
    let mut random = settings.random(8);
    let women = borough.areas.iter().map(|a| f64::from(a.residents)).sum::<f64>() * WOMEN_SHARE;
    let mut out = String::from("indicator,from,to,numerator,denominator,state\n");
    let mut around = |mean: f64| (mean + (random.random::<f64>() - 0.5) * 4.0 * mean.sqrt()).round().max(0.0) as u64;
    let areas = settings.areas as f64;
    let quarters: Vec<(Month, Month)> =
        (0..settings.months as i32 / 3).rev().map(|k| (period.last.plus(-2 - 3 * k), period.last.plus(-3 * k))).collect();
    for (i, (first, last)) in quarters.iter().enumerate() {
        let latest = i + 1 == quarters.len();
        let _ = writeln!(out, "marac-cases,{first},{last},{},{women:.0},final", around(areas * 0.62));
        let crimes = around(areas * 2.4);
        let charged = around(crimes as f64 * 0.09).min(crimes);
        let _ = writeln!(out, "charge-rate,{first},{last},{charged},{crimes},{}", if latest { "provisional" } else { "final" });
        let asked = around(areas * 0.5);
        let away = around(asked as f64 * 0.38).min(asked);
        let _ = writeln!(out, "turned-away,{first},{last},{away},{asked},final");
    }
    out
}

/// The action plan; an action whose indicator is measured begins at its first value, in its last month.
fn actions(tables: &[&str]) -> String {
    let mut text = ACTIONS.to_owned();
    for id in ["q-safe-dark", "q-know", "turned-away", "charge-rate"] {
        let row = tables.iter().flat_map(|t| t.lines()).find(|l| l.split(',').next() == Some(id));
        let cells: Vec<&str> = row.into_iter().flat_map(|l| l.split(',')).collect();
        // The survey names an area before the months, and a dimension and a group after them.
        let at = cells.iter().position(|c| Month::parse(c).is_some()).unwrap_or(0);
        let numbers: Vec<f64> = cells.iter().skip(at + 2).filter_map(|c| c.parse().ok()).collect();
        if let Some((part, whole)) = numbers.first().zip(numbers.get(1)).filter(|(_, whole)| **whole > 0.0) {
            let begins = 100.0 * part / whole;
            text = text.replace(&format!("{id},BEGINS,FEWER"), &format!("{id},BEGINS,{:.0}", 0.8 * begins));
            text = text.replace(&format!("{id},BEGINS"), &format!("{id},{begins:.0},{}", cells[at + 1]));
        }
    }
    // A period too short for a wave: no baseline, and no month of it.
    text.replace("BEGINS,FEWER", ",,30").replace("BEGINS", ",")
}

const ACTIONS: &str = "\
id,objective,theme,gap,indicator,baseline,baseline-month,target,by,owner,steps,milestones,latest,rating,reason
A1,Open a drop-in in the south,support,distance/one-stop-shop,,,,,2026-06,Head of community safety,Find a room; agree two sessions a week,2026-02 Room agreed; 2026-06 First session,,not-started,The money is agreed and no room is found yet (invented)
A2,More people feel safe after dark,trust,,q-safe-dark,BEGINS,60,2026-06,Night-time economy manager,Light the station walk; safety walks with women,\"2025-11 16 Days of Activism, done; 2026-03 Safety walk\",,,
A3,More people know where to turn,trust,,q-know,BEGINS,70,2025-12,Communications lead,Posters in clinics and at schools,\"2025-06 White Ribbon renewed, done\",,,
A4,Fewer households are turned away,support,,turned-away,BEGINS,FEWER,2026-12,Housing commissioner,Move-on plan with landlords,,,,
A5,More suspects are charged,perpetrators,,charge-rate,BEGINS,12,2026-12,Detective chief inspector for public protection,Early advice from prosecutors,,,,
A6,Schools teach consent,prevent,,Schools that teach consent,6,2024-09,18,2026-07,Education lead,Train teachers; share lessons,2026-03 Half of the schools,9,behind,Nine of eighteen schools have begun (invented)
";

const TRAINING: &str = "\
name,audience,trained,eligible,to
Asking about abuse,Front-line staff,184,420,2025-12
Recognising stalking,Other professionals,61,230,2025-12
Active bystander,The public,312,,2025-12
";

const ENGAGEMENT: &str = "\
who,because,language,channel,month,owner
Women aged 65 and over,Services reach fewer of them than their number suggests,English,Talks at lunch clubs and with pharmacists,2026-02,Community development lead
Disabled women,Services reach fewer of them than their number suggests,English; British Sign Language,With the disabled people's forum,2026-03,Community development lead
";
