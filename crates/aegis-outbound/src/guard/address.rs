//! What an address is: out on the internet, inside, or nothing the product has business with.
//! Called by `target` for addresses written in a URL and by `resolve` for those a name stands for.
//! Invariant: an address that carries another one is no better than the one it carries.
//!
//! Tables: IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates); the clouds' own documents for
//! metadata services. Standard methods such as `is_global` are not stable, and know nothing of metadata services.

use super::Reach;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Out on the internet.
    Public,
    /// This machine.
    Loopback,
    /// A private network (RFC 1918, RFC 4193), a carrier's (RFC 6598), or a test bench's (RFC 2544).
    Private,
    /// A cloud's metadata service, which gives the machine's credentials to whoever asks.
    Metadata,
    /// Only on this link, where metadata services live, too.
    LinkLocal,
    /// Many receivers at once.
    Multicast,
    /// "This host": many systems connect it to themselves.
    Unspecified,
    /// Set aside for documents.
    Documentation,
    /// A tunnel into IPv4 that no vendor uses: 6to4, Teredo, ISATAP, "compatible", a network's own NAT64.
    Tunnel,
    /// Not assigned, or for protocols.
    Reserved,
}

impl Class {
    /// True when a destination with that reach may be connected to.
    pub const fn allowed(self, reach: Reach) -> bool {
        match self {
            Class::Public => true,
            Class::Loopback | Class::Private => matches!(reach, Reach::Private),
            Class::Metadata
            | Class::LinkLocal
            | Class::Multicast
            | Class::Unspecified
            | Class::Documentation
            | Class::Tunnel
            | Class::Reserved => false,
        }
    }

    /// True when allowing private addresses for the destination would help.
    pub const fn could_be_allowed(self) -> bool {
        matches!(self, Class::Loopback | Class::Private)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Class::Public => "a public address",
            Class::Loopback => "this machine itself",
            Class::Private => "a private address",
            Class::Metadata => "a cloud's metadata service",
            Class::LinkLocal => "a link-local address",
            Class::Multicast => "a multicast address",
            Class::Unspecified => "no address at all",
            Class::Documentation => "an address for documentation",
            Class::Tunnel => "an IPv4 address wrapped in a tunnel",
            Class::Reserved => "a reserved address",
        })
    }
}

/// Returns what kind of address it is.
pub const fn classify(address: IpAddr) -> Class {
    match address {
        IpAddr::V4(v4) => classify_v4(v4),
        IpAddr::V6(v6) => classify_v6(v6),
    }
}

const fn classify_v4(address: Ipv4Addr) -> Class {
    match address.octets() {
        // Alibaba; Azure's host agent; Oracle's older address
        [100, 100, 100, 200] | [168, 63, 129, 16] | [192, 0, 0, 192] => Class::Metadata,
        // AWS, Google, Azure and most others; ECS tasks
        [169, 254, 169, 254] | [169, 254, 170, 2] => Class::Metadata,
        [169, 254, ..] => Class::LinkLocal,
        [0, 0, 0, 0] => Class::Unspecified,
        [0, ..] => Class::Reserved,
        [127, ..] => Class::Loopback,
        [10, ..] | [192, 168, ..] => Class::Private,
        [172, 16..=31, ..] | [100, 64..=127, ..] | [198, 18..=19, ..] => Class::Private,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Class::Documentation,
        [192, 88, 99, _] => Class::Tunnel,
        [192, 0, 0, _] => Class::Reserved,
        [224..=239, ..] => Class::Multicast,
        [240..=255, ..] => Class::Reserved,
        _ => Class::Public,
    }
}

const fn classify_v6(address: Ipv6Addr) -> Class {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Class::Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => Class::Loopback,
        // mapped (RFC 4291), translated (RFC 2765), the well-known NAT64 prefix (RFC 6052): the kernel or the next
        // router connects to the IPv4 address inside
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => classify_v4(inside(high, low)),
        [0, 0, 0, 0, 0, 0, ..] => Class::Tunnel,
        [0x64, 0xff9b, 1, ..] | [0x2002, ..] | [0x2001, 0, ..] => Class::Tunnel,
        [_, _, _, _, 0 | 0x200, 0x5efe, ..] => Class::Tunnel,
        // AWS (all its instance services), Google, Scaleway
        [0xfd00, 0xec2, ..] | [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254] | [0xfd00, 0x42, 0, 0, 0, 0, 0, 0x42] => {
            Class::Metadata
        }
        [0xfc00..=0xfdff, ..] => Class::Private,
        [0xfe80..=0xfebf, ..] => Class::LinkLocal,
        [0xff00..=0xffff, ..] => Class::Multicast,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Class::Documentation,
        [0x2001, 0..=0x1ff, ..] => Class::Reserved,
        [0x2000..=0x3fff, ..] => Class::Public,
        _ => Class::Reserved,
    }
}

