//! What the engine promises about any text. Shared by the property tests, the replay of past crashes
//! and the fuzz targets, so that all three mean the same.

use aegis_detect::{
    Category, Finding, MAX_HOLD, Mode, Plan, Redactor, Scanner, ScannerConfig, StreamScanner, mask,
};
use serde_json::Value;
use std::sync::{Arc, LazyLock};

pub static SCANNER: LazyLock<Arc<Scanner>> = LazyLock::new(|| {
    Arc::new(Scanner::new(ScannerConfig { fingerprint_key: [7; 32], today: (2026, 11, 23) }))
});

/// Findings are in order, apart, and inside the text; masking replaces them all and no value survives it.
pub fn masks(text: &str) {
    let scan = SCANNER.scan(text);
    let masked = mask(text, &scan.findings);
    assert_eq!(masked.kept_spans.len(), scan.findings.len());
    assert!((0.0..=1.0).contains(&scan.injection));
    let (mut read, mut kept_to) = (0, 0);
    for (finding, kept) in scan.findings.iter().zip(&masked.kept_spans) {
        assert!(finding.span.start >= read && (0.2..=1.0).contains(&finding.confidence), "{finding:?}");
        assert!(
            text.get(finding.span.clone()).is_some_and(|value| !value.is_empty()),
            "{finding:?} in {text:?}"
        );
        assert_eq!(
            text[read..finding.span.start],
            masked.text[kept_to..kept.start],
            "what was not found was touched"
        );
        if finding.category != Category::Attack {
            assert_eq!(masked.text[kept.clone()], finding.sample);
        }
        (read, kept_to) = (finding.span.end, kept.end);
    }
    assert_eq!(text[read..], masked.text[kept_to..]);
    // the same value can stand elsewhere and be passed over there, until what spoke against it is masked
    let values = || {
        scan.findings
            .iter()
            .zip(&masked.kept_spans)
            .filter(|(finding, _)| finding.category != Category::Attack)
    };
    for again in SCANNER.scan(&masked.text).findings {
        let same = values().any(|(value, kept)| {
            value.fingerprint == again.fingerprint
                && kept.start < again.span.end
                && again.span.start < kept.end
        });
        assert!(!same || again.confidence < 0.5, "{:?} still holds {again:?}", masked.text);
    }
}

/// Cut into pieces of the given lengths in characters, over and over, a text is masked like the whole.
pub fn streams(text: &str, lengths: &[usize]) {
    streams_by(&SCANNER, text, lengths);
}

/// The same by another scanner.
pub fn streams_by(scanner: &Arc<Scanner>, text: &str, lengths: &[usize]) {
    let whole = scanner.scan(text);
    let streamed = stream_by(scanner, text, lengths);
    assert_eq!(streamed.text, mask(text, &whole.findings).text, "{text:?} cut at {lengths:?}");
    assert_eq!(streamed.findings, whole.findings, "{text:?} cut at {lengths:?}");
    assert_eq!(streamed.injection, whole.injection, "{text:?} cut at {lengths:?}");
    assert!(streamed.most_held <= MAX_HOLD, "held {} bytes", streamed.most_held);
}

/// A JSON document stays one of the same structure, whatever is put in the place of its values; a text that is
/// none is refused.
pub fn redacts_json(text: &str) {
    let parsed: Option<Value> = serde_json::from_str(text).ok();
    let findings = SCANNER.scan(text).findings;
    for mode in [Mode::Mask, Mode::Placeholder, Mode::Pseudonym, Mode::SameForm] {
        let redacted = Redactor::new([9; 32], Plan::all(mode)).redact_json(text, &findings);
        let (Some(before), Some(redacted)) = (&parsed, &redacted) else {
            assert!(parsed.is_none() || redacted.is_some(), "refused {text:?}");
            continue;
        };
        assert_eq!(redacted.kept_spans.len(), findings.len());
        assert!(redacted.kept_spans.iter().all(|kept| redacted.text.get(kept.clone()).is_some()), "{text:?}");
        assert_eq!(structure(&redacted.text), structure(text), "{mode:?}");
        let after: Value = serde_json::from_str(&redacted.text)
            .unwrap_or_else(|error| panic!("{error}: {} from {text}", redacted.text));
        let members = |value: &Value| value.as_object().map(serde_json::Map::len);
        assert_eq!(members(&after), members(before), "{} from {text}", redacted.text);
    }
}

/// What holds a document together: every string, number and word as one sign, everything else as it is.
fn structure(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                while let Some(inner) = chars.next().filter(|inner| *inner != '"') {
                    if inner == '\\' {
                        chars.next();
                    }
                }
                out.push('_');
            }
            c if c.is_ascii_alphanumeric() || c == '-' => {
                while chars.next_if(|next| next.is_ascii_alphanumeric() || "+-.".contains(*next)).is_some() {}
                out.push('_');
            }
            c => out.push(c),
        }
    }
    out
}

