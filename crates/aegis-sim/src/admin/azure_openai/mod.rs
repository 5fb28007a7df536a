//! Azure OpenAI: Entra's token, Azure Monitor's metrics, Cost Management, resources and deployments, and the data
//! plane's model list. By azure-rest-api-specs (monitor 2024-02-01, cost-management 2023-11-01, cognitiveservices
//! 2024-10-01) and the metric list of 31 July 2026.
//! Traps kept: two metric families show the same traffic; `top` is 10 unless said; dimension names come back in lower
//! case; money is in euros; `nextLink` is POSTed again; there is no user and no key in any figure.

mod costs;
mod entra;
mod inventory;
mod metrics;

use super::keys::{KeyKind, header};
use super::reply::{Answer, ok, status, with};
use super::world::{Lag, Model, Price, Subject};
use super::{Admin, Host, Trouble, Vendor};
use crate::admin::params::Params;
use crate::dice::Dice;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::{any, get, post};
use serde_json::{Value, json};

pub(crate) static VENDOR: Vendor = Vendor {
    id: "azure_openai",
    currency: "EUR",
    hosts: &[
        Host { label: "login", real: "https://login.microsoftonline.com" },
        Host { label: "management", real: "https://management.azure.com" },
        Host { label: "data", real: "https://{resource}.openai.azure.com" },
    ],
    models: &[
        model("gpt-5.4-mini", "2026-03-17", 5, Price::of(690, 69, 4_140)),
        model("gpt-5.4", "2026-03-05", 3, Price::of(2_300, 230, 13_800)),
    ],
    projects: 3,
    batches: false,
    keyless: false,
    id_of,
    usage_lag: Lag { soon: 3, late: 30 },
    cost_lag: Lag { soon: 16 * 60, late: 60 * 60 },
    keys: &[
        kind("app", &["monitor", "cost", "inventory"], "Entra application with every reader role"),
        kind("app_without_cost", &["monitor", "inventory"], "lacks Cost Management Reader"),
        KeyKind {
            known: false,
            ..kind("app_with_wrong_secret", &[], "its secret is wrong: 401 invalid_client, 7000215")
        },
        resource_key("resource_key", true, "a resource's key: models only"),
        resource_key("unknown_resource_key", false, "no such key"),
    ],
    fields: entra::fields,
    trouble,
    routes,
};

/// The resource group that everything is in.
const GROUP: &str = "rg-ai-prod";
const REGION: &str = "eastus2";

/// `name` holds the model's version.
const fn model(id: &'static str, version: &'static str, share: u32, price: Price) -> Model {
    Model { id, name: version, created: 1_772_668_800, embeds: false, share, price }
}

const fn kind(kind: &'static str, opens: &'static [&'static str], about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "", length: 40, opens, known: true, about }
}

const fn resource_key(kind: &'static str, known: bool, about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "", length: 84, opens: &["data"], known, about }
}

fn id_of(subject: Subject, dice: &mut Dice) -> String {
    let id = uuid(dice);
    // Resources are called after the team; the number keeps names apart.
    if subject == Subject::Project { format!("lm-openai-{}", &id[..4]) } else { id }
}

fn uuid(dice: &mut Dice) -> String {
    let hex = dice.word(b"0123456789abcdef", 24);
    format!("{}-{}-4b7e-9c55-{}", &hex[..8], &hex[8..12], &hex[12..])
}

fn routes() -> Router<Admin> {
    Router::new()
        .route("/azure_openai/login/{tenant}/oauth2/v2.0/token", post(entra::token))
        .route("/azure_openai/management/{*path}", any(management))
        .route("/azure_openai/data/openai/models", get(models))
        .route("/azure_openai/data/openai/v1/models", get(models))
}

fn error(code: u16, name: &str, message: &str) -> Response {
    status(code, json!({"error": {"code": name, "message": message}}))
}

fn bad(message: &str) -> Response {
    error(400, "BadRequest", message)
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        // The wait stands in several headers, and the largest counts.
        Trouble::TooMany(seconds) => {
            let limited = error(429, "429", "Too many requests. Please retry.");
            let limited = with(limited, "x-ms-ratelimit-microsoft.costmanagement-entity-retry-after", "0");
            let limited = with(
                limited,
                "x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after",
                &seconds.to_string(),
            );
            with(limited, "retry-after", &seconds.to_string())
        }
        Trouble::Broken(code) => error(code, "InternalServerError", "Encountered internal server error."),
    }
}

