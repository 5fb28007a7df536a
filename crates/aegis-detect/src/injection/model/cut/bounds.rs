//! Finds where the tokens of half a window begin and end, from the sorted bits of its blocks.
//! The first step of a cut. Invariant: each start has the end of its own token; the end of one that goes on behind the
//! half is looked for in one block more.

use super::super::super::STRIDE;
use super::super::sorted::{BLOCK, Sorter};
use super::super::tokens::{block_at, end_of_last};
use super::{BLOCKS, Cutter, Edge, PLACES, head_at};

impl Cutter {
    /// Finds where tokens begin and end, and their first bytes.
    pub(super) fn bounds(&mut self, text: &[u8], start: usize) {
        let kept = self.edge.map(|edge| (edge.sorter, edge.next));
        let mut sorter = match kept {
            Some((sorter, _)) => {
                self.folded.copy_within(STRIDE..STRIDE + BLOCK, 0);
                sorter
            }
            None => Sorter::after(text, start),
        };
        let (rooms, _) = self.folded.as_chunks_mut::<BLOCK>();
        let mut sort = |n: usize| {
            let at = start + n * BLOCK;
            // by reference where it can be: a copy would have to be waited for
            match text.get(at..).and_then(|rest| rest.first_chunk()) {
                Some(block) => sorter.sort(block, &mut rooms[n]),
                None => sorter.sort(&block_at(text, at), &mut rooms[n]),
            }
        };
        let (mut starts, mut stops) = (0, 0);
        // the end of a token that begins before the half is none of it
        let (mut tail, mut before) = (true, 0);
        for n in 0..BLOCKS {
            let sorted = kept.filter(|_| n == 0).map_or_else(|| sort(n), |(_, next)| next);
            let mut inside = sorted.inside;
            if tail {
                let run = inside.trailing_ones();
                tail = run == u64::BITS;
                inside &= u64::MAX.checked_shl(run).unwrap_or_default();
            }
            let taken = sorted.starts | inside;
            let stop = (taken << 1 | before) & !inside;
            before = taken >> (BLOCK - 1);
            starts = places(sorted.starts, n * BLOCK, &mut self.starts, starts);
            stops = places(stop, n * BLOCK, &mut self.ends, stops);
        }
        let next = sort(BLOCKS);
        if starts > stops {
            self.ends[stops] = (STRIDE + end_of_last(next.inside)) as u16;
        }
        self.edge = Some(Edge { at: start, sorter, next, tokens: false });
        self.len = starts;
        for (head, start) in self.heads.iter_mut().zip(&self.starts[..starts]) {
            *head = head_at(&self.folded, *start);
        }
    }
}

/// Writes down where the bits of a block stand. Returns how many places there are then.
#[inline(always)]
fn places(mut bits: u64, base: usize, list: &mut [u16; PLACES], from: usize) -> usize {
    const TOGETHER: usize = 8;
    let count = bits.count_ones() as usize;
    let mut at = from;
    while bits != 0 {
        // some too many, for a branch for each would be guessed wrong
        let Some(room) = list.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<TOGETHER>()) else {
            break;
        };
        for place in room {
            *place = (base + bits.trailing_zeros() as usize) as u16;
            bits &= bits.wrapping_sub(1);
        }
        at += TOGETHER;
    }
    from + count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_bits() {
        let patterns = [0, 1, 1 << 63, u64::MAX, 0x8000_0001_0000_0101, 0x00FF_00FF_00FF_00FF, 0x1FF];
        let (mut list, mut plain, mut from) = ([0; PLACES], Vec::new(), 0);
        for (n, bits) in patterns.into_iter().enumerate() {
            from = places(bits, n * BLOCK, &mut list, from);
            plain.extend((0..BLOCK).filter(|bit| bits >> bit & 1 == 1).map(|bit| (n * BLOCK + bit) as u16));
            assert_eq!(list[..from], plain, "{n}");
        }
    }

    #[test]
    fn a_full_list_stays_as_it_is() {
        let mut list = [7; PLACES];
        assert_eq!(places(u64::MAX, 0, &mut list, PLACES), PLACES + BLOCK);
        assert_eq!(list, [7; PLACES]);
    }

    #[test]
    fn tokens_begin_and_end_where_bytes_change() {
        let text = "ab  cde, f".repeat(STRIDE / 3);
        let mut cutter = Cutter::new();
        for start in [0, STRIDE] {
            cutter.bounds(text.as_bytes(), start);
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
