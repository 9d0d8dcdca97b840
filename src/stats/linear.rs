//! Small symmetric systems: what a regression of a few terms needs.

/// Solves `A x = b` for every right-hand side, `A` symmetric and positive definite, row by row; `None` where it is not.
///
/// Cholesky, for the dozen terms of a regression. A pivot under 10⁻¹² of the largest diagonal counts as none: the terms repeat one another.
pub(super) fn solve(a: &[Vec<f64>], right: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = a.len();
    let largest = (0..n).map(|i| a[i][i]).fold(0.0, f64::max);
    let mut l = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            let rest = a[i][j] - sum;
            if i == j {
                if !(rest.is_finite() && rest > 1e-12 * largest) {
                    return None;
                }
                l[i][i] = rest.sqrt();
            } else {
                l[i][j] = rest / l[j][j];
            }
        }
    }
    let column = |b: &Vec<f64>| {
        let mut x = b.clone();
        for i in 0..n {
            let sum: f64 = (0..i).map(|k| l[i][k] * x[k]).sum();
            x[i] = (x[i] - sum) / l[i][i];
        }
        for i in (0..n).rev() {
            let sum: f64 = (i + 1..n).map(|k| l[k][i] * x[k]).sum();
            x[i] = (x[i] - sum) / l[i][i];
        }
        x
    };
    Some(right.iter().map(column).collect())
}

/// The inverse of a symmetric, positive definite matrix.
pub(super) fn inverse(a: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = a.len();
    let unit = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect::<Vec<_>>();
    solve(a, &unit)
}

/// `Σ w_i x_i x_iᵀ`.
pub(super) fn cross(rows: &[Vec<f64>], weight: impl Fn(usize) -> f64) -> Vec<Vec<f64>> {
    let n = rows.first().map_or(0, Vec::len);
    let mut sum = vec![vec![0.0; n]; n];
    for (i, x) in rows.iter().enumerate() {
        let w = weight(i);
        for a in 0..n {
            for b in 0..n {
                sum[a][b] += w * x[a] * x[b];
            }
        }
    }
    sum
}

/// `A B A` for square matrices of one size, `A` symmetric: the two sides of a sandwich variance.
pub(super) fn sandwich(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let product = |x: &[Vec<f64>], y: &[Vec<f64>]| -> Vec<Vec<f64>> {
        (0..x.len()).map(|i| (0..x.len()).map(|j| (0..x.len()).map(|k| x[i][k] * y[k][j]).sum()).collect()).collect()
    };
    product(&product(a, b), a)
}
