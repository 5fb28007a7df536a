//! Writes a finished call as ingest takes it: the raw pair and what the application knows about it.

use super::conversation::Conversation;
use aegis_domain::Timestamp;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// A call that was made, and what came of it.
pub(crate) struct Call {
    pub at: Timestamp,
    pub request: Value,
    pub response: Value,
    /// Only a call that streams has one.
    pub ttft: Option<Duration>,
    pub latency: Duration,
}

/// The event as JSON. `prefix` tells one run's external ids from another's.
pub(crate) fn event(conversation: &Conversation, call: Call, prefix: &str) -> Value {
    let plan = &conversation.plan;
    let mut event = Map::new();
    let mut set = |key: &str, value: Value| event.insert(key.to_owned(), value);
    set("format", json!(conversation.dialect.format()));
    set("external_id", json!(format!("{prefix}-{}-{}", plan.number, conversation.calls)));
    set("occurred_at", json!(call.at));
    if let Some(person) = &plan.person {
        set("user", json!(person.email));
    }
    set("team", json!(plan.team.id));
    set("app", json!(plan.app.id));
    set("conversation_id", json!(conversation.id()));
    set("latency_ms", json!(call.latency.as_millis() as u64));
    if let Some(ttft) = call.ttft {
        set("ttft_ms", json!(ttft.as_millis() as u64));
    }
    let labels = json!({"cost_center": plan.team.cost_center, "office": plan.office.name(), "environment": "production"});
    set("labels", labels);
    set("request", call.request);
    set("response", call.response);
    Value::Object(event)
}
