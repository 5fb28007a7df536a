//! Cohere, by its OpenAPI document of 20 August 2026: a check of the key, models, and the jobs of the key's own user.
//! No usage, cost, member, key or audit API exists, so none is here. Batch and embed jobs show the world's batches and
//! embeddings, a job a day; token counts of batches are text.

use super::keys::{self, KeyKind, bearer};
use super::params::{Params, Wrong};
use super::reply::{Answer, ok, status, with};
use super::world::{By, Lag, Model, Part, Price, Subject};
use super::{Admin, Host, Trouble, Vendor, paging, when};
use crate::dice::Dice;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub(crate) static VENDOR: Vendor = Vendor {
    id: "cohere",
    currency: "USD",
    hosts: &[Host { label: "", real: "https://api.cohere.com" }],
    models: &[
        model("command-a-03-2025", 4, false, Price::of(2_500, 0, 10_000)),
        model("embed-v4.0", 2, true, Price::of(120, 0, 0)),
        model("command-r-08-2024", 2, false, Price::of(150, 0, 600)),
    ],
    projects: 2,
    batches: true,
    keyless: false,
    id_of,
    usage_lag: Lag { soon: 10, late: 120 },
    cost_lag: Lag { soon: 10, late: 120 },
    keys: &[
        kind("production", &["jobs"], "production key"),
        kind("trial", &["jobs", "trial"], "trial key: told by headers of its answers"),
        kind("restricted", &[], "valid, but jobs are forbidden: 403"),
        KeyKind { known: false, ..kind("unknown", &[], "no such key") },
    ],
    fields: |admin, kind| keys::api_key(&VENDOR, admin, kind),
    trouble,
    routes,
};

/// Days whose jobs are listed.
const DAYS: i64 = 100;

const fn model(id: &'static str, share: u32, embeds: bool, price: Price) -> Model {
    Model { id, name: id, created: 1_741_824_000, embeds, share, price }
}

const fn kind(kind: &'static str, opens: &'static [&'static str], about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "", length: 40, opens, known: true, about }
}

fn id_of(_: Subject, dice: &mut Dice) -> String {
    let hex = dice.word(b"0123456789abcdef", 24);
    format!("{}-{}-4c04-b1b6-{}", &hex[..8], &hex[8..12], &hex[12..])
}

fn routes() -> Router<Admin> {
    Router::new()
        .route("/cohere/v1/check-api-key", post(check_api_key))
        .route("/cohere/v1/models", get(models))
        .route("/cohere/v2/batches", get(batches))
        .route("/cohere/v1/embed-jobs", get(embed_jobs))
        .route("/cohere/v1/finetuning/finetuned-models", get(finetuned))
        .route("/cohere/v1/datasets/usage", get(datasets))
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(_) => status(
            429,
            json!({"message": "You are past the per minute request limit, please wait and try again later."}),
        ),
        Trouble::Broken(code) => status(code, json!({"message": "internal server error"})),
    }
}

fn wrong(name: Wrong) -> Response {
    status(400, json!({"message": format!("invalid request: {} is not valid", name.0)}))
}

fn enter(admin: &Admin, headers: &HeaderMap) -> Result<&'static KeyKind, Response> {
    let Some(key) = bearer(headers) else {
        return Err(status(401, json!({"message": "no api key supplied"})));
    };
    let refused = || {
        let id = id_of(Subject::Act, &mut Dice::new(admin.seed, "cohere error", key.as_bytes()));
        status(401, json!({"id": id, "message": "invalid api token"}))
    };
    admin.known(&VENDOR, key).ok_or_else(refused)
}

/// Trial keys are told by the headers of good answers.
fn reply(kind: &KeyKind, body: Value) -> Response {
    if !kind.opens("trial") {
        return ok(body);
    }
    let trial = with(ok(body), "x-trial-endpoint-call-limit", "40");
    with(with(trial, "x-trial-endpoint-call-remaining", "39"), "x-endpoint-monthly-call-limit", "1000")
}

async fn check_api_key(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let kind = enter(&admin, &headers)?;
    let directory = &admin.account(&VENDOR).directory;
    Ok(reply(
        kind,
        json!({"valid": true, "organization_id": directory.organisation, "owner_id": directory.members[0].id}),
    ))
}

/// A page by `page_size` and `page_token`; the next token is left out at the end.
fn page(kind: &KeyKind, params: &Params, name: &str, items: &[Value], default: usize) -> Answer {
    let size = params.within("page_size", default, 1, 1_000).map_err(wrong)?;
    let bad = || wrong(Wrong("page_token".into()));
    let start =
        params.get("page_token").map(|t| paging::read_token(t).ok_or_else(bad)).transpose()?.unwrap_or(0);
    let part = paging::offset(items, start as usize, size);
    let mut body = json!({});
    body[name] = part.items.into();
    if part.more {
        body["next_page_token"] = paging::token(start + size as i64).into();
    }
    Ok(reply(kind, body))
}

