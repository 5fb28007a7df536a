//! xAI's inference host (key facts, models) and its Management API, by xai-proto of 17 May 2026 and docs.x.ai.
//! Traps kept: a bad inference key is 400 and a blocked one 200 with flags; usage is dollars as numbers, one point for
//! every interval, and drops rows with `limitReached`; prepaid money has its sign turned; `unitPrice` is millionths of
//! a cent; audit events are free text.

mod billing;
mod team;
mod usage;

use super::keys::{self, KeyKind, bearer};
use super::reply::{Answer, ok, status, with};
use super::world::{Lag, Model, Price, Subject};
use super::{Admin, Host, Trouble, Vendor};
use crate::admin::when;
use crate::dice::Dice;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub(crate) static VENDOR: Vendor = Vendor {
    id: "xai",
    currency: "USD",
    hosts: &[
        Host { label: "api", real: "https://api.x.ai" },
        Host { label: "management", real: "https://management-api.x.ai" },
    ],
    models: &[
        model("grok-4.20-0309", 1_772_841_600, 3, Price::of(1_250, 200, 2_500)),
        model("grok-code-fast-1", 1_756_166_400, 4, Price::of(200, 20, 1_500)),
    ],
    projects: 2,
    batches: false,
    keyless: false,
    id_of,
    usage_lag: Lag { soon: 15, late: 30 * 60 },
    cost_lag: Lag { soon: 15, late: 30 * 60 },
    keys: &[
        kind(
            "management",
            "xai-token-",
            &["team", "billing", "audit"],
            "management key with every permission",
        ),
        kind(
            "management_without_billing",
            "xai-token-",
            &["team", "audit"],
            "lacks the billing permission: 403",
        ),
        kind("inference", "xai-", &["models"], "a team's inference key"),
        kind("inference_blocked", "xai-", &["blocked"], "known and blocked: 200, look at the flags"),
        KeyKind { known: false, ..kind("unknown_management", "xai-token-", &[], "no such key: 401") },
        KeyKind { known: false, ..kind("unknown_inference", "xai-", &[], "no such key: 400") },
    ],
    fields: |admin, kind| keys::api_key(&VENDOR, admin, kind),
    trouble,
    routes,
};

const fn model(id: &'static str, created: i64, share: u32, price: Price) -> Model {
    Model { id, name: id, created, embeds: false, share, price }
}

const fn kind(
    kind: &'static str,
    prefix: &'static str,
    opens: &'static [&'static str],
    about: &'static str,
) -> KeyKind {
    KeyKind { kind, prefix, length: 80, opens, known: true, about }
}

fn id_of(subject: Subject, dice: &mut Dice) -> String {
    if subject == Subject::Act {
        return dice.id("evt-", 12);
    }
    let hex = dice.word(b"0123456789abcdef", 24);
    format!("{}-{}-4d5e-8f90-{}", &hex[..8], &hex[8..12], &hex[12..])
}

fn routes() -> Router<Admin> {
    let billing = Router::new()
        .route("/usage", post(usage::usage))
        .route("/prepaid/balance", get(billing::balance))
        .route("/postpaid/invoice/preview", get(billing::preview))
        .route("/postpaid/spending-limits", get(billing::limits))
        .route("/invoices", get(billing::invoices));
    let management = Router::new()
        .route("/auth/management-keys/validation", get(team::validation))
        .route("/auth/teams/{team}/api-keys", get(team::api_keys))
        .route("/auth/teams/{team}/models", get(team::models))
        .route("/audit/teams/{team}/events", get(team::events))
        .nest("/v1/billing/teams/{team}", billing);
    Router::new()
        .route("/xai/api/v1/api-key", get(api_key))
        .route("/xai/api/v1/models", get(models))
        .nest("/xai/management", management)
}

fn error(code: u16, name: &str, text: &str) -> Response {
    status(code, json!({"code": name, "error": text}))
}

fn bad(text: &str) -> Response {
    error(400, "invalid-argument", text)
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(seconds) => {
            with(error(429, "resource-exhausted", "Too many requests."), "retry-after", &seconds.to_string())
        }
        Trouble::Broken(code) => error(code, "internal", "Internal error."),
    }
}

/// The id of the team, which every management path needs.
fn team(admin: &Admin) -> &str {
    &admin.account(&VENDOR).directory.organisation
}

/// Lets management keys through that have a permission, for their own team.
fn allow(admin: &Admin, headers: &HeaderMap, asked: &str, what: &str) -> Result<(), Response> {
    let management = |kind: &&KeyKind| kind.opens("team");
    let Some(kind) = bearer(headers).and_then(|key| admin.known(&VENDOR, key)).filter(management) else {
        return Err(error(401, "unauthenticated", "Invalid management key."));
    };
    if asked != team(admin) {
        return Err(error(404, "not-found", "Team not found."));
    }
    if !kind.opens(what) {
        return Err(error(403, "permission-denied", "The management key lacks the needed permission."));
    }
    Ok(())
}

/// The kind of an inference key.
fn inference(admin: &Admin, headers: &HeaderMap) -> Result<&'static KeyKind, Response> {
    let Some(key) = bearer(headers) else {
        return Err(error(401, "unauthenticated", "No API key provided."));
    };
    let known = admin.known(&VENDOR, key).filter(|kind| !kind.opens("team"));
    known.ok_or_else(|| {
        bad("Incorrect API key provided. You can obtain an API key from https://console.x.ai.")
    })
}

async fn api_key(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let blocked = inference(&admin, &headers)?.opens("blocked");
    let directory = &admin.account(&VENDOR).directory;
    let (key, owner) = (&directory.keys[0], &directory.members[0]);
    Ok(ok(json!({
        "redacted_api_key": format!("xai-...{}", key.tail), "user_id": owner.id, "name": key.name,
        "create_time": when::micros(key.created), "modify_time": when::micros(key.created), "modified_by": owner.id,
        "team_id": team(&admin), "acls": ["api-key:model:*", "api-key:endpoint:*"], "api_key_id": key.id,
        "team_blocked": false, "api_key_blocked": blocked, "api_key_disabled": false,
    })))
}

async fn models(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    if inference(&admin, &headers)?.opens("blocked") {
        return Err(error(403, "permission-denied", "The API key is blocked."));
    }
    let model = |m: &Model| json!({"id": m.id, "created": m.created, "object": "model", "owned_by": "xai"});
    Ok(ok(json!({"object": "list", "data": VENDOR.models.iter().map(model).collect::<Vec<Value>>()})))
}
