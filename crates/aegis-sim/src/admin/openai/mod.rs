//! OpenAI's administration API (`/v1/organization/…`) and its Compliance Platform, by the OpenAPI document 2.3.0 of
//! 21 August 2026 and the cookbook's notebook of December 2025. `/v1/models` is the chat API's.
//! Traps kept: an admin key opens no models and the reverse; a missing scope is 401 on costs and 403 elsewhere; a
//! dimension that is not grouped is null; a page is a number of buckets.

mod audit;
mod compliance;
mod costs;
mod lists;
mod usage;

use super::keys::{self, KeyKind, bearer};
use super::params::{Params, Wrong};
use super::reply::{Answer, status, with};
use super::world::{Dims, Lag, Model, Price, Subject};
use super::{Admin, Host, Trouble, Vendor};
use crate::dice::Dice;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

pub(crate) static VENDOR: Vendor = Vendor {
    id: "openai",
    currency: "USD",
    hosts: &[
        Host { label: "", real: "https://api.openai.com" },
        Host { label: "compliance", real: "https://api.chatgpt.com" },
    ],
    models: &[
        model(
            "gpt-5.4-2026-03-05",
            1_772_668_800,
            4,
            Price { search: 10_000_000, ..Price::of(2_500, 250, 15_000) },
        ),
        model("gpt-5.4-mini-2026-03-17", 1_773_705_600, 6, Price::of(750, 75, 4_500)),
        model("gpt-4.1-2025-04-14", 1_744_316_542, 2, Price::of(2_000, 500, 8_000)),
        Model { embeds: true, ..model("text-embedding-3-small", 1_705_948_997, 1, Price::of(20, 0, 0)) },
    ],
    projects: 4,
    batches: true,
    keyless: true,
    id_of,
    usage_lag: Lag { soon: 10, late: 36 * 60 },
    cost_lag: Lag { soon: 180, late: 48 * 60 },
    keys: &[
        kind("admin", "sk-admin-", &["organization", "usage", "audit"], "an organization owner's admin key"),
        kind("admin_without_usage", "sk-admin-", &["organization", "audit"], "lacks api.usage.read"),
        kind("inference", "sk-proj-", &["models"], "a project's key: models, nothing of the organization"),
        kind("compliance", "sk-compliance-", &["compliance"], "read scope of the Compliance Platform"),
        KeyKind { known: false, ..kind("unknown_admin", "sk-admin-", &[], "no such key") },
        KeyKind { known: false, ..kind("unknown_inference", "sk-proj-", &[], "no such key") },
    ],
    fields,
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
    KeyKind { kind, prefix, length: 48, opens, known: true, about }
}

fn id_of(subject: Subject, dice: &mut Dice) -> String {
    match subject {
        Subject::Organisation => dice.id("org-", 24),
        Subject::Project => dice.id("proj_", 24),
        Subject::Member => dice.id("user-", 24),
        Subject::Key => dice.id("key_", 16),
        Subject::Act => dice.id("audit_log-", 24),
        Subject::Chat => dice.id("conv_", 32),
    }
}

fn fields(admin: &Admin, kind: &KeyKind) -> Value {
    let mut fields = keys::api_key(&VENDOR, admin, kind);
    if kind.opens("compliance") {
        fields["workspace_id"] = compliance::workspace(admin).into();
    }
    fields
}

fn routes() -> Router<Admin> {
    const ORGANIZATION: &str = "/openai/v1/organization";
    let organization = Router::new()
        .route("/usage/{kind}", get(usage::usage))
        .route("/costs", get(costs::costs))
        .route("/audit_logs", get(audit::audit_logs))
        .merge(lists::routes());
    Router::new().nest(ORGANIZATION, organization).nest("/openai/compliance", compliance::routes())
}

fn error(code: u16, message: impl Into<String>, kind: &str, name: Option<&str>) -> Response {
    status(code, json!({"error": {"message": message.into(), "type": kind, "param": null, "code": name}}))
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(seconds) => {
            let message = format!("Rate limit reached for requests. Please try again in {seconds}s.");
            let response = error(429, message, "requests", Some("rate_limit_exceeded"));
            with(response, "retry-after", &seconds.to_string())
        }
        Trouble::Broken(code) => error(
            code,
            "The server had an error while processing your request. Sorry about that!",
            "server_error",
            None,
        ),
    }
}

fn wrong(name: Wrong) -> Response {
    let message = format!("Invalid value for '{}'.", name.0);
    error(400, message, "invalid_request_error", Some("invalid_value"))
}

