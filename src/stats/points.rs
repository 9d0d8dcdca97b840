//! Patterns of points: how dense they lie, and whether they lie closer together than chance would put them.
//!
//! Published crime points are snapped to a few anchor points: below about 200 m a density shows the anchors and Ripley's K their
//! repeats. Use it for one's own, unsnapped places, and say the bandwidth.

use statrs::function::erf::erf;

/// A place, in metres.
pub type Point = (f64, f64);

/// How a point is spread.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kernel {
    /// Normal, with this standard deviation in metres in all directions.
    Gaussian(f64),
    /// Parabola that ends at this distance in metres.
    Epanechnikov(f64),
    /// Normal, with this 2 × 2 covariance, row by row.
    Covariance([f64; 4]),
}

impl Kernel {
    /// scipy's rule of Scott: the covariance of the points times `n^(−1/3)`. It is not the same in all directions. `None` with fewer than three points or all on a line.
    ///
    /// ```
    /// use gapmap::stats::points::Kernel;
    /// assert!(Kernel::scott(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]).is_none());
    /// ```
    pub fn scott(points: &[Point]) -> Option<Self> {
        let n = points.len() as f64;
        if points.len() < 3 {
            return None;
        }
        let (mx, my) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
        let of = |f: &dyn Fn(&Point) -> f64| points.iter().map(f).sum::<f64>() / (n - 1.0) * n.powf(-1.0 / 3.0);
        let (xx, xy, yy) = (of(&|p| (p.0 - mx).powi(2)), of(&|p| (p.0 - mx) * (p.1 - my)), of(&|p| (p.1 - my).powi(2)));
        (xx * yy - xy * xy > 1e-12 * xx * yy).then_some(Kernel::Covariance([xx, xy, xy, yy]))
    }

    fn at(self, dx: f64, dy: f64) -> f64 {
        use std::f64::consts::PI;
        match self {
            Kernel::Gaussian(s) => (-(dx * dx + dy * dy) / (2.0 * s * s)).exp() / (2.0 * PI * s * s),
            Kernel::Epanechnikov(h) => 2.0 / (PI * h * h) * (1.0 - (dx * dx + dy * dy) / (h * h)).max(0.0),
            Kernel::Covariance([a, b, _, d]) => {
                let det = a * d - b * b;
                let q = (d * dx * dx - 2.0 * b * dx * dy + a * dy * dy) / det;
                (-q / 2.0).exp() / (2.0 * PI * det.sqrt())
            }
        }
    }
}

/// A window with straight sides: west, east, south, north.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Window {
    /// Western side.
    pub west: f64,
    /// Eastern side.
    pub east: f64,
    /// Southern side.
    pub south: f64,
    /// Northern side.
    pub north: f64,
}

impl Window {
    /// Its area.
    pub fn area(&self) -> f64 {
        (self.east - self.west) * (self.north - self.south)
    }

    /// How much of a normal kernel about a point lies inside.
    fn mass(&self, p: Point, sigma: f64) -> f64 {
        let part = |x: f64, low: f64, high: f64| {
            let to = |edge: f64| erf((edge - x) / (sigma * std::f64::consts::SQRT_2));
            (to(high) - to(low)) / 2.0
        };
        part(p.0, self.west, self.east) * part(p.1, self.south, self.north)
    }

    /// Distance to the nearest side.
    fn inland(&self, p: Point) -> f64 {
        (p.0 - self.west).min(self.east - p.0).min(p.1 - self.south).min(self.north - p.1)
    }

    /// Share of the circle about a point that lies inside.
    fn inside(&self, p: Point, radius: f64) -> f64 {
        use std::f64::consts::PI;
        // Angles at which the circle crosses the sides; between two of them it lies inside or outside as a whole.
        let mut cuts = vec![0.0, 2.0 * PI];
        for (gap, base) in [(self.east - p.0, 0.0), (self.north - p.1, PI / 2.0), (p.0 - self.west, PI), (p.1 - self.south, 1.5 * PI)] {
            if gap < radius {
                let half = (gap / radius).acos();
                cuts.extend([base - half, base + half].map(|a: f64| a.rem_euclid(2.0 * PI)));
            }
        }
        cuts.sort_by(f64::total_cmp);
        let within = |angle: f64| {
            let (x, y) = (p.0 + radius * angle.cos(), p.1 + radius * angle.sin());
            x >= self.west && x <= self.east && y >= self.south && y <= self.north
        };
        cuts.windows(2).filter(|w| within((w[0] + w[1]) / 2.0)).map(|w| w[1] - w[0]).sum::<f64>() / (2.0 * PI)
    }
}

