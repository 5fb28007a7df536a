//! Google's APIs around Gemini: models by API key; Cloud Monitoring, the billing export in BigQuery, Cloud Logging and
//! the key list by service account. By googleapis of 22 August 2026 and collectors of that year.
//! Traps kept: a bad API key is 400; points come newest first, int64 as text; input tokens stand under the metric of
//! the billing tier of the time; credits are negative; every BigQuery scalar is text.

mod bigquery;
mod bigquery_select;
mod monitoring;
mod others;
mod tokens;

use super::keys::{KeyKind, header};
use super::reply::{Answer, ok, status};
use super::world::{Lag, Model, Price, Subject};
use super::{Admin, Host, Trouble, Vendor};
use crate::admin::paging;
use crate::admin::params::Params;
use crate::dice::Dice;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub(crate) use bigquery::Jobs;

pub(crate) static VENDOR: Vendor = Vendor {
    id: "gemini",
    currency: "USD",
    hosts: &[
        Host { label: "api", real: "https://generativelanguage.googleapis.com" },
        Host { label: "oauth", real: "https://oauth2.googleapis.com" },
        Host { label: "monitoring", real: "https://monitoring.googleapis.com" },
        Host { label: "bigquery", real: "https://bigquery.googleapis.com" },
        Host { label: "logging", real: "https://logging.googleapis.com" },
        Host { label: "apikeys", real: "https://apikeys.googleapis.com" },
    ],
    models: &[
        model("gemini-2.5-flash", "Gemini 2.5 Flash", 5, Price::of(300, 30, 2_500)),
        model("gemini-2.5-pro", "Gemini 2.5 Pro", 2, Price::of(1_250, 125, 10_000)),
    ],
    projects: 1,
    batches: false,
    keyless: false,
    id_of,
    usage_lag: Lag { soon: 4, late: 60 },
    cost_lag: Lag { soon: 12 * 60, late: 72 * 60 },
    keys: &[
        api_key("api_key", true, "API key: validates and lists models, nothing else"),
        api_key("unknown_api_key", false, "no such key: 400 API_KEY_INVALID"),
        account(
            "service_account",
            true,
            &["monitoring", "bigquery", "logging", "apikeys"],
            "every role that is needed",
        ),
        account(
            "service_account_without_billing",
            true,
            &["monitoring", "logging", "apikeys"],
            "lacks the BigQuery roles",
        ),
        account("unknown_service_account", false, &[], "its key is not the account's: 400 invalid_grant"),
    ],
    fields: tokens::fields,
    trouble,
    routes,
};

/// Where the billing export lies.
const DATASET: &str = "billing_export";
const TABLE: &str = "gcp_billing_export_v1_01A2B3_C4D5E6_F70819";
const PROJECT: &str = "larkfield-ai-prod";
const PROJECT_NUMBER: &str = "482913004512";

const fn model(id: &'static str, name: &'static str, share: u32, price: Price) -> Model {
    Model { id, name, created: 1_750_118_400, embeds: false, share, price }
}

const fn api_key(kind: &'static str, known: bool, about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "AIza", length: 35, opens: &["models"], known, about }
}

const fn account(
    kind: &'static str,
    known: bool,
    opens: &'static [&'static str],
    about: &'static str,
) -> KeyKind {
    KeyKind { kind, prefix: "", length: 40, opens, known, about }
}

fn id_of(subject: Subject, dice: &mut Dice) -> String {
    let hex = dice.word(b"0123456789abcdef", 24);
    match subject {
        Subject::Project => PROJECT.into(),
        Subject::Organisation => PROJECT_NUMBER.into(),
        _ => format!("{}-{}-4c8b-9e11-{}", &hex[..8], &hex[8..12], &hex[12..]),
    }
}

