//! A transit KEK over real HTTP, against an engine made from its documentation: start, wrong token, sealed, rotation.

use super::shown;
use crate::harness::{Launch, folder};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Engine {
    kept: Mutex<HashMap<String, (Value, Value)>>,
    sealed: Mutex<bool>,
}

async fn answer(
    State(engine): State<Arc<Engine>>,
    Path((act, key)): Path<(String, String)>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let errors = |status, text: &str| (status, Json(json!({ "errors": [text] })));
    if *engine.sealed.lock().unwrap() {
        return errors(StatusCode::SERVICE_UNAVAILABLE, "Vault is sealed");
    }
    if headers["x-vault-token"] != "hvs.right" || key != "aegis" {
        return errors(StatusCode::FORBIDDEN, "permission denied");
    }
    let mut kept = engine.kept.lock().unwrap();
    if act == "encrypt" {
        let text = format!("vault:v1:{}", kept.len());
        kept.insert(text.clone(), (body["plaintext"].clone(), body["associated_data"].clone()));
        return (StatusCode::OK, Json(json!({ "data": { "ciphertext": text } })));
    }
    match kept.get(body["ciphertext"].as_str().unwrap()) {
        Some((plaintext, data)) if *data == body["associated_data"] => {
            (StatusCode::OK, Json(json!({ "data": { "plaintext": plaintext } })))
        }
        _ => errors(StatusCode::BAD_REQUEST, "cipher: message authentication failed"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_vault_opens_by_a_transit_engine_and_says_why_it_does_not() {
    let engine = Arc::new(Engine::default());
    let router = Router::new().route("/v1/transit/{act}/{key}", post(answer)).with_state(engine.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });

    let dir = folder();
    let spec = format!("transit:http://{address}#aegis");
    let launch = Launch::on(dir.path()).arg("--kek").arg(&spec);
    let right = launch.clone().env("VAULT_TOKEN", "hvs.right");
    let server = right.start();
    let client = server.first_token(&["admin"]).await;
    assert_eq!(shown(&client).await["kek_source"], spec.as_str());
    client.post("/api/vault/rotate", &json!({})).await.ok();
    super::wait_for_end(&client).await;
    assert!(server.stop().status.success());
    assert_eq!(engine.kept.lock().unwrap().len(), 2, "each key was wrapped there");
    assert!(right.start().stop().status.success());

    let file = dir.path().join("token");
    std::fs::write(&file, "hvs.right\n").unwrap();
    let by_file = launch.clone().arg("--kek-token-file").arg(file.to_str().unwrap());
    assert!(by_file.start().stop().status.success());

    launch.clone().env("VAULT_TOKEN", "").try_start().err().unwrap().refused_with("set VAULT_TOKEN");
    let wrong = launch.clone().env("VAULT_TOKEN", "hvs.wrong").try_start().err().unwrap();
    wrong.refused_with("its token is refused");
    assert!(!wrong.stderr.contains("hvs.wrong"));
    *engine.sealed.lock().unwrap() = true;
    right.try_start().err().unwrap().refused_with("unseal it");
    serving.abort();
    let _ = serving.await;
    right.try_start().err().unwrap().refused_with("cannot be reached");
}
