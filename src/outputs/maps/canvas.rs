//! Areas on paper: metres to pixels, outlines to paths, scale bar, north arrow, legend.

use std::collections::HashMap;
use std::fmt::Write;

use super::shapes::{Drawing, Extent, as_paths, as_references};
use super::together::Together;
use crate::model::{Findings, Outline};
use crate::outputs::figure::{Figure, label};
use crate::outputs::figures::{Ground, INSET_GAP, INSET_NAME, Inset, insets, insets_of_sites};
use crate::outputs::places::bounds;
use crate::outputs::svg::{Anchor, TextStyle, number};
use crate::outputs::theme::{FILL_PATTERNS, GREY_INK, INK, LETTERS, MARGIN, WIDTH, wrap};
use crate::units::AreaCode;

/// Width kept free on the right for the legend.
const LEGEND_WIDTH: f64 = 250.0;
/// Width that is left for the areas.
const ROOM: f64 = WIDTH - 2.0 * MARGIN - LEGEND_WIDTH - 20.0;
/// An inset that would be smaller shows no more than the map.
const LEAST_SIDE: f64 = 100.0;
/// A map is never higher than this: two of them with their words fit on a page, and those keep their size.
const MOST_HEIGHT: f64 = 380.0;

/// A map that was drawn, and how.
#[derive(Default)]
pub struct Drawn {
    pub svg: String,
    /// The same for a page on which the shapes of areas stand once; empty where no area is drawn.
    pub on_page: String,
    /// What the legend is headed.
    pub measure: String,
    pub alt_text: String,
    /// The fill of each area: a colour, or one of the patterns as `url(#withheld)`.
    pub areas: Vec<(AreaCode, String)>,
    /// Fills of the legend with their words, from above.
    pub legend: Vec<(String, String)>,
}

/// The transformation of one map, and the figure that it is drawn in.
pub struct Canvas {
    pub figure: Figure,
    bounds: (f64, f64, f64, f64),
    pixels_per_m: f64,
    west_m: f64,
    north_m: f64,
    top: f64,
    bottom: f64,
    legend_y: f64,
    areas: Vec<(AreaCode, String)>,
    legend: Vec<(String, String)>,
    measure: String,
    /// Positions of the outlines, by code.
    positions: HashMap<AreaCode, usize>,
    /// What was drawn of areas, each with the place in the drawing at which it was.
    drawings: Vec<(usize, Drawing)>,
    /// Of many areas, those of one fill are one path.
    many: Option<Together>,
    /// Towns that are drawn again beside the map.
    pub insets: Vec<Inset>,
}

/// The id of all areas of a map, for what draws a part of them again.
const AREAS: &str = "clip-areas";

/// Where the areas lie on every map, beside its legend; nothing where there are no areas.
pub(super) fn room(outlines: &[Outline]) -> Option<Extent> {
    let (west_m, south, east, north_m) = bounds(outlines);
    let (wide_m, high_m) = ((east - west_m).max(1.0), (north_m - south).max(1.0));
    let per_m = (ROOM / wide_m).min(MOST_HEIGHT / high_m);
    [west_m, north_m, wide_m, high_m, per_m].iter().all(|m| m.is_finite()).then_some(Extent { west_m, north_m, wide_m, high_m, per_m })
}

impl Canvas {
    /// Fits all areas of the findings below the figure's title. Towns of areas too small to see are drawn again beside them.
    pub fn new(findings: &Findings, figure: Figure) -> Self {
        Self::with(findings, figure, |ground, right, side| insets(&findings.outlines, ground, right, side))
    }

    /// The same for marks at some places, in metres: where they stand closer than so many pixels, their surroundings are drawn again.
    pub fn of_sites(findings: &Findings, figure: Figure, sites: &[(f64, f64)], near: f64) -> Self {
        Self::with(findings, figure, |ground, right, side| {
            let at: Vec<(f64, f64)> = sites.iter().map(|(east, north)| ground.at(*east, *north)).collect();
            insets_of_sites(&at, near, &findings.outlines, ground, right, side)
        })
    }

