//! E-mail addresses written out: `jane (dot) doe [at] acme dot com`, `jane @ acme.com`, `jane arroba acme punto es`.
//! A bare `at` needs a written-out dot before a known top-level domain, and a name that is no word of a sentence.

mod lists;

use super::{Draft, Hay, Next, Walk, is_name};
use lists::{NEVER, NO_NAMES, TOPS};
use std::ops::Range;

/// Most bytes from the beginning of an address to its first disguised sign.
const REACH: usize = 96;
/// Most words of each part, longest word, and most blanks round a sign.
const MAX_WORDS: usize = 4;
const MAX_WORD: usize = 64;
const MAX_BLANKS: usize = 2;

/// What stands for a sign.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    At,
    Dot,
    /// One that stands for itself, before the `@` alone.
    Other(u8),
}

/// How clearly.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    /// As itself.
    Plain,
    /// As itself between blanks, or as a word.
    Word,
    /// In brackets, or as a word that means nothing else.
    Clear,
}

/// A sign between two words, and where it ends.
struct Between {
    sign: Sign,
    manner: Manner,
    end: usize,
}

/// The words, in lower case.
const SIGNS: &[(&str, Sign, Manner)] = &[
    ("arroba", Sign::At, Manner::Clear),
    ("arobase", Sign::At, Manner::Clear),
    ("at", Sign::At, Manner::Word),
    ("dot", Sign::Dot, Manner::Word),
    ("punto", Sign::Dot, Manner::Word),
    ("punkt", Sign::Dot, Manner::Word),
    ("ponto", Sign::Dot, Manner::Word),
    ("point", Sign::Dot, Manner::Word),
    ("underscore", Sign::Other(b'_'), Manner::Clear),
    ("unterstrich", Sign::Other(b'_'), Manner::Clear),
    ("underline", Sign::Other(b'_'), Manner::Clear),
    ("understreck", Sign::Other(b'_'), Manner::Clear),
    ("hyphen", Sign::Other(b'-'), Manner::Clear),
    ("dash", Sign::Other(b'-'), Manner::Word),
    ("bindestrich", Sign::Other(b'-'), Manner::Clear),
    ("plus", Sign::Other(b'+'), Manner::Word),
];
/// Longest of them.
const LONGEST_SIGN: usize = 12;

pub(super) fn next(hay: &Hay, clues: &mut Walk, from: usize) -> Next {
    // what begins before has been tried, and what begins somewhere does not depend on the clue
    let mut tried = from;
    let mut at = from;
    while let Some(sign) = clues.next(at) {
        at = sign + 1;
        let floor = tried.max(sign.saturating_sub(REACH));
        tried = sign;
        let mut found = [0; 2 * MAX_WORDS];
        let mut count = 0;
        for start in starts(hay, floor, sign) {
            found[count] = start;
            count += 1;
        }
        for &start in found[..count].iter().rev() {
            match read(hay, start) {
                Ok((end, plain)) if end > sign => return Next::Unit(start..end, plain),
                Err(Failed::Open) => return Next::Open(start),
                // one without a clue of its own must not depend on what stands behind it
                Ok(_) | Err(Failed::No) => {}
            }
        }
    }
    open_words(hay, from)
}

/// Where words begin that an address with a sign at `sign` can begin with, latest first.
fn starts(hay: &Hay, floor: usize, sign: usize) -> impl Iterator<Item = usize> {
    let mut at = sign;
    let mut words = 0;
    std::iter::from_fn(move || {
        while at > floor && words < 2 * MAX_WORDS {
            at -= 1;
            let (byte, before) = (hay.at(at), hay.before(at, 1));
            if byte == b'\n' || byte >= 0x80 {
                at = floor;
            } else if is_name(byte) && !is_name(before) {
                words += 1;
                if byte.is_ascii_alphanumeric() && before < 0x80 {
                    return Some(at);
                }
            }
        }
        None
    })
}

/// Why there is no address.
enum Failed {
    No,
    /// Not yet.
    Open,
}

