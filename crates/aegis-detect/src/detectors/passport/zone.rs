//! The machine-readable zone of passports, visas and identity cards: two lines of 44 or 36, or three of 30.

use crate::checksum::icao9303;
use crate::detector::{Match, Odds};
use crate::finding::Severity;
use crate::site::Site;

/// Reads the zone whose birth date is at the anchor.
pub(super) fn judge(site: &Site) -> Option<Match> {
    let birth = site.anchor().start;
    let sex = birth + 7;
    if site.anchor().end != sex
        || !matches!(site.byte(sex), b'M' | b'F' | b'X' | b'<')
        || !dated(site, birth)
        || !dated(site, sex + 1)
    {
        return None;
    }
    let span =
        [44, 36].into_iter().find_map(|width| booklet(site, birth, width)).or_else(|| card(site, birth))?;
    Some(Match::new(span, Odds::of(0.98), Severity::High, "machine-readable zone"))
}

/// Six digits and their check digit.
fn dated(site: &Site, at: usize) -> bool {
    checked(site.bytes(at..at + 7))
}

/// The last byte checks those before it.
pub(super) fn checked(field: &[u8]) -> bool {
    field.split_last().is_some_and(|(check, field)| {
        (*check == b'<' && field.iter().all(|byte| *byte == b'<'))
            || (check.is_ascii_digit() && u32::from(check - b'0') == icao9303(field))
    })
}

/// Two lines: names, then number, nationality, dates.
fn booklet(site: &Site, birth: usize, width: usize) -> Option<std::ops::Range<usize>> {
    let second = birth.checked_sub(13)?;
    line(site, second, width)?;
    let first = line_before(site, second, width)?;
    let names = site.bytes(first..first + width);
    let number = checked(site.bytes(second..second + 10));
    (number && memchr::memmem::find(names, b"<<").is_some() && names[0].is_ascii_uppercase())
        .then_some(first..second + width)
}

/// Three lines: number, then dates, then names.
fn card(site: &Site, birth: usize) -> Option<std::ops::Range<usize>> {
    line(site, birth, 30)?;
    let first = line_before(site, birth, 30)?;
    let gap = line_end(site.bytes(birth + 30..birth + 32))?;
    line(site, birth + 30 + gap, 30)?;
    checked(site.bytes(first + 5..first + 15)).then_some(first..birth + 60 + gap)
}

/// Says whether a line of the zone of this width stands at `at`.
fn line(site: &Site, at: usize, width: usize) -> Option<()> {
    let line = site.bytes(at..at + width);
    let whole = line.len() == width
        && line.iter().all(|byte| is_zone_byte(*byte))
        && !is_zone_byte(site.byte(at + width));
    (whole && !site.before(at).is_ascii_uppercase()).then_some(()).filter(|()| site.before(at) != b'<')
}

fn is_zone_byte(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'<'
}

/// Where the line before the one at `at` begins, if it is of this width.
fn line_before(site: &Site, at: usize, width: usize) -> Option<usize> {
    let gap = [1, 2].into_iter().find(|&gap| at >= gap && line_end(site.bytes(at - gap..at)) == Some(gap))?;
    let start = at.checked_sub(gap + width)?;
    line(site, start, width).map(|()| start)
}

fn line_end(text: &[u8]) -> Option<usize> {
    match text {
        [b'\r', b'\n', ..] => Some(2),
        [b'\n', ..] => Some(1),
        _ => None,
    }
}

/// Longest head of a zone before its birth date: two lines and what ends them.
const LONGEST_HEAD: usize = 100;

/// Where a zone begins that `text` may end in the middle of. Streams hold it back.
pub(crate) fn lead_at_end(text: &[u8]) -> Option<usize> {
    let tail = &text[text.len().saturating_sub(LONGEST_HEAD)..];
    let len =
        tail.iter().rev().take_while(|byte| is_zone_byte(**byte) || matches!(byte, b'\r' | b'\n')).count();
    let head = &tail[tail.len() - len..];
    // one `<` at least has come by the end of the first line, or the first line is not over
    (head.contains(&b'<') || (head.contains(&b'\n') && len >= 30)).then_some(text.len() - len)
}
