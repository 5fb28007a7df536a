//! OpenAI's `/v1/chat/completions` and `/v1/models`, by the API reference and the official SDK of November 2026.
//! `answer` is also called in-process, by the traffic generator when it writes history.

mod read;
mod write;

pub(crate) use write::Chat;

use super::answer::{Answer, Timing, compose};
use super::models::{self, Vendor};
use super::prompt::{Prompt, essence};
use super::{Sim, sse};
use crate::admin::UNKNOWN;
use crate::dice::Dice;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

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

    /// What a key gets that may not do this.
    fn missing_scope(scope: &str) -> Self {
        let message = format!(
            "You have insufficient permissions for this operation. Missing scopes: {scope}. Check that you have the correct role in your organization (Reader, Writer, Owner) and project (Member, Owner), and if you're using a restricted API key, that it has the necessary scopes."
        );
        Refusal::new(StatusCode::FORBIDDEN, "invalid_request_error", message, None, None)
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

async fn chat(State(sim): State<Sim>, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(refusal) = check_key(&headers, "model.request") {
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
    check_key(&headers, "api.model.read")?;
    let data: Vec<Value> = models::of(Vendor::OpenAi).map(model_json).collect();
    Ok(Json(json!({"object": "list", "data": data})))
}

async fn one_model(Path(id): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Refusal> {
    check_key(&headers, "api.model.read")?;
    models::find(Vendor::OpenAi, &id).map(|m| Json(model_json(m))).ok_or_else(|| unknown_model(&id))
}

fn model_json(model: &models::Model) -> Value {
    json!({"id": model.snapshot, "object": "model", "created": model.created, "owned_by": "system"})
}

fn unknown_model(id: &str) -> Refusal {
    let message = format!("The model `{id}` does not exist or you do not have access to it.");
    Refusal::new(StatusCode::NOT_FOUND, "invalid_request_error", message, None, Some("model_not_found"))
}

/// Any `sk-…` key will do, but there must be one; an admin key opens no models.
fn check_key(headers: &HeaderMap, scope: &str) -> Result<(), Refusal> {
    let bearer =
        headers.get("authorization").and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let kind = "invalid_request_error";
    let Some(key) = bearer.map(str::trim).filter(|k| !k.is_empty()) else {
        let message = "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).";
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, kind, message.into(), None, None));
    };
    let known = key.len() >= 20 && !key.contains(UNKNOWN);
    if known && key.starts_with("sk-admin-") {
        return Err(Refusal::missing_scope(scope));
    }
    if known && key.starts_with("sk-") {
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
    let prompt = read::read(request)?;
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

fn flag(request: &Value, pointer: &str) -> bool {
    request.pointer(pointer).and_then(Value::as_bool).unwrap_or(false)
}
