//! Detectors made of data: a pattern, an optional check digit, words that should stand near, values to pass over.
//! Compiled by whoever holds the settings; run by the scanner beside the built-in ones.
//! Invariants: matching is linear in the text; a match has at least one and at most [`MAX_MATCH`] bytes and does not
//! depend on what lies further off, so that a stream is judged like the whole.

mod compile;
mod hunt;
mod validator;

pub use compile::CustomError;
pub(crate) use hunt::{BACK, Hunt, SIGHT};
pub use validator::Validator;

use crate::redact::{self, letters_of};
use crate::{Category, Severity};
use aho_corasick::AhoCorasick;
use regex_automata::{Input, meta};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// Longest value a pattern may match, in bytes: what a stream may have to hold back.
pub const MAX_MATCH: usize = 256;
/// Most bytes of plain text that a stream holds back on its account.
pub const MAX_HOLD_CUSTOM: usize = hunt::SIGHT;
/// Bytes before a match in which a context word counts.
const BEFORE: usize = 48;
/// Bytes after it.
const AFTER: usize = 24;

/// A detector as an administrator describes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomDetector {
    /// 3 to 40 of `a-z`, `0-9` and `_`, not that of a built-in detector.
    pub id: String,
    /// The name on screen.
    pub name: String,
    /// What it finds.
    #[serde(default)]
    pub description: String,
    /// The kind of data.
    pub category: Category,
    /// How bad a finding is.
    pub severity: Severity,
    /// A regular expression (RE2-like: no look-around, no back-references) for the whole value.
    pub pattern: String,
    /// A check digit that must be right.
    #[serde(default)]
    pub validator: Option<Validator>,
    /// Words one of which should stand near: with one a value is surer, without one it is kept for audit only.
    #[serde(default)]
    pub context: Vec<String>,
    /// Values that are never reported; separators and case do not matter.
    #[serde(default)]
    pub exclusions: Vec<String>,
}

/// A custom detector ready to run.
pub struct Compiled {
    pub(crate) detector: CustomDetector,
    /// Its id for the life of the process: findings name detectors by it.
    pub(crate) id: &'static str,
    regex: meta::Regex,
    words: Option<AhoCorasick>,
    exclusions: BTreeSet<String>,
}

/// What is said of a match.
pub(crate) struct Judged {
    pub(crate) confidence: f32,
    /// Beside the pattern itself.
    pub(crate) reasons: Vec<&'static str>,
}

impl Compiled {
    /// Checks a description and makes it ready, or says what is wrong with which field.
    pub fn new(detector: CustomDetector) -> Result<Self, CustomError> {
        compile::compile(detector)
    }

    /// What it was made of.
    pub fn detector(&self) -> &CustomDetector {
        &self.detector
    }

    /// The next match that begins at or after `from`.
    pub(crate) fn next(&self, hay: &str, from: usize) -> Option<Range<usize>> {
        let found = self.regex.search(&Input::new(hay).range(from..))?;
        Some(found.range())
    }

    /// Judges a match by its value and what stands round it.
    pub(crate) fn judge(&self, hay: &str, span: &Range<usize>) -> Option<Judged> {
        let value = &hay[span.clone()];
        if self.exclusions.contains(&canonical(value)) {
            return None;
        }
        let mut reasons = Vec::new();
        let checked = match self.detector.validator {
            Some(validator) if validator.holds(value) => {
                reasons.push("check digit");
                true
            }
            Some(_) => return None,
            None => false,
        };
        let near = self.words.as_ref().map(|words| word_near(words, hay.as_bytes(), span));
        if near == Some(true) {
            reasons.push("context word");
        }
        let confidence = match (near, checked) {
            (Some(true), true) => 0.97,
            (Some(true), false) | (None, true) => 0.9,
            (None, false) => 0.75,
            (Some(false), true) => 0.45,
            (Some(false), false) => 0.3,
        };
        Some(Judged { confidence, reasons })
    }
}

/// A value made unrecognisable: what tells two of them apart on a screen is at most the last two characters.
pub(crate) fn sample(value: &str) -> String {
    let total = value.chars().filter(|c| c.is_alphanumeric()).count();
    let shown = if total >= 8 { 2 } else { 0 };
    let mut left = total;
    let hidden = |c: char| {
        if !c.is_alphanumeric() {
            return false;
        }
        left -= 1;
        left >= shown
    };
    redact::hide(value, hidden)
}

/// A value as it is compared: letters and digits, lower case.
pub(crate) fn canonical(value: &str) -> String {
    letters_of(value)
}

fn word_near(words: &AhoCorasick, hay: &[u8], span: &Range<usize>) -> bool {
    let from = span.start.saturating_sub(BEFORE);
    let window = &hay[from..hay.len().min(span.end + AFTER)];
    let in_word = |at: usize| window.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    words.find_iter(window).any(|found| {
        let inside = found.start() + from < span.end && found.end() + from > span.start;
        let opens = found.start() == 0 || !in_word(found.start() - 1);
        let whole = opens && !in_word(found.end());
        whole && !inside
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn described(pattern: &str) -> CustomDetector {
        CustomDetector {
            id: "member_no".into(),
            name: "Member number".into(),
            description: String::new(),
            category: Category::Personal,
            severity: Severity::Medium,
            pattern: pattern.into(),
            validator: None,
            context: Vec::new(),
            exclusions: Vec::new(),
        }
    }

    fn confidences(detector: CustomDetector, text: &str) -> Vec<f32> {
        let compiled = Compiled::new(detector).expect("a good description");
        let (mut from, mut all) = (0, Vec::new());
        while let Some(span) = compiled.next(text, from) {
            from = span.end;
            all.extend(compiled.judge(text, &span).map(|j| j.confidence));
        }
        all
    }

    #[test]
    fn evidence_raises_and_its_absence_lowers() {
        let plain = described(r"\bLM-\d{6}\b");
        assert_eq!(confidences(plain.clone(), "LM-123456, xLM-123456"), [0.75]);
        let context = CustomDetector { context: vec!["member".into()], ..plain.clone() };
        assert_eq!(confidences(context.clone(), "Member: LM-123456"), [0.9]);
        assert_eq!(confidences(context.clone(), "remembered LM-123456"), [0.3]);
        let excluded = CustomDetector { exclusions: vec!["lm 000000".into()], ..plain };
        assert_eq!(confidences(excluded, "LM-000000 LM-000001"), [0.75]);
    }

    #[test]
    fn a_wrong_check_digit_is_no_finding() {
        let checked = CustomDetector { validator: Some(Validator::Luhn), ..described(r"\b\d{11}\b") };
        assert_eq!(confidences(checked, "79927398713 79927398714"), [0.9]);
    }
}
