//! Pictures: the drawing itself for those who can show it, its pixels for those who cannot, and what it shows in words.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::measure::{TALLEST_MM, emu};
use super::tables::{column_widths, figure_width_mm, picture_width_mm};
use super::text::escape;
use crate::outputs::document::tree::{Block, Cell, Document};
use crate::outputs::png;

/// Pixels of a millimetre: 150 to the inch. What can show the drawing itself shows that.
const PIXELS_IN_A_MM: f64 = 150.0 / 25.4;

/// A picture of a document, drawn once however often it stands there.
pub(super) struct Picture {
    /// The drawing.
    pub svg: String,
    /// Its pixels.
    pub png: Vec<u8>,
    /// Height over width.
    pub height_to_width: f64,
}

/// All pictures of a document.
#[derive(Default)]
pub(super) struct Pictures {
    /// Each once, in the order in which they are met.
    pub drawn: Vec<Picture>,
    /// Their positions by drawing.
    at: BTreeMap<String, usize>,
}

impl Pictures {
    /// Draws them, several at once.
    ///
    /// # Errors
    /// Where a drawing cannot be read.
    pub fn of(document: &Document) -> Result<Self, String> {
        let mut at = BTreeMap::new();
        let mut drawings: Vec<(&str, f64)> = Vec::new();
        for (svg, width_mm) in document.blocks.iter().flat_map(in_block) {
            let position = *at.entry(svg.to_owned()).or_insert(drawings.len());
            match drawings.get_mut(position) {
                Some(known) => known.1 = known.1.max(width_mm),
                None => drawings.push((svg, width_mm)),
            }
        }
        let drawn: Result<Vec<Picture>, String> = drawings
            .par_iter()
            .map(|(svg, width_mm)| {
                let png = png::render_wide(svg, width_mm * PIXELS_IN_A_MM)?;
                Ok(Picture { svg: (*svg).to_owned(), height_to_width: height_to_width(&png), png })
            })
            .collect();
        Ok(Self { drawn: drawn?, at })
    }

    /// A drawing as a part of a line, as wide as told unless it would be too tall; `number` tells it apart from others of the document.
    pub fn inline(&self, svg: &str, alt_text: &str, width_mm: f64, number: usize) -> String {
        let Some((at, picture)) = self.at.get(svg).and_then(|at| Some((at, self.drawn.get(*at)?))) else { return String::new() };
        let width = width_mm.min(TALLEST_MM / picture.height_to_width.max(0.01));
        let (cx, cy) = (emu(width).max(1), emu(width * picture.height_to_width).max(1));
        let (words, picture) = (escape(alt_text), at + 1);
        format!(
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="Figure {number}" descr="{words}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Figure {number}" descr="{words}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPng{picture}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip r:embed="rIdSvg{picture}"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        )
    }

    /// The relations of all pictures.
    pub fn relations(&self) -> String {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
        let one = |n: usize| {
            format!(
                r#"<Relationship Id="rIdPng{n}" Type="{kind}" Target="media/figure{n}.png"/><Relationship Id="rIdSvg{n}" Type="{kind}" Target="media/figure{n}.svg"/>"#
            )
        };
        (1..=self.drawn.len()).map(one).collect()
    }
}

/// The drawings of a block, each with the width at which it is shown, in millimetres.
fn in_block<'a>(block: &'a Block) -> Vec<(&'a str, f64)> {
    match block {
        Block::Figures { columns, figures } => {
            let width = figure_width_mm(*columns, figures.len());
            figures.iter().map(|f| (f.svg.as_str(), width)).collect()
        }
        Block::Table(table) => {
            let widths = column_widths(table);
            let cells = table.rows.iter().flat_map(|row| row.iter().zip(&widths));
            let drawn = |(cell, width): (&'a Cell, &i64)| match cell {
                Cell::Picture { svg, .. } => Some((svg.as_str(), picture_width_mm(*width))),
                Cell::Text(_) => None,
            };
            cells.filter_map(drawn).collect()
        }
        _ => vec![],
    }
}

/// From the head of a PNG: its width and height in pixels.
fn height_to_width(png: &[u8]) -> f64 {
    let number = |at: usize| png.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(1, u32::from_be_bytes);
    f64::from(number(20)) / f64::from(number(16)).max(1.0)
}
