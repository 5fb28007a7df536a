//! Ollama: a local server without keys or usage, and the public edge of its cloud, by the source of 21 August 2026.
//! What can be had is presence: a model is loaded while the world used it within the keep-alive. One model runs in the
//! cloud, which shows only by `remote_host`.

use super::keys::{self, KeyKind, bearer};
use super::reply::{Answer, ok, status};
use super::world::{Lag, Model, Price, Seen};
use super::{Admin, Host, Trouble, Vendor, when};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) static VENDOR: Vendor = Vendor {
    id: "ollama",
    currency: "USD",
    hosts: &[
        Host { label: "local", real: "http://127.0.0.1:11434" },
        Host { label: "cloud", real: "https://ollama.com" },
    ],
    models: &[model("llama3.2:latest", 5), model("gpt-oss:120b-cloud", 1)],
    projects: 1,
    batches: false,
    keyless: true,
    id_of: |_, dice| dice.word(b"0123456789abcdef", 64),
    usage_lag: Lag { soon: 0, late: 0 },
    cost_lag: Lag { soon: 0, late: 0 },
    keys: &[
        KeyKind {
            kind: "local",
            prefix: "",
            length: 0,
            opens: &["local"],
            known: true,
            about: "a server of one's own: no key",
        },
        kind("cloud", true, "cloud key"),
        kind("unknown_cloud", false, "no such key"),
    ],
    fields: |admin, kind| if kind.length == 0 { json!({}) } else { keys::api_key(&VENDOR, admin, kind) },
    trouble,
    routes,
};

/// How long a model stays loaded after its last use.
const KEEP_ALIVE: i64 = 300;
/// The model that runs in the cloud.
const REMOTE: usize = 1;

const fn model(id: &'static str, share: u32) -> Model {
    Model { id, name: id, created: 1_777_941_464, embeds: false, share, price: Price::of(0, 0, 0) }
}

const fn kind(kind: &'static str, known: bool, about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "", length: 56, opens: &["cloud"], known, about }
}

fn routes() -> Router<Admin> {
    Router::new()
        .route("/ollama/local", get(alive))
        .route("/ollama/local/", get(alive))
        .route("/ollama/local/api/version", get(version))
        .route("/ollama/local/api/tags", get(tags))
        .route("/ollama/local/api/ps", get(ps))
        .route("/ollama/local/api/status", get(cloud_status))
        .route("/ollama/local/api/show", post(show))
        .route("/ollama/local/api/me", post(me))
        .route("/ollama/local/v1/models", get(openai_models))
        .route("/ollama/cloud/api/tags", get(cloud_tags))
        .route("/ollama/cloud/api/web_search", post(web_search))
}

fn error(code: u16, text: &str) -> Response {
    status(code, json!({"error": text}))
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(_) => error(429, "too many requests"),
        Trouble::Broken(503) => {
            error(503, "server busy, please try again.  maximum pending requests exceeded")
        }
        Trouble::Broken(code) => error(code, "internal server error"),
    }
}

async fn alive() -> &'static str {
    "Ollama is running"
}

async fn version() -> Response {
    ok(json!({"version": "0.24.1"}))
}

fn details(place: usize) -> Value {
    let (format, family, size, level) =
        if place == REMOTE { ("", "gptoss", "116.8B", "MXFP4") } else { ("gguf", "llama", "3.2B", "Q4_K_M") };
    json!({"parent_model": "", "format": format, "family": family, "families": [family], "parameter_size": size,
           "quantization_level": level})
}

fn digest(place: usize) -> String {
    super::Dice::new(0, "digest", VENDOR.models[place].id.as_bytes()).word(b"0123456789abcdef", 64)
}

/// Times carry the server's own offset.
fn modified(place: usize) -> String {
    let at = VENDOR.models[place].created - 7 * when::HOUR;
    when::rfc3339(at).replace('Z', ".706015396-07:00")
}

async fn tags() -> Response {
    let models: Vec<Value> = (0..VENDOR.models.len())
        .map(|place| {
            let name = VENDOR.models[place].id;
            let mut tag = json!({"name": name, "model": name, "modified_at": modified(place), "digest": digest(place),
                "size": if place == REMOTE { 384 } else { 2_019_393_189u64 }, "details": details(place),
                "capabilities": ["completion", "tools"]});
            if place == REMOTE {
                tag["remote_model"] = "gpt-oss:120b".into();
                tag["remote_host"] = "https://ollama.com:443".into();
            } else {
                tag["details"]["context_length"] = 131_072.into();
            }
            tag
        })
        .collect();
    ok(json!({"models": models}))
}

