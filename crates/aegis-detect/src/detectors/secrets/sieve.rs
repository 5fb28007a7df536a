//! Whether a run of letters, digits, `-` and `_` can be a token at all: most are words joined by signs, or numbers.
//! Asked by the lexer before it notes one. Invariants: where it says no, the token rules would find nothing; it looks at
//! no byte farther off than the lexer may.

use super::formats::{ALL, Format};
use super::token::{BACK, LEAD, SHORTEST, is_lead_byte, is_secret_byte};
use crate::byte_table::byte_table;
use crate::lexer::TOKEN;

/// Bytes behind the sixteenth that are looked at.
const AHEAD: usize = 20;
/// Hexadecimal digits that a label makes a secret.
pub(super) const SHORTEST_HEX: usize = 32;

/// Says whether the run whose sixteenth byte is at `at` can be a token, or part of one.
pub(crate) fn may_be_token(hay: &[u8], at: usize) -> bool {
    let run = at + 1 - TOKEN;
    if has_prefix(&hay[run..]) {
        return true;
    }
    let before = run.checked_sub(1).map_or(0, |before| hay[before]);
    let mut start = run;
    if SORTS[usize::from(before)] != 0 || matches!(before, b'!' | b':' | b'\\') {
        let known = match before {
            b'\\' => true,
            b':' => hay[run] == b'A',
            b'~' => run > 1 && hay[run - 2] == b'Q',
            _ => has_prefix(&hay[run - back(&hay[..run], LEAD, is_lead_byte)..]),
        };
        if known {
            return true;
        }
        start -= back(&hay[..run], BACK, is_secret_byte);
    }
    let end = hay.len().min(at + 1 + AHEAD);
    let (mut sorts, mut len) = (0, 0);
    for byte in &hay[start..end] {
        let sort = SORTS[usize::from(*byte)];
        if sort == 0 {
            break;
        }
        sorts |= sort;
        len += 1;
    }
    let random = (sorts & KINDS).count_ones() >= 3 || sorts & OTHER == 0 && len >= SHORTEST_HEX;
    start + len == at + 1 + AHEAD || random && len >= SHORTEST
}

/// How many of the last bytes of `text`, at most so many, are of a kind.
fn back(text: &[u8], most: usize, is: fn(u8) -> bool) -> usize {
    text.iter().rev().take(most).take_while(|byte| is(**byte)).count()
}

/// The kinds of characters that random text mixes.
const KINDS: u8 = 0b1111;
/// No hexadecimal digit.
const OTHER: u8 = 1 << 4;

/// What bytes a label makes a secret are, 0 for others.
static SORTS: [u8; 256] = byte_table!(byte => {
    let kind = match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 4,
        b'-' | b'_' | b'.' => 0,
        _ => 8,
    };
    if !is_secret_byte(byte) {
        0
    } else if byte.is_ascii_hexdigit() {
        kind
    } else {
        kind | OTHER
    }
});

/// The first bytes of a prefix that are looked at.
const HEAD: usize = 3;
/// What signed tokens begin with.
const SIGNED: &str = "eyJ";

/// Says whether the first bytes of `text` are those of a format, or a signed token's.
fn has_prefix(text: &[u8]) -> bool {
    let Some(head) = text.first_chunk::<HEAD>() else { return false };
    head.iter().zip(&HEADS).fold(u64::MAX, |may, (byte, table)| may & table[usize::from(*byte)]) != 0
}

/// The formats that have a byte as their first, second and third, one bit for some.
static HEADS: [[u64; 256]; HEAD] = {
    let mut heads = with([[0; 256]; HEAD], SIGNED, 0);
    let (mut list, mut number) = (0, 1);
    while list < ALL.len() {
        let formats: &[Format] = ALL[list];
        let mut at = 0;
        while at < formats.len() {
            heads = with(heads, formats[at].prefix, number % u64::BITS);
            number += 1;
            at += 1;
        }
        list += 1;
    }
    heads
};

/// Adds the head of a prefix.
const fn with(mut heads: [[u64; 256]; HEAD], prefix: &str, bit: u32) -> [[u64; 256]; HEAD] {
    let prefix = prefix.as_bytes();
    let mut at = 0;
    while at < HEAD {
        let mut byte = 0;
        while byte < 256 {
            if at >= prefix.len() || prefix[at] as usize == byte {
                heads[at][byte] |= 1 << bit;
            }
            byte += 1;
        }
        at += 1;
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_no_tokens_and_what_may_be_one_is() {
        for (before, run, may) in [
            ("", "workers_drain_the_queue(", false),
            (" ", "responsibilities ", false),
            (" ", "eslint-disable-next-line\n", false),
            (" ", "4539148803436467,", false),
            (" ", "TimeoutException123:", false),
            (" ", "TimeoutException1234:", true),
            (" ", "0123456789abcdef0123456789abcde ", false),
            (" ", "0123456789abcdef0123456789abcdef ", true),
            (" ", "ghp_drain_workers ", true),
            (" ", "eyJhbGciOiJIUzI1NiJ9", true),
            (" ", "SKdrain_the_queue_of_all ", true),
            (" ", "workers_drain_the_queue_and_go_home_at_last ", true),
            ("/", "workers_drain_the_queue ", false),
            ("x.", "workers_drain_the_queue ", false),
            ("x7/", "Workers_drain_the_queue ", true),
            ("x=hvs.", "workers_drain_the_queue ", true),
            ("12345678:", "Aworkers_drain_the_queue ", true),
            ("12345678:", "workers_drain_the_queue ", false),
            ("x8Q~", "workers_drain_the_queue ", true),
            ("\\", "nworkers_drain_the_queue ", true),
        ] {
            let text = format!("{before}{run}");
            assert_eq!(may_be_token(text.as_bytes(), before.len() + TOKEN - 1), may, "{text:?}");
        }
    }

    #[test]
    fn every_format_is_let_pass() {
        for format in ALL.iter().copied().flatten() {
            assert!(has_prefix(format!("{}abc", format.prefix).as_bytes()), "{}", format.prefix);
        }
    }
}
