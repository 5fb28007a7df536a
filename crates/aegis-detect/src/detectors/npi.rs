//! US National Provider Identifiers: ten digits beginning with 1 or 2, Luhn over `80840` and the number
//! (CMS, NPI check digit). One number in ten fits, so a label must name it.

use crate::checksum::luhn;
use crate::detector::{Candidates, Detector, DetectorInfo, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::{digits_of, hide_digits};
use crate::site::Site;

pub(crate) static NPI: Detector = Detector {
    info: DetectorInfo {
        id: "npi",
        name: "National Provider Identifier",
        description: "Ten digits with a valid check digit, named as the number of a US health care provider. Listed publicly.",
        category: Category::Health,
        severity: Severity::Low,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(K)"],
        max_hold: crate::site::hold(&[Kind::Digits]),
        hits: &[
            "PV1|1|I|3N^312^A||||1234567893^DOE^JANE^^^^MD",
            "NPI 1234567893",
            "and NPI?\nOFFICE: 1234567893",
            "provider_npi: 1245319599",
            "NM1*82*1*DOE*JANE****XX*1234567893~",
        ],
        misses: &[
            "PV1|1|I|1234567893^312^A|",
            "NPI 1234567890",
            "order 12345678931",
            "1234567893",
            "NPI count 12",
        ],
    },
    candidates: Candidates::At(&[Kind::Digits]),
    numbers: Numbers::of(10..=10, 10)
        .shaped(|_, joint, _| matches!(joint, Joint::None | Joint::Space | Joint::Paren))
        .fresh()
        .named()
        .asked(),
    labels: "npi, npi no, npi number, npi #, national provider identifier, national provider id, provider npi, attending npi, \
         provider id, provider number, prescriber npi, prescriber id, nm109, rendering provider, referring provider",
    hints: "provider, physician, attending, prescriber, clinic, doctor",
    validate,
    canonical: digits_of,
    sample: |value| hide_digits(value, 2),
};

fn validate(site: &Site) -> Option<Match> {
    let run = site.run();
    if !run.is(&[10], Joint::None) || !matches!(run.joint_after(1), Joint::None | Joint::Space | Joint::Paren)
    {
        return None;
    }
    let digits = run.digits(1);
    let span = run.span(1);
    let mut whole = *b"80840\0\0\0\0\0\0\0\0\0\0";
    whole[5..].copy_from_slice(&digits);
    if !matches!(digits[0], b'1' | b'2') || !luhn(&whole) || !site.closes(span.end) {
        return None;
    }
    // X12: the qualifier `XX` says that a provider's number follows
    let qualified = site.bytes(span.start.saturating_sub(4)..span.start) == b"*XX*";
    let named = || {
        site.opens(span.start)
            && (site.may_be_labelled(span.start) && site.context(span.clone()).names(site.own)
                || site.answers(span.start))
    };
    if !(qualified || named()) {
        return None;
    }
    let mut found = Match::new(span, Odds::of(0.45), Severity::Low, "check digit over 80840");
    found.add(LABEL, "label: provider");
    Some(found)
}
