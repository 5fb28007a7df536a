//! Finds the longest word of the vocabulary that begins at a place, among the few with the same first four bytes.
//! Built and asked by the vocabulary, for places where [`Heads`](super::heads::Heads) lets one pass.
//! Invariant: a word is found however it is set in capitals and whatever stands for its blanks.

use super::Roles;
use super::heads::folded;

/// Bits of the hash of four bytes.
const HASH: u32 = 12;
/// Bytes of a word that are compared in one go.
const HEAD: usize = 8;

/// A word.
struct Entry {
    /// Its first bytes, filled up with zeros.
    head: u64,
    /// All bits of them.
    mask: u64,
    /// The others.
    tail: Box<[u8]>,
    len: u8,
    roles: Roles,
}

/// All words.
pub(super) struct Lexicon {
    /// Those with one hash lie together, the longest first.
    entries: Vec<Entry>,
    /// Where the words of each hash begin.
    from: Box<[u16; (1 << HASH) + 1]>,
    /// Words of two and three bytes: those with one hash of the first two lie together, the longest first.
    short: Vec<Entry>,
    /// Where the short words of each hash begin.
    short_from: Box<[u16; (1 << SHORT_HASH) + 1]>,
    /// Words of one byte.
    single: Vec<Entry>,
}

/// Bits of the hash of two bytes.
const SHORT_HASH: u32 = 9;

#[inline(always)]
fn short_hash(head: u64) -> usize {
    (((head & 0xFFFF) as u32).wrapping_mul(0x9E37_79B1) >> (32 - SHORT_HASH)) as usize
}

#[inline(always)]
fn hash(head: u64) -> usize {
    ((head as u32).wrapping_mul(0x9E37_79B1) >> (32 - HASH)) as usize
}

/// All bits of the first `len` bytes.
fn mask(len: usize) -> u64 {
    u64::MAX >> (64 - 8 * len.min(HEAD))
}

/// Eight bytes as words have them: what [`folded`] makes of each.
#[inline(always)]
fn folded_all(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let low = bytes & !HIGH;
    // the high bit of each that is a capital, and of each that stands for a blank
    let capital = (low + EACH * 0x3F) & !(low + EACH * 0x25) & !bytes & HIGH;
    let is_not = |byte: u64| (low ^ (EACH * byte)) + EACH * 0x7F;
    let blank = !(is_not(0x5F) & is_not(0x2D)) & !bytes & HIGH;
    let blanks = (blank >> 7) * 0xFF;
    (bytes | capital >> 2) & !blanks | blanks & (EACH * 0x20)
}

/// The bytes from `at` on, as words have them.
#[inline(always)]
fn head_at(text: &[u8], at: usize) -> u64 {
    let head = match text[at..].first_chunk::<HEAD>() {
        Some(head) => *head,
        None => std::array::from_fn(|n| text.get(at + n).copied().unwrap_or(0)),
    };
    folded_all(u64::from_le_bytes(head))
}

/// Puts words with the same key together, the longest first; says where those of each key begin.
fn group<const KEYS: usize>(entries: &mut [Entry], key: impl Fn(u64) -> usize) -> Box<[u16; KEYS]> {
    entries.sort_by_key(|entry| (key(entry.head), std::cmp::Reverse(entry.len)));
    let mut from = Box::new([0; KEYS]);
    for (number, place) in from.iter_mut().enumerate() {
        *place = entries.partition_point(|entry| key(entry.head) < number) as u16;
    }
    from
}

/// The entries of one key.
#[inline(always)]
fn of_key<'e, const KEYS: usize>(entries: &'e [Entry], from: &[u16; KEYS], key: usize) -> &'e [Entry] {
    &entries[usize::from(from[key])..usize::from(from[key + 1])]
}

impl Lexicon {
    /// Knows `words`, none of which is empty.
    pub(super) fn of<'w>(words: impl Iterator<Item = (&'w String, &'w Roles)>) -> Self {
        let entry = |(word, roles): (&'w String, &'w Roles)| {
            let (head, tail) = word.as_bytes().split_at(word.len().min(HEAD));
            let head = head.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
            Entry { head, mask: mask(word.len()), tail: tail.into(), len: word.len() as u8, roles: *roles }
        };
        let (mut entries, short): (Vec<Entry>, Vec<Entry>) =
            words.map(entry).partition(|entry| entry.len >= 4);
        let (mut short, single): (Vec<Entry>, Vec<Entry>) =
            short.into_iter().partition(|entry| entry.len >= 2);
        let from = group(&mut entries, hash);
        let short_from = group(&mut short, short_hash);
        Lexicon { entries, from, short, short_from, single }
    }

    /// The longest word at `at` of which `ends` says that it may end where it does.
    #[inline]
    pub(super) fn longest(
        &self,
        text: &[u8],
        at: usize,
        ends: impl Fn(usize) -> Option<usize>,
    ) -> Option<(usize, Roles)> {
        let head = head_at(text, at);
        let long = of_key(&self.entries, &self.from, hash(head));
        let short = of_key(&self.short, &self.short_from, short_hash(head));
        let alike = |entry: &&Entry| (head ^ entry.head) & entry.mask == 0;
        let known = long.iter().filter(alike).chain(short.iter().filter(alike));
        known.chain(self.single.iter().filter(alike)).find_map(|entry| {
            let end = at + usize::from(entry.len);
            let rest = text.get(at + HEAD.min(end - at)..end)?;
            let same = rest.iter().zip(&entry.tail).all(|(byte, own)| folded(*byte) == *own);
            Some((ends(end).filter(|_| same)?, entry.roles))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn longest(text: &str, at: usize) -> Option<usize> {
        let words = ["dob", "date of birth", "date", "id", "é", "dateline news"];
        let words: BTreeMap<String, Roles> =
            words.iter().map(|word| (word.to_string(), Roles::NONE)).collect();
        Lexicon::of(words.iter()).longest(text.as_bytes(), at, Some).map(|(end, _)| end - at)
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
            ("Dateline new", Some(4)),
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
        let found = lexicon.longest(b"order id", 0, |end| (end < 8).then_some(end));
        assert_eq!(found.map(|(end, _)| end), Some(5));
    }
}