const fn inside(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits((high as u32) << 16 | low as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_range_at_its_edges() {
        use Class::*;
        for (address, class) in [
            ("1.1.1.1", Public),
            ("8.8.8.8", Public),
            ("11.0.0.0", Public),
            ("9.255.255.255", Public),
            ("10.0.0.0", Private),
            ("10.255.255.255", Private),
            ("100.63.255.255", Public),
            ("100.64.0.0", Private),
            ("100.127.255.255", Private),
            ("100.128.0.0", Public),
            ("100.100.100.200", Metadata),
            ("168.63.129.16", Metadata),
            ("168.63.129.17", Public),
            ("126.255.255.255", Public),
            ("127.0.0.1", Loopback),
            ("127.255.255.255", Loopback),
            ("169.253.255.255", Public),
            ("169.254.0.0", LinkLocal),
            ("169.254.169.254", Metadata),
            ("169.254.170.2", Metadata),
            ("169.254.255.255", LinkLocal),
            ("169.255.0.0", Public),
            ("172.15.255.255", Public),
            ("172.16.0.0", Private),
            ("172.31.255.255", Private),
            ("172.32.0.0", Public),
            ("192.0.0.0", Reserved),
            ("192.0.0.192", Metadata),
            ("192.0.1.0", Public),
            ("192.0.2.1", Documentation),
            ("192.88.99.1", Tunnel),
            ("192.167.255.255", Public),
            ("192.168.0.0", Private),
            ("192.169.0.0", Public),
            ("198.17.255.255", Public),
            ("198.18.0.0", Private),
            ("198.19.255.255", Private),
            ("198.20.0.0", Public),
            ("198.51.100.7", Documentation),
            ("203.0.113.9", Documentation),
            ("0.0.0.0", Unspecified),
            ("0.0.0.1", Reserved),
            ("223.255.255.255", Public),
            ("224.0.0.1", Multicast),
            ("239.255.255.255", Multicast),
            ("240.0.0.0", Reserved),
            ("255.255.255.255", Reserved),
            ("::", Unspecified),
            ("::1", Loopback),
            ("::2", Tunnel),
            ("::169.254.169.254", Tunnel),
            ("::8.8.8.8", Tunnel),
            ("::ffff:8.8.8.8", Public),
            ("::ffff:127.0.0.1", Loopback),
            ("::ffff:169.254.169.254", Metadata),
            ("::ffff:0:169.254.169.254", Metadata),
            ("64:ff9b::8.8.8.8", Public),
            ("64:ff9b::10.0.0.1", Private),
            ("64:ff9b::169.254.169.254", Metadata),
            ("64:ff9b:1::8.8.8.8", Tunnel),
            ("2002:a9fe:a9fe::", Tunnel),
            ("2002:808:808::1", Tunnel),
            ("2001:0:4136:e378:8000:63bf:3fff:fdd2", Tunnel),
            ("2606:4700::5efe:169.254.169.254", Tunnel),
            ("2606:4700::200:5efe:10.0.0.1", Tunnel),
            ("fd00:ec2::254", Metadata),
            ("fd00:ec2::23", Metadata),
            ("fd20:ce::254", Metadata),
            ("fd00:42::42", Metadata),
            ("fbff::1", Reserved),
            ("fc00::1", Private),
            ("fdff::1", Private),
            ("fe00::1", Reserved),
            ("fe80::1", LinkLocal),
            ("febf::1", LinkLocal),
            ("fec0::1", Reserved),
            ("ff02::1", Multicast),
            ("2001:db8::1", Documentation),
            ("3fff::1", Documentation),
            ("3fff:1000::1", Public),
            ("2001:10::1", Reserved),
            ("2001:200::1", Public),
            ("1fff::1", Reserved),
            ("2000::1", Public),
            ("2606:4700::1111", Public),
            ("4000::1", Reserved),
            ("5f00::1", Reserved),
            ("100::1", Reserved),
        ] {
            assert_eq!(classify(address.parse().unwrap()), class, "{address}");
        }
    }

    proptest! {
        /// Wrapping never makes an address more permitted than it is by itself.
        #[test]
        fn an_address_inside_another_is_no_way_around(bits: u32, wrap in 0..6usize) {
            let inner = Ipv4Addr::from_bits(bits);
            let [high, low] = [(bits >> 16) as u16, bits as u16];
            let outer = Ipv6Addr::from([
                [0, 0, 0, 0, 0, 0xffff, high, low],
                [0, 0, 0, 0, 0, 0, high, low],
                [0x64, 0xff9b, 0, 0, 0, 0, high, low],
                [0x2002, high, low, 0, 0, 0, 0, 1],
                [0x2001, 0, high, low, 0, 0, !high, !low],
                [0x2606, 0x4700, 0, 0, 0, 0x5efe, high, low],
            ][wrap]);
            for reach in [Reach::Public, Reach::Private] {
                let (inside, outside) = (classify(inner.into()), classify(outer.into()));
                prop_assert!(inside.allowed(reach) || !outside.allowed(reach) || outer == Ipv6Addr::LOCALHOST, "{inner} in {outer}");
            }
        }
    }
}
