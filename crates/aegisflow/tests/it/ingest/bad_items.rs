//! Items that are wrong amid a batch: each is rejected by itself with a code and the fields to blame, and its
//! neighbours are kept.

use crate::harness::{Client, Launch, events, folder};
use serde_json::{Value, json};

/// A good event with members replaced or added, as text.
fn with(changes: &[(&str, Value)]) -> String {
    let mut event =
        json!({ "vendor": "openai", "model": "gpt-5", "prompt": [{ "role": "user", "text": "hello" }] });
    for (name, value) in changes {
        event[*name] = value.clone();
    }
    event.to_string()
}

/// A good event with a member of any text, be it JSON or not.
fn with_text(name: &str, text: &str) -> String {
    let event = with(&[]);
    format!("{},\"{name}\":{text}}}", &event[..event.len() - 1])
}

/// A good event whose prompt's text is any JSON string, quotes included.
fn saying(quoted: &str) -> String {
    format!("{{\"vendor\":\"openai\",\"model\":\"m\",\"prompt\":[{{\"role\":\"user\",\"text\":{quoted}}}]}}")
}

/// Posts a bad item between two good ones; demands 207, the good ones kept, and this code and field for the bad one.
async fn rejected(client: &Client, item: impl AsRef<[u8]>, code: &str, field: &str) {
    let item = item.as_ref();
    let shown: String = String::from_utf8_lossy(item).chars().take(300).collect();
    let good = events::saying("", "hello").to_string().replace("\"external_id\":\"\",", "");
    for kind in ["application/json", "application/x-ndjson"] {
        let (open, between, close): (&[u8], &[u8], &[u8]) =
            if kind == "application/json" { (b"[", b",", b"]") } else { (b"", b"\n", b"\n") };
        let body = [open, good.as_bytes(), between, item, between, good.as_bytes(), close].concat();
        let answer = client.ingest_bytes(body, &[("content-type", kind)]).await;
        assert_eq!(answer.status, 207, "{shown}: {answer}");
        let items = &answer.json()["items"];
        assert_eq!(items.as_array().unwrap().len(), 3, "{shown}");
        for kept in [0, 2] {
            assert_eq!(items[kept]["status"], "stored", "{shown}: {items}");
            let id = items[kept]["id"].as_str().unwrap();
            assert_eq!(client.get(&format!("/api/events/{id}")).await.status, 200, "{shown}");
        }
        assert_eq!(items[1]["status"], "rejected", "{shown}: {items}");
        assert!(items[1]["id"].is_null(), "{shown}: {items}");
        let error = &items[1]["error"];
        assert_eq!(error["code"], code, "{shown}: {error}");
        assert!(error["message"].as_str().is_some_and(|m| !m.is_empty()), "{shown}: {error}");
        if !field.is_empty() {
            assert!(error["details"]["fields"][field].is_string(), "{shown}: {field} is to blame: {error}");
        }
    }
}

/// Posts an item that must be kept; returns the event.
async fn kept(client: &Client, item: &str) -> Value {
    let answer = client.ingest_bytes(item, &[]).await.ok();
    client.get(&format!("/api/events/{}", answer["items"][0]["id"].as_str().unwrap())).await.ok()
}

#[tokio::test]
async fn an_item_of_the_wrong_shape_spoils_itself_alone() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    for item in ["null", "7", "\"text\"", "[]", "true"] {
        rejected(&client, item, "validation_failed", "body").await;
    }
    for item in ["{]", "nonsense", "{\"vendor\" \"openai\"}", "{'vendor':'openai'}"] {
        rejected(&client, item, "bad_request", "").await;
    }
    rejected(&client, "{}", "validation_failed", "vendor").await;
    for (name, value) in [
        ("vendor", json!(7)),
        ("model", json!(["gpt-5"])),
        ("prompt", json!("hello")),
        ("prompt", json!([{ "role": "user" }])),
        ("prompt", json!([{ "role": 1, "text": "x" }])),
        ("response", json!({ "role": "user", "text": "x" })),
        ("user", json!({ "name": "maria" })),
        ("source", json!("moon")),
        ("status", json!("maybe")),
        ("labels", json!(["a"])),
        ("labels.a", json!(1)),
        ("usage", json!("many")),
        ("usage.input_tokens", json!(-1)),
        ("usage.output_tokens", json!(1.5)),
        ("latency_ms", json!(-1)),
        ("latency_ms", json!(1.5)),
        ("latency_ms", json!(4_294_967_296u64)),
        ("ttft_ms", json!("fast")),
        ("occurred_at", json!(1_700_000_000)),
    ] {
        let item = match name.split_once('.') {
            Some((outer, inner)) => with(&[(outer, json!({ inner: value }))]),
            None => with(&[(name, value)]),
        };
        rejected(&client, item, "validation_failed", name).await;
    }
    rejected(
        &client,
        "{\"vendor\":\"openai\",\"vendor\":\"openai\",\"model\":\"m\"}",
        "validation_failed",
        "vendor",
    )
    .await;
}

