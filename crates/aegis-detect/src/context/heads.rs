//! Tells by the letters it begins with whether a word of the vocabulary may begin at a place: most words of a text are none.
//! Built and asked by the lexicon. Invariant: no word is turned away.

use crate::bits::Sieve;
use crate::vectors::{BLOCK, Bytes, HEAD, Vectors, block_at};

/// What words begin with: the Latin letters up to the first other sign, eight at most, or two bytes of a letter of another
/// script. Each is one number, its key; that of letters which more must follow has the letter behind the sign,
/// that of another script six bytes.
#[derive(Default)]
pub(super) struct Heads(Sieve<HASHED>);

/// Numbers of a set of hashes.
const HASHED: usize = 2048;

/// Places of a block of which all letters that count are at hand.
const PLACES: usize = BLOCK - HEAD;

/// The same byte eight times.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; HEAD])
}

/// The first bytes of a word, filled up with zeros.
pub(super) fn head_of(word: &[u8]) -> u64 {
    word.iter().take(HEAD).rev().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// All bits of the first `len` bytes.
pub(super) const fn first(len: usize) -> u64 {
    if len == 0 { 0 } else { u64::MAX >> (64 - 8 * len) }
}

/// What counts in a head with so many Latin letters: they, or two bytes if there are none.
static OWN: [u64; HEAD + 1] = {
    let (mut masks, mut letters) = ([first(2); HEAD + 1], 1);
    while letters <= HEAD {
        masks[letters] = first(letters);
        letters += 1;
    }
    masks
};

/// Bytes of a word of another script that most others do not share.
pub(super) const FOREIGN: usize = 6;

/// The same where more must follow: the byte behind the sign, too, if it is at hand.
static PHRASE: [u64; HEAD + 1] = {
    let (mut masks, mut letters) = ([0; HEAD + 1], 1);
    masks[0] = first(FOREIGN);
    while letters + 1 < HEAD {
        masks[letters] = first(letters) | 0xFF << (8 * (letters + 1));
        letters += 1;
    }
    masks
};

/// A word is known by what goes on behind its Latin letters. What stands for a blank is another byte in the text.
pub(super) fn goes_on(word: &[u8]) -> bool {
    match letters_of(word) {
        0 => word.first_chunk::<FOREIGN>().is_some_and(|head| !head.contains(&b' ')),
        letters => PHRASE[letters.min(HEAD)] != 0 && word.get(letters + 1).is_some_and(|next| *next != b' '),
    }
}

/// The key of what has so many Latin letters at its head.
#[inline(always)]
pub(super) fn key(head: u64, letters: usize) -> u64 {
    (head | each(0x20)) & OWN[letters.min(HEAD)]
}

/// The same where more must follow.
#[inline(always)]
fn phrase_key(head: u64, letters: usize) -> u64 {
    (head | each(0x20)) & PHRASE[letters.min(HEAD)] ^ 0x5A << 56
}

/// The hash of a key: its highest bits are mixed best.
#[inline(always)]
fn mixed(key: u64) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The highest bits of the hash of a key: as many as are asked for.
#[inline(always)]
pub(super) fn hash(key: u64, bits: u32) -> usize {
    (mixed(key) >> (64 - bits)) as usize
}

/// How many Latin letters a word begins with.
pub(super) fn letters_of(word: &[u8]) -> usize {
    word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// How many Latin letters a word at `head` can begin with, the bytes there, one bit each: all that stand there, one less
/// before the `s` of a plural, those before a capital that follows a small letter.
#[inline(always)]
pub(super) fn letters_at(head: u64) -> u32 {
    let small = (head | each(0x20)) & each(0x7F);
    let letters = (small + each(0x1F)) & !(small + each(0x05)) & !head & each(0x80);
    let others = !letters & each(0x80);
    let most = others.trailing_zeros() as usize / 8;
    let capitals = letters & (!head & each(0x20)) << 2;
    let parted = capitals & (letters & !capitals) << 8 & (others & others.wrapping_neg()).wrapping_sub(1);
    let plural = most > 1 && (small >> (8 * (most - 1))) as u8 == b's';
    let mut counts = 1 << most | u32::from(plural) << (most - usize::from(plural));
    let mut parted = parted;
    while parted != 0 {
        counts |= 1 << (parted.trailing_zeros() / 8);
        parted &= parted - 1;
    }
    counts
}

impl Heads {
    /// Adds a word in small letters. None begins with a digit: numbers stand wherever values do.
    pub(super) fn add(&mut self, word: &[u8]) {
        assert!(!word[0].is_ascii_digit(), "a word begins with a digit: {}", word.escape_ascii());
        let letters = letters_of(word);
        let mut add = |key| self.0.add(mixed(key));
        if letters == word.len() {
            add(key(head_of(&[word, b"s"].concat()), letters + 1));
        }
        add(if goes_on(word) { phrase_key(head_of(word), letters) } else { key(head_of(word), letters) });
    }

    /// The places of `text` from `at` on where a word may begin: as many bytes are looked at as there is room for, none
    /// from `end` on.
    #[inline(always)]
    pub(super) fn openings<V: Vectors>(&self, vectors: V, text: &[u8], at: usize, end: usize) -> Openings {
        let room;
        let block: &[u8; BLOCK] = match text[at..].first_chunk() {
            Some(block) => block,
            None => {
                room = block_at(text, at);
                &room
            }
        };
        let len = PLACES.min(end - at);
        let before = if at > 0 { text[at - 1] } else { 0 };
        let bytes = vectors.load(block);
        let (letters, capitals) = (bytes.letters(), bytes.range(b'A', 26));
        let small = letters & !capitals;
        let parted = capitals & (small << 1 | u64::from(before.is_ascii_lowercase()));
        let after_letter = letters << 1 | u64::from(before.is_ascii_alphabetic());
        let starts = parted | letters & !after_letter | bytes.range(0xC0, 0x40);
        let starts = starts & ((1 << len) - 1);
        // where a capital parts the letters any number of them can be a word
        let mut near = parted >> 1;
        for shift in [1, 2, 4] {
            near |= near >> shift;
        }
        let mut openings = Openings { at, len, plain: starts & near, phrases: starts & near };
        let mut whole = starts & !near;
        while whole != 0 {
            let place = whole.trailing_zeros() as usize;
            whole &= whole - 1;
            let head = u64::from_le_bytes(block[place.min(PLACES)..].as_chunks().0[0]);
            let letters = (!letters >> place).trailing_zeros() as usize;
            let keys = [key(head, letters), phrase_key(head, letters)];
            let [own, phrase] = keys.map(|key| self.0.may_have(mixed(key)));
            openings.plain |= u64::from(own) << place;
            openings.phrases |= u64::from(phrase) << place;
        }
        openings
    }
}

/// Where words may begin in a part of a text, one bit each.
pub(super) struct Openings {
    /// Where the part begins, and how many bytes it has.
    at: usize,
    pub(super) len: usize,
    /// Words known by their letters alone.
    plain: u64,
    /// Words known by what goes on behind their letters.
    phrases: u64,
}

/// A place where a word may begin.
#[derive(Clone, Copy)]
pub(super) struct Opening {
    pub(super) at: usize,
    /// It may be known by its letters alone; by what goes on behind them.
    pub(super) plain: bool,
    pub(super) phrase: bool,
}

impl Iterator for Openings {
    type Item = Opening;

    #[inline(always)]
    fn next(&mut self) -> Option<Opening> {
        let all = self.plain | self.phrases;
        let first = all & all.wrapping_neg();
        let (plain, phrase) = (self.plain & first != 0, self.phrases & first != 0);
        self.plain &= !first;
        self.phrases &= !first;
        (first != 0).then(|| Opening { at: self.at + first.trailing_zeros() as usize, plain, phrase })
    }
}

/// Eight bytes as words have them: small letters, and a blank for what may stand for one.
#[inline(always)]
pub(super) fn folded_all(bytes: u64) -> u64 {
    let low = bytes & each(0x7F);
    // the high bit of each that is a capital, and of each that stands for a blank
    let capital = (low + each(0x3F)) & !(low + each(0x25)) & !bytes & each(0x80);
    let is_not = |byte: u8| (low ^ each(byte)) + each(0x7F);
    let blank = !(is_not(b'_') & is_not(b'-')) & !bytes & each(0x80);
    let blanks = (blank >> 7) * 0xFF;
    (bytes | capital >> 2) & !blanks | blanks & each(b' ')
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::{ends_word, plural_end};
    use super::*;
    use crate::detectors;
    use crate::vectors::{Work, with_widest};
    use std::collections::BTreeSet;

    struct Ask<'a>(&'a Heads, &'a [u8], usize);

    impl Work for Ask<'_> {
        type Output = bool;

        #[inline(always)]
        fn run<V: Vectors>(self, vectors: V) -> bool {
            let Ask(heads, text, at) = self;
            heads.openings(vectors, text, at, text.len()).next().is_some_and(|first| first.at == at)
        }
    }

    fn may_begin(heads: &Heads, text: &[u8]) -> bool {
        with_widest(Ask(heads, text, 0))
    }

    fn heads<'w>(words: impl Iterator<Item = &'w String>) -> Heads {
        let mut heads = Heads::default();
        for word in words {
            heads.add(word.as_bytes());
        }
        heads
    }

    /// The words that detectors name values by, as the vocabulary knows them.
    fn words() -> BTreeSet<String> {
        let lists = detectors::ALL.iter().flat_map(|detector| [detector.labels, detector.hints]);
        let words = lists.flat_map(|list| list.split(',')).map(|word| word.trim().to_lowercase());
        words.filter(|word| !word.is_empty()).map(|word| word.replace(['-', '_'], " ")).collect()
    }

    /// The word in small letters and capitals, with each sign that can stand for its blanks.
    fn written(word: &str) -> Vec<String> {
        let mut capital = word.to_owned();
        if let Some(first) = capital.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let cases = [word.to_owned(), word.to_ascii_uppercase(), capital];
        cases.iter().flat_map(|word| [" ", "-", "_"].map(|sign| word.replace(' ', sign))).collect()
    }

    #[test]
    fn no_word_is_turned_away_whatever_follows_it() {
        let words = words();
        let known = heads(words.iter());
        assert!(words.len() > 300, "{}", words.len());
        for written in words.iter().flat_map(|word| written(word)) {
            assert!(may_begin(&known, written.as_bytes()), "{written} at the end");
            for next in 0..=u8::MAX {
                for further in [b' ', b'x', b'Q', b'7', 0xD0] {
                    let text = [written.as_bytes(), &[next, further], b"rest of it"].concat();
                    let ends = ends_word(&text, plural_end(&text, written.len()));
                    assert!(!ends || may_begin(&known, &text), "{written} before {next}, {further}");
                }
            }
        }
    }

    #[test]
    fn each_head_stands_for_its_own_word_alone() {
        let (word, others) =
            ("date of birth".to_owned(), ["dated", "data of", "dat.e", "dose", "late", "da"]);
        let known = heads([&word].into_iter());
        for text in ["date of birth", "DATE_OF_BIRTH", "Date-of birth", "date of"] {
            assert!(may_begin(&known, text.as_bytes()), "{text}");
        }
        for text in others {
            assert!(!may_begin(&known, text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn most_words_of_a_text_are_turned_away() {
        let words = words();
        let known = heads(words.iter());
        let text = "Nobody objected to the new opening hours, although two members asked that the side door stay \
                    locked after dark; we agreed to paint the hall before winter and to ask three firms for offers";
        let (count, passed) = text.split_inclusive(' ').fold((0, 0), |(count, passed), word| {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            (count + 1, passed + usize::from(may_begin(&known, &text.as_bytes()[at..])))
        });
        assert!(passed * 5 < count, "{passed} of {count}");
    }
}
