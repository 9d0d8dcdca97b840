//! Every problem code with what it means and what usually helps: the page that `gapmap explain R104` prints.

/// Makes the codes: each stands once, with its explanation beside it, so that none can be without.
macro_rules! codes {
    ($($code:ident: $title:literal, $about:literal;)*) => {
        /// A kind of problem. P: the plan. R: reading a file. D: what the data says. S: services and the safety of those who use them. W: writing.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = $title] $code,)*
        }

        impl Code {
            /// Every code, in the order of the list.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// The stable code, as it is printed: `R104`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$code => stringify!($code),)*
                }
            }

            /// What it is about, in a few words.
            pub fn title(self) -> &'static str {
                match self {
                    $(Code::$code => $title,)*
                }
            }

            /// Why the engine minds, and what usually helps.
            pub fn about(self) -> &'static str {
                match self {
                    $(Code::$code => $about,)*
                }
            }
        }
    };
}

impl Code {
    /// The code of a name, upper or lower case.
    ///
    /// ```
    /// use gapmap::diagnostics::Code;
    /// assert_eq!(Code::find("r104"), Some(Code::R104));
    /// assert_eq!(Code::find("R999"), None);
    /// ```
    pub fn find(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name().eq_ignore_ascii_case(name))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.name() == *other
    }
}