fn not_found(what: &str) -> Response {
    error(404, format!("{what} not found."), "invalid_request_error", Some("not_found"))
}

/// Lets a key through that opens `what`; the scope is named where it does not.
fn allow(admin: &Admin, headers: &HeaderMap, what: &str, scope: &str, missing: u16) -> Result<(), Response> {
    let Some(key) = bearer(headers) else {
        let message = "Missing bearer authentication in header";
        return Err(error(401, message, "invalid_request_error", None));
    };
    match admin.known(&VENDOR, key) {
        Some(kind) if kind.opens(what) => Ok(()),
        Some(_) => Err(missing_scope(missing, scope)),
        None => {
            let head: String = key.chars().take(8).collect();
            let tail: String = key.chars().skip(key.chars().count().saturating_sub(4)).collect();
            let message = format!(
                "Incorrect API key provided: {head}*******{tail}. You can find your API key at https://platform.openai.com/account/api-keys."
            );
            Err(error(401, message, "invalid_request_error", Some("invalid_api_key")))
        }
    }
}

/// What a key gets that lacks a scope.
fn missing_scope(code: u16, scope: &str) -> Response {
    let message = format!(
        "You have insufficient permissions for this operation. Missing scopes: {scope}. Check that you have the correct role in your organization (Reader, Writer, Owner) and project (Member, Owner), and if you're using a restricted API key, that it has the necessary scopes."
    );
    error(code, message, "invalid_request_error", None)
}

/// The filters that usage and costs share.
struct Filter {
    projects: Vec<String>,
    users: Vec<String>,
    keys: Vec<String>,
    models: Vec<String>,
    batch: Option<bool>,
}

impl Filter {
    fn read(params: &Params) -> Self {
        let list = |name: &str| params.list(name).into_iter().map(str::to_owned).collect();
        Filter {
            projects: list("project_ids"),
            users: list("user_ids"),
            keys: list("api_key_ids"),
            models: list("models"),
            batch: params.get("batch").map(|b| b == "true"),
        }
    }

    fn keeps(&self, admin: &Admin, dims: &Dims) -> bool {
        let directory = &admin.account(&VENDOR).directory;
        let among =
            |list: &[String], id: Option<String>| list.is_empty() || id.is_some_and(|id| list.contains(&id));
        (self.projects.is_empty() || among(&self.projects, Some(directory.project(dims.project).into())))
            && (self.users.is_empty() || among(&self.users, dims.user.map(|u| directory.member(u).into())))
            && (self.keys.is_empty() || among(&self.keys, dims.key.map(|k| directory.key(k).into())))
            && (self.models.is_empty() || among(&self.models, Some(VENDOR.models[dims.model].id.into())))
            && self.batch.is_none_or(|b| b == dims.batch)
    }
}

/// The range asked for, or the refusal.
fn range(admin: &Admin, params: &Params) -> Result<(i64, i64), Response> {
    let missing = || {
        error(
            400,
            "Missing required parameter: 'start_time'.",
            "invalid_request_error",
            Some("missing_required_parameter"),
        )
    };
    let from = params.seconds("start_time").map_err(wrong)?.ok_or_else(missing)?;
    let to = params.seconds("end_time").map_err(wrong)?.unwrap_or(admin.now());
    Ok((from, to.max(from)))
}

/// The page asked for.
fn page(params: &Params) -> Result<Option<i64>, Response> {
    let bad = || wrong(Wrong("page".into()));
    let token = params
        .get("page")
        .map(|t| t.strip_prefix("page_").and_then(super::paging::read_token).ok_or_else(bad));
    token.transpose()
}

fn next_page(next: Option<i64>) -> Value {
    next.map_or(Value::Null, |n| format!("page_{}", super::paging::token(n)).into())
}

/// A list cut by `after` and `limit`, in the envelope all of them have.
fn list(params: &Params, items: &[Value], default: usize) -> Answer {
    let limit = params.within("limit", default, 1, 100).map_err(wrong)?;
    let id = |v: &Value| v["id"].as_str().unwrap_or_default().to_owned();
    let ids: Vec<String> = items.iter().map(id).collect();
    let part = super::paging::after(&ids, |s| s, params.get("after"), limit)
        .ok_or_else(|| wrong(Wrong("after".into())))?;
    let start = part.items.first().and_then(|first| ids.iter().position(|i| i == first)).unwrap_or(0);
    Ok(super::reply::ok(json!({
        "object": "list",
        "data": items[start..start + part.items.len()],
        "first_id": part.items.first(),
        "last_id": part.items.last(),
        "has_more": part.more,
    })))
}
