//! Money through the real binary: events posted over HTTP, a ledger as a collector leaves it, figures to the last digit.

use crate::harness::{Launch, folder};
use aegis_domain::entities::Credential;
use aegis_domain::{Clock, LedgerKind, LedgerRow, Money, Quantities, SystemClock, Timestamp};
use aegis_server::costs;
use aegis_store::sqlite::{self, SqliteConfig};
use aegis_store::{DocumentsExt, NewRow};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// Puts a bill and its tokens for one day into the folder of a server that is stopped.
async fn plant(dir: &Path, day: Timestamp, amount: &str) {
    let sqlite = sqlite::open(SqliteConfig::new(dir)).unwrap();
    let store = sqlite.store();
    let made = Credential::new("openai".into(), "admin".into(), "billing".into(), "ada".into(), day);
    store.documents.insert(&made).await.unwrap();
    let row = |kind| LedgerRow {
        kind,
        from: day,
        to: day.plus(DAY),
        dimensions: Default::default(),
        quantities: Quantities::default(),
        money: None,
        estimate: false,
    };
    let billed = LedgerRow { money: Some(Money::usd(amount.parse().unwrap())), ..row(LedgerKind::Cost) };
    let quantities =
        Quantities { input_tokens: Some(2_000), output_tokens: Some(400), ..Quantities::default() };
    let used = LedgerRow { quantities, ..row(LedgerKind::Usage) };
    for (feed, row) in [("cost", billed), ("usage", used)] {
        let book = format!("{}/{feed}", made.id);
        let entry = NewRow { at: day, key: [7; 16], body: serde_json::to_vec(&row).unwrap() };
        store.ledger.put(&book, 1, vec![entry]).await.unwrap();
        costs::absorb(&store, "openai", &book, (day, day.plus(DAY)), day).await.unwrap();
    }
    sqlite.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_posted_and_what_is_billed_is_shown_to_the_last_digit() {
    let dir = folder();
    let launch = Launch::on(dir.path());
    let server = launch.start();
    let client = server.first_token(&["ingest", "read"]).await;
    let day = SystemClock.now().floor(DAY).minus(DAY * 5);
    let event = |model: &str| {
        json!({
            "occurred_at": day.plus(DAY / 2), "vendor": "openai", "model": model, "team": "claims",
            "prompt": [{ "role": "user", "text": "Summarise the claim." }],
            "usage": { "input_tokens": 1000, "cached_input_tokens": 400, "output_tokens": 200 }
        })
    };
    let answer = client.ingest(&json!([event("gpt-5"), event("nobody-knows")])).await;
    assert_eq!(answer.status, 200, "{answer}");
    server.stop();
    plant(dir.path(), day, "0.0056").await;
    let server = launch.start();
    let client = client.at(server.address);
    client.wait_until_absorbed().await;

    let range = format!("from={day}&to={}", day.plus(DAY));
    let summary = client.get(&format!("/api/costs/summary?{range}&by=team")).await.ok();
    let totals = &summary["totals"];
    assert_eq!(totals["reported"]["billed_usd"], "0.005600000");
    // 600 × 1.25 + 400 × 0.125 + 200 × 10 millionths
    assert_eq!(totals["observed_usd"], "0.002800000");
    assert_eq!(totals["not_priced"], json!({ "events": 1, "tokens": 1200 }));
    assert_eq!(summary["items"][0]["key"], Value::Null, "the bill names no team");
    assert_eq!(summary["items"][1]["key"], "claims");

    let usage = client.get(&format!("/api/usage?{range}")).await.ok();
    let kinds: Vec<&Value> = usage["items"].as_array().unwrap().iter().map(|row| &row["kind"]).collect();
    assert_eq!(kinds, ["cost", "usage"]);
    let lines = client.get(&format!("/api/usage/reconciliation?{range}")).await.ok();
    let line = &lines["items"][0];
    assert_eq!((&line["cause"], &line["gap_usd"]), (&json!("not_priced"), &json!("0.002800000")));
    assert_eq!((&line["billed_tokens"], &line["seen_tokens"]), (&json!(2400), &json!(2400)));
    server.stop();
    launch.assert_rollups_equal_the_log();
}
