//! Tokens by their own form: an issuer's format, a signed token, or random characters that a label calls secret.

use super::assignment::weigh;
use super::looks::{Looks, is_filler, is_stand_in, is_uuid};
use super::sieve::SHORTEST_HEX;
use super::{code, formats, jwt};
use crate::detector::{HINT, LABEL, Match, Odds};
use crate::finding::Severity;
use crate::lexer;
use crate::site::Site;

/// Bytes before a run of token bytes that can belong to the token: `hvs.`, `dp.pt.`, `1//0`.
pub(super) const LEAD: usize = 24;
/// Longest token of a fixed form.
const LONGEST: usize = 2200;

pub(super) fn judge(site: &Site) -> Option<Match> {
    let run = site.anchor().start + 1 - lexer::TOKEN;
    if site.bytes(run..run + 3) == b"eyJ" {
        return jwt::judge(site, run);
    }
    of_format(site, run)
        .or_else(|| lead(site, run).and_then(|lead| of_format(site, lead)))
        .or_else(|| telegram(site, run))
        .or_else(|| discord(site, run))
        .or_else(|| azure(site, run))
        .or_else(|| aws_secret(site, run))
        .or_else(|| labelled(site, run))
}

/// A token of a known format at `start`.
fn of_format(site: &Site, start: usize) -> Option<Match> {
    if !opens(site, start) {
        return None;
    }
    let text = site.bytes(start..start + LONGEST);
    let (format, len) = formats::at(text)?;
    let token = &text[..len];
    let known = memchr::memmem::find(token, b"EXAMPLE").is_some();
    let proven = format.is_proven(token);
    if !known && proven != Some(true) && is_filler(&token[format.prefix.len()..]) {
        return None;
    }
    let mut found = Match::new(start..start + len, Odds::of(format.confidence), format.severity, format.name);
    match proven {
        Some(true) => found.add(2.5, "check sum or mark of the issuer"),
        Some(false) => found.add(-0.5, "without the issuer's check sum or mark"),
        None => {}
    }
    Some(found.known_test_if(known))
}

/// Nothing before `start` makes the token the tail of something longer.
fn opens(site: &Site, start: usize) -> bool {
    let before = site.before(start);
    !(before.is_ascii_alphanumeric() || matches!(before, b'_' | b'-' | b'.' | b'+'))
}

/// Where a token begins whose first part is too short to be noted.
fn lead(site: &Site, run: usize) -> Option<usize> {
    if !matches!(site.before(run), b'.' | b'/' | b'!') {
        return None;
    }
    let before = site.bytes(run.saturating_sub(LEAD)..run);
    let len = before.iter().rev().take_while(|byte| is_lead_byte(**byte)).count();
    (len < LEAD || run == len).then_some(run - len)
}

/// A byte of what may stand before a run and belong to the token.
pub(super) fn is_lead_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/' | b'!')
}

/// `123456789:AA…`: the number of a bot, a colon and 35 characters.
fn telegram(site: &Site, run: usize) -> Option<Match> {
    if site.before(run) != b':' {
        return None;
    }
    let before = site.bytes(run.saturating_sub(12)..run - 1);
    let number = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let secret = site.bytes(run..run + 64).iter().take_while(|byte| is_word(**byte)).count();
    let start = run - 1 - number;
    ((8..=10).contains(&number) && secret == 35 && site.byte(run) == b'A' && opens(site, start))
        .then(|| Match::new(start..run + secret, Odds::of(0.95), Severity::Critical, "telegram bot token"))
}