#[tokio::test]
async fn numbers_and_texts_that_are_none_are_rejected() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    for number in ["NaN", "Infinity", "-Infinity", "1e400", "0x10", "01", "1_000", "--1", "+1"] {
        rejected(&client, with_text("latency_ms", number), "bad_request", "").await;
    }
    for number in ["1e300", "99999999999999999999999999", "-0.0"] {
        rejected(&client, with_text("latency_ms", number), "validation_failed", "latency_ms").await;
    }
    let digits = "9".repeat(100_000);
    rejected(&client, with_text("latency_ms", &digits), "bad_request", "").await;
    // Half a surrogate pair is JSON by its grammar, and yet no text.
    for text in ["\"\\ud800\"", "\"\\udfff\\ud800\""] {
        rejected(&client, saying(text), "validation_failed", "prompt").await;
    }
    for text in ["\"\\u12\"", "\"\\x41\"", "\"a\tb\"", "\"a\0b\""] {
        rejected(&client, saying(text), "bad_request", "").await;
    }
    for bytes in [&b"\xff"[..], b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"] {
        let item = saying("\"@\"");
        let (before, after) = item.split_once('@').unwrap();
        let item = [before.as_bytes(), bytes, after.as_bytes()].concat();
        rejected(&client, item, "validation_failed", "body").await;
    }
    // NUL, written as JSON wants it, is text like any other; so are characters beyond the basic plane.
    let event = kept(&client, &saying("\"a\\u0000b \\ud83d\\ude00\"")).await;
    assert_eq!(event["parts"][0]["text"], "a\0b 😀");
}

#[tokio::test]
async fn what_is_deep_is_rejected_and_linear() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    for levels in [65, 10_000, 1_000_000] {
        rejected(&client, with_text("extra", &nested(levels)), "validation_failed", "").await;
    }
    let objects = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    rejected(&client, with_text("extra", &objects), "validation_failed", "").await;
    // The item itself is a level, too.
    kept(&client, &with_text("extra", &nested(63))).await;
    let raw = format!(
        r#"{{"format":"openai.chat","request":{{"model":"m","messages":[],"x":{}}}}}"#,
        nested(10_000)
    );
    rejected(&client, raw, "validation_failed", "").await;
    // Open without end: the body as a whole is cut short.
    client.ingest_bytes("[".repeat(1_000_000), &[]).await.refused(400, "bad_request");
}

