//! Trouble: breakers, cuts, cancelled runs, changed and deleted credentials; and that one vendor's is nobody else's.

use super::books::{collected, expected};
use super::rig::{DAY, Rig};
use aegis_domain::EventFilter;
use aegis_domain::entities::Setting;
use aegis_server::collection;
use aegis_store::DocumentsExt;
use serde_json::{Value, json};

#[tokio::test]
async fn five_failures_then_none_for_thirty_seconds_then_one_and_others_go_on() {
    let rig = Rig::start().await;
    let broken = rig.connect("anthropic", "admin").await;
    let well = rig.connect("openai", "admin").await;
    let app = &rig.server.app;
    app.spawn("breakers", collection::breakers::watch(app.clone()));
    tokio::task::yield_now().await;
    let (_, mut watching) = app.live.subscribe(EventFilter::default());
    rig.faults(json!([{"vendor": "anthropic", "kind": "error", "status": 500}])).await;
    let before = rig.calls("anthropic").await;
    rig.rounds().await;
    assert_eq!(rig.calls("anthropic").await - before, 5, "as many as open the breaker, over all feeds");
    let run = &rig.runs(&format!("key={broken}")).await[0];
    assert_eq!(run["breaker"]["state"], "open", "{run:#}");
    assert_eq!(rig.runs(&format!("key={well}")).await[0]["state"], "whole", "another vendor goes on");

    let frame = tokio::time::timeout(DAY, watching.frames.recv()).await.unwrap().unwrap();
    let frame: Value = serde_json::from_str(&frame).unwrap();
    assert_eq!(
        (&frame["type"], &frame["state"], &frame["key"]["id"]),
        (&json!("breaker"), &json!("open"), &json!(broken))
    );

    let mut admin = rig.admin().await;
    let breakers = admin.get("/api/system/breakers").await.expect(200).json;
    let open: Vec<&Value> =
        breakers["items"].as_array().unwrap().iter().filter(|found| found["state"] == "open").collect();
    assert_eq!((open.len(), &open[0]["key"]["id"]), (1, &json!(broken)), "{breakers:#}");
    let ready = rig.server.client().get("/api/ready").await.expect(200).json;
    let check = ready["checks"].as_array().unwrap().iter().find(|c| c["name"] == "breakers").unwrap().clone();
    assert!(check["detail"].as_str().unwrap().starts_with("not called after failures: 1;"), "{check}");
    let metrics = rig.server.client().from("127.0.0.1").get("/api/metrics").await.expect(200).text;
    assert!(metrics.contains("aegisflow_breaker_state{state=\"open\"} 1"), "{metrics}");

    rig.wait(29);
    admin.post(&format!("/api/collector/sync/{broken}"), json!({})).await.expect(202);
    rig.rounds().await;
    assert_eq!(rig.calls("anthropic").await - before, 5, "none while it is open");
    rig.wait(2);
    admin.post(&format!("/api/collector/sync/{broken}"), json!({})).await.expect(202);
    rig.rounds().await;
    assert_eq!(rig.calls("anthropic").await - before, 6, "exactly one tries");
    rig.faults(json!([])).await;
    rig.wait(31);
    admin.post(&format!("/api/collector/sync/{broken}"), json!({})).await.expect(202);
    rig.rounds().await;
    assert_eq!(rig.runs(&format!("key={broken}")).await[0]["state"], "whole");
    rig.server.stop().await;
}