async fn ps(State(admin): State<Admin>) -> Response {
    let now = admin.now();
    let mut last: BTreeMap<usize, i64> = BTreeMap::new();
    admin.account(&VENDOR).bursts(now - KEEP_ALIVE, now, Seen::Truth(now), None, &mut |burst| {
        let at = last.entry(burst.dims.model).or_default();
        *at = burst.at.max(*at);
    });
    // What runs in the cloud is never loaded here.
    let loaded = last.into_iter().filter(|(place, _)| *place != REMOTE);
    let models: Vec<Value> = loaded
        .map(|(place, at)| {
            let name = VENDOR.models[place].id;
            json!({"name": name, "model": name, "size": 3_400_000_000u64, "size_vram": 3_400_000_000u64,
                   "digest": digest(place), "details": details(place), "context_length": 8_192,
                   "expires_at": when::rfc3339(at + KEEP_ALIVE).replace('Z', ".83753Z")})
        })
        .collect();
    ok(json!({"models": models}))
}

async fn cloud_status() -> Response {
    ok(json!({"cloud": {"disabled": false, "source": "none"}}))
}

async fn show(body: Bytes) -> Answer {
    let body: Value = serde_json::from_slice(&body).map_err(|_| error(400, "invalid request"))?;
    let asked = body["model"].as_str().unwrap_or("");
    let named = |m: &Model| m.id == asked || m.id.strip_suffix(":latest") == Some(asked);
    let Some(place) = VENDOR.models.iter().position(named) else {
        return Err(error(404, &format!("model '{asked}' not found")));
    };
    if place == REMOTE {
        return Ok(ok(json!({
            "details": details(place), "remote_model": "gpt-oss:120b", "remote_host": "https://ollama.com:443",
            "model_info": {"general.architecture": "gptoss"}, "capabilities": ["completion", "tools"],
            "modified_at": modified(place),
        })));
    }
    Ok(ok(json!({
        "license": "Invented licence text", "modelfile": "FROM llama3.2\n", "parameters": "stop \"<|eot_id|>\"",
        "template": "{{ .Prompt }}", "system": "You answer questions about insurance.", "details": details(place),
        "model_info": {"general.architecture": "llama", "general.parameter_count": 3_212_749_888u64, "llama.context_length": 131_072},
        "capabilities": ["completion", "tools"], "modified_at": modified(place),
    })))
}

async fn me(State(admin): State<Admin>) -> Response {
    let member = &admin.account(&VENDOR).directory.members[0];
    let name = member.name.split(' ').next().unwrap_or("").to_lowercase();
    ok(json!({"id": member.id, "email": member.email, "name": name, "plan": "pro"}))
}

async fn openai_models() -> Response {
    let model =
        |m: &Model| json!({"id": m.id, "object": "model", "created": m.created, "owned_by": "library"});
    ok(json!({"object": "list", "data": VENDOR.models.iter().map(model).collect::<Vec<Value>>()}))
}

/// Public: proves nothing about a key.
async fn cloud_tags() -> Response {
    let model = json!({"name": "gpt-oss:120b", "model": "gpt-oss:120b", "modified_at": "2026-08-05T00:00:00Z",
        "size": 65_369_818_941u64, "digest": "569662207105", "details": details(REMOTE)});
    ok(json!({"models": [model]}))
}

/// An empty body with a good key is refused, and nothing is searched: how a key is told good.
async fn web_search(State(admin): State<Admin>, headers: HeaderMap, body: Bytes) -> Answer {
    let known =
        bearer(&headers).and_then(|key| admin.known(&VENDOR, key)).is_some_and(|kind| kind.opens("cloud"));
    if !known {
        return Err(error(401, "unauthorized"));
    }
    let query =
        serde_json::from_slice::<Value>(&body).ok().and_then(|b| b["query"].as_str().map(str::to_owned));
    match query {
        Some(_) => Ok(ok(json!({"results": []}))),
        None => Err(error(400, "query is required")),
    }
}
