//! Says what kind of mark stands at a byte, looking at a few bytes beside it. Tokens are known by the lexer itself.
//! Called by the lexer for the places its bits point out. Sorts out most of them before a detector is asked.

use super::Kind;

/// The kind of the mark at `at`, if there is one.
pub(super) fn kind(hay: &[u8], at: usize) -> Option<Kind> {
    match hay[at] {
        b'@' => Some(Kind::At),
        b':' if hay[at + 1..].starts_with(b"//") => Some(Kind::Scheme),
        b':' if opens_ipv6(hay, at) => Some(Kind::Colon),
        b':' | b'=' => (names_secret(hay, at) || names_user(hay, at)).then_some(Kind::Assign),
        b'A'..=b'Z' if follows_capital(hay, at) => Some(Kind::Capitals),
        _ => None,
    }
}

/// Says whether the colon at `at` is the first one of a token such as `2001:db8:…` or `::1`.
fn opens_ipv6(hay: &[u8], at: usize) -> bool {
    let next = hay.get(at + 1).copied().unwrap_or(0);
    // most colons stand before a blank
    if next != b':' && !next.is_ascii_hexdigit() {
        return false;
    }
    let group = hay[..at].iter().rev().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    if group > 4 {
        return false;
    }
    let before = at.checked_sub(group + 1).map_or(0, |before| hay[before]);
    before != b':' && (next == b':' || (group > 0 && next.is_ascii_hexdigit()))
}

/// Quotes, blanks and brackets that may stand between a name and its sign.
const MOST_BETWEEN: usize = 4;

/// Says whether what stands before the sign at `at` can be the name of a secret: by its last three letters.
fn names_secret(hay: &[u8], at: usize) -> bool {
    let head = &hay[at.saturating_sub(MOST_BETWEEN + 3)..at];
    let is_between =
        |byte: &&u8| matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'`' | b'\\' | b']' | b')' | b'*' | b'|');
    let between = head.iter().rev().take(MOST_BETWEEN).take_while(is_between).count();
    let Some([a, b, c]) = head[..head.len() - between].last_chunk::<3>() else { return false };
    if *c >= 0x80 {
        return true;
    }
    matches!(
        &[a | 0x20, b | 0x20, c | 0x20],
        b"ord"
            | b"swd"
            | b"pwd"
            | b"ret"
            | b"ken"
            | b"key"
            | b"uth"
            | b"ass"
            | b"ase"
            | b"ial"
            | b"als"
            | b"ode"
            | b"ort"
            | b"nha"
            | b"rer"
            | b"sig"
            | b"ion"
            | b"eys"
            | b"ets"
            | b"ens"
            | b"pat"
            | b"psk"
            | b"pin"
            | b"kie"
            | b"ure"
            | b"dsn"
            | b"ave"
            | b"jwt"
            | b"sel"
            | b"sse"
            | b"fre"
            | b"\xe3\xb1a"
            | b"lue"
            | b"\x7fpw"
            | b"-pw"
            | b" pw"
    )
}

/// Longest name of a user of a web address.
const USER: usize = 32;

/// Says whether a user stands before the colon at `at` as `curl -u user:password` gives it.
fn names_user(hay: &[u8], at: usize) -> bool {
    let tail = hay.get(at + 1).is_some_and(|next| next.is_ascii_graphic());
    let head = &hay[at.saturating_sub(USER)..at];
    // cheap first: most colons follow no flag
    if !tail || memchr::memchr(b'-', head).is_none() {
        return false;
    }
    let name = head.iter().rev().take_while(|byte| byte.is_ascii_graphic()).count();
    let flag = &head[..head.len() - name];
    flag.ends_with(b"-u ") || flag.ends_with(b"--user ")
}

/// Says whether the capital at `at` begins the second of two
/// words with capitals.
fn follows_capital(hay: &[u8], at: usize) -> bool {
    let Some(head) = hay[..at].strip_suffix(b" ") else { return false };
    let small =
        head.iter().rev().take(16).take_while(|byte| byte.is_ascii_lowercase() || **byte >= 0x80).count();
    let Some(start) = (head.len() - small).checked_sub(1).filter(|_| small < 16) else { return false };
    let before = start.checked_sub(1).map_or(b' ', |before| hay[before]);
    head[start].is_ascii_uppercase() && !before.is_ascii_alphanumeric()
}
