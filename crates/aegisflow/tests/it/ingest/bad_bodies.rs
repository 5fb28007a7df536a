//! Bodies that are wrong as a whole: cut short, too large, packed to burst, of the wrong kind. Each gets the envelope
//! with the right code, nothing of it is stored, and the server goes on.

use crate::harness::{Client, Launch, events, folder, raw};
use serde_json::json;
use std::io::Write;

const MIB: usize = 1024 * 1024;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

async fn assert_nothing_stored(client: &Client) {
    let status = client.get("/api/pipeline/status").await.ok();
    assert_eq!(status["totals"]["stored"], 0, "{status}");
    assert_eq!(client.get("/api/health").await.status, 200);
}

#[tokio::test]
async fn a_body_that_is_no_list_of_items_is_refused_whole() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let one = events::event("x").to_string();
    let cases: &[(&[u8], u16, &str)] = &[
        (b"", 400, "bad_request"),
        (b"  \r\n\t ", 400, "bad_request"),
        (b"[]", 422, "validation_failed"),
        (b"[ ]", 422, "validation_failed"),
        (b"[", 400, "bad_request"),
        (b"{", 400, "bad_request"),
        (b"\"", 400, "bad_request"),
        (b"[{}", 400, "bad_request"),
        (b"[{},", 400, "bad_request"),
        (b"[{},]", 400, "bad_request"),
        (b"[,]", 400, "bad_request"),
        (b"[{}]]", 400, "bad_request"),
        (b"[{}] {}", 400, "bad_request"),
        (b"{} {}", 400, "bad_request"),
        (b"]", 400, "bad_request"),
        (b"not json at all", 400, "bad_request"),
        // UTF-16, and a mark that JSON must not begin with (RFC 8259, 8.1).
        (b"\xff\xfe[\0]\0", 400, "bad_request"),
        (b"<xml/>, or so", 400, "bad_request"),
    ];
    for (body, status, code) in cases {
        let answer = client.ingest_bytes(*body, &[]).await;
        assert_eq!(
            (answer.status, answer.envelope()["code"].as_str()),
            (*status, Some(*code)),
            "{:?}",
            String::from_utf8_lossy(body)
        );
    }
    let batch = format!("[{one},{one}]");
    for cut in (1..batch.len()).step_by(7) {
        client.ingest_bytes(&batch.as_bytes()[..cut], &[]).await.refused(400, "bad_request");
    }
    client
        .ingest_bytes("\n \r\n\n", &[("content-type", "application/x-ndjson")])
        .await
        .refused(422, "validation_failed");
    assert_nothing_stored(&client).await;
}

#[tokio::test]
async fn a_body_of_the_wrong_kind_is_refused() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let one = events::event("x").to_string();
    for kind in ["text/plain", "", "application/xml", "application/jsonx", "multipart/form-data; boundary=x"]
    {
        client
            .ingest_bytes(one.as_str(), &[("content-type", kind)])
            .await
            .refused(415, "unsupported_media_type");
    }
    for encoding in ["br", "deflate", "gzip, gzip", "\u{fc}"] {
        let answer = client.ingest_bytes(one.as_str(), &[("content-encoding", encoding)]).await;
        answer.refused(415, "unsupported_media_type");
    }
    let packed = gzip(one.as_bytes());
    let double = gzip(&packed);
    let broken: &[(&[u8], &str)] = &[
        (one.as_bytes(), "gzip"),
        (one.as_bytes(), "zstd"),
        (b"", "gzip"),
        (&packed[..packed.len() - 9], "gzip"),
        (&packed, "zstd"),
        (&zstd(one.as_bytes())[..12], "zstd"),
        // Unpacked once it is still packed, and so no JSON.
        (&double, "gzip"),
    ];
    for (body, encoding) in broken {
        client.ingest_bytes(*body, &[("content-encoding", encoding)]).await.refused(400, "bad_request");
    }
    for key in ["", "ä", &"k".repeat(201)] {
        let answer = client.ingest_bytes(one.as_str(), &[("idempotency-key", key)]).await;
        answer.refused(400, "bad_request");
    }
    assert_nothing_stored(&client).await;
}

