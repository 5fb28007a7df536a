//! Going out through the operator's proxy. Nothing is taken from the environment unless asked.
//! Made from settings at start; asked by `client` for each request.
//!
//! A proxy looks names up itself, so this program cannot see which address a name leads to. Addresses written in URLs,
//! names of metadata services and the allow-list are still checked here; the rest is the proxy's part, and the operator
//! has to say that it does it.

use crate::guard::{Target, address::classify};
use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::net::IpAddr;
use url::Url;

/// Who keeps calls away from internal addresses when a proxy makes the connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressChecks {
    /// The operator has not said: no proxy is used then.
    #[default]
    Unsaid,
    /// The proxy refuses internal addresses itself.
    LeftToProxy,
}

/// Why a proxy setting cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadProxy {
    /// Nobody would check addresses.
    #[error(
        "a proxy looks names up itself, so AegisFlow cannot keep calls away from internal addresses: forbid those on the proxy, then say so in the settings"
    )]
    Unchecked,
    /// No proxy's address.
    #[error(
        "the proxy must be given as http://host:port or https://host:port, with user:password@ if it wants them"
    )]
    Address,
    /// An entry of the list of exceptions.
    #[error(
        "'{0}' is no entry of the list of hosts that go past the proxy: write a host, a domain such as .example.com, an address or a network such as 10.0.0.0/8"
    )]
    Exception(String),
}

/// The proxy through which calls go.
#[derive(Clone)]
pub struct Proxy {
    url: SecretString,
    host: String,
    past: Vec<Past>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Past {
    Everything,
    Network(IpNet),
    /// A name and all below it.
    Domain(String),
}

impl Proxy {
    /// A proxy at `url`, which may hold its user and password; `past` lists, with commas, who is called without it.
    pub fn new(url: SecretString, past: &str, checks: AddressChecks) -> Result<Self, BadProxy> {
        if checks == AddressChecks::Unsaid {
            return Err(BadProxy::Unchecked);
        }
        let parsed = Url::parse(url.expose_secret()).map_err(|_| BadProxy::Address)?;
        let host = parsed
            .host_str()
            .filter(|_| matches!(parsed.scheme(), "http" | "https"))
            .ok_or(BadProxy::Address)?;
        let entries = past.split([',', ' ']).map(str::trim).filter(|entry| !entry.is_empty());
        Ok(Proxy { host: host.to_owned(), url, past: entries.map(exception).collect::<Result<_, _>>()? })
    }

    /// The proxy that `HTTPS_PROXY`, `ALL_PROXY` or `HTTP_PROXY` name, and `NO_PROXY`, for an operator who asks for that.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
        checks: AddressChecks,
    ) -> Result<Option<Self>, BadProxy> {
        let either = |name: &str| {
            variable(name).or_else(|| variable(&name.to_lowercase())).filter(|value| !value.trim().is_empty())
        };
        let Some(url) = ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY"].into_iter().find_map(either) else {
            return Ok(None);
        };
        Proxy::new(url.into(), &either("NO_PROXY").unwrap_or_default(), checks).map(Some)
    }

    /// True when calls to the target go through the proxy.
    pub fn takes(&self, target: &Target) -> bool {
        let (name, address) = (target.host().trim_end_matches('.'), target.address());
        !self.past.iter().any(|past| match past {
            Past::Everything => true,
            Past::Network(network) => address.is_some_and(|address| network.contains(&address)),
            Past::Domain(domain) => name
                .strip_suffix(domain.as_str())
                .is_some_and(|before| before.is_empty() || before.ends_with('.')),
        })
    }

    pub(crate) fn url(&self) -> &str {
        self.url.expose_secret()
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }
}

fn exception(entry: &str) -> Result<Past, BadProxy> {
    let bad = || BadProxy::Exception(entry.chars().take(100).collect());
    if entry == "*" {
        return Ok(Past::Everything);
    }
    if let Ok(network) = entry.parse::<IpNet>() {
        return Ok(Past::Network(network));
    }
    if let Ok(address) = entry.trim_matches(['[', ']']).parse::<IpAddr>() {
        return Ok(Past::Network(address.into()));
    }
    let domain = entry.trim_start_matches("*.").trim_matches('.').to_ascii_lowercase();
    let good = !domain.is_empty()
        && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if good { Ok(Past::Domain(domain)) } else { Err(bad()) }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = self.host.trim_matches(['[', ']']).parse().ok().map(classify);
        f.debug_struct("Proxy")
            .field("host", &self.host)
            .field("class", &class)
            .field("past", &self.past)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::{Reach, Rules};

    fn proxy(past: &str) -> Result<Proxy, BadProxy> {
        Proxy::new("http://user:hunter2@proxy.bank.example:3128".into(), past, AddressChecks::LeftToProxy)
    }

    #[test]
    fn who_goes_past_it() {
        let proxy = proxy("localhost, .internal.example,*.lan, 10.0.0.0/8 [fc00::1] Exact.Example").unwrap();
        for (url, through) in [
            ("https://api.openai.com/", true),
            ("https://localhost/", false),
            ("https://notlocalhost/", true),
            ("https://a.internal.example/", false),
            ("https://internal.example/", false),
            ("https://ainternal.example/", true),
            ("https://x.lan./", false),
            ("https://10.1.2.3/", false),
            ("https://11.1.2.3/", true),
            ("https://[fc00::1]/", false),
            ("https://exact.example/", false),
        ] {
            let target = Target::parse(url, Rules { reach: Reach::Private, plain_http: false }).unwrap();
            assert_eq!(proxy.takes(&target), through, "{url}");
        }
        assert!(!format!("{proxy:?}").contains("hunter2"));
    }

    #[test]
    fn it_wants_leave_and_an_address() {
        let unsaid = Proxy::new("http://proxy:3128".into(), "", AddressChecks::Unsaid).unwrap_err();
        assert!(unsaid.to_string().contains("forbid those on the proxy"), "{unsaid}");
        for url in ["", "proxy:3128", "socks5://proxy:1080", "http://"] {
            assert_eq!(
                Proxy::new(url.into(), "", AddressChecks::LeftToProxy).unwrap_err(),
                BadProxy::Address,
                "{url}"
            );
        }
        assert!(matches!(proxy("a/b"), Err(BadProxy::Exception(_))));
    }

    #[test]
    fn the_environment_is_read_only_through_what_is_handed_in() {
        let with = |variables: &'static [(&str, &str)]| {
            let get = move |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            Proxy::from_environment(get, AddressChecks::LeftToProxy)
                .unwrap()
                .map(|proxy| (proxy.host, proxy.past.len()))
        };
        assert_eq!(with(&[]), None);
        assert_eq!(with(&[("HTTPS_PROXY", " ")]), None);
        assert_eq!(with(&[("http_proxy", "http://a:1"), ("no_proxy", "b,c")]), Some(("a".into(), 2)));
        assert_eq!(
            with(&[("http_proxy", "http://a:1"), ("HTTPS_PROXY", "http://d:1")]),
            Some(("d".into(), 0))
        );
    }
}
