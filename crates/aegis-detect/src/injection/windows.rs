//! Where windows lie, and how verdicts of neighbours become one.
//! Used alike for a whole text and for a stream, so that both say the same.

use super::{STRIDE, Verdict, WINDOW};

/// A window begins at `start` in a text of `len` bytes: the one before it did not reach the end.
pub(crate) fn is_window(start: usize, len: usize) -> bool {
    start == 0 || start + WINDOW - STRIDE < len
}

/// Makes one verdict of those of neighbouring windows about the same place.
#[derive(Debug, Default)]
pub(crate) struct Places {
    held: Option<Verdict>,
}

impl Places {
    /// Takes the next window's verdict; returns the one before if it was about another place.
    pub(crate) fn next(&mut self, verdict: Verdict) -> Option<Verdict> {
        match &mut self.held {
            Some(held) if held.span.start < verdict.span.end && verdict.span.start < held.span.end => {
                if verdict.confidence > held.confidence {
                    *held = verdict;
                }
                None
            }
            held => held.replace(verdict),
        }
    }

    /// Where the place still held begins.
    pub(crate) fn first_start(&self) -> Option<usize> {
        self.held.as_ref().map(|held| held.span.start)
    }

    /// The last one.
    pub(crate) fn last(&mut self) -> Option<Verdict> {
        self.held.take()
    }
}
