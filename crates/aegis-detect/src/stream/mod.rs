//! Masks a text that comes in pieces, releasing each part as soon as it can no longer be part of a value.
//! Called by the gateway for each chunk of an answer. Never blocks, never does I/O.
//! Invariants: whatever the cuts, what is released is what [`mask`](crate::mask()) makes of the whole text, and
//! the findings are those of the whole; at most [`MAX_HOLD`] bytes are held back.
//!
//! It works because a verdict depends on a bounded window (`site`), on the table above it (`table`, which
//! carries its own state) and on the winners before it (`overlap`): an anchor is judged once its window is complete.

mod sight;
mod starts;

use crate::context::ReadWords;
use crate::custom::{self, Hunt};
use crate::injection::{self, Carried, Origin, Places, STRIDE, Verdict, WINDOW};
use crate::lexer::Anchor;
use crate::normalise::{MAX_STRETCH, MAX_TOKEN};
use crate::overlap::Winners;
use crate::redact::Redactor;
use crate::scan::{LEAST, Scanner};
use crate::site::{BEFORE, LONGEST, REACH_BACK, horizon};
use crate::table::Tables;
use crate::{Category, Finding};
use sight::{Sight, UNCLEAR};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

/// Most bytes held back of text in which no character is disguised: the longest window, a value that began
/// before it, one that ends in it, and a token that may say something else.
pub const MAX_HOLD_PLAIN: usize = 2 * (LONGEST + REACH_BACK) + MAX_TOKEN;
/// Most bytes ever held back, of text made of disguised and invisible characters.
pub const MAX_HOLD: usize = MAX_HOLD_PLAIN * MAX_STRETCH;

/// Bytes kept before the first byte that matters, so that a cut character or number stays out of sight, and
/// the words before and behind a window are those of the whole text.
const MARGIN: usize =
    8 + if injection::BEFORE > injection::AFTER { injection::BEFORE } else { injection::AFTER };
/// Bytes that pile up before they are dropped together.
const PILE: usize = 256;

/// Gives what stands for the value of a finding.
type Replace<'r> = dyn for<'v> FnMut(&'v str, &'v Finding) -> Cow<'v, str> + 'r;

fn masked<'v>(_: &'v str, finding: &'v Finding) -> Cow<'v, str> {
    finding.sample.as_str().into()
}

/// What a chunk made safe to pass on.
#[derive(Debug, Default, PartialEq)]
pub struct Released {
    /// Text with every value masked.
    pub text: String,
    /// What was found since the last call; spans are offsets in the whole text as it was pushed.
    /// An attack is reported when its window is complete, which can be after its text was released.
    pub findings: Vec<Finding>,
}

/// Scans and masks one stream.
pub struct StreamScanner {
    scanner: Arc<Scanner>,
    sight: Sight,
    /// Bytes of the buffer in sight that were released.
    released: usize,
    winners: Winners,
    hunt: Hunt,
    tables: RefCell<Tables>,
    read: RefCell<ReadWords>,
    /// The next window to be searched for attacks begins here in the normalised text.
    window: usize,
    carried: Carried,
    places: Places,
    /// Spans of values that a coming verdict about an attack could overlap.
    values: Vec<Range<usize>>,
    injection: f32,
    author: Origin,
}

impl StreamScanner {
    /// Starts a stream of what the person who talks to the model writes, or of what the model answers.
    pub fn new(scanner: Arc<Scanner>) -> Self {
        Self::from_origin(scanner, Origin::User)
    }

    /// Starts a stream of text from anywhere.
    pub fn from_origin(scanner: Arc<Scanner>, author: Origin) -> Self {
        StreamScanner {
            scanner,
            sight: Sight::default(),
            released: 0,
            winners: Winners::default(),
            hunt: Hunt::default(),
            tables: RefCell::default(),
            read: RefCell::default(),
            window: 0,
            carried: Carried::default(),
            places: Places::default(),
            values: Vec::new(),
            injection: 0.0,
            author,
        }
    }

