//! SVG to PNG, with the compiled-in fonts only.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.load_font_data(notosans::BOLD_TTF.to_vec());
    fonts.set_sans_serif_family("Noto Sans");
    Arc::new(fonts)
});

/// Pixels for each unit of the drawing: 1.5 prints well at half a page.
const SCALE: f32 = 1.5;

/// Levels above this one take half as long again for a hundredth less.
const LEVEL: u8 = 3;

/// Draws a picture.
///
/// # Errors
/// Where the SVG cannot be read: a fault of ours, not of the data.
pub(super) fn render(svg: &str) -> Result<Vec<u8>, String> {
    scaled(svg, |_| SCALE)
}

/// Draws a picture as many pixels wide as told, for a place of which the width is known.
///
/// # Errors
/// Where the SVG cannot be read.
pub(super) fn render_wide(svg: &str, pixels: f64) -> Result<Vec<u8>, String> {
    scaled(svg, |width| (pixels as f32 / width).clamp(0.05, 8.0))
}

fn scaled(svg: &str, scale: impl Fn(f32) -> f32) -> Result<Vec<u8>, String> {
    let options = Options { fontdb: FONTS.clone(), font_family: "Noto Sans".into(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|e| format!("a picture cannot be drawn: {e}"))?;
    let size = tree.size();
    let scale = scale(size.width());
    let (width, height) = ((size.width() * scale).ceil() as u32, (size.height() * scale).ceil() as u32);
    let mut pixels = Pixmap::new(width, height).ok_or("a picture has no size")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    stored(&pixels).map_err(|e| format!("a picture cannot be stored: {e}"))
}

/// Pictures without transparency in three bytes a pixel, unfiltered: of flat colours that is a fifth smaller than what an encoder does by itself, in less
/// than half of the time.
fn stored(pixels: &Pixmap) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let all = pixels.data();
    if all.chunks_exact(4).any(|p| p[3] != u8::MAX) {
        return Ok(pixels.encode_png()?);
    }
    let mut colours = Vec::with_capacity(all.len() / 4 * 3);
    all.chunks_exact(4).for_each(|p| colours.extend_from_slice(&p[..3]));
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(LEVEL));
    encoder.write_header()?.write_image_data(&colours)?;
    Ok(file)
}
