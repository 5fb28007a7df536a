//! The caller's ids: a repeat is answered with the first one's id and stores nothing, within a batch, across batches
//! and across a restart.

use crate::harness::{Launch, events, folder};
use serde_json::{Value, json};

fn ids(answer: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap().to_string();
    answer["items"].as_array().unwrap().iter().map(|i| (text(&i["status"]), text(&i["id"]))).collect()
}

#[tokio::test]
async fn a_repeat_answers_with_the_first_id_and_stores_nothing() {
    let dir = folder();
    let launch = Launch::on(dir.path());
    let server = launch.start();
    let client = server.first_token(&["ingest", "read"]).await;
    let batch = json!([events::event("a"), events::event("b"), events::saying("a", "something else")]);
    let first = ids(&client.ingest(&batch).await.ok());
    assert_eq!(first.iter().map(|i| i.0.as_str()).collect::<Vec<_>>(), ["stored", "stored", "duplicate"]);
    assert_eq!(first[0].1, first[2].1, "within the batch");

    let again = ids(&client.ingest(&batch).await.ok());
    assert!(
        again.iter().zip(&first).all(|(a, f)| a.0 == "duplicate" && a.1 == f.1),
        "across batches: {again:?}"
    );
    server.kill9();
    let server = launch.start();
    let client = client.at(server.address);
    let again = ids(&client.ingest(&batch).await.ok());
    assert!(
        again.iter().zip(&first).all(|(a, f)| a.0 == "duplicate" && a.1 == f.1),
        "across a restart: {again:?}"
    );

    let mut other_source = events::event("a");
    other_source["source"] = "otlp".into();
    let other = ids(&client.ingest(&other_source).await.ok());
    assert_eq!(other[0].0, "stored", "an id is unique for its source alone");
    assert_eq!(client.all_events().await.len(), 3);
}

#[tokio::test]
async fn an_idempotency_key_makes_the_repeat_of_a_batch_harmless() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let one = json!({ "vendor": "openai", "model": "m", "prompt": [{ "role": "user", "text": "hi" }] });
    let batch = json!([one, one]).to_string();
    let key = [("idempotency-key", "batch-7")];
    let first = ids(&client.ingest_bytes(batch.as_str(), &key).await.ok());
    let again = ids(&client.ingest_bytes(batch.as_str(), &key).await.ok());
    assert!(first.iter().all(|i| i.0 == "stored") && first[0].1 != first[1].1, "{first:?}");
    assert!(again.iter().zip(&first).all(|(a, f)| a.0 == "duplicate" && a.1 == f.1), "{again:?}");
    let other = ids(&client.ingest_bytes(batch.as_str(), &[("idempotency-key", "batch-8")]).await.ok());
    assert!(other.iter().all(|i| i.0 == "stored"), "{other:?}");
    assert_eq!(client.all_events().await.len(), 4);
}