/// A text of ASCII gives the same findings when its digits and letters are disguised.
///
/// Escapes are left out: how far one may stretch is counted in bytes.
pub fn sees_through(text: &str, choices: &[u8]) {
    let text = &text.replace(['&', '%', '\\'], "_");
    let plain = SCANNER.scan(text);
    let (disguised, offsets) = disguise(text, choices);
    let seen = SCANNER.scan(&disguised);
    assert_eq!(seen.injection, plain.injection, "{disguised:?}");
    assert_eq!(seen.findings.len(), plain.findings.len(), "{disguised:?}");
    for (seen, plain) in seen.findings.iter().zip(&plain.findings) {
        // the span reaches from the first disguised character to the end of the last
        let last = offsets[plain.span.end - 1].clone();
        assert_eq!(seen.span, offsets[plain.span.start].start..last.end, "{disguised:?}");
        assert_eq!(
            (seen.detector, seen.confidence, &seen.sample),
            (plain.detector, plain.confidence, &plain.sample)
        );
        assert_eq!(seen.fingerprint, plain.fingerprint);
    }
}

/// The disguised text, and where each byte of the plain one went.
fn disguise(text: &str, choices: &[u8]) -> (String, Vec<std::ops::Range<usize>>) {
    let mut out = String::new();
    let mut offsets = Vec::new();
    for (n, byte) in text.bytes().enumerate() {
        let choice = choices.get(n % choices.len().max(1)).copied().unwrap_or(0);
        if choice % 3 == 1 {
            out.push_str("\u{200b}\u{2060}");
        }
        let start = out.len();
        let code = u32::from(byte);
        let disguised = match (choice / 3 % 4, byte) {
            (1, b'!'..=b'~') => char::from_u32(code + 0xFEE0),
            (2, b'0'..=b'9') => char::from_u32(0x1D7CE + code - 0x30),
            (2, b' ') => Some('\u{a0}'),
            (2, b'-') => Some('–'),
            (3, b' '..=b'~') => char::from_u32(code + 0xE0000),
            _ => None,
        };
        out.push(disguised.unwrap_or(char::from(byte)));
        offsets.push(start..out.len());
    }
    (out, offsets)
}

pub struct Streamed {
    pub text: String,
    pub findings: Vec<Finding>,
    pub injection: f32,
    pub most_held: usize,
}

pub fn stream(text: &str, lengths: &[usize]) -> Streamed {
    stream_by(&SCANNER, text, lengths)
}

fn stream_by(scanner: &Arc<Scanner>, text: &str, lengths: &[usize]) -> Streamed {
    let mut scanner = StreamScanner::new(Arc::clone(scanner));
    let mut out = Streamed { text: String::new(), findings: Vec::new(), injection: 0.0, most_held: 0 };
    let mut pushed = 0;
    for piece in pieces(text, lengths) {
        let released = scanner.push(piece);
        pushed += piece.len();
        out.text.push_str(&released.text);
        out.findings.extend(released.findings);
        // a sample can be shorter than its value: what left is counted in bytes of the original
        let values = out.findings.iter().filter(|finding| finding.category != Category::Attack);
        let shorter: usize =
            values.map(|finding| finding.span.len().saturating_sub(finding.sample.len())).sum();
        out.most_held = out.most_held.max(pushed.saturating_sub(out.text.len() + shorter));
    }
    let (rest, injection) = scanner.finish();
    out.text.push_str(&rest.text);
    out.findings.extend(rest.findings);
    out.findings.sort_by_key(|finding| finding.span.start);
    out.injection = injection;
    out
}

/// Cuts `text` into pieces of the given lengths in characters, over and over.
fn pieces<'t>(text: &'t str, lengths: &[usize]) -> Vec<&'t str> {
    let mut cut = Vec::new();
    let mut rest = text;
    for length in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let at = rest.char_indices().nth((*length).max(1)).map_or(rest.len(), |(at, _)| at);
        cut.push(&rest[..at]);
        rest = &rest[at..];
    }
    cut
}

/// Runs a fuzz target on an input. `false` if there is no such target.
pub fn run(target: &str, bytes: &[u8]) -> bool {
    match target {
        "detect_scan" => masks(&String::from_utf8_lossy(bytes)),
        // the first byte is the length of the pieces
        "detect_stream" => {
            if let Some((&length, text)) = bytes.split_first() {
                streams(&String::from_utf8_lossy(text), &[usize::from(length)]);
            }
        }
        // the first half says how to disguise the second
        "detect_normalise" => {
            let (choices, text) = bytes.split_at(bytes.len() / 2);
            let text: String = text.iter().map(|byte| char::from(byte & 0x7F)).collect();
            sees_through(&text, choices);
        }
        "detect_redact" => {
            let text = String::from_utf8_lossy(bytes);
            redacts_json(&text);
            redacts_json(&Value::from([("ssn", text.as_ref()), ("note", &text)].map(|(name, text)| {
                serde_json::json!({ name: text, text: [text, 4539148803436467u64] })
            }).to_vec()).to_string());
        }
        _ => return false,
    }
    true
}
