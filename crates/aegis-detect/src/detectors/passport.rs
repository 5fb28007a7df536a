//! Passport numbers, which only a label tells from others, and the machine-readable zone of a travel document
//! (ICAO 9303), which proves itself by its check digits.

mod zone;

pub(crate) use zone::lead_at_end as zone_at_end;

use crate::context::Roles;
use crate::detector::{Beside, Candidates, Detector, DetectorInfo, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{DOT, hide_digits};
use crate::site::Site;
use std::ops::RangeInclusive;

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
        max_hold: crate::site::hold(&[Kind::Digits, Kind::Lettered]),
        hits: &[
            "passport number 512345678",
            "Passport No: A12345678",
            "Reisepass C01X00T47",
            "passeport 12AB34567",
            "Reisepass Nr. C6KTWY9K0",
            "mijn paspoort NHH1K5733 is gestolen",
            "passaporte brasileiro FS951130",
            "паспорт 46 01 509093",
            "pasaport no U85587449",
            "lost my passport in Lisbon, the number was 525225529",
            "\"passport_no\": \"L8988902\"",
            "paspoort: NFBNPXE36",
            "mijn paspoort is kwijt. Nummer BHHLDRN84, afgegeven",
            "загранпаспорт 75 9142247",
            "Passnumret för resan också?\nOskar: 25108286, gäller till 2029",
            "<Passport country=\"USA\">468409000</Passport>",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ],
        misses: &[
            "512345678",
            "passport renewal 2024",
            "order A12345678",
            "passport office, room 12345678901",
            "passport: EXPIRES26",
            "passport or order number?\nAnn: order 525225529",
            "passport.js 0.7.0",
            "паспорт изделия 46 01 509093",
            "lost my passport, the invoice was 525225529",
            "10000 passi e 525225",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits, Kind::Lettered]),
    numbers: Numbers::of(1..=9, 1)
        .fresh()
        .named()
        .beside(Beside::CAPITALS.or(Beside::SERIES_AFTER), 5..=9)
        .recalled(),
    labels: "passport, passports, passport no, passport number, passport num, passport #, passport id, us passport, uk passport, reisepass, reisepassnummer, \
         passnummer, pass-nr, passeport, numéro de passeport, n° de passeport, pasaporte, número de pasaporte, passaporto, \
         numero di passaporto, passaporte, número do passaporte, paspoort, paspoortnummer, paszport, numer paszportu, паспорт, \
         номер паспорта, 护照, 护照号, 护照号码, パスポート, 旅券番号, 여권, 여권번호, pass number, travel document, \
         passport nr, pass. no, passport card, passport book, passport #s, passport numbers, passportnumber, \
         travel document number, travel document no, pp no, ppt no, pp number, passport book number, \
         reisepass-nr, reisepass nr, reisepasses, passnr, pass nr, pass-nummer, pässe, reisepässe, \
         reiseausweis, passes nr, passeports, n° passeport, passeport n°, numéro du passeport, \
         numéro de mon passeport, n° du passeport, pasaportes, nº de pasaporte, n.º de pasaporte, \
         nº pasaporte, pasaporte nº, número de mi pasaporte, num. pasaporte, núm. de pasaporte, passaport, \
         número de passaport, passaportes, nº do passaporte, n.º do passaporte, passaporte nº, nº passaporte, \
         número de passaporte, n.º de passaporte, passaporti, numero del passaporto, numero passaporto, \
         n. passaporto, passaporto n., n. di passaporto, n° passaporto, paspoortnr, paspoort nr, paspoorten, \
         reisdocument, nummer van mijn paspoort, paszportu, paszporty, nr paszportu, seria i numer paszportu, \
         seria i nr paszportu, paszport nr, paszporcie, číslo pasu, č. pasu, cestovní pas, cestovního pasu, \
         číslo cestovního pasu, pas č., cestovný pas, cestovného pasu, číslo cestovného pasu, \
         passnumret, passnummer är, passet, svenskt pass, passets nummer, pasnummer, pasnr, pas nr, pasnr., \
         passnr., passnummeret, passin numero, passinumero, passin nro, passini, passini numero, \
         pasaport, pasaport no, pasaport no., pasaport numarası, pasaport numaram, pasaportum, pasaportu, \
         pasaportun, pasaport seri no, паспорта, паспорту, паспорте, паспорт серия, паспорт серии, \
         серия и номер паспорта, паспортные данные, загранпаспорт, загранпаспорта, заграничный паспорт, \
         закордонний паспорт, закордонного паспорта, паспорт №, серія та номер паспорта, паспортом, \
         διαβατήριο, διαβατηρίου, αριθμός διαβατηρίου, αρ. διαβατηρίου, διαβατήριό, útlevél, útlevélszám, \
         útlevelem, útlevelem száma, útlevél száma, útlevélszáma, útlevelének száma, pașaport, pașaportul, \
         pașaportului, pasaportul, număr pașaport, nr. pașaport, numărul pașaportului, seria pașaportului, \
         paşaport, putovnica, putovnice, broj putovnice, pasoš, pasoša, broj pasoša, пасош, пасоша, \
         број пасоша, potni list, potnega lista, številka potnega lista, паспорт номер, pass nr., paspor, \
         nomor paspor, no paspor, no. paspor, pasport, nombor pasport, no. pasport, hộ chiếu, số hộ chiếu, \
         หนังสือเดินทาง, เลขที่หนังสือเดินทาง, पासपोर्ट, पासपोर्ट नंबर, पासपोर्ट संख्या, דרכון, מספר דרכון, \
         הדרכון, דרכוני, جواز السفر, جواز سفر, رقم جواز السفر, رقم الجواز, جواز سفري, گذرنامه, شماره گذرنامه, \
         شماره پاسپورت, パスポート番号, 旅券, 護照, 護照號碼, 護照號, 护照号码是, 护照编号, 여권 번호, 旅券の番号, \
         travel doc, traveldoc, passport ref, passport numbered, passeport présenté, passeport de, reisepass mit, \
         útlevélszámom, útlevelem száma:, reisepassnummer lautet, paszportem, passaporte do, mi pasaporte",
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
    zone::judge(site).or_else(|| series(site)).or_else(|| labelled(site))
}

