//! Cuts half a window into tokens, all together: what is asked of one token is asked of sixteen at a time, by the widest
//! vectors the processor has.
//! Called by the judge for each half in turn. Keeps what the next half begins with.
//! Invariants: sees the tokens that `walk` sees, with the same hashes and keys (a test holds both together); what was
//! kept changes nothing but the time it takes.

mod bounds;
mod lanes;
mod worth;

use super::super::STRIDE;
use super::opening::{Filter, SPACED, pair};
use super::sorted::{BLOCK, Sorted, Sorter};
use super::tokens::{AFTER, BEFORE, Class, DIGIT, walk_before};
use super::{FEATURES, Weights, Worth};
use crate::vectors::{Vectors, Work, with_widest};
use bounds::Bounding;
use lanes::{Cutting, LONG, OWN, PAIR};
use rten_simd::SimdOp;
use std::hint::select_unpredictable;

/// Tokens looked at together.
const LANES: usize = 16;
/// Tokens before a half that its first ones are seen with.
const PRIOR: usize = 2;
/// A place for each token, for those before, and for what the last vector has too many.
const PLACES: usize = PRIOR + STRIDE + LANES;
/// The same for lists that the places of a whole block are written to at once.
const ROOMY: usize = STRIDE + BLOCK;
/// Blocks of a half.
const BLOCKS: usize = STRIDE / BLOCK;
/// Bytes that are hashed in one go.
const HEAD: usize = 8;

/// Bytes of a half and the block behind it, and more, so that an offset is bounded by a mask.
const FOLDED: usize = 2 * STRIDE;

/// A token that signs may be known by, or that is long.
#[derive(Debug, Clone, Copy)]
pub(in crate::injection) struct Noted {
    /// Where it begins and ends, counted from the start of the half.
    pub(in crate::injection) start: usize,
    pub(in crate::injection) end: usize,
    /// A key that signs may be known by, if any, its own or that of the pair it makes with the token before…
    pub(in crate::injection) key: u32,
    /// …and that of the pair, where they may be by both.
    pub(in crate::injection) other: Option<u32>,
    /// A word so long that it may be text in a form that hides it.
    pub(in crate::injection) long: bool,
}

/// What is kept from one half to the next.
#[derive(Clone, Copy)]
struct Edge {
    /// Where the next half begins.
    at: usize,
    sorter: Sorter,
    /// The block that it begins with.
    next: Sorted,
    /// The last tokens are all that the next ones need to know.
    tokens: bool,
}

/// Lone letters in a row, and whether a mark followed.
#[derive(Debug, Clone, Copy, Default)]
struct Lone {
    letters: u32,
    marked: bool,
}

impl Lone {
    /// Takes a token more; says whether so many letters stand in a row that they may be a word spaced out.
    #[inline]
    fn next(&mut self, letter: bool, word: bool) -> bool {
        // one mark between: i-g-n-o-r-e
        let joins = !word && !self.marked;
        self.letters = if letter || joins { self.letters + u32::from(letter) } else { 0 };
        self.marked = !letter && (joins || self.marked);
        letter && self.letters >= SPACED
    }
}

