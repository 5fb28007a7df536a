//! A linear model over hashed words, pairs of words and stems, with weights of one byte.
//! Called by the judge for windows; trained by `training/`, which reads features through this very code.
//! Invariant: what a stretch is worth depends on its bytes and on a few beside it (`tokens`), never on the rest.

mod calibration;
mod opening;
mod sorted;
mod tokens;

pub(super) use calibration::{Hand, odds};
#[cfg(feature = "training")]
pub(super) use calibration::{SIGNALS, signals};
pub(super) use opening::{Group, Opening, Parts, Spots};
pub(super) use tokens::end_of_word;
pub(crate) use tokens::{AFTER, BEFORE};

use opening::Seen;
use std::ops::Range;
use tokens::{Token, mixed, walk};

/// Weights: 2 to this power, so many that they stay in a core's second cache.
const BITS: u32 = 18;

/// What a token costs in a run, so that a run ends where nothing speaks for an attack any more.
const DRIFT: i32 = 80;

/// Features of one token.
const FEATURES: usize = 6;

/// The weights, in units that `Judge` scales.
pub(crate) struct Model {
    weights: Box<[i8; 1 << BITS]>,
}

/// What a stretch of text is worth, so that neighbours can be put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Worth {
    pub(crate) tokens: i32,
    pub(crate) total: i32,
    /// The parts of phrases that it may hold.
    pub(crate) parts: Parts,
    /// What a run of tokens is worth, each less [`DRIFT`]: all of them; the best at the start, at the end, anywhere.
    run: i32,
    head: i32,
    tail: i32,
    pub(crate) best: i32,
}

impl Worth {
    /// Of a stretch that the model was not asked about.
    pub(crate) fn unknown(parts: Parts) -> Self {
        Worth { parts, ..Worth::default() }
    }

    #[inline]
    fn push(&mut self, worth: i32) {
        self.tokens += 1;
        self.total += worth;
        let worth = worth - DRIFT;
        self.run += worth;
        self.head = self.head.max(self.run);
        self.tail = (self.tail + worth).max(0);
        self.best = self.best.max(self.tail);
    }

    /// What both are worth when `next` follows.
    pub(crate) fn then(self, next: Worth) -> Worth {
        Worth {
            tokens: self.tokens + next.tokens,
            total: self.total + next.total,
            parts: self.parts | next.parts,
            run: self.run + next.run,
            head: self.head.max(self.run + next.head),
            tail: next.tail.max(next.run + self.tail),
            best: self.best.max(next.best).max(self.tail + next.head),
        }
    }
}

/// The tokens before the one at hand.
#[derive(Default)]
struct Neighbours {
    last: Token,
    one_before: Token,
}

impl Neighbours {
    /// The places of a token's weights.
    #[inline]
    fn features(&mut self, token: Token) -> [u32; FEATURES] {
        let place = |hash: u32| mixed(hash) >> (32 - BITS);
        let (last, before) = (self.last, self.one_before);
        let opens = if last.ends_sentence || last.hash == 0 { 0x51ED_270B } else { 0xA24B_AED4 };
        let features = [
            place(token.hash),
            place(last.hash.rotate_left(5) ^ token.hash),
            place(before.hash.rotate_left(11) ^ token.hash.wrapping_add(0x2545_F491)),
            place(token.stem ^ 0x6C07_8965),
            place(last.stem.rotate_left(7) ^ token.stem ^ 0x1B87_3593),
            place(token.hash ^ opens),
        ];
        self.one_before = last;
        self.last = token;
        features
    }
}

impl Model {
    /// Takes weights as training wrote them; `None` if they are not as many as there must be.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let weights: Box<[i8]> = bytes.iter().map(|&byte| byte as i8).collect();
        Some(Model { weights: weights.try_into().ok()? })
    }

    /// What the tokens that begin in `span` are worth. `opening` knows which of them signs are known by.
    pub(crate) fn worth(
        &self,
        text: &[u8],
        span: Range<usize>,
        opening: &Opening,
        spots: &mut Spots,
    ) -> Worth {
        let mut worth = Worth::default();
        let mut neighbours = Neighbours::default();
        let mut seen = Seen::default();
        let start = span.start;
        walk(text, span, |token| {
            let features = neighbours.features(token);
            worth.parts |= opening.look(&mut seen, token, start, spots);
            if token.start >= start {
                worth.push(self.sum(features));
            }
        });
        worth
    }

    #[inline]
    fn sum(&self, features: [u32; FEATURES]) -> i32 {
        let weights: &[i8; 1 << BITS] = &self.weights;
        features.iter().map(|&place| i32::from(weights[place as usize % (1 << BITS)])).sum::<i32>()
    }

    /// Where the tokens of `span` that are worth most together lie.
    pub(crate) fn best_run(&self, text: &[u8], span: Range<usize>) -> Range<usize> {
        let (mut best, mut run, mut from) = (0, 0, span.start);
        let mut found = span.clone();
        let mut neighbours = Neighbours::default();
        walk(text, span.clone(), |token| {
            let features = neighbours.features(token);
            if token.start < span.start {
                return;
            }
            if run == 0 {
                from = token.start;
            }
            run = (run + self.sum(features) - DRIFT).max(0);
            if run > best {
                best = run;
                found = from..span.end.min(token.start + token.len);
            }
        });
        found
    }
}

/// Calls `each` with the features of every token that begins in `span`. For training.
#[cfg(feature = "training")]
pub(crate) fn features(text: &[u8], span: Range<usize>, mut each: impl FnMut([u32; FEATURES])) {
    let mut neighbours = Neighbours::default();
    let start = span.start;
    walk(text, span, |token| {
        let features = neighbours.features(token);
        if token.start >= start {
            each(features);
        }
    });
}
