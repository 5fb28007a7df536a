//! Finds attacks on the model: phrases by slots (verb × qualifier × object) and structural signs.
//! Called by the scanner with the normalised text; scores windows, never the whole at once, so that
//! an attack in a long document does not drown.
//! Invariant: a window's score depends on its bytes and on a few beside it, which tell whole words from parts.

mod encoded;
mod families;
mod hits;
mod literals;
mod model;
mod origin;
mod phrases;
mod second;
mod slots;
mod structure;
mod weigh;
mod windows;

#[cfg(feature = "training")]
pub mod training;

pub(crate) use families::Family;
use model::end_of_word;
pub(crate) use model::{AFTER, BEFORE};
pub use origin::Origin;
pub use second::{SECOND_STAGE_FROM, SECOND_STAGE_MOST, SecondStage};
pub(crate) use windows::{Places, is_window};

use crate::scan::LEAST;
use crate::work;
use aho_corasick::AhoCorasick;
use families::Families;
use hits::{Hit, Hits};
use model::{Group, Model, Opening, Parts, Spots, Worth};
use second::Asked;
use std::ops::Range;

/// Bytes scored together.
pub(crate) const WINDOW: usize = 512;
/// Windows begin this far apart, so that whatever fits half a window lies whole in one.
pub(crate) const STRIDE: usize = WINDOW / 2;

/// What a scanner judges windows by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Means {
    /// Phrases and structure alone.
    Signs,
    /// The model, with the signs as part of its evidence.
    Model,
}

/// How windows are judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'s> {
    /// Who wrote the text.
    pub(crate) origin: Origin,
    pub(crate) means: Means,
    /// Asked about what looks suspicious.
    pub(crate) second: Option<&'s dyn SecondStage>,
}

/// What a word or phrase is evidence of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Part of a phrase with slots.
    Slot(slots::Slot),
    /// Evidence by itself, with its log-odds in tenths.
    Phrase(Family, i16),
    /// A place whose surroundings tell.
    Structure(structure::Kind),
    /// Talk about attacks, or about something else: evidence against, in tenths.
    Against(i16),
}

/// What one window is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) confidence: f32,
    /// The strongest family, and all that were seen.
    pub(crate) family: Family,
    pub(crate) families: Families,
    /// The strongest evidence, in the text. Empty when the confidence is below what is kept.
    pub(crate) span: Range<usize>,
    /// The second stage had its say.
    pub(crate) second: bool,
}

impl Verdict {
    /// The families seen, the strongest first.
    pub(crate) fn reasons(&self) -> Vec<&'static str> {
        let others = self.families.iter().filter(|family| *family != self.family);
        let second = self.second.then_some("second classifier");
        [self.family].into_iter().chain(others).map(Family::reason).chain(second).collect()
    }
}

/// What goes from one window of a text to the next.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Carried {
    /// The half that both share.
    half: Option<Half>,
    asked: Asked,
}

/// What half a window is worth and where signs may stand in it, whichever window it is half of.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Half {
    worth: Worth,
    spots: Spots,
}

/// A sign as it is compared with a text.
struct Pattern {
    /// In small letters, where they are of ASCII.
    text: Box<[u8]>,
    sign: Sign,
    /// It is a word and must not continue as a longer one on the left, on the right.
    bounds: (bool, bool),
}

/// All signs, and the model.
pub(crate) struct Judge {
    model: Model,
    /// Tells where signs may stand.
    opening: Opening,
    patterns: Vec<Pattern>,
    /// The forms that hide words, which may stand inside of others, and their places in `patterns`.
    hidden: AhoCorasick,
    hidden_patterns: Vec<u16>,
}

/// A word begun with a capital, if its first letter is none of ASCII.
fn capitalised(word: &str) -> Option<String> {
    let first = word.chars().next().filter(|c| !c.is_ascii())?;
    let capital: String = first.to_uppercase().collect();
    let word = format!("{capital}{}", &word[first.len_utf8()..]);
    (!word.starts_with(first)).then_some(word)
}

/// Whether a pattern is a word that must not continue to the left, to the right. Hidden words and links stand anywhere.
fn bounds(word: &str, sign: Sign) -> (bool, bool) {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
    let inside =
        sign == Sign::Phrase(Family::Encoding, HIDDEN) || sign == Sign::Structure(structure::Kind::Link);
    (!inside && letter(word.chars().next()), !inside && letter(word.chars().next_back()))
}

/// Log-odds in tenths of a word in a form that hides it.
const HIDDEN: i16 = 26;

/// What a window without evidence is worth.
const PRIOR: f32 = -4.0;

