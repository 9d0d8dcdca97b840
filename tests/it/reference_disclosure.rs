//! Small tables with margins: what is withheld beside an exhaustive optimum, and bounds beside another solver's.
//!
//! The peer's attacker does not know that a withheld count is not zero; ours does, since zeros are shown. Against him more must be withheld
//! in some tables. Where our loss is another than the peer's, it is held against a search through all choices against our attacker.

use gapmap::disclosure::{Loss, Protection, Rule, System, interval, protect};
use serde_json::Value;

use crate::disclosure::{attack, attack_from, published, with_margins};
use crate::reference_cases::{Cases, floats, number, number_or};

/// A search through all choices takes two to the power of these.
const MOST_SEARCHED: usize = 16;

struct Table<'a> {
    name: &'a str,
    system: System,
    /// Cells in a row, the total among them.
    width: usize,
    rule: Rule,
}

impl Table<'_> {
    fn is_margin(&self, cell: usize) -> bool {
        cell % self.width + 1 == self.width || cell / self.width + 1 == self.system.cells().len() / self.width
    }

    fn sensitive(&self) -> Vec<usize> {
        (0..self.system.cells().len()).filter(|c| self.system.is_sensitive(*c, &self.rule)).collect()
    }

    fn at(&self, value: &Value) -> usize {
        let at = floats(value);
        at[0] as usize * self.width + at[1] as usize
    }

    /// What is shown where these cells are withheld.
    fn shown(&self, hidden: &[bool]) -> Vec<Vec<Option<u64>>> {
        let cells: Vec<Option<u64>> = self.system.cells().iter().zip(hidden).map(|(c, hidden)| (!hidden).then_some(c.value)).collect();
        cells.chunks(self.width).map(<[_]>::to_vec).collect()
    }

    /// Whether the bounds of every sensitive cell lie far enough apart, for a reader who knows that withheld counts are not zero.
    fn is_safe(&self, hidden: &[bool]) -> bool {
        let shown = self.shown(hidden);
        self.sensitive().into_iter().all(|c| {
            let (low, high) = attack(&shown, &self.rule, (c / self.width, c % self.width));
            hidden[c] && high - low >= self.rule.width() as f64 - 1e-6
        })
    }

    fn cost(&self, cell: usize, loss: Loss) -> u64 {
        if loss == Loss::Cells { 1 } else { self.system.cells()[cell].value }
    }

    /// A safe choice that costs less, by trying all; `None` where there are too many to try.
    fn cheaper(&self, loss: Loss, than: u64) -> Option<bool> {
        let sensitive = self.sensitive();
        let may = |c: &usize| self.system.cells()[*c].value > 0 && !sensitive.contains(c);
        let others: Vec<usize> = (0..self.system.cells().len()).filter(may).collect();
        if others.len() > MOST_SEARCHED {
            return None;
        }
        let chosen = |mask: u32| others.iter().enumerate().filter(move |(i, _)| mask >> i & 1 == 1).map(|(_, c)| *c);
        Some((0..1_u32 << others.len()).filter(|mask| chosen(*mask).map(|c| self.cost(c, loss)).sum::<u64>() < than).any(|mask| {
            let mut hidden = vec![false; self.system.cells().len()];
            sensitive.iter().copied().chain(chosen(mask)).for_each(|c| hidden[c] = true);
            self.is_safe(&hidden)
        }))
    }
}

/// Every table of a file.
pub fn tables(file: &Value, found: &mut Cases) {
    let rule = Rule { withhold_up_to: number_or(&file["parameters"]["k"], 5.0) as u64 - 1, round_to: 1 };
    found.each(&file["input"]["tables"], |found, name, rows| {
        let rows: Vec<Vec<u64>> = serde_json::from_value(rows.clone()).unwrap();
        let table = Table { name, width: rows[0].len() + 1, system: with_margins(&rows), rule };
        let expected = &file["expected"][name];
        found.part("primary", |found| {
            let mut theirs: Vec<usize> = expected["primary"].as_array().unwrap().iter().map(|at| table.at(at)).collect();
            theirs.sort_unstable();
            // The peer may list small cells inside the table alone; a small total is withheld here all the same.
            let ours = table.sensitive();
            let inside: Vec<usize> = ours.iter().copied().filter(|c| !table.is_margin(*c)).collect();
            found.record(ours == theirs || inside == theirs, || format!("{name}: sensitive {ours:?} instead of {theirs:?}"));
        });
        found.part("intervals", |found| intervals(&table, &expected["attacker_intervals_primary_only"], found));
        for (loss, least) in
            [(Loss::Cells, &expected["min_count_secondary"]["n"]), (Loss::Events, &expected["min_value_secondary_inner_only"]["total"])]
        {
            found.part(format!("loss in {loss:?}"), |found| least_loss(&table, loss, least, found));
        }
        found.part("rounded", |found| {
            let theirs: Vec<Vec<u64>> = serde_json::from_value(expected["round_base5_half_up"].clone()).unwrap();
            let to_five = Rule { withhold_up_to: 0, round_to: 5 };
            let ours: Vec<u64> = table.system.cells().iter().map(|c| to_five.round(c.value)).collect();
            found.record(ours == theirs.concat(), || format!("{name}: rounded to {ours:?}"));
        });
    });
}

