//! Looks once over a text for the places where tokens of most kinds can begin, 64 bytes at a time, so that their
//! readers pass over the rest.
//! Made before tokens are read. Invariant: a block without a mark has nothing that its reader looks for.

use crate::vectors::{Bytes, Vectors, Work, with_widest};

/// Bytes that share their marks.
pub(super) const BLOCK: usize = crate::vectors::BLOCK;

/// Blanks and other characters take turns from here on.
pub(super) const SPACED: u8 = 1;
/// A digit stands beside what looks like one.
pub(super) const ALIKE: u8 = 1 << 1;
/// The fifteenth letter or digit in a row.
pub(super) const DENSE: u8 = 1 << 2;

/// Blocks of a text that needs no memory.
const FEW: usize = 64;

/// The marks of the blocks of a text. Kept from one text to the next for its memory.
#[derive(Debug)]
pub(crate) struct Screen {
    few: [u8; FEW],
    many: Vec<u8>,
}

impl Default for Screen {
    fn default() -> Self {
        Screen { few: [0; FEW], many: Vec::new() }
    }
}

impl Screen {
    /// Marks the blocks of `text`.
    pub(super) fn look(&mut self, text: &[u8]) -> &[u8] {
        let count = text.len().div_ceil(BLOCK);
        let marks = if count <= FEW {
            &mut self.few[..count]
        } else {
            self.many.resize(count, 0);
            &mut self.many[..count]
        };
        with_widest(Marking { text, marks });
        marks
    }
}

/// Marks the blocks of a text.
struct Marking<'a> {
    text: &'a [u8],
    marks: &'a mut [u8],
}

impl Work for Marking<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        let (blocks, rest) = self.text.as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let mut before = Bits::default();
        // what a block is marked with is known with the next
        for at in 0..=self.marks.len() {
            let here = match blocks.get(at) {
                Some(block) => Bits::of(vectors.load(block)),
                None if at < self.marks.len() => Bits::of(vectors.load(&last)),
                None => Bits::default(),
            };
            if let Some(mark) = at.checked_sub(1).and_then(|at| self.marks.get_mut(at)) {
                *mark = before.marks(&here);
            }
            before = Bits { run: u128::from(here.alnum) << 64 | u128::from(before.alnum), ..here };
        }
    }
}

/// Where a block has what, one bit a byte.
#[derive(Default, Clone, Copy)]
struct Bits {
    digit: u64,
    alnum: u64,
    space: u64,
    /// What looks like a digit, and whatever is outside ASCII.
    alike: u64,
    /// Letters and digits of the block before and this one.
    run: u128,
}

impl Bits {
    #[inline(always)]
    fn of(block: impl Bytes) -> Self {
        let digit = block.range(b'0', 10);
        let alnum = digit | block.letters();
        let alike = block.any([b'o', b'O', b'l', b'I', b'|', b'S', b'B']) | block.high();
        Bits { digit, alnum, space: block.any([b' ']), alike, run: 0 }
    }

    /// The marks of this block, the block before `next`.
    #[inline(always)]
    fn marks(&self, next: &Bits) -> u8 {
        let on = |here: u64, there: u64, by: u32| here >> by | there << (64 - by);
        let space = |by| on(self.space, next.space, by);
        let spaced = self.space & !space(1) & space(2) & !space(3) & space(4);
        let alike = self.digit & on(self.alike, next.alike, 1) | self.alike & on(self.digit, next.digit, 1);
        let mut run = self.run;
        for shift in [1, 2, 4, 7] {
            run &= run << shift;
        }
        let mark = |bit: u8, holds: bool| if holds { bit } else { 0 };
        mark(SPACED, spaced != 0) | mark(ALIKE, alike != 0) | mark(DENSE, run >> 64 != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The marks of the block at `from`, asked of one place after the other.
    fn plain(text: &[u8], from: usize) -> u8 {
        let byte = |at: usize| text.get(at).copied().unwrap_or(0);
        let digit = |at: usize| byte(at).is_ascii_digit();
        let alike = |at: usize| matches!(byte(at), b'o' | b'O' | b'l' | b'I' | b'|' | b'S' | b'B' | 0x80..);
        let block = from..text.len().min(from + BLOCK);
        let spaced = |at: usize| (0..5).all(|n| (byte(at + n) == b' ') == (n % 2 == 0));
        let meet = |at: usize| digit(at) && alike(at + 1) || alike(at) && digit(at + 1);
        let dense = |at: usize| at >= 14 && (at - 14..=at).all(|at| byte(at).is_ascii_alphanumeric());
        let mark = |bit: u8, holds: bool| if holds { bit } else { 0 };
        mark(SPACED, block.clone().any(spaced))
            | mark(ALIKE, block.clone().any(meet))
            | mark(DENSE, block.clone().any(dense))
    }

    fn check(screen: &mut Screen, text: &[u8]) {
        let plain: Vec<u8> = (0..text.len()).step_by(BLOCK).map(|from| plain(text, from)).collect();
        assert_eq!(screen.look(text), plain, "{:?}", String::from_utf8_lossy(text));
    }

    #[test]
    fn every_byte_is_known_for_what_it_is() {
        let mut screen = Screen::default();
        for byte in 0..=u8::MAX {
            // at an edge of a block and amid one
            for at in [20, 62, 63, 64] {
                let mut text = [b'.'; 2 * BLOCK];
                text[at..at + 2].copy_from_slice(&[byte, b'7']);
                check(&mut screen, &text);
                text[at - 14..=at].fill(b'x');
                text[at - 5] = byte;
                check(&mut screen, &text);
            }
        }
    }

    proptest! {
        #[test]
        fn blocks_are_marked_as_their_bytes_say(
            runs in prop::collection::vec((prop::sample::select(&b"  axo l1S|.\xC3"[..]), 1..18usize), 0..120),
            pairs in prop::collection::vec(prop::sample::select(&b"  a1oI."[..]), 0..200),
            // more blocks than need no memory, or few
            long in any::<bool>(),
        ) {
            let mut text = b"Nothing. ".repeat(if long { FEW * BLOCK / 8 } else { 0 });
            text.extend(pairs);
            runs.iter().for_each(|(byte, len)| text.extend(vec![*byte; *len]));
            let mut screen = Screen::default();
            check(&mut screen, &text);
            // what was known of another text does not matter
            check(&mut screen, &text[text.len() / 3..]);
            check(&mut screen, &text);
        }
    }
}
