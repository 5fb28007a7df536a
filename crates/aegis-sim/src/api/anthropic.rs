//! Anthropic's `/v1/messages` and `/v1/models`, by the API reference and the official SDK of November 2026.
//! `answer` is also called in-process, by the traffic generator when it writes history.

use super::answer::{Answer, Finish, Timing, compose};
use super::models::{self, Vendor};
use super::prompt::{Prompt, Said, Speaker, essence, tokens};
use super::{Sim, sse};
use crate::dice::Dice;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// Versions of the API that are served; the newer one refuses sampling parameters.
const VERSIONS: [&str; 2] = ["2023-06-01", NEWEST];
const NEWEST: &str = "2026-10-21";

pub(super) fn routes() -> Router<Sim> {
    Router::new()
        .route("/messages", post(messages))
        .route("/models", get(list_models))
        .route("/models/{id}", get(one_model))
}

/// An error as the vendor shapes it.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub status: StatusCode,
    pub body: Value,
}

impl Refusal {
    fn new(status: StatusCode, kind: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let request_id = Dice::new(0, "anthropic error", message.as_bytes()).id("req_011C", 20);
        let error = json!({"type": kind, "message": message});
        Refusal { status, body: json!({"type": "error", "error": error, "request_id": request_id}) }
    }

    fn invalid(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::BAD_REQUEST, "invalid_request_error", message)
    }

    /// What too many calls get.
    pub fn rate_limit() -> Self {
        let message =
            "This request would exceed the rate limit for your organization. Please try again later.";
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "rate_limit_error", message)
    }

    /// What a caller gets when the vendor itself is in trouble.
    pub fn overloaded() -> Self {
        let status = StatusCode::from_u16(529).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        Refusal::new(status, "overloaded_error", "Overloaded")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let id = self.body["request_id"].as_str().and_then(|id| HeaderValue::from_str(id).ok());
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(id) = id {
            response.headers_mut().insert("request-id", id);
        }
        response
    }
}

/// A completed message, before it is put on the wire.
pub(crate) struct Message {
    id: String,
    model: &'static str,
    answer: Answer,
    tool_id: String,
    usage: Value,
    pub timing: Timing,
}

async fn messages(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    let version = match check_key(&headers).and_then(|()| check_version(&headers)) {
        Ok(version) => version,
        Err(refusal) => return refusal.into_response(),
    };
    let Ok(request) = serde_json::from_slice::<Value>(&body) else {
        return Refusal::invalid("The request body is not valid JSON").into_response();
    };
    if version == NEWEST
        && let Some(key) = ["temperature", "top_p", "top_k"].iter().find(|k| request.get(k).is_some())
    {
        return Refusal::invalid(format!("{key}: Extra inputs are not permitted")).into_response();
    }
    let message = match answer(sim.seed, &request) {
        Ok(message) => message,
        Err(refusal) => return refusal.into_response(),
    };
    let headers = message.headers();
    if request.get("stream").and_then(Value::as_bool).unwrap_or(false) {
        return sse::response(sse::paced(message.stream(), message.timing), headers);
    }
    tokio::time::sleep(message.timing.latency).await;
    (headers, Json(message.whole())).into_response()
}

async fn list_models(headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    check_key(&headers)?;
    check_version(&headers)?;
    let data: Vec<Value> = models::of(Vendor::Anthropic).map(model_json).collect();
    let end = |v: Option<&Value>| v.map(|m| m["id"].clone());
    Ok(Json(json!({
        "first_id": end(data.first()), "last_id": end(data.last()), "has_more": false, "data": data
    })))
}

async fn one_model(Path(id): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    check_key(&headers)?;
    check_version(&headers)?;
    models::find(Vendor::Anthropic, &id).map(|m| Json(model_json(m))).ok_or_else(|| unknown_model(&id))
}

fn model_json(model: &models::Model) -> Value {
    let created =
        aegis_domain::Timestamp::from_millis(model.created * 1000).to_string().replace(".000Z", "Z");
    json!({"type": "model", "id": model.snapshot, "display_name": model.display_name, "created_at": created})
}

fn unknown_model(id: &str) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "not_found_error", format!("model: {id}"))
}

/// Any `sk-ant-…` key will do, in either header the SDKs use.
fn check_key(headers: &HeaderMap) -> Result<(), Refusal> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    let key = text("x-api-key").or_else(|| text("authorization").and_then(|v| v.strip_prefix("Bearer ")));
    match key {
        Some(key) if key.starts_with("sk-ant-") && key.len() >= 20 => Ok(()),
        Some(_) => Err(Refusal::new(StatusCode::UNAUTHORIZED, "authentication_error", "invalid x-api-key")),
        None => Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "authentication_error",
            "x-api-key header is required",
        )),
    }
}

