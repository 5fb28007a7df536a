//! Inference Endpoints, of which one is paused, and the router's public list of models.
//! On this host 401 also means: no payment method, or no access in that namespace.

use super::{ORG, VENDOR, error, known, user};
use crate::admin::Admin;
use crate::admin::reply::{Answer, ok};
use crate::admin::when;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

fn enter(admin: &Admin, headers: &HeaderMap, namespace: &str) -> Result<(), Response> {
    let kind = known(admin, headers).map_err(|_| error(401, "Unauthorized"))?;
    if kind.opens("endpoints") && namespace == ORG { Ok(()) } else { Err(error(401, "Unauthorized")) }
}

pub(super) async fn endpoints(
    State(admin): State<Admin>,
    Path(namespace): Path<String>,
    headers: HeaderMap,
) -> Answer {
    enter(&admin, &headers, &namespace)?;
    let owner = &admin.account(&VENDOR).directory.members[0];
    let (by, at) = (json!({"id": owner.id, "name": user(&owner.email)}), when::millis(owner.created));
    let item = json!({
        "name": "claims-embed", "type": "protected", "accountId": null, "provider": {"vendor": "aws", "region": "us-east-1"},
        "healthRoute": "/health",
        "compute": {"accelerator": "gpu", "instanceType": "nvidia-l4", "instanceSize": "x1",
                    "scaling": {"minReplica": 0, "maxReplica": 2}},
        "model": {"repository": "BAAI/bge-m3", "revision": "main", "task": "sentence-embeddings", "framework": "pytorch",
                  "image": {"huggingface": {}}, "secrets": {}},
        "status": {"createdAt": at, "createdBy": by, "updatedAt": at, "updatedBy": by, "private": null, "state": "paused",
                   "message": "Endpoint paused", "readyReplica": 0, "targetReplica": 0},
    });
    Ok(ok(json!({"items": [item]})))
}

pub(super) async fn hardware(
    State(admin): State<Admin>,
    Path(namespace): Path<String>,
    headers: HeaderMap,
) -> Answer {
    enter(&admin, &headers, &namespace)?;
    let compute = json!({
        "id": "aws-us-east-1-nvidia-l4-x1", "accelerator": "gpu", "numAccelerators": 1, "numCpus": 7, "memoryGb": 30.0,
        "gpuMemoryGb": 24, "instanceType": "nvidia-l4", "instanceSize": "x1", "architecture": "Nvidia L4",
        "status": "available", "pricePerHour": 0.8, "quota": {"maxAccelerators": 16, "usedAccelerators": 0},
    });
    let region =
        json!({"name": "us-east-1", "label": "N. Virginia", "status": "available", "computes": [compute]});
    Ok(ok(json!({"vendors": [{"name": "aws", "status": "available", "regions": [region]}]})))
}

/// Public: proves nothing about a token. Dollars for a million tokens.
pub(super) async fn models() -> Response {
    let per_million = |nanos: i64| nanos as f64 / 1_000.0;
    let data: Vec<Value> = VENDOR
        .models
        .iter()
        .map(|m| {
            json!({
                "id": m.id, "object": "model", "created": m.created, "owned_by": m.id.split('/').next(),
                "architecture": {"input_modalities": ["text"], "output_modalities": ["text"]},
                "providers": [
                    {"provider": "together", "status": "live", "context_length": 131_072,
                     "pricing": {"input": per_million(m.price.input), "output": per_million(m.price.output)},
                     "supports_tools": true, "supports_structured_output": true, "first_token_latency_ms": 512,
                     "throughput": 88.1, "is_model_author": false},
                    {"provider": "featherless-ai", "status": "live", "is_model_author": false},
                ],
            })
        })
        .collect();
    ok(json!({"object": "list", "data": data}))
}
