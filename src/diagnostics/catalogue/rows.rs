//! Problem codes of what the data say.

/// Hands its codes, behind those that it is given, to the next of the list.
macro_rules! rows {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! { $($then)*; $($before)*
            D201: "coordinates that lie about their system",
                "Longitude and latitude are at most 180 and 90; British National Grid metres are in the hundred thousands. The engine does not guess between the two when a file declares one and holds the other.";
            D202: "latitude and longitude swapped",
                "Places in Great Britain lie at 49 to 61 degrees north and 9 degrees west to 2 degrees east.";
            D203: "a boundary is not a valid shape",
                "A ring that crosses itself holds points in no clear way. Ask for another resolution of the same boundaries, or mend it in a GIS.";
            D204: "a code that no boundary or lookup knows",
                "Rows of other authorities are set aside and counted. A code of the study's own authorities that has no boundary means that the vintages differ: name a lookup from the older to the newer codes.";
            D205: "a negative count",
                "Counts are whole numbers of events: 0 or more.";
            D206: "a month is missing",
                "A month that no file holds is not a month without incidents. It is drawn as a gap, and no run or trend is carried across it.";
            D207: "an area code stands twice",
                "Each area has one boundary and one population in a study.";
            D208: "area without population",
                "No rate can be given for it; it is shown as not applicable.";
            D209: "points disagree with the area codes in their rows",
                "Published points are snapped and boundaries generalised, so a few per cent disagree. The plan's `place-by` decides which one counts; both are kept.";
            D211: "nothing is left to count",
                "Every row of the source was set aside. The ledger says why.";
            D213: "months that lie impossibly far apart",
                "One wrong date, such as the year 1900 that spreadsheets put for an empty cell, would stretch every series over a century, and one mistyped year would make the latest months those of a single row. Name a `period` in `[study]`, or correct the date.";
            D214: "a marked event that lies elsewhere",
                "`[[study.event]]` names what was done, from which month, and in which areas of the study. A wrong code would make the place its own comparator.";
            D215: "a group stands twice",
                "In a table of users each person belongs to one group of a dimension, and each group has one row: with two rows nobody can say which is right, or whether they are to be added.";
            D216: "the ledger does not add up",
                "Every row that was read is kept or set aside, and each source counts one kind of row. Where that is not so, no number is to be trusted, and nothing is written. This is a fault of the program.";
            D217: "counts that the source keeps back",
                "Cells such as `*`, `c` or `<5` are known to whoever published the table. They are no zero: every count that holds one is shown as withheld, with its bounds where they are given.";
            D218: "a table of several measures or levels",
                "A dashboard holds offences and outcomes, boroughs and wards in one column of counts. They are not to be added: `keep` in the source names the rows that count.";
            D219: "codes that nothing knows",
                "A code that no boundary, lookup or history of codes knows is not another place. It may be of an older vintage: add a lookup from the older codes to those of the boundaries. Rows with a point are placed by it.";
            D222: "ranks that are of other areas",
                "Indices of 2019 are of the LSOAs of 2011, and those of LSOAs are looked at by ward. Parts of a split area have the rank of the whole; merged areas and wards the mean of their parts, weighted by residents.";
            D221: "a question without an answer",
                "An analysis that the plan names gave nothing, because the study lacks what it needs. It is told in the findings as not answered: an empty place in a report reads as if all were well.";
            D223: "a date outside the timetable",
                "A timetable covers some weeks. A day that it does not cover is not a day without buses: nothing is worked out for it. The message says which dates it does cover; `week` in the source names a day of the week to look at.";
            D224: "doors and stops far from any street",
                "Ways on foot begin at the nearest street. Where that is far, the way in a straight line to it may lead through a river or a fence: look at these places on a map.";
            D225: "rows without a date",
                "A row that says a place and no month is in no count. Where there are many in one area, it would look quiet: its counts are missing until the rows have dates.";
        }
    };
}
pub(super) use rows;
