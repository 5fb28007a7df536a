//! Text in base64 or hexadecimal: `ODIuMTYzLjEyMC42OA==`. Only what decodes to text that can hold a value or
//! some words is undone; keys, hashes and pictures are left as they are.

use super::{Hay, Kind, Next, Walk, within};
use crate::byte_table::byte_table;

/// Letters and digits in a row from which a token is looked at.
const SHORTEST: usize = 15;
/// Longest part of a token that is undone by itself, a whole number of groups.
pub(super) const PART: usize = 512;
/// What may be left over so that it is undone with the part before it.
pub(super) const LAST: usize = 32;
/// Longest line end between the lines of a token.
pub(super) const FOLD: usize = 2;
/// Shortest line of a token that is folded; mails have 76 characters in one, keys 64.
const LINE: usize = 60;
/// Characters of a token that tell whether the rest is worth decoding.
const PROBE: usize = 24;

pub(super) fn next(hay: &Hay, runs: &mut Walk, from: usize) -> Next {
    if hay.depth == 0 {
        return Next::Nothing;
    }
    let mut at = from;
    // the run is long enough that began at or after that
    while let Some(dense) = runs.next(at + SHORTEST - 1) {
        let back = hay.bytes[at..dense].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let start = dense - back;
        let begins = hay.goes_on(start, from, Kind::Dense) || !is_token(hay.before(start, 1));
        let len = hay.rest(start).iter().take(PART + LAST + 1).take_while(|byte| is_token(**byte)).count();
        match begins.then(|| token(hay, start, len)).flatten() {
            Some(Ok((end, plain))) => return Next::Unit(start..end, plain),
            Some(Err(Undecided)) => return Next::Open(start),
            None => at = start + len,
        }
        if len > PART + LAST {
            at += hay.rest(at).iter().take_while(|byte| is_token(**byte)).count();
        }
    }
    let tail = hay.rest(at).iter().rev().take(SHORTEST);
    let tail = tail.take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if hay.ends || tail == 0 { Next::Nothing } else { Next::Open(hay.bytes.len() - tail) }
}

/// The text ends before the token does.
struct Undecided;

/// A byte of either alphabet of base64.
fn is_token(byte: u8) -> bool {
    SEXTETS[usize::from(byte)] < 64
}

/// The token at `start`, which has `len` characters or more, or its first part: where it ends and what it says. `None` if
/// it says nothing.
fn token(hay: &Hay, start: usize, len: usize) -> Option<Result<(usize, String), Undecided>> {
    let bytes = hay.rest(start);
    let whole = len <= PART + LAST;
    let body = &bytes[..if whole { len } else { PART }];
    let padding =
        if whole { bytes[len..].iter().take(2).take_while(|byte| **byte == b'=').count() } else { 0 };
    let mut end = start + body.len() + padding;
    let is_open = whole && hay.is_open(end);
    // of a shorter beginning nothing is known yet
    if is_hopeless(body) && !(is_open && body.len() < PROBE) {
        return None;
    }
    if is_open {
        return Some(Err(Undecided));
    }
    if whole && padding == 0 && body.len() >= LINE && body.len().is_multiple_of(4) {
        match fold(hay, end) {
            Some(len) => end += len,
            None => return Some(Err(Undecided)),
        }
    }
    // a token for signing in, which others know by the dot or by the word before
    let dotted = hay.at(end) == b'.';
    if dotted && hay.is_open(end + 1) {
        return Some(Err(Undecided));
    }
    if hay.before(start, 1) == b'.'
        || dotted && (body.starts_with(b"eyJ") || is_token(hay.at(end + 1)))
        || is_credential(hay, start)
    {
        return None;
    }
    let mut room = Room([0; PART + LAST]);
    let reads = |len: &usize, room: &Room<_>| text(&room.0[..*len]).is_some();
    // digits alone are a number, unless they spell a text without a flaw
    let number = body.iter().all(u8::is_ascii_digit);
    let spells = |len: &usize, room: &Room<_>| !number || !room.0[..*len].iter().any(u8::is_ascii_control);
    let len = hex(body, &mut room).filter(|len| reads(len, &room) && spells(len, &room));
    let other = || if number { None } else { base64(body, &mut room).filter(|len| reads(len, &room)) };
    let len = len.or_else(other)?;
    let plain = within(text(&room.0[..len])?, hay.depth);
    tells(&plain).then(|| Ok((end, plain.into_owned())))
}

