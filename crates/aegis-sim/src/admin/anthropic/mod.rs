//! Anthropic's Admin API, Claude Enterprise analytics and Compliance API, by the reference pages of 22 August 2026.
//! `/v1/models` is the chat API's. Traps kept: amounts are cents with fractions, as text; there is no request count; a
//! null key is the playground, a null workspace the default one; a refused scope lists every scope the key has.

mod analytics;
mod compliance;
mod lists;
mod reports;

use super::keys::{self, KeyKind, bearer, header};
use super::params::Wrong;
use super::reply::{status, with};
use super::when;
use super::world::{Lag, Model, Price, Subject};
use super::{Admin, Host, Trouble, Vendor};
use crate::dice::Dice;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

pub(crate) static VENDOR: Vendor = Vendor {
    id: "anthropic",
    currency: "USD",
    hosts: &[Host { label: "", real: "https://api.anthropic.com" }],
    models: &[
        model("claude-sonnet-5-5", "Claude Sonnet 5.5", 1_791_590_400, 6, [2_000, 100, 2_500, 4_000, 10_000]),
        model("claude-haiku-5-5", "Claude Haiku 5.5", 1_790_380_800, 4, [100, 10, 125, 200, 500]),
        model("claude-opus-5-5", "Claude Opus 5.5", 1_793_059_200, 2, [4_000, 200, 5_000, 8_000, 20_000]),
    ],
    projects: 4,
    batches: true,
    keyless: true,
    id_of,
    usage_lag: Lag { soon: 5, late: 180 },
    cost_lag: Lag { soon: 10, late: 6 * 60 },
    keys: &[
        kind("admin", "sk-ant-admin01-", &["admin", "read:compliance_activities"], "a Console Admin key"),
        kind("inference", "sk-ant-api03-", &["models"], "models and messages, nothing of the organization"),
        kind(
            "enterprise",
            "sk-ant-api01-",
            &[
                "read:analytics",
                "read:compliance_activities",
                "read:compliance_user_data",
                "read:compliance_org_data",
            ],
            "a Claude Enterprise key: analytics, activities and content",
        ),
        kind(
            "enterprise_without_content",
            "sk-ant-api01-",
            &["read:compliance_activities"],
            "lacks read:compliance_user_data",
        ),
        KeyKind { known: false, ..kind("unknown_admin", "sk-ant-admin01-", &[], "no such key") },
        KeyKind { known: false, ..kind("unknown_inference", "sk-ant-api03-", &[], "no such key") },
    ],
    fields: |admin, kind| keys::api_key(&VENDOR, admin, kind),
    trouble,
    routes,
};

const fn model(id: &'static str, name: &'static str, created: i64, share: u32, price: [i64; 5]) -> Model {
    let [input, cached, write_5m, write_1h, output] = price;
    let price = Price { input, cached, write_5m, write_1h, output, search: 10_000_000 };
    Model { id, name, created, embeds: false, share, price }
}

const fn kind(
    kind: &'static str,
    prefix: &'static str,
    opens: &'static [&'static str],
    about: &'static str,
) -> KeyKind {
    KeyKind { kind, prefix, length: 95, opens, known: true, about }
}

fn id_of(subject: Subject, dice: &mut Dice) -> String {
    match subject {
        Subject::Organisation => dice.id("org_01", 22),
        Subject::Project => dice.id("wrkspc_01", 22),
        Subject::Member => dice.id("user_01", 22),
        Subject::Key => dice.id("apikey_01", 22),
        Subject::Act => dice.id("activity_01", 22),
        Subject::Chat => dice.id("claude_chat_01", 22),
    }
}

fn routes() -> Router<Admin> {
    let organizations = Router::new()
        .route("/usage_report/messages", get(reports::usage))
        .route("/usage_report/claude_code", get(analytics::claude_code))
        .route("/cost_report", get(reports::cost))
        .route("/analytics/usage_report", get(analytics::usage))
        .route("/analytics/cost_report", get(analytics::cost))
        .route("/analytics/summaries", get(analytics::summaries))
        .merge(lists::routes());
    Router::new()
        .nest("/anthropic/v1/organizations", organizations)
        .nest("/anthropic/v1/compliance", compliance::routes())
}

