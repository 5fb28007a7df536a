//! What the last 64 bytes before a place are, one bit each: questions about what stands between a word and a value, and
//! where a sentence begins are answered from it.
//! Read once for a place, by vectors. Invariant: bytes that are not there count as nothing.

use super::glue::MASKED;
use crate::vectors::{BLOCK, Bytes, Vectors, Work, with_widest};
use std::ops::Range;

/// The bytes before a place: the highest bit stands for the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub(super) letters: u64,
    pub(super) capitals: u64,
    pub(super) digits: u64,
    /// Outside ASCII.
    pub(super) high: u64,
    /// Commas before a blank.
    pub(super) commas: u64,
    /// `;`, `!`, `{` and `}`.
    pub(super) breaks: u64,
    pub(super) apostrophes: u64,
    /// All those, full stops, commas and what is outside ASCII.
    pub(super) closer: u64,
    /// Ends of lines.
    pub(super) lines: u64,
    /// Where lines, numbers and masked values end.
    stops: u64,
    /// Where sentences end before a blank.
    sentences: u64,
}

/// Looks at a block.
struct Look<'a>(&'a [u8; BLOCK]);

impl Work for Look<'_> {
    type Output = Before;

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) -> Before {
        let bytes = vectors.load(self.0);
        let (digits, high, full, cry) =
            (bytes.range(b'0', 10), bytes.high(), bytes.any([b'.']), bytes.any([b'!']));
        let (comma, before_blank) = (bytes.any([b',']), bytes.any([b' ']) >> 1);
        let breaks = cry | bytes.any([b';', b'{', b'}']);
        let apostrophes = bytes.any([b'\'']);
        let [first, second, last] = [MASKED[0], MASKED[1], MASKED[2]].map(|byte| bytes.any([byte]));
        let lines = bytes.any([b'\n']);
        // a small letter goes on after an abbreviation: `Tel. cita previa`
        let abbreviating = full & bytes.range(b'a', 26) >> 2;
        Before {
            lines,
            letters: bytes.letters(),
            capitals: bytes.range(b'A', 26),
            digits,
            high,
            commas: comma & before_blank,
            breaks,
            apostrophes,
            closer: breaks | comma | full | apostrophes | high,
            stops: lines | digits | last & second << 1 & first << 2,
            sentences: (cry | full & !abbreviating | bytes.any([b'?'])) & before_blank,
        }
    }
}

impl Before {
    /// The bytes that `text` ends with.
    #[inline]
    pub(super) fn of(text: &[u8]) -> Self {
        match text.last_chunk() {
            Some(block) => with_widest(Look(block)),
            None => {
                let mut block = [0; BLOCK];
                block[BLOCK - text.len()..].copy_from_slice(text);
                with_widest(Look(&block))
            }
        }
    }

    /// How many of the last bytes are words of the value's own sentence: those after the last line end, full stop or
    /// number.
    pub(super) fn fresh(&self) -> usize {
        let (stop, sentence) = (self.stops.leading_zeros(), self.sentences.leading_zeros());
        // right before the value a full stop ends an abbreviation: `tel. 030`
        let fresh = if sentence < stop && sentence >= ABBREVIATED { sentence - 1 } else { stop };
        fresh as usize
    }
}

/// Bytes before a value among which a full stop belongs to an abbreviation.
const ABBREVIATED: u32 = 5;

/// The bits of a part of the text that ends where the bytes do, `len` of them: from `span.start` to `span.end`.
pub(super) fn part(span: Range<usize>, len: usize) -> u64 {
    let (from, to) = (len - span.start, len - span.end);
    if from == to { 0 } else { (u64::MAX >> to) & (u64::MAX << (BLOCK - from)) }
}
