//! Finds the longest word of the vocabulary that begins at a place, among the few that begin with the same letters.
//! Built and asked by the vocabulary.
//! Invariant: a word is found however it is set in capitals and whatever stands for its blanks.

use super::Roles;
use super::heads::{
    FOREIGN, Heads, Opening, first, folded_all, goes_on, hash, head_of, key, letters_at, letters_of,
};
use crate::vectors::HEAD;

/// A word.
struct Entry {
    /// Its first bytes, filled up with zeros.
    head: u64,
    roles: Roles,
    /// Where its other bytes begin among those of all, eight together.
    tail: u32,
    len: u8,
}

/// All words.
pub(super) struct Lexicon {
    /// Tells where they may begin.
    pub(super) heads: Heads,
    /// Those with one hash of their keys lie together, the longest first.
    entries: Vec<Entry>,
    /// Where the words of each hash begin.
    from: Box<[u16; (1 << HASH) + 1]>,
    /// What words have behind their first bytes, filled up with zeros.
    tails: Vec<u64>,
}

/// Bits of the hash of a key.
const HASH: u32 = 13;

/// The key of a word that goes on behind its Latin letters: with the sign there and a byte more, of another script with
/// more of its letters. Few words have one in common, however many there are.
#[inline(always)]
fn long_key(head: u64, letters: usize) -> u64 {
    let len = if letters == 0 { FOREIGN } else { letters + 2 };
    head & first(len.min(HEAD)) ^ 0xA5 << 56
}

impl Lexicon {
    /// Knows `words`, none of which is empty.
    pub(super) fn of<'w>(words: impl Iterator<Item = (&'w String, &'w Roles)>) -> Self {
        let (mut heads, mut tails, mut keyed) = (Heads::default(), Vec::new(), Vec::new());
        for (word, roles) in words {
            let word = word.as_bytes();
            heads.add(word);
            let entry =
                Entry { head: head_of(word), roles: *roles, tail: tails.len() as u32, len: word.len() as u8 };
            tails.extend(word.chunks(HEAD).skip(1).map(head_of));
            let letters = letters_of(word);
            let key = if goes_on(word) { long_key(entry.head, letters) } else { key(entry.head, letters) };
            keyed.push((hash(key, HASH), entry));
        }
        assert!(keyed.len() <= usize::from(u16::MAX), "more words than numbers for them");
        keyed.sort_by_key(|(hash, entry)| (*hash, std::cmp::Reverse(entry.len)));
        let mut from = Box::new([0; (1 << HASH) + 1]);
        for (number, place) in from.iter_mut().enumerate() {
            *place = keyed.partition_point(|(hash, _)| *hash < number) as u16;
        }
        Lexicon { heads, entries: keyed.into_iter().map(|(_, entry)| entry).collect(), from, tails }
    }

    /// The longest word at an opening of which `ends` says that it may end where it does.
    #[inline]
    pub(super) fn longest(
        &self,
        text: &[u8],
        Opening { at, plain, phrase }: Opening,
        ends: impl Fn(usize) -> Option<usize>,
    ) -> Option<(usize, Roles)> {
        let bytes = bytes_at(text, at);
        let head = folded_all(bytes);
        let found = |key: u64| {
            let hash = hash(key, HASH);
            let entries = &self.entries[usize::from(self.from[hash])..usize::from(self.from[hash + 1])];
            for entry in entries {
                if (head ^ entry.head) & first(HEAD.min(entry.len.into())) == 0
                    && self.is_rest(entry, text, at)
                    && let Some(end) = ends(at + usize::from(entry.len))
                {
                    return Some((end, entry.roles));
                }
            }
            None
        };
        // what goes on behind all letters that stand there is longer than what has fewer
        let mut counts = letters_at(bytes);
        let mut long = phrase;
        while let Some(letters) = counts.checked_ilog2() {
            counts ^= 1 << letters;
            let letters = letters as usize;
            if long && let Some(word) = found(long_key(head, letters)) {
                return Some(word);
            }
            if !plain {
                return None;
            }
            if let Some(word) = found(key(bytes, letters)) {
                return Some(word);
            }
            long = false;
        }
        None
    }

    /// What stands behind the first bytes of a word that `text` has at `at` is the rest of it.
    #[inline(always)]
    fn is_rest(&self, entry: &Entry, text: &[u8], at: usize) -> bool {
        let len = usize::from(entry.len);
        let mut own = self.tails[entry.tail as usize..].iter();
        (HEAD..len).step_by(HEAD).all(|from| {
            let own = own.next().copied().unwrap_or_default();
            (folded_all(bytes_at(text, at + from)) ^ own) & first(HEAD.min(len - from)) == 0
        })
    }
}

/// The bytes of `text` from `at` on, filled up with zeros, which no word has.
#[inline(always)]
fn bytes_at(text: &[u8], at: usize) -> u64 {
    match text.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => head_of(text.get(at..).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn opening(at: usize) -> Opening {
        Opening { at, plain: true, phrase: true }
    }

    fn longest(text: &str, at: usize) -> Option<usize> {
        let words = ["dob", "date of birth", "date", "id", "é", "dateline news"];
        let words: BTreeMap<String, Roles> =
            words.iter().map(|word| (word.to_string(), Roles::NONE)).collect();
        Lexicon::of(words.iter()).longest(text.as_bytes(), opening(at), Some).map(|(end, _)| end - at)
    }

    fn folded(byte: u8) -> u8 {
        if matches!(byte, b'_' | b'-') { b' ' } else { byte.to_ascii_lowercase() }
    }

    #[test]
    fn eight_bytes_are_folded_like_one_after_the_other() {
        for byte in 0..=u8::MAX {
            for bytes in [[byte; 8], [0, 0xFF, byte, b'_', byte, b'Z', b'-', byte]] {
                assert_eq!(
                    folded_all(u64::from_le_bytes(bytes)).to_le_bytes(),
                    bytes.map(folded),
                    "{bytes:?}"
                );
            }
        }
    }

    #[test]
    fn the_longest_word_is_found_in_whatever_form() {
        for (text, len) in [
            ("date of birth", Some(13)),
            ("DATE_OF-birth: 1", Some(13)),
            ("date of birt", Some(4)),
            ("date of", Some(4)),
            ("Date: new", Some(4)),
            ("DateLine new", Some(4)),
            ("DateOfBirth", Some(4)),
            ("Dateline new", None),
            ("dob", Some(3)),
            ("do", None),
            ("i", None),
            ("ID", Some(2)),
            ("éa", Some(2)),
            ("", None),
        ] {
            assert_eq!(longest(text, 0), len, "{text}");
            assert_eq!(longest(&format!("x {text}"), 2), len, "{text}");
        }
    }

    #[test]
    fn a_word_that_may_not_end_there_gives_way_to_a_shorter() {
        let words: BTreeMap<String, Roles> =
            ["order", "orders", "order id"].iter().map(|word| (word.to_string(), Roles::NONE)).collect();
        let lexicon = Lexicon::of(words.iter());
        let found = lexicon.longest(b"order id", opening(0), |end| (end < 8).then_some(end));
        assert_eq!(found.map(|(end, _)| end), Some(5));
    }
}
