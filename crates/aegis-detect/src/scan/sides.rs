//! Says what stands beside a number, from two bytes on either side, as one look in a table for each.
//! Asked for every number of a text before anything else is. Invariant: it says no less than a detector would see.

use crate::detector::Beside;
use crate::lexer::{Anchor, Joint, Kind};

/// Groups that a number of parts has at least: a date, a version.
const PARTS: usize = 3;

/// The bytes on either side of some digits; zeroes where the text ends.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    further: u8,
    last: u8,
    next: u8,
    second: u8,
}

impl Sides {
    #[inline]
    pub(super) fn of(hay: &[u8], digits: &Anchor) -> Self {
        let byte = |at: usize| hay.get(at).copied().unwrap_or(0);
        Sides {
            further: byte(digits.start.wrapping_sub(2)),
            last: byte(digits.start.wrapping_sub(1)),
            next: byte(digits.end),
            second: byte(digits.end + 1),
        }
    }

    /// How detectors are shown the digits at an anchor. `None` if no value begins there: they follow a dot
    /// after digits, or stand in a word.
    #[inline]
    pub(super) fn kind(&self, anchor: &Anchor) -> Option<Kind> {
        match self.last {
            b'A'..=b'Z' => Some(Kind::Lettered),
            b'a'..=b'z' if self.further == b'\\' => Some(Kind::Digits),
            b'a'..=b'z' | b'_' => None,
            _ => (anchor.joint != Joint::Dot).then_some(Kind::Digits),
        }
    }

    /// What stands beside the digits, of `groups` that hang together; more than does where a third byte would have to
    /// be asked.
    #[inline]
    pub(super) fn beside(&self, groups: usize) -> usize {
        let pair = |first: u8, second: u8| {
            usize::from(CLASSES[usize::from(first)] << 4 | CLASSES[usize::from(second)])
        };
        let (left, right) = (pair(self.last, self.further), pair(self.next, self.second));
        let before = if YEARS[right] { BEFORE[left] } else { BEFORE[left] & !Beside::WORD_BEFORE.0 };
        let after = if groups >= PARTS { AFTER[right] } else { AFTER[right] & !Beside::PART_AFTER.0 };
        usize::from(before | after)
    }
}

/// What a byte is, beside a number.
const LETTER: u8 = 1;
const CAPITAL: u8 = 2;
const HIGH: u8 = 3;
const DIGIT: u8 = 4;
const BLANK: u8 = 5;
const COMMA: u8 = 6;
const DASH: u8 = 7;
const SLASH: u8 = 8;
const STOP: u8 = 9;
const LESS: u8 = 10;
const HASH: u8 = 11;
/// Letters, small or not, that no month, ordinal or ` de ` begins with.
const MUTE: u8 = 12;
const MUTE_CAPITAL: u8 = 13;

static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'b' | b'h' | b'i' | b'q' | b'u' | b'v' | b'x' | b'y' | b'z' => MUTE,
            b'B' | b'H' | b'I' | b'Q' | b'U' | b'V' | b'X' | b'Y' | b'Z' => MUTE_CAPITAL,
            b'a'..=b'z' => LETTER,
            b'A'..=b'Z' => CAPITAL,
            0x80.. => HIGH,
            b'0'..=b'9' => DIGIT,
            b' ' => BLANK,
            b',' => COMMA,
            b'-' => DASH,
            b'/' => SLASH,
            b'.' => STOP,
            b'<' => LESS,
            b'#' => HASH,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

const fn is_letter(class: u8) -> bool {
    matches!(class, LETTER | CAPITAL | HIGH | MUTE | MUTE_CAPITAL)
}

/// A letter that a month's name or what leads to it can begin with.
const fn may_date(class: u8) -> bool {
    matches!(class, LETTER | CAPITAL | HIGH)
}

/// What two classes before a number make, the nearer first.
static BEFORE: [u8; 256] = table(false);
/// What two classes after it make.
static AFTER: [u8; 256] = table(true);

const fn table(after: bool) -> [u8; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let (near, far) = ((at >> 4) as u8, (at & 15) as u8);
        table[at] = if after { follows(near, far) } else { leads(near, far) }.0;
        at += 1;
    }
    table
}

const fn leads(last: u8, further: u8) -> Beside {
    let mut beside = Beside::NOTHING;
    if is_letter(further) || further == STOP || last == HIGH {
        beside = beside.or(Beside::WORD_BEFORE);
    }
    if matches!(last, BLANK | HASH) && (is_letter(further) || matches!(further, STOP | SLASH | COMMA)) {
        beside = beside.or(Beside::LEAD_BEFORE);
    }
    beside
}

