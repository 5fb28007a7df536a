//! Dates of birth: any written date of someone who can be alive, where the text says it is one.

use crate::context::{BEYOND, REACH, Roles};
use crate::dates::{self, Date};
use crate::detector::{Beside, Candidates, Detector, DetectorInfo, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::Kind;
use crate::redact::hide_all;
use crate::site::Site;
use std::ops::Range;

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
        max_hold: crate::site::hold(&[Kind::Digits]),
        hits: &[
            "And your date of birth?\n[14:08] Latoya: January 31, 1985",
            "Reisinger Lukas, *03.07.1966, stationär",
            "Name      DOB          Ward\nAnn Lee   04/29/1968   4N",
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
            "narozena 3. dubna 1980 v Brně",
            "født 3. april 1980",
            "nata a Bari il 3 aprile 1980",
            "született 1980. április 3.",
            "doğum tarihi 3 Nisan 1980",
            "date of birth?\nVisitor: 4/3/80",
        ],
        misses: &[
            "birthtime: Mon, 10 Oct 2011 23:24:11 GMT",
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
            "la NATO a Bruxelles il 3 aprile 1980",
            "né à Lyon, marié le 3 avril 1980",
            "DOB?\nVisitor: why do you ask on 04/03/1980",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits]),
    numbers: Numbers::of(1..=8, 1).but(3..=3).but(5..=7).fresh().beside(DATED, 8..=8).recalled(),
    labels: "dob, d.o.b., d.o.b, date of birth, birth date, birthdate, birthday, born, born on, bday, b., geb.-datum, geb.dat, geburtsdat, \
         né(e), ddn, date de naiss, f. nacimiento, fecha nac, fecha de nac, \
         nació, nació el, nasc, nato/a il, data nascita, geb. datum, data ur, birthdate is, \
         birth, birth time, pid-7, geb., geb, geboren, geboren am, geburtsdatum, geburtstag, né le, née le, né(e) le, \
         naissance, date de naissance, nacido, nacida, nacido el, nacida el, fecha de nacimiento, \
         fec. nac., f. nac., nacimiento, data de nascimento, nascido em, nascida em, nascimento, \
         data di nascita, nato il, nata il, nascita, geboortedatum, geboren op, data urodzenia, urodzony, \
         urodzona, ur., дата рождения, родился, родилась, д.р., 生年月日, 生まれ, 出生日期, 出生, 生日, 생년월일, \
         doğum tarihi, fødselsdato, födelsedatum, syntymäaika, \
         born in, born at, d o b, birth date is, date of birth is, dateofbirth, bdate, b-day, brthd, geb. am, \
         geb am, geboren in, geboren den, geb.-dat., geb.-dat, geb.dat., geburts-datum, geb.-tag, né en, \
         née en, né à, née à, né(e) à, nés le, nées le, date naissance, date et lieu de naissance, \
         nacido en, nacida en, nacidos el, nació en, nacieron, fecha nacimiento, f. de nacimiento, \
         f. de nac., fec. nacimiento, cumpleaños, fec nac, f.nac., fnac, nascido a, nascida a, nascido aos, \
         nascida aos, nasceu, nasceu em, nasceu a, nasceu no dia, nascido no dia, nascida no dia, data nasc, \
         data nasc., data de nasc, data de nasc., dt. nasc., dt nasc, nato a, nata a, \
         nato/a a, nato in, nata in, nati il, nato nel, nata nel, nato/a, luogo e data di nascita, \
         compleanno, geboren te, geb. op, geboortedag, verjaardag, geb.datum, urodzony dnia, urodzona dnia, \
         urodził się, urodziła się, urodzeni, urodz., data urodz., data ur., född, född den, född i, föddes, \
         födelsedag, födelsedata, född år, født, født den, født d., født i, fødselsdag, \
         fødsels- og personnummer, f. dato, syntynyt, synt., syntyi, syntymäpäivä, syntymäpv, s-aika, nar., \
         narozen, narozena, narozen dne, narozena dne, narozený, narozená, narozen v, narozena v, \
         datum narození, dat. nar., datum nar., narodil se, narodila se, narodený, narodená, dátum narodenia, \
         nar. dňa, narodil sa, narodila sa, rojen, rojena, datum rojstva, rojstni datum, rođen, rođena, \
         datum rođenja, rodjen, rodjena, datum rodjenja, rođendan, рођен, рођена, датум рођења, doğum, \
         doğum tarihim, doğum tarihiniz, doğum tarihi ve yeri, doğum yeri ve tarihi, doğum günü, doğum günüm, \
         doğumlu, doğdu, doğdum, dogum tarihi, dogum tarihim, d. tarihi, дата рожд., рожд., родились, \
         рождения, г.р., г. р., день рождения, дата и место рождения, рожденный, рождённый, род., \
         дата народження, народився, народилася, народилась, дата нар., нар., р.н., день народження, роден, \
         родена, родена на, роден на, дата на раждане, ημερομηνία γέννησης, ημ. γέννησης, ημ/νία γέννησης, \
         γεννήθηκε, γεννηθείς, γεννηθείσα, γεννημένος, γεννημένη, γεννήθηκα, γενέθλια, ημερομηνια γεννησης, \
         született, szül., szül. idő, szül. dátum, született:, születési dátum, születési idő, \
         születési ideje, születési hely és idő, születésnap, sz. idő, szuletett, născut, născută, născut la, \
         născută la, data nașterii, data naşterii, data nasterii, nascut, nascuta, născut în, născută în, \
         născut pe, născută pe, sündinud, sünniaeg, sünnikuupäev, dzimis, dzimusi, dzimšanas datums, \
         gimęs, gimusi, gimimo data, lahir, tanggal lahir, tgl lahir, tgl. lahir, tempat tanggal lahir, \
         tempat/tanggal lahir, tarikh lahir, kelahiran, ngày sinh, sinh ngày, ngày tháng năm sinh, วันเกิด, \
         เกิดวันที่, เกิดเมื่อ, วันเดือนปีเกิด, जन्म तिथि, जन्मतिथि, जन्म, जन्म दिनांक, תאריך לידה, יליד, \
         ילידת, נולד, נולדה, נולדתי, ת. לידה, تاريخ الميلاد, تاريخ الولادة, تاريخ ميلادي, مواليد, ولد في, \
         ولدت في, المولود, المولودة, تاریخ تولد, متولد, data de naixement, nascut el, nascuda el, \
         data de nacemento, 誕生日, 生年月, 生まれた, 出生于, 生于, 出生年月日, 出生年月, 出生日, 出生於, 生於, 出生日期為, 생일, 출생일, 태어난, 태어났, 출생, \
         생년월일은, \
         nací, nacimos, nació el día, nací el, nasci, nasci em, nasci a, nasci no dia, nacque, nacqui, \
         sono nato, sono nata, urodziłem się, urodziłam się, urodził, urodziła, urodziłem, urodziłam, \
         narodil, narodila, narodil jsem se, narodila jsem se, narodil som sa, narodila som sa, születtem, \
         생이고, 생입니다, 생이며, תאריך הלידה, תאריך הלידה שלי, d.n., dn, f., doğumluyum, doğumluyuz, doğumlusu, tag der geburt, geburt, \
         dt nascimento, d. nasc., date birth, m-am născut, synnyin, fødte, gebürtig, zur welt, kom til verden",
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
    let age = site.today().year.saturating_sub(found.date.year);
    if found.date > site.today() || age > OLDEST || !opens(site, span.start) || !closes(site, span.end) {
        return None;
    }
    let field = site.hl7_field(span.start) == Some(HL7_BIRTH)
        || site.is_x12_birth(span.start)
        || is_starred(site, &span);
    if !(field || site.may_be_named_from(span.start) || site.may_be_named_after(span.end)) {
        return None;
    }
    let context = site.context(span.clone());
    let named = context.names(site.own);
    // a birthday lately near a date is a party, not a birth
    let about = || context.near.has(site.own) || is_born_after(site, span.end);
    let close = !named && age >= GROWN && !found.bare && about() && !is_alliance(site, span.start);
    let told =
        || !found.bare && (site.recalls(span.start) || shares(site, span.start) && !context.denies(site.own));
    let told = !(named || close || field) && told();
    if !(named || close || field || told) {
        return None;
    }
    let mut birth = Match::new(span, Odds::of(0.30), Severity::Medium, "calendar date");
    birth.add_if(is_timed(site, birth.span.end), -1.5, "time of day");
    if named || field {
        birth.add(LABEL + 1.0, "label: date of birth");
    } else if told {
        birth.add(2.0, "birth spoken of before");
        birth.add_if(context.label.has(Roles::OTHER_DATE), -3.0, "named as another date");
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

/// A birth word follows before the sentence ends.
fn is_born_after(site: &Site, end: usize) -> bool {
    let after = site.bytes(end..end + BEYOND);
    let stops = [&b". "[..], b".\n", b"\n", b"; ", "。".as_bytes()];
    let stop = stops.iter().filter_map(|stop| memchr::memmem::find(after, stop)).min();
    site.roles_in(&after[..stop.unwrap_or(after.len())]).has(site.own)
}

/// The sign of birth stands right before it, and does not set it in italics: `Lukas Reisinger, *03.07.1966`.
fn is_starred(site: &Site, span: &Range<usize>) -> bool {
    let before = site.bytes(span.start.saturating_sub(2)..span.start);
    matches!(before, [b' ' | b'(', b'*']) && site.byte(span.end) != b'*'
}

/// A time of day but midnight follows: `birthtime: 10 Oct 2011 23:24:11`.
fn is_timed(site: &Site, end: usize) -> bool {
    match site.bytes(end..end + 6) {
        [b' ', time @ ..] => matches!(time, [h, r, b':', m, n]
            if [h, r, m, n].iter().all(|digit| digit.is_ascii_digit()) && *time != *b"00:00"),
        _ => false,
    }
}

/// Most dates of a list that share one name.
const LISTED: usize = 4;
/// Longest date with a month's name.
const LONGEST: usize = 32;

/// A date before the one at `start` is named as a birth, and leads to it: `March 2, 1980 and mine is …`.
fn shares(site: &Site, mut start: usize) -> bool {
    for _ in 0..LISTED {
        let Some(before) = site.sibling(start).and_then(|number| date_that_ends(site, number.end)) else {
            return false;
        };
        let context = site.context(before.clone());
        if context.names(site.own) || context.near.has(site.own) {
            return true;
        }
        start = before.start;
    }
    false
}

/// The date whose last number ends at `end`.
fn date_that_ends(site: &Site, end: usize) -> Option<Range<usize>> {
    let from = site.window().start;
    let text = site.bytes(from..end + 4);
    let begins = |at: &usize| {
        let (digit, before) = (site.byte(*at), site.before(*at));
        digit.is_ascii_digit() && !before.is_ascii_digit()
    };
    let dates = (end.saturating_sub(LONGEST).max(from)..end).filter(begins);
    let mut dates = dates.filter_map(|at| dates::read(text, at - from, site.today()));
    let date = dates.find(|date| date.span.end + from == end)?;
    Some(date.span.start + from..date.span.end + from)
}

/// The word near it is the name of the alliance, not `nato` for born.
fn is_alliance(site: &Site, start: usize) -> bool {
    site.bytes(start.saturating_sub(REACH)..start).windows(4).any(|word| word == b"NATO")
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
