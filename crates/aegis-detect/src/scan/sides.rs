//! Says what stands beside a number, mostly from two bytes on either side, as one look in a table for each.
//! Asked for every number of a text before anything else is. Invariant: it says no less than a detector would see.

use crate::byte_table::byte_table;
use crate::context::Roles;
use crate::dates::MONTHS;
use crate::detector::Beside;
use crate::detectors::street_address::{self, may_lead};
use crate::lexer::{Anchor, Joint, Kind};
use crate::site::Surroundings;

/// Groups that a number of parts has at least: a date.
const PARTS: usize = 3;
/// Groups of a series and its number.
const SERIES: usize = 2;
/// Groups of an address of the internet.
const OCTETS: usize = 4;

/// What stands before a number.
pub(super) enum Before {
    /// A number like it that it hangs on: what names that may name both.
    Member,
    /// Another that it hangs on, which ends there and has so many digits.
    Number { end: usize, digits: usize },
    /// Something else; a member of the same list ends with so many digits at least, or is of several groups.
    Words { listed: usize, groups: bool },
}

/// What stands on either side of some digits; zeroes beyond the ends of the text.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    hay: &'a [u8],
    /// Where the digits begin.
    start: usize,
    /// How many there are.
    digits: usize,
    /// The byte before them, and the one before that.
    last: u8,
    further: u8,
    /// The bytes after them.
    next: u8,
    rest: [u8; 3],
}

impl<'a> Sides<'a> {
    #[inline]
    pub(super) fn of(hay: &'a [u8], digits: &Anchor) -> Self {
        let Anchor { start, end, .. } = *digits;
        let (further, last) = match hay[..start] {
            [.., further, last] => (further, last),
            [last] => (0, last),
            [] => (0, 0),
        };
        let [next, rest @ ..] = match hay[end..].first_chunk::<4>() {
            Some(after) => *after,
            None => std::array::from_fn(|n| hay.get(end + n).copied().unwrap_or(0)),
        };
        Sides { hay, start, digits: end - start, last, further, next, rest }
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

    /// The detectors that a label or the head of a column may name the digits for; all where what stands right beside
    /// them may be part of the value or name it.
    pub(super) fn owners(&self, text: &Surroundings, before: Before) -> Roles {
        if matches!(self.next, b'A'..=b'Z' | b'<')
            || matches!(self.last, b'*' | b'~' | b'^' | b'|' | b'>')
            || self.last == b'-' && self.further.is_ascii_uppercase()
        {
            return Roles::ANY_LABEL;
        }
        // a value may begin with the parenthesis
        let start = self.start - usize::from(self.last == b'(');
        let label = match before {
            Before::Member => return Roles::ANY_LABEL,
            Before::Number { end, digits } if !text.vocabulary.may_end(&self.hay[..end], digits) => {
                Roles::NONE
            }
            Before::Number { .. } => text.vocabulary.owners(&self.hay[..start], usize::MAX, false),
            Before::Words { listed, groups } => text.vocabulary.owners(&self.hay[..start], listed, groups),
        };
        let mut owners = label | text.column(start);
        if start < self.start {
            owners |= text.column(self.start);
        }
        owners.owners()
    }

    /// What stands beside the digits, of `groups` that hang together; more than does where much would have to be read.
    #[inline]
    pub(super) fn beside(&self, groups: usize) -> usize {
        let pair = |first: u8, second: u8| {
            usize::from(CLASSES[usize::from(first)] << 4 | CLASSES[usize::from(second)])
        };
        let (left, right) = (pair(self.last, self.further), pair(self.next, self.rest[0]));
        let mut before = BEFORE[left];
        if !YEARS[right] {
            before &= !Beside::MONTH_BEFORE.0;
        }
        if before & Beside::MONTH_BEFORE.0 != 0 && self.further.is_ascii_alphabetic() && !self.month_before()
        {
            before &= !Beside::MONTH_BEFORE.0;
        }
        if before & Beside::LEAD_BEFORE.0 != 0 && !may_lead(&self.hay[..self.start]) {
            before &= !Beside::LEAD_BEFORE.0;
        }
        let mut after = AFTER[right];
        if groups < PARTS && self.rest[0] != b' ' {
            after &= !Beside::PART_AFTER.0;
        }
        if groups < SERIES {
            after &= !Beside::SERIES_AFTER.0;
        }
        if groups < OCTETS {
            after &= !Beside::DOT_AFTER.0;
        }
        if after & (Beside::MONTH_AFTER.0 | Beside::STREET_AFTER.0) != 0 || self.rest[0] == b' ' {
            after &= self.word_after();
        }
        usize::from(before | after)
    }

    /// Small words follow and the kind of a street ends them: `7025 sycamore st`.
    fn small_street(&self, skip: usize) -> bool {
        let mut at = self.start + self.digits + skip;
        for count in 0..MOST_NAMES {
            let rest = &self.hay[at.min(self.hay.len())..];
            let len = rest.iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_lowercase()).count();
            let word = &rest[..len];
            if len == 0 {
                // a capital or number in the middle of small words: let it be read
                return rest
                    .first()
                    .is_some_and(|next| count > 0 && (next.is_ascii_alphanumeric() || *next >= 0x80));
            }
            if let [first, second, ..] = word
                && count > 0
                && begins(*first, *second) & SUFFIX != 0
                && street_address::is_kind(word)
            {
                return true;
            }
            let stop = usize::from(rest.get(len) == Some(&b'.'));
            if !matches!(rest.get(len + stop), Some(b' ' | b'-')) {
                return false;
            }
            at += len + stop + 1;
        }
        false
    }

