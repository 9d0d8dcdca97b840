//! Horizontal bars from zero, labelled directly. A withheld bar is hatched and of one length, whatever it hides.

use crate::model::{Bar, Bars, Body, Finding, Findings};
use crate::outputs::figure::{Figure, label};
use crate::outputs::svg::Anchor;
use crate::outputs::theme::{DARK_BLUE, FAINT, FILL_PATTERNS, GREY_INK, INK, LETTERS, MARGIN, WIDTH, text_width, wrap};
use crate::units::Cell;
use crate::units::{decimal, thousands};

const ROW: f64 = 30.0;
const LABEL_WIDTH: f64 = 306.0;

pub fn fits(finding: &Finding) -> bool {
    // A single bar is as long as the page whatever it counts: its sentence says as much.
    matches!(&finding.body, Body::Bars(b) if (2..=40).contains(&b.bars.len()))
}

pub fn draw(findings: &Findings, finding: &Finding) -> (String, String) {
    let Body::Bars(bars) = &finding.body else { return Default::default() };
    let mut figure = Figure::new(findings, finding, &finding.headline);
    figure.svg.raw(FILL_PATTERNS);
    let zero = MARGIN + LABEL_WIDTH + 12.0;
    let most = bars.bars.iter().filter_map(|b| b.count.known()).max().unwrap_or(0).max(1) as f64;
    // By day and by night the headline is of reports with a time, and so are the bars below it.
    let of_time = |b: &[Bar]| Some(b.first()?.count.known()? + b.get(1)?.count.known()?);
    let timed = of_time(&bars.bars).filter(|n| *n > 0 && finding.id.ends_with("/night-and-day"));
    // The longest words beside a bar have room even where the bar is the longest.
    let widest = bars.bars.iter().map(|b| text_width(&beside(bars, b, timed), LETTERS, false)).fold(0.0, f64::max);
    let room = WIDTH - MARGIN - zero - (widest + 8.0).max(130.0);
    let mut y = figure.top + 4.0;
    for bar in in_order(bars) {
        let lines = wrap(&bar.label, LETTERS, false, LABEL_WIDTH);
        let height = ROW.max(lines.len() as f64 * 16.0 + 8.0);
        for (i, line) in lines.iter().enumerate() {
            let offset = (i as f64 - (lines.len() as f64 - 1.0) / 2.0) * 16.0;
            figure.svg.text(zero - 10.0, y + height / 2.0 + 4.0 + offset, line, label(INK, Anchor::End));
        }
        let (length, fill) = match bar.count {
            Cell::Known(n) => (room * n as f64 / most, DARK_BLUE),
            Cell::Withheld => (36.0, "url(#withheld)"),
            Cell::Missing => (36.0, "url(#missing)"),
            Cell::NotApplicable => (0.0, "none"),
        };
        let words = beside(bars, bar, timed);
        if length > 0.0 {
            figure.svg.rect(zero, y + 4.0, length, height - 8.0, fill, if bar.count == Cell::Withheld { "#5A5A5A" } else { "none" });
        }
        figure.svg.text(zero + length + 8.0, y + height / 2.0 + 4.0, &words, label(GREY_INK, Anchor::Start));
        y += height;
    }
    figure.svg.line((zero, figure.top), (zero, y + 4.0), FAINT, 1.0, "");
    let alt_text = alt_text(finding, bars);
    figure.finish(findings, finding, y + 8.0, alt_text)
}

/// What stands beside a bar. `timed`: all reports with a time, where the bars are of day and night.
fn beside(bars: &Bars, bar: &Bar, timed: Option<u64>) -> String {
    let n = match bar.count {
        Cell::Known(n) => n,
        Cell::Withheld => return "withheld to protect people".into(),
        Cell::Missing => return "missing".into(),
        Cell::NotApplicable => return "not applicable".into(),
    };
    let share = match timed {
        Some(all) if bars.bars.iter().take(2).any(|b| b.label == bar.label) => {
            format!(" ({}% of those with a time)", decimal(100.0 * n as f64 / all as f64, 0))
        }
        Some(_) => String::new(),
        None => bar.share.known().map_or(String::new(), |s| format!(" ({})", percent(s.value))),
    };
    format!("{}{share}", thousands(n))
}

/// `21%`, `4.8%`; what is there is never told as nothing, nor nothing to a tenth.
fn percent(share: f64) -> String {
    match 100.0 * share {
        0.0 => "0%".into(),
        part if part < 0.05 => "under 0.1%".into(),
        part => format!("{}%", decimal(part, usize::from(part < 10.0))),
    }
}

/// The bars as they are drawn: the largest first where they have no order of their own, what is withheld or missing last.
fn in_order(bars: &Bars) -> Vec<&Bar> {
    let mut list: Vec<&Bar> = bars.bars.iter().collect();
    if !bars.ordered {
        // Nothing but what is released decides.
        list.sort_by(|a, b| b.count.known().cmp(&a.count.known()).then_with(|| a.label.cmp(&b.label)));
    }
    list
}

fn alt_text(finding: &Finding, bars: &Bars) -> String {
    let mut known: Vec<_> = bars.bars.iter().filter_map(|b| Some((b.count.known()?, &b.label))).collect();
    known.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let first: Vec<String> = known.iter().take(3).map(|(n, l)| format!("{l} {}", thousands(*n))).collect();
    format!(
        "Bar chart with {} bars. {}. Largest: {}. The table below the chart holds every value.",
        bars.bars.len(),
        finding.subtitle,
        first.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::figures::{study_of_reach, words_of};

    #[test]
    fn what_is_there_is_not_told_as_nothing() {
        assert_eq!([0.0, 0.0001, 0.0005, 0.048, 0.21].map(percent), ["0%", "under 0.1%", "0.1%", "4.8%", "21%"]);
    }

    #[test]
    fn the_words_beside_the_longest_bar_end_within_the_picture() {
        let (findings, mut finding, _) = study_of_reach();
        finding.id = "places/x/night-and-day".into();
        let bar = |label: &str, n: u64| serde_json::json!({"label": label, "count": {"known": n}, "share": "missing"});
        let body = serde_json::json!({
            "shape": "bars", "dimension": "Time", "unit": "reports", "ordered": true,
            "bars": [bar("Day", 155), bar("Night", 370_370), bar("Time not known", 45)], "total": {"known": 370_570}
        });
        finding.body = serde_json::from_value(body).unwrap();
        let (svg, _) = draw(&findings, &finding);
        let words = words_of(&svg);
        assert!(words.iter().any(|(w, _)| w.contains("of those with a time")));
        words.iter().for_each(|(w, room)| assert!(room.left >= 0.0 && room.right <= WIDTH, "{w}: {room:?}"));
    }
}
