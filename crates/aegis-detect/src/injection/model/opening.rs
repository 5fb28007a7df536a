//! Knows signs by one token or pair of tokens each: where none of those stands, no sign does, and where one stands only
//! the few signs known by it are compared with the text.
//! Built from the signs themselves; asked for every token while half a window is read.
//! Invariant: where a sign stands whole, the filter lets the token pass that it is known by.

use super::super::Sign;
use super::super::slots::Slot;
use super::tokens::{Token, walk};
use crate::work;
use std::hint::select_unpredictable;
use std::ops::{BitOr, BitOrAssign};

/// Bits of the filter, few enough to stay in a core's first cache.
const BITS: u32 = 17;
/// Those that tell a bit in its word.
const WORD: u32 = 5;
/// The same of the table of keys, which are some thousands.
const PLACES: u32 = 13;
/// A word so long may be text in base64 or hexadecimal.
pub(super) const LONG_WORD: usize = 16;
/// So many lone letters in a row are a word spaced out.
pub(super) const SPACED: u32 = 5;

/// What phrases are made of, as a set: the slots, and phrases that are whole by themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Parts(u16);

impl Parts {
    pub(in crate::injection) const WHOLE: Parts = Parts(1);

    /// What a sign is part of.
    pub(crate) fn of(sign: Sign) -> Self {
        match sign {
            Sign::Slot(slot) => Self::slot(slot),
            Sign::Phrase(..) | Sign::Structure(_) => Self::WHOLE,
            Sign::Against(_) => Parts(0),
        }
    }

    fn slot(slot: Slot) -> Self {
        Parts(2 << slot as u16)
    }

    /// Some phrase can be complete: see `slots::phrases`.
    pub(crate) fn can_tell(self) -> bool {
        let has = |slot| self.0 & Self::slot(slot).0 != 0;
        let whose = || has(Slot::Yours) || has(Slot::Earlier);
        self.0 & Self::WHOLE.0 != 0
            || has(Slot::Rules) && (has(Slot::Drop) || has(Slot::Show) && whose())
            || has(Slot::Model) && has(Slot::Call)
            || has(Slot::Limits) && has(Slot::Without)
            || has(Slot::Act) && has(Slot::Secret)
    }
}

impl BitOr for Parts {
    type Output = Parts;
    fn bitor(self, other: Parts) -> Parts {
        Parts(self.0 | other.0)
    }
}

impl BitOrAssign for Parts {
    fn bitor_assign(&mut self, other: Parts) {
        self.0 |= other.0;
    }
}

/// A sign, and where in it the token stands that it is known by.
#[derive(Debug, Clone, Copy)]
pub(in crate::injection) struct Known {
    pub(in crate::injection) sign: u16,
    pub(in crate::injection) offset: u16,
    /// The first bytes of the sign, and which of them are its own.
    head: u128,
    own: u128,
}

/// Bytes of a sign that are compared in one go: all of most signs.
pub(crate) const BEGINNING: usize = 16;

impl Known {
    fn of(sign: u16, offset: u16, text: &[u8]) -> Self {
        let own = u128::MAX >> (8 * BEGINNING.saturating_sub(text.len()).min(BEGINNING - 1));
        Known { sign, offset, head: head_at(text, 0) & own, own }
    }

    /// Whether `text` goes on from `at` as the sign begins.
    #[inline]
    pub(in crate::injection) fn begins(&self, text: &[u8], at: usize) -> bool {
        work::done(1);
        head_at(text, at) & self.own == self.head
    }
}

/// The bytes of `text` from `at` on, capitals of ASCII as small letters.
#[inline]
fn head_at(text: &[u8], at: usize) -> u128 {
    let rest = text.get(at..).unwrap_or_default();
    let bytes = rest.first_chunk::<BEGINNING>().copied().unwrap_or_else(|| {
        let mut bytes = [0; BEGINNING];
        bytes[..rest.len()].copy_from_slice(rest);
        bytes
    });
    small(u128::from_le_bytes(bytes))
}

