//! Third stage: tokens that stand for something else as a whole, each put in plain words as one unit.
//! Whatever part of a unit a finding has, its span is the whole unit.
//! Invariant: whether a unit begins somewhere depends on a bounded stretch after and [`Hay::before`] it.

mod address;
mod encoded;
mod homoglyph;
mod look_alike;
mod screen;
mod spaced;

use super::steps::{Layer, Rewrite};
use super::{Seam, View};
use crate::work;
use std::borrow::Cow;
use std::ops::Range;

pub(crate) use screen::Screen;

/// How deep encoded tokens are undone.
pub(super) const MAX_DEPTH: usize = 3;
/// Longest token undone as one unit; a longer one is undone in parts.
pub(crate) const MAX_TOKEN: usize = encoded::PART + encoded::LAST + encoded::FOLD;

/// A text that tokens are looked for in.
struct Hay<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// What each block of it is marked with.
    marks: &'t [u8],
    seam: Seam,
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

/// Each finds the first unit of its kind at or after an offset.
static ALL: &[fn(&Hay, usize) -> Next] =
    &[address::next, spaced::next, look_alike::next, homoglyph::next, encoded::next];

impl Hay<'_> {
    /// The first offset from `from` on whose block has this mark.
    fn marked(&self, from: usize, mark: u8) -> Option<usize> {
        let first = from / screen::BLOCK;
        if self.marks.get(first)? & mark != 0 {
            return Some(from);
        }
        let ahead = self.marks[first + 1..].iter().position(|marks| marks & mark != 0)?;
        Some((first + 1 + ahead) * screen::BLOCK)
    }

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

    /// A unit may begin at `from` whatever stands before: another ended there.
    fn goes_on(&self, at: usize, from: usize) -> bool {
        at == from && (from > 0 || self.seam.after_token)
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

/// A letter, digit or `_`, or part of a letter outside ASCII.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// What the stage makes of `text`: how far it was read, and the layer if there was a token.
pub(super) fn undo(
    text: &str,
    seam: Seam,
    ends: bool,
    depth: usize,
    screen: &mut Screen,
) -> (usize, Option<Layer>) {
    let marks = screen.look(text.as_bytes());
    let hay = Hay { text, bytes: text.as_bytes(), marks, seam, ends, depth };
    let mut next: [Next; 5] = std::array::from_fn(|reader| ALL[reader](&hay, 0));
    let mut rewrite: Option<Rewrite> = None;
    let end = loop {
        let Some(first) = (0..ALL.len()).min_by_key(|&reader| next[reader].start()) else { break text.len() };
        let end = match &next[first] {
            Next::Nothing => break text.len(),
            Next::Open(start) => break *start,
            Next::Unit(span, plain) => {
                work::done(span.len());
                rewrite.get_or_insert_with(|| Rewrite::new(text)).replace(span.clone(), plain);
                span.end
            }
        };
        for (reader, next) in next.iter_mut().enumerate() {
            if next.start() < end {
                *next = ALL[reader](&hay, end);
            }
        }
    };
    (end, rewrite.map(|rewrite| rewrite.finish(end)))
}

/// `text` with whatever it hides itself.
fn within(text: &str, depth: usize) -> Cow<'_, str> {
    View::of_part(text, Seam::default(), true, depth.saturating_sub(1), &mut Screen::default()).text
}

/// Bytes looked at together: wide enough for the compiler to use vector instructions.
const BLOCK: usize = 32;
/// A block and the bytes after it that a question about its last byte can reach.
type Block = [u8; BLOCK + AFTER];

/// The first offset from `from` on at which `holds`, asked only about blocks with this mark, and in which it `may` hold
/// somewhere. Both are plain arithmetic on the bytes at and after a place. The end of the text reads as zeroes.
#[inline(always)]
fn find_marked(
    hay: &Hay,
    mark: u8,
    from: usize,
    may: impl Fn(&Block, usize) -> bool,
    holds: impl Fn(&Block, usize) -> bool,
) -> Option<usize> {
    let mut at = from;
    loop {
        at = hay.marked(at, mark)?;
        let end = (at / screen::BLOCK + 1) * screen::BLOCK;
        // some bytes after the block, for what begins in it
        let part = &hay.bytes[..hay.bytes.len().min(end + AFTER)];
        match find_by(part, at, &may, &holds) {
            Some(found) if found < end => return Some(found),
            _ => at = end,
        }
    }
}

/// Bytes after a place that a question about it can reach.
const AFTER: usize = 8;

/// The first offset from `from` on at which `holds`, asked only about blocks in which it `may` hold somewhere.
/// Both are plain arithmetic on the bytes at and after a place. The end of the text reads as zeroes.
#[inline(always)]
fn find(
    bytes: &[u8],
    from: usize,
    may: impl Fn(&Block, usize) -> bool,
    holds: impl Fn(&Block, usize) -> bool,
) -> Option<usize> {
    find_by(bytes, from, &may, &holds)
}

/// The same for questions that are asked again; they are called as they are, or nothing is made of vectors.
#[inline(always)]
fn find_by<M, H>(bytes: &[u8], from: usize, may: &M, holds: &H) -> Option<usize>
where
    M: Fn(&Block, usize) -> bool,
    H: Fn(&Block, usize) -> bool,
{
    let place = |block: &Block| {
        let may = (0..BLOCK).fold(0, |any, n| any | u8::from((*may)(block, n))) != 0;
        let does = may && (0..BLOCK).fold(0, |any, n| any | u8::from((*holds)(block, n))) != 0;
        if does { (0..BLOCK).find(|&n| (*holds)(block, n)) } else { None }
    };
    let mut at = from;
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        if let Some(n) = place(block) {
            return Some(at + n);
        }
        at += BLOCK;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let mut padded = [0; 2 * BLOCK + AFTER];
    padded[..rest.len()].copy_from_slice(rest);
    [0, BLOCK].into_iter().find_map(|half| place(padded[half..].first_chunk()?).map(|n| at + half + n))
}