/// Reads the address at `start`: where it ends, and as it is meant.
fn read(hay: &Hay, start: usize) -> Result<(usize, String), Failed> {
    let mut word = self::word(hay, start)?;
    let mut between = self::between(hay, word.end);
    // behind most words stands no sign, and the rest need not be asked
    if matches!(between, Ok(None)) || NEVER.has(&hay.bytes[word.clone()]) {
        return Err(Failed::No);
    }
    let mut local = Draft::new();
    let mut at;
    let mut disguised = false;
    let mut words = 1;
    let found = loop {
        if words > MAX_WORDS || is_sign(&hay.bytes[word.clone()]) {
            return Err(Failed::No);
        }
        local.push(&hay.bytes[word.clone()]);
        let sign = between?.ok_or(Failed::No)?;
        at = sign.end;
        disguised |= sign.manner != Manner::Plain;
        if sign.sign == Sign::At {
            break sign;
        }
        local.push(&[if let Sign::Other(sign) = sign.sign { sign } else { b'.' }]);
        word = self::word(hay, at)?;
        between = self::between(hay, word.end);
        words += 1;
    };
    let (end, host, dots_disguised) = host(hay, at)?;
    let top = host.text().rsplit('.').next().unwrap_or_default();
    let vague = found.manner == Manner::Word;
    let word_at = vague && !hay.text[start..at].contains('@');
    let fits = if word_at { dots_disguised } else { disguised || dots_disguised };
    if !fits || local.len > MAX_WORD || (vague && (NO_NAMES.has(local.bytes()) || !TOPS.has(top.as_bytes())))
    {
        return Err(Failed::No);
    }
    Ok((end, format!("{}@{}", local.text(), host.text())))
}

/// A word that names a sign is no word of an address.
fn is_sign(word: &[u8]) -> bool {
    may_name(word.first().copied().unwrap_or_default())
        && SIGNS.iter().any(|(name, ..)| name.as_bytes().eq_ignore_ascii_case(word))
}

/// The name of a sign can begin with this byte.
fn may_name(first: u8) -> bool {
    matches!(first | 0x20, b'a' | b'b' | b'd' | b'h' | b'p' | b'u')
}

/// The host at `start`: where it ends, as it is meant, and whether a dot was disguised.
fn host(hay: &Hay, start: usize) -> Result<(usize, Draft, bool), Failed> {
    let mut host = Draft::new();
    let mut at = start;
    let mut disguised = false;
    let mut end;
    let mut labels = 0;
    loop {
        let label = word(hay, at)?;
        let text = &hay.text[label.clone()];
        // a full stop ends the sentence
        let text = text.trim_end_matches(['.', '-', '_', '+', '%']);
        host.push(text.as_bytes());
        end = label.start + text.len();
        labels += 1;
        if end < label.end {
            break;
        }
        let Some(dot) =
            between(hay, label.end)?.filter(|between| between.sign == Sign::Dot && labels <= MAX_WORDS)
        else {
            break;
        };
        if dot.manner == Manner::Word && !can_follow(hay, dot.end)? {
            break;
        }
        disguised |= dot.manner != Manner::Plain;
        host.push(b".");
        at = dot.end;
    }
    let text = host.text();
    let top = text.rsplit('.').next().unwrap_or_default();
    let fits = text.contains('.') && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    let labels_fit = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    if fits && labels_fit && !text.contains("..") { Ok((end, host, disguised)) } else { Err(Failed::No) }
}

/// A word begins at `at`, so that `dot` before it is a dot.
fn can_follow(hay: &Hay, at: usize) -> Result<bool, Failed> {
    if hay.is_open(at) { Err(Failed::Open) } else { Ok(hay.at(at).is_ascii_alphanumeric()) }
}

/// The word at `at`.
fn word(hay: &Hay, at: usize) -> Result<Range<usize>, Failed> {
    let rest = hay.rest(at);
    let len = rest.iter().take(MAX_WORD + 1).take_while(|byte| is_name(**byte)).count();
    if hay.is_open(at + len) {
        return Err(Failed::Open);
    }
    let fits = len > 0 && len <= MAX_WORD && hay.at(at).is_ascii_alphanumeric();
    if fits { Ok(at..at + len) } else { Err(Failed::No) }
}

