//! Hours of need against hours open: events by three hours of the clock, and below them a line for each kind of service.

use crate::model::{Body, Finding, Findings, KindOpen, WeekClock};
use crate::outputs::figure::{Figure, key_place, label};
use crate::outputs::svg::Anchor;
use crate::outputs::theme::{DARK_BLUE, FAINT, FILL_PATTERNS, GREY_INK, INK, LETTERS, MARGIN, PLUM, WIDTH, text_width, wrap};
use crate::units::{decimal, thousands};

const LABEL_WIDTH: f64 = 316.0;
/// Room at the right for the share that falls outside the hours.
const SHARE_WIDTH: f64 = 96.0;
const BARS: f64 = 150.0;
const ROW: f64 = 27.0;
/// Open on no day, on one to four, on five or six, on all seven.
const FILLS: [&str; 4] = ["#FFFFFF", "#DCEBF7", "#6BACE6", "#12436D"];

pub fn fits(finding: &Finding) -> bool {
    matches!(&finding.body, Body::WeekClock(b) if !b.kinds.is_empty() && b.total.known().is_some_and(|n| n > 0))
}

fn class(days: usize) -> usize {
    match days {
        0 => 0,
        1..=4 => 1,
        5 | 6 => 2,
        _ => 3,
    }
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::WeekClock(body) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let (mut x, mut y) = (MARGIN, figure.top + 14.0);
    let mut keys = vec![
        (PLUM, format!("{} with a known hour", body.unit)),
        (FILLS[3], "open every day".into()),
        (FILLS[2], "on five or six days".into()),
        (FILLS[1], "on one to four".into()),
        (FILLS[0], "closed".into()),
    ];
    if body.kinds.iter().any(|k| k.unknown == k.services) {
        keys.push(("url(#missing)", "hours not known".into()));
    }
    for (fill, words) in keys {
        (x, y) = key_place((x, y), 31.0 + text_width(&words, LETTERS, false));
        figure.svg.rect(x, y - 11.0, 24.0, 15.0, fill, "#6F6F6F");
        figure.svg.text(x + 31.0, y + 1.0, &words, label(INK, Anchor::Start));
        x += 31.0 + text_width(&words, LETTERS, false) + 20.0;
    }
    let left = MARGIN + LABEL_WIDTH;
    let right = WIDTH - MARGIN - SHARE_WIDTH;
    let hour = (right - left) / 24.0;
    y += 26.0;
    let bottom = y + BARS + ROW * body.kinds.len() as f64 + 44.0;
    for (from, to) in [(0.0, 6.0), (18.0, 24.0)] {
        figure.svg.rect(left + from * hour, y, (to - from) * hour, bottom - y - 22.0, "#F0F0F0", "none");
    }
    figure.svg.text(left + 6.0, y + 15.0, "night", label(GREY_INK, Anchor::Start));
    figure.svg.text(right - 6.0, y + 15.0, "night", label(GREY_INK, Anchor::End));
    let all = body.total.known().unwrap_or(0).max(1) as f64;
    let share = |n: u64| n as f64 / all;
    let most = body.by_band.iter().filter_map(|c| c.known()).max().unwrap_or(1);
    let base = y + BARS;
    for (i, cell) in body.by_band.iter().enumerate() {
        let at = left + (i * 3) as f64 * hour;
        match cell.known() {
            Some(n) => {
                let height = (BARS - 46.0) * share(n) / share(most).max(1e-9);
                figure.svg.rect(at + 3.0, base - height, 3.0 * hour - 6.0, height, PLUM, "none");
                let words = format!("{}%", decimal(100.0 * share(n), 0));
                let words_x = at + (3.0 * hour - text_width(&words, LETTERS, false)) / 2.0;
                figure.svg.text(words_x, base - height - 5.0, &words, label(INK, Anchor::Start));
            }
            None => figure.svg.rect(at + 3.0, base - 14.0, 3.0 * hour - 6.0, 14.0, "url(#withheld)", "#6F6F6F"),
        }
    }
    for (i, line) in
        wrap(&format!("Share of {} {}", thousands(all as u64), body.unit), LETTERS, true, LABEL_WIDTH - 20.0).iter().enumerate()
    {
        figure.svg.text(left - 12.0, base - 30.0 + 16.0 * i as f64, line, label(INK, Anchor::End));
    }
    figure.svg.line((left, base), (right, base), DARK_BLUE, 1.0, "");
    y = base + 6.0;
    for (i, line) in ["outside", "its hours"].iter().enumerate() {
        figure.svg.text(WIDTH - MARGIN, base - 22.0 + 16.0 * i as f64, line, label(GREY_INK, Anchor::End));
    }
    for kind in &body.kinds {
        let name = wrap(&kind.label, LETTERS, false, LABEL_WIDTH - 12.0);
        let name = if name.len() > 1 { format!("{}…", name[0]) } else { name.concat() };
        figure.svg.text(left - 12.0, y + ROW / 2.0 + 5.0, &name, label(INK, Anchor::End));
        if kind.unknown == kind.services {
            figure.svg.rect(left, y + 3.0, right - left, ROW - 6.0, "url(#missing)", "#6F6F6F");
        } else {
            for (from, to, class) in stretches(kind) {
                figure.svg.rect(left + from as f64 * hour, y + 3.0, (to - from) as f64 * hour, ROW - 6.0, FILLS[class], "#6F6F6F");
            }
        }
        let words = kind.while_closed.map_or("not known".to_owned(), |s| {
            let least = if kind.while_closed_most.is_some() { "≥ " } else { "" };
            format!("{least}{}%", outside(kind, s))
        });
        figure.svg.text(WIDTH - MARGIN, y + ROW / 2.0 + 5.0, &words, label(INK, Anchor::End));
        y += ROW;
    }
    for h in (0..=24).step_by(3) {
        let at = left + h as f64 * hour;
        figure.svg.line((at, y + 2.0), (at, y + 7.0), FAINT, 1.0, "");
        let words = format!("{h:02}:00");
        figure.svg.text(at - text_width(&words, LETTERS, false) / 2.0, y + 21.0, &words, label(GREY_INK, Anchor::Start));
    }
    let alt = alt_text(finding, body);
    figure.finish(findings, finding, bottom, alt)
}

