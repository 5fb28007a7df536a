//! What OpenTelemetry exporters send: calls to models are kept once and masked, and the answers are those the protocol
//! asks for, in the encoding of the request.

use crate::harness::{Answer, Client, Server};
use aegis_domain::{Scope, Timestamp};
use serde_json::{Value, json};
use std::io::Write;
use std::time::Duration;

const SSN: &str = "536-90-4399";
const PROTOBUF: &str = "application/x-protobuf";

const JSON: &str = "application/json";

async fn post(client: &mut Client<'_>, signal: &str, kind: &str, body: Vec<u8>) -> Answer {
    client.call_bytes("POST", &format!("/api/otlp/v1/{signal}"), Some((kind, body)), &[]).await
}

async fn post_json(client: &mut Client<'_>, signal: &str, body: &Value) -> Answer {
    post(client, signal, JSON, body.to_string().into()).await
}

async fn events(server: &Server) -> Vec<Value> {
    let mut reader = server.as_token(&[Scope::Read]).await;
    let list = reader.get("/api/events?limit=500").await.expect(200).json;
    let mut events = Vec::new();
    for row in list["items"].as_array().unwrap() {
        let path = format!("/api/events/{}", row["id"].as_str().unwrap());
        events.push(reader.get(&path).await.expect(200).json);
    }
    events
}

fn nanos(at: Timestamp) -> String {
    format!("{}000000", at.millis())
}

fn attributes(pairs: &[(&str, &str)]) -> Value {
    pairs.iter().map(|(key, value)| json!({"key": key, "value": {"stringValue": value}})).collect()
}

fn span(id: u8, vendor: &str, text: &str, at: Timestamp) -> Value {
    let messages = json!([{"role": "user", "parts": [{"type": "text", "content": text}]}]);
    let mut attributes = attributes(&[
        ("gen_ai.operation.name", "chat"),
        ("gen_ai.provider.name", vendor),
        ("gen_ai.request.model", "gpt-5"),
        ("gen_ai.input.messages", &messages.to_string()),
        ("user.id", "jan@corp.example"),
    ]);
    let tokens = json!({"key": "gen_ai.usage.input_tokens", "value": {"intValue": "12"}});
    attributes.as_array_mut().unwrap().push(tokens);
    json!({
        "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": format!("00f067aa0ba902{id:02x}"), "name": "chat gpt-5",
        "kind": 3, "startTimeUnixNano": nanos(at), "endTimeUnixNano": nanos(at.plus(Duration::from_millis(250))),
        "attributes": attributes,
    })
}

fn of_spans(spans: &[Value]) -> Value {
    let resource = json!({"attributes": attributes(&[("service.name", "helpdesk")])});
    json!({"resourceSpans": [{"resource": resource, "scopeSpans": [{"scope": {"name": "x"}, "spans": spans}]}]})
}

