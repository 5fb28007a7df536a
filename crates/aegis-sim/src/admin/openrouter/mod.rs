//! OpenRouter's management API, by its OpenAPI document and guides of July and August 2026.
//! Traps kept: money is dollars as numbers, counts in analytics are text; names come back where ids are asked for; the
//! key list has no total and shows the default workspace only; traffic through a customer's own key is charged elsewhere.

mod activity;
mod analytics;
mod generations;
mod lists;

use super::keys::{self, KeyKind, bearer, header};
use super::params::Wrong;
use super::reply::{status, with};
use super::world::{Dims, Lag, Model, Price, Subject, Tally};
use super::{Admin, Host, Trouble, Vendor};
use crate::dice::Dice;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::json;

pub(crate) static VENDOR: Vendor = Vendor {
    id: "openrouter",
    currency: "USD",
    hosts: &[Host { label: "", real: "https://openrouter.ai" }],
    models: &[
        model("openai/gpt-4.1", "OpenAI: GPT-4.1", 1_744_651_385, 4, Price::of(2_000, 500, 8_000)),
        model("deepseek/deepseek-chat", "DeepSeek: Chat", 1_744_651_385, 3, Price::of(140, 0, 280)),
        model(
            "anthropic/claude-sonnet-4",
            "Anthropic: Claude Sonnet 4",
            1_747_930_371,
            2,
            Price::of(3_000, 300, 15_000),
        ),
    ],
    projects: 3,
    batches: false,
    keyless: true,
    id_of,
    usage_lag: Lag { soon: 2, late: 24 * 60 },
    cost_lag: Lag { soon: 2, late: 24 * 60 },
    keys: &[
        kind("management", &["management"], "management key: everything but completions"),
        kind("inference", &["inference"], "inference key: itself only, 403 on management paths"),
        KeyKind { known: false, ..kind("unknown", &[], "no such key, or expired: 401 User not found") },
    ],
    fields: |admin, kind| keys::api_key(&VENDOR, admin, kind),
    trouble,
    routes,
};

/// The model that goes through the customer's own key at another vendor.
const BYOK: usize = 2;
/// Who runs each model, and the model's full name there.
const PROVIDERS: [(&str, &str); 3] = [
    ("OpenAI", "openai/gpt-4.1-2025-04-14"),
    ("DeepInfra", "deepseek/deepseek-chat"),
    ("Amazon Bedrock", "anthropic/claude-4-sonnet-20250522"),
];

const fn model(id: &'static str, name: &'static str, created: i64, share: u32, price: Price) -> Model {
    Model { id, name, created, embeds: false, share, price }
}

const fn kind(kind: &'static str, opens: &'static [&'static str], about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "sk-or-v1-", length: 64, opens, known: true, about }
}

fn id_of(subject: Subject, dice: &mut Dice) -> String {
    const HEX: &[u8] = b"0123456789abcdef";
    match subject {
        Subject::Organisation => dice.id("org_2x", 24),
        Subject::Member => dice.id("user_2x", 24),
        Subject::Key => dice.word(HEX, 64),
        Subject::Project | Subject::Act | Subject::Chat => uuid(dice),
    }
}

fn uuid(dice: &mut Dice) -> String {
    let hex = dice.word(b"0123456789abcdef", 26);
    format!("{}-{}-5740-b2{}-{}", &hex[..8], &hex[8..12], &hex[12..14], &hex[14..26])
}

fn routes() -> Router<Admin> {
    let api = Router::new()
        .route("/key", get(lists::key))
        .route("/keys", get(lists::keys))
        .route("/keys/{hash}", get(lists::one_key))
        .route("/credits", get(lists::credits))
        .route("/organization/members", get(lists::members))
        .route("/workspaces", get(lists::workspaces))
        .route("/workspaces/{id}/members", get(lists::workspace_members))
        .route("/workspaces/{id}/budgets", get(lists::budgets))
        .route("/byok", get(lists::byok))
        .route("/models", get(lists::models))
        .route("/activity", get(activity::activity))
        .route("/analytics/meta", get(analytics::meta))
        .route("/analytics/query", post(analytics::query))
        .route("/generation", get(generations::one))
        .route("/generation/content", get(generations::content));
    Router::new().nest("/openrouter/api/v1", api)
}

fn error(code: u16, message: &str) -> Response {
    status(code, json!({"error": {"code": code, "message": message}}))
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(seconds) => {
            let body = json!({"error": {"code": 429, "message": "Rate limit exceeded",
                              "metadata": {"error_type": "rate_limit_exceeded"}}});
            let limited =
                with(with(status(429, body), "x-ratelimit-limit", "64"), "x-ratelimit-remaining", "0");
            with(limited, "retry-after", &seconds.to_string())
        }
        Trouble::Broken(408) => error(408, "Operation timed out. Please try again later."),
        Trouble::Broken(code) => error(code, "Internal Server Error"),
    }
}

fn wrong(_: Wrong) -> Response {
    error(400, "Invalid request parameters")
}

fn not_found() -> Response {
    error(404, "Resource not found")
}

/// The kind of the key that was sent.
fn presented(admin: &Admin, headers: &HeaderMap) -> Result<&'static KeyKind, Response> {
    if header(headers, "authorization").is_none() {
        return Err(error(401, "Missing Authentication header"));
    }
    bearer(headers).and_then(|key| admin.known(&VENDOR, key)).ok_or_else(|| error(401, "User not found."))
}

fn allow(admin: &Admin, headers: &HeaderMap) -> Result<(), Response> {
    match presented(admin, headers)?.opens("management") {
        true => Ok(()),
        false => Err(error(403, "Only management keys can perform this operation")),
    }
}

/// Dollars taken from credits, and dollars at the other vendor; together what the use cost. A twentieth is the fee, and
/// the prices of that model are multiples of twenty.
fn charged(model: usize, tally: &Tally) -> (i64, i64) {
    let total = tally.total();
    if model == BYOK { (total / 20, total - total / 20) } else { (total, 0) }
}

/// Keeps what has one of the given ids.
fn only(dims: &Dims, key: Option<usize>, user: Option<usize>) -> Option<Dims> {
    let kept = key.is_none_or(|k| dims.key == Some(k)) && user.is_none_or(|u| dims.user == Some(u));
    kept.then_some(*dims)
}
