//! Every word with a role: the detectors' labels and hints and the shared lists.
//! Built once per scanner. Words are found whole, in keys too: `clientIp`, `date_of_birth`, `SSNs`.

use super::Roles;
use super::counters;
use super::heads::{Heads, Opening, hash, head_of, key};
use super::lexicon::Lexicon;
use super::tails::Tails;
use super::words::{
    ANAPHORS, CLINICAL, CONJUNCTIONS, COPULAS, COUNTERS, GLUE, IDS, MARKERS, NEUTRAL, NUMBERS, OTHER_DATES,
    SPEAKERS, VERSIONS,
};
use crate::vectors::{HEAD, Vectors, Work, with_widest};
use crate::word_list::small;
use crate::{detectors, work};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// What is known and to which nothing else is added: its hash need not withstand anybody.
pub(super) type Known<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;
/// Small words.
type Words = HashSet<&'static str, BuildHasherDefault<Fnv>>;

/// Fowler, Noll and Vo's hash (FNV-1a).
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}

pub(crate) struct Vocabulary {
    /// The words.
    lexicon: Lexicon,
    /// Tells most values from those that may have a label at once.
    pub(super) tails: Tails,
    glue: Words,
    /// Those of Latin letters alone, eight at most, by their hashes.
    latin_glue: Box<[u64; LATIN_GLUE]>,
    conjunctions: Words,
    copulas: Words,
    anaphors: Words,
    markers: Words,
    numbers: Words,
}

/// The words of a list.
fn split(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// The ways to set a small `word` in capitals that differ in letters outside ASCII: the case of the others does not
/// matter. `Дата рождения`, `Дата Рождения`, `ДАТА РОЖДЕНИЯ`.
fn in_capitals(word: &str) -> Vec<String> {
    if word.is_ascii() {
        return Vec::new();
    }
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
    };
    let title = word.split(' ').map(capital).collect::<Vec<_>>().join(" ");
    let mut set = vec![capital(word), title, word.to_uppercase()];
    set.iter_mut().for_each(|written| written.make_ascii_lowercase());
    set.retain(|written| written != word);
    set
}

impl Vocabulary {
    /// Gathers the words of all detectors and the shared ones.
    pub(crate) fn build() -> Self {
        let mut words: Known<String, Roles> = Known::default();
        let mut add = |list, roles| {
            for word in split(list) {
                let word = word.to_lowercase().replace(['-', '_'], " ");
                for word in in_capitals(&word).into_iter().chain([word]) {
                    *words.entry(word.replace(' ', "")).or_default() |= roles;
                    *words.entry(word).or_default() |= roles;
                }
            }
        };
        for (index, detector) in detectors::ALL.iter().enumerate() {
            add(detector.labels, Roles::label(index));
            add(detector.hints, Roles::label(index).hint());
        }
        for (list, roles) in [
            (COUNTERS, Roles::COUNTER),
            (counters::NUMBERS, Roles::COUNTER),
            (counters::VERSIONS, Roles::VERSION),
            (VERSIONS, Roles::VERSION),
            (OTHER_DATES, Roles::OTHER_DATE),
            (CLINICAL, Roles::CLINICAL),
            (IDS, Roles::ID),
            (NEUTRAL, Roles::NONE),
            (counters::MARKUP, Roles::NONE),
        ] {
            add(list, roles);
        }
        let known = words.iter().map(|(word, roles)| (word.as_str(), *roles));
        let farther = [COPULAS, MARKERS, SPEAKERS, NUMBERS].into_iter().flat_map(split);
        let tails = Tails::of(known, split(GLUE).chain(split(CONJUNCTIONS)), farther);
        Vocabulary {
            lexicon: Lexicon::of(words.iter()),
            tails,
            glue: split(GLUE).collect(),
            latin_glue: latin(split(GLUE)),
            conjunctions: split(CONJUNCTIONS).collect(),
            copulas: split(COPULAS).collect(),
            anaphors: split(ANAPHORS).collect(),
            markers: split(MARKERS).collect(),
            numbers: split(NUMBERS).collect(),
        }
    }