    /// Takes the next piece; returns what has become safe, masked.
    pub fn push(&mut self, chunk: &str) -> Released {
        let mut released = Released::default();
        self.push_into(chunk, &mut released);
        released
    }

    /// Like [`push`](Self::push), into what an earlier call returned: its memory is used again, so that clean text
    /// costs none.
    pub fn push_into(&mut self, chunk: &str, released: &mut Released) {
        released.text.clear();
        released.findings.clear();
        self.advance(chunk, false, &mut masked, released);
    }

    /// Ends the stream; returns the rest, and how likely the whole attacks a model.
    pub fn finish(mut self) -> (Released, f32) {
        let mut rest = Released::default();
        self.advance("", true, &mut masked, &mut rest);
        (rest, self.injection)
    }

    /// Like [`push`](Self::push), but what is found is replaced as `redactor` does it.
    pub fn push_redacted(&mut self, chunk: &str, redactor: &mut Redactor) -> Released {
        let mut released = Released::default();
        let mut replace = |value: &str, finding: &Finding| redactor.replacement(value, finding).into_owned();
        self.advance(chunk, false, &mut |value, finding| replace(value, finding).into(), &mut released);
        released
    }

    /// Like [`finish`](Self::finish), but what is found is replaced as `redactor` does it.
    pub fn finish_redacted(mut self, redactor: &mut Redactor) -> (Released, f32) {
        let mut rest = Released::default();
        let mut replace = |value: &str, finding: &Finding| redactor.replacement(value, finding).into_owned();
        self.advance("", true, &mut |value, finding| replace(value, finding).into(), &mut rest);
        (rest, self.injection)
    }

    fn advance(&mut self, chunk: &str, ends: bool, replace: &mut Replace, released: &mut Released) {
        self.sight.push(chunk, ends, &self.scanner.automata.literals);
        let settled = self.judge(ends);
        self.release(settled, ends, replace, released);
        self.search(settled, ends, &mut released.findings);
        self.keep(settled);
    }

    /// Judges the anchors whose windows are complete. Returns the offset in the view before which
    /// no value can begin any more.
    fn judge(&mut self, ends: bool) -> usize {
        let Sight { view, anchors, turn, base, .. } = &mut self.sight;
        let (view, base) = (&*view, *base);
        let hay = view.text().as_bytes();
        let scanner = &*self.scanner;
        let text = scanner.surroundings(hay, base, anchors, &self.tables, &self.read);
        let mut open = turn.anchor(anchors);
        // Custom matches that begin before this offset are complete.
        let sight = if scanner.custom.is_empty() { 0 } else { custom::SIGHT };
        let sure = if ends { usize::MAX } else { (hay.len() + base).saturating_sub(sight) };
        let seen = |anchor: &Anchor| horizon(hay, anchor) < hay.len() && anchor.start + base <= sure;
        while let Some(anchor) = open.filter(|anchor| ends || seen(anchor)) {
            let begins = anchor.start + base;
            scanner.hunt_before(&mut self.hunt, view, base, begins, &mut self.winners);
            scanner.judge_anchor(&text, view, anchor, *turn, &mut self.winners);
            turn.pass(&anchor);
            open = turn.anchor(anchors);
        }
        let hunted = open.map_or(sure, |anchor| sure.min(anchor.start + base));
        scanner.hunt_before(&mut self.hunt, view, base, hunted, &mut self.winners);
        if ends {
            return hay.len();
        }
        let own = self.hunt.first().map_or(usize::MAX, |first| first.saturating_sub(base));
        self.sight.first_open().min(own)
    }

