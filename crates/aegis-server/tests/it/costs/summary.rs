//! `/costs/summary` and `/vendors/analytics`.

use super::{cost, credential, event, ingest, put};
use crate::harness::Server;
use aegis_domain::Role;
use serde_json::{Value, json};

/// The item that stands for a value.
fn item<'a>(answer: &'a Value, vendor: Option<&str>, key: Option<&str>) -> &'a Value {
    let found = answer["items"].as_array().unwrap().iter();
    let mut found = found.filter(|i| i["vendor"] == json!(vendor) && i["key"] == json!(key));
    found.next().unwrap_or_else(|| panic!("no item {vendor:?} {key:?} in {answer}"))
}

fn figures(of: &Value) -> [&str; 4] {
    [
        &of["reported"]["billed_usd"],
        &of["reported"]["estimated_usd"],
        &of["reported"]["stated_usd"],
        &of["observed_usd"],
    ]
    .map(|value| value.as_str().unwrap())
}

/// An event whose vendor states its cost.
fn stated(at: &str) -> Value {
    json!({
        "format": "openrouter.chat", "occurred_at": at, "team": "sales",
        "request": { "model": "openai/gpt-5", "messages": [{ "role": "user", "content": "hello" }] },
        "response": {
            "id": "gen-1", "model": "openai/gpt-5", "object": "chat.completion",
            "choices": [{ "index": 0, "finish_reason": "stop", "message": { "role": "assistant", "content": "hi" } }],
            "usage": { "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "cost": 0.0123 }
        }
    })
}

#[tokio::test]
async fn events_are_stated_observed_or_not_priced_and_never_two_of_them() {
    let server = Server::start().await;
    let mut batch = event("openai", "gpt-5-2025-08-07", "2026-11-22T10:00:00Z", (1000, 400, 200));
    batch["labels"] =
        json!({ "service_tier": "batch", "cost_center": "4711", "project": "p1", "key": "key_1" });
    let mut refused = event("openai", "gpt-5", "2026-11-22T12:00:00Z", (0, 0, 0));
    refused["status"] = json!("blocked");
    ingest(
        &server,
        &[
            event("openai", "gpt-5", "2026-11-21T10:00:00Z", (1000, 400, 200)),
            batch,
            event("openai", "nobody-knows", "2026-11-22T11:00:00Z", (7, 0, 3)),
            refused,
            stated("2026-11-22T13:00:00Z"),
        ],
    )
    .await;
    let mut client = server.as_role(Role::Viewer).await;
    let range = "from=2026-11-21T00:00:00Z&to=2026-11-23T00:00:00Z";
    let answer = client.get(&format!("/api/costs/summary?{range}&by=model")).await.expect(200).json;

    // 600 × 1.25 + 400 × 0.125 + 200 × 10 millionths, and half of that by batch
    let totals = &answer["totals"];
    assert_eq!(figures(totals), ["0.000000000", "0.000000000", "0.012300000", "0.004200000"]);
    assert_eq!(totals["not_priced"], json!({ "events": 1, "tokens": 10 }));
    assert_eq!(totals["events"], 5);
    assert_eq!(
        totals["tokens"],
        json!({ "input": 2017, "cached_input": 800, "cache_write": 0, "output": 408, "reasoning": 0 })
    );
    // 0.0165 for 2,415 tokens with a price
    assert_eq!(totals["usd_per_million_tokens"], "6.832298136");

    let gpt = item(&answer, Some("openai"), Some("gpt-5"));
    assert_eq!(figures(&gpt["figures"])[3], "0.002800000");
    assert_eq!(gpt["seen_share"], 0.1696);
    assert_eq!(gpt["billed_share"], Value::Null, "nothing is billed");
    let snapshot = item(&answer, Some("openai"), Some("gpt-5-2025-08-07"));
    assert_eq!(figures(&snapshot["figures"])[3], "0.001400000");
    let unknown = item(&answer, Some("openai"), Some("nobody-knows"));
    assert_eq!(figures(&unknown["figures"])[3], "0.000000000");
    assert_eq!(unknown["figures"]["not_priced"], json!({ "events": 1, "tokens": 10 }));

    assert_eq!(answer["series"]["buckets"], json!(["2026-11-21T00:00:00.000Z", "2026-11-22T00:00:00.000Z"]));
    let first = answer["series"]["lines"].as_array().unwrap().iter().find(|l| l["key"] == "gpt-5").unwrap();
    assert_eq!(first["observed_usd"], json!(["0.002800000", "0.000000000"]));

    for (by, vendor, key, observed) in [
        ("vendor", None, Some("openai"), "0.004200000"),
        ("team", None, Some("claims"), "0.004200000"),
        ("app", None, Some("triage"), "0.004200000"),
        ("user", None, Some("maria"), "0.004200000"),
        ("cost_center", None, Some("4711"), "0.001400000"),
        ("cost_center", None, None, "0.002800000"),
        ("project", Some("openai"), Some("p1"), "0.001400000"),
        ("key", Some("openai"), Some("key_1"), "0.001400000"),
        ("key", None, None, "0.002800000"),
    ] {
        let answer = client.get(&format!("/api/costs/summary?{range}&by={by}")).await.expect(200).json;
        assert_eq!(answer["totals"], *totals, "{by}");
        assert_eq!(figures(&item(&answer, vendor, key)["figures"])[3], observed, "{by} {key:?}");
    }

    let events = client.get(&format!("/api/events?{range}&model=gpt-5-2025-08-07")).await.expect(200).json;
    assert_eq!(
        events["items"][0]["cost"],
        json!({ "reported_usd": null, "observed_usd": "0.001400000",
                "price_id": "list:openai/gpt-5-2025-08-07:batch@2026-11-30+1.109.1" })
    );
}

#[tokio::test]
async fn bills_stand_beside_what_was_seen_and_keep_their_currency() {
    let server = Server::start().await;
    let (openai, mistral) = (credential(&server, "openai").await, credential(&server, "mistral").await);
    let day = "2026-11-21";
    let mut guess = cost(day, Some("gpt-5"), "9", "USD");
    guess.estimate = true;
    let rows =
        [cost(day, Some("gpt-5"), "1.0000000005", "USD"), cost("2026-11-22", None, "0.5", "USD"), guess];
    put(&server, &openai, "cost", &rows).await;
    put(&server, &mistral, "cost", &[cost(day, Some("mistral-large-3"), "2.000000000001", "EUR")]).await;
    ingest(&server, &[event("openai", "gpt-5", "2026-11-21T10:00:00Z", (1000, 400, 200))]).await;

    let mut client = server.as_role(Role::Admin).await;
    let path = "/api/costs/summary?from=2026-11-21T00:00:00Z&to=2026-11-23T00:00:00Z&by=model";
    let answer = client.get(path).await.expect(200).json;
    assert_eq!(figures(&answer["totals"]), ["1.500000000", "9.000000000", "0.000000000", "0.002800000"]);
    assert_eq!(answer["foreign"][0]["currency"], "EUR");
    assert_eq!(answer["foreign"][0]["amount"], "2.000000000");
    let unsplit = item(&answer, None, None);
    assert_eq!(figures(&unsplit["figures"]), ["0.500000000", "0.000000000", "0.000000000", "0.000000000"]);
    assert_eq!(unsplit["billed_share"], 0.3333);

    let rate = json!({ "rates": [{ "currency": "EUR", "valid_from": "2026-01-01T00:00:00Z", "usd_per_unit": "1.1" }] });
    client.put("/api/prices/rates", rate).await.expect(200);
    let answer = client.get(path).await.expect(200).json;
    assert_eq!(figures(&answer["totals"])[0], "3.700000000");
    assert_eq!(answer["foreign"], json!([]));
    assert_eq!(
        figures(&item(&answer, Some("mistral"), Some("mistral-large-3"))["figures"])[0],
        "2.200000000"
    );
}

#[tokio::test]
async fn what_is_not_listed_is_one_item_and_nothing_is_lost() {
    let server = Server::start().await;
    let openai = credential(&server, "openai").await;
    let rows: Vec<_> = (0..20)
        .map(|n| cost("2026-11-21", Some(&format!("m{n:02}")), &format!("{}", n + 1), "USD"))
        .collect();
    put(&server, &openai, "cost", &rows).await;
    let mut client = server.as_role(Role::Viewer).await;
    let path = "/api/costs/summary?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&by=model&limit=3";
    let answer = client.get(path).await.expect(200).json;
    let billed: Vec<_> =
        answer["items"].as_array().unwrap().iter().map(|i| figures(&i["figures"])[0]).collect();
    assert_eq!(billed, ["20.000000000", "19.000000000", "18.000000000", "153.000000000"]);
    assert_eq!(answer["items"][3]["other"], true);
    assert_eq!(figures(&answer["totals"])[0], "210.000000000");
    for bad in ["limit=0", "limit=501", "by=colour"] {
        client.get(&format!("/api/costs/summary?{bad}")).await.expect(422);
    }
}

#[tokio::test]
async fn vendors_are_compared_by_merged_sketches() {
    let server = Server::start().await;
    let mut slow = event("openai", "gpt-5", "2026-11-23T08:00:00Z", (10, 0, 10));
    slow["latency_ms"] = json!(1000);
    slow["status"] = json!("error");
    let fast = event("openai", "gpt-5", "2026-11-23T07:00:00Z", (10, 0, 10));
    ingest(
        &server,
        &[fast.clone(), fast.clone(), fast, slow, event("mistral", "m", "2026-11-23T08:00:00Z", (1, 0, 1))],
    )
    .await;
    let mut client = server.as_role(Role::Viewer).await;
    let answer = client.get("/api/vendors/analytics?range=24h").await.expect(200).json;
    let openai = &answer["items"][0];
    assert_eq!((openai["vendor"].as_str(), openai["figures"]["events"].as_i64()), (Some("openai"), Some(4)));
    let near = |value: &Value, want: f64| (value.as_f64().unwrap() - want).abs() <= want * 0.01 + 0.5;
    assert!(near(&openai["latency_ms"]["p50"], 100.0) && near(&openai["ttft_ms"]["p99"], 40.0), "{openai}");
    assert_eq!(openai["error_rate"], 0.25);
    assert_eq!(
        openai["trend"]["events"].as_array().unwrap().iter().filter_map(Value::as_i64).sum::<i64>(),
        4
    );
    let models = client.get("/api/vendors/analytics?range=24h&group=model&limit=1").await.expect(200).json;
    assert_eq!((&models["items"][0]["model"], &models["left_off"]), (&json!("gpt-5"), &json!(1)));
}
