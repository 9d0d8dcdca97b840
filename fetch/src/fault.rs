//! What may go wrong, in plain English, with what to do next.

use std::time::Duration;

/// What kind of thing went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Nobody is there: no connection, no such name, silence.
    Unreached,
    /// It ended too early.
    Cut,
    /// It is not there any more.
    Missing,
    /// Somebody is there and does not give it: not allowed, busy, broken, sent round in circles.
    Refused,
    /// Something came, and it is not what it must be.
    NotIt,
    /// What lies here is not what was fetched.
    Changed,
    /// It cannot be written.
    Disk,
}

/// Whether trying again may help.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Again {
    /// It will not.
    No,
    /// It may, after a pause.
    Soon,
    /// It may, after the pause that the server asks for.
    After(Duration),
}

/// One thing that went wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Of which kind.
    pub kind: Kind,
    /// What is wrong.
    pub what: String,
    /// What to do next.
    pub next: String,
    /// Whether trying again may help.
    pub again: Again,
}

/// What was fetched until then is there.
const GO_ON: &str = "What came until then is kept: run `gapmap fetch` again, and it goes on from there.";

impl Fault {
    fn new(kind: Kind, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { kind, what: what.into(), next: next.into(), again: Again::No }
    }

    pub(crate) fn soon(mut self) -> Self {
        self.again = Again::Soon;
        self
    }

    pub(crate) fn after(mut self, pause: Option<Duration>) -> Self {
        self.again = pause.map_or(Again::Soon, Again::After);
        self
    }

    pub(crate) fn no_connection(host: &str, why: &str) -> Self {
        let next = format!(
            "Check that this machine is online. Where it goes through a proxy, set HTTPS_PROXY to its address. Or fetch the file on another machine and put it where the plan says. {GO_ON}"
        );
        Self::new(Kind::Unreached, format!("there is no connection to {host}: {why}"), next).soon()
    }

    pub(crate) fn no_such_name(host: &str) -> Self {
        let next = "Check that this machine is online and can look names up, and that the address is written rightly. Where it goes through a proxy, set HTTPS_PROXY to its address.";
        Self::new(Kind::Unreached, format!("the name {host} is not known on this network"), next).soon()
    }

    pub(crate) fn not_trusted(host: &str, why: &str) -> Self {
        let next = "Where your network looks into connections, its certificate must be among those that this machine trusts: ask whoever runs the network. Nothing was fetched.";
        Self::new(Kind::Unreached, format!("the connection to {host} cannot be trusted: {why}"), next)
    }

    pub(crate) fn silent(host: &str, seconds: u64) -> Self {
        Self::new(Kind::Unreached, format!("{host} sent nothing for {seconds} seconds"), format!("Try again later. {GO_ON}")).soon()
    }

    pub(crate) fn cut_off(host: &str, came: u64, of: Option<u64>) -> Self {
        let of = of.map_or(String::new(), |of| format!(" of {of}"));
        Self::new(Kind::Cut, format!("the download from {host} was cut off after {came}{of} bytes"), GO_ON).soon()
    }

    pub(crate) fn wrong_length(host: &str, came: u64, announced: u64) -> Self {
        let next = "The publisher, or something between, gives a wrong length. Try again later; if it stays so, tell the publisher. Nothing was put in place.";
        Self::new(Kind::NotIt, format!("{host} announces {announced} bytes and gives {came}, each time"), next)
    }

    pub(crate) fn not_http(host: &str) -> Self {
        let next = "Check the address: something else than a web server may listen there.";
        Self::new(Kind::Unreached, format!("what {host} answers is not HTTP"), next).soon()
    }

    pub(crate) fn status(host: &str, path: &str, status: u16) -> Self {
        let shown = format!("{host}{path}");
        match status {
            404 | 410 => Self::new(
                Kind::Missing,
                format!("{shown} is not there (status {status}): the publisher has moved or withdrawn it"),
                "Look it up on the publisher's site and write its address as `url` under the source, or put the file where the plan says.",
            ),
            401 | 403 => Self::new(
                Kind::Refused,
                format!("{host} does not give it to this machine (status {status})"),
                "Open the address in a browser: it may ask for an account, or keep programs out. Then put the file where the plan says.",
            ),
            407 => Self::new(
                Kind::Unreached,
                "the proxy of this network asks who you are (status 407)",
                "Set HTTPS_PROXY with your name and password, http://name:password@proxy:port, or ask whoever runs the network.",
            ),
            429 => Self::new(
                Kind::Refused,
                format!("{host} was asked too often (status 429)"),
                format!("Wait an hour, then try again. {GO_ON}"),
            )
            .soon(),
            500..=599 => Self::new(
                Kind::Refused,
                format!("{host} has a fault of its own, or too much to do (status {status})"),
                format!("Try again later. {GO_ON}"),
            )
            .soon(),
            _ => Self::new(
                Kind::Refused,
                format!("{host} answers with status {status}, and nothing can be made of that"),
                "Open the address in a browser and see what is there; then write the right one as `url` under the source.",
            ),
        }
    }

    pub(crate) fn asks_to_wait(host: &str, pause: Duration) -> Self {
        let minutes = pause.as_secs().div_ceil(60);
        let next = format!("Come back then. {GO_ON}");
        Self::new(Kind::Refused, format!("{host} has too much to do and asks to wait {minutes} minutes"), next)
    }