    /// The word of Latin letters that ends two bytes before the digits may be a month.
    fn month_before(&self) -> bool {
        let head = &self.hay[..self.start - 1];
        let tail = &head[head.len().saturating_sub(LONGEST_WORD)..];
        let len = tail.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (before, word) = tail.split_at(tail.len() - len);
        let other = before.last().is_some_and(|byte| *byte >= 0x80) || len == LONGEST_WORD;
        other || begins(word[0], word.get(1).copied().unwrap_or(0)) & MONTH != 0
    }

    /// What the word after the digits may be, and all that is not about a word.
    fn word_after(&self) -> u8 {
        let [second, third, fourth] = self.rest;
        let spaced = second == b' ';
        let (month, street) = match self.next {
            b' ' => {
                let street =
                    may_be_street(second, third) || second.is_ascii_lowercase() && self.small_street(1);
                (begins(second, third) & MONTH != 0, street)
            }
            b',' => (false, begins(third, fourth) & STREET != 0),
            b'-' | b'/' | b'.' if spaced => (begins(third, fourth) & MONTH != 0, false),
            b'-' | b'/' | b'.' => (begins(second, third) & MONTH != 0, false),
            next => {
                let small = || third.is_ascii_lowercase() && self.small_street(2);
                let street = spaced && (may_be_street(third, fourth) || small());
                (begins(next, second) & (MONTH | ORDINAL) != 0, street)
            }
        };
        let mut known = !(Beside::MONTH_AFTER.0 | Beside::STREET_AFTER.0);
        known |= if month { Beside::MONTH_AFTER.0 } else { 0 };
        known |= if street { Beside::STREET_AFTER.0 } else { 0 };
        if spaced && !third.is_ascii_digit() {
            known &= !Beside::PART_AFTER.0;
        }
        known
    }
}

/// Longest word before a number that is looked at.
const LONGEST_WORD: usize = 32;

/// The name of a street may begin with these: a capital, a number with an ending, the kind of a street.
fn may_be_street(first: u8, second: u8) -> bool {
    first.is_ascii_uppercase()
        || first.is_ascii_digit() && (second.is_ascii_alphanumeric() || second >= 0x80)
        || begins(first, second) & STREET != 0
}

/// What words can begin with two bytes.
const MONTH: u8 = 1;
const STREET: u8 = 2;
const ORDINAL: u8 = 4;
const SUFFIX: u8 = 8;

/// Most words of a street in small letters, and the longest.
const MOST_NAMES: usize = 6;
const LONGEST_NAME: usize = 24;

#[inline]
fn begins(first: u8, second: u8) -> u8 {
    match (first, second) {
        (0x80.., _) | (_, 0x80..) => MONTH | STREET | ORDINAL,
        _ if first.is_ascii_alphabetic() => PAIRS[usize::from(first & 31)][usize::from(second & 31)],
        _ => 0,
    }
}

/// What leads from a day to its month.
const LEADS: &str = "de of d'";
/// Endings of ordinals.
const ENDINGS: &str = "st nd rd th er";
/// What may stand after the number of a house.
const HOUSES: &str = "bis ter quater";

/// What words of Latin letters begin with, by five bits of the first and the second.
static PAIRS: [[u8; 32]; 32] = {
    let pairs = with_all([[0; 32]; 32], &MONTHS, MONTH);
    let pairs = with_all(pairs, &[LEADS], MONTH);
    let pairs = with_all(pairs, &[ENDINGS], ORDINAL);
    let pairs = with_all(with_all(pairs, street_address::ROMANCE, STREET), &[HOUSES], STREET);
    let [plain, common] = street_address::ENGLISH;
    with_all(with_all(pairs, plain, SUFFIX), common, SUFFIX)
};

