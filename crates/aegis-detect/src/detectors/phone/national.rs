//! Numbers without `+`: North American ones by their rules, others by the grouping of their country.
//! Facts: NANPA (area code and exchange); national numbering plans and their printed forms.

use super::{Read, international};
use crate::lexer::Anchor;
use crate::lexer::Joint::{self, Dash, Dot, Hyphen, Paren, Slash, Space};
use crate::site::Run;

/// Reads the run as a national number.
pub(super) fn read(run: &Run) -> Option<Read> {
    exit_code(run).or_else(|| {
        let american = north_american(run);
        // a form that needs no label says more
        match american {
            Some(Read { needs_label: false, .. }) => american,
            _ => foreign(run).or(american),
        }
    })
}

/// The first two groups have the lengths of those of a national number that needs no label, or an exit code may stand
/// there.
pub(super) fn may_be(hay: &[u8], groups: &[Anchor]) -> bool {
    let [first, second, ..] = groups else { return false };
    if second.joint == Joint::None {
        return false;
    }
    let [own, next] = [first, second].map(|group| (group.end - group.start).min(LONGEST));
    BEGINNINGS[own][next] != 0 || matches!((own, next), (3, 3 | 7) | (1, 3)) || hay[first.start] == b'0'
}

/// `0049 30 901820`, `011 44 20 7946 0000`: an exit code stands for `+`.
fn exit_code(run: &Run) -> Option<Read> {
    if !run.starts_with(b'0') {
        return None;
    }
    let first = run.digits(1);
    let spelled: &[u8] = if first.starts_with(b"00") { b"00" } else { b"011" };
    if !first.starts_with(spelled) || (spelled == b"011" && first.len() != 3) {
        return None;
    }
    let read = international::read_after(run, spelled.len())?;
    (read.groups > 1).then_some(Read { prior: 0.66, ..read })
}

/// Ten digits `NPA NXX XXXX`, with or without `1` before them.
fn north_american(run: &Run) -> Option<Read> {
    let groups = run.groups();
    let country = groups.len() > 1 && run.is(&[1], Joint::None) && run.starts_with(b'1');
    let skip = usize::from(country);
    let length = |n: usize| groups.get(skip + n).map_or(0, |group| group.end - group.start);
    let joint = |n: usize| groups[skip + n].joint;
    let bracketed = run.before(skip) == b'(';
    let (count, prior, needs_label) = match [length(0), length(1), length(2)] {
        [3, 3, 4] => (3, separators(joint(1), joint(2))?, false),
        [3, 7, _] if bracketed => (2, 0.80, false),
        [6, 4, _] | [3, 7, _] => (2, 0.60, true),
        [10, ..] => (1, 0.60, true),
        [11, ..] if !country && run.starts_with(b'1') => (1, 0.60, true),
        _ => return None,
    };
    let digits = run.digits(skip + count);
    let digits = if digits.len() == 11 { &digits[1..] } else { &digits[..] };
    if !is_nanp(digits) {
        return None;
    }
    Some(Read {
        groups: skip + count,
        prior: if is_fiction(digits) { prior.min(0.75) } else { prior },
        needs_label,
        toll_free: is_toll_free(digits),
        fictitious: is_fiction(digits),
        reason: "north american number",
    })
}

/// How sure a pair of separators makes ten digits a number.
fn separators(first: Joint, second: Joint) -> Option<f32> {
    match (first, second) {
        (Paren, Hyphen | Space | Dot) => Some(0.90),
        (Hyphen, Hyphen) => Some(0.85),
        (Dot, Dot) => Some(0.80),
        (Space, Hyphen) | (Slash, Hyphen) => Some(0.80),
        (Space, Space) => Some(0.72),
        (Hyphen, Space | Dot) | (Slash, Slash | Space | Dot) | (Dash, Dash) => Some(0.60),
        _ => None,
    }
}

/// Area code [2-9][0-8]d, not N11, not 37x or 96x; exchange [2-9]dd, not N11.
pub(super) fn is_nanp(digits: &[u8]) -> bool {
    let [a, b, c, d, e, f, _, _, _, _] = *digits else { return false };
    let area = (b'2'..=b'9').contains(&a)
        && b != b'9'
        && (b, c) != (b'1', b'1')
        && (a, b) != (b'3', b'7')
        && (a, b) != (b'9', b'6');
    let exchange = (b'2'..=b'9').contains(&d) && (e, f) != (b'1', b'1');
    area && exchange
}

pub(super) fn is_toll_free(digits: &[u8]) -> bool {
    [b"800", b"833", b"844", b"855", b"866", b"877", b"888"].iter().any(|code| digits.starts_with(&code[..]))
}

/// 555-0100 to 555-0199 are kept for fiction.
pub(super) fn is_fiction(digits: &[u8]) -> bool {
    digits.len() == 10 && &digits[3..8] == b"55501"
}

