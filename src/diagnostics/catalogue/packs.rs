//! Problem codes of packs that are to be published.

/// Hands its codes, behind those that it is given, to the next of the list.
macro_rules! packs {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! { $($then)*; $($before)*
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
            S336: "a return that one source alone may read",
                "A return of journeys from one authority to another is told by `journeys` and by nothing else. Read as another table too, by its own rule and its own groups, the same people would be told twice, and the two answers together could give a small count away. The same file under another name, in a folder or as a copy is the same return.";
        }
    };
}
pub(super) use packs;
