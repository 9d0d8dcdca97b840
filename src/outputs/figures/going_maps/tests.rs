use super::*;
use crate::model::{AreaGoing, Text};
use crate::outputs::figures::reach::tests::study;

#[test]
fn three_maps_have_one_legend_and_an_area_without_a_row_is_not_known() {
    let (mut findings, ..) = study();
    let row = |(i, o): (usize, &Outline)| AreaGoing {
        code: o.code,
        name: o.name.clone(),
        weekday_noon: Going::Come,
        weekday_evening: if i < 4 { Going::NoWay } else { Going::Come },
        sunday: Going::Closed,
    };
    let rows: Vec<AreaGoing> = findings.outlines.iter().enumerate().map(row).skip(1).collect();
    let known = |n| Cell::Known(n);
    let people = vec![
        vec![known(1_200), known(0), known(0), Cell::Withheld],
        vec![known(900), known(300), known(0), known(0)],
        vec![known(0), known(0), known(1_200), known(0)],
    ];
    let unit = Text::from("women");
    let body =
        GoingByArea { geography: crate::units::Geography::Lsoa, measure: "Drop-in".into(), service_type: "d".into(), unit, rows, people };
    let (svg, _, alt) = going_maps(&findings, &body).unwrap();
    assert!(alt.contains("Weekday noon: can come and be home again 11, not known 1."), "{alt}");
    assert!(alt.contains("Weekday evening: can come and be home again 8, open, but no way there and back 3, not known 1."), "{alt}");
    // One legend: each class once, with people of three times.
    for class in [Going::Come, Going::NoWay, Going::Closed] {
        assert_eq!(svg.matches(&format!(">{}<", class.label())).count(), 1, "{svg}");
    }
    assert!(svg.contains(">1,200<") && svg.contains(">300<"), "{svg}");
    findings.outlines.clear();
    assert_eq!(going_maps(&findings, &body), None);
}
