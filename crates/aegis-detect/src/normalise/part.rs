//! A stretch of a text that was looked through at once, with the map back to the original.
//! A view of a whole text has one; a view that grows with a stream has one after the other.
//! Invariant: offsets are those of the whole view and of the whole original, on both sides of a part.

use super::Seam;
use super::steps::Steps;
use std::borrow::Cow;
use std::ops::Range;

#[derive(Debug, Default)]
pub(super) struct Part<'t> {
    /// Where it begins in the view, and in the original.
    pub(super) at: usize,
    pub(super) origin: usize,
    /// The maps of the stages that changed anything, first stage first.
    pub(super) layers: Vec<Steps>,
    /// What the stage of tokens was given, if it changed anything. Its map is then the last.
    pub(super) under: Option<Cow<'t, str>>,
    /// What stood before it.
    pub(super) seam: Seam,
}

impl<'t> Part<'t> {
    pub(super) fn after(seam: Seam) -> Self {
        Part { seam, ..Part::default() }
    }

    /// The same part elsewhere, on its own.
    pub(super) fn moved<'o>(self, at: usize, origin: usize) -> Part<'o> {
        let under = self.under.map(|under| Cow::Owned(under.into_owned()));
        Part { at, origin, layers: self.layers, under, seam: self.seam }
    }

    /// It has no disguises.
    pub(super) fn is_plain(&self) -> bool {
        self.layers.is_empty()
    }

    /// Plain text at these offsets of the view and the original would be more of this part.
    pub(super) fn goes_on_at(&self, at: usize, origin: usize) -> bool {
        self.is_plain() && origin - self.origin == at - self.at
    }

    /// The original bytes that `span` of this part, which is not empty, stands for.
    pub(super) fn origin(&self, span: Range<usize>) -> Range<usize> {
        let own = span.start - self.at..span.end - self.at;
        let own = self.layers.iter().rev().fold(own, |span, steps| steps.origin(span));
        own.start + self.origin..own.end + self.origin
    }

    /// The token that the byte at `offset` of this part, which ends at `end`, belongs to.
    pub(super) fn unit_at(&self, offset: usize, end: usize) -> Option<Range<usize>> {
        let unit = self.layers.last()?.unit_at(offset - self.at, end - self.at)?;
        Some(unit.start + self.at..unit.end + self.at)
    }

    /// What must be known of the text before `offset`, a place in or at the end of this part of the view `text`.
    pub(super) fn seam_at(&self, text: &str, offset: usize) -> Seam {
        let own = offset - self.at;
        let (under, at, after_token) = match (&self.under, self.layers.last()) {
            (Some(under), Some(steps)) => {
                // the byte before the cut leads to the place: nothing vanishes in this stage
                let at = if own == 0 { 0 } else { steps.origin(own - 1..own).end };
                (under.as_bytes(), at, steps.token_ends_at(own))
            }
            _ => (&text.as_bytes()[self.at..], own, None),
        };
        let mut seam = Seam { before: self.seam.before, after_token };
        let fresh = &under[at.saturating_sub(Seam::BEFORE)..at];
        seam.before.rotate_left(fresh.len());
        seam.before[Seam::BEFORE - fresh.len()..].copy_from_slice(fresh);
        if own == 0 {
            seam.after_token = seam.after_token.or(self.seam.after_token);
        }
        seam
    }
}
