//! JSON web tokens (RFC 7519): three parts in base64url, of which the first says how the third is made.

use crate::detector::{Match, Odds};
use crate::finding::Severity;
use crate::site::Site;

/// Longest token read.
const LONGEST: usize = 4096;
/// Bytes of a part that are decoded.
const DECODED: usize = 384;

/// The signature of the sample token that jwt.io shows, and of the one in RFC 7519.
const SAMPLES: &[&[u8]] =
    &[b"SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c", b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"];

pub(super) fn judge(site: &Site, start: usize) -> Option<Match> {
    let before = site.before(start);
    if is_part(before) || before == b'.' {
        return None;
    }
    let text = site.bytes(start..start + LONGEST);
    let (header, payload, signature) = parts(text)?;
    let mut room = [0; DECODED];
    let head = decode(header, &mut room);
    if !head.starts_with(b"{") || memchr::memmem::find(head, b"\"alg\"").is_none() {
        return None;
    }
    let unsigned = memchr::memmem::find(head, b"none").is_some();
    if signature.is_empty() && !unsigned {
        return None;
    }
    let mut room = [0; DECODED];
    let claims = decode(payload, &mut room);
    let len = header.len() + payload.len() + signature.len() + 2;
    let span = start..start + len;
    let mut found = Match::new(span, Odds::of(0.85), Severity::Critical, "json web token");
    found.add_if(claims.starts_with(b"{"), 2.0, "claims are json");
    if expiry(claims).is_some_and(|expiry| expiry < seconds(site)) {
        found.severity = Severity::Low;
        found.reasons.push("expired");
    }
    Some(found.known_test_if(SAMPLES.contains(&signature)))
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// The three parts at the start of `text`.
fn parts(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let part = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        &rest[..rest.iter().position(|&byte| !is_part(byte)).unwrap_or(rest.len())]
    };
    let header = part(0);
    let payload = part(header.len() + 1);
    let end = header.len() + 1 + payload.len();
    let dotted = text.get(header.len()) == Some(&b'.') && text.get(end) == Some(&b'.');
    (dotted && payload.len() >= 4).then(|| (header, payload, part(end + 1)))
}

/// Decodes base64url as far as there is room.
fn decode<'r>(part: &[u8], room: &'r mut [u8; DECODED]) -> &'r [u8] {
    let mut len = 0;
    let (mut bits, mut held) = (0u32, 0);
    for byte in part {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            let Some(slot) = room.get_mut(len) else { break };
            *slot = (bits >> held) as u8;
            len += 1;
        }
    }
    &room[..len]
}

/// The time of `"exp"` in the claims, in seconds of Unix time.
fn expiry(claims: &[u8]) -> Option<i64> {
    let at = memchr::memmem::find(claims, b"\"exp\"")? + 5;
    let digits = claims[at..]
        .iter()
        .skip_while(|byte| matches!(byte, b':' | b' '))
        .take_while(|byte| byte.is_ascii_digit());
    let time = digits.take(12).fold(0i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    (time > 0).then_some(time)
}

/// The beginning of today in seconds of Unix time, to a day or two.
fn seconds(site: &Site) -> i64 {
    let today = site.today();
    let years = i64::from(today.year) - 1970;
    let days = years * 1461 / 4 + i64::from(today.month - 1) * 153 / 5 + i64::from(today.day);
    days * 86_400
}
