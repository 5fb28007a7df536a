//! What was done is on record, in a chain that shows tampering.

use crate::harness::{PASSWORD, Server};
use aegis_domain::Role;
use aegis_store::{NewRecord, Stream};
use serde_json::json;

#[tokio::test]
async fn the_log_says_who_did_what_from_where() {
    let server = Server::start().await;
    let maria = server.person("maria@corp.example", Role::Admin).await;
    let mut client = server.client().header("user-agent", "browser/1").header("x-request-id", "req-7");
    client.login("maria@corp.example", "not the phrase").await.expect(401);
    client.login("maria@corp.example", PASSWORD).await.expect(200);
    let items = client.get("/api/audit").await.expect(200).json["items"].clone();
    assert_eq!(items[0]["action"], "login.succeeded");
    assert_eq!(
        items[0]["actor"],
        json!({ "kind": "user", "id": maria.id.to_string(), "email": maria.email })
    );
    assert_eq!(items[0]["object"], format!("user:{}", maria.id));
    assert_eq!(items[0]["address"], "192.0.2.10");
    assert_eq!(items[0]["user_agent"], "browser/1");
    assert_eq!(items[0]["request_id"], "req-7");
    assert_eq!(items[1]["action"], "login.failed");
    assert_eq!(items[1]["actor"], json!({ "kind": "anonymous" }));
    assert_eq!(items[1]["details"]["email"], "maria@corp.example");
    assert_eq!(items[0]["prev"], items[1]["hash"]);
    assert_eq!(items[1]["prev"], "0".repeat(64));
    assert!(!items.to_string().contains("phrase"), "no password is on record");
    server.stop().await;
}

#[tokio::test]
async fn acts_at_once_make_one_chain() {
    let server = Server::start().await;
    let token = server.as_token(&[aegis_domain::Scope::Admin]).await;
    let acts = (0..40).map(|n| {
        let mut client = token.clone();
        async move {
            let form = json!({ "email": format!("u{n}@corp.example"), "role": "viewer" });
            client.post("/api/team/invites", form).await.expect(201);
        }
    });
    futures::future::join_all(acts).await;
    let verdict = token.clone().get("/api/audit/verify").await.expect(200).json;
    assert_eq!((&verdict["ok"], &verdict["records"]), (&json!(true), &json!(40)));
    assert_eq!(verdict["head"]["seq"], 40);
    server.stop().await;
}

#[tokio::test]
async fn another_process_writing_the_same_chain_does_not_break_it() {
    let server = Server::start().await;
    let mut client = server.as_token(&[aegis_domain::Scope::Admin]).await;
    let invite = |n: u32| json!({ "email": format!("u{n}@corp.example"), "role": "viewer" });
    client.post("/api/team/invites", invite(1)).await.expect(201);
    // The command line has a chain of its own over the same store.
    let (other, author) = (Default::default(), aegis_server::audit::Author::operator("root".into()));
    let entry = aegis_server::audit::Entry::new("account.unlocked");
    aegis_server::audit::append(&server.app.store, &other, author, entry, server.now()).await.unwrap();
    client.post("/api/team/invites", invite(2)).await.expect(201);
    assert_eq!(server.acts().await, ["invite.created", "account.unlocked", "invite.created"]);
    assert_eq!(client.get("/api/audit/verify").await.json["ok"], true);
    server.stop().await;
}

#[tokio::test]
async fn a_forged_record_shows() {
    let server = Server::start().await;
    let mut client = server.as_token(&[aegis_domain::Scope::Admin]).await;
    client
        .post("/api/team/invites", json!({ "email": "u@corp.example", "role": "viewer" }))
        .await
        .expect(201);
    let genuine = server.app.store.log.read(Stream::Audit, 0, 0, 1).await.unwrap();
    let mut forged: serde_json::Value = serde_json::from_slice(&genuine[0].body).unwrap();
    forged["seq"] = json!(2);
    let (id, at) = (uuid::Uuid::now_v7(), genuine[0].at);
    let body = serde_json::to_vec(&forged).unwrap();
    let record = NewRecord { id, at, signature: 0, external: None, body };
    server.app.store.log.append_at(Stream::Audit, 2, record).await.unwrap();
    let verdict = client.get("/api/audit/verify").await.expect(200).json;
    assert_eq!(verdict["ok"], false);
    assert_eq!(verdict["records"], 1);
    assert_eq!(verdict["first_break"]["seq"], 2);
    server.stop().await;
}

#[tokio::test]
async fn the_list_is_narrowed_and_paged_without_losing_anything() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    for n in 0..9 {
        let form = json!({ "email": format!("u{n}@corp.example"), "role": "viewer" });
        let id =
            admin.post("/api/team/invites", form).await.expect(201).json["id"].as_str().unwrap().to_owned();
        server.wait(1);
        if n % 3 == 0 {
            admin.delete(&format!("/api/team/invites/{id}")).await.expect(204);
        }
    }
    for (filter, expected) in [
        ("action=invite.created", 9),
        ("action=invite.withdrawn", 3),
        ("action=invite", 12),
        ("action=inv", 0),
        ("actor=anonymous", 0),
        ("", 12),
    ] {
        let mut seen = Vec::new();
        let mut path = format!("/api/audit?limit=2&{filter}");
        loop {
            let page = admin.get(&path).await.expect(200).json;
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 2);
            seen.extend(items.iter().map(|item| item["seq"].as_u64().unwrap()));
            match page["next_cursor"].as_str() {
                Some(cursor) => path = format!("/api/audit?limit=2&{filter}&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), expected, "{filter}");
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "newest first: {seen:?}");
    }
    server.wait(2 * 24 * 3600);
    let mut admin = server.as_role(Role::Admin).await;
    assert_eq!(admin.get("/api/audit").await.json["items"], json!([]));
    assert_eq!(admin.get("/api/audit?range=7d&limit=500").await.json["items"].as_array().unwrap().len(), 12);
    server.stop().await;
}

#[tokio::test]
async fn who_hangs_up_in_the_middle_leaves_a_record_all_the_same() {
    let server = Server::start().await;
    let admin = server.as_token(&[aegis_domain::Scope::Admin]).await;
    const ATTEMPTS: u64 = 40;
    for n in 0..ATTEMPTS {
        let mut client = admin.clone();
        let form = json!({ "email": format!("u{n}@corp.example"), "role": "viewer" });
        let request = client.post("/api/team/invites", form);
        // Gives up at a later point each time.
        let _ = tokio::time::timeout(std::time::Duration::from_micros(n * 150), request).await;
    }
    server.stop_tasks().await;
    let made = admin.clone().get("/api/team/invites?limit=500").await.json["items"].as_array().unwrap().len();
    let recorded = server.acts().await.len();
    assert_eq!(made, recorded, "every invitation made is on record");
    assert!(made > 0);
    server.stop().await;
}
