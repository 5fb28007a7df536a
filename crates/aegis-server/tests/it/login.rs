//! Log-in, lockout, rate limits, set-up, password change.

use crate::harness::{PASSWORD, Server};
use aegis_domain::Role;
use aegis_domain::entities::User;
use aegis_server::access::setup;
use aegis_store::DocumentsExt;
use serde_json::json;

const MARIA: &str = "maria@corp.example";

#[tokio::test]
async fn the_right_password_opens_and_the_wrong_one_does_not() {
    let server = Server::start().await;
    server.person(MARIA, Role::Analyst).await;
    let mut client = server.client();
    client.login(MARIA, "not the phrase").await.expect(401);
    assert!(client.cookies.is_empty());
    let me = client.login(" Maria@Corp.Example ", PASSWORD).await.expect(200);
    assert_eq!(me.json["user"]["email"], MARIA);
    assert_eq!(me.json["user"]["role"], "analyst");
    assert!(me.json["session"]["expires_at"].is_string());
    assert!(me.json["token"].is_null());
    let set: Vec<_> = me.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap()).collect();
    assert!(
        set.iter().all(|c| c.starts_with("__Host-") && c.contains("HttpOnly") && c.contains("Secure")),
        "{set:?}"
    );
    client.get("/api/auth/me").await.expect(200);
    assert_eq!(server.acts().await, ["login.failed", "login.succeeded"]);
    server.stop().await;
}

#[tokio::test]
async fn insecure_http_drops_prefix_and_secure_and_says_so() {
    let server = Server::start_with(|config| config.insecure_http = true).await;
    server.person(MARIA, Role::Viewer).await;
    let mut client = server.client();
    client.login(MARIA, PASSWORD).await.expect(200);
    assert!(client.cookies.keys().eq(["aegis_access", "aegis_refresh"]));
    client.get("/api/auth/me").await.expect(200);
    assert_eq!(client.get("/api/auth/state").await.json["insecure_http"], true);
    server.stop().await;
}

#[tokio::test]
async fn nobody_learns_whether_an_account_exists() {
    let server = Server::start().await;
    server.person(MARIA, Role::Viewer).await;
    let ghost = server.person("ghost@corp.example", Role::Viewer).await;
    let off = |user: &mut User| user.disabled = true;
    server.app.store.documents.modify(&ghost.id.to_string(), &off).await.unwrap();
    let mut answers = Vec::new();
    for (email, password) in [
        (MARIA, "not the phrase"),
        ("nobody@corp.example", "not the phrase"),
        ("ghost@corp.example", PASSWORD),
    ] {
        let answer = server.client().login(email, password).await.expect(401);
        let mut headers = answer.headers.clone();
        for name in ["x-request-id", "ratelimit", "content-length"] {
            headers.remove(name);
        }
        let error = &answer.json["error"];
        answers.push((headers, error["code"].clone(), error["message"].clone(), error["details"].clone()));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
    server.stop().await;
}

#[tokio::test]
async fn five_wrong_guesses_lock_an_account_that_exists_like_one_that_does_not() {
    let server = Server::start().await;
    server.person(MARIA, Role::Viewer).await;
    for (round, email) in [MARIA, "nobody@corp.example"].into_iter().enumerate() {
        // Each guess from elsewhere, so that only the account's count speaks.
        let client = |n: usize| server.client().from(&format!("198.51.{round}.{n}"));
        for n in 0..5 {
            assert_eq!(client(n).login(email, "not the phrase").await.expect(401).code(), "unauthenticated");
        }
        let locked = client(9).login(email, PASSWORD).await.expect(429);
        assert_eq!(locked.code(), "locked_out");
        let wait: u64 = locked.header("retry-after").parse().unwrap();
        assert!((900..=1201).contains(&wait), "{wait}");
    }
    server.wait(899);
    server.client().from("198.51.9.1").login(MARIA, PASSWORD).await.expect(429);
    server.wait(302);
    server.client().from("198.51.9.1").login(MARIA, PASSWORD).await.expect(200);
    assert_eq!(server.acts().await.iter().filter(|act| *act == "login.locked_out").count(), 3);
    server.stop().await;
}

#[tokio::test]
async fn guesses_at_once_cannot_slip_past_the_lockout() {
    let server = Server::start().await;
    server.person(MARIA, Role::Viewer).await;
    let guesses = (0..16).map(|n| {
        let mut client = server.client().from(&format!("203.0.113.{n}"));
        async move { client.login(MARIA, "not the phrase").await.status.as_u16() }
    });
    let answers = futures::future::join_all(guesses).await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 5, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 11, "{answers:?}");
    server.stop().await;
}

#[tokio::test]
async fn an_address_is_locked_after_twenty_wrong_guesses_at_anybody() {
    let server = Server::start().await;
    server.person(MARIA, Role::Viewer).await;
    for n in 0..20 {
        server.client().login(&format!("user{n}@corp.example"), "not the phrase").await.expect(401);
    }
    assert_eq!(server.client().login(MARIA, PASSWORD).await.expect(429).code(), "locked_out");
    server.client().from("192.0.2.99").login(MARIA, PASSWORD).await.expect(200);
    server.stop().await;
}

#[tokio::test]
async fn the_right_password_gives_the_guesses_back() {
    let server = Server::start().await;
    server.person(MARIA, Role::Viewer).await;
    for _ in 0..8 {
        for _ in 0..2 {
            server.client().login(MARIA, "not the phrase").await.expect(401);
        }
        server.client().login(MARIA, PASSWORD).await.expect(200);
    }
    server.stop().await;
}

