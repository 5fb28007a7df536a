//! The vendors' APIs: answers shaped as recorded ones, streams framed as SDKs need them, errors as the vendors word
//! them. Time is paused, so nobody waits for a simulated model.

use crate::shape::differences;
use aegis_domain::{ManualClock, Timestamp};
use aegis_sim::{SimConfig, router_at};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

const OPENAI: &str = "/openai/v1/chat/completions";
const ANTHROPIC: &str = "/anthropic/v1/messages";
const KEYS: &[(&str, &str)] = &[
    ("authorization", "Bearer sk-proj-000000000000000000"),
    ("x-api-key", "sk-ant-api03-00000000000000"),
    ("anthropic-version", "2023-06-01"),
];

fn sim(seed: u64) -> Router {
    router_at(
        SimConfig { seed, ..SimConfig::default() },
        Arc::new(ManualClock::at(Timestamp::from_millis(1_794_000_000_000))),
    )
}

async fn send(
    sim: Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: String,
) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = sim.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (head.status, head.headers, String::from_utf8(body.to_vec()).unwrap())
}

async fn ask(path: &str, body: &Value) -> (StatusCode, Value) {
    let (status, _, text) = send(sim(1), "POST", path, KEYS, body.to_string()).await;
    (status, serde_json::from_str(&text).unwrap())
}

