//! Accounts by invitation, open registration, and none.

use crate::harness::{PASSWORD, Server};
use aegis_domain::Role;
use aegis_server::Registration;
use serde_json::{Value, json};

fn form(email: &str, token: Option<&str>) -> Value {
    json!({ "email": email, "name": "New", "password": PASSWORD, "invite_token": token })
}

#[tokio::test]
async fn an_invitation_makes_one_account_with_its_role() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    let invite = admin
        .post("/api/team/invites", json!({ "email": "New@Corp.example", "role": "analyst" }))
        .await
        .expect(201);
    let link = invite.json["link"].as_str().unwrap();
    let (page, token) = link.split_once("?invite=").unwrap();
    assert_eq!(page, "http://127.0.0.1:8080/register");
    let listed = admin.get("/api/team/invites").await.expect(200).json;
    assert_eq!(listed["items"][0]["email"], "new@corp.example");
    assert!(!listed.to_string().contains(token), "the link is shown once");
    admin
        .post("/api/team/invites", json!({ "email": "new@corp.example", "role": "viewer" }))
        .await
        .expect(409);

    let register = async |email: &str, token: Option<&str>| {
        server.client().post("/api/auth/register", form(email, token)).await
    };
    register("new@corp.example", None).await.expect(403);
    register("new@corp.example", Some("nonsense")).await.expect(403);
    register("other@corp.example", Some(token)).await.expect(403);
    let me = register("new@corp.example", Some(token)).await.expect(201);
    assert_eq!(me.json["user"]["role"], "analyst");
    register("new@corp.example", Some(token)).await.expect(403);
    assert_eq!(admin.get("/api/team/invites").await.json["items"], json!([]));
    admin
        .post("/api/team/invites", json!({ "email": "new@corp.example", "role": "viewer" }))
        .await
        .expect(409);
    server.stop().await;
}

#[tokio::test]
async fn one_invitation_used_twice_at_once_makes_one_account() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    let invite =
        admin.post("/api/team/invites", json!({ "email": "n@corp.example", "role": "admin" })).await.json;
    let token = invite["link"].as_str().unwrap().split_once("invite=").unwrap().1;
    let tries =
        (0..4).map(|_| {
            let mut client = server.client();
            async move {
                client.post("/api/auth/register", form("n@corp.example", Some(token))).await.status.as_u16()
            }
        });
    let answers = futures::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
    server.stop().await;
}

#[tokio::test]
async fn an_invitation_runs_out_and_can_be_withdrawn() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    let invite = async |admin: &mut crate::harness::Client<'_>| {
        let answer =
            admin.post("/api/team/invites", json!({ "email": "n@corp.example", "role": "viewer" })).await;
        let json = answer.expect(201).json;
        let token = json["link"].as_str().unwrap().split_once("invite=").unwrap().1.to_owned();
        (json["id"].as_str().unwrap().to_owned(), token)
    };
    let (id, token) = invite(&mut admin).await;
    admin.delete(&format!("/api/team/invites/{id}")).await.expect(204);
    admin.delete(&format!("/api/team/invites/{id}")).await.expect(404);
    server.client().post("/api/auth/register", form("n@corp.example", Some(&token))).await.expect(403);

    let (_, token) = invite(&mut admin).await;
    server.wait(7 * 24 * 3600 - 10);
    let mut admin = server.as_role(Role::Admin).await;
    admin.post("/api/team/invites", json!({ "email": "n@corp.example", "role": "viewer" })).await.expect(409);
    server.wait(10);
    server.client().post("/api/auth/register", form("n@corp.example", Some(&token))).await.expect(403);
    invite(&mut admin).await;
    server.stop().await;
}

#[tokio::test]
async fn open_registration_makes_viewers_and_off_makes_nobody() {
    let open = Server::start_with(|config| config.registration = Registration::Open).await;
    let me = open.client().post("/api/auth/register", form("n@corp.example", None)).await.expect(201);
    assert_eq!(me.json["user"]["role"], "viewer");
    open.client().post("/api/auth/register", form("N@corp.example", None)).await.expect(409);
    open.stop().await;

    let off = Server::start_with(|config| config.registration = Registration::Off).await;
    off.client().post("/api/auth/register", form("n@corp.example", None)).await.expect(403);
    assert_eq!(off.client().get("/api/auth/state").await.json["registration"], "off");
    off.stop().await;
}

#[tokio::test]
async fn an_address_gets_ten_registrations_an_hour() {
    let server = Server::start().await;
    for _ in 0..10 {
        server.client().post("/api/auth/register", form("n@corp.example", None)).await.expect(403);
    }
    let refused = server.client().post("/api/auth/register", form("n@corp.example", None)).await.expect(429);
    assert_eq!(refused.code(), "rate_limited");
    assert_eq!(refused.header("retry-after"), "360");
    assert_eq!(refused.header("ratelimit-policy"), "\"register\";q=10;w=3600");
    server
        .client()
        .from("192.0.2.11")
        .post("/api/auth/register", form("n@corp.example", None))
        .await
        .expect(403);
    server.stop().await;
}
