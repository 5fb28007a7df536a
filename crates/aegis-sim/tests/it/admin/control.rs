//! The simulator's own API: addresses, credentials, clock, faults, calls; and that the same seed is the same world.

use super::*;

const MODELS: &str = "/openai/v1/models";

async fn calls(sim: &Sim, query: &str) -> Value {
    body(sim.get(&format!("/_sim/calls?{query}"))).await
}

#[tokio::test]
async fn every_vendor_is_listed_with_its_addresses_and_credentials() {
    let sim = Sim::start().await;
    let index = body(sim.get("/_sim")).await;
    let credentials = body(sim.get("/_sim/credentials")).await;
    let vendors: Vec<&str> =
        index["vendors"].as_array().unwrap().iter().map(|v| v["vendor"].as_str().unwrap()).collect();
    for vendor in &vendors {
        let own = credentials["credentials"].as_array().unwrap().iter().filter(|c| c["vendor"] == *vendor);
        let own: Vec<&Value> = own.collect();
        assert!(own.iter().any(|c| c["known"] == true), "{vendor}");
        assert!(*vendor == "ollama" || own.iter().any(|c| c["known"] == false), "{vendor}");
        let hosts = index["vendors"].as_array().unwrap().iter().find(|v| v["vendor"] == *vendor).unwrap();
        assert!(hosts["hosts"][0]["path"].as_str().unwrap().starts_with(&format!("/{vendor}")));
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let mut bodies = Vec::new();
    for seed in [3, 3, 4] {
        let sim = Sim::with(SimConfig { seed, faults: Profile::None }).await;
        let text = |path: &'static str| sim.get(path).send().then(|r| r.unwrap().text()).map(Result::unwrap);
        let books = text("/_sim/books?vendor=openai&from=2026-11-01&to=2026-11-03").await;
        // Forms name the port.
        bodies.push(books + &text("/_sim/credentials").await.replace(&sim.base, "BASE"));
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_ne!(bodies[0], bodies[2]);
}

#[tokio::test]
async fn the_clock_is_set_advanced_and_reset_and_refuses_nonsense() {
    let sim = Sim::start().await;
    let set = |change: Value| answer(sim.post("/_sim/clock").json(&change));
    let (_, at) = set(json!({"set": "2026-11-01T00:00:00Z"})).await;
    assert_eq!((at["now"].as_str(), at["frozen"].as_bool()), (Some("2026-11-01T00:00:00.000Z"), Some(true)));
    assert_eq!(set(json!({"advance_seconds": 90})).await.1["now"], "2026-11-01T00:01:30.000Z");
    assert_eq!(set(json!({"reset": true})).await.1["now"], "2026-11-05T10:30:00.000Z");
    for wrong in [
        json!({"set": "soon"}),
        json!({"advance_seconds": i64::MAX}),
        json!({"unknown": 1}),
        json!({"set": "2100-01-01T00:00:00Z"}),
    ] {
        assert_eq!(set(wrong.clone()).await.0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn each_fault_looks_as_it_should_and_is_counted() {
    let sim = Sim::start().await;
    let key = sim.key("openai", "inference").await;
    let rule = |kind: &str| json!({"rules": [{"vendor": "openai", "path": "/v1/models", "kind": kind, "next": 1, "retry_after": 7, "status": 503}]});
    let send = || sim.get(MODELS).bearer_auth(&key).send();
    for kind in ["rate_limit", "error", "bad_json", "slow", "cut", "reset"] {
        body(sim.post("/_sim/faults").json(&rule(kind))).await;
        let response = send().await;
        match kind {
            "rate_limit" => {
                let response = response.unwrap();
                assert_eq!(
                    (response.status().as_u16(), response.headers()["retry-after"].to_str().unwrap()),
                    (429, "7")
                );
                like(&response.json().await.unwrap(), "openai/error_rate_limit");
            }
            "error" => assert_eq!(response.unwrap().status(), 503),
            "bad_json" => assert!(response.unwrap().json::<Value>().await.is_err()),
            "slow" => assert!(response.unwrap().json::<Value>().await.is_ok()),
            "cut" => {
                let response = response.unwrap();
                assert!(response.status() == 200 && response.text().await.is_err());
            }
            _ => assert!(response.is_err(), "a reset connection gives no answer"),
        }
        assert_eq!(send().await.unwrap().status(), 200, "{kind} hit a second call");
    }
    let seen = calls(&sim, "vendor=openai&path=/v1/models").await;
    assert_eq!(seen["total"], 12);
    let statuses: Vec<(i64, i64)> = seen["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["status"].as_i64().unwrap(), c["count"].as_i64().unwrap()))
        .collect();
    assert_eq!(statuses, [(0, 1), (200, 9), (429, 1), (503, 1)]);
    let faults: Vec<&str> =
        seen["latest"].as_array().unwrap().iter().filter_map(|c| c["fault"].as_str()).collect();
    assert_eq!(faults, ["rate_limit", "error", "bad_json", "slow", "cut", "reset"]);
    assert_eq!(calls(&sim, "vendor=anthropic").await["total"], 0);
    assert_eq!(calls(&sim, "since=12").await["latest"], json!([]));
}

#[tokio::test]
async fn a_rule_for_one_vendor_leaves_the_others_alone() {
    let sim = Sim::start().await;
    body(sim.post("/_sim/faults").json(&json!({"rules": [{"vendor": "openai", "kind": "error"}]}))).await;
    let key = sim.key("anthropic", "admin").await;
    let me = |sim: &Sim| {
        sim.get("/anthropic/v1/organizations/me")
            .header("x-api-key", &key)
            .header("anthropic-version", "2023-06-01")
    };
    for _ in 0..5 {
        assert_eq!(answer(sim.get(MODELS)).await.0, 500);
        assert_eq!(answer(me(&sim)).await.0, 200);
    }
    body(sim.request(Method::DELETE, "/_sim/faults")).await;
    assert_eq!(answer(sim.get(MODELS)).await.0, 401);
    assert_eq!(
        answer(sim.post("/_sim/faults").json(&json!({"rules": [{"kind": "error", "status": 200}]}))).await.0,
        400
    );
    assert_eq!(answer(sim.post("/_sim/faults").body("{")).await.0, 400);
    body(sim.post("/_sim/faults").json(&json!({"profile": "down"}))).await;
    assert_eq!(answer(me(&sim)).await.0, 500);
}

#[tokio::test]
async fn odd_requests_get_an_error_and_never_end_a_connection() {
    let sim = Sim::start().await;
    let key = sim.key("openai", "admin").await;
    for path in [
        "/openai/v1/organization/usage/completions?start_time=x",
        "/openai/v1/organization/usage/completions?start_time=99999999999999999999",
        "/openai/v1/organization/usage/completions?start_time=0&end_time=1&page=page_%%%",
        "/openai/v1/organization/usage/completions?start_time=0&limit=0",
        "/openai/v1/organization/usage/completions?start_time=0&bucket_width=1y",
        "/openai/v1/organization/costs?start_time=0&limit=181",
        "/openai/v1/organization/users?after=nobody",
        "/_sim/books?vendor=nobody",
        "/_sim/books?vendor=openai&from=x",
        "/_sim/calls?since=-1",
        "/nobody/v1/models",
        "/openai/v1/organization/nothing",
    ] {
        let (status, _) = answer(sim.get(path).bearer_auth(&key)).await;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    let far = "/openai/v1/organization/usage/completions?start_time=0&end_time=4102444800&limit=31";
    assert_eq!(answer(sim.get(far).bearer_auth(&key)).await.0, 200);
}
