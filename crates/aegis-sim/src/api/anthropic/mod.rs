//! Anthropic's `/v1/messages` and `/v1/models`, by the API reference and the official SDK of November 2026.
//! `answer` is also called in-process, by the traffic generator when it writes history.

mod read;
mod write;

pub(crate) use write::Message;

use super::answer::{Answer, compose};
use super::models::{self, Vendor};
use super::prompt::essence;
use super::{Sim, sse};
use crate::admin::UNKNOWN;
use crate::dice::Dice;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
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

    /// What a key gets that may not do this.
    fn not_permitted() -> Self {
        let message = "Your API key does not have permission to use the specified resource.";
        Refusal::new(StatusCode::FORBIDDEN, "permission_error", message)
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

/// Any `sk-ant-…` key will do, in either header the SDKs use; an administrator's opens no models.
fn check_key(headers: &HeaderMap) -> Result<(), Refusal> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    let key = text("x-api-key").or_else(|| text("authorization").and_then(|v| v.strip_prefix("Bearer ")));
    match key {
        Some(key) if key.starts_with("sk-ant-") && key.len() >= 20 && !key.contains(UNKNOWN) => {
            let admin = key.starts_with("sk-ant-admin01-") || key.starts_with("sk-ant-api01-");
            if admin { Err(Refusal::not_permitted()) } else { Ok(()) }
        }
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
    let prompt = read::read(request)?;
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
