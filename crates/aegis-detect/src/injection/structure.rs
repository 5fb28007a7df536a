//! Signs in the shape of a text: who speaks at the start of a line, and links that carry data out.

use super::Sign;
use super::families::{Families, Family};
use super::hits::Hit;
use std::ops::Range;

/// Roles that no writer of a document has.
const SPEAKERS: &[&[u8]] = &[
    b"system:",
    b"[system]:",
    b"system message:",
    b"developer message:",
    b"developer:",
    b"admin:",
    b"<system>",
];

/// Bytes of a link that are read.
const MAX_LINK: usize = 256;

/// Calls `each` with the structural signs of a window. `hits` say where links begin and where roles are named.
pub(super) fn signs(
    text: &[u8],
    window: &Range<usize>,
    hits: &[Hit],
    mut each: impl FnMut(f32, Family, Range<usize>),
) {
    let mut found = Families::default();
    for hit in hits {
        let Sign::Structure(kind) = hit.sign else { continue };
        let sign = match kind {
            Kind::Link => leaking_link(&text[..window.end], hit)
                .map(|end| (4.4, Family::Exfiltration, hit.span.start..end)),
            Kind::Speaker => {
                starts_line(text, hit.span.start).then(|| (2.6, Family::RoleSpoof, hit.span.clone()))
            }
        };
        if let Some((odds, family, span)) = sign
            && found.add(family)
        {
            each(odds, family, span);
        }
    }
}

/// What a structural hit points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Link,
    Speaker,
}

/// The patterns to look for.
pub(super) fn patterns() -> impl Iterator<Item = (String, Kind)> {
    let speakers =
        SPEAKERS.iter().map(|speaker| (String::from_utf8_lossy(speaker).into_owned(), Kind::Speaker));
    speakers.chain([("](http".to_owned(), Kind::Link), ("src=\"http".to_owned(), Kind::Link)])
}

/// The end of a link whose query is to be filled in: `?q={chat}`, `?d=$HISTORY`, `?x=<base64 …>`.
fn leaking_link(text: &[u8], hit: &Hit) -> Option<usize> {
    let rest = &text[hit.span.end..text.len().min(hit.span.end + MAX_LINK)];
    let end = memchr::memchr3(b')', b'"', b'\n', rest).unwrap_or(rest.len());
    let link = &rest[..end];
    let query = memchr::memchr(b'?', link)?;
    let filled =
        link[query..].windows(2).any(|pair| pair[0] == b'=' && matches!(pair[1], b'{' | b'$' | b'<' | b'['));
    filled.then_some(hit.span.end + end)
}

/// Only blanks, quotes of mails and marks of headings stand before `at` on its line.
fn starts_line(text: &[u8], at: usize) -> bool {
    let before = &text[at.saturating_sub(8)..at];
    let blank = before.iter().rev().position(|byte| !matches!(byte, b' ' | b'>' | b'#' | b'*' | b'-' | b'='));
    blank.is_none_or(|n| before[before.len() - 1 - n] == b'\n')
}