async fn models(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    let kind = enter(&admin, &headers)?;
    let endpoint = |m: &Model| if m.embeds { "embed" } else { "chat" };
    let items: Vec<Value> = VENDOR
        .models
        .iter()
        .filter(|m| params.get("endpoint").is_none_or(|e| e == endpoint(m)))
        .map(|m| {
            let features = if m.embeds { json!([]) } else { json!(["tools", "json_mode"]) };
            json!({
                "name": m.id, "is_deprecated": m.id.contains("2024"), "endpoints": [endpoint(m)], "finetuned": false,
                "context_length": 128_000, "tokenizer_url": null, "default_endpoints": [], "features": features,
                "sampling_defaults": {"temperature": 0.3, "k": 0, "p": 0.75},
            })
        })
        .collect();
    page(kind, &params, "models", &items, 20)
}

fn jobs(kind: &KeyKind) -> Result<(), Response> {
    if kind.opens("jobs") { Ok(()) } else { Err(status(403, json!({"message": "forbidden"}))) }
}

/// A job for each of the latest days and model, newest first.
fn of_days(
    admin: &Admin,
    embeds: bool,
    mut each: impl FnMut(i64, &Model, &super::world::Tally, String) -> Value,
) -> Vec<Value> {
    let today = when::floor(admin.now(), when::DAY);
    let mut items = Vec::new();
    for n in 1..=DAYS {
        let day = today - n * when::DAY;
        let view = |d: &super::world::Dims| {
            let wanted = if embeds { VENDOR.models[d.model].embeds } else { d.batch };
            wanted.then_some(*d)
        };
        let by = By { model: true, ..By::default() };
        for (group, tally) in
            admin.account(&VENDOR).sums((day, day + when::DAY), admin.usage(), by, None, &view)
        {
            let model = &VENDOR.models[group.model.unwrap_or_default()];
            let id = id_of(Subject::Act, &mut Dice::new(admin.seed, model.id, &day.to_le_bytes()));
            items.push(each(day, model, &tally, id));
        }
    }
    items
}

async fn batches(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    let kind = enter(&admin, &headers)?;
    jobs(kind)?;
    let directory = &admin.account(&VENDOR).directory;
    let items = of_days(&admin, false, |day, model, tally, id| {
        json!({
            "id": id, "name": format!("nightly-{}", when::date(day)), "creator_id": directory.members[0].id,
            "org_id": directory.organisation, "status": "BATCH_STATUS_COMPLETED", "created_at": when::rfc3339(day),
            "updated_at": when::rfc3339(day + when::DAY), "input_dataset_id": format!("in-{}", &id[..6]),
            "output_dataset_id": format!("out-{}", &id[..6]), "input_tokens": tally.all_input().to_string(),
            "output_tokens": tally.count(Part::Output).to_string(), "model": model.id, "num_records": tally.requests,
            "num_successful_records": tally.requests, "num_failed_records": 0,
        })
    });
    page(kind, &params, "batches", &items, 50)
}

async fn embed_jobs(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let kind = enter(&admin, &headers)?;
    jobs(kind)?;
    let items = of_days(&admin, true, |day, model, tally, id| {
        json!({
            "job_id": id, "name": format!("documents-{}", when::date(day)), "status": "complete",
            "created_at": when::rfc3339(day), "input_dataset_id": format!("in-{}", &id[..6]),
            "output_dataset_id": format!("out-{}", &id[..6]), "model": model.id, "truncate": "END",
            "meta": {"api_version": {"version": "1"}, "billed_units": {"input_tokens": tally.all_input()}},
        })
    });
    Ok(reply(kind, json!({"embed_jobs": items})))
}

async fn finetuned(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let kind = enter(&admin, &headers)?;
    let directory = &admin.account(&VENDOR).directory;
    let at = when::rfc3339(directory.projects[0].created);
    let model = json!({
        "id": "ft-claims-classifier", "name": "claims-classifier-ft", "creator_id": directory.members[0].id,
        "organization_id": directory.organisation, "status": "STATUS_READY", "created_at": at, "updated_at": at,
        "settings": {"base_model": {"base_type": "BASE_TYPE_CLASSIFICATION"}, "dataset_id": "claims-labels-1"},
        "completed_at": at, "last_used": when::rfc3339(admin.now() - 3_600),
    });
    Ok(reply(kind, json!({"finetuned_models": [model], "next_page_token": "", "total_size": 1})))
}

async fn datasets(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let kind = enter(&admin, &headers)?;
    jobs(kind)?;
    Ok(reply(kind, json!({"organization_usage": 734_003_200u64})))
}
