//! Runs: a credential is connected and read back, and later only what is new or may be revised.

use super::books::{collected, expected};
use super::rig::{DAY, Rig};
use aegis_domain::Timestamp;
use serde_json::{Value, json};

/// The days that a back-fill reads, and today.
fn span(now: Timestamp) -> (Timestamp, Timestamp) {
    (now.floor(DAY).minus(90 * DAY), now.floor(DAY).plus(DAY))
}

#[track_caller]
fn assert_whole(run: &Value, trigger: &str) {
    assert_eq!((&run["state"], &run["trigger"]), (&json!("whole"), &json!(trigger)), "{run:#}");
    for feed in run["feeds"].as_array().unwrap() {
        assert_eq!((&feed["state"], &feed["error"]), (&json!("whole"), &Value::Null), "{run:#}");
        assert!(feed["pages"].as_u64() > Some(0), "{run:#}");
    }
}

#[tokio::test]
async fn a_connected_credential_is_read_back_by_itself_and_equals_the_books() {
    let rig = Rig::start().await;
    let key = rig.connect("openai", "admin").await;
    let waiting = &rig.runs("").await[0];
    assert_eq!((&waiting["state"], &waiting["trigger"]), (&json!("running"), &json!("backfill")));
    rig.rounds().await;
    let runs = rig.runs(&format!("key={key}")).await;
    assert_eq!(runs.len(), 1);
    assert_whole(&runs[0], "backfill");
    assert_eq!(runs[0]["progress"], 1.0);
    let span = span(rig.server.now());
    let books = expected(&rig, "openai", span).await;
    assert!(books.0 > 0 && books.1 > 0);
    assert_eq!(collected(&rig, &key, span).await, books);

    // an hour later only what may be revised is read, and the figures follow
    let before = runs[0]["feeds"][0]["pages"].as_u64().unwrap();
    rig.wait(2 * 3600);
    rig.rounds().await;
    let runs = rig.runs(&format!("key={key}")).await;
    assert_whole(&runs[0], "schedule");
    assert!(runs[0]["feeds"][0]["pages"].as_u64().unwrap() < before, "{:#}", runs[0]);
    assert_eq!(runs[0]["progress"], Value::Null);
    assert_eq!(collected(&rig, &key, span).await, expected(&rig, "openai", span).await);
    rig.server.stop().await;
}
