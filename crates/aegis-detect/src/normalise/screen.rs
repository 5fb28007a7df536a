//! Looks over a text, 64 bytes at a time, for the places where disguises can begin, so that the stages pass over the
//! rest: of most texts, all of it.
//! Made before each stage. Invariant: no disguise of a character and no escape stands before the place that is told for
//! the first; a token is known by a place of its kind; a place costs its reader a closer look and nothing else.

use super::{characters, escapes};
use crate::vectors::{Bytes, Vectors, Words, Work, with_widest};
use std::sync::LazyLock;

/// Bytes that share a record.
const BLOCK: usize = crate::vectors::BLOCK;

/// What tokens are known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A blank from which on blanks and other characters take turns.
    Spaced,
    /// A digit beside what looks like one.
    Alike,
    /// A letter of ASCII beside one of the scripts that have letters like it.
    Mixed,
    /// The fifteenth letter or digit in a row, or a later one.
    Dense,
    /// Something that addresses written out have.
    Clue,
}

impl Kind {
    /// How far behind its place a kind is seen.
    const BEHIND: [usize; KINDS] = [4, 1, 1, 0, 0];
}

const KINDS: usize = 5;

/// The places of a block, one bit a byte and kind, each as far behind as its kind is seen.
#[derive(Debug, Clone, Copy, Default)]
struct Marked {
    at: usize,
    places: [u64; KINDS],
}

/// Marked blocks that need no memory: as many as a token decoded has.
const FEW: usize = 8;

/// The places of a text. Kept from one text to the next for its memory.
#[derive(Debug, Default)]
pub(crate) struct Screen {
    few: [Marked; FEW],
    used: usize,
    many: Vec<Marked>,
    /// Before this block all have been noted.
    noted: usize,
}

/// Bytes before a change that may have to be looked at anew for it: more than any escape or clue has.
const REACH: usize = 4 * BLOCK;

/// What stands in a text.
pub(super) enum Seen<'s> {
    /// A character in disguise, the first at this place.
    Character(usize),
    /// An escape, or what may become one, the first at this place; and no character in disguise, if that was asked.
    Escape(usize),
    /// None of those.
    Marks(Marks<'s>),
}

/// What a text is asked for beside tokens.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) characters: bool,
    pub(super) escapes: bool,
    /// Nothing follows the text.
    pub(super) ends: bool,
}

impl Screen {
    /// Looks over `text`, which is the one looked over last up to where it has `changed`, and asked no more than that was.
    pub(super) fn look(&mut self, text: &str, asked: Asked, changed: usize) -> Seen<'_> {
        let from = self.noted.min(changed.saturating_sub(REACH) / BLOCK * BLOCK);
        let known = |marked: &[Marked]| marked.partition_point(|marked| marked.at < from);
        self.used = known(&self.few[..self.used]);
        self.many.truncate(known(&self.many));
        match with_widest(Look { text, asked, from, screen: self }) {
            First::Character(at) => Seen::Character(at),
            First::Escape(at) => Seen::Escape(at),
            First::None => Seen::Marks(Marks { few: &self.few[..self.used], many: &self.many }),
        }
    }

    fn push(&mut self, marked: Marked) {
        if let Some(room) = self.few.get_mut(self.used) {
            *room = marked;
            self.used += 1;
        } else {
            self.many.push(marked);
        }
    }
}

/// The places of tokens in a text.
#[derive(Clone, Copy)]
pub(super) struct Marks<'s> {
    few: &'s [Marked],
    many: &'s [Marked],
}

impl<'s> Marks<'s> {
    /// There is no place of any kind.
    pub(super) fn is_empty(self) -> bool {
        self.few.is_empty()
    }

    /// A walk over the places of this kind.
    pub(super) fn of(self, kind: Kind) -> Walk<'s> {
        Walk { blocks: self.few, more: self.many, kind }
    }
}

/// A walk over the places of a kind.
pub(super) struct Walk<'s> {
    blocks: &'s [Marked],
    more: &'s [Marked],
    kind: Kind,
}

impl Walk<'_> {
    /// The first place from `from` on, which is not less than it was the last time.
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        let back = Kind::BEHIND[self.kind as usize];
        loop {
            while let Some((block, rest)) = self.blocks.split_first() {
                let behind = (from + back).saturating_sub(block.at);
                let places = block.places[self.kind as usize];
                let places = if behind < BLOCK { places >> behind << behind } else { 0 };
                if places != 0 {
                    return Some(block.at + places.trailing_zeros() as usize - back);
                }
                self.blocks = rest;
            }
            if self.more.is_empty() {
                return None;
            }
            self.blocks = std::mem::take(&mut self.more);
        }
    }
}

