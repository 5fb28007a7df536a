//! Makes findings of what has won: values, and places that attack a model.
//! Called at the end of each stretch of a text, and by streams.

use super::{LEAST, Scanner};
use crate::injection::{Carried, Places, Terms, Verdict};
use crate::normalise::View;
use crate::overlap::Claim;
use crate::{Finding, Severity, custom, detectors};

impl Scanner {
    /// Makes a finding of a winner. `view` is that of `original`, which begins at normalised
    /// offset `base` of the text. The same value was `known` by the same detector before.
    pub(crate) fn finding(
        &self,
        original: &str,
        view: &View,
        base: usize,
        claim: &Claim,
        known: Option<&Finding>,
    ) -> Finding {
        let span = claim.found.span.start - base..claim.found.span.end - base;
        let value = &view.text()[span.clone()];
        let (id, category, tags) = match detectors::ALL.get(claim.detector) {
            Some(detector) => (detector.info.id, detector.info.category, detector.info.regulations),
            None => {
                let own = &self.custom[claim.detector - detectors::ALL.len()];
                (own.id, own.detector().category, &[][..])
            }
        };
        let (sample, fingerprint) = match (known, detectors::ALL.get(claim.detector)) {
            (Some(known), _) => (known.sample.clone(), known.fingerprint),
            (None, Some(detector)) => {
                let canonical = (detector.canonical)(value);
                ((detector.sample)(value), self.fingerprinter.of(id, &canonical))
            }
            (None, None) => (custom::sample(value), self.fingerprinter.of(id, &custom::canonical(value))),
        };
        Finding {
            detector: id,
            category,
            severity: claim.found.severity,
            confidence: claim.confidence,
            sample,
            fingerprint,
            span: view.origin_with_marks(original, span),
            tags,
            reasons: claim.found.reasons,
            known_test: claim.found.known_test,
        }
    }

    /// Adds the attacks, one finding for each place, and returns the highest score.
    pub(super) fn add_attacks(
        &self,
        view: &View,
        terms: Terms,
        carried: &mut Carried,
        findings: &mut Vec<Finding>,
    ) -> f32 {
        let mut highest: f32 = 0.0;
        let mut places = Places::default();
        let mut attacks = Vec::new();
        self.automata.judge.judge(view.text().as_bytes(), terms, carried, |mut verdict| {
            verdict.span = view.whole(verdict.span);
            highest = highest.max(verdict.confidence);
            if verdict.confidence >= LEAST {
                attacks.extend(places.next(verdict));
            }
        });
        attacks.extend(places.last());
        for attack in attacks.into_iter().filter_map(|verdict| self.attack(view, verdict)) {
            // a value inside keeps its own finding: the two never overlap
            let at = findings.partition_point(|finding| finding.span.end <= attack.span.start);
            if findings.get(at).is_none_or(|next| next.span.start >= attack.span.end) {
                findings.insert(at, attack);
            }
        }
        highest
    }

    /// Makes a finding of a verdict that is sure enough to be kept.
    pub(crate) fn attack(&self, view: &View, verdict: Verdict) -> Option<Finding> {
        if verdict.confidence < LEAST || verdict.span.is_empty() {
            return None;
        }
        let info = &detectors::ATTACK.info;
        let phrase = &view.text()[verdict.span.clone()];
        Some(Finding {
            detector: info.id,
            category: info.category,
            severity: if verdict.confidence >= info.threshold { info.severity } else { Severity::Low },
            confidence: verdict.confidence,
            sample: format!("[{}]", verdict.family.reason()),
            fingerprint: self.fingerprinter.of(info.id, &(detectors::ATTACK.canonical)(phrase)),
            span: view.origin(verdict.span.clone()),
            tags: info.regulations,
            reasons: verdict.reasons().into_iter().collect(),
            known_test: false,
        })
    }
}
