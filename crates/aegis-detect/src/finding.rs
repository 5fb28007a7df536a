//! What the engine says about a text: findings, and the closed vocabularies they use.
//! Read by every layer above. Types here change only by addition.
//! Invariant: `span` lies in the scanned text, on character boundaries, and is never empty.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How bad it is that this value is here. Ordered: `Info < Critical`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth keeping, nothing to do (documented test values).
    Info,
    /// Public or weakly personal.
    Low,
    /// Personal.
    Medium,
    /// Identifies or endangers a person.
    High,
    /// Usable for fraud or access as it stands.
    Critical,
}

impl Severity {
    /// Every severity, mildest first.
    pub const ALL: [Severity; 5] =
        [Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

    /// The word used in JSON, filters and on screen.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

/// The kind of data a detector looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Identifies a person (GDPR art. 4).
    Personal,
    /// Identifies a patient (HIPAA).
    Health,
    /// Payment and bank data (PCI DSS, GLBA).
    Payment,
    /// Keys, passwords, tokens.
    Secret,
    /// An attack on the model, not data.
    Attack,
}

/// A rule a finding touches, as shown to an auditor (reference: `detectors.md` section 11).
pub type Tag = &'static str;

/// One thing found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The detector's id: `us_ssn`, `credit_card`…
    pub detector: &'static str,
    /// What kind of data it is.
    pub category: Category,
    /// How bad it is, after lowering documented test values to `Info`.
    pub severity: Severity,
    /// 0.20 to 1.00; below 0.20 nothing is emitted, policy acts from 0.50.
    pub confidence: f32,
    /// UTF-8 bytes of the text as given, at character boundaries.
    pub span: Range<usize>,
    /// The value made unrecognisable, for screens: `•••-••-6789`.
    pub sample: String,
    /// HMAC-SHA256 over detector id, a zero byte and the normalised value, first 16 bytes.
    pub fingerprint: [u8; 16],
    /// Rules it touches.
    pub tags: &'static [Tag],
    /// Why it fired, in words: `luhn`, `label: card`, `known test value`.
    pub reasons: Reasons,
    /// A documented test value (test cards, 555 numbers, example.com).
    pub known_test: bool,
}

/// Most reasons kept.
const MOST_REASONS: usize = 6;

/// Why something was found: a few words each, in place, for a text can be full of values.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reasons {
    list: [&'static str; MOST_REASONS],
    len: u8,
}

impl Reasons {
    pub(crate) fn of(first: &'static str) -> Self {
        Reasons::from_iter([first])
    }

    /// Adds one; what does not fit is left out.
    pub(crate) fn push(&mut self, reason: &'static str) {
        if let Some(slot) = self.list.get_mut(usize::from(self.len)) {
            *slot = reason;
            self.len += 1;
        }
    }
}

/// Keeps the first ones, as many as there is room for.
impl FromIterator<&'static str> for Reasons {
    fn from_iter<I: IntoIterator<Item = &'static str>>(all: I) -> Self {
        let mut reasons = Reasons { list: [""; MOST_REASONS], len: 0 };
        all.into_iter().for_each(|reason| reasons.push(reason));
        reasons
    }
}

impl std::ops::Deref for Reasons {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        &self.list[..usize::from(self.len)]
    }
}

impl std::fmt::Debug for Reasons {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Reasons {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// Everything the engine says about one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scan {
    /// By span, no two overlapping.
    pub findings: Vec<Finding>,
    /// How likely the text attacks a model, 0 to 1: the highest window.
    pub injection: f32,
}
