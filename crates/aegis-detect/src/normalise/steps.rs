//! The map from a text without its disguises back to the text with them.
//! Written by each stage through [`Rewrite`], read by `View`.
//! Invariant: steps are in order on both sides, and every stretch of output has one.

use super::screen::Kind;
use std::ops::Range;

/// A stretch of output and where it came from.
#[derive(Debug, Clone, Copy)]
struct Step {
    at: usize,
    origin: usize,
    /// Length of what was undone as one unit, 0 when the stretch was copied as it is.
    undone: usize,
    /// What kind of token it was, if it was one.
    token: Option<Kind>,
}

/// All steps of one stage.
#[derive(Debug)]
pub(super) struct Steps(Vec<Step>);

impl Steps {
    /// The bytes before the stage that `span` of its output, which is not empty, stands for.
    pub(super) fn origin(&self, span: Range<usize>) -> Range<usize> {
        let after = self.0.partition_point(|step| step.at <= span.start);
        let first = self.0[after.saturating_sub(1)];
        let last = match self.0.get(after) {
            Some(next) if next.at < span.end => self.step_at(span.end - 1),
            _ => first,
        };
        let start = if first.undone > 0 { first.origin } else { first.origin + (span.start - first.at) };
        let end =
            if last.undone > 0 { last.origin + last.undone } else { last.origin + (span.end - last.at) };
        start..end
    }

    /// The unit that the output byte at `offset` belongs to, in an output of `len` bytes.
    pub(super) fn unit_at(&self, offset: usize, len: usize) -> Option<Range<usize>> {
        let after = self.0.partition_point(|step| step.at <= offset);
        let step = self.0[after.saturating_sub(1)];
        (step.undone > 0).then(|| step.at..self.0.get(after).map_or(len, |next| next.at))
    }

    /// The kind of the token that ends where the output byte at `offset` begins.
    pub(super) fn token_ends_at(&self, offset: usize) -> Option<Kind> {
        let before = self.0.partition_point(|step| step.at < offset);
        before.checked_sub(1).and_then(|step| self.0[step].token)
    }

    fn step_at(&self, offset: usize) -> Step {
        let after = self.0.partition_point(|step| step.at <= offset);
        self.0[after.saturating_sub(1)]
    }
}

/// What a stage makes of a text.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) text: String,
    pub(super) steps: Steps,
}

/// Copies a text while putting other text in the place of some of its parts.
#[derive(Debug)]
pub(super) struct Rewrite<'t> {
    text: &'t str,
    out: String,
    steps: Vec<Step>,
    /// How far the text has been dealt with.
    copied: usize,
    /// The invisible units in a row up to here: where they begin, where they end, how many.
    vanished: (Range<usize>, usize),
}

impl<'t> Rewrite<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Rewrite {
            text,
            out: String::with_capacity(text.len()),
            steps: vec![Step { at: 0, origin: 0, undone: 0, token: None }],
            copied: 0,
            vanished: (0..0, 0),
        }
    }

    /// Puts `plain` in the place of `span`, which lies after all that was replaced before.
    pub(super) fn replace(&mut self, span: Range<usize>, plain: &str) {
        self.put(span, plain, None);
    }

    /// The same for a token of this kind.
    pub(super) fn replace_token(&mut self, span: Range<usize>, plain: &str, kind: Kind) {
        self.put(span, plain, Some(kind));
    }

    fn put(&mut self, span: Range<usize>, plain: &str, token: Option<Kind>) {
        self.copy_to(span.start);
        self.steps.push(Step { at: self.out.len(), origin: span.start, undone: span.len(), token });
        self.out.push_str(plain);
        self.copied = span.end;
        self.vanished.1 = 0;
    }

    /// Leaves out the invisible unit at `span`. After `most` of them in a row, the next one and they become
    /// a space: so a window of output is never made of an unbounded stretch of the original.
    pub(super) fn vanish(&mut self, span: Range<usize>, most: usize) {
        let (row, count) = &mut self.vanished;
        if *count == 0 || row.end != span.start {
            *row = span.start..span.start;
            *count = 0;
        }
        (row.end, *count) = (span.end, *count + 1);
        let row = row.clone();
        if *count > most {
            self.copy_to(row.start.max(self.copied));
            self.steps.push(Step { at: self.out.len(), origin: row.start, undone: row.len(), token: None });
            self.out.push(' ');
            self.vanished.1 = 0;
        } else {
            self.copy_to(span.start);
        }
        self.copied = span.end;
    }

    /// Copies what is left before `end`.
    pub(super) fn finish(mut self, end: usize) -> Layer {
        self.copy_to(end);
        Layer { text: self.out, steps: Steps(self.steps) }
    }

    fn copy_to(&mut self, end: usize) {
        if self.copied < end {
            self.steps.push(Step { at: self.out.len(), origin: self.copied, undone: 0, token: None });
            self.out.push_str(&self.text[self.copied..end]);
            self.copied = end;
        }
    }
}
