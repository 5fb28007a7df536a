//! Says what kind of mark stands at a byte, looking at a few bytes beside it.
//! Called by the lexer for the places its bits point out: signs, the sixteenth bytes of tokens, and capitals after a
//! word with a capital. Sorts out most signs before a detector is asked.

use super::Kind;
use crate::byte_table::byte_table;
use crate::detectors::secrets;
use crate::site::is_word;

/// The kind of the mark at `at`, if there is one.
#[inline]
pub(super) fn kind(hay: &[u8], at: usize) -> Option<Kind> {
    match hay[at] {
        b'@' => Some(Kind::At),
        b'=' => names_value(hay, at).then_some(Kind::Assign),
        b':' => colon(hay, at),
        b'A'..=b'Z' if at.checked_sub(1).is_some_and(|before| hay[before] == b' ') => {
            is_short(&hay[..at - 1]).then_some(Kind::Capitals)
        }
        _ => secrets::may_be_token(hay, at).then_some(Kind::Token),
    }
}

/// The kind of the colon at `at`, which does not follow another.
fn colon(hay: &[u8], at: usize) -> Option<Kind> {
    match hay.get(at + 1) {
        // most colons stand before a blank
        Some(b' ' | b'\n') => names_secret(hay, at).then_some(Kind::Assign),
        Some(b'/') if hay[at + 1..].starts_with(b"//") => Some(Kind::Scheme),
        // or are those of `std::vec`
        Some(b':') => (follows_group(hay, at) && opens_ipv6(&hay[at + 1..])).then_some(Kind::Colon),
        Some(next) if next.is_ascii_hexdigit() && follows_group(hay, at) => {
            opens_ipv6(&hay[at + 1..]).then_some(Kind::Colon)
        }
        _ => names_value(hay, at).then_some(Kind::Assign),
    }
}

/// Says whether what stands before the sign at `at` can name a secret, or the user of one.
fn names_value(hay: &[u8], at: usize) -> bool {
    names_secret(hay, at) || names_user(hay, at)
}

/// Says whether the colon at `at` stands where the first one of a token such as `2001:db8:…` or `::1` does, and not
/// behind a word.
fn follows_group(hay: &[u8], at: usize) -> bool {
    let group = hay[..at].iter().rev().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let before = (at - group).checked_sub(1).map_or(0, |before| hay[before]);
    !(is_word(before) || matches!(before, b':' | b'.')) && (group > 0 || hay[at + 1] == b':')
}

/// Says whether the token goes on after its first colon like an address: by two groups and their colons, or fewer and
/// two colons together. The time of day does not.
fn opens_ipv6(mut rest: &[u8]) -> bool {
    for _ in 0..2 {
        let group = rest.iter().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
        if group == 0 || group > 4 || rest.get(group) != Some(&b':') {
            return rest.first() == Some(&b':');
        }
        rest = &rest[group + 1..];
    }
    true
}

/// Quotes, blanks and brackets that may stand between a name and its sign.
const MOST_BETWEEN: usize = 4;

/// Says whether what stands before the sign at `at` can be the name of a secret: by what its last word ends with.
fn names_secret(hay: &[u8], at: usize) -> bool {
    let mut end = at;
    while end > 0 && at - end < MOST_BETWEEN && BETWEEN[usize::from(hay[end - 1])] {
        end -= 1;
    }
    let Some([a, b, c]) = hay[..end].last_chunk::<TAIL>() else { return false };
    let [first, second, third] = &ENDINGS;
    let mut may = first[usize::from(*a)] & second[usize::from(*b)] & third[usize::from(*c)];
    while may != 0 {
        let ending = may.trailing_zeros() as usize;
        if ENDS_OUTSIDE == ending || ends_with(&hay[..end], LISTED[ending]) {
            return true;
        }
        may &= may - 1;
    }
    false
}

/// Says whether `text` ends with what is `listed`, whatever the size of its letters.
fn ends_with(text: &[u8], listed: &[u8]) -> bool {
    let tail = text.len().checked_sub(listed.len()).map(|from| &text[from..]);
    tail.is_some_and(|tail| tail.iter().zip(listed).all(|(byte, listed)| byte | 0x20 == *listed))
}

/// What may stand between a name and its sign.
static BETWEEN: [bool; 256] = byte_table!(byte => {
    matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'`' | b'\\' | b']' | b')' | b'*' | b'|')
});

/// What names of secrets end with, their letters small: as much of it as tells them from other words. Of other signs the
/// sixth bit is set, too: `_pw` ends with the last but two.
const LISTED: [&[u8]; 53] = [
    // passwords
    b"ssword",
    b"woord",
    b"enord",
    b" word",
    b"-word",
    b".word",
    b"\x7fword",
    b"odeord",
    b"assord",
    b"swd",
    b"pwd",
    b"phrase",
    b"sscode",
    b"skode",
    b"swort",
    b"nwort",
    b"\xe3\xb1a",
    b"senha",
    b"passe",
    b"clave",
    b"pass",
    b"api",
    b"ana",
    b"slo",
    b"ola",
    b"nka",
    b"mdp",
    b"\xe5\xa2o",
    b"\x7fpw",
    b"-pw",
    b" pw",
    b"ifre",
    b"value",
    b"\x7fdb",
    b"\x7fbd",
    // keys
    b"secret",
    b"secrets",
    b"key",
    b"keys",
    b"token",
    b"tokens",
    b"credential",
    b"credentials",
    b"auth",
    b"horization",
    b"bearer",
    b"signature",
    b"sig",
    b"psk",
    b"jwt",
    b"pat",
    b"cookie",
    b"ssel",
];

/// The last three bytes of names.
const TAIL: usize = 3;

/// The bit of names that end outside ASCII, whatever they are.
const ENDS_OUTSIDE: usize = 63;

/// The names that have a byte as the last but two, the last but one and the last, one bit each.
static ENDINGS: [[u64; 256]; TAIL] = {
    let mut table = [[0; 256]; TAIL];
    let mut byte = 0;
    while byte < 256 {
        table[0][byte] = 1 << ENDS_OUTSIDE;
        table[1][byte] = 1 << ENDS_OUTSIDE;
        table[2][byte] = if byte >= 0x80 { 1 << ENDS_OUTSIDE } else { 0 };
        let mut at = 0;
        while at < LISTED.len() * TAIL {
            let name = LISTED[at / TAIL];
            if byte as u8 | 0x20 == name[name.len() - TAIL + at % TAIL] {
                table[at % TAIL][byte] |= 1 << (at / TAIL);
            }
            at += 1;
        }
        byte += 1;
    }
    table
};

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

/// Longest word with a capital that can be a first name.
const WORD: usize = 16;

/// Says whether the word with a capital that `text` ends with is short enough for a name.
fn is_short(text: &[u8]) -> bool {
    let small = |byte: &u8| byte.is_ascii_lowercase() || *byte >= 0x80;
    text.iter().rev().take(WORD).any(|byte| !small(byte))
}
