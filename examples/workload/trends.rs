//! W6: Mann-Kendall, Sen's slope and STL of a monthly series of each area.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use gapmap::stats::mann_kendall::{original, sen};
use gapmap::stats::stl::Stl;

use crate::place::panel;

/// `which`: `w6` for both, `w6-trend` or `w6-stl` for one of them.
pub fn trends(which: &str, data: &Path, areas: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let counted = panel(&data.join(format!("geo_{areas}/panel.csv")))?;
    let series: Vec<Vec<f64>> =
        counted.counts.chunks(counted.months.len()).map(|row| row.iter().map(|n| f64::from(*n)).collect()).collect();
    let read_s = started.elapsed().as_secs_f64();
    let mut text = String::from("LSOA21CD");
    let started = Instant::now();
    let tested: Vec<_> = if which == "w6-stl" { vec![] } else { series.iter().map(|x| (original(x), sen(x))).collect() };
    let trend_s = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let stl = Stl::new(12, 7, false).prepare(counted.months.len()).ok_or("too few months")?;
    let parts: Vec<_> = if which == "w6-trend" { vec![] } else { series.iter().map(|x| stl.fit(x)).collect() };
    let stl_s = started.elapsed().as_secs_f64();
    text.push_str(if tested.is_empty() { "" } else { ",S,var,z,p,tau,slope" });
    text.push_str(if parts.is_empty() { "\n" } else { ",trend_first,trend_last,seas_amp,resid_sd\n" });
    for (i, code) in counted.codes.iter().enumerate() {
        text.push_str(code);
        if let Some((Some(t), Some(line))) = tested.get(i) {
            write!(text, ",{},{},{},{},{},{}", t.score, t.variance, t.z, t.p, t.tau, line.slope)?;
        }
        if let Some(Some(p)) = parts.get(i) {
            let n = p.remainder.len() as f64;
            let mean = p.remainder.iter().sum::<f64>() / n;
            let sd = (p.remainder.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n).sqrt();
            let (high, low) = p.seasonal.iter().fold((f64::MIN, f64::MAX), |(h, l), s| (h.max(*s), l.min(*s)));
            write!(text, ",{},{},{},{sd}", p.trend[0], p.trend[p.trend.len() - 1], high - low)?;
        }
        text.push('\n');
    }
    std::fs::write(out, text)?;
    println!("PHASES {{\"read\": {read_s:.3}, \"trend\": {trend_s:.3}, \"stl\": {stl_s:.3}}}");
    Ok(())
}
