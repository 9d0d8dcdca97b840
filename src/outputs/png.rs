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
    pixels.encode_png().map_err(|e| format!("a picture cannot be stored: {e}"))
}