    /// Calls `hit` for each word in `text`, in order: the longest first, and none inside another.
    pub(crate) fn words(&self, text: &[u8], hit: impl FnMut(Range<usize>, Roles)) {
        work::done(text.len());
        with_widest(Finding { vocabulary: self, text, hit });
    }

    /// Tells where words may begin.
    #[inline(always)]
    pub(super) fn heads(&self) -> &Heads {
        &self.lexicon.heads
    }

    /// The longest word that begins at an opening, if one does: where it ends, and its roles.
    #[inline(never)]
    pub(super) fn word_at(&self, text: &[u8], opening: Opening) -> Option<(usize, Roles)> {
        let at = opening.at;
        if !starts_word(text, at) {
            return None;
        }
        // not a word that only ends there: `cc` in the beginning of `account`
        self.lexicon.longest(text, opening, |end| {
            let initial = is_initial(text, at..end);
            let end = plural_end(text, end);
            (ends_word(text, end) && !initial).then_some(end)
        })
    }

    /// The detectors that what begins where `text` ends may have a label or hint of, by the last words of it alone. It
    /// ends with so many digits at least, or is of several groups, and a list shares the label of its first member.
    pub(crate) fn owners(&self, text: &[u8], digits: usize, groups: bool) -> Roles {
        let lists = |word: &[u8]| std::str::from_utf8(word).is_ok_and(|word| self.is_conjunction(word));
        self.tails.owners(text, digits, groups, lists)
    }

    /// A label or hint may end as `text` does, with so many digits.
    pub(crate) fn may_end(&self, text: &[u8], digits: usize) -> bool {
        self.tails.may_end(text, digits)
    }

    /// `word` may stand between a label and its value.
    pub(super) fn is_glue(&self, word: &str) -> bool {
        is_in(&self.glue, word)
    }

    /// The same of a word of Latin letters.
    #[inline]
    pub(super) fn is_latin_glue(&self, word: &[u8]) -> bool {
        if word.len() > HEAD {
            return std::str::from_utf8(word).is_ok_and(|word| self.is_glue(word));
        }
        let key = key(head_of(word), word.len());
        let mut places = places(key).map(|place| self.latin_glue[place]).take_while(|held| *held != 0);
        places.any(|held| held == key)
    }

    /// `word` says what a value is whose name was said before.
    pub(super) fn is_copula(&self, word: &str) -> bool {
        is_in(&self.copulas, word)
    }

    /// `word` announces a number whose name was said in the sentence before.
    pub(super) fn is_number(&self, word: &str) -> bool {
        is_in(&self.numbers, word)
    }

    /// `word` names nothing itself.
    pub(super) fn is_anaphor(&self, word: &str) -> bool {
        is_in(&self.anaphors, word)
    }

    /// `word` tells one member of a pair from the other.
    pub(super) fn is_marker(&self, word: &str) -> bool {
        is_in(&self.markers, word)
    }

    /// `word` may stand between the members of a list.
    pub(super) fn is_conjunction(&self, word: &str) -> bool {
        self.conjunctions.contains(word)
    }
}

/// Places for small words of Latin letters, more than there are words.
const LATIN_GLUE: usize = 512;

/// Where a word is looked for, one place after the other.
fn places(key: u64) -> impl Iterator<Item = usize> {
    let first = hash(key, LATIN_GLUE.ilog2());
    (0..LATIN_GLUE).map(move |more| (first + more) % LATIN_GLUE)
}

/// Puts those of some words that are Latin letters alone where they are looked for.
fn latin(words: impl Iterator<Item = &'static str>) -> Box<[u64; LATIN_GLUE]> {
    let mut held = Box::new([0; LATIN_GLUE]);
    let is_short = |word: &&[u8]| word.len() <= HEAD && word.iter().all(u8::is_ascii_alphabetic);
    for word in words.map(str::as_bytes).filter(is_short) {
        let key = key(head_of(word), word.len());
        if let Some(free) = places(key).find(|place| held[*place] == 0) {
            held[free] = key;
        }
    }
    held
}

