//! Finds attacks on the model: phrases by slots (verb × qualifier × object) and structural signs.
//! Called by the scanner with the normalised text; scores windows, never the whole at once, so that
//! an attack in a long document does not drown.
//! Invariant: a window's score depends on its bytes and on a few beside it, which tell whole words from parts.

mod encoded;
mod families;
mod half;
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
pub(crate) use model::{AFTER, BEFORE};
pub use origin::Origin;
pub use second::{SECOND_STAGE_FROM, SECOND_STAGE_MOST, SecondStage};
pub(crate) use windows::{Places, is_window};

use crate::detector::Odds;
use crate::scan::LEAST;
use crate::work;
use aho_corasick::AhoCorasick;
use families::Families;
use half::Half;
use hits::Hits;
use model::{Cutter, Model, Opening, Parts};
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
    /// So sure, for no reason that could be shown.
    fn unfounded(confidence: f32) -> Self {
        let (family, families) = (Family::Wording, Families::default());
        Verdict { confidence, family, families, span: 0..0, second: false }
    }

    /// The families seen, the strongest first.
    pub(crate) fn reasons(&self) -> Vec<&'static str> {
        let others = self.families.iter().filter(|family| *family != self.family);
        let second = self.second.then_some("second classifier");
        [self.family].into_iter().chain(others).map(Family::reason).chain(second).collect()
    }
}

/// What goes from one window of a text to the next, and memory that texts use one after the other.
#[derive(Default)]
pub(crate) struct Carried {
    halves: [Half; 2],
    /// The half that both share, if there was a window before.
    shared: Option<usize>,
    so_far: SoFar,
    cutter: Box<Cutter>,
}

/// What is carried from one verdict to the next.
#[derive(Default)]
struct SoFar {
    asked: Asked,
    /// The last odds, and what they came to: most windows have the same.
    last: Option<(f32, f32)>,
    /// Room for the signs of a window.
    hits: Hits,
}

impl SoFar {
    /// What `odds` come to.
    fn confidence(&mut self, odds: f32) -> f32 {
        match self.last {
            Some((known, confidence)) if known == odds => confidence,
            _ => {
                let confidence = Odds(odds).confidence();
                self.last = Some((odds, confidence));
                confidence
            }
        }
    }
}

/// A sign as it is compared with a text.
struct Pattern {
    /// In small letters, where they are of ASCII.
    text: Box<[u8]>,
    sign: Sign,
    /// It is a word and must not continue as a longer one on the left, on the right.
    bounds: (bool, bool),
    /// Not all of it is ASCII.
    foreign: bool,
}

impl Pattern {
    /// Whether it stands in `text` from `start` on, where it begins.
    fn stands(&self, text: &[u8], start: usize) -> bool {
        work::done(1);
        let place = start..start + self.text.len();
        let (left, right) = self.bounds;
        let rest = |all| <[u8]>::get(all, model::BEGINNING..).unwrap_or_default();
        place.end <= text.len()
            && (place.len() <= model::BEGINNING
                || rest(&text[place.clone()]).eq_ignore_ascii_case(rest(&self.text)))
            && !(left && continues_left(text, place.start) || right && continues_right(text, place.end))
    }
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
    /// Bytes of the longest of them.
    hidden_longest: usize,
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
            .map(|(word, sign)| Pattern {
                bounds: bounds(&word, sign),
                foreign: !word.is_ascii(),
                text: word.into_bytes().into(),
                sign,
            })
            .collect();
        let opening = Opening::of(
            patterns.iter().map(|pattern| ((&*pattern.text, pattern.bounds), Parts::of(pattern.sign))),
        );
        let hides = |pattern: &Pattern| pattern.sign == Sign::Phrase(Family::Encoding, HIDDEN);
        let hidden_patterns: Vec<u16> =
            (0..patterns.len()).filter(|&n| hides(&patterns[n])).map(|n| n as u16).collect();
        let hidden = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(hidden_patterns.iter().map(|&n| &patterns[usize::from(n)].text))
            .expect("the forms are few and short, far below the automaton's limits");
        let hidden_longest =
            hidden_patterns.iter().map(|&n| patterns[usize::from(n)].text.len()).max().unwrap_or_default();
        let model = Model::of(include_bytes!("model/weights.bin"))
            .expect("training writes as many weights as are read");
        Judge { model, opening, patterns, hidden, hidden_patterns, hidden_longest }
    }

    /// Calls `each` with the verdict of every window of `text`. Nothing of another text is `carried` over but memory.
    pub(crate) fn judge(
        &self,
        text: &[u8],
        terms: Terms,
        carried: &mut Carried,
        mut each: impl FnMut(Verdict),
    ) {
        (carried.shared, carried.so_far.asked) = (None, Asked::default());
        carried.cutter.forget();
        let mut start = 0;
        while is_window(start, text.len()) {
            let span = start..text.len().min(start + WINDOW);
            each(self.next(text, span, text.len(), 0, terms, carried));
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
        // the part at hand is another each time
        carried.cutter.forget();
        let until = span.end;
        self.next(text, span, until, base, terms, carried)
    }

    fn next(
        &self,
        text: &[u8],
        span: Range<usize>,
        until: usize,
        base: usize,
        terms: Terms,
        carried: &mut Carried,
    ) -> Verdict {
        let Carried { halves: [one, other], shared, so_far, cutter } = carried;
        let (first, second) = if *shared == Some(1) { (other, one) } else { (one, other) };
        if shared.is_none() {
            self.half(text, span.start, until, terms.means, cutter, first);
        }
        self.half(text, span.start + STRIDE, until, terms.means, cutter, second);
        *shared = Some(if *shared == Some(1) { 0 } else { 1 });
        self.verdict(text, span, base, [first, second], terms, so_far)
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
