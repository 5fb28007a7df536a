//! Check digits shared by detectors.

/// Luhn (ISO/IEC 7812-1 annex B): every second digit from the right doubled, digit sums, total divisible by ten.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0') << (place % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// NHS number (NHS Data Dictionary): weights 10 to 2, modulus 11; a check value of 10 is never issued.
pub(crate) fn nhs(digits: &[u8]) -> bool {
    if digits.len() != 10 {
        return false;
    }
    let sum: u32 =
        digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    u32::from(digits[9] - b'0') == (11 - sum % 11) % 11
}

/// GitHub's and npm's tokens: the last six characters are the CRC-32 of the rest, in base 62.
pub(crate) fn crc32_base62(token: &[u8]) -> bool {
    let Some((random, check)) = token.split_last_chunk::<6>() else { return false };
    let mut crc = !0u32;
    for byte in random {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
        }
    }
    let mut rest = !crc;
    check.iter().rev().all(|digit| {
        let expected = BASE_62[(rest % 62) as usize];
        rest /= 62;
        expected == *digit
    })
}

const BASE_62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// IBAN (ISO 13616): the first four characters moved to the end, letters as 10 to 35, remainder 1 by 97.
pub(crate) fn mod97(characters: impl Iterator<Item = u8>) -> u32 {
    // far below what a word holds, so that most steps need no division
    const ENOUGH: u64 = 1 << 56;
    let rest = characters.fold(0u64, |rest, character| {
        let rest = if rest >= ENOUGH { rest % 97 } else { rest };
        match character {
            b'0'..=b'9' => rest * 10 + u64::from(character - b'0'),
            _ => rest * 100 + u64::from(character.to_ascii_uppercase() - b'A') + 10,
        }
    });
    (rest % 97) as u32
}

/// Machine-readable travel documents (ICAO 9303): weights 7, 3, 1; letters as 10 to 35, `<` as 0.
pub(crate) fn icao9303(field: &[u8]) -> u32 {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    };
    field.iter().zip([7, 3, 1].into_iter().cycle()).map(|(byte, weight)| value(*byte) * weight).sum::<u32>()
        % 10
}

/// How many different digits there are.
pub(crate) fn distinct(digits: &[u8]) -> u32 {
    digits.iter().fold(0u16, |seen, digit| seen | 1 << (digit - b'0')).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luhn_table() {
        for (digits, ok) in
            [("4111111111111111", true), ("4111111111111112", false), ("79927398713", true), ("", false)]
        {
            assert_eq!(luhn(digits.as_bytes()), ok, "{digits:?}");
        }
    }

    #[test]
    fn nhs_table() {
        for (digits, ok) in [("9434765919", true), ("9434765918", false), ("943476591", false)] {
            assert_eq!(nhs(digits.as_bytes()), ok, "{digits:?}");
        }
    }
}