#[tokio::test]
async fn values_over_a_limit_are_rejected_and_name_the_field() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let long = |n: usize| json!("x".repeat(n));
    let labels =
        |n: usize| json!((0..n).map(|i| (format!("k{i}"), json!("v"))).collect::<serde_json::Map<_, _>>());
    let parts = |n: usize| json!(vec![json!({ "role": "user", "text": "a" }); n]);
    for (name, value, field) in [
        ("external_id", json!(""), "external_id"),
        ("external_id", long(201), "external_id"),
        ("external_id", json!("ü".repeat(101)), "external_id"),
        ("model", json!(""), "model"),
        ("model", long(257), "model"),
        ("user", long(257), "user"),
        ("team", long(257), "team"),
        ("app", long(257), "app"),
        ("conversation_id", long(257), "conversation_id"),
        ("region", long(100_000), "region"),
        ("labels", labels(33), "labels"),
        ("labels", json!({ "k": "v".repeat(257) }), "labels"),
        ("labels", json!({ "k".repeat(257): "v" }), "labels"),
        ("labels", json!({ "": "v" }), "labels"),
        ("prompt", parts(2_001), "prompt"),
        ("prompt", json!([{ "role": "r".repeat(65), "text": "a" }]), "role"),
        ("prompt", json!([{ "role": "", "text": "a" }]), "role"),
        ("prompt", json!([]), "prompt"),
        ("usage", json!({ "input_tokens": 1_000_000_001u64 }), "usage"),
        ("usage", json!({ "reasoning_tokens": u64::MAX }), "usage"),
        ("usage", json!({ "cached_input_tokens": 1u64 << 62 }), "usage"),
        ("uninspected_bytes", json!(u64::MAX), "uninspected_bytes"),
        ("vendor", json!("acme"), "vendor"),
        ("vendor", json!("OpenAI"), "vendor"),
        ("vendor", json!(""), "vendor"),
        ("format", json!("acme.chat"), "format"),
        ("format", json!("openai.chat"), "request"),
    ] {
        rejected(&client, with(&[(name, value)]), "validation_failed", field).await;
    }
    for (name, value) in
        [("external_id", long(200)), ("labels", labels(32)), ("prompt", parts(2_000)), ("user", long(256))]
    {
        kept(&client, &with(&[(name, value)])).await;
    }
}

#[tokio::test]
async fn only_times_near_enough_are_taken() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let now = jiff::Timestamp::now();
    let days = |n: i64| (now - jiff::SignedDuration::from_hours(24 * n)).to_string();
    for time in [
        "0001-01-01T00:00:00Z".to_string(),
        "-000001-01-01T00:00:00Z".into(),
        "9999-12-31T23:59:59.999Z".into(),
        "+010000-01-01T00:00:00Z".into(),
        "1970-01-01T00:00:00Z".into(),
        days(401),
        days(-1),
        (now + jiff::SignedDuration::from_mins(6)).to_string(),
        "yesterday".into(),
        "".into(),
        "2026-02-30T00:00:00Z".into(),
        "2026-11-23".into(),
        "2026-11-23T25:00:00Z".into(),
    ] {
        rejected(&client, with(&[("occurred_at", json!(time))]), "validation_failed", "occurred_at").await;
    }
    for time in [days(399), now.to_string(), (now + jiff::SignedDuration::from_mins(4)).to_string()] {
        kept(&client, &with(&[("occurred_at", json!(time))])).await;
    }
}

#[tokio::test]
async fn a_vendors_raw_pair_of_the_wrong_shape_is_rejected() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    for format in ["openai.chat", "anthropic.messages"] {
        for request in [json!(null), json!([]), json!("x"), json!(7), json!({}), json!({ "messages": 7 })] {
            let item = json!({ "format": format, "request": request, "response": null }).to_string();
            rejected(&client, item, "validation_failed", "request").await;
        }
        let request = json!({ "model": "m", "messages": [{ "role": "user", "content": "hi" }] });
        for response in [json!([]), json!("x"), json!(7)] {
            let item = json!({ "format": format, "request": request, "response": response }).to_string();
            let answer = client.ingest_bytes(item.as_str(), &[]).await;
            assert!(answer.status == 200 || answer.status == 422, "{item}: {answer}");
        }
        let item =
            format!("{{\"format\":\"{format}\",\"request\":{{\"model\":\"\\ud800\",\"messages\":[]}}}}");
        let answer = client.ingest_bytes(item.as_str(), &[]).await;
        assert_eq!(answer.status, 422, "{item}: {answer}");
    }
}

#[tokio::test]
async fn a_request_with_nothing_good_in_it_is_422_with_a_reason_for_each_item() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let answer = client.ingest(&json!([{ "vendor": "acme" }, null])).await;
    assert_eq!(answer.status, 422, "{answer}");
    let body = answer.json();
    assert_eq!((&body["stored"], &body["rejected"]), (&json!(0), &json!(2)));
    assert!(!answer.header("x-request-id").is_empty());
    // What was wrong is named, and not repeated: it may be a secret.
    let answer = client.ingest(&json!({ "vendor": "openai", "status": "expected hunter2-hunter2" })).await;
    assert!(!answer.text().contains("hunter2"), "{answer}");
}
