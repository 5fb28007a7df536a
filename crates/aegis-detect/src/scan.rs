//! One pass over a text: look through disguises, note anchors, let each detector judge, keep the winners.
//! Called by the pipeline, the gateway and the command line. Immutable and shareable.

use crate::context::{Roles, Vocabulary};
use crate::dates::Date;
use crate::detector::Candidates;
use crate::detectors;
use crate::fingerprint::Fingerprinter;
use crate::injection::{Judge, Verdict};
use crate::lexer::{self, Anchor};
use crate::normalise::View;
use crate::overlap::{Claim, Winners};
use crate::site::{Site, Surroundings};
use crate::table::Tables;
use crate::{Finding, Scan, Severity};
use std::cell::RefCell;
use std::ops::Range;

/// Below this a finding is not worth keeping.
pub(crate) const LEAST: f32 = 0.20;

/// What a scanner needs to know about the outside.
#[derive(Clone)]
pub struct ScannerConfig {
    /// Key of the fingerprints; the same key recognises the same value again.
    pub fingerprint_key: [u8; 32],
    /// Today, as (year, month, day), for judging birth dates.
    pub today: (i16, u8, u8),
}

/// An immutable, shareable scanner.
pub struct Scanner {
    vocabulary: Vocabulary,
    judge: Judge,
    fingerprinter: Fingerprinter,
    today: Date,
}

impl Scanner {
    /// Builds the automata.
    pub fn new(config: ScannerConfig) -> Self {
        let (year, month, day) = config.today;
        Scanner {
            vocabulary: Vocabulary::build(),
            judge: Judge::build(),
            fingerprinter: Fingerprinter::new(&config.fingerprint_key),
            today: Date { year, month, day },
        }
    }

    /// Scans one text.
    pub fn scan(&self, text: &str) -> Scan {
        let view = View::of(text);
        let hay = view.text().as_bytes();
        let anchors = lexer::anchors(hay);
        let mut winners = Winners::default();
        let tables = RefCell::default();
        let text = self.surroundings(hay, 0, &anchors, &tables);
        for index in 0..anchors.len() {
            self.judge_anchor(&text, index, &mut winners);
        }
        let mut findings: Vec<Finding> =
            winners.settled(usize::MAX).map(|claim| self.finding(&view, claim)).collect();
        let injection = self.add_attacks(&view, &mut findings);
        Scan { findings, injection }
    }

    pub(crate) fn surroundings<'a>(
        &'a self,
        hay: &'a [u8],
        base: usize,
        anchors: &'a [Anchor],
        tables: &'a RefCell<Tables>,
    ) -> Surroundings<'a> {
        Surroundings { hay, base, anchors, vocabulary: &self.vocabulary, tables, today: self.today }
    }

    /// Lets each detector look at one anchor.
    pub(crate) fn judge_anchor(&self, text: &Surroundings, index: usize, winners: &mut Winners) {
        let mut site = Site::new(text, index);
        let kind = site.anchor().kind;
        for (number, detector) in detectors::ALL.iter().enumerate() {
            let Candidates::At(kinds) = detector.candidates else { continue };
            if !kinds.contains(&kind) {
                continue;
            }
            site.own = Roles::label(number);
            let Some(found) = (detector.validate)(&site) else { continue };
            let confidence = found.odds.confidence();
            if confidence >= LEAST {
                winners.enter(Claim { detector: number, found, confidence });
            }
        }
    }

    /// Makes a finding of a winner.
    pub(crate) fn finding(&self, view: &View, claim: Claim) -> Finding {
        let detector = detectors::ALL[claim.detector];
        let value = &view.text()[claim.span()];
        Finding {
            detector: detector.info.id,
            category: detector.info.category,
            severity: claim.found.severity,
            confidence: claim.confidence,
            span: view.origin(claim.span()),
            sample: (detector.sample)(value),
            fingerprint: self.fingerprinter.of(detector.info.id, &(detector.canonical)(value)),
            tags: detector.info.regulations,
            reasons: claim.found.reasons,
            known_test: claim.found.known_test,
        }
    }

    /// Adds the attacks, one finding for each place, and returns the highest score.
    fn add_attacks(&self, view: &View, findings: &mut Vec<Finding>) -> f32 {
        let verdicts = self.judge.judge(view.text().as_bytes());
        let highest = verdicts.iter().map(|verdict| verdict.confidence).fold(0.0, f32::max);
        for verdict in verdicts.into_iter().filter(|verdict| verdict.confidence >= LEAST) {
            let span = view.origin(verdict.span.clone());
            let Some(at) = free_place(findings, &span) else { continue };
            findings.insert(at, self.attack(view, verdict, span));
        }
        highest
    }

    fn attack(&self, view: &View, verdict: Verdict, span: Range<usize>) -> Finding {
        let info = &detectors::ATTACK.info;
        let phrase = &view.text()[verdict.span];
        Finding {
            detector: info.id,
            category: info.category,
            severity: if verdict.confidence >= info.threshold { info.severity } else { Severity::Low },
            confidence: verdict.confidence,
            span,
            sample: format!("[{}]", verdict.family.reason()),
            fingerprint: self.fingerprinter.of(info.id, &(detectors::ATTACK.canonical)(phrase)),
            tags: info.regulations,
            reasons: vec![verdict.family.reason()],
            known_test: false,
        }
    }
}

/// Where in the ordered `findings` one with `span` belongs, if it touches none of them.
fn free_place(findings: &[Finding], span: &Range<usize>) -> Option<usize> {
    let at = findings.partition_point(|finding| finding.span.end <= span.start);
    findings.get(at).is_none_or(|next| next.span.start >= span.end).then_some(at)
}