/// Bounds where the small cells alone are withheld: the peer's, his attacker rebuilt here, and ours, which are as narrow or narrower.
fn intervals(table: &Table, theirs: &Value, found: &mut Cases) {
    let name = table.name;
    let listed: Vec<(usize, f64, f64)> =
        theirs.as_array().unwrap().iter().map(|t| (table.at(&t[0]), number(&t[1]), number_or(&t[2], f64::INFINITY))).collect();
    let hidden: Vec<bool> = (0..table.system.cells().len()).map(|c| listed.iter().any(|l| l.0 == c)).collect();
    let shown = table.shown(&hidden);
    for (cell, low, high) in listed {
        let at = (cell / table.width, cell % table.width);
        let rebuilt = attack_from(&shown, &table.rule, at, 0.0);
        let same = |a: f64, b: f64| (a - b).abs() < 1e-6 || (a > 1e5 && b > 1e5);
        found.record(same(rebuilt.0, low) && same(rebuilt.1, high), || format!("{name} {at:?}: {rebuilt:?} instead of {low} to {high}"));
        let knows = attack(&shown, &table.rule, at);
        let ours = interval(&table.system, &hidden, &table.rule, cell);
        let fine = ours.0.is_none_or(|l| same(l, knows.0)) && ours.1.is_none_or(|h| same(h, knows.1));
        found.record(fine && knows.0 >= low - 1e-6 && knows.1 <= high + 1e-6, || format!("{name} {at:?}: {ours:?} and {knows:?}"));
    }
}

/// What is withheld besides: safe, proven, and as little as can be.
fn least_loss(table: &Table, loss: Loss, least: &Value, found: &mut Cases) {
    let (name, system, rule) = (table.name, &table.system, &table.rule);
    let least = least.as_f64();
    let Ok(ours) = protect(system, rule, loss) else {
        found.record(least.is_none(), || format!("{name}: cannot be protected, where the peer loses {least:?}"));
        return;
    };
    let ours: Protection = ours;
    let lost = ours.loss(system, rule, loss);
    found.record(ours.fault(system, rule).is_none(), || format!("{name}: a withheld cell without a proof"));
    let shown = published(system, &ours, rule, table.width - 1);
    found.record(shown == table.shown(&ours.hidden), || format!("{name}: {shown:?} is shown"));
    found.record(table.is_safe(&ours.hidden), || format!("{name}: {:?} is not safe", ours.hidden));
    let least = least.expect("the least loss is missing") as u64;
    if lost == least {
        return found.record(true, String::new);
    }
    if lost < least {
        // The peer's second optimum withholds no total; ours may.
        let total = (0..ours.hidden.len()).any(|c| ours.hidden[c] && !system.is_kept_back(c, rule) && table.is_margin(c));
        return found.record(loss == Loss::Events && total, || format!("{name}: loss {lost} below the optimum of {least}"));
    }
    match table.cheaper(loss, lost) {
        Some(cheaper) => found.record(!cheaper, || format!("{name}: loss {lost} is not the least, the peer's is {least}")),
        None => found.left.push(format!("{name}: loss {lost}, the peer's {least}; too many choices to search")),
    }
}

/// Random tables, as a peer would draw them: the loss is the least there is, by trying all.
#[test]
fn of_small_tables_no_less_could_be_withheld() {
    use rand::{Rng, SeedableRng};
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(14);
    let mut searched = 0;
    for round in 0..40 {
        let rows: Vec<Vec<u64>> = (0..2 + round % 2)
            .map(|_| (0..3).map(|_| if random.random_bool(0.3) { random.random_range(0..5) } else { random.random_range(5..60) }).collect())
            .collect();
        let rule = Rule { withhold_up_to: 4, round_to: 1 };
        let table = Table { name: "random", width: 4, system: with_margins(&rows), rule };
        for loss in [Loss::Cells, Loss::Events] {
            let Ok(ours) = protect(&table.system, &rule, loss) else { continue };
            let lost = ours.loss(&table.system, &rule, loss);
            assert!(table.is_safe(&ours.hidden), "{rows:?} {loss:?}");
            if let Some(cheaper) = table.cheaper(loss, lost) {
                assert!(!cheaper, "{rows:?} {loss:?}: {lost} is not the least");
                searched += 1;
            }
        }
    }
    assert!(searched > 40, "{searched}");
}
