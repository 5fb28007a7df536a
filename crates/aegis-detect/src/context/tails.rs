//! Tells by the last words before a value which detectors they may name it for: mostly none. A cheap question that
//! spares calling those detectors, and reading all words before a value.
//! Built and asked by the vocabulary. Invariant: leaves out no detector that has a label or hint there.

use super::Roles;
use super::before::Before;
use super::glue::MAX_GAP;
use super::recall;
use super::vocabulary::Known;
use crate::bits::Bits;
use crate::detector::Numbers;
use crate::detectors::{self, phone::may_extend};
use crate::vectors::BLOCK;
use std::collections::BTreeSet;

/// Bits of the hash of a word.
const HASH: u32 = 15;
/// The last words of all that may stand before a value and belong to it. What ends with small words that may stand
/// before any value is known by the word before those: `phone number` by `phone`.
pub(super) struct Tails {
    /// Hashes of them all, and of the last two of each that is several words.
    known: Bits<{ (1 << HASH) / 64 }>,
    /// Which of the meanings each has, by its hash.
    numbers: Box<[u16; 1 << HASH]>,
    /// The meanings: few differ.
    tails: Vec<Tail>,
    /// The detectors of values that may have been spoken of farther back, and of those that may answer a question.
    recalled: Roles,
    asked: Roles,
}

/// What the end of a label, a hint or a small word means.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
struct Tail {
    /// The detectors that it is a label or hint of.
    owners: Roles,
    /// What stands before it counts, too: it does not name the value.
    open: bool,
    /// Another name of the value may stand before it.
    naming: bool,
    /// With the word before it, it may mean something.
    paired: bool,
    /// It may state what was spoken of farther back.
    recalls: bool,
}

impl Tail {
    fn add(&mut self, other: Tail) {
        self.owners |= other.owners;
        self.open |= other.open;
        self.naming |= other.naming;
        self.paired |= other.paired;
        self.recalls |= other.recalls;
    }
}

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

/// The hash of two words of these hashes.
fn pair(first: usize, second: usize) -> usize {
    let both = first as u64 + ((second as u64) << HASH);
    (both.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - HASH)) as usize
}

/// Most signs between two words of a label.
const MOST_SIGNS: usize = 3;

fn is_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

