//! What a comparison with a peer found: cases that agree, cases that differ, and parts that could not be compared, with the reason.
//!
//! Files of a known method come from many hands: fields are optional, sizes differ, a new test may stand among the old ones. Whoever
//! reads one does not ask before each field. A part that finds its field missing ends there, is listed as not compared, and the next
//! part runs. What goes wrong inside the library is a failure, never a part that was left out.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use serde_json::Value;

/// Counts cases and keeps what differs.
#[derive(Default)]
pub struct Cases {
    pub passed: usize,
    pub failed: Vec<String>,
    /// Parts that are not compared on purpose: `tests/reference/DEVIATIONS.md` says why.
    pub left: Vec<String>,
    /// Parts for which the file holds no material, or other material than the method has.
    pub lacking: Vec<String>,
}

/// An answer that the library must give for the material of a file.
pub trait Ours<T> {
    /// The answer. Where there is none, the part fails; it is not left out.
    fn ours(self) -> T;
}

const NO_ANSWER: &str = "ours gives no answer";

impl<T> Ours<T> for Option<T> {
    #[track_caller]
    fn ours(self) -> T {
        self.expect(NO_ANSWER)
    }
}

/// Files whose code reads files of results: a panic that comes from there is about the file.
const READERS: &str = "tests/it/reference";

thread_local! {
    /// How many parts are open on this thread, and what ended the last of them: file, line and message.
    static OPEN: RefCell<(usize, Option<(String, String)>)> = const { RefCell::new((0, None)) };
}

/// While a part is open on a thread, what ends it is kept instead of printed.
fn keep_what_ends_a_part() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let open = OPEN.with_borrow(|o| o.0 > 0);
            if !open {
                return usual(info);
            }
            let at = info.location().map_or(String::new(), |l| format!("{}:{}", l.file().replace('\\', "/"), l.line()));
            let message = info.payload_as_str().unwrap_or("no message").chars().take(200).collect();
            OPEN.with_borrow_mut(|o| o.1 = Some((at, message)));
        }));
    });
}

impl Cases {
    pub fn close(&mut self, what: impl Fn() -> String, ours: f64, theirs: f64, relative: f64, absolute: f64) {
        let fine = (ours - theirs).abs() <= absolute.max(relative * theirs.abs());
        self.record(fine, || format!("{}: ours {ours}, theirs {theirs}", what()));
    }

    pub fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: impl Fn() -> String, ours: T, theirs: T) {
        let fine = ours == theirs;
        self.record(fine, || format!("{}: ours {ours:?}, theirs {theirs:?}", what()));
    }

    pub fn record(&mut self, fine: bool, describe: impl Fn() -> String) {
        if fine {
            self.passed += 1;
        } else {
            self.failed.push(describe());
        }
    }

    /// How many cases were compared.
    pub fn compared(&self) -> usize {
        self.passed + self.failed.len()
    }

    /// Looks at a part that stands for itself: where the file does not hold what it needs, it is listed as lacking.
    pub fn part(&mut self, name: impl std::fmt::Display, look: impl FnOnce(&mut Cases)) {
        keep_what_ends_a_part();
        OPEN.with_borrow_mut(|o| o.0 += 1);
        let looked = catch_unwind(AssertUnwindSafe(|| look(self)));
        let ended = OPEN.with_borrow_mut(|o| {
            o.0 -= 1;
            o.1.take()
        });
        if looked.is_ok() {
            return;
        }
        let (at, message) = ended.unwrap_or_default();
        if at.contains(READERS) && !message.contains(NO_ANSWER) {
            self.lacking.push(format!("{name}: {message} ({at})"));
        } else {
            self.failed.push(format!("{name}: {message} ({at})"));
        }
    }

    /// The same for each entry of an object, under the names that the file gives them.
    pub fn each(&mut self, entries: &Value, mut look: impl FnMut(&mut Cases, &str, &Value)) {
        let Some(entries) = entries.as_object() else {
            self.lacking.push("a list of named results".into());
            return;
        };
        if entries.is_empty() {
            self.lacking.push("a list of named results is empty".into());
        }
        for (name, entry) in entries {
            self.part(name, |found| look(found, name, entry));
        }
    }
}

/// A number that the file gives, or what the method has by itself.
pub fn number_or(value: &Value, usual: f64) -> f64 {
    value.as_f64().unwrap_or(usual)
}

/// A number that must stand there.
#[track_caller]
pub fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number is missing")
}

/// Numbers of a list; `NaN` where there is none.
#[track_caller]
pub fn floats(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list of numbers is missing").iter().map(|v| v.as_f64().unwrap_or(f64::NAN)).collect()
}

/// The number at the end of a name: 3 of `poisson_hac3`.
pub fn number_in(name: &str) -> Option<f64> {
    let from = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    name[from..].parse().ok()
}

#[test]
fn a_part_without_material_is_lacking_and_a_fault_of_ours_fails() {
    let mut found = Cases::default();
    found.part("whole", |found| {
        found.part("no field", |_| drop(floats(&Value::Null)));
        found.part("no answer", |_| None.ours());
        found.part("another field", |found| found.close(|| "x".into(), 1.0, number(&Value::from(1.0)), 0.0, 0.0));
        let short = [1];
        found.part("a short list", |_| assert!(short[short.len()] > 0));
    });
    assert_eq!((found.passed, found.failed.len(), found.lacking.len()), (1, 1, 2), "{:?} {:?}", found.failed, found.lacking);
    assert_eq!(number_in("gravity_exp_0.05"), Some(0.05));
}
