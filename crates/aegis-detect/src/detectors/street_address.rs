//! Postal addresses: house number and street in the order of the language, post boxes, flats, towns with their code.

mod cjk;
mod kinds;
mod lead;
mod words;

pub(crate) use kinds::{ENGLISH, ROMANCE};
pub(crate) use lead::{at_end as lead_at_end, may_lead, open_at_end};

use crate::context::Roles;
use crate::detector::{
    Beside, Candidates, DENIED, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds,
};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{hide_all, letters_of};
use crate::site::Site;
use crate::word_list::WordList;
use words::{Cursor, English, Suffix};

pub(crate) static STREET_ADDRESS: Detector = Detector {
    info: DetectorInfo {
        id: "street_address",
        name: "Street address",
        description: "A house number with a street, or a post box, with flat, town and code where they follow; the forms of the main languages of Europe, and of Turkey, Japan, China and Korea.",
        category: Category::Personal,
        severity: Severity::Medium,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(B)", "GDPR 4(1)"],
        max_hold: crate::site::hold(&[Kind::Digits]),
        hits: &[
            "residing at 4929 Route 9W, Columbus, OH 43215",
            "4296 County Road 412, Spokane, WA 99203",
            "delivery to 6 St. Swithun's Close",
            "wohnhaft Alte Landstraße 119",
            "Адрес: Невский пр., д. 46/2",
            "Unit 7, 61 Oak Street",
            "1/92 Banksia Street",
            "Adres: Meir 25",
            "I live at 7805 Maple Street, Denver.",
            "home address: 3805 Sunset St, Apt 26",
            "ship to PO Box 6826, Portland",
            "1600 Pennsylvania Avenue NW, Washington, DC 20500",
            "wohnhaft Lindenstraße 12, 10969 Berlin",
            "12 rue de la Paix, 75002 Paris",
            "Calle Mayor 5, Madrid",
            "221B Baker Street",
            "my address is 3418 hazel drive",
            "yard sale at 7052 n larch blvd this saturday",
            "we sent it to 4819 wren hollow road",
            "dispatched to 264 N Birchwood Way for a report",
            "flat 9c, 73 oakfield road",
            "mail: jo@web.de\nBahnhofstr. 124a",
            "ich wohn schillerstr. 17b",
            "Anschrift: Am Mühlbach 41a",
            "Kerkstraat 129-2",
            "Hornsgatan 107 A, 118 25 Stockholm",
            "ul. Długa 31 m. 16",
            "ul. Polna 132/26",
            "bytem Nádražní 9/20",
            "adres Moda Cad. No: 123 D: 1",
            "Via della Libertà n. 68",
            "Rua do Carmo, n.º 112, r/c Dto, 1150-018 Lisboa",
            "пр. Мира, 90, кв. 275",
            "ул. Ленина, дом 94",
            "Невский проспект, 14",
            "住所 東京都港区芝3-6-10",
            "地址：杭州市西湖区文三路136号8单元1103室",
            "주소 대전광역시 유성구 대학로 71, 902호",
            "Petőfi utca 12",
        ],
        misses: &[
            "Copyright: Copyright 2001, 2002 Joey Hess",
            "Status: Version 25",
            "They share the namespace via PEP 420",
            "Copyright (c) 2011 Gary Court",
            "10 Best Way to cook",
            "24 Hour Dr",
            "5 Main Points",
            "Chapter 12 Road map",
            "3 Way Street fights",
            "in 2019 Street Fighter",
            "Box 12 of the form",
            "300 cars drive by",
            "100 foot road",
            "400 total sq ft",
            "24 hour dr",
            "25 people down the street",
            "in 2019 dirt road",
            "Im Jahr 2019",
            "Am Montag 12",
            "Im Kapitel 3",
            "Nováková 12",
            "市場規模3-5億円",
            "서울로 5명",
            "2024年12月5号",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits]),
    numbers: Numbers::of(1..=6, 1)
        .fresh()
        .beside(Beside::LEAD_BEFORE.or(Beside::STREET_AFTER), Numbers::NO_LENGTH),
    labels: "",
    hints: "address, home address, street address, street, mailing address, shipping address, billing address, postal address, address line, addr, \
         residence, lives at, live at, living at, resides at, reside at, residing at, ship to, deliver to, moved to, located at, domicilio, \
         dirección, direccion, adresse, anschrift, wohnhaft, wohnhaft in, adres, indirizzo, endereço, residente, residenza, domicile, \
         direccion postal, strasse, straße, rue, calle, адрес, 住所, 地址, \
         street addr, adress, the address, live on, lives on, living on, i live, dispatched to, wohne, wohnt, wohn, wohnen, gemeldet, \
         abito, abita, abitante, residente in, vivo en, vive en, domiciliado, domiciliada, moro na, mora na, morada, habite, \
         demeurant, woont, woon, woonachtig, bor på, bor i, bosatt, bopæl, asuu, osoite, bytem, trvale bytem, bydliště, \
         adresa, ulica, ulice, zam, zamieszkały, zamieszkała, zameldowany, mieszka, mieszkam, lakcím, cím, διεύθυνση, כתובת, \
         العنوان, проживает, живет, живёт, прописан, адреса, мешкає, ikamet, ikametgah, oturuyorum, adresim, địa chỉ, alamat, \
         주소, 住址, 現住所, 家住, \
         apartment, apt, suite, zip, city, state, postcode, plz, house, moved, home, neighbour, neighbor, delivery, parcel, tenant, landlord",
    validate,
    canonical: letters_of,
    sample: hide_all,
};

