//! Asks all tokens of a stretch for their keys and notes those worth a closer look, sixteen tokens at a time.
//! The second step of a cut, made with the vectors at hand. Invariant: a value past the last token is of no account.

use super::super::opening::{Filter, LONG_WORD, pair};
use super::super::tokens::{Class, MARKS, key};
use super::bounds::places;
use super::{Cutter, FIRST, HEAD, LANES};
use crate::vectors::{BLOCK, Bytes, Vectors};
use rten_simd::{Isa, SimdOp};

pub(super) type Lanes = [u32; LANES];

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
pub(super) use each;

/// What a token is worth a closer look for: signs may be known by its own key, by that of the pair it makes with the token
/// before; it is long.
pub(super) const OWN: u8 = 1;
pub(super) const PAIR: u8 = 2;
pub(super) const LONG: u8 = 4;

/// What is asked of all tokens, with the vectors at hand.
pub(super) struct Cutting<'c> {
    pub(super) cutter: &'c mut Cutter,
    pub(super) filter: &'c Filter,
    pub(super) with_weights: bool,
}

impl SimdOp for Cutting<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        self.ask();
    }
}

impl Cutting<'_> {
    #[inline(always)]
    pub(super) fn ask(self) {
        let Cutting { cutter, filter, with_weights } = self;
        cutter.keys();
        cutter.sift(filter);
        if with_weights {
            cutter.hash();
        }
    }
}

impl Cutter {
    /// The lengths of the tokens from `at` on.
    #[inline(always)]
    pub(super) fn lens(&self, at: usize) -> Lanes {
        let starts: [u16; LANES] = lanes(&self.starts, at);
        let ends: [u16; LANES] = lanes(&self.ends, at);
        each!(n => u32::from(ends[n].wrapping_sub(starts[n])))
    }

    /// The keys of all tokens, as `Token` has them, without branches.
    #[inline(always)]
    fn keys(&mut self) {
        let mut longest = [0; LANES];
        for at in (0..self.len).step_by(LANES) {
            let heads: [u64; LANES] = lanes(&self.heads, at);
            let starts: [u16; LANES] = lanes(&self.starts, at);
            let ends: [u16; LANES] = lanes(&self.ends, at);
            let lens: [u16; LANES] = each!(n => ends[n].wrapping_sub(starts[n]));
            longest = each!(n => if lens[n] > longest[n] { lens[n] } else { longest[n] });
            let words: [u64; LANES] = each!(n => {
                let len = if lens[n] < HEAD as u16 { lens[n] } else { HEAD as u16 };
                let head = heads[n] & u64::MAX.wrapping_shr(64 - 8 * u32::from(len));
                head & if is_mark(head) { MARKS } else { u64::MAX }
            });
            let keys: Lanes = each!(n => key(words[n]));
            put(&mut self.keys, FIRST + at, keys);
        }
        let mut most = 0;
        for len in longest {
            most = most.max(len);
        }
        self.long = usize::from(most) >= LONG_WORD;
    }

    /// Says which tokens are worth a closer look.
    #[inline(always)]
    fn sift(&mut self, filter: &Filter) {
        for at in (0..self.len).step_by(LANES) {
            let before: Lanes = lanes(&self.keys, FIRST - 1 + at);
            let keys: Lanes = lanes(&self.keys, FIRST + at);
            let passes: [u8; LANES] = each!(n => {
                let (own, both) = (filter.passes(keys[n]), filter.passes(pair(before[n], keys[n])));
                (own as u8 * OWN) | (both as u8 * PAIR)
            });
            put(&mut self.passes, at, passes);
        }
        if self.long {
            self.sift_long();
        }
    }

    /// Has long words looked at more closely, too.
    #[inline(always)]
    fn sift_long(&mut self) {
        for at in (0..self.len).step_by(LANES) {
            let heads: [u64; LANES] = lanes(&self.heads, at);
            let lens = self.lens(at);
            let passes: [u8; LANES] = lanes(&self.passes, at);
            let passes: [u8; LANES] = each!(n => {
                let long = Class::of(heads[n] as u32).is_word() & (lens[n] >= LONG_WORD as u32);
                passes[n] | if long { LONG } else { 0 }
            });
            put(&mut self.passes, at, passes);
        }
    }
}

