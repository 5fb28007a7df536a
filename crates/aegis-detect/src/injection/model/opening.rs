//! Knows signs by one token or pair of tokens each: where none of those stands, no sign does, and where one stands only
//! the few signs known by it are compared with the text.
//! Built from the signs themselves; asked for every token while half a window is read.
//! Invariant: where a sign stands whole, the token it is known by is a spot.

use super::super::Sign;
use super::super::slots::Slot;
use super::tokens::{DIGIT, Token, walk};
use std::ops::{BitOr, BitOrAssign, Deref, Range};

/// Bits of the filter, few enough to stay in a core's first cache.
const BITS: u32 = 17;
/// The same of the table of keys, which are some thousands.
const PLACES: u32 = 14;
/// A word so long may be text in base64 or hexadecimal.
const ENCODED: usize = 16;
/// So many lone letters in a row are a word spaced out.
const SPACED: u8 = 5;

/// What phrases are made of, as a set: the slots, and phrases that are whole by themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Parts(u16);

impl Parts {
    const WHOLE: Parts = Parts(1);

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

/// Signs known by the same key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::injection) struct Group(u16);

impl Group {
    const NONE: Group = Group(0);
    /// A long word, which may be one in a form that hides it.
    pub(in crate::injection) const LONG: Group = Group(1);
    /// Lone letters in a row.
    pub(in crate::injection) const SPACED: Group = Group(2);
}

/// A token that signs are known by, counted from where its stretch begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::injection) struct Spot {
    pub(in crate::injection) at: u16,
    pub(in crate::injection) group: Group,
}

/// Spots of half a window that are looked at. Text with more has said enough.
const MOST: usize = 64;

/// The spots of a stretch, in a fixed place: judging needs no memory of its own.
#[derive(Debug, Clone, Copy)]
pub(in crate::injection) struct Spots {
    list: [Spot; MOST],
    len: usize,
}

impl Spots {
    fn push(&mut self, at: usize, group: Group) {
        if group != Group::NONE && self.len < MOST {
            self.list[self.len] = Spot { at: at as u16, group };
            self.len += 1;
        }
    }
}

impl Default for Spots {
    fn default() -> Self {
        Spots { list: [Spot::default(); MOST], len: 0 }
    }
}

impl Deref for Spots {
    type Target = [Spot];
    fn deref(&self) -> &[Spot] {
        &self.list[..self.len]
    }
}

/// A sign, and where in it the token stands that it is known by.
#[derive(Debug, Clone, Copy)]
pub(in crate::injection) struct Known {
    pub(in crate::injection) sign: u16,
    pub(in crate::injection) offset: u16,
}

/// What all signs of a key have in common.
#[derive(Debug, Clone, Default)]
struct Shared {
    parts: Parts,
    signs: Vec<Known>,
}

/// Tokens, alone and in pairs, that signs are known by.
pub(crate) struct Opening {
    /// Lets nearly all tokens pass at once…
    filter: Vec<u64>,
    /// …and these decide about the rest: each key lies at the place its bits tell, or in the next free one.
    keys: Vec<(u32, Group)>,
    shared: Vec<Shared>,
}

/// What was seen just before a token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    last: u32,
    lone: u8,
    marked: bool,
}

fn pair(last: u32, key: u32) -> u32 {
    (last.rotate_left(9) ^ key).wrapping_mul(0x85EB_CA6B)
}

impl Opening {
    pub(crate) fn new() -> Self {
        let hidden = Shared { parts: Parts::WHOLE, signs: Vec::new() };
        Opening {
            filter: vec![0; 1 << (BITS - 6)],
            keys: vec![Default::default(); 1 << PLACES],
            shared: vec![Shared::default(), hidden.clone(), hidden],
        }
    }