/// What every address written out has somewhere, if not an `@` with a blank or bracket beside it.
const CLUES: &[&str] = &[
    "dot", "Dot", "DOT", "at)", "At)", "AT)", "at]", "At]", "AT]", "at}", "AT}", "at>", "AT>", "(.)", "[.]",
    "{.}", "rrob", "RROB", "robas", "ROBAS", "unto", "UNTO", "unkt", "UNKT",
];
static WORDS: LazyLock<Words<3>> = LazyLock::new(|| Words::new(CLUES));

/// Looks over a text.
struct Look<'a> {
    text: &'a str,
    asked: Asked,
    /// Where to begin: with a block.
    from: usize,
    screen: &'a mut Screen,
}

/// What the first stages have to do with a text, if anything.
enum First {
    None,
    Character(usize),
    Escape(usize),
}

impl Work for Look<'_> {
    type Output = First;

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) -> First {
        let Look { text, asked, from, screen } = self;
        let bytes = text.as_bytes();
        let words = &*WORDS;
        let mut word = if V::WIDE { None } else { words.find(bytes, from..bytes.len()) };
        let mut first = First::None;
        let mut last = [0; 2 * BLOCK];
        let mut before = Bits::default();
        if let Some(block) = bytes[..from].last_chunk() {
            let block = vectors.load(block);
            before = Bits::of(block, block.high(), &before);
        }
        screen.noted = bytes.len();
        for at in (from..bytes.len()).step_by(BLOCK) {
            let rest = &bytes[at..];
            // the bytes after the block, for words that begin in it
            let part = rest.first_chunk().unwrap_or_else(|| {
                last = [0; 2 * BLOCK];
                last[..rest.len()].copy_from_slice(rest);
                &last
            });
            let Some(block) = part.first_chunk() else { break };
            let block = vectors.load(block);
            let high = block.high();
            if high != 0
                && asked.characters
                && let Some(place) = places(foreign(block)).find(|n| characters::stands_at(text, at + n))
            {
                screen.noted = screen.noted.min(at);
                return First::Character(at + place);
            }
            if matches!(first, First::Escape(_)) {
                continue;
            }
            if asked.escapes
                && let escapes = block.any([b'&', b'%', b'\\'])
                && escapes != 0
                && let Some(place) =
                    places(escapes).find(|n| escapes::stands_at(&bytes[at + n..], asked.ends))
            {
                first = First::Escape(at + place);
                screen.noted = at;
                if !asked.characters {
                    return first;
                }
                continue;
            }
            let mut clues = 0;
            if V::WIDE {
                for place in places(words.may_begin(vectors, part)) {
                    clues |= u64::from(words.at(bytes, at + place).is_some()) << place;
                }
            } else {
                while let Some(place) = word.as_ref().map(|found| found.start - at).filter(|n| *n < BLOCK) {
                    clues |= 1 << place;
                    word = words.find(bytes, at + place + 1..bytes.len());
                }
            }
            for place in places(block.any([b'@'])) {
                clues |= u64::from(is_apart(bytes, at + place)) << place;
            }
            let here = Bits::of(block, high, &before);
            let [spaced, alike, mixed, dense] = here.tokens(&before);
            if spaced | alike | mixed | dense | clues != 0 {
                screen.push(Marked { at, places: [spaced, alike, mixed, dense, clues] });
            }
            before = here;
        }
        first
    }
}

/// Where `bits` stand.
#[inline(always)]
fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
}

/// First bytes of the characters that may stand for another one, or for nothing.
#[inline(always)]
fn foreign(block: impl Bytes) -> u64 {
    block.range(0xE0, 4) | block.range(0xF0, 4) | block.any([0xC2, 0xCC, 0xCD, 0xD8, 0xD9, 0xDB, 0xDF, 0xEF])
}

/// A blank or bracket stands beside the `@` at `at`.
fn is_apart(text: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    matches!(before, Some(b' ' | b'(' | b'[' | b'{' | b'<')) || text.get(at + 1) == Some(&b' ')
}

