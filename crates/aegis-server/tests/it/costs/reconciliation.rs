//! `/usage/reconciliation`: every cause from figures that were put in.

use super::{cost, credential, event, ingest, put, tokens};
use crate::harness::Server;
use aegis_domain::Role;
use serde_json::{Value, json};

const RANGE: &str = "from=2026-11-10T00:00:00Z&to=2026-11-23T00:00:00Z";

fn line<'a>(answer: &'a Value, day: &str, vendor: &str, key: Option<&str>) -> &'a Value {
    let day = format!("{day}T00:00:00.000Z");
    let lines = answer["items"].as_array().unwrap();
    let of = |l: &&Value| l["day"] == json!(day) && l["vendor"] == json!(vendor) && l["key"] == json!(key);
    lines.iter().find(of).unwrap_or_else(|| panic!("no line {day} {vendor} {key:?} in {answer}"))
}

fn told(line: &Value) -> (&str, Option<&str>, &str) {
    let text = |name: &str| line[name].as_str();
    (text("cause").unwrap(), text("billed_usd"), text("seen_usd").unwrap())
}

#[tokio::test]
async fn bills_and_calls_are_compared_by_day_and_vendor() {
    let server = Server::start().await;
    let openai = credential(&server, "openai").await;
    // One call costs 0.0028: 600 × 1.25 + 400 × 0.125 + 200 × 10 millionths.
    let call = |day: &str| event("openai", "gpt-5-2025-08-07", &format!("{day}T10:00:00Z"), (1000, 400, 200));
    let mut rows = Vec::new();
    let mut used = Vec::new();
    for (day, amount, input, output) in [
        ("2026-11-10", "0.0028", 1000, 200),
        ("2026-11-11", "0.0056", 2000, 400),
        ("2026-11-12", "0.0028", 1000, 200),
        ("2026-11-13", "0.00252", 1000, 200),
        ("2026-11-14", "0.004", 1000, 200),
        ("2026-11-15", "0.002800000001", 1000, 200),
    ] {
        rows.push(cost(day, None, amount, "USD"));
        used.push(tokens(day, Some("gpt-5"), input, output));
    }
    put(&server, &openai, "cost", &rows).await;
    put(&server, &openai, "usage", &used).await;
    let days =
        ["2026-11-10", "2026-11-11", "2026-11-13", "2026-11-14", "2026-11-15", "2026-11-16", "2026-11-22"];
    let mut calls: Vec<Value> = days.iter().map(|day| call(day)).collect();
    calls.push(event("mistral", "nobody-knows", "2026-11-16T10:00:00Z", (5, 0, 5)));
    ingest(&server, &calls).await;

    let mut client = server.as_role(Role::Viewer).await;
    let answer = client.get(&format!("/api/usage/reconciliation?{RANGE}")).await.expect(200).json;
    for (day, vendor, want, gap) in [
        ("2026-11-10", "openai", ("agrees", Some("0.002800000"), "0.002800000"), Some("0.000000000")),
        ("2026-11-11", "openai", ("bypass", Some("0.005600000"), "0.002800000"), Some("0.002800000")),
        ("2026-11-12", "openai", ("bypass", Some("0.002800000"), "0.000000000"), Some("0.002800000")),
        ("2026-11-13", "openai", ("discount", Some("0.002520000"), "0.002800000"), Some("-0.000280000")),
        ("2026-11-14", "openai", ("price_differs", Some("0.004000000"), "0.002800000"), Some("0.001200000")),
        ("2026-11-15", "openai", ("agrees", Some("0.002800000"), "0.002800000"), Some("0.000000000")),
        ("2026-11-16", "openai", ("unknown_key", None, "0.002800000"), None),
        ("2026-11-22", "openai", ("late_bucket", None, "0.002800000"), None),
        ("2026-11-16", "mistral", ("unknown_key", None, "0.000000000"), None),
    ] {
        let line = line(&answer, day, vendor, None);
        assert_eq!((told(line), line["gap_usd"].as_str()), (want, gap), "{day} {vendor}: {line}");
        let confidence = line["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&confidence) && !line["reason"].as_str().unwrap().is_empty());
    }
    assert_eq!(answer["billed_usd"], "0.020520000");
    assert_eq!(answer["seen_usd"], "0.019600000");
    assert_eq!(answer["not_priced_tokens"], 10);
    let bypass = answer["causes"].as_array().unwrap().iter().find(|c| c["cause"] == "bypass").unwrap();
    assert_eq!((&bypass["lines"], &bypass["gap_usd"]), (&json!(2), &json!("0.005600000")));

    // By model the snapshot that was called and the alias that was billed are one; the bill names no model.
    let answer = client.get(&format!("/api/usage/reconciliation?{RANGE}&group=model")).await.expect(200).json;
    let of_model = line(&answer, "2026-11-11", "openai", Some("gpt-5"));
    assert_eq!((&of_model["billed_tokens"], &of_model["seen_tokens"]), (&json!(2400), &json!(1200)));
    let unsplit = line(&answer, "2026-11-11", "openai", None);
    assert_eq!(told(unsplit), ("bypass", Some("0.005600000"), "0.000000000"));
    assert!(unsplit["reason"].as_str().unwrap().contains("not split"));

    let only =
        client.get(&format!("/api/usage/reconciliation?{RANGE}&cause=discount&vendor=openai&limit=1")).await;
    let only = only.expect(200).json;
    assert_eq!((only["items"].as_array().unwrap().len(), &only["left_off"]), (1, &json!(0)));
    let few = client.get(&format!("/api/usage/reconciliation?{RANGE}&limit=2")).await.expect(200).json;
    assert_eq!((few["items"].as_array().unwrap().len(), &few["left_off"]), (2, &json!(7)));
    assert_eq!(few["billed_usd"], "0.020520000", "totals are of all lines");
    for bad in ["group=colour", "cause=colour", "limit=501"] {
        client.get(&format!("/api/usage/reconciliation?{bad}")).await.expect(422);
    }
}

#[tokio::test]
async fn a_key_that_no_call_names_is_unknown_and_usage_alone_gives_an_expected_gap() {
    let server = Server::start().await;
    let openai = credential(&server, "openai").await;
    let of_key = |key: &str| {
        let mut row = tokens("2026-11-10", Some("gpt-5"), 1000, 200);
        row.dimensions.api_key = Some(key.to_owned());
        row
    };
    put(&server, &openai, "usage", &[of_key("key_1"), of_key("key_2")]).await;
    let mut call = event("openai", "gpt-5", "2026-11-10T10:00:00Z", (1000, 0, 200));
    call["labels"] = json!({ "key": "key_1" });
    let nameless = event("openai", "gpt-5", "2026-11-10T11:00:00Z", (10, 0, 2));
    ingest(&server, &[call, nameless]).await;
    let mut client = server.as_role(Role::Viewer).await;
    let answer = client.get(&format!("/api/usage/reconciliation?{RANGE}&group=key")).await.expect(200).json;
    let known = line(&answer, "2026-11-10", "openai", Some("key_1"));
    assert_eq!((told(known).0, &known["gap_usd"]), ("agrees", &json!("0.000000000")));
    let unknown = line(&answer, "2026-11-10", "openai", Some("key_2"));
    // 1000 × 1.25 + 200 × 10 millionths, by the book
    assert_eq!(
        (told(unknown).0, &unknown["gap_usd"], &unknown["gap_expected"]),
        ("unknown_key", &json!("0.003250000"), &json!(true))
    );
    let cause = answer["causes"].as_array().unwrap().iter().find(|c| c["cause"] == "unknown_key").unwrap();
    assert_eq!(
        (&cause["gap_usd"], &cause["expected_gap_usd"]),
        (&json!("0.000000000"), &json!("0.003250000")),
        "what nobody billed is kept apart from bills"
    );
    let rest = line(&answer, "2026-11-10", "openai", None);
    assert_eq!((&rest["seen_tokens"], &rest["seen_events"]), (&json!(12), &json!(1)));
}
