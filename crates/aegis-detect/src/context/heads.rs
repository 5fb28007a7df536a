//! Tells by its first bytes whether a word of the vocabulary may begin at a place: most words of a text are none.
//! Built and asked by the vocabulary. Invariant: no word is turned away.

use crate::bits::Bits;
use crate::vectors::BLOCK;

/// The first bytes of all words, as sets of bits of which most texts touch a few kilobytes only.
#[derive(Default)]
pub(super) struct Heads {
    /// By the codes of three bytes.
    three: Bits<THREE>,
    /// Those of three among which a word ends.
    short: Bits<THREE>,
    /// Of words of four and five bytes, by a hash of four.
    four: Bits<HASHED>,
    /// Of longer ones, by a hash of six.
    six: Bits<HASHED>,
}

/// Bytes of a text that are looked at.
const HEAD: usize = 8;
/// Words of a set of three codes.
const THREE: usize = (1 << (3 * BITS)) / 64;
/// Words of a set of hashes.
const HASHED: usize = (1 << HASH) / 64;

/// Bits of the hash of four bytes.
const HASH: u32 = 15;

/// The hash of the first six bytes, small letters or capitals, however a word is set in them.
#[inline]
fn hash_of_six(head: [u8; HEAD]) -> usize {
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
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w String>) -> Self {
        let mut heads = Heads::default();
        for word in words.map(String::as_bytes) {
            let [first, second, third] = [0, 1, 2].map(|n| codes(word, n));
            for (a, b) in first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b))) {
                for c in &third {
                    let bit = bit([a, b, *c]);
                    heads.three.add(bit);
                    if word.len() < 4 {
                        heads.short.add(bit);
                    }
                }
            }
            // what stands for a blank is another byte in the text
            for spelt in spellings(&word[..word.len().min(6)]) {
                match (spelt.first_chunk::<4>(), spelt.len()) {
                    (Some(head), ..6) => heads.four.add(hash(*head)),
                    (Some(_), _) => {
                        let mut head = [0; HEAD];
                        head[..6].copy_from_slice(&spelt);
                        heads.six.add(hash_of_six(head));
                    }
                    _ => {}
                }
            }
        }
        heads
    }

    /// Of the places in the block of `text` at `at`, one bit each in `places`, those where a word may begin.
    #[inline(always)]
    pub(super) fn openings(&self, text: &[u8], at: usize, mut places: u64) -> u64 {
        let mut room = [0; BLOCK + HEAD];
        let block: &[u8; BLOCK + HEAD] = match text[at..].first_chunk() {
            Some(block) => block,
            None => {
                room[..text.len() - at].copy_from_slice(&text[at..]);
                &room
            }
        };
        let mut found = 0;
        while places != 0 {
            let place = places.trailing_zeros() as usize % BLOCK;
            places &= places - 1;
            let head = std::array::from_fn(|n| block[place + n]);
            found |= u64::from(self.may_begin(head)) << place;
        }
        found
    }

    /// Says whether a word may begin so. No answer decides what is asked next: a processor cannot guess them.
    #[inline(always)]
    fn may_begin(&self, head: [u8; HEAD]) -> bool {
        let [a, b, c, d, ..] = head;
        let [first, second, third] = &SHARES;
        let bit = (first[usize::from(a)] | second[usize::from(b)] | third[usize::from(c)]) as usize;
        self.three.has(bit)
            & (self.short.has(bit) | self.four.has(hash([a, b, c, d])) | self.six.has(hash_of_six(head)))
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

/// What all bytes have in the bit of a head, as its first, second and third.
static SHARES: [[u32; 256]; 3] = {
    let mut shares = [[0; 256]; 3];
    let mut byte = 0;
    while byte < 256 {
        let code = code(byte as u8);
        shares[0][byte] = bit([code, 0, 0]) as u32;
        shares[1][byte] = bit([0, code, 0]) as u32;
        shares[2][byte] = bit([0, 0, code]) as u32;
        byte += 1;
    }
    shares
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
const fn bit([a, b, c]: [u8; 3]) -> usize {
    let [a, b, c] = [a as usize, b as usize, c as usize];
    (a & 31) << 10 | (b & 31) << 5 | (c & 31) | (a >> 5) << 17 | (b >> 5) << 16 | (c >> 5) << 15
}

/// A small letter that makes another word of the one before it, more than its plural.
fn goes_on(next: u8) -> bool {
    next.is_ascii_lowercase() && next != b's'
}

/// How a byte of a word counts.
pub(super) fn folded(byte: u8) -> u8 {
    if matches!(byte, b'_' | b'-') { b' ' } else { byte.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors;
    use std::collections::BTreeSet;

    fn may_begin(heads: &Heads, text: &[u8]) -> bool {
        heads.openings(text, 0, 1) == 1
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
        let heads = Heads::of(words.iter());
        assert!(words.len() > 300, "{}", words.len());
        for written in words.iter().flat_map(|word| written(word)) {
            assert!(may_begin(&heads, written.as_bytes()), "{written} at the end");
            for next in (0..=u8::MAX).filter(|next| !goes_on(*next)) {
                for further in [b' ', b'x', b'Q', b'7', 0xD0] {
                    let text = [written.as_bytes(), &[next, further], b"rest of it"].concat();
                    assert!(may_begin(&heads, &text), "{written} before {next}, {further}");
                }
            }
        }
    }

    #[test]
    fn each_head_stands_for_its_own_word_alone() {
        let (word, others) =
            ("date of birth".to_owned(), ["dated", "data of", "date.of", "dose", "late", "da"]);
        let heads = Heads::of([&word].into_iter());
        for text in ["date of birth", "DATE_OF_BIRTH", "Date-of birth", "date of"] {
            assert!(may_begin(&heads, text.as_bytes()), "{text}");
        }
        for text in others {
            assert!(!may_begin(&heads, text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn most_words_of_a_text_are_turned_away() {
        let words = words();
        let heads = Heads::of(words.iter());
        let text = "Nobody objected to the new opening hours, although two members asked that the side door stay \
                    locked after dark; we agreed to paint the hall before winter and to ask three firms for offers";
        let (count, passed) = text.split_inclusive(' ').fold((0, 0), |(count, passed), word| {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            (count + 1, passed + usize::from(may_begin(&heads, &text.as_bytes()[at..])))
        });
        assert!(passed * 5 < count, "{passed} of {count}");
    }
}
