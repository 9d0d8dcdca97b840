//! Words of headings that speak of secrecy, of publishing and of maps, and plain answers under them.

/// Words of headings over which anything but a plain no makes a service confidential.
pub(super) const SECRET: [&str; 59] = [
    "secrecy",
    "redaction",
    "conceal",
    "concealed",
    "nondisclosure",
    "exdirectory",
    "dnp",
    "dnd",
    "dnm",
    "nfp",
    "fuzzed",
    "gwarchodedig",
    "protected",
    "safeguarded",
    "obfuscate",
    "jitter",
    "jittered",
    "blur",
    "blurred",
    "embargo",
    "noindex",
    "shielded",
    "discreet",
    "unmarked",
    "privacy",
    "classified",
    "cudd",
    "preifat",
    "breifat",
    "anonymise",
    "exclude",
    "excluded",
    "protective",
    "unsafe",
    "gyfrinachol",
    "conf",
    "confidential",
    "secret",
    "private",
    "hidden",
    "hide",
    "withheld",
    "withhold",
    "sensitive",
    "undisclosed",
    "refuge",
    "restricted",
    "suppress",
    "suppressed",
    "redact",
    "redacted",
    "mask",
    "masked",
    "obscure",
    "obscured",
    "unlisted",
    "unpublished",
    "anonymised",
    "cyfrinachol",
];

/// Words of headings over which anything but a plain yes does.
pub(super) const OPEN: [&str; 14] = [
    "publication",
    "publicly",
    "public",
    "publish",
    "published",
    "publishable",
    "visible",
    "visibility",
    "display",
    "displayed",
    "disclose",
    "disclosed",
    "show",
    "shown",
];

/// Phrases of headings about other things that are public, shown, shared or private: what is left of the heading without them says the rest.
pub(super) const OTHER_MATTERS: [&[&str]; 22] = [
    &["public", "wifi"],
    &["public", "wi", "fi"],
    &["publicly", "funded"],
    &["public", "funding"],
    &["public", "computer"],
    &["public", "meeting"],
    &["public", "event"],
    &["public", "sector"],
    &["private", "sector"],
    &["privacy", "screen"],
    &["show", "opening", "hour"],
    &["display", "opening", "hour"],
    &["data", "sharing", "agreement"],
    &["data", "sharing", "protocol"],
    &["information", "sharing", "agreement"],
    &["information", "sharing", "protocol"],
    &["consent", "form"],
    &["man", "allowed"],
    &["men", "allowed"],
    &["male", "allowed"],
    &["map", "link"],
    &["directory", "link"],
];

/// Words beside which those of [`OPEN`] speak of something else: public transport, the day of publishing, a name to display.
pub(super) const OF_OTHER_THINGS: [&str; 28] = [
    "transport",
    "transit",
    "bus",
    "train",
    "parking",
    "toilet",
    "date",
    "day",
    "time",
    "year",
    "name",
    "title",
    "order",
    "sector",
    "liability",
    "insurance",
    "health",
    "holiday",
    "policy",
    "statement",
    "poster",
    "leaflet",
    "video",
    "bulletin",
    "learning",
    "street",
    "newsletter",
    "shop",
];

/// Words of headings over which a plain no does, and nothing else: links, days and names stand under them, too.
pub(super) const ALSO_OPEN: [&str; 26] = [
    "rhannu",
    "shareable",
    "sharable",
    "listable",
    "disclosure",
    "disclosable",
    "searchable",
    "indexable",
    "findable",
    "geocode",
    "geocoded",
    "plot",
    "release",
    "releasable",
    "dango",
    "cyhoeddus",
    "map",
    "mapped",
    "mapping",
    "mappable",
    "share",
    "listed",
    "listing",
    "directory",
    "cyhoeddi",
    "gyhoeddi",
];
/// Words of leave that is mostly given for something else: pets, a kitchen, a photograph.
pub(super) const WEAK_LEAVE: [&str; 7] = ["permission", "permitted", "shared", "sharing", "consent", "consented", "allowed"];
/// Keys over what is said under a label, or under the key before: they name nothing themselves.
pub(in crate::sources) const UNDER_A_LABEL: [&str; 18] = [
    "value",
    "values",
    "val",
    "v",
    "data",
    "answer",
    "answertext",
    "answer_text",
    "response",
    "result",
    "boolean",
    "selected",
    "checked",
    "enabled",
    "active",
    "is_true",
    "replacement_value",
    "option",
];
/// Words of verbs of telling that are nouns of many other things: with a word of [`LEAVE`] alone a plain no says it.
pub(super) const TOLD: [&str; 8] = ["list", "print", "circulate", "distribute", "give", "pass", "tell", "advertise"];
/// Words by which a heading asks whether something may be done.
pub(super) const LEAVE: [&str; 8] = ["safe", "ok", "okay", "may", "can", "agree", "agreed", "happy"];
/// Words beside which leave and sharing are of something else: pets that are allowed, a kitchen that is shared.
pub(super) const OF_OTHER_LEAVE: [&str; 23] = [
    "pet",
    "dog",
    "animal",
    "smoking",
    "alcohol",
    "child",
    "visitor",
    "photo",
    "planning",
    "self",
    "referral",
    "required",
    "building",
    "office",
    "kitchen",
    "bathroom",
    "room",
    "space",
    "reference",
    "dbs",
    "check",
    "parking",
    "park",
];

/// Levels of a class of secrecy that are not the lowest.
pub(super) const LEVELS: [&str; 10] = ["high", "highest", "higher", "extreme", "critical", "maximum", "max", "strict", "elevated", "top"];

/// Plain refusals.
pub(super) const REFUSALS: [&str; 18] = [
    "na chaniateir",
    "not allowed",
    "not permitted",
    "no",
    "n",
    "false",
    "0",
    "never",
    "none",
    "refused",
    "declined",
    "denied",
    "not given",
    "hide",
    "nac ydy",
    "na",
    "nage",
    "withdrawn",
];

/// Last words of headings under which a day or a name stands: `visible from`, `published by`.
pub(super) const OF_DAYS_AND_NAMES: [&str; 4] = ["on", "at", "from", "by"];

/// Plain answers of no, in English and Welsh; nothing at all is one where a heading speaks of secrecy.
pub(super) const NO: [&str; 15] =
    ["", "-", "public", "no", "n", "false", "0", "none", "never", "n/a", "not applicable", "open", "nac ydy", "na", "nage"];
/// Plain answers of yes.
pub(super) const YES: [&str; 10] = ["yes", "y", "true", "1", "public", "open", "published", "live", "ie", "ydy"];

/// Words that turn a heading round.
pub(super) const NEGATIONS: [&str; 5] = ["not", "no", "non", "never", "dont"];

/// What people live in: a capacity in these is that of a place to stay.
pub(super) const LODGING: [&str; 10] =
    ["bed", "bedroom", "bedspace", "room", "family", "flat", "household", "gwely", "gwelyau", "ystafell"];
