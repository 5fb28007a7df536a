//! Payment card numbers: network prefix, length, grouping and the Luhn check digit (ISO/IEC 7812-1).
//! Prefixes: the networks' published IIN ranges.

use crate::checksum::{distinct, luhn};
use crate::context::{BEYOND, Context, Roles};
use crate::detector::{Candidates, DENIED, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{digits_of, hide_digits};
use crate::site::{Run, Site};
use std::ops::Range;

pub(crate) static CREDIT_CARD: Detector = Detector {
    info: DetectorInfo {
        id: "credit_card",
        name: "Payment card number",
        description: "A card number of a known network, of its length, with a valid check digit.",
        category: Category::Payment,
        severity: Severity::Critical,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["PCI DSS 3.4", "GDPR 4(1)", "GLBA"],
        max_hold: crate::site::hold(&[Kind::Digits, Kind::Lettered]),
        hits: &[
            "kart numaram 6011 9923 6765 3559",
            "4539148803436467 numaralı kartınız",
            "card read over the phone: 4539 1488 0343 6467 exp 01/29",
            "card 4539 1488 0343 6467",
            "4539148803436467",
            "6011446340527836",
            "pan=4539-1488-0343-6467",
            "amex 3714 496353 98431",
            "paid with 5425233430109903 (exp 04/27)",
        ],
        misses: &[
            "542E 542F 5430 5431 5432 5433",
            "Bestelnummer 4539148803436467",
            "PO 65812 SO 4539148803436467",
            "4539148803436467 numaralı siparişiniz yolda",
            "sales_order,sku\n4539148803436467,X1",
            "zamówienie nr 4539148803436467",
            "伝票番号 4539148803436467",
            "4539148803436467 is your order number",
            "4539 1488 0343 6468",
            "order 4539148803436467",
            "4444444444444444",
            "tracking 453914880343646",
            "0.4539148803436467",
            "1539148803436461",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits, Kind::Lettered]),
    numbers: Numbers::of(2..=19, 12)
        .shaped(|first, joint, second| match joint {
            Joint::Space | Joint::Hyphen => true,
            Joint::Dot => first >= 12 || first == 4 && matches!(second, 4 | 6) || first == 6 && second == 13,
            Joint::None | Joint::Slash | Joint::Dash | Joint::Paren => first >= 12,
        })
        .fresh()
        .amid(12..=19),
    labels: "card, cards, card number, card no, cc, ccn, cc number, credit card, debit card, \
         credit card number, debit card number, payment card, pan, visa, mastercard, master card, amex, \
         american express, discover, diners, diners club, jcb, unionpay, maestro, rupay, mir, troy, elo, \
         carte, carte bancaire, tarjeta, tarjeta de crédito, número de tarjeta, numéro de carte, \
         kreditkarte, kreditkartennummer, kartennummer, karte, carta di credito, numero di carta, cartão, \
         cartão de crédito, número do cartão, creditcard, creditcardnummer, карта, номер карты, 卡号, 信用卡, \
         カード番号, クレジットカード, kart numarası, kart numaram, kart no, kredi kartı, kredi kartım, numer karty kredytowej, \
         karta kredytowa, nr karty płatniczej, číslo platební karty, platební karta, kortnummer, kortnr, kreditkort, betalkort, \
         luottokortti, kortin numero, bankkártya, kártyaszám, card bancar, număr card, номер картки, кредитна картка, картка, \
         betaalkaart, kaartnummer, numéro de ma carte, carte de crédit, carta, nº de tarjeta, 카드번호, 카드 번호, 신용카드, 信用卡号, 银行卡号, \
         nomor kartu, kartu kredit, số thẻ, thẻ tín dụng, बैंक कार्ड, כרטיס אשראי, بطاقة ائتمان, رقم البطاقة, πιστωτική κάρτα, αριθμός κάρτας",
    hints: "exp, expiry, expires, expiration, valid thru, cvv, cvc, cvv2, cid, security code, charged, \
         charge, payment, billing, cardholder, checkout, caducidad, validité, gültig bis",
    validate,
    canonical: digits_of,
    sample: |value| hide_digits(value, 4),
};

/// Numbers the networks and payment services document for tests.
const TEST_NUMBERS: &[&str] = &[
    "4111111111111111",
    "4012888888881881",
    "4242424242424242",
    "4000056655665556",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "5200828282828210",
    "378282246310005",
    "371449635398431",
    "378734493671000",
    "6011111111111117",
    "6011000990139424",
    "6011981111111113",
    "30569309025904",
    "38520000023237",
    "3056930009020004",
    "36227206271667",
    "3566002020360505",
    "3530111333300000",
    "6200000000000005",
    "6205500000000000004",
    "5019717010103742",
    "6331101999990016",
    "5454545454545454",
    "4222222222222",
    "4917610000000000",
    "5425233430109903",
    "2222420000001113",
    "4263982640269299",
];

/// First and last prefix, how many digits it has, and the lengths a network issues under it.
struct Network {
    from: u32,
    to: u32,
    prefix: usize,
    lengths: &'static [usize],
}

const fn network(from: u32, to: u32, prefix: usize, lengths: &'static [usize]) -> Network {
    Network { from, to, prefix, lengths }
}

const LONG: &[usize] = &[16, 17, 18, 19];
const MAESTRO: &[usize] = &[12, 13, 14, 15, 16, 17, 18, 19];

static NETWORKS: &[Network] = &[
    network(4, 4, 1, &[13, 16, 19]),             // Visa, and Elo, Dankort inside it
    network(51, 55, 2, &[16]),                   // Mastercard
    network(2221, 2720, 4, &[16]),               // Mastercard
    network(34, 34, 2, &[15]),                   // American Express
    network(37, 37, 2, &[15]),                   // American Express
    network(6011, 6011, 4, LONG),                // Discover
    network(644, 649, 3, LONG),                  // Discover
    network(65, 65, 2, LONG),                    // Discover, RuPay, Troy, Elo, Verve
    network(622_126, 622_925, 6, LONG),          // Discover
    network(300, 305, 3, &[14, 16, 17, 18, 19]), // Diners Club
    network(3095, 3095, 4, &[14, 16, 17, 18, 19]),
    network(36, 36, 2, &[14]),
    network(38, 39, 2, &[14, 16, 17, 18, 19]),
    network(3528, 3589, 4, LONG),  // JCB
    network(2131, 2131, 4, &[15]), // JCB, old
    network(1800, 1800, 4, &[15]), // JCB, old
    network(62, 62, 2, LONG),      // UnionPay
    network(810, 817, 3, LONG),    // UnionPay
    network(5018, 5018, 4, MAESTRO),
    network(5019, 5019, 4, &[16]), // Dankort
    network(5020, 5020, 4, MAESTRO),
    network(5038, 5038, 4, MAESTRO),
    network(5893, 5893, 4, MAESTRO),
    network(6304, 6304, 4, MAESTRO),
    network(6759, 6759, 4, MAESTRO),
    network(6761, 6763, 4, MAESTRO),
    network(508, 508, 3, &[16]),         // RuPay
    network(60, 60, 2, &[16]),           // RuPay, Hipercard
    network(81, 82, 2, &[16]),           // RuPay
    network(353, 353, 3, &[16]),         // RuPay
    network(356, 356, 3, &[16]),         // RuPay
    network(2200, 2204, 4, LONG),        // Mir
    network(9792, 9792, 4, &[16]),       // Troy
    network(504_175, 504_175, 6, &[16]), // Elo
    network(506_099, 506_198, 6, LONG),  // Verve
    network(506_699, 506_778, 6, &[16]), // Elo
    network(509_000, 509_999, 6, &[16]), // Elo
    network(627_780, 627_780, 6, &[16]), // Elo
    network(636_297, 636_368, 6, &[16]), // Elo
    network(9860, 9860, 4, &[16]),       // Humo
];

fn issued(digits: &[u8]) -> bool {
    // what the first digits come to, by how many they are
    let mut prefixes = [0; LONGEST_PREFIX + 1];
    for (len, digit) in digits.iter().enumerate().take(LONGEST_PREFIX) {
        prefixes[len + 1] = prefixes[len] * 10 + u32::from(digit - b'0');
    }
    NETWORKS.iter().any(|network| {
        (network.from..=network.to).contains(&prefixes[network.prefix])
            && network.lengths.contains(&digits.len())
    })
}

/// Longest prefix of a network.
const LONGEST_PREFIX: usize = 6;

/// Groupings printed on cards.
const PRINTED: &[&[usize]] = &[&[4, 4, 4, 4, 3], &[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[6, 13]];

struct Shape {
    groups: usize,
    joint: Joint,
    prior: f32,
    needs_label: bool,
    reason: &'static str,
}

fn validate(site: &Site) -> Option<Match> {
    let run = site.run();
    if site.anchor().end - site.anchor().start > 19
        || !matches!(site.anchor().joint, Joint::None | Joint::Space | Joint::Paren | Joint::Dash)
        || !matches!(site.anchor().end - site.anchor().start, 2..)
    {
        return None;
    }
    shapes(&run).find_map(|shape| judge(site, &run, &shape))
}

/// The ways to read the run as one number, likeliest first.
fn shapes<'a>(run: &'a Run<'a>) -> impl Iterator<Item = Shape> + 'a {
    let first = run.groups().first().map_or(0, |group| group.end - group.start);
    let printed = PRINTED.iter().filter(move |lengths| lengths[0] == first).flat_map(move |&lengths| {
        [Joint::Space, Joint::Hyphen, Joint::Dot].into_iter().filter_map(move |joint| {
            run.is(lengths, joint).then_some(Shape {
                groups: lengths.len(),
                joint,
                prior: if joint == Joint::Dot { 0.70 } else { 0.90 },
                needs_label: false,
                reason: "grouped like a card",
            })
        })
    });
    let bare = run.groups().first().and_then(|group| {
        let len = group.end - group.start;
        (12..=19).contains(&len).then_some(Shape {
            groups: 1,
            joint: Joint::None,
            prior: 0.75,
            needs_label: !matches!(len, 14..=16),
            reason: "length of a card",
        })
    });
    printed.chain(bare).chain(odd_grouping(run))
}

/// Any other grouping whose digits add up to a card's; only a label makes it one.
fn odd_grouping(run: &Run) -> Option<Shape> {
    let joint = run.joint_after(1);
    let groups = run.groups();
    let total: usize = groups.iter().map(|group| group.end - group.start).sum();
    if !(14..=19).contains(&total) {
        return None;
    }
    if !matches!(joint, Joint::Space | Joint::Hyphen) || groups[1..].iter().any(|group| group.joint != joint)
    {
        return None;
    }
    let digits = run.digits(groups.len()).len();
    ((14..=19).contains(&digits)).then_some(Shape {
        groups: groups.len(),
        joint,
        prior: 0.60,
        needs_label: true,
        reason: "digits of a card in odd groups",
    })
}

/// Hexadecimal numbers of four digits stand beside it: `9B2F 5531 60B5`, or the keys of a collation: `[.4301.0020`.
fn is_amid_code_points(site: &Site, span: &Range<usize>) -> bool {
    let is_point = |word: &[u8]| {
        word.len() == 4
            && word.iter().all(u8::is_ascii_hexdigit)
            && word.iter().any(u8::is_ascii_uppercase)
            && word.iter().any(u8::is_ascii_digit)
    };
    let before = site.bytes(span.start.saturating_sub(5)..span.start);
    let after = site.bytes(span.end..span.end + 5);
    before.ends_with(b"[.")
        || before.strip_suffix(b" ").is_some_and(is_point)
        || after.strip_prefix(b" ").is_some_and(is_point)
}

fn judge(site: &Site, run: &Run, shape: &Shape) -> Option<Match> {
    let digits = run.digits(shape.groups);
    if !luhn(&digits) || !issued(&digits) || distinct(&digits) <= 1 {
        return None;
    }
    let span = run.span(shape.groups);
    let is_known = || {
        std::str::from_utf8(&digits).is_ok_and(|digits| TEST_NUMBERS.contains(&digits))
            || digits.starts_with(b"40000000000")
    };
    if !(site.opens(span.start) || is_track(site, span.start))
        || !site.closes(span.end)
        || continues(site, run, shape)
        || is_amid_code_points(site, &span)
        || (distinct(&digits) <= 2 && !is_known())
    {
        return None;
    }
    if shape.needs_label && !site.may_be_labelled(span.start) {
        return None;
    }
    let context = site.context(span.clone());
    let named = context.names(site.own);
    if shape.needs_label && !named {
        return None;
    }
    let mut found = Match::new(span, Odds::of(shape.prior), Severity::Critical, "luhn");
    found.reasons.push(shape.reason);
    if named {
        found.add(LABEL, "label: card");
    } else {
        found.add_if(context.hints(site), HINT, "card word near");
        let denied = !is_read_out(site, &context, shape)
            && (context.denies(site.own)
                || is_sales_order(site, &found.span)
                || called_after(site, &found.span));
        found.add_if(denied, DENIED, "named as another number");
        found.add_if(shape.groups == 1 && context.label.has(Roles::ID), -1.5, "named as an id");
    }
    Some(found.known_test_if(is_known()))
}

/// `the card over the phone: 4539 1488 …`: a number printed like a card's is no telephone number, and a card was spoken of.
fn is_read_out(site: &Site, context: &Context, shape: &Shape) -> bool {
    let other = Roles::COUNTER | Roles::VERSION;
    shape.groups > 1 && context.near.has(site.own) && !(context.label | context.column).has(other)
}

/// `SO 4539…`: two capitals that mean nothing in small letters.
fn is_sales_order(site: &Site, span: &Range<usize>) -> bool {
    let before = site.bytes(span.start.saturating_sub(8)..span.start);
    let name = before.trim_ascii_end();
    let name = name.strip_suffix(b":").or_else(|| name.strip_suffix(b"#")).unwrap_or(name).trim_ascii_end();
    let name = name.strip_suffix(b" No").or_else(|| name.strip_suffix(b" no")).unwrap_or(name);
    let word =
        name.strip_suffix(b"SO").or_else(|| name.strip_suffix(b"S/O")).or_else(|| name.strip_suffix(b"WO"));
    word.is_some_and(|rest| !rest.last().is_some_and(u8::is_ascii_alphanumeric))
}

/// `4539… numaralı siparişiniz`, `4539… is your order number`: the first word after it that means anything is that of
/// another number, on its line and in its sentence.
fn called_after(site: &Site, span: &Range<usize>) -> bool {
    let after = site.bytes(span.end..span.end + BEYOND);
    let line = &after[..memchr::memchr2(b'\n', b';', after).unwrap_or(after.len())];
    // Turkish: the number of whatever follows, in all its endings
    let numbered = [" numaralı ", " nolu ", " no'lu ", " no’lu ", " numarali "]
        .iter()
        .find_map(|word| line.strip_prefix(word.as_bytes()));
    if let Some(thing) = numbered {
        return !thing.starts_with(b"kart") && !thing.starts_with(b"kredi") && !thing.starts_with(b"banka");
    }
    site.first_word_in(line).is_some_and(|(at, roles)| {
        let gap = &line[..at];
        let text = std::str::from_utf8(gap).unwrap_or_default();
        if ATTACHED.contains(&text.trim()) {
            return roles.has(Roles::COUNTER) && !roles.has(site.own);
        }
        roles.has(Roles::COUNTER)
            && !roles.has(site.own)
            && gap.starts_with(b" ")
            && !gap.iter().any(|byte| matches!(byte, b',' | b'.' | b':' | b'/' | b'|' | b'0'..=b'9'))
            && gap.iter().filter(|byte| **byte == b' ').count() <= MOST_BETWEEN
            && std::str::from_utf8(gap.trim_ascii())
                .is_ok_and(|gap| gap.split(' ').all(|word| LINKS.contains(&word)))
    })
}

/// Blanks between a number and the word that says what it was.
const MOST_BETWEEN: usize = 4;
/// What stands between them in scripts that set no blanks.
const ATTACHED: &[&str] = &[
    "是您的",
    "是你的",
    "是我的",
    "是",
    "为您的",
    "為您的",
    "が",
    "は",
    "がご",
    "はご",
    "の",
    "번은",
    "번이",
    "은",
    "는",
];
/// Words between them.
const LINKS: &[&str] = &[
    "",
    "numaralı",
    "nolu",
    "no'lu",
    "is",
    "was",
    "your",
    "the",
    "our",
    "my",
    "as",
    "(your",
    "(the",
    "(",
    "ist",
    "Ihre",
    "ihre",
    "Ihrer",
    "die",
    "est",
    "votre",
    "le",
    "la",
    "es",
    "su",
    "el",
    "é",
    "o",
    "seu",
    "sua",
    "a",
    "è",
    "il",
    "suo",
    "vostro",
    "uw",
    "de",
    "het",
    "to",
    "jest",
    "numer",
    "je",
    "vaše",
    "är",
    "ditt",
    "er",
    "din",
    "on",
    "sinun",
    "это",
    "номер",
    "вашего",
    "ваш",
    "сіздің",
    "az",
    "ön",
];

/// Track 1 of a magnetic stripe begins with `%B` and the number.
fn is_track(site: &Site, start: usize) -> bool {
    site.before(start) == b'B' && site.before(start - 1) == b'%'
}

/// The number goes on to the left or right: it is part of a longer one.
fn continues(site: &Site, run: &Run, shape: &Shape) -> bool {
    let left = match site.group_before() {
        Some(_) if site.anchor().joint == Joint::Space && shape.joint == Joint::Space => true,
        Some(_) => !matches!(site.anchor().joint, Joint::Space | Joint::Paren | Joint::Dash),
        None => false,
    };
    let right = match run.joint_after(shape.groups) {
        Joint::None | Joint::Paren | Joint::Dash => false,
        // an expiry date or security code may follow after a space, another group of the number not
        Joint::Space if shape.joint == Joint::Space => {
            run.groups().get(shape.groups).is_some_and(|next| next.end - next.start == 4)
        }
        Joint::Space => false,
        Joint::Slash => shape.groups == 1,
        Joint::Hyphen | Joint::Dot => true,
    };
    left || right
}