    /// Takes the sign numbered `number`. `whole` says at which ends its words are whole ones: another sort of word
    /// could go on.
    pub(crate) fn add(&mut self, number: usize, sign: &[u8], whole: (bool, bool), parts: Parts) {
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
        let (key, offset) = match kept {
            [] => return,
            [only] => (only.key, only.start),
            more => {
                // the pair with the longest word says most
                let size =
                    |at: usize| more.get(at + 1).map_or(sign.len(), |next| next.start) - more[at].start;
                let at = (0..more.len() - 1).max_by_key(|&at| size(at) + size(at + 1)).unwrap_or(0);
                (pair(more[at].key, more[at + 1].key), more[at + 1].start)
            }
        };
        let bit = (key >> (32 - BITS)) as usize;
        self.filter[bit / 64] |= 1 << (bit % 64);
        let place = self.place(key);
        if self.keys[place].1 == Group::NONE {
            self.keys[place] = (key, Group(self.shared.len() as u16));
            self.shared.push(Shared::default());
        }
        let shared = &mut self.shared[usize::from(self.keys[place].1.0)];
        shared.parts |= parts;
        shared.signs.push(Known { sign: number as u16, offset: offset as u16 });
    }

    /// The signs a group is made of.
    pub(in crate::injection) fn signs(&self, group: Group) -> &[Known] {
        &self.shared[usize::from(group.0)].signs
    }

    /// Where `key` lies, or would.
    fn place(&self, key: u32) -> usize {
        let mut place = (key >> (32 - PLACES)) as usize;
        while self.keys[place].1 != Group::NONE && self.keys[place].0 != key {
            place = (place + 1) % self.keys.len();
        }
        place
    }

    /// Whether the filter lets `key` pass.
    #[inline(always)]
    fn passes(&self, key: u32) -> bool {
        let bit = (key >> (32 - BITS)) as usize;
        self.filter[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// The spots of `span`, and the parts of phrases that may end in it.
    pub(in crate::injection) fn parts(&self, text: &[u8], span: Range<usize>, spots: &mut Spots) -> Parts {
        let (mut seen, mut parts, start) = (Seen::default(), Parts::default(), span.start);
        walk(text, span, |token| parts |= self.look(&mut seen, token, start, spots));
        parts
    }

    /// Keeps `token` if signs are known by it and it does not begin before `start`. Returns the parts of phrases that
    /// may end there.
    #[inline(always)]
    pub(super) fn look(&self, seen: &mut Seen, token: Token, start: usize, spots: &mut Spots) -> Parts {
        let keys = [token.key, pair(seen.last, token.key)];
        // one branch for both, as nearly all tokens take the same
        let passes = self.passes(keys[0]) | self.passes(keys[1]);
        seen.last = token.key;
        // arithmetic, for branches would be guessed wrong
        let letter = token.word & (token.len == 1) & (token.key != DIGIT);
        // one mark between: i-g-n-o-r-e
        let joins = !token.word & !seen.marked;
        seen.lone = seen.lone.saturating_add(u8::from(letter)) * u8::from(letter | joins);
        seen.marked = !letter & (joins | seen.marked);
        let long = token.word & (token.len >= ENCODED);
        let spaced = letter & (seen.lone >= SPACED);
        if !(passes | long | spaced) || token.start < start {
            return Parts::default();
        }
        let [alone, pair] = keys.map(|key| self.keys[self.place(key)].1);
        let hidden = match (long, spaced) {
            (true, _) => Group::LONG,
            (_, true) => Group::SPACED,
            _ => Group::NONE,
        };
        let mut parts = Parts::default();
        for group in [alone, pair, hidden] {
            spots.push(token.start - start, group);
            parts |= self.shared[usize::from(group.0)].parts;
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(opening: &Opening, text: &str) -> bool {
        opening.parts(text.as_bytes(), 0..text.len(), &mut Spots::default()).can_tell()
    }

    #[test]
    fn signs_open_wherever_they_stand_and_little_else_does() {
        let mut opening = Opening::new();
        let signs = [("system prompt", (true, true)), ("](http", (false, false)), ("指令", (true, true))];
        for (number, (sign, whole)) in signs.into_iter().enumerate() {
            opening.add(number, sign.as_bytes(), whole, Parts::WHOLE);
        }
        for text in [
            "your System  Prompt is",
            "![x](https://a.test)",
            "忽略指令",
            "i g n o r e it",
            "aWdub3JlIGFsbCBwcmV2aW91cw==",
        ] {
            assert!(opens(&opening, text), "{text}");
        }
        for text in ["the system was slow", "a prompt answer", "我们明天见", "a b c"] {
            assert!(!opens(&opening, text), "{text}");
        }
    }
}
