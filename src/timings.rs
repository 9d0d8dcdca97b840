//! How long each part of a run takes: for who finds it slow, and for growth by size. Nothing of it goes into a pack.

use std::cell::Cell;
use std::sync::Mutex;
use std::time::Instant;

/// What one part of a run took.
#[derive(Clone, PartialEq, Debug)]
pub struct Taken {
    /// The part: `read`, `analysis clusters`, `draw maps`.
    pub part: String,
    /// Seconds without those of other parts that its thread did in between: of processors where the system tells them, else of the clock. Parts that run
    /// side by side count one another's: with one thread each has its own.
    pub seconds: f64,
    /// The most memory that the process had held until then, in megabytes (10⁶ bytes); `None` where the system does not tell.
    pub peak_mb: Option<f64>,
}

/// Parts so far; `None` while nobody asks.
static PARTS: Mutex<Option<Vec<Taken>>> = Mutex::new(None);

/// Begins to take times in this process.
pub fn take_times() {
    if let Ok(mut parts) = PARTS.lock() {
        *parts = Some(Vec::new());
    }
}

thread_local! {
    /// Seconds of parts that are done inside the present part.
    static INSIDE: Cell<f64> = const { Cell::new(0.0) };
}

/// Does some work as a part of the run.
///
/// ```
/// use gapmap::timings::{take_times, taken, timed};
/// take_times();
/// assert_eq!(timed("a sum", || 2 + 2), 4);
/// assert_eq!(taken()[0].part, "a sum");
/// ```
pub fn timed<T>(part: &str, work: impl FnOnce() -> T) -> T {
    let asked = PARTS.lock().is_ok_and(|parts| parts.is_some());
    if !asked {
        return work();
    }
    let outside = INSIDE.replace(0.0);
    let (begun, busy) = (Instant::now(), processor_s());
    let done = work();
    let all = processor_s().zip(busy).map_or_else(|| begun.elapsed().as_secs_f64(), |(now, then)| now - then);
    let taken = Taken { part: part.to_owned(), seconds: (all - INSIDE.get()).max(0.0), peak_mb: peak_mb() };
    INSIDE.set(outside + all);
    if let Ok(mut parts) = PARTS.lock()
        && let Some(parts) = parts.as_mut()
    {
        parts.push(taken);
    }
    done
}

/// What was taken so far, in the order in which it was done.
pub fn taken() -> Vec<Taken> {
    PARTS.lock().map_or_else(|_| vec![], |parts| parts.clone().unwrap_or_default())
}

/// The most memory that this process has held, as Linux tells it.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib * 1.024 / 1_000.0)
}

/// Seconds that this process has had of processors, as Linux tells them in hundredths.
fn processor_s() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in brackets and may hold anything; user and system time are the 12th and 13th number after it.
    let mut numbers = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks = |text: &str| text.parse::<u64>().ok();
    Some((ticks(numbers.next()?)? + ticks(numbers.next()?)?) as f64 / 100.0)
}