/// Bytes with capitals of ASCII as small letters, all at once.
fn small(bytes: u128) -> u128 {
    const EACH: u128 = u128::MAX / 0xFF;
    const LAST: u128 = 0x80 * EACH;
    // the last bit of each tells whether it is so far on
    let from = |first: u8| (bytes & !LAST) + u128::from(0x80 - first) * EACH;
    let capitals = from(b'A') & !from(b'Z' + 1) & !bytes & LAST;
    bytes | capitals >> 2
}

/// Lets nearly all tokens pass over at once.
#[derive(Debug, Clone)]
pub(super) struct Filter(Box<[u32; 1 << (BITS - WORD)]>);

impl Filter {
    /// 1 if signs may be known by `key`.
    #[inline(always)]
    pub(super) fn passes(&self, key: u32) -> u32 {
        self.0[(key >> (32 - BITS + WORD)) as usize] >> (key >> (32 - BITS) & (u32::BITS - 1)) & 1
    }

    fn add(&mut self, key: u32) {
        self.0[(key >> (32 - BITS + WORD)) as usize] |= 1 << (key >> (32 - BITS) & (u32::BITS - 1));
    }
}

/// Tokens, alone and in pairs, that signs are known by.
pub(crate) struct Opening {
    filter: Filter,
    /// The number of each key lies at one of the two places its bits tell; 0 stands for none. Small, so that it stays in
    /// a core's first cache.
    places: Box<[u16; 1 << PLACES]>,
    /// By that number.
    keys: Vec<u32>,
    groups: Vec<Group>,
    known: Vec<Known>,
}

/// The signs known by one key, which lie side by side, and what phrases can be made of them.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    parts: Parts,
    from: u16,
    len: u16,
}

/// The key of two tokens, of theirs, which are mixed well enough.
#[inline(always)]
pub(super) fn pair(last: u32, key: u32) -> u32 {
    last.rotate_left(9) ^ key
}

/// A sign: its bytes, and at which ends its words are whole ones. Elsewhere another sort of word could go on.
pub(in crate::injection) type Shape<'s> = (&'s [u8], (bool, bool));

/// The token or pair that a sign is known by, and where it stands in the sign. `None` if it has no token.
fn key_of((sign, whole): Shape) -> Option<(u32, usize)> {
    let mut tokens: Vec<Token> = Vec::new();
    walk(sign, 0..sign.len(), |token| tokens.push(token));
    let mut kept = tokens.as_slice();
    // a word that may be part of a longer one is another token in the text
    let word = |token: &Token| sign[token.start].is_ascii_alphanumeric();
    if !whole.0 && kept.len() > 1 && kept.first().is_some_and(word) {
        kept = &kept[1..];
    }
    if !whole.1 && kept.len() > 1 && kept.last().is_some_and(word) {
        kept = &kept[..kept.len() - 1];
    }
    Some(match kept {
        [] => return None,
        [only] => (only.key, only.start),
        more => {
            // the pair with the longest word says most
            let size = |at: usize| more.get(at + 1).map_or(sign.len(), |next| next.start) - more[at].start;
            let at = (0..more.len() - 1).max_by_key(|&at| size(at) + size(at + 1)).unwrap_or(0);
            (pair(more[at].key, more[at + 1].key), more[at + 1].start)
        }
    })
}