#[tokio::test]
async fn a_bomb_is_refused_before_it_goes_off() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let before = server.peak_memory();
    let blanks = vec![b' '; 65 * MIB];
    let members = gzip(&vec![b' '; MIB]).repeat(65);
    // A thousand times as much as may come out.
    let frames = zstd(&vec![b' '; 64 * MIB]).repeat(1_000);
    for (body, encoding) in
        [(gzip(&blanks), "gzip"), (zstd(&blanks), "zstd"), (members, "gzip"), (frames, "zstd")]
    {
        assert!(body.len() < 16 * MIB);
        client.ingest_bytes(body, &[("content-encoding", encoding)]).await.refused(413, "payload_too_large");
    }
    let mut wide = zstd::stream::Encoder::new(Vec::new(), 1).unwrap();
    wide.window_log(27).unwrap();
    wide.write_all(&vec![b' '; 130 * MIB]).unwrap();
    let wide = wide.finish().unwrap();
    client.ingest_bytes(wide, &[("content-encoding", "zstd")]).await.refused(400, "bad_request");
    let grown = server.peak_memory() - before;
    assert!(grown < 512 * MIB, "bombs of 65 MiB and more took {} MiB", grown / MIB);
    assert_nothing_stored(&client).await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_with_or_without_a_length() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let head = |length: &str| {
        let bearer = format!("Bearer {}", client.token());
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        let mut head = raw::request("POST /api/pipeline/ingest", &headers);
        head.truncate(head.len() - 2);
        head.extend_from_slice(format!("{length}\r\n\r\n").as_bytes());
        head
    };
    // Who asks first is refused before sending: nothing but the head is on the way here.
    let asks = head("Content-Length: 104857600\r\nExpect: 100-continue");
    raw::exchange(server.address, &asks).expect("an answer").refused(413, "payload_too_large");

    // Who sends all of it before listening still hears why, whatever the reason.
    let answer = client.ingest_bytes(vec![b' '; 100 * MIB], &[]).await;
    answer.refused(413, "payload_too_large");
    let answer = client.ingest_bytes(vec![b' '; 20 * MIB], &[("content-type", "text/plain")]).await;
    answer.refused(415, "unsupported_media_type");
    server.nobody().ingest_bytes(vec![b' '; 20 * MIB], &[]).await.refused(401, "unauthenticated");
    let mut stream = raw::connect(server.address);
    stream.write_all(&head("Transfer-Encoding: chunked")).unwrap();
    let chunk = [format!("{MIB:x}\r\n").into_bytes(), vec![b' '; MIB], b"\r\n".to_vec()].concat();
    for _ in 0..100 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    let _ = stream.write_all(b"0\r\n\r\n");
    raw::read(stream).expect("an answer").refused(413, "payload_too_large");

    let many = vec![json!({}); 10_001];
    client.ingest(&json!(many)).await.refused(413, "payload_too_large");
    let lines = "{}\n".repeat(10_001);
    let answer = client.ingest_bytes(lines, &[("content-type", "application/x-ndjson")]).await;
    answer.refused(413, "payload_too_large");
    assert_nothing_stored(&client).await;
}

#[tokio::test]
async fn what_reaches_a_limit_is_taken() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let small = json!({ "vendor": "openai", "model": "m", "prompt": [{ "role": "user", "text": "hi" }] });
    let answer = client.ingest(&json!(vec![small; 10_000])).await.ok();
    assert_eq!(answer["stored"], 10_000);
    let large = events::saying("large", &"all work and no play ".repeat(10 * MIB / 21)).to_string();
    for (body, encoding) in [(large.clone().into_bytes(), "identity"), (gzip(large.as_bytes()), "gzip")] {
        client.ingest_bytes(body, &[("content-encoding", encoding)]).await.ok();
    }
}

#[tokio::test]
async fn a_body_cut_short_on_the_wire_stores_nothing() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    let body = json!([events::event("a"), events::event("b")]).to_string();
    let bearer = format!("Bearer {}", client.token());
    for sent in [0, 1, body.len() / 2, body.len() - 1] {
        let length = body.len().to_string();
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
            ("Content-Length", length.as_str()),
        ];
        let mut bytes = raw::request("POST /api/pipeline/ingest", &headers);
        bytes.extend_from_slice(&body.as_bytes()[..sent]);
        let mut stream = raw::connect(server.address);
        stream.write_all(&bytes).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        // Whether it still answers a peer that is half gone is its own affair.
        if let Some(answer) = raw::read(stream) {
            answer.refused(400, "bad_request");
        }
    }
    assert_nothing_stored(&client).await;
}
