//! Values with a space after every character: `4 2 8 9 4 4 2 7 2`, `+ 1 7 1 3 - 7 4 4 - 0 7 4 1`.
//! A wider gap is where the value itself had a space.

use super::{Draft, Hay, Kind, Next, Walk, is_word};

/// Most characters that are put together; a longer row is taken in parts.
const MOST: usize = 48;
/// Fewest characters, and digits among them, that are worth it.
const FEWEST: usize = 7;
const FEWEST_DIGITS: usize = 6;
/// What values have beside letters and digits.
const SIGNS: &[u8] = b"+()-./@_:";
/// Spaces that stand for one.
const WIDEST: usize = 3;

pub(super) fn next(hay: &Hay, gaps: &mut Walk, from: usize) -> Next {
    let mut at = from;
    while let Some(gap) = gaps.next(at) {
        // the gap is the one after the first character: so a row is found without what stands before it
        let width = hay.bytes[from..=gap].iter().rev().take(WIDEST).take_while(|byte| **byte == b' ').count();
        if let Some(start) =
            gap.checked_sub(width).filter(|start| *start >= from && begins(hay, *start, from))
        {
            match read(hay, start) {
                Some(Ok((end, plain))) => return Next::Unit(start..end, plain),
                Some(Err(Undecided)) => return Next::Open(start),
                None => {}
            }
        }
        at = gap + 1;
    }
    open_row(hay, from.max(at))
}

/// The text ends before the row does.
struct Undecided;

/// A row can begin at `at`, and what stands before does not belong to it.
fn begins(hay: &Hay, at: usize, from: usize) -> bool {
    let [before, further, third] = [1, 2, 3].map(|back| hay.before(at, back));
    let number = hay.at(at).is_ascii_digit() || matches!(hay.at(at), b'+' | b'(');
    // a number may follow a word of one letter
    let part =
        further.is_ascii_digit() || SIGNS.contains(&further) || (!number && further.is_ascii_alphabetic());
    let belongs = before == b' ' && part && !is_word(third);
    let fits = number || hay.at(at).is_ascii_alphabetic();
    fits && (hay.goes_on(at, from, Kind::Spaced) || (!is_word(before) && !belongs))
}

/// The row at `start`: where it ends, and what it says without its spaces.
fn read(hay: &Hay, start: usize) -> Option<Result<(usize, String), Undecided>> {
    let mut plain = Draft::new();
    let number = !hay.at(start).is_ascii_alphabetic();
    let mut kept = 0;
    let mut gaps = 0;
    let mut at = start;
    let mut end = start;
    while plain.len < MOST {
        let byte = hay.at(at);
        if hay.is_open(at + 1) || hay.is_open(at + 2) {
            return Some(Err(Undecided));
        }
        let fits = if number { byte.is_ascii_digit() } else { byte.is_ascii_alphanumeric() };
        if !(fits || SIGNS.contains(&byte)) {
            break;
        }
        let gap = hay.rest(at + 1).iter().take(WIDEST).take_while(|byte| **byte == b' ').count();
        if hay.is_open(at + 1 + gap) {
            return Some(Err(Undecided));
        }
        let alone = gap > 0 || !(hay.at(at + 1).is_ascii_alphanumeric() || hay.at(at + 1) >= 0x80);
        if !alone {
            break;
        }
        plain.push(&[byte]);
        if byte.is_ascii_alphanumeric() {
            (kept, end) = (plain.len, at + 1);
        }
        gaps += 1;
        // the second gap is one blank, which is what rows are looked for by
        if gap == 0 || (gaps == 2 && gap > 1) {
            break;
        }
        if gap > 1 {
            plain.push(b" ");
        }
        at += 1 + gap;
    }
    // signs at the end belong to what follows
    plain.len = kept;
    is_value(plain.bytes()).then(|| Ok((end, plain.text().to_owned())))
}

/// A number, an account that begins with letters, or an address; not words spelt out.
fn is_value(bytes: &[u8]) -> bool {
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if bytes.len() < FEWEST {
        return false;
    }
    if bytes.contains(&b'@') {
        return bytes.contains(&b'.');
    }
    let account = bytes[..2].iter().all(u8::is_ascii_uppercase) && bytes[2..4].iter().all(u8::is_ascii_digit);
    digits >= FEWEST_DIGITS && (account || !bytes.iter().any(|byte| byte.is_ascii_alphabetic()))
}

/// The row that the text may break off in.
fn open_row(hay: &Hay, from: usize) -> Next {
    if hay.ends {
        return Next::Nothing;
    }
    // two characters and the gaps round them are not yet seen as a row
    let bytes = &hay.rest(from);
    let blank = |byte: &u8| *byte == b' ';
    let mut len = 0;
    for _ in 0..3 {
        let rest = &bytes[..bytes.len() - len];
        let gap = rest.iter().rev().take(WIDEST).take_while(|byte| blank(byte)).count();
        let rest = &rest[..rest.len() - gap];
        let single = rest.last().is_some()
            && !rest
                .len()
                .checked_sub(2)
                .is_some_and(|at| rest[at].is_ascii_alphanumeric() || rest[at] >= 0x80);
        if !single || (gap == 0 && len > 0) {
            break;
        }
        len += gap + 1;
    }
    if len == 0 { Next::Nothing } else { Next::Open(hay.bytes.len() - len) }
}
