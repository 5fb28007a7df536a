//! Cuts half a window into tokens, all together: what is asked of one token is asked of sixteen at a time, by the widest
//! vectors the processor has.
//! Called by the judge for each half in turn. Keeps what the next half begins with.
//! Invariants: sees the tokens that `walk` sees, with the same hashes and keys (a test holds both together); what was
//! kept changes nothing but the time it takes.

use super::super::STRIDE;
use super::opening::{Filter, LONG_WORD, SPACED, pair};
use super::sorted::{BLOCK, Sorted, Sorter};
use super::tokens::{
    AFTER, BEFORE, Class, DIGIT, SEED, STEM, STEP, block_at, end_of_last, key, mixed, walk_before,
};
use super::{FEATURES, Weights, Worth, places_of, weight};
use rten_simd::{Isa, SimdOp};

/// Tokens looked at together.
const LANES: usize = 16;
/// Tokens before a half that its first ones are seen with.
const PRIOR: usize = 2;
/// A place for each token, for those before, and for what the last vector has too many.
const PLACES: usize = PRIOR + STRIDE + LANES;
/// Blocks of a half.
const BLOCKS: usize = STRIDE / BLOCK;
/// Bytes that are hashed in one go.
const HEAD: usize = 8;

/// Bytes of a half and the block behind it, and more, so that an offset is bounded by a mask.
const FOLDED: usize = 2 * STRIDE;

type Lanes = [u32; LANES];

/// Sixteen values, one for each token: a loop, not a call, for only what stands in one function with the vectors is
/// made of them.
macro_rules! each {
    ($token:ident => $value:expr) => {{
        let mut all = [Default::default(); LANES];
        for $token in 0..LANES {
            all[$token] = $value;
        }
        all
    }};
}

/// A token that signs may be known by, or that is long.
#[derive(Debug, Clone, Copy)]
pub(in crate::injection) struct Noted {
    /// Where it begins and ends, counted from the start of the half.
    pub(in crate::injection) start: usize,
    pub(in crate::injection) end: usize,
    /// Its own key, and that of the pair it makes with the token before.
    pub(in crate::injection) keys: [u32; 2],
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
    starts: [u16; PLACES],
    ends: [u16; PLACES],
    heads: [u64; PLACES],
    keys: [u32; PLACES],
    hashes: [u32; PLACES],
    stems: [u32; PLACES],
    /// 1 for each token that begins a sentence.
    breaks: [u32; PLACES],
    places: [[u32; PLACES]; FEATURES],
    /// 1 for each token that is worth a closer look.
    passes: [u8; PLACES],
    noted: [u16; PLACES],
    noted_len: usize,
    /// Lone letters among the tokens.
    letters: u32,
    lone: Lone,
    edge: Option<Edge>,
}

impl Cutter {
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
        self.bounds(text, start);
        Cutting { cutter: self, filter, with_weights: weights.is_some() }.dispatch();
        self.keep(start);
        weights.map_or(Worth::default(), |weights| self.worth(weights))
    }

    /// Tokens that are worth a closer look.
    pub(in crate::injection) fn noted(&self) -> impl Iterator<Item = Noted> {
        self.noted[..self.noted_len].iter().map(|&token| {
            let token = usize::from(token);
            let key = self.keys[PRIOR + token];
            let (start, end) = (usize::from(self.starts[token]), usize::from(self.ends[token]));
            let long = self.class(token).is_word() && end - start >= LONG_WORD;
            Noted { start, end, keys: [key, pair(self.keys[PRIOR + token - 1], key)], long }
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

/// What is asked of all tokens, with the vectors at hand.
struct Cutting<'c> {
    cutter: &'c mut Cutter,
    filter: &'c Filter,
    with_weights: bool,
}

impl SimdOp for Cutting<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let Cutting { cutter, filter, with_weights } = self;
        cutter.keys();
        cutter.sift(filter);
        if with_weights {
            cutter.hash();
            cutter.features();
        }
    }
}

