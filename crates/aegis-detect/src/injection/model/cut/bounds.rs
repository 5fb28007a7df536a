//! Finds where the tokens of half a window begin and end, from the sorted bits of its blocks.
//! The first step of a cut. Invariant: each start has the end of its own token; the end of one that goes on behind the
//! half is looked for in one block more.

use super::super::super::STRIDE;
use super::super::sorted::{BLOCK, Sorter};
use super::super::tokens::end_of_last;
use super::lanes::put;
use super::{BLOCKS, Cutter, Edge, LANES, ROOMY};
use crate::vectors::{Vectors, Work};

/// Finds where tokens begin and end, and their first bytes.
pub(super) struct Bounding<'a> {
    pub(super) cutter: &'a mut Cutter,
    pub(super) text: &'a [u8],
    pub(super) start: usize,
}

impl Work for Bounding<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        let Bounding { cutter, text, start } = self;
        let kept = cutter.edge.map(|edge| (edge.sorter, edge.next));
        let mut sorter = match kept {
            Some((sorter, _)) => {
                cutter.folded.copy_within(STRIDE..STRIDE + BLOCK, 0);
                sorter
            }
            None => Sorter::after(text, start),
        };
        let (rooms, _) = cutter.folded.as_chunks_mut::<BLOCK>();
        let (rooms, behind) = rooms.split_at_mut(BLOCKS);
        let (mut starts, mut stops) = (0, 0);
        // the end of a token that begins before the half is none of it
        let (mut tail, mut before) = (true, 0);
        let mut begin = [0; BLOCKS];
        let (mut letters, mut letter) = (0, 0);
        for (n, room) in rooms.iter_mut().enumerate() {
            let sorted = match kept {
                Some((_, next)) if n == 0 => next,
                _ => sorter.sort(vectors, text, start + n * BLOCK, room),
            };
            let mut inside = sorted.inside;
            if tail {
                let run = inside.trailing_ones();
                tail = run == u64::BITS;
                inside &= u64::MAX.checked_shl(run).unwrap_or_default();
            }
            let taken = sorted.starts | inside;
            let stop = (taken << 1 | before) & !inside;
            before = taken >> (BLOCK - 1);
            begin[n] = sorted.starts;
            let first = sorted.starts & sorted.word & !sorted.digit;
            letters += ((first << 1 | letter) & stop).count_ones();
            letter = first >> (BLOCK - 1);
            stops = places(vectors, stop, n * BLOCK, &mut cutter.ends, stops);
        }
        let next = sorter.sort(vectors, text, start + BLOCKS * BLOCK, &mut behind[0]);
        for (n, bits) in begin.into_iter().enumerate() {
            let blocks = cutter.folded.get(n * BLOCK..).and_then(|rest| rest.first_chunk());
            let room = cutter.heads.get_mut(starts..).and_then(|rest| rest.first_chunk_mut());
            if let (Some(blocks), Some(room)) = (blocks, room) {
                vectors.heads(bits, blocks, room);
            }
            starts = places(vectors, bits, n * BLOCK, &mut cutter.starts, starts);
        }
        if starts > stops {
            cutter.ends[stops] = (STRIDE + end_of_last(next.inside)) as u16;
        }
        // behind the last there is none
        put(&mut cutter.heads, starts, [0; LANES]);
        cutter.len = starts;
        cutter.letters = letters + (letter & !next.inside) as u32;
        cutter.edge = Some(Edge { at: start, sorter, next, tokens: false });
    }
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
        with_widest(Bounding { cutter: &mut cutter, text: text.as_bytes(), start: 0 });
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
            with_widest(Bounding { cutter: &mut cutter, text: text.as_bytes(), start });
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
