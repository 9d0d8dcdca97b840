//! A plotters area inside one of our figures.

use std::error::Error;
use std::sync::Once;

use plotters::chart::MeshStyle;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use crate::outputs::theme::FAINT;
use crate::units::Month;
use crate::units::decimal;

/// Plotters rounds to whole pixels, so it draws on a canvas ten times larger, which the SVG scales back.
pub const FINE: u32 = 10;

/// What a drawing function draws on.
pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Draws with plotters and returns an SVG element that stands at `(x, y)`.
pub fn plot(x: f64, y: f64, width: u32, height: u32, draw: impl FnOnce(&Area) -> Result<(), Box<dyn Error>>) -> String {
    static FONT: Once = Once::new();
    FONT.call_once(|| {
        let _ = plotters::style::register_font("sans-serif", FontStyle::Normal, notosans::REGULAR_TTF);
    });
    let mut svg = String::new();
    let drawn = {
        let area = SVGBackend::with_string(&mut svg, (width * FINE, height * FINE)).into_drawing_area();
        draw(&area).and_then(|()| area.present().map_err(Into::into))
    };
    if let Err(e) = drawn {
        // Drawing into memory with a compiled-in font has nothing to fail on; should it, the reader is told in place.
        return format!(
            "<text x=\"{x}\" y=\"{}\">This chart could not be drawn: {}</text>",
            y + 20.0,
            super::super::svg::escape(&e.to_string())
        );
    }
    let inside = svg.find("<svg").and_then(|at| svg[at..].find('>').map(|end| &svg[at + end + 1..])).unwrap_or("");
    format!("<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\">{inside}", width * FINE, height * FINE)
}

/// A colour of the theme, `#12436D`.
pub fn colour(hex: &str) -> RGBColor {
    let channel = |at: usize| u8::from_str_radix(hex.get(at..at + 2).unwrap_or("0"), 16).unwrap_or(0);
    RGBColor(channel(1), channel(3), channel(5))
}

/// Labels of axes, before plotters makes them smaller: it sets a font by the height of its line, 1.24 times its size. Then they are 13.7 pixels.
const AXIS_TEXT: u32 = 17;

/// The style of labels on axes.
pub fn axis_text() -> TextStyle<'static> {
    ("sans-serif", f64::from(AXIS_TEXT * FINE)).into_font().color(&colour(super::super::theme::GREY_INK))
}

/// How the axes of charts look: level lines alone, six labels upwards, all letters of one size.
pub fn plain<'m, 'a, 'b, 's>(
    mesh: &'m mut MeshStyle<'a, 'b, RangedCoordf64, RangedCoordf64, SVGBackend<'s>>,
) -> &'m mut MeshStyle<'a, 'b, RangedCoordf64, RangedCoordf64, SVGBackend<'s>> {
    mesh.disable_x_mesh()
        .set_all_tick_mark_size(7 * FINE)
        .light_line_style(TRANSPARENT)
        .bold_line_style(colour("#E3E3E3").stroke_width(FINE))
        .axis_style(colour(FAINT).stroke_width(FINE))
        .y_labels(6)
        .axis_desc_style(axis_text())
        .label_style(axis_text())
}

/// A chart whose points are months from left to right and counts upwards.
pub type MonthChart<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Axes of months and counts up to `highest`, and the chart to draw on.
///
/// # Errors
/// Those of the drawing library.
pub fn month_axes<'a>(area: &Area<'a>, months: &[Month], highest: f64) -> Result<MonthChart<'a>, Box<dyn Error>> {
    let n = months.len();
    let mut chart = ChartBuilder::on(area)
        .margin(6 * FINE)
        // The label of the last month is as wide to the right of its mark as to the left.
        .margin_right(34 * FINE)
        .x_label_area_size(30 * FINE)
        .y_label_area_size(58 * FINE)
        .build_cartesian_2d(-0.7..n as f64 - 0.3, 0.0..highest * 1.12)?;
    let month = |x: &f64| {
        let i = x.round();
        let whole = (x - i).abs() < 1e-6 && i >= 0.0 && (i as usize) < n;
        if whole { months[i as usize].label() } else { String::new() }
    };
    let mut mesh = chart.configure_mesh();
    plain(&mut mesh)
        .x_labels(n.min(9))
        .x_label_formatter(&month)
        .y_label_formatter(&|y| decimal(*y, if highest < 6.0 { 1 } else { 0 }))
        .draw()?;
    Ok(chart)
}
