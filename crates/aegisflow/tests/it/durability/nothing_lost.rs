//! `kill -9` at random moments under load, again and again on one folder: every acknowledged event is there exactly
//! once, and the figures equal a recount.

use super::load::{BATCH, Sent, assert_each_once, load};
use crate::harness::{Client, Launch, Random, events, folder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

const CONNECTIONS: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_acknowledged_survives_twenty_kills_exactly_once() {
    survives(20, BATCH, 0).await;
}

/// The same for long, and over the point at which callers' ids are moved from the list of new ones into their index.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: `make soak` runs it"]
async fn what_is_acknowledged_survives_two_hundred_kills_exactly_once() {
    survives(200, 400, 125_000).await;
}

async fn survives(kills: usize, batch: usize, before: usize) {
    let dir = folder();
    let launch = Launch::on(dir.path());
    let mut chance = Random::seeded("nothing lost");
    let mut all = Sent::default();
    let mut server = launch.start();
    let mut client = server.first_token(&["ingest", "read"]).await;
    for first in (0..before).step_by(5_000) {
        let ids: Vec<String> = (first..first + 5_000).map(|n| format!("before-{n}")).collect();
        let events: Vec<Value> = ids.iter().map(|id| events::event(id)).collect();
        all.note(&ids, &client.ingest(&json!(events)).await.ok());
    }
    for kill in 0..kills {
        let mut again: Vec<String> = all.unanswered.iter().cloned().collect();
        let mut loads = Vec::new();
        for connection in 0..CONNECTIONS {
            let size = if connection % 2 == 0 { batch } else { 1 };
            let mine = again.split_off(again.len() - again.len() / (CONNECTIONS - connection));
            let name = format!("k{kill}c{connection}");
            loads.push(tokio::spawn(load(client.another(), name, size, mine, chance.fork())));
        }
        tokio::time::sleep(Duration::from_millis(chance.between(20, 500))).await;
        server.kill9();
        for load in loads {
            all.take_up(load.await.unwrap());
        }
        server = launch.start();
        client = client.at(server.address);
    }
    println!("{} acknowledged, {} without an answer", all.acknowledged.len(), all.unanswered.len());
    assert!(all.acknowledged.len() > kills * batch, "the load was too light to prove anything");

    let stored = client.all_events().await;
    assert_each_once(&all, &stored);
    assert_repeats_are_duplicates(&client, &all).await;
    client.wait_until_absorbed().await;
    assert_figures_equal_a_recount(&client, &stored).await;
    let ended = server.stop();
    assert!(ended.status.success(), "{}", ended.stderr);
    launch.assert_rollups_equal_the_log();
}

async fn assert_repeats_are_duplicates(client: &Client, all: &Sent) {
    let known: Vec<(&String, &String)> = all.acknowledged.iter().collect();
    for some in known.chunks(1_000) {
        let batch: Vec<Value> = some.iter().map(|(external, _)| events::event(external)).collect();
        let answer = client.ingest(&json!(batch)).await.ok();
        assert_eq!(answer["duplicates"], some.len(), "{answer}");
        for ((_, id), item) in some.iter().zip(answer["items"].as_array().unwrap()) {
            assert_eq!(item["id"], id.as_str(), "a duplicate answers with the first id");
        }
    }
}

/// Counts the export by hand, and compares with what dashboards show.
async fn assert_figures_equal_a_recount(client: &Client, stored: &[Value]) {
    let export = client.get("/api/events/export?format=ndjson&range=24h").await;
    let rows: Vec<Value> = export.text().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(rows.len(), stored.len(), "the export holds what the list holds");

    let overview = client.get("/api/dashboard/overview?range=24h").await.ok();
    let findings: u64 = rows.iter().map(|r| r["findings_count"].as_u64().unwrap()).sum();
    assert_eq!(overview["kpis"]["events"]["value"], rows.len());
    assert_eq!(overview["kpis"]["findings"]["value"], findings);
    assert!(findings > 0, "there was nothing to find");

    let facets = client.get("/api/events/facets?range=24h").await.ok();
    for field in ["vendor", "model", "team", "app", "user", "severity", "action", "status", "source"] {
        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
        for row in &rows {
            let value = row[field].as_str().unwrap_or("none");
            *counted.entry(value.into()).or_default() += 1;
        }
        let shown = facets["fields"][field].as_array().unwrap().iter();
        let shown: BTreeMap<String, u64> =
            shown.map(|f| (f["value"].as_str().unwrap().into(), f["count"].as_u64().unwrap())).collect();
        assert_eq!(shown, counted, "the figures by {field}");
    }
}
