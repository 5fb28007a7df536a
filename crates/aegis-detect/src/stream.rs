//! Masks a text that comes in pieces, releasing each part as soon as it can no longer be part of a value.
//! Called by the gateway for each chunk of an answer. Never blocks, never does I/O.
//! Invariants: whatever the cuts, what is released is what [`mask`](crate::mask()) makes of the whole text, and
//! the findings are those of the whole; at most [`MAX_HOLD`] bytes are held back.
//!
//! It works because a verdict depends on a bounded window (`site`), on the table above it (`table`, which
//! carries its own state) and on the winners before it (`overlap`): an anchor is judged once its window is complete.

use crate::custom::{self, Hunt};
use crate::dates;
use crate::detectors::{passport, street_address};
use crate::injection::{self, Origin, Places, STRIDE, Verdict, WINDOW};
use crate::lexer::{Anchor, Anchors, Turn};
use crate::normalise::{MAX_STRETCH, MAX_TOKEN, Seam, View};
use crate::overlap::Winners;
use crate::redact::Redactor;
use crate::scan::{LEAST, Scanner};
use crate::site::{BEFORE, LONGEST, REACH_BACK, horizon};
use crate::table::Tables;
use crate::{Category, Finding};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

/// Most bytes held back of text in which no character is disguised: the longest window, a value that began
/// before it, one that ends in it, and a token that may say something else.
pub const MAX_HOLD_PLAIN: usize = 2 * (LONGEST + REACH_BACK) + MAX_TOKEN;
/// Most bytes ever held back, of text made of disguised and invisible characters.
pub const MAX_HOLD: usize = MAX_HOLD_PLAIN * MAX_STRETCH;

