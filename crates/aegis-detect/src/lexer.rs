//! The candidate pass: walks a text once and notes the places where a value may lie.
//! Called by the scanner; every detector starts from these anchors and none reads the text itself.
//! Invariant: anchors are in order and do not overlap; the work is a constant per byte.

use crate::work;

/// What stands at an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A maximal run of ASCII digits.
    Digits,
    /// An `@`.
    At,
    /// The first colon of what may be an IPv6 address.
    Colon,
}

/// How a group of digits hangs on the group before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// It does not.
    None,
    Space,
    Hyphen,
    Dot,
    Slash,
    /// A hyphen with spaces round it.
    Dash,
    /// A parenthesis, with or without one space, hyphen or dot beside it: `(212) 555`.
    Paren,
}

/// A place worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) kind: Kind,
    pub(crate) joint: Joint,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Notes the anchors of `hay`.
pub(crate) fn anchors(hay: &[u8]) -> Vec<Anchor> {
    let mut found: Vec<Anchor> = Vec::new();
    let mut at = 0;
    work::done(hay.len());
    while let Some(next) = next_interesting(hay, at) {
        at = next + 1;
        match hay[next] {
            b'0'..=b'9' => {
                at = digits_end(hay, next);
                let joint = match found.last() {
                    Some(last) if last.kind == Kind::Digits => joint(&hay[last.end..next]),
                    _ => Joint::None,
                };
                found.push(Anchor { kind: Kind::Digits, joint, start: next, end: at });
            }
            b'@' => found.push(Anchor { kind: Kind::At, joint: Joint::None, start: next, end: at }),
            _ if opens_ipv6(hay, next) => {
                found.push(Anchor { kind: Kind::Colon, joint: Joint::None, start: next, end: at });
            }
            _ => {}
        }
    }
    found
}

/// Bytes looked at together: wide enough for the compiler to use vector instructions.
const BLOCK: usize = 32;

fn next_interesting(hay: &[u8], from: usize) -> Option<usize> {
    // digits and ':' are one range, '@' the other
    let interesting = |byte: u8| byte.wrapping_sub(b'0') <= 10 || byte == b'@';
    let mut at = from;
    while let Some(block) = hay.get(at..at + BLOCK) {
        if block.iter().fold(false, |any, &byte| any | interesting(byte)) {
            break;
        }
        at += BLOCK;
    }
    hay[at..].iter().position(|&byte| interesting(byte)).map(|found| at + found)
}

fn digits_end(hay: &[u8], start: usize) -> usize {
    hay[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(hay.len(), |len| start + len)
}

fn joint(gap: &[u8]) -> Joint {
    match gap {
        b" " => Joint::Space,
        b"-" => Joint::Hyphen,
        b"." => Joint::Dot,
        b"/" | b" / " => Joint::Slash,
        b" - " => Joint::Dash,
        b"(" | b")" | b") " | b" (" | b")-" | b"-(" | b")." | b".(" | b") (" | b" )" => Joint::Paren,
        _ => Joint::None,
    }
}

/// Says whether the colon at `at` is the first one of a token such as `2001:db8:…` or `::1`.
fn opens_ipv6(hay: &[u8], at: usize) -> bool {
    let next = hay.get(at + 1).copied().unwrap_or(0);
    let group = hay[..at].iter().rev().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    if group > 4 {
        return false;
    }
    let before = at.checked_sub(group + 1).map_or(0, |before| hay[before]);
    before != b':' && (next == b':' || (group > 0 && next.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_know_how_they_hang_together() {
        let joints: Vec<Joint> = anchors(b"(212) 555-0134.5/6 7,8").iter().map(|a| a.joint).collect();
        use Joint::*;
        assert_eq!(joints, [None, Paren, Hyphen, Dot, Slash, Space, None]);
    }

    #[test]
    fn anchors_of_every_kind_are_found_once() {
        for (text, kinds) in [
            ("a plain sentence, long enough for whole blocks to be skipped over", vec![]),
            ("x@y", vec![Kind::At]),
            ("see 2001:db8::1", vec![Kind::Digits, Kind::Colon, Kind::Digits, Kind::Digits]),
            ("fe80::1", vec![Kind::Digits, Kind::Colon, Kind::Digits]),
            ("::1", vec![Kind::Colon, Kind::Digits]),
            ("note: text", vec![]),
        ] {
            assert_eq!(anchors(text.as_bytes()).iter().map(|a| a.kind).collect::<Vec<_>>(), kinds, "{text}");
        }
    }
}
