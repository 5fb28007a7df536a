//! What every refusal carries, whichever route makes it, and what no method opens.

use crate::harness::client::send;
use crate::harness::{Client, Launch, folder};
use reqwest::Method;
use std::collections::{BTreeMap, BTreeSet};

const METHODS: [&str; 8] = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

/// Each path with the methods it takes; parameters are filled with an id that names nothing.
fn routes() -> BTreeMap<String, BTreeSet<String>> {
    let mut routes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for route in aegis_server::table() {
        let path: Vec<&str> =
            route.path.split('/').map(|p| if p.starts_with('{') { NOTHING } else { p }).collect();
        routes.entry(path.join("/")).or_default().insert(route.method);
    }
    routes
}

const NOTHING: &str = "01890000-0000-7000-8000-000000000000";

async fn call(client: &Client, method: &str, path: &str) -> crate::harness::Answer {
    send(client.request(Method::from_bytes(method.as_bytes()).unwrap(), path)).await.unwrap()
}

#[tokio::test]
async fn a_method_that_a_path_does_not_take_is_405_with_those_it_does() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let admin = server.set_up().await;
    let routes = routes();
    assert!(routes.len() > 20, "the table of routes is read");
    for (path, takes) in &routes {
        for method in METHODS.iter().filter(|m| !takes.contains(**m)) {
            for client in [&admin, &server.nobody()] {
                let answer = call(client, method, path).await;
                answer.refused(405, "method_not_allowed");
                let allow = answer.header("allow");
                assert!(takes.iter().all(|t| allow.contains(t.as_str())), "{method} {path} allows {allow:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_path_that_is_none_is_404_for_everybody() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let admin = server.set_up().await;
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/events/not-an-id",
        "/api/v1/events",
        "/api/.env",
        "/api/tokens/x",
    ] {
        for method in ["GET", "DELETE"] {
            let answer = call(&admin, method, path).await;
            let error = answer.envelope();
            assert!(answer.status == 404 || answer.status == 405, "{method} {path}: {error}");
        }
    }
    let secret = call(&admin, "GET", "/api/nothing?token=hunter2").await;
    assert!(!secret.text().contains("hunter2"), "what was asked for is not repeated: {secret}");
}

#[tokio::test]
async fn every_answer_carries_its_request_id_and_the_security_headers() {
    let dir = folder();
    let server = Launch::on(dir.path()).start();
    let admin = server.set_up().await;
    for (path, status) in [("/api/health", 200), ("/api/team", 200), ("/api/nothing", 404), ("/", 200)] {
        let answer = admin.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        if path.starts_with("/api") {
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
    }
    let nobody = server.nobody();
    let with_id = |id: &'static str| nobody.request(Method::GET, "/api/events").header("x-request-id", id);
    for id in ["a", "order-66_b.c", "0123456789012345678901234567890123456789012345678901234567890123"] {
        assert_eq!(send(with_id(id)).await.unwrap().header("x-request-id"), id);
    }
    let long = "01234567890123456789012345678901234567890123456789012345678901234";
    for id in ["", " ", "a b", "a,b", "<script>", "a/b", "ä", long] {
        let answer = send(with_id(id)).await.unwrap();
        let error = answer.refused(401, "unauthenticated");
        assert_eq!(error["request_id"].as_str().unwrap().len(), 36, "{id:?} is replaced: {error}");
    }
}
