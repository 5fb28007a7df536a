//! Every word with a role as one automaton: the detectors' labels and hints and the shared lists.
//! Built once per scanner. Words are found whole, in keys too: `clientIp`, `date_of_birth`, `SSNs`.

use super::Roles;
use super::words::{CLINICAL, CONJUNCTIONS, COUNTERS, GLUE, IDS, NEUTRAL, OTHER_DATES, VERSIONS};
use crate::lexer::word_starts;
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
    /// By pattern of the automaton: how long the word is, and its roles.
    known: Vec<(usize, Roles)>,
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
            known: words.iter().map(|(word, roles)| (word.len(), *roles)).collect(),
            glue: split(GLUE).collect(),
            conjunctions: split(CONJUNCTIONS).collect(),
        }
    }

    /// Calls `hit` for each word in `text`, in order: the longest first, and none inside another.
    pub(crate) fn words(&self, text: &[u8], mut hit: impl FnMut(Range<usize>, Roles)) {
        work::done(text.len());
        let (mut at, mut free) = (0, 0);
        while at < text.len() {
            let (mut starts, len) = word_starts(text, at, text.len());
            while starts != 0 {
                let start = at + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                if start >= free
                    && let Some((end, roles)) = self.word_at(text, start)
                {
                    hit(start..end, roles);
                    free = end;
                }
            }
            at += len;
        }
    }

    /// The longest word that begins at `at`, one of the [`word_starts`], if one does: where it ends, and its roles.
    #[inline]
    pub(super) fn word_at(&self, text: &[u8], at: usize) -> Option<(usize, Roles)> {
        if self.heads.may_begin(&text[at..]) && starts_word(text, at) { self.walk(text, at) } else { None }
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
                let (len, roles) = self.known[self.automaton.match_pattern(state, 0).as_usize()];
                let end = plural_end(text, at + next + 1);
                // not a word that only ends here: `cc` in the beginning of `account`
                if len == next + 1 && ends_word(text, end) {
                    longest = Some((end, roles));
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

/// The first bytes of all words, as sets of bits of which most texts touch a few kilobytes only.
struct Heads {
    /// By the codes of three bytes.
    three: Vec<u64>,
    /// Those of three among which a word ends.
    short: Vec<u64>,
    /// Of words of four and five bytes, by a hash of four.
    four: Vec<u64>,
    /// Of longer ones, by a hash of six.
    six: Vec<u64>,
}

/// Bits of the hash of four bytes.
const HASH: u32 = 15;

fn has(bits: &[u64], bit: usize) -> bool {
    bits[bit / 64] >> (bit % 64) & 1 == 1
}

fn put(bits: &mut [u64], bit: usize) {
    bits[bit / 64] |= 1 << (bit % 64);
}

/// The hash of the first six bytes, small letters or capitals, however a word is set in them.
#[inline]
fn hash_of_six(head: [u8; 8]) -> usize {
    let head = (u64::from_le_bytes(head) | 0x2020_2020_2020_2020) << 16;
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - HASH)) as usize
}

/// The hash of four bytes, small letters or capitals, however a word is set in them.
#[inline]
fn hash(head: [u8; 4]) -> usize {
    let head = u32::from_le_bytes(head) | 0x2020_2020;
    (head.wrapping_mul(0x9E37_79B1) >> (32 - HASH)) as usize
}

impl Heads {
    fn of<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut heads = Heads {
            three: vec![0; (1 << (3 * BITS)) / 64],
            short: vec![0; (1 << (3 * BITS)) / 64],
            four: vec![0; (1 << HASH) / 64],
            six: vec![0; (1 << HASH) / 64],
        };
        for word in words.map(String::as_bytes) {
            let [first, second, third] = [0, 1, 2].map(|n| codes(word, n));
            for (a, b) in first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b))) {
                for c in &third {
                    let bit = bit([a, b, *c]);
                    put(&mut heads.three, bit);
                    if word.len() < 4 {
                        put(&mut heads.short, bit);
                    }
                }
            }
            // what stands for a blank is another byte in the text
            for spelt in spellings(&word[..word.len().min(6)]) {
                match (spelt.first_chunk::<4>(), spelt.len()) {
                    (Some(head), ..6) => put(&mut heads.four, hash(*head)),
                    (Some(_), _) => {
                        let mut head = [0; 8];
                        head[..6].copy_from_slice(&spelt);
                        put(&mut heads.six, hash_of_six(head));
                    }
                    _ => {}
                }
            }
        }
        heads
    }

    /// Says whether a word may begin `text`.
    #[inline]
    fn may_begin(&self, text: &[u8]) -> bool {
        let head = match text.first_chunk::<8>() {
            Some(head) => *head,
            None => std::array::from_fn(|n| text.get(n).copied().unwrap_or(0)),
        };
        let [a, b, c, d, ..] = head;
        let bit = bit([a, b, c].map(|byte| CODES[usize::from(byte)]));
        has(&self.three, bit)
            && (has(&self.short, bit)
                || has(&self.four, hash([a, b, c, d]))
                || has(&self.six, hash_of_six(head)))
    }
}

/// The ways to write a word that has blanks: with what can stand for each.
fn spellings(word: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new()];
    for &byte in word {
        let written: &[u8] = if byte == b' ' { b" -_" } else { &[byte] };
        all = all.iter().flat_map(|head| written.iter().map(|byte| [&head[..], &[*byte]].concat())).collect();
    }
    all
}

/// The codes that the `n`th byte of a text can have which `word` begins. Of a shorter word what may follow it counts.
fn codes(word: &[u8], n: usize) -> Vec<u8> {
    let mut found = match word.get(n) {
        Some(b' ') => vec![code(b' ')],
        Some(own) => vec![code(*own), code(own.to_ascii_uppercase())],
        None => {
            let free = n > word.len() || !word[n - 1].is_ascii();
            (0..=u8::MAX).filter(|byte| free || !goes_on(*byte)).map(code).collect()
        }
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// Bits of the code of a byte.
const BITS: usize = 6;

/// The codes of all bytes. Small letters have the lowest.
static CODES: [u8; 256] = {
    let mut codes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        codes[byte] = code(byte as u8);
        byte += 1;
    }
    codes
};

/// What a byte counts as in the head of a word: what [`folded`] makes one of is one, but for capitals, and bytes
/// outside ASCII share a few codes.
const fn code(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => byte - b'a',
        b'0'..=b'9' => 26,
        b' ' | b'-' | b'_' => 27,
        0..=0x7F if !byte.is_ascii_uppercase() => 28,
        b'A'..=b'Z' => byte - b'A' + 32,
        _ => [29, 30, 31, 58, 59, 60, 61, 62, 63][byte as usize % 9],
    }
}

/// The bit of three codes: those of small letters lie side by side.
#[inline]
fn bit([a, b, c]: [u8; 3]) -> usize {
    let [a, b, c] = [a, b, c].map(usize::from);
    (a & 31) << 10 | (b & 31) << 5 | (c & 31) | (a >> 5) << 17 | (b >> 5) << 16 | (c >> 5) << 15
}

/// A small letter that makes another word of the one before it, more than its plural.
fn goes_on(next: u8) -> bool {
    next.is_ascii_lowercase() && next != b's'
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
