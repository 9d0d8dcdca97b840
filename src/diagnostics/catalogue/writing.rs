//! Problem codes of writing.

/// Hands its codes, behind those that it is given, to the next of the list.
macro_rules! writing {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! { $($then)*; $($before)*
            W401: "the output cannot be written",
                "The output is written beside its final place and moved there whole; what was there before is untouched.";
            W402: "findings cannot be read",
                "`findings.json` is written by `gapmap run`; its version must be one that this program knows.";
            W403: "another run is at work here",
                "Two runs at once would each add to the ledger of releases and put a pack in place, and the one would not be protected together with the other. The second stops before it reads anything. It holds on to nothing: a run that was stopped or killed keeps nobody out.";
        }
    };
}
pub(super) use writing;