/// Adds the beginnings of all words of some texts.
const fn with_all(mut pairs: [[u8; 32]; 32], texts: &[&str], what: u8) -> [[u8; 32]; 32] {
    let mut at = 0;
    while at < texts.len() {
        pairs = with(pairs, texts[at], what);
        at += 1;
    }
    pairs
}

/// Adds the beginnings of the words of a text.
const fn with(mut pairs: [[u8; 32]; 32], words: &str, what: u8) -> [[u8; 32]; 32] {
    let words = words.as_bytes();
    let mut at = 0;
    while at + 1 < words.len() {
        if (at == 0 || words[at - 1] == b' ') && words[at] < 0x80 && words[at + 1] < 0x80 {
            pairs[(words[at] & 31) as usize][(words[at + 1] & 31) as usize] |= what;
        }
        at += 1;
    }
    pairs
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
const COLON: u8 = 12;

static CLASSES: [u8; 256] = byte_table!(byte => match byte {
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
    b':' => COLON,
    _ => 0,
});

const fn is_letter(class: u8) -> bool {
    matches!(class, LETTER | CAPITAL | HIGH)
}

/// What two classes before a number make, the nearer first.
static BEFORE: [u8; 256] = byte_table!(pair => leads(pair >> 4, pair & 15).0);
/// What two classes after it make.
static AFTER: [u8; 256] = byte_table!(pair => follows(pair >> 4, pair & 15).0);

const fn leads(last: u8, further: u8) -> Beside {
    let mut beside = Beside::NOTHING;
    if matches!(last, BLANK | DASH) && is_letter(further) || last == BLANK && further == STOP || last == HIGH
    {
        beside = beside.or(Beside::MONTH_BEFORE);
    }
    let blank = matches!(last, BLANK | HASH);
    if blank && (is_letter(further) || matches!(further, STOP | SLASH | COMMA | COLON))
        || last == COLON && is_letter(further)
        || last == STOP && further == HIGH
        || last == HIGH
    {
        beside = beside.or(Beside::LEAD_BEFORE);
    }
    if last == CAPITAL && further == CAPITAL {
        beside = beside.or(Beside::CAPITALS);
    }
    beside
}

const fn follows(next: u8, second: u8) -> Beside {
    let mut beside = Beside::NOTHING;
    let sign = matches!(next, DASH | SLASH | STOP);
    let full = next == STOP && second == BLANK;
    if is_letter(next) || matches!(next, BLANK | DASH | SLASH | STOP) && is_letter(second) || full {
        beside = beside.or(Beside::MONTH_AFTER);
    }
    if sign && second == DIGIT || full {
        beside = beside.or(Beside::PART_AFTER);
    }
    if next == STOP && second == DIGIT {
        beside = beside.or(Beside::DOT_AFTER);
    }
    if next == BLANK && second == DIGIT {
        beside = beside.or(Beside::SERIES_AFTER);
    }
    let part = is_letter(second) || second == DIGIT;
    if next == BLANK && part || next == COMMA && second == BLANK || is_letter(next) && second == BLANK {
        beside = beside.or(Beside::STREET_AFTER);
    }
    if matches!(next, CAPITAL | LESS) {
        beside = beside.or(Beside::CAPITALS);
    }
    beside
}

/// Bytes that may stand between a day and its year, by their classes: without them a month before means nothing.
static YEARS: [bool; 256] = byte_table!(pair => {
    let (next, second) = (pair >> 4, pair & 15);
    next == COMMA || matches!(next, DASH | BLANK) && second == DIGIT || is_letter(next)
});

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(head: &str, tail: &str, groups: usize) -> Beside {
        let hay = format!("{head}12{tail}");
        let (start, end) = (head.len(), head.len() + 2);
        let anchor = Anchor { kind: Kind::Digits, joint: Joint::None, start, end };
        Beside(Sides::of(hay.as_bytes(), &anchor).beside(groups) as u8)
    }

    #[test]
    fn what_stands_beside_a_number_is_known_for_what_it_is() {
        let none = Beside::NOTHING;
        for (head, tail, groups, expected) in [
            ("", "", 9, none),
            ("March ", ", 1980", 1, Beside::MONTH_BEFORE.or(Beside::LEAD_BEFORE)),
            ("march ", ", 1980", 1, Beside::MONTH_BEFORE),
            ("Mar. ", ", 1980", 1, Beside::MONTH_BEFORE.or(Beside::LEAD_BEFORE)),
            ("mar-", " 1980", 1, Beside::MONTH_BEFORE.or(Beside::STREET_AFTER)),
            ("昭和", "年", 1, Beside::MONTH_BEFORE.or(Beside::MONTH_AFTER).or(Beside::LEAD_BEFORE)),
            ("under ", ", 1980", 1, none),
            ("march ", ".", 1, none),
            ("Calle Mayor, ", "", 1, Beside::LEAD_BEFORE),
            ("c/ ", "", 1, Beside::LEAD_BEFORE),
            ("po box ", "", 1, Beside::LEAD_BEFORE),
            ("ул. Садовая, д.", "", 1, Beside::LEAD_BEFORE),
            ("lindahl\nSkolvägen ", "", 1, Beside::LEAD_BEFORE),
            ("x|Skolvägen ", "", 1, Beside::LEAD_BEFORE),
            ("Am Lindenweg ", "", 1, Beside::LEAD_BEFORE),
            ("the new Lindenweg, ", "", 1, Beside::LEAD_BEFORE),
            ("(street ", "", 1, none),
            ("**Day ", "", 1, none),
            ("an audience. About ", "", 1, none),
            ("min(30, ", "", 1, none),
            ("a street ", "", 1, none),
            ("", "-Mar-80", 1, Beside::MONTH_AFTER),
            ("", "-x", 1, none),
            ("", ". März", 1, Beside::MONTH_AFTER),
            ("", ". 3. 80", 1, Beside::PART_AFTER),
            ("", ". The", 1, none),
            ("", " mar", 1, Beside::MONTH_AFTER),
            ("", " de marzo", 1, Beside::MONTH_AFTER),
            ("", " items", 1, none),
            ("", "th of May", 1, Beside::MONTH_AFTER),
            ("", " the", 1, none),
            ("", "px", 1, none),
            ("", "-3-80", 3, Beside::PART_AFTER),
            ("", "-3-80", 2, none),
            ("", ".3.80", 3, Beside::PART_AFTER),
            ("", ".3.8.0", 4, Beside::PART_AFTER.or(Beside::DOT_AFTER)),
            ("", " rue", 1, Beside::STREET_AFTER.or(Beside::MONTH_AFTER)),
            ("", ", rue", 1, Beside::STREET_AFTER),
            ("", ", Baker Street", 1, none),
            ("", " Baker Street", 1, Beside::STREET_AFTER),
            ("", " 4th", 1, Beside::STREET_AFTER),
            ("", " 4 ", 1, none),
            ("", "b Baker Street", 1, Beside::STREET_AFTER),
            ("", "b of", 1, none),
            ("паспорт: ", " 3 ", 3, Beside::SERIES_AFTER),
            ("visa ", " 3 ", 3, Beside::SERIES_AFTER),
            ("visa ", " 3 ", 1, none),
            ("", " larch hollow rd", 1, Beside::STREET_AFTER),
            ("", " n larch rd", 1, Beside::STREET_AFTER),
            ("", "b larch rd", 1, Beside::STREET_AFTER),
            ("", " larch trees", 1, none),
            ("Cad. No: ", "", 1, Beside::LEAD_BEFORE),
            ("Cad. No:", "", 1, Beside::LEAD_BEFORE),
            ("phone: ", "", 1, none),
            ("a gartenweg ", "", 1, Beside::LEAD_BEFORE),
            ("", "B", 1, Beside::CAPITALS),
            ("", "<", 1, Beside::CAPITALS),
        ] {
            assert_eq!(beside(head, tail, groups), expected, "{head:?} {tail:?} {groups}");
        }
    }

    #[test]
    fn every_month_is_seen_on_either_side() {
        for name in MONTHS.iter().flat_map(|names| names.split(' ')) {
            let mut capital = name.to_owned();
            if let Some(first) = capital.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            for name in [name.to_owned(), name.to_uppercase(), capital] {
                for head in [format!("{name} "), format!("on {name}-"), format!("{name}. ")] {
                    for tail in [", 1980", "-1980", "th, 1980"] {
                        let found = beside(&head, tail, 1).0 & Beside::MONTH_BEFORE.0;
                        assert!(found != 0, "{head}12{tail}");
                    }
                }
                for tail in ["", " ", "-", "/", ".", ". "] {
                    let tail = format!("{tail}{name}");
                    assert!(beside("", &tail, 1).0 & Beside::MONTH_AFTER.0 != 0, "12{tail}");
                }
            }
        }
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
            let hay = [further, last, b'1', b'2', b' ', b'x'];
            assert_eq!(Sides::of(&hay, &anchor).kind(&anchor), kind, "{further} {last} {joint:?}");
        }
    }
}
