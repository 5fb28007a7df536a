//! OpenAI's `/v1/chat/completions` and `/v1/models`, by the API reference and the official SDK of November 2026.
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
use serde_json::{Map, Value, json};

pub(super) fn routes() -> Router<Sim> {
    Router::new()
        .route("/chat/completions", post(chat))
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
    fn new(status: StatusCode, kind: &str, message: String, param: Option<&str>, code: Option<&str>) -> Self {
        let body = json!({"error": {"message": message, "type": kind, "param": param, "code": code}});
        Refusal { status, body }
    }

    fn invalid(message: impl Into<String>, param: Option<&str>, code: Option<&str>) -> Self {
        Refusal::new(StatusCode::BAD_REQUEST, "invalid_request_error", message.into(), param, code)
    }

    /// What too many calls get.
    pub fn rate_limit(model: &str) -> Self {
        let message =
            format!("Rate limit reached for {model} on tokens per min (TPM). Please try again in 1s.");
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "tokens", message, None, Some("rate_limit_exceeded"))
    }

    /// What a caller gets when the vendor itself is in trouble.
    pub fn overloaded() -> Self {
        let message = "The server is currently overloaded with other requests. Sorry about that!".to_owned();
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "server_error", message, None, None)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

/// A completed chat, before it is put on the wire.
pub(crate) struct Chat {
    id: String,
    created: i64,
    model: &'static str,
    choices: Vec<(Answer, String)>,
    usage: Value,
    pub timing: Timing,
}

async fn chat(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(refusal) = check_key(&headers) {
        return refusal.into_response();
    }
    let Ok(request) = serde_json::from_slice::<Value>(&body) else {
        let message = "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)";
        return Refusal::invalid(message, None, None).into_response();
    };
    let chat = match answer(sim.seed, &request, sim.unix_seconds()) {
        Ok(chat) => chat,
        Err(refusal) => return refusal.into_response(),
    };
    let headers = chat.headers();
    if flag(&request, "/stream") {
        let events = chat.stream(flag(&request, "/stream_options/include_usage"));
        return sse::response(sse::paced(events, chat.timing), headers);
    }
    tokio::time::sleep(chat.timing.latency).await;
    (headers, Json(chat.whole())).into_response()
}

async fn list_models(headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    check_key(&headers)?;
    let data: Vec<Value> = models::of(Vendor::OpenAi).map(model_json).collect();
    Ok(Json(json!({"object": "list", "data": data})))
}

async fn one_model(Path(id): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    check_key(&headers)?;
    models::find(Vendor::OpenAi, &id).map(|m| Json(model_json(m))).ok_or_else(|| unknown_model(&id))
}

fn model_json(model: &models::Model) -> Value {
    json!({"id": model.snapshot, "object": "model", "created": model.created, "owned_by": "system"})
}

fn unknown_model(id: &str) -> Refusal {
    let message = format!("The model `{id}` does not exist or you do not have access to it.");
    Refusal::new(StatusCode::NOT_FOUND, "invalid_request_error", message, None, Some("model_not_found"))
}

/// Any `sk-…` key will do, but there must be one.
fn check_key(headers: &HeaderMap) -> Result<(), Refusal> {
    let bearer =
        headers.get("authorization").and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let kind = "invalid_request_error";
    let Some(key) = bearer.map(str::trim).filter(|k| !k.is_empty()) else {
        let message = "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).";
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, kind, message.into(), None, None));
    };
    if key.starts_with("sk-") && !key.starts_with("sk-admin-") && key.len() >= 20 {
        return Ok(());
    }
    let message = format!(
        "Incorrect API key provided: {}. You can find your API key at https://platform.openai.com/account/api-keys.",
        mask_key(key)
    );
    Err(Refusal::new(StatusCode::UNAUTHORIZED, kind, message, None, Some("invalid_api_key")))
}

/// First eight and last four characters, as the vendor shows keys.
fn mask_key(key: &str) -> String {
    let chars: Vec<char> = key.chars().collect();
    let head: String = chars.iter().take(8).collect();
    let tail: String = chars.iter().skip(chars.len().saturating_sub(4).max(8)).collect();
    format!("{head}*******{tail}")
}

