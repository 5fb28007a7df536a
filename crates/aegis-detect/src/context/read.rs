//! Remembers the words of the stretch of text that detectors are looking at: each place is asked once,
//! however many candidates have it within reach.
//! Kept by the scanner through one text. Invariant: what it tells about a place depends on the text alone.

use super::{Roles, Vocabulary};
use crate::vectors::{Vectors, Work, with_widest};
use std::ops::Range;

/// A word with a meaning, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) roles: Roles,
}

/// Words remembered before the oldest are dropped.
const MOST: usize = 256;

/// The words of a stretch.
#[derive(Debug, Default)]
pub(crate) struct ReadWords {
    read: Range<usize>,
    words: Vec<Word>,
}

impl ReadWords {
    /// Forgets everything, for another text.
    pub(crate) fn clear(&mut self) {
        self.read = 0..0;
        self.words.clear();
    }

    /// The words that begin in `span` of `hay`, in order; one may begin inside another.
    pub(crate) fn within(&mut self, hay: &[u8], span: Range<usize>, vocabulary: &Vocabulary) -> &[Word] {
        if span.start < self.read.start || span.start > self.read.end {
            self.read = span.start..span.start;
            self.words.clear();
        }
        if self.words.len() > MOST {
            let old = self.words.partition_point(|word| word.start < span.start);
            self.words.drain(..old);
            self.read.start = span.start;
        }
        let fresh = self.read.end..span.end;
        if !fresh.is_empty() {
            crate::work::done(fresh.len());
            self.read.end = fresh.end;
            with_widest(Reading { hay, span: fresh, vocabulary, words: &mut self.words });
        }
        // those asked for are the last ones, or nearly
        let last = |at: usize| self.words.iter().rposition(|word| word.start < at).map_or(0, |last| last + 1);
        &self.words[last(span.start)..last(span.end)]
    }
}

/// Reads the words that begin in a span.
struct Reading<'a> {
    hay: &'a [u8],
    span: Range<usize>,
    vocabulary: &'a Vocabulary,
    words: &'a mut Vec<Word>,
}

impl Work for Reading<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        let Reading { hay, span, vocabulary, words } = self;
        let mut at = span.start;
        while at < span.end {
            let openings = vocabulary.heads().openings(vectors, hay, at, span.end);
            at += openings.len;
            for opening in openings {
                if let Some((end, roles)) = vocabulary.word_at(hay, opening) {
                    words.push(Word { start: opening.at, end, roles });
                }
            }
        }
    }
}
