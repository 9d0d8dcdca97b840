//! Asking: one address, followed where it leads, with patience and an end to it.

use std::io::{Error, ErrorKind};
use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, BodyReader};

use crate::address::Address;
use crate::day;
use crate::fault::{Again, Fault};

/// How often one is sent on before it is too often.
const MOST_REDIRECTS: usize = 8;

/// What systems say of a name that they cannot look up.
const NOT_FOUND: [&str; 4] = ["lookup address", "No such host", "nodename nor servname", "Name or service not known"];

/// How patient to be, and whom to ask.
#[derive(Clone, Debug)]
pub struct Settings {
    /// A copy of the web to ask in the place of everybody: names are its first folders.
    pub base: Option<String>,
    /// Whether to ask for newer editions of what is there.
    pub renew: bool,
    /// How long a connection may take.
    pub connect: Duration,
    /// How long nothing may come.
    pub silence: Duration,
    /// How often something is tried without getting on.
    pub tries: u32,
    /// The pause after the first failure; each next is twice as long.
    pub pause: Duration,
    /// The longest pause that a server may ask for.
    pub longest_pause: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base: None,
            renew: false,
            connect: Duration::from_secs(20),
            silence: Duration::from_secs(60),
            tries: 5,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(120),
        }
    }
}

/// A client of HTTP.
pub(crate) struct Web {
    through_proxy: Agent,
    direct: Agent,
    base: Option<Address>,
    pub settings: Settings,
}

/// What somebody answered: 200, 206, 304 or 416.
pub(crate) struct Answer {
    pub status: u16,
    pub from: Address,
    headers: ureq::http::HeaderMap,
    pub body: BodyReader<'static>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name)?.to_str().ok().map(|v| v.trim().to_owned())
    }

    pub fn length(&self) -> Option<u64> {
        self.header("content-length")?.parse().ok()
    }
}

impl Web {
    /// A client.
    pub fn new(settings: Settings) -> Result<Self, Fault> {
        let base = settings.base.as_deref().map(Address::parse).transpose()?;
        if let Some(base) = base.as_ref().filter(|b| !["http", "https"].contains(&b.scheme.as_str())) {
            return Err(Fault::bad_address(&base.to_string()));
        }
        let config = || {
            Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent(concat!("gapmap/", env!("CARGO_PKG_VERSION")))
                .accept_encoding("identity")
                .timeout_resolve(Some(settings.connect))
                .timeout_connect(Some(settings.connect))
                .timeout_recv_response(Some(settings.silence))
                .timeout_per_read(Some(settings.silence))
                .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        };
        let (through_proxy, direct) = (config().build().new_agent(), config().proxy(None).build().new_agent());
        Ok(Self { through_proxy, direct, base, settings })
    }

    /// The address that is asked in the place of another: itself, or its like below the base.
    pub fn asked(&self, text: &str) -> Result<Address, Fault> {
        let address = Address::parse(text)?;
        Ok(match &self.base {
            Some(base) if address.host != base.host => address.below(base),
            _ => address,
        })
    }

    /// Asks once, and follows where it leads.
    pub fn ask(&self, address: &Address, headers: &[(&str, String)]) -> Result<Answer, Fault> {
        let mut at = address.clone();
        let mut seen = vec![at.to_string()];
        loop {
            let answer = self.ask_there(&at, headers)?;
            let location = answer.header("location").filter(|_| (300..400).contains(&answer.status) && answer.status != 304);
            let Some(location) = location else { return self.judged(answer) };
            let to = at.leads_to(&location)?;
            if !as_safe(&at.scheme, &to.scheme) {
                return Err(Fault::other_scheme(&at.host, &to.scheme));
            }
            if self.base.as_ref().is_some_and(|base| base.host != to.host) {
                return Err(Fault::elsewhere(&to.host));
            }
            if seen.contains(&to.to_string()) || seen.len() > MOST_REDIRECTS {
                return Err(Fault::in_circles(&address.host));
            }
            seen.push(to.to_string());
            at = to;
        }
    }

    fn ask_there(&self, at: &Address, headers: &[(&str, String)]) -> Result<Answer, Fault> {
        if !["http", "https"].contains(&at.scheme.as_str()) {
            return Err(Fault::bad_address(&format!("{}://{}", at.scheme, at.host)));
        }
        let agent = if at.is_here() { &self.direct } else { &self.through_proxy };
        let mut request = agent.get(at.to_string());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let answer = request.call().map_err(|e| self.fault_of(&at.host, e))?;
        let (parts, body) = answer.into_parts();
        Ok(Answer { status: parts.status.as_u16(), from: at.clone(), headers: parts.headers, body: body.into_reader() })
    }

