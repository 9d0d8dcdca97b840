//! Problem codes of the plan.

/// Hands its codes, behind those that it is given, to the next of the list.
macro_rules! plan {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! { $($then)*; $($before)*
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
        }
    };
}
pub(super) use plan;
