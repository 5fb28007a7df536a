//! Makes up values that look real to a detector: the right shape, range and check digit, and random besides.
//! Invariant: no documented test value and no reserved range comes out, so that nothing here is waved through as one.

use crate::dice::Dice;

/// A US social security number: area 001–899 but 666, group and serial not zero (SSA, since June 2011).
pub(crate) fn ssn(dice: &mut Dice) -> String {
    let area = match dice.between(101, 898) {
        // 666 is never given out; 123, 457 and 219 begin numbers made famous by advertisements.
        666 | 123 | 457 | 219 => 317,
        area => area,
    };
    format!("{area:03}-{:02}-{:04}", dice.between(10, 98), dice.between(1001, 9989))
}

/// A payment card number with a valid check digit, grouped as on the card.
pub(crate) fn card(dice: &mut Dice) -> String {
    let (prefix, length) = match dice.below(10) {
        0..=4 => (format!("4{}", 5 + dice.below(4)), 16),
        5..=7 => (format!("5{}{}", 1 + dice.below(5), 2 + dice.below(7)), 16),
        8 => (format!("37{}", 2 + dice.below(5)), 15),
        _ => (format!("6011{}", 2 + dice.below(7)), 16),
    };
    let mut digits = format!("{prefix}{}", dice.digits(length - 1 - prefix.len()));
    digits.push(luhn_check_digit(&digits));
    group(&digits, if length == 15 { &[4, 6, 5] } else { &[4, 4, 4, 4] })
}

fn group(digits: &str, sizes: &[usize]) -> String {
    let mut out = String::new();
    let mut rest = digits;
    for size in sizes {
        let (part, after) = rest.split_at(*size);
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
        rest = after;
    }
    out
}

/// The digit that makes `digits` pass Luhn (ISO/IEC 7812-1, annex B).
fn luhn_check_digit(digits: &str) -> char {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let d = u32::from(b - b'0');
            if i % 2 == 0 { d * 2 / 10 + d * 2 % 10 } else { d }
        })
        .sum();
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

/// A telephone number of a US area or, now and then, a British or German mobile.
pub(crate) fn phone(dice: &mut Dice) -> String {
    const AREAS: &[&str] =
        &["212", "646", "312", "415", "617", "206", "303", "512", "404", "718", "213", "702"];
    if dice.chance(0.12) {
        return format!("+44 7{} {}", dice.digits(3).replace('0', "4"), dice.digits(6));
    }
    if dice.chance(0.08) {
        return format!("+49 151 {}", dice.between(20_000_000, 79_999_999));
    }
    let area = dice.pick(AREAS);
    // Exchange: no 555 (fiction), no N11 (services).
    let exchange = format!("{}{}{}", dice.between(2, 9), dice.between(2, 4), dice.between(2, 9));
    let line = format!("{:04}", dice.between(1_000, 9_998));
    match dice.below(4) {
        0 => format!("({area}) {exchange}-{line}"),
        1 => format!("+1 {area} {exchange} {line}"),
        2 => format!("{area}.{exchange}.{line}"),
        _ => format!("{area}-{exchange}-{line}"),
    }
}

/// A private person's address at a made-up mail provider.
pub(crate) fn email(first: &str, last: &str, dice: &mut Dice) -> String {
    const HOSTS: &[&str] =
        &["lindenmail.com", "harborpost.net", "quillmail.org", "fernbox.io", "postwren.com"];
    let (first, last) = (first.to_lowercase(), last.to_lowercase());
    let host = dice.pick(HOSTS);
    match dice.below(4) {
        0 => format!("{first}.{last}@{host}"),
        1 => format!("{first}{last}{}@{host}", dice.between(2, 99)),
        2 => format!("{}{last}@{host}", &first[..1]),
        _ => format!("{first}_{last}{}@{host}", dice.between(60, 99)),
    }
}

/// A public IPv4 address, outside the reserved blocks and the well-known resolvers.
pub(crate) fn ip(dice: &mut Dice) -> String {
    const FIRST: &[u8] = &[23, 45, 62, 73, 81, 84, 91, 104, 109, 128, 142, 151, 176, 185, 194, 212];
    let first = FIRST[dice.below(FIRST.len())];
    format!("{first}.{}.{}.{}", dice.between(21, 250), dice.between(2, 250), dice.between(2, 250))
}

/// A birth date of a grown-up, written in one of the usual ways.
pub(crate) fn birth_date(dice: &mut Dice) -> String {
    let (year, month, day) = (dice.between(1938, 2004), dice.between(1, 12), dice.between(1, 28));
    match dice.below(4) {
        0 => format!("{year}-{month:02}-{day:02}"),
        1 => format!("{} {day}, {year}", MONTHS[month as usize - 1]),
        _ => format!("{month:02}/{day:02}/{year}"),
    }
}

/// A hospital's record number; meaningless without its label.
pub(crate) fn mrn(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => format!("{}", dice.between(1_004_000, 9_870_000)),
        1 => format!("H{:09}", dice.between(1_000_000, 99_000_000)),
        _ => format!("{:08}", dice.between(10_400_000, 98_700_000)),
    }
}

/// Months by name.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn passes_luhn(digits: &str) -> bool {
        let (body, check) = digits.split_at(digits.len() - 1);
        luhn_check_digit(body).to_string() == check
    }

    #[test]
    fn the_check_digit_is_that_of_documented_cards() {
        for card in ["4111111111111111", "378282246310005", "6011111111111117", "5555555555554444"] {
            assert!(passes_luhn(card));
        }
        assert!(!passes_luhn("4111111111111112"));
    }

    #[test]
    fn cards_pass_luhn_and_are_no_test_cards() {
        let mut dice = Dice::new(3, "cards", b"");
        for _ in 0..2_000 {
            let digits: String = card(&mut dice).chars().filter(char::is_ascii_digit).collect();
            assert!(passes_luhn(&digits) && matches!(digits.len(), 15 | 16), "{digits}");
            assert!(!digits.starts_with("4111") && !digits.starts_with("4242"));
        }
    }

    #[test]
    fn social_security_numbers_can_have_been_given_out() {
        let mut dice = Dice::new(3, "ssn", b"");
        for _ in 0..2_000 {
            let ssn = ssn(&mut dice);
            let parts: Vec<u32> = ssn.split('-').map(|p| p.parse().unwrap()).collect();
            assert!(parts[0] > 0 && parts[0] < 900 && parts[0] != 666, "{ssn}");
            assert!(parts[1] > 0 && parts[2] > 0);
        }
    }

    #[test]
    fn telephone_numbers_avoid_services_and_fiction() {
        let mut dice = Dice::new(3, "phone", b"");
        for _ in 0..2_000 {
            let digits: String = phone(&mut dice).chars().filter(char::is_ascii_digit).collect();
            assert!((10..=13).contains(&digits.len()), "{digits}");
            assert!(!digits.contains("555") || digits.len() > 10 || !digits[3..].starts_with("555"));
        }
    }
}
