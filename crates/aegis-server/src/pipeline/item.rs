//! Turns one posted item into an `Interaction`: our own event shape, or a vendor's raw request and response.
//! Invariant: what comes out keeps `LIMITS`; messages name fields and never repeat their values.

use crate::error::{ApiError, Fields};
use crate::http::extract;
use aegis_domain::{
    Direction, EventId, Interaction, LIMITS, Labels, Part, Source, Status, Timestamp, Usage, is_vendor,
};
use aegis_vendors::ParsedChat;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::time::Duration;

/// How far back an event may lie.
const OLDEST: Duration = Duration::from_secs(400 * 86_400);
/// Bytes of a role.
pub(super) const ROLE: usize = 64;
/// How far ahead a sender's clock may be.
const AHEAD: Duration = Duration::from_secs(5 * 60);

/// Either shape, as posted.
#[derive(Deserialize)]
#[serde(expecting = "an object: an event, or a vendor's request and response under \"format\"")]
struct Posted<'a> {
    format: Option<String>,
    external_id: Option<String>,
    occurred_at: Option<Timestamp>,
    vendor: Option<String>,
    model: Option<String>,
    source: Option<Source>,
    user: Option<String>,
    team: Option<String>,
    app: Option<String>,
    conversation_id: Option<String>,
    region: Option<String>,
    #[serde(borrow)]
    prompt: Option<&'a RawValue>,
    #[serde(borrow)]
    request: Option<&'a RawValue>,
    #[serde(borrow)]
    response: Option<&'a RawValue>,
    usage: Option<Usage>,
    latency_ms: Option<u32>,
    ttft_ms: Option<u32>,
    status: Option<Status>,
    #[serde(default)]
    labels: Labels,
    #[serde(default)]
    uninspected_bytes: u64,
}

#[derive(Deserialize)]
struct PostedPart {
    role: String,
    text: String,
}

/// Reads one item.
pub fn read(bytes: &[u8], now: Timestamp) -> Result<Interaction, ApiError> {
    if std::str::from_utf8(bytes).is_err() {
        return Err(ApiError::field("body", "is not valid UTF-8"));
    }
    let mut posted: Posted = extract::parse(bytes)?;
    let interaction = match posted.format.take() {
        Some(format) => from_raw(&format, posted, now)?,
        None => from_event(posted, now)?,
    };
    check(&interaction, now)?;
    Ok(interaction)
}

fn from_event(posted: Posted, now: Timestamp) -> Result<Interaction, ApiError> {
    let mut fields = Fields::default();
    let mut parts = Vec::new();
    for (name, raw, direction) in
        [("prompt", posted.prompt, Direction::Prompt), ("response", posted.response, Direction::Response)]
    {
        let Some(raw) = raw else { continue };
        match serde_json::from_str::<Option<Vec<PostedPart>>>(raw.get()) {
            Ok(list) => parts.extend(list.into_iter().flatten().map(|p| Part {
                direction,
                role: p.role,
                text: p.text,
            })),
            Err(_) => fields.add(name, "expected a list of {\"role\": …, \"text\": …}"),
        }
    }
    if parts.is_empty() && fields.is_empty() {
        fields.add("prompt", "give at least one part in prompt or response");
    }
    if posted.vendor.is_none() {
        fields.add("vendor", "missing");
    }
    if posted.model.is_none() {
        fields.add("model", "missing");
    }
    fields.check()?;
    Ok(Interaction {
        id: EventId::new(),
        external_id: posted.external_id,
        occurred_at: posted.occurred_at.unwrap_or(now),
        vendor: posted.vendor.unwrap_or_default(),
        model: posted.model.unwrap_or_default(),
        source: posted.source.unwrap_or(Source::App),
        user: posted.user,
        team: posted.team,
        app: posted.app,
        conversation_id: posted.conversation_id,
        region: posted.region,
        parts,
        usage: posted.usage,
        reported_cost: None,
        latency_ms: posted.latency_ms,
        ttft_ms: posted.ttft_ms,
        status: posted.status.unwrap_or(Status::Ok),
        labels: posted.labels,
        uninspected_bytes: posted.uninspected_bytes,
    })
}

