//! Schedules: what is due begins, what fails waits longer each time, what somebody has to act on is left out.

use super::rig::Rig;
use aegis_domain::Timestamp;
use serde_json::{Value, json};

fn instant(value: &Value) -> Timestamp {
    value.as_str().unwrap_or_else(|| panic!("{value} is no time")).parse().unwrap()
}

fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    (to.millis() - from.millis()) / 1000
}

#[tokio::test]
async fn a_schedule_is_set_shown_and_kept() {
    let rig = Rig::start().await;
    let key = rig.connect("deepseek", "api_key").await;
    rig.rounds().await;
    let made = rig.schedule(&key).await;
    let minute: u32 = made["cron"].as_str().unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(minute < 60 && made["enabled"] == true, "{made:#}");
    let mut admin = rig.admin().await;
    let path = format!("/api/collector/schedules/{key}");
    for (bad, field) in [
        (json!({"cron": "hourly"}), "cron"),
        (json!({"cron": "61 * * * *"}), "cron"),
        (json!({"cron": "0 * * * *", "jitter_seconds": 86_401}), "jitter_seconds"),
    ] {
        let answer = admin.put(&path, bad).await.expect(422);
        assert!(answer.json["error"]["details"]["fields"][field].is_string(), "{}", answer.json);
    }
    let set = admin.put(&path, json!({"cron": "30 11 * * *"})).await.expect(200).json;
    assert_eq!(set["next_run_at"], "2026-11-23T11:30:00.000Z");
    rig.rounds().await;
    assert_eq!(rig.runs("").await.len(), 1, "nothing is due yet");
    rig.wait(2 * 3600 + 1800);
    rig.rounds().await;
    let runs = rig.runs("").await;
    assert_eq!((runs.len(), &runs[0]["trigger"]), (2, &json!("schedule")));
    assert_eq!(rig.schedule(&key).await["next_run_at"], "2026-11-24T11:30:00.000Z");
    // a session lasts less long than this test's clock
    let mut admin = rig.admin().await;
    admin.put(&path, json!({"cron": "30 11 * * *", "enabled": false})).await.expect(200);
    rig.wait(3 * 86_400);
    rig.rounds().await;
    assert_eq!(rig.runs("").await.len(), 2, "it is switched off");
    rig.server.stop().await;
}

#[tokio::test]
async fn failures_that_may_pass_wait_longer_each_time_and_a_success_ends_that() {
    let rig = Rig::start().await;
    let key = rig.connect("deepseek", "api_key").await;
    rig.faults(json!([{"vendor": "deepseek", "kind": "error", "status": 503}])).await;
    rig.rounds().await;
    for (failures, wait) in [(1, 60), (2, 120), (3, 240), (4, 480)] {
        let schedule = rig.schedule(&key).await;
        assert_eq!(schedule["failures"], failures, "{schedule:#}");
        let until = seconds(rig.server.now(), instant(&schedule["backing_off_until"]));
        assert!((wait..=wait + 60).contains(&until), "{failures}: {until} s");
        let before = rig.calls("deepseek").await;
        rig.wait(until as u64 - 1);
        rig.rounds().await;
        assert_eq!(rig.calls("deepseek").await, before, "called while backing off");
        rig.wait(1);
        rig.rounds().await;
    }
    let run = &rig.runs("").await[0];
    assert_eq!(run["state"], "failed", "{run:#}");
    let feed = &run["feeds"][0];
    assert_eq!(feed["resumes"], true);
    assert!(feed["error"].as_str().unwrap().contains("the next run goes on from here"), "{feed:#}");
    rig.faults(json!([])).await;
    rig.wait(3600);
    rig.rounds().await;
    let schedule = rig.schedule(&key).await;
    assert_eq!((&schedule["failures"], &schedule["backing_off_until"]), (&json!(0), &Value::Null));
    assert_eq!(rig.runs("").await[0]["state"], "whole");
    rig.server.stop().await;
}

#[tokio::test]
async fn what_somebody_has_to_act_on_is_left_out_until_they_did() {
    let rig = Rig::start().await;
    let key = rig.connect("deepseek", "api_key").await;
    rig.faults(json!([{"vendor": "deepseek", "path": "/user/balance", "kind": "error", "status": 403}]))
        .await;
    rig.rounds().await;
    let run = &rig.runs("").await[0];
    assert_eq!(run["state"], "partly", "{run:#}");
    let schedule = rig.schedule(&key).await;
    let because = schedule["paused_because"].as_str().unwrap_or_else(|| panic!("{schedule:#}"));
    assert!(because.starts_with("balance: "), "{because}");
    rig.faults(json!([])).await;
    rig.wait(2 * 3600);
    rig.rounds().await;
    let run = &rig.runs("").await[0];
    let feeds: Vec<&Value> = run["feeds"].as_array().unwrap().iter().map(|feed| &feed["feed"]).collect();
    assert_eq!((&run["trigger"], feeds), (&json!("schedule"), vec![&json!("models")]));
    rig.admin().await.post(&format!("/api/keys/{key}/validate"), json!({})).await.expect(200);
    assert_eq!(rig.schedule(&key).await["paused_because"], Value::Null);
    rig.wait(2 * 3600);
    rig.rounds().await;
    let run = &rig.runs("").await[0];
    assert_eq!((run["feeds"].as_array().unwrap().len(), &run["state"]), (2, &json!("whole")), "{run:#}");
    rig.server.stop().await;
}
