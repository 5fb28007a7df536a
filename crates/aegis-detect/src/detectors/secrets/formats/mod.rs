//! The formats of tokens as tables, and how a text is held against them.
//! Read by the token rules. Invariant: a format matches at a fixed place and reads no byte twice.

mod ai;
mod cloud;
mod code;
mod services;

use crate::finding::Severity;
use std::sync::LazyLock;

/// What part of a token is made of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// These bytes.
    Text(&'static str),
    /// Bytes of an alphabet, from so many to so many.
    Run(fn(u8) -> bool, usize, usize),
}

/// What proves a token beyond its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    None,
    /// Its last six characters are the CRC-32 of what follows the prefix, in base 62.
    Crc32,
    /// It contains these bytes.
    Contains(&'static str),
    /// It ends with these bytes.
    Ends(&'static str),
}

/// The format of one kind of token.
#[derive(Debug)]
pub(super) struct Format {
    /// What it begins with.
    pub(super) prefix: &'static str,
    pub(super) body: &'static [Part],
    /// Who issues it and what it is, as a reason.
    pub(super) name: &'static str,
    pub(super) proof: Proof,
    pub(super) severity: Severity,
    /// How sure the form alone makes it.
    pub(super) confidence: f32,
}

const fn format(prefix: &'static str, name: &'static str, body: &'static [Part]) -> Format {
    Format { prefix, body, name, proof: Proof::None, severity: Severity::Critical, confidence: 0.95 }
}

impl Format {
    const fn proven(self, proof: Proof) -> Format {
        Format { proof, ..self }
    }

    /// It opens little: a test key, a public one.
    const fn low(self) -> Format {
        Format { severity: Severity::Low, ..self }
    }

    /// The form is shared with other things.
    const fn weak(self, confidence: f32) -> Format {
        Format { confidence, ..self }
    }

    /// How long the token at the start of `text` is.
    pub(super) fn read(&self, text: &[u8]) -> Option<usize> {
        let mut at = text.starts_with(self.prefix.as_bytes()).then_some(self.prefix.len())?;
        for part in self.body {
            at += match *part {
                Part::Text(literal) => text[at..].starts_with(literal.as_bytes()).then_some(literal.len())?,
                Part::Run(alphabet, least, most) => {
                    let len = text[at..].iter().take(most).take_while(|byte| alphabet(**byte)).count();
                    (len >= least).then_some(len)?
                }
            };
        }
        let last = text[at - 1];
        let goes_on = text.get(at).is_some_and(|next| {
            next.is_ascii_alphanumeric() || *next == b'_' || (*next == b'-' && last != b'=')
        });
        // a hyphen can be punctuation, but not before more of the same
        let hyphenated =
            text.get(at) == Some(&b'-') && !text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        (!goes_on || hyphenated).then_some(at)
    }

    /// Whether `token` carries its proof; `None` if the format has none.
    pub(super) fn is_proven(&self, token: &[u8]) -> Option<bool> {
        let contains = |part: &str| memchr::memmem::find(token, part.as_bytes()).is_some();
        match self.proof {
            Proof::None => None,
            Proof::Crc32 => Some(crate::checksum::crc32_base62(&token[self.prefix.len()..])),
            Proof::Contains(part) => Some(contains(part)),
            Proof::Ends(part) => Some(token.ends_with(part.as_bytes())),
        }
    }
}

fn digits(byte: u8) -> bool {
    byte.is_ascii_digit()
}
fn hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}
fn any_hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}
fn upper32(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'2'..=b'7')
}
fn upper(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'0'..=b'9')
}
fn letters(byte: u8) -> bool {
    byte.is_ascii_alphabetic()
}
fn alnum(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}
fn lower(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9')
}
fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}
fn base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}
fn uuid(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b'-'
}

/// All formats.
pub(super) static ALL: [&[Format]; 4] = [ai::ALL, cloud::ALL, code::ALL, services::ALL];

/// The same by the first byte of their prefix.
static BY_FIRST: LazyLock<[Vec<&'static Format>; 128]> = LazyLock::new(|| {
    let all = || ALL.into_iter().flatten();
    std::array::from_fn(|first| {
        all().filter(|format| usize::from(format.prefix.as_bytes()[0]) == first).collect()
    })
});

/// The format that the start of `text` has, and how long the token is.
pub(super) fn at(text: &[u8]) -> Option<(&'static Format, usize)> {
    let listed = BY_FIRST.get(usize::from(*text.first()?))?;
    listed.iter().find_map(|format| format.read(text).map(|len| (*format, len)))
}

/// How much of `value` is the prefix of a format.
pub(super) fn prefix_of(value: &[u8]) -> Option<usize> {
    at(value).map(|(format, _)| format.prefix.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_many_formats_and_no_prefix_hides_another() {
        let all: Vec<&Format> = BY_FIRST.iter().flatten().copied().collect();
        assert!(all.len() >= 60, "{} formats", all.len());
    }
}
