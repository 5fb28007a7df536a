//! How far the window of an anchor reaches, by its kind.
//! Asked by the site, which shows no more of the text, and by streams, which wait until that much has come.
//! Invariant: `reach` never sees less than `horizon` asks for, and a verdict reads no byte from `horizon` on.

use super::asks;
use crate::armour;
use crate::lexer::{Anchor, Kind};

/// Bytes before an anchor that can matter: the longest local part of an address and its context.
pub(crate) const BEFORE: usize = 192;
/// Bytes from the start of a digit group or colon that can matter: a phone with extension and its context.
pub(crate) const AFTER: usize = 96;
/// The same where a street can follow the number: its name, the flat, the town and its code.
const AFTER_STREET: usize = 144;
/// Bytes after an `@` that can matter: the longest domain name.
const AFTER_AT: usize = 256;
/// Bytes after the last character of a value that can matter.
const CONTEXT: usize = 36;
/// Longest value given to a name, and longest address of a server.
const AFTER_SIGN: usize = 256;
/// Longest token of a known form; longer than any but those in [`is_long_token`].
const TOKEN: usize = 480;
/// Longest token that says itself how long it is.
const LONG_TOKEN: usize = 4096;
/// Longest armoured key.
const BLOCK: usize = armour::LONGEST;
/// Most digit groups one value is made of.
pub(crate) const MAX_GROUPS: usize = 20;
/// The farthest any window reaches.
pub(crate) const LONGEST: usize = BLOCK + CONTEXT;

/// Longest stretch before an anchor that a value beginning there can reach back over without a blank.
pub(crate) const REACH_BACK: usize = 66;

/// Most bytes of plain text that a stream holds back for a detector that looks at anchors of these kinds.
pub(crate) const fn hold(kinds: &[Kind]) -> usize {
    let (mut most, mut at) = (0, 0);
    while at < kinds.len() {
        let ahead = match kinds[at] {
            Kind::Digits | Kind::Lettered => AFTER_STREET,
            Kind::Colon | Kind::Capitals => AFTER,
            Kind::At => AFTER_AT + CONTEXT,
            Kind::Assign | Kind::Password | Kind::Scheme => AFTER_SIGN + CONTEXT,
            Kind::Token => LONG_TOKEN + CONTEXT,
            Kind::Block => BLOCK + CONTEXT,
        };
        if ahead > most {
            most = ahead;
        }
        at += 1;
    }
    most + REACH_BACK
}

/// Where the window of an anchor may end at most. Costs nothing to know.
pub(crate) fn reach(hay: &[u8], anchor: &Anchor) -> usize {
    let at = anchor.start;
    match anchor.kind {
        Kind::Digits if may_be_street(hay, anchor) => at + AFTER_STREET,
        Kind::Digits | Kind::Lettered | Kind::Colon | Kind::Capitals => at + AFTER,
        Kind::At => {
            let tail = &hay[anchor.end..hay.len().min(anchor.end + AFTER_AT)];
            let domain = tail.iter().position(|&byte| !is_domain_byte(byte)).unwrap_or(AFTER_AT);
            anchor.end + domain + CONTEXT
        }
        Kind::Assign | Kind::Password | Kind::Scheme => at + AFTER_SIGN + CONTEXT,
        Kind::Token => at + LONG_TOKEN + CONTEXT,
        Kind::Block => at + BLOCK + CONTEXT,
    }
}

/// Where the window of an anchor ends. The text from there on cannot change the verdict.
pub(crate) fn horizon(hay: &[u8], anchor: &Anchor) -> usize {
    let at = anchor.start;
    let until = |most: usize, goes_on: fn(u8) -> bool| {
        let tail = &hay[at..hay.len().min(at + most)];
        at + tail.iter().position(|&byte| !goes_on(byte)).unwrap_or(most) + CONTEXT
    };
    match anchor.kind {
        Kind::Digits | Kind::Lettered | Kind::Colon | Kind::Capitals | Kind::At => reach(hay, anchor),
        Kind::Assign => until(AFTER_SIGN, |byte| byte != b'\n'),
        Kind::Password => {
            let tail = &hay[at..hay.len().min(at + AFTER_SIGN)];
            let mut ends = memchr::memchr_iter(b'\n', tail);
            let end = ends.next().and_then(|end| if asks(&tail[..end]) { ends.next() } else { Some(end) });
            at + end.unwrap_or(AFTER_SIGN) + CONTEXT
        }
        Kind::Scheme => until(AFTER_SIGN, |byte| !byte.is_ascii_whitespace()),
        Kind::Token if is_long_token(hay, anchor) => until(LONG_TOKEN, is_token_byte),
        Kind::Token => until(TOKEN, is_token_byte),
        Kind::Block => match armour::read(hay, at) {
            // what is read to the end of the text at hand may go on
            Some(block) if block.read_to + CONTEXT < hay.len() => block.read_to + CONTEXT,
            Some(_) => at + BLOCK + CONTEXT,
            None => at + AFTER,
        },
    }
}

/// A number of up to six digits before a word: a house may be meant.
fn may_be_street(hay: &[u8], anchor: &Anchor) -> bool {
    anchor.end - anchor.start <= 6
        && hay
            .get(anchor.end)
            .is_none_or(|next| matches!(next, b' ' | b',' | b'-' | b'a'..=b'z' | b'A'..=b'Z'))
}

/// Tokens that can be very long: signed claims and what begins like them, macaroons.
pub(crate) fn is_long_token(hay: &[u8], anchor: &Anchor) -> bool {
    let start = (anchor.start + 1).saturating_sub(crate::lexer::TOKEN);
    [&b"eyJ"[..], b"pypi-Ag", b"ops_eyJ"].iter().any(|head| hay[start..].starts_with(head))
}

/// A byte that tokens of any form are made of.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.+/=~%:".contains(&byte)
}

/// A byte that can stand in a host name; letters outside ASCII can.
pub(crate) fn is_domain_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' || byte >= 0x80
}
