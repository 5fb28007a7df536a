//! Finds the first of a few words in a text, 64 places at a time: a place is looked at more closely where the first few
//! bytes from it on could be those of a word.
//! Used where words announce something by themselves: those for a password, the clues of addresses written out.
//! Invariant: of the words at the first place where any stands it gives the one named first, whatever the vectors.

use super::{BLOCK, Bytes, Vectors, Work, with_widest};
use aho_corasick::packed::{Config, MatchKind, Searcher};
use aho_corasick::{AhoCorasick, Input};
use std::ops::Range;

/// Sets of words, one bit each.
const SETS: usize = 8;

/// The sets of words that have a byte at a place, by its two halves: both must agree on a set.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sets {
    pub(super) low: [u8; 16],
    pub(super) high: [u8; 16],
}

/// Words to be found, told by their first `HEAD` bytes.
pub(crate) struct Words<const HEAD: usize> {
    words: &'static [&'static str],
    /// The first bytes of each, as one number.
    firsts: Vec<u32>,
    /// A bit for each of those, by [`bit_of`]: most places have none.
    known: [u64; KNOWN],
    heads: [Sets; HEAD],
    /// Finds them with narrower vectors.
    packed: Option<Searcher>,
    /// Finds them without any.
    plain: AhoCorasick,
}

impl<const HEAD: usize> Words<HEAD> {
    /// Finds `words`, each of `HEAD` bytes at least.
    pub(crate) fn new(words: &'static [&'static str]) -> Self {
        let mut heads = [Sets::default(); HEAD];
        let is_latin = |word: &&str| word.bytes().next().is_some_and(|first| first.is_ascii());
        let (mut number, latin) = (0, words.iter().filter(|word| is_latin(word)).count());
        for word in words {
            // neighbours are alike, and share a set; those that begin with other letters, which most texts lack, the last
            let set = if is_latin(word) { number * (SETS - 1) / latin } else { SETS - 1 };
            number += usize::from(is_latin(word));
            let set = 1 << set;
            for (sets, byte) in heads.iter_mut().zip(word.bytes()) {
                sets.low[usize::from(byte & 15)] |= set;
                sets.high[usize::from(byte >> 4)] |= set;
            }
        }
        let firsts: Vec<u32> = words.iter().filter_map(|word| first::<HEAD>(word.as_bytes())).collect();
        let mut known = [0; KNOWN];
        for (at, bit) in firsts.iter().map(|first| bit_of(*first)) {
            known[at] |= bit;
        }
        let plain = AhoCorasick::builder().match_kind(aho_corasick::MatchKind::LeftmostFirst).build(words);
        Words { words, firsts, known, heads, packed: packed(words), plain: plain.expect("a few short words") }
    }

    /// The first word that lies in `span` of `text`.
    pub(crate) fn find(&self, text: &[u8], span: Range<usize>) -> Option<Range<usize>> {
        let text = text.get(..span.end).filter(|text| span.start < text.len())?;
        with_widest(Find { words: self, text, from: span.start })
    }

    /// The word at `at`.
    #[inline]
    pub(crate) fn at(&self, text: &[u8], at: usize) -> Option<Range<usize>> {
        let rest = text.get(at..)?;
        let begun = first::<HEAD>(rest)?;
        let (known, bit) = bit_of(begun);
        if self.known[known] & bit == 0 {
            return None;
        }
        let mut words = self.words.iter().zip(&self.firsts);
        let (word, _) = words.find(|(word, first)| **first == begun && rest.starts_with(word.as_bytes()))?;
        Some(at..at + word.len())
    }

    /// The places of the first half of `part` from which on the first bytes of a word may stand.
    #[inline(always)]
    pub(crate) fn may_begin<V: Vectors>(&self, vectors: V, part: &[u8; 2 * BLOCK]) -> u64 {
        may_begin(vectors, &self.heads, part)
    }
}

/// The search by narrower vectors, if the processor has any that it can use. However many words there are: without it
/// each byte is a step.
fn packed(words: &[&str]) -> Option<Searcher> {
    let mut all = Config::new();
    all.match_kind(MatchKind::LeftmostFirst).heuristic_pattern_limits(false);
    all.builder().extend(words).build()
}

/// The first bytes of `text`, at most four.
#[inline(always)]
fn first<const HEAD: usize>(text: &[u8]) -> Option<u32> {
    let bytes = text.first_chunk::<HEAD>()?;
    Some(bytes.iter().take(4).fold(0, |first, byte| first << 8 | u32::from(*byte)))
}

