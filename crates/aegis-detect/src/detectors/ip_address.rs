//! IP addresses: four decimal parts (RFC 791) or IPv6 text forms (RFC 4291, RFC 5952).
//! Version numbers, object identifiers, clock times and hardware addresses are not.

use crate::context::{Context, Roles};
use crate::detector::{
    Beside, Candidates, DENIED, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds,
};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::site::{Site, is_word};
use crate::word_list::WordList;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

pub(crate) static IP_ADDRESS: Detector = Detector {
    info: DetectorInfo {
        id: "ip_address",
        name: "IP address",
        description: "An IPv4 or IPv6 address; private, documentation and resolver addresses weigh less, versions do not count.",
        category: Category::Personal,
        severity: Severity::Medium,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(O)", "GDPR recital 30"],
        max_hold: crate::site::hold(&[Kind::Digits, Kind::Colon]),
        hits: &[
            "node worker-1/192.168.50.192",
            "peer db.internal/10.2.3.4:5432",
            "from 81.2.69.160:443",
            "host 10.20.30.40",
            "http://81.2.69.160/x",
            "2a02:26f0:ab::17 said",
            "[2001:470:1f0b::5]:8080",
            "client_ip=81.2.69.160/24",
        ],
        misses: &[
            "release notes 12.6.243.81",
            "nach dem Update auf 12.6.243.81 startet es nicht",
            "リリースノート 11.6.177.51",
            "升级到 4.1.95.2 之后报错",
            "uruchomiono w wersji 8.29.120.102",
            "device,mac,fw\ngw-1,c3:b8:bc:9e:24:08,81.3.56.219",
            "Прошивка: 81.3.56.219",
            "version 10.0.19041.1",
            "ObjectIdentifier(\"2.5.29.18\")",
            "18c0 1.52-.87 2.83-2.12 3.51.98.32 2.03.5 3.11.5",
            "v1.2.3.4",
            "Chrome/120.0.0.0",
            "1.2.3.4.5",
            "300.1.2.3",
            "01.02.03.04",
            "build 4.18.0.25",
            "pkg==2.31.0.6",
            "std::vec::Vec",
            "12:34:56",
            "c2:e6:80:a6:47:f3",
            "section 4.2.1.3",
            "face::dead",
            "libfoo needs 11.13.90.227",
            "the importer requires 21.4.80.96",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits, Kind::Colon]),
    numbers: Numbers::of(1..=3, 4).groups(4).beside(Beside::DOT_AFTER, Numbers::NO_LENGTH),
    labels: "ip, ips, ipv4, ipv6, ip address, ip addr, client ip, remote ip, source ip, src ip, dst ip, \
         remote addr, remote address, client address, x-forwarded-for, x-real-ip, dirección ip, \
         adresse ip, ip-adresse, indirizzo ip, endereço ip, peer, gateway, nameserver, resolver, dns, \
         host, hostname, inet, inet6, listen",
    hints: "from, server, connect, connection, login, address, network, subnet, cidr, ping, ssh, proxy, \
         node, firewall, blocked, request, client, source, destination",
    validate,
    canonical: |value| {
        value.parse::<IpAddr>().map_or_else(|_| value.to_ascii_lowercase(), |address| address.to_string())
    },
    sample: |value| {
        let cut = value.find(['.', ':']).unwrap_or(0);
        let separator = value[cut..].chars().next().unwrap_or('.');
        if separator == '.' {
            [&value[..cut], ".•.•.•"].concat()
        } else {
            [&value[..cut.min(4)], ":•"].concat()
        }
    },
};

fn validate(site: &Site) -> Option<Match> {
    match site.anchor().kind {
        Kind::Colon => v6(site),
        _ => v4(site),
    }
}

fn v4(site: &Site) -> Option<Match> {
    let run = site.run();
    let groups = run.groups();
    let [first, _, _, last, ..] = groups else { return None };
    let dotted = groups[1..4].iter().all(|group| group.joint == Joint::Dot);
    if !dotted || site.anchor().joint == Joint::Dot || run.joint_after(4) == Joint::Dot {
        return None;
    }
    let span = first.start..last.end;
    let before = site.before(span.start);
    let escaped = before.is_ascii_lowercase() && site.before(span.start - 1) == b'\\';
    if (is_word(before) && !escaped) || is_word(site.byte(span.end)) || matches!(before, b'.' | b'$') {
        return None;
    }
    let address: Ipv4Addr = std::str::from_utf8(site.bytes(span.clone())).ok()?.parse().ok()?;
    let context = site.context(span.clone());
    let mut found = Match::new(span.clone(), Odds::of(0.88), Severity::Medium, "four parts of 0 to 255");
    weigh_words(&mut found, &context, site);
    found.add_if(
        is_product_version(site, span.start) && !is_of_host(site, &span, address, &context),
        -5.0,
        "version of a product",
    );
    found.add_if(before == b'@' && !context.hints(site), -2.0, "version of a package");
    found.add_if(is_object_identifier(address) && !context.hints(site), -5.0, "identifier of an attribute");
    found.add_if(is_in_path(site, &span) && !context.hints(site), -5.0, "one of a row of decimals");
    found.add_if(is_suffixed(site, span.end), -3.0, "goes on like a version");
    found.add_if(
        is_needed(site, span.start) && !is_special_v4(address) && !context.hints(site),
        -3.0,
        "version that is needed",
    );
    let small = address.octets().iter().all(|&part| part <= 20) && !is_special_v4(address);
    found.add_if(small && !context.hints(site), -2.2, "small parts, no address word near");
    found.add_if(is_mask(address), -1.2, "netmask");
    let network = address.octets()[3] == 0 && site.byte(span.end) != b'/';
    found.add_if(network && !context.hints(site), -1.5, "ends in zero, no address word near");
    if is_special_v4(address) || is_mask(address) {
        found.severity = Severity::Low;
        found.reasons.push("private, reserved or public service address");
    }
    Some(found)
}

