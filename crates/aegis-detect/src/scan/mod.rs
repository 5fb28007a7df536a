//! One pass over a text: look through disguises, note anchors, let each detector judge, keep the winners.
//! Called by the pipeline, the gateway and the command line. Immutable and shareable.

mod calls;
mod findings;
mod seen;
mod sides;

use crate::context::{ReadWords, Roles, Vocabulary};
use crate::custom::{Compiled, Hunt};
use crate::dates::Date;
use crate::detector::{Match, Odds};
use crate::detectors;
use crate::fingerprint::Fingerprinter;
use crate::injection::{Carried, Judge, Means, Origin, SecondStage, Terms};
use crate::lexer::{Anchor, Anchors, Joint, Kind, Literals, Turn};
use crate::normalise::{Screen, View};
use crate::overlap::{Claim, Winners};
use crate::site::{BEFORE, Site, Surroundings};
use crate::table::Tables;
use crate::{Finding, Scan, work};
use calls::{Called, Calls, Set, members};
use seen::Seen;
use sides::Sides;
use std::cell::RefCell;
use std::sync::Arc;

/// Below this a finding is not worth keeping.
pub(crate) const LEAST: f32 = 0.20;

/// Bytes of text whose anchors are noted together.
const STRETCH: usize = 32 * 1024;
/// Winners that are held before findings are made of them, so that their memory stays at hand.
const MANY: usize = 128;
/// Bytes after an anchor in which digit groups belong to it.
const LOOK_AHEAD: usize = 512;

/// The digit at `index` is amid a row of single ones: no value begins there.
fn is_amid(digits: &[Anchor], index: usize) -> bool {
    let single = |at: usize| digits.get(at).is_some_and(|group| group.end - group.start == 1);
    let spaced = |at: usize| digits.get(at).is_some_and(|group| group.joint == Joint::Space);
    single(index)
        && spaced(index)
        && index.checked_sub(1).is_some_and(single)
        && single(index + 1)
        && spaced(index + 1)
}

/// Memory that scans use one after the other.
#[derive(Default)]
pub struct Scratch {
    anchors: Anchors,
    winners: Winners,
    tables: RefCell<Tables>,
    read: RefCell<ReadWords>,
    hunt: Hunt,
    screen: Screen,
    attacks: Carried,
}

/// What a scanner needs to know about the outside.
#[derive(Clone)]
pub struct ScannerConfig {
    /// Key of the fingerprints; the same key recognises the same value again.
    pub fingerprint_key: [u8; 32],
    /// Today, as (year, month, day), for judging birth dates.
    pub today: (i16, u8, u8),
}

/// What is the same for all scanners, and the larger part of their memory.
pub(crate) struct Automata {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) judge: Judge,
    pub(crate) literals: Literals,
    calls: Calls,
}

/// An immutable, shareable scanner.
pub struct Scanner {
    pub(crate) automata: Arc<Automata>,
    fingerprinter: Fingerprinter,
    today: Date,
    means: Means,
    second: Option<Arc<dyn SecondStage>>,
    pub(crate) custom: Vec<Compiled>,
}

impl Scanner {
    /// Builds the automata.
    pub fn new(config: ScannerConfig) -> Self {
        let automata = Automata {
            vocabulary: Vocabulary::build(),
            judge: Judge::build(),
            literals: Literals::build(),
            calls: Calls::new(),
        };
        Self::of(Arc::new(automata), config)
    }

    /// A scanner for another day or key that shares the automata of this one, and has no custom detectors.
    pub fn renewed(&self, config: ScannerConfig) -> Self {
        let second = self.second.clone();
        Scanner { means: self.means, second, ..Self::of(Arc::clone(&self.automata), config) }
    }

    fn of(automata: Arc<Automata>, config: ScannerConfig) -> Self {
        let (year, month, day) = config.today;
        let fingerprinter = Fingerprinter::new(&config.fingerprint_key);
        let today = Date { year, month, day };
        Scanner { automata, fingerprinter, today, means: Means::Model, second: None, custom: Vec::new() }
    }

    /// Adds detectors made of data.
    pub fn with_custom(mut self, custom: Vec<Compiled>) -> Self {
        self.custom = custom;
        self
    }

    /// Judges attacks by phrases and structure alone: faster, and blind to those in other words.
    pub fn without_model(mut self) -> Self {
        self.means = Means::Signs;
        self
    }

    /// Asks a classifier about windows that look suspicious. Scans then take as long as it does.
    pub fn with_second_stage(mut self, second: Arc<dyn SecondStage>) -> Self {
        self.second = Some(second);
        self
    }

