//! Refresh and its reuse, log-out, the list of sessions, and how fast a lost right is lost.

use crate::harness::{Client, Server};
use aegis_domain::Role;
use aegis_domain::entities::{Session, User};
use aegis_store::DocumentsExt;
use serde_json::json;

const REFRESH: &str = "__Host-aegis_refresh";
const ACCESS: &str = "__Host-aegis_access";

async fn refresh(client: &mut Client<'_>) -> u16 {
    client.post("/api/auth/refresh", json!({})).await.status.as_u16()
}

#[tokio::test]
async fn a_refresh_rotates_the_token() {
    let server = Server::start().await;
    let mut client = server.as_role(Role::Viewer).await;
    let before = client.cookie(REFRESH).to_owned();
    server.wait(901);
    client.get("/api/auth/me").await.expect(401);
    assert_eq!(refresh(&mut client).await, 200);
    assert_ne!(client.cookie(REFRESH), before);
    client.get("/api/auth/me").await.expect(200);
    server.stop().await;
}

#[tokio::test]
async fn refresh_reuse_revokes_the_family() {
    let server = Server::start().await;
    let mut owner = server.as_role(Role::Viewer).await;
    let mut thief = owner.clone();
    assert_eq!(refresh(&mut owner).await, 200);
    server.wait(11);
    assert_eq!(refresh(&mut thief).await, 401, "the token was used up eleven seconds ago");
    assert!(thief.cookies.is_empty(), "the answer clears the cookies");
    assert_eq!(refresh(&mut owner).await, 401, "nobody can tell who stole, so both are out");
    owner.cookies.insert(ACCESS.into(), thief.cookie(ACCESS).into());
    owner.get("/api/auth/me").await.expect(401);
    assert!(server.acts().await.contains(&"session.reuse_detected".to_string()));
    server.stop().await;
}

#[tokio::test]
async fn the_access_token_dies_with_its_family() {
    let server = Server::start().await;
    let mut owner = server.as_role(Role::Viewer).await;
    let mut thief = owner.clone();
    assert_eq!(refresh(&mut owner).await, 200);
    let mut tab = owner.clone();
    tab.get("/api/auth/me").await.expect(200);
    server.wait(11);
    assert_eq!(refresh(&mut thief).await, 401);
    tab.get("/api/auth/me").await.expect(401);
    server.stop().await;
}

#[tokio::test]
async fn tabs_that_refresh_together_both_stay_signed_in() {
    let server = Server::start().await;
    let first = server.as_role(Role::Viewer).await;
    let mut tabs = vec![first.clone(); 4];
    let answers = futures::future::join_all(tabs.iter_mut().map(refresh)).await;
    assert_eq!(answers, [200; 4]);
    let rotated = tabs.iter().filter(|tab| tab.cookie(REFRESH) != first.cookie(REFRESH)).count();
    assert_eq!(rotated, 1, "the family does not fork");
    for tab in &mut tabs {
        tab.get("/api/auth/me").await.expect(200);
    }
    server.stop().await;
}

#[tokio::test]
async fn refresh_tokens_of_no_session_are_refused_quietly() {
    let server = Server::start().await;
    let client = server.as_role(Role::Viewer).await;
    let good = client.cookie(REFRESH).to_owned();
    let (id, token) = good.split_once('.').unwrap();
    let other = uuid::Uuid::now_v7().to_string();
    for bad in ["", "x", ".", id, token, &format!("{other}.{token}"), &format!("{token}.{id}"), "\u{1}.\u{2}"]
    {
        let mut forger = server.client();
        forger.cookies.insert(REFRESH.into(), bad.into());
        if bad == "\u{1}.\u{2}" {
            continue; // no HTTP client can send it
        }
        assert_eq!(refresh(&mut forger).await, 401, "{bad}");
    }
    assert_eq!(refresh(&mut client.clone()).await, 200, "the session itself is unharmed");
    server.stop().await;
}

#[tokio::test]
async fn a_session_ends_after_a_week_whatever_its_use() {
    let server = Server::start().await;
    let mut client = server.as_role(Role::Viewer).await;
    for _ in 0..7 {
        server.wait(24 * 3600 - 1);
        assert_eq!(refresh(&mut client).await, 200);
    }
    server.wait(7);
    assert_eq!(refresh(&mut client).await, 401);
    server.stop().await;
}

#[tokio::test]
async fn logging_out_ends_the_session_not_only_the_cookie() {
    let server = Server::start().await;
    let mut client = server.as_role(Role::Viewer).await;
    let mut copy = client.clone();
    client.post("/api/auth/logout", json!({})).await.expect(204);
    assert!(client.cookies.is_empty());
    copy.get("/api/auth/me").await.expect(401);
    assert_eq!(refresh(&mut copy).await, 401);
    server.client().post("/api/auth/logout", json!({})).await.expect(204);

    let mut idle = server.as_role(Role::Viewer).await;
    server.wait(3600);
    let mut copy = idle.clone();
    idle.post("/api/auth/logout", json!({})).await.expect(204);
    assert_eq!(refresh(&mut copy).await, 401, "the refresh cookie alone is enough to log out");
    server.stop().await;
}

