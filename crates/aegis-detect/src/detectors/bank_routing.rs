//! US bank routing numbers (ABA): nine digits of an issued range with a check digit, where a label says so.

use crate::context::Roles;
use crate::detector::{Candidates, Detector, DetectorInfo, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{digits_of, hide_digits};
use crate::site::Site;

pub(crate) static BANK_ROUTING: Detector = Detector {
    info: DetectorInfo {
        id: "bank_routing",
        name: "Bank routing number",
        description: "Nine digits of a US bank with a valid check digit, named as a routing number. Public by itself.",
        category: Category::Payment,
        severity: Severity::Low,
        default_action: "log",
        threshold: 0.5,
        regulations: &["GLBA"],
        max_hold: crate::site::hold(&[Kind::Digits]),
        hits: &[
            "routing number 021000021",
            "ABA: 121000358",
            "rtn=011401533",
            "the routing number is on the check, mine says 021000021",
            "routing no. is asked for again. It's 121000358",
        ],
        misses: &[
            "021000021",
            "routing number 021000022",
            "order 021000021",
            "routing number 991000021",
            "routing number changed, my account is 021000021",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits]),
    numbers: Numbers::of(9..=9, 9)
        .shaped(|_, joint, _| matches!(joint, Joint::None | Joint::Space | Joint::Paren))
        .fresh()
        .named()
        .recalled(),
    labels: "routing, routing number, routing no, routing num, aba, aba number, aba no, rtn, ach routing, wire routing, \
         routing transit number, aba routing number, bank routing number, \
         routing #, routing nr, routing numbers, routing num., rt number, rtn number, routing transit, \
         transit routing number, transit number, transit routing, aba #, aba rtn, aba routing, \
         aba routing no, aba transit number, bank routing, bank routing no, bank aba, wire routing number, \
         ach routing number, direct deposit routing, micr, routing code, fedwire, fedwire number, \
         routing/transit, routing and transit number, us routing number, número de ruta, \
         número de ruta bancaria, número de ruteo, número de tránsito, ruta bancaria, código de ruta, ruteo, \
         código aba, número aba",
    hints: "ach, wire, checking, savings, bank",
    validate,
    canonical: digits_of,
    sample: |value| hide_digits(value, 2),
};

fn validate(site: &Site) -> Option<Match> {
    let run = site.run();
    if !run.is(&[9], Joint::None) || !matches!(run.joint_after(1), Joint::None | Joint::Space | Joint::Paren)
    {
        return None;
    }
    let digits = run.digits(1);
    let span = run.span(1);
    if !is_issued(&digits)
        || !checks(&digits)
        || !site.opens(span.start)
        || !site.closes(span.end)
        || !site.may_be_labelled(span.start)
    {
        return None;
    }
    let context = site.context(span.clone());
    let named = context.names(site.own);
    let told = || {
        !context.label.has(Roles::NAMING) && (site.recalls(span.start) || site.shares_name(span.start, 9..=9))
    };
    if !(named || told()) {
        return None;
    }
    let mut found = Match::new(span, Odds::of(0.40), Severity::Low, "range and check digit");
    if named {
        found.add(LABEL, "label: routing");
    } else {
        found.add(2.0, "routing number spoken of before");
    }
    Some(found)
}

/// Districts of the Federal Reserve, thrift institutions, electronic ranges, traveller's cheques.
fn is_issued(digits: &[u8]) -> bool {
    let district = (digits[0] - b'0') * 10 + digits[1] - b'0';
    matches!(district, 0..=12 | 21..=32 | 61..=72 | 80)
}

fn checks(digits: &[u8]) -> bool {
    let weighted = digits.iter().zip([3, 7, 1].into_iter().cycle());
    weighted.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum::<u32>().is_multiple_of(10)
}
