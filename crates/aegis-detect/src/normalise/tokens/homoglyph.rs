//! Words of Latin letters with letters of other scripts among them that look the same: `ignоre`, `pаssword`.
//! A word of one script is what it is.

use super::{BLOCK, Block, Hay, Next, find, is_word};

/// Letters that look like one of ASCII (Unicode Technical Standard 39, the commonest of its table).
const ALIKE: &[(char, char)] = &[
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('Ѕ', 'S'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('Ү', 'Y'),
    ('Ԁ', 'D'),
    ('Ԛ', 'Q'),
    ('Ԝ', 'W'),
    ('Ӏ', 'I'),
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('ѕ', 's'),
    ('і', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('ү', 'y'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('һ', 'h'),
    ('ӏ', 'l'),
    ('г', 'r'),
    ('п', 'n'),
    ('ѵ', 'v'),
    ('ё', 'e'),
    ('ї', 'i'),
    ('є', 'e'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('α', 'a'),
    ('ε', 'e'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('γ', 'y'),
    ('ϲ', 'c'),
    ('ϳ', 'j'),
    ('σ', 'o'),
    ('ω', 'w'),
    ('η', 'n'),
    ('օ', 'o'),
    ('ո', 'n'),
    ('ս', 'u'),
    ('հ', 'h'),
    ('ց', 'g'),
    ('զ', 'q'),
    ('ԍ', 'G'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('ɩ', 'i'),
    ('ɪ', 'i'),
    ('ʏ', 'y'),
    ('ƅ', 'b'),
    ('ƽ', 's'),
    ('ǃ', '!'),
];

/// Longest word, in bytes, that is looked at.
const MAX_WORD: usize = 64;

pub(super) fn next(hay: &Hay, from: usize) -> Next {
    if hay.rest(from).is_ascii() {
        return open_word(hay, from);
    }
    let mut at = from;
    while let Some(meeting) = find(hay.bytes, at, |block, n| (block[n] | block[n + 1]) >= 0x80, meet) {
        let back =
            hay.bytes[from..meeting].iter().rev().take(MAX_WORD).take_while(|byte| is_word(**byte)).count();
        let start = meeting - back;
        let len = hay.rest(start).iter().take(MAX_WORD + 1).take_while(|byte| is_word(**byte)).count();
        let end = start + len;
        if len <= MAX_WORD && !is_word(hay.before(start, 1)) {
            if hay.is_open(end) {
                return Next::Open(start);
            }
            if let Some(plain) = hay.text.get(start..end).and_then(latin) {
                return Next::Unit(start..end, plain);
            }
        }
        at = end.max(meeting + 1);
    }
    open_word(hay, from)
}

/// An ASCII letter stands beside one from the table.
fn meet(block: &Block, n: usize) -> bool {
    let (a, b) = (block[n], block[n + 1]);
    (a.is_ascii_alphabetic() & is_foreign(b)) | (is_foreign(a) & b.is_ascii_alphabetic())
}

/// A byte of a letter from one of the blocks in the table.
fn is_foreign(byte: u8) -> bool {
    // lead bytes of IPA, Greek, Cyrillic and Armenian, and all that follow a lead
    matches!(byte, 0x80..=0xBF | 0xC4 | 0xC6..=0xC7 | 0xC9..=0xCA | 0xCD..=0xD6)
}

/// `word` in ASCII, if it mixes ASCII letters with letters that look like some.
fn latin(word: &str) -> Option<String> {
    let alike = |c: char| ALIKE.iter().find(|(foreign, _)| *foreign == c).map(|(_, plain)| *plain);
    let mixed = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let plain = word.chars().map(|c| if c.is_ascii() { Some(c) } else { alike(c) });
    // most words with marks are what they are: they cost no memory
    if mixed && plain.clone().all(|c| c.is_some()) { plain.collect() } else { None }
}

/// The word that the text breaks off in, if it can still become one.
fn open_word(hay: &Hay, from: usize) -> Next {
    if hay.ends {
        return Next::Nothing;
    }
    let len = hay.rest(from).iter().rev().take(MAX_WORD + BLOCK).take_while(|byte| is_word(**byte)).count();
    let start = hay.bytes.len() - len;
    if len == 0 || len > MAX_WORD || is_word(hay.before(start, 1)) {
        Next::Nothing
    } else {
        Next::Open(start)
    }
}
