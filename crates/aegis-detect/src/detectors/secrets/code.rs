//! Passwords that code and commands are given: `define('DB_PASSWORD', '…')`, `IDENTIFIED BY '…'`, `new PDO(dsn, user, '…')`,
//! `mysql -p…`, `<password>…</password>`, `snmp-server community … RO`.
//! Asked for the words that announce one (`lexer/literals`). Invariant: a value lies on the line of its word.

use super::assignment::{VALUE, weigh};
use super::looks::Looks;
use super::names::{Promise, promise};
use crate::detector::Match;
use crate::site::Site;
use std::ops::Range;

/// Bytes after a word in which its value begins and ends.
const LINE: usize = 220;
/// Longest name of a constant, and most arguments of a call.
const NAME: usize = 48;
const ARGUMENTS: usize = 8;

/// What the word at the anchor announces, if it is one of code: `None` if it is not.
pub(super) fn judge(site: &Site) -> Option<Option<Match>> {
    let anchor = site.anchor();
    let word = site.bytes(anchor.start..anchor.end);
    let line = line_after(site, anchor.end);
    let found = match word {
        [.., b'e', b'(', b'\'' | b'"'] => definition(site, anchor.end, line),
        [.., b'Y' | b'y', b' ', b'\'' | b'"'] => memchr::memchr(word[word.len() - 1], line)
            .and_then(|len| password(site, anchor.end..anchor.end + len, true)),
        b"rver community " => community(site, anchor.end, line),
        [.., b'('] => last_argument(site, anchor.end, line),
        [.., b'-'] | b"sshpass -p" => flag(site, anchor.end, line),
        _ => return None,
    };
    Some(found)
}

/// What stands on the line from `at` on.
fn line_after<'a>(site: &Site<'a>, at: usize) -> &'a [u8] {
    let line = site.bytes(at..at + LINE);
    &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())]
}

fn password(site: &Site, span: Range<usize>, quoted: bool) -> Option<Match> {
    VALUE.contains(&span.len()).then(|| weigh(site, Promise::Password, span.start, span.end, quoted))?
}

/// `DB_PASSWORD', '…'`: a constant and its value.
fn definition(site: &Site, at: usize, line: &[u8]) -> Option<Match> {
    let name = memchr::memchr2(b'\'', b'"', line).filter(|len| *len <= NAME)?;
    let promise = promise_of(&line[..name])?;
    let value = paired(site, at + name, line.get(name..)?)?;
    weigh_pair(site, promise, value)
}

/// Where the literal after a name lies: `', '…'`, `": "…"` or `' => '…'`; `rest` begins with the quote of the name.
fn paired(site: &Site, at: usize, rest: &[u8]) -> Option<Range<usize>> {
    let quote = *rest.first().filter(|quote| matches!(quote, b'\'' | b'"'))?;
    let gap = rest[1..].iter().take(4).take_while(|byte| matches!(byte, b',' | b' ')).count();
    let open = 1 + gap;
    if !rest[1..open].contains(&b',') || rest.get(open) != Some(&quote) {
        return None;
    }
    let start = open + 1;
    let len = memchr::memchr(quote, &rest[start..])?;
    let span = at + start..at + start + len;
    (VALUE.contains(&len) && site.bytes(span.clone()).len() == len).then_some(span)
}

fn promise_of(name: &[u8]) -> Option<Promise> {
    // the salts of an installation are keys, too
    let salt = name.ends_with(b"_SALT") || name.ends_with(b"_salt");
    if salt {
        Some(Promise::Key)
    } else {
        promise(name).or_else(|| name.ends_with(b"_KEY").then_some(Promise::Key))
    }
}

fn weigh_pair(site: &Site, promise: Promise, value: Range<usize>) -> Option<Match> {
    let text = site.bytes(value.clone());
    let looks = Looks::of(text);
    // blanks are part of what a machine made, and of sentences
    let promise =
        if promise != Promise::Password && text.len() >= 20 && looks.entropy >= 3.5 && looks.kinds() >= 3 {
            Promise::Key
        } else {
            promise
        };
    weigh(site, promise, value.start, value.end, true)
}

/// The literal after a name of a secret and a comma: `setProperty("password", "…")`. `at` is where the name's word ends.
pub(super) fn after_name(site: &Site, at: usize, line: &[u8]) -> Option<Match> {
    let value = paired(site, at, line)?;
    password(site, value, true)
}

