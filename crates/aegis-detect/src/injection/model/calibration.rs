//! Turns what a window is worth into log-odds: a few numbers, fitted by `training/` on texts of unseen groups.
//! Called for each window. Written by training but for the code: change `STEP` only there.

use super::super::families::Family;
use super::Worth;

/// Signals of a window: fourteen, and one for each family of signs.
pub(crate) const SIGNALS: usize = 14 + Family::COUNT;

/// What signs say about a window, in log-odds given by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hand {
    pub(crate) odds: f32,
    pub(crate) against: f32,
    /// The strongest piece of evidence alone.
    pub(crate) strongest: f32,
    /// 1 if it is quoted within a sentence, else 0.
    pub(crate) mentioned: f32,
    pub(crate) families: [f32; Family::COUNT],
}

/// More of one family proves no more.
const MOST: f32 = 6.0;

/// What each signal counts, and last what no signal at all is worth.
const STEP: [f32; SIGNALS + 1] = include!("step.txt");

/// The signals of a window. `earlier` tells how many windows came before, each a chance to be wrong.
pub(crate) fn signals(worth: &Worth, hand: &Hand, earlier: usize) -> [f32; SIGNALS] {
    let odds = (hand.odds - hand.against).clamp(-4.0, 8.0);
    let tokens = worth.tokens as f32;
    let best = (worth.best as f32 / 100.0).ln_1p();
    let first = [
        best,
        worth.total as f32 / (6.0 * tokens + 24.0).sqrt() / 64.0,
        odds,
        odds.max(0.0),
        hand.strongest,
        hand.against,
        tokens.ln_1p(),
        (earlier as f32).ln_1p(),
        hand.mentioned,
        // words and signs that agree prove more than both by themselves, and less where an attack is only quoted
        best * odds.max(0.0) / 4.0,
        best * hand.strongest / 4.0,
        best * best / 4.0,
        hand.mentioned * odds.max(0.0),
        hand.mentioned * best,
    ];
    let mut signals = [0.0; SIGNALS];
    signals[..first.len()].copy_from_slice(&first);
    for (signal, odds) in signals[first.len()..].iter_mut().zip(hand.families) {
        *signal = odds.min(MOST);
    }
    signals
}

/// The log-odds that a window holds an attack.
pub(crate) fn odds(worth: &Worth, hand: &Hand, earlier: usize) -> f32 {
    let signals = signals(worth, hand, earlier);
    // most windows have no signs: what is nothing need not be added
    let known = if hand.families == [0.0; Family::COUNT] { SIGNALS - Family::COUNT } else { SIGNALS };
    STEP[SIGNALS] + signals.iter().zip(&STEP).take(known).map(|(signal, share)| signal * share).sum::<f32>()
}