/// The number of a bot in base64, when it was made, and a signature, with full stops between.
fn discord(site: &Site, run: usize) -> Option<Match> {
    let text = site.bytes(run..run + 96);
    let [b'M' | b'N' | b'O', b'D' | b'T' | b'j' | b'z', ..] = text else { return None };
    let mut parts = text.split(|byte| *byte == b'.');
    let (number, time, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let signature = rest.iter().take_while(|byte| is_word(**byte)).count();
    let whole = [number, time].iter().all(|part| part.iter().all(|byte| is_word(*byte)));
    let fits = matches!(number.len(), 23..=28) && time.len() == 6 && matches!(signature, 27..=38);
    let len = number.len() + time.len() + signature + 2;
    (whole && fits && opens(site, run))
        .then(|| Match::new(run..run + len, Odds::of(0.95), Severity::Critical, "discord bot token"))
}

/// A client secret of Entra ID: three characters, a digit, `Q~` and 31 to 34 more.
fn azure(site: &Site, run: usize) -> Option<Match> {
    if site.before(run) != b'~' || site.before(run - 1) != b'Q' {
        return None;
    }
    let is_part = |byte: &u8| is_word(*byte) || matches!(byte, b'~' | b'.');
    let tail = site.bytes(run..run + 64).iter().take_while(|byte| is_part(byte)).count();
    let start = run.checked_sub(6)?;
    let whole = site.bytes(start..run).iter().all(is_part);
    (whole && (31..=34).contains(&tail) && site.byte(start + 3).is_ascii_digit() && opens(site, start))
        .then(|| Match::new(start..run + tail, Odds::of(0.95), Severity::Critical, "azure client secret"))
}

/// Bytes before a run that random characters can begin in.
pub(super) const BACK: usize = 40;
/// Bytes between the id of an AWS key and its secret.
const BESIDE: usize = 64;

/// The secret of an AWS key, which has no mark of its own: 40 random characters soon after the id.
fn aws_secret(site: &Site, run: usize) -> Option<Match> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let head =
        site.bytes(run.saturating_sub(BACK)..run).iter().rev().take_while(|byte| is_part(byte)).count();
    let start = run - head;
    let text = site.bytes(start..start + 41);
    if text.iter().take_while(|byte| is_part(byte)).count() != 40 || Looks::of(&text[..40]).kinds() < 3 {
        return None;
    }
    let before = site.bytes(start.saturating_sub(BESIDE)..start);
    let beside = [&b"AKIA"[..], b"ASIA"].iter().any(|id| memchr::memmem::find(before, id).is_some());
    let known = memchr::memmem::find(&text[..40], b"EXAMPLE").is_some();
    (beside && opens(site, start)).then(|| {
        let found = Match::new(start..start + 40, Odds::of(0.9), Severity::Critical, "aws secret access key");
        found.known_test_if(known)
    })
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Shortest run of random characters that a label makes a secret.
pub(super) const SHORTEST: usize = 20;
/// Longest; what is longer is data.
const MOST: usize = 200;

/// Random characters that a label or the head of a column calls secret.
fn labelled(site: &Site, run: usize) -> Option<Match> {
    let before = site.bytes(run.saturating_sub(BACK)..run);
    let head = before.iter().rev().take_while(|byte| is_secret_byte(**byte)).count();
    let start = run - head;
    let text = site.bytes(start..start + MOST + 1);
    let len = text.iter().take_while(|byte| is_secret_byte(**byte)).count();
    let value = &text[..len];
    // most are too short or have no name, and how they look costs more to see
    if !(SHORTEST..=MOST).contains(&len) || !opens(site, start) {
        return None;
    }
    let promise = code::named_before(site, start);
    if promise.is_none() && !site.may_be_labelled(start) {
        return None;
    }
    let looks = Looks::of(value);
    let random = if looks.hex {
        looks.entropy >= 3.0 && len >= SHORTEST_HEX
    } else {
        looks.kinds() >= 3 && looks.entropy >= 3.5
    };
    if !random || is_uuid(value) || is_stand_in(value) || is_identifier(value) {
        return None;
    }
    if let Some(promise) = promise {
        return weigh(site, promise, start, start + len, true);
    }
    if is_id(site, start) {
        return None;
    }
    let context = site.context(start..start + len);
    if !context.names(site.own) {
        return None;
    }
    let mut found = Match::new(start..start + len, Odds::of(0.40), Severity::High, "random characters");
    found.add(LABEL, "label: secret");
    found.add_if(context.hints(site), HINT, "secret word near");
    Some(found)
}

/// Words with humps or joined by signs, and few digits among them: `XXH3_initCustomSecret_scalar`. Random letters change
/// their case more often.
fn is_identifier(value: &[u8]) -> bool {
    let words = value.split(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let (mut letters, mut changes, mut parts) = (0, 0, 0);
    for word in words {
        letters += word.len();
        parts += 1;
        changes += word
            .windows(2)
            .filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
            .count();
    }
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let ended = value.last().is_some_and(|last| last.is_ascii_alphabetic() || *last == b'=');
    ended && digits <= 6 && letters >= 4 * (changes + parts) && letters * 10 >= value.len() * 7
}

/// The name before the value says that it only tells a secret from others: `private_key_id`, `secretName`, `tokenRef`.
fn is_id(site: &Site, start: usize) -> bool {
    let before = site.bytes(start.saturating_sub(24)..start);
    let end = before.iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |last| last + 1);
    let name = &before[..end];
    [&b"id"[..], b"ref", b"name", b"arn", b"hash", b"version", b"uuid", b"fingerprint"].iter().any(|tail| {
        let Some(head) = name.len().checked_sub(tail.len()).and_then(|at| name.split_at_checked(at)) else {
            return false;
        };
        let (rest, word) = head;
        word.eq_ignore_ascii_case(tail)
            && rest.last().is_some_and(|last| {
                matches!(last, b'_' | b'-' | b' ')
                    || last.is_ascii_lowercase() && word[0].is_ascii_uppercase()
            })
    })
}

pub(super) const fn is_secret_byte(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'+' | b'/' | b'=' | b'.' | b'~')
}
