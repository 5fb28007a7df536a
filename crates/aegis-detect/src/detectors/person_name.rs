//! Names of people where something says that a person is named: a label, a greeting, a signature, a title.
//! There is no model behind it: a list of given names and the words around them. It does not find names that
//! nothing announces, names of one word, names without capitals, nor names in scripts other than Latin.

mod given;
mod others;

use crate::detector::{Candidates, Detector, DetectorInfo, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::Kind;
use crate::redact::hide_all;
use crate::site::Site;
use others::NO_NAMES;
use std::ops::Range;

pub(crate) static PERSON_NAME: Detector = Detector {
    info: DetectorInfo {
        id: "person_name",
        name: "Name of a person",
        description: "Two to four words with capitals that a label, greeting, title or signature announces, the surer when the first is a known given name. Not found: names nothing announces, single words, scripts other than Latin.",
        category: Category::Personal,
        severity: Severity::Low,
        default_action: "log",
        threshold: 0.6,
        regulations: &["HIPAA 164.514(b)(2)(i)(A)", "GDPR 4(1)"],
        max_hold: crate::site::hold(&[Kind::Capitals]),
        hits: &[
            "Patient name: Elena Castillo",
            "Dear Robert Novak,",
            "my name is Hannah Lindqvist",
            "customer Maria Lopez reports",
            "Regards\nPeter Abbott",
        ],
        misses: &[
            "New York is large",
            "Dear Customer Service,",
            "the Main Street office",
            "Monday March",
            "United Nations report",
            "Best Regards",
        ],
    },
    candidates: Candidates::At(&[Kind::Capitals]),
    numbers: Numbers::ALL,
    labels: "",
    hints: "name, full name, first name, last name, surname, patient name, customer name, contact name, contact person, my name, name is, mr, mrs, ms, \
         miss, dr, prof, herr, frau, señor, señora, sr, sra, monsieur, madame, mme, signor, signora, dear, hi, hello, hey, hallo, liebe, lieber, querido, \
         querida, cher, chère, caro, cara, regards, sincerely, cheers, yours, attn, attention, customer, client, patient, pt, employee, guest, beneficiary, \
         account holder, cardholder, card holder, insured, applicant, reporter, assignee, tenant, passenger, kunde, kundin, nombre, nom, nome, naam, nazwisko, \
         emergency contact, grüße, signed, from, mitarbeiter, cliente, empleado, paciente, author, attendee",
    validate,
    canonical: str::to_lowercase,
    sample: hide_all,
};

/// Most words of a name.
const MOST_WORDS: usize = 4;
/// Longest word of a name.
const LONGEST: usize = 20;

fn validate(site: &Site) -> Option<Match> {
    let second = site.anchor().start;
    let head = site.bytes(second.saturating_sub(LONGEST + 1)..second - 1);
    let word = head.iter().rev().take_while(|byte| is_letter(**byte)).count();
    // a quote or hyphen before it is none of its letters
    let marks = head[head.len() - word..].iter().take_while(|byte| matches!(byte, b'\'' | b'-')).count();
    let start = second - 1 - word + marks;
    let known = given::is_given(site.bytes(start..second - 1));
    // an unknown name counts only right after a label or a title
    if !(known || announced(site, start)) {
        return None;
    }
    // a word with a capital before this pair: the pair before it was the first of the name
    if before_is_capital(site, start) {
        return None;
    }
    let (end, words) = name_end(site, start);
    if words < 2 || site.byte(end) == b'@' || site.byte(end).is_ascii_digit() {
        return None;
    }
    let span = start..end;
    let named = is_named(site, &span);
    if !(known || named) {
        return None;
    }
    let mut found =
        Match::new(span, Odds::of(if known { 0.35 } else { 0.12 }), Severity::Low, "words with capitals");
    found.add_if(known, 0.0, "known given name");
    found.add_if(named, LABEL - 0.4, "label: name");
    found.add_if(!named && signs(site, start, end), 1.6, "signature");
    found.add_if(!named && beside_address(site, end), 1.6, "beside an address");
    Some(found)
}

/// A word before it or the head of its column says that a name stands there.
fn is_named(site: &Site, span: &Range<usize>) -> bool {
    let hint = site.own.hint();
    // most have neither, and what binds a word to a value costs more to see
    if !site.may_have(span, hint) {
        return false;
    }
    let context = site.context(span.clone());
    context.label.has(hint) || context.column.has(hint)
}

/// What stands before can be a label or a title: a colon, a bracket, a quote, a full stop or a capital.
fn announced(site: &Site, start: usize) -> bool {
    let before = site.bytes(start.saturating_sub(8)..start).trim_ascii_end();
    before.last().is_some_and(|last| b":>\"'=,.".contains(last))
        || [&b"Mr"[..], b"Mrs", b"Ms", b"Dr", b"Herr", b"Frau", b"Dear"]
            .iter()
            .any(|title| before.ends_with(title))
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80 || matches!(byte, b'\'' | b'-')
}

fn before_is_capital(site: &Site, start: usize) -> bool {
    if site.before(start) != b' ' {
        return false;
    }
    let head = site.bytes(start.saturating_sub(LONGEST + 1)..start - 1);
    let len = head.iter().rev().take_while(|byte| is_letter(**byte)).count();
    let word = &head[head.len() - len..];
    len >= 3
        && word[0].is_ascii_uppercase()
        && word[1..].iter().all(|byte| byte.is_ascii_lowercase() || *byte >= 0x80)
        && given::is_given(word)
}

/// Where the words with capitals end, and how many they are. 0 if one of them is no name.
fn name_end(site: &Site, start: usize) -> (usize, usize) {
    let (mut at, mut end, mut words, mut whole) = (start, start, 0, 0);
    while words < MOST_WORDS {
        let text = site.bytes(at..at + LONGEST);
        let len = text.iter().take_while(|byte| is_letter(**byte)).count();
        // nor is one behind it
        let marks = text[..len].iter().rev().take_while(|byte| matches!(byte, b'\'' | b'-')).count();
        let len = len - marks;
        let word = &text[..len];
        let capital = word.first().is_some_and(|first| first.is_ascii_uppercase())
            && (len >= 2 || text.get(1) == Some(&b'.'));
        if !capital || len == LONGEST {
            break;
        }
        if NO_NAMES.has(word) {
            return (end, whole);
        }
        words += 1;
        // an initial counts only before another word
        if len > 1 {
            (end, whole) = (at + len, words);
        }
        let next = at + len + usize::from(len == 1 && site.byte(at + len) == b'.');
        if site.byte(next) != b' ' {
            break;
        }
        at = next + 1;
    }
    (end, whole)
}

/// The name has a line to itself or opens one, after a line that takes leave.
fn signs(site: &Site, start: usize, end: usize) -> bool {
    if site.before(start) != b'\n' || !matches!(site.byte(end), b'\n' | b'\r' | 0) {
        return false;
    }
    let before = site.bytes(start.saturating_sub(40)..start);
    let line = before.trim_ascii_end();
    let line = &line[memchr::memrchr(b'\n', line).map_or(0, |at| at + 1)..];
    let line = line.strip_suffix(b",").unwrap_or(line);
    [
        "regards",
        "sincerely",
        "best",
        "thanks",
        "cheers",
        "grüßen",
        "grüße",
        "saludos",
        "cordialement",
        "saluti",
        "atentamente",
    ]
    .iter()
    .any(|leave| {
        line.len() >= leave.len() && line[line.len() - leave.len()..].eq_ignore_ascii_case(leave.as_bytes())
    })
}

/// `Peter Kowalski <peter@…>`, `Nadia Novak: nadia@…`, `'Elena Castillo', 'elena@…'`.
fn beside_address(site: &Site, end: usize) -> bool {
    let after = site.bytes(end..end + 48);
    let between = after.iter().take_while(|byte| b" <,:('\";\t|".contains(byte)).count();
    let token = &after[between..];
    let token = &token[..token.iter().position(u8::is_ascii_whitespace).unwrap_or(token.len())];
    (1..=6).contains(&between) && token.contains(&b'@')
}
