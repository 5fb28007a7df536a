//! One AI call as it came in, with its raw text: made by a vendor's parser or by ingest,
//! consumed by the pipeline, never stored.

use crate::{EventId, Money, Status, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which way a part travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the vendor.
    Prompt,
    /// From the vendor.
    Response,
}

/// How we came to know of an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// An application reported it.
    App,
    /// It went through the gateway.
    Gateway,
    /// A collector fetched it from a vendor.
    Collector,
    /// An OpenTelemetry exporter sent it.
    Otlp,
}

impl Source {
    /// The word used in JSON and filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Source::App => "app",
            Source::Gateway => "gateway",
            Source::Collector => "collector",
            Source::Otlp => "otlp",
        }
    }
}

/// One piece of text in an interaction.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// Which way it travelled.
    pub direction: Direction,
    /// `system`, `user`, `assistant`, `tool`… as the vendor names it.
    pub role: String,
    /// The text itself. Raw: never logged, never stored.
    pub text: String,
}

/// Tokens, in five disjoint buckets plus what the vendor calls input and output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Usage {
    /// All input tokens billed, cached ones included.
    pub input_tokens: u64,
    /// Of those, read from the vendor's cache.
    pub cached_input_tokens: u64,
    /// Of those, written to the vendor's cache.
    pub cache_write_tokens: u64,
    /// All output tokens billed, reasoning included.
    pub output_tokens: u64,
    /// Of those, spent on reasoning the caller did not see.
    pub reasoning_tokens: u64,
}

/// Free key–value labels of an event, sorted by key.
pub type Labels = BTreeMap<String, String>;

/// One AI call, normalised.
#[derive(Clone)]
pub struct Interaction {
    /// Made by whoever first saw it, so that an answer can name it before it is stored.
    pub id: EventId,
    /// The caller's own id; a repeat is stored once.
    pub external_id: Option<String>,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// Vendor id: `openai`, `anthropic`…
    pub vendor: String,
    /// The model as answered, else as asked for.
    pub model: String,
    /// How we came to know of it.
    pub source: Source,
    /// Who, as the caller names them.
    pub user: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// The application.
    pub app: Option<String>,
    /// Groups the calls of one conversation.
    pub conversation_id: Option<String>,
    /// Where the vendor processed it.
    pub region: Option<String>,
    /// Prompt parts, then response parts, in order.
    pub parts: Vec<Part>,
    /// Tokens, where known.
    pub usage: Option<Usage>,
    /// What it cost, where the vendor said.
    pub reported_cost: Option<Money>,
    /// Whole duration.
    pub latency_ms: Option<u32>,
    /// Time to first token.
    pub ttft_ms: Option<u32>,
    /// How it ended.
    pub status: Status,
    /// Free labels.
    pub labels: Labels,
    /// Bytes that could not be looked at: images, audio, encrypted parts.
    pub uninspected_bytes: u64,
}

/// The bounds every accepted interaction keeps.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of an `external_id`.
    pub external_id: usize,
    /// Bytes of vendor, model, user, team, app, region, conversation id and role.
    pub name: usize,
    /// Parts in one interaction.
    pub parts: usize,
    /// Labels.
    pub labels: usize,
    /// Bytes of a label's key or value.
    pub label: usize,
}

/// The limits in force.
pub const LIMITS: Limits = Limits { external_id: 200, name: 256, parts: 2_000, labels: 32, label: 256 };
