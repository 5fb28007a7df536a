//! What a detector may see: an anchor and a bounded window of text around it.
//! Made by the scanner for each anchor, read by every detector.
//! Invariant: a verdict depends on this window alone, so a text that arrives in pieces is judged
//! exactly like the whole once the window is complete.

mod dialogue;
mod horizon;
mod messages;
mod run;

pub(crate) use dialogue::{asks, said};
pub(crate) use horizon::{BEFORE, LONGEST, MAX_GROUPS, REACH_BACK, hold, horizon, is_domain_byte, reach};
pub(crate) use run::Run;

use crate::byte_table::byte_table;
use crate::context::{self, BEYOND, Context, REACH, ReadWords, Roles, Vocabulary, Word};
use crate::dates::{self, Date, Found};
use crate::lexer::{Anchor, Anchors, Joint, Kind, Turn};
use crate::redact::DOT;
use crate::table::Tables;
use std::cell::{Cell, OnceCell, RefCell};
use std::ops::{Range, RangeInclusive};

/// What all sites of a text share.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    /// The text, or the part of it at hand.
    pub(crate) hay: &'a [u8],
    /// Where in the text `hay` begins.
    pub(crate) base: usize,
    pub(crate) anchors: &'a Anchors,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) tables: &'a RefCell<Tables>,
    pub(crate) read: &'a RefCell<ReadWords>,
    /// Today, for judging dates.
    pub(crate) today: Date,
}

impl Surroundings<'_> {
    /// The roles of the head of the column that what begins at `at` may fill a cell of.
    pub(crate) fn column(&self, at: usize) -> Roles {
        if !may_begin_cell(self.hay, at) {
            return Roles::NONE;
        }
        self.tables.borrow_mut().roles_at(self.hay, self.base, self.base + at, self.vocabulary)
    }
}

/// An anchor with its window.
pub(crate) struct Site<'a> {
    text: &'a Surroundings<'a>,
    hay: &'a [u8],
    anchor: Anchor,
    /// Which of the digit groups is the anchor.
    index: usize,
    lo: usize,
    hi: usize,
    /// The text ends inside the window, so what touches its end is complete.
    ends: bool,
    /// Digit groups that hang together from the anchor on, or 0 before they were counted.
    run: Cell<usize>,
    /// What was said about the span asked last.
    told: Cell<Option<((usize, usize), Context)>>,
    /// The roles of the words after the place asked about last.
    after: Cell<Option<(usize, Roles)>>,
    /// The date at the anchor, once it was asked for.
    date: OnceCell<Option<Found>>,
    /// The detectors that a label before the place asked about last may be of.
    led: Cell<Option<(usize, Roles)>>,
    /// The roles of all words before the anchor.
    about: Cell<Option<Roles>>,
    /// Role bit of the detector that is looking.
    pub(crate) own: Roles,
}

impl<'a> Site<'a> {
    /// The site of the anchor whose turn it is, of which only these may be named, if that is known.
    #[inline]
    pub(crate) fn new(text: &'a Surroundings<'a>, anchor: Anchor, turn: Turn, owners: Option<Roles>) -> Self {
        let horizon = reach(text.hay, &anchor);
        Site {
            text,
            hay: text.hay,
            anchor,
            index: turn.digit,
            lo: anchor.start.saturating_sub(BEFORE),
            hi: text.hay.len().min(horizon),
            ends: text.hay.len() < horizon,
            run: Cell::new(0),
            told: Cell::new(None),
            after: Cell::new(None),
            date: OnceCell::new(),
            led: Cell::new(owners.map(|owners| (anchor.start, owners))),
            about: Cell::new(None),
            own: Roles::NONE,
        }
    }

    pub(crate) fn anchor(&self) -> Anchor {
        self.anchor
    }

    /// The byte at `at`, or 0 outside the window.
    pub(crate) fn byte(&self, at: usize) -> u8 {
        if at >= self.lo && at < self.hi { self.hay[at] } else { 0 }
    }

