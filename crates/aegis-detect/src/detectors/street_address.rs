//! Postal addresses: house number and street in the order of the language, post boxes, flats, towns with their code.

mod kinds;
mod lead;
mod words;

pub(crate) use lead::{at_end as lead_at_end, may_lead};

use crate::context::Roles;
use crate::detector::{
    Beside, Candidates, DENIED, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds, Quality,
};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{hide_all, letters_of};
use crate::site::Site;
use words::{Cursor, Suffix};

pub(crate) static STREET_ADDRESS: Detector = Detector {
    info: DetectorInfo {
        id: "street_address",
        name: "Street address",
        description: "A house number with a street, or a post box, with flat, town and code where they follow; English, German, Dutch, French, Spanish, Italian and Portuguese forms.",
        category: Category::Personal,
        severity: Severity::Medium,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(B)", "GDPR 4(1)"],
        quality: Quality { precision: 1.0, recall: 1.0, values: 14 },
        max_hold: crate::site::hold(&[Kind::Digits]),
        hits: &[
            "I live at 7805 Maple Street, Denver.",
            "home address: 3805 Sunset St, Apt 26",
            "ship to PO Box 6826, Portland",
            "1600 Pennsylvania Avenue NW, Washington, DC 20500",
            "wohnhaft Lindenstraße 12, 10969 Berlin",
            "12 rue de la Paix, 75002 Paris",
            "Calle Mayor 5, Madrid",
            "221B Baker Street",
        ],
        misses: &[
            "10 Best Way to cook",
            "24 Hour Dr",
            "5 Main Points",
            "Chapter 12 Road map",
            "3 Way Street fights",
            "in 2019 Street Fighter",
            "Box 12 of the form",
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
    let suffix = cursor.english_street()?;
    let direction = cursor.direction();
    let unit = cursor.unit();
    let town = cursor.town();
    let idle = !(unit || town || direction) && cursor.goes_on_as_prose();
    let prior: f32 = match suffix {
        Suffix::Plain => 0.74,
        Suffix::Common => 0.55,
    };
    let prior = if idle { prior - 0.30 } else { prior };
    let prior = if unit || town { 0.90 } else { prior };
    // a year is no house
    let year = number.end - number.start == 4
        && matches!(site.byte(number.start), b'1' | b'2')
        && matches!(site.byte(number.start + 1), b'9' | b'0');
    let prior =
        if year && !(unit || town) && site.bytes(number.start.saturating_sub(3)..number.start) == b"in " {
            0.15
        } else {
            prior
        };
    Some(Read {
        start: number.start,
        end: number.end + cursor.at,
        prior,
        reason: "number, name and kind of street",
    })
}
