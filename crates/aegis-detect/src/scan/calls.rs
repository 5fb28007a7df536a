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
        }
        calls
    }

    /// The detectors to call for a mark of this kind.
    pub(super) fn at_mark(&self, kind: Kind) -> Set {
        self.kinds[kind as usize]
    }

    /// Those to call for the digits that `groups` begin with, seen as `kind`. Reads some bytes on either side.
    #[inline]
    pub(super) fn at_number(&self, kind: Kind, hay: &[u8], groups: &[Anchor]) -> Set {
        let anchor = groups[0];
        let digits = (anchor.end - anchor.start).min(MOST);
        let mut set = self.kinds[kind as usize] & self.first[digits];
        if matches!(anchor.joint, Joint::Hyphen | Joint::Dot) {
            set &= self.joined;
        }
        set &= self.alone[digits] | self.beside[usize::from(beside(hay, anchor.start, anchor.end).0)];
        if set == 0 {
            return 0;
        }
        let more = groups[1..].iter().take_while(|group| group.joint != Joint::None);
        let mut total = digits;
        for group in more {
            if total >= MOST_ASKED {
                break;
            }
            total += group.end - group.start;
        }
        set & self.total[total.min(MOST_ASKED)]
    }
}

/// What stands beside the digits from `start` to `end`.
#[inline]
fn beside(hay: &[u8], start: usize, end: usize) -> Beside {
    let before = if start >= 3 { [hay[start - 3], hay[start - 2], hay[start - 1]] } else { before(hay, start) };
    let after = match hay.get(end..).and_then(|rest| rest.first_chunk::<3>()) {
        Some(after) => *after,
        None => std::array::from_fn(|n| hay.get(end + n).copied().unwrap_or(0)),
    };
    let [third, further, last] = before;
    let [next, second, fourth] = after;
    let is = |bit: Beside, holds: bool| if holds { bit.0 } else { 0 };
    let lead = if further == b',' { third } else { further };
    let part = |byte: u8| class(byte) & (LETTER | DIGIT) != 0;
    let letter = class(next) & LETTER != 0;
    Beside(
        is(Beside::WORD_BEFORE, class(further) & LETTER != 0 || further == b'.' || last >= 0x80)
            | is(
                Beside::LEAD_BEFORE,
                matches!(last, b' ' | b'#') && (class(lead) & LETTER != 0 || matches!(lead, b'.' | b'/')),
            )
            | is(
                Beside::SIGN_AFTER,
                matches!(next, b'-' | b'/' | b'.') && (part(second) || (next == b'.' && second == b' ')),
            )
            | is(Beside::PART_AFTER, next == b'.' && second.is_ascii_digit())
            | is(Beside::LETTER_AFTER, letter)
            | is(Beside::WORD_AFTER, next == b' ' && class(second) & LETTER != 0)
            | is(
                Beside::STREET_AFTER,
                (next == b' ' && part(second))
                    || (next == b',' && second == b' ' && part(fourth))
                    || (letter && second == b' '),
            )
            | is(Beside::CAPITAL_AFTER, next.is_ascii_uppercase() || next == b'<'),
    )
}

/// The three bytes before `start`, where the text may begin.
#[cold]
fn before(hay: &[u8], start: usize) -> [u8; 3] {
    [3, 2, 1].map(|back| start.checked_sub(back).map_or(0, |at| hay[at]))
}

const LETTER: u8 = 1;
const DIGIT: u8 = 2;

/// Whether a byte is a letter, or part of one outside ASCII, or a digit.
#[inline]
fn class(byte: u8) -> u8 {
    static CLASSES: [u8; 256] = {
        let mut classes = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let is = byte as u8;
            classes[byte] = if is.is_ascii_digit() {
                DIGIT
            } else if is.is_ascii_alphabetic() || byte >= 0x80 {
                LETTER
            } else {
                0
            };
            byte += 1;
        }
        classes
    };
    CLASSES[usize::from(byte)]
}

/// The members of a set, in order.
pub(super) fn members(mut set: Set) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        next
    })
}