/// Where a block has what, one bit a byte.
#[derive(Default, Clone, Copy)]
struct Bits {
    digit: u64,
    letter: u64,
    space: u64,
    /// Blanks behind another character.
    turn: u64,
    /// What looks like a digit, and whatever is outside ASCII.
    alike: u64,
    /// First bytes of letters like those of ASCII.
    lead: u64,
    /// Where two, four and eight letters and digits in a row end.
    runs: [u64; 3],
    /// Where fifteen do.
    dense: u64,
}

/// The bits `by` bytes back, of a block and the one before.
#[inline(always)]
fn back(here: u64, before: u64, by: u32) -> u64 {
    here << by | before >> (64 - by)
}

impl Bits {
    #[inline(always)]
    fn of(block: impl Bytes, high: u64, before: &Bits) -> Self {
        let (digit, letter) = (block.range(b'0', 10), block.letters());
        let space = block.any([b' ']);
        let either = digit | letter;
        let two = either & back(either, before.digit | before.letter, 1);
        let four = two & back(two, before.runs[0], 2);
        let eight = four & back(four, before.runs[1], 4);
        Bits {
            digit,
            letter,
            space,
            turn: space & !back(space, before.space, 1),
            alike: block.any([b'o', b'O', b'l', b'I', b'|', b'S', b'B']) | high,
            lead: match high {
                0 => 0,
                _ => block.range(0xCE, 9) | block.any([0xC6, 0xC7, 0xC9, 0xCA]),
            },
            runs: [two, four, eight],
            dense: eight & back(eight, before.runs[2], 7),
        }
    }

    /// Where tokens of the first kinds are seen in this block, the one after `before`.
    #[inline(always)]
    fn tokens(&self, before: &Bits) -> [u64; 4] {
        // two in a row that are one or the other, of which one is a digit
        let either = self.digit | self.alike;
        let pair = either & back(either, before.digit | before.alike, 1);
        let alike = pair & (self.digit ^ back(self.digit, before.digit, 1));
        // twice a blank behind another character, and a blank before them
        let turn = self.turn & back(self.turn, before.turn, 2);
        let spaced = if turn == 0 { 0 } else { turn & back(self.space, before.space, 4) };
        let mixed = match self.lead | before.lead {
            0 => 0,
            _ => {
                self.lead & back(self.letter, before.letter, 1)
                    | self.letter & back(self.lead, before.lead, 2)
            }
        };
        [spaced, alike, mixed, self.dense]
    }
}

#[cfg(test)]
mod tests {
    use super::super::characters::plain;
    use super::*;
    use proptest::prelude::*;

    /// Whether `kind` is marked at `at`, asked of one place after the other.
    fn is_place(text: &[u8], at: usize, kind: Kind) -> bool {
        let byte = |at: usize| text.get(at).copied().unwrap_or(0);
        let digit = |at: usize| byte(at).is_ascii_digit();
        let letter = |at: usize| byte(at).is_ascii_alphabetic();
        let alike = |at: usize| matches!(byte(at), b'o' | b'O' | b'l' | b'I' | b'|' | b'S' | b'B' | 0x80..);
        let lead = |at: usize| matches!(byte(at), 0xC6 | 0xC7 | 0xC9 | 0xCA | 0xCE..=0xD6);
        match kind {
            Kind::Spaced => (0..5).all(|n| (byte(at + n) == b' ') == (n % 2 == 0)),
            Kind::Alike => digit(at) && alike(at + 1) || alike(at) && digit(at + 1),
            Kind::Dense => at >= 14 && (at - 14..=at).all(|at| byte(at).is_ascii_alphanumeric()),
            Kind::Mixed => letter(at) && lead(at + 1) || at > 0 && lead(at - 1) && letter(at + 1),
            Kind::Clue => {
                CLUES.iter().any(|clue| text[at..].starts_with(clue.as_bytes()))
                    || byte(at) == b'@' && is_apart(text, at)
            }
        }
    }

    const ALL: [Kind; KINDS] = [Kind::Spaced, Kind::Alike, Kind::Mixed, Kind::Dense, Kind::Clue];
    /// Beside tokens nothing.
    const ALONE: Asked = Asked { characters: false, escapes: false, ends: true };

