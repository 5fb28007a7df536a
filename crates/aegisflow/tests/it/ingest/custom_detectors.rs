//! Detectors of one's own: made through the API, at work at once and after a restart, refused with the reason.

use crate::harness::{Launch, events, folder};
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/api/compliance/detectors";

fn member_no() -> Value {
    json!({
        "id": "member_no", "name": "Member number", "category": "personal", "severity": "critical",
        "pattern": r"\bLM-\d{6}\b",
    })
}

#[tokio::test]
async fn a_custom_detector_works_at_once_survives_a_restart_and_can_be_deleted() {
    let dir = folder();
    let launch = Launch::on(dir.path());
    let server = launch.start();
    let client = server.first_token(&["ingest", "read", "admin"]).await;
    let made = client.post(PATH, &member_no()).await;
    assert_eq!(
        (made.status, made.json()["custom"]["pattern"].clone()),
        (201, member_no()["pattern"].clone())
    );
    client.post(PATH, &member_no()).await.refused(409, "conflict");
    let catalogue = client.get(PATH).await.ok();
    for detector in catalogue["items"].as_array().unwrap() {
        // attacks are judged behind what was passed on; a value is held until it cannot go on
        let held = detector["max_hold"].as_u64().unwrap();
        assert_eq!(held == 0, detector["category"] == "attack", "{detector}");
    }
    assert_eq!(catalogue["cost"], Value::Null, "nothing was read yet");

    client.ingest(&events::saying("a", "I am LM-123456, hello")).await.ok();
    server.kill9();
    let server = launch.start();
    let client = client.at(server.address);
    client.ingest(&events::saying("b", "I am LM-654321, hello")).await.ok();
    let kept = client.all_events().await;
    assert_eq!(kept.len(), 2);
    for event in &kept {
        let detail = client.get(&format!("/api/events/{}", event["id"].as_str().unwrap())).await;
        let text = detail.text();
        assert!(!text.contains("LM-123456") && !text.contains("LM-654321"), "{text}");
        let detail = detail.json();
        assert_eq!(detail["findings"][0]["detector"], "member_no");
        assert_eq!(
            (&detail["findings"][0]["severity"], &detail["decision"]["action"]),
            (&json!("critical"), &json!("flag"))
        );
    }

    let path = format!("{PATH}/member_no");
    let off = client.request(Method::PATCH, &path).json(&json!({ "enabled": false }));
    assert_eq!(off.send().await.unwrap().status(), 200);
    client.ingest(&events::saying("c", "I am LM-777777, hello")).await.ok();
    let latest = &client.all_events().await;
    assert_eq!(
        latest.iter().filter(|e| e["action"] == "allow").count(),
        1,
        "switched off it flags nothing: {latest:?}"
    );

    assert_eq!(client.request(Method::DELETE, &path).send().await.unwrap().status(), 204);
    let scan = client.post("/api/compliance/scan", &json!({ "text": "I am LM-123456" })).await.ok();
    assert_eq!(scan["findings"], json!([]));
    let listed = client.get(PATH).await.ok();
    assert!(listed["items"].as_array().unwrap().iter().all(|d| d["custom"].is_null()));
    // two events since the restart; a scan for trial is not counted
    let cost = &listed["cost"];
    let said = |part: &Value| part["text"].as_str().unwrap().len();
    let event = events::saying("b", "I am LM-654321, hello");
    let parts = [&event["prompt"], &event["response"]].map(|side| side.as_array().unwrap());
    assert_eq!(cost["bytes"], 2 * parts.into_iter().flatten().map(said).sum::<usize>());
    assert!(cost["us_per_kb"].as_f64().unwrap() > 0.0, "{cost}");
}

#[tokio::test]
async fn what_cannot_be_matched_in_linear_and_bounded_time_is_refused_by_field() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["admin"]).await;
    for (field, value, says) in [
        ("pattern", json!(r"(\w)\1abc"), "linear time"),
        ("pattern", json!(r"a(?=b)bcd"), "linear time"),
        ("pattern", json!(r"\d+"), "256 bytes"),
        ("pattern", json!(r"[[:alpha:]"), "unclosed"),
        ("id", json!("email"), "built-in"),
        ("id", json!("No Good"), "a-z"),
        ("category", json!("attack"), "kind of data"),
    ] {
        let mut bad = member_no();
        bad[field] = value;
        let refused = client.post(PATH, &bad).await.refused(422, "validation_failed");
        let problem = refused["details"]["fields"][field].as_str().unwrap_or_default();
        assert!(problem.contains(says), "{field}: {refused}");
    }
    let built_in = client.request(Method::DELETE, &format!("{PATH}/email")).send().await.unwrap();
    assert_eq!(built_in.status(), 409);
}

#[tokio::test]
async fn a_threshold_a_hair_outside_its_range_is_refused_not_rounded_into_it() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["admin"]).await;
    let path = format!("{PATH}/iban");
    for (threshold, status) in
        [(0.19999999999999998, 422), (1.0000000000000002, 422), (0.2, 200), (1.0, 200), (0.5, 200)]
    {
        let request = client.request(Method::PATCH, &path).json(&json!({ "threshold": threshold }));
        assert_eq!(request.send().await.unwrap().status(), status, "{threshold}");
    }
}
