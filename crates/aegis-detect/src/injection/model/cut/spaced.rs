//! Words spaced out: letters that stand alone, side by side but for single marks.
//! Asked for each half in turn, of bits that were sorted when it was cut.
//! Invariant: what counts are the tokens of the half and those that a walk over it sees before.

use super::super::super::STRIDE;
use super::super::opening::SPACED;
use super::super::sorted::BLOCK;
use super::super::tokens::{DIGIT, walk_before};
use super::{BLOCKS, Cutter, HALVES};

/// Lone letters in a row, and the marks behind the last.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lone {
    pub(super) letters: u32,
    marks: u32,
}

impl Lone {
    /// Takes a letter.
    #[inline]
    fn letter(&mut self) {
        // one mark between: i-g-n-o-r-e
        self.letters = if self.marks > 1 { 1 } else { self.letters + 1 };
        self.marks = 0;
    }

    /// Takes what stands before the next letter.
    #[inline]
    fn others(&mut self, words: u64, marks: u64) {
        self.letters = if words == 0 { self.letters } else { 0 };
        self.marks += marks.count_ones();
    }

    /// Takes a token more; says whether so many letters stand in a row that they may be a word spaced out.
    #[inline]
    pub(super) fn next(&mut self, letter: bool, word: bool) -> bool {
        if letter {
            self.letter();
        } else {
            self.others(word.into(), (!word).into());
        }
        letter && self.letters >= SPACED
    }

    /// After the tokens that a walk over the half at `start` sees before it.
    pub(super) fn before(text: &[u8], start: usize) -> Self {
        let mut lone = Lone::default();
        walk_before(text, start, start + STRIDE, |token| {
            lone.next(token.word && token.len == 1 && token.key != DIGIT, token.word);
        });
        lone
    }
}

/// The words next behind `letters`, which are some of the `words`.
#[inline]
fn behind(letters: u64, words: u64) -> u64 {
    // a carry runs from each letter up to the next word
    (!words).wrapping_add(letters << 1) & words
}

/// What begins where in a stretch, one bit a byte.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Begun {
    /// The bytes behind letters that stand alone…
    pub(super) behind_letters: u64,
    /// …words, these among them, and all other tokens.
    pub(super) words: u64,
    pub(super) marks: u64,
}

/// Blocks of a stretch, and one for what stands behind its last letter.
pub(super) type AllBegun = [Begun; HALVES * BLOCKS + 1];

impl Cutter {
    /// A letter stands alone where the `token` is.
    #[inline]
    pub(super) fn is_letter(&self, token: usize) -> bool {
        let behind = usize::from(self.starts[token]) + 1;
        self.begun[behind / BLOCK].behind_letters >> (behind % BLOCK) & 1 == 1
    }

    /// Whether letters stand in the half at hand so that they may be a word spaced out.
    pub(in crate::injection) fn is_spaced(&self, text: &[u8]) -> bool {
        let before = match self.half.checked_sub(1) {
            Some(before) => self.pieces[before].letters,
            None => self.letters_before,
        };
        self.pieces[self.half].letters + before >= SPACED && self.are_letters_side_by_side(text)
    }

    fn are_letters_side_by_side(&self, text: &[u8]) -> bool {
        let first = self.tokens().start;
        let open = match self.half {
            0 => self.open,
            _ => self.is_letter(first - 1) || self.is_letter(first - 2),
        };
        let begun = &self.begun[self.half * BLOCKS..];
        let blocks = begun.iter().zip(&begun[1..]).take(BLOCKS).map(|(here, next)| {
            let letters = here.behind_letters >> 1 | next.behind_letters << (BLOCK - 1);
            (letters, here.words, here.marks)
        });
        // so many in a row are two in a row in some block
        const { assert!(SPACED as usize > BLOCKS) };
        if !open && blocks.clone().all(|(letters, words, _)| letters & behind(letters, words) == 0) {
            return false;
        }
        let mut lone =
            if open { Lone::before(text, self.from + self.half * STRIDE) } else { Lone::default() };
        for (mut letters, words, marks) in blocks {
            let words = words & !letters;
            let mut rest = u64::MAX;
            while letters != 0 {
                let below = letters ^ (letters - 1);
                lone.others(words & rest & below, marks & rest & below);
                lone.letter();
                if lone.letters >= SPACED {
                    return true;
                }
                rest = !below;
                letters &= letters - 1;
            }
            lone.others(words & rest, marks & rest);
        }
        false
    }
}