codes! {
    P101: "the plan cannot be read",
        "The plan is a TOML file. The caret stands where reading stopped: most often a missing quote, a missing `=`, or a bracket that is not closed.";
    P102: "a setting that does not exist, or a value of the wrong kind",
        "Settings are checked strictly, because a misspelt setting that is silently ignored gives a wrong number. `gapmap schema plan` lists all of them.";
    P103: "a kind of source or analysis that the engine does not know",
        "`gapmap explain sources` and `gapmap explain analyses` list those that it has.";
    P104: "the plan needs something that it does not have",
        "A study needs at least its boundaries and the authorities that it covers.";
    P105: "two things carry the same name",
        "Names are how findings point back to sources: each must be its own.";
    P106: "a mapped column that may identify a person",
        "A column that is called like a name, address, birth date, contact or free text is refused, whatever it holds. Remove it from the mapping; columns that are not mapped are never read.";
    P107: "a text of the plan that holds characters that cannot be shown",
        "Marks that turn the direction of text, letters without width, escapes and the like stand unseen in titles and names, and would go into every output. Type the text again.";
    P108: "a message of the study's own words that says something else",
        "Files in `words/` beside the plan say single messages in a study's own words. Each must be one that the engine says, with the same holes, and no number of its own: numbers come from the data alone.";
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
    S301: "a confidential service carries a place",
        "The location of a refuge or any service marked confidential must never be in the engine's hands. Remove coordinates, postcode, street, UPRN and small-area codes from the record. The value is not shown, not stored and not logged.";
    S302: "a service id stands twice",
        "Two records with one id cannot be told apart in side tables and findings.";
    S303: "a service at an impossible place",
        "Latitude runs from -90 to 90, longitude from -180 to 180, and a service for an English partnership lies in or near Great Britain.";
    S304: "a service has no known place",
        "It is counted as *not known*, never as absent. Add coordinates where the address is public, or mark how it is delivered.";
    S305: "a side-table row names no service",
        "The id in the side table must be the id of a service in the catalogue.";
    S306: "a type of service that the typology does not know",
        "`gapmap explain service-types` lists the types. A service of a type that nobody knows counts as confidential until somebody says what it is: give it a type, or name it in `[[study.public-place]]`.";
    S307: "a service record lacks what the standard requires",
        "Open Referral UK requires id, name and status.";
    S308: "a confidential location was discarded",
        "The plan says `confidential-locations = \"discard\"` for this feed. The location was dropped while the file was read, before anything was kept; nothing in the output depends on it, and it could not be told from a feed that never held it.";
    S309: "opening hours that no program can read",
        "Hours are read as OpenStreetMap writes them: `Mo-Fr 09:00-17:00; PH off`, `Fr,Sa 22:00-03:00`, `24/7`. Words such as *by appointment* are kept out, and the hours count as not known.";
    S310: "the ledger of releases is not the one that was written",
        "`gapmap-releases/` beside the plan remembers what was published, so that a new pack and the earlier ones cannot give a person away together. Each record names the fingerprint of the one before it; `gapmap-releases.head` and the pack that is out say where the chain ends. A record was changed or is missing, or the three do not belong together. Put them back as they were, from one copy. If there is none, `gapmap releases begin-anew <plan> --because \"…\"` begins another chain: it keeps what is left aside, protects nothing together with what is out already, and says so with the reason on every later pack.";
    S311: "a withheld count lacks its proof",
        "For every withheld count the program keeps two other sets of facts that would have given the same publication. One of them failed its last check, so nothing was written. This is a fault of the program.";
    S312: "earlier releases stand in the way",
        "What was printed before cannot be taken back. Together with it, a new table would give away a count that must be withheld. Larger areas, longer periods or fewer categories help.";
    S313: "earlier releases reach back before the data",
        "Two counts that overlap can give away what lies in one of them only. That is looked for where the data at hand hold the months of both. Where older months have been taken out of a source, it cannot be: keep them in.";
    S314: "an area served that only people understand",
        "Areas served are settled by code, by the name of an authority as the lookups write it, by words such as *England*, or by a shape (`extent` in GeoJSON). A record that gives none of these is taken to serve the whole study, which may be too much.";
    S315: "users by group of months that an earlier pack told of",
        "How the people of two returns that overlap are the same people, nobody knows, so nothing could be proven of both together; the difference of two tables can be a single person. The finding is left out of this pack. The same table may be told again, and months that do not overlap.";
    S316: "a service counts as confidential by its words",
        "A word of the record, or of its organisation, sounds like a service whose address is secret; or it speaks of abuse and nobody knows its type; or the same service is confidential in another record. The run goes on: it carries no place, or only its description speaks of abuse and what it carries is left out. No output names it. If anybody may know where it is, name it in `[[study.public-place]]`.";
    S317: "a public place that the catalogue does not bear out",
        "`[[study.public-place]]` is the one way to say that a service which sounds confidential is not. It needs the id of a record, a reason, and no record that says the opposite.";
    S318: "a service of no type that is known",
        "A type comes from an id of the typology, a term of the record, or words of the field in a record about violence or abuse. A record that names none takes part in no answer by type: it is counted, listed, and may be chased. Give its type in a side table.";
    S319: "a site off the National Grid",
        "Offices in Northern Ireland, on the Channel Islands or abroad are where they are, and nobody of an English partnership reaches them. The site is left out; a service that has no other site and no other way of delivery is set aside. Correct the coordinates at their source where they are wrong.";
    S320: "the pack cannot be audited as it is",
        "The audit reads the folder that `gapmap run` wrote: findings, and files whose names say whom they are for.";
    S321: "a number would give somebody away",
        "A count is small or not rounded, a rate does not come from released counts, a sentence tells what was not released, or a withheld count follows from the others. Do not publish the pack.";
    S322: "something in the pack is hidden",
        "Hidden rows and sheets, comments, formulas and metadata are published with the file that they are in. Anybody can look at them.";
    S323: "traces of a place, a person or a machine",
        "Postcodes, coordinates, e-mail addresses, paths of a machine and names of makers have no place in a pack.";
    S324: "a file is not the one that the findings give",
        "Every file but the findings is drawn from the findings. One that differs was changed afterwards, or was drawn by another version: audit it with that one, or draw it again. One that is not among them was added, and its numbers cannot be checked.";
    S325: "the files of the pack are not those of its manifest",
        "`manifest.<tier>.json` lists every file of a pack with its size and SHA-256. A file was put in beside the pack, is missing, or was changed. `gapmap report <folder>` draws the pack again and lists it.";
    S326: "the pack is not in the ledger of releases",
        "`gapmap-releases/` keeps the SHA-256 of the findings of every pack with restricted counts. Counts that were changed after the run are not those that later packs are protected together with. The audit looks for the ledger beside the pack, or where `--releases` says.";
    S331: "categories of a restricted source that are mapped to no harm",
        "Some harms are so rare, or so close to home, that they are told only of large areas and long times (`gapmap explain harms`). A category whose words are not known could be one of them, so it is told like the rarest until the plan says what it is about. The message gives the line of the first row of such a category, and not what stands there: anything may have been typed into the column.";
    S332: "the plan names a category that the data do not hold",
        "A category under `harms` of a source was not found in it. It may be spelt otherwise, or be a category of other months.";
    S333: "an earlier pack printed counts that are refused by now",
        "A category was mapped to a harm after it had been printed, or a floor was raised. What was printed is known to its readers and cannot be taken back: new counts are protected together with it, and it is printed no more.";
    S334: "a restricted source that may be one of an earlier pack",
        "New counts are protected together with what earlier packs told of the same source, by its name. Under another name the same people would be told twice, and the difference of two tables can be one person. Where a source of earlier packs is gone from the plan and a restricted one is new, the plan says whether they are the same: `formerly` under the source.";
    W401: "the output cannot be written",
        "The output is written beside its final place and moved there whole; what was there before is untouched.";
    W402: "findings cannot be read",
        "`findings.json` is written by `gapmap run`; its version must be one that this program knows.";
    W403: "another run is at work here",
        "Two runs at once would each add to the ledger of releases and put a pack in place, and the one would not be protected together with the other. The second stops before it reads anything. It holds on to nothing: a run that was stopped or killed keeps nobody out.";
}
