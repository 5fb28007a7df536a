//! Numbers that begin with `+`: a country code and a national number of the length its country uses.
//! Facts: ITU-T E.164 assignments; lengths from the national numbering plans.

use super::Read;
use super::national::is_nanp;
use crate::lexer::Joint;
use crate::site::Run;

/// Country codes with the lengths of their national numbers. Others: any length E.164 leaves.
const LENGTHS: &[(&str, std::ops::RangeInclusive<usize>)] = &[
    ("1", 10..=10),
    ("7", 10..=10),
    ("20", 8..=10),
    ("27", 9..=9),
    ("30", 10..=10),
    ("31", 9..=9),
    ("32", 8..=9),
    ("33", 9..=9),
    ("34", 9..=9),
    ("36", 8..=9),
    ("39", 6..=11),
    ("40", 9..=9),
    ("41", 9..=9),
    ("43", 4..=13),
    ("44", 9..=10),
    ("45", 8..=8),
    ("46", 7..=9),
    ("47", 8..=8),
    ("48", 9..=9),
    ("49", 6..=11),
    ("51", 8..=9),
    ("52", 10..=11),
    ("54", 10..=11),
    ("55", 10..=11),
    ("56", 9..=9),
    ("57", 10..=10),
    ("60", 8..=10),
    ("61", 9..=9),
    ("62", 8..=12),
    ("63", 8..=10),
    ("64", 8..=10),
    ("65", 8..=8),
    ("66", 8..=9),
    ("81", 9..=10),
    ("82", 8..=10),
    ("84", 9..=10),
    ("86", 10..=11),
    ("90", 10..=10),
    ("91", 10..=10),
    ("92", 9..=10),
    ("212", 9..=9),
    ("234", 8..=10),
    ("254", 9..=9),
    ("351", 9..=9),
    ("352", 6..=9),
    ("353", 7..=9),
    ("358", 6..=11),
    ("380", 9..=9),
    ("420", 9..=9),
    ("421", 9..=9),
    ("852", 8..=8),
    ("886", 8..=9),
    ("880", 8..=10),
    ("966", 8..=9),
    ("971", 8..=9),
    ("972", 8..=9),
];

/// Shortest and longest number as a whole, country code included.
const TOTAL: std::ops::RangeInclusive<usize> = 8..=15;

/// Reads the longest number that begins with the run's first group.
pub(super) fn read(run: &Run) -> Option<Read> {
    read_after(run, 0)
}

/// The same after an exit code of `exit` digits.
pub(super) fn read_after(run: &Run, exit: usize) -> Option<Read> {
    let groups = run.groups();
    (1..=groups.len().min(8)).rev().find_map(|count| {
        // a slash sets off the area code at most
        let slashes = groups[1..count].iter().filter(|group| group.joint == Joint::Slash).count();
        let ends = !matches!(run.joint_after(count), Joint::Hyphen | Joint::Dot);
        if slashes <= 1 && ends { judge(run, count, exit) } else { None }
    })
}

fn judge(run: &Run, count: usize, exit: usize) -> Option<Read> {
    // a trunk zero in parentheses is written, not dialled: +44 (0)20 …
    let groups = run.groups();
    let trunk = count > 2
        && groups[1].end - groups[1].start == 1
        && groups[1].joint == Joint::Paren
        && groups[2].joint == Joint::Paren;
    let digits = run.digits(count);
    let digits = digits.get(exit..)?;
    let length = digits.len() - usize::from(trunk);
    if !TOTAL.contains(&length) || digits.first() == Some(&b'0') {
        return None;
    }
    let known = LENGTHS
        .iter()
        .find(|(code, _)| code.as_bytes().first() == digits.first() && digits.starts_with(code.as_bytes()));
    // an exit code and a country code are written together or apart, never broken in between
    let beside = (groups[0].end - groups[0].start).saturating_sub(exit);
    if exit > 0 && beside > 0 && known.is_none_or(|(code, _)| code.len() > beside) {
        return None;
    }
    let (prior, reason) = match known {
        Some((code, lengths)) if lengths.contains(&(length - code.len())) => {
            (0.90, "country code and length")
        }
        Some(_) => return None,
        None => (0.75, "international form"),
    };
    let north_american = digits.starts_with(b"1");
    if north_american && !is_nanp(&digits[1..]) {
        return None;
    }
    Some(Read {
        groups: count,
        prior,
        needs_label: false,
        toll_free: north_american && super::national::is_toll_free(&digits[1..]),
        fictitious: north_american && super::national::is_fiction(&digits[1..]),
        reason,
    })
}
