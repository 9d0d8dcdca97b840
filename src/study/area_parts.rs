//! One code, one area: its parts put together, whichever files they came in, and one of two boundaries that are the same.

use std::borrow::Cow;

use geo::MultiPolygon;

use super::areas::Found;
use crate::diagnostics::{Code, Place, Problems, said};
use crate::spatial::{Whole, whole_of};

/// Each code once, sorted. Parts that do not overlap are one area; a boundary that stands twice is used once; others of one ground are told, where
/// anybody is to hear it, and the first stays.
pub(super) fn each_once<'a>(mut found: Vec<Found<'a>>, mut problems: Option<&mut Problems>) -> Vec<Found<'a>> {
    found.sort_by_key(|f| f.0);
    let mut all: Vec<Found> = Vec::with_capacity(found.len());
    let mut in_parts: Vec<usize> = Vec::new();
    let mut waiting = found.into_iter().peekable();
    while let Some(first) = waiting.next() {
        let code = first.0;
        let mut same = vec![first];
        while let Some(next) = waiting.next_if(|next| next.0 == code) {
            same.push(next);
        }
        let (area, is_in_parts) = as_one(same, problems.as_deref_mut());
        if is_in_parts {
            in_parts.push(all.len());
        }
        all.extend(area);
    }
    if let (Some(problems), Some(first)) = (problems, in_parts.first().and_then(|at| all.get(*at))) {
        problems.warn_said(Code::D207, Place::file(first.4), said::boundary_in_parts(in_parts.len(), first.0));
    }
    all
}

/// The area that several features of one code make, and whether files hold parts of it.
fn as_one<'a>(same: Vec<Found<'a>>, problems: Option<&mut Problems>) -> (Option<Found<'a>>, bool) {
    let mut distinct: Vec<Found> = Vec::with_capacity(1);
    let mut again: Vec<(&str, &str)> = Vec::new();
    for one in same {
        match distinct.iter().find(|d| d.3 == one.3) {
            Some(known) => again.push((known.4, one.4)),
            None => distinct.push(one),
        }
    }
    let shapes: Vec<MultiPolygon<f64>> = if distinct.len() < 2 { vec![] } else { distinct.iter().map(|d| d.3.as_ref().clone()).collect() };
    let files: Vec<&str> = distinct.iter().map(|d| d.4).collect();
    let Some(mut area) = distinct.into_iter().next() else { return (None, false) };
    let whole = (shapes.len() > 1).then(|| whole_of(&shapes));
    if whole == Some(Whole::Same) {
        again.extend(files.iter().skip(1).map(|file| (area.4, *file)));
    }
    if let Some(problems) = problems {
        for (known, file) in again {
            problems.warn_said(Code::D207, Place::file(file), said::boundary_given_twice(area.0, known));
        }
        if whole == Some(Whole::Other) {
            let file = files.last().copied().unwrap_or_default();
            problems.error_said(Code::D207, Place::file(file), said::boundary_given_otherwise(area.0, area.4));
        }
    }
    let Some(Whole::Parts(whole)) = whole else { return (Some(area), false) };
    area.3 = Cow::Owned(whole);
    (Some(area), true)
}
