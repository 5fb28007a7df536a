//! Undoes disguises beside the text: what a reader sees as `123` becomes `123`, with a map back.
//! Called by the scanner before anything else looks at the text.
//! Invariants: a text without disguises is borrowed, not copied; each disguise is judged one
//! character at a time, so a text cut anywhere normalises like the whole; every mapped offset
//! lies on a character boundary of the original.

mod dashes;
mod full_width;
mod mathematical;
mod native_digits;
mod spaces;
mod tags;
mod zero_width;

use crate::work;
use std::borrow::Cow;
use std::ops::Range;

/// What a disguised character stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    /// Nothing: it is invisible.
    Nothing,
    /// This ASCII character.
    Ascii(u8),
}

/// Every disguise known. Each answers for the characters that are its own and for no other.
static ALL: &[fn(char) -> Option<Plain>] = &[
    zero_width::plain,
    spaces::plain,
    dashes::plain,
    full_width::plain,
    native_digits::plain,
    mathematical::plain,
    tags::plain,
];

/// Invisible characters in a row that vanish. From there on each counts as a space: so a window
/// of normalised text is never made of an unbounded stretch of original.
const MAX_INVISIBLE: usize = 8;

/// The most original bytes one normalised byte can stand for (its own four, and invisible ones before it).
pub(crate) const MAX_STRETCH: usize = 4 * (MAX_INVISIBLE + 1);

fn plain(c: char) -> Option<Plain> {
    if is_honest(c) { None } else { ALL.iter().find_map(|disguise| disguise(c)) }
}

/// Blocks that disguise nothing, so that most text is not asked about every disguise: ASCII; Latin with
/// marks; Greek and Cyrillic; Japanese, Chinese and Korean but for the middle dot. A test holds this.
fn is_honest(c: char) -> bool {
    matches!(c,
        '\0'..='\u{9f}' | '\u{b8}'..='\u{34e}' | '\u{370}'..='\u{52f}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{d7ff}')
}

/// A stretch of normalised text and where it came from.
#[derive(Debug, Clone, Copy)]
struct Step {
    at: usize,
    origin: usize,
    /// Original length when the stretch is one undone character, 0 when it was copied as it is.
    undone: usize,
    /// The character is invisible and came after too many others.
    saturated: bool,
}

/// A text without its disguises.
#[derive(Debug)]
pub(crate) struct View<'t> {
    text: Cow<'t, str>,
    steps: Vec<Step>,
}

impl<'t> View<'t> {
    /// Looks through the disguises of `text`.
    pub(crate) fn of(text: &'t str) -> Self {
        Self::resume(text, false)
    }

    /// Looks through the disguises of the rest of a text. `saturated` tells that it was cut where
    /// invisible characters already count as spaces.
    pub(crate) fn resume(text: &'t str, saturated: bool) -> Self {
        match first_disguise(text) {
            None => View { text: Cow::Borrowed(text), steps: Vec::new() },
            Some(at) => undo_from(text, at, if saturated { MAX_INVISIBLE } else { 0 }),
        }
    }

