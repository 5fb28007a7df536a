//! Parameters of lists, series and exports that are wrong, forged or extreme: named where they are wrong, served where
//! they are only odd, and never a 5xx.

use crate::harness::{Client, Launch, events, folder};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

const RANGED: [&str; 7] = [
    "/api/events?",
    "/api/events/facets?",
    "/api/events/histogram?",
    "/api/events/export?format=ndjson&",
    "/api/dashboard/overview?",
    "/api/compliance/summary?",
    "/api/audit?",
];
const FILTERED: [&str; 4] =
    ["/api/events?", "/api/events/facets?", "/api/events/histogram?", "/api/events/export?format=csv&"];

/// Asks every path with each query; demands 422 and that the field is named.
async fn assert_named(client: &Client, paths: &[&str], cases: &[(String, &str)]) {
    for path in paths {
        for (query, field) in cases {
            let error = client.get(&format!("{path}{query}")).await.refused(422, "validation_failed");
            assert!(
                error["details"]["fields"][field].is_string(),
                "{path}{query}: {field} is to blame: {error}"
            );
        }
    }
}

#[tokio::test]
async fn a_parameter_that_is_wrong_is_named() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let admin = server.set_up().await;
    let case = |query: &str, field: &'static str| (query.to_string(), field);
    let ranges = [
        case("range=yesterday", "range"),
        case("range=", "range"),
        case("range=24h&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", "range"),
        case("from=2026-01-01T00:00:00Z", "to"),
        case("to=2026-01-01T00:00:00Z", "from"),
        case("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to"),
        case("from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to"),
        case("from=0001-01-01T00:00:00Z&to=9999-12-30T00:00:00Z", "from"),
        case("from=now&to=2026-01-01T00:00:00Z", "from"),
        case("from=2026-01-01T00:00:00Z&to=99999-01-01T00:00:00Z", "to"),
    ];
    assert_named(&admin, &RANGED, &ranges).await;
    let many = (0..51).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let filters = [
        case("severity=purple", "severity"),
        case("severity=-purple", "severity"),
        case("action=explode", "action"),
        case("source=moon", "source"),
        case("status=maybe", "status"),
        case("min_cost=1e9", "min_cost"),
        case("min_cost=NaN", "min_cost"),
        case("min_cost=-1", "min_cost"),
        case("min_cost=9999999999", "min_cost"),
        case("min_latency_ms=-1", "min_latency_ms"),
        case("min_latency_ms=4294967296", "min_latency_ms"),
        (format!("vendor={many}"), "vendor"),
    ];
    assert_named(&admin, &FILTERED, &filters).await;
    let pages = [
        case("limit=0", "limit"),
        case("limit=501", "limit"),
        case("limit=-1", "limit"),
        case("limit=99999999999999999999", "limit"),
        case("limit=ten", "limit"),
        case("cursor=x", "cursor"),
        case("cursor=%00", "cursor"),
        case(&format!("cursor={}", "A".repeat(10_000)), "cursor"),
    ];
    assert_named(&admin, &["/api/events?", "/api/audit?", "/api/tokens?", "/api/team?"], &pages).await;
    assert_named(&admin, &["/api/events/export?"], &[case("format=xml", "format"), case("", "format")]).await;
}

#[tokio::test]
async fn what_is_odd_but_possible_is_served() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let admin = server.set_up().await;
    admin.ingest(&events::event("one")).await.ok();
    for query in [
        "from=9999-12-29T00:00:00Z&to=9999-12-30T21:59:59.999Z",
        "from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z",
        "from=1969-12-31T23:59:59.999Z&to=1970-01-01T00:00:00.001Z",
        "from=2026-11-23T00:00:00%2B14:00&to=2026-11-23T10:00:00-12:00",
        "from=2025-11-01T00:00:00Z&to=2026-12-01T00:00:00Z",
        "from=2026-11-23T00:00:00.001Z&to=2026-11-23T00:00:00.002Z",
        "unknown=1",
    ] {
        for path in RANGED {
            let answer = admin.get(&format!("{path}{query}")).await;
            assert_eq!(answer.status, 200, "{path}{query}: {answer}");
        }
    }
    for query in [
        "vendor=",
        "vendor=,,,",
        "vendor=-",
        "model=%00",
        "user=%ff%fe",
        "team=%F0%9F%98%80",
        "app=%27%3B--",
        "model=%25",
    ] {
        for path in FILTERED {
            let answer = admin.get(&format!("{path}{query}")).await;
            assert!(answer.status == 200 || answer.status == 422, "{path}{query}: {answer}");
        }
    }
}

#[tokio::test]
async fn a_forged_cursor_is_refused_or_harmless() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let admin = server.set_up().await;
    let batch: Vec<_> = (0..5).map(|n| events::event(&n.to_string())).collect();
    admin.ingest(&json!(batch)).await.ok();
    let extremes = [i64::MIN, i64::MIN + 1, -1, 0, 1, 253_402_300_800_000, i64::MAX - 1, i64::MAX];
    let mut lengths = vec![vec![], vec![0xff; 1], vec![0; 35], vec![0; 37], vec![0xff; 36]];
    for from in extremes {
        for to in extremes {
            for at in [i64::MIN, 0, i64::MAX] {
                for (partition, seq) in [(0u32, 0i64), (u32::MAX, i64::MAX), (1, -1)] {
                    let numbers = [from, to, at].into_iter().flat_map(i64::to_be_bytes);
                    let place = partition.to_be_bytes().into_iter().chain(seq.to_be_bytes());
                    lengths.push(numbers.chain(place).collect());
                }
            }
        }
    }
    for bytes in lengths {
        let cursor = URL_SAFE_NO_PAD.encode(&bytes);
        let answer = admin.get(&format!("/api/events?count=true&limit=2&cursor={cursor}")).await;
        assert!(answer.status == 200 || answer.status == 422, "{bytes:?}: {answer}");
    }
}

#[tokio::test]
async fn a_json_body_that_is_wrong_is_named() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let admin = server.set_up().await;
    let post = async |body: Vec<u8>, kind: &'static str| {
        let request =
            admin.request(reqwest::Method::POST, "/api/compliance/scan").header("content-type", kind);
        crate::harness::client::send(request.body(body)).await.unwrap()
    };
    let json = "application/json";
    post(b"{\"text\":\"hi\"}".to_vec(), json).await.ok();
    post(b"{\"text\":\"hi\"}".to_vec(), "text/json").await.refused(415, "unsupported_media_type");
    for bad in [
        "",
        "{",
        "{\"text\":\"\\ud800\"}",
        "{\"text\":NaN}",
        "{\"text\":\"a\"} x",
        "\u{feff}{\"text\":\"a\"}",
    ] {
        post(bad.into(), json).await.refused(400, "bad_request");
    }
    post(b"{\"text\":\"\xff\"}".to_vec(), json).await.refused(400, "bad_request");
    for bad in [
        "{}",
        "[]",
        "null",
        "7",
        "{\"text\":7}",
        "{\"text\":\"a\",\"more\":1}",
        "{\"text\":\"a\",\"text\":\"b\"}",
    ] {
        post(bad.into(), json).await.refused(422, "validation_failed");
    }
    let deep = format!("{{\"text\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let answer = post(deep.into(), json).await;
    assert!(answer.status == 400 || answer.status == 422, "{answer}");
    let text = |n: usize| json!({ "text": "a".repeat(n) }).to_string().into_bytes();
    post(text(1 << 20), json).await.ok();
    post(text((1 << 20) + 1), json).await.refused(422, "validation_failed");
    post(text(100 << 20), json).await.refused(413, "payload_too_large");
}
