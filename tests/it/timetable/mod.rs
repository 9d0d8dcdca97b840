//! Buses and trains by the clock.

mod by_mode;
mod dijkstra;
mod feeds;
mod holidays_and_steps;
mod planted;
mod porto_alegre;
mod random;
mod speed;

use crate::study_files::Study;

/// A feed with one line of three stops, changed as a test wishes.
pub fn feed(changed: &[(&str, &str)]) -> Study {
    let study = Study::of(&Default::default());
    let tables = [
        ("stops", "stop_id,stop_name,stop_lat,stop_lon\nA,High Street,51.50,-0.10\nB,Mill Lane,51.51,-0.10\nC,Station,51.53,-0.10\n"),
        ("trips", "route_id,service_id,trip_id\nR,week,T1\n"),
        (
            "stop_times",
            "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT1,08:00:00,08:00:00,A,1\nT1,08:10:00,08:11:00,B,2\nT1,08:30:00,08:30:00,C,3\n",
        ),
        (
            "calendar",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweek,1,1,1,1,1,0,0,20260302,20260329\n",
        ),
    ];
    for (table, text) in tables {
        let text = changed.iter().find(|c| c.0 == table).map_or(text, |c| c.1);
        if !text.is_empty() {
            study.write(&format!("feed/{table}.txt"), text.as_bytes());
        }
    }
    for (table, text) in changed.iter().filter(|c| !tables.iter().any(|t| t.0 == c.0)) {
        study.write(&format!("feed/{table}.txt"), text.as_bytes());
    }
    study
}
