//! Addresses with a password in them, and addresses that are a secret themselves (web hooks).
//! The whole address is the span: without it the password would say little about what it opens.

use super::formats;
use super::looks::{Looks, is_stand_in};
use crate::byte_table::byte_table;
use crate::detector::{Match, Odds};
use crate::detectors::email;
use crate::finding::Severity;
use crate::site::Site;
use crate::word_list::WordList;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Longest address read.
const LONGEST: usize = 250;
/// Longest name of a scheme.
const SCHEME: usize = 24;

/// Passwords of examples and of fresh installations.
static DEFAULTS: WordList = WordList::new(&[
    "password",
    "passwd",
    "pass",
    "pwd",
    "pw",
    "secret",
    "postgres",
    "root",
    "admin",
    "guest",
    "user",
    "test",
    "changeme",
    "mysql",
    "example",
    "username",
    "mypassword",
    "token",
]);

/// Hosts and paths that take what anyone sends who knows the address.
const HOOKS: &[&str] = &[
    "hooks.slack.com/services/T",
    "hooks.slack.com/workflows/T",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    ".webhook.office.com/webhookb2/",
    "hooks.zapier.com/hooks/catch/",
];

pub(super) fn judge(site: &Site) -> Option<Match> {
    let colon = site.anchor().start;
    let before = site.bytes(colon.saturating_sub(SCHEME)..colon);
    let scheme =
        before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte)).count();
    let letters =
        before[before.len() - scheme..].iter().take_while(|byte| !byte.is_ascii_alphabetic()).count();
    let start = colon - scheme + letters;
    if start == colon {
        return None;
    }
    let text = site.bytes(colon + 3..colon + 3 + LONGEST);
    if site.bytes(start.saturating_sub(JDBC.len())..start) == JDBC {
        return jdbc(start - JDBC.len()..colon + 3 + address_len(text), &text[..address_len(text)]);
    }
    let web = before.ends_with(b"https");
    // most addresses have neither, and where they end costs more to see
    if memchr::memchr(b'@', text).is_none() && !(web && HOOK.find(text).is_some()) {
        return None;
    }
    let end = colon + 3 + address_len(text);
    let hook = if web { hook(site, start..end, text) } else { None };
    hook.or_else(|| credentials(site, start..end, colon + 3))
}

/// The bytes that end an address.
static ENDS: [bool; 256] = byte_table!(byte => {
    !byte.is_ascii_graphic() || matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' | b'|' | b'^')
});

/// How long the address at the start of `text` is.
fn address_len(text: &[u8]) -> usize {
    let mut len = text.iter().position(|&byte| ENDS[usize::from(byte)]).unwrap_or(text.len());
    // brackets belong to it when they are opened in it
    if memchr::memchr3(b')', b']', b'}', &text[..len]).is_none() {
        return without_stops(text, len);
    }
    for (open, close) in [(b'(', b')'), (b'[', b']'), (b'{', b'}')] {
        if let Some(at) = memchr::memchr(close, &text[..len])
            && memchr::memchr(open, &text[..at]).is_none()
        {
            len = at;
        }
    }
    without_stops(text, len)
}

/// `len` without the signs that end a sentence.
fn without_stops(text: &[u8], mut len: usize) -> usize {
    while len > 0 && b".,;:!?".contains(&text[len - 1]) {
        len -= 1;
    }
    len
}

/// Every one of [`HOOKS`] has this: one search spares six.
static HOOK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("hook"));

fn hook(site: &Site, span: std::ops::Range<usize>, text: &[u8]) -> Option<Match> {
    let address = &text[..span.end - (site.anchor().start + 3)];
    HOOK.find(address)?;
    if !matches!(address.first(), Some(b'h' | b'd' | b'H'))
        && memchr::memmem::find(address, b".webhook.").is_none()
    {
        return None;
    }
    let known = HOOKS
        .iter()
        .find_map(|hook| memchr::memmem::find(address, hook.as_bytes()).map(|at| at + hook.len()))?;
    let rest = &address[known..];
    let looks = Looks::of(rest);
    (rest.len() >= 20 && looks.entropy >= 3.2 && !is_stand_in(rest))
        .then(|| Match::new(span, Odds::of(0.95), Severity::High, "web hook"))
}

