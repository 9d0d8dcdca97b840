use super::*;
use crate::outputs::figures::months::tests::series;
use crate::units::Cell;

#[test]
fn nothing_is_drawn_where_nothing_is_known_and_no_gap_is_bridged() {
    assert_eq!(sparkline(&series(&[Cell::Withheld, Cell::Missing], false, None)), None);
    assert_eq!(sparkline(&series(&[], false, None)), None);
    let mut counts = [Cell::Known(40); 36];
    counts[7] = Cell::Withheld;
    let (svg, alt) = sparkline(&series(&counts, true, Some(24))).unwrap();
    assert_eq!(svg.matches("<path").count(), 3, "two stretches before the break, one from there on");
    assert!(alt.contains("lowest 40, highest 40") && alt.contains("1 month is withheld"), "{alt}");
    let corners: usize = svg.split(" d=\"").skip(1).map(|p| p.split('"').next().unwrap().matches(['M', 'L']).count()).sum();
    assert_eq!(corners, 35, "each known month once, and the withheld one nowhere");
}

#[test]
fn the_last_mark_is_hollow_where_the_last_month_is_not_known() {
    let mut counts = [Cell::Known(40); 12];
    assert!(sparkline(&series(&counts, false, None)).unwrap().0.contains(&format!("fill=\"{NAVY}\" stroke=\"{NAVY}\"")));
    counts[11] = Cell::Missing;
    assert!(sparkline(&series(&counts, false, None)).unwrap().0.contains("fill=\"#FFFFFF\""));
    assert!(sparkline(&series(&[Cell::Known(3)], false, None)).is_some(), "one month is a dot");
}