/// Whether the token that `head` begins with is one of marks.
#[inline(always)]
fn is_mark(head: u64) -> bool {
    let first = head & 0xFF;
    (first < 0x80) & (first.wrapping_sub(u64::from(b'a')) >= 26) & (first != u64::from(b'0'))
}

impl Cutter {
    /// Notes the tokens that are worth a closer look. (Not with the lanes: these have no bits to ask for.)
    #[inline(always)]
    pub(super) fn note<V: Vectors>(&mut self, vectors: V) {
        let mut noted = 0;
        for at in (0..self.len).step_by(BLOCK) {
            let Some(passes) = self.passes.get(at..).and_then(|rest| rest.first_chunk()) else { break };
            let within = u64::MAX >> (BLOCK - BLOCK.min(self.len - at));
            let bits = vectors.load(passes).some() & within;
            noted = places(vectors, bits, at, &mut self.noted, noted);
        }
        self.noted_len = noted;
    }
}

/// The values of the tokens from `at` on.
#[inline(always)]
pub(super) fn lanes<T: Copy + Default, const N: usize>(list: &[T; N], at: usize) -> [T; LANES] {
    list.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([T::default(); LANES])
}

/// Writes down the values of the tokens from `at` on.
#[inline(always)]
pub(super) fn put<T: Copy, const N: usize>(list: &mut [T; N], at: usize, values: [T; LANES]) {
    if let Some(room) = list.get_mut(at..).and_then(|rest| rest.first_chunk_mut()) {
        *room = values;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::STRIDE;
    use super::super::super::opening::{Opening, Parts};
    use super::super::super::tokens::walk;
    use super::super::PLACES;
    use super::*;

    #[test]
    fn values_are_had_back_and_none_is_written_past_the_end() {
        let mut list = [0u16; PLACES];
        for at in [0, 1, LANES, PLACES - LANES] {
            let values = std::array::from_fn(|n| (at + n + 1) as u16);
            put(&mut list, at, values);
            assert_eq!(lanes(&list, at), values, "{at}");
        }
        let before = list;
        put(&mut list, PLACES - LANES + 1, [9; LANES]);
        assert_eq!(list, before);
        assert_eq!(lanes(&list, PLACES - LANES + 1), [0; LANES]);
    }

    #[test]
    fn the_noted_tokens_are_those_that_pass_one_by_one() {
        let signs = ["system prompt", "secret", "](http"];
        let opening = Opening::of(signs.iter().map(|sign| ((sign.as_bytes(), (true, true)), Parts::WHOLE)));
        let text =
            "the system, a system prompt (a secret) in ![x](https://a.test) of aWdub3JlIGFsbCBwcmV2aW91cw \
                    and so on; 2026, secretly. "
                .repeat(9);
        let mut cutter = Cutter::new();
        cutter.cut(text.as_bytes(), 0, STRIDE, &opening, None);
        let noted: Vec<_> = cutter.noted[..cutter.noted_len]
            .iter()
            .map(|token| {
                (usize::from(cutter.starts[usize::from(*token)]), cutter.passes[usize::from(*token)])
            })
            .collect();
        let (mut last, mut plain) = (0, Vec::new());
        walk(text.as_bytes(), 0..STRIDE, |token| {
            let keys = [token.key, pair(last, token.key)];
            let [own, both] = keys.map(|key| opening.filter().passes(key) as u8);
            let long = u8::from(token.word && token.len >= LONG_WORD);
            let passes = (own * OWN) | (both * PAIR) | (long * LONG);
            if passes != 0 {
                plain.push((token.start, passes));
            }
            last = token.key;
        });
        assert!(plain.len() > 5 && plain.len() < cutter.len / 2, "{} of {}", plain.len(), cutter.len);
        assert_eq!(noted, plain);
    }
}
