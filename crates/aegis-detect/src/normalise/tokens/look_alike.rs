//! Numbers in which letters stand for digits: `88l-8O-7494`, `5326 5l37 l789 5682`.
//! A run is undone only if most of it are digits and it then has the shape of a value, or the check digits of an account.

use super::{Hay, Next, Walk, is_word};
use crate::byte_table::byte_table;
use crate::checksum;
use std::ops::Range;

/// Longest run.
const MAX_RUN: usize = 48;
/// Most groups.
const MAX_GROUPS: usize = 10;

/// The shapes a run of groups of digits can have when it stands for a value: lengths, and what joins them.
const SHAPES: &[(&[usize], &[u8])] = &[
    (&[3, 2, 4], b"- ."),
    (&[3, 3, 4], b"- ."),
    (&[1, 3, 3, 4], b"- ."),
    (&[4, 4, 4, 4], b"- "),
    (&[4, 6, 5], b"- "),
    (&[4, 6, 4], b"- "),
    (&[2, 2, 4], b"-/."),
    (&[4, 2, 2], b"-/."),
    (&[9], b""),
    (&[10], b""),
    (&[14], b""),
    (&[15], b""),
    (&[16], b""),
];

pub(super) fn next(hay: &Hay, meetings: &mut Walk, from: usize) -> Next {
    let mut at = from;
    let mut open = Next::Nothing;
    // what begins before has been tried, and what begins somewhere does not depend on where letters meet digits
    let mut tried = from;
    while let Some(meeting) = meetings.next(at) {
        at = meeting + 1;
        if !is_part(hay.at(meeting)) || !is_part(hay.at(at)) {
            continue;
        }
        let number = number(hay, meeting, tried);
        let account = account(hay, meeting, tried);
        tried = at;
        let first = if account.start() < number.start() { account } else { number };
        match first {
            Next::Unit(..) => return first,
            Next::Open(start) => {
                open = if start < open.start() { Next::Open(start) } else { open };
                break;
            }
            Next::Nothing => at += run_after(hay, at),
        }
    }
    let tail = open_run(hay, from);
    if tail.start() < open.start() { tail } else { open }
}

/// How many letters and digits follow without a gap.
fn run_after(hay: &Hay, at: usize) -> usize {
    let rest = &hay.rest(at);
    rest.iter().take_while(|byte| is_part(**byte)).count().saturating_sub(1)
}

/// A digit, or a byte of what looks like one.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_digit() || is_letter(byte)
}

/// A letter, or part of one, that looks like a digit.
const fn letter(byte: u8) -> bool {
    matches!(
        byte,
        b'O' | b'o'
            | b'l'
            | b'I'
            | b'|'
            | b'S'
            | b'B'
            | 0xC4
            | 0xCE
            | 0xD0
            | 0x86
            | 0x9E
            | 0x9F
            | 0xB1
            | 0xBE
            | 0xBF
    )
}

/// The bytes that are such.
static LETTERS: [bool; 256] = byte_table!(byte => letter(byte));

fn is_letter(byte: u8) -> bool {
    LETTERS[usize::from(byte)]
}

/// The digit at `at` or what looks like one, and its length in bytes.
fn slot(hay: &Hay, at: usize) -> Option<(u8, usize)> {
    let digit = match hay.at(at) {
        digit @ b'0'..=b'9' => digit,
        b'O' | b'o' => b'0',
        b'l' | b'I' => b'1',
        b'|' if is_digit_bar(hay.before(at, 1), hay.at(at + 1)) => b'1',
        b'S' => b'5',
        b'B' => b'8',
        0xD0 if matches!(hay.at(at + 1), 0x9E | 0xBE) => return Some((b'0', 2)),
        0xCE if hay.at(at + 1) == 0x9F || hay.at(at + 1) == 0xBF => return Some((b'0', 2)),
        0xD0 if hay.at(at + 1) == 0x86 => return Some((b'1', 2)),
        0xC4 if hay.at(at + 1) == 0xB1 => return Some((b'1', 2)),
        _ => return None,
    };
    Some((digit, 1))
}