fn check_version(headers: &HeaderMap) -> Result<&'static str, Refusal> {
    let Some(asked) = headers.get("anthropic-version").and_then(|v| v.to_str().ok()) else {
        return Err(Refusal::invalid("anthropic-version: header is required"));
    };
    VERSIONS
        .into_iter()
        .find(|v| *v == asked)
        .ok_or_else(|| Refusal::invalid(format!("anthropic-version: \"{asked}\" is not a valid version")))
}

/// Answers a request, or refuses it.
pub(crate) fn answer(seed: u64, request: &Value) -> Result<Message, Refusal> {
    let prompt = read(request)?;
    let bytes = essence(request);
    let mut dice = Dice::new(seed, "anthropic", bytes.as_bytes());
    let answer = compose(&prompt, &mut dice);
    let cached = bytes.contains("\"cache_control\"");
    let usage = usage(prompt.tokens(), cached, &answer, &mut dice);
    let timing = answer.timing;
    let (id, tool_id) = (dice.id("msg_01", 22), dice.id("toolu_01", 22));
    Ok(Message { id, model: prompt.model.snapshot, answer, tool_id, usage, timing })
}

/// Cached tokens are left out of `input_tokens`; most calls find the cache as an earlier one left it.
fn usage(input: u64, cached: bool, answer: &Answer, dice: &mut Dice) -> Value {
    let prefix = if cached && input >= 1024 { input * 4 / 5 } else { 0 };
    let (read, written) = if dice.chance(0.85) { (prefix, 0) } else { (0, prefix) };
    json!({
        "input_tokens": input - prefix,
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": read,
        "cache_creation": {"ephemeral_5m_input_tokens": written, "ephemeral_1h_input_tokens": 0},
        "output_tokens": answer.tokens + answer.reasoning_tokens,
        "service_tier": "standard",
        "inference_geo": "global",
        "output_tokens_details": {"thinking_tokens": answer.reasoning_tokens}
    })
}

fn read(request: &Value) -> Result<Prompt, Refusal> {
    let Some(name) = request.get("model").and_then(Value::as_str) else {
        return Err(Refusal::invalid("model: Field required"));
    };
    let Some(max_tokens) = request.get("max_tokens").and_then(Value::as_u64).filter(|n| *n > 0) else {
        return Err(Refusal::invalid("max_tokens: Field required"));
    };
    let Some(messages) = request.get("messages").and_then(Value::as_array) else {
        return Err(Refusal::invalid("messages: Field required"));
    };
    if messages.is_empty() {
        return Err(Refusal::invalid("messages: at least one message is required"));
    }
    let model = models::find(Vendor::Anthropic, name).ok_or_else(|| unknown_model(name))?;
    let mut other_tokens = 0;
    let mut said = Vec::new();
    if let Some(system) = request.get("system") {
        read_content(system, Speaker::System, &mut said, &mut other_tokens);
    }
    for (i, message) in messages.iter().enumerate() {
        let by = match message.get("role").and_then(Value::as_str) {
            Some("user") => Speaker::User,
            Some("assistant") => Speaker::Assistant,
            Some("system") => Speaker::System,
            _ => {
                let message = format!("messages.{i}.role: Input should be 'user' or 'assistant'");
                return Err(Refusal::invalid(message));
            }
        };
        let Some(content) = message.get("content") else {
            return Err(Refusal::invalid(format!("messages.{i}.content: Field required")));
        };
        read_content(content, by, &mut said, &mut other_tokens);
    }
    let tools = request.get("tools").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    other_tokens += tools.iter().map(|t| tokens(&t.to_string())).sum::<u64>();
    let json = request.pointer("/output_config/format/schema").cloned();
    let tools = tools.iter().filter_map(tool).collect();
    let prompt = Prompt { model, said, tools, json, max_tokens: Some(max_tokens), other_tokens };
    let asked = prompt.tokens();
    if asked > model.context {
        let message = format!("prompt is too long: {asked} tokens > {} maximum", model.context);
        return Err(Refusal::invalid(message));
    }
    Ok(prompt)
}

