//! Every word with a role as one automaton: the detectors' labels and hints and the shared lists.
//! Built once per scanner. Words are found whole, in keys too: `clientIp`, `date_of_birth`, `SSNs`.

use super::Roles;
use super::words::{CLINICAL, CONJUNCTIONS, COUNTERS, GLUE, IDS, NEUTRAL, OTHER_DATES, VERSIONS};
use crate::{detectors, work};
use aho_corasick::Anchored;
use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::NFA;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

pub(crate) struct Vocabulary {
    /// Walked from the first byte of a word: a tree of all words, small enough for a core's second cache.
    automaton: NFA,
    start: StateID,
    /// Tells most words of a text from those at once.
    heads: Heads,
    /// By pattern of the automaton.
    roles: Vec<Roles>,
    glue: HashSet<&'static str>,
    conjunctions: HashSet<&'static str>,
}

/// The words of a list.
fn split(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty())
}

impl Vocabulary {
    /// Gathers the words of all detectors and the shared ones.
    pub(crate) fn build() -> Self {
        let mut words: BTreeMap<String, Roles> = BTreeMap::new();
        let mut add = |list, roles| {
            for word in split(list) {
                let word = word.to_lowercase().replace(['-', '_'], " ");
                *words.entry(word.replace(' ', "")).or_default() |= roles;
                *words.entry(word).or_default() |= roles;
            }
        };
        for (index, detector) in detectors::ALL.iter().enumerate() {
            add(detector.labels, Roles::label(index));
            add(detector.hints, Roles::label(index).hint());
        }
        for (list, roles) in [
            (COUNTERS, Roles::COUNTER),
            (VERSIONS, Roles::VERSION),
            (OTHER_DATES, Roles::OTHER_DATE),
            (CLINICAL, Roles::CLINICAL),
            (IDS, Roles::ID),
            (NEUTRAL, Roles::NONE),
        ] {
            add(list, roles);
        }
        let automaton = NFA::builder()
            .build(words.keys())
            .expect("the words are short and few, far below the automaton's limits");
        let start = automaton.start_state(Anchored::Yes).expect("built to start at a fixed place");
        Vocabulary {
            automaton,
            start,
            heads: Heads::of(words.keys()),
            roles: words.into_values().collect(),
            glue: split(GLUE).collect(),
            conjunctions: split(CONJUNCTIONS).collect(),
        }
    }

    /// Calls `hit` for each word in `text`, in order: the longest first, and none inside another.
    pub(crate) fn words(&self, text: &[u8], mut hit: impl FnMut(Range<usize>, Roles)) {
        work::done(text.len());
        let mut at = 0;
        while at < text.len() {
            match self.word_at(text, at) {
                Some((end, roles)) => {
                    hit(at..end, roles);
                    at = end;
                }
                None => at += 1,
            }
        }
    }

    /// The longest word that begins at `at`, if one does: where it ends, and its roles.
    #[inline]
    pub(super) fn word_at(&self, text: &[u8], at: usize) -> Option<(usize, Roles)> {
        let first = text[at];
        // most bytes are amid a word: small letters after letters
        let amid = first.is_ascii_lowercase() && at > 0 && text[at - 1].is_ascii_alphabetic();
        let opens = first.is_ascii_alphanumeric() || first >= 0xC2 || first == b'\xA7';
        if amid || !opens || !starts_word(text, at) || !self.heads.may_begin(&text[at..]) {
            return None;
        }
        self.walk(text, at)
    }

    /// The longest word at the start of a word.
    fn walk(&self, text: &[u8], at: usize) -> Option<(usize, Roles)> {
        let mut state = self.start;
        let mut longest = None;
        for (next, byte) in text[at..].iter().enumerate() {
            state = self.automaton.next_state(Anchored::Yes, state, folded(*byte));
            if !self.automaton.is_special(state) {
                continue;
            }
            if self.automaton.is_dead(state) {
                break;
            }
            if self.automaton.is_match(state) {
                let end = plural_end(text, at + next + 1);
                if ends_word(text, end) {
                    longest = Some((end, self.roles[self.automaton.match_pattern(state, 0).as_usize()]));
                }
            }
        }
        longest
    }