/// The sign after the word that ends at `at`, if one stands there.
fn between(hay: &Hay, at: usize) -> Result<Option<Between>, Failed> {
    let blanks = |at: usize| hay.rest(at).iter().take(MAX_BLANKS).take_while(|byte| **byte == b' ').count();
    let before = blanks(at);
    let mark = at + before;
    if hay.is_open(mark) || hay.is_open(mark + 1) {
        return Err(Failed::Open);
    }
    let found = match hay.at(mark) {
        b'@' => {
            let after = blanks(mark + 1);
            let manner = if before + after > 0 { Manner::Word } else { Manner::Plain };
            Some(Between { sign: Sign::At, manner, end: mark + 1 + after })
        }
        open @ (b'(' | b'[' | b'{' | b'<') => bracketed(hay, mark, open)?,
        b'.' if before > 0 => {
            let after = blanks(mark + 1);
            (after > 0).then_some(Between { sign: Sign::Dot, manner: Manner::Word, end: mark + 1 + after })
        }
        _ if before > 0 => {
            let (sign, manner, end) = match spelt(hay, mark)? {
                Some(found) => found,
                None => return Ok(None),
            };
            let after = blanks(end);
            if hay.is_open(end + after) {
                return Err(Failed::Open);
            }
            (after > 0).then_some(Between { sign, manner, end: end + after })
        }
        _ => None,
    };
    match found {
        Some(found) if hay.is_open(found.end) => Err(Failed::Open),
        found => Ok(found),
    }
}

/// A sign or its name in brackets: `(at)`, `[.]`.
fn bracketed(hay: &Hay, mark: usize, open: u8) -> Result<Option<Between>, Failed> {
    let close = match open {
        b'(' => b')',
        b'<' => b'>',
        _ => open + 2,
    };
    let inner = mark + 1 + usize::from(hay.at(mark + 1) == b' ');
    let (sign, end) = match hay.at(inner) {
        b'@' => (Sign::At, inner + 1),
        b'.' => (Sign::Dot, inner + 1),
        _ => match spelt(hay, inner)? {
            Some((sign, _, end)) => (sign, end),
            None => return Ok(None),
        },
    };
    let end = end + usize::from(hay.at(end) == b' ');
    if hay.is_open(end) {
        return Err(Failed::Open);
    }
    if hay.at(end) != close {
        return Ok(None);
    }
    let after = hay.rest(end + 1).iter().take(MAX_BLANKS).take_while(|byte| **byte == b' ').count();
    Ok(Some(Between { sign, manner: Manner::Clear, end: end + 1 + after }))
}

/// The name of a sign at `at`.
fn spelt(hay: &Hay, at: usize) -> Result<Option<(Sign, Manner, usize)>, Failed> {
    if !may_name(hay.at(at)) && !hay.is_open(at) {
        return Ok(None);
    }
    let rest = hay.rest(at);
    let len = rest.iter().take(LONGEST_SIGN).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let name = &rest[..len];
    if hay.is_open(at + len) {
        let begun = |full: &str| full.len() >= len && full.as_bytes()[..len].eq_ignore_ascii_case(name);
        return if SIGNS.iter().any(|(full, ..)| begun(full)) { Err(Failed::Open) } else { Ok(None) };
    }
    let named = SIGNS.iter().find(|(full, ..)| full.as_bytes().eq_ignore_ascii_case(name));
    Ok(named.map(|(_, sign, manner)| (*sign, *manner, at + len)))
}

/// The words the text breaks off in that can still become an address.
fn open_words(hay: &Hay, from: usize) -> Next {
    if hay.ends {
        return Next::Nothing;
    }
    let len = hay.bytes.len();
    let floor = from.max(len.saturating_sub(REACH));
    let mut open = Next::Nothing;
    for start in starts(hay, floor, len) {
        // what begins before would have to go on over this word
        if breaks_off(hay, start) {
            break;
        }
        if let Err(Failed::Open) = read(hay, start) {
            open = Next::Open(start);
        }
    }
    open
}

/// No sign follows the word at `start`.
fn breaks_off(hay: &Hay, start: usize) -> bool {
    word(hay, start)
        .is_ok_and(|word| matches!(between(hay, word.end), Ok(None)) && !is_sign(&hay.bytes[word]))
}