/// Answers a request, or refuses it, as of `created` (Unix seconds).
pub(crate) fn answer(seed: u64, request: &Value, created: i64) -> Result<Chat, Refusal> {
    let prompt = read(request)?;
    let bytes = essence(request);
    let mut dice = Dice::new(seed, "openai", bytes.as_bytes());
    let n = request.get("n").and_then(Value::as_i64).unwrap_or(1);
    if !(1..=8).contains(&n) {
        return Err(Refusal::invalid("Invalid 'n': expected a value between 1 and 8.", Some("n"), None));
    }
    let choices: Vec<(Answer, String)> =
        (0..n).map(|_| (compose(&prompt, &mut dice), dice.id("call_", 24))).collect();
    let timing = choices.iter().map(|(a, _)| a.timing).max_by_key(|t| t.latency).unwrap_or(Timing::ZERO);
    let usage = usage(&prompt, &choices, &mut dice);
    let id = dice.id("chatcmpl-D", 28);
    Ok(Chat { id, created, model: prompt.model.snapshot, choices, usage, timing })
}

/// Prompts from 1,024 tokens up are cached by prefix, in steps of 128 tokens, when the same prefix came before.
fn usage(prompt: &Prompt, choices: &[(Answer, String)], dice: &mut Dice) -> Value {
    let input = prompt.tokens();
    let cached = if input >= 1024 && dice.chance(0.7) { input / 128 * 128 } else { 0 };
    let reasoning: u64 = choices.iter().map(|(a, _)| a.reasoning_tokens).sum();
    let output = reasoning + choices.iter().map(|(a, _)| a.tokens).sum::<u64>();
    json!({
        "prompt_tokens": input,
        "completion_tokens": output,
        "total_tokens": input + output,
        "prompt_tokens_details": {"cached_tokens": cached, "cache_write_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {
            "reasoning_tokens": reasoning, "audio_tokens": 0,
            "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0
        }
    })
}

fn read(request: &Value) -> Result<Prompt, Refusal> {
    let Some(name) = request.get("model").and_then(Value::as_str) else {
        return Err(Refusal::invalid("you must provide a model parameter", None, None));
    };
    let model = models::find(Vendor::OpenAi, name).ok_or_else(|| unknown_model(name))?;
    let Some(messages) = request.get("messages").and_then(Value::as_array) else {
        let message = "Missing required parameter: 'messages'.";
        return Err(Refusal::invalid(message, Some("messages"), Some("missing_required_parameter")));
    };
    if messages.is_empty() {
        let message = "Invalid 'messages': empty array. Expected an array with minimum length 1.";
        return Err(Refusal::invalid(message, Some("messages"), Some("empty_array")));
    }
    let mut other_tokens = 0;
    let mut said = Vec::with_capacity(messages.len());
    for (i, message) in messages.iter().enumerate() {
        let by = speaker(message, i)?;
        said.push(Said { by, text: content(message, &mut other_tokens) });
    }
    let tools = request.get("tools").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    other_tokens += tools.iter().map(|t| tokens(&t.to_string())).sum::<u64>();
    let max_tokens = ["max_completion_tokens", "max_tokens"].iter().find_map(|k| request.get(k)?.as_u64());
    let prompt = Prompt {
        model,
        said,
        tools: tools.iter().filter_map(tool).collect(),
        json: json_wanted(request),
        max_tokens,
        other_tokens,
    };
    let asked = prompt.tokens();
    if asked > model.context {
        let message = format!(
            "This model's maximum context length is {} tokens. However, your messages resulted in {asked} tokens. Please reduce the length of the messages.",
            model.context
        );
        return Err(Refusal::invalid(message, Some("messages"), Some("context_length_exceeded")));
    }
    Ok(prompt)
}

fn speaker(message: &Value, i: usize) -> Result<Speaker, Refusal> {
    match message.get("role").and_then(Value::as_str) {
        Some("system" | "developer") => Ok(Speaker::System),
        Some("user") => Ok(Speaker::User),
        Some("assistant") => Ok(Speaker::Assistant),
        Some("tool" | "function") => Ok(Speaker::Tool),
        Some(other) => {
            let message = format!(
                "Invalid value: '{other}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'."
            );
            Err(Refusal::invalid(message, Some(&format!("messages[{i}].role")), Some("invalid_value")))
        }
        None => {
            let param = format!("messages[{i}].role");
            let message = format!("Missing required parameter: '{param}'.");
            Err(Refusal::invalid(message, Some(&param), Some("missing_required_parameter")))
        }
    }
}

/// A message's text; images and files count as tokens.
fn content(message: &Value, other_tokens: &mut u64) -> String {
    match message.get("content") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            let mut texts = Vec::new();
            for part in parts {
                match part.get("text").and_then(Value::as_str) {
                    Some(text) => texts.push(text),
                    None => *other_tokens += 765, // a 1024 × 1024 image at high detail
                }
            }
            texts.join("\n")
        }
        _ => String::new(),
    }
}

