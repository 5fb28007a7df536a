//! A repeat under the same `Idempotency-Key` gets the first answer again and makes nothing.

use crate::harness::{Client, Launch, folder};
use serde_json::{Value, json};

const KEY: &str = "idempotency-key";

async fn post(client: &Client, key: &str, body: &Value) -> reqwest::Response {
    client.request(reqwest::Method::POST, "/api/tokens").header(KEY, key).json(body).send().await.unwrap()
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer_again_and_another_body_is_refused() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["admin"]).await;
    let form = json!({ "name": "triage", "scopes": ["ingest"] });
    let first = post(&client, "order-1", &form).await;
    assert_eq!(first.status(), 201);
    assert!(first.headers().get("idempotency-replayed").is_none());
    let first = first.text().await.unwrap();

    let again = post(&client, "order-1", &form).await;
    assert_eq!(
        (again.status().as_u16(), again.headers()["idempotency-replayed"].to_str().unwrap()),
        (201, "true")
    );
    assert_eq!(again.text().await.unwrap(), first, "the secret, too");

    let other = json!({ "name": "another", "scopes": ["ingest"] });
    assert_eq!(post(&client, "order-1", &other).await.status(), 422);
    assert_eq!(
        post(&client, "order-2", &form).await.status(),
        409,
        "without its key a repeat is a taken name"
    );
    assert_eq!(post(&client, "order-2", &other).await.status(), 201, "a refused request leaves its key free");
    assert_eq!(post(&client, &"k".repeat(201), &form).await.status(), 400);

    let tokens = client.get("/api/tokens").await.ok();
    assert_eq!(tokens["items"].as_array().unwrap().len(), 3, "the client's own and two");
}

#[tokio::test]
async fn of_two_at_once_one_makes_it() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["admin"]).await;
    let form = json!({ "name": "twice", "scopes": ["read"] });
    let answers = futures::future::join_all((0..8).map(|_| post(&client, "same", &form))).await;
    let statuses: Vec<u16> = answers.iter().map(|a| a.status().as_u16()).collect();
    assert!(statuses.contains(&201) && statuses.iter().all(|s| [201, 409].contains(s)), "{statuses:?}");
    let tokens = client.get("/api/tokens").await.ok();
    assert_eq!(tokens["items"].as_array().unwrap().len(), 2);
}
