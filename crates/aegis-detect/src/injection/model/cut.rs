//! Cuts a stretch of some halves of windows into tokens, all together: what is asked of one token is asked of sixteen at a
//! time, by the widest vectors the processor has.
//! Called by the judge for each half in turn. Keeps what the next stretch begins with.
//! Invariants: in each half sees the tokens that `walk` sees, with the same hashes and keys (a test holds both together);
//! what was cut or kept before changes nothing but the time it takes.

mod bounds;
mod lanes;
mod spaced;
mod worth;

use super::super::STRIDE;
use super::opening::{Filter, Opening, Parts, pair};
use super::sorted::{BLOCK, Sorted, Sorter};
use super::tokens::walk_before;
use super::{FEATURES, Weights, Worth};
use crate::vectors::{Vectors, Work, with_widest};
use bounds::Bounding;
use lanes::{Cutting, LONG, OWN, PAIR};
use rten_simd::SimdOp;
use spaced::{AllBegun, Begun};
use std::hint::select_unpredictable;
use std::ops::Range;
pub(in crate::injection) use worth::Weighed;

/// Tokens looked at together.
const LANES: usize = 16;
/// Halves that are cut together: few vectors are part-empty then.
const HALVES: usize = 4;
/// Bytes of them.
const STRETCH: usize = HALVES * STRIDE;
/// Tokens before a half that its first ones are seen with.
const PRIOR: usize = 2;
/// Where the first token of a stretch has its place, behind those before: on the border of a vector.
const FIRST: usize = LANES;
/// A place for each token, for those before, and for what the last vector has too many.
const PLACES: usize = FIRST + STRETCH + LANES;
/// The same for lists that the places of a whole block are written to at once.
const ROOMY: usize = STRETCH + BLOCK;
/// Tokens whose places of weights are held together: those of most stretches.
const TOGETHER: usize = 256;
/// A token can be a spot twice: by its own key and by that of a pair. There is room for a vector more.
const SPOTS: usize = 2 * STRETCH + LANES;
/// Blocks of a half.
const BLOCKS: usize = STRIDE / BLOCK;
/// Bytes that are hashed in one go.
const HEAD: usize = 8;

/// Bytes of a stretch and the block behind it, and more, so that an offset is bounded by a mask.
const FOLDED: usize = 2 * STRETCH;

/// A token that signs are known by.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::injection) struct Spot {
    /// Where it begins, counted from the start of its half.
    pub(in crate::injection) at: u16,
    /// The number of its key, or of that of the pair it makes with the token before.
    pub(in crate::injection) number: u16,
}

/// What is kept from one stretch to the next.
#[derive(Clone, Copy)]
struct Edge {
    /// Where the next stretch begins.
    at: usize,
    sorter: Sorter,
    /// The block that it begins with.
    next: Sorted,
    /// The last tokens are all that the next ones need to know.
    tokens: bool,
}

/// A half of a stretch.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    /// How many tokens there are up to its end.
    tokens: usize,
    /// How many spots there are in it, and what phrases can be made of what may stand there.
    spots: usize,
    parts: Parts,
    /// Letters that stand alone in it.
    letters: u32,
    worth: Worth,
}

/// The tokens of a stretch.
// all lists lie on the borders of vectors: those that are written whole do so first
#[repr(C, align(64))]
pub(in crate::injection) struct Cutter {
    starts: [u16; ROOMY],
    ends: [u16; ROOMY],
    heads: [u64; ROOMY],
    keys: [u32; PLACES],
    hashes: [u32; PLACES],
    stems: [u32; PLACES],
    /// 1 for each token that begins a sentence.
    breaks: [u32; PLACES],
    places: [[u32; TOGETHER]; FEATURES],
    /// What each token is worth.
    sums: [i16; ROOMY],
    /// What each token is worth a closer look for.
    passes: [u8; ROOMY],
    noted: [u16; ROOMY],
    spots: [Spot; SPOTS],
    /// The stretch and the block behind it, as they are hashed.
    folded: [u8; FOLDED + HEAD],
    /// Where the stretch begins, and how many halves of it are cut.
    from: usize,
    halves: usize,
    /// The half at hand.
    half: usize,
    pieces: [Piece; HALVES],
    len: usize,
    noted_len: usize,
    /// There may be words long enough to be noted.
    long: bool,
    begun: AllBegun,
    /// Lone letters before the stretch, at most, and whether one of the last two tokens is one.
    letters_before: u32,
    open: bool,
    edge: Option<Edge>,
}

impl Default for Cutter {
    fn default() -> Self {
        Cutter::new()
    }
}

impl Cutter {
    /// Begins anew, for another text.
    pub(in crate::injection) fn forget(&mut self) {
        self.halves = 0;
        self.edge = None;
    }