impl Judge {
    pub(crate) fn build() -> Self {
        let mut signs: Vec<(String, Sign)> = Vec::new();
        for (slot, list) in slots::ALL {
            signs.extend(list.split('|').map(|word| (word.trim().to_lowercase(), Sign::Slot(*slot))));
        }
        for (family, tenths, list) in phrases::FOR {
            signs.extend(
                list.split(" | ").map(|phrase| (phrase.to_lowercase(), Sign::Phrase(*family, *tenths))),
            );
        }
        for (tenths, list) in phrases::AGAINST {
            signs.extend(list.split(" | ").map(|phrase| (phrase.to_lowercase(), Sign::Against(*tenths))));
        }
        signs.extend(structure::patterns().map(|(pattern, kind)| (pattern, Sign::Structure(kind))));
        for word in phrases::HIDDEN {
            signs.extend(
                encoded::forms(word).into_iter().map(|form| (form, Sign::Phrase(Family::Encoding, HIDDEN))),
            );
        }
        // the automaton folds the case of ASCII only
        let capitals: Vec<_> =
            signs.iter().filter_map(|(word, sign)| Some((capitalised(word)?, *sign))).collect();
        signs.extend(capitals);
        let patterns: Vec<Pattern> = signs
            .into_iter()
            .map(|(word, sign)| Pattern { bounds: bounds(&word, sign), text: word.into_bytes().into(), sign })
            .collect();
        let mut opening = Opening::new();
        for (number, pattern) in patterns.iter().enumerate() {
            opening.add(number, &pattern.text, pattern.bounds, Parts::of(pattern.sign));
        }
        let hides = |pattern: &Pattern| pattern.sign == Sign::Phrase(Family::Encoding, HIDDEN);
        let hidden_patterns: Vec<u16> =
            (0..patterns.len()).filter(|&n| hides(&patterns[n])).map(|n| n as u16).collect();
        let hidden = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(hidden_patterns.iter().map(|&n| &patterns[usize::from(n)].text))
            .expect("the forms are few and short, far below the automaton's limits");
        let model = Model::of(include_bytes!("model/weights.bin"))
            .expect("training writes as many weights as are read");
        Judge { model, opening, patterns, hidden, hidden_patterns }
    }

    /// Calls `each` with the verdict of every window of `text`.
    pub(crate) fn judge(&self, text: &[u8], terms: Terms, mut each: impl FnMut(Verdict)) {
        let mut carried = Carried::default();
        let mut start = 0;
        while is_window(start, text.len()) {
            let span = start..text.len().min(start + WINDOW);
            each(self.judge_window(text, span, 0, terms, &mut carried));
            start += STRIDE;
        }
    }

    /// The verdict of the window of `text` that lies in `span`. `base` bytes come before `text`.
    pub(crate) fn judge_window(
        &self,
        text: &[u8],
        span: Range<usize>,
        base: usize,
        terms: Terms,
        carried: &mut Carried,
    ) -> Verdict {
        let first = carried.half.take().unwrap_or_else(|| self.half(text, span.start, terms.means));
        let second = self.half(text, span.start + STRIDE, terms.means);
        let verdict = self.verdict(text, span, base, [&first, &second], terms, &mut carried.asked);
        carried.half = Some(second);
        verdict
    }

    /// What half a window is worth, and where it may hold signs.
    fn half(&self, text: &[u8], start: usize, means: Means) -> Half {
        let mut half = Half::default();
        if start >= text.len() {
            return half;
        }
        work::done(STRIDE);
        let span = start..text.len().min(start + STRIDE);
        half.worth = match means {
            Means::Model => self.model.worth(text, span, &self.opening, &mut half.spots),
            Means::Signs => Worth::unknown(self.opening.parts(text, span, &mut half.spots)),
        };
        half
    }

    /// The signs that lie whole in `window`, of those that may stand in its halves.
    fn hits(&self, text: &[u8], window: &Range<usize>, halves: [&Spots; 2]) -> Hits {
        let mut hits = Hits::new();
        let mut is_spaced = false;
        for (half, spots) in halves.into_iter().enumerate() {
            for spot in spots.iter() {
                let at = window.start + half * STRIDE + usize::from(spot.at);
                match spot.group {
                    Group::LONG => self.uncover(text, at..end_of_word(text, at).min(window.end), &mut hits),
                    Group::SPACED => is_spaced = true,
                    group => {
                        for known in self.opening.signs(group) {
                            let start = at.checked_sub(usize::from(known.offset));
                            self.compare(text, window, start, known.sign, &mut hits);
                        }
                    }
                }
            }
        }
        if is_spaced {
            self.uncover(text, window.clone(), &mut hits);
        }
        hits.sort();
        hits
    }

    /// Takes the sign numbered `number` if it stands at `start`.
    fn compare(
        &self,
        text: &[u8],
        window: &Range<usize>,
        start: Option<usize>,
        number: u16,
        hits: &mut Hits,
    ) {
        work::done(1);
        let pattern = &self.patterns[usize::from(number)];
        let Some(start) = start.filter(|&start| start >= window.start) else { return };
        let place = start..start + pattern.text.len();
        if place.end > window.end || !text[place.clone()].eq_ignore_ascii_case(&pattern.text) {
            return;
        }
        let (left, right) = pattern.bounds;
        if !(left && continues_left(text, place.start) || right && continues_right(text, place.end)) {
            hits.push(Hit { span: place, pattern: number.into(), sign: pattern.sign });
        }
    }

    /// Takes the words that are hidden in `span`.
    fn uncover(&self, text: &[u8], span: Range<usize>, hits: &mut Hits) {
        for found in self.hidden.find_overlapping_iter(&text[span.clone()]) {
            work::done(1);
            let number = self.hidden_patterns[found.pattern().as_usize()];
            let place = found.start() + span.start..found.end() + span.start;
            let sign = self.patterns[usize::from(number)].sign;
            if !hits.push(Hit { span: place, pattern: number.into(), sign }) {
                return;
            }
        }
    }
}

fn continues_left(text: &[u8], at: usize) -> bool {
    match text[..at] {
        [.., 0xC3..=0xDB, 0x80..=0xBF] => true,
        [.., last] => last.is_ascii_alphanumeric(),
        [] => false,
    }
}

fn continues_right(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|next| next.is_ascii_alphanumeric() || (0xC3..=0xDB).contains(next))
}
