//! Ollama: presence without keys, and the cloud's way to tell a key.

use super::*;

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    assert_eq!(sim.get("/ollama/local/").send().await.unwrap().text().await.unwrap(), "Ollama is running");
    for (path, file) in [
        ("/local/api/version", "version"),
        ("/local/api/tags", "tags"),
        ("/local/api/status", "status_cloud_on"),
        ("/local/v1/models", "openai_models"),
        ("/cloud/api/tags", "cloud_tags"),
    ] {
        check(sim.get(&format!("/ollama{path}")), 200, &format!("ollama/{file}")).await;
    }
    check(sim.post("/ollama/local/api/me"), 200, "ollama/me_signed_in").await;
    let show = |model: &str| sim.post("/ollama/local/api/show").json(&json!({"model": model}));
    check(show("llama3.2"), 200, "ollama/show_local").await;
    check(show("gpt-oss:120b-cloud"), 200, "ollama/show_remote").await;
    check(show("llama9"), 404, "ollama/error_model_not_found").await;
}

#[tokio::test]
async fn a_model_is_loaded_while_it_was_used_lately_and_remote_ones_never_are() {
    let sim = Sim::start().await;
    let mut loaded = 0;
    for minutes in (0..600).step_by(7) {
        sim.set_clock(NOVEMBER + DAY + minutes * 60).await;
        let ps = body(sim.get("/ollama/local/api/ps")).await;
        let models = ps["models"].as_array().unwrap().clone();
        assert!(models.iter().all(|m| m["name"] == "llama3.2:latest"));
        if !models.is_empty() {
            like(&ps, "ollama/ps");
            loaded += 1;
        }
    }
    assert!((1..86).contains(&loaded), "{loaded}");
}

#[tokio::test]
async fn a_cloud_key_is_told_by_an_empty_search() {
    let sim = Sim::start().await;
    let search = |key: String| sim.post("/ollama/cloud/api/web_search").bearer_auth(key);
    check(search(sim.key("ollama", "unknown_cloud").await), 401, "ollama/error_cloud_bad_key").await;
    check(search(sim.key("ollama", "cloud").await), 400, "ollama/error_cloud_key_accepted").await;
}