    fn with(findings: &Findings, mut figure: Figure, crowded: impl Fn(&Ground, f64, f64) -> Vec<Inset>) -> Self {
        let (west, south, east, north) = bounds(&findings.outlines);
        let (wide, high) = ((east - west).max(1.0), (north - south).max(1.0));
        let pixels_per_m = (ROOM / wide).min(MOST_HEIGHT / high);
        let top = figure.top + 6.0;
        figure.svg.raw(FILL_PATTERNS);
        // Two insets one above the other are as high as the map.
        let side = ((high * pixels_per_m - INSET_NAME - 4.0) / 2.0 - INSET_NAME).min(ROOM - wide * pixels_per_m - INSET_GAP);
        let ground = room(&findings.outlines).map(|r| Ground::of(r, 0.2).moved_to(MARGIN, top)).filter(|_| side > LEAST_SIDE);
        let insets = ground.map_or(vec![], |g| crowded(&g, MARGIN + ROOM, side));
        let indent = if insets.is_empty() { (ROOM - wide * pixels_per_m) / 2.0 } else { 0.0 };
        Self {
            bounds: (west, south, east, north),
            pixels_per_m,
            west_m: west - indent / pixels_per_m,
            north_m: north,
            top,
            bottom: top + high * pixels_per_m + 44.0,
            legend_y: top + 14.0,
            areas: vec![],
            legend: vec![],
            measure: String::new(),
            positions: findings.outlines.iter().enumerate().map(|(i, o)| (o.code, i)).collect(),
            drawings: vec![],
            many: Together::of(findings.outlines.len()),
            insets,
            figure,
        }
    }

    /// Pixels of a position.
    pub fn at(&self, easting_m: f64, northing_m: f64) -> (f64, f64) {
        (MARGIN + (easting_m - self.west_m) * self.pixels_per_m, self.top + (self.north_m - northing_m) * self.pixels_per_m)
    }

    /// Whether a position lies on the map: sites of neighbours may lie beyond it.
    pub fn shows(&self, easting_m: f64, northing_m: f64) -> bool {
        let (west, south, east, north) = self.bounds;
        (west..=east).contains(&easting_m) && (south..=north).contains(&northing_m)
    }

    /// An area with a fill.
    pub fn area(&mut self, outline: &Outline, fill: &str, tooltip: &str) {
        self.areas.push((outline.code, fill.to_owned()));
        let path = match self.many.take() {
            Some(mut many) => {
                many.add(outline, fill, |east_m, north_m| self.at(east_m, north_m));
                self.many = Some(many);
                String::new()
            }
            None => self.path(outline),
        };
        let drawing = Drawing::Area { position: self.position(outline), path, fill: fill.to_owned(), tooltip: tooltip.to_owned() };
        self.drawings.push((self.figure.svg.body().len(), drawing));
    }

    /// A line round an area that is drawn already.
    pub fn ring(&mut self, outline: &Outline, ink: &str, width: f64) {
        let drawing = Drawing::Ring { position: self.position(outline), path: self.path(outline), ink: ink.to_owned(), width };
        self.drawings.push((self.figure.svg.body().len(), drawing));
    }

    fn position(&self, outline: &Outline) -> usize {
        self.positions.get(&outline.code).copied().unwrap_or_default()
    }

    fn path(&self, outline: &Outline) -> String {
        let mut path = String::new();
        for ring in outline.polygons.iter().flatten() {
            let mut before = (f64::NAN, f64::NAN);
            let mut drawn = 0;
            for (i, corner) in ring.iter().enumerate() {
                let (x, y) = self.at(f64::from(corner.0), f64::from(corner.1));
                // Corners closer than a third of a pixel cannot be seen; the last is kept so that neighbours still meet.
                let near = (x - before.0).abs() < 0.33 && (y - before.1).abs() < 0.33;
                if near && i + 1 < ring.len() {
                    continue;
                }
                let _ = write!(path, "{}{} {}", if drawn == 0 { 'M' } else { 'L' }, number(x), number(y));
                (before, drawn) = ((x, y), drawn + 1);
            }
            path.push('Z');
        }
        path
    }

    /// Heading of the legend, or of a further part of it.
    pub fn legend_heading(&mut self, text: &str) {
        if self.measure.is_empty() {
            self.measure = text.to_owned();
        }
        if self.legend_y > self.top + 14.0 {
            self.legend_y += 12.0;
        }
        let x = WIDTH - MARGIN - LEGEND_WIDTH;
        for line in wrap(text, LETTERS, true, LEGEND_WIDTH) {
            self.figure.svg.text(x, self.legend_y, &line, TextStyle { size: LETTERS, bold: true, fill: INK, anchor: Anchor::Start });
            self.legend_y += 18.0;
        }
        self.legend_y += 4.0;
    }

    /// A box of the legend with its words.
    pub fn legend(&mut self, fill: &str, text: &str) {
        self.legend.push((fill.to_owned(), text.to_owned()));
        let x = WIDTH - MARGIN - LEGEND_WIDTH;
        self.figure.svg.rect(x, self.legend_y - 11.0, 26.0, 16.0, fill, "#6F6F6F");
        for line in wrap(text, LETTERS, false, LEGEND_WIDTH - 36.0) {
            self.figure.svg.text(x + 36.0, self.legend_y + 2.0, &line, label(INK, Anchor::Start));
            self.legend_y += 17.0;
        }
        self.legend_y += 7.0;
    }

