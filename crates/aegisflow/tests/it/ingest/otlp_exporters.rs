//! OpenTelemetry's own instrumentation, SDK and exporters for Python as the other side: names of today and of before, in
//! protobuf and in JSON.

use crate::harness::skip::skip;
use crate::harness::{Client, Launch, folder};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One call, instrumented and exported; what the script told.
fn export(python: &Path, client: &Client, encoding: &str, names: &str) -> Value {
    let output = Command::new(python)
        .arg(root().join("tests/peers/otlp_exporter.py"))
        .args([format!("http://{}/api/otlp", client.address).as_str(), client.token(), encoding, names])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{encoding} {names}: {said}");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["first"], json!(["SUCCESS", "SUCCESS"]), "{encoding} {names}: {said}");
    assert_eq!(told["again"], json!(["SUCCESS", "SUCCESS"]), "{encoding} {names}: {said}");
    assert_eq!(told["refused"], "FAILURE", "a token that is none is noticed");
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_opentelemetry_records_of_a_call_arrives_once_in_both_encodings() {
    let python = root().join(".peers/otlp/bin/python");
    if !python.exists() {
        return skip("OpenTelemetry's exporters", "their environment is missing; run make setup");
    }
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    for encoding in ["protobuf", "json"] {
        for names in ["today", "before"] {
            let case = format!("{encoding} {names}");
            let told = export(&python, &client, encoding, names);
            let id = told["span"].as_str().unwrap();
            let mut events = client.all_events().await;
            events.retain(|e| e["external_id"].as_str().unwrap().starts_with(id));
            events.sort_by_key(|e| e["external_id"].as_str().unwrap().len());
            assert_eq!(events.len(), 2, "{case}: a span and what was said, each once: {events:#?}");
            let (span, said) = (&events[0], &events[1]);
            assert_eq!(span["external_id"], id, "{case}");
            for event in [span, said] {
                assert_eq!(
                    [&event["source"], &event["vendor"], &event["app"]],
                    ["otlp", "openai", "helpdesk"],
                    "{case}"
                );
            }
            assert_eq!(
                (&span["usage"]["input_tokens"], &said["usage"]),
                (&json!(300), &Value::Null),
                "{case}"
            );
            assert_eq!((&said["action"], &said["detectors"]), (&json!("flag"), &json!(["us_ssn"])), "{case}");
            // Before, spans did not carry what was said.
            assert_eq!(span["action"], if names == "today" { "flag" } else { "allow" }, "{case}");

            let event = client.get(&format!("/api/events/{}", said["id"].as_str().unwrap())).await.ok();
            let parts = event["parts"].as_array().unwrap().iter();
            let parts: Vec<(&str, &str)> =
                parts.map(|p| (p["direction"].as_str().unwrap(), p["role"].as_str().unwrap())).collect();
            assert_eq!(parts, [("prompt", "user"), ("response", "assistant")], "{case}");
            assert_eq!(event["parts"][1]["text"], "Noted.", "{case}");
        }
    }
    assert_eq!(client.all_events().await.len(), 8);
}
