//! Cohere: the key check, models, and jobs whose counts are the world's batches and embeddings. No usage, no cost.

use super::*;

#[tokio::test]
async fn answers_have_the_shape_of_recorded_ones() {
    let sim = Sim::start().await;
    let key = sim.key("cohere", "production").await;
    check(sim.post("/cohere/v1/check-api-key").bearer_auth(&key), 200, "cohere/check_api_key").await;
    for (path, file) in [
        ("/v1/models?page_size=2", "models_page1"),
        ("/v2/batches?page_size=1", "batches_page1"),
        ("/v1/embed-jobs", "embed_jobs"),
        ("/v1/finetuning/finetuned-models", "finetuned_models"),
        ("/v1/datasets/usage", "datasets_usage"),
    ] {
        check(sim.get(&format!("/cohere{path}")).bearer_auth(&key), 200, &format!("cohere/{file}")).await;
    }
}

#[tokio::test]
async fn keys_open_what_they_should_and_nothing_else() {
    let sim = Sim::start().await;
    let key = |kind: &'static str| sim.key("cohere", kind);
    check(
        sim.post("/cohere/v1/check-api-key").bearer_auth(key("unknown").await),
        401,
        "cohere/error_bad_key",
    )
    .await;
    check(sim.get("/cohere/v1/models"), 401, "cohere/error_no_key").await;
    check(sim.get("/cohere/v2/batches").bearer_auth(key("restricted").await), 403, "cohere/error_forbidden")
        .await;
    for (kind, trial) in [("trial", true), ("production", false)] {
        let response = sim.get("/cohere/v1/models").bearer_auth(key(kind).await).send().await.unwrap();
        assert_eq!(response.headers().contains_key("x-trial-endpoint-call-limit"), trial);
    }
    assert_eq!(answer(sim.get("/cohere/v1/usage").bearer_auth(key("production").await)).await.0, 404);
}

#[tokio::test]
async fn jobs_add_up_to_the_books() {
    let sim = Sim::start().await;
    let key = sim.key("cohere", "production").await;
    let today = NOW - NOW % DAY;
    // A hundred days of jobs are listed.
    let books = sim.books("cohere", today - 100 * DAY, today).await;
    let books = books["rows"].as_array().unwrap();
    let (mut input, mut output, mut token) = (0, 0, String::new());
    loop {
        let page = body(sim.get(&format!("/cohere/v2/batches?page_size=7{token}")).bearer_auth(&key)).await;
        for batch in page["batches"].as_array().unwrap() {
            let count = |name: &str| batch[name].as_str().unwrap().parse::<i64>().unwrap();
            input += count("input_tokens");
            output += count("output_tokens");
        }
        let Some(next) = page["next_page_token"].as_str() else { break };
        token = format!("&page_token={}", next.replace('=', "%3D"));
    }
    // The latest batches of the last day may not have arrived yet: by the reported books they all have.
    let of = |figure: &str, wanted: &dyn Fn(&&&Value) -> bool| {
        books.iter().filter(|r| wanted(&r)).map(|r| r[figure].as_i64().unwrap()).sum::<i64>()
    };
    let batch = |r: &&&Value| r["batch"] == true;
    assert_eq!((input, output), (of("input_tokens", &batch), of("output_tokens", &batch)));
    let jobs = body(sim.get("/cohere/v1/embed-jobs").bearer_auth(&key)).await;
    let embedded: i64 = jobs["embed_jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|j| j["meta"]["billed_units"]["input_tokens"].as_i64().unwrap())
        .sum();
    assert_eq!(embedded, of("input_tokens", &|r| r["model"] == "embed-v4.0"));
    assert!(input > 0 && embedded > 0);
}
