//! API tokens: made, listed, used, expired, deleted.

use crate::harness::Server;
use aegis_domain::entities::ApiToken;
use aegis_domain::{Role, Scope};
use aegis_store::DocumentsExt;
use serde_json::json;

#[tokio::test]
async fn a_token_is_shown_once_and_works_until_deleted() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    let form = json!({ "name": "ci", "scopes": ["read", "ingest", "read"], "expires_in_days": 30 });
    let made = admin.post("/api/tokens", form.clone()).await.expect(201).json;
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("agf_"));
    assert_eq!(made["scopes"], json!(["ingest", "read"]));
    assert!(token.ends_with(made["last4"].as_str().unwrap()));
    admin.post("/api/tokens", form).await.expect(409);

    let list = admin.get("/api/tokens").await.expect(200).json;
    assert!(!list.to_string().contains(token));
    assert!(list["items"][0].get("hash").is_none());
    assert!(list["items"][0]["created_by"].as_str().unwrap().ends_with("@corp.example"));

    let mut machine = server.client().bearer(token);
    let me = machine.get("/api/auth/me").await.expect(200).json;
    assert_eq!(me["token"]["name"], "ci");
    assert!(me["user"].is_null());
    machine.get("/api/tokens").await.expect(403);

    let path = format!("/api/tokens/{}", made["id"].as_str().unwrap());
    admin.delete(&path).await.expect(204);
    admin.delete(&path).await.expect(404);
    machine.get("/api/auth/me").await.expect(401);
    assert_eq!(server.acts().await, ["token.created", "token.deleted"]);
    server.stop().await;
}

#[tokio::test]
async fn a_token_expires_to_the_second() {
    let server = Server::start().await;
    let (_, secret) =
        server.token(&[Scope::Read], Some(server.now().plus(std::time::Duration::from_secs(2)))).await;
    let mut machine = server.client().bearer(secret.expose());
    machine.get("/api/auth/me").await.expect(200);
    server.wait(1);
    machine.get("/api/auth/me").await.expect(200);
    server.wait(1);
    machine.get("/api/auth/me").await.expect(401);
    server.stop().await;
}

#[tokio::test]
async fn bad_tokens_are_not_made() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    for form in [
        json!({ "name": "", "scopes": ["read"] }),
        json!({ "name": "x", "scopes": [] }),
        json!({ "name": "x", "scopes": ["root"] }),
        json!({ "name": "x", "scopes": ["read"], "expires_in_days": 0 }),
        json!({ "name": "x", "scopes": ["read"], "expires_in_days": 4000 }),
        json!({ "name": "x".repeat(101), "scopes": ["read"] }),
        json!({ "name": "a\nb", "scopes": ["read"] }),
        json!({ "name": "x", "scopes": ["read"], "expires_in_days": -1 }),
    ] {
        admin.post("/api/tokens", form.clone()).await.expect(422);
    }
    assert!(server.acts().await.is_empty());
    server.stop().await;
}

#[tokio::test]
async fn use_is_noted_to_the_minute() {
    let server = Server::start().await;
    server.wait(42);
    let (token, secret) = server.token(&[Scope::Read], None).await;
    let maria = server.person("maria@corp.example", Role::Admin).await;
    server.client().bearer(secret.expose()).get("/api/auth/me").await.expect(200);
    let mut maria_s = server.signed_in(&maria).await;
    maria_s.get("/api/auth/me").await.expect(200);
    let app = server.app.clone();
    server.stop_tasks().await;
    let stored = app.store.documents.get::<ApiToken>(&token.id.to_string()).await.unwrap().unwrap();
    assert_eq!(stored.value.last_used_at.unwrap().to_string(), "2026-11-23T09:00:00.000Z");
    let team = maria_s.get("/api/team").await.json;
    assert_eq!(team["items"][0]["last_seen_at"], "2026-11-23T09:00:00.000Z");
    drop(maria_s);
    server.stop().await;
}
