//! Counts of a changed document are held against the events that they count.

use gapmap::diagnostics::{Problems, Severity};
use gapmap::model::{Body, Counted, Days, Findings, Group};
use gapmap::outputs::{Files, with_manifest};
use gapmap::plan::Plan;
use gapmap::units::Cell;

use super::{audit, exact_counts, pack, two_years};

/// A pack of a restricted source by area, category, day and time, in months: every shape that shows its counts.
fn of_all_shapes() -> Findings {
    let study = two_years();
    let mut plan = study.text("study.toml");
    let at = plan.find("name = \"police\"").unwrap();
    let open = at + plan[at..].find("sensitivity = \"open\"").unwrap();
    plan.replace_range(open..open + "sensitivity = \"open\"".len(), "sensitivity = \"restricted\"");
    study.write("study.toml", plan.as_bytes());
    let mut problems = Problems::default();
    let plan = Plan::load(&study.folder.join("study.toml"), &mut problems).unwrap();
    gapmap::pipeline::findings(&plan, None, &mut problems).unwrap().0
}

/// The codes and messages of the errors in changed findings, listed anew.
fn errors_in(findings: &Findings, change: &dyn Fn(&mut Findings)) -> Vec<(&'static str, String)> {
    let mut changed = findings.clone();
    change(&mut changed);
    assert!(changed != *findings, "nothing was changed");
    let path = format!("findings.{}.json", changed.policy.tier.word());
    let files = with_manifest(&changed, Files::from([(path, changed.written())]));
    let mut problems = Problems::default();
    audit(&files, &mut problems);
    problems.list().iter().filter(|p| p.severity == Severity::Error).map(|p| (p.code.name(), p.message.clone())).collect()
}

#[test]
fn counts_are_held_against_the_events_that_they_count() {
    let findings = of_all_shapes();
    let codes = |change: &dyn Fn(&mut Findings)| -> Vec<&'static str> { errors_in(&findings, change).into_iter().map(|e| e.0).collect() };
    assert_eq!(codes(&|f| f.frame.title.push('.')), Vec::<&str>::new(), "with nothing planted");
    let restricted = |f: &Findings, i: usize| f.findings[i].sources.first().is_some_and(|s| f.restricted.iter().any(|r| r.source == *s));
    let position = |is: &dyn Fn(&Body) -> bool| {
        (0..findings.findings.len()).find(|i| restricted(&findings, *i) && is(&findings.findings[*i].body)).unwrap()
    };

    // Two counts of one table change places: each is a released one, of other events.
    let bars = position(&|b| matches!(b, Body::Bars(b) if b.bars.windows(2).any(|w| w[0].count != w[1].count)));
    assert!(
        codes(&|f| {
            let Body::Bars(b) = &mut f.findings[bars].body else { return };
            let i = b.bars.windows(2).position(|w| w[0].count != w[1].count).unwrap();
            let [a, c] = &mut b.bars[i..=i + 1] else { return };
            std::mem::swap(&mut a.count, &mut c.count);
            std::mem::swap(&mut a.share, &mut c.share);
        })
        .contains(&"S321")
    );
    // Or their names.
    assert!(
        codes(&|f| {
            let Body::Bars(b) = &mut f.findings[bars].body else { return };
            let [a, c] = &mut b.bars[..2] else { return };
            std::mem::swap(&mut a.label, &mut c.label);
        })
        .contains(&"S321")
    );
    // An area of one indicator with the count of another.
    let series = position(&|b| matches!(b, Body::Series(_)));
    assert!(codes(&|f| f.findings[series].counted = vec![Counted { categories: vec![0], group: Some(Group::Night) }]).contains(&"S321"));
    assert!(codes(&|f| f.findings[series].counted.clear()).contains(&"S320"));
    // All typed counts of the source are left out.
    let name = findings.findings[series].sources[0].clone();
    assert!(codes(&|f| f.restricted.retain(|r| r.source != name)).contains(&"S321"));
    assert!(
        codes(&|f| {
            f.restricted.retain(|r| r.source != name);
            f.findings.clear();
            f.methods.clear();
        })
        .contains(&"S321")
    );
    assert!(codes(&|f| f.restricted.push(f.restricted[0].clone())).contains(&"S321"));
}