#[tokio::test]
async fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
    let server =
        Server::start_with(|config| config.trusted_proxies = vec!["192.0.2.10/32".parse().unwrap()]).await;
    let spray = async |client: crate::harness::Client<'_>| {
        let mut last = 0;
        for n in 0..21 {
            let mut one = client.clone().header("x-forwarded-for", &format!("8.8.{n}.1, 203.0.113.7"));
            last = one.login(&format!("u{n}@corp.example"), "not the phrase").await.status.as_u16();
        }
        last
    };
    assert_eq!(spray(server.client().from("198.51.100.1")).await, 429, "no proxy of ours: the peer counts");
    assert_eq!(
        spray(server.client()).await,
        429,
        "the right-most foreign address counts, whatever stands before it"
    );
    server.client().login("other@corp.example", "x").await.expect(401);
    server.stop().await;
}

#[tokio::test]
async fn a_login_tells_its_limit_and_refuses_beyond_it() {
    let server = Server::start().await;
    let mut client = server.client();
    let answer = client.post("/api/auth/login", json!({})).await;
    assert_eq!(answer.header("ratelimit-policy"), "");
    for n in (0..60).rev() {
        let answer = client.login("not an address", "x").await.expect(422);
        assert_eq!(answer.header("ratelimit-policy"), "\"login\";q=60;w=60");
        assert!(
            answer.header("ratelimit").starts_with(&format!("\"login\";r={n};")),
            "{}",
            answer.header("ratelimit")
        );
    }
    let refused = client.login("not an address", "x").await.expect(429);
    assert_eq!(refused.code(), "rate_limited");
    assert_eq!(refused.header("retry-after"), "1");
    server.client().from("192.0.2.77").login("not an address", "x").await.expect(422);
    server.stop().await;
}

#[tokio::test]
async fn the_setup_link_works_once_and_is_gone_afterwards() {
    let server = Server::start().await;
    let form = |token: &str, email: &str| json!({ "token": token, "email": email, "name": "Maria", "password": PASSWORD });
    let print = async || {
        let token = setup::open(&server.app.store).await.unwrap().unwrap();
        setup::link("http://x", &token).strip_prefix("http://x/setup#token=").unwrap().to_owned()
    };
    assert_eq!(server.client().get("/api/auth/state").await.json["setup_required"], true);

    let first = print().await;
    let second = print().await;
    assert_ne!(first, second, "a restart prints a fresh one");
    server.client().post("/api/auth/setup", form(&first, MARIA)).await.expect(401);
    server.client().post("/api/auth/setup", form("nonsense", MARIA)).await.expect(401);

    let (mut a, mut b) = (server.client(), server.client());
    let (a, b) = tokio::join!(
        a.post("/api/auth/setup", form(&second, MARIA)),
        b.post("/api/auth/setup", form(&second, "eve@corp.example")),
    );
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 410]);

    server.client().post("/api/auth/setup", form(&second, "late@corp.example")).await.expect(410);
    assert_eq!(server.client().get("/api/auth/state").await.json["setup_required"], false);
    assert!(setup::open(&server.app.store).await.unwrap().is_none());
    assert_eq!(server.acts().await.iter().filter(|act| *act == "setup.completed").count(), 1);
    server.stop().await;
}

#[tokio::test]
async fn setup_names_every_bad_field_and_stays_open() {
    let server = Server::start().await;
    let token = setup::open(&server.app.store).await.unwrap().unwrap();
    let token = token.expose();
    let form = json!({ "token": token, "email": "maria", "name": " ", "password": "short" });
    let answer = server.client().post("/api/auth/setup", form).await.expect(422);
    let fields = answer.json["error"]["details"]["fields"].as_object().unwrap();
    assert!(fields.keys().eq(["email", "name", "password"]), "{fields:?}");
    let form = json!({ "token": token, "email": MARIA, "name": "Maria", "password": PASSWORD });
    let mut admin = server.client();
    admin.post("/api/auth/setup", form).await.expect(201);
    admin.get("/api/team").await.expect(200);
    server.stop().await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let server = Server::start().await;
    let maria = server.person(MARIA, Role::Viewer).await;
    let (mut here, mut there) = (server.signed_in(&maria).await, server.signed_in(&maria).await);
    there.get("/api/auth/me").await.expect(200);
    let form = |current: &str, new: &str| json!({ "current_password": current, "new_password": new });
    here.post("/api/auth/password", form("not the phrase", "another good phrase")).await.expect(422);
    here.post("/api/auth/password", form(PASSWORD, "maria maria 1234")).await.expect(422);
    here.post("/api/auth/password", form(PASSWORD, "another good phrase")).await.expect(204);
    here.get("/api/auth/me").await.expect(200);
    there.get("/api/auth/me").await.expect(401);
    there.post("/api/auth/refresh", json!({})).await.expect(401);
    server.client().login(MARIA, PASSWORD).await.expect(401);
    server.client().login(MARIA, "another good phrase").await.expect(200);
    server.stop().await;
}

#[tokio::test]
async fn guessing_the_current_password_locks_like_a_login() {
    let server = Server::start().await;
    let maria = server.person(MARIA, Role::Viewer).await;
    let mut thief = server.signed_in(&maria).await;
    let form = json!({ "current_password": "not the phrase", "new_password": "another good phrase" });
    for _ in 0..5 {
        thief.post("/api/auth/password", form.clone()).await.expect(422);
    }
    assert_eq!(thief.post("/api/auth/password", form).await.expect(429).code(), "locked_out");
    server.stop().await;
}
