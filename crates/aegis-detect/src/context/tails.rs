//! Tells of most values by the word before them that nothing names them: it is no glue, and no word of the vocabulary
//! ends so. A cheap question that spares reading all words before a value.
//! Built and asked by the vocabulary. Invariant: says no of no value that has a label.

use super::Roles;
use super::before::Before;
use super::glue::MAX_GAP;
use crate::bits::Bits;

/// Bits of the hash of a word.
const HASH: u32 = 15;
/// Longest word that is looked at.
const LONGEST: usize = 32;

/// The last words of all that may stand before a value and belong to it, as sets of hashes.
#[derive(Default)]
pub(super) struct Tails {
    /// Of glue, of labels, hints and what leaves open how a value is called.
    open: Bits<WORDS_OF_SET>,
    /// Of words that only name something else: a label can stand beside them, but for its sign.
    others: Bits<WORDS_OF_SET>,
}

const WORDS_OF_SET: usize = (1 << HASH) / 64;

/// The hash of the word of so many bytes that ends `text`: by its length and last eight letters, small or not.
#[inline]
fn hash(text: &[u8], len: usize) -> usize {
    let tail = match text.last_chunk::<8>() {
        Some(tail) => u64::from_be_bytes(*tail),
        None => text.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    let own = u64::MAX.checked_shr(64 - 8 * len.min(8) as u32).unwrap_or(0);
    let small = (tail & own | 0x2020_2020_2020_2020).wrapping_add((len as u64) << 56);
    (small.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - HASH)) as usize
}

impl Tails {
    /// Knows the Latin letters or digits that each of these ends with; a plural may follow.
    pub(super) fn of<'w>(words: impl Iterator<Item = (&'w str, Roles)>) -> Self {
        let mut tails = Tails::default();
        for (word, roles) in words {
            let word = word.as_bytes();
            let Some(last) = word.iter().rposition(u8::is_ascii_alphanumeric) else { continue };
            let word = &word[..=last];
            let like: fn(&u8) -> bool =
                if word[last].is_ascii_digit() { u8::is_ascii_digit } else { u8::is_ascii_alphabetic };
            let run = &word[last + 1 - run(word, like)..];
            let plural = if word[last].is_ascii_digit() { b"s".to_vec() } else { [run, b"s"].concat() };
            let open = roles.has(Roles::ANY_OWN) || !roles.has(Roles::NAMING);
            let set = if open { &mut tails.open } else { &mut tails.others };
            for run in [run, &plural] {
                set.add(hash(run, run.len()));
            }
        }
        tails
    }

    /// Says whether a word that names it may stand before what begins where `text` ends, or a member of the same list:
    /// so many digits in a row at least. `lists`: a word that may stand between the members of a list.
    #[inline]
    pub(super) fn may_name(&self, text: &[u8], digits: usize, lists: impl Fn(&[u8]) -> bool) -> bool {
        let signs = Before::of(text);
        // between the last letter or digit and the value
        let gap = (signs.letters | signs.digits | signs.high).leading_zeros();
        if gap as usize > MAX_GAP {
            return false;
        }
        let (last, text) = (1 << (63 - gap), &text[..text.len() - gap as usize]);
        let run = |of: u64, like: fn(&u8) -> bool| match (!(of << gap)).leading_zeros() as usize {
            // it may have begun before the bytes that were looked at
            24.. => run(text, like),
            run => run,
        };
        if signs.high & last != 0 {
            // a letter of another script
            return true;
        }
        if signs.digits & last != 0 {
            let run = run(signs.digits, u8::is_ascii_digit);
            let bit = hash(text, run);
            return run >= digits || self.open.has(bit) || self.others.has(bit);
        }
        let run = run(signs.letters, u8::is_ascii_alphabetic);
        let (before, word) = text.split_at(text.len() - run);
        let other = match before {
            [.., letter, b'\''] => letter.is_ascii_alphabetic() || *letter >= 0x80,
            [.., last] => *last >= 0x80,
            [] => false,
        };
        let parted = signs.capitals & (signs.letters & !signs.capitals) << 1;
        let camel = parted << gap >> (64 - run.min(63)) != 0;
        if other || camel || run == LONGEST {
            return true;
        }
        // these join it to nothing
        if (signs.breaks | signs.commas) & !(last | (last - 1)) != 0 {
            return word == b"value" || lists(word);
        }
        let bit = hash(text, run);
        self.open.has(bit) || self.others.has(bit) && may_be_alternative(before)
    }
}

/// Longest word of the vocabulary, without its last part.
const LONGEST_HEAD: usize = 40;

/// Says whether a sign that stands between two names of one value may stand before the word that ends after `text`.
fn may_be_alternative(text: &[u8]) -> bool {
    let near = &text[text.len().saturating_sub(LONGEST_HEAD)..];
    near.iter().any(|byte| matches!(byte, b'/' | b'|' | b'('))
        || near.windows(4).any(|bytes| bytes == b" or ")
}

/// How many bytes at the end of `text` are alike, up to [`LONGEST`].
fn run(text: &[u8], like: impl Fn(&u8) -> bool) -> usize {
    text.iter().rev().take(LONGEST).take_while(|byte| like(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;

    #[test]
    fn what_stands_before_a_value_may_name_it_or_not() {
        let vocabulary = Vocabulary::build();
        for (text, may) in [
            ("MRN: ", true),
            ("Patient MRNs ", true),
            ("patientMrn=", true),
            ("med rec # ", true),
            ("\"mrn\": \"", true),
            ("mrn is ", true),
            ("mrn 12345 and ", true),
            ("mrn 12345, ", true),
            ("mrn 1234, ", false),
            ("NM109: ", true),
            ("W-2 ", true),
            ("tel. ", true),
            ("\"system\": \"mrn\", \"value\": \"", true),
            ("\"mrn\": {\"value\": \"", true),
            ("numéro de dossier médical ", true),
            ("病历号", true),
            ("we have painted ", false),
            ("painted, ", false),
            ("mrn, ", false),
            ("mrn; ", false),
            ("the mrn, painted ", false),
            ("", false),
            ("mrn, invoice ", false),
            ("invoice no. ", true),
            ("mrn / invoice ", true),
            ("mrn or invoice ", true),
            ("mrn                                                                 ", false),
        ] {
            assert_eq!(vocabulary.may_name(text.as_bytes(), 5), may, "{text}");
        }
    }
}
