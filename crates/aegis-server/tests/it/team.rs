//! Roles change, people go, and there is always an admin.

use crate::harness::Server;
use aegis_domain::Role;
use aegis_domain::entities::User;
use aegis_store::{DocumentsExt, ListQuery};
use serde_json::{Value, json};

#[tokio::test]
async fn a_changed_role_holds_at_once_in_open_sessions() {
    let server = Server::start().await;
    let maria = server.person("maria@corp.example", Role::Admin).await;
    let mut maria_s = server.signed_in(&maria).await;
    let mut admin = server.as_role(Role::Admin).await;
    maria_s.get("/api/team").await.expect(200);
    let path = format!("/api/team/{}", maria.id);
    let member = admin.patch(&path, json!({ "role": "viewer", "name": "Maria M" })).await.expect(200).json;
    assert_eq!((&member["role"], &member["name"]), (&json!("viewer"), &json!("Maria M")));
    maria_s.get("/api/team").await.expect(403);
    assert_eq!(server.acts().await, ["user.role_changed", "user.renamed"]);
    admin.patch(&path, json!({ "role": "emperor" })).await.expect(422);
    admin.patch(&path, json!({ "name": "" })).await.expect(422);
    admin.patch(&format!("/api/team/{}", uuid::Uuid::now_v7()), json!({})).await.expect(404);
    server.stop().await;
}

#[tokio::test]
async fn a_disabled_person_is_out_and_stays_out_of_old_sessions() {
    let server = Server::start().await;
    let maria = server.person("maria@corp.example", Role::Viewer).await;
    let mut old = server.signed_in(&maria).await;
    let mut admin = server.as_role(Role::Admin).await;
    let path = format!("/api/team/{}", maria.id);
    admin.patch(&path, json!({ "disabled": true })).await.expect(200);
    old.get("/api/auth/me").await.expect(401);
    old.clone().post("/api/auth/refresh", json!({})).await.expect(401);
    server.client().login("maria@corp.example", crate::harness::PASSWORD).await.expect(401);
    admin.patch(&path, json!({ "disabled": false })).await.expect(200);
    old.get("/api/auth/me").await.expect(401);
    server.client().login("maria@corp.example", crate::harness::PASSWORD).await.expect(200);
    server.stop().await;
}

#[tokio::test]
async fn a_removed_person_is_gone_with_their_sessions() {
    let server = Server::start().await;
    let maria = server.person("maria@corp.example", Role::Admin).await;
    let mut old = server.signed_in(&maria).await;
    let mut admin = server.as_role(Role::Admin).await;
    admin.delete(&format!("/api/team/{}", maria.id)).await.expect(204);
    admin.delete(&format!("/api/team/{}", maria.id)).await.expect(404);
    old.get("/api/auth/me").await.expect(401);
    old.post("/api/auth/refresh", json!({})).await.expect(401);
    let team = admin.get("/api/team").await.expect(200).json;
    assert_eq!(team["items"].as_array().unwrap().len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn the_last_admin_cannot_be_demoted_disabled_or_removed() {
    let server = Server::start().await;
    let boss = server.person("boss@corp.example", Role::Admin).await;
    let asleep = server.person("asleep@corp.example", Role::Admin).await;
    let off = |user: &mut User| user.disabled = true;
    server.app.store.documents.modify(&asleep.id.to_string(), &off).await.unwrap();
    let mut admin = server.signed_in(&boss).await;
    let path = format!("/api/team/{}", boss.id);
    for change in [json!({ "role": "analyst" }), json!({ "disabled": true })] {
        assert_eq!(admin.patch(&path, change).await.expect(409).code(), "conflict");
    }
    admin.delete(&path).await.expect(409);
    admin.get("/api/team").await.expect(200);
    admin.patch(&path, json!({ "role": "admin", "name": "Boss" })).await.expect(200);
    admin.delete(&format!("/api/team/{}", asleep.id)).await.expect(204);
    server.stop().await;
}

#[tokio::test]
async fn admins_who_demote_each_other_at_once_leave_one() {
    let server = Server::start().await;
    for round in 0..12 {
        let one = server.person(&format!("one{round}@corp.example"), Role::Admin).await;
        let two = server.person(&format!("two{round}@corp.example"), Role::Admin).await;
        let acts: [(&User, Value); 4] = [
            (&one, json!({ "role": "viewer" })),
            (&two, json!({ "disabled": true })),
            (&one, Value::Null),
            (&two, Value::Null),
        ];
        let token = server.as_token(&[aegis_domain::Scope::Admin]).await;
        futures::future::join_all(acts.into_iter().map(|(user, change)| {
            let (mut client, path) = (token.clone(), format!("/api/team/{}", user.id));
            async move {
                match change {
                    Value::Null => client.delete(&path).await,
                    change => client.patch(&path, change).await,
                }
            }
        }))
        .await;
        let query = ListQuery { index: Some(("role", "admin".into())), after: None, limit: 100 };
        let admins = server.app.store.documents.list::<User>(query).await.unwrap();
        let able: Vec<_> = admins.iter().filter(|found| !found.value.disabled).collect();
        assert!(!able.is_empty(), "round {round} left nobody");
        for found in able {
            server.app.store.documents.delete("users", &found.value.id.to_string(), None).await.unwrap();
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn the_team_is_listed_page_by_page() {
    let server = Server::start().await;
    let mut admin = server.as_role(Role::Admin).await;
    for n in 0..4 {
        server.person(&format!("user{n}@corp.example"), Role::Viewer).await;
    }
    let mut seen = Vec::new();
    let mut path = "/api/team?limit=2".to_string();
    loop {
        let page = admin.get(&path).await.expect(200).json;
        seen.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["email"].as_str().unwrap().to_owned()),
        );
        assert!(!page.to_string().contains("argon2"), "no hash leaves");
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/team?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 5);
    for bad in ["limit=0", "limit=501", "limit=x", "cursor=%ff", "cursor=!!"] {
        admin.get(&format!("/api/team?{bad}")).await.expect(422);
    }
    server.stop().await;
}
