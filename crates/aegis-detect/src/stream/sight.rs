//! The part of a stream that is still needed: as it was pushed, without disguises, and its anchors.
//! Grows with each piece at the cost of the piece, whatever was there before; forgets from the front.
//! Invariant: view and anchors are those of the whole text, as far as they are sure.

use super::starts::{Starts, earliest_start};
use crate::lexer::{Anchors, Literals, Turn};
use crate::normalise::View;

/// Bytes before the end of the text at hand in which an anchor may not yet be known for one: the longest
/// literal of the lexer. Less than the shortest window.
pub(super) const UNCLEAR: usize = 24;

/// Most bytes looked through at once, so that no part of the view is long.
const STEP: usize = 4096;

#[derive(Debug, Default)]
pub(super) struct Sight {
    /// The text as it was pushed, released or not.
    pub(super) buffer: String,
    /// Where in the whole text the buffer begins, and where in the normalised text.
    pub(super) origin: usize,
    pub(super) base: usize,
    pub(super) view: View<'static>,
    /// Bytes of the buffer that the view has taken in.
    viewed: usize,
    pub(super) anchors: Anchors,
    /// Anchors before this offset of the view are sure.
    sure: usize,
    /// The next anchor to be judged, and the next whose start is to be noted.
    pub(super) turn: Turn,
    noted: Turn,
    pub(super) starts: Starts,
}

impl Sight {
    /// Takes in the next piece, the last one if the text `ends`.
    pub(super) fn push(&mut self, chunk: &str, ends: bool, literals: &Literals) {
        self.buffer.push_str(chunk);
        self.look(ends);
        self.anchors.renew(self.view.text().as_bytes(), self.sure, literals);
        self.sure = self.view.text().len().saturating_sub(UNCLEAR).max(self.sure);
    }

    /// Looks through what was pushed, as far as its meaning does not depend on what follows.
    fn look(&mut self, ends: bool) {
        let mut most = STEP;
        while self.viewed < self.buffer.len() || ends {
            let rest = &self.buffer[self.viewed..];
            let mut len = rest.len().min(most);
            while !rest.is_char_boundary(len) {
                len -= 1;
            }
            let all = len == rest.len();
            let next = View::resume(&rest[..len], self.view.seam(self.view.text().len()), ends && all);
            let read = next.origin_of(next.text().len());
            if !next.text().is_empty() {
                self.view.append(next, self.viewed);
            }
            self.viewed += read;
            if all {
                return;
            }
            // a disguise that does not end within a step is given more of the text
            most = if read == 0 { most * 2 } else { STEP };
        }
    }

    /// The first byte of the view from which a value could begin that has not been judged.
    pub(super) fn first_open(&mut self) -> usize {
        let hay = self.view.text().as_bytes();
        let open = self.turn.anchor(&self.anchors);
        self.starts.judged(open.map_or(usize::MAX, |anchor| anchor.start + self.base));
        let mut next = self.noted.max(self.turn);
        let mut first = earliest_start(hay);
        while let Some(anchor) = next.anchor(&self.anchors) {
            let earliest = earliest_start(&hay[..anchor.start]);
            next.pass(&anchor);
            if anchor.start < self.sure {
                self.starts.note(anchor.start + self.base, earliest + self.base);
                self.noted = next;
            } else {
                first = first.min(earliest);
            }
        }
        self.starts.first().map_or(first, |start| first.min(start.saturating_sub(self.base)))
    }

    /// Forgets what stands before `cut`, a place in the view, or a little less.
    pub(super) fn forget(&mut self, cut: usize) {
        let (bytes, origin) = self.view.forget(cut);
        self.buffer.drain(..origin);
        self.origin += origin;
        self.base += bytes;
        self.viewed -= origin;
        self.sure -= bytes.min(self.sure);
        let gone = self.anchors.forget(&mut self.turn);
        self.noted.less(gone);
        self.anchors.shift(bytes);
    }
}