#[tokio::test]
async fn a_run_that_was_cut_is_said_and_gone_on_with() {
    let rig = Rig::start().await;
    let key = rig.connect("openai", "admin").await;
    // The vendor fails half way: the walk stays open, as after a crash.
    rig.faults(
        json!([{"vendor": "openai", "path": "/v1/organization/costs", "kind": "error", "status": 503}]),
    )
    .await;
    rig.rounds().await;
    let cut = rig.runs("").await[0].clone();
    assert_eq!(cut["state"], "partly", "{cut:#}");
    // A process that died while it worked leaves a run that says so.
    let mut run =
        collection::runs::get(&rig.server.app, cut["id"].as_str().unwrap().parse().unwrap()).await.unwrap();
    run.value.state = aegis_domain::entities::RunState::Running;
    run.value.ended_at = None;
    rig.server.app.store.documents.update(run.version, &run.value).await.unwrap();
    rig.faults(json!([])).await;
    rig.wait(31);
    rig.rounds().await;
    let runs = rig.runs("").await;
    let states: Vec<&Value> = runs.iter().map(|run| &run["state"]).collect();
    assert_eq!(states, ["whole", "interrupted"], "{runs:#?}");
    assert_eq!(runs[0]["trigger"], "backfill");
    let feeds: Vec<&Value> = runs[0]["feeds"].as_array().unwrap().iter().map(|feed| &feed["feed"]).collect();
    assert_eq!(feeds, ["cost"], "what was whole is not read again");
    let now = rig.server.now();
    let span = (now.floor(DAY).minus(90 * DAY), now.floor(DAY).plus(DAY));
    assert_eq!(collected(&rig, &key, span).await, expected(&rig, "openai", span).await);
    rig.server.stop().await;
}

#[tokio::test]
async fn one_run_at_a_time_which_can_be_cancelled() {
    let rig = Rig::start().await;
    let key = rig.connect("openai", "admin").await;
    let mut admin = rig.admin().await;
    let sync = format!("/api/collector/sync/{key}");
    let refused = admin.post(&sync, json!({})).await.expect(409);
    assert!(refused.json["error"]["message"].as_str().unwrap().contains("under way"), "{}", refused.json);
    let id = rig.runs("").await[0]["id"].as_str().unwrap().to_owned();
    let cancelled = admin.post(&format!("/api/collector/runs/{id}/cancel"), json!({})).await.expect(202).json;
    assert_eq!(cancelled["state"], "cancelled");
    for (bad, field) in [
        (json!({"feeds": ["inference"]}), "feeds"),
        (json!({"from": "2026-11-01T00:00:00Z"}), "to"),
        (json!({"from": "2027-11-01T00:00:00Z", "to": "2027-11-02T00:00:00Z"}), "from"),
    ] {
        let answer = admin.post(&sync, bad).await.expect(422);
        assert!(answer.json["error"]["details"]["fields"][field].is_string(), "{}", answer.json);
    }
    admin.call("POST", &sync, None).await.expect(202);
    rig.rounds().await;
    assert_eq!(rig.runs("").await[0]["trigger"], "manual");

    admin.delete(&format!("/api/keys/{key}")).await.expect(204);
    admin.get(&format!("/api/collector/schedules/{key}")).await.expect(404);
    admin.post(&sync, json!({})).await.expect(404);
    let calls = rig.calls("openai").await;
    rig.wait(7200);
    rig.rounds().await;
    assert_eq!(rig.calls("openai").await, calls, "nothing is read with a deleted credential");
    rig.server.stop().await;
}