/// Mean density of the points at places, per square metre and point: it sums to 1 over the plane.
///
/// Checked: `kde` (scipy, sklearn).
///
/// ```
/// use gapmap::stats::points::{Kernel, density};
/// let here = density(&[(0.0, 0.0)], &[(0.0, 0.0)], Kernel::Gaussian(1.0));
/// assert!((here[0] - 1.0 / std::f64::consts::TAU).abs() < 1e-15);
/// ```
pub fn density(points: &[Point], places: &[Point], kernel: Kernel) -> Vec<f64> {
    let at = |place: &Point| points.iter().map(|p| kernel.at(place.0 - p.0, place.1 - p.1)).sum::<f64>() / points.len().max(1) as f64;
    places.iter().map(at).collect()
}

/// How density near the edge of a window makes up for points outside that nobody counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EdgeCorrection {
    /// Not at all.
    None,
    /// Divided by how much of the kernel about the place lies inside.
    Place,
    /// Each point divided by how much of its own kernel lies inside (Diggle): it sums to the number of points.
    Point,
}

/// Points per square metre in a window, a normal kernel of `sigma` metres. With `leave_out`, the density at the i-th point is of all the others.
///
/// Checked: `kde_edge_spatstat` (density.ppp, whose edge is taken on a grid of pixels).
pub fn intensity(points: &[Point], places: &[Point], sigma: f64, window: &Window, edge: EdgeCorrection, leave_out: bool) -> Vec<f64> {
    let kernel = Kernel::Gaussian(sigma);
    let at = |(i, place): (usize, &Point)| {
        let own = |(j, p): (usize, &Point)| {
            if leave_out && i == j {
                return 0.0;
            }
            let k = kernel.at(place.0 - p.0, place.1 - p.1);
            if edge == EdgeCorrection::Point { k / window.mass(*p, sigma) } else { k }
        };
        let sum: f64 = points.iter().enumerate().map(own).sum();
        if edge == EdgeCorrection::Place { sum / window.mass(*place, sigma) } else { sum }
    };
    places.iter().enumerate().map(at).collect()
}

/// How Ripley's K makes up for the edge of the window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// Not at all: too low at large distances.
    None,
    /// Only points farther from the edge than the distance.
    Border,
    /// Each pair by the share of the circle that lies inside.
    Isotropic,
    /// Each pair by how often a pair so placed could have been seen.
    Translate,
}

/// Ripley's K: mean number of further points within each distance, over the intensity. Chance gives `π r²`.
///
/// Intensity squared is taken as `n(n − 1)/area²`. Source: Ripley 1977. Checked: `ripley_spatstat`, `ripley_pointpats`.
///
/// ```
/// use gapmap::stats::points::{Edge, Window, ripley_k};
/// let window = Window { west: 0.0, east: 10.0, south: 0.0, north: 10.0 };
/// assert_eq!(ripley_k(&[(5.0, 5.0), (5.0, 6.0)], &[0.5, 1.5], &window, Edge::None), [0.0, 100.0]);
/// ```
pub fn ripley_k(points: &[Point], distances: &[f64], window: &Window, edge: Edge) -> Vec<f64> {
    let n = points.len() as f64;
    let area = window.area();
    let pair = |i: usize, j: usize| ((points[i].0 - points[j].0).hypot(points[i].1 - points[j].1), i, j);
    let pairs: Vec<(f64, usize, usize)> =
        (0..points.len()).flat_map(|i| (0..points.len()).filter(move |j| *j != i).map(move |j| pair(i, j))).collect();
    let at = |r: &f64| {
        let near = pairs.iter().filter(|p| p.0 <= *r);
        if edge == Edge::Border {
            let inner = |i: usize| window.inland(points[i]) > *r;
            let counted = (0..points.len()).filter(|i| inner(*i)).count() as f64;
            return near.filter(|p| inner(p.1)).count() as f64 * area / (counted * n);
        }
        let weight = |(d, i, j): &(f64, usize, usize)| match edge {
            Edge::Isotropic => 1.0 / window.inside(points[*i], *d).max(1e-9),
            Edge::Translate => {
                let (dx, dy) = ((points[*i].0 - points[*j].0).abs(), (points[*i].1 - points[*j].1).abs());
                area / ((window.east - window.west - dx) * (window.north - window.south - dy))
            }
            _ => 1.0,
        };
        near.map(weight).sum::<f64>() * area / (n * (n - 1.0))
    };
    distances.iter().map(at).collect()
}
