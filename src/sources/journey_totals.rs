//! Rows of a table of journeys that hold other rows once more.

use super::all_of_them::is_all_of_them;
use super::gathered::{JourneyRow, Tally};
use crate::diagnostics::{Code, Place, Problems};
use crate::units::Cell;

/// Whether a field of a row takes in all of its kind: an authority, a service or a group.
fn takes_in_all(row: &JourneyRow, groups: bool, kinds: bool) -> [bool; 4] {
    let all_kinds = kinds && row.service.is_empty();
    let all_groups = groups && (row.group.is_empty() || is_all_of_them(&row.group));
    [is_all_of_them(&row.origin), is_all_of_them(&row.destination), all_kinds, all_groups]
}

/// Takes out rows that hold all origins, destinations, kinds or groups once more. One that is not what its parts add up to is a problem: somebody is counted
/// twice, or left out. Over all files together, for a total may stand in another.
///
/// A total of authorities without its parts tells no journey, and is a problem too.
pub(super) fn totals(rows: &mut Vec<JourneyRow>, tally: &mut Tally, problems: &mut Problems) {
    let kinds = rows.iter().any(|r| !r.service.is_empty());
    let groups = rows.iter().any(|r| !r.group.is_empty() && !is_all_of_them(&r.group));
    let all: Vec<[bool; 4]> = rows.iter().map(|r| takes_in_all(r, groups, kinds)).collect();
    let is_total = |i: usize| all[i].contains(&true);
    let fields = |r: &JourneyRow| [&r.origin, &r.destination, &r.service, &r.group].map(|text| text.to_lowercase());
    let fields: Vec<[String; 4]> = rows.iter().map(fields).collect();
    for i in (0..rows.len()).filter(|i| is_total(*i)) {
        let total = &rows[i];
        let same = |j: usize| (0..4).all(|f| all[i][f] || fields[j][f] == fields[i][f]);
        let within = |j: &usize| !is_total(*j) && rows[*j].period == total.period && same(*j);
        let parts: Vec<Cell<u64>> = (0..rows.len()).filter(within).map(|j| rows[j].people).collect();
        let sum = Cell::sum(&parts);
        let place = Place::line(&total.file, total.line);
        if parts.is_empty() {
            let next = "Give the rows that it adds up, or take it out.";
            problems.error(Code::D215, place, "a row of all authorities, services or groups stands without its parts", next);
        } else if total.people.known().zip(sum.known()).is_some_and(|(told, sum)| told != sum) {
            let next = "Count each person in one row for each kind of service, with a row for those of whom it is not known; a total needs no row.";
            problems.error(Code::D215, place, "a row of all is not what the rows beside it add up to", next);
        }
    }
    let n = all.iter().filter(|a| a.contains(&true)).count();
    tally.set_aside("a total of the rows beside it", n as u64);
    let mut at = 0;
    rows.retain(|_| {
        at += 1;
        !all[at - 1].contains(&true)
    });
}