/// A bar between these stands for a digit. Beside another it ends the cell of a table.
fn is_digit_bar(before: u8, after: u8) -> bool {
    [before, after].iter().all(|byte| is_part(*byte) && *byte != b'|')
}

/// A group of digits and what looks like some.
#[derive(Clone, Copy, Default)]
struct Group {
    start: usize,
    end: usize,
    len: usize,
    honest: usize,
    joint: u8,
}

/// The first number that begins at or before `meeting`, in the groups that hang together there.
fn number(hay: &Hay, meeting: usize, tried: usize) -> Next {
    let mut start = meeting;
    while start > tried && meeting - start < MAX_RUN && is_run(hay, start) {
        start -= 1;
    }
    while start <= meeting {
        let first = group(hay, start);
        let next = if begins(hay, start) { number_at(hay, start, first) } else { Next::Nothing };
        if next != Next::Nothing {
            return next;
        }
        start = first.end + 1;
    }
    Next::Nothing
}

/// The byte before `at` belongs to a run of groups.
fn is_run(hay: &Hay, at: usize) -> bool {
    let [before, further] = [1, 2].map(|back| hay.before(at, back));
    let joint = joins(before) && (is_part(further) || further == b')') && is_part(hay.at(at));
    let closing = before == b')' && is_part(further) && (joins(hay.at(at)) || is_part(hay.at(at)));
    is_part(before) || joint || closing
}

/// What can stand between two groups.
fn joins(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/')
}

/// Nothing longer goes on before the group at `start`.
fn begins(hay: &Hay, start: usize) -> bool {
    let [joint, further, third] = [1, 2, 3].map(|back| hay.before(start, back));
    let goes_on = match joint {
        b' ' => further.is_ascii_digit() || (is_letter(further) && third.is_ascii_digit()),
        b'-' | b'.' | b'/' => is_word(further),
        b')' => is_word(further),
        b'|' => is_digit_bar(further, hay.at(start)),
        _ => is_word(joint),
    };
    let honest = hay.at(start).is_ascii_digit()
        || hay.at(start + 1).is_ascii_digit()
        || hay.at(start + 2).is_ascii_digit();
    slot(hay, start).is_some() && (honest || joint == b'+') && !goes_on
}

/// The number at `start`, where the group `first` begins.
fn number_at(hay: &Hay, start: usize, first: Group) -> Next {
    if hay.is_open(first.end) || hay.is_open(first.end + 1) {
        return Next::Open(start);
    }
    // most that look alike are none
    if first.len == 0 || is_word(hay.at(first.end)) || !may_have_shape(hay, &[first]) {
        return Next::Nothing;
    }
    let mut found = [Group::default(); MAX_GROUPS];
    let mut count = 0;
    let mut at = start;
    while count < MAX_GROUPS {
        let group = if count == 0 { first } else { group(hay, at) };
        let end = group.end;
        if hay.is_open(end) || hay.is_open(end + 1) {
            return Next::Open(start);
        }
        if group.len == 0 || is_word(hay.at(end)) {
            break;
        }
        found[count] = group;
        count += 1;
        if count == 2 && !may_have_shape(hay, &found[..2]) {
            return Next::Nothing;
        }
        let area = count == 1 && hay.at(end) == b')' && hay.before(start, 1) == b'(';
        if !joins(hay.at(end)) && !area {
            break;
        }
        at = end + 1 + usize::from(area && joins(hay.at(end + 1)));
    }
    // words that begin like a number: `5326 I said`
    while count > 0 && found[count - 1].honest == 0 {
        count -= 1;
    }
    let groups = &found[..count];
    let Some(last) = groups.last() else { return Next::Nothing };
    let span = start..last.end;
    // a bar between two others ends a cell
    let cell = hay.before(start, 1) == b'|' || hay.at(span.end) == b'|';
    if cell && hay.bytes[span.clone()].contains(&b'|') {
        return Next::Nothing;
    }
    let (len, honest) =
        groups.iter().fold((0, 0), |(len, honest), group| (len + group.len, honest + group.honest));
    if honest == len || honest * 10 < len * 6 || !has_shape(hay, groups) {
        return Next::Nothing;
    }
    let plain = digits(hay, span.clone());
    Next::Unit(span, plain)
}

