//! What the guard promises about any text. Shared by the property test, the replay of kept inputs and the fuzz target,
//! so that all three mean the same.

use aegis_outbound::guard::address::{Class, classify};
use aegis_outbound::{AllowList, Reach, Rules, Target};
use std::net::{IpAddr, Ipv4Addr};

/// Runs one target's property over the bytes; false when there is no such target.
pub fn run(target: &str, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    match target {
        "outbound_guard" => guards(&text),
        _ => return false,
    }
    true
}

/// Whatever a text says, what is accepted is a plain web address of a permitted place, and stays the same when it is
/// written out and read again.
pub fn guards(text: &str) {
    for reach in [Reach::Public, Reach::Private] {
        for plain_http in [true, false] {
            let rules = Rules { reach, plain_http };
            if let Ok(target) = Target::parse(text, rules) {
                accepted(text, &target, rules);
            }
        }
    }
    let from = Target::parse("https://api.example.com/a", Rules::default()).expect("a plain URL");
    let rules = Rules { reach: Reach::Public, plain_http: true };
    if let Ok(target) = from.join(text, rules) {
        accepted(text, &target, rules);
    }
    let unlisted =
        Target::parse("https://unlisted.test/", Rules::default()).expect("a plain URL").host_port();
    if let Ok(list) = AllowList::parse(text.split('\n')) {
        assert!(!list.covers(&unlisted) || text.to_lowercase().contains("test"), "{text:?}");
    }
}

fn accepted(text: &str, target: &Target, rules: Rules) {
    assert!(target.encrypted() || rules.plain_http, "{text:?}");
    let host = target.host();
    assert!(!host.is_empty() && !host.contains(['@', '/', '\\', '?', '#', '%']), "{text:?}: {host}");
    // as an old C library would read the host, and as Rust reads it
    let bare = host.trim_matches(['[', ']']).trim_end_matches('.');
    let read = bare.parse::<IpAddr>().ok().or_else(|| numbers(bare).map(IpAddr::V4));
    assert_eq!(read, target.address(), "{text:?}: {host}");
    if let Some(address) = read {
        let class = classify(address);
        assert!(class.allowed(rules.reach), "{text:?}: {class:?}");
        assert!(rules.reach == Reach::Private || class == Class::Public, "{text:?}: {class:?}");
    }
    let shown = target.to_string();
    let again = Target::parse(&shown, rules).expect("what is shown can be read");
    assert!(again.host() == host && again.encrypted() == target.encrypted(), "{text:?}: {shown}");
}

/// `inet_aton`: one to four numbers, decimal, octal or hexadecimal, the last filling the rest.
fn numbers(host: &str) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = host.split('.').collect();
    let values = parts.iter().map(|part| match part.strip_prefix("0x").or(part.strip_prefix("0X")) {
        Some("") => Some(0),
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None if part.len() > 1 && part.starts_with('0') => u64::from_str_radix(part, 8).ok(),
        None => part.parse().ok(),
    });
    let values: Vec<u64> = values.collect::<Option<_>>()?;
    let (last, first) = values.split_last()?;
    if first.len() > 3 || first.iter().any(|value| *value > 255) || *last >= 1 << (8 * (4 - first.len())) {
        return None;
    }
    let high = first.iter().enumerate().fold(0, |sum, (i, value)| sum | value << (24 - 8 * i));
    Some(Ipv4Addr::from_bits((high | last) as u32))
}