    /// The byte before `at`, or 0 outside the window.
    pub(crate) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |before| self.byte(before))
    }

    /// The part of the window in `span`, clipped.
    pub(crate) fn bytes(&self, span: Range<usize>) -> &'a [u8] {
        let start = span.start.clamp(self.lo, self.hi);
        &self.hay[start..span.end.clamp(start, self.hi)]
    }

    /// Where in the text what is at hand begins.
    pub(crate) fn base(&self) -> usize {
        self.text.base
    }

    /// Today, for judging dates.
    pub(crate) fn today(&self) -> Date {
        self.text.today
    }

    pub(crate) fn window(&self) -> Range<usize> {
        self.lo..self.hi
    }

    /// `span` is not empty and begins and ends between characters.
    pub(crate) fn is_text(&self, span: &Range<usize>) -> bool {
        let between = |at: usize| self.hay.get(at).is_none_or(|byte| !matches!(byte, 0x80..=0xBF));
        span.start < span.end && span.end <= self.hay.len() && between(span.start) && between(span.end)
    }

    /// The `n`th digit group from the anchor on, if it hangs on the one before it and is complete.
    fn group(&self, n: usize) -> Option<Anchor> {
        let group = self.text.anchors.digits.get(self.index + n)?;
        let joined = n == 0 || group.joint != Joint::None;
        let complete = group.end < self.hi || (self.ends && group.end <= self.hi);
        (joined && complete).then_some(*group)
    }

    /// The group the anchor hangs on.
    pub(crate) fn group_before(&self) -> Option<Anchor> {
        if self.anchor().joint == Joint::None {
            return None;
        }
        let before = self.text.anchors.digits.get(self.index.checked_sub(1)?)?;
        (before.start > self.lo || self.lo == 0).then_some(*before)
    }

    /// The date whose first digits are at the anchor, with its place in the text.
    pub(crate) fn date(&self) -> Option<&Found> {
        let read = || {
            let found = dates::read(self.bytes(self.window()), self.anchor.start - self.lo, self.text.today)?;
            Some(Found { span: found.span.start + self.lo..found.span.end + self.lo, ..found })
        };
        self.date.get_or_init(read).as_ref()
    }

    /// The groups that hang together from the anchor on.
    pub(crate) fn run(&self) -> Run<'a> {
        if self.run.get() == 0 && self.anchor.kind == Kind::Digits {
            self.run.set((0..MAX_GROUPS).take_while(|&n| self.group(n).is_some()).count());
        }
        Run { groups: &self.text.anchors.digits[self.index..self.index + self.run.get()], hay: self.hay }
    }

    /// Nothing before `at` makes a value that starts there the tail of something longer.
    pub(crate) fn opens(&self, at: usize) -> bool {
        let before = self.before(at);
        let further = self.before(at.saturating_sub(1));
        if before == DOT_END && self.follows_masked(at) {
            return false;
        }
        match before {
            b'-' | b'/' | b'\'' => !further.is_ascii_alphanumeric(),
            // a fraction: `e-.1055613458`
            b'.' => further == b'.',
            b',' => !further.is_ascii_digit() || !self.thousands(at),
            _ => !is_word(before) && !b"$%@\\".contains(&before),
        }
    }

    /// A masked value ends at `at`: what follows it is judged as if the value still stood there.
    /// A lone dot after a blank is a bullet.
    pub(crate) fn follows_masked(&self, at: usize) -> bool {
        let Some(dot) = at.checked_sub(DOT.len_utf8()) else { return false };
        let before = self.before(dot);
        self.bytes(dot..at) == "•".as_bytes() && before != 0 && !before.is_ascii_whitespace()
    }

    /// A masked value begins at `at`, and what stands before it is judged as if the value still stood there.
    fn precedes_masked(&self, at: usize) -> bool {
        self.bytes(at..at + DOT.len_utf8()) == "•".as_bytes()
    }

    /// Nothing from `at` on makes a value that ends there the head of something longer.
    pub(crate) fn closes(&self, at: usize) -> bool {
        let next = self.byte(at);
        let further = self.byte(at + 1);
        if next == DOT_BEGIN && self.precedes_masked(at) {
            return false;
        }
        match next {
            b'-' | b'/' | b'\'' => !further.is_ascii_alphanumeric(),
            b'.' => !(further.is_ascii_digit() || further.is_ascii_lowercase()),
            _ => !is_word(next) && next != b'%',
        }
    }

    /// The group at `at`, which follows a comma, looks like thousands: `1,234,567`.
    fn thousands(&self, at: usize) -> bool {
        self.bytes(at..at + 4).iter().take_while(|byte| byte.is_ascii_digit()).count() == 3
            && !self.byte(at + 3).is_ascii_alphanumeric()
            && matches!(self.byte(at + 3), b',' | b'.')
    }

    /// The number of the field that `at` lies in, in a PID segment of an HL7 v2 message.
    pub(crate) fn hl7_field(&self, at: usize) -> Option<usize> {
        if !matches!(self.before(at), b'|' | b'~' | b'^') {
            return None;
        }
        let before = self.bytes(self.lo..at);
        let line = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
        before[line..].starts_with(b"PID|").then(|| memchr::memchr_iter(b'|', &before[line..]).count())
    }

    /// The value at `span` fills a cell of a table: separators, quotes or line ends stand round it.
    pub(crate) fn is_cell(&self, span: &Range<usize>) -> bool {
        let before = self.bytes(span.start.saturating_sub(CELL_END)..span.start);
        let after = self.bytes(span.end..span.end + CELL_END);
        ends_cell(before.iter().rev()) && ends_cell(after.iter())
    }

    /// The roles of the head of the column that the value at `span` fills a cell of.
    fn column(&self, span: &Range<usize>) -> Roles {
        if !self.is_cell(span) {
            return if self.before(span.start) == b'>' && self.byte(span.end) == b'<' {
                self.markup_at(span.start)
            } else {
                Roles::NONE
            };
        }
        self.column_at(span.start)
    }

    /// The roles of the head of the cell of HTML that `at` lies in.
    fn markup_at(&self, at: usize) -> Roles {
        let at = self.text.base + at.max(self.lo);
        self.text.tables.borrow_mut().markup_roles_at(self.hay, self.text.base, at, self.text.vocabulary)
    }

    /// What the words around `span` say about it.
    pub(crate) fn context(&self, span: Range<usize>) -> Context {
        let about = (span.start, span.end);
        if let Some((known, context)) = self.told.get()
            && known == about
        {
            return context;
        }
        let column = self.column(&span);
        let context = Context::of(self, span, self.text.vocabulary, column);
        self.told.set(Some((about, context)));
        context
    }

    /// The value at `start` answers a question on the line before.
    pub(crate) fn answers(&self, start: usize) -> bool {
        context::asked(self, start, self.text.vocabulary).has(self.own)
    }

    /// The value at `start` is what was asked for or spoken of before: `passport in Lisbon, the number was …`.
    pub(crate) fn recalls(&self, start: usize) -> bool {
        self.answers(start)
            || self.may_be_called() && context::recalled(self, start, self.text.vocabulary).has(self.own)
    }

    /// The number before the value at `start` that shares its name: `… and mine is …`.
    pub(crate) fn sibling(&self, start: usize) -> Option<Range<usize>> {
        if !self.may_be_called() {
            return None;
        }
        context::sibling(self, start, self.text.vocabulary)
    }

    /// The number before the value at `start`, of so many characters, is named as what the detector looks for and leads
    /// to it: `021000021 and half to …`.
    pub(crate) fn shares_name(&self, start: usize, len: RangeInclusive<usize>) -> bool {
        let before = self.sibling(start).filter(|number| len.contains(&number.len()));
        before.is_some_and(|number| self.recalls(number.start) || self.context(number).names(self.own))
    }

    /// Whether a word before the value that begins at `start`, near the anchor, could name it as what the detector looks for,
    /// or the head of its column: a cheap question that spares the full one.
    pub(crate) fn may_be_named_from(&self, start: usize) -> bool {
        self.may_be_called() || self.may_be_headed(start)
    }

    /// Whether a label or the head of its column could name the value that begins at `start`, near the anchor: words
    /// that stand farther off do not count.
    pub(crate) fn may_be_labelled(&self, start: usize) -> bool {
        let led = self.led.get().filter(|(at, _)| *at == start).unwrap_or_else(|| {
            let led = (start, self.text.vocabulary.owners(self.bytes(self.lo..start), 0, true));
            self.led.set(Some(led));
            led
        });
        led.1.has(self.own) && self.may_be_called() || self.may_be_headed(start)
    }

    /// Whether the head of its column could name a value that begins at `start`.
    fn may_be_headed(&self, start: usize) -> bool {
        let own = self.own | self.own.hint();
        may_begin_cell(self.hay, start) && self.column_at(start).has(own)
            || self.before(start) == b'>' && self.markup_at(start).has(own)
    }

    /// Whether a word before the anchor has a meaning to the detector.
    fn may_be_called(&self) -> bool {
        let about = self.about.get().unwrap_or_else(|| {
            let about = self.roles_before(self.anchor.start, REACH + 8);
            self.about.set(Some(about));
            about
        });
        about.has(self.own | self.own.hint())
    }

    /// The roles of the head of the column that `at` lies in.
    fn column_at(&self, at: usize) -> Roles {
        let at = self.text.base + at.max(self.lo);
        self.text.tables.borrow_mut().roles_at(self.hay, self.text.base, at, self.text.vocabulary)
    }

    /// Whether a word before `span` or the head of its column could give it one of `roles`: spares the full context.
    pub(crate) fn may_have(&self, span: &Range<usize>, roles: Roles) -> bool {
        self.roles_before(span.start, REACH).has(roles) || self.column(span).has(roles)
    }

    /// The roles of the words in so many bytes before `at`.
    fn roles_before(&self, at: usize, reach: usize) -> Roles {
        let mut about = Roles::NONE;
        self.words_before(at, reach, |words| words.iter().for_each(|word| about |= word.roles));
        about
    }

    /// Whether a word after the value could name it as what the detector looks for.
    pub(crate) fn may_be_named_after(&self, end: usize) -> bool {
        self.roles_in(self.bytes(end..end + BEYOND)).has(self.own)
    }

    /// Whether the first word after the value that means anything names it as what the detector looks for, and no more
    /// than glue stands between.
    pub(crate) fn is_called_after(&self, end: usize) -> bool {
        let after = self.bytes(end..end + BEYOND);
        self.first_word_in(after).is_some_and(|(start, roles)| {
            roles.has(self.own) && context::joins(&after[..start], self.text.vocabulary)
        })
    }

    /// The roles of the words after a value that ends at `end`, on its line.
    pub(crate) fn words_after(&self, end: usize) -> Roles {
        let known = self.after.get().filter(|(at, _)| *at == end).unwrap_or_else(|| {
            let after = self.bytes(end..end + BEYOND);
            let line = &after[..memchr::memchr(b'\n', after).unwrap_or(after.len())];
            let found = self.roles_in(line);
            self.after.set(Some((end, found)));
            (end, found)
        });
        known.1
    }

    /// The roles of all words of `text`.
    pub(crate) fn roles_in(&self, text: &[u8]) -> Roles {
        let mut found = Roles::NONE;
        self.text.vocabulary.words(text, |_, roles| found |= roles);
        found
    }

    /// Where the first word of `text` begins that means anything, and its roles.
    pub(crate) fn first_word_in(&self, text: &[u8]) -> Option<(usize, Roles)> {
        let mut first = None;
        self.text.vocabulary.words(text, |word, roles| {
            first.get_or_insert((word.start, roles));
        });
        first
    }

    /// Shows the words in so many bytes before `at`.
    pub(crate) fn words_before(&self, at: usize, reach: usize, mut show: impl FnMut(&[Word])) {
        let span = at.saturating_sub(reach).max(self.lo)..at;
        show(self.text.read.borrow_mut().within(self.hay, span, self.text.vocabulary));
    }
}

