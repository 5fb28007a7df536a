//! What training needs to see of the engine: the features and signals of each window, made by the code that judges.
//! Used by `examples/injection_training.rs` alone.

use super::half::Half;
use super::hits::Hits;
use super::model::{self, Cutter, Model, SIGNALS};
use super::weigh::NOTHING;
use super::{Judge, Means, STRIDE, WINDOW, is_window};
use crate::normalise::View;

/// The windows of `text`, each as the features of its tokens.
pub fn features(text: &str) -> Vec<Vec<u32>> {
    let view = View::of(text);
    let hay = view.text().as_bytes();
    let mut windows = Vec::new();
    let mut start = 0;
    while is_window(start, hay.len()) {
        let mut found = Vec::new();
        model::features(hay, start..hay.len().min(start + WINDOW), |features| found.extend(features));
        windows.push(found);
        start += STRIDE;
    }
    windows
}

/// Reads signals under other weights than the engine's own.
pub struct Signals(Judge);

impl Signals {
    /// Takes weights as training writes them. `None` if they are of the wrong size.
    pub fn new(weights: &[u8]) -> Option<Self> {
        let mut judge = Judge::build();
        judge.model = Model::of(weights)?;
        Some(Signals(judge))
    }

    /// The inputs of the last step for each window.
    pub fn of(&self, text: &str) -> Vec<[f32; SIGNALS]> {
        let view = View::of(text);
        let hay = view.text().as_bytes();
        let mut windows = Vec::new();
        let (mut cutter, mut hits) = (Cutter::new(), Hits::default());
        let mut start = 0;
        while is_window(start, hay.len()) {
            let span = start..hay.len().min(start + WINDOW);
            let mut halves = [Half::default(); 2];
            for (start, half) in [start, start + STRIDE].into_iter().zip(&mut halves) {
                self.0.half(hay, start, hay.len(), Means::Model, &mut cutter, half);
            }
            let worth = halves[0].worth.then(halves[1].worth);
            let evidence = self.0.evidence(hay, span, halves.each_mut(), &mut hits);
            let hand = evidence.map_or(NOTHING, |evidence| evidence.hand);
            windows.push(model::signals(&worth, &hand, start / STRIDE));
            start += STRIDE;
        }
        windows
    }
}
