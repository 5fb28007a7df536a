//! Says which detectors are called for an anchor, from its kind and the digits there: most need not be.
//! Made once per scanner. Invariant: a detector that is not called would have found
//! nothing; the scanner asserts it in development.

use crate::detector::{Beside, Candidates, Numbers};
use crate::detectors;
use crate::lexer::{Anchor, Joint, Kind};

/// A set of detectors, one bit for each by its place in the registry.
pub(super) type Set = u32;

/// More digits than this are all alike.
const MOST: usize = Numbers::MOST;
/// More digits in all than any detector asks for.
const MOST_ASKED: usize = 12;
/// Groups that a number of parts has at least: a date, a version.
const PARTS: usize = 3;
/// More groups than any detector asks for.
const MOST_GROUPS: usize = 4;

/// The detectors that look at anchors of a kind, and at numbers of so many digits.
pub(super) struct Calls {
    kinds: [Set; Kind::COUNT],
    /// By the digits of the group at the anchor.
    first: [Set; MOST + 1],
    /// By the same, those that need nothing beside it.
    alone: [Set; MOST + 1],
    /// By what stands beside it.
    beside: [Set; 1 << u8::BITS],
    /// By the digits of all groups that hang together.
    total: [Set; MOST_ASKED + 1],
    /// By how many groups those are.
    groups: [Set; MOST_GROUPS + 1],
    /// After another number and a hyphen or dot.
    joined: Set,
}

impl Calls {
    pub(super) fn new() -> Self {
        let mut calls = Calls {
            kinds: [0; Kind::COUNT],
            first: [0; MOST + 1],
            alone: [0; MOST + 1],
            beside: [0; 1 << u8::BITS],
            total: [0; MOST_ASKED + 1],
            groups: [0; MOST_GROUPS + 1],
            joined: 0,
        };
        for (number, detector) in detectors::ALL.iter().enumerate() {
            let (own, numbers) = (1 << number, detector.numbers);
            let put = |set: &mut Set, has: bool| *set |= if has { own } else { 0 };
            if let Candidates::At(kinds) = detector.candidates {
                kinds.iter().for_each(|kind| put(&mut calls.kinds[*kind as usize], true));
            }
            put(&mut calls.joined, numbers.joined);
            for digits in 0..=MOST {
                put(&mut calls.first[digits], numbers.lens >> digits & 1 == 1);
                put(&mut calls.alone[digits], numbers.alone >> digits & 1 == 1);
            }
            for (beside, set) in calls.beside.iter_mut().enumerate() {
                put(set, usize::from(numbers.beside.0) & beside != 0);
            }
            for (digits, set) in calls.total.iter_mut().enumerate() {
                put(set, digits >= numbers.least.min(MOST_ASKED));
            }
            for (groups, set) in calls.groups.iter_mut().enumerate() {
                put(set, groups >= numbers.groups.min(MOST_GROUPS));
            }
        }
        calls
    }

    /// The detectors to call for a mark of this kind.
    pub(super) fn at_mark(&self, kind: Kind) -> Set {
        self.kinds[kind as usize]
    }

    /// Those to call for the digits that `groups` begin with, seen as `kind`.
    #[inline]
    pub(super) fn at_number(&self, kind: Kind, sides: Sides, groups: &[Anchor]) -> Set {
        let Some((anchor, more)) = groups.split_first() else { return 0 };
        let digits = (anchor.end - anchor.start).min(MOST);
        let mut set = self.kinds[kind as usize] & self.first[digits];
        if matches!(anchor.joint, Joint::Hyphen | Joint::Dot) {
            set &= self.joined;
        }
        if set == 0 {
            return 0;
        }
        let (mut total, mut count) = (digits, 1);
        for group in more.iter().take_while(|group| group.joint != Joint::None) {
            if total >= MOST_ASKED && count >= MOST_GROUPS {
                break;
            }
            total += group.end - group.start;
            count += 1;
        }
        set &= self.alone[digits] | self.beside[sides.beside(count)];
        set & self.total[total.min(MOST_ASKED)] & self.groups[count.min(MOST_GROUPS)]
    }
}

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
    fn beside(&self, groups: usize) -> usize {
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

/// The members of a set, in order.
pub(super) fn members(mut set: Set) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        next
    })
}
