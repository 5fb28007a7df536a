//! `/usage`: the ledger's rows, page by page, with what they said before.

use super::{DAY, absorb, at, cost, credential, put, tokens};
use crate::harness::Server;
use aegis_domain::{LedgerRow, Role};
use serde_json::{Value, json};

const RANGE: &str = "from=2026-11-20T00:00:00Z&to=2026-11-24T00:00:00Z";

#[tokio::test]
async fn rows_come_once_each_over_all_pages_and_filters_hold() {
    let server = Server::start().await;
    let (openai, mistral) = (credential(&server, "openai").await, credential(&server, "mistral").await);
    let days = ["2026-11-20", "2026-11-21", "2026-11-22"];
    let used: Vec<LedgerRow> = days.iter().map(|day| tokens(day, Some("gpt-5"), 10, 5)).collect();
    let billed: Vec<LedgerRow> = days.iter().map(|day| cost(day, None, "0.123456789012", "USD")).collect();
    put(&server, &openai, "usage", &used).await;
    put(&server, &openai, "cost", &billed).await;
    put(&server, &mistral, "cost", &billed).await;
    let mut client = server.as_role(Role::Viewer).await;
    for limit in [1, 2, 4, 9, 50] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page =
                client.get(&format!("/api/usage?{RANGE}&limit={limit}{cursor}")).await.expect(200).json;
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= limit);
            seen.extend(items.iter().map(|i| format!("{} {} {}", i["credential_id"], i["kind"], i["from"])));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen.len(), 9, "{limit}");
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 9, "{limit}");
    }
    for (filter, want) in [
        ("vendor=openai".to_owned(), 6),
        ("vendor=cohere".to_owned(), 0),
        (format!("key={}", mistral.id), 3),
        ("kind=usage".to_owned(), 3),
        ("kind=cost&vendor=openai".to_owned(), 3),
    ] {
        let page = client.get(&format!("/api/usage?{RANGE}&{filter}")).await.expect(200).json;
        assert_eq!(page["items"].as_array().unwrap().len(), want, "{filter}");
    }
    let page = client.get(&format!("/api/usage?{RANGE}&kind=cost&limit=1")).await.expect(200).json;
    assert_eq!(
        page["items"][0]["stated"]["money"],
        json!({ "amount": "0.123456789012", "currency": "USD" }),
        "every digit is kept"
    );
    for bad in ["cursor=x", "kind=colour", "limit=0"] {
        client.get(&format!("/api/usage?{RANGE}&{bad}")).await.expect(422);
    }
}

#[tokio::test]
async fn a_revision_shows_what_was_said_before_and_changes_the_sums() {
    let server = Server::start().await;
    let openai = credential(&server, "openai").await;
    put(&server, &openai, "cost", &[cost("2026-11-21", None, "1.5", "USD")]).await;
    put(&server, &openai, "cost", &[cost("2026-11-21", None, "2.5", "USD")]).await;
    let mut client = server.as_role(Role::Viewer).await;
    let page = client.get(&format!("/api/usage?{RANGE}")).await.expect(200).json;
    let row = &page["items"][0];
    assert_eq!((&row["revision"], &row["stated"]["money"]["amount"]), (&json!(1), &json!("2.5")));
    assert_eq!(row["before"]["money"]["amount"], "1.5");
    assert_eq!(billed(&server).await, "2.500000000");

    let window = (at("2026-11-21T00:00:00Z"), at("2026-11-22T00:00:00Z"));
    assert_eq!(absorb(&server, &openai, "cost", window).await, 0, "adding up again changes nothing");
    // The vendor takes it back.
    let book = format!("{}/cost", openai.id);
    let day = at("2026-11-21T00:00:00Z");
    server.app.store.ledger.withdraw(&book, day, day.plus(DAY), 2, 100).await.unwrap();
    assert_eq!(absorb(&server, &openai, "cost", window).await, 1);
    let page = client.get(&format!("/api/usage?{RANGE}")).await.expect(200).json;
    let row = &page["items"][0];
    assert_eq!((&row["stated"], &row["before"]["money"]["amount"]), (&Value::Null, &json!("2.5")));
    assert_eq!(billed(&server).await, "0.000000000");
}

#[tokio::test]
async fn sums_do_not_read_the_rows() {
    let server = Server::start().await;
    let openai = credential(&server, "openai").await;
    put(&server, &openai, "cost", &[cost("2026-11-21", None, "1.5", "USD")]).await;
    let book = format!("{}/cost", openai.id);
    server.app.store.ledger.forget(&book, at("2026-11-25T00:00:00Z"), 10).await.unwrap();
    assert_eq!(billed(&server).await, "1.500000000", "and need none to be there");
    let mut client = server.as_role(Role::Viewer).await;
    let lines = client.get(&format!("/api/usage/reconciliation?{RANGE}")).await.expect(200).json;
    assert_eq!(lines["billed_usd"], "1.500000000");
    assert_eq!(client.get(&format!("/api/usage?{RANGE}")).await.expect(200).json["items"], json!([]));
}

async fn billed(server: &Server) -> String {
    let mut client = server.as_role(Role::Viewer).await;
    let answer = client.get(&format!("/api/costs/summary?{RANGE}")).await.expect(200).json;
    answer["totals"]["reported"]["billed_usd"].as_str().unwrap().to_owned()
}
