//! Names become addresses here, and only addresses that may be reached come out.
//! Called by the HTTP library when it opens a connection; it connects to exactly what is returned, so there is no moment
//! between check and use in which a name could change its mind.

use super::Reach;
use super::target::check_address;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

/// Addresses on their way.
pub type Answering = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up; handed in, so that tests can answer themselves.
pub trait Lookup: Send + Sync {
    /// Returns the addresses of a name, best first.
    fn lookup(&self, name: &str) -> Answering;
}

/// The operating system's look-up, with its hosts file and search list.
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, name: &str) -> Answering {
        let name = name.to_owned();
        Box::pin(async move {
            Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
        })
    }
}

/// A look-up that lets through only what the reach allows.
pub(crate) struct Filtered {
    pub lookup: Arc<dyn Lookup>,
    pub reach: Reach,
}

impl Resolve for Filtered {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.lookup.lookup(name.as_str());
        let reach = self.reach;
        Box::pin(async move { permitted(name.as_str(), found.await?, reach) })
    }
}

type Failed = Box<dyn Error + Send + Sync>;

/// The addresses that may be reached; if none is left, why the first was refused.
fn permitted(name: &str, found: Vec<IpAddr>, reach: Reach) -> Result<Addrs, Failed> {
    let mut refused = None;
    let mut good = Vec::new();
    for address in found {
        match check_address(name, address, reach) {
            Ok(()) => good.push(SocketAddr::new(address, 0)),
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    match refused {
        _ if !good.is_empty() => Ok(Box::new(good.into_iter())),
        Some(refusal) => Err(refusal.into()),
        None => Err("its name stands for no address".into()),
    }
}

/// A look-up that knows the proxy and nothing else, for the client whose every connection goes there.
pub(crate) struct OnlyProxy {
    pub lookup: Arc<dyn Lookup>,
    pub proxy: String,
}

impl Resolve for OnlyProxy {
    fn resolve(&self, name: Name) -> Resolving {
        if name.as_str() != self.proxy {
            return Box::pin(async { Err("a connection past the proxy was refused".into()) });
        }
        let found = self.lookup.lookup(name.as_str());
        Box::pin(async move {
            Ok(Box::new(found.await?.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_permitted_addresses_come_out() {
        let addresses = |texts: &[&str]| texts.iter().map(|t| t.parse().unwrap()).collect::<Vec<IpAddr>>();
        let ask = |found: &[&str], reach| {
            permitted("x.example", addresses(found), reach)
                .map(|good| good.map(|a| a.ip()).collect::<Vec<_>>())
        };
        let mixed = ["169.254.169.254", "10.0.0.1", "8.8.8.8", "::1"];
        assert_eq!(ask(&mixed, Reach::Public).unwrap(), addresses(&["8.8.8.8"]));
        assert_eq!(ask(&mixed, Reach::Private).unwrap(), addresses(&["10.0.0.1", "8.8.8.8", "::1"]));
        assert_eq!(
            ask(&["169.254.169.254"], Reach::Private).unwrap_err().to_string(),
            "x.example leads to 169.254.169.254, a cloud's metadata service, which is never called"
        );
        assert_eq!(
            ask(&["10.0.0.1", "::1"], Reach::Public).unwrap_err().to_string(),
            "x.example leads to 10.0.0.1, a private address: allow private addresses for this destination if that is meant"
        );
        assert_eq!(ask(&[], Reach::Public).unwrap_err().to_string(), "its name stands for no address");
    }
}
