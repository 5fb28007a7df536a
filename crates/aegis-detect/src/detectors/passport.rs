//! Passport numbers, which only a label tells from others, and the machine-readable zone of a travel document
//! (ICAO 9303), which proves itself by its check digits.

mod zone;

pub(crate) use zone::lead_at_end as zone_at_end;

use crate::detector::{Beside, Candidates, Detector, DetectorInfo, LABEL, Match, Numbers, Odds, Quality};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{DOT, hide_digits};
use crate::site::Site;

pub(crate) static PASSPORT: Detector = Detector {
    info: DetectorInfo {
        id: "passport",
        name: "Passport",
        description: "Six to nine letters and digits named as a passport's number, or the machine-readable lines with valid check digits.",
        category: Category::Personal,
        severity: Severity::High,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["CCPA 1798.140(ae)", "HIPAA 164.514(b)(2)(i)(R)", "GDPR 4(1)"],
        quality: Quality { precision: 1.0, recall: 1.0, values: 10 },
        max_hold: crate::site::hold(&[Kind::Digits, Kind::Lettered]),
        hits: &[
            "passport number 512345678",
            "Passport No: A12345678",
            "Reisepass C01X00T47",
            "passeport 12AB34567",
            "\"passport_no\": \"L8988902\"",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ],
        misses: &[
            "512345678",
            "passport renewal 2024",
            "order A12345678",
            "passport office, room 12345678901",
            "passport.js 0.7.0",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits, Kind::Lettered]),
    numbers: Numbers::of(1..=9, 1).fresh().named().beside(Beside::CAPITAL_AFTER, 5..=9),
    labels: "passport, passports, passport no, passport number, passport num, passport #, passport id, us passport, uk passport, reisepass, reisepassnummer, \
         passnummer, pass-nr, passeport, numéro de passeport, n° de passeport, pasaporte, número de pasaporte, passaporto, \
         numero di passaporto, passaporte, número do passaporte, paspoort, paspoortnummer, paszport, numer paszportu, паспорт, \
         номер паспорта, 护照, 护照号, 护照号码, パスポート, 旅券番号, 여권, 여권번호, pass number, travel document",
    hints: "nationality, visa, immigration, border, embassy, consulate, traveller, traveler",
    validate,
    canonical: |value| {
        value
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '<')
            .map(|c| c.to_ascii_uppercase())
            .collect()
    },
    sample: |value| {
        if value.contains('<') {
            "P<•••<<•••".to_owned()
        } else {
            hide_digits(&value.replace(|c: char| c.is_ascii_alphabetic(), &DOT.to_string()), 2)
        }
    },
};

fn validate(site: &Site) -> Option<Match> {
    zone::judge(site).or_else(|| labelled(site))
}

fn labelled(site: &Site) -> Option<Match> {
    let digits = site.anchor();
    let len = digits.end - digits.start;
    if len > 9 || matches!(digits.joint, Joint::Dot | Joint::Slash | Joint::Hyphen) {
        return None;
    }
    let capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let head =
        (1..=3).take_while(|&back| digits.start >= back && capital(site.byte(digits.start - back))).count();
    let start = digits.start - head;
    let tail = site.bytes(digits.end..digits.end + 10).iter().take_while(|byte| capital(**byte)).count();
    let end = digits.end + tail;
    let value = site.bytes(start..end);
    let count = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    // digits, up to three letters before them, or letters amid them as in Germany and France
    let shaped =
        (6..=9).contains(&value.len()) && count >= 5 && (len >= 6 || (value.len() == 9 && head <= 2));
    if !shaped
        || !site.may_be_labelled(start)
        || !site.opens(start)
        || !site.closes(end)
        || !site.context(start..end).names(site.own)
    {
        return None;
    }
    let mut found =
        Match::new(start..end, Odds::of(0.45), Severity::High, "letters and digits of a passport");
    found.add(LABEL, "label: passport");
    Some(found)
}