/// A grouping printed in some country.
struct Grouping {
    lengths: &'static [usize],
    /// The number begins with one of these.
    starts: &'static str,
    /// The first two digits of those, one bit each: most numbers are told by that.
    heads: u128,
    joints: &'static [Joint],
    prior: f32,
    reason: &'static str,
    /// Only with the area code in parentheses.
    bracketed: bool,
}

/// The same with the area code in parentheses.
const fn bracketed(
    lengths: &'static [usize],
    starts: &'static str,
    prior: f32,
    reason: &'static str,
) -> Grouping {
    Grouping { bracketed: true, ..grouping(lengths, starts, WIDE, prior, reason) }
}

const fn grouping(
    lengths: &'static [usize],
    starts: &'static str,
    joints: &'static [Joint],
    prior: f32,
    reason: &'static str,
) -> Grouping {
    Grouping { lengths, starts, heads: heads(starts), joints, prior, reason, bracketed: false }
}

/// The numbers of two digits that beginnings of a number begin with, or that begin with them, one bit each.
const fn heads(starts: &str) -> u128 {
    let starts = starts.as_bytes();
    let (mut heads, mut at) = (0, 0);
    while at < starts.len() {
        let tens = 10 * (starts[at] - b'0');
        let lone = at + 1 == starts.len() || starts[at + 1] == b' ';
        heads |= if lone { 0b11_1111_1111 << tens } else { 1 << (tens + starts[at + 1] - b'0') };
        while at < starts.len() && starts[at] != b' ' {
            at += 1;
        }
        at += 1;
    }
    heads
}

const ANY: &[Joint] = &[Space, Hyphen, Dot];
const LOOSE: &[Joint] = &[Space, Hyphen, Slash, Paren, Dash];

/// Whatever stands between groups.
const WIDE: &[Joint] = &[Space, Hyphen, Dot, Slash, Paren, Dash];

