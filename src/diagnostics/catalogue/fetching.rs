//! Problem codes of fetching.

/// Hands its codes, behind those that it is given, to the next of the list.
macro_rules! fetching {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! { $($then)*; $($before)*
            N501: "the publisher cannot be reached",
                "There is no connection, the name is not known, nothing comes, or it is cut off. `gapmap fetch` tries several times, goes on where it was cut off, and puts nothing partial in place: run it again. Every file can be fetched in a browser, too, and put where the plan says.";
            N502: "the publisher does not give it",
                "It is not there, not allowed, or the server is busy or sends every asker in circles. Addresses change: `url` under a source of the plan says where its file is now.";
            N503: "what came is not what it must be",
                "A web page in the place of data, another kind of file, a wrong length or checksum, a service that answers otherwise than it did, or fewer records than it has. Nothing of it is put in place: what is missing would look like nothing.";
            N504: "what was fetched was changed since",
                "`fetched.json` keeps the digest of every file that was fetched. A file that somebody changed is theirs: it is never written over.";
            N505: "this program cannot fetch",
                "Nothing in it touches a network unless it was built with `--features fetch`. `gapmap fetch --list` says what the plan names and where it is published, so that it can be fetched by hand.";
            N506: "a file has to be got by hand",
                "Its publisher gives it another address with each edition, or it is known to the partnership alone. Put it where the plan says, or write its address as `url` under the source.";
        }
    };
}
pub(super) use fetching;