/// Numbers of 64 bits that tell whether words begin with some bytes.
const KNOWN: usize = 16;

/// Which of those numbers, and which bit of it, tells of `first`.
#[inline(always)]
fn bit_of(first: u32) -> (usize, u64) {
    let hash = first.wrapping_mul(0x9E37_79B1) >> 22;
    (hash as usize / 64, 1 << (hash % 64))
}

struct Find<'a, const HEAD: usize> {
    words: &'a Words<HEAD>,
    text: &'a [u8],
    from: usize,
}

impl<const HEAD: usize> Work for Find<'_, HEAD> {
    type Output = Option<Range<usize>>;

    #[inline(always)]
    fn run<V: Vectors>(self, vectors: V) -> Self::Output {
        let Find { words, text, from } = self;
        if !V::WIDE {
            let found = match &words.packed {
                Some(packed) => packed.find_in(text, (from..text.len()).into()),
                None => words.plain.find(Input::new(text).range(from..)),
            };
            return found.map(|found| found.range());
        }
        let mut at = from;
        while at < text.len() {
            // a block and as many bytes more: what begins in it is told by those
            let mut places = match text[at..].first_chunk() {
                Some(block) => may_begin(vectors, &words.heads, block),
                None => {
                    let mut block = [0; 2 * BLOCK];
                    block[..text.len() - at].copy_from_slice(&text[at..]);
                    may_begin(vectors, &words.heads, &block)
                }
            };
            while places != 0 {
                let place = at + places.trailing_zeros() as usize;
                places &= places - 1;
                if let Some(found) = words.at(text, place) {
                    return Some(found);
                }
            }
            at += BLOCK;
        }
        None
    }
}

/// The places of the first half of `block` from which on the first bytes of a word of some set may stand.
#[inline(always)]
fn may_begin<V: Vectors, const HEAD: usize>(
    vectors: V,
    heads: &[Sets; HEAD],
    block: &[u8; 2 * BLOCK],
) -> u64 {
    let mut all = u64::MAX;
    let mut sets: Option<V::Bytes> = None;
    for (n, head) in heads.iter().enumerate() {
        let Some(part) = block[n..].first_chunk() else { continue };
        let here = vectors.load(part).sets(head);
        let both = match sets {
            Some(sets) => sets.and(here),
            None => here,
        };
        sets = Some(both);
        all = both.some();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIST: &[&str] = &["assword", "asswort", "-----BEGIN", "senha", "пароль", "密码", "asswo", "dots"];

    fn all<const HEAD: usize>(words: &Words<HEAD>, text: &[u8]) -> Vec<Range<usize>> {
        let mut from = 0;
        std::iter::from_fn(|| {
            let found = words.find(text, from..text.len())?;
            from = found.start + 1;
            Some(found)
        })
        .collect()
    }

    fn plainly(text: &[u8]) -> Vec<Range<usize>> {
        let at = |at: usize| {
            let word = LIST.iter().find(|word| text[at..].starts_with(word.as_bytes()))?;
            Some(at..at + word.len())
        };
        (0..text.len()).filter_map(at).collect()
    }

    proptest! {
        #[test]
        fn words_are_found_wherever_they_stand(
            parts in prop::collection::vec((prop::sample::select(LIST), 0..90usize, 0..9usize), 0..9),
        ) {
            let mut text = Vec::new();
            for (word, before, cut) in parts {
                text.extend(std::iter::repeat_n(b'a', before));
                text.extend(&word.as_bytes()[..word.len().saturating_sub(cut).max(1)]);
            }
            prop_assert_eq!(all(&Words::<3>::new(LIST), &text), plainly(&text));
            prop_assert_eq!(all(&Words::<4>::new(LIST), &text), plainly(&text));
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn many_words_are_not_too_many_for_narrower_vectors() {
        let many: Vec<String> = (0..120).map(|n| format!("w{n:03}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(packed(&many).is_some() || !is_x86_feature_detected!("avx2"));
    }

    #[test]
    fn nothing_is_found_behind_the_end_of_the_span() {
        let words = Words::<4>::new(LIST);
        assert_eq!(words.find(b"my senha", 0..8), Some(3..8));
        assert_eq!(words.find(b"my senha", 0..7), None);
        assert_eq!(words.find(b"my senha", 4..8), None);
        assert_eq!(words.find(b"my senha", 9..9), None);
    }
}