/// What the addresses of databases begin with in Java.
const JDBC: &[u8] = b"jdbc:";

/// `jdbc:mysql://host/db?user=app&password=…`: the password is one of its parameters.
fn jdbc(span: std::ops::Range<usize>, address: &[u8]) -> Option<Match> {
    let parameters = address.split(|byte| b"?&;".contains(byte)).skip(1);
    let password = parameters
        .filter_map(|parameter| memchr::memchr(b'=', parameter).map(|sign| parameter.split_at(sign)))
        .find(|(name, _)| {
            [&b"password"[..], b"pwd", b"passwd"].iter().any(|known| name.eq_ignore_ascii_case(known))
        })
        .map(|(_, value)| &value[1..])?;
    let plain =
        DEFAULTS.has(password) || memchr::memchr2(b'<', b'{', password).is_some() || password.is_empty();
    let name = matches!(password.first(), Some(b'$' | b'%'));
    (!plain && !name && !is_stand_in(password))
        .then(|| Match::new(span, Odds::of(0.997), Severity::Critical, "address with a password"))
}

/// The host is kept for documents (RFC 2606).
fn is_documented(host: &[u8]) -> bool {
    let end = host.iter().position(|byte| b":/?#".contains(byte)).unwrap_or(host.len());
    let name = std::str::from_utf8(&host[..end]).unwrap_or_default();
    ["example.com", "example.org", "example.net"].iter().any(|kept| email::is_under(name, kept))
}

/// `scheme://user:password@host…`, or a random token in place of the user.
fn credentials(site: &Site, span: std::ops::Range<usize>, from: usize) -> Option<Match> {
    let address = site.bytes(from..span.end);
    // a password can hold a slash or a question mark: the last `@` before the path counts, else the last of all
    let path = address.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(address.len());
    let sign = memchr::memrchr(b'@', &address[..path]).or_else(|| memchr::memrchr(b'@', address))?;
    let (user, host) = (&address[..sign], &address[sign + 1..]);
    if host.is_empty() || !(host[0].is_ascii_alphanumeric() || matches!(host[0], b'[' | b'$' | b'{' | b'_')) {
        return None;
    }
    let Some(colon) = memchr::memchr(b':', user) else { return bare_token(user, span) };
    let password = &user[colon + 1..];
    if password.is_empty() || user[..colon].contains(&b'/') || memchr::memchr2(b'<', b'{', password).is_some()
    {
        return None;
    }
    std::str::from_utf8(password).ok()?;
    // a port and a path: `https://localhost:3000/jquery@1.2.3`
    let port = password.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if port > 0 && password.get(port) == Some(&b'/') {
        return None;
    }
    // the token of an issuer says itself what it opens, and is the same secret wherever it stands
    if formats::at(password).is_some_and(|(_, len)| len == password.len()) {
        return None;
    }
    let plain =
        DEFAULTS.has(password) || password.iter().all(|byte| matches!(byte, b'*' | b'x' | b'X' | b'.'));
    let name = password[0] == b'$' || password[0] == b'%' && password.ends_with(b"%");
    let mut found = Match::new(span, Odds::of(0.997), Severity::Critical, "address with a password");
    if plain || name || (is_stand_in(password) && password.len() > 4) {
        found.severity = Severity::Low;
        found.add(-6.8, "password of an example");
    }
    Some(found.known_test_if(is_documented(host)))
}

/// A token given as the user, as forges take it.
fn bare_token(user: &[u8], span: std::ops::Range<usize>) -> Option<Match> {
    let looks = Looks::of(user);
    (user.len() >= 20
        && !user.contains(&b'/')
        && looks.digits > 0
        && looks.entropy >= 3.3
        && !is_stand_in(user))
    .then(|| Match::new(span, Odds::of(0.85), Severity::High, "address with a token"))
}
