//! Every word with a role: the detectors' labels and hints and the shared lists.
//! Built once per scanner. Words are found whole, in keys too: `clientIp`, `date_of_birth`, `SSNs`.

use super::counters;
use super::heads::Heads;
use super::lexicon::Lexicon;
use super::tails::Tails;
use super::words::{CLINICAL, CONJUNCTIONS, COUNTERS, GLUE, IDS, NEUTRAL, OTHER_DATES, VERSIONS};
use super::{REACH, Roles};
use crate::lexer::word_starts;
use crate::vectors::{Vectors, Work, with_widest};
use crate::word_list::small;
use crate::{detectors, work};
use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Small words, of which the hash need not withstand anybody: they are known and no others are put in.
type Words = HashSet<&'static str, BuildHasherDefault<Fnv>>;

/// Fowler, Noll and Vo's hash (FNV-1a).
struct Fnv(u64);

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
    /// Tells most words of a text from those at once.
    heads: Heads,
    /// Tells most values from those that may have a label at once.
    tails: Tails,
    glue: Words,
    conjunctions: Words,
}

/// `word` with a capital, if its first letter is none of ASCII: those alone are told apart by the lexicon.
fn with_capital(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if !first.is_ascii() => first.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}

/// `word` with all letters outside ASCII as capitals.
fn in_capitals(word: &str) -> String {
    let capital = |letter: char| {
        let mut upper = letter.to_uppercase();
        match (upper.next(), upper.next()) {
            (Some(upper), None) if !letter.is_ascii() && !upper.is_ascii() => upper,
            _ => letter,
        }
    };
    word.chars().map(capital).collect()
}

/// The words of a list.
fn split(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn without_role<'w>(word: &'static str) -> (&'w str, Roles) {
    (word, Roles::NONE)
}

impl Vocabulary {
    /// Gathers the words of all detectors and the shared ones.
    pub(crate) fn build() -> Self {
        let mut words: BTreeMap<String, Roles> = BTreeMap::new();
        let mut add = |list, roles| {
            for word in split(list) {
                let word = word.to_lowercase().replace(['-', '_'], " ");
                for word in [word.replace(' ', ""), with_capital(&word), in_capitals(&word), word] {
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
        let small = split(GLUE).chain(split(CONJUNCTIONS)).map(without_role);
        let tails = Tails::of(known.chain(small));
        Vocabulary {
            lexicon: Lexicon::of(words.iter()),
            heads: Heads::of(words.keys()),
            tails,
            glue: split(GLUE).collect(),
            conjunctions: split(CONJUNCTIONS).collect(),
        }
    }

    /// Calls `hit` for each word in `text`, in order: the longest first, and none inside another.
    pub(crate) fn words(&self, text: &[u8], hit: impl FnMut(Range<usize>, Roles)) {
        work::done(text.len());
        with_widest(Finding { vocabulary: self, text, hit });
    }

    /// The places from `at` on, one bit each, where a word may begin, and how many bytes that is about.
    #[inline(always)]
    pub(super) fn openings<V: Vectors>(
        &self,
        vectors: V,
        text: &[u8],
        at: usize,
        end: usize,
    ) -> (u64, usize) {
        let (starts, len) = word_starts(vectors, text, at, end);
        (self.heads.openings(text, at, starts), len)
    }

    /// The longest word that begins at `at`, one of the [`openings`](Self::openings), if one does: where it ends, and
    /// its roles.
    #[inline(never)]
    pub(super) fn word_at(&self, text: &[u8], at: usize) -> Option<(usize, Roles)> {
        if !starts_word(text, at) {
            return None;
        }
        // not a word that only ends there: `cc` in the beginning of `account`
        self.lexicon.longest(text, at, |end| {
            let initial = is_initial(text, at..end);
            let end = plural_end(text, end);
            (ends_word(text, end) && !initial).then_some(end)
        })
    }

    /// Says whether what begins where `text` ends may have a label: no more than the word before it is asked for. It ends
    /// with so many digits at least, and a list shares the label of its first member.
    pub(crate) fn may_name(&self, text: &[u8], digits: usize) -> bool {
        let lists = |word: &[u8]| std::str::from_utf8(word).is_ok_and(|word| self.is_conjunction(word));
        self.tails.may_name(&text[text.len().saturating_sub(2 * REACH)..], digits, lists)
    }

    /// `word` may stand between a label and its value.
    pub(super) fn is_glue(&self, word: &str) -> bool {
        small(word, &mut [0; SMALL_WORD]).is_some_and(|word| self.glue.contains(word))
    }

    /// `word` may stand between the members of a list.
    pub(super) fn is_conjunction(&self, word: &str) -> bool {
        self.conjunctions.contains(word)
    }
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
            let (mut starts, len) = self.vocabulary.openings(vectors, self.text, at, self.text.len());
            while starts != 0 {
                let start = at + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                if start >= free
                    && let Some((end, roles)) = self.vocabulary.word_at(self.text, start)
                {
                    (self.hit)(start..end, roles);
                    free = end;
                }
            }
            at += len;
        }
    }
}

/// Longest of the small words.
const SMALL_WORD: usize = 24;

/// Takes in the `s` of a plural.
fn plural_end(text: &[u8], end: usize) -> usize {
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

fn ends_word(text: &[u8], end: usize) -> bool {
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
            ("电话号", 1),
            ("order number", 1),
        ] {
            let mut found = 0;
            vocabulary.words(text.as_bytes(), |_, _| found += 1);
            assert_eq!(found, count, "{text}");
        }
    }
}
