//! Keeps one winner where candidates overlap.
//! Fed by the scanner in the order of anchors; drained as soon as nothing later can touch a winner.
//! Invariant: the winners never overlap, and depend only on the order of the candidates.

use crate::detector::Match;
use crate::work;
use std::ops::Range;

/// A candidate with the detector that claims it.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// Index in the registry.
    pub(crate) detector: usize,
    pub(crate) found: Match,
    /// What it takes: the value, with the whole of any encoded token it has a part of.
    pub(crate) takes: Range<usize>,
    pub(crate) confidence: f32,
}

impl Claim {
    pub(crate) fn span(&self) -> Range<usize> {
        self.takes.clone()
    }

    /// Surer wins, then longer, then earlier in the registry.
    fn beats(&self, other: &Claim) -> bool {
        let key = |claim: &Claim| (claim.confidence, claim.found.span.len());
        key(self) > key(other) || (key(self) == key(other) && self.detector < other.detector)
    }
}

/// The winners so far.
#[derive(Debug, Default)]
pub(crate) struct Winners {
    claims: Vec<Claim>,
}

impl Winners {
    /// Enters a candidate: it takes the place of all it overlaps, or none.
    pub(crate) fn enter(&mut self, claim: Claim) {
        work::done(1);
        let span = claim.span();
        // most touch none
        if self.claims.last().is_none_or(|held| held.takes.end <= span.start) {
            self.claims.push(claim);
            return;
        }
        // winners are few and in order: only the last ones can reach the new span
        let first = self.claims.iter().rposition(|held| held.takes.end <= span.start).map_or(0, |at| at + 1);
        let end = self.claims[first..]
            .iter()
            .position(|held| held.takes.start >= span.end)
            .map_or(self.claims.len(), |n| first + n);
        if self.claims[first..end].iter().all(|held| claim.beats(held)) {
            self.claims.splice(first..end, [claim]);
        }
    }

    /// How many are held.
    pub(crate) fn len(&self) -> usize {
        self.claims.len()
    }

    /// Where the first winner still held begins.
    pub(crate) fn first_start(&self) -> Option<usize> {
        self.claims.first().map(|claim| claim.takes.start)
    }

    /// Shows the winners that end at or before `at`, and drops them.
    pub(crate) fn settle(&mut self, at: usize, show: impl FnOnce(&[Claim])) {
        let settled = match self.claims.last() {
            None => return,
            Some(last) if last.takes.end <= at => self.claims.len(),
            Some(_) => self.claims.partition_point(|claim| claim.takes.end <= at),
        };
        show(&self.claims[..settled]);
        self.claims.drain(..settled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detector::Odds;
    use crate::finding::Severity;

    fn claim(span: Range<usize>, confidence: f32) -> Claim {
        let found = Match::new(span, Odds::of(confidence), Severity::Low, "test");
        Claim { detector: 0, takes: found.span.clone(), found, confidence }
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one winner is meant")]
    fn the_surer_then_the_longer_wins_and_winners_stay_apart() {
        for (entered, kept) in [
            (vec![(0..4, 0.5), (2..6, 0.9)], vec![2..6]),
            (vec![(0..4, 0.9), (2..6, 0.5)], vec![0..4]),
            (vec![(0..4, 0.5), (0..6, 0.5)], vec![0..6]),
            (vec![(0..4, 0.5), (4..6, 0.5)], vec![0..4, 4..6]),
            (vec![(0..4, 0.5), (6..9, 0.5), (3..7, 0.6)], vec![3..7]),
            (vec![(0..4, 0.5), (6..9, 0.7), (3..7, 0.6)], vec![0..4, 6..9]),
        ] {
            let mut winners = Winners::default();
            entered.iter().for_each(|(span, confidence)| winners.enter(claim(span.clone(), *confidence)));
            let mut spans = Vec::new();
            winners.settle(usize::MAX, |settled| spans.extend(settled.iter().map(Claim::span)));
            assert_eq!(spans, kept, "{entered:?}");
        }
    }
}