fn weigh_words(found: &mut Match, context: &Context, site: &Site) {
    let own = site.own;
    let versioned = context.label.has(Roles::VERSION) && !context.label.has(own);
    if context.names(own) {
        found.add(LABEL, "label: ip");
    } else if versioned || context.column.has(Roles::VERSION) {
        found.add(-5.0, "named as a version");
    } else {
        found.add_if(context.hints(site), HINT, "address word near");
        found.add_if(
            (context.near | context.after(site)).has(Roles::VERSION) && !context.hints(site),
            -3.0,
            "version word near",
        );
        found.add_if(context.denies(own), DENIED + 2.0, "named as another number");
    }
}

/// Attributes and extensions of directories and certificates (X.520, X.509): `2.5.4.3`, `2.5.29.15`.
fn is_object_identifier(address: Ipv4Addr) -> bool {
    matches!(address.octets(), [2, 5, 4 | 29, _])
}

/// Decimals run together on either side, as in the path of a drawing: `2.83-2.12 3.51.98.32 2.03.5`.
fn is_in_path(site: &Site, span: &Range<usize>) -> bool {
    let is_decimal = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let dots = |number: &[u8]| number.iter().filter(|byte| **byte == b'.').count();
    let before = site.bytes(span.start.saturating_sub(DECIMAL)..span.start);
    let after = site.bytes(span.end..span.end + DECIMAL);
    let (Some((sign @ (b' ' | b'-'), before)), Some((b' ' | b'-', after))) =
        (before.split_last(), after.split_first())
    else {
        return false;
    };
    let number = before.rsplit(|byte| !is_decimal(byte)).next().unwrap_or_default();
    let next =
        after.strip_prefix(b"-").unwrap_or(after).split(|byte| !is_decimal(byte)).next().unwrap_or_default();
    dots(number) == 1 && (*sign == b'-' || matches!(dots(next), 1 | 2))
}

/// Longest decimal that is looked at.
const DECIMAL: usize = 12;

/// `Chrome/120.0.0.0`, `pkg==1.2.3.4`, `>=1.2.3.4`, `Version="1.0.0.0"`.
fn is_product_version(site: &Site, start: usize) -> bool {
    let before = site.before(start);
    let further = site.before(start - usize::from(before != 0));
    match before {
        b'/' => further.is_ascii_alphanumeric(),
        b'=' => b"=<>~!^".contains(&further),
        b'^' | b'~' | b'#' => true,
        b'-' | b'_' => further.is_ascii_alphanumeric() && !further.is_ascii_digit(),
        _ => false,
    }
}

/// Words right before a version that something asks for.
static NEEDS: WordList = WordList::new(&[
    "needs",
    "need",
    "needed",
    "requires",
    "require",
    "required",
    "wants",
    "expects",
    "benötigt",
    "braucht",
    "verlangt",
    "nécessite",
    "requiere",
    "necesita",
    "requer",
    "richiede",
    "vereist",
    "wymaga",
    "vyžaduje",
    "kräver",
    "kræver",
    "krever",
    "vaatii",
    "требует",
    "потребує",
    "gerektirir",
]);