impl Tails {
    /// Knows the Latin letters or digits that each of these ends with; a plural may follow. `small` ones may stand
    /// between a label and its value, `recalling` ones lead to what was spoken of before.
    pub(super) fn of<'w, 's>(
        words: impl Iterator<Item = (&'w str, Roles)>,
        small: impl Iterator<Item = &'s str>,
        recalling: impl Iterator<Item = &'s str>,
    ) -> Self {
        let mut all = Known::default();
        let small: BTreeSet<&[u8]> = small.map(str::as_bytes).collect();
        for word in &small {
            add(&mut all, &[], word, Tail { open: true, ..Tail::default() });
        }
        for word in recalling.filter_map(|word| word.rsplit(' ').next()) {
            add(&mut all, &[], word.as_bytes(), Tail { recalls: true, ..Tail::default() });
        }
        for (word, roles) in words {
            let Some((before, key)) = key(word.as_bytes(), &small) else { continue };
            let naming = roles.has(Roles::NAMING);
            add(
                &mut all,
                before,
                key,
                Tail { owners: roles.owners(), open: !naming, naming, ..Tail::default() },
            );
        }
        let those = |are: fn(&Numbers) -> bool| {
            let all = detectors::ALL.iter().enumerate().filter(|(_, detector)| are(&detector.numbers));
            all.fold(Roles::NONE, |all, (place, _)| all | Roles::label(place))
        };
        let mut tails = Tails {
            known: Bits::default(),
            numbers: Box::new([0; 1 << HASH]),
            tails: Vec::new(),
            recalled: those(|numbers| numbers.recalled),
            asked: those(|numbers| numbers.asked),
        };
        let mut known: Known<Tail, usize> = Known::default();
        for (hash, tail) in all {
            let number = *known.entry(tail).or_insert_with(|| {
                tails.tails.push(tail);
                tails.tails.len() - 1
            });
            assert!(number <= usize::from(u16::MAX), "more meanings than numbers for them");
            tails.known.add(hash);
            tails.numbers[hash] = number as u16;
        }
        tails
    }

    /// What a word with this hash means, if it is one of them.
    #[inline]
    fn tail(&self, hash: usize) -> Option<Tail> {
        self.known.has(hash).then(|| self.tails[usize::from(self.numbers[hash])])
    }

    /// What is known may end with the last bytes of `text`, so many.
    pub(super) fn may_end(&self, text: &[u8], len: usize) -> bool {
        self.known.has(hash(text, len))
    }

    /// The detectors that what begins where `text` ends may have a label or hint of right before it, or that a member
    /// of the same list may have: so many digits in a row at least, or some of several `groups`. `lists`: a word that may stand between the members
    /// of a list. All of them where more would have to be read to know.
    pub(super) fn owners(
        &self,
        text: &[u8],
        digits: usize,
        groups: bool,
        lists: impl Fn(&[u8]) -> bool,
    ) -> Roles {
        // the attributes of an element stand between its name and its text
        if text.ends_with(b"\">") || text.ends_with(b"'>") {
            return Roles::ANY_LABEL;
        }
        let lead = Lead::of(text);
        let (mut owners, mut value) = (Roles::NONE, false);
        if lead.lines != 0 && recall::may_answer(text) {
            owners |= self.asked;
        }
        let mut end = BLOCK;
        loop {
            let Some(last) = lead.word_before(end) else {
                // more of the gap may stand before what was looked at
                return if end <= MAX_GAP { Roles::ANY_LABEL } else { owners };
            };
            if end - 1 - last > MAX_GAP {
                return owners;
            }
            if lead.has(lead.high, last) {
                return Roles::ANY_LABEL;
            }
            if lead.has(lead.digits, last) {
                let start = last + 1 - lead.run(lead.digits, last);
                // letters and digits that share their name with what comes after a word: `C4VPT3H2 and …`
                let mixed = end < BLOCK && lead.before(start).last().is_some_and(u8::is_ascii_alphabetic);
                let listed = last + 1 - start >= digits
                    || mixed
                    || groups && lead.may_be_group(start)
                    || may_extend(lead.before(start));
                let tail = self.ending(&lead, start, last);
                return tail
                    .filter(|tail| !(listed || tail.open))
                    .map_or(Roles::ANY_LABEL, |tail| owners | tail.owners);
            }
            let start = last + 1 - lead.run(lead.letters, last);
            if lead.is_part(start) {
                return Roles::ANY_LABEL;
            }
            if lead.breaks & up_to(end) & !up_to(last) != 0 {
                let word = lead.part(start, last);
                let goes_on = value || word == b"value" || lists(word);
                return if goes_on { Roles::ANY_LABEL } else { owners };
            }
            let Some(tail) = self.ending(&lead, start, last) else { return Roles::ANY_LABEL };
            owners |= tail.owners;
            if tail.recalls {
                owners |= self.recalled;
            }
            if !tail.open {
                return owners;
            }
            value = lead.part(start, last) == b"value";
            if value {
                // a resource of FHIR says of what before it: `"code":"MR"},"value":"…`
                owners |= self.recalled;
            }
            end = start;
        }
    }

    /// What the word means that stands from `start` to `last`, if that can be told.
    #[inline]
    fn ending(&self, lead: &Lead, start: usize, last: usize) -> Option<Tail> {
        let own = lead.hash(start, last);
        let tail = self.tail(own);
        // a capital amid it begins another word
        let capitals = lead.capitals & up_to(last + 1) & !up_to(start + 1);
        match tail {
            None if capitals == 0 => Some(Tail::default()),
            tail => self.known_ending(lead, start, last, own, tail.unwrap_or_default(), capitals),
        }
    }

    /// The same of a word that means something, or has capitals amid it.
    fn known_ending(
        &self,
        lead: &Lead,
        start: usize,
        last: usize,
        own: usize,
        mut tail: Tail,
        capitals: u64,
    ) -> Option<Tail> {
        let mut several = false;
        if tail.paired {
            match lead.word_before(start) {
                Some(first) if start - 1 - first <= MOST_SIGNS => {
                    let alike = if lead.has(lead.digits, first) { lead.digits } else { lead.letters };
                    let from = first + 1 - lead.run(alike, first);
                    let both = self.tail(pair(lead.hash(from, first), own)).unwrap_or_default();
                    let capitals = lead.capitals & up_to(first + 1) & !up_to(from + 1);
                    if both.open || from == 0 || capitals != 0 {
                        return None;
                    }
                    several = both != Tail::default();
                    tail.add(both);
                }
                None if start <= MOST_SIGNS => return None,
                _ => {}
            }
        }
        if capitals != 0 {
            let part = self.tail(lead.hash(capitals.trailing_zeros() as usize, last)).unwrap_or_default();
            // more of them could be one word together
            if capitals.count_ones() > 1 || tail.open || part.open {
                return None;
            }
            tail.add(part);
        }
        (!(tail.naming && may_be_alternative(lead.before(start), several))).then_some(tail)
    }
}

/// Adds the word `key`, with the one that stands in what is `before` it, if one does. Other letters are all alike.
fn add(all: &mut Known<usize, Tail>, before: &[u8], key: &[u8], tail: Tail) {
    let first = before.iter().rposition(|byte| is_in_word(*byte)).map(|last| {
        let head = &before[..=last];
        let like: fn(&u8) -> bool =
            if head[last].is_ascii_digit() { u8::is_ascii_digit } else { u8::is_ascii_alphabetic };
        hash(head, split(head, like).1.len())
    });
    assert!(before.iter().rev().take(MOST_SIGNS + 1).any(|byte| is_in_word(*byte)) || first.is_none());
    for word in [key, &[key, b"s"].concat()] {
        let own = hash(word, word.len());
        match first {
            Some(first) => {
                all.entry(pair(first, own)).or_default().add(tail);
                all.entry(own).or_default().paired = true;
            }
            None => all.entry(own).or_default().add(tail),
        }
    }
}

/// The word that the vocabulary's `word` is known by, and what stands before it: the last that is no small one. Nothing
/// where other letters stand at its end, since those may mean anything.
fn key<'w>(word: &'w [u8], small: &BTreeSet<&[u8]>) -> Option<(&'w [u8], &'w [u8])> {
    let mut end = word.len();
    loop {
        let last = word[..end].iter().rposition(|byte| is_in_word(*byte))?;
        let (before, key) = match word[last] {
            0x80.. => return None,
            b'0'..=b'9' => split(&word[..=last], u8::is_ascii_digit),
            _ => split(&word[..=last], u8::is_ascii_alphabetic),
        };
        if !small.contains(key) || !before.iter().any(|byte| is_in_word(*byte)) {
            return Some((before, key));
        }
        end = before.len();
    }
}

