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

    fn admit<Q>(&self, values: &[&Q]) -> bool
    where
        T: std::borrow::Borrow<Q>,
        Q: PartialEq + ?Sized,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Action, Category, Cost, CostMicros, Decision, EventId, FailMode, FindingRecord, SCHEMA, Source,
        Status, Timestamp,
    };
    use proptest::prelude::*;

    fn word() -> impl Strategy<Value = String> {
        prop::sample::select(vec!["openai", "anthropic", "gpt-5", "claims", "triage", "us_ssn", "x"])
            .prop_map(str::to_string)
    }

    fn severity() -> impl Strategy<Value = Severity> {
        prop::sample::select(Severity::ALL.to_vec())
    }

    fn subject() -> impl Strategy<Value = SubjectId> {
        (0u128..4).prop_map(|n| SubjectId(uuid::Uuid::from_u128(n)))
    }

    prop_compose! {
        fn event()(
            vendor in word(), model in word(), team in prop::option::of(word()), app in prop::option::of(word()),
            conversation_id in prop::option::of(word()), subject_id in prop::option::of(subject()),
            found in prop::collection::vec((word(), severity(), word()), 0..3),
            action in prop::sample::select(vec![Action::Allow, Action::Flag, Action::Block]),
            status in prop::sample::select(vec![Status::Ok, Status::Error]),
            source in prop::sample::select(vec![Source::App, Source::Gateway]),
            latency_ms in prop::option::of(0u32..2000),
        ) -> EventRecord {
            let findings = found.into_iter().map(|(detector, severity, fingerprint)| FindingRecord {
                detector: detector.into(), category: Category::Personal, severity, confidence: 0.9, part: 0,
                start: 0, end: 1, kept_start: 0, kept_end: 1, sample: String::new(), fingerprint,
                tags: vec![], reasons: vec![], known_test: false,
            }).collect();
            EventRecord {
                schema: SCHEMA, id: EventId::new(), external_id: None, occurred_at: Timestamp::from_millis(0),
                received_at: Timestamp::from_millis(0), vendor, model, source, subject_id, team, app,
                conversation_id, region: None, parts: vec![], findings, injection: 0.0,
                decision: Decision { action, rule: "default".into(), version: 1, fail_mode: FailMode::Open },
                usage: None, cost: Cost::default(), latency_ms, ttft_ms: None, status, labels: Default::default(),
                uninspected_bytes: 0, cost_us: CostMicros::default(), request_id: None, demo: false,
            }
        }
    }

    fn terms<T: Clone + std::fmt::Debug + 'static>(
        value: impl Strategy<Value = T> + Clone + 'static,
    ) -> impl Strategy<Value = Terms<T>> {
        // Mostly unasked: a filter on everything at once matches nothing and shows nothing.
        prop_oneof![
            4 => Just(Terms::default()),
            1 => (prop::collection::vec(value.clone(), 0..3), prop::collection::vec(value, 0..2))
                .prop_map(|(any, none)| Terms { any, none }),
        ]
    }

    prop_compose! {
        fn filter()(
            vendor in terms(word().boxed()), model in terms(word().boxed()), team in terms(word().boxed()),
            app in terms(word().boxed()), conversation in terms(word().boxed()), detector in terms(word().boxed()),
            fingerprint in terms(word().boxed()), user in terms(subject().boxed()),
            severity in terms(prop::option::of(severity()).boxed()),
            action in terms(prop::sample::select(vec!["allow".to_string(), "flag".to_string()]).boxed()),
            min_latency_ms in prop::option::weighted(0.2, 0u32..2000),
        ) -> EventFilter {
            EventFilter {
                vendor, model, team, app, conversation, detector, fingerprint, user, severity, action,
                min_latency_ms, ..EventFilter::default()
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn what_matches_is_admitted(e in event(), f in filter()) {
            let signature = signature(&e);
            prop_assert!(signature.0 >> 63 == 0);
            if f.matches(&e) {
                prop_assert!(admits(&f.masks(), signature));
            }
        }

        #[test]
        fn severity_masks_are_exact(e in event(), severity in terms(prop::option::of(severity()).boxed())) {
            let f = EventFilter { severity, ..EventFilter::default() };
            // `any` and `none` together may contradict each other, which masks alone do not see.
            if f.severity.any.is_empty() || f.severity.none.is_empty() {
                prop_assert_eq!(f.matches(&e), admits(&f.masks(), signature(&e)));
            }
        }
    }

    #[test]
    fn signatures_never_change() {
        // Stores keep them: another hash would make old events invisible to filters.
        assert_eq!(bit("vendor", "openai").trailing_zeros(), BIT_OF_OPENAI);
        assert_eq!(bit("team", "claims").trailing_zeros(), BIT_OF_CLAIMS);
    }

    const BIT_OF_OPENAI: u32 = 51;
    const BIT_OF_CLAIMS: u32 = 26;
}