/// Bytes before the end of the text at hand in which an anchor may not yet be known for one: the longest
/// literal of the lexer. Less than the shortest window.
const UNCLEAR: usize = 24;

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
    /// Text that is still needed, released or not.
    buffer: String,
    /// Where in the whole text the buffer begins, and where in the normalised text.
    origin: usize,
    base: usize,
    /// What stood before the buffer.
    seam: Seam,
    /// Bytes of the buffer already released.
    released: usize,
    /// Anchors before this normalised offset have been judged.
    judged: usize,
    winners: Winners,
    hunt: Hunt,
    tables: RefCell<Tables>,
    /// The next window to be searched for attacks begins here in the normalised text.
    window: usize,
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
            buffer: String::new(),
            origin: 0,
            base: 0,
            seam: Seam::default(),
            released: 0,
            judged: 0,
            winners: Winners::default(),
            hunt: Hunt::default(),
            tables: RefCell::default(),
            window: 0,
            places: Places::default(),
            values: Vec::new(),
            injection: 0.0,
            author,
        }
    }

    /// Takes the next piece; returns what has become safe, masked.
    pub fn push(&mut self, chunk: &str) -> Released {
        self.buffer.push_str(chunk);
        self.advance(false, &mut masked)
    }

    /// Ends the stream; returns the rest, and how likely the whole attacks a model.
    pub fn finish(mut self) -> (Released, f32) {
        let rest = self.advance(true, &mut masked);
        (rest, self.injection)
    }

    /// Like [`push`](Self::push), but what is found is replaced as `redactor` does it.
    pub fn push_redacted(&mut self, chunk: &str, redactor: &mut Redactor) -> Released {
        self.buffer.push_str(chunk);
        self.advance(false, &mut |value, finding| redactor.replacement(value, finding).into_owned().into())
    }

    /// Like [`finish`](Self::finish), but what is found is replaced as `redactor` does it.
    pub fn finish_redacted(mut self, redactor: &mut Redactor) -> (Released, f32) {
        let rest = self
            .advance(true, &mut |value, finding| redactor.replacement(value, finding).into_owned().into());
        (rest, self.injection)
    }

    fn advance(&mut self, ends: bool, replace: &mut Replace) -> Released {
        let buffer = std::mem::take(&mut self.buffer);
        let view = View::resume(&buffer, self.seam, ends);
        let settled = self.judge(&view, ends);
        let mut released = self.release(&buffer, &view, settled, ends, replace);
        self.search(&view, settled, ends, &mut released.findings);
        let kept = self.keep(&buffer, &view, settled);
        drop(view);
        self.buffer = buffer;
        self.buffer.drain(..kept);
        released
    }

    /// Judges the anchors whose windows are complete. Returns the offset in the view before which
    /// no value can begin any more.
    fn judge(&mut self, view: &View, ends: bool) -> usize {
        let hay = view.text().as_bytes();
        let scanner = Arc::clone(&self.scanner);
        let anchors = Anchors::of(hay, &scanner.automata.literals);
        let read = RefCell::default();
        let text = scanner.surroundings(hay, self.base, &anchors, &self.tables, &read);
        let mut turn = Turn::from(&anchors, self.judged - self.base.min(self.judged));
        let mut open = turn.anchor(&anchors);
        // Custom matches that begin before this offset are complete.
        let sight = if scanner.custom.is_empty() { 0 } else { custom::SIGHT };
        let sure = if ends { usize::MAX } else { (hay.len() + self.base).saturating_sub(sight) };
        let seen = |anchor: &Anchor| horizon(hay, anchor) < hay.len() && anchor.start + self.base <= sure;
        while let Some(anchor) = open.filter(|anchor| ends || seen(anchor)) {
            let begins = anchor.start + self.base;
            scanner.hunt_before(&mut self.hunt, view, self.base, begins, &mut self.winners);
            scanner.judge_anchor(&text, view, anchor, turn, &mut self.winners);
            turn.pass(&anchor);
            open = turn.anchor(&anchors);
        }
        let hunted = open.map_or(sure, |anchor| sure.min(anchor.start + self.base));
        scanner.hunt_before(&mut self.hunt, view, self.base, hunted, &mut self.winners);
        if ends {
            return hay.len();
        }
        // what the last bytes mean can depend on the next ones; no window is so short that it was judged there
        let unclear = hay.len().saturating_sub(UNCLEAR);
        let judged = open.map_or(unclear, |anchor| anchor.start.min(unclear));
        self.judged = self.judged.max(judged + self.base);
        let unjudged = anchors.digits[turn.digit..].iter().chain(&anchors.marks[turn.mark..]);
        let starts = unjudged.map(|anchor| earliest_start(&hay[..anchor.start]));
        let own = self.hunt.first().map(|first| first.saturating_sub(self.base));
        starts.chain([earliest_start(hay)]).chain(own).min().unwrap_or(hay.len())
    }

    /// Masks and releases the text before `settled`, short of a winner that could still be beaten.
    fn release(
        &mut self,
        buffer: &str,
        view: &View,
        settled: usize,
        ends: bool,
        replace: &mut Replace,
    ) -> Released {
        let scanner = Arc::clone(&self.scanner);
        let done = self.winners.settled(settled + self.base);
        let findings: Vec<Finding> =
            done.map(|claim| scanner.finding(buffer, view, self.base, claim)).collect();
        let held = self.winners.first_start().map_or(settled, |start| settled.min(start - self.base));
        let end = if ends { buffer.len() } else { view.origin_of(held).max(self.released) };
        let mut released = Released::default();
        let mut copied = self.released;
        for mut finding in findings {
            released.text.push_str(&buffer[copied..finding.span.start]);
            released.text.push_str(&replace(&buffer[finding.span.clone()], &finding));
            copied = finding.span.end;
            finding.span = finding.span.start + self.origin..finding.span.end + self.origin;
            self.values.push(finding.span.clone());
            released.findings.push(finding);
        }
        released.text.push_str(&buffer[copied..end.max(copied)]);
        self.released = end.max(copied);
        released
    }

    /// Searches the windows that are complete for attacks.
    fn search(&mut self, view: &View, settled: usize, ends: bool, findings: &mut Vec<Finding>) {
        let hay = view.text().as_bytes();
        let base = self.base;
        let complete = |start: usize| {
            if ends {
                injection::is_window(start + base, hay.len() + base)
            } else {
                start + WINDOW + MARGIN <= settled
            }
        };
        let mut start = self.window - self.base;
        while complete(start) && start <= hay.len() {
            let span = start..hay.len().min(start + WINDOW);
            let scanner = &self.scanner;
            let judge = &scanner.automata.judge;
            let mut verdict = judge.judge_window(hay, span, base, self.author, scanner.means);
            self.injection = self.injection.max(verdict.confidence);
            if verdict.confidence >= LEAST {
                verdict.span = view.whole(verdict.span);
                verdict.span = verdict.span.start + self.base..verdict.span.end + self.base;
                let place = self.places.next(verdict);
                findings.extend(place.and_then(|verdict| self.attack(view, verdict)));
            }
            start += STRIDE;
        }
        self.window = start + self.base;
        if ends {
            let last = self.places.last();
            findings.extend(last.and_then(|verdict| self.attack(view, verdict)));
        }
    }

    /// Makes a finding of a verdict about a place that no value takes.
    fn attack(&mut self, view: &View, mut verdict: Verdict) -> Option<Finding> {
        verdict.span = verdict.span.start.checked_sub(self.base)?..verdict.span.end.checked_sub(self.base)?;
        let mut finding = self.scanner.attack(view, verdict)?;
        debug_assert_eq!(finding.category, Category::Attack);
        finding.span = finding.span.start + self.origin..finding.span.end + self.origin;
        let free = |value: &Range<usize>| value.end <= finding.span.start || value.start >= finding.span.end;
        self.values.iter().all(free).then_some(finding)
    }

    /// Forgets what no verdict can need any more; returns how many bytes of the buffer that is.
    fn keep(&mut self, buffer: &str, view: &View, settled: usize) -> usize {
        let hay = view.text().as_bytes();
        let held = self.winners.first_start().map_or(settled, |start| settled.min(start - self.base));
        let places = self.places.first_start().unwrap_or(self.window).min(self.window);
        let judged = (self.judged - self.base).saturating_sub(BEFORE);
        let hunted = self.hunt.first().unwrap_or(usize::MAX).saturating_sub(self.base + custom::BACK);
        let cut = held.min(judged).min(hunted).min(places - self.base).saturating_sub(MARGIN).min(hay.len());
        let cut = view.cut_before(cut);
        let origin = view.origin_of(cut);
        if cut < PILE || origin > self.released {
            return 0;
        }
        self.tables.borrow_mut().read_to(hay, self.base, cut + self.base, &self.scanner.automata.vocabulary);
        self.seam = view.seam(cut);
        debug_assert!(buffer.is_char_boundary(origin));
        self.origin += origin;
        self.base += cut;
        self.released -= origin;
        self.values.retain(|value| value.end > self.origin);
        origin
    }
}