static GROUPINGS: &[Grouping] = &[
    // RU, PL, BR
    bracketed(&[3, 3, 2, 2], "3 4 8 9", 0.72, "russian grouping"),
    bracketed(&[2, 3, 2, 2], "1 2 3 4 5 6 7 8 9", 0.66, "polish grouping"),
    bracketed(&[2, 4, 4], "1 2 3 4 5 6 7 8 9", 0.66, "mexican grouping"),
    grouping(&[3, 4, 4], "011", LOOSE, 0.60, "argentine grouping"),
    bracketed(&[2, 1, 4, 4], "1 2 3 4 5 6 7 8 9", 0.80, "brazilian grouping"),
    // mobile and landline, pairs: FR, and BE, CH, LU alike
    grouping(&[2, 2, 2, 2, 2], "01 02 03 04 05 06 07 08 09", ANY, 0.78, "french grouping"),
    grouping(&[4, 2, 2, 2], "0", WIDE, 0.62, "belgian or dutch grouping"),
    grouping(&[3, 2, 2, 2], "0", WIDE, 0.60, "belgian or german grouping"),
    // CH, SE, NL, DE
    grouping(&[3, 3, 2, 2], "0", WIDE, 0.68, "area code, three and pairs"),
    grouping(&[2, 3, 2, 2], "0", WIDE, 0.62, "area code, three and pairs"),
    grouping(&[2, 3, 3, 2], "08", LOOSE, 0.68, "swedish grouping"),
    grouping(&[4, 3, 2], "0", &[Hyphen, Slash, Paren], 0.55, "swedish grouping"),
    grouping(&[3, 2, 2, 2, 2], "0", WIDE, 0.68, "german grouping"),
    // GB, IE
    grouping(&[5, 6], "07 01", LOOSE, 0.76, "british grouping"),
    grouping(&[5, 3, 3], "07 01", LOOSE, 0.74, "british grouping"),
    grouping(&[3, 4, 4], "02", LOOSE, 0.74, "british grouping"),
    grouping(&[4, 3, 4], "01 08 03", LOOSE, 0.70, "british grouping"),
    grouping(&[4, 3, 3], "0 1300 1800", LOOSE, 0.60, "area code and threes"),
    // DE, AT
    grouping(&[4, 8], "015 016 017 066 067 068 069 065", LOOSE, 0.74, "german grouping"),
    grouping(
        &[4, 7],
        "015 016 017 066 067 068 069 065 02 03 04 05 06 07 08 09",
        LOOSE,
        0.70,
        "german grouping",
    ),
    grouping(&[4, 6], "0", LOOSE, 0.55, "german grouping"),
    grouping(&[4, 5], "0", &[Slash], 0.55, "german grouping"),
    grouping(&[4, 6, 2], "0", LOOSE, 0.62, "german grouping with an extension"),
    grouping(&[4, 5, 2], "0", LOOSE, 0.58, "german grouping with an extension"),
    grouping(&[3, 6, 2], "030 040 069 089", LOOSE, 0.62, "german grouping with an extension"),
    grouping(&[3, 5, 2], "030 040 069 089", LOOSE, 0.58, "german grouping with an extension"),
    grouping(&[5, 6], "0", &[Slash, Paren], 0.60, "german grouping"),
    grouping(&[5, 5], "0", &[Slash, Paren], 0.58, "german grouping"),
    grouping(&[5, 4], "0", &[Slash, Paren], 0.55, "german grouping"),
    grouping(&[3, 8], "030 040 069 089 01", LOOSE, 0.72, "german grouping"),
    grouping(&[3, 7], "030 040 069 089 05 01 02 03 04", LOOSE, 0.60, "area code and number"),
    grouping(&[3, 6], "030 040 069 089", LOOSE, 0.58, "german grouping"),
    grouping(&[3, 6], "0", &[Space, Hyphen, Slash], 0.46, "area code and number"),
    grouping(&[4, 4, 4], "015 016 017", LOOSE, 0.74, "german grouping"),
    grouping(&[4, 3, 4], "015 016 017", LOOSE, 0.72, "german grouping"),
    grouping(&[4, 3, 2, 2], "0", LOOSE, 0.70, "german or turkish grouping"),
    grouping(&[1, 3, 3, 2, 2], "05 02 03 04 08", LOOSE, 0.72, "turkish grouping"),
    grouping(&[3, 4, 4], "030 040 069 089", LOOSE, 0.68, "german grouping"),
    grouping(&[2, 7], "01", LOOSE, 0.52, "area code and number"),
    // ES, PT, PL, IT, CZ
    grouping(&[3, 3, 3], "0", &[Space, Hyphen, Slash], 0.58, "area code and threes"),
    grouping(&[3, 3, 3], "6 7 8 9 5", &[Space, Hyphen], 0.45, "nine digits in threes"),
    grouping(&[3, 3, 3], "2 3 4", &[Space, Hyphen], 0.36, "nine digits in threes"),
    grouping(&[3, 2, 2, 2], "6 7 8 9", ANY, 0.60, "spanish grouping"),
    grouping(&[2, 3, 2, 2], "1 2 3 4 5 6 7 8 9", &[Space, Hyphen], 0.45, "spanish or polish grouping"),
    grouping(&[3, 3, 4], "3", &[Space], 0.50, "italian grouping"),
    grouping(&[3, 7], "3", LOOSE, 0.52, "italian grouping"),
    grouping(&[3, 7], "3", &[Dot], 0.30, "italian grouping"),
    grouping(&[2, 8], "02", LOOSE, 0.60, "italian grouping"),
    grouping(&[2, 4, 4], "02 06", &[Space], 0.62, "italian grouping"),
    // NL
    grouping(&[2, 8], "06", LOOSE, 0.74, "dutch grouping"),
    grouping(&[2, 4, 4], "06", LOOSE, 0.68, "dutch grouping"),
    // DK, NO
    grouping(&[2, 2, 2, 2], "2 3 4 5 6 7 8 9", &[Space], 0.38, "eight digits in pairs"),
    grouping(&[3, 2, 3], "4 9", &[Space], 0.42, "norwegian grouping"),
    grouping(&[4, 4], "22 23 24 25 26 27 28 29 3 4 5 6 7 8 9", &[Space], 0.28, "eight digits in fours"),
    // HU
    grouping(&[2, 2, 3, 4], "06", LOOSE, 0.74, "hungarian grouping"),
    grouping(&[2, 1, 3, 4], "06", LOOSE, 0.66, "hungarian grouping"),
    grouping(&[2, 2, 3, 2, 2], "06", LOOSE, 0.72, "hungarian grouping"),
    // GR
    grouping(&[3, 3, 4], "69 21 22 23 24 25 26 27 28", &[Space], 0.36, "greek grouping"),
    grouping(&[4, 6], "22 23 24 25 26 27 28", &[Space], 0.36, "greek grouping"),
    // ID, VN, RO
    grouping(&[4, 4, 4], "08", &[Space, Hyphen], 0.64, "indonesian grouping"),
    grouping(&[4, 4, 3], "08", &[Space, Hyphen], 0.60, "indonesian grouping"),
    grouping(&[4, 3, 3], "03 05 07 08 09", &[Dot], 0.40, "four and threes"),
    // IN
    grouping(&[5, 5], "6 7 8 9", &[Space, Hyphen], 0.42, "indian grouping"),
    // BR
    grouping(&[2, 5, 4], "1 2 3 4 5 6 7 8 9", LOOSE, 0.72, "brazilian grouping"),
    grouping(&[2, 4, 4], "1 2 3 4 5 6 7 8 9", &[Paren, Hyphen], 0.55, "brazilian grouping"),
    // JP, KR, IE
    grouping(&[3, 4, 4], "070 080 090 050 010", &[Hyphen, Space], 0.78, "japanese or korean grouping"),
    grouping(&[2, 4, 4], "03 06 02 04 05 01 07 08 09", &[Hyphen, Paren, Space], 0.66, "area code and number"),
    grouping(&[2, 3, 4], "01 02 03 04 05 06 07 09", &[Hyphen, Paren, Space], 0.46, "area code and number"),
    grouping(&[3, 3, 4], "0", &[Hyphen, Paren, Space], 0.66, "area code and number"),
    // CN
    grouping(&[3, 4, 4], "13 14 15 16 17 18 19", &[Hyphen, Space], 0.72, "chinese mobile"),
    grouping(&[3, 8], "021 010 020 022 023 024 025 027 028 029", &[Hyphen], 0.62, "chinese grouping"),
    grouping(&[4, 8], "03 04 05 07 08 09", &[Hyphen], 0.58, "chinese grouping"),
    // RU
    grouping(&[1, 3, 3, 2, 2], "89 84 88 83", LOOSE, 0.80, "russian grouping"),
];