impl Opening {
    /// Knows `signs` by their numbers.
    pub(in crate::injection) fn of<'s>(signs: impl Iterator<Item = (Shape<'s>, Parts)>) -> Self {
        let mut all: Vec<(u32, Known, Parts)> = signs
            .enumerate()
            .filter_map(|(sign, (shape, parts))| {
                let (key, offset) = key_of(shape)?;
                Some((key, Known::of(sign as u16, offset as u16, shape.0), parts))
            })
            .collect();
        all.sort_by_key(|(key, ..)| *key);
        let mut opening = Opening {
            filter: Filter(Box::new([0; _])),
            places: Box::new([0; _]),
            keys: vec![0],
            groups: vec![Group::default()],
            known: all.iter().map(|(_, known, _)| *known).collect(),
        };
        let mut from = 0;
        for same in all.chunk_by(|one, other| one.0 == other.0) {
            let (key, len) = (same[0].0, same.len() as u16);
            let parts = same.iter().fold(Parts::default(), |parts, (.., more)| parts | *more);
            opening.filter.add(key);
            opening.keys.push(key);
            opening.groups.push(Group { parts, from, len });
            opening.place(opening.keys.len() as u16 - 1);
            from += len;
        }
        opening
    }

    pub(super) fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The number of `key`, if signs are known by it, or 0.
    #[inline(always)]
    pub(super) fn number(&self, key: u32) -> u16 {
        // both looked at, without a branch that nobody could foresee
        let [one, other] = homes(key).map(|home| self.places[home]);
        let is = |number: u16| self.keys[usize::from(number)] == key;
        let other = select_unpredictable(is(other), other, 0);
        select_unpredictable(is(one), one, other)
    }

    /// What phrases can be made of the signs known by a key.
    #[inline(always)]
    pub(super) fn parts(&self, number: u16) -> Parts {
        self.groups[usize::from(number)].parts
    }

    /// The signs that are known by a key.
    pub(in crate::injection) fn known(&self, number: u16) -> &[Known] {
        let group = self.groups[usize::from(number)];
        &self.known[usize::from(group.from)..][..usize::from(group.len)]
    }

    /// Places a key; what stands in its way moves to its other place.
    fn place(&mut self, mut number: u16) {
        let mut place = homes(self.keys[usize::from(number)])[0];
        for _ in 0..self.places.len() {
            std::mem::swap(&mut self.places[place], &mut number);
            if number == 0 {
                return;
            }
            let [one, other] = homes(self.keys[usize::from(number)]);
            place = if place == one { other } else { one };
        }
        panic!("{} keys have no room in {} places", self.keys.len(), self.places.len());
    }
}

/// Where a key may lie.
#[inline(always)]
fn homes(key: u32) -> [usize; 2] {
    let last = (1 << PLACES) - 1;
    [(key >> (32 - PLACES)) as usize & last, (key >> (32 - 2 * PLACES)) as usize & last]
}

#[cfg(test)]
mod tests {
    use super::super::cut::Cutter;
    use super::*;

    #[test]
    fn capitals_are_made_small_and_nothing_else_is() {
        for byte in 0..=u8::MAX {
            let half = [byte, b'A', 0xFF, b'[', byte, b'Z', b'@', byte];
            let bytes: [u8; 16] = std::array::from_fn(|n| half[n % 8]);
            assert_eq!(
                small(u128::from_le_bytes(bytes)).to_le_bytes(),
                bytes.map(|b| b.to_ascii_lowercase())
            );
        }
    }

    #[test]
    fn a_sign_begins_where_its_first_bytes_stand() {
        let known = |sign: &str| Known::of(0, 0, sign.as_bytes());
        for (sign, text, at, begins) in [
            ("ignore", "Please IGNORE", 7, true),
            ("ignore", "Please ignor", 7, false),
            ("ignore all", "ignore al", 0, false),
            ("ignore all previous", "ignore all previ", 0, true),
            ("ignore all previous", "ignore all prevx", 0, false),
            ("@", "a@", 1, true),
            ("@", "a@", 2, false),
        ] {
            assert_eq!(known(sign).begins(text.as_bytes(), at), begins, "{sign} in {text}");
        }
    }

    #[test]
    fn signs_open_wherever_they_stand_and_little_else_does() {
        let signs = ["system prompt", "](http", "指令"]
            .map(|sign| ((sign.as_bytes(), [!sign.contains('('); 2].into()), Parts::WHOLE));
        let opening = Opening::of(signs.into_iter());
        let opens = |text: &str| {
            let mut cutter = Cutter::new();
            cutter.cut(text.as_bytes(), 0, text.len(), &opening, None);
            let spots = cutter.spots().1;
            cutter.is_spaced(text.as_bytes()) || spots > 0 || cutter.long_words().next().is_some()
        };
        for text in [
            "your System  Prompt is",
            "![x](https://a.test)",
            "忽略指令",
            "i g n o r e it",
            "aWdub3JlIGFsbCBwcmV2aW91cw==",
        ] {
            assert!(opens(text), "{text}");
        }
        for text in ["the system was slow", "a prompt answer", "我们明天见", "a b c"] {
            assert!(!opens(text), "{text}");
        }
    }
}