#[test]
fn findings_whose_lengths_disagree_are_told_and_do_not_stop_the_audit() {
    let findings = of_all_shapes();
    let mut tried = 0;
    for i in 0..findings.findings.len() {
        if !findings.findings[i].sources.first().is_some_and(|s| findings.restricted.iter().any(|r| r.source == *s)) {
            continue;
        }
        let shorter: Vec<fn(&mut Body)> = match &findings.findings[i].body {
            Body::WeekClock(_) => vec![
                |b| {
                    if let Body::WeekClock(b) = b {
                        b.by_band.pop();
                    }
                },
                |b| {
                    if let Body::WeekClock(b) = b {
                        b.bands.pop();
                    }
                },
                |b| {
                    if let Body::WeekClock(b) = b {
                        b.days.pop();
                    }
                },
            ],
            Body::NeedIndex(_) => vec![
                |b| {
                    if let Body::NeedIndex(b) = b {
                        b.rows[0].counts.pop();
                    }
                },
                |b| {
                    if let Body::NeedIndex(b) = b {
                        b.totals.push(Cell::Withheld);
                    }
                },
                |b| {
                    if let Body::NeedIndex(b) = b {
                        b.indicators.clear();
                    }
                },
            ],
            Body::Table(_) => vec![
                |b| {
                    if let Body::Table(b) = b {
                        b.months.pop();
                    }
                },
                |b| {
                    if let Body::Table(b) = b {
                        b.rows[0].cells.pop();
                    }
                },
                |b| {
                    if let Body::Table(b) = b {
                        b.rows.truncate(1);
                    }
                },
            ],
            Body::Series(_) => vec![
                |b| {
                    if let Body::Series(b) = b {
                        b.points.remove(3);
                    }
                },
                |b| {
                    if let Body::Series(b) = b {
                        b.points.drain(..13);
                    }
                },
            ],
            _ => continue,
        };
        for change in shorter {
            let mut body = findings.findings[i].body.clone();
            change(&mut body);
            if body == findings.findings[i].body {
                continue;
            }
            tried += 1;
            let codes = errors_in(&findings, &|f| change(&mut f.findings[i].body));
            assert!(codes.iter().any(|c| c.0 == "S320" || c.0 == "S321"), "{}: {codes:?}", findings.findings[i].id);
        }
    }
    assert!(tried > 8, "only {tried} tried");
}

#[test]
fn typed_counts_that_cannot_be_are_told() {
    let findings = of_all_shapes();
    let wrong = |change: &dyn Fn(&mut gapmap::model::RestrictedSource)| {
        errors_in(&findings, &|f| change(&mut f.restricted[0])).into_iter().any(|e| e.0 == "S321")
    };
    // The whole is smaller than one of its parts.
    assert!(wrong(&|r| {
        let whole = r.cells.iter().position(|c| {
            c.area == gapmap::model::CellArea::Whole
                && c.categories.is_empty()
                && c.group.is_none()
                && c.value.known().is_some_and(|n| n > 100)
        });
        r.cells[whole.unwrap()].value = Cell::Known(10);
    }));
    // The same events once withheld and once told, whichever comes first.
    for first in [true, false] {
        assert!(wrong(&|r| {
            let i = r.cells.iter().position(|c| c.value.known().is_some_and(|n| n > 20)).unwrap();
            let mut again = r.cells[i].clone();
            (again.value, again.refused) = (Cell::Withheld, true);
            r.cells.insert(if first { i } else { i + 1 }, again);
        }));
    }
    // Hours and days that there are not.
    for group in [Group::When { days: Some(Days::One(9)), band: None }, Group::When { days: None, band: Some(8) }] {
        assert!(wrong(&|r| r.cells[0].group = Some(group)));
    }
}

/// Told of a column with a count that is missing: the others still add up.
#[test]
fn a_missing_count_hides_no_other() {
    let (findings, _) = pack(Some("rule = \"fewer-than-5\""), false);
    let i = findings
        .findings
        .iter()
        .position(|f| matches!(&f.body, Body::AreaCounts(b) if b.rows.iter().any(|r| r.count == Cell::Withheld)))
        .unwrap();
    let exact = exact_counts();
    let codes = errors_in(&findings, &|f| {
        let id = f.findings[i].id.clone();
        let of: Vec<u64> = exact[&id].clone();
        let Body::AreaCounts(b) = &mut f.findings[i].body else { return };
        let hidden: Vec<usize> = (0..b.rows.len()).filter(|r| b.rows[*r].count == Cell::Withheld).collect();
        // All but one are shown, in body and typed counts alike; a large one is called missing in the body.
        for r in &hidden[1..] {
            b.rows[*r].count = Cell::Known(of[*r]);
        }
        let large = (0..b.rows.len()).max_by_key(|r| of[*r]).unwrap();
        b.rows[large].count = Cell::Missing;
        f.restricted.clear();
    });
    assert!(codes.iter().any(|c| c.1.contains("worked out")) || codes.iter().any(|c| c.0 == "S321"), "{codes:?}");
}
