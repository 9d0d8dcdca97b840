//! Which offences happen where anybody may be.

/// Categories of police.uk street data that are, by what they are, mostly of public places. What may have happened in homes is none of them: a second report
/// from a home would tell of somebody. Source: descriptions of categories, data.police.uk/about, seen in November 2026.
pub const MOSTLY_IN_PUBLIC: [&str; 3] = ["Public order", "Robbery", "Theft from the person"];
