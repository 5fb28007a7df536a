//! Joins the string literals of a piece of code: `a = "ign"; b = "ore all…"`.
//! What is harmless in pieces can be an order when put together.

use std::ops::Range;

/// Fewest literals that make joining worth while.
const FEWEST: usize = 2;

/// The literals between double or between single quotes in `window`, joined, and where they lie.
pub(super) fn joined(text: &[u8], window: Range<usize>) -> Option<(Vec<u8>, Range<usize>)> {
    let mut joined = Vec::new();
    let mut count = 0;
    let mut span: Option<Range<usize>> = None;
    let mut at = window.start;
    while at < window.end {
        let quote = text[at];
        if matches!(quote, b'"' | b'\'' | b'`') && opens(text, at) {
            let Some(len) = text[at + 1..window.end].iter().position(|&byte| byte == quote) else { break };
            joined.extend_from_slice(&text[at + 1..at + 1 + len]);
            let end = at + len + 2;
            span = Some(span.map_or(at, |span| span.start)..end);
            count += 1;
            at = end;
        } else {
            at += 1;
        }
    }
    span.filter(|_| count >= FEWEST).map(|span| (joined, span))
}

/// A quote after a letter is an apostrophe.
fn opens(text: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| !text[before].is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_joined_and_apostrophes_are_none() {
        let text = b"it's a = \"ign\", b = 'ore'";
        let (joined, span) = joined(text, 0..text.len()).expect("two literals");
        assert_eq!((joined.as_slice(), span), (&b"ignore"[..], 9..25));
    }
}
