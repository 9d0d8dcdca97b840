//! Scores of places by steps of time, of rates: what classes of emerging hot spots are made of.

use super::counts::{normal_quantile, normal_tail};
use super::smoothing::empirical_bayes_index;
use super::weights::Weights;

/// With fewer places there is nobody to be held against.
const FEWEST: usize = 4;
/// Skewness below this is none.
const NO_SKEWNESS: f64 = 1e-6;

/// `G*` of rates for each place and step, as the standard normal score that chance reaches as seldom: one row of steps for each place.
///
/// In each step rates are put on one scale ([`empirical_bayes_index`]), and the index of a place and its neighbours is summed and held against what as many
/// places drawn at random would give, as in [`super::hot_spots::hot_spots`]. Months hold few events, so that such sums are skewed: with normal
/// limits one in a hundred looked like one in ten thousand. Their distribution is therefore taken for Pearson's type III with the exact mean, variance
/// and skewness of draws without replacement. Each step is held against itself: a level that moves everywhere at once moves no score.
///
/// A place of which any count or the population is not known takes no part in any step, neither for itself nor for its neighbours; its scores are `NaN`,
/// and so are those of a place without neighbours, and of all where three take part or fewer. In a step in which all are alike, as in a month without an
/// event, and of a place whose neighbours are all others, nothing stands out: the score is 0.
///
/// Source: Ord & Getis 1995; Mielke, Berry & Brier 1981 (moments of permutations, Pearson type III); Assunção & Reis 1999.
///
/// ```
/// use gapmap::stats::{emerging_rates::scores, weights::Weights};
/// let line: Vec<Vec<u32>> = (0..20_u32).map(|i| [i.checked_sub(1), (i < 19).then_some(i + 1)].into_iter().flatten().collect()).collect();
/// let counts: Vec<Vec<Option<u64>>> = (0..20).map(|i| vec![Some(if i < 3 { 30 } else { 5 }), (i != 9).then_some(5)]).collect();
/// let found = scores(&counts, &[Some(1000.0); 20], &Weights::new(&line));
/// assert!(found[1][0] > 3.0 && found[15][0].abs() < 2.0 && found[9][0].is_nan());
/// ```
pub fn scores(counts: &[Vec<Option<u64>>], population: &[Option<f64>], neighbours: &Weights) -> Vec<Vec<f64>> {
    let steps = counts.iter().map(Vec::len).min().unwrap_or(0);
    let mut scores = vec![vec![f64::NAN; steps]; counts.len()];
    if neighbours.len() != counts.len() || population.len() != counts.len() {
        return scores;
    }
    let known: Vec<usize> =
        (0..counts.len()).filter(|i| population[*i].is_some_and(|p| p > 0.0) && counts[*i].iter().all(Option::is_some)).collect();
    let people: Vec<f64> = known.iter().filter_map(|i| population[*i]).collect();
    // Positions of the places that take part in the list of all.
    let mut place = vec![None; counts.len()];
    known.iter().enumerate().for_each(|(k, i)| place[*i] = Some(k));
    let around: Vec<Vec<usize>> = known.iter().map(|i| neighbours.of(*i).iter().filter_map(|j| place[*j as usize]).collect()).collect();
    for t in 0..steps {
        let events: Vec<f64> = known.iter().map(|i| counts[*i][t].unwrap_or(0) as f64).collect();
        let index: Vec<f64> = empirical_bayes_index(&events, &people).into_iter().map(|x| x.unwrap_or(f64::NAN)).collect();
        if known.len() < FEWEST {
            continue;
        }
        let moments = Moments::of(&index);
        for (k, i) in known.iter().enumerate().filter(|(k, _)| !around[*k].is_empty()) {
            let sum = index[k] + around[k].iter().map(|j| index[*j]).sum::<f64>();
            scores[*i][t] = moments.as_ref().map_or(0.0, |m| m.score(sum, around[k].len() + 1));
        }
    }
    scores
}

/// Mean, standard deviation and skewness of the index of all places.
struct Moments {
    n: f64,
    mean: f64,
    spread: f64,
    skewness: f64,
}

