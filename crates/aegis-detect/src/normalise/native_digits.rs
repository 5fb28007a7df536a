//! Decimal digits of other scripts: Arabic-Indic, Devanagari, Bengali, Thai.

use super::Plain;

/// Each script's zero; its digits follow in order.
const ZEROES: [u32; 5] = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50];

pub(super) fn plain(c: char) -> Option<Plain> {
    let code = u32::from(c);
    let zero = ZEROES.iter().find(|&&zero| (zero..zero + 10).contains(&code))?;
    Some(Plain::Ascii(b'0' + (code - zero) as u8))
}
