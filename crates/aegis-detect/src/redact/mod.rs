//! Puts something else in the place of values: a mask, a numbered placeholder, a stable pseudonym that can be
//! turned back, or another value of the same form.
//! Called by the pipeline before an event is kept, by the gateway in both directions and by `scan --redact`.
//! Invariants: what was not found stays byte for byte; no value that was found is left (format-preserving
//! modes draw until the value is another one); within a [`Redactor`] equal values get equal replacements.

mod dates;
mod json;
mod keyed;
mod mask;
mod pseudonym;
mod surrogate;

pub use mask::{Masked, mask};
pub use pseudonym::{MAX_TOKEN, Restorer};

pub(crate) use mask::{DOT, capitals_of, digits_of, hide, hide_all, hide_digits, letters_of};

use crate::detectors;
use crate::normalise::View;
use crate::{Category, Finding};
use keyed::Keyed;
use pseudonym::Pseudonyms;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// What stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The value stays.
    Keep,
    /// The finding's sample: `•••-••-6789`.
    Mask,
    /// Type and number, in the order of first sight: `[EMAIL_1]`.
    Placeholder,
    /// A keyed token that [`Redactor::restore`] turns back: `EMAIL_7F3K9Q2M`.
    Pseudonym,
    /// Another value of the same form: a card keeps its first six digits and a right check digit, a date moves by
    /// the session's number of days, an address goes to a reserved domain. A secret becomes a placeholder.
    SameForm,
}

impl Mode {
    /// Every mode that replaces something.
    pub const REPLACING: [Mode; 4] = [Mode::Mask, Mode::Placeholder, Mode::Pseudonym, Mode::SameForm];

    /// The word used in JSON, options and on screen.
    pub const fn as_str(self) -> &'static str {
        match self {
            Mode::Keep => "keep",
            Mode::Mask => "mask",
            Mode::Placeholder => "placeholder",
            Mode::Pseudonym => "pseudonym",
            Mode::SameForm => "same_form",
        }
    }
}

/// Which findings are replaced, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The mode of every detector not named in `modes`.
    pub mode: Mode,
    /// Detectors that differ, by id.
    pub modes: HashMap<String, Mode>,
    /// Findings less sure than this stay.
    pub least_confidence: f32,
}

impl Plan {
    /// One mode for every value that was found.
    pub fn all(mode: Mode) -> Self {
        Plan { mode, modes: HashMap::new(), least_confidence: 0.0 }
    }

    fn mode(&self, finding: &Finding) -> Mode {
        if finding.category == Category::Attack || finding.confidence < self.least_confidence {
            // whoever looks into an attack must be able to read it
            return Mode::Keep;
        }
        self.modes.get(finding.detector).copied().unwrap_or(self.mode)
    }
}

/// A text with values replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The text that may be passed on.
    pub text: String,
    /// Where each finding lies in it, in the order of the findings.
    pub kept_spans: Vec<Range<usize>>,
}

/// Replaces values for one session: a conversation, or whatever must see the same replacements.
///
/// What it remembers to turn pseudonyms back is wiped from memory when it is dropped.
pub struct Redactor {
    plan: Plan,
    keyed: Keyed,
    /// Numbers given to values, by keyed fingerprint, and how many each type has.
    numbers: HashMap<[u8; 16], usize>,
    counts: HashMap<&'static str, usize>,
    pseudonyms: Pseudonyms,
}

impl Redactor {
    /// Starts a session. The same key gives the same pseudonyms and surrogates again.
    pub fn new(session_key: [u8; 32], plan: Plan) -> Self {
        Redactor {
            plan,
            keyed: Keyed::new(session_key),
            numbers: HashMap::new(),
            counts: HashMap::new(),
            pseudonyms: Pseudonyms::default(),
        }
    }

    /// Replaces the `findings` of a scan of `text`, in order.
    pub fn redact(&mut self, text: &str, findings: &[Finding]) -> Redacted {
        let mut out = String::with_capacity(text.len());
        let mut kept_spans = Vec::with_capacity(findings.len());
        let mut copied = 0;
        for finding in findings {
            out.push_str(&text[copied..finding.span.start]);
            let start = out.len();
            out.push_str(&self.replacement(&text[finding.span.clone()], finding));
            kept_spans.push(start..out.len());
            copied = finding.span.end;
        }
        out.push_str(&text[copied..]);
        Redacted { text: out, kept_spans }
    }

