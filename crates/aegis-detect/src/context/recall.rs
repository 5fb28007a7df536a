//! Finds what names a value that was spoken of before: `passport in Lisbon, the number was …`, `date of birth?` and the
//! answer on the next line; and the value before it that shares its name: `… and mine is …`.
//! Asked by detectors for values of the right shape that nothing names directly.
//! Invariant: looks at no more than [`REACH`] bytes before a value, and at no more than [`DIALOGUE`] where it answers.

use super::glue::{MAX_GAP, is_parallel};
use super::{REACH, Roles, Vocabulary};
use crate::site::{Site, asks, said};
use std::ops::Range;

/// Farthest that what was spoken of may stand from the words that take it up.
const FAR: usize = 48;
/// Longest name of who answers.
const SPEAKER: usize = 24;
/// Bytes before an answer in which its question is read.
const DIALOGUE: usize = 160;
/// Longest lead of an answer on its line: when it was given, who gave it, a few words.
const LEAD: usize = 48;

/// The text ends where an answer may begin: the line before the last one is a question. A cheap question itself.
pub(super) fn may_answer(text: &[u8]) -> bool {
    let lead = &text[text.len().saturating_sub(LEAD)..];
    memchr::memrchr(b'\n', lead).is_some_and(|end| asks(&text[..text.len() - lead.len() + end]))
}

/// The roles of what a question asks for that the value at `start` answers, on the next line: `your passport number?`,
/// `[14:08] Latoya: sure, it's …`.
pub(crate) fn asked(site: &Site, start: usize, vocabulary: &Vocabulary) -> Roles {
    let from = start.saturating_sub(DIALOGUE).max(site.window().start);
    let before = site.bytes(from..start);
    if !may_answer(before) {
        return Roles::NONE;
    }
    let Some(end) = memchr::memrchr(b'\n', before) else { return Roles::NONE };
    if !is_lead(&before[end + 1..], vocabulary) {
        return Roles::NONE;
    }
    let line = memchr::memrchr(b'\n', &before[..end]).map_or(0, |end| end + 1);
    let (mut roles, mut free) = (Roles::NONE, 0);
    site.words_before(start, before.len(), |words| {
        let question = words.iter().filter(|word| word.start >= from + line && word.end <= from + end);
        for word in question.filter(|word| word.roles.has(Roles::NAMING)) {
            // what names something else first asks for that; what does after a label goes with it
            if word.start < free || roles.has(Roles::COUNTER | Roles::VERSION) {
                continue;
            }
            free = word.end;
            roles |= match roles {
                Roles::NONE => word.roles,
                _ if word.roles.has(Roles::ANY_LABEL) => word.roles.labels(),
                _ => Roles::NONE,
            };
        }
    });
    roles
}

/// What stands before an answer on its line is who gives it, when, and a few small words.
fn is_lead(lead: &[u8], vocabulary: &Vocabulary) -> bool {
    let Ok(lead) = std::str::from_utf8(lead) else { return false };
    let said = said(lead);
    let mut words = said.split(|c: char| !(c.is_alphabetic() || c == '\'')).filter(|word| !word.is_empty());
    !said.contains(char::is_numeric)
        && words
            .all(|word| vocabulary.is_anaphor(word) || vocabulary.is_glue(word) || vocabulary.is_copula(word))
}

/// The roles of what the value at `start` answers or states, if a clause or a speaker leads from one to the other.
pub(crate) fn recalled(site: &Site, start: usize, vocabulary: &Vocabulary) -> Roles {
    let from = start.saturating_sub(REACH).max(site.window().start);
    let before = site.bytes(from..start);
    let Some(topic) = answered(before).or_else(|| stated(before, vocabulary)) else { return Roles::NONE };
    let mut roles = Roles::NONE;
    site.words_before(start, before.len(), |words| {
        let named =
            words.iter().rev().find(|word| word.end - from <= topic.end && word.roles.has(Roles::NAMING));
        if let Some(word) = named
            && word.end >= from
            && topic.holds(&before[word.end - from..topic.end])
        {
            // the longest of those that end there
            let alike = words.iter().filter(|other| other.end == word.end);
            roles = alike.fold(Roles::NONE, |all, other| all | other.roles);
        }
    });
    roles
}

/// What was spoken of stands before `end`; a question ends there.
struct Topic {
    end: usize,
    asked: bool,
}

impl Topic {
    /// `rest`, from its name to its end, still speaks of it.
    fn holds(&self, rest: &[u8]) -> bool {
        let far = if self.asked { FAR / 2 } else { FAR };
        rest.len() <= far && !rest.iter().any(|byte| byte.is_ascii_digit() || *byte == b'\n')
    }
}

/// `dob?` and on the next line `A: …`.
fn answered(before: &[u8]) -> Option<Topic> {
    let head = before.strip_suffix(b": ")?;
    let end = head.iter().rposition(|byte| *byte == b'\n')?;
    let speaker = &head[end + 1..];
    let is_name = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80 || b" ().'-".contains(byte);
    let named = (1..=SPEAKER).contains(&speaker.len()) && speaker.iter().all(is_name);
    named.then_some(Topic { end, asked: true })
}

/// `passport in Lisbon, the number was …`, `SSN did not match. I put in …`.
fn stated(before: &[u8], vocabulary: &Vocabulary) -> Option<Topic> {
    let tail = &before[before.len().saturating_sub(MAX_GAP)..];
    // not in the middle of a character
    let cut = tail.iter().take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let whole = std::str::from_utf8(&tail[cut..]).ok()?;
    let text = whole.trim_end_matches([' ', ':', '"']);
    let base = before.len() - tail.len() + cut;
    // `passport for the check: …`
    if let Some(clause) = whole.trim_end_matches([' ', '"']).strip_suffix([':', '—', '–']) {
        let word =
            clause.trim_end().rsplit(|c: char| !(c.is_alphabetic() || c == '\'')).next().unwrap_or_default();
        if !vocabulary.is_copula(word) {
            return Some(Topic { end: base + clause.len(), asked: false });
        }
    }
    let at = text.rfind(|c: char| !(c.is_alphabetic() || c == '\'')).map_or(0, |at| at + 1);
    let word = text.get(at..)?;
    let states = vocabulary.is_copula(word);
    if word.is_empty() || !(states || vocabulary.is_number(word)) {
        return None;
    }
    let broken = text.rfind(['.', '?', '!', '\n', ',', ';', '(']);
    if !states && broken.is_none() {
        return None;
    }
    let Some(broken) = broken else {
        return (word != "in").then_some(Topic { end: base + at, asked: false });
    };
    let clause = text.get(broken + 1..)?;
    let mut words = clause.split(|c: char| !(c.is_alphabetic() || c == '\'')).filter(|word| !word.is_empty());
    let anaphoric = words
        .all(|word| vocabulary.is_anaphor(word) || vocabulary.is_glue(word) || vocabulary.is_copula(word));
    anaphoric.then_some(Topic { end: base + broken, asked: false })
}

/// Where the number stands that comes before the value at `start` and shares its name, if one does.
pub(crate) fn sibling(site: &Site, start: usize, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let from = start.saturating_sub(REACH).max(site.window().start);
    let before = site.bytes(from..start);
    let last = before.iter().rposition(u8::is_ascii_digit)?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric();
    let end = last + before[last..].iter().take_while(|byte| is_part(byte)).count();
    if !is_parallel(&before[end..], vocabulary) {
        return None;
    }
    let len = before[..end].iter().rev().take_while(|byte| is_part(byte)).count();
    Some(from + end - len..from + end)
}