/// Hours of the day from and to, with the class of the days on which it is open; neighbours of one class are one.
fn stretches(kind: &KindOpen) -> Vec<(u16, u16, usize)> {
    let mut all: Vec<(u16, u16, usize)> = Vec::new();
    for hour in 0..24 {
        let class = class(kind.days_open(hour));
        match all.last_mut() {
            Some(last) if last.2 == class => last.1 = hour + 1,
            _ => all.push((hour, hour + 1, class)),
        }
    }
    all
}

/// A share in whole per cent; of one that is told at least, down to the next: at least is no rounding up.
fn outside(kind: &KindOpen, share: f64) -> String {
    decimal(if kind.while_closed_most.is_some() { (100.0 * share).floor() } else { 100.0 * share }, 0)
}

fn alt_text(finding: &Finding, body: &WeekClock) -> String {
    let all = body.total.known().unwrap_or(0).max(1) as f64;
    let bands: Vec<String> = body
        .by_band
        .iter()
        .zip(&body.bands)
        .map(|(c, b)| c.known().map_or(format!("{b} withheld"), |n| format!("{b} {}%", decimal(100.0 * n as f64 / all, 0))))
        .collect();
    let kinds: Vec<String> = body
        .kinds
        .iter()
        .map(|k| match k.while_closed {
            Some(s) => {
                let least = if k.while_closed_most.is_some() { "at least " } else { "" };
                format!("{}: {least}{}% outside its hours", k.label, outside(k, s))
            }
            None => format!("{}: hours not known in full", k.label),
        })
        .collect();
    format!("Day from midnight to midnight. {}. {}. {}.", finding.subtitle, bands.join(", "), kinds.join("; "))
}
