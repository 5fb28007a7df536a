//! The operator's list of hosts that may be called, and what the product would like to call.
//! Called by `client` before each call and redirect; printed for whoever keeps the firewall.
//! Invariant: with a list, no host that it does not name is connected to.

use crate::guard::{HostPort, Refusal, Target};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Hosts that may be called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllowList(Vec<Pattern>);

/// One entry: a host, in which `*` stands for exactly one label, and a port; 443 when it names none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    labels: Vec<String>,
    port: u16,
}

/// An entry that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no entry of an egress allow-list: write a host such as api.openai.com or *.openai.azure.com, with :port if it is not 443"
)]
pub struct BadPattern(String);

/// Stands for a star while the URL parser reads an entry.
const STAND_IN: &str = "any-one-label-here";

impl FromStr for Pattern {
    type Err = BadPattern;

    fn from_str(text: &str) -> Result<Self, BadPattern> {
        let bad = || BadPattern(text.chars().take(100).collect());
        let (host, port) = match text.trim().rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port.parse().map_err(|_| bad())?),
            _ => (text.trim(), 443),
        };
        let (stars, named): (Vec<_>, Vec<_>) = host.split('.').partition(|label| *label == "*");
        // two labels at least have to be named, so that one entry never allows a whole top-level domain
        if named.iter().any(|label| label.contains('*')) || !stars.is_empty() && named.len() < 2 {
            return Err(bad());
        }
        if host.is_empty()
            || host.contains(|c: char| c.is_whitespace() || c.is_control() || "/?#@\\%".contains(c))
        {
            return Err(bad());
        }
        // the URL parser gives names and addresses the form they have in a call; a star is no part of one
        let url = url::Url::parse(&format!("https://{}/", host.replace('*', STAND_IN))).map_err(|_| bad())?;
        let form = url.host_str().ok_or_else(bad)?.trim_end_matches('.');
        let labels = form.split('.').map(|label| if label == STAND_IN { "*" } else { label }.to_owned());
        Ok(Pattern { labels: labels.collect(), port })
    }
}

impl Pattern {
    /// True when the entry names that host and port.
    pub fn covers(&self, place: &HostPort) -> bool {
        let host = place.host.trim_end_matches('.');
        let mut labels = host.split('.');
        self.port == place.port
            && self.labels.iter().all(|want| {
                labels.next().is_some_and(|label| want == "*" && !label.is_empty() || want == label)
            })
            && labels.next().is_none()
    }
}

impl AllowList {
    /// Reads entries, one each; empty ones and lines that begin with `#` are passed over.
    pub fn parse<'a>(entries: impl IntoIterator<Item = &'a str>) -> Result<Self, BadPattern> {
        let entries =
            entries.into_iter().map(str::trim).filter(|entry| !entry.is_empty() && !entry.starts_with('#'));
        Ok(AllowList(entries.map(Pattern::from_str).collect::<Result<_, _>>()?))
    }

    /// True when the list names that host and port.
    pub fn covers(&self, place: &HostPort) -> bool {
        self.0.iter().any(|pattern| pattern.covers(place))
    }

    pub(crate) fn check(&self, target: &Target) -> Result<(), Refusal> {
        let host = target.host_port();
        if self.covers(&host) { Ok(()) } else { Err(Refusal::NotOnList { host }) }
    }
}

/// What the product may call, and why; told by those who configure it.
#[derive(Default)]
pub struct Destinations(Mutex<BTreeMap<String, Vec<Destination>>>);

/// One place the product may call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Destination {
    /// Where.
    pub place: HostPort,
    /// Why, in words for a firewall's owner.
    pub why: String,
}

impl Destinations {
    /// Sets what one owner (a vendor connection, a SIEM destination…) calls, in place of what it said before. Nothing
    /// takes it off the list.
    pub fn set(&self, owner: &str, places: Vec<Destination>) {
        let mut owners = self.0.lock();
        match places.is_empty() {
            true => owners.remove(owner),
            false => owners.insert(owner.to_owned(), places),
        };
    }

    /// Returns every place once for each reason, by host.
    pub fn list(&self) -> Vec<Destination> {
        let mut all: Vec<_> = self.0.lock().values().flatten().cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}

impl fmt::Display for Destinations {
    /// One line each: host, port, reason.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.list();
        let width = all.iter().map(|d| d.place.host.len()).max().unwrap_or(0);
        all.iter().try_for_each(|Destination { place, why }| {
            writeln!(f, "{:<width$}  {:>5}  {}", place.host, place.port, why.replace(char::is_control, " "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(host: &str, port: u16) -> HostPort {
        HostPort { host: host.into(), port }
    }

    #[test]
    fn a_star_stands_for_one_label() {
        for (entry, host, port, covered) in [
            ("api.openai.com", "api.openai.com", 443, true),
            ("API.OpenAI.com.", "api.openai.com", 443, true),
            ("api.openai.com", "api.openai.com.", 443, true),
            ("api.openai.com", "api.openai.com", 8443, false),
            ("api.openai.com:8443", "api.openai.com", 8443, true),
            ("api.openai.com", "api.openai.com.evil.com", 443, false),
            ("api.openai.com", "evil-api.openai.com", 443, false),
            ("api.openai.com", "apixopenai.com", 443, false),
            ("*.openai.azure.com", "bank.openai.azure.com", 443, true),
            ("*.openai.azure.com", "openai.azure.com", 443, false),
            ("*.openai.azure.com", "a.b.openai.azure.com", 443, false),
            ("*.openai.azure.com", ".openai.azure.com", 443, false),
            ("monitor.*.amazonaws.com", "monitor.eu-west-1.amazonaws.com", 443, true),
            ("10.0.0.5:8080", "10.0.0.5", 8080, true),
            ("0x0a000005:8080", "10.0.0.5", 8080, true),
            ("[fc00::1]:8080", "[fc00::1]", 8080, true),
            ("[fc00:0:0::1]", "[fc00::1]", 443, true),
            ("ollama:11434", "ollama", 11434, true),
        ] {
            let list = AllowList::parse([entry]).unwrap();
            assert_eq!(list.covers(&place(host, port)), covered, "{entry} {host}:{port}");
        }
    }

    #[test]
    fn what_cannot_be_an_entry_is_refused() {
        for entry in [
            "*",
            "*.com",
            "*.*",
            "a*.example.com",
            "https://example.com",
            "example.com/x",
            "u@example.com",
            "x:port",
            "a b",
            "[::1",
            ":443",
        ] {
            assert!(AllowList::parse([entry]).is_err(), "{entry}");
        }
        assert_eq!(AllowList::parse(["", " # vendors", " a.example.com "]).unwrap().0.len(), 1);
    }

    #[test]
    fn destinations_print_for_a_firewall_team() {
        let destinations = Destinations::default();
        let to = |host, port, why: &str| Destination { place: place(host, port), why: why.into() };
        destinations.set(
            "b",
            vec![
                to("api.openai.com", 443, "usage of OpenAI"),
                to("siem.bank.example", 8088, "events\nto Splunk"),
            ],
        );
        destinations.set("a", vec![to("api.openai.com", 443, "usage of OpenAI")]);
        assert_eq!(
            destinations.to_string(),
            "api.openai.com       443  usage of OpenAI\nsiem.bank.example   8088  events to Splunk\n"
        );
        destinations.set("b", vec![]);
        assert_eq!(destinations.list().len(), 1);
    }
}
