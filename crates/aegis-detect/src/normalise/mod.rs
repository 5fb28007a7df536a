//! Undoes disguises beside the text: what a reader or a machine takes for `123` becomes `123`, with a map back.
//! Called by the scanner before anything else looks at the text. Three stages, each on the output of the one
//! before: single characters, escapes, and tokens that stand for something else as a whole.
//! Invariants: a text without disguises is borrowed, not copied; what a disguise stands for depends on it, on a
//! bounded stretch after it and on [`Seam::BEFORE`] bytes before it, so a text cut anywhere normalises like the
//! whole; every mapped offset lies on a character boundary of the original.

mod characters;
mod combining;
mod dashes;
mod enclosed;
mod escapes;
mod full_width;
mod mathematical;
mod native_digits;
mod part;
mod screen;
mod spaces;
mod steps;
mod tags;
mod tokens;
mod zero_width;

use part::Part;
use screen::{Asked, Kind, Seen};
use std::borrow::Cow;
use std::ops::Range;
use steps::Layer;

pub(crate) use screen::Screen;
pub(crate) use tokens::MAX_TOKEN;

/// The most original bytes one normalised byte can stand for: an escaped character or some escaped invisible
/// ones, each after its share of invisible characters. Of a token, its bytes share the whole.
pub(crate) const MAX_STRETCH: usize =
    (escapes::MAX_INVISIBLE + 1) * (escapes::MAX_ESCAPED + 4 * characters::MAX_INVISIBLE);

/// What stood before the place where a text was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seam {
    /// The last bytes before the cut, before tokens were undone.
    before: [u8; Seam::BEFORE],
    /// A token of this kind was undone and ends at the cut.
    after_token: Option<Kind>,
}

impl Seam {
    const BEFORE: usize = 8;
}

impl Default for Seam {
    fn default() -> Self {
        Seam { before: [b' '; Seam::BEFORE], after_token: None }
    }
}

/// A text without its disguises.
#[derive(Debug, Default)]
pub(crate) struct View<'t> {
    text: Cow<'t, str>,
    /// Parts that were looked through one after the other, in order; a whole text has but the last.
    parts: Vec<Part<'t>>,
    last: Part<'t>,
}

impl<'t> View<'t> {
    /// Looks through the disguises of `text`.
    pub(crate) fn of(text: &'t str) -> Self {
        Self::with(&mut Screen::default(), text)
    }

    /// The same with memory kept from the last text.
    pub(crate) fn with(screen: &mut Screen, text: &'t str) -> Self {
        Self::of_part(text, Seam::default(), true, tokens::MAX_DEPTH, screen)
    }

    /// Looks through the disguises of a part of a text. Where the text goes on, what could be the beginning of
    /// a disguise at the end is left out.
    pub(crate) fn resume(text: &'t str, seam: Seam, ends: bool) -> Self {
        Self::of_part(text, seam, ends, tokens::MAX_DEPTH, &mut Screen::default())
    }

    fn of_part(text: &'t str, seam: Seam, ends: bool, depth: usize, screen: &mut Screen) -> Self {
        let mut view = View { text: Cow::Borrowed(text), parts: Vec::new(), last: Part::after(seam) };
        let mut asked = Asked { characters: true, escapes: true, ends };
        let mut deep = 0;
        let mut changed = 0;
        let marks = loop {
            match screen.look(&view.text, asked, changed) {
                Seen::Marks(marks) => break marks,
                Seen::Character(first) => {
                    changed = first;
                    if let Some(layer) = characters::undo(text, first) {
                        view.put(layer);
                    }
                }
                Seen::Escape(first) => {
                    deep += 1;
                    changed = first;
                    let (end, layer) = escapes::undo(&view, first, ends);
                    match layer {
                        Some(layer) => {
                            view.put(layer);
                        }
                        None if end == view.text.len() => asked.escapes = false,
                        // what is left out can still become part of an escape that begins before it
                        None => view.cut(end),
                    }
                    asked.escapes &= deep < escapes::MAX_DEPTH;
                }
            }
            asked.characters = false;
        };
        let (end, layer) = tokens::undo(&view.text, marks, seam, ends, depth);
        match layer {
            Some(layer) => view.last.under = Some(view.put(layer)),
            None => view.cut(end),
        }
        view
    }