/// `password>…</password>`: the text of an element. `line` begins with `>`, or a quote and `>`.
pub(super) fn element(site: &Site, at: usize, line: &[u8]) -> Option<Match> {
    let open = 1 + usize::from(matches!(line.first(), Some(b'"' | b'\'')));
    if line.get(open - 1) != Some(&b'>') || open == 2 && !is_name_attribute(site) {
        return None;
    }
    let text = &line[open..];
    let len = memchr::memchr(b'<', text).filter(|len| text[*len..].starts_with(b"</"))?;
    password(site, at + open..at + open + len, true)
}

/// The word at the anchor is the name that an element gives its text: `<entry key="db.password">`, no `<label for="password">`.
fn is_name_attribute(site: &Site) -> bool {
    let before = site.bytes(site.anchor().start.saturating_sub(NAME)..site.anchor().start);
    let Some(open) = before.iter().rposition(|byte| matches!(byte, b'"' | b'\'')) else { return false };
    before[..open].ends_with(b" name=") || before[..open].ends_with(b" key=")
}

/// The last literal of a call that can be a password, after a user or a host.
fn last_argument(site: &Site, at: usize, line: &[u8]) -> Option<Match> {
    let (mut from, mut last, mut literals) = (0, None, 0);
    for _ in 0..ARGUMENTS {
        let blanks = line[from..].iter().take_while(|byte| **byte == b' ').count();
        from += blanks;
        match line.get(from) {
            Some(quote @ (b'\'' | b'"')) => {
                let len = memchr::memchr(*quote, &line[from + 1..])?;
                if literals > 0 || from > blanks {
                    let span = from + 1..from + 1 + len;
                    last = Some(span.clone()).filter(|_| may_be_password(&line[span])).or(last);
                }
                literals += 1;
                from += len + 2;
            }
            Some(_) => {
                from += line[from..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || b"$_.:>-[]".contains(byte))
                    .count()
            }
            None => break,
        }
        match line.get(from) {
            Some(b',') => from += 1,
            _ => break,
        }
    }
    let last = last?;
    password(site, at + last.start..at + last.end, true)
}

/// Looks like nothing that has a name: no host, address or file.
fn may_be_password(text: &[u8]) -> bool {
    let looks = Looks::of(text);
    let host = text.contains(&b'.')
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b".-:_".contains(byte));
    let address = text.contains(&b'@') && text.contains(&b'.');
    looks.are_unsaid() && !host && !address
}

/// `mysqldump -u backup -p'…'`, `mysql -uroot -p…`, `sshpass -p …`.
fn flag(site: &Site, at: usize, line: &[u8]) -> Option<Match> {
    let word = site.bytes(site.anchor().start..at);
    let spaced = word.ends_with(b" -p");
    let from = if spaced {
        usize::from(line.first() == Some(&b' '))
    } else if line.first() == Some(&b'p') {
        1
    } else {
        let flag = memchr::memmem::find(line, b" -p").map(|flag| flag + 3)?;
        let piped = line[..flag].iter().any(|byte| matches!(byte, b'|' | b';' | b'>'));
        if piped {
            return None;
        }
        flag
    };
    let quote = *line.get(from)?;
    let (start, len, quoted) = match quote {
        b'\'' | b'"' => (from + 1, memchr::memchr(quote, &line[from + 1..])?, true),
        _ => (
            from,
            line[from..].iter().take_while(|byte| byte.is_ascii_graphic() && !b"|;<>".contains(byte)).count(),
            false,
        ),
    };
    password(site, at + start..at + start + len, quoted)
}

/// `snmp-server community … RO`.
fn community(site: &Site, at: usize, line: &[u8]) -> Option<Match> {
    let before = site.bytes(site.anchor().start.saturating_sub(8)..site.anchor().start);
    let len = line.iter().take_while(|byte| byte.is_ascii_graphic()).count();
    before.ends_with(b"snmp-se").then(|| password(site, at..at + len, false))?
}

/// What the name in quotes before the literal at `start` promises: `define('AUTH_KEY', '`.
pub(super) fn named_before(site: &Site, start: usize) -> Option<Promise> {
    let quote = site.before(start);
    if !matches!(quote, b'\'' | b'"') {
        return None;
    }
    let before = site.bytes(start.saturating_sub(NAME + 8)..start - 1);
    let head = before.trim_ascii_end().strip_suffix(b",")?.trim_ascii_end().strip_suffix(&[quote])?;
    let open = memchr::memrchr(quote, head)?;
    promise(&head[open + 1..]).filter(|promise| *promise != Promise::Perhaps)
}