/// The organization's second id.
fn uuid(admin: &Admin) -> String {
    let hex = Dice::new(admin.seed, "uuid", b"anthropic").word(b"0123456789abcdef", 24);
    format!("{}-{}-4c1e-9d55-{}", &hex[..8], &hex[8..12], &hex[12..])
}

fn request_id(message: &str) -> String {
    Dice::new(0, "anthropic error", message.as_bytes()).id("req_011C", 20)
}

fn error(code: u16, kind: &str, message: impl Into<String>) -> Response {
    let message = message.into();
    let id = request_id(&message);
    let body = json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": id});
    with(status(code, body), "request-id", &id)
}

/// The compliance pages show errors without the outer type.
fn compliance_error(code: u16, kind: &str, message: impl Into<String>) -> Response {
    let message = message.into();
    let id = request_id(&message);
    with(status(code, json!({"error": {"type": kind, "message": message}})), "request-id", &id)
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(seconds) => {
            let message =
                "This request would exceed the rate limit for your organization. Please try again later.";
            with(error(429, "rate_limit_error", message), "retry-after", &seconds.to_string())
        }
        Trouble::Broken(529) => error(529, "overloaded_error", "Overloaded"),
        Trouble::Broken(504) => error(504, "timeout_error", "Request timed out"),
        Trouble::Broken(code) => error(code, "api_error", "Internal server error"),
    }
}

fn wrong(name: Wrong) -> Response {
    error(400, "invalid_request_error", format!("{}: Input is not valid", name.0))
}

/// The key, in either header that works.
fn presented(headers: &HeaderMap) -> Option<&str> {
    header(headers, "x-api-key").or_else(|| bearer(headers))
}

/// Lets Admin keys through.
fn allow(admin: &Admin, headers: &HeaderMap, what: &str) -> Result<(), Response> {
    let Some(key) = presented(headers) else {
        return Err(error(401, "authentication_error", "x-api-key header is required"));
    };
    let Some(kind) = admin.known(&VENDOR, key) else {
        return Err(error(401, "authentication_error", "invalid x-api-key"));
    };
    if header(headers, "anthropic-version").is_none() {
        return Err(error(400, "invalid_request_error", "anthropic-version: header is required"));
    }
    if !kind.opens(what) {
        let message = "Your API key does not have permission to use the specified resource.";
        return Err(error(403, "permission_error", message));
    }
    Ok(())
}

/// Lets keys through that have a scope; who lacks it is told what it has.
fn allow_scope(admin: &Admin, headers: &HeaderMap, scope: &str) -> Result<(), Response> {
    let Some(kind) = presented(headers).and_then(|key| admin.known(&VENDOR, key)) else {
        let message = "The API key provided is invalid or has been revoked.";
        return Err(compliance_error(401, "authentication_error", message));
    };
    if kind.opens(scope) {
        return Ok(());
    }
    let got: Vec<String> =
        kind.opens.iter().filter(|o| o.starts_with("read:")).map(|o| format!("'{o}'")).collect();
    let message = format!("Missing required scopes. Got: [{}] Needed: ['{scope}']", got.join(", "));
    Err(compliance_error(403, "permission_error", message))
}

/// The id of a workspace; the first project is the default one, which has none.
fn workspace(admin: &Admin, project: Option<usize>) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    project
        .filter(|p| *p > 0)
        .and_then(|p| directory.projects.get(p))
        .map_or(Value::Null, |p| p.id.as_str().into())
}

fn bucket(from: i64, to: i64, results: Vec<Value>) -> Value {
    json!({"starting_at": when::rfc3339(from), "ending_at": when::rfc3339(to), "results": results})
}