fn group(hay: &Hay, start: usize) -> Group {
    let mut group = Group { start, end: start, len: 0, honest: 0, joint: hay.before(start, 1) };
    while let Some((_, bytes)) = slot(hay, group.end).filter(|_| group.len < MAX_RUN) {
        group.honest += usize::from(hay.at(group.end).is_ascii_digit());
        group.end += bytes;
        group.len += 1;
    }
    group
}

/// The lengths that the first group of a shape has, a bit each.
const FIRSTS: u64 = {
    let mut firsts = 0;
    let mut n = 0;
    while n < SHAPES.len() {
        firsts |= 1 << SHAPES[n].0[0];
        n += 1;
    }
    firsts
};

/// Whether a number can begin with the first group, and with the second if that is sure to be part of it: most that
/// look alike are none, and the rest of them need not be read.
fn may_have_shape(hay: &Hay, groups: &[Group]) -> bool {
    let first = groups[0].len;
    if matches!(hay.before(groups[0].start, 1), b'+' | b'(') {
        return true;
    }
    let Some(second) = groups.get(1) else { return FIRSTS >> first & 1 == 1 };
    // without a digit it may be a word that follows
    let address = second.joint == b'.' && first <= 3 && second.len <= 3;
    second.honest == 0
        || address
        || SHAPES.iter().any(|(lens, joints)| {
            lens[0] == first && lens.get(1) == Some(&second.len) && joints.contains(&second.joint)
        })
}

fn has_shape(hay: &Hay, groups: &[Group]) -> bool {
    let total: usize = groups.iter().map(|group| group.len).sum();
    let joint = groups.get(1).map_or(0, |group| group.joint);
    let alike = groups.iter().skip(1).all(|group| group.joint == joint);
    let opened = hay.before(groups[0].start, 1);
    let area = opened == b'(' && groups.iter().map(|group| group.len).eq([3, 3, 4]);
    let fits = |lens: &[usize], joints: &[u8]| {
        groups.iter().map(|group| group.len).eq(lens.iter().copied())
            && (lens.len() == 1 || joints.contains(&joint))
    };
    let address = groups.len() == 4 && joint == b'.' && groups.iter().all(|group| group.len <= 3);
    // letters before a single group are a prefix: `BS1234563`
    let prefixed = groups.len() == 1 && !hay.at(groups[0].start).is_ascii_digit();
    let dialled = opened == b'+' && (8..=15).contains(&total);
    area || dialled
        || (alike && !prefixed && (address || SHAPES.iter().any(|(lens, joints)| fits(lens, joints))))
}

/// `span` with digits for what looks like some.
fn digits(hay: &Hay, span: Range<usize>) -> String {
    let mut plain = String::with_capacity(span.len());
    let mut at = span.start;
    while at < span.end {
        let (digit, bytes) = slot(hay, at).unwrap_or((hay.at(at), 1));
        plain.push(char::from(digit));
        at += bytes;
    }
    plain
}

/// Letters and digits of the shortest and longest account number (ISO 13616).
const ACCOUNT: std::ops::RangeInclusive<usize> = 15..=34;
/// Where the letters of a bank can stand.
const BANK: Range<usize> = 4..8;