    fn judged(&self, answer: Answer) -> Result<Answer, Fault> {
        if [200, 206, 304, 416].contains(&answer.status) {
            return Ok(answer);
        }
        let fault = Fault::status(&answer.from.host, answer.from.path(), answer.status);
        let pause = answer.header("retry-after").and_then(|text| day::retry_after(&text));
        match pause.filter(|_| [429, 503].contains(&answer.status)) {
            Some(pause) if pause > self.settings.longest_pause => Err(Fault::asks_to_wait(&answer.from.host, pause)),
            Some(pause) => Err(fault.after(Some(pause))),
            None => Err(fault),
        }
    }

    fn fault_of(&self, host: &str, error: ureq::Error) -> Fault {
        match error {
            ureq::Error::HostNotFound => Fault::no_such_name(host),
            ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
                Fault::no_connection(host, &format!("nothing answers within {} seconds", self.settings.connect.as_secs()))
            }
            ureq::Error::Timeout(_) => Fault::silent(host, self.settings.silence.as_secs()),
            ureq::Error::ConnectionFailed => Fault::no_connection(host, "it cannot be made"),
            ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => {
                Fault::no_connection(host, "the proxy does not let it through")
            }
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
                Fault::not_trusted(host, "its certificate is not one that this machine accepts")
            }
            ureq::Error::Io(e) => self.io_fault(host, &e),
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => Fault::bad_address(host),
            _ => Fault::not_http(host),
        }
    }

    fn io_fault(&self, host: &str, error: &Error) -> Fault {
        match error.kind() {
            ErrorKind::ConnectionRefused => Fault::no_connection(host, "it is refused"),
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => Fault::no_connection(host, "there is no way there"),
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Fault::silent(host, self.settings.silence.as_secs()),
            ErrorKind::InvalidData => Fault::not_trusted(host, "its certificate is not one that this machine accepts"),
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
                Fault::cut_off(host, 0, None)
            }
            // The standard library gives such a failure no kind of its own.
            _ if NOT_FOUND.iter().any(|words| error.to_string().contains(words)) => Fault::no_such_name(host),
            _ => Fault::no_connection(host, "it cannot be made"),
        }
    }

    /// What it means that no more came.
    pub fn read_fault(&self, host: &str, error: &Error, came: u64, of: Option<u64>) -> Fault {
        let of_client = error.get_ref().and_then(|e| e.downcast_ref::<ureq::Error>());
        let is_silence =
            matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) || matches!(of_client, Some(ureq::Error::Timeout(_)));
        if is_silence { Fault::silent(host, self.settings.silence.as_secs()) } else { Fault::cut_off(host, came, of) }
    }

    /// Tries until it is done or there is no use in it.
    pub fn patiently<T>(&self, say: &mut dyn FnMut(&str), mut once: impl FnMut() -> Result<T, Fault>) -> Result<T, Fault> {
        let mut tried = 1;
        loop {
            match once() {
                Err(fault) if fault.again != Again::No && tried < self.settings.tries => {
                    self.wait(&fault, tried, say);
                    tried += 1;
                }
                other => return other,
            }
        }
    }

    /// Waits before the next try.
    pub fn wait(&self, fault: &Fault, tried: u32, say: &mut dyn FnMut(&str)) {
        let pause = match fault.again {
            Again::After(pause) => pause,
            _ => self.settings.pause.saturating_mul(1 << tried.min(6).saturating_sub(1)),
        };
        let pause = pause.min(self.settings.longest_pause);
        say(&format!("{}; waiting {} seconds", fault.what, pause.as_secs_f64().ceil()));
        std::thread::sleep(pause);
    }
}

/// Whether one may be sent on from one kind of address to another: never to one that anybody may listen to.
fn as_safe(from: &str, to: &str) -> bool {
    matches!((from, to), ("https" | "http", "https") | ("http", "http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_an_address_that_is_less_safe() {
        assert!(as_safe("https", "https") && as_safe("http", "https") && as_safe("http", "http"));
        assert!(!as_safe("https", "http") && !as_safe("http", "ftp") && !as_safe("https", "file"));
    }
}