/// The subscription there is.
fn subscription(admin: &Admin) -> String {
    uuid(&mut Dice::new(admin.seed, "azure", b"subscription"))
}

/// The full id of a resource.
fn resource(admin: &Admin, project: usize) -> String {
    let name = admin.account(&VENDOR).directory.project(project);
    format!(
        "/subscriptions/{}/resourceGroups/{GROUP}/providers/Microsoft.CognitiveServices/accounts/{name}",
        subscription(admin)
    )
}

/// The name of the deployment of a model.
fn deployment(model: usize) -> &'static str {
    if model == 0 { "chat-prod" } else { "reasoning" }
}

/// Azure's paths are read without regard to case.
async fn management(
    State(admin): State<Admin>,
    method: Method,
    Path(path): Path<String>,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Answer {
    let lower = path.to_lowercase();
    let parts: Vec<&str> = lower.split('/').filter(|p| !p.is_empty()).collect();
    let ["subscriptions", subscription_id, rest @ ..] = parts.as_slice() else {
        return Err(not_found(&path));
    };
    let call = Call { admin: &admin, headers: &headers, params: &params, body: &body };
    entra::check(&admin, &headers)?;
    if *subscription_id != subscription(&admin) {
        let message = format!("The subscription '{subscription_id}' could not be found.");
        return Err(error(404, "SubscriptionNotFound", &message));
    }
    if params.get("api-version").is_none() {
        return Err(error(
            400,
            "MissingApiVersionParameter",
            "The api-version query parameter (?api-version=) is required for all requests.",
        ));
    }
    let rest = match rest {
        ["resourcegroups", group, rest @ ..] if *group == GROUP => rest,
        ["resourcegroups", ..] => {
            return Err(error(404, "ResourceGroupNotFound", "Resource group could not be found."));
        }
        rest => rest,
    };
    match (method, rest) {
        (Method::GET, ["providers", "microsoft.cognitiveservices", "accounts"]) => inventory::accounts(&call),
        (Method::GET, ["providers", "microsoft.cognitiveservices", "accounts", name, "deployments"]) => {
            inventory::deployments(&call, name)
        }
        (
            Method::GET,
            [
                "providers",
                "microsoft.cognitiveservices",
                "accounts",
                name,
                "providers",
                "microsoft.insights",
                "metrics",
            ],
        ) => metrics::metrics(&call, name),
        (Method::POST, ["providers", "microsoft.costmanagement", "query"]) => costs::query(&call, &path),
        (Method::GET, ["providers", "microsoft.insights", "eventtypes", "management", "values"]) => {
            inventory::activity_log(&call)
        }
        _ => Err(not_found(&path)),
    }
}

/// What a handler of the management host needs.
struct Call<'a> {
    admin: &'a Admin,
    headers: &'a HeaderMap,
    params: &'a Params,
    body: &'a Bytes,
}

fn not_found(path: &str) -> Response {
    error(404, "ResourceNotFound", &format!("The resource '/{path}' was not found."))
}

/// The place of a resource by its name in lower case.
fn find(call: &Call, name: &str) -> Result<usize, Response> {
    call.admin.account(&VENDOR).directory.find_project(name).ok_or_else(|| not_found(name))
}

async fn models(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let known = header(&headers, "api-key")
        .and_then(|key| admin.known(&VENDOR, key))
        .is_some_and(|k| k.opens("data"));
    if !known {
        let message = "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.";
        return Err(error(401, "401", message));
    }
    let data: Vec<Value> = VENDOR
        .models
        .iter()
        .map(|m| {
            json!({
                "id": format!("{}-{}", m.id, m.name), "object": "model", "created_at": m.created,
                "lifecycle_status": "generally-available", "status": "succeeded",
                "capabilities": {"fine_tune": false, "inference": true, "completion": false, "chat_completion": true, "embeddings": false},
                "deprecation": {"inference": 1_806_451_200},
            })
        })
        .collect();
    Ok(ok(json!({"object": "list", "data": data})))
}