impl Cutter {
    /// Finds where tokens begin and end, and their first bytes.
    fn bounds(&mut self, text: &[u8], start: usize) {
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

    /// The lengths of the tokens from `at` on.
    #[inline(always)]
    fn lens(&self, at: usize) -> Lanes {
        let starts: [u16; LANES] = lanes(&self.starts, at);
        let ends: [u16; LANES] = lanes(&self.ends, at);
        each!(n => u32::from(ends[n].wrapping_sub(starts[n])))
    }

    /// The keys of all tokens.
    #[inline(always)]
    fn keys(&mut self) {
        let mut letters = [0; LANES];
        for at in (0..self.len).step_by(LANES) {
            let heads: [u64; LANES] = lanes(&self.heads, at);
            let lens = self.lens(at);
            let keys: Lanes = each!(n => {
                let (len, class) = (lens[n], Class::of(heads[n] as u32));
                // as `Token` does, without branches
                let low = (heads[n] as u32) & (u32::MAX >> (32 - 8 * len.clamp(1, 4)));
                let rest = len.clamp(4, 8) - 4;
                let high = (heads[n] >> 32) as u32 & u32::MAX.wrapping_shr(32 - 8 * rest);
                let high = if rest == 0 { 0 } else { high };
                let mark = (heads[n] as u32 & 0xFF) | if len > 2 { 0x200 } else { 0x100 };
                let (low, high) = if class.is_mark() { (mark, 0) } else { (low, high) };
                key(low, high)
            });
            letters = each!(n => {
                let lone = Class::of(heads[n] as u32).is_word()
                    & (lens[n] == 1)
                    & (keys[n] != DIGIT)
                    & (at + n < self.len);
                letters[n] + u32::from(lone)
            });
            put(&mut self.keys, PRIOR + at, keys);
        }
        self.letters = letters.iter().sum();
    }

    /// Notes the tokens that are worth a closer look.
    #[inline(always)]
    fn sift(&mut self, filter: &Filter) {
        for at in (0..self.len).step_by(LANES) {
            let heads: [u64; LANES] = lanes(&self.heads, at);
            let lens = self.lens(at);
            let before: Lanes = lanes(&self.keys, PRIOR - 1 + at);
            let keys: Lanes = lanes(&self.keys, PRIOR + at);
            let passes: [u8; LANES] = each!(n => {
                let long = Class::of(heads[n] as u32).is_word() & (lens[n] >= LONG_WORD as u32);
                (filter.passes(keys[n]) | filter.passes(pair(before[n], keys[n]))) as u8 | u8::from(long)
            });
            put(&mut self.passes, at, passes);
        }
        let mut noted = 0;
        for token in 0..self.len {
            self.noted[noted] = token as u16;
            noted += usize::from(self.passes[token]);
        }
        self.noted_len = noted;
    }

    /// The hashes of all tokens and of their stems.
    #[inline(always)]
    fn hash(&mut self) {
        for at in (0..self.len).step_by(LANES) {
            let starts: [u16; LANES] = lanes(&self.starts, at);
            let heads: [u64; LANES] = lanes(&self.heads, at);
            let lens = self.lens(at);
            let low: Lanes = each!(n => heads[n] as u32);
            let high: Lanes = each!(n => (heads[n] >> 32) as u32);
            let (mut all, mut whole) = ([SEED; LANES], [0; LANES]);
            go_on(&mut all, &mut whole, low, lens, 0);
            let mut stems = all;
            step(&mut stems, high, 0);
            go_on(&mut all, &mut whole, high, lens, 4);
            let mut longest = 0;
            for len in lens {
                longest = longest.max(len);
            }
            if longest > HEAD as u32 {
                let next: [u64; LANES] = each!(n => head_at(&self.folded, starts[n] + HEAD as u16));
                go_on(&mut all, &mut whole, each!(n => next[n] as u32), lens, 8);
                go_on(&mut all, &mut whole, each!(n => (next[n] >> 32) as u32), lens, 12);
            }
            if longest > 2 * HEAD as u32 {
                for n in 0..LANES {
                    let rest = usize::from(starts[n]) + 2 * HEAD..usize::from(starts[n]) + lens[n] as usize;
                    for byte in self.folded.get(rest).unwrap_or_default() {
                        all[n] = (all[n] ^ u32::from(*byte)).wrapping_mul(STEP);
                        whole[n] = all[n];
                    }
                }
            }
            let hashes: Lanes = each!(n => {
                let class = Class::of(low[n]);
                let mark = (low[n] & 0xFF) | if lens[n] > 2 { 0x200 } else { 0x100 };
                // as folding the bytes over 0x300 does
                let seed = match lens[n] {
                    2 => 0x0300_0000,
                    3 => 0x3,
                    _ => 0x300,
                };
                let alone = low[n].swap_bytes() >> (32 - 8 * lens[n].clamp(1, 4)) ^ seed;
                mixed(if class.is_mark() {
                    mark
                } else if class.is_alone() {
                    alone
                } else {
                    whole[n]
                })
            });
            let stems: Lanes = each!(n => {
                let long = Class::of(low[n]).is_word() & (lens[n] >= STEM as u32);
                if long { mixed(stems[n]) } else { hashes[n] }
            });
            let breaks: Lanes = each!(n => {
                let full_stop = (low[n] & 0xFF_FFFF == 0x82_80E3) | (low[n] & 0xFFFF == 0x80E2);
                u32::from(Class::of(low[n]).ends_sentence() | full_stop)
            });
            put(&mut self.hashes, PRIOR + at, hashes);
            put(&mut self.stems, PRIOR + at, stems);
            put(&mut self.breaks, PRIOR + at, breaks);
        }
    }

    /// The places of the weights of all tokens.
    #[inline(always)]
    fn features(&mut self) {
        for at in (0..self.len).step_by(LANES) {
            let before: Lanes = lanes(&self.hashes, at);
            let last: Lanes = lanes(&self.hashes, at + 1);
            let hashes: Lanes = lanes(&self.hashes, at + PRIOR);
            let last_stems: Lanes = lanes(&self.stems, at + 1);
            let stems: Lanes = lanes(&self.stems, at + PRIOR);
            let breaks: Lanes = lanes(&self.breaks, at + 1);
            let mut places = [[0; LANES]; FEATURES];
            for n in 0..LANES {
                let all = places_of(hashes[n], stems[n], last[n], last_stems[n], breaks[n] != 0, before[n]);
                for feature in 0..FEATURES {
                    places[feature][n] = all[feature];
                }
            }
            for (list, places) in self.places.iter_mut().zip(places) {
                put(list, at, places);
            }
        }
    }

    /// What the tokens are worth. Not with the vectors: a weight is no faster had by them.
    fn worth(&self, weights: &Weights) -> Worth {
        let mut worth = Worth::default();
        for token in 0..self.len.min(PLACES) {
            let mut sum = 0;
            for places in &self.places {
                sum += weight(weights, places[token]);
            }
            worth.push(sum);
        }
        worth
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

/// The bytes from `start` on.
#[inline(always)]
fn head_at(folded: &[u8; FOLDED + HEAD], start: u16) -> u64 {
    let at = usize::from(start) % FOLDED;
    folded.get(at..).and_then(|rest| rest.first_chunk::<HEAD>()).map_or(0, |head| u64::from_le_bytes(*head))
}

#[inline(always)]
fn lanes<T: Copy + Default>(list: &[T; PLACES], at: usize) -> [T; LANES] {
    list.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([T::default(); LANES])
}

#[inline(always)]
fn put<T: Copy>(list: &mut [T; PLACES], at: usize, values: [T; LANES]) {
    if let Some(room) = list.get_mut(at..).and_then(|rest| rest.first_chunk_mut()) {
        *room = values;
    }
}

/// Hashes one byte more of each token.
#[inline(always)]
fn step(hashes: &mut Lanes, bytes: Lanes, byte: u32) {
    for (hash, bytes) in hashes.iter_mut().zip(bytes) {
        *hash = (*hash ^ (bytes >> (8 * byte) & 0xFF)).wrapping_mul(STEP);
    }
}

/// Hashes four bytes more of each token, the first of them its byte `from`; `whole` keeps what was there at its end.
#[inline(always)]
fn go_on(hashes: &mut Lanes, whole: &mut Lanes, bytes: Lanes, lens: Lanes, from: u32) {
    for byte in 0..4 {
        step(hashes, bytes, byte);
        for n in 0..LANES {
            whole[n] = if lens[n] > from + byte { hashes[n] } else { whole[n] };
        }
    }
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
