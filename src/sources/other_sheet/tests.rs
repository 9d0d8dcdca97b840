use super::*;

fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
    cells.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect()
}

#[test]
fn what_another_sheet_says_of_a_service_is_heard_and_a_cover_is_not() {
    let read = rows(&[&["service_id", "name", "types"], &["K1", "Amber House", "counselling"], &["K2", "Beryl House", "idva"]]);
    let says = |name: &str, cells: &[&[&str]]| says_so(&(name.to_owned(), rows(cells)), &read);
    assert!(says("Flags", &[&["service_id", "confidential"], &["K2", "yes"]]));
    assert!(says("Flags", &[&["Name", "isPublic"], &["Amber House", ""], &["BERYL HOUSE", "no"]]));
    assert!(says("Notes", &[&["K2 is a refuge: do not publish its address"]]));
    assert!(says("Refuges", &[&["id"], &["K2"]]));
    assert!(says("Flags", &[&["Updated", "1 Nov 2025"], &["service_id", "publish address"], &["K2", "no"]]));
    assert!(says("Cover", &[&["Classification", "OFFICIAL-SENSITIVE"], &["Version", "3"]]));
    assert!(says("Cover", &[&["Marking", "TLP AMBER"]]) && says("Cover", &[&["Circulation", "Partners"], &["Version", "3"]]));
    assert!(says("Info", &[&["The sites on the first sheet are where women live"]]));
    assert!(says("Not for web", &[&["K2"]]));
    assert!(says("Opted out", &[&["service_id"], &["K2"]]) && says("Redactions", &[&["id", "name"], &["K2", "Beryl House"]]));
    assert!(says("Hide", &[&["K1", "12/03/2025"]]) && says("Take off", &[&["2"]]));
    assert!(says("Changes", &[&["type", "what"], &["refuge", "K2 is one now"]]));
    assert!(says("Do not show", &[&["K2"]]) && says("DNP", &[&["Beryl House"]]) && says("Removed", &[&["K2"]]));
    let ordinary: [(&str, &[&[&str]]); 10] = [
        ("Private sector", &[&["K2", "Amber House"]]),
        ("Exclusions", &[&["Elm Court"], &["out of area"]]),
        ("Featured on home page", &[&["K2"]]),
        ("Sheet2", &[&["service_id", "name"], &["K1", "Amber House"]]),
        ("Cover", &[&["Protective marking", "OFFICIAL"], &["Circulation", "All partners and the public"], &["TLP", "CLEAR"]]),
        ("Flags", &[&["service_id", "confidential"], &["K2", "no"]]),
        ("Cover", &[&["Directory of services"], &["Free and confidential"], &["Version", "3"], &["Public", "No"]]),
        ("Contents", &[&["Sheet", "Holds"], &["Services", "One row for each service"]]),
        ("Types", &[&["id", "label"], &["refuge", "A safe house"], &["idva", "IDVA"]]),
        ("Opening", &[&["service_id", "hours"], &["K2", "Mo-Fr 09:00-17:00"]]),
    ];
    for (name, cells) in ordinary {
        assert!(!says(name, cells), "{name}");
    }
}