impl Moments {
    /// `None` where all are alike, or there is no rate at all.
    fn of(values: &[f64]) -> Option<Self> {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let moment = |k: i32| values.iter().map(|v| (v - mean).powi(k)).sum::<f64>() / n;
        let spread = moment(2).sqrt();
        (n >= FEWEST as f64 && spread > 0.0).then(|| Self { n, mean, spread, skewness: moment(3) / spread.powi(3) })
    }

    /// The normal score of the sum of so many values drawn without replacement.
    fn score(&self, sum: f64, draws: usize) -> f64 {
        let (n, k) = (self.n, draws as f64);
        if k >= n {
            return 0.0;
        }
        let z = (sum - self.mean * k) / (self.spread * (k * (n - k) / (n - 1.0)).sqrt());
        let skewness = self.skewness * (n - 2.0 * k) * (n - 1.0).sqrt() / ((n - 2.0) * (k * (n - k)).sqrt());
        normal_score(z, skewness)
    }
}

/// The standard normal score that is reached as seldom as `z` by Pearson's type III of mean 0, variance 1 and this skewness, but no farther out than `z` is.
///
/// On the short side of a skewed distribution type III ends before what is drawn does: a neighbourhood without an event would be certain to be cold. There
/// the normal limits hold, which call too seldom.
fn normal_score(z: f64, skewness: f64) -> f64 {
    let score = type_iii_score(z, skewness);
    if score.abs() < z.abs() { score } else { z }
}

fn type_iii_score(z: f64, skewness: f64) -> f64 {
    if skewness.abs() < NO_SKEWNESS {
        return z;
    }
    // A gamma variable of this shape, less its mean and over its deviation; with negative skewness turned round.
    let (z, turned) = if skewness > 0.0 { (z, 1.0) } else { (-z, -1.0) };
    let shape = 4.0 / (skewness * skewness);
    let at = shape + z * shape.sqrt();
    if at <= 0.0 {
        // Below all that the distribution takes in: as far out as can be told.
        return -turned * FARTHEST;
    }
    let upper = statrs::function::gamma::checked_gamma_ur(shape, at).unwrap_or_else(|_| normal_tail(z));
    let lower = statrs::function::gamma::checked_gamma_lr(shape, at).unwrap_or(1.0 - upper);
    let score = if upper < lower { -normal_quantile(upper.max(SMALLEST)) } else { normal_quantile(lower.max(SMALLEST)) };
    turned * score.clamp(-FARTHEST, FARTHEST)
}

