//! SVG to PNG, with the compiled-in fonts only.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
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
    // Paper: what is drawn without a ground of its own is set on white.
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    stored(&pixels).map_err(|e| format!("a picture cannot be stored: {e}"))
}

/// So many colours a palette holds.
const COLOURS: usize = 256;
/// So many of them are the most frequent; the others lie where the rest is farthest from any that is kept, so that no rare shade turns into another.
const FREQUENT: usize = 192;
/// Places of a table in which colours are counted. A picture with half as many is no drawing of ours, and is stored as it is.
const PLACES: usize = 1 << 15;

/// Pictures in one byte a pixel, unfiltered. Flat colours, of which most of a picture is, keep their shade; of the blends at edges those that are too
/// many for a palette take the nearest shade in it, which no eye tells apart. That is half of the time and of the size of three bytes a pixel.
fn stored(pixels: &Pixmap) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(LEVEL));
    match Palette::of(pixels) {
        Some(palette) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette.shades);
            encoder.write_header()?.write_image_data(&palette.indexes)?;
        }
        None => {
            let mut colours = Vec::with_capacity(pixels.data().len() / 4 * 3);
            pixels.data().chunks_exact(4).for_each(|p| colours.extend_from_slice(&p[..3]));
            encoder.set_color(png::ColorType::Rgb);
            encoder.write_header()?.write_image_data(&colours)?;
        }
    }
    Ok(file)
}

/// A picture by the colours of a palette.
struct Palette {
    /// Red, green and blue of each colour.
    shades: Vec<u8>,
    /// The colour of each pixel.
    indexes: Vec<u8>,
}

impl Palette {
    /// The most frequent colours of a picture; `None` where it has very many.
    fn of(pixels: &Pixmap) -> Option<Self> {
        let colours = || pixels.data().chunks_exact(4).map(|p| u32::from_be_bytes([0, p[0], p[1], p[2]]));
        // Step 1: how often each occurs. Runs of one colour are counted at once.
        let mut table: Vec<(u32, u64)> = vec![(u32::MAX, 0); PLACES];
        let mut order: Vec<usize> = Vec::new();
        let mut last = (u32::MAX, 0);
        for colour in colours() {
            if colour != last.0 {
                last = (colour, place(&table, colour));
                if table[last.1].0 == u32::MAX {
                    table[last.1].0 = colour;
                    order.push(last.1);
                    if order.len() > PLACES / 2 {
                        return None;
                    }
                }
            }
            table[last.1].1 += 1;
        }
        // Step 2: the most frequent are kept, and of the others those farthest from all that are; each other colour takes the nearest.
        let mut list: Vec<(u32, u64)> = order.iter().map(|at| table[*at]).collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut kept: Vec<[u8; 4]> = list.iter().take(FREQUENT).map(|c| c.0.to_be_bytes()).collect();
        let rest: Vec<[u8; 4]> = list.iter().skip(FREQUENT).map(|c| c.0.to_be_bytes()).collect();
        let mut nearest: Vec<(u32, usize)> = rest.iter().map(|c| nearest_of(&kept, 0, *c, (u32::MAX, 0))).collect();
        while kept.len() < COLOURS
            && let Some((at, _)) = nearest.iter().enumerate().max_by_key(|(i, n)| (n.0, std::cmp::Reverse(*i))).filter(|(_, n)| n.0 > 0)
        {
            kept.push(rest[at]);
            let new = kept.len() - 1;
            nearest.iter_mut().zip(&rest).for_each(|(n, c)| *n = nearest_of(&kept, new, *c, *n));
        }
        for (rank, (colour, _)) in list.iter().enumerate() {
            let at = place(&table, *colour);
            table[at].1 = if rank < FREQUENT { rank } else { nearest[rank - FREQUENT].1 } as u64;
        }
        // Step 3: each pixel by the number of its colour.
        let mut last = (u32::MAX, 0);
        let index = |colour: u32| {
            if colour != last.0 {
                last = (colour, table[place(&table, colour)].1 as u8);
            }
            last.1
        };
        let indexes = colours().map(index).collect();
        Some(Self { shades: kept.iter().flat_map(|k| k[1..].iter().copied()).collect(), indexes })
    }
}

/// How far a colour is from the nearest of those kept, and which that is; those before `from` are in `known` already.
fn nearest_of(kept: &[[u8; 4]], from: usize, colour: [u8; 4], known: (u32, usize)) -> (u32, usize) {
    let far = |k: &[u8; 4]| (1..4).map(|part| u32::from(k[part].abs_diff(colour[part])).pow(2)).sum::<u32>();
    kept.iter().enumerate().skip(from).map(|(i, k)| (far(k), i)).fold(known, |best, one| if one.0 < best.0 { one } else { best })
}

/// Where a colour stands in a table, or the free place where it would.
fn place(table: &[(u32, u64)], colour: u32) -> usize {
    let mut at = (colour.wrapping_mul(0x9E37_79B1) >> 17) as usize % PLACES;
    while table[at].0 != colour && table[at].0 != u32::MAX {
        at = (at + 1) % PLACES;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_colours_keep_their_shade_and_blends_take_the_nearest() {
        // A band of each of 600 shades one pixel long, and large fields of two.
        let mut pixels = Pixmap::new(100, 100).unwrap();
        for (i, p) in pixels.data_mut().chunks_exact_mut(4).enumerate() {
            let shade = match i {
                0..4_000 => [18, 67, 109, 255],
                4_000..9_400 => [255, 255, 255, 255],
                _ => [(i % 200) as u8, (i / 200) as u8, 7, 255],
            };
            p.copy_from_slice(&shade);
        }
        let palette = Palette::of(&pixels).unwrap();
        assert_eq!((palette.shades.len(), palette.indexes.len()), (3 * COLOURS, 10_000));
        let told = |at: usize| &palette.shades[3 * palette.indexes[at] as usize..][..3];
        assert_eq!((told(0), told(5_000)), (&[18, 67, 109][..], &[255, 255, 255][..]));
        for at in 9_400..10_000 {
            let of = [(at % 200) as u8, (at / 200) as u8, 7];
            assert!(told(at).iter().zip(of).all(|(a, b)| a.abs_diff(b) < 8), "{at}: {:?} for {of:?}", told(at));
        }
        assert_eq!(stored(&pixels).unwrap(), stored(&pixels).unwrap());
    }
}