/// What stands before a value: its last [`BLOCK`] bytes, one bit each, the last of them the highest.
struct Lead<'t> {
    text: &'t [u8],
    letters: u64,
    digits: u64,
    high: u64,
    /// Capitals right after small letters.
    capitals: u64,
    /// What joins no label to a value: `;`, `!`, braces, a comma and a blank.
    breaks: u64,
    apostrophes: u64,
    /// Ends of lines.
    lines: u64,
}

/// The bits below the `n`th of up to 64.
fn up_to(n: usize) -> u64 {
    u64::MAX.checked_shr(BLOCK as u32 - n as u32).unwrap_or(0)
}

impl<'t> Lead<'t> {
    #[inline]
    fn of(text: &'t [u8]) -> Self {
        let Before { letters, capitals, digits, high, commas, breaks, apostrophes, lines, .. } =
            Before::of(text);
        let capitals = capitals & (letters & !capitals) << 1;
        Lead { text, letters, digits, high, capitals, breaks: breaks | commas, apostrophes, lines }
    }

    fn has(&self, bits: u64, at: usize) -> bool {
        bits >> at & 1 == 1
    }

    /// The last letter or digit before `end`.
    fn word_before(&self, end: usize) -> Option<usize> {
        let words = (self.letters | self.digits | self.high) & up_to(end);
        words.checked_ilog2().map(|last| last as usize)
    }

    /// How many of `alike` stand in a row up to `last`, which is one.
    fn run(&self, alike: u64, last: usize) -> usize {
        (alike << (BLOCK - 1 - last)).leading_ones() as usize
    }

    /// What stands before the byte at `start`.
    fn before(&self, start: usize) -> &'t [u8] {
        &self.text[..(self.text.len() + start).saturating_sub(BLOCK)]
    }

    /// What stands from `start` to `last`.
    fn part(&self, start: usize, last: usize) -> &'t [u8] {
        &self.before(last + 1)[self.before(start).len()..]
    }

    /// The hash of the word from `start` to `last`.
    fn hash(&self, start: usize, last: usize) -> usize {
        hash(self.before(last + 1), last + 1 - start)
    }

    /// What begins at `start` goes on a word of other letters, or one with an apostrophe, or more than was looked at.
    fn is_part(&self, start: usize) -> bool {
        let Some(before) = start.checked_sub(1) else { return true };
        let marked = self.has(self.apostrophes, before) && self.has((self.letters | self.high) << 1, before);
        self.has(self.high, before) || marked
    }

    /// The digits that begin at `start` may be the last of several groups: they hang on others. Those of a time of day
    /// do not.
    fn may_be_group(&self, start: usize) -> bool {
        let may_hang = |byte: u8| {
            byte.is_ascii_digit() || byte >= 0x80 || matches!(byte, b'-' | b'/' | b'(' | b')' | b'.')
        };
        match *self.before(start) {
            [.., before, b' '] => may_hang(before),
            [.., sign] => may_hang(sign),
            [] => false,
        }
    }
}

