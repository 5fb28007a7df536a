//! Second stage: escapes of markup, addresses and programming languages, each of which spells one character.
//! Run again on its own output, so that an escaped escape is undone too, up to [`MAX_DEPTH`] times.
//! Whether something is an escape depends on it and what follows, never on what stands before.

mod backslash;
mod entity;
mod percent;

use super::View;
use super::characters::{Plain, plain};
use super::steps::{Layer, Rewrite};
use crate::work;

/// How deep escapes are undone.
pub(super) const MAX_DEPTH: usize = 3;
/// The most original bytes one escaped character may stand for, all depths together.
pub(super) const MAX_ESCAPED: usize = 24;
/// Invisible escaped characters in a row that vanish; with one more they count as a space.
pub(super) const MAX_INVISIBLE: usize = 2;

/// What stands where an escape could begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    /// A character by itself.
    No,
    /// The text ends before one can tell.
    Open,
    /// This character, spelt with so many bytes.
    Of(char, usize),
}

/// Reads the escape that `text` begins with. `ends` tells that nothing follows the text.
fn read(text: &[u8], ends: bool) -> Escape {
    let escape = match text[0] {
        b'&' => entity::read(text, ends),
        b'%' => percent::read(text),
        _ => backslash::read(text),
    };
    match escape {
        Escape::Open if ends => Escape::No,
        Escape::Of(c, _) if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => Escape::No,
        escape => escape,
    }
}

/// `text` begins with an escape, or with what may become one.
pub(super) fn stands_at(text: &[u8], ends: bool) -> bool {
    work::done(1);
    read(text, ends) != Escape::No
}

/// What the stage makes of the text of `view`, in which the first escape stands at `first`: how far it was read, and the
/// layer if there was an escape.
pub(super) fn undo(view: &View, first: usize, ends: bool) -> (usize, Option<Layer>) {
    let text = view.text();
    let bytes = text.as_bytes();
    let mut rewrite: Option<Rewrite> = None;
    let mut end = text.len();
    let mut read_to = first;
    for at in memchr::memchr3_iter(b'&', b'%', b'\\', &bytes[first..]) {
        let at = first + at;
        if at < read_to {
            continue;
        }
        work::done(1);
        match read(&bytes[at..], ends) {
            Escape::No => {}
            Escape::Open => {
                end = at;
                break;
            }
            Escape::Of(c, len) => {
                let span = at..at + len;
                if view.origin(span.clone()).len() > MAX_ESCAPED {
                    continue;
                }
                read_to = span.end;
                let rewrite = rewrite.get_or_insert_with(|| Rewrite::new(text));
                match plain(c) {
                    Some(Plain::Nothing) => rewrite.vanish(span, MAX_INVISIBLE),
                    Some(Plain::Ascii(byte)) => {
                        rewrite.replace(span, char::from(byte).encode_utf8(&mut [0; 4]))
                    }
                    None => rewrite.replace(span, c.encode_utf8(&mut [0; 4])),
                }
            }
        }
    }
    (end, rewrite.map(|rewrite| rewrite.finish(end)))
}

/// The number that the hexadecimal `digits` spell.
fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| Some(sum * 16 + char::from(*digit).to_digit(16)?))
}

/// Reads one UTF-8 character of which `spelt` gives each byte: `%C3%A9`, `\xC3\xA9`. `step` bytes spell one.
fn utf8(text: &[u8], step: usize, spelt: impl Fn(&[u8]) -> Option<u8>) -> Escape {
    let Some(first) = text.get(..step) else {
        return if fits(text, &spelt, step) { Escape::Open } else { Escape::No };
    };
    let Some(lead) = spelt(first) else { return Escape::No };
    let len = match lead {
        0..=0x7F => return Escape::Of(char::from(lead), step),
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return Escape::No,
    };
    let mut bytes = [lead, 0, 0, 0];
    for n in 1..len {
        let Some(part) = text.get(n * step..(n + 1) * step) else {
            return if fits(&text[n * step..], &spelt, step) { Escape::Open } else { Escape::No };
        };
        let Some(byte) = spelt(part) else { return Escape::No };
        bytes[n] = byte;
    }
    let c = std::str::from_utf8(&bytes[..len]).ok().and_then(|text| text.chars().next());
    c.map_or(Escape::No, |c| Escape::Of(c, len * step))
}

/// A text that ends too early can still become the spelling of a byte.
fn fits(text: &[u8], spelt: &impl Fn(&[u8]) -> Option<u8>, step: usize) -> bool {
    // any byte will do to fill up: the marks at the start decide
    [&b"%00"[..], b"\\x00"].into_iter().filter(|full| full.len() == step).any(|full| {
        let mut room = [0; 4];
        let filled = &mut room[..step];
        filled.copy_from_slice(full);
        filled[..text.len()].copy_from_slice(text);
        spelt(filled).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_refused_or_waited_for() {
        use Escape::*;
        for (text, escape) in [
            ("&#64;", Of('@', 5)),
            ("&#064;x", Of('@', 6)),
            ("&#x40;", Of('@', 6)),
            ("&#X4", Open),
            ("&#53-", Of('5', 4)),
            ("&#", Open),
            ("&#x;", No),
            ("&#99999999;", No),
            ("&commat;", Of('@', 8)),
            ("&nbsp;", Of('\u{a0}', 6)),
            ("&nbsp ", Of('\u{a0}', 5)),
            ("&lt=", No),
            ("&comma", Open),
            ("&you", No),
            ("& co", No),
            ("%40", Of('@', 3)),
            ("%C3%A9", Of('é', 6)),
            ("%C3%", Open),
            ("%C3x", No),
            ("%4", Open),
            ("%zz", No),
            ("% of", No),
            ("%u0040", Of('@', 6)),
            ("\\u0040", Of('@', 6)),
            ("\\\\u0040", Of('@', 7)),
            ("\\u{40}", Of('@', 6)),
            ("\\ud83d\\ude00", Of('😀', 12)),
            ("\\ud83d", Open),
            ("\\ud83dx", No),
            ("\\x40", Of('@', 4)),
            ("\\xe2\\x80\\x8b", Of('\u{200b}', 12)),
            ("\\n", Of('\n', 2)),
            ("\\\\n", Of('\n', 3)),
            ("\\/", Of('/', 2)),
            ("\\d", No),
            ("\\u00", Open),
            ("\\users", No),
            ("%00", No),
        ] {
            assert_eq!(read(text.as_bytes(), false), escape, "{text:?}");
        }
        assert_eq!(read(b"&#64", true), Of('@', 4));
        assert_eq!(read(b"%4", true), No);
    }
}