const fn follows(next: u8, second: u8) -> Beside {
    let mut beside = Beside::NOTHING;
    let part = is_letter(second) || second == DIGIT;
    if matches!(next, DASH | SLASH | STOP) && (may_date(second) || (next == STOP && second == BLANK)) {
        beside = beside.or(Beside::SIGN_AFTER);
    }
    if matches!(next, DASH | SLASH | STOP) && second == DIGIT {
        beside = beside.or(Beside::PART_AFTER);
    }
    if may_date(next) {
        beside = beside.or(Beside::LETTER_AFTER);
    }
    if next == BLANK && may_date(second) {
        beside = beside.or(Beside::WORD_AFTER);
    }
    if next == BLANK && part || next == COMMA && second == BLANK || is_letter(next) && second == BLANK {
        beside = beside.or(Beside::STREET_AFTER);
    }
    if matches!(next, CAPITAL | MUTE_CAPITAL | LESS) {
        beside = beside.or(Beside::CAPITAL_AFTER);
    }
    beside
}

/// Bytes that may stand between a day and its year, by their classes: without them a month before means nothing.
static YEARS: [bool; 256] = {
    let mut years = [false; 256];
    let mut at = 0;
    while at < 256 {
        let (next, second) = ((at >> 4) as u8, (at & 15) as u8);
        years[at] = next == COMMA || matches!(next, DASH | BLANK) && second == DIGIT || is_letter(next);
        at += 1;
    }
    years
};

#[cfg(test)]
mod tests {
    use super::*;

    fn sides([further, last, next, second]: [u8; 4]) -> Sides {
        let hay = [further, last, b'1', b'2', next, second];
        Sides::of(&hay, &Anchor { kind: Kind::Digits, joint: Joint::None, start: 2, end: 4 })
    }

    fn letter(byte: u8) -> bool {
        byte.is_ascii_alphabetic() || byte >= 0x80
    }

    /// A letter that the name of a month, an ordinal or ` de ` begins with in one of the languages.
    fn opens_date(byte: u8) -> bool {
        letter(byte) && !b"bhiquvxyz".contains(&byte.to_ascii_lowercase())
    }

    /// What stands beside the digits, sign by sign, as [`Beside`] says it.
    fn plain([further, last, next, second]: [u8; 4], groups: usize) -> usize {
        let digit = second.is_ascii_digit();
        let part = matches!(next, b'-' | b'/' | b'.');
        let year = next == b',' || matches!(next, b'-' | b' ') && digit || letter(next);
        [
            (Beside::WORD_BEFORE, (letter(further) || further == b'.' || last >= 0x80) && year),
            (Beside::LEAD_BEFORE, b" #".contains(&last) && (letter(further) || b"./,".contains(&further))),
            (Beside::SIGN_AFTER, part && (opens_date(second) || next == b'.' && second == b' ')),
            (Beside::PART_AFTER, part && digit && groups >= 3),
            (Beside::LETTER_AFTER, opens_date(next)),
            (Beside::WORD_AFTER, next == b' ' && opens_date(second)),
            (
                Beside::STREET_AFTER,
                match next {
                    b' ' => letter(second) || digit,
                    b',' => second == b' ',
                    _ => letter(next) && second == b' ',
                },
            ),
            (Beside::CAPITAL_AFTER, next.is_ascii_uppercase() || next == b'<'),
        ]
        .iter()
        .fold(0, |all, (beside, holds)| all | if *holds { usize::from(beside.0) } else { 0 })
    }

    #[test]
    fn all_pairs_of_bytes_are_known_for_what_they_are() {
        for (a, b) in (0..=u8::MAX).flat_map(|a| (0..=u8::MAX).map(move |b| (a, b))) {
            for bytes in [[a, b, b',', b' '], [a, b, b'.', b' '], [b'h', b' ', a, b], [b'1', b'(', a, b]] {
                for groups in [1, 2, 3, 9] {
                    assert_eq!(sides(bytes).beside(groups), plain(bytes, groups), "{bytes:?}, {groups}");
                }
            }
        }
    }

    #[test]
    fn nothing_stands_beyond_the_ends_of_a_text() {
        let sides = Sides::of(b"12", &Anchor { kind: Kind::Digits, joint: Joint::None, start: 0, end: 2 });
        assert_eq!(sides.beside(9), 0);
    }

    #[test]
    fn numbers_in_words_and_after_dots_are_none() {
        for (further, last, joint, kind) in [
            (b'x', b' ', Joint::Space, Some(Kind::Digits)),
            (b'x', b' ', Joint::None, Some(Kind::Digits)),
            (b'1', b'.', Joint::Dot, None),
            (b'x', b'.', Joint::None, Some(Kind::Digits)),
            (b' ', b'a', Joint::None, None),
            (b' ', b'_', Joint::None, None),
            (b'\\', b'n', Joint::None, Some(Kind::Digits)),
            (b' ', b'H', Joint::None, Some(Kind::Lettered)),
            (0xC3, 0xA9, Joint::None, Some(Kind::Digits)),
        ] {
            let anchor = Anchor { kind: Kind::Digits, joint, start: 2, end: 4 };
            assert_eq!(sides([further, last, b' ', b'x']).kind(&anchor), kind, "{further} {last} {joint:?}");
        }
    }
}
