//! Problem codes of the forms in which files come.

/// Hands its codes, behind those that it is given, to the next of the list.
macro_rules! forms {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! { $($then)*; $($before)*
            R115: "boundaries that were cut off",
                "A feature service gives a thousand or two features and says `exceededTransferLimit`. Rates over the areas that are left would count the incidents of all and the residents of some.";
            R116: "the same months or rows twice",
                "Files of past years and of the last 24 months overlap. Each month is counted once, from the table that was published last; where nothing tells which that is and the numbers differ, the run stops. So it does where the rows of two extracts are alike in all that is read of them, or every row of a file stands twice: `id` in the mapping names the column by which each event counts once.";
            R123: "two files that are one table",
                "The tables of a data package are known by their names, in the plural or in the singular: `services.csv` and `service.csv` are one. Of two files nobody knows which counts, so all rows of a table must stand in one.";
            R120: "streets that cannot be read",
                "A network of streets is read from an OpenStreetMap extract in `.osm.pbf`. It is damaged, or holds no street of the mode asked for.";
            R121: "a Parquet file that cannot be read",
                "Files without compression and with Snappy are read. Other compressions, and files that were cut off, are not: write the file again, or as CSV.";
            R122: "names of files that cannot be shown",
                "Names of files stand in messages and findings. One that holds line ends, escapes or marks without width is not read: rename it.";
            R124: "a file in another form",
                "Tables may be CSV in UTF-8, UTF-16 or Windows-1252, parted by commas, tabs or semicolons, or workbooks (.xlsx, .xls, .ods). What was converted is said. Of a workbook the sheet with the largest table is read; `sheet = \"…\"` under the source names another, and `heading-row = 5` the row of the headings where it is not found.";
            R125: "a file that broke its reader",
                "The file is damaged in a way that nobody foresaw. Nothing of it was used. Save or download it again.";
            R126: "a file of a data package that is not read",
                "Of a data package in tables only the tables are read, and `datapackage.json` where it holds no rows. Any other file or folder beside them could say which services are secret, or be a table in another form, and nobody would hear it: save it as a table, or move it away.";
            R127: "a member that stands twice",
                "In an object of JSON each name stands once. Of two members of one name nobody knows which counts, and most programs keep the last: a name, a flag or a place would be lost.";
            R128: "one page of several",
                "A feed gives its services page by page. Where a page says that others follow and they are not here, services that exist look like gaps. The counts that feeds give are often wrong, so nothing is stopped for them.";
            R129: "postcodes that no directory holds",
                "A postcode becomes an area by a `postcode-directory` source. Districts, sectors and spelling mistakes lead nowhere, and new postcodes stand in the newest directory only. The rows count in totals, and in no area.";
            R130: "a timetable that is not whole",
                "A timetable in GTFS is a zip archive or a folder with stops.txt, trips.txt, stop_times.txt and calendar.txt or calendar_dates.txt. Trips without calls and stops without a place are left out and counted.";
            R131: "a file that changed while it was read",
                "Part of it may be read as it was and part as it is: the numbers would be of neither. Most often a download or a copy was still going on, or a workbook was being saved.";
            R132: "outcomes that are not mapped",
                "What became of a report is told by classes. Words of which the vocabulary of outcomes says no class are told as another ending, not mapped, and counted: none of them is taken for a charge or for anything else.";
            R135: "a column that is not read",
                "Columns of a table of services are found by their headings. One that says whether a service runs, or until when, under a heading that nobody reads would leave a closed service in reach: it is renamed or taken out. Of others it is told that they are not read.";
        }
    };
}
pub(super) use forms;