    fn put(&mut self, layer: Layer) -> Cow<'t, str> {
        self.last.layers.push(layer.steps);
        std::mem::replace(&mut self.text, Cow::Owned(layer.text))
    }

    fn cut(&mut self, end: usize) {
        match &mut self.text {
            Cow::Borrowed(text) => *text = &text[..end],
            Cow::Owned(text) => text.truncate(end),
        }
    }

    /// The text to be matched.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The part that the byte at `offset` lies in, and where that part ends.
    fn part(&self, offset: usize) -> (&Part<'t>, usize) {
        if offset >= self.last.at {
            return (&self.last, self.text.len());
        }
        let after = self.parts.partition_point(|part| part.at <= offset);
        (&self.parts[after - 1], self.parts.get(after).map_or(self.last.at, |next| next.at))
    }

    /// The original bytes that `span` of the normalised text stands for.
    pub(crate) fn origin(&self, span: Range<usize>) -> Range<usize> {
        if span.is_empty() {
            return span;
        }
        let (first, end) = self.part(span.start);
        if span.end <= end {
            return first.origin(span);
        }
        let (last, _) = self.part(span.end - 1);
        first.origin(span.start..span.start + 1).start..last.origin(span.end - 1..span.end).end
    }

    /// The original bytes of a finding at `span`, with the marks set on its last character in `original`.
    pub(crate) fn origin_with_marks(&self, original: &str, span: Range<usize>) -> Range<usize> {
        let mut origin = self.origin(span);
        if self.parts.is_empty() && self.last.is_plain() {
            return origin;
        }
        let marks = original[origin.end..]
            .chars()
            .take_while(|c| combining::is_mark(*c))
            .take(characters::MAX_INVISIBLE);
        origin.end += marks.map(char::len_utf8).sum::<usize>();
        origin
    }

    /// Where in the original the character at `offset` begins. At the end of the text: where the last
    /// visible character ends, so that invisible ones stay with what follows.
    pub(crate) fn origin_of(&self, offset: usize) -> usize {
        if offset == 0 {
            return 0;
        }
        if offset < self.text.len() {
            self.origin(offset..offset + 1).start
        } else {
            self.origin(offset - 1..offset).end
        }
    }

    /// `span`, widened to take in the whole of a token that it has a part of.
    pub(crate) fn whole(&self, span: Range<usize>) -> Range<usize> {
        if span.is_empty() {
            return span;
        }
        let unit = |offset: usize| {
            let (part, end) = self.part(offset);
            part.unit_at(offset, end)
        };
        let start = unit(span.start).map_or(span.start, |unit| unit.start);
        let end = unit(span.end - 1).map_or(span.end, |unit| unit.end);
        start..end
    }

    /// The last place at or before `offset` where the text can be cut: not inside a character or a token.
    pub(crate) fn cut_before(&self, mut offset: usize) -> usize {
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let (part, end) = self.part(offset);
        part.unit_at(offset, end).map_or(offset, |unit| unit.start)
    }

    /// What must be known of the text before `offset`, a place where it can be cut.
    pub(crate) fn seam(&self, offset: usize) -> Seam {
        let (part, _) = self.part(offset);
        part.seam_at(&self.text, offset)
    }

    /// Takes in the view of the part that follows in the original, at `origin`.
    pub(crate) fn append(&mut self, next: View, origin: usize) {
        let at = self.text.len();
        if !next.last.is_plain() || !self.last.goes_on_at(at, origin) {
            let part = next.last.moved(at, origin);
            let before = std::mem::replace(&mut self.last, part);
            if before.at < at {
                self.parts.push(before);
            }
        }
        self.text.to_mut().push_str(&next.text);
    }

    /// Forgets what stands before `offset`, or a little less: a place where the text can be cut. Returns how many
    /// bytes of the text and of the original that is.
    pub(crate) fn forget(&mut self, offset: usize) -> (usize, usize) {
        let (part, _) = self.part(offset);
        let (cut, origin) =
            if part.is_plain() { (offset, self.origin_of(offset)) } else { (part.at, part.origin) };
        let seam = self.seam(cut);
        let gone = self.parts.partition_point(|part| part.at <= cut);
        if cut >= self.last.at {
            self.parts.clear();
        } else {
            self.parts.drain(..gone - 1);
        }
        let first = self.parts.first_mut().unwrap_or(&mut self.last);
        if first.at < cut {
            (first.at, first.origin, first.seam) = (cut, origin, seam);
        }
        for part in self.parts.iter_mut().chain([&mut self.last]) {
            part.at -= cut;
            part.origin -= origin;
        }
        self.text.to_mut().drain(..cut);
        (cut, origin)
    }
}

#[cfg(test)]
mod tests;