/// The first byte of `text` from which a value could begin that reaches its end or goes beyond.
fn earliest_start(text: &[u8]) -> usize {
    // parts of values that blanks or line ends follow
    let parts = [dates::month_at_end(text), street_address::lead_at_end(text), passport::zone_at_end(text)];
    let open = parts.into_iter().flatten().chain([name_start(text)]).min();
    let token = text.iter().rev().take(REACH_BACK).take_while(|byte| !byte.is_ascii_whitespace()).count();
    let mut start = text.len() - token;
    // never in the middle of a character
    while start > 0 && text.get(start).is_some_and(|byte| matches!(byte, 0x80..=0xBF)) {
        start -= 1;
    }
    open.map_or(start, |open| open.min(start))
}

/// Most words of a name that may go on.
const NAME_WORDS: usize = 4;

/// The first of the words with capitals that `text` ends with.
fn name_start(text: &[u8]) -> usize {
    let mut start = text.len();
    for _ in 0..NAME_WORDS {
        let head = &text[..start];
        let head = head.strip_suffix(b" ").unwrap_or(head);
        let head = head.strip_suffix(b".").unwrap_or(head);
        let len = head.iter().rev().take(REACH_BACK).take_while(|byte| is_name_byte(**byte)).count();
        let marks = head[head.len() - len..].iter().take_while(|byte| matches!(byte, b'\'' | b'-')).count();
        if !head.get(head.len() - len + marks).is_some_and(u8::is_ascii_uppercase) {
            break;
        }
        start = head.len() - len;
    }
    start
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b'\'' | b'-')
}
