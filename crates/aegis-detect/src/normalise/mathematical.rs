//! Mathematical alphanumerics (U+1D400–1D7FF): bold, script, double-struck letters and digits.

use super::Plain;

/// Letters come in alphabets of 52, digits in sets of ten; Greek lies between and is left alone.
pub(super) fn plain(c: char) -> Option<Plain> {
    let code = u32::from(c);
    match code {
        0x1D400..=0x1D6A3 => {
            let place = ((code - 0x1D400) % 52) as u8;
            Some(Plain::Ascii(if place < 26 { b'A' + place } else { b'a' + place - 26 }))
        }
        0x1D7CE..=0x1D7FF => Some(Plain::Ascii(b'0' + ((code - 0x1D7CE) % 10) as u8)),
        _ => None,
    }
}
