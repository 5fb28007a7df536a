//! Escapes of JSON, JavaScript and their like: `\u0040`, `\u{40}`, `\x40`, `\U00000040`, `\n`, `\/`, with the backslash
//! doubled where a string was put into a string.

use super::{Escape, hex, utf8};

/// Most backslashes that one escape begins with.
const MAX_SLASHES: usize = 4;

pub(super) fn read(text: &[u8]) -> Escape {
    let slashes = text.iter().take(MAX_SLASHES + 1).take_while(|byte| **byte == b'\\').count();
    if slashes > MAX_SLASHES {
        return Escape::No;
    }
    let escape = match text.get(slashes) {
        None => Escape::Open,
        Some(b'u') if text.get(slashes + 1) == Some(&b'{') => braced(&text[slashes..]),
        Some(b'u') => unit(text, slashes),
        Some(b'U') => fixed(&text[slashes..], 8),
        Some(b'x') => bytes(&text[slashes - 1..]),
        Some(b'n') => Escape::Of('\n', 1),
        Some(b'r') => Escape::Of('\r', 1),
        Some(b't') => Escape::Of('\t', 1),
        Some(b'/') => Escape::Of('/', 1),
        Some(_) => Escape::No,
    };
    match escape {
        Escape::Of(c, len) if text[slashes] == b'x' => Escape::Of(c, len + slashes - 1),
        Escape::Of(c, len) => Escape::Of(c, len + slashes),
        other => other,
    }
}

/// `uXXXX`, or two of them that make a pair of surrogates.
fn unit(text: &[u8], slashes: usize) -> Escape {
    let spelt = |text: &[u8]| -> Result<u32, Escape> {
        match text.get(1..5) {
            Some(digits) => hex(digits).ok_or(Escape::No),
            None if text.get(1..).is_none_or(|digits| digits.iter().all(u8::is_ascii_hexdigit)) => {
                Err(Escape::Open)
            }
            None => Err(Escape::No),
        }
    };
    let high = match spelt(&text[slashes..]) {
        Ok(code) => code,
        Err(escape) => return escape,
    };
    if !(0xD800..0xDC00).contains(&high) {
        return char::from_u32(high).map_or(Escape::No, |c| Escape::Of(c, 5));
    }
    let rest = &text[slashes + 5..];
    let mark = rest.iter().zip(&text[..=slashes]).take_while(|(a, b)| a == b).count();
    if mark == rest.len() && mark <= slashes {
        return Escape::Open;
    }
    if mark <= slashes {
        return Escape::No;
    }
    match spelt(&rest[slashes..]) {
        Ok(low @ 0xDC00..0xE000) => char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            .map_or(Escape::No, |c| Escape::Of(c, 10 + slashes)),
        Ok(_) => Escape::No,
        Err(escape) => escape,
    }
}

/// `u{X…}`.
fn braced(text: &[u8]) -> Escape {
    let len = text[2..].iter().take(7).take_while(|byte| byte.is_ascii_hexdigit()).count();
    match text.get(2 + len) {
        None if len < 7 => Escape::Open,
        Some(b'}') if len > 0 => {
            hex(&text[2..2 + len]).and_then(char::from_u32).map_or(Escape::No, |c| Escape::Of(c, len + 3))
        }
        _ => Escape::No,
    }
}

/// A letter and exactly `digits` digits.
fn fixed(text: &[u8], digits: usize) -> Escape {
    match text.get(1..=digits) {
        Some(spelt) => hex(spelt).and_then(char::from_u32).map_or(Escape::No, |c| Escape::Of(c, digits + 1)),
        None if text[1..].iter().all(u8::is_ascii_hexdigit) => Escape::Open,
        None => Escape::No,
    }
}

/// `\xXX`, as many as make a character.
fn bytes(text: &[u8]) -> Escape {
    utf8(text, 4, |part| match part {
        [b'\\', b'x', digits @ ..] => hex(digits).map(|byte| byte as u8),
        _ => None,
    })
}
