//! Hugging Face: the Hub's identity, billing, audit and members, the router's models, Inference Endpoints. By the Hub's
//! OpenAPI document of 18 August 2026 and hub-docs of that month; the body of `usage-v2` is as monitors have met it.
//! Traps kept: nano-dollars here, cents there, micro-dollars in a third place; no tokens, models or users in any
//! figure; a day is had by asking for one day; the next page of members stands in a header; the audit log comes whole.

mod billing;
mod endpoints;
mod hub;

use super::keys::{self, KeyKind, bearer};
use super::reply::{status, with};
use super::world::{Lag, Model, Price, Subject};
use super::{Admin, Host, Trouble, Vendor};
use crate::dice::Dice;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::json;

pub(crate) static VENDOR: Vendor = Vendor {
    id: "huggingface",
    currency: "USD",
    hosts: &[
        Host { label: "hub", real: "https://huggingface.co" },
        Host { label: "router", real: "https://router.huggingface.co" },
        Host { label: "endpoints", real: "https://api.endpoints.huggingface.cloud" },
    ],
    models: &[
        model("openai/gpt-oss-120b", 1_754_408_921, 4, Price::of(150, 0, 600)),
        model("Qwen/Qwen3-Coder-480B", 1_753_200_000, 2, Price::of(400, 0, 1_600)),
    ],
    projects: 3,
    batches: false,
    keyless: false,
    id_of: |_, dice| dice.word(b"0123456789abcdef", 24),
    usage_lag: Lag { soon: 5, late: 240 },
    cost_lag: Lag { soon: 5, late: 240 },
    keys: &[
        kind(
            "admin",
            &["org", "billing", "audit", "endpoints"],
            "token of an administrator of the organization",
        ),
        kind("member", &["identity"], "fine-grained token without rights in the organization: 403"),
        KeyKind { known: false, ..kind("unknown", &[], "no such token") },
    ],
    fields: |admin, kind| keys::api_key(&VENDOR, admin, kind),
    trouble,
    routes,
};

/// The organization's name in every path.
const ORG: &str = "larkfield-mutual";

const fn model(id: &'static str, created: i64, share: u32, price: Price) -> Model {
    Model { id, name: id, created, embeds: false, share, price }
}

const fn kind(kind: &'static str, opens: &'static [&'static str], about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "hf_", length: 34, opens, known: true, about }
}

fn routes() -> Router<Admin> {
    let organization = Router::new()
        .route("/members", get(hub::members))
        .route("/audit-log/export", get(hub::audit))
        .route("/service-accounts", get(hub::service_accounts))
        .route("/service-accounts/{id}", get(hub::service_account))
        .route("/resource-groups", get(hub::resource_groups))
        .route("/settings/network-security", get(hub::network_security))
        .route("/billing/usage-v2", get(billing::usage_v2))
        .route("/billing/usage", get(billing::usage))
        .route("/billing/usage-by-resource-group", get(billing::by_resource_group))
        .route("/billing/usage-by-inference-session", get(billing::by_session));
    Router::new()
        .route("/huggingface/hub/api/whoami-v2", get(hub::whoami))
        .nest("/huggingface/hub/api/organizations/{org}", organization)
        .route("/huggingface/router/v1/models", get(endpoints::models))
        .route("/huggingface/endpoints/v2/endpoint/{namespace}", get(endpoints::endpoints))
        .route("/huggingface/endpoints/v2/provider/{namespace}", get(endpoints::hardware))
}

fn error(code: u16, text: &str) -> Response {
    with(status(code, json!({"error": text})), "x-error-message", text)
}

fn bad(name: &str) -> Response {
    error(400, &format!("Invalid value for {name}"))
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(seconds) => {
            let limited =
                with(error(429, "Too Many Requests"), "ratelimit", &format!("\"api\";r=0;t={seconds}"));
            with(limited, "ratelimit-policy", "\"fixed window\";\"api\";q=1000;w=300")
        }
        Trouble::Broken(code) => error(code, "Internal Server Error"),
    }
}

fn known(admin: &Admin, headers: &HeaderMap) -> Result<&'static KeyKind, Response> {
    let kind = bearer(headers).and_then(|key| admin.known(&VENDOR, key));
    kind.ok_or_else(|| error(401, "Invalid username or password."))
}

/// Lets tokens through that have a right in the organization.
fn allow(admin: &Admin, headers: &HeaderMap, org: &str, what: &str) -> Result<(), Response> {
    let kind = known(admin, headers)?;
    if org != ORG {
        return Err(error(404, "Organization not found"));
    }
    if kind.opens(what) { Ok(()) } else { Err(error(403, "You don't have the required permissions")) }
}

/// A resource group's id; the first project is outside every group.
fn group(admin: &Admin, project: usize) -> Option<&str> {
    let projects = &admin.account(&VENDOR).directory.projects;
    projects.get(project).filter(|_| project > 0).map(|p| p.id.as_str())
}

/// How a member is called.
fn user(email: &str) -> String {
    email.split('@').next().unwrap_or("").replace('.', "-")
}

/// Draws for things that stay as they are.
fn fixed(what: &str) -> Dice {
    Dice::new(0, "huggingface", what.as_bytes())
}

/// An id of 24 hexadecimal digits for something that stays as it is.
fn id_for(what: &str) -> String {
    (VENDOR.id_of)(Subject::Act, &mut fixed(what))
}