    /// Replaces the `findings` of a scan of `text`, which is one JSON document, so that it stays one with the same
    /// structure. `None` if it is not JSON.
    ///
    /// Within a string the replacement is escaped. A number that is a finding becomes a string, unless its
    /// replacement is a number of as many digits. Where a finding spans several strings or numbers, the first
    /// gets the replacement and each other a dot. In the name of a member a mask becomes a placeholder, so that
    /// no two names become one.
    pub fn redact_json(&mut self, text: &str, findings: &[Finding]) -> Option<Redacted> {
        json::redact(self, text, findings)
    }

    /// Replaces the `findings` of a scan of `text`, in order: as [`redact_json`](Self::redact_json) does if it is a
    /// JSON object or list, which is said beside, else as [`redact`](Self::redact) does.
    ///
    /// A number or string by itself is taken for plain text: few who pass on a card number think of a document.
    pub fn redact_any(&mut self, text: &str, findings: &[Finding]) -> (Redacted, bool) {
        let json = text.trim_ascii_start().starts_with(['{', '[']).then(|| self.redact_json(text, findings));
        match json.flatten() {
            Some(redacted) => (redacted, true),
            None => (self.redact(text, findings), false),
        }
    }

    /// Turns every pseudonym of this session in `text` back into the value it stands for.
    pub fn restore(&self, text: &str) -> String {
        self.pseudonyms.restore(text)
    }

    /// Turns pseudonyms back in a text that comes in pieces.
    pub fn restorer(&self) -> Restorer<'_> {
        Restorer::new(&self.pseudonyms)
    }

    /// What stands for `value`, the text of `finding`.
    pub(crate) fn replacement<'a>(&mut self, value: &'a str, finding: &'a Finding) -> Cow<'a, str> {
        self.replacement_as(self.plan.mode(finding), value, finding)
    }

    fn replacement_as<'a>(&mut self, mode: Mode, value: &'a str, finding: &'a Finding) -> Cow<'a, str> {
        match mode {
            Mode::Keep => value.into(),
            Mode::Mask => finding.sample.as_str().into(),
            Mode::Placeholder => self.placeholder(finding.detector, value).into(),
            Mode::Pseudonym => self
                .pseudonyms
                .of(&self.keyed, finding.detector, &canonical(finding.detector, value), value)
                .into(),
            Mode::SameForm => match surrogate::of(&self.keyed, finding, &plain(value)) {
                Some(other) => other.into(),
                None => self.placeholder(finding.detector, value).into(),
            },
        }
    }

    fn placeholder(&mut self, detector: &'static str, value: &str) -> String {
        let fingerprint = self.keyed.fingerprint(detector, &canonical(detector, value));
        let label = label(detector);
        let count = self.counts.entry(label).or_default();
        let number = *self.numbers.entry(fingerprint).or_insert_with(|| {
            *count += 1;
            *count
        });
        format!("[{label}_{number}]")
    }
}

/// `value` without its disguises.
fn plain(value: &str) -> String {
    View::of(value).text().to_owned()
}

/// `value` as it is compared: disguises, separators and case gone.
fn canonical(detector: &str, value: &str) -> String {
    let plain = plain(value);
    match detectors::ALL.iter().find(|known| known.info.id == detector) {
        Some(known) => (known.canonical)(&plain),
        None => plain,
    }
}

/// The type of a value as placeholders and pseudonyms name it.
fn label(detector: &'static str) -> &'static str {
    LABELS.iter().find(|(id, _)| *id == detector).map_or("VALUE", |(_, label)| *label)
}

/// By id of the detector.
const LABELS: &[(&str, &str)] = &[
    ("us_ssn", "SSN"),
    ("us_itin", "SSN"),
    ("credit_card", "CARD"),
    ("email", "EMAIL"),
    ("ip_address", "IP"),
    ("phone", "PHONE"),
    ("mrn", "MRN"),
    ("dob", "DATE"),
    ("secrets", "SECRET"),
    ("iban", "IBAN"),
    ("bank_routing", "ROUTING"),
    ("npi", "NPI"),
    ("dea", "DEA"),
    ("passport", "PASSPORT"),
    ("street_address", "ADDRESS"),
    ("icd10", "DIAGNOSIS"),
    ("person_name", "PERSON"),
];
