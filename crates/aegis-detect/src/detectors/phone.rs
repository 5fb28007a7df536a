//! Telephone numbers: international with `+`, North American, national forms of other countries by
//! their grouping, and anything of a number's length that a label calls one.
//! Facts: ITU-T E.164 (at most 15 digits); NANPA rules for area codes and exchanges.

mod international;
mod national;

use crate::context::Roles;
use crate::detector::{Candidates, DENIED, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::{Anchor, Joint, Kind};
use crate::redact::{digits_of, hide_digits};
use crate::site::{Run, Site};
use crate::word_list::WordList;
use std::ops::Range;

pub(crate) static PHONE: Detector = Detector {
    info: DetectorInfo {
        id: "phone",
        name: "Telephone number",
        description: "International numbers, North American ones with a valid area code, and national groupings; bare digits only with a label.",
        category: Category::Personal,
        severity: Severity::Medium,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(D)", "GDPR 4(1)"],
        max_hold: crate::site::hold(&[Kind::Digits]),
        hits: &[
            "Регистратура: (812) 091-00-63",
            "Rejestracja: (12) 258 64 83",
            "And a mobile for the one-time code?\nuser: 2142834735",
            "hívjanak a 06-20-986-0993 számon",
            "Tel. cita previa: 91 203 18 46",
            "call (415) 867-5309",
            "415-867-5309",
            "+1 415 867 5309 x204",
            "tel: 4158675309",
            "+44 7911 123456",
            "+49 30 901820",
            "mobile 07911 123456",
            "téléphone 06 12 34 56 78",
            "teléfono 612 345 678",
            "Handy 0151 23765161",
            "電話 03-1234-5678",
            "tel:+1-415-867-5309;ext=12",
            "4158675309 is my number",
            "zadzwoń do mnie 604 217 835",
            "moje číslo je 723 418 065",
            "ring mig på 08-417 55 20",
            "mn nr is 010 417 22 86",
            "il mio numero è 02 84361975",
            "numaram 0 532 417 20 86",
            "mi numero es 91 417 20 86",
            "call me +52 1 55 4172 0863",
            "son numéro c'est le 06.05.04.71.83",
            "Anna Novak\nanovak@posteo.de\n0622417083",
            "мой номер 89164170823",
            "연락처 02-417-2086",
        ],
        misses: &[
            "CEP 30112-020",
            "дело № А40-85044/2025",
            "Copyright 2016 2017",
            "And a mobile for the code?\nuser: order 2142834735",
            "e-.1055613458*t-.0638541728*V",
            "rgb(255 255 255 / 1)",
            "<Buffer 00 00 00 00 00>",
            "2024-05-06",
            "order 415-867-5309",
            "115-867-5309",
            "415-111-5309",
            "4158675309",
            "192.168.100.200",
            "536-22-8145",
            "part 415-867-5309-B",
            "1712345678",
            "12.5.2024 10:30",
            "06.05.2024",
            "IMEI of the phone is 353780092274802",
            "el imei de mi móvil es 353780092274802",
            "0622417083",
            "population 604 217 835",
            "4158675309 is my order number",
            "4158675309 is the number of steps",
            "total 255 584 509",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits]),
    numbers: Numbers::of(1..=15, 7).fresh().amid(7..=15).named_unless(is_nameless).asked(),
    labels: "phone, phone no, phone num, phone number, telephone, telephone number, tel, tel., tel no, mobile, \
         mobile no, mobile number, mobile phone, cell, cellphone, cell phone, cell number, cell no, fax, fax no, \
         fax number, whatsapp, callback number, call back number, contact number, work phone, home phone, \
         msisdn, best number, number to reach, my number, ur number, my no, her number, his number, call me, call me at, call me on, text me, text me at, \
         text me on, reach me at, reach me on, ring me, phone me, whatsapp me, \
         handy, handynummer, telefon, telefonnummer, tel. nr, telefonnr, tel nr, mobil, mobilnummer, handynr, \
         rufnummer, festnetz, landline, mein nummer, meine nummer, meine nr, deine nummer, seine nummer, ihre nummer, \
         rückruf, ruf mich an, rufen sie mich an, erreichbar, telefonisch erreichbar, \
         fijo, teléfono fijo, fixe, fisso, fixo, teléfono, telefono, tfno, tfno., tlfno, telf, telf., \
         móvil, movil, celular, mi número, mi numero, su número, llámame, llamame, llámeme, \
         téléphone, portable, tél, tél., numéro de téléphone, mon numéro, mon num, son numéro, \
         appelle moi, appelez moi, joignable, \
         número de teléfono, telefone, telemóvel, telemovel, meu número, meu numero, seu número, me liga, liga me, ligue me, \
         cellulare, telefonino, mio numero, suo numero, numero di telefono, chiamami, chiamatemi, mi chiami, \
         telefoon, telefoonnummer, gsm, mobiel, mijn nummer, mijn nr, mn nummer, mn nr, terugbellen, bel me, bel mij, \
         telefon numarası, telefon numaram, numaram, telefonum, cep, cep tel, cep telefonu, beni ara, ara beni, \
         numer telefonu, nr telefonu, nr tel, komórka, tel. kom, kom., mój numer, moj numer, mój nr, zadzwoń, zadzwoń do mnie, \
         zadzwon do mnie, dzwoń, dzwońcie, telefonní číslo, tel. číslo, moje číslo, moje cislo, mé číslo, mobilní číslo, \
         zavolej mi, zavolejte, zavolej, mob, mob., telefónne číslo, zavolajte, \
         tlf, tlf., telefonnummeret, mobilnr, mitt nummer, mitt nr, mit nummer, mit nr, ring mig, ring meg, \
         puhelin, puh, puh., puhelinnumero, numeroni, puhelinnumeroni, soita minulle, \
         телефон, тел, тел., моб, моб., мобильный, номер телефона, мой номер, позвони, позвоните, звони, звоните, \
         перезвоните, мобільний, номер телефону, мій номер, дзвоніть, зателефонуйте, \
         τηλ, τηλ., τηλέφωνο, κινητό, telefonszám, telefonszámom, számom, hívj, hívjon, \
         telefonul, numărul meu, numarul meu, sună mă, sunați mă, טלפון, נייד, هاتف, جوال, رقم الهاتف, موبايل, फोन, फ़ोन, मोबाइल, \
         số điện thoại, điện thoại, sđt, nomor hp, no hp, nomor telepon, telepon, เบอร์โทร, โทรศัพท์, \
         suna la, suna la nr, nås på, treffes på, soittakaa, soittakaa numeroon, передзвоніть, передзвони, перезвони, 폰, לחזור אליי, \
         oddzwonić, proszę oddzwonić, oddzwoń, oddzwonienie, volej, volejte, volat na, blikiem na, blik na, رقمي, رقم هاتفي, موبايلي, marcan al, \
         márcame, márquenme, llamar al, llámame al, llámenme al, appeler au, joindre au, bereikbaar op, te bereiken op, \
         work line, home line, direct line, direct dial, phone line, hubungi, telp, telp., telpon, ligue para, ligar para, liga para, \
         chiamarmi al, chiamami al, chiamare il, sunați la, sunati la, să mă sunați, hívjanak, hívja, ring på, ring til, ringe til, \
         gọi số, gọi em số, πάρτε με στο, τηλεφωνήστε, unter der nummer, \
         電話, 電話番号, 携帯, 連絡先, 电话, 电话号码, 手机, 手机号, 手机号码, 联系电话, 联系方式, 電話號碼, 手機, \
         전화, 전화번호, 휴대폰, 휴대전화, 핸드폰, 연락처, sms",
    hints: "call, called, calling, contact, reach, reached, text, ring, dial, callback, emergency contact, \
         line, hotline, helpline, customer service, extension, voicemail, appeler, llamar, \
         anrufen, rufen, rappeler, chiamare, ligar, bel, bellen, ringa, ringe, dzwonić, zavolat, soita, ara, arayın, \
         mom, mum, dad, mother, father, babysitter, nanny, plumber, mutter, vater, mama, oma, opa, nachbarin, hausarzt, \
         maman, papa, mamie, mère, père, nounou, madre, padre, abuela, abuelo, mamma, papà, nonna, nonno, baby sitter, mãe, \
         avó, oppas, huisarts, moeder, vader, buurvrouw, mamy, taty, tata, babcia, matka, ojciec, máma, táta, babička, děda, \
         otec, mamka, mormor, farmor, pappa, barnvakt, äiti, isä, мама, папа, бабушка, дедушка, муж, жена, anyu, apu, \
         rejestracja, rejestracji, регистратура, регистратуры, cita previa, secretaría, sekretariat, rezeption, anmeldung, \
         secrétariat, segreteria, centralino, cup, receção, recepção, γραμματεία, γραμματείας, 원무과, nödkontakt, notfallkontakt, \
         noodcontact, contato, contacto, kontakt, recapito, reception, front desk, tagsüber, gọi, keluarga, \
         whatsapptan, numer do, číslo na, nummer von, nummer van, emergency, notfall, urgence, urgencia",
    validate,
    canonical,
    sample: |value| hide_digits(value, 2),
};

/// A number as read from the digits, before the words around it are weighed.
struct Read {
    /// Groups it is made of.
    groups: usize,
    prior: f32,
    /// Only a label makes it a number.
    needs_label: bool,
    toll_free: bool,
    fictitious: bool,
    reason: &'static str,
}

fn validate(site: &Site) -> Option<Match> {
    let run = site.run();
    run.groups().first()?;
    let plus = run.before(0) == b'+';
    let start = start_of(site, &run, plus);
    if !opens(site, start) || !plus && !starts_fresh(site) {
        return None;
    }
    if plus {
        return judge(site, &run, &international::read(&run)?, start, true);
    }
    let known = national::read(&run).and_then(|read| judge(site, &run, &read, start, false));
    let bare = || judge(site, &run, &national::bare(&run)?, start, false);
    known.or_else(bare).or_else(|| {
        let read = any_number(&run)?;
        judge(site, &run, &read, start, false)
    })
}

/// The groups make a number by themselves, without a label, or what follows may call them one.
fn is_nameless(hay: &[u8], groups: &[Anchor]) -> bool {
    let plus = groups.first().is_some_and(|first| hay[..first.start].ends_with(b"+"));
    let run = Run::of(hay, groups);
    plus || national::bare(&run).is_some()
        || national::may_be(hay, groups) && national::read(&run).is_some_and(|read| !read.needs_label)
        || run.groups().iter().any(|group| may_be_told(&hay[group.end..]))
}

/// Weighs a number as read that begins at `start`, `plus` if it began with one.
fn judge(site: &Site, run: &Run, read: &Read, start: usize, plus: bool) -> Option<Match> {
    if !plus && (goes_on(site, run, read) || is_date(site, run, read)) {
        return None;
    }
    let end = extension(site, closing(site, run.span(read.groups).end, start));
    if !closes(site, end) {
        return None;
    }
    let told = read.needs_label && is_told_after(site, end);
    let asked = !told && site.answers(start);
    if read.needs_label && !(told || asked || site.may_be_labelled(start)) {
        return None;
    }
    let context = site.context(start..end);
    let named = context.names(site.own) || (told || asked) && !context.label.has(Roles::NAMING);
    if read.needs_label && !named {
        return None;
    }
    // fourteen digits and more in a row are a device of the phone: its IMEI
    let device = read.groups == 1 && !plus && end - start >= 14;
    if device && context.near.has(Roles::COUNTER) {
        return None;
    }
    let severity = if read.toll_free { Severity::Low } else { Severity::Medium };
    let mut found = Match::new(start..end, Odds::of(read.prior), severity, read.reason);
    if named {
        found.add(LABEL, "label: phone");
    } else {
        found.add_if(context.hints(site), HINT, "phone word near");
        found.add_if(!context.hints(site) && address_near(site, start..end), HINT, "address or number near");
        found.add_if(context.denies(site.own), DENIED, "named as another number");
    }
    Some(found.known_test_if(read.fictitious))
}

/// Most groups a number is written in: a country code, a trunk zero and five pairs.
const MOST_GROUPS: usize = 7;

/// Digits of a length that a label can make a number: anything from a local number to E.164's fifteen.
fn any_number(run: &Run) -> Option<Read> {
    let groups = run.groups();
    let mut total = 0;
    let mut count = 0;
    for group in groups.iter().take(MOST_GROUPS) {
        let len = group.end - group.start;
        // a lone digit after a whole number is something else: `555 0134 100 2 rooms`
        let stray = total >= 10 && group.joint == Joint::Space && len < 2;
        if total + len > 15 || stray {
            break;
        }
        total += len;
        count += 1;
    }
    // `30112-020`: the postal code of a town
    let posted = count == 2 && run.is(&[5, 3], Joint::Hyphen);
    ((7..=15).contains(&total) && !posted).then_some(Read {
        groups: count,
        prior: 0.60,
        needs_label: true,
        toll_free: false,
        fictitious: false,
        reason: "digits of a telephone number",
    })
}

/// The group does not continue a number that began before it.
fn starts_fresh(site: &Site) -> bool {
    match site.anchor().joint {
        Joint::None => true,
        // the opening parenthesis of an area code after something else, such as a list number
        Joint::Paren => site.before(site.anchor().start) == b'(',
        Joint::Space | Joint::Slash | Joint::Dash => true,
        Joint::Hyphen | Joint::Dot => false,
    }
}

/// What the run leaves over on either side belongs to the same number.
fn goes_on(site: &Site, run: &Run, read: &Read) -> bool {
    let spaced = run.groups()[1..read.groups].iter().any(|group| group.joint == Joint::Space);
    let part = |joint: Joint| match joint {
        Joint::None | Joint::Paren | Joint::Dash => false,
        Joint::Space => spaced,
        Joint::Slash => read.groups == 1,
        Joint::Hyphen | Joint::Dot => true,
    };
    let start = site.anchor().start;
    let masked = spaced && site.before(start) == b' ' && site.follows_masked(start - 1);
    let left = masked || site.group_before().is_some() && part(site.anchor().joint);
    left || part(run.joint_after(read.groups))
}

/// A date stands there, and is no part of a number that goes on in the same way: `06.05.04.71.83`.
fn is_date(site: &Site, run: &Run, read: &Read) -> bool {
    site.date().is_some_and(|found| {
        let longer =
            !read.needs_label && read.groups > DATE_GROUPS && found.span.end < run.span(read.groups).end;
        let alike = longer && run.joint_after(DATE_GROUPS) == run.joint_after(1);
        !(found.bare || alike)
    })
}

/// Groups of digits that a date has.
const DATE_GROUPS: usize = 3;

/// Words between a number and what it is called: `4158675309 is my number`.
static COPULAS: WordList = WordList::new(&[
    "is", "ist", "est", "es", "è", "é", "jest", "je", "är", "er", "on", "to", "это", "—", "=",
]);

/// What follows calls it a telephone number.
fn is_told_after(site: &Site, end: usize) -> bool {
    may_be_told(site.bytes(end..end + LONGEST_COPULA)) && site.is_called_after(end)
}

/// Bytes in which a word ends that says what the number before it is.
const LONGEST_COPULA: usize = 8;

/// What stands after a number begins to say what it is.
fn may_be_told(after: &[u8]) -> bool {
    let Some(rest) = after[..after.len().min(LONGEST_COPULA)].strip_prefix(b" ") else { return false };
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    if !rest.first().is_some_and(|first| COPULAS.may_begin(*first)) {
        return false;
    }
    let word = rest.iter().position(|byte| *byte == b' ').unwrap_or(0);
    COPULAS.has(&rest[..word])
}

/// Where the number starts: at its `+`, at the parenthesis round its area code.
fn start_of(site: &Site, run: &Run, plus: bool) -> usize {
    let start = run.groups()[0].start - usize::from(plus);
    let first = run.groups()[0];
    let closed = site.bytes(first.end..first.end + 1) == b")";
    start - usize::from(site.before(start) == b'(' && (closed || plus))
}

/// Takes in the parenthesis that closes one opened at the start.
fn closing(site: &Site, end: usize, start: usize) -> usize {
    let opened = site.byte(start) == b'(' && !site.bytes(start..end).contains(&b')');
    end + usize::from(opened && site.byte(end) == b')')
}

fn opens(site: &Site, start: usize) -> bool {
    site.byte(start) == b'(' || site.opens(start) && !is_colour(site, start) && !is_lettered(site, start)
}

/// A letter outside ASCII of a script that parts words stands right before: `А40-83099/2025`.
fn is_lettered(site: &Site, start: usize) -> bool {
    matches!(site.bytes(start.saturating_sub(2)..start), [0xC3..=0xDB, 0x80..=0xBF])
}

/// `rgb(255 255 255)`.
fn is_colour(site: &Site, start: usize) -> bool {
    let before = site.bytes(start.saturating_sub(5)..start);
    before.ends_with(b"rgb(") || before == b"rgba("
}

fn closes(site: &Site, end: usize) -> bool {
    site.closes(end) || site.byte(end) == b'\''
}

/// An e-mail address or an international number on the same line: they are often given together. Where a number ends
/// its line, the lines beside it count.
fn address_near(site: &Site, span: Range<usize>) -> bool {
    let Range { start, end } = span;
    let own_line = matches!(site.byte(end), b'\n' | 0);
    let lines = 1 + usize::from(own_line);
    let before = site.bytes(start.saturating_sub(64)..start);
    let from = memchr::memrchr_iter(b'\n', before).nth(lines - 1).map_or(0, |at| at + 1);
    let after = site.bytes(end..end + 40);
    let to = memchr::memchr_iter(b'\n', after).nth(lines - 1).unwrap_or(after.len());
    [&before[from..], &after[..to]].iter().any(|line| {
        let mut signs = memchr::memchr2_iter(b'@', b'+', line);
        signs.any(|at| {
            let digits = line[at..].iter().take(MOST_SIGNS).filter(|byte| byte.is_ascii_digit()).count();
            line[at] == b'@' || digits >= LEAST_DIGITS
        })
    })
}

/// Bytes of an international number that are looked at, and digits it has at least.
const MOST_SIGNS: usize = 16;
const LEAST_DIGITS: usize = 7;

/// Words that introduce an extension. Longest first.
const EXTENSIONS: &[&str] =
    &["extension", "durchwahl", "interno", "poste", "anexo", ";ext=", "ext.", "ext", "x", "#"];

/// Digits that begin where `text` ends may be an extension.
pub(crate) fn may_extend(text: &[u8]) -> bool {
    let signs = text.iter().rev().take(2).take_while(|byte| b" .:-".contains(byte)).count();
    let head = &text[..text.len() - signs];
    // most end in something else
    head.last().is_some_and(|last| b"nloet=.x#".contains(&last.to_ascii_lowercase()))
        && EXTENSIONS.iter().any(|name| {
            let tail = head.len().checked_sub(name.len()).map(|from| &head[from..]);
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(name.as_bytes()))
        })
}