fn tool(tool: &Value) -> Option<(String, Value)> {
    let function = tool.get("function")?;
    let schema = function.get("parameters").cloned().unwrap_or_else(|| json!({"type": "object"}));
    Some((function.get("name")?.as_str()?.to_owned(), schema))
}

fn json_wanted(request: &Value) -> Option<Value> {
    match request.pointer("/response_format/type")?.as_str()? {
        "json_schema" => request.pointer("/response_format/json_schema/schema").cloned(),
        "json_object" => Some(json!({"type": "object"})),
        _ => None,
    }
}

fn flag(request: &Value, pointer: &str) -> bool {
    request.pointer(pointer).and_then(Value::as_bool).unwrap_or(false)
}

fn finish_reason(finish: Finish) -> &'static str {
    match finish {
        Finish::Done => "stop",
        Finish::Length => "length",
        Finish::ToolCall => "tool_calls",
    }
}

impl Chat {
    /// The answer to a call that does not stream.
    pub fn whole(&self) -> Value {
        let choices: Vec<Value> = self
            .choices
            .iter()
            .enumerate()
            .map(|(index, (answer, call_id))| {
                let mut message = json!({
                    "role": "assistant", "content": answer.text, "refusal": null, "annotations": []
                });
                if let Some((name, input)) = &answer.call {
                    let function = json!({"name": name, "arguments": input.to_string()});
                    message["content"] = Value::Null;
                    message["tool_calls"] =
                        json!([{"id": call_id, "type": "function", "function": function}]);
                }
                let reason = finish_reason(answer.finish);
                json!({"index": index, "message": message, "logprobs": null, "finish_reason": reason})
            })
            .collect();
        json!({
            "id": self.id, "object": "chat.completion", "created": self.created, "model": self.model,
            "choices": choices, "usage": self.usage,
            "service_tier": "default", "system_fingerprint": null
        })
    }

    /// The events of a call that streams; usage only for who asked for it.
    pub fn stream(&self, with_usage: bool) -> Vec<Bytes> {
        let mut out = Vec::new();
        for (index, (answer, call_id)) in self.choices.iter().enumerate() {
            let mut delta = |delta: Value, finish: Option<&str>| {
                let choice =
                    json!({"index": index, "delta": delta, "logprobs": null, "finish_reason": finish});
                out.push(self.chunk(vec![choice], with_usage.then_some(Value::Null)));
            };
            delta(json!({"role": "assistant", "content": "", "refusal": null}), None);
            for piece in sse::pieces(&answer.text) {
                delta(json!({"content": piece}), None);
            }
            if let Some((name, input)) = &answer.call {
                let call = json!({"index": 0, "id": call_id, "type": "function", "function": {"name": name, "arguments": ""}});
                delta(json!({"tool_calls": [call]}), None);
                for piece in sse::pieces(&input.to_string()) {
                    delta(json!({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}), None);
                }
            }
            delta(json!({}), Some(finish_reason(answer.finish)));
        }
        if with_usage {
            out.push(self.chunk(Vec::new(), Some(self.usage.clone())));
        }
        out.push(Bytes::from_static(b"data: [DONE]\n\n"));
        out
    }

    fn chunk(&self, choices: Vec<Value>, usage: Option<Value>) -> Bytes {
        let mut chunk = Map::new();
        chunk.insert("id".into(), json!(self.id));
        chunk.insert("object".into(), json!("chat.completion.chunk"));
        chunk.insert("created".into(), json!(self.created));
        chunk.insert("model".into(), json!(self.model));
        chunk.insert("service_tier".into(), json!("default"));
        chunk.insert("system_fingerprint".into(), Value::Null);
        chunk.insert("choices".into(), Value::Array(choices));
        if let Some(usage) = usage {
            chunk.insert("usage".into(), usage);
        }
        sse::data(&Value::Object(chunk))
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut set = |name: &'static str, value: String| {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        set("x-request-id", format!("req_{}", &self.id["chatcmpl-".len()..]));
        set("openai-version", "2020-10-01".into());
        set("openai-processing-ms", self.timing.latency.as_millis().to_string());
        set("x-ratelimit-limit-requests", "10000".into());
        set("x-ratelimit-remaining-requests", "9999".into());
        headers
    }
}
