//! What was said in single calls, where Input & Output Logging was on at the time: first the call, then its text.

use super::{At, Data};
use crate::admin::read::{Count, Time, json};
use crate::admin::{Conversation, Cursor, Page, Row, Unreadable};
use crate::openai::chat::CHAT;
use crate::wire::Collector;
use aegis_domain::{Interaction, LIMITS, Labels, Money, Source, Status, Timestamp, Usage};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(super) const NOT_KEPT: &str =
    "The text of a call was not kept: logging was off, or the call was routed without it.";

/// What is known of a call before its text is asked for. Money as text, so that a cursor keeps its digits.
#[derive(Serialize, Deserialize)]
pub(super) struct Call {
    id: String,
    at: Timestamp,
    model: String,
    user: Option<String>,
    session: Option<String>,
    usage: Usage,
    cost: Option<Money>,
    latency_ms: Option<u32>,
    finished: bool,
}

impl Call {
    /// The vendor's id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Deserialize)]
struct Generation {
    id: String,
    created_at: Time,
    model: String,
    external_user: Option<String>,
    session_id: Option<String>,
    #[serde(default)]
    cancelled: Option<bool>,
    native_tokens_prompt: Option<Count>,
    native_tokens_completion: Option<Count>,
    native_tokens_reasoning: Option<Count>,
    native_tokens_cached: Option<Count>,
    total_cost: Option<crate::admin::read::Number>,
    generation_time: Option<Count>,
}

pub(super) fn read_call(body: &[u8]) -> Result<Page, Unreadable> {
    let Data { data: g } = json::<Data<Generation>>(body)?;
    let count = |n: Option<Count>| n.map_or(0, |n| n.0);
    let name = |n: Option<String>| n.filter(|n| !n.is_empty() && n.len() <= LIMITS.name);
    let call = Call {
        id: g.id,
        at: g.created_at.0,
        model: g.model,
        user: name(g.external_user),
        session: name(g.session_id),
        usage: Usage {
            input_tokens: count(g.native_tokens_prompt),
            cached_input_tokens: count(g.native_tokens_cached),
            cache_write_tokens: 0,
            output_tokens: count(g.native_tokens_completion),
            reasoning_tokens: count(g.native_tokens_reasoning),
        },
        cost: g.total_cost.map(|n| Money::usd(n.0)),
        latency_ms: g.generation_time.map(|ms| u32::try_from(ms.0).unwrap_or(u32::MAX)),
        finished: g.cancelled != Some(true),
    };
    Ok(Page::of(Vec::new(), [Cursor::new(&At::Text { call: Box::new(call) })]))
}

#[derive(Deserialize)]
struct Text {
    #[serde(default)]
    input: Map<String, Value>,
    #[serde(default)]
    output: Map<String, Value>,
    #[serde(default)]
    error: Value,
}

/// A call's text; none where it was not kept.
pub(super) fn read_text(body: &[u8], call: &Call) -> Result<Page, Unreadable> {
    let Data { data: text } = json::<Data<Text>>(body)?;
    let mut out = Collector::new();
    let read = |out: &mut Collector| {
        out.text("user", text.input.get("prompt").and_then(Value::as_str).unwrap_or_default());
        crate::wire::each_object(&text.input, "messages", |m| CHAT.read_message(m, "user", out))
    };
    read(&mut out).map_err(|_| Unreadable::shape("data.input.messages", "a list of messages"))?;
    out.turn_to_response();
    for (key, role) in [("reasoning", "thinking"), ("completion", "assistant")] {
        out.text(role, text.output.get(key).and_then(Value::as_str).unwrap_or_default());
    }
    let (mut parts, uninspected_bytes) = out.finish();
    if parts.is_empty() {
        return Ok(Page { notes: vec![NOT_KEPT.to_owned()], ..Page::default() });
    }
    parts.truncate(LIMITS.parts);
    let status = match (text.error.is_null(), call.finished) {
        (false, _) => Status::Error,
        (true, false) => Status::Truncated,
        (true, true) => Status::Ok,
    };
    let interaction = Interaction {
        id: Conversation::id("openrouter", &call.id, call.at),
        external_id: Some(call.id.clone()),
        occurred_at: call.at,
        vendor: "openrouter".to_owned(),
        model: call.model.clone(),
        source: Source::Collector,
        user: call.user.clone(),
        team: None,
        app: None,
        conversation_id: call.session.clone(),
        region: None,
        parts,
        usage: Some(call.usage),
        reported_cost: call.cost,
        latency_ms: call.latency_ms,
        ttft_ms: None,
        status,
        labels: Labels::new(),
        uninspected_bytes,
    };
    Ok(Page::of(vec![Row::Content(Box::new(Conversation { interaction }))], []))
}
