//! Looks over the lines of a text where no table is: most need not be read.
//! Asked by the reader of tables. Invariant: no line that is passed over could say anything about the text behind it.

use super::{INSERT, SEPARATORS, starts_with};
use crate::vectors::{BLOCK, Bytes, Vectors, Work, block_at};

/// Looks for the lines that tables can begin at, a block after the other.
pub(super) struct Sweep<'a> {
    pub(super) text: &'a [u8],
    /// Where to begin.
    pub(super) read: usize,
    /// No separator stands in what was read of the line there.
    pub(super) free: bool,
}

/// What a sweep tells. Places are those in the text.
pub(super) struct Swept {
    /// Where the line after the last without separators begins, or 0.
    pub(super) from: usize,
    /// Where the first insert after the last blank line begins, or the end of numbers.
    pub(super) insert: usize,
    /// Where the last line begins, or 0.
    pub(super) line: usize,
    /// There is a blank line.
    pub(super) empty: bool,
    /// Separators may stand in the last line.
    pub(super) separated: bool,
}

impl Work for Sweep<'_> {
    type Output = Swept;

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) -> Swept {
        let Sweep { text, mut read, free } = self;
        let mut swept = Swept { from: 0, insert: usize::MAX, line: 0, empty: false, separated: false };
        let after = |end: Option<u32>, read: usize| end.map(|end| read + end as usize + 1);
        // whether a line begins, whether none but blanks, and whether no separator has come in it yet
        let (mut begins, mut blank, mut free, mut last) = (false, false, free, true);
        while read < text.len() {
            let bytes = vectors.load(&block_at(text, read));
            let ends = bytes.any([b'\n']);
            let begin = ends << 1 | u64::from(begins);
            let blanks = bytes.any([b' ', b'\t', b'\r', 0x0C]);
            // adding to a run of bits where it begins sets the bit behind it
            let (first, over) = blanks.overflowing_add(begin & blanks | u64::from(blank));
            // two blanks in a row that do not begin a line set columns apart
            let inner = first & bytes.any([b' ']);
            let gaps = inner & (inner << 1 | u64::from(last));
            last = inner >> (BLOCK - 1) == 1;
            let other = !(ends | gaps | bytes.any(SEPARATORS));
            let (sum, goes_on) = other.overflowing_add(begin & other | u64::from(free));
            let alone = (sum | begin) & !other & ends;
            let mut inserts = (first | begin) & !blanks & bytes.any([b'i', b'I']);
            let empty = begin & ends;
            if empty != 0 {
                swept.empty = true;
                swept.insert = usize::MAX;
                inserts &= u64::MAX << empty.ilog2();
            }
            while inserts != 0 && swept.insert == usize::MAX {
                let at = read + inserts.trailing_zeros() as usize;
                inserts &= inserts - 1;
                if starts_with(&text[at..], INSERT) {
                    swept.insert = line_of(text, at);
                }
            }
            swept.from = after(alone.checked_ilog2(), read).unwrap_or(swept.from);
            swept.line = after(ends.checked_ilog2(), read).unwrap_or(swept.line);
            (begins, blank, free) = (ends >> (BLOCK - 1) == 1, over, goes_on);
            read += BLOCK;
        }
        Swept { separated: !free, ..swept }
    }
}

/// Where the line begins that `at` lies in.
fn line_of(text: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1)
}