fn from_raw(format: &str, posted: Posted, now: Timestamp) -> Result<Interaction, ApiError> {
    let Some(known) = aegis_vendors::format(format) else {
        let ids: Vec<&str> = aegis_vendors::FORMATS.iter().map(|f| f.id()).collect();
        return Err(ApiError::field("format", format!("expected one of {}", ids.join(", "))));
    };
    let Some(request) = posted.request else { return Err(ApiError::field("request", "missing")) };
    let chat: ParsedChat =
        known.parse(request, posted.response).map_err(|e| ApiError::field("request", e.to_string()))?;
    Ok(Interaction {
        id: EventId::new(),
        external_id: posted.external_id,
        occurred_at: posted.occurred_at.unwrap_or(now),
        vendor: chat.vendor.to_string(),
        // Some vendors name the model in the path only.
        model: if chat.model.is_empty() { posted.model.unwrap_or_default() } else { chat.model },
        source: posted.source.unwrap_or(Source::App),
        user: posted.user.or(chat.user),
        team: posted.team,
        app: posted.app,
        conversation_id: posted.conversation_id.or(chat.conversation_id),
        region: posted.region,
        parts: chat.parts,
        usage: chat.usage.or(posted.usage),
        reported_cost: chat.reported_cost,
        latency_ms: posted.latency_ms.or(chat.latency_ms),
        ttft_ms: posted.ttft_ms,
        status: posted.status.unwrap_or(chat.status),
        labels: posted.labels,
        uninspected_bytes: chat.uninspected_bytes.saturating_add(posted.uninspected_bytes),
    })
}

/// Holds an interaction against the bounds, whatever way it came.
pub(super) fn check(i: &Interaction, now: Timestamp) -> Result<(), ApiError> {
    let mut fields = Fields::default();
    if i.occurred_at < now.minus(OLDEST) || i.occurred_at > now.plus(AHEAD) {
        fields.add("occurred_at", "must lie between 400 days ago and 5 minutes ahead");
    }
    if !is_vendor(&i.vendor) {
        let ids: Vec<&str> = aegis_domain::VENDORS.iter().map(|(id, _)| *id).collect();
        fields.add("vendor", format!("expected one of {}", ids.join(", ")));
    }
    if i.external_id.as_ref().is_some_and(|id| id.is_empty() || id.len() > LIMITS.external_id) {
        fields.add("external_id", format!("must have 1 to {} bytes", LIMITS.external_id));
    }
    if i.model.is_empty() {
        fields.add("model", "must not be empty");
    }
    let names = [
        ("model", Some(&i.model)),
        ("user", i.user.as_ref()),
        ("team", i.team.as_ref()),
        ("app", i.app.as_ref()),
        ("conversation_id", i.conversation_id.as_ref()),
        ("region", i.region.as_ref()),
    ];
    for (name, value) in names {
        if value.is_some_and(|v| v.len() > LIMITS.name) {
            fields.add(name, format!("must have at most {} bytes", LIMITS.name));
        }
    }
    if i.labels.len() > LIMITS.labels {
        fields.add("labels", format!("at most {}", LIMITS.labels));
    }
    if i.labels.iter().any(|(k, v)| k.is_empty() || k.len() > LIMITS.label || v.len() > LIMITS.label) {
        fields.add("labels", format!("keys and values must have at most {} bytes", LIMITS.label));
    }
    if i.parts.len() > LIMITS.parts {
        fields.add("prompt", format!("at most {} parts", LIMITS.parts));
    }
    if i.parts.iter().any(|p| p.role.is_empty() || p.role.len() > ROLE) {
        fields.add("role", format!("must have 1 to {ROLE} bytes"));
    }
    if i.usage.is_some_and(|u| most_tokens(&u) > MOST_TOKENS) {
        fields.add("usage", "token counts must be below 1,000,000,000");
    }
    if i.uninspected_bytes > MOST_BYTES {
        fields.add("uninspected_bytes", "must be below 1 PB");
    }
    fields.check()
}

fn most_tokens(u: &Usage) -> u64 {
    let counts =
        [u.input_tokens, u.cached_input_tokens, u.cache_write_tokens, u.output_tokens, u.reasoning_tokens];
    counts.into_iter().max().unwrap_or(0)
}

// Above any real call; keeps sums in the rollups far from overflow.
const MOST_TOKENS: u64 = 1_000_000_000;
const MOST_BYTES: u64 = 1_000_000_000_000_000;