/// What was read, before the words around it are weighed.
struct Read {
    start: usize,
    end: usize,
    prior: f32,
    reason: &'static str,
}

fn validate(site: &Site) -> Option<Match> {
    let number = site.anchor();
    if number.end - number.start > 6 || matches!(number.joint, Joint::Dot) {
        return None;
    }
    let read = lead::read(site).or_else(|| if is_followed(site) { following(site) } else { None })?;
    let span = read.start..read.end;
    if !(site.opens(span.start) || site.before(span.start) == b'/') || is_amount(site, span.start) {
        return None;
    }
    let context = site.context(span.clone());
    let mut found = Match::new(span, Odds::of(read.prior), Severity::Medium, read.reason);
    if (context.label | context.column).has(site.own.hint()) {
        found.add(LABEL, "label: address");
    } else {
        found.add_if(context.hints(site), HINT, "address word near");
        found.add_if(context.label.has(Roles::COUNTER | Roles::VERSION), DENIED, "named as another number");
    }
    Some(found)
}

/// A letter follows after a blank, as the name of a street does, or the letter of a house.
fn is_followed(site: &Site) -> bool {
    let end = site.anchor().end;
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    match site.byte(end) {
        b' ' => letter(site.byte(end + 1)),
        b',' => site.byte(end + 1) == b' ' && letter(site.byte(end + 2)),
        next => next.is_ascii_alphabetic() && site.byte(end + 1) == b' ',
    }
}

fn is_amount(site: &Site, start: usize) -> bool {
    matches!(site.before(start), b'$' | b'#' | b'%')
}

fn is_year(number: &[u8]) -> bool {
    matches!(number, [b'1' | b'2', b'9' | b'0', a, b] if a.is_ascii_digit() && b.is_ascii_digit())
}

/// The year of a copyright: `(c) 2011 Gary Court`, `2008-2019, 2021 Anthony Lane`.
fn is_credited(site: &Site, start: usize) -> bool {
    let before = site.bytes(start.saturating_sub(12)..start);
    let head = before.strip_suffix(b", ").or(before.strip_suffix(b"-"));
    let year = head.and_then(<[u8]>::last_chunk::<4>).is_some_and(|year| is_year(year));
    let signs = [&b"(c) "[..], b"(C) ", "© ".as_bytes(), b"opyright ", b"OPYRIGHT "];
    year || signs.iter().any(|sign| before.ends_with(sign))
}