#[tokio::test]
async fn an_asked_day_is_read_alone() {
    let rig = Rig::start_with(|config| config.backfill_days = 2).await;
    let key = rig.connect("openai", "admin").await;
    rig.rounds().await;
    let mut admin = rig.admin().await;
    let strip = |from: Value| {
        let days = from["items"][0]["days"].as_array().unwrap().clone();
        days.iter().map(|day| day["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let path = format!("/api/collector/coverage?days=5&key={key}");
    let before = strip(admin.get(&path).await.expect(200).json);
    assert_eq!(before, ["missing", "missing", "whole", "whole", "open"]);
    let asked = json!({"feeds": ["usage"], "from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"});
    admin.post(&format!("/api/collector/sync/{key}"), asked).await.expect(202);
    rig.rounds().await;
    let run = &rig.runs("").await[0];
    assert_eq!((&run["trigger"], &run["state"]), (&json!("window"), &json!("whole")), "{run:#}");
    assert_eq!(
        strip(admin.get(&path).await.expect(200).json),
        ["missing", "whole", "whole", "whole", "open"]
    );
    rig.server.stop().await;
}

#[tokio::test]
async fn the_map_says_what_is_seen_and_why_not() {
    let rig = Rig::start_with(|config| config.backfill_days = 2).await;
    rig.connect("openai", "admin").await;
    rig.connect("azure_openai", "app_without_cost").await;
    rig.rounds().await;
    let map = rig.admin().await.get("/api/vendors/coverage").await.expect(200).json;
    let cell = |vendor: &str, ability: &str| {
        let row = map["items"].as_array().unwrap().iter().find(|row| row["vendor"] == vendor).unwrap();
        let cell = row["cells"].as_array().unwrap().iter().find(|cell| cell["ability"] == ability).unwrap();
        assert!(cell["why"].as_str().unwrap().len() > 10, "{cell}");
        cell["state"].as_str().unwrap().to_owned()
    };
    for (vendor, ability, state) in [
        ("openai", "usage", "fresh"),
        ("openai", "cost", "fresh"),
        ("openai", "content", "blind"),
        ("openai", "gateway", "blind"),
        ("azure_openai", "cost", "lacking"),
        ("anthropic", "usage", "blind"),
        ("deepseek", "usage", "not_offered"),
    ] {
        assert_eq!(cell(vendor, ability), state, "{vendor} {ability}: {map:#}");
    }
    let mut admin = rig.admin().await;
    let models = admin.get("/api/vendors/openai/inventory?kind=keys&limit=2").await.expect(200).json;
    assert_eq!(models["items"].as_array().unwrap().len(), 2, "{models:#}");
    let mut seen = 2;
    let mut cursor = models["next_cursor"].clone();
    while let Some(next) = cursor.as_str() {
        let page = admin.get(&format!("/api/vendors/openai/inventory?kind=keys&limit=2&cursor={next}")).await;
        let page = page.expect(200).json;
        seen += page["items"].as_array().unwrap().len();
        cursor = page["next_cursor"].clone();
    }
    let all = admin.get("/api/vendors/openai/inventory?kind=keys&limit=500").await.expect(200).json;
    assert_eq!(all["items"].as_array().unwrap().len(), seen);
    let destinations = admin.get("/api/system/destinations").await.expect(200).json;
    assert!(
        destinations["items"].as_array().unwrap().iter().any(|d| d["host"] == "127.0.0.1"),
        "{destinations:#}"
    );
    rig.server.stop().await;
}

#[tokio::test]
async fn a_vendor_that_was_down_when_it_was_connected_is_read_once_it_is_back() {
    let rig = Rig::start().await;
    rig.faults(json!([{"vendor": "deepseek", "kind": "error", "status": 503}])).await;
    let key = rig.connect("deepseek", "api_key").await;
    rig.wait(31);
    rig.rounds().await;
    assert_eq!(rig.runs("").await[0]["state"], "failed");
    rig.faults(json!([])).await;
    rig.wait(200);
    rig.rounds().await;
    assert_eq!(rig.runs("").await[0]["state"], "whole");
    let shown = rig.admin().await.get(&format!("/api/keys/{key}")).await.expect(200).json;
    assert_eq!(shown["status"], "valid", "{shown:#}");
    assert!(shown["last_used_at"].is_string(), "{shown:#}");
    rig.server.stop().await;
}

#[tokio::test]
async fn one_leads_and_another_takes_over_when_it_is_not_heard_of() {
    let rig = Rig::start().await;
    rig.connect("deepseek", "api_key").await;
    let until = rig.server.now().plus(std::time::Duration::from_secs(15)).millis();
    let lease = Setting { id: "lease:collector".into(), value: json!({"holder": "another", "until": until}) };
    rig.server.app.store.documents.insert(&lease).await.unwrap();
    rig.wait(14);
    rig.round().await;
    assert_eq!(rig.runs("").await[0]["state"], "running", "another leads");
    rig.wait(1);
    rig.rounds().await;
    assert_eq!(rig.runs("").await[0]["state"], "whole");
    rig.server.stop().await;
}
