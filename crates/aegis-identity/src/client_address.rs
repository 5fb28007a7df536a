//! Which address a request really comes from, behind proxies or not. Rate limits, lockouts and the audit log key on it.
//! Called once per request.
//!
//! Each proxy appends the address it saw to a header, so the list is true only from its right end, as far as proxies of
//! ours wrote it. The client is the first address from the right that is not one of ours.
//! Invariant: nothing a client sends moves the result, unless it connects from a trusted proxy's address.

use ipnet::{IpNet, Ipv6Net};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Longest chain that is followed; what lies further left is a client's invention.
const MAX_HOPS: usize = 32;

/// The header our proxies append to. One, by configuration: a proxy passes the other one through as the client wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For: client, proxy`.
    #[default]
    XForwardedFor,
    /// `Forwarded: for=client, for=proxy` (RFC 7239).
    Forwarded,
}

impl ForwardedHeader {
    /// The header's name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            ForwardedHeader::XForwardedFor => "x-forwarded-for",
            ForwardedHeader::Forwarded => "forwarded",
        }
    }
}

/// The proxies whose word counts. None by default.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    header: ForwardedHeader,
}

/// A list of proxies could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no address or network; write 10.0.0.0/8 or 192.0.2.1")]
pub struct ProxyError(String);

impl TrustedProxies {
    /// Trusts these networks to append to this header.
    pub fn new(networks: Vec<IpNet>, header: ForwardedHeader) -> Self {
        TrustedProxies { networks, header }
    }

    /// Reads a comma list of addresses and networks.
    pub fn parse(list: &str, header: ForwardedHeader) -> Result<Self, ProxyError> {
        let networks = list
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| {
                item.parse::<IpNet>()
                    .or_else(|_| item.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical())))
                    .map_err(|_| ProxyError(item.to_owned()))
            })
            .collect::<Result<_, _>>()?;
        Ok(TrustedProxies { networks, header })
    }

    /// The header to pass to [`TrustedProxies::client`].
    pub fn header(&self) -> ForwardedHeader {
        self.header
    }

    /// True when `address` is a proxy of ours.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// Returns the client's address, from the connection's other end and the values of the forwarding header in the
    /// order they came. An entry that is no address ends the walk at the proxy that passed it on.
    pub fn client<'a>(&self, peer: IpAddr, values: impl DoubleEndedIterator<Item = &'a str>) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.trusts(client) {
            return client;
        }
        for entry in values.rev().flat_map(|value| value.rsplit(',')).take(MAX_HOPS) {
            let Some(address) = self.read(entry) else { break };
            client = address;
            if !self.trusts(client) {
                break;
            }
        }
        client
    }

    fn read(&self, entry: &str) -> Option<IpAddr> {
        let node = match self.header {
            ForwardedHeader::XForwardedFor => entry.trim(),
            ForwardedHeader::Forwarded => entry.split(';').find_map(|pair| {
                let (name, value) = pair.trim().split_once('=')?;
                name.eq_ignore_ascii_case("for").then(|| value.trim_matches('"'))
            })?,
        };
        address(node).map(|address| address.to_canonical())
    }
}

/// Reads `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:80`.
fn address(node: &str) -> Option<IpAddr> {
    node.parse()
        .or_else(|_| node.parse::<SocketAddr>().map(|socket| socket.ip()))
        .ok()
        .or_else(|| node.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6))
}

/// The part of an address that belongs to one customer, by which limits count: an IPv4 address, or an IPv6 /64.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Net::new_assert(v6, 64).network()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn client(list: &str, header: ForwardedHeader, peer: &str, values: &[&str]) -> String {
        let proxies = TrustedProxies::parse(list, header).unwrap();
        proxies.client(ip(peer), values.iter().copied()).to_string()
    }

    #[test]
    fn the_client_is_the_rightmost_address_that_is_not_ours() {
        for (peer, values, expected) in [
            ("198.51.100.7", &["203.0.113.9"][..], "198.51.100.7"),
            ("10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["1.2.3.4, 203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["1.2.3.4", "203.0.113.9, 10.0.0.2"], "203.0.113.9"),
            ("::ffff:10.0.0.1", &["::ffff:203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", &["203.0.113.9:4711"], "203.0.113.9"),
            ("10.0.0.1", &["[2001:db8::1]:443"], "2001:db8::1"),
            ("10.0.0.1", &["[2001:db8::1]"], "2001:db8::1"),
            ("10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9, , 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ] {
            let found = client("10.0.0.0/8", ForwardedHeader::XForwardedFor, peer, values);
            assert_eq!(found, expected, "{peer} {values:?}");
        }
    }

    #[test]
    fn the_standard_header_is_read_too() {
        for (values, expected) in [
            (&["for=203.0.113.9"][..], "203.0.113.9"),
            (&["for=1.2.3.4, For=\"[2001:db8::1]:99\";proto=https"], "2001:db8::1"),
            (&["proto=https;for=203.0.113.9;by=10.0.0.1"], "203.0.113.9"),
            (&["for=203.0.113.9, for=_hidden"], "10.0.0.1"),
            (&["by=203.0.113.9"], "10.0.0.1"),
        ] {
            let found = client("10.0.0.1", ForwardedHeader::Forwarded, "10.0.0.1", values);
            assert_eq!(found, expected, "{values:?}");
        }
    }

    #[test]
    fn lists_of_proxies_are_read_or_refused() {
        assert!(TrustedProxies::parse("", ForwardedHeader::XForwardedFor).is_ok());
        assert!(TrustedProxies::parse("10.0.0.0/8, ::1", ForwardedHeader::XForwardedFor).is_ok());
        let error =
            TrustedProxies::parse("10.0.0.0/8,proxy.local", ForwardedHeader::XForwardedFor).unwrap_err();
        assert!(error.to_string().contains("proxy.local"));
    }

    #[test]
    fn one_customer_counts_as_one() {
        assert_eq!(network(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1:2::"));
        assert_eq!(network(ip("192.0.2.1")), ip("192.0.2.1"));
        assert_eq!(network(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
    }

    proptest! {
        #[test]
        fn a_client_cannot_choose_its_address(forged in prop::collection::vec("[ -~]{0,60}", 0..4)) {
            let proxies = TrustedProxies::parse("10.0.0.0/8", ForwardedHeader::XForwardedFor).unwrap();
            let straight = ip("198.51.100.7");
            prop_assert_eq!(proxies.client(straight, forged.iter().map(String::as_str)), straight);

            // Through a proxy, which appends what it saw, to the last header or in one of its own.
            let mut values = forged;
            match values.last_mut() {
                Some(last) => last.push_str(", 198.51.100.7"),
                None => values.push("198.51.100.7".into()),
            }
            prop_assert_eq!(proxies.client(ip("10.1.2.3"), values.iter().map(String::as_str)), straight);
        }
    }
}
