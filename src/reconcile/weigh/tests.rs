use super::*;

fn way(cause: Cause, value: f64, today: f64, beforehand: f64) -> Weighed {
    Weighed { parts: vec![Part { cause, how: String::new(), amount: value - today }], value, beforehand }
}

fn today(value: f64) -> Weighed {
    Weighed { parts: vec![], value, beforehand: 1.0 }
}

#[test]
fn a_round_figure_is_explained_by_rounding_and_an_odd_one_by_what_gives_it() {
    let tried = [today(5853.0), way(Cause::Duplicates, 5921.0, 5853.0, 0.1)];
    let (verdict, ways) = weigh(Printed::parse("5850").unwrap(), 5853.0, &tried);
    assert_eq!((verdict, ways[0].causes()), (Verdict::Explained, vec![]));
    let (verdict, ways) = weigh(Printed::parse("5921").unwrap(), 5853.0, &tried);
    assert_eq!((verdict, ways[0].causes()), (Verdict::Explained, vec![Cause::Duplicates]));
    assert_eq!(weigh(Printed::parse("5922").unwrap(), 5853.0, &tried).0, Verdict::Unexplained);
    assert_eq!(weigh(Printed::parse("5853").unwrap(), 5853.0, &tried).0, Verdict::Same);
}

#[test]
fn two_causes_that_give_the_same_number_are_both_told() {
    let tried = [today(100.0), way(Cause::Duplicates, 107.0, 100.0, 0.1), way(Cause::Restatement, 107.0, 100.0, 0.1)];
    let (verdict, ways) = weigh(Printed::parse("107").unwrap(), 100.0, &tried);
    assert_eq!((verdict, ways.len()), (Verdict::SeveralWays, 2));
}

#[test]
fn of_very_many_numbers_that_were_tried_one_that_fits_is_no_explanation() {
    let many: Vec<Weighed> = (0..200).map(|i| way(Cause::Definition, 900.0 + f64::from(i), 1000.0, 0.1 * 0.1 / 200.0)).collect();
    assert_ne!(weigh(Printed::parse("951").unwrap(), 1000.0, &many).0, Verdict::Explained);
}