/// `7805 Maple Street, Apt 26, Denver, CO 80202`, `12 rue de la Paix, 75002 Paris`: the street after the number.
fn following(site: &Site) -> Option<Read> {
    let number = site.anchor();
    let text = site.bytes(number.end..number.end + 140);
    let mut cursor = Cursor::new(text);
    // `221B`, `12 bis`
    cursor.house_letter();
    let comma = cursor.skip(b", ");
    if !comma && !cursor.skip(b" ") {
        return None;
    }
    // most numbers stand before a small word that is no kind of street
    let way = cursor.at;
    if let Some(end) = cursor.romance_street() {
        cursor.at = end;
        cursor.town();
        return Some(Read {
            start: number.start,
            end: number.end + cursor.at,
            prior: 0.72,
            reason: "number and street",
        });
    }
    cursor.at = way;
    if comma {
        return None;
    }
    let English { suffix, small, short, directed } = cursor.english_street()?;
    let digits = number.end - number.start;
    let direction = cursor.direction();
    let unit = cursor.unit();
    let town = cursor.town();
    let flat = flat_before(site, number.start);
    let unit = unit || flat.is_some();
    let start = flat.or_else(|| unit_before(site, number.start)).unwrap_or(number.start);
    let prior: f32 = match suffix {
        _ if small => small_street(site, suffix, short, directed, digits),
        Suffix::Plain => 0.74,
        Suffix::Common if directed => 0.66,
        Suffix::Common => 0.55,
    };
    let idle = !(unit || town || direction) && cursor.goes_on_as_prose();
    // `264 N Birchwood Way for …`: a long number and a small word say little against it
    let less = if directed || digits >= 3 && !cursor.goes_on_with_name() { 0.10 } else { 0.30 };
    let prior = if idle { prior - less } else { prior };
    let prior = match (unit || town, small) {
        (true, false) => 0.90,
        (true, true) => prior.max(0.70),
        (false, _) => prior,
    };
    // a year is no house
    let prior = if is_year(site.bytes(number.start..number.end))
        && !(unit || town)
        && (is_credited(site, number.start)
            || small && !directed
            || site.bytes(number.start.saturating_sub(3)..number.start) == b"in ")
    {
        0.15
    } else {
        prior
    };
    Some(Read { start, end: number.end + cursor.at, prior, reason: "number, name and kind of street" })
}

/// How sure a street in small letters is: short forms are no other words, the others need something that speaks for them.
fn small_street(site: &Site, suffix: Suffix, short: bool, directed: bool, digits: usize) -> f32 {
    let start = site.anchor().start;
    let head = site.bytes(start.saturating_sub(12)..start);
    let word = head.strip_suffix(b" ").unwrap_or_default();
    let word = word.rsplit(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or_default();
    let placed = PLACING.has(word);
    let prior: f32 = match suffix {
        _ if directed => 0.66,
        _ if short && placed => 0.70,
        _ if short => 0.62,
        Suffix::Plain if placed => 0.62,
        Suffix::Plain => 0.42,
        Suffix::Common if placed => 0.42,
        Suffix::Common => 0.30,
    };
    if digits < 3 && !directed { prior - 0.15 } else { prior }
}

/// Words right before the address where something is.
static PLACING: WordList = WordList::new(&["at", "on", "is", "to", "near"]);

/// Where `flat 12b, ` begins, if that stands before the number.
fn flat_before(site: &Site, start: usize) -> Option<usize> {
    let head = site.bytes(start.saturating_sub(24)..start);
    let head = head.strip_suffix(b", ").or_else(|| head.strip_suffix(b","))?;
    let blank = head.iter().rposition(|byte| *byte == b' ')?;
    let (head, number) = (&head[..blank], std::str::from_utf8(&head[blank + 1..]).ok()?);
    let begin = head.iter().rposition(|byte| !byte.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    // a word of its own, as a stream sees it that holds it back
    let whole = match begin.checked_sub(1) {
        Some(before) => lead::parts(head[before]),
        None => start < 24,
    };
    let is_flat = whole && lead::is_unit_number(number) && kinds::UNITS.has(&head[begin..]);
    let len = head.len() - begin + 1 + number.len() + 1 + usize::from(site.before(start) == b' ');
    is_flat.then(|| start - len)
}

/// Where the number of a flat begins that a slash sets before that of the house: `1/92 Banksia Street`.
fn unit_before(site: &Site, start: usize) -> Option<usize> {
    let head = site.bytes(start.saturating_sub(6)..start).strip_suffix(b"/")?;
    let digits = head.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let begin = start - 1 - digits;
    ((1..=4).contains(&digits) && site.opens(begin)).then_some(begin)
}

/// `word` is the kind of an English street.
pub(crate) fn is_kind(word: &[u8]) -> bool {
    Cursor::suffix(word).is_some()
}
