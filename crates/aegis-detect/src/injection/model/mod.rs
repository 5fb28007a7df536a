//! A linear model over hashed words, pairs of words and stems, with weights of one byte.
//! Called by the judge for windows; trained by `training/`, which reads features through this very code.
//! Invariant: what a stretch is worth depends on its bytes and on a few beside it (`tokens`), never on the rest.

mod calibration;
mod cut;
mod opening;
mod sorted;
mod tokens;

pub(super) use calibration::{Hand, odds};
#[cfg(feature = "training")]
pub(super) use calibration::{SIGNALS, signals};
pub(super) use cut::{Cutter, Spot, Weighed};
pub(super) use opening::{BEGINNING, Opening, Parts};
pub(crate) use tokens::{AFTER, BEFORE};
pub(super) use tokens::{end_of_token, end_of_word};

#[cfg(any(test, feature = "training"))]
use tokens::Token;
use tokens::mixed;

/// Weights: 2 to this power, so many that they stay in a core's second cache.
const BITS: u32 = 18;

/// What a token costs in a run, so that a run ends where nothing speaks for an attack any more.
const DRIFT: i32 = 80;

/// Features of one token.
const FEATURES: usize = 6;

/// Weights of one byte, in units that `Judge` scales.
pub(super) type Weights = [i8; 1 << BITS];

/// The weights.
pub(crate) struct Model {
    weights: Box<Weights>,
}

#[inline(always)]
fn weight(weights: &Weights, place: u32) -> i32 {
    i32::from(weights[place as usize % (1 << BITS)])
}

/// What a stretch of text is worth, so that neighbours can be put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Worth {
    pub(crate) tokens: i32,
    pub(crate) total: i32,
    /// What a run of tokens is worth, each less [`DRIFT`]: all of them; the worst and the best at the start; the best
    /// anywhere.
    run: i32,
    low: i32,
    head: i32,
    pub(crate) best: i32,
}

impl Worth {
    #[inline(always)]
    fn push(&mut self, worth: i32) {
        self.tokens += 1;
        self.total += worth;
        let worth = worth - DRIFT;
        self.run += worth;
        self.head = self.head.max(self.run);
        self.low = self.low.min(self.run);
        self.best = self.best.max(self.tail());
    }

    /// What the best run at the end is worth: what remains without the worst start. (Reckoned step by step it would cost
    /// a branch that nobody can guess.)
    #[inline(always)]
    fn tail(self) -> i32 {
        self.run - self.low
    }

    /// What both are worth when `next` follows.
    pub(crate) fn then(self, next: Worth) -> Worth {
        Worth {
            tokens: self.tokens + next.tokens,
            total: self.total + next.total,
            run: self.run + next.run,
            low: self.low.min(self.run + next.low),
            head: self.head.max(self.run + next.head),
            best: self.best.max(next.best).max(self.tail() + next.head),
        }
    }
}

/// The places of a token's weights, of what it is and what stands before it. `breaks` if a sentence begins with it.
#[inline(always)]
fn places_of(
    hash: u32,
    stem: u32,
    last: u32,
    last_stem: u32,
    breaks: bool,
    one_before: u32,
) -> [u32; FEATURES] {
    let place = |hash: u32| mixed(hash) >> (32 - BITS);
    let opens = if breaks | (last == 0) { 0x51ED_270B } else { 0xA24B_AED4 };
    [
        place(hash),
        place(last.rotate_left(5) ^ hash),
        place(one_before.rotate_left(11) ^ hash.wrapping_add(0x2545_F491)),
        place(stem ^ 0x6C07_8965),
        place(last_stem.rotate_left(7) ^ stem ^ 0x1B87_3593),
        place(hash ^ opens),
    ]
}

/// The tokens before the one at hand.
#[cfg(any(test, feature = "training"))]
#[derive(Default)]
struct Neighbours {
    last: Token,
    one_before: u32,
}

#[cfg(any(test, feature = "training"))]
impl Neighbours {
    /// The places of a token's weights.
    #[inline]
    fn features(&mut self, token: Token) -> [u32; FEATURES] {
        let Neighbours { last, one_before } = *self;
        *self = Neighbours { last: token, one_before: last.hash };
        places_of(token.hash, token.stem, last.hash, last.stem, last.ends_sentence, one_before)
    }
}

impl Model {
    /// Takes weights as training wrote them; `None` if they are not as many as there must be.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let weights: Box<[i8]> = bytes.iter().map(|&byte| byte as i8).collect();
        Some(Model { weights: weights.try_into().ok()? })
    }

    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }
}

/// Calls `each` with the features of every token that begins in `span`. For training.
#[cfg(feature = "training")]
pub(crate) fn features(text: &[u8], span: std::ops::Range<usize>, mut each: impl FnMut([u32; FEATURES])) {
    let mut neighbours = Neighbours::default();
    let start = span.start;
    tokens::walk(text, span, |token| {
        let features = neighbours.features(token);
        if token.start >= start {
            each(features);
        }
    });
}