#[tokio::test]
async fn spans_become_events_once_and_masked() {
    let server = Server::start().await;
    let mut client = server.as_token(&[Scope::Ingest]).await;
    let database = json!({
        "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "00f067aa0ba902ff", "name": "SELECT",
        "startTimeUnixNano": nanos(server.now()), "attributes": attributes(&[("db.system", "postgresql")]),
    });
    let body = of_spans(&[span(1, "openai", &format!("My SSN is {SSN}"), server.now()), database]);
    let answer = post_json(&mut client, "traces", &body).await.expect(200);
    assert_eq!((answer.header("content-type"), &answer.json), (JSON, &json!({})), "other spans are no fault");
    // As an exporter does that had no answer; and packed.
    post_json(&mut client, "traces", &body).await.expect(200);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(body.to_string().as_bytes()).unwrap();
    let packed = Some(("application/json; charset=utf-8", packed.finish().unwrap()));
    let gzip = [("content-encoding", "gzip")];
    client.call_bytes("POST", "/api/otlp/v1/traces", packed, &gzip).await.expect(200);

    let kept = events(&server).await;
    assert_eq!(kept.len(), 1, "{kept:#?}");
    let event = &kept[0];
    assert_eq!(
        [
            &event["source"],
            &event["vendor"],
            &event["model"],
            &event["app"],
            &event["user"],
            &event["action"]
        ],
        ["otlp", "openai", "gpt-5", "helpdesk", "jan@corp.example", "flag"]
    );
    assert_eq!((&event["usage"]["input_tokens"], &event["latency_ms"]), (&json!(12), &json!(250)));
    assert_eq!(event["external_id"], "otlp/4bf92f3577b34da6a3ce929d0e0e4736/00f067aa0ba90201");
    assert!(!event.to_string().contains(SSN), "{event}");

    // Whoever names the same span first keeps nobody else's from being stored.
    let mut other = server.as_token(&[Scope::Ingest]).await;
    post_json(&mut other, "traces", &body).await.expect(200);
    assert_eq!(events(&server).await.len(), 2);
    server.stop().await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_counted_in_the_answer_and_spoils_nothing() {
    let server = Server::start().await;
    let mut client = server.as_token(&[Scope::Ingest]).await;
    let now = server.now();
    let body = of_spans(&[
        span(1, "openai", "kept", now),
        span(2, "aws.bedrock", "of a stranger", now),
        span(3, "openai", "long ago", now.minus(Duration::from_secs(86_400 * 800))),
    ]);
    let answer = post_json(&mut client, "traces", &body).await.expect(200).json;
    let partial = &answer["partialSuccess"];
    assert_eq!(partial["rejectedSpans"], "2", "64-bit numbers are text: {partial}");
    let why = partial["errorMessage"].as_str().unwrap();
    assert!(why.contains("gen_ai.provider.name") && why.contains("occurred_at"), "{why}");
    assert_eq!(events(&server).await.len(), 1);
    let mut viewer = server.as_token(&[Scope::Read]).await;
    let totals = viewer.get("/api/pipeline/status").await.expect(200).json["totals"].clone();
    assert_eq!(
        (&totals["stored"], &totals["rejected"], &totals["received"]),
        (&json!(1), &json!(2), &json!(3))
    );

    // The same in protobuf: a call without ids.
    let operation = b"\x0a\x15gen_ai.operation.name\x12\x06\x0a\x04chat";
    let mut body = [&[0x4a, operation.len() as u8][..], operation].concat();
    for field in [0x12, 0x12, 0x0a] {
        body = [&[field, body.len() as u8][..], &body].concat();
    }
    let answer = post(&mut client, "traces", PROTOBUF, body).await.expect(200);
    let reason = "a span needs a trace id and a span id";
    let message = [&[0x08, 1, 0x12, reason.len() as u8][..], reason.as_bytes()].concat();
    let want = [&[0x0a, message.len() as u8][..], &message].concat();
    assert_eq!((answer.header("content-type"), &answer.body), (PROTOBUF, &want));
    let all_kept = post(&mut client, "logs", PROTOBUF, Vec::new()).await.expect(200);
    assert_eq!(all_kept.body, b"", "an empty request is one");
    server.stop().await;
}

#[tokio::test]
async fn records_of_what_was_said_become_events() {
    let server = Server::start().await;
    let mut client = server.as_token(&[Scope::Ingest]).await;
    let record = |event: &str, body: Value| {
        json!({"timeUnixNano": nanos(server.now()), "eventName": event, "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
            "spanId": "00f067aa0ba902b7", "attributes": attributes(&[("gen_ai.system", "anthropic")]), "body": body})
    };
    let said = |text: &str| json!({"kvlistValue": {"values": attributes(&[("content", text)])}});
    let records = [
        record("gen_ai.user.message", said(&format!("My SSN is {SSN}"))),
        record("gen_ai.choice", said("Noted.")),
    ];
    let body = json!({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]});
    for _ in 0..2 {
        assert_eq!(post_json(&mut client, "logs", &body).await.expect(200).json, json!({}));
    }
    let kept = events(&server).await;
    assert_eq!(kept.len(), 1, "{kept:#?}");
    assert_eq!([&kept[0]["vendor"], &kept[0]["action"]], ["anthropic", "flag"]);
    server.stop().await;
}

/// `google.rpc.Status`: its code and message.
fn status_of(answer: &Answer) -> (u8, String) {
    assert_eq!(answer.header("content-type"), PROTOBUF, "{answer:?}");
    let [0x08, code, 0x12, length, message @ ..] = &answer.body[..] else { panic!("no status: {answer:?}") };
    assert_eq!(message.len(), usize::from(*length), "one short message: {answer:?}");
    (*code, String::from_utf8(message.to_vec()).unwrap())
}

#[tokio::test]
async fn refusals_are_a_status_in_the_encoding_of_the_request() {
    let server = Server::start().await;
    let mut client = server.as_token(&[Scope::Ingest]).await;
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b' '; 21 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    let many = b"\x0a\x00".repeat(600_000);
    let packed = ("content-encoding", "gzip");
    type Case<'a> = (&'a [u8], &'a [(&'a str, &'a str)], u16, u8, &'a str);
    let cases: &[Case] = &[
        (b"\x0a\xff", &[], 400, 3, "is not an OTLP export request"),
        (&bomb, &[packed], 413, 3, "unpacks to more than 20 MiB"),
        (&many, &[], 413, 3, "more than 500000 values"),
        (b"no gzip", &[packed], 400, 3, "does not unpack"),
    ];
    for (body, headers, status, code, message) in cases {
        for signal in ["traces", "logs"] {
            let path = format!("/api/otlp/v1/{signal}");
            let answer = client.call_bytes("POST", &path, Some((PROTOBUF, body.to_vec())), headers).await;
            let (found, said) = status_of(&answer);
            assert_eq!((answer.status.as_u16(), found), (*status, *code), "{said}");
            assert!(said.contains(message), "{said}");
        }
    }
    let answer = post(&mut server.client(), "traces", PROTOBUF, Vec::new()).await.expect(401);
    assert_eq!(status_of(&answer).0, 16);

    // In JSON it stands beside the error every refusal has.
    let answer = post_json(&mut client, "traces", &json!([])).await.expect(400);
    assert_eq!((answer.code(), &answer.json["code"]), ("bad_request", &json!(3)));
    assert_eq!(answer.json["message"], answer.json["error"]["message"]);
    let answer = post(&mut client, "traces", "text/plain", b"{}".to_vec()).await.expect(415);
    assert_eq!(answer.code(), "unsupported_media_type");
    assert_eq!(post_json(&mut client, "metrics", &json!({})).await.expect(404).code(), "not_found");
    assert_eq!(events(&server).await.len(), 0);
    server.stop().await;
}
