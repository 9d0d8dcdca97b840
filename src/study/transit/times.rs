//! Travel times of a window of departures: the median over its minutes, the wait for the first bus included.

use rayon::prelude::*;

use super::{Door, PUBLIC_TRANSPORT, Transit};
use crate::sources::Window;
use crate::spatial::StepFree;
use crate::study::travel::Travel;

impl Transit {
    /// The windows of the settings, each with the name of its mode; that of the settings themselves first.
    pub fn windows(&self) -> Vec<(String, Window)> {
        let s = &self.settings;
        let own = (PUBLIC_TRANSPORT.to_owned(), Window { weekday: s.weekday, hours: s.hours });
        let named = s.windows.iter().map(|(name, window)| (format!("{PUBLIC_TRANSPORT}-{}", name.trim().to_lowercase()), *window));
        std::iter::once(own).chain(named).collect()
    }

    /// The window of a mode; `None` of a mode that is no such window.
    pub fn window(&self, mode: &str) -> Option<Window> {
        self.windows().into_iter().find(|(name, _)| name == mode).map(|(_, window)| window)
    }

    /// Travel times of every window to the doors of a catalogue of so many public services.
    pub(in crate::study) fn travel(&self, services: usize) -> Vec<Travel> {
        let one = |(mode, window): (String, Window)| {
            let mut minutes = vec![vec![None; services]; self.homes.len()];
            for (door, times) in self.doors.iter().zip(self.times(&self.doors, window)) {
                for (row, time) in minutes.iter_mut().zip(times) {
                    row[door.service] = [row[door.service], time].into_iter().flatten().min_by(f32::total_cmp);
                }
            }
            let beyond = minutes.split_off(self.own);
            Travel { mode, source: self.source, minutes, beyond, known: self.known.clone() }
        };
        self.windows().into_iter().map(one).collect()
    }

    /// Minutes to each of some doors from each area, those beyond the boundary after them; `None` where half of the window or more leads nowhere in time.
    pub(in crate::study) fn times(&self, doors: &[Door], window: Window) -> Vec<Vec<Option<f32>>> {
        let [from, to] = window.hours.map(|h| i32::from(h) * 3600);
        let leave: Vec<i32> = (from..to).step_by(60).collect();
        let by: Vec<i32> = (from..=to + (self.settings.longest_minutes * 60.0) as i32).step_by(60).collect();
        let day = self.day(window.weekday as usize, StepFree::NotAsked);
        let one = |door: &Door| {
            let latest = self.leave_for(door, day, &by, self.settings.longest_minutes);
            (0..self.homes.len()).map(|area| self.median(&leave, &by, &latest, area)).collect()
        };
        doors.par_iter().map(one).collect()
    }
    /// The middle of the minutes that it takes from each minute of leaving; `None` where half of them or more lead nowhere in time.
    fn median(&self, leave: &[i32], by: &[i32], latest: &[Vec<Option<i32>>], area: usize) -> Option<f32> {
        let mut at = 0;
        let mut times: Vec<f32> = leave
            .iter()
            .map(|t| {
                // Who may leave later is there by a later time: the first time by which she is there moves forwards only.
                while at < by.len() && latest[at][area].is_none_or(|l| l < *t) {
                    at += 1;
                }
                let minutes = by.get(at).map_or(f32::INFINITY, |arrived| (arrived - t) as f32 / 60.0);
                if f64::from(minutes) <= self.settings.longest_minutes { minutes } else { f32::INFINITY }
            })
            .collect();
        times.sort_by(f32::total_cmp);
        let (low, high) = (times.get((times.len().max(1) - 1) / 2)?, times.get(times.len() / 2)?);
        Some(f32::midpoint(*low, *high)).filter(|m| m.is_finite())
    }
}
