//! DeepSeek: a balance and a list of models, by api-docs.deepseek.com of November 2026. Nothing else exists.
//! The balance falls by what the world's use cost, to the cent and at once; the books say the rest of the digits.

use super::keys::{self, KeyKind, bearer};
use super::reply::{Answer, ok, status};
use super::world::{BEGINNING, By, Lag, Model, Price, Seen, Tally};
use super::{Admin, Host, Trouble, Vendor, when};
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

pub(crate) static VENDOR: Vendor = Vendor {
    id: "deepseek",
    currency: "USD",
    hosts: &[Host { label: "", real: "https://api.deepseek.com" }],
    models: &[
        model("deepseek-flash", 5, Price::of(150, 3, 600)),
        model("deepseek-v4-pro", 2, Price::of(660, 22, 1_980)),
    ],
    projects: 2,
    batches: false,
    keyless: false,
    id_of: |_, dice| dice.id("", 24),
    usage_lag: Lag { soon: 0, late: 0 },
    cost_lag: Lag { soon: 0, late: 0 },
    keys: &[
        kind("api_key", true, "validates by reading the balance"),
        kind("unknown", false, "no such key: 401 whose type says it, not its code"),
    ],
    fields: |admin, kind| keys::api_key(&VENDOR, admin, kind),
    trouble,
    routes,
};

/// What is topped up at the beginning of every 30 days, in cents.
const TOP_UP: i64 = 30_000;
/// Billionths of a dollar in a cent.
const CENT: i64 = 10_000_000;

const fn model(id: &'static str, share: u32, price: Price) -> Model {
    Model { id, name: id, created: 1_786_896_000, embeds: false, share, price }
}

const fn kind(kind: &'static str, known: bool, about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "sk-", length: 32, opens: &["models"], known, about }
}

fn routes() -> Router<Admin> {
    Router::new()
        .route("/deepseek/user/balance", get(balance))
        .route("/deepseek/models", get(models))
        .route("/deepseek/v1/models", get(models))
}

fn error(code: u16, kind: &str, name: &str, message: &str) -> Response {
    status(code, json!({"error": {"message": message, "type": kind, "param": null, "code": name}}))
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(_) => error(
            429,
            "rate_limit_error",
            "rate_limit_exceeded",
            "Rate limit reached: concurrency limit exceeded",
        ),
        Trouble::Broken(code) => {
            error(code, "service_unavailable_error", "invalid_request_error", "Service is too busy.")
        }
    }
}

fn enter(admin: &Admin, headers: &HeaderMap) -> Result<(), Response> {
    let refused = |text: &str| error(401, "authentication_error", "invalid_request_error", text);
    let Some(key) = bearer(headers) else {
        return Err(refused("Authentication Fails (auth header format should be Bearer sk-...)"));
    };
    if admin.known(&VENDOR, key).is_some() {
        return Ok(());
    }
    let tail: String = key.chars().skip(key.chars().count().saturating_sub(4)).collect();
    Err(refused(&format!("Authentication Fails, Your api key: ****{tail} is invalid")))
}

async fn balance(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    enter(&admin, &headers)?;
    let now = admin.now();
    let sums =
        admin.account(&VENDOR).sums((BEGINNING, now), Seen::Usage(now), By::default(), None, &|d| Some(*d));
    let spent: i64 = sums.values().map(Tally::total).sum();
    let paid = ((now - BEGINNING).max(0) / (30 * when::DAY) + 1) * TOP_UP;
    let left = (paid * CENT - spent).max(0) / CENT;
    let text = format!("{}.{:02}", left / 100, left % 100);
    Ok(ok(json!({
        "is_available": left > 0,
        "balance_infos": [{"currency": "USD", "total_balance": text, "granted_balance": "0.00", "topped_up_balance": text}],
    })))
}

async fn models(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    enter(&admin, &headers)?;
    let model = |m: &Model| json!({"id": m.id, "object": "model", "owned_by": "deepseek"});
    Ok(ok(json!({"object": "list", "data": VENDOR.models.iter().map(model).collect::<Vec<Value>>()})))
}
