//! Every way to carry a credential × every scope: a limit that holds for one carrier holds for all.

use crate::harness::Server;
use aegis_domain::{Role, Scope};

#[tokio::test]
async fn a_scope_means_the_same_however_the_token_is_carried() {
    let server = Server::start().await;
    for scope in Scope::ALL {
        let (_, secret) = server.token(&[scope], None).await;
        let token = secret.expose();
        let may = matches!(scope, Scope::Read | Scope::Admin);
        for header in [format!("Bearer {token}"), format!("bearer {token}"), format!("BEARER  {token}")] {
            let answer = server.client().header("authorization", &header).get("/api/events").await;
            assert_eq!(answer.refused(), !may, "{scope:?} {header}: {}", answer.json);
        }
        // Carriers that are none: the token counts for nothing there.
        let plain = || server.client();
        let mut cookie = plain();
        cookie.cookies.insert("__Host-aegis_access".into(), token.into());
        let mut refresh = plain();
        refresh.cookies.insert("__Host-aegis_refresh".into(), token.into());
        for (what, answer) in [
            ("cookie", cookie.get("/api/events").await),
            ("refresh cookie", refresh.get("/api/events").await),
            ("x-api-key", plain().header("x-api-key", token).get("/api/events").await),
            ("api-key", plain().header("api-key", token).get("/api/events").await),
            ("basic", plain().header("authorization", &format!("Basic {token}")).get("/api/events").await),
            ("bare", plain().header("authorization", token).get("/api/events").await),
            ("query", plain().get(&format!("/api/events?token={token}")).await),
            ("access_token query", plain().get(&format!("/api/events?access_token={token}")).await),
            ("ticket", plain().get(&format!("/api/ws/events?token={token}")).await),
        ] {
            assert!(answer.refused(), "{scope:?} by {what}: {} {}", answer.status, answer.json);
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn a_cookie_never_makes_up_for_a_bad_bearer() {
    let server = Server::start().await;
    let admin = server.as_role(Role::Admin).await;
    let (_, read) = server.token(&[Scope::Read], None).await;
    let access = admin.cookie("__Host-aegis_access").to_owned();
    for (value, expected) in [
        ("Bearer nonsense".to_string(), 401),
        ("Bearer".to_string(), 401),
        (String::new(), 401),
        (format!("Bearer {access}"), 401),
        (format!("Bearer {}x", read.expose()), 401),
        (format!("Bearer {}", read.expose()), 403),
    ] {
        admin.clone().header("authorization", &value).get("/api/team").await.expect(expected);
    }
    let both = format!("Bearer {}", read.expose());
    admin
        .clone()
        .header("authorization", &both)
        .header("authorization", &both)
        .get("/api/team")
        .await
        .expect(401);
    server.stop().await;
}

#[tokio::test]
async fn hostile_credentials_get_an_envelope_and_nothing_else() {
    let server = Server::start().await;
    let long = "A".repeat(60_000);
    for value in [
        "Bearer ' OR 1=1 --",
        "Bearer agf_' UNION SELECT 1; --",
        "Bearer agf_0000000000000000000000000000000000000000000000000",
        "Bearer ../../etc/passwd",
        "Bearer %00",
        &format!("Bearer {long}"),
        &format!("Bearer agf_{long}"),
    ] {
        let answer = server.client().header("authorization", value).get("/api/events").await.expect(401);
        assert_eq!(answer.code(), "unauthenticated");
        assert!(answer.json["error"]["request_id"].is_string());
    }
    for value in ["' OR 1=1 --", "eyJhbGciOiJub25lIn0.e30.", "a.b.c", &long] {
        let mut client = server.client();
        client.cookies.insert("__Host-aegis_access".into(), value.into());
        client.get("/api/events").await.expect(401);
    }
    server.stop().await;
}

#[tokio::test]
async fn a_ticket_opens_the_socket_once_and_nothing_else() {
    let server = Server::start().await;
    let mut viewer = server.as_role(Role::Viewer).await;
    let ticket = async |client: &mut crate::harness::Client<'_>| {
        let answer = client.call("POST", "/api/ws/ticket", None).await;
        assert!(answer.status.is_success(), "{}", answer.json);
        answer.json["ticket"].as_str().unwrap().to_owned()
    };
    let first = ticket(&mut viewer).await;
    assert!(server.client().get(&format!("/api/events?token={first}")).await.refused());
    let path = format!("/api/ws/events?token={first}");
    assert!(!server.client().get(&path).await.refused());
    assert!(server.client().get(&path).await.refused(), "used up");

    let late = ticket(&mut viewer).await;
    server.wait(30);
    assert!(server.client().get(&format!("/api/ws/events?token={late}")).await.refused(), "too old");

    let orphan = ticket(&mut viewer).await;
    viewer.call("POST", "/api/auth/logout", None).await.expect(204);
    assert!(
        server.client().get(&format!("/api/ws/events?token={orphan}")).await.refused(),
        "its session ended"
    );
    server.stop().await;
}
