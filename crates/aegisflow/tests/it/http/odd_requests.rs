//! Requests no browser sends: odd paths, hosts, targets and framing. None gets past the access rule, which hangs on the
//! matched handler; each refusal under `/api` is the envelope.

use crate::harness::{Answer, Launch, folder, raw};

/// Spellings that some servers and proxies take for `/api/events`.
const SPELLINGS: &[&str] = &[
    "//api/events",
    "/api//events",
    "/api/events/",
    "/api/events//",
    "/./api/events",
    "/api/./events",
    "/x/../api/events",
    "/api/x/../events",
    "/api/auth/state/../../events",
    "/api/health/../events",
    "/api/health/..%2fevents",
    "/API/events",
    "/Api/Events",
    "/api/EVENTS",
    "/api%2fevents",
    "/api/%65vents",
    "/%61pi/events",
    "/api/events%2f",
    "/api/events%00",
    "/api/events%20",
    "/api/events;a=b",
    "/api;/events",
    "/api/events/..;/events",
    "/api\\events",
    "/api/events?",
    "/api/events?range=24h&range=1h",
    "/api/events/export?format=ndjson",
    "/api/events%ff",
    "/api/events.json",
    "/console/api/events",
    "/assets/../api/events",
    "/assets/..%2f..%2faegisflow.db",
    "/assets/%2e%2e/%2e%2e/etc/passwd",
];

/// Demands that an answer shows no event and, under `/api`, is the envelope.
#[track_caller]
fn assert_nothing_given_away(target: &str, answer: &Answer) {
    let text = answer.text();
    assert!(!text.contains("\"items\"") && !text.contains("canary"), "{target} got through: {answer}");
    assert!(!text.contains("root:") && !text.contains("SQLite"), "{target} shows a file: {answer}");
    assert!(answer.status < 500, "{target}: {answer}");
    // Outside of /api anything is a place in the console, whose page is the same for everybody.
    let page = answer.status == 200 && answer.header("content-type").starts_with("text/html");
    assert!(page || answer.status >= 400, "{target}: {answer}");
    if target.starts_with("/api") && answer.status >= 400 {
        answer.envelope();
    }
}

#[tokio::test]
async fn no_spelling_of_a_path_gets_past_the_access_rule() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    client.ingest(&crate::harness::events::event("canary")).await.ok();
    for target in SPELLINGS {
        let answer = raw::exchange(server.address, &raw::request(&format!("GET {target}"), &[]));
        assert_nothing_given_away(target, &answer.unwrap());
        let head = raw::exchange(server.address, &raw::request(&format!("HEAD {target}"), &[])).unwrap();
        assert!(head.body.is_empty() && head.status < 500, "HEAD {target}: {head}");
    }
    let bearer = format!("Bearer {}", client.token());
    let plain = raw::request("GET /api/events", &[("Authorization", &bearer)]);
    assert!(
        raw::exchange(server.address, &plain).unwrap().text().contains("canary"),
        "the canary can be seen"
    );
}

#[tokio::test]
async fn a_target_with_a_host_of_its_own_is_the_same_route_under_the_same_rule() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let client = server.first_token(&["ingest", "read"]).await;
    client.ingest(&crate::harness::events::event("canary")).await.ok();
    let bearer = format!("Bearer {}", client.token());
    for host in ["evil.example", "127.0.0.1", "localhost:1", "user:pass@evil.example", "[::1]:80"] {
        let line = format!("GET http://{host}/api/events");
        raw::exchange(server.address, &raw::request(&line, &[])).unwrap().refused(401, "unauthenticated");
        let answer =
            raw::exchange(server.address, &raw::request(&line, &[("Authorization", &bearer)])).unwrap();
        assert!(answer.text().contains("canary"), "{host}: {answer}");
    }
    for target in ["*", "http://evil.example", "evil.example:443", "http://", "/api/events HTTP/1.1\r\nX: "] {
        if let Some(answer) = raw::exchange(server.address, &raw::request(&format!("GET {target}"), &[])) {
            assert_nothing_given_away(target, &answer);
        }
    }
}

#[tokio::test]
async fn a_host_header_opens_nothing_and_is_never_repeated() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    server.set_up().await;
    let hosts = [
        "evil.example",
        "",
        "a b",
        "127.0.0.1:99999",
        "evil.example\r\nHost: 127.0.0.1",
        "::::",
        "\u{e9}.example",
    ];
    for host in hosts {
        for path in ["/api/events", "/api/metrics", "/", "/api/nothing"] {
            let bytes = raw::request(&format!("GET {path}"), &[("Host", host)]);
            let Some(answer) = raw::exchange(server.address, &bytes) else { continue };
            assert!(answer.status < 500, "{host:?} {path}: {answer}");
            assert!(!answer.text().contains("evil.example"), "{host:?} {path}: {answer}");
            assert!(!answer.header("location").contains("evil"), "{host:?} {path}: {answer}");
            if path == "/api/events" {
                assert!(answer.status == 401 || answer.status == 400, "{host:?}: {answer}");
            }
        }
    }
}

#[tokio::test]
async fn framing_that_two_readers_could_read_differently_is_refused() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    server.set_up().await;
    let smuggled = "GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n";
    for framing in [
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: -1",
        "Content-Length: +5",
        "Content-Length: 5x",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked\r\nContent-Length: 0",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
        "Content-Length\t: 0",
    ] {
        let head = format!(
            "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{framing}\r\n\r\n"
        );
        let bytes = [head.as_bytes(), b"0\r\n\r\n", smuggled.as_bytes()].concat();
        let mut stream = raw::connect(server.address);
        std::io::Write::write_all(&mut stream, &bytes).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        if let Some(answer) = raw::read(stream) {
            assert!((400..500).contains(&answer.status), "{framing}: {answer}");
        }
    }
    for line in ["GET", "", "GET /api/health HTTP/9.9", "\0\0\0\0", "GET /api/health", "PRI * HTTP/2.0"] {
        let answer = raw::exchange(server.address, format!("{line}\r\nHost: x\r\n\r\n").as_bytes());
        assert!(answer.is_none_or(|a| (400..500).contains(&a.status)), "{line:?}");
    }
    let wide = format!("GET /api/health HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    assert!(raw::exchange(server.address, wide.as_bytes()).is_none_or(|a| a.status == 431));
    let many = format!("GET /api/health HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-A: b\r\n".repeat(500));
    assert!(raw::exchange(server.address, many.as_bytes()).is_none_or(|a| a.status == 431));
    assert_eq!(server.nobody().get("/api/health").await.status, 200);
}
