//! Knows which tokens can be part of a sign, so that the automaton over all signs runs only where one can be.
//! Built from the signs themselves; asked for every token by `worth`.
//! Invariant: where a sign stands whole, some token of it opens.

use super::super::Sign;
use super::super::slots::Slot;
use super::tokens::{DIGIT, Token, walk};
use std::ops::{BitOr, BitOrAssign, Range};

/// Bits of the filter, few enough to stay in a core's first cache.
const BITS: u32 = 17;
/// The same of the table of keys, which are some thousands.
const PLACES: u32 = 15;
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

/// Tokens, alone and in pairs, that signs are known by.
pub(crate) struct Opening {
    /// Lets nearly all tokens pass at once…
    filter: Vec<u64>,
    /// …and these decide about the rest: each key lies at the place its bits tell, or in the next free one.
    keys: Vec<u32>,
    /// What the token or pair at the same place of `keys` is part of.
    parts: Vec<Parts>,
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
        Opening {
            filter: vec![0; 1 << (BITS - 6)],
            keys: vec![0; 1 << PLACES],
            parts: vec![Parts::default(); 1 << PLACES],
        }
    }

    /// Takes a sign. `whole` says at which ends its words are whole ones: another sort of word could go on.
    pub(crate) fn add(&mut self, sign: &[u8], whole: (bool, bool), parts: Parts) {
        if parts == Parts::default() {
            return;
        }
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
        let key = match kept {
            [] => return,
            [only] => only.key,
            more => {
                // the pair with the longest word says most
                let size =
                    |at: usize| more.get(at + 1).map_or(sign.len(), |next| next.start) - more[at].start;
                let at = (0..more.len() - 1).max_by_key(|&at| size(at) + size(at + 1)).unwrap_or(0);
                pair(more[at].key, more[at + 1].key)
            }
        };
        let bit = (key >> (32 - BITS)) as usize;
        self.filter[bit / 64] |= 1 << (bit % 64);
        let place = self.place(key);
        self.keys[place] = key;
        self.parts[place] |= parts;
    }

    /// Where `key` lies, or would.
    fn place(&self, key: u32) -> usize {
        let mut place = (key >> (32 - PLACES)) as usize;
        while self.keys[place] != key && self.keys[place] != 0 {
            place = (place + 1) % self.keys.len();
        }
        place
    }

    #[inline(always)]
    fn of(&self, key: u32) -> Parts {
        let bit = (key >> (32 - BITS)) as usize;
        if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
            return Parts::default();
        }
        let place = self.place(key);
        if self.keys[place] == key { self.parts[place] } else { Parts::default() }
    }

    /// The parts of phrases that may end in `span`.
    pub(in crate::injection) fn parts(&self, text: &[u8], span: Range<usize>) -> Parts {
        let (mut seen, mut parts, start) = (Seen::default(), Parts::default(), span.start);
        walk(text, span, |token| {
            let own = self.opens(&mut seen, token);
            parts |= if token.start < start { Parts::default() } else { own };
        });
        parts
    }

    /// The parts of phrases that may end with `token`.
    #[inline(always)]
    pub(super) fn opens(&self, seen: &mut Seen, token: Token) -> Parts {
        let known = self.of(token.key) | self.of(pair(seen.last, token.key));
        seen.last = token.key;
        // arithmetic, for branches would be guessed wrong
        let letter = token.word & (token.len == 1) & (token.key != DIGIT);
        // one mark between: i-g-n-o-r-e
        let joins = !token.word & !seen.marked;
        seen.lone = seen.lone.saturating_add(u8::from(letter)) * u8::from(letter | joins);
        seen.marked = !letter & (joins | seen.marked);
        let hidden = (token.word & (token.len >= ENCODED)) | (seen.lone >= SPACED);
        known | if hidden { Parts::WHOLE } else { Parts::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(opening: &Opening, text: &str) -> bool {
        let (mut seen, mut any) = (Seen::default(), false);
        walk(text.as_bytes(), 0..text.len(), |token| any |= opening.opens(&mut seen, token).can_tell());
        any
    }

    #[test]
    fn signs_open_wherever_they_stand_and_little_else_does() {
        let mut opening = Opening::new();
        for (sign, whole) in
            [("system prompt", (true, true)), ("](http", (false, false)), ("指令", (true, true))]
        {
            opening.add(sign.as_bytes(), whole, Parts::WHOLE);
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