    fn check(screen: &mut Screen, text: &str, changed: usize) {
        let Seen::Marks(marks) = screen.look(text, ALONE, changed) else { panic!("nothing else was asked") };
        let text = text.as_bytes();
        for kind in ALL {
            let plainly: Vec<usize> = (0..text.len()).filter(|at| is_place(text, *at, kind)).collect();
            let mut walk = marks.of(kind);
            let mut from = 0;
            let places: Vec<usize> = std::iter::from_fn(|| {
                let place = walk.next(from)?;
                from = place + 1;
                Some(place)
            })
            .collect();
            assert_eq!(places, plainly, "{kind:?} of {:?}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn every_character_is_known_for_what_it_is() {
        let mut screen = Screen::default();
        for c in ('\0'..='\u{7ff}').filter(|c| *c < '\u{a0}' || *c > '\u{17f}') {
            // at an edge of a block and amid one
            for at in [20, 60, 61, 62, 63, 64] {
                for beside in ['7', 'x', '@', ' '] {
                    let dots = ".".repeat(at);
                    check(&mut screen, &format!("{dots}{c}{beside}...."), 0);
                    check(&mut screen, &format!("{dots}{beside}{c}"), 0);
                    check(&mut screen, &format!("{dots}xxxxxxxxx{c}xxxxxxxxxxxxxx{beside}..."), 0);
                }
            }
        }
    }

    #[test]
    fn the_first_disguise_is_found_wherever_it_stands() {
        let asked = Asked { characters: true, escapes: true, ends: true };
        let mut screen = Screen::default();
        for c in ('\u{80}'..=char::MAX).filter(|c| plain(*c).is_some()) {
            for at in [0, 61, 62, 63, 64, 130] {
                if at != 62 && !(c as usize).is_multiple_of(16) {
                    continue;
                }
                let text = format!("{}{c}&#64;{c}", "ä".repeat(at / 2) + &"’".repeat(at % 2));
                let before = text.find(c);
                let Seen::Character(found) = screen.look(&text, asked, 0) else { panic!("{text:?}") };
                assert_eq!(Some(found), before, "{text:?}");
            }
        }
        for at in [0, 61, 62, 63, 64, 130] {
            let text = format!("{}&#64; %41", "&".repeat(at));
            let seen = screen.look(&text, asked, 0);
            assert!(matches!(seen, Seen::Escape(found) if found == at), "{text:?}");
            let open = "&".repeat(at + 1);
            assert!(matches!(screen.look(&open, asked, 0), Seen::Marks(_)));
            let seen = screen.look(&open, Asked { ends: false, ..asked }, 0);
            assert!(matches!(seen, Seen::Escape(found) if found == at), "{open:?}");
        }
    }

    proptest! {
        #[test]
        fn places_are_marked_as_their_bytes_say(
            runs in prop::collection::vec((prop::sample::select(vec![" ", " ", "a", "x", "o", "1", "S", "|", "é", "."]), 1..18usize), 0..120),
            pairs in prop::collection::vec(prop::sample::select(" a1oI.@\\dotDa)uоα".chars().collect::<Vec<_>>()), 0..200),
            clues in prop::collection::vec((prop::sample::select(CLUES), 0..70usize), 0..8),
            // more blocks than need no memory, or few
            long in any::<bool>(),
        ) {
            let mut text = "Nothing. ".repeat(if long { FEW * BLOCK / 8 } else { 0 });
            text.extend(pairs);
            runs.iter().for_each(|(part, times)| text += &part.repeat(*times));
            for (clue, before) in clues {
                text += &"-".repeat(before);
                text += clue;
            }
            let mut screen = Screen::default();
            check(&mut screen, &text, 0);
            // what was known of another text does not matter
            let rest: String = text.chars().skip(text.len() / 3).collect();
            check(&mut screen, &rest, 0);
            check(&mut screen, &text, 0);
        }

        #[test]
        fn a_text_that_has_changed_is_looked_over_from_there_on(
            parts in prop::collection::vec((prop::sample::select(PARTS), 0..20usize), 9..60),
            // near the edge of a block
            (block, cut) in (1..12usize, 0..6usize),
            first in prop::sample::select(vec!["&#64;", "\u{200b}", "%41 … \u{200b}"]),
        ) {
            let text: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
            let mut cut = text.len().min(block * BLOCK + cut);
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            let (head, tail) = text.split_at(cut);
            let mut screen = Screen::default();
            screen.look(&format!("{head}{first}{tail}"), Asked { characters: true, escapes: true, ends: true }, 0);
            check(&mut screen, &text, cut);
        }
    }

    /// What texts are made of that have no disguise of a character and no escape.
    const PARTS: &[&str] = &[
        " ",
        "a",
        "1 2 3",
        "l0",
        "word ",
        "оa",
        " (dot) ",
        "jane @ x",
        "dGhlIG51bWJlciBpcyAoNzAyKSA5",
        "- ",
    ];
}
