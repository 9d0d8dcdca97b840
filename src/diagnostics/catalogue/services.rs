//! Problem codes of services, and the safety of those who use them.

/// Hands its codes, behind those that it is given, to the next of the list.
macro_rules! services {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! { $($then)*; $($before)*
            S301: "a confidential service carries a place",
                "The location of a refuge or any service marked confidential must never be in the engine's hands. Remove coordinates, postcode, street, UPRN and small-area codes from the record. The value is not shown, not stored and not logged. A yes, a no, a code or a class under a heading that nobody knows may say that a place is secret, too: where it does not, name the heading in `harmless-columns` under `[study]`.";
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
            S335: "confidential records that may be of one service",
                "Names, providers or contacts of two confidential records are alike. Counted as two, a third of what three have together could be what one has; so they count as one, and their capacity together is not told. The plan says which they are: `same-service` or `different-services` in `[study]`, by their ids.";
        }
    };
}
pub(super) use services;
