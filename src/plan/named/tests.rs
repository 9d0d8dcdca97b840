use super::*;
use crate::diagnostics::Problems;

fn look(plan: &str) -> (Named, Problems) {
    let mut problems = Problems::default();
    let table = DeTable::parse(plan).unwrap().into_inner();
    let named = Named::in_plan(&table, &mut Reader { text: plan, file: "study.toml", problems: &mut problems });
    (named, problems)
}

#[test]
fn a_label_is_named_for_the_source_that_it_stands_under() {
    let plan = "[[source]]\nkind = \"events-csv\"\nname = \"a\"\nlabels = [\"One\"]\nharms = { \"Two\" = \"none\" }\n\
        [[source]]\nkind = \"mps-wide\"\noffences = [\"Three\"]\n[[analysis]]\ncategories = [\"Four\"]\n\
        [[study.breaks]]\nsources = [\"a\"]\ncategories = [\"Five\"]\n";
    let (named, problems) = look(plan);
    let labels = |of: &str| named.labels_of(of).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!((labels("a"), labels("mps-wide"), labels("c")), ("five four one two".into(), "four three".into(), "four".into()));
    assert!(problems.is_empty());
}

#[test]
fn months_that_are_no_number_are_told_with_their_place_and_others_count_in_any_base() {
    let (named, problems) = look("[defaults]\nmonths = 0x18\n[[analysis]]\nmonths = 1_0\n");
    assert_eq!((named.months.into_iter().collect::<Vec<_>>(), problems.list().len()), (vec![10, 12, 24], 0));
    for wrong in ["0", "-3", "6.5", "\"six\"", "99999999999999999999999"] {
        let (_, problems) = look(&format!("[[analysis]]\nkind = \"burden\"\nmonths = {wrong}\n"));
        let told: Vec<_> = problems.list().iter().map(|p| (p.code, p.place.line)).collect();
        assert_eq!(told, [(Code::P102, Some(3))], "{wrong}");
    }
}