fn labelled(site: &Site) -> Option<Match> {
    let digits = site.anchor();
    let len = digits.end - digits.start;
    if len > 9 || matches!(digits.joint, Joint::Dot | Joint::Slash | Joint::Hyphen) {
        return None;
    }
    let capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let head = (1..=MOST_LETTERS)
        .take_while(|&back| digits.start >= back && site.byte(digits.start - back).is_ascii_uppercase())
        .count();
    let start = digits.start - head;
    let tail = site.bytes(digits.end..digits.end + 10).iter().take_while(|byte| capital(**byte)).count();
    let end = digits.end + tail;
    let value = site.bytes(start..end);
    let count = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    // digits, up to three letters before them, or letters amid them as in Germany, France and the Netherlands
    let mixed = match value.len() {
        9 => count >= 3 || site.byte(end - 1).is_ascii_digit() && is_no_word(&value[..head]),
        10 => count >= 3 && zone::checked(value),
        _ => false,
    };
    let plain = (6..=9).contains(&value.len()) && head <= 3 && count >= 5 && len >= 6;
    if !(plain || mixed) || !site.opens(start) || !site.closes(end) {
        return None;
    }
    let led = site.may_be_labelled(start);
    let named = led && site.context(start..end).names(site.own);
    let told = || {
        value.len() >= 7
            && (led || head > 0)
            && (site.recalls(start) || site.shares_name(start, SHARED))
            && !site.context(start..end).label.has(Roles::NAMING)
    };
    if !(named || told()) {
        return None;
    }
    let mut found =
        Match::new(start..end, Odds::of(0.45), Severity::High, "letters and digits of a passport");
    if named {
        found.add(LABEL, "label: passport");
    } else {
        found.add(1.5, "passport spoken of before");
    }
    Some(found)
}

/// Most letters that a number of nine characters begins with.
const MOST_LETTERS: usize = 8;

/// Letters as chance puts them together: few of them are vowels.
fn is_no_word(letters: &[u8]) -> bool {
    let vowels = letters.iter().filter(|letter| b"AEIOUY".contains(letter)).count();
    vowels * 4 <= letters.len()
}

/// Series and number of a Russian passport: `46 01 509093`, `4601 509093`, `75 9142247` of one for travel abroad.
fn series(site: &Site) -> Option<Match> {
    let run = site.run();
    let shapes = [&[2, 2, 6][..], &[4, 6], &[2, 7]];
    let groups = shapes.into_iter().find(|shape| run.is(shape, Joint::Space))?.len();
    let span = run.span(groups);
    if site.anchor().kind != Kind::Digits
        || run.joint_after(groups) != Joint::None
        || !site.opens(span.start)
        || !site.closes(span.end)
        || !site.may_be_labelled(span.start)
        || !site.context(span.clone()).names(site.own)
    {
        return None;
    }
    let mut found = Match::new(span, Odds::of(0.45), Severity::High, "series and number of a passport");
    found.add(LABEL, "label: passport");
    Some(found)
}

/// Characters of a number whose name the next one shares: `Y12345678 (the older one) and …`.
const SHARED: RangeInclusive<usize> = 6..=9;
