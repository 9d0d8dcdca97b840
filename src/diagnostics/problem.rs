use std::fmt;

use super::catalogue::Code;
use super::said::Said;
use crate::units::showable;

/// How much a problem matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The run stops after everything has been read, and nothing is written.
    Error,
    /// The run goes on; the reader should know.
    Warning,
}

/// Where a problem is: as much of file, line and field as is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// The file as the plan names it.
    pub file: String,
    /// One-based line of the file.
    pub line: Option<u64>,
    /// Column name, JSON path or setting.
    pub field: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: u64) -> Self {
        Self { file: file.into(), line: Some(line), field: None }
    }

    /// The same place as a pack may print it: of a path that starts at the root of a machine only the last part.
    ///
    /// ```
    /// use gapmap::diagnostics::Place;
    /// assert_eq!(Place::line("C:\\Data\\services.csv", 4).shareable().to_string(), "services.csv:4");
    /// assert_eq!(Place::file("services/feed.json").shareable().to_string(), "services/feed.json");
    /// ```
    pub fn shareable(&self) -> Self {
        let rooted = self.file.starts_with(['/', '\\']) || self.file.get(1..3).is_some_and(|c| [":\\", ":/"].contains(&c));
        let last = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let file = if rooted { last } else { &self.file };
        Self { file: showable(file).0.into_owned(), ..self.clone() }
    }

    /// The file alone, as it may be shared: the line of a record would tell how many stand before it that are not shown.
    ///
    /// ```
    /// use gapmap::diagnostics::Place;
    /// assert_eq!(Place::line("services/list.csv", 4).file_alone(), "services/list.csv");
    /// ```
    pub fn file_alone(&self) -> String {
        self.shareable().file
    }

    /// The same place, narrowed to a column, JSON path or setting.
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(field) = &self.field {
            write!(f, ", {field}")?;
        }
        Ok(())
    }
}

/// A line of the plan with the faulty part marked. Only plans are excerpted: data rows never are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Excerpt {
    /// The text of the line.
    pub text: String,
    /// First marked character of it, from 0.
    pub from: usize,
    /// How many characters are marked, at least 1.
    pub length: usize,
}

/// One thing that is wrong, where it is, and what to do next.
#[derive(Clone, PartialEq, Debug)]
pub struct Problem {
    /// Stable code such as `R104`; `gapmap explain R104` says more.
    pub code: Code,
    /// Whether the run can go on.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in plain English.
    pub message: String,
    /// What to do next.
    pub next_step: String,
    /// The line of the plan, with a caret, where the problem is in the plan.
    pub excerpt: Option<Excerpt>,
    /// The source that the record was set aside of, where the run goes on without it.
    pub set_aside: Option<String>,
}

impl Problem {
    /// Whether it stops the run.
    pub fn stops(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Problems gathered so far, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Adds one that stops the run.
    pub fn error(&mut self, code: Code, place: Place, message: impl Into<String>, next_step: impl Into<String>) {
        self.add(code, Severity::Error, place, message.into(), next_step.into());
    }

    /// Adds one that the reader should know of.
    pub fn warn(&mut self, code: Code, place: Place, message: impl Into<String>, next_step: impl Into<String>) {
        self.add(code, Severity::Warning, place, message.into(), next_step.into());
    }

    /// Adds one that stops the run, in the words of [`super::said`].
    pub fn error_said(&mut self, code: Code, place: Place, said: Said) {
        self.error(code, place, said.what, said.next);
    }

    /// Adds one that the reader should know of, in the words of [`super::said`].
    pub fn warn_said(&mut self, code: Code, place: Place, said: Said) {
        self.warn(code, place, said.what, said.next);
    }

    fn add(&mut self, code: Code, severity: Severity, place: Place, message: String, next_step: String) {
        self.push(Problem { code, severity, place, message, next_step, excerpt: None, set_aside: None });
    }

    /// Adds a finished problem.
    pub fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Adds all of another list, in its order.
    pub fn append(&mut self, mut other: Problems) {
        self.list.append(&mut other.list);
    }

    /// From a position on, those that `is_of_a_record` picks no longer stop the run: the record of the source is set aside.
    pub fn set_aside(&mut self, from: usize, source: &str, is_of_a_record: impl Fn(&Problem) -> bool) {
        for problem in self.list.iter_mut().skip(from).filter(|p| p.stops()) {
            if is_of_a_record(problem) {
                problem.severity = Severity::Warning;
                problem.set_aside = Some(source.to_owned());
                problem.message.push_str(": set aside");
                problem.next_step = format!(
                    "The run goes on without it. Send the list of what was set aside to the publisher; to stop at such records, write `bad-records = \"stop\"` under the source `{source}`."
                );
            }
        }
    }

    /// All of them, in order.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// Whether any of them stops the run.
    pub fn any_error(&self) -> bool {
        self.list.iter().any(|p| p.severity == Severity::Error)
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
