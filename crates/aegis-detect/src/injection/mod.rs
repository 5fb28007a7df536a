//! Finds attacks on the model: phrases by slots (verb × qualifier × object) and structural signs.
//! Called by the scanner with the normalised text; scores windows, never the whole at once, so that
//! an attack in a long document does not drown.
//! Invariant: a window's score depends on the bytes of that window alone.

mod phrases;
mod slots;

use crate::detector::Odds;
use crate::work;
use aho_corasick::AhoCorasick;
use std::ops::Range;

/// Bytes scored together.
pub(crate) const WINDOW: usize = 512;
/// Windows begin this far apart, so that whatever fits half a window lies whole in one.
pub(crate) const STRIDE: usize = WINDOW / 2;

/// What a word or phrase is evidence of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Part of a phrase with slots.
    Slot(slots::Slot),
    /// Evidence by itself, with its log-odds in tenths.
    Phrase(Family, i16),
    /// Talk about attacks, or about something else: evidence against, in tenths.
    Against(i16),
}

/// Kinds of attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Override,
    RoleSpoof,
    Template,
    Exfiltration,
    ToolHijack,
    Encoding,
    Splitting,
    Persona,
    Leak,
    Indirect,
}

impl Family {
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Family::Override => "instruction override",
            Family::RoleSpoof => "role or system spoof",
            Family::Template => "chat template tokens",
            Family::Exfiltration => "exfiltration",
            Family::ToolHijack => "tool hijack",
            Family::Encoding => "encoded instruction",
            Family::Splitting => "payload splitting",
            Family::Persona => "persona without rules",
            Family::Leak => "prompt leak",
            Family::Indirect => "instruction to a reading model",
        }
    }
}

/// A window that holds evidence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) confidence: f32,
    pub(crate) family: Family,
    /// The strongest evidence, in the text.
    pub(crate) span: Range<usize>,
}

/// The automaton over all signs.
pub(crate) struct Judge {
    automaton: AhoCorasick,
    signs: Vec<Sign>,
    /// The pattern is a word and must not continue as a longer one on the left, on the right.
    bounds: Vec<(bool, bool)>,
}

/// A sign where it stands.
#[derive(Debug, Clone)]
struct Hit {
    span: Range<usize>,
    sign: Sign,
}

/// What a window without evidence is worth.
const PRIOR: f32 = -4.0;

impl Judge {
    pub(crate) fn build() -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut signs = Vec::new();
        for (list, slot) in slots::ALL {
            for word in list.split('|').map(str::trim) {
                words.push(word.to_lowercase());
                signs.push(Sign::Slot(*slot));
            }
        }
        for (phrase, family, tenths) in phrases::FOR {
            words.push(phrase.to_lowercase());
            signs.push(Sign::Phrase(*family, *tenths));
        }
        for (phrase, tenths) in phrases::AGAINST {
            words.push(phrase.to_lowercase());
            signs.push(Sign::Against(*tenths));
        }
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
        let bounds = words
            .iter()
            .map(|word| (letter(word.chars().next()), letter(word.chars().next_back())))
            .collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&words)
            .expect("the phrases are few and short, far below the automaton's limits");
        Judge { automaton, signs, bounds }
    }

    /// Scores every window of `text` that holds evidence.
    pub(crate) fn judge(&self, text: &[u8]) -> Vec<Verdict> {
        let hits = self.hits(text, 0..text.len());
        let mut verdicts = Vec::new();
        let mut first = 0;
        let mut start = 0;
        while first < hits.len() {
            // windows without a hit score nothing: go on to the first that can hold the next one
            start = start.max(hits[first].span.start.saturating_sub(WINDOW - 1).div_ceil(STRIDE) * STRIDE);
            if !is_window(start, text.len()) {
                break;
            }
            let reach = hits[first..].partition_point(|hit| hit.span.start < start + WINDOW);
            let inside: Vec<&Hit> =
                hits[first..first + reach].iter().filter(|hit| hit.span.end <= start + WINDOW).collect();
            verdicts.extend(verdict(text, &inside));
            start += STRIDE;
            first += hits[first..].partition_point(|hit| hit.span.start < start);
        }
        verdicts
    }

    /// Scores the one window of `text` that lies in `span`.
    pub(crate) fn judge_window(&self, text: &[u8], span: Range<usize>) -> Option<Verdict> {
        let hits = self.hits(text, span);
        verdict(text, &hits.iter().collect::<Vec<_>>())
    }

    /// The signs that lie whole in `span`.
    fn hits(&self, text: &[u8], span: Range<usize>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for found in self.automaton.find_overlapping_iter(&text[span.clone()]) {
            work::done(1);
            let pattern = found.pattern().as_usize();
            let (left, right) = self.bounds[pattern];
            let place = found.start() + span.start..found.end() + span.start;
            let whole =
                !(left && continues_left(text, place.start)) && !(right && continues_right(text, place.end));
            if whole {
                hits.push(Hit { span: place, sign: self.signs[pattern] });
            }
        }
        hits.sort_by_key(|hit| (hit.span.start, hit.span.end));
        hits
    }
}

/// A window begins at `start` in a text of `len` bytes: the one before it did not reach the end.
pub(crate) fn is_window(start: usize, len: usize) -> bool {
    start == 0 || start + WINDOW - STRIDE < len
}

/// Makes one verdict of those of neighbouring windows about the same place.
#[derive(Debug, Default)]
pub(crate) struct Places {
    held: Option<Verdict>,
}

impl Places {
    /// Takes the next window's verdict; returns the one before if it was about another place.
    pub(crate) fn next(&mut self, verdict: Verdict) -> Option<Verdict> {
        match &mut self.held {
            Some(held) if held.span.start < verdict.span.end && verdict.span.start < held.span.end => {
                if verdict.confidence > held.confidence {
                    *held = verdict;
                }
                None
            }
            held => held.replace(verdict),
        }
    }

    /// Where the place still held begins.
    pub(crate) fn first_start(&self) -> Option<usize> {
        self.held.as_ref().map(|held| held.span.start)
    }

    /// The last one.
    pub(crate) fn last(&mut self) -> Option<Verdict> {
        self.held.take()
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

/// Adds up what the hits of one window say.
fn verdict(text: &[u8], hits: &[&Hit]) -> Option<Verdict> {
    let mut total = PRIOR;
    let mut best: Option<(f32, Family, Range<usize>)> = None;
    let mut weigh = |odds: f32, family: Family, span: Range<usize>| {
        total += odds;
        if best.as_ref().is_none_or(|(held, ..)| odds > *held) {
            best = Some((odds, family, span));
        }
    };
    let mut counted: Vec<(Family, i16)> = Vec::new();
    for hit in hits {
        if let Sign::Phrase(family, tenths) = hit.sign
            && !counted.contains(&(family, tenths))
        {
            // the same phrase again adds nothing
            counted.push((family, tenths));
            weigh(f32::from(tenths) / 10.0, family, hit.span.clone());
        }
    }
    for (odds, family, span) in slots::phrases(text, hits) {
        weigh(odds, family, span);
    }
    let (_, family, span) = best?;
    let against: f32 = hits
        .iter()
        .filter_map(
            |hit| if let Sign::Against(tenths) = hit.sign { Some(f32::from(tenths) / 10.0) } else { None },
        )
        .fold(0.0, f32::max);
    Some(Verdict { confidence: Odds(total - against).confidence(), family, span })
}
