//! Which months are told: all that stands beside one another is of the same.

use std::collections::BTreeSet;

use crate::study::{Heading, Journeys};
use crate::units::Period;

/// The spans of months that are told, one after another without a gap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Months {
    /// The first of them first.
    pub spans: Vec<Period>,
    /// Whether the return holds others that were asked for, in which not all of it is told.
    pub left_out: bool,
}

/// Why no months can be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NoMonths {
    /// The return holds none of those that are asked for.
    None,
    /// Who came is told of some months, and who went of others.
    Unequal,
}

/// What is told of a span: kinds of service by the way that journeys go; without kinds where they do not matter.
type Told<'a> = BTreeSet<(&'a str, Heading)>;

/// The months of a return that an analysis tells.
///
/// Without a period it is the latest span in which every way is told that the return tells at all: within, out and in. With one, they are the latest spans of
/// the period without a gap in which every kind and way is told that the period tells at all. Shares of counts over unequal months would compare a year with a
/// quarter.
///
/// # Errors
/// Where there is no such span.
pub(super) fn months(journeys: &Journeys, asked: Option<Period>) -> Result<Months, NoMonths> {
    let inside = |p: &Period| asked.is_none_or(|asked| asked.first <= p.first && p.last <= asked.last);
    let spans: Vec<Period> = journeys.spans().into_iter().filter(inside).collect();
    let told = |span: &Period| -> Told<'_> {
        let ways = journeys.flows.iter().filter(|f| f.period == *span).filter_map(|f| Some((f.service.as_str(), f.heading()?)));
        ways.map(|(kind, way)| (if asked.is_some() { kind } else { "" }, way)).collect()
    };
    let all: Told<'_> = spans.iter().flat_map(&told).collect();
    // A return that is complete tells of everybody in each of its spans.
    let whole = |span: &&Period| journeys.complete || told(span) == all;
    let mut run: Vec<Period> = Vec::new();
    for span in spans.iter().rev().filter(whole) {
        match run.last() {
            Some(later) if asked.is_none() || span.last.plus(1) != later.first => break,
            _ => run.push(*span),
        }
    }
    run.reverse();
    match (spans.is_empty(), run.is_empty()) {
        (true, _) => Err(NoMonths::None),
        (_, true) => Err(NoMonths::Unequal),
        _ => {
            // Of earlier ones nobody expects to be told without a period.
            let left_out = if asked.is_some() { run.len() < spans.len() } else { run.last() != spans.last() };
            Ok(Months { spans: run, left_out })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Flow, Whence};
    use crate::units::{Cell, Month};

    fn span(first: &str, last: &str) -> Period {
        Period::new(Month::parse(first).unwrap(), Month::parse(last).unwrap()).unwrap()
    }

    fn journeys(rows: &[(&str, &str, Heading)], complete: bool) -> Journeys {
        let (own, away) = (Whence::Own(None), Whence::Elsewhere(crate::study::Elsewhere::Abroad));
        let flow = |(quarter, service, way): &(&str, &str, Heading)| {
            let first = Month::parse(quarter).unwrap();
            let (from, to) = match way {
                Heading::Within => (own, own),
                Heading::Out => (own, away),
                Heading::In => (away, own),
            };
            Flow { period: Period::new(first, first.plus(2)).unwrap(), service: (*service).into(), from, to, people: Cell::Known(9) }
        };
        Journeys { source: 0, complete, flows: rows.iter().map(flow).collect() }
    }

    const YEAR: [&str; 4] = ["2023-01", "2023-04", "2023-07", "2023-10"];

    #[test]
    fn the_latest_months_that_tell_every_way_are_told() {
        use Heading::{In, Out, Within};
        // Who went comes a quarter later.
        let rows: Vec<_> = YEAR.iter().map(|q| (*q, "idva", In)).chain(YEAR[..3].iter().map(|q| (*q, "idva", Out))).collect();
        let all = journeys(&rows, false);
        assert_eq!(months(&all, None), Ok(Months { spans: vec![span("2023-07", "2023-09")], left_out: true }));
        let asked = Some(span("2023-01", "2023-12"));
        let told = months(&all, asked).unwrap();
        assert_eq!(
            (told.spans.first().unwrap().first, told.spans.last().unwrap().last, told.left_out),
            (Month::parse("2023-01").unwrap(), Month::parse("2023-09").unwrap(), true)
        );
        assert_eq!(months(&journeys(&rows, true), asked).unwrap().spans.len(), 4);
        // Never both: nothing to set beside one another.
        let never = journeys(&[(YEAR[0], "idva", In), (YEAR[1], "idva", Out)], false);
        assert_eq!([months(&never, None), months(&never, asked)], [Err(NoMonths::Unequal), Err(NoMonths::Unequal)]);
        assert_eq!(months(&never, Some(span("2020-01", "2020-12"))), Err(NoMonths::None));
        // A gap ends what is told together, and so does a quarter without one of the kinds.
        let gap = journeys(&[(YEAR[0], "idva", Within), (YEAR[2], "idva", Within), (YEAR[3], "idva", Within)], false);
        assert_eq!(months(&gap, asked).unwrap().spans, [span("2023-07", "2023-09"), span("2023-10", "2023-12")]);
        let kinds = journeys(&[(YEAR[0], "idva", In), (YEAR[0], "isva", In), (YEAR[1], "idva", In)], false);
        assert_eq!(months(&kinds, asked).unwrap().spans, [span("2023-01", "2023-03")]);
        assert_eq!(months(&kinds, None).unwrap().spans, [span("2023-04", "2023-06")]);
    }
}