/// Text blocks are said by the message's role, tool results by the tool; everything else counts as tokens.
fn read_content(content: &Value, by: Speaker, said: &mut Vec<Said>, other_tokens: &mut u64) {
    let blocks = match content {
        Value::String(text) => {
            said.push(Said { by, text: text.clone() });
            return;
        }
        other => other.as_array().map(Vec::as_slice).unwrap_or_default(),
    };
    for block in blocks {
        let (by, text) = match block.get("type").and_then(Value::as_str) {
            Some("text") => (by, block.get("text").and_then(Value::as_str)),
            Some("document") => (by, block.pointer("/source/data").and_then(Value::as_str)),
            Some("tool_result") => {
                let inner = block.get("content");
                let text = inner.and_then(Value::as_str);
                (Speaker::Tool, text.or_else(|| inner?.pointer("/0/text")?.as_str()))
            }
            Some("image") => {
                *other_tokens += 1_100;
                continue;
            }
            _ => {
                *other_tokens += tokens(&block.to_string());
                continue;
            }
        };
        said.push(Said { by, text: text.unwrap_or_default().to_owned() });
    }
}

fn tool(tool: &Value) -> Option<(String, Value)> {
    let schema = tool.get("input_schema").cloned().unwrap_or_else(|| json!({"type": "object"}));
    Some((tool.get("name")?.as_str()?.to_owned(), schema))
}

fn stop_reason(finish: Finish) -> &'static str {
    match finish {
        Finish::Done => "end_turn",
        Finish::Length => "max_tokens",
        Finish::ToolCall => "tool_use",
    }
}

impl Message {
    /// The answer to a call that does not stream.
    pub fn whole(&self) -> Value {
        let mut content = Vec::new();
        if !self.answer.text.is_empty() {
            content.push(json!({"type": "text", "text": self.answer.text}));
        }
        if let Some((name, input)) = &self.answer.call {
            content.push(json!({"type": "tool_use", "id": self.tool_id, "name": name, "input": input}));
        }
        let mut message = self.head();
        message["content"] = Value::Array(content);
        message["stop_reason"] = json!(stop_reason(self.answer.finish));
        message["usage"] = self.usage.clone();
        message
    }

    /// A message that has not begun.
    fn head(&self) -> Value {
        let mut usage = self.usage.clone();
        usage["output_tokens"] = json!(1);
        if let Some(usage) = usage.as_object_mut() {
            usage.remove("output_tokens_details");
        }
        json!({
            "id": self.id, "type": "message", "role": "assistant", "model": self.model, "content": [],
            "stop_reason": null, "stop_sequence": null, "stop_details": null, "usage": usage
        })
    }

    /// The events of a call that streams.
    pub fn stream(&self) -> Vec<Bytes> {
        let mut out = vec![json!({"type": "message_start", "message": self.head()})];
        let mut index = 0;
        let mut block = |start: Value, deltas: Vec<Value>| {
            out.push(json!({"type": "content_block_start", "index": index, "content_block": start}));
            if index == 0 {
                out.push(json!({"type": "ping"}));
            }
            for delta in deltas {
                out.push(json!({"type": "content_block_delta", "index": index, "delta": delta}));
            }
            out.push(json!({"type": "content_block_stop", "index": index}));
            index += 1;
        };
        if !self.answer.text.is_empty() {
            let deltas = sse::pieces(&self.answer.text).into_iter();
            let deltas = deltas.map(|p| json!({"type": "text_delta", "text": p})).collect();
            block(json!({"type": "text", "text": ""}), deltas);
        }
        if let Some((name, input)) = &self.answer.call {
            let input = input.to_string();
            let pieces = std::iter::once("").chain(sse::pieces(&input));
            let deltas = pieces.map(|p| json!({"type": "input_json_delta", "partial_json": p})).collect();
            block(json!({"type": "tool_use", "id": self.tool_id, "name": name, "input": {}}), deltas);
        }
        let delta = json!({
            "stop_reason": stop_reason(self.answer.finish), "stop_sequence": null, "stop_details": null
        });
        out.push(json!({"type": "message_delta", "delta": delta, "usage": self.final_usage()}));
        out.push(json!({"type": "message_stop"}));
        out.iter().map(sse::event).collect()
    }

    /// The figures as they stand at the end of a stream.
    fn final_usage(&self) -> Value {
        let mut usage = self.usage.clone();
        if let Some(usage) = usage.as_object_mut() {
            for key in ["cache_creation", "service_tier", "inference_geo"] {
                usage.remove(key);
            }
        }
        usage
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("request-id", format!("req_011C{}", &self.id["msg_01".len()..])),
            ("anthropic-ratelimit-requests-limit", "4000".into()),
            ("anthropic-ratelimit-requests-remaining", "3999".into()),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        headers
    }
}
