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

#[tokio::test]
async fn what_was_said_and_done_at_the_vendor_is_kept_once() {
    let rig = Rig::start_with(|config| config.backfill_days = 1).await;
    let said = rig.connect("openai", "compliance").await;
    let done = rig.connect("openai", "admin").await;
    rig.rounds().await;
    let rows = |run: &Value, name: &str| {
        let feeds = run["feeds"].as_array().unwrap();
        feeds.iter().find(|feed| feed["feed"] == name).unwrap_or_else(|| panic!("{run:#}"))["rows"].clone()
    };
    let (content, acts) =
        (&rig.runs(&format!("key={said}")).await[0], &rig.runs(&format!("key={done}")).await[0]);
    assert_whole(content, "backfill");
    let (first, audit) = (rows(content, "content"), rows(acts, "audit"));
    assert!(first["new"].as_u64() > Some(0) && audit["new"].as_u64() > Some(0), "{content:#} {acts:#}");
    let mut admin = rig.admin().await;
    let events = admin.get("/api/events?source=collector&range=7d&limit=1").await.expect(200).json;
    assert_eq!(events["items"][0]["vendor"], "openai", "{events:#}");
    let listed = admin.get("/api/vendors/audit?range=7d&limit=1").await.expect(200).json;
    assert_eq!(listed["items"][0]["key"], json!(done), "{listed:#}");
    // read again, nothing is new
    admin.post(&format!("/api/collector/sync/{said}"), json!({"feeds": ["content"]})).await.expect(202);
    rig.rounds().await;
    let again = rows(&rig.runs(&format!("key={said}")).await[0], "content");
    assert_eq!(again["new"], 0, "{again:#}");
    assert!(again["same"].as_u64() > Some(0), "{again:#}");
    rig.server.stop().await;
}
