//! Registration numbers of the US Drug Enforcement Administration: two letters, seven digits, the last a check digit:
//! (d1 + d3 + d5) + 2 (d2 + d4 + d6), its last digit.

use crate::detector::{Candidates, DENIED, Detector, DetectorInfo, HINT, LABEL, Match, Numbers, Odds};
use crate::finding::{Category, Severity};
use crate::lexer::{Joint, Kind};
use crate::redact::hide_digits;
use crate::site::Site;

pub(crate) static DEA: Detector = Detector {
    info: DetectorInfo {
        id: "dea",
        name: "DEA registration number",
        description: "Two letters and seven digits with a valid check digit: the licence of a US prescriber.",
        category: Category::Health,
        severity: Severity::Medium,
        default_action: "flag",
        threshold: 0.5,
        regulations: &["HIPAA 164.514(b)(2)(i)(K)"],
        max_hold: crate::site::hold(&[Kind::Lettered]),
        hits: &[
            "DEA AB1234563",
            "prescriber dea#: FN5623740",
            "Rx signed, BS1234563",
            "DEA number B91234563",
        ],
        misses: &["DEA AB1234567", "part AB1234563", "AB12345634", "ZB1234563", "XAB1234563"],
    },
    candidates: Candidates::At(&[Kind::Lettered]),
    numbers: Numbers::of(7..=8, 7),
    labels: "dea, dea no, dea number, dea #, dea#, dea reg, dea registration, dea registration number, dea license, prescriber dea, \
         dea id, drug enforcement administration",
    hints: "prescriber, rx, pharmacy, schedule ii, controlled, physician, pharmacist, prescription",
    validate,
    canonical: |value| value.to_ascii_uppercase(),
    sample: |value| hide_digits(value, 2),
};

/// Kinds of registrants.
const REGISTRANTS: &[u8] = b"ABCDEFGHJKLMPRSTUX";

fn validate(site: &Site) -> Option<Match> {
    let run = site.run();
    let anchor = site.anchor();
    let start = match anchor.end - anchor.start {
        7 => anchor.start.checked_sub(2)?,
        // a nine stands for the letter of a business without a surname
        8 if site.byte(anchor.start) == b'9' => anchor.start.checked_sub(1)?,
        _ => return None,
    };
    let [first, second] = [site.byte(start), site.byte(start + 1)];
    if !REGISTRANTS.contains(&first) || !(second.is_ascii_uppercase() || second == b'9') || !site.opens(start)
    {
        return None;
    }
    let digits: [u8; 7] = site.bytes(anchor.end - 7..anchor.end).try_into().ok()?;
    let suffixed = site.byte(anchor.end) == b'-';
    if !checks(digits.map(|digit| u32::from(digit - b'0')))
        || !(site.closes(anchor.end) || suffixed)
        || matches!(run.joint_after(1), Joint::Dot | Joint::Slash)
    {
        return None;
    }
    let context = site.context(start..anchor.end);
    let mut found =
        Match::new(start..anchor.end, Odds::of(0.60), Severity::Medium, "letters and check digit");
    if context.names(site.own) {
        found.add(LABEL, "label: dea");
    } else {
        found.add_if(context.hints(site), HINT, "prescriber word near");
        found.add_if(context.denies(site.own) || suffixed, DENIED, "named as another number");
    }
    Some(found)
}

fn checks([a, b, c, d, e, f, check]: [u32; 7]) -> bool {
    (a + c + e + 2 * (b + d + f)) % 10 == check
}