fn fixture(path: &str) -> String {
    std::fs::read_to_string(format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn example(path: &str) -> Value {
    serde_json::from_str(&fixture(path)).unwrap()
}

fn openai(text: &str) -> Value {
    json!({"model": "gpt-5.4-mini", "messages": [
        {"role": "system", "content": "You help the support team."}, {"role": "user", "content": text}]})
}

fn anthropic(text: &str) -> Value {
    json!({"model": "claude-sonnet-5-5", "max_tokens": 800, "system": "You help the claims team.",
           "messages": [{"role": "user", "content": text}]})
}

#[track_caller]
fn same_shape(value: &Value, example: &Value) {
    assert_eq!(differences(value, example), Vec::<String>::new(), "{value:#}");
}

#[tokio::test(start_paused = true)]
async fn answers_have_the_shape_of_recorded_ones() {
    let (status, answer) = ask(OPENAI, &openai("Where is my order?")).await;
    assert_eq!(status, StatusCode::OK);
    same_shape(&answer, &example("openai/response_chat.json"));
    assert_eq!(answer["model"], "gpt-5.4-mini-2026-03-17");
    let usage = &answer["usage"];
    assert_eq!(
        usage["total_tokens"].as_u64().unwrap(),
        usage["prompt_tokens"].as_u64().unwrap() + usage["completion_tokens"].as_u64().unwrap()
    );

    let (status, answer) = ask(ANTHROPIC, &anthropic("Summarise this claim.")).await;
    assert_eq!(status, StatusCode::OK);
    let mut recorded = example("anthropic/response_messages.json");
    recorded["content"] = json!([{"type": "text", "text": ""}]);
    same_shape(&answer, &recorded);
    assert_eq!(answer["stop_reason"], "end_turn");
}

#[tokio::test(start_paused = true)]
async fn the_recorded_requests_are_understood() {
    for (path, file) in [(OPENAI, "openai/request_chat.json"), (ANTHROPIC, "anthropic/request_messages.json")]
    {
        let mut request = example(file);
        request["stream"] = json!(false);
        let (status, answer) = ask(path, &request).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn tools_are_called_with_input_by_their_schema() {
    let schema = json!({"type": "object", "properties": {"claim_id": {"type": "string"}}});
    let mut called = 0;
    for i in 0..20 {
        let mut request = openai(&format!("Look up claim CLM-20488{i}"));
        request["tools"] =
            json!([{"type": "function", "function": {"name": "get_claim", "parameters": schema}}]);
        let (_, answer) = ask(OPENAI, &request).await;
        let choice = &answer["choices"][0];
        if choice["finish_reason"] == "tool_calls" {
            same_shape(&answer, &example("openai/response_chat_tools.json"));
            let input = choice["message"]["tool_calls"][0]["function"]["arguments"].as_str().unwrap();
            let input: Value = serde_json::from_str(input).unwrap();
            assert_eq!(input["claim_id"], format!("CLM-20488{i}"));
            called += 1;
        }
    }
    assert!(called > 8, "{called}");
}

#[tokio::test(start_paused = true)]
async fn length_limits_and_json_schemas_are_kept() {
    let mut short = openai("Tell me everything about the refund.");
    short["max_completion_tokens"] = json!(5);
    let (_, answer) = ask(OPENAI, &short).await;
    assert_eq!(answer["choices"][0]["finish_reason"], "length");

    let mut structured = openai("Triage this");
    let schema = json!({"type": "object", "properties": {"priority": {"enum": ["low", "high"]}}});
    structured["response_format"] =
        json!({"type": "json_schema", "json_schema": {"name": "t", "schema": schema}});
    let (_, answer) = ask(OPENAI, &structured).await;
    let content: Value =
        serde_json::from_str(answer["choices"][0]["message"]["content"].as_str().unwrap()).unwrap();
    assert!(["low", "high"].contains(&content["priority"].as_str().unwrap()));
}

#[tokio::test(start_paused = true)]
async fn equal_seeds_give_equal_bytes() {
    for (path, body) in [(OPENAI, openai("Where is it?")), (ANTHROPIC, anthropic("Where is it?"))] {
        let said = |seed| send(sim(seed), "POST", path, KEYS, body.to_string());
        let (first, second, other) = (said(1).await, said(1).await, said(2).await);
        assert_eq!(first.2, second.2);
        assert_ne!(first.2, other.2);
    }
}

/// Splits a stream by the rules of server-sent events into (event, data).
fn events(stream: &str) -> Vec<(Option<String>, String)> {
    assert!(stream.ends_with("\n\n"), "the last event ends with a blank line");
    let one = |block: &str| {
        let field = |name: &str| block.lines().find_map(|l| l.strip_prefix(name)).map(str::to_owned);
        (field("event: "), field("data: ").expect("every event has data"))
    };
    stream.split_terminator("\n\n").map(one).collect()
}

#[tokio::test(start_paused = true)]
async fn an_openai_stream_says_what_the_whole_answer_says() {
    let whole = ask(OPENAI, &openai("Where is my refund?")).await.1;
    let mut request = openai("Where is my refund?");
    request["stream"] = json!(true);
    request["stream_options"] = json!({"include_usage": true});
    let (status, headers, body) = send(sim(1), "POST", OPENAI, KEYS, request.to_string()).await;
    assert_eq!(status, StatusCode::OK);
    assert!(headers["content-type"].to_str().unwrap().starts_with("text/event-stream"));
    let mut events = events(&body);
    assert_eq!(events.pop(), Some((None, "[DONE]".to_owned())));
    let chunks: Vec<Value> = events.iter().map(|(_, d)| serde_json::from_str(d).unwrap()).collect();
    let recorded: Value = serde_json::from_str(
        fixture("openai/stream_chat_text.txt").lines().next().unwrap().strip_prefix("data: ").unwrap(),
    )
    .unwrap();
    for chunk in &chunks {
        let extra = differences(chunk, &recorded);
        assert!(extra.iter().all(|d| d.contains("obfuscation") || d.contains("delta")), "{extra:?}");
    }
    let text: String = chunks.iter().filter_map(|c| c["choices"][0]["delta"]["content"].as_str()).collect();
    let last = chunks.last().unwrap();
    assert!(last["choices"].as_array().unwrap().is_empty() && last["usage"]["total_tokens"].is_u64());
    let choice = &whole["choices"][0];
    assert_eq!(text, choice["message"]["content"].as_str().unwrap());
    assert_eq!(last["usage"], whole["usage"]);
    assert_eq!(chunks[chunks.len() - 2]["choices"][0]["finish_reason"], choice["finish_reason"]);
}

#[tokio::test(start_paused = true)]
async fn an_anthropic_stream_begins_and_ends_as_documented() {
    let mut request = anthropic("Summarise this claim.");
    request["stream"] = json!(true);
    let (_, _, body) = send(sim(1), "POST", ANTHROPIC, KEYS, request.to_string()).await;
    let events = events(&body);
    let recorded = self::events(&fixture("anthropic/stream_messages_text.txt"));
    let mut kinds: Vec<&str> = events.iter().map(|(e, _)| e.as_deref().unwrap()).collect();
    let mut expected: Vec<&str> = recorded.iter().map(|(e, _)| e.as_deref().unwrap()).collect();
    kinds.dedup();
    expected.dedup();
    assert_eq!(kinds, expected);
    for (name, data) in &events {
        let json: Value = serde_json::from_str(data).unwrap();
        assert_eq!(json["type"], name.as_deref().unwrap());
        let (_, like) = recorded.iter().find(|(e, _)| e == name).unwrap();
        same_shape(&json, &serde_json::from_str(like).unwrap());
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_worded_and_shaped_by_vendor() {
    let unknown = |mut v: Value| {
        v["model"] = json!("gpt-2");
        v
    };
    let without = |mut v: Value, key: &str| {
        v.as_object_mut().unwrap().remove(key);
        v
    };
    for (path, body, status, pointer, expected) in [
        (OPENAI, unknown(openai("x")), 404, "/error/code", "model_not_found"),
        (OPENAI, without(openai("x"), "messages"), 400, "/error/param", "messages"),
        (
            OPENAI,
            json!({"model": "gpt-5.5", "messages": [{"role": "boss"}]}),
            400,
            "/error/param",
            "messages[0].role",
        ),
        (
            OPENAI,
            json!({"model": "gpt-4.1", "messages": [{"role": "user", "content": "x".repeat(600_000)}]}),
            400,
            "/error/code",
            "context_length_exceeded",
        ),
        (ANTHROPIC, unknown(anthropic("x")), 404, "/error/type", "not_found_error"),
        (
            ANTHROPIC,
            without(anthropic("x"), "max_tokens"),
            400,
            "/error/message",
            "max_tokens: Field required",
        ),
    ] {
        let (got, answer) = ask(path, &body).await;
        assert_eq!(got.as_u16(), status, "{answer}");
        assert_eq!(answer.pointer(pointer).unwrap(), expected);
        let vendor = if path == OPENAI { "openai" } else { "anthropic" };
        same_shape(&answer, &example(&format!("{vendor}/error_bad_key.json")));
    }
    let (status, _, body) = send(sim(1), "POST", OPENAI, KEYS, "{\"model\":".into()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body.contains("could not parse"));
}

#[tokio::test(start_paused = true)]
async fn keys_and_versions_are_required_as_the_vendors_do() {
    let good = openai("x").to_string();
    for (path, headers, status) in [
        (OPENAI, &[][..], 401),
        (OPENAI, &[("authorization", "Bearer nonsense")][..], 401),
        (OPENAI, &[("authorization", "Bearer sk-admin-0000000000000000")][..], 403),
        (ANTHROPIC, &[][..], 401),
        (ANTHROPIC, &[("x-api-key", "sk-ant-api03-00000000000000")][..], 400),
        (
            ANTHROPIC,
            &[("x-api-key", "sk-proj-0000000000000000"), ("anthropic-version", "2023-06-01")][..],
            401,
        ),
    ] {
        let (got, _, body) = send(sim(1), "POST", path, headers, good.clone()).await;
        assert_eq!(got.as_u16(), status, "{body}");
    }
    // Newer SDKs send a bearer token, and the newer version takes no sampling parameters.
    let headers =
        [("authorization", "Bearer sk-ant-api03-00000000000000"), ("anthropic-version", "2026-10-21")];
    let mut body = anthropic("x");
    assert_eq!(send(sim(1), "POST", ANTHROPIC, &headers, body.to_string()).await.0, StatusCode::OK);
    body["temperature"] = json!(0.2);
    assert_eq!(send(sim(1), "POST", ANTHROPIC, &headers, body.to_string()).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test(start_paused = true)]
async fn models_are_listed_as_recorded() {
    for (path, file) in
        [("/openai/v1/models", "openai/models.json"), ("/anthropic/v1/models", "anthropic/models.json")]
    {
        let (status, _, body) = send(sim(1), "GET", path, KEYS, String::new()).await;
        assert_eq!(status, StatusCode::OK);
        let list: Value = serde_json::from_str(&body).unwrap();
        assert!(differences(&list, &example(file)).iter().all(|d| d.contains("shutdown_date")));
    }
}
