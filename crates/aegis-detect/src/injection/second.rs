//! The second stage: a classifier that the operator supplies, far surer and far slower than the first.
//! Asked by `weigh` about windows that the first stage finds suspicious.
//! Invariants: a text costs at most [`SECOND_STAGE_MOST`] questions; whether a window is asked about depends on the
//! text before it and on itself, so that a stream asks what a scan of the whole asks; no answer changes nothing.

use super::{Origin, PRIOR};
use crate::detector::Odds;
use std::fmt::Debug;

/// Tells attacks on a model from honest text.
pub trait SecondStage: Debug + Send + Sync {
    /// The probability, 0 to 1, that a window of text attacks a model; the same for the same window. `None` if it
    /// cannot tell: the verdict of the first stage then stands.
    fn probability(&self, window: &str) -> Option<f32>;
}

/// Windows that the first stage finds at least this likely are shown to the second. So far below every threshold
/// that attacks which the first stage misses are seen; few honest windows come up to it.
pub const SECOND_STAGE_FROM: f32 = 0.05;

/// Most windows of one text that are shown to the second stage: the first that qualify. Which rank highest is
/// known only at the end of a text, too late for a stream. All others keep the first stage's verdict, so nothing is
/// gained by putting bait before an attack.
pub const SECOND_STAGE_MOST: u8 = 8;

/// How often the second stage was asked about a text. Goes from one window to the next.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked(u8);

impl Asked {
    /// The log-odds that the second stage gives the window that `show` makes, if it is asked and can tell.
    pub(super) fn about<'w>(
        &mut self,
        second: &dyn SecondStage,
        first: f32,
        show: impl FnOnce() -> Option<&'w str>,
    ) -> Option<f32> {
        if first < SECOND_STAGE_FROM || self.0 == SECOND_STAGE_MOST {
            return None;
        }
        self.0 += 1;
        let told = second.probability(show()?).filter(|told| !told.is_nan())?;
        Some(Odds::of(told.clamp(0.001, 0.999)).0)
    }
}

/// What becomes of a window that the second stage gives the log-odds `told`: they take the place of all that the first
/// stage read in the words. `structure`, what the shape of the text alone says, stays: chat templates, roles and
/// leaking links are exact, and classifiers of words see them badly.
pub(super) fn combined(told: f32, structure: f32, origin: Origin) -> f32 {
    told.max(PRIOR + structure) + origin.odds()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Says(f32);

    impl SecondStage for Says {
        fn probability(&self, _: &str) -> Option<f32> {
            Some(self.0)
        }
    }

    fn ask(asked: &mut Asked, says: f32, first: f32) -> Option<f32> {
        asked.about(&Says(says), first, || Some("a window"))
    }

    #[test]
    fn only_suspicious_windows_are_asked_about_and_no_more_than_the_bound() {
        let mut asked = Asked::default();
        assert_eq!(ask(&mut asked, 0.9, 0.049), None);
        let answers = (0..100).filter(|_| ask(&mut asked, 0.9, 0.05).is_some()).count();
        assert_eq!(answers, usize::from(SECOND_STAGE_MOST));
    }

    #[test]
    fn answers_beyond_the_scale_are_taken_as_its_ends_and_none_is_none() {
        let confidence = |says| ask(&mut Asked::default(), says, 0.5).map(|odds| Odds(odds).confidence());
        for (says, means) in [(0.9, Some(0.9)), (7.0, Some(0.999)), (-1.0, Some(0.001)), (f32::NAN, None)] {
            assert_eq!(confidence(says), means, "{says}");
        }
    }

    #[test]
    fn the_second_stage_overrules_words_but_not_structure() {
        let sure =
            |told: f32, structure, origin| Odds(combined(Odds::of(told).0, structure, origin)).confidence();
        assert_eq!(sure(0.9, 0.0, Origin::User), 0.9);
        assert_eq!(sure(0.01, 0.0, Origin::User), 0.018); // as a window without evidence
        assert_eq!(sure(0.01, 8.8, Origin::User), 0.992);
        assert!(sure(0.4, 0.0, Origin::Data) > 0.5); // in documents less will do
    }
}
