//! First stage: characters that stand for another one, or for nothing.
//! Each is judged by itself, so a text cut anywhere gives the same.

use super::steps::{Layer, Rewrite};
use super::{combining, dashes, enclosed, full_width, mathematical, native_digits, spaces, tags, zero_width};
use crate::work;

/// What a disguised character stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// Nothing: it is invisible.
    Nothing,
    /// This ASCII character.
    Ascii(u8),
}

/// Every such disguise. Each answers for the characters that are its own and for no other.
static ALL: &[fn(char) -> Option<Plain>] = &[
    zero_width::plain,
    spaces::plain,
    dashes::plain,
    full_width::plain,
    native_digits::plain,
    mathematical::plain,
    enclosed::plain,
    combining::plain,
    tags::plain,
];

/// Invisible characters in a row that vanish; with one more they count as a space.
pub(super) const MAX_INVISIBLE: usize = 8;

/// What `c` stands for, if it is a disguise.
pub(super) fn plain(c: char) -> Option<Plain> {
    if is_honest(c) { None } else { ALL.iter().find_map(|disguise| disguise(c)) }
}

/// Blocks that disguise nothing, so that most text is not asked about every disguise: ASCII; signs of Latin text but for
/// the no-break space, the soft hyphen and the middle dot, and Latin with marks; Greek, Cyrillic, Armenian and Hebrew;
/// quotation marks, bullets, arrows and signs of mathematics; Japanese, Chinese and Korean but for the middle dot; most
/// pictures. A test holds this.
fn is_honest(c: char) -> bool {
    matches!(c,
        '\0'..='\u{9f}' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{b6}' | '\u{b8}'..='\u{2ff}'
        | '\u{370}'..='\u{61b}' | '\u{2016}'..='\u{2023}' | '\u{2025}'..='\u{2029}' | '\u{2190}'..='\u{2211}'
        | '\u{2213}'..='\u{245f}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{d7ff}' | '\u{1f18a}'..='\u{1ffff}')
}

/// A disguised character begins at `at`.
pub(super) fn stands_at(text: &str, at: usize) -> bool {
    let c = text.get(at..).and_then(|rest| rest.chars().next());
    c.is_some_and(|c| plain(c).is_some())
}

/// `text` without its disguised characters, the first of which stands at `first`, if it has any.
pub(super) fn undo(text: &str, first: usize) -> Option<Layer> {
    let mut rewrite: Option<Rewrite> = None;
    let mut at = first;
    while let Some(c) = foreign(text, &mut at) {
        let span = at..at + c.len_utf8();
        at = span.end;
        let Some(plain) = plain(c) else { continue };
        let rewrite = rewrite.get_or_insert_with(|| {
            work::done(text.len());
            Rewrite::new(text)
        });
        match plain {
            Plain::Nothing => rewrite.vanish(span, MAX_INVISIBLE),
            Plain::Ascii(byte) => rewrite.replace(span, char::from(byte).encode_utf8(&mut [0; 4])),
        }
    }
    rewrite.map(|rewrite| rewrite.finish(text.len()))
}

/// The first character from `at` on that is none of ASCII; moves there.
#[inline]
fn foreign(text: &str, at: &mut usize) -> Option<char> {
    let mut rest = &text.as_bytes()[*at..];
    while let Some(block) = rest.first_chunk::<BLOCK>()
        && block.is_ascii()
    {
        rest = &rest[BLOCK..];
    }
    let ahead = rest.iter().position(|byte| !byte.is_ascii())?;
    *at = text.len() - rest.len() + ahead;
    text[*at..].chars().next()
}

/// Bytes looked at together.
const BLOCK: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honest_characters_disguise_nothing() {
        for c in ('\0'..=char::MAX).filter(|c| is_honest(*c)) {
            assert!(ALL.iter().all(|disguise| disguise(c).is_none()), "{c:?}");
        }
    }

    #[test]
    fn each_character_has_one_disguise_at_most() {
        for c in '\0'..=char::MAX {
            let answers = ALL.iter().filter(|disguise| disguise(c).is_some()).count();
            assert!(answers <= 1, "{c:?} is claimed by {answers}");
        }
    }
}