#[tokio::test]
async fn people_see_and_end_their_own_sessions_only() {
    let server = Server::start().await;
    let (maria, eve) = (
        server.person("maria@corp.example", Role::Viewer).await,
        server.person("eve@corp.example", Role::Admin).await,
    );
    let (mut one, mut two) = (server.signed_in(&maria).await, server.signed_in(&maria).await);
    let mut eve = server.signed_in(&eve).await;

    let list = one.get("/api/auth/sessions").await.expect(200).json;
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let current: Vec<bool> = list["items"].as_array().unwrap().iter().map(|s| s["current"] == true).collect();
    assert_eq!(current, [false, true], "newest first");
    let other = list["items"][0]["id"].as_str().unwrap();

    eve.delete(&format!("/api/auth/sessions/{other}")).await.expect(404);
    two.get("/api/auth/me").await.expect(200);
    assert_eq!(eve.get("/api/auth/sessions").await.json["items"].as_array().unwrap().len(), 1);

    one.delete(&format!("/api/auth/sessions/{other}")).await.expect(204);
    one.delete(&format!("/api/auth/sessions/{other}")).await.expect(404);
    two.get("/api/auth/me").await.expect(401);
    one.get("/api/auth/me").await.expect(200);

    let mut three = server.signed_in(&maria).await;
    one.delete("/api/auth/sessions").await.expect(204);
    three.get("/api/auth/me").await.expect(401);
    one.get("/api/auth/me").await.expect(200);
    eve.get("/api/auth/me").await.expect(200);
    server.stop().await;
}

#[tokio::test]
async fn what_is_revoked_behind_our_back_is_cut_off_within_five_seconds() {
    let server = Server::start().await;
    let maria = server.person("maria@corp.example", Role::Admin).await;
    let (mut cookie, mut other) = (server.signed_in(&maria).await, server.signed_in(&maria).await);
    let (token, secret) = server.token(&[aegis_domain::Scope::Read], None).await;
    let mut machine = server.client().bearer(secret.expose());
    for client in [&mut cookie, &mut other, &mut machine] {
        client.get("/api/auth/me").await.expect(200);
    }
    // As another node or the command line would: straight in the store.
    let documents = &server.app.store.documents;
    documents.delete("api_tokens", &token.id.to_string(), None).await.unwrap();
    let list = cookie.get("/api/auth/sessions").await.json;
    let session = list["items"][0]["id"].as_str().unwrap();
    let now = server.now();
    documents.modify(session, &move |s: &mut Session| s.revoked_at = Some(now)).await.unwrap();
    documents.modify(&maria.id.to_string(), &|user: &mut User| user.role = Role::Viewer).await.unwrap();

    server.wait(5);
    machine.get("/api/auth/me").await.expect(401);
    other.get("/api/auth/me").await.expect(401);
    cookie.get("/api/auth/me").await.expect(200);
    cookie.get("/api/team").await.expect(403);
    server.stop().await;
}

#[tokio::test]
async fn what_has_run_out_is_deleted_and_nothing_else() {
    let server = Server::start().await;
    let maria = server.person("maria@corp.example", Role::Admin).await;
    let (mut kept, mut ended) = (server.signed_in(&maria).await, server.signed_in(&maria).await);
    ended.post("/api/auth/logout", json!({})).await.expect(204);
    server.client().login("maria@corp.example", "not the phrase").await.expect(401);
    kept.post("/api/team/invites", json!({ "email": "n@corp.example", "role": "viewer" })).await.expect(201);
    let count = async |collection: &'static str| {
        let query = aegis_store::ListQuery { limit: 100, ..Default::default() };
        server.app.store.documents.list_raw(collection, query).await.unwrap().len()
    };
    let counts = async || [count("sessions").await, count("lockouts").await, count("invites").await];
    assert_eq!(counts().await, [2, 2, 1]);
    aegis_server::access::tidy(&server.app).await.unwrap();
    assert_eq!(counts().await, [1, 2, 1]);
    server.wait(20 * 60);
    aegis_server::access::tidy(&server.app).await.unwrap();
    assert_eq!(counts().await, [1, 0, 1]);
    server.wait(7 * 24 * 3600);
    aegis_server::access::tidy(&server.app).await.unwrap();
    assert_eq!(counts().await, [0, 0, 0]);
    server.stop().await;
}

#[tokio::test]
async fn a_person_s_fifty_first_device_signs_the_oldest_out() {
    let server = Server::start().await;
    let maria = server.person("maria@corp.example", Role::Viewer).await;
    let mut devices = Vec::new();
    for _ in 0..51 {
        devices.push(server.signed_in(&maria).await);
    }
    devices[0].get("/api/auth/me").await.expect(401);
    devices[1].get("/api/auth/me").await.expect(200);
    let list = devices[50].get("/api/auth/sessions").await.json;
    assert_eq!(list["items"].as_array().unwrap().len(), 50);
    server.stop().await;
}