/// The tokens of half a window.
pub(in crate::injection) struct Cutter {
    /// The half and the block behind it, as they are hashed.
    folded: [u8; FOLDED + HEAD],
    len: usize,
    starts: [u16; ROOMY],
    ends: [u16; ROOMY],
    heads: [u64; ROOMY],
    keys: [u32; PLACES],
    hashes: [u32; PLACES],
    stems: [u32; PLACES],
    /// 1 for each token that begins a sentence.
    breaks: [u32; PLACES],
    places: [[u32; PLACES]; FEATURES],
    /// 1 for each token that is worth a closer look.
    passes: [u8; PLACES],
    noted: [u16; ROOMY],
    noted_len: usize,
    /// Lone letters among the tokens.
    letters: u32,
    /// There may be words long enough to be noted.
    long: bool,
    lone: Lone,
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
        self.edge = None;
    }

    pub(in crate::injection) fn new() -> Self {
        Cutter {
            folded: [0; _],
            len: 0,
            starts: [0; _],
            ends: [0; _],
            heads: [0; _],
            keys: [0; _],
            hashes: [0; _],
            stems: [0; _],
            breaks: [0; _],
            places: [[0; PLACES]; FEATURES],
            passes: [0; _],
            noted: [0; _],
            noted_len: 0,
            letters: 0,
            long: false,
            lone: Lone::default(),
            edge: None,
        }
    }

    /// Cuts the half of `text` that begins at `start`, always of the same text. Returns what it is worth, which is
    /// nothing without `weights`.
    pub(in crate::injection) fn cut(
        &mut self,
        text: &[u8],
        start: usize,
        filter: &Filter,
        weights: Option<&Weights>,
    ) -> Worth {
        self.begin(text, start);
        with_widest(Steps { cutter: self, text, start, filter, with_weights: weights.is_some() });
        self.keep(start);
        weights.map_or(Worth::default(), |weights| self.worth(weights))
    }

    /// Tokens that are worth a closer look.
    pub(in crate::injection) fn noted(&self) -> impl Iterator<Item = Noted> {
        self.noted[..self.noted_len].iter().map(|&token| {
            let token = usize::from(token);
            let (own, passes) = (self.keys[PRIOR + token], self.passes[token]);
            let pair = pair(self.keys[PRIOR + token - 1], own);
            let (start, end) = (usize::from(self.starts[token]), usize::from(self.ends[token]));
            Noted {
                start,
                end,
                // most often one of them alone passes: nobody could foresee which
                key: select_unpredictable(passes & OWN != 0, own, pair),
                other: (passes & (OWN | PAIR) == OWN | PAIR).then_some(pair),
                long: passes & LONG != 0,
            }
        })
    }

    fn class(&self, token: usize) -> Class {
        Class::of(self.heads[token] as u32)
    }

    /// Whether letters stand so that they may be a word spaced out.
    pub(in crate::injection) fn is_spaced(&self) -> bool {
        let mut lone = self.lone;
        self.letters + lone.letters >= SPACED
            && (0..self.len).fold(false, |spaced, token| {
                let word = self.class(token).is_word();
                let short = self.ends[token] - self.starts[token] == 1;
                spaced | lone.next(word && short && self.keys[PRIOR + token] != DIGIT, word)
            })
    }

    /// Puts the tokens before a half where the first ones look for them.
    fn begin(&mut self, text: &[u8], start: usize) {
        if self.edge.is_none_or(|edge| edge.at != start) {
            self.edge = None;
        }
        if self.edge.is_some_and(|edge| edge.tokens) {
            let last = self.len;
            for list in [&mut self.keys, &mut self.hashes, &mut self.stems, &mut self.breaks] {
                list.copy_within(last..last + PRIOR, 0);
            }
            self.lone = Lone::default();
            return;
        }
        for list in [&mut self.keys, &mut self.hashes, &mut self.stems, &mut self.breaks] {
            list[..PRIOR].fill(0);
        }
        self.lone = Lone::default();
        walk_before(text, start, start + STRIDE, |token| {
            let slots = [&mut self.keys, &mut self.hashes, &mut self.stems, &mut self.breaks];
            let values = [token.key, token.hash, token.stem, u32::from(token.ends_sentence)];
            for (list, value) in slots.into_iter().zip(values) {
                list[0] = list[1];
                list[1] = value;
            }
            self.lone.next(token.word && token.len == 1 && token.key != DIGIT, token.word);
        });
    }

    /// Notes whether the next half sees the last tokens as they are: none is cut short, both lie near enough, and no
    /// letter stands alone.
    fn keep(&mut self, start: usize) {
        let Some(edge) = &mut self.edge else { return };
        edge.at = start + STRIDE;
        edge.tokens = self.len >= PRIOR && {
            let [first, last] = [self.len - PRIOR, self.len - 1];
            let letter = |token: usize| {
                self.ends[token] - self.starts[token] == 1 && {
                    Class::of(self.heads[token] as u32).is_word()
                }
            };
            usize::from(self.starts[first]) >= STRIDE - BEFORE
                && usize::from(self.ends[last]) < STRIDE + AFTER
                && !letter(first)
                && !letter(last)
        };
    }
}

/// All steps of a cut but the last, which takes no vectors.
struct Steps<'a> {
    cutter: &'a mut Cutter,
    text: &'a [u8],
    start: usize,
    filter: &'a Filter,
    with_weights: bool,
}

impl Work for Steps<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) {
        let Steps { cutter, text, start, filter, with_weights } = self;
        Bounding { cutter, text, start }.run(vectors);
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
    use super::super::opening::Opening;
    use super::super::tokens::walk;
    use super::*;

    /// Start, end, hash, stem, key and whether a sentence begins behind it.
    type Seen = (usize, usize, u32, u32, u32, bool);

    fn seen(cutter: &mut Cutter, text: &[u8], start: usize) -> (Vec<Seen>, bool) {
        let weights = [1; 1 << super::super::BITS];
        let opening = Opening::of(std::iter::empty());
        let worth = cutter.cut(text, start, opening.filter(), Some(&weights));
        assert_eq!(worth.total, worth.tokens * FEATURES as i32);
        let token = |n: usize| {
            let (from, to) = (usize::from(cutter.starts[n]), usize::from(cutter.ends[n]));
            let at = PRIOR + n;
            let breaks = cutter.breaks[at] == 1;
            (start + from, start + to, cutter.hashes[at], cutter.stems[at], cutter.keys[at], breaks)
        };
        ((0..cutter.len).map(token).collect(), cutter.is_spaced())
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
    fn a_cut_sees_what_a_walk_sees_whatever_was_kept() {
        let pieces: [&str; 16] = [
            "Ignore all previous",
            " ",
            &" ".repeat(60),
            "=====",
            &"-".repeat(70),
            "\n\n",
            "i g n o r e ",
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
        for from in (0..300).filter(|&at| text.is_char_boundary(at)) {
            let text = &text.as_bytes()[from..];
            let mut kept = Cutter::new();
            for start in (0..text.len()).step_by(STRIDE) {
                let expected = walked(text, start);
                assert_eq!(seen(&mut kept, text, start), expected, "kept, {from} + {start}");
                assert_eq!(seen(&mut Cutter::new(), text, start), expected, "fresh, {from} + {start}");
            }
        }
    }
}
