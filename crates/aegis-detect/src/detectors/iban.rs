//! International bank account numbers (ISO 13616): country, check digits, account; remainder 1 by 97.

use crate::checksum::mod97;
use crate::detector::{Candidates, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::Kind;
use crate::redact::{capitals_of, hide};
use crate::site::Site;

pub(crate) static IBAN: Detector = Detector {
    info: DetectorInfo {
        id: "iban",
        name: "International bank account number",
        description: "A country code, two check digits that fit and an account of the country's length, with or without groups of four.",
        category: Category::Payment,
        severity: Severity::High,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["GLBA", "GDPR 4(1)"],
        max_hold: crate::site::hold(&[Kind::Lettered]),
        hits: &[
            "IBAN DE44 5001 0517 5407 3249 31",
            "pay to NL02ABNA0123456789.",
            "\"iban\":\"FR7630006000011234567890189\"",
            "GB33BUKB20201555555555",
        ],
        misses: &[
            "DE44 5001 0517 5407 3249 32",
            "NL02ABNA01234567890",
            "XX44500105175407324931",
            "DE44 5001 0517 5407 3249",
        ],
    },
    candidates: Candidates::At(&[Kind::Lettered]),
    numbers: Numbers::ALL,
    labels: "iban, iban no, iban number, account number iban, kontonummer, bankverbindung, compte bancaire, cuenta bancaria, \
         conto corrente, rekeningnummer, iban nr, номер счета",
    hints: "bank, account, wire, transfer, beneficiary, direct deposit, payout, sepa, bic, swift, konto, compte, cuenta, conto, \
         überweisung, virement, transferencia, bonifico",
    validate,
    canonical: capitals_of,
    sample,
};

/// Countries by the length of their numbers.
const LENGTHS: &[(usize, &str)] = &[
    (15, "NO"),
    (16, "BE"),
    (18, "DK FI FK FO GL NL SD"),
    (19, "MK SI"),
    (20, "AT BA EE KZ LT LU MN XK"),
    (21, "CH HR LI LV"),
    (22, "BG BH CR DE GB GE IE ME RS VA"),
    (23, "AE GI IL IQ OM SO TL"),
    (24, "AD CZ ES MD PK RO SA SE SK TN VG"),
    (25, "LY PT ST"),
    (26, "IS TR"),
    (27, "BI DJ FR GR IT MC MR SM"),
    (28, "AL AZ BY CY DO GT HN HU LB NI PL SV"),
    (29, "BR EG PS QA UA"),
    (30, "JO KW MU YE"),
    (31, "MT SC"),
    (32, "LC"),
    (33, "RU"),
];

/// Numbers that banks and the registry print as examples.
const EXAMPLES: &[&str] = &[
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "GB82WEST12345698765432",
    "FR1420041010050500013M02606",
    "ES9121000418450200051332",
    "NL91ABNA0417164300",
    "IT60X0542811101000000123456",
    "CH9300762011623852957",
    "BE68539007547034",
    "AT611904300234573201",
];

const LONGEST: usize = 34;

fn validate(site: &Site) -> Option<Match> {
    let digits = site.anchor().start;
    let (a, b) = (site.before(digits.wrapping_sub(1)), site.before(digits));
    if !(a.is_ascii_uppercase() && b.is_ascii_uppercase()) {
        return None;
    }
    let country = [a, b];
    let length =
        LENGTHS.iter().find(|(_, list)| list.as_bytes().chunks(3).any(|code| code[..2] == country))?.0;
    let start = digits - 2;
    let (number, end, regular) = read(site, start, length)?;
    let number = &number[..length];
    let check = (number[2].is_ascii_digit() && number[3].is_ascii_digit())
        .then(|| (number[2] - b'0') * 10 + number[3] - b'0')?;
    let rest = mod97(number[4..].iter().chain(&number[..4]).copied());
    if !(2..=98).contains(&check) || rest != 1 || !site.opens(start) || !site.closes(end) {
        return None;
    }
    let context = site.context(start..end);
    let named = context.names(site.own);
    if !(regular || named) {
        return None;
    }
    let mut found =
        Match::new(start..end, Odds::of(0.96), Severity::High, "country, length and check digits");
    if named {
        found.add(LABEL, "label: iban");
    } else {
        found.add_if(context.hints(site), HINT, "bank word near");
        found.add_if(context.denies(site.own), -1.5, "named as another number");
    }
    let known = EXAMPLES.iter().any(|example| example.as_bytes() == number);
    Some(found.known_test_if(known))
}

/// Reads `length` letters and digits from `start` on, with single blanks or hyphens between; `regular` if those
/// stand after every fourth or not at all.
fn read(site: &Site, start: usize, length: usize) -> Option<([u8; LONGEST], usize, bool)> {
    let mut number = [0; LONGEST];
    let (mut count, mut at, mut regular) = (0, start, true);
    while count < length {
        let byte = site.byte(at);
        if byte.is_ascii_digit() || byte.is_ascii_uppercase() {
            number[count] = byte;
            count += 1;
        } else if matches!(byte, b' ' | b'-') && count > 0 && site.byte(at + 1).is_ascii_alphanumeric() {
            regular &= count % 4 == 0;
        } else {
            return None;
        }
        at += 1;
    }
    Some((number, at, regular))
}

/// `DE•• •••• … ••31`: the country and the last two.
fn sample(value: &str) -> String {
    let last = value.len().saturating_sub(2);
    let mut at = 0;
    hide(value, |c| {
        let amid = (2..last).contains(&at);
        at += c.len_utf8();
        amid && c.is_ascii_alphanumeric()
    })
}
