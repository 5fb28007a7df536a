//! Dates of birth: any written date of someone who can be alive, where the text says it is one.

use crate::context::Roles;
use crate::dates::{self, Date};
use crate::detector::{Beside, Candidates, Detector, DetectorInfo, LABEL, Match, Numbers, Odds, Quality};
use crate::finding::{Category, Severity};
use crate::lexer::Kind;
use crate::redact::hide_all;
use crate::site::Site;

/// What dates have beside their first number.
const DATED: Beside = Beside::MONTH_BEFORE.or(Beside::MONTH_AFTER).or(Beside::PART_AFTER);

pub(crate) static DOB: Detector = Detector {
    info: DetectorInfo {
        id: "dob",
        name: "Date of birth",
        description: "A calendar date named as a birth date, of someone between 0 and 120 years old.",
        category: Category::Personal,
        severity: Severity::Medium,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(C)", "GDPR 4(1)"],
        quality: Quality { precision: 0.98, recall: 1.0, values: 55 },
        max_hold: crate::site::hold(&[Kind::Digits]),
        hits: &[
            "DMG*D8*19800403*F~",
            "<birthTime value=\"19800403\"/>",
            "<tr><th>Name</th><th>Date of Birth</th></tr>\n<tr><td>Ann</td><td>04/03/1980</td></tr>",
            "<tr><td>DOB</td><td>04/03/1980</td></tr>",
            "DOB: 04/03/1980",
            "born on 3 April 1980",
            "\"birthDate\": \"1980-04-03\"",
            "geboren am 3.4.1980",
            "né le 3 avril 1980",
            "fecha de nacimiento 3 de abril de 1980",
            "生年月日：1980年4月3日",
            "date of birth: April 3rd, 1980",
            "birth_date=19800403",
        ],
        misses: &[
            "2020-05-28 16:52:33 DEBUG c.b.Sample started",
            "fecha 29/01/2020. Habitación 394-B. Tel",
            "DTP*472*D8*19800403~",
            "<tr><th>DOB</th><th>Seen</th></tr>\n<tr><td></td><td>04/03/1980</td></tr>",
            "date of service 04/03/1980",
            "due 2025-04-03",
            "04/03/1980",
            "born 31/02/1980",
            "born 3 April 1780",
            "DOB: MM/DD/YYYY",
            "founded on 3 April 1980",
            "born 2099-01-01",
            "invoice dated 1980-04-03",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits]),
    numbers: Numbers::of(1..=8, 1).but(3..=3).but(5..=7).fresh().beside(DATED, 8..=8),
    labels: "dob, d.o.b., d.o.b, date of birth, birth date, birthdate, birthday, born, born on, bday, b., geb.-datum, geb.dat, geburtsdat, né(e), ddn, date de naiss, f. nacimiento, fecha nac, fecha de nac, \
         nació, nació el, nasc, nato/a il, data nascita, geb. datum, data ur, birthdate is, \
         birth, birth time, pid-7, geb., geb, geboren, geboren am, geburtsdatum, geburtstag, né le, née le, né(e) le, \
         naissance, date de naissance, nacido, nacida, nacido el, nacida el, fecha de nacimiento, \
         fec. nac., f. nac., nacimiento, data de nascimento, nascido em, nascida em, nascimento, \
         data di nascita, nato il, nata il, nascita, geboortedatum, geboren op, data urodzenia, urodzony, \
         urodzona, ur., дата рождения, родился, родилась, д.р., 生年月日, 生まれ, 出生日期, 出生, 生日, 생년월일, \
         doğum tarihi, fødselsdato, födelsedatum, syntymäaika",
    hints: "age, aged, years old",
    validate,
    canonical,
    sample: hide_all,
};

/// The field of a PID segment that holds the date of birth (HL7 v2, chapter 3).
const HL7_BIRTH: usize = 7;
/// Years from which a date near a birth word is likelier a birth than an invitation.
const GROWN: i16 = 3;

/// Nobody is known to have lived much longer.
const OLDEST: i16 = 120;

fn validate(site: &Site) -> Option<Match> {
    let found = site.date()?;
    let span = found.span.clone();
    let age = site.today.year.saturating_sub(found.date.year);
    if found.date > site.today || age > OLDEST || !opens(site, span.start) || !closes(site, span.end) {
        return None;
    }
    let field = site.hl7_field(span.start) == Some(HL7_BIRTH) || site.is_x12_birth(span.start);
    if !(field || site.may_be_named_from(span.start) || site.may_be_named_after(span.end)) {
        return None;
    }
    let context = site.context(span.clone());
    let named = context.names(site.own);
    // a birthday lately near a date is a party, not a birth
    let about = || context.near.has(site.own) || context.after(site).has(site.own);
    let close = !named && age >= GROWN && !found.bare && about();
    if !(named || close || field) {
        return None;
    }
    let mut birth = Match::new(span, Odds::of(0.30), Severity::Medium, "calendar date");
    if named || field {
        birth.add(LABEL + 1.0, "label: date of birth");
    } else {
        birth.add(1.5, "birth word near");
        birth.add_if(
            context.label.has(Roles::OTHER_DATE) || context.denies(site.own),
            -3.0,
            "named as another date",
        );
    }
    Some(birth)
}

/// Like a number, but letters of scripts without spaces may touch.
fn opens(site: &Site, at: usize) -> bool {
    site.opens(at)
}

/// Like a number, but the time of midnight may follow as in ISO 8601.
fn closes(site: &Site, at: usize) -> bool {
    site.closes(at) || site.bytes(at..at + 6).starts_with(b"T00:00")
}

/// The day in ISO 8601, so that one birthday written twice is recognised.
fn canonical(value: &str) -> String {
    // no century to guess: a two-digit year was written by someone alive
    let today = Date { year: 2099, month: 12, day: 31 };
    let at = value.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    match dates::read(value.as_bytes(), at, today) {
        Some(found) => iso(found.date),
        None => value.to_lowercase(),
    }
}

/// The day in ISO 8601. Years have four digits at most.
fn iso(Date { year, month, day }: Date) -> String {
    let year = year.unsigned_abs();
    let ([first, second], month, day) = ([year / 100, year % 100], u16::from(month), u16::from(day));
    let mut iso = String::with_capacity("2026-11-23".len());
    for (sign, number) in [("", first), ("", second), ("-", month), ("-", day)] {
        iso.push_str(sign);
        iso.extend([number / 10, number % 10].map(|digit| char::from(b'0' + (digit % 10) as u8)));
    }
    iso
}
