//! US social security numbers, and the taxpayer numbers (ITIN) of the same shape.
//! Facts: SSA, randomisation of 25 June 2011 (any area but 000, 666, 9xx; group not 00; serial not 0000);
//! IRS, ITIN ranges (9xx with group 50-65, 70-88, 90-92, 94-99).

use crate::detector::{Candidates, DENIED, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{digits_of, hide_digits};
use crate::site::{Run, Site};

pub(crate) static US_SSN: Detector = Detector {
    info: DetectorInfo {
        id: "us_ssn",
        name: "US social security number",
        description: "Nine digits as 123-45-6789, or bare where a label says so, in an area and group the SSA assigns.",
        category: Category::Personal,
        severity: Severity::High,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(G)", "GLBA", "CCPA 1798.140(ae)", "GDPR 4(1)"],
        max_hold: crate::site::hold(&[Kind::Digits]),
        hits: &[
            "PID|1||84^^^MRN||DOE^JOHN||19800403|M|||12 Long Street Name Avenue^^Boise^ID^83701||(208)555-0100|(208)555-0111||M|CAT|7788112|536228145",
            "<tr><th>Name</th><th>SSN</th></tr><tr><td>Ann</td><td>536228145</td></tr>",
            "my SSN is 536-22-8145",
            "ssn: 536228145",
            "social security number 536 22 8145",
            "on file: 536-22-8145.",
            "they say my SSN does not match. I put in 536228145",
            "your SSN please?\nCaller: 536228145",
        ],
        misses: &[
            "<tr><th>SSN</th><th>Order</th></tr><tr><td></td><td>536228145</td></tr>",
            "part 536-22-8145-A",
            "666-22-8145",
            "000-22-8145",
            "536-00-8145",
            "536-22-0000",
            "PN 412-55-8821",
            "order 536-22-8145",
            "EIN 53-6228145",
            "536228145",
            "no SSN is needed. The order is 536228145",
            "your SSN as XXX-XX-XXXX",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits]),
    numbers: Numbers::of(3..=9, 9)
        .but(4..=8)
        .shaped(|first, joint, second| {
            first == 9 || second == 2 && matches!(joint, Joint::Hyphen | Joint::Space | Joint::Dot)
        })
        .fresh()
        .amid(9..=9)
        .recalled(),
    labels: "ssn, ss, ss card, social security card, ssa, social, social security, social security no, social security number, soc sec, \
         soc sec no, soc, taxpayer id, taxpayer identification number, tax id, tin, itin, us ssn, \
         ssn number, seguro social, número de seguro social, social sec, sozialversicherungsnummer, \
         sécurité sociale, \
         social number, ss no, ss number, ss #, soc sec number, social sec no, social sec number, ssn no, \
         ssn #, ss num, itin number, taxpayer identification, taxpayer identification no, taxpayer number, \
         tax id number, tax identification number, social security #, my social, social security num, \
         soc. sec. no, s.s.n., s.s.n, us social security number, número de seguridad social, \
         número del seguro social, número de la seguridad social, número social, seguridad social",
    hints: "payroll, w-2, w2, i-9, background check, employee, taxpayer, dependent, last four",
    validate,
    canonical: digits_of,
    sample: |value| hide_digits(value, 4),
};

/// Numbers printed in advertisements and pamphlets, and the ones people make up.
const NEVER_REAL: &[&[u8; 9]] =
    &[b"078051120", b"219099999", b"457555462", b"123456789", b"012345678", b"987654320", b"111223333"];

fn validate(site: &Site) -> Option<Match> {
    let run = site.run();
    let shape = shape(&run)?;
    let digits = run.digits(shape.groups);
    let span = run.span(shape.groups);
    if !site.opens(span.start) || !site.closes(span.end) || continues(site, &run, &shape) {
        return None;
    }
    let known = is_known(&digits);
    let kind = issued(&digits).or(known.then_some(Issued::Ssn))?;
    let recorded = shape.groups == 1 && in_person_record(site, span.start, span.end);
    if shape.groups == 1 && !recorded && !site.may_be_named_from(span.start) {
        return None;
    }
    let context = site.context(span.clone());
    let named = context.names(site.own);
    let told = shape.groups == 1 && !named && !context.denies(site.own) && site.recalls(span.start);
    if shape.groups == 1 && !named && !context.hints(site) && !recorded && !told {
        return None;
    }
    let mut found = Match::new(span, Odds::of(shape.prior), Severity::High, shape.reason);
    if kind == Issued::Itin {
        // one number in three beginning with 9 has such a group: the shape alone says little
        found.add(-2.5, "itin range");
    }
    if named {
        found.add(if shape.groups == 1 { LABEL + 2.0 } else { LABEL }, "label: ssn");
    } else {
        found.add_if(context.hints(site), HINT, "ssn word near");
        found.add_if(told, 3.4, "ssn spoken of before");
        found.add_if(recorded, 3.2, "text column of a person's record");
        found.add_if(context.denies(site.own), DENIED, "named as another number");
    }
    Some(found.known_test_if(known))
}

/// `'jane@acme.com', '536228145'`: digits kept as text in a row of SQL right after an e-mail address.
fn in_person_record(site: &Site, start: usize, end: usize) -> bool {
    let before = site.bytes(start.saturating_sub(64)..start);
    let Some(cell) = before.strip_suffix(b"', '").or_else(|| before.strip_suffix(b"','")) else {
        return false;
    };
    let neighbour = &cell[memchr::memrchr(b'\'', cell).map_or(0, |quote| quote + 1)..];
    neighbour.contains(&b'@') && site.byte(end) == b'\''
}

struct Shape {
    groups: usize,
    joint: Joint,
    prior: f32,
    reason: &'static str,
}

fn shape(run: &Run) -> Option<Shape> {
    let written = |joint, prior, reason| Some(Shape { groups: 3, joint, prior, reason });
    if run.is(&[3, 2, 4], Joint::Hyphen) {
        return written(Joint::Hyphen, 0.82, "shape: ddd-dd-dddd");
    }
    if run.is(&[3, 2, 4], Joint::Space) {
        return written(Joint::Space, 0.70, "shape: ddd dd dddd");
    }
    if run.is(&[3, 2, 4], Joint::Dot) {
        return written(Joint::Dot, 0.55, "shape: ddd.dd.dddd");
    }
    run.is(&[9], Joint::None).then_some(Shape {
        groups: 1,
        joint: Joint::None,
        prior: 0.05,
        reason: "nine digits",
    })
}

/// The number goes on to the left or right: it is part of a longer one.
fn continues(site: &Site, run: &Run, shape: &Shape) -> bool {
    let outer = [site.anchor().joint, run.joint_after(shape.groups)];
    outer.iter().any(|&joint| match joint {
        Joint::None | Joint::Paren | Joint::Dash => false,
        Joint::Space => shape.joint == Joint::Space,
        Joint::Slash => shape.groups == 1,
        Joint::Hyphen | Joint::Dot => true,
    })
}

#[derive(PartialEq)]
enum Issued {
    Ssn,
    Itin,
}

fn issued(digits: &[u8]) -> Option<Issued> {
    let (area, group, serial) = (&digits[..3], &digits[3..5], &digits[5..]);
    if serial == b"0000" {
        return None;
    }
    if area[0] == b'9' {
        let group = (group[0] - b'0') * 10 + (group[1] - b'0');
        return matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99).then_some(Issued::Itin);
    }
    (area != b"000" && area != b"666" && group != b"00").then_some(Issued::Ssn)
}

fn is_known(digits: &[u8]) -> bool {
    NEVER_REAL.iter().any(|known| &known[..] == digits)
        || digits.starts_with(b"98765432")
        || digits.iter().all(|digit| digit == &digits[0])
}