/// How long the line end at `at` is if it only folds a token that goes on behind it, as in mails. None: more must come.
fn fold(hay: &Hay, at: usize) -> Option<usize> {
    let len = match hay.rest(at) {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        [b'\r'] if !hay.ends => return None,
        _ => return Some(0),
    };
    let next = hay.rest(at + len);
    let more = next.iter().take(SHORTEST).take_while(|byte| is_token(**byte)).count();
    if more < SHORTEST && hay.is_open(at + len + more) {
        return None;
    }
    Some(if more == SHORTEST { len } else { 0 })
}

/// Where a token is decoded: most say nothing, and memory is not asked for in vain.
struct Room<const LEN: usize>([u8; LEN]);

/// `Basic` or `Bearer` stands before `start`.
fn is_credential(hay: &Hay, start: usize) -> bool {
    let before: [u8; 7] = std::array::from_fn(|n| hay.before(start, 7 - n).to_ascii_lowercase());
    before.ends_with(b"basic ") || before.ends_with(b"bearer ")
}

/// What the token begins with decodes to no text, in either way.
fn is_hopeless(body: &[u8]) -> bool {
    let probe = &body[..body.len().min(PROBE) / 4 * 4];
    let mut room = Room([0; PROBE]);
    let is_text =
        |len: Option<usize>, room: &Room<PROBE>| len.is_some_and(|len| text(&room.0[..len]).is_some());
    let len = base64(probe, &mut room);
    if is_text(len, &room) {
        return false;
    }
    let len = hex(probe, &mut room);
    !is_text(len, &room)
}

/// `bytes` as text, if nearly all of it can be printed. A part can begin and end inside a character.
fn text(bytes: &[u8]) -> Option<&str> {
    let cut = bytes.iter().take(3).take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let text = match std::str::from_utf8(&bytes[cut..]) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[cut..cut + error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let control = bytes.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    if control * 20 > bytes.len() * 3 { None } else { Some(text) }
}

/// The text can hold a value, or is some words long.
fn tells(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 6 || text.contains('@') || (letters >= 10 && text.split_whitespace().count() >= 3)
}

/// Decodes `digits`, if all of them are hexadecimal: how many bytes they make.
fn hex<const LEN: usize>(digits: &[u8], room: &mut Room<LEN>) -> Option<usize> {
    let digits = digits.strip_prefix(b"0x").unwrap_or(digits);
    if digits.len() % 2 == 1 {
        return None;
    }
    for (pair, byte) in digits.as_chunks::<2>().0.iter().zip(&mut room.0) {
        let [high, low] = pair.map(|digit| HEX[usize::from(digit)]);
        if high | low >= 16 {
            return None;
        }
        *byte = high << 4 | low;
    }
    Some(digits.len() / 2)
}

/// Decodes `digits`, if all of them are of base64: how many bytes they make.
fn base64<const LEN: usize>(digits: &[u8], room: &mut Room<LEN>) -> Option<usize> {
    if digits.len() % 4 == 1 {
        return None;
    }
    let mut len = 0;
    for group in digits.chunks(4) {
        let mut bits = 0;
        for digit in group {
            let value = SEXTETS[usize::from(*digit)];
            if value >= 64 {
                return None;
            }
            bits = bits << 6 | u32::from(value);
        }
        let bits = bits << (6 * (4 - group.len()));
        let bytes = &bits.to_be_bytes()[1..group.len()];
        room.0.get_mut(len..len + bytes.len())?.copy_from_slice(bytes);
        len += bytes.len();
    }
    Some(len)
}

/// What hexadecimal digits are worth, [`NONE`] where a byte is none.
static HEX: [u8; 256] = byte_table!(byte => match byte {
    b'0'..=b'9' => byte - b'0',
    b'A'..=b'F' => byte - b'A' + 10,
    b'a'..=b'f' => byte - b'a' + 10,
    _ => NONE,
});

/// The same of digits in either alphabet of base64 (RFC 4648, 4 and 5).
static SEXTETS: [u8; 256] = byte_table!(byte => match byte {
    b'A'..=b'Z' => byte - b'A',
    b'a'..=b'z' => byte - b'a' + 26,
    b'0'..=b'9' => byte - b'0' + 52,
    b'+' | b'-' => 62,
    b'/' | b'_' => 63,
    _ => NONE,
});

/// No digit: more than any is worth.
const NONE: u8 = 255;