/// Takes in an extension of one to seven digits.
fn extension(site: &Site, end: usize) -> usize {
    let tail = site.bytes(end..end + 24);
    let skip = |at: usize, any: &[u8]| {
        at + tail[at.min(tail.len())..].iter().take_while(|byte| any.contains(byte)).count()
    };
    let word = skip(0, b", ");
    let rest = &tail[word.min(tail.len())..];
    // most numbers have none
    if !rest.first().is_some_and(|first| b"edipax;#".contains(&first.to_ascii_lowercase())) {
        return end;
    }
    let Some(name) = EXTENSIONS
        .iter()
        .find(|name| rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes())))
    else {
        return end;
    };
    let from = skip(word + name.len(), b" .:-");
    let digits = tail[from.min(tail.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let to = end + from + digits;
    if (1..=7).contains(&digits) && from <= word + name.len() + 2 && !site.byte(to).is_ascii_alphanumeric() {
        to
    } else {
        end
    }
}

/// The digits with the country code of North America, without extension: one number, one fingerprint.
fn canonical(value: &str) -> String {
    // most have no extension, which is more work to look for than all the rest
    let plain = value.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic() && byte != b'#');
    let mut digits = if plain {
        digits_of(value)
    } else {
        let lower = value.to_lowercase();
        let extension = EXTENSIONS.iter().filter_map(|name| lower.find(name)).min();
        digits_of(&lower[..extension.unwrap_or(lower.len())])
    };
    let abroad = ["011", "00"].iter().find(|prefix| digits.starts_with(**prefix));
    digits.drain(..abroad.map_or(0, |prefix| prefix.len()));
    if digits.len() == 10 && !value.contains('+') && !digits.starts_with('0') {
        digits.insert(0, '1');
    }
    digits
}