    /// Whether a classifier is asked about windows that look suspicious.
    pub fn has_second_stage(&self) -> bool {
        self.second.is_some()
    }

    pub(crate) fn terms(&self, origin: Origin) -> Terms<'_> {
        Terms { origin, means: self.means, second: self.second.as_deref() }
    }

    /// Scans one text, written by the person who talks to the model.
    pub fn scan(&self, text: &str) -> Scan {
        self.scan_with(&mut Scratch::default(), text, Origin::User)
    }

    /// Scans one text with memory kept from the last: in a clean text nothing is allocated. In documents and the
    /// results of tools less evidence makes an attack.
    pub fn scan_with(&self, scratch: &mut Scratch, text: &str, origin: Origin) -> Scan {
        self.scan_on(self.terms(origin), scratch, text)
    }

    /// Like [`scan_with`](Self::scan_with), but the second stage is not asked: for texts that cannot wait for it.
    pub fn first_stage_with(&self, scratch: &mut Scratch, text: &str, origin: Origin) -> Scan {
        self.scan_on(Terms { second: None, ..self.terms(origin) }, scratch, text)
    }

    fn scan_on(&self, terms: Terms, scratch: &mut Scratch, text: &str) -> Scan {
        let view = View::with(&mut scratch.screen, text);
        let mut findings = Vec::new();
        self.search(text, &view, scratch, &mut findings);
        let injection = self.add_attacks(&view, terms, &mut scratch.attacks, &mut findings);
        Scan { findings, injection }
    }

    /// Finds the values of one text and leaves attacks alone.
    pub fn values_with(&self, scratch: &mut Scratch, text: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        let view = View::with(&mut scratch.screen, text);
        self.search(text, &view, scratch, &mut findings);
        findings
    }

    pub(crate) fn surroundings<'a>(
        &'a self,
        hay: &'a [u8],
        base: usize,
        anchors: &'a Anchors,
        tables: &'a RefCell<Tables>,
        read: &'a RefCell<ReadWords>,
    ) -> Surroundings<'a> {
        Surroundings {
            hay,
            base,
            anchors,
            vocabulary: &self.automata.vocabulary,
            tables,
            read,
            today: self.today,
        }
    }

    /// Finds the values of a text, a stretch after the other, so that memory does not grow with it.
    fn search(&self, original: &str, view: &View, scratch: &mut Scratch, findings: &mut Vec<Finding>) {
        let hay = view.text().as_bytes();
        let Scratch { anchors, winners, tables, read, hunt, .. } = scratch;
        anchors.clear();
        tables.get_mut().clear();
        read.get_mut().clear();
        hunt.clear();
        let (mut turn, mut seen) = (Turn::default(), Seen::default());
        let mut from = 0;
        while from < hay.len() {
            let to = hay.len().min(from + STRETCH);
            anchors.extend(hay, from..to, &self.automata.literals);
            // an anchor sees the digit groups after it, so those must have been noted
            let ready = if to == hay.len() { usize::MAX } else { to - LOOK_AHEAD };
            let text = self.surroundings(hay, 0, anchors, tables, read);
            loop {
                // numbers up to the next mark, one after the other, then the mark
                let mark = anchors.marks.get(turn.mark).filter(|mark| mark.start < ready);
                let until = mark.map_or(ready, |mark| mark.start + 1);
                while let Some(number) = anchors.digits.get(turn.digit).filter(|next| next.start < until) {
                    self.hunt_before(hunt, view, 0, number.start, winners);
                    self.judge_number(&text, view, turn, winners);
                    turn.digit += 1;
                    if winners.len() >= MANY {
                        self.settle(original, view, number.start, winners, &mut seen, findings);
                    }
                }
                let Some(mark) = mark else { break };
                self.hunt_before(hunt, view, 0, mark.start, winners);
                self.judge_mark(&text, view, turn, winners);
                turn.mark += 1;
                if winners.len() >= MANY {
                    self.settle(original, view, mark.start, winners, &mut seen, findings);
                }
            }
            self.hunt_before(hunt, view, 0, ready, winners);
            anchors.forget(&mut turn);
            self.settle(original, view, ready, winners, &mut seen, findings);
            from = to;
        }
    }

    /// Makes findings of the winners that no anchor from `open` on can touch.
    fn settle(
        &self,
        original: &str,
        view: &View,
        open: usize,
        winners: &mut Winners,
        seen: &mut Seen,
        findings: &mut Vec<Finding>,
    ) {
        winners.settle(open.saturating_sub(BEFORE), |settled| {
            findings.reserve(settled.len());
            for claim in settled {
                let span = claim.found.span.clone();
                let known = seen.before(view.text().as_bytes(), claim.detector, span, findings.len());
                let known = known.and_then(|number| findings.get(number));
                let finding = self.finding(original, view, 0, claim, known);
                findings.push(finding);
            }
        });
    }

    /// Lets the detectors that know its kind look at the anchor whose turn it is.
    pub(crate) fn judge_anchor(
        &self,
        text: &Surroundings,
        view: &View,
        anchor: Anchor,
        turn: Turn,
        winners: &mut Winners,
    ) {
        match anchor.kind {
            Kind::Digits => self.judge_number(text, view, turn, winners),
            _ => self.judge_mark(text, view, turn, winners),
        }
    }

    #[inline(always)]
    fn judge_number(&self, text: &Surroundings, view: &View, turn: Turn, winners: &mut Winners) {
        let groups = &text.anchors.digits[turn.digit..];
        let sides = Sides::of(text.hay, &groups[0]);
        let Some(kind) = sides.kind(&groups[0]) else { return };
        if kind == Kind::Digits && is_amid(&text.anchors.digits, turn.digit) {
            return;
        }
        let Called { set, owners } = self.automata.calls.at_number(kind, sides, text, turn);
        if cfg!(debug_assertions) {
            self.assert_spared(text, groups[0], turn, self.automata.calls.at_mark(kind) & !set);
        }
        if set != 0 {
            self.judge_site(view, Site::new(text, groups[0], turn, owners), set, winners);
        }
    }

    fn judge_mark(&self, text: &Surroundings, view: &View, turn: Turn, winners: &mut Winners) {
        let mark = text.anchors.marks[turn.mark];
        let set = self.automata.calls.at_mark(mark.kind);
        self.judge_site(view, Site::new(text, mark, turn, None), set, winners);
    }

    /// Lets these detectors look at the site of an anchor.
    #[inline(never)]
    fn judge_site(&self, view: &View, mut site: Site, set: Set, winners: &mut Winners) {
        for number in members(set) {
            let detector = detectors::ALL[number];
            site.own = Roles::label(number);
            work::done(1);
            let Some(mut found) = (detector.validate)(&site) else { continue };
            let confidence = found.odds.confidence();
            let whole = site.is_text(&found.span);
            debug_assert!(whole, "{} cuts a character at {:?}", detector.info.id, found.span);
            if whole && confidence >= LEAST {
                let whole = view.whole(found.span.clone());
                let takes = whole.start + site.base()..whole.end + site.base();
                found.span = found.span.start + site.base()..found.span.end + site.base();
                winners.enter(Claim { detector: number, found, takes, confidence });
            }
        }
    }

    /// Panics if one of the detectors that are not called for an anchor would have found something.
    fn assert_spared(&self, text: &Surroundings, anchor: Anchor, turn: Turn, spared: Set) {
        let mut site = Site::new(text, anchor, turn, None);
        for number in members(spared) {
            let detector = detectors::ALL[number];
            site.own = Roles::label(number);
            let found = (detector.validate)(&site).filter(|found| found.odds.confidence() >= LEAST);
            assert!(found.is_none(), "{} is spared {anchor:?} but finds {found:?}", detector.info.id);
        }
    }

    /// Enters what custom detectors find that begins before `bound`, an offset of the whole text.
    #[inline]
    pub(crate) fn hunt_before(
        &self,
        hunt: &mut Hunt,
        view: &View,
        base: usize,
        bound: usize,
        winners: &mut Winners,
    ) {
        if !self.custom.is_empty() {
            self.hunt(hunt, view, base, bound, winners);
        }
    }

    #[cold]
    fn hunt(&self, hunt: &mut Hunt, view: &View, base: usize, bound: usize, winners: &mut Winners) {
        hunt.before(&self.custom, view.text(), base, bound, |number, span, judged| {
            let severity = self.custom[number].detector().severity;
            let mut found = Match::new(span.clone(), Odds::of(judged.confidence), severity, "pattern");
            judged.reasons.iter().for_each(|reason| found.reasons.push(reason));
            found.span = span.start + base..span.end + base;
            let whole = view.whole(span);
            let takes = whole.start + base..whole.end + base;
            let confidence = judged.confidence;
            winners.enter(Claim { detector: detectors::ALL.len() + number, found, takes, confidence });
        });
    }
}
