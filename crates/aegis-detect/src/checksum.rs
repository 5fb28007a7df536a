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
