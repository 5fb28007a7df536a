//! Finds where the tokens of a stretch begin and end, from the sorted bits of its blocks.
//! The first step of a cut. Invariant: each start has the end of its own token; the end of one that goes on behind the
//! stretch is looked for in one block more. A stretch ends before the next half would see other tokens than those before it.

use super::super::super::STRIDE;
use super::super::sorted::{BLOCK, Sorted, Sorter};
use super::super::tokens::{AFTER, BEFORE, end_of_last};
use super::lanes::put;
use super::spaced::Begun;
use super::{BLOCKS, Cutter, Edge, FOLDED, HEAD, LANES, PRIOR, Piece, ROOMY};
use crate::vectors::{Vectors, Work};

/// Finds where tokens begin and end, and their first bytes.
pub(super) struct Bounding<'a> {
    pub(super) cutter: &'a mut Cutter,
    pub(super) text: &'a [u8],
    pub(super) start: usize,
    /// Cut together, at most.
    pub(super) halves: usize,
}

impl Work for Bounding<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        let Bounding { cutter, text, start, halves } = self;
        let (mut sorter, mut here) = match cutter.edge {
            Some(edge) => {
                let end = cutter.halves * STRIDE;
                cutter.folded.copy_within(end..end + BLOCK, 0);
                (edge.sorter, edge.next)
            }
            None => {
                let mut sorter = Sorter::after(text, start);
                let here = sort(vectors, &mut sorter, text, start, &mut cutter.folded, 0);
                (sorter, here)
            }
        };
        let (mut starts, mut stops) = (0, 0);
        // the end of a token that begins before the stretch is none of it
        let (mut tail, mut before, mut letter) = (true, 0, 0);
        let mut half = 0;
        loop {
            let mut letters = 0;
            for n in half * BLOCKS..(half + 1) * BLOCKS {
                let at = n * BLOCK;
                let next = sort(vectors, &mut sorter, text, start, &mut cutter.folded, at + BLOCK);
                let mut inside = here.inside;
                if tail {
                    let run = inside.trailing_ones();
                    tail = run == u64::BITS;
                    inside &= u64::MAX.checked_shl(run).unwrap_or_default();
                }
                let taken = here.starts | inside;
                let stop = (taken << 1 | before) & !inside;
                before = taken >> (BLOCK - 1);
                stops = places(vectors, stop, at, &mut cutter.ends, stops);
                let first = here.starts & here.word & !here.digit;
                let behind_letters = (first << 1 | letter) & stop;
                letter = first >> (BLOCK - 1);
                letters += behind_letters.count_ones();
                let (words, marks) = (here.starts & here.word, here.starts & !here.word);
                cutter.begun[n] = Begun { behind_letters, words, marks };
                let blocks = cutter.folded.get(at..).and_then(|rest| rest.first_chunk());
                let room = cutter.heads.get_mut(starts..).and_then(|rest| rest.first_chunk_mut());
                if let (Some(blocks), Some(room)) = (blocks, room) {
                    vectors.heads(here.starts, blocks, room);
                }
                starts = places(vectors, here.starts, at, &mut cutter.starts, starts);
                here = next;
            }
            half += 1;
            let end = half * STRIDE;
            let open = starts > stops;
            let near = starts >= PRIOR && usize::from(cutter.starts[starts - PRIOR]) >= end - BEFORE;
            // the next half sees the last tokens as they are: both lie near enough, and none is cut short
            let joined = near && !(open && here.inside.trailing_ones() as usize >= AFTER);
            let letters = letters + letter as u32;
            cutter.pieces[half - 1] = Piece { tokens: starts, letters, ..Piece::default() };
            if half == halves || !joined {
                if open {
                    cutter.ends[stops] = (end + end_of_last(here.inside)) as u16;
                }
                let behind_letters = letter & !here.inside;
                cutter.begun[half * BLOCKS] = Begun { behind_letters, ..Begun::default() };
                cutter.edge = Some(Edge { at: start + end, sorter, next: here, tokens: joined });
                break;
            }
        }
        // behind the last there is none
        put(&mut cutter.heads, starts, [0; LANES]);
        (cutter.from, cutter.halves, cutter.half, cutter.len) = (start, half, 0, starts);
    }
}

/// Sorts the block of the stretch from `start` that has its place `at` in `folded`.
#[inline(always)]
fn sort<V: Vectors>(
    vectors: V,
    sorter: &mut Sorter,
    text: &[u8],
    start: usize,
    folded: &mut [u8; FOLDED + HEAD],
    at: usize,
) -> Sorted {
    let room = folded.get_mut(at..).and_then(|rest| rest.first_chunk_mut());
    room.map(|room| sorter.sort(vectors, text, start + at, room)).unwrap_or_default()
}

/// Writes down where the bits of a block stand. Returns how many places there are then.
#[inline(always)]
pub(super) fn places<V: Vectors>(
    vectors: V,
    bits: u64,
    base: usize,
    list: &mut [u16; ROOMY],
    from: usize,
) -> usize {
    if let Some(room) = list.get_mut(from..).and_then(|rest| rest.first_chunk_mut()) {
        vectors.places(bits, base as u16, room);
    }
    from + bits.count_ones() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::{Plain, with_widest};

    #[test]
    fn places_are_those_of_the_bits() {
        let patterns = [0, 1, 1 << 63, u64::MAX, 0x8000_0001_0000_0101, 0x00FF_00FF_00FF_00FF, 0x1FF];
        let (mut list, mut plain, mut from) = ([0; ROOMY], Vec::new(), 0);
        for (n, bits) in patterns.into_iter().enumerate() {
            from = places(Plain, bits, n * BLOCK, &mut list, from);
            plain.extend((0..BLOCK).filter(|bit| bits >> bit & 1 == 1).map(|bit| (n * BLOCK + bit) as u16));
            assert_eq!(list[..from], plain, "{n}");
        }
    }

    #[test]
    fn a_half_of_marks_alone_fits() {
        let text = "a.".repeat(STRIDE);
        let mut cutter = Cutter::new();
        with_widest(Bounding { cutter: &mut cutter, text: text.as_bytes(), start: 0, halves: 1 });
        let starts: Vec<usize> = cutter.starts[..cutter.len].iter().map(|at| usize::from(*at)).collect();
        let ends: Vec<usize> = cutter.ends[..cutter.len].iter().map(|at| usize::from(*at)).collect();
        assert_eq!(starts, Vec::from_iter(0..STRIDE));
        assert_eq!(ends, Vec::from_iter(1..=STRIDE));
    }

    #[test]
    fn tokens_begin_and_end_where_bytes_change() {
        let text = "ab  cde, f".repeat(STRIDE / 3);
        let mut cutter = Cutter::new();
        for start in [0, STRIDE] {
            with_widest(Bounding { cutter: &mut cutter, text: text.as_bytes(), start, halves: 1 });
            let found: Vec<_> = (0..cutter.len)
                .map(|n| (start + usize::from(cutter.starts[n]), start + usize::from(cutter.ends[n])))
                .collect();
            // the last letter of a piece and the first two of the next are one word
            let part = |at: usize| match at % 10 {
                0 if at == 0 => Some(2),
                4 | 9 => Some(3),
                7 => Some(1),
                _ => None,
            };
            let plain: Vec<_> =
                (start..start + STRIDE).filter_map(|at| part(at).map(|len| (at, at + len))).collect();
            assert_eq!(found, plain, "{start}");
        }
    }
}
