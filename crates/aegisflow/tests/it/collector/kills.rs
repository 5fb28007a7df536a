//! A back-fill through faults and three `kill -9`: the ledger ends equal to the vendors' books.

use super::figures::{Compared, feeds};
use super::rig::{PATIENCE, Sim, connect, served};
use crate::harness::{Client, folder};
use serde_json::json;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const KEYS: [(&str, &str); 12] = [
    ("openai", "admin"),
    ("anthropic", "admin"),
    ("gemini", "service_account"),
    ("xai", "management"),
    ("azure_openai", "app"),
    ("mistral", "admin"),
    ("cohere", "production"),
    ("huggingface", "admin"),
    ("openrouter", "management"),
    ("perplexity", "analytics"),
    ("deepseek", "api_key"),
    ("ollama", "local"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ninety_days_through_faults_and_three_kills_equal_the_books() {
    let sim = Sim::start().await;
    let now = sim.freeze().await;
    let dir = folder();
    let launch = sim.launch(dir.path());
    let (mut server, mut client) = served(&launch).await;
    let mut keys = BTreeMap::new();
    for (vendor, kind) in KEYS {
        keys.insert(vendor, connect(&client, &sim.key_form(vendor, kind).await).await);
    }
    sim.faults("rough", vec![]).await;
    for kill in 1..=3u64 {
        // somewhere in the middle: so many more calls have come
        sim.wait_for_calls(kill * 40).await;
        server.kill9();
        server = launch.start();
        client = client.at(server.address);
    }
    sim.wait_for_calls(200).await;
    sim.faults("light", vec![]).await;
    let mut interrupted = 0;
    for key in keys.values() {
        loop {
            let run = figures_read(&client, key).await;
            let pending = unfinished(&client, key).await;
            if pending.is_empty() {
                break;
            }
            client.post(&format!("/api/collector/runs/{run}/cancel"), &json!({})).await;
            // what a fault stopped goes on by the back-off; here at once
            client.post(&format!("/api/collector/sync/{key}"), &json!({"feeds": pending})).await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let runs = client.get(&format!("/api/collector/runs?key={key}&state=interrupted")).await.ok();
        interrupted += runs["items"].as_array().unwrap().len();
    }
    assert!(interrupted > 0, "no run was cut");
    assert!(server.stop().status.success());
    for feed in KEYS.into_iter().flat_map(|(vendor, key)| feeds(vendor, key)) {
        let expected = feed.expected(&sim, now).await;
        assert!(expected.values().all(|figure| *figure > 0), "{feed:?}: {expected:?}");
        assert_eq!(
            feed.collected(dir.path(), &keys[feed.vendor], feed.span(now)).await,
            expected,
            "{feed:?}"
        );
    }
}

/// The latest run of a credential, once it has ended or has come to conversations, which come last: there are thousands.
async fn figures_read(client: &Client, key: &str) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let runs = client.get(&format!("/api/collector/runs?key={key}&limit=1")).await.ok();
        let run = &runs["items"][0];
        let talking = run["feeds"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|feed| feed["feed"] == "content" && feed["state"] == "running");
        if run.is_object() && (talking || (run["state"] != "running" && run["state"] != "interrupted")) {
            return run["id"].as_str().unwrap().to_owned();
        }
        assert!(Instant::now() < deadline, "it does not end: {run:#}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Feeds of a credential whose last reading did not end. Conversations are no figures.
async fn unfinished(client: &Client, key: &str) -> Vec<String> {
    let runs = client.get(&format!("/api/collector/runs?key={key}&limit=100")).await.ok();
    let mut last = BTreeMap::new();
    for run in runs["items"].as_array().unwrap() {
        for feed in run["feeds"].as_array().unwrap().iter().filter(|feed| feed["feed"] != "content") {
            assert!(feed["error"].is_null() || feed["resumes"] == true, "{run:#}");
            last.entry(feed["feed"].as_str().unwrap().to_owned()).or_insert(feed["state"] == "whole");
        }
    }
    last.into_iter().filter(|(_, whole)| !whole).map(|(feed, _)| feed).collect()
}
