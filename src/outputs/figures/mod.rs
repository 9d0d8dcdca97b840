//! Figures of documents: drawn at the size at which they are set, each with its words for who cannot see it.
//!
//! None has a title, a subtitle or a source: the document sets those as text. Each function returns the drawing and its text alternative,
//! or nothing where nothing is known.

mod axes;
mod bare;
mod bullets;
mod change;
mod dots;
mod eligibility;
mod fill;
mod going_maps;
mod ground;
mod insets;
mod kit;
mod labels;
mod months;
mod paths;
mod persistence;
mod reach;
mod reach_map;
mod register;
mod small_map;
mod sparkline;
mod splits;
mod waves;

pub(in crate::outputs) use bare::{bare, cropped};
pub(in crate::outputs) use bullets::{Bullet, bullets};
pub(in crate::outputs) use change::{change, change_narrow};
pub(in crate::outputs) use dots::{Against, Dot, dots};
pub(in crate::outputs) use eligibility::{Eligibility, Takes, eligibility};
pub(in crate::outputs) use fill::{dots_of, persistence_of};
pub(in crate::outputs) use going_maps::going_maps;
pub(in crate::outputs) use ground::Ground;
pub(in crate::outputs) use insets::{GAP as INSET_GAP, Inset, NAME as INSET_NAME, insets, insets_of_sites};
pub(in crate::outputs) use kit::FULL;
pub(in crate::outputs) use months::{Step, step};
pub(in crate::outputs) use persistence::{Persistent, persistence};
pub(in crate::outputs) use reach::{high_need, need_beside};
pub(in crate::outputs) use reach_map::{reach_map, reach_map_narrow};
pub(in crate::outputs) use register::{bullets_of, eligibility_of, register};
pub(in crate::outputs) use small_map::{reach_legend, small_map};
pub(in crate::outputs) use sparkline::sparkline;
pub(in crate::outputs) use waves::{dots_of_indicator, wave_sparkline, waves};

#[cfg(test)]
pub(in crate::outputs) use kit::tests::words_of;
#[cfg(test)]
pub(in crate::outputs) use reach::tests::study as study_of_reach;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::png::render;
    use crate::units::{Cell, Estimate};

    const HOSTILE: &str = "<script>alert(1)</script> & \"quoted\" 'name' url(#x) \u{202e}\u{0}]]>";

    #[test]
    fn every_figure_is_a_drawing_whatever_the_names_say() {
        let (mut findings, mut reach, need) = reach::tests::study();
        findings.outlines.iter_mut().for_each(|o| o.name = HOSTILE.into());
        findings.sites.iter_mut().for_each(|s| s.name = HOSTILE.into());
        if let crate::model::Body::AreaClasses(b) = &mut reach.body {
            b.measure = HOSTILE.into();
        }
        let mut series = months::tests::series(&[Cell::Known(4); 30], true, Some(20));
        (series.unit, series.breaks[0].title) = (HOSTILE.into(), HOSTILE.into());
        let name = || HOSTILE.to_owned();
        let estimate = Estimate { value: 2.0, lower: 1.0, upper: 3.0, level: 0.95 };
        let bullet = Bullet { label: name(), value: Cell::Known(2.0), standard: Cell::Known(3.0), unit: name(), status: name(), gap: true };
        let drawn = [
            sparkline(&series),
            change(&series, None),
            reach_map(&findings, &reach, Some(&need), &findings.sites),
            reach_map_narrow(&findings, &reach, Some(&need), &findings.sites),
            change_narrow(&series, None),
            small_map(&findings, &reach),
            reach_legend(&findings, &[&reach]),
            bullets(&[bullet]),
            eligibility(&[HOSTILE], &[Eligibility { kind: name(), takes: vec![Takes::No] }]),
            dots(
                &[Dot { name: name(), value: Cell::Known(estimate), marked: true, apart: true }],
                Some(&Against { name: name(), value: 1.5 }),
                HOSTILE,
            ),
            persistence(&[HOSTILE], &[Persistent { name: name(), top: vec![Cell::Known(true)] }]),
        ];
        for (k, figure) in drawn.into_iter().enumerate() {
            let (svg, alt_text) = figure.unwrap_or_else(|| panic!("figure {k} is not drawn"));
            assert!(!svg.contains("<script") && !alt_text.is_empty(), "figure {k}: {svg}");
            assert!(render(&svg).is_ok(), "figure {k}: {svg}");
            assert!(render(&bare(&svg)).is_ok(), "figure {k} without head");
        }
    }
}