/// Longest word of the vocabulary, without its last part.
const LONGEST_HEAD: usize = 40;

/// Says whether a sign that stands between two names of one value may stand before the word that ends after `text`, or
/// before `several`.
fn may_be_alternative(text: &[u8], several: bool) -> bool {
    if !several {
        let text = text.trim_ascii_end();
        return matches!(text.last(), Some(b'/' | b'|' | b'(')) || text.ends_with(b" or");
    }
    let near = &text[text.len().saturating_sub(LONGEST_HEAD)..];
    near.iter().any(|byte| matches!(byte, b'/' | b'|' | b'('))
        || near.windows(4).any(|bytes| bytes == b" or ")
}

/// What stands before the bytes at the end of `text` that are alike, and those.
fn split(text: &[u8], like: impl Fn(&u8) -> bool) -> (&[u8], &[u8]) {
    let run = text.iter().rev().take_while(|byte| like(byte)).count();
    text.split_at(text.len() - run)
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;
    use super::*;

    fn owned_by(ids: &[&str]) -> Roles {
        let place = |id: &&str| detectors::ALL.iter().position(|detector| detector.info.id == *id);
        ids.iter().filter_map(place).fold(Roles::NONE, |all, place| all | Roles::label(place))
    }

    #[test]
    fn what_stands_before_a_value_may_name_it_or_not() {
        let vocabulary = Vocabulary::build();
        let (mrn, none, any) = (owned_by(&["mrn"]), Roles::NONE, Roles::ANY_LABEL);
        // small words may lead back to what was spoken of
        let recalled = vocabulary.tails.recalled;
        for (text, expected) in [
            ("MRN: ", mrn),
            ("Patient MRNs ", any),
            ("patientMrn=", mrn),
            ("med rec # ", mrn),
            ("med. rec. no.: ", mrn),
            ("medical record nos. ", mrn),
            ("\"mrn\": \"", mrn),
            ("mrn is ", mrn),
            ("mrn of the ward is ", mrn),
            ("mrn 12345 and ", any),
            ("mrn 12345, ", any),
            ("mrn 1234, ", none),
            ("phone 4158675309 x204, ", any),
            ("phone 4158675309 ext. 204 and ", any),
            ("NM109: ", owned_by(&["npi"])),
            ("W-2 ", any),
            ("tel. ", owned_by(&["phone"])),
            ("\"system\": \"mrn\", \"value\": \"", any),
            ("\"mrn\": {\"value\": \"", any),
            ("numéro de dossier médical ", any),
            ("病历号", any),
            ("we have painted ", none),
            ("painted, ", none),
            ("mrn, ", none),
            ("mrn; ", none),
            ("the mrn, painted ", none),
            ("", none),
            ("mrn, invoice ", none),
            ("invoice no. ", none),
            ("mrn / invoice ", any),
            ("mrn or invoice ", any),
            ("mrn                                                                 ", none),
        ] {
            let owners = vocabulary.owners(text.as_bytes(), 5, false);
            assert!(owners == expected || owners == expected | recalled, "{text}: {owners:?}");
        }
    }

    #[test]
    fn every_label_and_hint_is_known_however_it_is_written() {
        let vocabulary = Vocabulary::build();
        for (place, detector) in detectors::ALL.iter().enumerate() {
            for word in
                [detector.labels, detector.hints].iter().flat_map(|list| list.split(',')).map(str::trim)
            {
                let capital = word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1));
                let spellings = [word.to_owned(), word.to_ascii_uppercase(), capital.collect()];
                for word in spellings
                    .iter()
                    .flat_map(|word| [" ", "-", "_", ""].map(|sign| word.replace([' ', '-', '_'], sign)))
                {
                    for (before, after) in
                        [("", ": "), ("the ", " is "), ("\"", "\": \""), ("x, ", "s no. "), ("order ", " #")]
                    {
                        let owners = vocabulary.owners(format!("{before}{word}{after}").as_bytes(), 5, false);
                        assert!(word.is_empty() || owners.has(Roles::label(place)), "{before}{word}{after}");
                    }
                }
            }
        }
    }
}
