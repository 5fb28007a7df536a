//! Words of Latin letters with letters of other scripts among them that look the same: `ignоre`, `pаssword`.
//! A word of one script is what it is.

use super::{Hay, Next, Walk, is_word};

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

pub(super) fn next(hay: &Hay, meetings: &mut Walk, from: usize) -> Next {
    let mut at = from;
    while let Some(meeting) = meetings.next(at) {
        let back =
            hay.bytes[at..meeting].iter().rev().take(MAX_WORD).take_while(|byte| is_word(**byte)).count();
        let start = meeting - back;
        let end = meeting + hay.rest(meeting).iter().take_while(|byte| is_word(**byte)).count();
        if end - start <= MAX_WORD && !is_word(hay.before(start, 1)) {
            if hay.is_open(end) {
                return Next::Open(start);
            }
            if let Some(plain) = hay.text.get(start..end).and_then(latin) {
                return Next::Unit(start..end, plain);
            }
        }
        // of a word that is too long no part is one
        at = end;
    }
    open_word(hay, from)
}

/// What letters look like, by their number from the first on; 0 where they look like none.
static LATIN: [u8; LAST - FIRST + 1] = {
    let mut latin = [0; LAST - FIRST + 1];
    let mut n = 0;
    while n < ALIKE.len() {
        latin[ALIKE[n].0 as usize - FIRST] = ALIKE[n].1 as u8;
        n += 1;
    }
    latin
};
const FIRST: usize = 'ƅ' as usize;
const LAST: usize = 'օ' as usize;

/// `word` in ASCII, if it mixes ASCII letters with letters that look like some.
fn latin(word: &str) -> Option<String> {
    let mut plain = [0; MAX_WORD];
    let mut len = 0;
    let mut mixed = false;
    for c in word.chars() {
        let letter = match c {
            '\0'..='\x7F' => c as u8,
            _ => LATIN.get((c as usize).checked_sub(FIRST)?).copied().filter(|letter| *letter != 0)?,
        };
        mixed |= c.is_ascii_alphabetic();
        *plain.get_mut(len)? = letter;
        len += 1;
    }
    let plain = std::str::from_utf8(&plain[..len]).ok().filter(|_| mixed)?;
    Some(plain.to_owned())
}

/// The word that the text breaks off in, if it can still become one.
fn open_word(hay: &Hay, from: usize) -> Next {
    if hay.ends {
        return Next::Nothing;
    }
    let len = hay.rest(from).iter().rev().take(MAX_WORD + 1).take_while(|byte| is_word(**byte)).count();
    let start = hay.bytes.len() - len;
    if len == 0 || len > MAX_WORD || is_word(hay.before(start, 1)) {
        Next::Nothing
    } else {
        Next::Open(start)
    }
}
