//! Changes that another site's page asks for with our cookies.

use crate::harness::{ORIGIN, PASSWORD, Server};
use aegis_domain::{Role, Scope};
use serde_json::json;

#[tokio::test]
async fn another_origin_s_page_changes_nothing_with_our_cookies() {
    let server = Server::start().await;
    let admin = server.as_role(Role::Admin).await.without("origin");
    let form = json!({ "email": "n@corp.example", "role": "admin" });
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:8081"),
        ("origin", "http://localhost:8080"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("x-nothing", "neither header is there"),
    ] {
        let answer =
            admin.clone().header(name, value).post("/api/team/invites", form.clone()).await.expect(403);
        assert_eq!(answer.code(), "bad_origin", "{name}: {value}");
        admin.clone().header(name, value).get("/api/team").await.expect(200);
    }
    assert!(server.acts().await.is_empty());
    admin
        .clone()
        .header("sec-fetch-site", "same-origin")
        .post("/api/team/invites", form.clone())
        .await
        .expect(201);
    admin.clone().header("origin", ORIGIN).delete("/api/auth/sessions").await.expect(204);
    server.stop().await;
}

#[tokio::test]
async fn another_origin_s_page_logs_nobody_in_or_out() {
    let server = Server::start().await;
    server.person("maria@corp.example", Role::Viewer).await;
    let evil = || server.client().without("origin").header("origin", "https://evil.example");
    assert_eq!(evil().login("maria@corp.example", PASSWORD).await.expect(403).code(), "bad_origin");
    let mut client = server.as_role(Role::Viewer).await;
    for path in ["/api/auth/logout", "/api/auth/refresh"] {
        let mut page = client.clone().without("origin").header("origin", "https://evil.example");
        assert_eq!(page.post(path, json!({})).await.expect(403).code(), "bad_origin", "{path}");
    }
    client.get("/api/auth/me").await.expect(200);
    server.client().without("origin").login("maria@corp.example", PASSWORD).await.expect(200);
    server.stop().await;
}

#[tokio::test]
async fn another_origin_s_page_opens_no_socket() {
    let server = Server::start().await;
    let viewer = server.as_role(Role::Viewer).await.without("origin");
    let upgrade = async |client: crate::harness::Client<'_>, origin: &str| {
        let mut client = client
            .header("origin", origin)
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        client.get("/api/ws/events").await.code().to_owned()
    };
    assert_eq!(upgrade(viewer.clone(), "https://evil.example").await, "bad_origin");
    assert_ne!(upgrade(viewer.clone(), ORIGIN).await, "bad_origin");
    server.stop().await;
}

#[tokio::test]
async fn bearer_tokens_need_no_origin() {
    let server = Server::start().await;
    let form = json!({ "email": "n@corp.example", "role": "viewer" });
    let mut machine = server.as_token(&[Scope::Admin]).await.header("origin", "https://anywhere.example");
    machine.post("/api/team/invites", form).await.expect(201);
    server.stop().await;
}

#[tokio::test]
async fn behind_a_proxy_the_public_address_is_ours() {
    let server =
        Server::start_with(|config| config.public_url = Some("https://aegis.corp.example".into())).await;
    let admin = server.as_role(Role::Admin).await.without("origin");
    let form = json!({ "email": "n@corp.example", "role": "viewer" });
    for (origin, status) in [
        ("http://aegis.corp.example", 403),
        ("http://127.0.0.1:8080", 403),
        ("https://aegis.corp.example", 201),
    ] {
        admin.clone().header("origin", origin).post("/api/team/invites", form.clone()).await.expect(status);
    }
    server.stop().await;
}
