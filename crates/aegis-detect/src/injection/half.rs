//! Reads half a window: what its words are worth and which signs stand in it, whichever window it is half of.
//! Called by the judge for each half of a text once; `weigh` puts two halves together.
//! Invariant: what is found in a half depends on its bytes, `BEFORE` before it and `AFTER` behind it.

use super::hits::{Hit, Hits};
use super::model::{Cutter, Parts, Spot, Weighed, Worth, end_of_word};
use super::{Judge, Means, Pattern, STRIDE};
use crate::work;
use std::ops::Range;

/// Signs of half a window that are looked at. Text with more has said enough.
const MOST: usize = 96;

/// A sign that stands in the text.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// Counted from the start of the half: what a sign is known by stands in the half, but it may begin before.
    start: i16,
    pattern: u16,
}

/// What half a window is worth, and the signs in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Half {
    pub(super) worth: Worth,
    /// The same token by token.
    pub(super) weighed: Weighed,
    /// What phrases can be made of what was found…
    parts: Parts,
    found: Few<Found>,
    /// …and of what may be found at spots that nobody has looked at yet.
    open: Parts,
    spots: Few<Spot>,
    /// Letters stand so that they may be a word spaced out.
    spaced: bool,
    /// Where a long word begins that goes on behind the half.
    crossing: Option<u16>,
}

/// A list in a fixed place: judging needs no memory of its own.
#[derive(Debug, Clone, Copy)]
struct Few<T> {
    list: [T; MOST],
    len: usize,
}

impl<T: Copy + Default> Few<T> {
    fn new() -> Self {
        Few { list: [T::default(); MOST], len: 0 }
    }

    fn push(&mut self, item: T) {
        if let Some(place) = self.list.get_mut(self.len) {
            *place = item;
            self.len += 1;
        }
    }

    /// Takes the first `len` of these in place of all, as many as there is room for. Copies some at once: how many there
    /// are could not be foreseen.
    fn take(&mut self, items: &[T], len: usize) {
        const TOGETHER: usize = 16;
        self.len = len.min(MOST);
        for (room, items) in self
            .list
            .as_chunks_mut::<TOGETHER>()
            .0
            .iter_mut()
            .zip(items.as_chunks().0)
            .take(1 + len / TOGETHER)
        {
            *room = *items;
        }
    }

    fn items(&self) -> &[T] {
        &self.list[..self.len]
    }
}

impl Default for Half {
    fn default() -> Self {
        Half {
            worth: Worth::default(),
            weighed: Weighed::default(),
            parts: Parts::default(),
            found: Few::new(),
            open: Parts::default(),
            spots: Few::new(),
            spaced: false,
            crossing: None,
        }
    }
}

impl Half {
    fn clear(&mut self) {
        (self.worth, self.parts, self.open) = Default::default();
        (self.found.len, self.spots.len) = (0, 0);
        self.weighed.clear();
        (self.spaced, self.crossing) = (false, None);
    }
}

/// Whether a phrase can be whole in a window of these halves.
pub(super) fn can_tell([first, second]: [&Half; 2]) -> bool {
    (first.parts | first.open | second.parts | second.open).can_tell()
        || first.spaced
        || second.spaced
        || first.crossing.is_some()
}

impl Judge {
    /// Reads half a window. The next ones up to `until` are at hand then for less.
    pub(super) fn half(
        &self,
        text: &[u8],
        start: usize,
        until: usize,
        means: Means,
        cutter: &mut Cutter,
        half: &mut Half,
    ) {
        half.clear();
        if start >= text.len() {
            return;
        }
        work::done(STRIDE);
        let weights = (means == Means::Model).then(|| self.model.weights());
        cutter.cut(text, start, until, &self.opening, weights);
        if means == Means::Model {
            half.worth = cutter.worth();
            cutter.put_weighed(&mut half.weighed);
        }
        let (spots, len, parts) = cutter.spots();
        half.spots.take(spots, len);
        half.open = parts;
        for word in cutter.long_words() {
            let end = word.end.min(STRIDE);
            self.uncover(text, start + word.start..start + end, |place, pattern| {
                half.found.push(Found { start: (place.start - start) as i16, pattern });
                half.parts |= Parts::WHOLE;
            });
            half.crossing = (word.end > STRIDE).then_some(word.start as u16);
        }
        half.spaced = cutter.is_spaced(text);
    }

    /// Whether a phrase can be whole in the window of these halves that begins at `start`. Looks for the signs first,
    /// unless there is no hope.
    pub(super) fn may_tell(&self, text: &[u8], start: usize, [first, second]: [&mut Half; 2]) -> bool {
        can_tell([first, second]) && {
            self.look(text, start, first);
            self.look(text, start + STRIDE, second);
            can_tell([first, second])
        }
    }

    /// Looks for the signs that may stand at the spots of a half, once.
    fn look(&self, text: &[u8], start: usize, half: &mut Half) {
        for spot in &half.spots.list[..half.spots.len] {
            for known in self.opening.known(spot.number) {
                let from = spot.at as i16 - known.offset as i16;
                let Some(at) = start.checked_add_signed(from.into()) else { continue };
                if !known.begins(text, at) {
                    continue;
                }
                let pattern = &self.patterns[usize::from(known.sign)];
                if pattern.stands(text, at) {
                    half.found.push(Found { start: from, pattern: known.sign });
                    half.parts |= Parts::of(pattern.sign);
                }
            }
        }
        half.spots.len = 0;
        half.open = Parts::default();
    }

    /// Finds the signs that lie whole in `window`, of those in its halves.
    pub(super) fn hits(&self, text: &[u8], window: &Range<usize>, halves: [&Half; 2], hits: &mut Hits) {
        hits.clear();
        let mut take = |span: Range<usize>, pattern: u16| {
            if window.start <= span.start && span.end <= window.end {
                let Pattern { sign, foreign, .. } = self.patterns[usize::from(pattern)];
                hits.push(Hit { span, pattern: pattern.into(), sign, verb_last: foreign });
            }
        };
        for (n, half) in halves.into_iter().enumerate() {
            for found in half.found.items() {
                let start = (window.start + n * STRIDE).checked_add_signed(found.start.into());
                let len = self.patterns[usize::from(found.pattern)].text.len();
                if let Some(start) = start {
                    take(start..start + len, found.pattern);
                }
            }
        }
        if let Some(at) = halves[0].crossing {
            // what lies in the half was found there
            let (at, middle) = (window.start + usize::from(at), window.start + STRIDE);
            let from = at.max(middle.saturating_sub(self.hidden_longest));
            let end = end_of_word(&text[..window.end], at);
            self.uncover(text, from..end, |place, pattern| {
                if place.end > middle {
                    take(place, pattern);
                }
            });
        }
        if halves.iter().any(|half| half.spaced) {
            self.uncover(text, window.clone(), take);
        }
        hits.sort();
    }

    /// Calls `each` with the words that are hidden in `span`.
    fn uncover(&self, text: &[u8], span: Range<usize>, mut each: impl FnMut(Range<usize>, u16)) {
        for found in self.hidden.find_overlapping_iter(&text[span.clone()]) {
            work::done(1);
            let number = self.hidden_patterns[found.pattern().as_usize()];
            each(found.start() + span.start..found.end() + span.start, number);
        }
    }
}
