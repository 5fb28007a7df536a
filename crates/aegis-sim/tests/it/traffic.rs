//! Traffic over real HTTP: against the simulator, and a desk that takes events as ingest does.

use aegis_domain::{SystemClock, Timestamp};
use aegis_sim::{
    HistoryConfig, Ingest, LiveConfig, LoadConfig, LoadError, SimConfig, TrafficError, router, run_history,
    run_live, run_load,
};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

const TOKEN: &str = "agf_test";

/// What stands in for the server: hands events on, and is busy for the first few posts.
#[derive(Clone)]
struct Desk {
    events: mpsc::UnboundedSender<Value>,
    busy: Arc<AtomicUsize>,
}

async fn take(State(desk): State<Desk>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    if headers["authorization"] != format!("Bearer {TOKEN}") {
        return (StatusCode::UNAUTHORIZED, Json(json!({"error": {"code": "unauthenticated"}})))
            .into_response();
    }
    if desk.busy.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
        return (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "0")]).into_response();
    }
    let events = match body {
        Value::Array(events) => events,
        one => vec![one],
    };
    let stored = events.len();
    events.into_iter().for_each(|e| desk.events.send(e).unwrap());
    Json(json!({"items": [], "stored": stored, "duplicates": 0, "rejected": 0})).into_response()
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    format!("http://{address}")
}

async fn desk(busy: usize) -> (Ingest, mpsc::UnboundedReceiver<Value>) {
    let (events, received) = mpsc::unbounded_channel();
    let desk = Desk { events, busy: Arc::new(AtomicUsize::new(busy)) };
    let router = Router::new().route("/api/pipeline/ingest", post(take)).with_state(desk);
    (Ingest { base: serve(router).await, token: TOKEN.to_owned() }, received)
}

fn history(ingest: Ingest, events: usize) -> HistoryConfig {
    let now: Timestamp = "2026-11-23T15:00:00.000Z".parse().unwrap();
    HistoryConfig { events, batch: 100, ..HistoryConfig::new(ingest, 11, now) }
}

#[tokio::test]
async fn a_live_run_opens_with_a_leak_and_stops_when_told() {
    let vendors = serve(router(SimConfig { seed: 3, ..SimConfig::default() })).await;
    let (ingest, mut events) = desk(0).await;
    let cancel = CancellationToken::new();
    let config = LiveConfig { ingest, vendors, seed: 3, rate: 3.0, clock: Arc::new(SystemClock) };
    let live = tokio::spawn(run_live(config, cancel.clone()));
    let number = |e: &Value| e["external_id"].as_str().unwrap().rsplit_once("-l").unwrap().1.to_owned();
    let mut early = Vec::new();
    while early.len() < 3 {
        early.push(tokio::time::timeout(Duration::from_secs(30), events.recv()).await.unwrap().unwrap());
    }
    let first =
        early.iter().find(|e| number(e) == "-0-1").expect("the opening call is among the first to end");
    assert_eq!(first["app"], "portal-chat");
    assert_eq!(first["format"], "openai.chat");
    // This application streams; what it posts is the answer put together.
    assert!(first["ttft_ms"].as_u64().unwrap() <= first["latency_ms"].as_u64().unwrap());
    assert_eq!(first["response"]["object"], "chat.completion");
    assert!(first["response"]["usage"]["total_tokens"].as_u64().unwrap() > 0);
    cancel.cancel();
    let report = tokio::time::timeout(Duration::from_secs(5), live).await.unwrap().unwrap().unwrap();
    // The last of the three may still have been waiting for its receipt.
    assert!(report.stored >= 2 && report.leaks >= 1, "{report:?}");
}

#[tokio::test]
async fn history_waits_for_a_busy_server_and_loses_nothing() {
    let (ingest, mut events) = desk(5).await;
    let report = run_history(history(ingest, 1_000), CancellationToken::new()).await.unwrap();
    assert_eq!(report.retries, 5);
    let mut ids = HashSet::new();
    while let Ok(event) = events.try_recv() {
        assert!(ids.insert(event["external_id"].as_str().unwrap().to_owned()), "sent twice: {event}");
    }
    assert_eq!(ids.len() as u64, report.stored);
    assert!(report.leaks > 10 && report.attacks > 0 && report.vendor_errors > 0, "{report:?}");
}

#[tokio::test]
async fn a_refused_token_ends_the_run_with_the_servers_words() {
    let (mut ingest, _events) = desk(0).await;
    ingest.token = "wrong".to_owned();
    match run_history(history(ingest, 1_000), CancellationToken::new()).await {
        Err(TrafficError::Refused { status: 401, body, .. }) => assert!(body.contains("unauthenticated")),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_cancelled_history_stops_early() {
    let (ingest, mut events) = desk(0).await;
    let cancel = CancellationToken::new();
    let run = tokio::spawn(run_history(history(ingest, 200_000), cancel.clone()));
    events.recv().await.unwrap();
    cancel.cancel();
    let report = run.await.unwrap().unwrap();
    assert!(report.stored < 100_000, "{report:?}");
}

#[tokio::test]
async fn load_counts_what_the_server_took_and_repeats_no_id() {
    let (ingest, mut events) = desk(3).await;
    for batch in [1, 40] {
        let config = LoadConfig {
            address: ingest.base.strip_prefix("http://").unwrap().to_owned(),
            token: TOKEN.to_owned(),
            connections: 3,
            batch,
            duration: Duration::from_millis(300),
            event_bytes: 500,
        };
        let report = run_load(config, &SystemClock).await.unwrap();
        let mut ids = HashSet::new();
        while let Ok(event) = events.try_recv() {
            assert!(ids.insert(event["external_id"].as_str().unwrap().to_owned()));
        }
        assert_eq!(ids.len() as u64, report.accepted);
        assert_eq!(report.accepted, report.posts * batch as u64);
        assert!(report.posts > 3 && report.p50 <= report.p99 && report.p99 <= report.max, "{report:?}");
    }
    let config = LoadConfig {
        address: ingest.base.strip_prefix("http://").unwrap().to_owned(),
        token: "wrong".to_owned(),
        connections: 1,
        batch: 1,
        duration: Duration::from_secs(1),
        event_bytes: 500,
    };
    assert!(matches!(run_load(config, &SystemClock).await, Err(LoadError::Refused { status: 401, .. })));
}