    /// Masks and releases the text before `settled`, short of a winner that could still be beaten.
    fn release(&mut self, settled: usize, ends: bool, replace: &mut Replace, released: &mut Released) {
        let Sight { buffer, view, base, origin, .. } = &self.sight;
        let mut copied = self.released;
        self.winners.settle(settled + base, |settled| {
            for claim in settled {
                let mut finding = self.scanner.finding(buffer, view, *base, claim, None);
                // Text that was held back too briefly is gone; what is left of the value is still replaced.
                debug_assert!(
                    copied <= finding.span.start,
                    "a value began before the text that was held back"
                );
                released.text.push_str(buffer.get(copied..finding.span.start).unwrap_or_default());
                released.text.push_str(&replace(&buffer[finding.span.clone()], &finding));
                copied = finding.span.end;
                finding.span = finding.span.start + origin..finding.span.end + origin;
                self.values.push(finding.span.clone());
                released.findings.push(finding);
            }
        });
        let held = self.winners.first_start().map_or(settled, |start| settled.min(start - base));
        let end = if ends { buffer.len() } else { view.origin_of(held) };
        let end = end.max(copied);
        released.text.push_str(&buffer[copied..end]);
        self.released = end;
    }

    /// Searches the windows that are complete for attacks.
    fn search(&mut self, settled: usize, ends: bool, findings: &mut Vec<Finding>) {
        let base = self.sight.base;
        let len = self.sight.view.text().len();
        let complete = |start: usize| {
            if ends {
                injection::is_window(start + base, len + base)
            } else {
                start + WINDOW + MARGIN <= settled
            }
        };
        let mut start = self.window - base;
        while complete(start) && start <= len {
            let (view, carried) = (&self.sight.view, &mut self.carried);
            let (hay, span) = (view.text().as_bytes(), start..len.min(start + WINDOW));
            let (judge, terms) = (&self.scanner.automata.judge, self.scanner.terms(self.author));
            let mut verdict = judge.judge_window(hay, span, base, terms, carried);
            self.injection = self.injection.max(verdict.confidence);
            if verdict.confidence >= LEAST {
                verdict.span = view.whole(verdict.span);
                verdict.span = verdict.span.start + base..verdict.span.end + base;
                let place = self.places.next(verdict);
                findings.extend(place.and_then(|verdict| self.attack(verdict)));
            }
            start += STRIDE;
        }
        self.window = start + base;
        if ends {
            let last = self.places.last();
            findings.extend(last.and_then(|verdict| self.attack(verdict)));
        }
    }

    /// Makes a finding of a verdict about a place that no value takes.
    fn attack(&self, mut verdict: Verdict) -> Option<Finding> {
        let Sight { view, base, origin, .. } = &self.sight;
        verdict.span = verdict.span.start.checked_sub(*base)?..verdict.span.end.checked_sub(*base)?;
        let mut finding = self.scanner.attack(view, verdict)?;
        debug_assert_eq!(finding.category, Category::Attack);
        finding.span = finding.span.start + origin..finding.span.end + origin;
        let free = |value: &Range<usize>| value.end <= finding.span.start || value.start >= finding.span.end;
        self.values.iter().all(free).then_some(finding)
    }

    /// Forgets what no verdict can need any more.
    fn keep(&mut self, settled: usize) {
        let Sight { view, base, turn, anchors, .. } = &self.sight;
        let (hay, base) = (view.text().as_bytes(), *base);
        let held = self.winners.first_start().map_or(settled, |start| settled.min(start - base));
        let places = self.places.first_start().unwrap_or(self.window).min(self.window);
        // what the last bytes mean can depend on the next ones; no window is so short that it was judged there
        let unclear = hay.len().saturating_sub(UNCLEAR);
        let judged = turn.anchor(anchors).map_or(unclear, |anchor| anchor.start.min(unclear));
        let hunted = self.hunt.first().unwrap_or(usize::MAX).saturating_sub(base + custom::BACK);
        let cut = held.min(judged.saturating_sub(BEFORE)).min(hunted).min(places - base);
        let cut = cut.saturating_sub(MARGIN);
        if cut < PILE {
            return;
        }
        let cut = view.cut_before(cut);
        if view.origin_of(cut) > self.released {
            return;
        }
        self.tables.borrow_mut().read_to(hay, base, cut + base, &self.scanner.automata.vocabulary);
        self.read.borrow_mut().clear();
        let before = self.sight.origin;
        self.sight.forget(cut);
        self.released -= self.sight.origin - before;
        self.values.retain(|value| value.end > self.sight.origin);
    }
}
