//! A back-fill through faults and three `kill -9`: the ledger ends equal to the vendors' books.

use super::figures::FEEDS;
use super::rig::{Sim, connect, ended_run, served};
use crate::harness::folder;
use std::collections::BTreeMap;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);
const KEYS: [(&str, &str); 4] =
    [("openai", "admin"), ("anthropic", "admin"), ("gemini", "service_account"), ("mistral", "admin")];

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
        // what a fault stopped goes on by the back-off
        loop {
            let run = ended_run(&client, key).await;
            if run["state"] == "whole" {
                break;
            }
            assert!(
                run["feeds"].as_array().unwrap().iter().all(|f| f["error"].is_null() || f["resumes"] == true),
                "{run:#}"
            );
            client.post(&format!("/api/collector/sync/{key}"), &serde_json::json!({})).await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let runs = client.get(&format!("/api/collector/runs?key={key}&state=interrupted")).await.ok();
        interrupted += runs["items"].as_array().unwrap().len();
    }
    assert!(interrupted > 0, "no run was cut");
    assert!(server.stop().status.success());
    let span = (now.floor(DAY).minus(90 * DAY), now.floor(DAY).plus(DAY));
    for feed in FEEDS.iter().filter(|feed| KEYS.contains(&(feed.vendor, feed.key))) {
        let expected = feed.expected(&sim, span).await;
        assert!(expected.values().any(|figure| *figure > 0), "{feed:?}: {expected:?}");
        assert_eq!(feed.collected(dir.path(), &keys[feed.vendor], span).await, expected, "{feed:?}");
    }
}
