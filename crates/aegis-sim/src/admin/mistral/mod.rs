//! Mistral: models by inference key, and the Admin API (Enterprise, preview), by platform-docs-public 1.7.7 of August
//! 2026. Traps kept: one calendar month for a call; no cost, but quantities beside prices in three ways to write a
//! number; euros; three shapes of errors; audit logs are a bare list whose `before` is inclusive.

mod lists;
mod usage;

use super::keys::{self, KeyKind, bearer, header};
use super::params::Wrong;
use super::reply::{Answer, ok, status, with};
use super::world::{Lag, Model, Price, Subject};
use super::{Admin, Host, Trouble, Vendor};
use crate::dice::Dice;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

pub(crate) static VENDOR: Vendor = Vendor {
    id: "mistral",
    currency: "EUR",
    hosts: &[Host { label: "", real: "https://api.mistral.ai" }],
    models: &[
        model("mistral-large-2512", "mistral-large-latest", 1_764_547_200, 2, Price::of(450, 45, 1_350)),
        model("mistral-small-2603", "mistral-small-latest", 1_773_187_200, 5, Price::of(140, 14, 560)),
    ],
    projects: 3,
    batches: false,
    keyless: false,
    id_of,
    usage_lag: Lag { soon: 60, late: 40 * 60 },
    cost_lag: Lag { soon: 60, late: 40 * 60 },
    keys: &[
        kind("admin", &["admin"], "Backoffice key of the organization (Enterprise, preview)"),
        kind("inference", &["models"], "validates and lists models, nothing else"),
        KeyKind { known: false, ..kind("unknown", &[], "no such key") },
    ],
    fields: |admin, kind| keys::api_key(&VENDOR, admin, kind),
    trouble,
    routes,
};

/// `name` holds the alias.
const fn model(id: &'static str, alias: &'static str, created: i64, share: u32, price: Price) -> Model {
    Model { id, name: alias, created, embeds: false, share, price }
}

const fn kind(kind: &'static str, opens: &'static [&'static str], about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "", length: 32, opens, known: true, about }
}

fn id_of(_: Subject, dice: &mut Dice) -> String {
    let hex = dice.word(b"0123456789abcdef", 24);
    format!("{}-{}-4a9e-8c3f-{}", &hex[..8], &hex[8..12], &hex[12..])
}

fn routes() -> Router<Admin> {
    let admin = Router::new()
        .route("/usage", get(usage::usage))
        .route("/spend-limit", get(usage::spend_limit))
        .route("/rate-limit", get(lists::rate_limit))
        .route("/audit-logs", get(lists::audit_logs))
        .route("/users", get(lists::users))
        .route("/workspaces", get(lists::workspaces))
        .route("/api-keys", get(lists::api_keys));
    Router::new().route("/mistral/v1/models", get(models)).nest("/mistral/v1/admin", admin)
}

fn trouble(trouble: Trouble) -> Response {
    let error = |code: u16, kind: &str, message: &str| {
        status(
            code,
            json!({"object": "error", "message": message, "type": kind, "param": null, "code": null}),
        )
    };
    match trouble {
        Trouble::TooMany(seconds) => {
            with(error(429, "rate_limit_error", "Rate limit exceeded."), "retry-after", &seconds.to_string())
        }
        Trouble::Broken(code) => error(code, "server_error", "Internal server error."),
    }
}

fn wrong(name: Wrong) -> Response {
    let detail = json!([{"loc": ["query", name.0], "msg": "Input should be a valid integer, unable to parse string as an integer",
        "type": "int_parsing", "input": ""}]);
    status(422, json!({"detail": detail}))
}

/// The same key may stand in either header.
fn allow(admin: &Admin, headers: &HeaderMap, what: &str) -> Result<(), Response> {
    let key = bearer(headers).or_else(|| header(headers, "x-api-key"));
    let Some(kind) = key.and_then(|key| admin.known(&VENDOR, key)) else {
        return Err(status(401, json!({"detail": "Invalid API Key"})));
    };
    if kind.opens(what) {
        return Ok(());
    }
    Err(status(403, json!({"detail": "This API key cannot be used here"})))
}

async fn models(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers, "models")?;
    let data: Vec<Value> = VENDOR
        .models
        .iter()
        .map(|m| {
            json!({
                "id": m.id, "object": "model", "created": m.created, "owned_by": "mistralai", "name": m.id,
                "description": "A model.", "max_context_length": 262_144, "aliases": [m.name], "deprecation": null,
                "deprecation_replacement_model": null, "default_model_temperature": 0.3, "type": "base",
                "capabilities": {
                    "completion_chat": true, "function_calling": true, "reasoning": false, "completion_fim": false,
                    "fine_tuning": false, "vision": false, "ocr": false, "classification": false, "moderation": false,
                    "audio": false, "audio_transcription": false, "audio_transcription_realtime": false, "audio_speech": false,
                },
            })
        })
        .collect();
    Ok(ok(json!({"object": "list", "data": data})))
}
