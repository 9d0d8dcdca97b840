//! The top of a log density, from how far it falls at six places around one.

/// Places around one, in steps.
pub(super) const SIDES: [(f64, f64); 6] = [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (1.0, 1.0), (-1.0, -1.0)];

/// A step to a top goes at most so many steps to either side.
const LONGEST: f64 = 6.0;
/// Between two points of the grid lie so many standard deviations: sums over it are right to 1 part in 10,000 where the density is Gaussian.
const APART: f64 = 1.4;

/// A log density near its top: `−g·x + xᵀ A x / 2` below it, in steps.
pub(super) struct Curve {
    slope: (f64, f64),
    /// `A` by its three entries.
    bend: (f64, f64, f64),
}

impl Curve {
    /// Through how far the density falls at [`SIDES`]; `None` where it bends up.
    pub fn through(falls: &[f64]) -> Option<Self> {
        let bend_a = falls[0] + falls[1];
        let bend_b = falls[2] + falls[3];
        let cross = (falls[4] + falls[5] - bend_a - bend_b) / 2.0;
        let slope = ((falls[1] - falls[0]) / 2.0, (falls[3] - falls[2]) / 2.0);
        (bend_a > 1e-9 && bend_b > 1e-9 && cross * cross < 0.998 * bend_a * bend_b).then_some(Self { slope, bend: (bend_a, cross, bend_b) })
    }

    fn inverse(&self) -> (f64, f64, f64) {
        let (a, c, b) = self.bend;
        let determinant = a * b - c * c;
        (b / determinant, -c / determinant, a / determinant)
    }

    /// Where the top lies, in steps; never far.
    pub fn top(&self) -> (f64, f64) {
        let (a, c, b) = self.inverse();
        let to = (a * self.slope.0 + c * self.slope.1, c * self.slope.0 + b * self.slope.1);
        let far = to.0.abs().max(to.1.abs()).max(1e-12);
        let share = (LONGEST / far).min(1.0);
        (to.0 * share, to.1 * share)
    }

    /// Whether the top lies within so many standard deviations.
    pub fn top_is_at_most(&self, deviations: f64) -> bool {
        let (a, c, b) = self.inverse();
        let (g, h) = self.slope;
        a * g * g + 2.0 * c * g * h + b * h * h <= deviations * deviations
    }

    /// Standard deviations along each step, the other held.
    pub fn deviations(&self) -> (f64, f64) {
        (1.0 / self.bend.0.sqrt(), 1.0 / self.bend.2.sqrt())
    }

    /// Two directions that are [`APART`] standard deviations long and not correlated: the columns of a factor of the inverse.
    pub fn axes(&self) -> [(f64, f64); 2] {
        let (a, c, b) = self.inverse();
        let first = (a.sqrt(), c / a.sqrt());
        let rest = (b - first.1 * first.1).max(0.0).sqrt();
        [(APART * first.0, APART * first.1), (0.0, APART * rest)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_and_the_shape_of_a_gaussian_come_back() {
        // Correlated, with its top off the middle.
        let (a, c, b) = (4.0, -1.5, 1.0);
        let density = |(x, y): (f64, f64)| {
            let (x, y) = (x - 0.7, y + 0.4);
            -0.5 * (a * x * x + 2.0 * c * x * y + b * y * y)
        };
        let falls: Vec<f64> = SIDES.iter().map(|at| density((0.0, 0.0)) - density(*at)).collect();
        let curve = Curve::through(&falls).expect("it bends down");
        let top = curve.top();
        assert!((top.0 - 0.7).abs() < 1e-12 && (top.1 + 0.4).abs() < 1e-12, "{top:?}");
        assert!((curve.deviations().0 - 0.5).abs() < 1e-12 && (curve.deviations().1 - 1.0).abs() < 1e-12);
        let far = (-2.0 * density((0.0, 0.0))).sqrt();
        assert!(curve.top_is_at_most(far + 1e-9) && !curve.top_is_at_most(far - 1e-9));
        // Every axis is as long, measured by the bend, and none leans on the other.
        let [one, two] = curve.axes();
        let by = |p: (f64, f64), q: (f64, f64)| a * p.0 * q.0 + c * (p.0 * q.1 + p.1 * q.0) + b * p.1 * q.1;
        assert!((by(one, one) - APART * APART).abs() < 1e-9 && (by(two, two) - APART * APART).abs() < 1e-9 && by(one, two).abs() < 1e-9);
    }

    #[test]
    fn what_bends_up_has_no_top() {
        assert!(Curve::through(&[1.0, 1.0, -1.0, -1.0, 0.0, 0.0]).is_none());
        assert!(Curve::through(&[1.0, 1.0, 1.0, 1.0, 9.0, 9.0]).is_none(), "a saddle");
    }
}