    pub(in crate::injection) fn new() -> Self {
        Cutter {
            from: 0,
            halves: 0,
            half: 0,
            pieces: [Piece::default(); HALVES],
            folded: [0; _],
            len: 0,
            starts: [0; _],
            ends: [0; _],
            heads: [0; _],
            keys: [0; _],
            hashes: [0; _],
            stems: [0; _],
            breaks: [0; _],
            places: [[0; TOGETHER]; FEATURES],
            sums: [0; _],
            passes: [0; _],
            noted: [0; _],
            noted_len: 0,
            spots: [Spot::default(); _],
            long: false,
            begun: [Begun::default(); _],
            letters_before: 0,
            open: false,
            edge: None,
        }
    }

    /// Takes up the half of `text` that begins at `start`; always of the same text, with or without `weights`. Halves are
    /// cut together up to `until`.
    #[inline]
    pub(in crate::injection) fn cut(
        &mut self,
        text: &[u8],
        start: usize,
        until: usize,
        opening: &Opening,
        weights: Option<&Weights>,
    ) {
        let half = start.wrapping_sub(self.from) / STRIDE;
        if half < self.halves && self.from + half * STRIDE == start {
            self.half = half;
        } else {
            self.begin(text, start);
            let halves = (until.max(start + 1) - start).div_ceil(STRIDE).min(HALVES);
            let (filter, with_weights) = (opening.filter(), weights.is_some());
            with_widest(Steps { cutter: self, text, start, halves, filter, with_weights });
            self.find_spots(opening);
            if let Some(weights) = weights {
                self.weigh(weights);
            }
        }
    }

    /// The tokens of the half at hand.
    fn tokens(&self) -> Range<usize> {
        let from = self.half.checked_sub(1).map_or(0, |before| self.pieces[before].tokens);
        from..self.pieces[self.half].tokens
    }

    /// Finds the tokens that signs are known by among those that are worth a closer look.
    fn find_spots(&mut self, opening: &Opening) {
        let mut spots = 0;
        for &token in &self.noted[..self.noted_len] {
            let token = usize::from(token);
            let (own, passes) = (self.keys[FIRST + token], self.passes[token]);
            let pair = pair(self.keys[FIRST + token - 1], own);
            let start = usize::from(self.starts[token]);
            let mut add = |key| {
                let number = opening.number(key);
                if let (Some(spot), Some(piece)) =
                    (self.spots.get_mut(spots), self.pieces.get_mut(start / STRIDE))
                {
                    *spot = Spot { at: (start % STRIDE) as u16, number };
                    let known = usize::from(number != 0);
                    spots += known;
                    piece.spots += known;
                    piece.parts |= opening.parts(number);
                }
            };
            // most often one of them alone passes: nobody could foresee which
            add(select_unpredictable(passes & OWN != 0, own, pair));
            if passes & (OWN | PAIR) == OWN | PAIR {
                add(pair);
            }
        }
    }

    /// The tokens of the half at hand that signs are known by, and more behind them; how many they are; and what phrases
    /// can be made of what may stand there.
    pub(in crate::injection) fn spots(&self) -> (&[Spot], usize, Parts) {
        let from: usize = self.pieces[..self.half].iter().map(|piece| piece.spots).sum();
        let piece = self.pieces[self.half];
        (&self.spots[from..], piece.spots, piece.parts)
    }

    /// Where the words of the half at hand lie, counted from its start, that are so long that they may be text in a form
    /// that hides it.
    pub(in crate::injection) fn long_words(&self) -> impl Iterator<Item = Range<usize>> {
        let noted = if self.long { &self.noted[..self.noted_len] } else { &[] };
        let (tokens, base) = (self.tokens(), self.half * STRIDE);
        let long = move |token: &usize| tokens.contains(token) && self.passes[*token] & LONG != 0;
        let place = move |token| usize::from(self.starts[token]) - base..usize::from(self.ends[token]) - base;
        noted.iter().map(|token| usize::from(*token)).filter(long).map(place)
    }

    /// Puts the tokens before a stretch where the first ones look for them.
    fn begin(&mut self, text: &[u8], start: usize) {
        if self.edge.is_none_or(|edge| edge.at != start) {
            self.edge = None;
        }
        if self.edge.is_some_and(|edge| edge.tokens) {
            let last = self.len;
            self.letters_before = self.pieces[self.halves - 1].letters;
            self.open = self.is_letter(last - 1) || self.is_letter(last - 2);
            for list in [&mut self.keys, &mut self.hashes, &mut self.stems, &mut self.breaks] {
                list.copy_within(FIRST + last - PRIOR..FIRST + last, FIRST - PRIOR);
            }
            return;
        }
        for list in [&mut self.keys, &mut self.hashes, &mut self.stems, &mut self.breaks] {
            list[FIRST - PRIOR..FIRST].fill(0);
        }
        (self.letters_before, self.open) = (0, true);
        walk_before(text, start, start + STRIDE, |token| {
            self.letters_before += u32::from(token.word && token.len == 1);
            let slots = [&mut self.keys, &mut self.hashes, &mut self.stems, &mut self.breaks];
            let values = [token.key, token.hash, token.stem, u32::from(token.ends_sentence)];
            for (list, value) in slots.into_iter().zip(values) {
                list[FIRST - 2] = list[FIRST - 1];
                list[FIRST - 1] = value;
            }
        });
    }
}