    /// `word` may stand between a label and its value.
    pub(super) fn is_glue(&self, word: &str) -> bool {
        fold(word, |word| self.glue.contains(word))
    }

    /// `word` may stand between the members of a list.
    pub(super) fn is_conjunction(&self, word: &str) -> bool {
        self.conjunctions.contains(word)
    }
}

/// How a byte of a word counts.
fn folded(byte: u8) -> u8 {
    if matches!(byte, b'_' | b'-') { b' ' } else { byte.to_ascii_lowercase() }
}

/// The first bytes of all words, as a set of hashes small enough for a core's first cache.
struct Heads(Vec<u64>);

impl Heads {
    /// Bytes of a word that are looked at. A shorter word is known by all of it.
    const MOST: usize = 4;
    /// Bits of a hash.
    const BITS: u32 = 15;

    fn of<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut heads = Heads(vec![0; 1 << (Self::BITS - 6)]);
        for word in words {
            let len = word.len().min(Self::MOST);
            let mut head = [0; Self::MOST];
            head[..len].copy_from_slice(&word.as_bytes()[..len]);
            // what stands for a blank is another byte in the text
            for separator in *b" -_" {
                let head = head.map(|byte| if byte == b' ' { separator } else { byte });
                let bit = Self::bit(u32::from_le_bytes(head), len);
                heads.0[bit / 64] |= 1 << (bit % 64);
            }
        }
        heads
    }

    /// The bit of the first `len` bytes of `head`, small letters or capitals.
    #[inline]
    fn bit(head: u32, len: usize) -> usize {
        let head = (head | 0x2020_2020) & (u32::MAX >> (8 * (Self::MOST - len)));
        ((head ^ len as u32).wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS)) as usize
    }

    /// Says whether a word may begin `text`.
    #[inline]
    fn may_begin(&self, text: &[u8]) -> bool {
        let has = |head: u32, len: usize| {
            let bit = Self::bit(head, len);
            self.0[bit / 64] >> (bit % 64) & 1 == 1
        };
        let Some(&[a, b, c, d]) = text.first_chunk() else {
            let mut head = [0; Self::MOST];
            head[..text.len()].copy_from_slice(text);
            return (1..=text.len()).any(|len| has(u32::from_le_bytes(head), len));
        };
        let head = u32::from_le_bytes([a, b, c, d]);
        // a word of few letters does not go on; arithmetic, for branches would be guessed wrong
        let ends = |last: u8, next: u8| !last.is_ascii() | !goes_on(next);
        (has(head, 1) & ends(a, b)) | (has(head, 2) & ends(b, c)) | (has(head, 3) & ends(c, d)) | has(head, 4)
    }
}

/// A small letter that makes another word of the one before it, more than its plural.
fn goes_on(next: u8) -> bool {
    next.is_ascii_lowercase() & (next != b's')
}

/// Longest of the small words.
const SMALL_WORD: usize = 24;

/// Asks about a word in small letters.
fn fold(word: &str, ask: impl Fn(&str) -> bool) -> bool {
    let mut room = [0; SMALL_WORD];
    let mut len = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let Some(slot) = room.get_mut(len..len + c.len_utf8()) else { return false };
        len += c.encode_utf8(slot).len();
    }
    std::str::from_utf8(&room[..len]).is_ok_and(ask)
}

/// Takes in the `s` of a plural.
fn plural_end(text: &[u8], end: usize) -> usize {
    let plural = text.get(end).is_some_and(|byte| byte | 0x20 == b's');
    end + usize::from(plural && !text.get(end + 1).is_some_and(u8::is_ascii_alphabetic))
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
