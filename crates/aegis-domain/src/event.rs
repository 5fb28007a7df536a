//! An event as the log keeps it: no raw value of a finding in it, people by `subject_id` only.
//! Invariant: every stored format ever shipped still reads; `SCHEMA` counts them.

use crate::{Category, Direction, EventId, Labels, Severity, Source, SubjectId, Timestamp, Usage};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The version of the stored form that this code writes.
pub const SCHEMA: u32 = 1;

/// How an interaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The vendor answered.
    Ok,
    /// The vendor answered with an error.
    Error,
    /// The answer broke off.
    Truncated,
    /// We refused the call.
    Blocked,
}

impl Status {
    /// The word used in JSON and filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Error => "error",
            Status::Truncated => "truncated",
            Status::Blocked => "blocked",
        }
    }
}

/// What policy did. Closed list.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Nothing to object to.
    Allow,
    /// Let through and marked.
    Flag,
    /// Values were masked on the way.
    Redact,
    /// Values were replaced by tokens and put back in the answer.
    Pseudonymise,
    /// Refused.
    Block,
    /// Sent to another model.
    Route,
    /// Let through after a written reason.
    Justify,
}

impl Action {
    /// The word used in JSON and filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Action::Allow => "allow",
            Action::Flag => "flag",
            Action::Redact => "redact",
            Action::Pseudonymise => "pseudonymise",
            Action::Block => "block",
            Action::Route => "route",
            Action::Justify => "justify",
        }
    }
}

/// What happens to a call when the engine itself fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailMode {
    /// Let it through.
    Open,
    /// Refuse it.
    Closed,
}

/// The decision about an event, with what made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Decision {
    /// What was done.
    pub action: Action,
    /// The rule that decided.
    pub rule: String,
    /// That rule's version.
    pub version: u32,
    /// What would have happened had the engine failed.
    pub fail_mode: FailMode,
}

/// What an event cost, in nano-US-dollars; the two kinds are never mixed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// By the vendor's own word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<i64>,
    /// By our price book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<i64>,
    /// The price used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_id: Option<String>,
}

/// What security cost this event, in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CostMicros {
    /// In the engine.
    pub scan: u32,
    /// In the policy.
    pub policy: u32,
    /// Waiting for the log; known only after the event is stored, hence 0 in the stored form.
    pub log: u32,
}

/// A part as kept: masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct KeptPart {
    /// Which way it travelled.
    pub direction: Direction,
    /// The vendor's name for the speaker.
    pub role: String,
    /// Masked text.
    pub text: String,
}

/// A finding as kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindingRecord {
    /// The detector's id.
    pub detector: Arc<str>,
    /// What kind of data.
    pub category: Category,
    /// How bad.
    pub severity: Severity,
    /// 0 to 1.
    pub confidence: f32,
    /// Index into `parts`.
    pub part: u32,
    /// UTF-8 bytes of the original part.
    pub start: u32,
    /// End of the span in the original part.
    pub end: u32,
    /// UTF-8 bytes of the kept part.
    pub kept_start: u32,
    /// End of the span in the kept part.
    pub kept_end: u32,
    /// The value made unrecognisable.
    pub sample: String,
    /// Keyed fingerprint, 32 hex digits.
    pub fingerprint: String,
    /// Rules it touches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Arc<str>>,
    /// Why it fired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Arc<str>>,
    /// A documented test value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub known_test: bool,
}

/// An event as the log keeps it. Partition and sequence stand beside it in the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    /// Version of this form.
    pub schema: u32,
    /// Ours.
    pub id: EventId,
    /// The caller's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When we got it.
    pub received_at: Timestamp,
    /// Vendor id.
    pub vendor: String,
    /// Model.
    pub model: String,
    /// How we came to know of it.
    pub source: Source,
    /// Who; the name stands in the directory of subjects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<SubjectId>,
    /// Team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<String>,
    /// Conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
    /// Region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Masked parts.
    pub parts: Vec<KeptPart>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingRecord>,
    /// How likely it attacks a model, 0 to 1.
    #[serde(default)]
    pub injection: f32,
    /// What was decided.
    pub decision: Decision,
    /// Tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// Money.
    #[serde(default)]
    pub cost: Cost,
    /// Whole duration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<u32>,
    /// Time to first token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttft_ms: Option<u32>,
    /// How it ended.
    pub status: Status,
    /// Free labels.
    #[serde(default, skip_serializing_if = "Labels::is_empty")]
    pub labels: Labels,
    /// Bytes nobody could look at.
    #[serde(default)]
    pub uninspected_bytes: u64,
    /// What security cost.
    #[serde(default)]
    pub cost_us: CostMicros,
    /// The request that brought it, for the logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Made by the demo.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}

impl EventRecord {
    /// The worst severity among its findings.
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|f| f.severity).max()
    }
}
