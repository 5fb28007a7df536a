//! Which events a list, an export or a live subscription wants.
//! A filter is checked twice: first against an event's 63-bit `Signature`, which an index holds and which may
//! say yes too often but never no wrongly; then exactly, against the record.
//! Invariant: `filter.matches(e)` implies `filter.admits(signature(e))`; a property test holds it.

use crate::{EventRecord, Severity, SubjectId};
use serde::{Deserialize, Serialize};

/// A set of filterable facts about an event, as bits: severity and action exactly, the rest hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signature(pub u64);

const SEVERITY_BITS: u32 = 6; // none, info … critical
const EXACT_BITS: u32 = SEVERITY_BITS;
const HASHED_BITS: u64 = 63 - EXACT_BITS as u64; // bit 63 stays clear: stores keep signed integers

fn severity_bit(severity: Option<Severity>) -> u64 {
    1 << severity.map_or(0, |s| s as u32 + 1)
}

/// One hashed bit for `field = value` (FNV-1a: stable for ever, because stores keep it).
fn bit(field: &str, value: &str) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in field.bytes().chain([0]).chain(value.bytes()) {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^= h >> 32;
    1 << (u64::from(EXACT_BITS) + h % HASHED_BITS)
}

/// The signature of a record.
pub fn signature(e: &EventRecord) -> Signature {
    let mut bits = severity_bit(e.severity());
    bits |= bit("vendor", &e.vendor) | bit("model", &e.model);
    bits |= bit("source", e.source.as_str()) | bit("status", e.status.as_str());
    bits |= bit("action", e.decision.action.as_str());
    for (field, value) in [("team", &e.team), ("app", &e.app), ("conversation", &e.conversation_id)] {
        if let Some(value) = value {
            bits |= bit(field, value);
        }
    }
    if let Some(subject) = e.subject_id {
        bits |= bit("user", &subject.to_string());
    }
    for finding in &e.findings {
        bits |= bit("detector", &finding.detector) | bit("fingerprint", &finding.fingerprint);
    }
    Signature(bits)
}

/// Wanted and unwanted values of one field. Empty: any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms<T> {
    /// At least one of these, where there are any.
    pub any: Vec<T>,
    /// None of these.
    pub none: Vec<T>,
}

impl<T> Default for Terms<T> {
    fn default() -> Self {
        Terms { any: Vec::new(), none: Vec::new() }
    }
}

impl<T: PartialEq> Terms<T> {
    /// True when nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.any.is_empty() && self.none.is_empty()
    }

    fn admit<Q: ?Sized>(&self, values: &[&Q]) -> bool
    where
        T: std::borrow::Borrow<Q>,
        Q: PartialEq,
    {
        (self.any.is_empty() || self.any.iter().any(|t| values.iter().any(|v| t.borrow() == *v)))
            && !self.none.iter().any(|t| values.iter().any(|v| t.borrow() == *v))
    }
}

/// What a list of events is narrowed to; fields combine by AND. Time is asked for beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventFilter {
    /// Vendor ids.
    pub vendor: Terms<String>,
    /// Models.
    pub model: Terms<String>,
    /// `app`, `gateway`…
    pub source: Terms<String>,
    /// People.
    pub user: Terms<SubjectId>,
    /// Teams.
    pub team: Terms<String>,
    /// Applications.
    pub app: Terms<String>,
    /// Conversations.
    pub conversation: Terms<String>,
    /// Worst severity of the event; `None` stands for "nothing found".
    pub severity: Terms<Option<Severity>>,
    /// Detectors that found something.
    pub detector: Terms<String>,
    /// Fingerprints found.
    pub fingerprint: Terms<String>,
    /// What was decided.
    pub action: Terms<String>,
    /// How the call ended.
    pub status: Terms<String>,
    /// Observed or reported cost of at least so many nano-dollars.
    pub min_cost: Option<i64>,
    /// Latency of at least so many milliseconds.
    pub min_latency_ms: Option<u32>,
}

impl EventFilter {
    /// The signature test: for each element, one of its masks must be wholly set.
    pub fn masks(&self) -> Vec<Vec<u64>> {
        let mut all: Vec<Vec<u64>> = Vec::new();
        let mut want = |masks: Vec<u64>| {
            if !masks.is_empty() {
                all.push(masks);
            }
        };
        let named = |field: &str, terms: &Terms<String>| -> Vec<u64> {
            terms.any.iter().map(|v| bit(field, v)).collect()
        };
        for (field, terms) in [
            ("vendor", &self.vendor),
            ("model", &self.model),
            ("source", &self.source),
            ("team", &self.team),
            ("app", &self.app),
            ("conversation", &self.conversation),
            ("detector", &self.detector),
            ("fingerprint", &self.fingerprint),
            ("action", &self.action),
            ("status", &self.status),
        ] {
            want(named(field, terms));
        }
        want(self.user.any.iter().map(|s| bit("user", &s.to_string())).collect());
        want(self.severity.any.iter().map(|s| severity_bit(*s)).collect());
        if !self.severity.none.is_empty() {
            // Severity bits are exact, so "not X" is "one of the others".
            let others = Severity::ALL.into_iter().map(Some).chain([None]);
            want(others.filter(|s| !self.severity.none.contains(s)).map(severity_bit).collect());
        }
        all
    }

    /// The exact test.
    pub fn matches(&self, e: &EventRecord) -> bool {
        let opt = |v: &Option<String>| -> Vec<String> { v.iter().cloned().collect() };
        let one = |terms: &Terms<String>, value: &str| terms.admit::<str>(&[value]);
        let some = |terms: &Terms<String>, value: &Option<String>| {
            terms.is_empty() || {
                let v = opt(value);
                terms.admit::<str>(&v.iter().map(String::as_str).collect::<Vec<_>>())
            }
        };
        one(&self.vendor, &e.vendor)
            && one(&self.model, &e.model)
            && one(&self.source, e.source.as_str())
            && one(&self.action, e.decision.action.as_str())
            && one(&self.status, e.status.as_str())
            && some(&self.team, &e.team)
            && some(&self.app, &e.app)
            && some(&self.conversation, &e.conversation_id)
            && (self.user.is_empty() || self.user.admit(&e.subject_id.iter().collect::<Vec<_>>()))
            && (self.severity.is_empty() || self.severity.admit(&[&e.severity()]))
            && (self.detector.is_empty()
                || self.detector.admit::<str>(&e.findings.iter().map(|f| &*f.detector).collect::<Vec<_>>()))
            && (self.fingerprint.is_empty()
                || self
                    .fingerprint
                    .admit::<str>(&e.findings.iter().map(|f| f.fingerprint.as_str()).collect::<Vec<_>>()))
            && self.min_cost.is_none_or(|min| e.cost.reported.or(e.cost.observed).is_some_and(|c| c >= min))
            && self.min_latency_ms.is_none_or(|min| e.latency_ms.is_some_and(|l| l >= min))
    }

    /// True when nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == EventFilter::default()
    }
}

/// True when `signature` passes every element of `masks`.
pub fn admits(masks: &[Vec<u64>], signature: Signature) -> bool {
    masks.iter().all(|any| any.iter().any(|m| signature.0 & m == *m))
}