/// `needs 11.13.90.227`: what a package asks for.
fn is_needed(site: &Site, start: usize) -> bool {
    let Some(head) = site.bytes(start.saturating_sub(24)..start).strip_suffix(b" ") else { return false };
    let word = head.rsplit(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
    NEEDS.has(word)
}

/// `worker-1/192.168.50.192`, `db.internal/10.2.3.4:5432`: the name of a host and its address, not a product and its version.
fn is_of_host(site: &Site, span: &Range<usize>, address: Ipv4Addr, context: &Context) -> bool {
    let head = site.bytes(span.start.saturating_sub(64)..span.start);
    let Some(head) = head.strip_suffix(b"/") else { return false };
    let name = &head[head
        .iter()
        .rposition(|byte| !(byte.is_ascii_alphanumeric() || b"-._".contains(byte)))
        .map_or(0, |at| at + 1)..];
    let numbered = name.last().is_some_and(u8::is_ascii_digit) && name.contains(&b'-');
    let port = site.byte(span.end) == b':' && site.byte(span.end + 1).is_ascii_digit();
    let parts = name.iter().any(|byte| b"-.".contains(byte));
    port || name == b"localhost"
        || (address.is_private() && (address.octets()[0] != 10 || parts))
        || (numbered && context.hints(site))
}

/// `1.2.3.4-rc1`, `1.2.3.4.dev`, `1.2.3.4+build`.
fn is_suffixed(site: &Site, end: usize) -> bool {
    matches!(site.byte(end), b'-' | b'.' | b'+') && site.byte(end + 1).is_ascii_lowercase()
}

fn is_mask(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    bits == 0
        || (address.octets()[0] == 255 && bits.leading_ones() + bits.trailing_zeros() == 32)
        || bits == u32::MAX
}

/// Not a person's: this network, private, shared, loopback, link-local, documentation, benchmarks, multicast, reserved
/// (RFC 6890), and the public resolvers.
fn is_special_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || matches!(
            address.octets(),
            [8, 8, 8, 8] | [8, 8, 4, 4] | [1, 1, 1, 1] | [1, 0, 0, 1] | [9, 9, 9, 9]
        )
}

/// The longest text form: eight groups with an embedded IPv4 address.
const MAX_V6: usize = 45;

fn v6(site: &Site) -> Option<Match> {
    let colon = site.anchor().start;
    let hex =
        (1..=4).take_while(|&back| colon >= back && site.byte(colon - back).is_ascii_hexdigit()).count();
    let start = colon - hex;
    // most are colons of a program: `std::vec`
    let before = site.before(start);
    if is_word(before) || matches!(before, b':' | b'.') {
        return None;
    }
    let token = site.bytes(start..start + MAX_V6 + 1);
    let len = token
        .iter()
        .position(|byte| !(byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')))
        .unwrap_or(token.len());
    if len > MAX_V6 || !has_colons(&token[..len]) {
        return None;
    }
    let text = std::str::from_utf8(&token[..len]).ok()?.trim_end_matches('.');
    // a colon after an address ends a phrase, unless it is the compressed end of one
    let text = if text.ends_with("::") { text } else { text.trim_end_matches(':') };
    let address: Ipv6Addr = text.parse().ok()?;
    let groups = Groups::of(text);
    let span = start..start + text.len();
    if is_word(site.byte(span.end)) || groups.hardware {
        return None;
    }
    let context = site.context(span.clone());
    if !context.names(site.own) && !is_loopback(address) && (!groups.digits || groups.count < 2) {
        return None;
    }
    // `14::22` is anything; an address of so few groups has a long one, such as `fe80::1`
    let short = groups.count < 3 && groups.longest < 3;
    let prior = match groups.count {
        4.. => Odds::of(0.95),
        _ if groups.dotted => Odds::of(0.95),
        _ if short && !is_loopback(address) => Odds::of(0.40),
        _ => Odds::of(0.75),
    };
    let mut found = Match::new(span, prior, Severity::Medium, "ipv6 text form");
    weigh_words(&mut found, &context, site);
    if is_special_v6(address) {
        found.severity = Severity::Low;
        found.reasons.push("private, reserved or documentation address");
    }
    Some(found)
}

/// Two colons in a row or six in all: the time of day has neither.
fn has_colons(token: &[u8]) -> bool {
    let (mut count, mut before) = (0, 0);
    for &byte in token {
        if byte == b':' && before == b':' {
            return true;
        }
        count += usize::from(byte == b':');
        before = byte;
    }
    count >= 6
}

fn is_loopback(address: Ipv6Addr) -> bool {
    address.is_loopback()
}

/// What an address in its text form is made of.
struct Groups {
    /// How many there are between the colons, those left out not counted.
    count: usize,
    longest: usize,
    /// There is a decimal digit.
    digits: bool,
    /// There is a full stop, as in an address with an older one at its end.
    dotted: bool,
    /// All have two digits and none is left out: a hardware address, world wide name or fingerprint.
    hardware: bool,
}

impl Groups {
    fn of(text: &str) -> Self {
        let mut groups = Groups { count: 0, longest: 0, digits: false, dotted: false, hardware: true };
        let mut len = 0;
        for byte in text.bytes().chain([b':']) {
            groups.digits |= byte.is_ascii_digit();
            groups.dotted |= byte == b'.';
            if byte != b':' {
                len += 1;
                continue;
            }
            groups.count += usize::from(len > 0);
            groups.longest = groups.longest.max(len);
            groups.hardware &= len == 2;
            len = 0;
        }
        groups
    }
}

fn is_special_v6(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || (first & 0xfe00) == 0xfc00
        || (first & 0xffc0) == 0xfe80
        || (first == 0x2001 && address.segments()[1] == 0xdb8)
}
