//! Replaces values in a JSON document as it is written, so that it stays one of the same structure.
//! Called by the `Redactor`. Only strings and numbers are touched, never what holds them together.

use super::{Mode, Redacted, Redactor};
use crate::{Category, Finding};
use std::ops::Range;

/// What takes the place of a further part of a value that spans several strings.
const PART: &str = "•";
/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 512;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// The name of a member, without its quotes.
    Name,
    /// A string, without its quotes.
    Text,
    Number,
}

/// A place in the document that can be replaced.
#[derive(Debug, Clone)]
struct Scalar {
    kind: Kind,
    span: Range<usize>,
}

pub(super) fn redact(redactor: &mut Redactor, text: &str, findings: &[Finding]) -> Option<Redacted> {
    let scalars = Reader { bytes: text.as_bytes(), at: 0, scalars: Vec::new() }.document()?;
    let mut out = String::with_capacity(text.len());
    let mut kept_spans: Vec<Range<usize>> = Vec::with_capacity(findings.len());
    let mut copied = 0;
    for finding in findings {
        if finding.category == Category::Attack {
            // it stays: what comes next in `text` is copied as it is
            let from = finding.span.start.max(copied);
            let start = out.len() + from - copied;
            kept_spans.push(start..start + finding.span.end.saturating_sub(from));
            continue;
        }
        let mut kept: Option<Range<usize>> = None;
        let first = scalars.partition_point(|scalar| scalar.span.end <= finding.span.start);
        let touched = scalars[first..].iter().take_while(|scalar| scalar.span.start < finding.span.end);
        for scalar in touched {
            let part = part(text, scalar, &finding.span);
            if part.start < copied {
                continue;
            }
            let plain =
                if kept.is_some() { PART.into() } else { replacement(redactor, text, scalar, finding) };
            out.push_str(&text[copied..part.start]);
            let start = out.len();
            if let Some(before) = kept_spans.last_mut() {
                // an attack that ends within an escape ends where the escape is replaced
                *before = before.start.min(start)..before.end.min(start);
            }
            write(&mut out, scalar, &plain, &text[part.clone()]);
            kept = Some(kept.map_or(start, |kept| kept.start)..out.len());
            copied = part.end;
        }
        // what lies in no string or number, or in one already replaced, leaves nothing to show
        kept_spans.push(kept.unwrap_or(out.len()..out.len()));
    }
    out.push_str(&text[copied..]);
    Some(Redacted { text: out, kept_spans })
}

fn replacement(redactor: &mut Redactor, text: &str, scalar: &Scalar, finding: &Finding) -> String {
    let mode = match (redactor.plan.mode(finding), scalar.kind) {
        (Mode::Mask, Kind::Name) => Mode::Placeholder,
        (mode, _) => mode,
    };
    redactor.replacement_as(mode, &text[finding.span.clone()], finding).into_owned()
}

/// The part of `scalar` that goes with `span`: a whole number, and no part of an escape.
fn part(text: &str, scalar: &Scalar, span: &Range<usize>) -> Range<usize> {
    if scalar.kind == Kind::Number {
        return scalar.span.clone();
    }
    let mut part = span.start.max(scalar.span.start)..span.end.min(scalar.span.end);
    let mut at = scalar.span.start;
    let bytes = text.as_bytes();
    while let Some(slash) = memchr::memchr(b'\\', &bytes[at..scalar.span.end]) {
        let start = at + slash;
        let end = start + if bytes.get(start + 1) == Some(&b'u') { 6 } else { 2 };
        if start >= part.end {
            break;
        }
        if part.start > start && part.start < end {
            part.start = start;
        }
        if part.end > start && part.end < end {
            part.end = end;
        }
        at = end;
    }
    part
}

/// Writes `plain` as part of a string, or as a number or string in the place of a number.
fn write(out: &mut String, scalar: &Scalar, plain: &str, before: &str) {
    let is_number = plain.len() == before.len()
        && plain.bytes().all(|byte| byte.is_ascii_digit())
        && !plain.starts_with('0');
    if scalar.kind == Kind::Number && is_number || plain == before {
        out.push_str(plain);
        return;
    }
    let quote = if scalar.kind == Kind::Number { "\"" } else { "" };
    out.push_str(quote);
    for c in plain.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push_str(quote);
}

/// Finds the strings and numbers of a document (RFC 8259).
struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
    scalars: Vec<Scalar>,
}

impl Reader<'_> {
    fn document(mut self) -> Option<Vec<Scalar>> {
        // what is open: `{` or `[`
        let mut open: Vec<u8> = Vec::new();
        loop {
            // a value is due
            match self.peek()? {
                bracket @ (b'{' | b'[') if open.len() < MAX_DEPTH => {
                    self.at += 1;
                    open.push(bracket);
                    if self.peek()? == bracket + 2 {
                        self.at += 1;
                        open.pop();
                    } else {
                        if bracket == b'{' {
                            self.name()?;
                        }
                        continue;
                    }
                }
                b'"' => self.string(Kind::Text)?,
                b'-' | b'0'..=b'9' => self.number()?,
                _ => self.word()?,
            }
            // a value is done
            loop {
                let Some(&bracket) = open.last() else {
                    return self.peek().is_none().then_some(self.scalars);
                };
                let next = self.peek()?;
                self.at += 1;
                if next == b',' {
                    if bracket == b'{' {
                        self.name()?;
                    }
                    break;
                }
                if next != bracket + 2 {
                    return None;
                }
                open.pop();
            }
        }
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn name(&mut self) -> Option<()> {
        (self.peek()? == b'"').then_some(())?;
        self.string(Kind::Name)?;
        (self.peek()? == b':').then(|| self.at += 1)
    }

    fn string(&mut self, kind: Kind) -> Option<()> {
        let start = self.at + 1;
        let mut at = start;
        loop {
            at += memchr::memchr2(b'"', b'\\', self.bytes.get(at..)?)?;
            if self.bytes[at] == b'"' {
                break;
            }
            at += 2;
        }
        if self.bytes[start..at].iter().any(|byte| *byte < 0x20) {
            return None;
        }
        self.scalars.push(Scalar { kind, span: start..at });
        self.at = at + 1;
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let rest = &self.bytes[self.at..];
        let len =
            rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
        self.scalars.push(Scalar { kind: Kind::Number, span: self.at..self.at + len });
        self.at += len;
        Some(())
    }

    fn word(&mut self) -> Option<()> {
        let word = [&b"true"[..], b"false", b"null"]
            .into_iter()
            .find(|word| self.bytes[self.at..].starts_with(word))?;
        self.at += word.len();
        Some(())
    }
}