    /// The text to be matched.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The original bytes that `span` of the normalised text stands for.
    pub(crate) fn origin(&self, span: Range<usize>) -> Range<usize> {
        if self.steps.is_empty() || span.is_empty() {
            return span;
        }
        let first = self.step_at(span.start);
        let last = self.step_at(span.end - 1);
        let start = if first.undone > 0 { first.origin } else { first.origin + (span.start - first.at) };
        let end =
            if last.undone > 0 { last.origin + last.undone } else { last.origin + (span.end - last.at) };
        start..end
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

    /// Says whether the character at `offset` is an invisible one that counts as a space.
    pub(crate) fn is_saturated_at(&self, offset: usize) -> bool {
        let step = if self.steps.is_empty() { return false } else { self.step_at(offset) };
        step.at == offset && step.saturated
    }

    fn step_at(&self, offset: usize) -> Step {
        let after = self.steps.partition_point(|step| step.at <= offset);
        self.steps[after.saturating_sub(1)]
    }
}

fn first_disguise(text: &str) -> Option<usize> {
    if text.is_ascii() {
        return None;
    }
    text.char_indices().find(|&(_, c)| plain(c).is_some()).map(|(at, _)| at)
}

fn undo_from(text: &str, first: usize, already_invisible: usize) -> View<'_> {
    work::done(text.len());
    let mut out = String::with_capacity(text.len());
    let mut steps = vec![Step { at: 0, origin: 0, undone: 0, saturated: false }];
    let mut copied = 0;
    let mut invisible = if first == 0 { already_invisible } else { 0 };
    for (offset, c) in text[first..].char_indices() {
        let Some(plain) = plain(c) else { continue };
        let origin = first + offset;
        if copied < origin {
            // what lies between two disguises is copied as it is
            steps.push(Step { at: out.len(), origin: copied, undone: 0, saturated: false });
            out.push_str(&text[copied..origin]);
            invisible = 0;
        }
        copied = origin + c.len_utf8();
        let byte = match plain {
            Plain::Nothing if invisible < MAX_INVISIBLE => {
                invisible += 1;
                continue;
            }
            Plain::Nothing => None,
            Plain::Ascii(byte) => {
                invisible = 0;
                Some(byte)
            }
        };
        steps.push(Step { at: out.len(), origin, undone: c.len_utf8(), saturated: byte.is_none() });
        out.push(byte.map_or(' ', char::from));
    }
    if copied < text.len() {
        steps.push(Step { at: out.len(), origin: copied, undone: 0, saturated: false });
        out.push_str(&text[copied..]);
    }
    View { text: Cow::Owned(out), steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_disguise_reads_as_what_the_eye_sees() {
        for (disguised, seen) in [
            ("１２３", "123"),
            ("1\u{200b}2\u{2060}3", "123"),
            ("a\u{a0}b\u{3000}c", "a b c"),
            ("1–2−3", "1-2-3"),
            ("ｕ＠ｘ．ｉｏ", "u@x.io"),
            ("𝟏𝟚𝟹", "123"),
            ("٠١२৩๔", "01234"),
            ("\u{e0034}\u{e0032}", "42"),
            ("Größe 5€", "Größe 5€"),
        ] {
            assert_eq!(View::of(disguised).text(), seen, "{disguised:?}");
        }
    }

    #[test]
    fn honest_characters_disguise_nothing() {
        for c in ('\0'..=char::MAX).filter(|c| is_honest(*c)) {
            assert!(ALL.iter().all(|disguise| disguise(c).is_none()), "{c:?}");
        }
    }

    #[test]
    fn a_span_of_the_view_leads_back_to_the_disguised_bytes() {
        let text = "ä \u{200b}１\u{200b}２ ö";
        let view = View::of(text);
        let at = view.text().find("12").expect("the digits are plain now");
        assert_eq!(&text[view.origin(at..at + 2)], "１\u{200b}２");
    }

    #[test]
    fn plain_text_is_not_copied() {
        for text in ["plain ASCII", "Größe: fünf Fuß", "漢字かな"] {
            assert!(matches!(View::of(text).text, Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn invisible_characters_cannot_stretch_a_window_without_bound() {
        let text = format!("1{}2", "\u{200b}".repeat(1000));
        let view = View::of(&text);
        assert!(view.text().len() * MAX_STRETCH >= text.len());
    }

    proptest! {
        #[test]
        fn every_offset_maps_to_a_character_boundary(text in "[ -~\u{a0}-\u{2ff}\u{200b}１２\u{e0034}𝟏]{0,40}") {
            let view = View::of(&text);
            let starts: Vec<usize> = view.text().char_indices().map(|(at, _)| at).chain([view.text().len()]).collect();
            for pair in starts.windows(2) {
                let span = view.origin(pair[0]..pair[1]);
                prop_assert!(text.get(span.clone()).is_some_and(|part| !part.is_empty()), "{span:?} of {text:?}");
            }
        }
    }
}