/// The bank account round `meeting` whose check digits are right once the letters are digits.
fn account(hay: &Hay, meeting: usize, tried: usize) -> Next {
    let is_part = |byte: &u8| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || is_letter(*byte) || matches!(byte, b' ' | b'-')
    };
    let back = hay.bytes[tried..=meeting].iter().rev().take(MAX_RUN).take_while(|byte| is_part(byte)).count();
    for start in meeting + 1 - back..=meeting {
        let country = hay.at(start).is_ascii_uppercase() && hay.at(start + 1).is_ascii_uppercase();
        if !country
            || is_word(hay.before(start, 1))
            || slot(hay, start + 2).is_none()
            || slot(hay, start + 3).is_none()
        {
            continue;
        }
        let mut held = [0; *ACCOUNT.end() + 1];
        let mut count = 0;
        let mut honest = 0;
        let mut end = start;
        let mut at = start;
        loop {
            if hay.is_open(at) || hay.is_open(at + 1) {
                return Next::Open(start);
            }
            // most of an account are digits: others need no proof
            if count > 2 * honest + (*ACCOUNT.end()).saturating_sub(count) {
                break;
            }
            let byte = hay.at(at);
            if byte.is_ascii_alphanumeric() && count <= *ACCOUNT.end() {
                held[count] = byte;
                count += 1;
                honest += usize::from(byte.is_ascii_digit());
                end = at + 1;
            } else if !(matches!(byte, b' ' | b'-')
                && count.is_multiple_of(4)
                && is_account_group(hay, at + 1))
            {
                break;
            }
            at += 1;
        }
        if !ACCOUNT.contains(&count) || is_word(hay.at(at)) || honest * 2 < count {
            continue;
        }
        if let Some(plain) = proven(&held[..count]) {
            return Next::Unit(start..end, plain);
        }
    }
    Next::Nothing
}

/// What follows a gap can be a group of an account: letters and digits, small ones only where they look like a digit.
fn is_account_group(hay: &Hay, at: usize) -> bool {
    for n in 0..4 {
        let byte = hay.at(at + n);
        if !byte.is_ascii_alphanumeric() {
            return n > 0;
        }
        if byte.is_ascii_lowercase() && !is_letter(byte) {
            return false;
        }
    }
    true
}

/// The account number, if it proves itself with digits for letters and not as it stands.
fn proven(account: &[u8]) -> Option<String> {
    let written = || account.iter().copied();
    let read = |bank: bool| {
        written().enumerate().map(move |(n, byte)| match byte {
            _ if n < 2 || (bank && BANK.contains(&n)) => byte,
            b'O' | b'o' => b'0',
            b'l' | b'I' => b'1',
            b'S' => b'5',
            b'B' => b'8',
            byte => byte,
        })
    };
    if is_checked(written()) {
        return None;
    }
    [true, false]
        .into_iter()
        .map(read)
        .find(|plain| is_checked(plain.clone()))
        .map(|plain| plain.map(char::from).collect())
}

/// The check digits are right.
fn is_checked(account: impl Iterator<Item = u8> + Clone) -> bool {
    checksum::mod97(account.clone().skip(4).chain(account.take(4))) == 1
}

/// Digits, or what looks like some, that the text breaks off in.
fn open_run(hay: &Hay, from: usize) -> Next {
    if hay.ends {
        return Next::Nothing;
    }
    let is_part = |byte: &u8| {
        byte.is_ascii_uppercase()
            || byte.is_ascii_digit()
            || is_letter(*byte)
            || matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')')
    };
    let len = hay.rest(from).iter().rev().take(MAX_RUN).take_while(|byte| is_part(byte)).count();
    let mut start = hay.bytes.len() - len;
    while start < hay.bytes.len()
        && (is_word(hay.before(start, 1)) && is_word(hay.at(start))
            || matches!(hay.at(start), b' ' | b'-' | b'.' | b'/' | b'(' | b')'))
    {
        start += 1;
    }
    while !hay.text.is_char_boundary(start) {
        start += 1;
    }
    if start == hay.bytes.len() { Next::Nothing } else { Next::Open(start) }
}