    /// A remark at the end of the legend.
    pub fn legend_note(&mut self, text: &str) {
        for line in wrap(text, LETTERS, false, LEGEND_WIDTH) {
            self.figure.svg.text(
                WIDTH - MARGIN - LEGEND_WIDTH,
                self.legend_y + 4.0,
                &line,
                TextStyle { size: LETTERS, bold: false, fill: GREY_INK, anchor: Anchor::Start },
            );
            self.legend_y += 16.0;
        }
    }

    /// Room in the legend for a mark of one's own: its left edge and the line of its text.
    pub fn legend_mark(&mut self, height: f64, text: &str) -> (f64, f64) {
        let x = WIDTH - MARGIN - LEGEND_WIDTH;
        let y = self.legend_y + height / 2.0 - 8.0;
        self.figure.svg.text(x + 36.0 + (height - 16.0).max(0.0), y + 5.0, text, label(INK, Anchor::Start));
        self.legend_y += height + 8.0;
        (x + 13.0 + (height - 16.0).max(0.0) / 2.0, y)
    }

    /// Adds scale bar and north arrow, and closes the picture.
    pub fn finish(mut self, findings: &Findings, finding: &crate::model::Finding, alt_text: String) -> Drawn {
        let target_m = 130.0 / self.pixels_per_m;
        let power = 10_f64.powf(target_m.log10().floor());
        let length_m = [5.0, 2.0, 1.0].into_iter().map(|k| k * power).find(|m| *m <= target_m).unwrap_or(power);
        let (x, y) = (MARGIN + 4.0, self.bottom - 16.0);
        let end = x + length_m * self.pixels_per_m;
        let svg = &mut self.figure.svg;
        svg.line((x, y), (end, y), INK, 2.0, "");
        svg.line((x, y - 5.0), (x, y + 1.0), INK, 2.0, "");
        svg.line((end, y - 5.0), (end, y + 1.0), INK, 2.0, "");
        let words = if length_m >= 1000.0 { format!("{} km", number(length_m / 1000.0)) } else { format!("{} m", number(length_m)) };
        svg.text(end + 8.0, y + 4.0, &words, label(GREY_INK, Anchor::Start));
        let arrow = end + 80.0;
        svg.raw(&format!("<path d=\"M{} {}l5 14l-5 -4l-5 4Z\" fill=\"{INK}\"/>", number(arrow), number(y - 12.0)));
        svg.text(arrow + 10.0, y + 4.0, "grid north", label(GREY_INK, Anchor::Start));
        let bottom = self.bottom.max(self.legend_y + 6.0);
        // Of many areas, those of one fill are one path in a file.
        let together = self.many.take().and_then(|many| Some((self.drawings.first()?.0, many.drawn())));
        let alone = |d: &&(usize, Drawing)| together.is_none() || !matches!(d.1, Drawing::Area { .. });
        let each = self.drawings.iter().filter(alone).map(|(at, d)| (*at, as_paths(d)));
        let mut in_file: Vec<(usize, String)> = together.clone().into_iter().chain(each).collect();
        let again: String = self.insets.iter().map(|inset| inset.again(AREAS, LETTERS)).collect();
        let area = |d: &(usize, Drawing)| matches!(d.1, Drawing::Area { .. });
        let last = if together.is_some() { Some(0) } else { self.drawings.iter().rposition(area) };
        if let Some(last) = last.filter(|_| !again.is_empty()) {
            in_file[0].1.insert_str(0, &format!("<g id=\"{AREAS}\">"));
            in_file[last].1.push_str("</g>");
            in_file[last].1.push_str(&again);
        }
        let drawings: Vec<&Drawing> = self.drawings.iter().map(|d| &d.1).collect();
        let corner = self.at(self.bounds.0, self.north_m);
        let referred = |areas: String| if again.is_empty() { areas } else { format!("<g id=\"{AREAS}\">{areas}</g>{again}") };
        let on_page = self.drawings.first().map(|(at, _)| vec![(*at, referred(as_references(&drawings, findings.outlines.len(), corner)))]);
        let on_page = on_page.map_or(String::new(), |parts| self.figure.with(&parts).finish(findings, finding, bottom, alt_text.clone()).0);
        let (svg, alt_text) = self.figure.with(&in_file).finish(findings, finding, bottom, alt_text);
        Drawn { svg, alt_text, on_page, measure: self.measure, areas: self.areas, legend: self.legend }
    }
}