/// `words` has `word`, in whatever letters.
fn is_in(words: &Words, word: &str) -> bool {
    small(word, &mut [0; SMALL_WORD]).is_some_and(|word| words.contains(word))
}

/// Finds the words of a text.
struct Finding<'a, H> {
    vocabulary: &'a Vocabulary,
    text: &'a [u8],
    hit: H,
}

impl<H: FnMut(Range<usize>, Roles)> Work for Finding<'_, H> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vectors>(mut self, vectors: V) {
        let (mut at, mut free) = (0, 0);
        while at < self.text.len() {
            let openings = self.vocabulary.heads().openings(vectors, self.text, at, self.text.len());
            at += openings.len;
            for opening in openings {
                if opening.at >= free
                    && let Some((end, roles)) = self.vocabulary.word_at(self.text, opening)
                {
                    (self.hit)(opening.at..end, roles);
                    free = end;
                }
            }
        }
    }
}

/// Longest of the small words.
const SMALL_WORD: usize = 24;

/// Takes in the `s` of a plural.
pub(super) fn plural_end(text: &[u8], end: usize) -> usize {
    let plural = text.get(end).is_some_and(|byte| byte | 0x20 == b's');
    end + usize::from(plural && !text.get(end + 1).is_some_and(u8::is_ascii_alphabetic))
}

/// One letter and a full stop within something longer are no abbreviation: `c.b.Logger`, `room 394-B.`
fn is_initial(text: &[u8], word: Range<usize>) -> bool {
    let joined = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/'))
    };
    let short = word.len() == 2 && text[word.end - 1] == b'.';
    short
        && (joined(word.start.checked_sub(1).and_then(|before| text.get(before)))
            || text.get(word.end).is_some_and(u8::is_ascii_alphabetic))
}

/// Lead bytes of two-byte letters: Latin with marks, Greek, Cyrillic, Hebrew, Arabic.
const LETTER_LEADS: Range<u8> = 0xC3..0xDC;
/// From here on lead bytes belong to scripts that set no spaces, or whose letters take three bytes.
const LONG_LEADS: u8 = 0xE0;

fn starts_word(text: &[u8], at: usize) -> bool {
    let camel = text[at].is_ascii_uppercase() && at > 0 && text[at - 1].is_ascii_lowercase();
    let continued = match text[..at] {
        [.., lead, 0x80..=0xBF] if LETTER_LEADS.contains(&lead) => true,
        [.., last] => last.is_ascii_alphabetic(),
        [] => false,
    };
    camel || text[at] >= LONG_LEADS || !continued
}

pub(super) fn ends_word(text: &[u8], end: usize) -> bool {
    let last = text[end - 1];
    match text.get(end) {
        None => true,
        Some(next) if next.is_ascii_uppercase() => !last.is_ascii_uppercase(),
        Some(next) if LETTER_LEADS.contains(next) => !last.is_ascii_alphabetic() && last < 0x80,
        Some(next) => !next.is_ascii_alphabetic() || last >= 0x80,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_in_keys() {
        let vocabulary = Vocabulary::build();
        for (text, count) in [
            ("ssn", 1),
            ("SSNs:", 1),
            ("assn", 0),
            ("ssnx", 0),
            ("userSsn", 1),
            ("clientIp=", 1),
            ("date_of_birth", 1),
            ("dateOfBirth", 1),
            ("e-mail", 1),
            ("hôtel", 0),
            ("téléphone", 1),
            ("телефон", 1),
            ("Телефон", 1),
            ("ТЕЛЕФОН", 1),
            ("FÖDELSEDATUM", 1),
            ("Дата Рождения", 1),
            ("电话号", 1),
            ("order number", 1),
        ] {
            let mut found = 0;
            vocabulary.words(text.as_bytes(), |_, _| found += 1);
            assert_eq!(found, count, "{text}");
        }
    }
}
