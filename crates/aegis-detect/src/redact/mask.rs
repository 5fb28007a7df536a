//! Turns values into what may be kept and shown.
//! Called by the pipeline before an event is stored, by redaction and by `scan --redact`.
//! Invariants: a masked text holds no value that was found; what was not found stays byte for byte.

use crate::{Category, Finding};
use std::ops::Range;

/// A text with its findings replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text that may be kept.
    pub text: String,
    /// Where each finding lies in it, in the order of the findings.
    pub kept_spans: Vec<Range<usize>>,
}

/// Replaces each finding in `text` by its sample.
///
/// An attack on the model is no personal value and stays as it is: whoever looks into it must be able to read it.
/// `findings` are those of a scan of the same text, in order.
pub fn mask(text: &str, findings: &[Finding]) -> Masked {
    let mut out = String::with_capacity(text.len());
    let mut kept_spans = Vec::with_capacity(findings.len());
    let mut copied = 0;
    for finding in findings {
        out.push_str(&text[copied..finding.span.start]);
        let start = out.len();
        let kept =
            if finding.category == Category::Attack { &text[finding.span.clone()] } else { &finding.sample };
        out.push_str(kept);
        kept_spans.push(start..out.len());
        copied = finding.span.end;
    }
    out.push_str(&text[copied..]);
    Masked { text: out, kept_spans }
}

/// What hides a character of a value.
pub(crate) const DOT: char = '•';
/// The same as a text, which is faster to add.
const DOT_TEXT: &str = "•";

/// Hides all digits of `value` but the last `keep`, and leaves the separators.
pub(crate) fn hide_digits(value: &str, keep: usize) -> String {
    let mut left = value.bytes().filter(u8::is_ascii_digit).count();
    hide(value, |c| {
        if !c.is_ascii_digit() {
            return c.is_alphanumeric();
        }
        left -= 1;
        left >= keep
    })
}

/// Hides all letters and digits of `value`, and leaves the separators.
pub(crate) fn hide_all(value: &str) -> String {
    hide(value, char::is_alphanumeric)
}

/// Puts a dot in the place of each character that is to be hidden.
pub(crate) fn hide(value: &str, mut hidden: impl FnMut(char) -> bool) -> String {
    // asked for once: growing costs more than all the rest
    let mut shown = String::with_capacity(value.len() * DOT.len_utf8());
    if value.is_ascii() {
        for byte in value.bytes() {
            show(&mut shown, char::from(byte), hidden(char::from(byte)));
        }
    } else {
        for c in value.chars() {
            show(&mut shown, c, hidden(c));
        }
    }
    shown
}

#[inline(always)]
fn show(shown: &mut String, c: char, hidden: bool) {
    if hidden { shown.push_str(DOT_TEXT) } else { shown.push(c) }
}

/// The digits of `value` alone.
pub(crate) fn digits_of(value: &str) -> String {
    kept(value, |byte| byte.is_ascii_digit().then_some(byte))
}

/// The Latin letters and digits of `value` alone, as capitals.
pub(crate) fn capitals_of(value: &str) -> String {
    kept(value, |byte| byte.is_ascii_alphanumeric().then_some(byte.to_ascii_uppercase()))
}

/// The letters and digits of `value` alone, as small letters.
pub(crate) fn letters_of(value: &str) -> String {
    if value.is_ascii() {
        return kept(value, |byte| byte.is_ascii_alphanumeric().then_some(byte.to_ascii_lowercase()));
    }
    value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What `keep` makes of the ASCII characters of `value`.
fn kept(value: &str, keep: impl Fn(u8) -> Option<u8>) -> String {
    let mut text = String::with_capacity(value.len());
    for kept in value.bytes().filter(u8::is_ascii).filter_map(keep) {
        text.push(char::from(kept));
    }
    text
}
