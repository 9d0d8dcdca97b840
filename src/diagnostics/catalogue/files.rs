//! Problem codes of reading a file.

/// Hands its codes, behind those that it is given, to the next of the list.
macro_rules! files {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! { $($then)*; $($before)*
            R101: "a file or folder is not there or cannot be opened",
                "Paths in a plan are relative to the folder that the plan stands in.";
            R102: "a file is empty",
                "An empty file is not an empty answer: nothing is counted as zero because of it. Download or export it again.";
            R103: "a column is missing",
                "Columns are found by their heading. The message lists the headings that are there; the nearest one is suggested.";
            R104: "a value cannot be read",
                "The row is set aside and counted in the ledger; it is not guessed at.";
            R105: "a row has too few or too many fields",
                "Usually an unescaped comma or quote, or a file cut off while it was copied.";
            R106: "bytes that are not UTF-8",
                "Save the file again as CSV UTF-8. Old exports are often in Windows-1252.";
            R107: "a line that is too long to be data",
                "A line of more than a megabyte is a binary file, a file without line ends, or a quote that never closes.";
            R108: "a zip archive is damaged",
                "Most often the download stopped early. Download it again and compare its size.";
            R109: "a GeoJSON file that cannot be read",
                "Most often the file was cut off, or it is not GeoJSON but an Esri JSON or TopoJSON export.";
            R110: "a JSON file that cannot be read",
                "Most often the file was cut off, or a web page with an error message was saved instead of the data.";
            R111: "nothing in the folder looks like this source",
                "The message says which file names are looked for.";
            R112: "file, folder and row disagree about the month",
                "The row's own month is used. Files are sometimes renamed or put in the wrong folder; if so, months may be counted twice.";
            R113: "headings that name the same thing twice",
                "A copy that went through a spreadsheet may turn `202101` into `2021` over and over. Such a file cannot be told apart by month: get the original.";
            R114: "the same force and month in two files",
                "Archives of different dates overlap, and stand beside what was unpacked from them. Each force and month is counted once, from the newest archive; two copies that differ, of which nobody can say which is newer, stop the run.";
        }
    };
}
pub(super) use files;