    pub(crate) fn in_circles(host: &str) -> Self {
        let next = "The publisher sends every asker round and round. Try again later, or look the file up in a browser and write its address as `url` under the source.";
        Self::new(Kind::Refused, format!("{host} sends on to addresses that lead back or never end"), next)
    }

    pub(crate) fn other_scheme(host: &str, scheme: &str) -> Self {
        let next = "Such an address is not followed: what comes could be anybody's. Look the file up in a browser and write its address as `url` under the source.";
        Self::new(Kind::Refused, format!("{host} sends on to an address of {scheme}, which is not as safe"), next)
    }

    pub(crate) fn elsewhere(host: &str) -> Self {
        let next = "With `base` or `--from` nothing else is asked. Have the copy answer with the file itself.";
        Self::new(Kind::Refused, format!("the copy sends on to {host}"), next)
    }

    pub(crate) fn bad_address(shown: &str) -> Self {
        let next = "An address begins with https:// (or http://) and a name; check `url`, or `base` under `[fetch]`.";
        Self::new(Kind::Refused, format!("`{shown}` is no address that can be fetched"), next)
    }

    pub(crate) fn too_large(host: &str, limit: u64) -> Self {
        let next = "It may be another file than the one that is meant. If it is the right one, fetch it in a browser and put it where the plan says.";
        Self::new(Kind::NotIt, format!("what {host} gives is larger than {} MB, the most that is expected of it", limit >> 20), next)
    }

    pub(crate) fn a_page(host: &str, expected: &str) -> Self {
        let next = "A network that wants you to log in answers so, and a publisher who has moved a file. Open the address in a browser, log in if you are asked, then run `gapmap fetch` again.";
        Self::new(Kind::NotIt, format!("{host} gives a web page where {expected} should be"), next)
    }

    pub(crate) fn wrong_form(host: &str, expected: &str, why: &str) -> Self {
        let next = "Nothing was put in place. Open the address in a browser and see what is there; if the publisher has changed the form, write the address of the right file as `url` under the source.";
        Self::new(Kind::NotIt, format!("what {host} gives is not {expected}: {why}"), next)
    }

    pub(crate) fn other_schema(host: &str, missing: &str) -> Self {
        let next = "The publisher has changed what the service answers. Nothing was put in place: fetch the data in a browser, and tell those who keep this program.";
        Self::new(Kind::NotIt, format!("what {host} answers lacks {missing}"), next)
    }

    pub(crate) fn service_says(host: &str, says: &str) -> Self {
        let next = "The question may no longer fit the service. Fetch the data in a browser, and tell those who keep this program.";
        Self::new(Kind::Refused, format!("{host} answers with an error of its own: {says}"), next)
    }

    pub(crate) fn not_all(host: &str, came: usize, announced: usize) -> Self {
        let next = "Nothing was put in place, because what is missing would look like nothing. The data may be changing at this moment: run `gapmap fetch` again.";
        Self::new(Kind::NotIt, format!("{host} says that it has {announced} records, and gives {came}"), next)
    }

    pub(crate) fn not_known(host: &str, value: &str) -> Self {
        let next = "The publisher's table may be of another year than the code. Nothing was put in place: fetch the data in a browser, for the areas that you need.";
        Self::new(Kind::NotIt, format!("{host} knows no areas of {value}"), next)
    }

    pub(crate) fn same_page(host: &str) -> Self {
        let next = "The service does not turn pages as it should; all of it cannot be had so. Ask the publisher for a whole file and put it where the plan says.";
        Self::new(Kind::NotIt, format!("{host} gives the same page again where the next one should be"), next)
    }

    pub(crate) fn digest(host: &str, whose: &str) -> Self {
        let next = "It was damaged on the way, or is another edition. What came was thrown away: run `gapmap fetch` again; if it stays so, tell the publisher.";
        Self::new(Kind::NotIt, format!("the file from {host} does not have the checksum {whose}"), next)
    }

    pub(crate) fn changed_here(place: &str) -> Self {
        let next = "It is left as it is. To fetch it anew, move it away and run `gapmap fetch` again; to keep your own, give it a name of its own and point `path` in the plan at that.";
        Self::new(Kind::Changed, format!("{place} is not the file that was fetched: it was changed since"), next)
    }

    pub(crate) fn no_manifest(why: &str) -> Self {
        let next = "Move it away and run `gapmap fetch` again: files that are there are then left alone.";
        Self::new(Kind::Changed, format!("fetched.json cannot be read: {why}"), next)
    }

    pub(crate) fn in_the_way(place: &str) -> Self {
        let next = "Move away what stands there, or point `path` in the plan elsewhere.";
        Self::new(Kind::Disk, format!("{place} leads out of the study, or a link or a folder stands there"), next)
    }

    pub(crate) fn disk(place: &str, e: &std::io::Error) -> Self {
        use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let (what, next) = match e.kind() {
            StorageFull | QuotaExceeded => (
                "the disk is full",
                "Make room and run `gapmap fetch` again. What was begun was taken away; what stood there before is untouched.",
            ),
            PermissionDenied | ReadOnlyFilesystem => {
                ("this folder may not be written", "Check whose folder it is, or copy the study to where you may write.")
            }
            _ => (
                "it cannot be written",
                "Check the disk and the folder, then run `gapmap fetch` again. What stood there before is untouched.",
            ),
        };
        Self::new(Kind::Disk, format!("{place}: {what}"), next)
    }
}