/// Chances below this are told as this.
const SMALLEST: f64 = 1e-60;
/// The score that belongs to it.
const FARTHEST: f64 = 16.0;

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Sums of seven of 150 very skewed values: as many lie beyond each score as lie beyond it in a normal distribution, where plain scores
    /// call some ten times too many.
    #[test]
    fn skewed_sums_are_called_as_often_as_they_should() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let values: Vec<f64> =
            (0..150).map(|_| -(1.0 - random.random::<f64>()).ln() * f64::from(u8::from(random.random_bool(0.3)))).collect();
        let moments = Moments::of(&values).unwrap();
        let (mut called, mut plain, mut cold) = (0, 0, 0);
        let draws = 200_000;
        let mut order: Vec<usize> = (0..150).collect();
        for _ in 0..draws {
            (0..7).for_each(|at| order.swap(at, random.random_range(at as u32..150) as usize));
            let sum: f64 = order[..7].iter().map(|i| values[*i]).sum();
            called += usize::from(moments.score(sum, 7) > 3.0);
            cold += usize::from(moments.score(sum, 7) < -3.0);
            let z = (sum - 7.0 * moments.mean) / (moments.spread * (7.0 * 143.0 / 149.0_f64).sqrt());
            plain += usize::from(z > 3.0);
        }
        let expected = normal_tail(3.0) * f64::from(draws);
        assert!((called as f64) < 1.6 * expected && called as f64 > 0.5 * expected, "{called} for {expected}");
        assert!(plain as f64 > 3.0 * expected, "{plain}");
        assert!(cold as f64 <= 1.6 * expected, "{cold} for {expected}");
    }

    /// Half of 150 places without an event, one with fifty: seven empty ones side by side are drawn once in 150 times, and are not certain to be cold.
    #[test]
    fn an_empty_neighbourhood_beside_a_town_centre_is_not_certain_to_be_cold() {
        let values: Vec<f64> = std::iter::repeat_n(0.0, 75).chain(std::iter::repeat_n(2.0, 74)).chain([50.0]).collect();
        let moments = Moments::of(&values).unwrap();
        for sum in [0.0, 2.0, 4.0] {
            assert!((-2.5..0.0).contains(&moments.score(sum, 7)), "{sum}: {}", moments.score(sum, 7));
        }
        assert!(moments.score(62.0, 7) > 1.5, "{}", moments.score(62.0, 7));
    }

    #[test]
    fn a_step_without_an_event_stands_out_nowhere_and_is_known() {
        let line: Vec<Vec<u32>> =
            (0..10_u32).map(|i| [i.checked_sub(1), (i < 9).then_some(i + 1)].into_iter().flatten().collect()).collect();
        let counts: Vec<Vec<Option<u64>>> = (0..10).map(|i| vec![Some(0), Some(i), Some(3)]).collect();
        let found = scores(&counts, &[Some(1_000.0); 10], &Weights::new(&line));
        assert!(found.iter().all(|s| s[0] == 0.0 && s[2] == 0.0) && found[9][1] > 0.5, "{found:?}");
    }

    /// A grid of 144 places with four events a month each: five that have six times as many all the time, and five that have them in the last three months.
    #[test]
    fn a_lasting_spot_and_one_that_has_come_up_are_told_apart_and_nothing_else_is_hot() {
        use super::super::emerging::{Correction, Pattern, Settings, Side, places};
        use rand_distr::{Distribution, Poisson};
        let mut random = ChaCha8Rng::seed_from_u64(11);
        let (side, months) = (12_usize, 18);
        let beside = |i: usize| {
            let (x, y) = ((i % side) as i32, (i / side) as i32);
            let near = (-1..=1).flat_map(move |dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
            near.filter(|(a, b)| (0..side as i32).contains(a) && (0..side as i32).contains(b))
                .map(|(a, b)| (b * side as i32 + a) as u32)
                .filter(|j| *j as usize != i)
                .collect::<Vec<u32>>()
        };
        let lasting: Vec<usize> = [0, 1, 12, 11 + 2, 2].map(|k| 26 + k).to_vec();
        let late: Vec<usize> = lasting.iter().map(|i| i + 70).collect();
        let mut counts = vec![vec![Some(0); months]; side * side];
        for (i, row) in counts.iter_mut().enumerate() {
            for (t, count) in row.iter_mut().enumerate() {
                let times = if lasting.contains(&i) || (late.contains(&i) && t + 3 >= months) { 6.0 } else { 1.0 };
                *count = Some(Poisson::new(4.0 * times).unwrap().sample(&mut random) as u64);
            }
        }
        let neighbours = Weights::new(&(0..side * side).map(beside).collect::<Vec<_>>());
        let scores = scores(&counts, &vec![Some(1_600.0); side * side], &neighbours);
        let settings = Settings { alpha_bin: 0.05, alpha_trend: 0.05, correction: Correction::AllBins, sporadic_needs_final_step: true };
        let found = places(&scores, settings);
        let middle = |of: &[usize]| found[of[1]].class;
        assert!(
            matches!(middle(&lasting), Some((Pattern::Persistent | Pattern::Intensifying | Pattern::Diminishing, Side::Hot))),
            "{:?}",
            found[lasting[1]]
        );
        assert!(matches!(middle(&late), Some((Pattern::New | Pattern::Consecutive, Side::Hot))), "{:?}", found[late[1]]);
        // Places that border neither.
        let far = |i: usize| !lasting.iter().chain(&late).any(|s| *s == i || neighbours.of(*s).contains(&(i as u32)));
        let called = (0..side * side).filter(|i| far(*i) && found[*i].hot.len() > 2).count();
        assert!(called <= 1, "{called}");
    }

    #[test]
    fn without_skewness_a_score_is_itself_and_turning_round_turns_it_round() {
        assert_eq!(normal_score(2.5, 0.0), 2.5);
        for (z, g) in [(3.0, 0.8), (-1.2, 0.5), (0.1, 1.5)] {
            assert!((normal_score(z, g) + normal_score(-z, -g)).abs() < 1e-9);
        }
        assert!(normal_score(3.0, 0.8) < 3.0 && normal_score(-2.0, 0.8) == -2.0);
    }
}
