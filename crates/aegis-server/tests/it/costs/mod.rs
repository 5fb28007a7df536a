//! Money over the routes, in exact figures: events are posted, ledger rows are put as a collector puts them.

mod focus;
mod forecast;
mod prices;
mod reconciliation;
mod summary;
mod usage;

use crate::harness::Server;
use aegis_domain::entities::Credential;
use aegis_domain::{Dimensions, LedgerKind, LedgerRow, Money, Quantities, Scope, Timestamp};
use aegis_server::costs;
use aegis_store::{DocumentsExt, NewRow};
use serde_json::{Value, json};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An event of `vendor` with tokens in, of those cached, and out.
fn event(vendor: &str, model: &str, at: &str, (input, cached, output): (u64, u64, u64)) -> Value {
    json!({
        "occurred_at": at, "vendor": vendor, "model": model, "user": "maria", "team": "claims", "app": "triage",
        "prompt": [{ "role": "user", "text": "Summarise the claim." }],
        "usage": { "input_tokens": input, "cached_input_tokens": cached, "output_tokens": output },
        "latency_ms": 100, "ttft_ms": 40
    })
}

/// Posts events and counts them.
async fn ingest(server: &Server, events: &[Value]) {
    let mut client = server.as_token(&[Scope::Ingest]).await;
    for event in events {
        client.post("/api/pipeline/ingest", event.clone()).await.expect(200);
    }
    count(server).await;
}

/// Brings the rollups up to the log.
async fn count(server: &Server) {
    aegis_server::rollups::rebuild(&server.app.store, server.now()).await.unwrap();
}

/// A credential without secrets.
async fn credential(server: &Server, vendor: &str) -> Credential {
    let made = Credential::new(
        vendor.into(),
        "admin".into(),
        format!("{vendor} billing"),
        "ada".into(),
        server.now(),
    );
    server.app.store.documents.insert(&made).await.unwrap();
    made
}

/// A row of a day that costs something.
fn cost(day: &str, model: Option<&str>, amount: &str, currency: &str) -> LedgerRow {
    let money = Money { amount: amount.parse().unwrap(), currency: currency.parse().unwrap() };
    LedgerRow { kind: LedgerKind::Cost, money: Some(money), ..row(day, model) }
}

/// A row of a day that counts tokens in and out.
fn tokens(day: &str, model: Option<&str>, input: u64, output: u64) -> LedgerRow {
    let quantities = Quantities {
        requests: Some(1),
        input_tokens: Some(input),
        output_tokens: Some(output),
        ..Quantities::default()
    };
    LedgerRow { quantities, ..row(day, model) }
}

fn row(day: &str, model: Option<&str>) -> LedgerRow {
    let from = at(&format!("{day}T00:00:00Z"));
    LedgerRow {
        kind: LedgerKind::Usage,
        from,
        to: from.plus(DAY),
        dimensions: Dimensions { model: model.map(str::to_owned), ..Dimensions::default() },
        quantities: Quantities::default(),
        money: None,
        estimate: false,
    }
}

/// Puts rows as a run of a collector does, under keys of their own, and adds the days up.
async fn put(server: &Server, credential: &Credential, feed: &str, rows: &[LedgerRow]) {
    let book = format!("{}/{feed}", credential.id);
    let entries = rows.iter().map(|row| {
        let about = serde_json::to_string(&(row.kind, row.from, row.to, &row.dimensions)).unwrap();
        let mut key = [0; 16];
        about
            .bytes()
            .enumerate()
            .for_each(|(at, byte)| key[at % 16] = byte.wrapping_add(key[at % 16]).rotate_left(3));
        NewRow { at: row.from, key, body: serde_json::to_vec(row).unwrap() }
    });
    server.app.store.ledger.put(&book, 1, entries.collect()).await.unwrap();
    let from = rows.iter().map(|row| row.from).min().unwrap();
    let to = rows.iter().map(|row| row.to).max().unwrap();
    absorb(server, credential, feed, (from, to)).await;
}

async fn absorb(server: &Server, credential: &Credential, feed: &str, window: (Timestamp, Timestamp)) -> u64 {
    let book = format!("{}/{feed}", credential.id);
    costs::absorb(&server.app.store, &credential.vendor, &book, window, server.now()).await.unwrap()
}
