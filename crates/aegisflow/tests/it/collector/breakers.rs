//! The breaker of the real binary, counted by the vendors: five failures, then nobody calls, then one tries.

use super::rig::{Sim, connect, ended_run, served};
use crate::harness::{Client, folder};
use serde_json::{Value, json};
use std::time::Duration;

async fn calls(sim: &Sim, vendor: &str) -> u64 {
    sim.get(&format!("/_sim/calls?vendor={vendor}")).await["total"].as_u64().unwrap()
}

/// Asks for a run, and waits for its end.
async fn sync(client: &Client, key: &str) -> Value {
    let answer = client.post(&format!("/api/collector/sync/{key}"), &json!({})).await;
    assert_eq!(answer.status, 202, "{answer}");
    ended_run(client, key).await
}

async fn opened(sim: &Sim, client: &Client) -> (String, u64) {
    let broken = connect(client, &sim.key_form("anthropic", "admin").await).await;
    ended_run(client, &broken).await;
    let before = calls(sim, "anthropic").await;
    sim.faults("none", vec![json!({"vendor": "anthropic", "kind": "error", "status": 500})]).await;
    let run = sync(client, &broken).await;
    assert_eq!(run["breaker"]["state"], "open", "{run:#}");
    assert_eq!(calls(sim, "anthropic").await - before, 5, "{run:#}");
    (broken, before)
}

#[tokio::test]
async fn five_failures_and_nobody_calls_while_other_vendors_go_on() {
    let sim = Sim::start().await;
    let dir = folder();
    let launch = sim.launch(dir.path()).arg("--backfill-days").arg("3");
    let (server, client) = served(&launch).await;
    let (broken, before) = opened(&sim, &client).await;
    let well = connect(&client, &sim.key_form("openai", "admin").await).await;
    let run = ended_run(&client, &well).await;
    assert_eq!(run["state"], "whole", "{run:#}");
    let breakers = client.get("/api/system/breakers").await.ok();
    let open = breakers["items"].as_array().unwrap().iter().find(|b| b["state"] == "open");
    // a slow machine may have rested it meanwhile
    if open.is_some_and(|open| open["retry_in_seconds"].as_u64() > Some(5)) {
        sync(&client, &broken).await;
        assert_eq!(calls(&sim, "anthropic").await - before, 5, "somebody called while it was open");
    }
    assert!(server.stop().status.success());
}

#[tokio::test]
#[ignore = "waits thirty seconds: `make soak`"]
async fn after_thirty_seconds_exactly_one_tries() {
    let sim = Sim::start().await;
    let dir = folder();
    let (_server, client) = served(&sim.launch(dir.path()).arg("--backfill-days").arg("3")).await;
    let (broken, before) = opened(&sim, &client).await;
    tokio::time::sleep(Duration::from_secs(31)).await;
    sync(&client, &broken).await;
    assert_eq!(calls(&sim, "anthropic").await - before, 6);
}