fn routes() -> Router<Admin> {
    Router::new()
        .route("/gemini/api/v1beta/models", get(models))
        .route("/gemini/oauth/token", post(tokens::exchange))
        .route("/gemini/monitoring/v3/projects/{project}/timeSeries", get(monitoring::time_series))
        .route("/gemini/monitoring/v3/projects/{project}/metricDescriptors", get(monitoring::descriptors))
        .route("/gemini/bigquery/bigquery/v2/projects/{project}/queries", post(bigquery::query))
        .route("/gemini/bigquery/bigquery/v2/projects/{project}/queries/{job}", get(bigquery::results))
        .route(
            "/gemini/bigquery/bigquery/v2/projects/{project}/datasets/{dataset}/tables",
            get(bigquery::tables),
        )
        .route(
            "/gemini/bigquery/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}",
            get(bigquery::table),
        )
        .route("/gemini/logging/v2/entries:list", post(others::entries))
        .route("/gemini/apikeys/v2/projects/{project}/locations/global/keys", get(others::keys))
}

fn error(code: u16, name: &str, message: &str) -> Response {
    status(code, json!({"error": {"code": code, "message": message, "status": name}}))
}

fn invalid(message: &str) -> Response {
    error(400, "INVALID_ARGUMENT", message)
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(seconds) => {
            let details = json!([
                {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{
                    "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
                    "quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
                    "quotaDimensions": {"model": "gemini-2.5-flash", "location": "global"}, "quotaValue": "250"}]},
                {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": format!("{seconds}s")},
            ]);
            let message = "You exceeded your current quota, please check your plan and billing details.";
            status(
                429,
                json!({"error": {"code": 429, "message": message, "status": "RESOURCE_EXHAUSTED", "details": details}}),
            )
        }
        Trouble::Broken(503) => error(503, "UNAVAILABLE", "The service is currently unavailable."),
        Trouble::Broken(code) => error(code, "INTERNAL", "An internal error has occurred."),
    }
}

/// Models by API key, in the header or, as it also works, in the query.
async fn models(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    let Some(key) = header(&headers, "x-goog-api-key").or(params.get("key")) else {
        let message = "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.";
        return Err(error(403, "PERMISSION_DENIED", message));
    };
    if !admin.known(&VENDOR, key).is_some_and(|kind| kind.opens("models")) {
        let details = json!([{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
            "domain": "googleapis.com", "metadata": {"service": "generativelanguage.googleapis.com"}}]);
        let message = "API key not valid. Please pass a valid API key.";
        return Err(status(
            400,
            json!({"error": {"code": 400, "message": message, "status": "INVALID_ARGUMENT", "details": details}}),
        ));
    }
    let items: Vec<Value> = VENDOR
        .models
        .iter()
        .map(|m| {
            json!({
                "name": format!("models/{}", m.id), "version": "001", "displayName": m.name,
                "description": format!("{}, stable release.", m.name), "inputTokenLimit": 1_048_576,
                "outputTokenLimit": 65_536, "temperature": 1, "maxTemperature": 2, "topP": 0.95, "topK": 64,
                "supportedGenerationMethods": ["generateContent", "countTokens", "batchGenerateContent"], "thinking": true,
            })
        })
        .collect();
    let (page, next) = google_page(&items, &params, 50, 1_000)?;
    let mut body = json!({"models": page});
    if let Some(next) = next {
        body["nextPageToken"] = next.into();
    }
    Ok(ok(body))
}

/// A page by `pageSize` and `pageToken`, and the token of the next.
fn google_page<'a>(
    items: &'a [Value],
    params: &Params,
    default: usize,
    most: usize,
) -> Result<(&'a [Value], Option<String>), Response> {
    let size = params
        .within("pageSize", default, 1, usize::MAX)
        .map_err(|_| invalid("Invalid page size."))?
        .min(most);
    let bad = || invalid("Invalid page token.");
    let start =
        params.get("pageToken").map(|t| paging::read_token(t).ok_or_else(bad)).transpose()?.unwrap_or(0);
    let part = paging::offset(items, start as usize, size);
    Ok((part.items, part.more.then(|| paging::token(start + size as i64))))
}
