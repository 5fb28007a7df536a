//! The signs found in a window, in a fixed place: judging needs no memory of its own.

use super::Sign;
use std::ops::{Deref, Range};

/// Signs of a window that are looked at. Text with more has said enough.
const MOST: usize = 96;

/// A sign where it stands.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) span: Range<usize>,
    pub(super) pattern: usize,
    pub(super) sign: Sign,
    /// It is of a language that may set the verb last: one written with more than ASCII.
    pub(super) verb_last: bool,
}

/// The signs of a window, by place.
pub(super) struct Hits {
    list: [Hit; MOST],
    len: usize,
    /// Some are of such a language.
    verb_last: bool,
}

impl Default for Hits {
    fn default() -> Self {
        const NONE: Hit = Hit { span: 0..0, pattern: 0, sign: Sign::Against(0), verb_last: false };
        Hits { list: [NONE; MOST], len: 0, verb_last: false }
    }
}

impl Hits {
    /// Begins anew, for another window.
    pub(super) fn clear(&mut self) {
        (self.len, self.verb_last) = (0, false);
    }

    /// Takes one more; says no when there is no room.
    pub(super) fn push(&mut self, hit: Hit) -> bool {
        self.verb_last |= hit.verb_last;
        let room = self.list.get_mut(self.len);
        let taken = room.map(|place| *place = hit).is_some();
        self.len += usize::from(taken);
        taken
    }

    /// Some sign is of a language that may set the verb last.
    pub(super) fn has_verb_last(&self) -> bool {
        self.verb_last
    }

    pub(super) fn sort(&mut self) {
        self.list[..self.len].sort_unstable_by_key(|hit| (hit.span.start, hit.span.end, hit.pattern));
    }
}

impl Deref for Hits {
    type Target = [Hit];
    fn deref(&self) -> &[Hit] {
        &self.list[..self.len]
    }
}
