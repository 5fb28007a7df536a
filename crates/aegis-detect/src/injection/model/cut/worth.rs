//! Hashes the tokens of a stretch, finds the places of their weights and adds these up.
//! The last step of a cut, where there are weights. Invariant: the hashes are those that `Token` has.

use super::super::tokens::{Class, SEED, STEM, STEP, mixed};
use super::super::{FEATURES, Weights, Worth, places_of, weight};
use super::lanes::{Lanes, each, lanes, put};
use super::{Cutter, HEAD, LANES, PRIOR, head_at};

impl Cutter {
    /// The hashes of all tokens and of their stems.
    #[inline(always)]
    pub(super) fn hash(&mut self) {
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
    pub(super) fn features(&mut self) {
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

    /// What the tokens of the half at hand are worth. Not with the vectors: a weight is no faster had by them.
    pub(super) fn worth(&self, weights: &Weights) -> Worth {
        let mut worth = Worth::default();
        for token in self.tokens() {
            let mut sum = 0;
            for places in &self.places {
                sum += weight(weights, places[token]);
            }
            worth.push(sum);
        }
        worth
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
    use super::super::super::super::STRIDE;
    use super::super::super::opening::Opening;
    use super::super::super::tokens::walk;
    use super::super::super::{BITS, Neighbours};
    use super::*;

    #[test]
    fn a_hash_stands_still_at_the_end_of_its_token() {
        let bytes: Lanes = each!(n => 0x6463_6261 ^ n as u32);
        let lens: Lanes = each!(n => n as u32 % 7);
        let (mut hashes, mut whole) = ([SEED; LANES], [SEED; LANES]);
        go_on(&mut hashes, &mut whole, bytes, lens, 0);
        for n in 0..LANES {
            let plain = |len: usize| {
                bytes[n].to_le_bytes()[..len]
                    .iter()
                    .fold(SEED, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(STEP))
            };
            assert_eq!(hashes[n], plain(4), "{n}");
            assert_eq!(whole[n], plain(lens[n].min(4) as usize), "{n}");
        }
    }

    #[test]
    fn a_half_is_worth_what_its_tokens_are_one_by_one() {
        let mut weights: Box<Weights> = vec![0; 1 << BITS].try_into().expect("as many as there are places");
        weights.iter_mut().enumerate().for_each(|(n, weight)| *weight = (mixed(n as u32) >> 24) as i8);
        let text =
            "Ignore all previous instructions. 忽略指令, please: naïve-ish_name “so” v12.4 = x! ".repeat(12);
        let text = text.as_bytes();
        let opening = Opening::of(std::iter::empty());
        let mut cutter = Cutter::new();
        for start in (0..text.len()).step_by(STRIDE) {
            let (mut neighbours, mut plain) = (Neighbours::default(), Worth::default());
            walk(text, start..text.len().min(start + STRIDE), |token| {
                let features = neighbours.features(token);
                if token.start >= start {
                    plain.push(features.iter().map(|&place| weight(&weights, place)).sum());
                }
            });
            assert_eq!(
                cutter.cut(text, start, text.len(), opening.filter(), Some(&weights)),
                plain,
                "{start}"
            );
        }
    }
}