/// Mobile numbers written in one go: how they begin and how many digits they have.
static BARE: &[(&str, usize)] = &[
    // FR, NL; GB; AU; DE, AT, TR
    ("06", 10),
    ("07", 10),
    ("07", 11),
    ("04", 10),
    ("015", 11),
    ("015", 12),
    ("016", 11),
    ("016", 12),
    ("017", 11),
    ("017", 12),
    ("05", 11),
    // RU, CN, JP, KR
    ("89", 11),
    // ID, VN
    ("08", 11),
    ("08", 12),
    ("09", 10),
    ("03", 10),
    ("13", 11),
    ("15", 11),
    ("17", 11),
    ("18", 11),
    ("070", 11),
    ("080", 11),
    ("090", 11),
    ("010", 11),
];

/// A number without a sign that begins like a mobile one: something must speak for it.
pub(super) fn bare(run: &Run) -> Option<Read> {
    let group = run.groups().first()?;
    let len = group.end - group.start;
    if !(10..=12).contains(&len) || run.groups().len() > 1 {
        return None;
    }
    let digits = run.digits(1);
    BARE.iter().any(|(start, total)| len == *total && digits.starts_with(start.as_bytes())).then_some(Read {
        groups: 1,
        prior: 0.35,
        needs_label: false,
        toll_free: false,
        fictitious: false,
        reason: "mobile number",
    })
}

/// For each length of a first group and of a second the groupings that begin so, as bits: most numbers have none.
static BEGINNINGS: [[u128; LONGEST + 1]; LONGEST + 1] = {
    let mut beginnings = [[0; LONGEST + 1]; LONGEST + 1];
    let mut at = 0;
    while at < GROUPINGS.len() {
        let lengths = GROUPINGS[at].lengths;
        beginnings[lengths[0]][lengths[1]] |= 1 << at;
        at += 1;
    }
    beginnings
};

/// Longest first or second group of any grouping.
const LONGEST: usize = 8;

fn foreign(run: &Run) -> Option<Read> {
    if run.groups().len() < 2 {
        return None;
    }
    let [first, second] = [0, 1].map(|n| run.groups()[n].end - run.groups()[n].start);
    let [tens, ones] = run.first_two();
    let head = 1 << (10 * u32::from(tens - b'0') + u32::from(ones - b'0'));
    let mut alike = *BEGINNINGS.get(first)?.get(second)?;
    let mut next = || {
        let at = (alike != 0).then(|| alike.trailing_zeros() as usize);
        alike &= alike.wrapping_sub(1);
        at
    };
    std::iter::from_fn(|| next().map(|at| &GROUPINGS[at])).find_map(|grouping| {
        let count = grouping.lengths.len();
        let groups = run.groups();
        let shaped = grouping.heads & head != 0
            && (!grouping.bracketed || run.before(0) == b'(' && groups[1].joint == Paren)
            && groups.len() >= count
            && grouping.lengths.iter().zip(groups).all(|(&len, group)| group.end - group.start == len)
            && groups[1..count].iter().all(|group| grouping.joints.contains(&group.joint))
            && !matches!(run.joint_after(count), Hyphen | Dot);
        if !shaped {
            return None;
        }
        let digits = run.digits(count);
        (grouping.starts.split(' ').any(|start| digits.starts_with(start.as_bytes()))).then_some(Read {
            groups: count,
            prior: grouping.prior,
            needs_label: false,
            toll_free: false,
            fictitious: false,
            reason: grouping.reason,
        })
    })
}
