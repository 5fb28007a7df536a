//! Third stage: tokens that stand for something else as a whole, each put in plain words as one unit.
//! Whatever part of a unit a finding has, its span is the whole unit.
//! Invariant: whether a unit begins somewhere depends on a bounded stretch after and [`Hay::before`] it.

mod address;
mod encoded;
mod homoglyph;
mod look_alike;
mod spaced;

use super::screen::{Kind, Marks, Walk};
use super::steps::{Layer, Rewrite};
use super::{Screen, Seam, View};
use crate::byte_table::byte_table;
use crate::work;
use std::borrow::Cow;
use std::ops::Range;

/// How deep encoded tokens are undone.
pub(super) const MAX_DEPTH: usize = 3;
/// Longest token undone as one unit; a longer one is undone in parts.
pub(crate) const MAX_TOKEN: usize = encoded::PART + encoded::LAST + encoded::FOLD;

/// A text that tokens are looked for in.
struct Hay<'t> {
    text: &'t str,
    bytes: &'t [u8],
    seam: Seam,
    /// The kind of the unit that ended where the search begins, if one did.
    after: Option<Kind>,
    /// Nothing follows the text.
    ends: bool,
    /// How many encoded layers may still be undone.
    depth: usize,
}

/// What a reader comes upon first.
#[derive(Debug, PartialEq)]
enum Next {
    Nothing,
    /// What begins here is no unit or one, depending on what follows the text.
    Open(usize),
    Unit(Range<usize>, String),
}

impl Next {
    fn start(&self) -> usize {
        match self {
            Next::Nothing => usize::MAX,
            Next::Open(start) => *start,
            Next::Unit(span, _) => span.start,
        }
    }
}

/// Finds the first unit of its kind at or after an offset.
type Reader = fn(&Hay, &mut Walk, usize) -> Next;

/// Every reader, and what it looks at.
static ALL: [(Kind, Reader); 5] = [
    (Kind::Clue, address::next),
    (Kind::Spaced, spaced::next),
    (Kind::Alike, look_alike::next),
    (Kind::Mixed, homoglyph::next),
    (Kind::Dense, encoded::next),
];

impl Hay<'_> {
    /// The byte `back` places before `at`; 1 is the nearest.
    fn before(&self, at: usize, back: usize) -> u8 {
        match at.checked_sub(back) {
            Some(place) => self.at(place),
            None => self.seam.before.get(Seam::BEFORE + at - back).copied().unwrap_or(b' '),
        }
    }

    /// The byte at `at`, or a blank after the end.
    fn at(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// What stands from `at` on.
    fn rest(&self, at: usize) -> &[u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    /// `at` is the end of the text and more may follow.
    fn is_open(&self, at: usize) -> bool {
        !self.ends && at >= self.bytes.len()
    }

    /// A unit of this kind may begin at `at` whatever stands before: another of its kind ended there, where the search
    /// began. One of another kind does not count, for a reader is not asked anew where that ends.
    fn goes_on(&self, at: usize, from: usize, kind: Kind) -> bool {
        at == from && self.after == Some(kind)
    }
}

/// Plain words under construction, on the stack: most of what begins like a token is none. ASCII alone.
struct Draft {
    bytes: [u8; Draft::MOST],
    len: usize,
}

impl Draft {
    /// Longest text; the longest address written out fits.
    const MOST: usize = 400;

    fn new() -> Self {
        Draft { bytes: [0; Draft::MOST], len: 0 }
    }

    /// Adds `text`, unless it does not fit.
    fn push(&mut self, text: &[u8]) {
        if let Some(room) = self.bytes.get_mut(self.len..self.len + text.len()) {
            room.copy_from_slice(text);
            self.len += text.len();
        }
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}

/// What bytes can be part of, a bit each: readers ask this of every byte they look at.
static CLASSES: [u8; 256] = byte_table!(byte => {
    let alphanumeric = byte.is_ascii_alphanumeric();
    let word = alphanumeric || byte == b'_' || byte >= 0x80;
    let name = alphanumeric || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-');
    (if word { WORD } else { 0 }) | (if name { NAME } else { 0 })
});
const WORD: u8 = 1;
const NAME: u8 = 1 << 1;

/// A letter, digit or `_`, or part of a letter outside ASCII.
#[inline]
fn is_word(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & WORD != 0
}

/// A byte of a word of an address.
#[inline]
fn is_name(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & NAME != 0
}

/// What the stage makes of `text` with these places: how far it was read, and the layer if there was a token.
pub(super) fn undo(text: &str, marks: Marks, seam: Seam, ends: bool, depth: usize) -> (usize, Option<Layer>) {
    if ends && marks.is_empty() {
        return (text.len(), None);
    }
    let mut hay = Hay { text, bytes: text.as_bytes(), seam, after: seam.after_token, ends, depth };
    let mut walks = ALL.map(|(kind, _)| marks.of(kind));
    let mut next: [Next; ALL.len()] = std::array::from_fn(|n| ALL[n].1(&hay, &mut walks[n], 0));
    let mut rewrite: Option<Rewrite> = None;
    let end = loop {
        let Some(first) = (0..ALL.len()).min_by_key(|&reader| next[reader].start()) else { break text.len() };
        let end = match &next[first] {
            Next::Nothing => break text.len(),
            Next::Open(start) => break *start,
            Next::Unit(span, plain) => {
                work::done(span.len());
                let rewrite = rewrite.get_or_insert_with(|| Rewrite::new(text));
                rewrite.replace_token(span.clone(), plain, ALL[first].0);
                hay.after = Some(ALL[first].0);
                span.end
            }
        };
        for (n, next) in next.iter_mut().enumerate() {
            if next.start() < end {
                *next = ALL[n].1(&hay, &mut walks[n], end);
            }
        }
    };
    (end, rewrite.map(|rewrite| rewrite.finish(end)))
}

/// `text` with whatever it hides itself.
fn within(text: &str, depth: usize) -> Cow<'_, str> {
    View::of_part(text, Seam::default(), true, depth.saturating_sub(1), &mut Screen::default()).text
}