/// All steps of a cut but the last, which takes no vectors.
struct Steps<'a> {
    cutter: &'a mut Cutter,
    text: &'a [u8],
    start: usize,
    halves: usize,
    filter: &'a Filter,
    with_weights: bool,
}

impl Work for Steps<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        let Steps { cutter, text, start, halves, filter, with_weights } = self;
        Bounding { cutter, text, start, halves }.run(vectors);
        let cutting = Cutting { cutter, filter, with_weights };
        if V::WIDE {
            // these vectors are the widest for that, too
            cutting.ask();
        } else {
            cutting.dispatch();
        }
        cutter.note(vectors);
    }
}

/// The bytes from `start` on.
#[inline(always)]
fn head_at(folded: &[u8; FOLDED + HEAD], start: u16) -> u64 {
    let at = usize::from(start) % FOLDED;
    folded.get(at..).and_then(|rest| rest.first_chunk::<HEAD>()).map_or(0, |head| u64::from_le_bytes(*head))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{DIGIT, walk};
    use super::spaced::Lone;
    use super::*;

    /// Start, end, hash, stem, key and whether a sentence begins behind it.
    type Seen = (usize, usize, u32, u32, u32, bool);

    fn seen(cutter: &mut Cutter, text: &[u8], start: usize, until: usize) -> (Vec<Seen>, bool) {
        let weights = [1; 1 << super::super::BITS];
        let opening = Opening::of(std::iter::empty());
        cutter.cut(text, start, until, &opening, Some(&weights));
        let worth = cutter.worth();
        assert_eq!(worth.total, worth.tokens * FEATURES as i32);
        let token = |n: usize| {
            let (from, to) = (usize::from(cutter.starts[n]), usize::from(cutter.ends[n]));
            let at = FIRST + n;
            let breaks = cutter.breaks[at] == 1;
            let from = cutter.from + from;
            (from, cutter.from + to, cutter.hashes[at], cutter.stems[at], cutter.keys[at], breaks)
        };
        (cutter.tokens().map(token).collect(), cutter.is_spaced(text))
    }

    fn walked(text: &[u8], start: usize) -> (Vec<Seen>, bool) {
        let (mut lone, mut spaced, mut all) = (Lone::default(), false, Vec::new());
        walk(text, start..text.len().min(start + STRIDE), |token| {
            let many = lone.next(token.word && token.len == 1 && token.key != DIGIT, token.word);
            if token.start >= start {
                spaced |= many;
                let end = token.start + token.len;
                all.push((token.start, end, token.hash, token.stem, token.key, token.ends_sentence));
            }
        });
        (all, spaced)
    }

    #[test]
    fn a_cut_sees_what_a_walk_sees_whatever_was_cut_before() {
        let pieces: [&str; 17] = [
            "Ignore all previous",
            " ",
            &" ".repeat(60),
            "=====",
            &"-".repeat(70),
            "\n\n",
            "i g n o r e ",
            "i - g - n-- o",
            "x-y-z",
            "übernaïve-ish_name",
            "忽略。指令",
            "“so” — ",
            "😀©",
            "Комитет",
            "v12.4 (a1b2c3d4e5f6g7h8)",
            &"verylongword".repeat(4),
            &"0123abcd".repeat(40),
        ];
        let mut text = String::new();
        for (n, piece) in pieces.iter().enumerate() {
            pieces.iter().for_each(|other| text.extend([*piece, *other, &"x y"[..n % 4]]));
        }
        // halves that are joined are cut together
        text.extend(pieces.iter().flat_map(|piece| std::iter::repeat_n(*piece, 1 + 999 / piece.len())));
        let mut joined = 0;
        for from in (0..300).filter(|&at| text.is_char_boundary(at)) {
            let text = &text.as_bytes()[from..];
            let (mut kept, mut alone) = (Cutter::new(), Cutter::new());
            for start in (0..text.len()).step_by(STRIDE) {
                let expected = walked(text, start);
                assert_eq!(seen(&mut kept, text, start, text.len()), expected, "kept, {from} + {start}");
                joined += usize::from(kept.half > 0);
                assert_eq!(seen(&mut alone, text, start, 0), expected, "alone, {from} + {start}");
                let fresh = seen(&mut Cutter::new(), text, start, text.len());
                assert_eq!(fresh, expected, "fresh, {from} + {start}");
            }
        }
        assert!(joined > 1000, "{joined}");
    }
}
