//! What the words around a value say about it: a label, a counter-label, a hint.
//! Asked by detectors for each candidate of the right shape.
//! Invariant: looks at no more than [`REACH`] bytes before and [`BEYOND`] after a value.

mod before;
mod counters;
mod glue;
mod heads;
mod lexicon;
mod read;
mod recall;
mod roles;
mod tails;
mod vocabulary;
mod words;

pub(crate) use glue::joins;
pub(crate) use read::{ReadWords, Word};
pub(crate) use recall::{asked, recalled, sibling};
pub(crate) use roles::Roles;
pub(crate) use vocabulary::Vocabulary;

use crate::site::Site;
use before::Before;
use std::ops::Range;

/// Bytes before a value in which words count.
pub(crate) const REACH: usize = 64;
/// Bytes after a value in which words count.
pub(crate) const BEYOND: usize = 32;
/// Words before a value that are remembered: more do not fit the reach.
const MOST_WORDS: usize = 16;

/// What the surroundings say.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context {
    /// Of the word that names the value directly: `ssn: …`, `"ssn": "…"`, `my SSN is …`.
    pub(crate) label: Roles,
    /// Of words before it in the same sentence, since the last number: that one used up its own words.
    pub(crate) near: Roles,
    /// Of all words before it within reach.
    before: Roles,
    /// Of the head of its column.
    pub(crate) column: Roles,
    /// Where the value ends: the words after it are read when somebody asks for them.
    end: usize,
}

impl Context {
    /// Gathers what the window of `site` says about the value at `span`.
    pub(crate) fn of(site: &Site, span: Range<usize>, vocabulary: &Vocabulary, column: Roles) -> Self {
        let from = span.start.saturating_sub(REACH).max(site.window().start);
        let before = site.bytes(from..span.start);
        let signs = Before::of(before);
        let fresh = signs.fresh();
        // in a table what names a cell stands on its own line or at the head of its column
        let line = match column {
            Roles::NONE => 0,
            _ => memchr::memrchr(b'\n', before).map_or(0, |end| end + 1),
        };
        let mut context = Context { column, end: span.end, ..Context::default() };
        site.words_before(span.start, before.len(), |words| {
            // those that count, one bit each: as many as there are bytes to begin at, at most
            let (mut counted, mut free) = (0u64, from);
            for (number, word) in words.iter().take(REACH).enumerate() {
                if word.start < free || word.end > span.start {
                    continue;
                }
                free = word.end;
                counted |= 1 << number;
                context.before |= word.roles;
                if span.start - word.start <= fresh {
                    context.near |= word.roles;
                }
            }
            let newest_first = std::iter::from_fn(|| {
                let newest = counted.checked_ilog2()?;
                counted ^= 1 << newest;
                let word = words[newest as usize];
                if word.start - from < line {
                    return None;
                }
                Some((word.start - from, word.end - from, word.roles))
            });
            context.label =
                label(before, &signs, newest_first.take(MOST_WORDS), site.bytes(span.clone()), vocabulary);
        });
        context
    }

    /// The value is named as what `own` detects, by a label or by its column.
    pub(crate) fn names(&self, own: Roles) -> bool {
        self.label.has(own) || (self.column.has(own) && !self.label.has(Roles::ANY_LABEL))
    }

    /// The value is named as something else.
    pub(crate) fn denies(&self, own: Roles) -> bool {
        let named = if self.label.has(Roles::NAMING) { self.label } else { self.column };
        !named.has(own) && named.has(Roles::ANY_LABEL | Roles::COUNTER | Roles::VERSION)
    }

    /// A label or hint of what the detector at `site` looks for is about.
    pub(crate) fn hints(&self, site: &Site) -> bool {
        let own = site.own | site.own.hint();
        (self.near | self.label | self.column).has(own) || self.after(site).has(own)
    }

    /// The roles of words after the value on the same line.
    pub(crate) fn after(&self, site: &Site) -> Roles {
        site.words_after(self.end)
    }

    /// The roles of all words within reach.
    pub(crate) fn anywhere(&self, site: &Site) -> Roles {
        self.before | self.after(site)
    }
}

/// The roles of the words that lead up to the value: back to the first that names it, and its alternatives.
fn label(
    before: &[u8],
    signs: &Before,
    newest_first: impl Iterator<Item = (usize, usize, Roles)>,
    value: &[u8],
    vocabulary: &Vocabulary,
) -> Roles {
    let mut label = Roles::NONE;
    let mut read_from = before.len();
    for (start, end, roles) in newest_first {
        let gap = &before[end..read_from];
        let part = before::part(end..read_from, before.len());
        let joined = if label.has(Roles::NAMING) {
            glue::is_alternative(gap)
        } else if signs.digits & part != 0 {
            // a word between the two, on another line or set apart, says something else of the second
            (read_from == before.len() || !glue::parts(gap)) && glue::lists(gap, value, vocabulary)
        } else if signs.closer & part != 0 {
            glue::joins(gap, vocabulary)
        } else {
            gap.len() <= glue::MAX_GAP && (signs.letters & part == 0 || glue::glued(gap, vocabulary))
        };
        if !joined {
            break;
        }
        label |= roles;
        read_from = start;
    }
    label
}