/// The first and the last byte of the dot that masks.
const DOT_BEGIN: u8 = "•".as_bytes()[0];
const DOT_END: u8 = "•".as_bytes()[2];

/// Bytes beside a value in which its cell can end.
const CELL_END: usize = 4;

/// What begins at `at` may fill a cell of a table.
fn may_begin_cell(hay: &[u8], at: usize) -> bool {
    ends_cell(hay[at.saturating_sub(CELL_END)..at].iter().rev())
}

/// Walking away from a value, the first thing but blanks and quotes is the end of a cell, or there are two blanks.
fn ends_cell<'b>(bytes: impl Iterator<Item = &'b u8>) -> bool {
    let mut last = CELL_QUOTE;
    for byte in bytes {
        match CELL_BYTES[usize::from(*byte)] {
            CELL_ENDS => return true,
            CELL_OTHER => return false,
            CELL_BLANK if last == CELL_BLANK => return true,
            other => last = other,
        }
    }
    true
}

const CELL_OTHER: u8 = 0;
const CELL_ENDS: u8 = 1;
const CELL_BLANK: u8 = 2;
const CELL_QUOTE: u8 = 3;

/// What a byte beside a value is to the cell it may fill.
static CELL_BYTES: [u8; 256] = byte_table!(byte => match byte {
    b',' | b';' | b'|' | b'\t' | b'\r' | b'\n' | b'(' | b')' | b'^' => CELL_ENDS,
    b' ' => CELL_BLANK,
    b'"' | b'\'' => CELL_QUOTE,
    _ => CELL_OTHER,
});

/// A letter, digit or `_`, or part of a letter outside ASCII in a script that separates words.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
