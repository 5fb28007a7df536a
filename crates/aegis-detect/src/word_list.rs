//! Lists of words that are asked about often: whether a word is in one takes a table look-up, not a walk of the list.
//! Declared as constants by detectors; the case of ASCII letters does not matter.
//! Invariant: a list answers as a comparison with each of its words would.

/// Places of the table, more than any list has words so that most questions end at the first look.
const PLACES: usize = 128;
/// Longest list.
const MOST: usize = 160;

/// Five bits of a first letter, whose case does not matter.
const LETTERS: usize = 32;
/// Words from this length on are alike.
const LONG: usize = 31;

/// A list of words, chained by where they fall in a small table.
pub(crate) struct WordList {
    words: &'static [&'static str],
    /// By the first letter the lengths of the words that begin so, one bit each: most words are told by that.
    lens: [u32; LETTERS],
    /// One more than the first word of a place, 0 for none.
    first: [u8; PLACES],
    /// The same for the word after each.
    next: [u8; MOST],
}

const fn letter(first: u8) -> usize {
    (first % 32) as usize
}

const fn length(word: &[u8]) -> u32 {
    1 << if word.len() < LONG { word.len() } else { LONG }
}

const fn place(word: &[u8]) -> usize {
    let len = word.len();
    let (head, second, last) = (word[0] | 0x20, word[len / 2] | 0x20, word[len - 1] | 0x20);
    let mixed = head as usize * 5 + second as usize * 17 + last as usize * 11 + len * 29;
    (mixed ^ (mixed >> 7)) % PLACES
}

impl WordList {
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        assert!(words.len() <= MOST, "the list is too long for its table");
        let mut list = WordList { words, lens: [0; LETTERS], first: [0; PLACES], next: [0; MOST] };
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            list.lens[letter(word[0])] |= length(word);
            let place = place(word);
            list.next[at] = list.first[place];
            list.first[place] = at as u8 + 1;
            at += 1;
        }
        list
    }

    /// Says whether `word` is in the list.
    #[inline]
    pub(crate) fn has(&self, word: &[u8]) -> bool {
        let may_be = word.first().is_some_and(|first| self.lens[letter(*first)] & length(word) != 0);
        may_be && self.chained(word)
    }

    /// A word may begin with this byte.
    #[inline]
    pub(crate) fn may_begin(&self, first: u8) -> bool {
        self.lens[letter(first)] != 0
    }

    fn chained(&self, word: &[u8]) -> bool {
        let mut next = self.first[place(word)];
        while next != 0 {
            let at = usize::from(next) - 1;
            if self.words[at].as_bytes().eq_ignore_ascii_case(word) {
                return true;
            }
            next = self.next[at];
        }
        false
    }
}

/// Longest word that is asked about in small letters.
const LONGEST: usize = 24;

impl WordList {
    /// Says whether a word of the list begins with `word`, without regard to the case of any letter.
    pub(crate) fn begins_folded(&self, word: &str) -> bool {
        small(word, &mut [0; LONGEST])
            .is_some_and(|small| self.words.iter().any(|word| word.starts_with(small)))
    }

    /// Like [`has`](Self::has), without regard to the case of any letter. The list has small letters.
    pub(crate) fn has_folded(&self, word: &str) -> bool {
        if word.is_ascii() || word.len() > LONGEST {
            return word.len() <= LONGEST && self.has(word.as_bytes());
        }
        small(word, &mut [0; LONGEST]).is_some_and(|small| self.has(small.as_bytes()))
    }
}

/// `word` in small letters, if it fits into `room`.
pub(crate) fn small<'r>(word: &str, room: &'r mut [u8]) -> Option<&'r str> {
    let mut len = 0;
    if word.is_ascii() {
        len = word.len();
        let small = room.get_mut(..len)?;
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
    } else {
        for c in word.chars().flat_map(char::to_lowercase) {
            let slot = room.get_mut(len..len + c.len_utf8())?;
            len += c.encode_utf8(slot).len();
        }
    }
    std::str::from_utf8(&room[..len]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_words_in_any_case_and_no_others() {
        static LIST: WordList = WordList::new(&["street", "straße", "st", "a", "c/", "av."]);
        for word in ["street", "STREET", "Straße", "st", "A", "C/", "av."] {
            assert!(LIST.has(word.as_bytes()), "{word}");
        }
        assert!(LIST.has_folded("STRAßE") && LIST.has_folded("Street") && !LIST.has_folded("Straßen"));
        for word in ["", "streets", "s", "STRASSE", "c", "av,"] {
            assert!(!LIST.has(word.as_bytes()), "{word}");
        }
    }
}
