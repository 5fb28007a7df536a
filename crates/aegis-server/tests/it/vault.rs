//! The vault over a real store: sealing, rotation by steps, other processes, and what the routes say.

use crate::harness::{PASSWORD, Server, vault};
use aegis_domain::entities::{Credential, Entity, VAULT, VaultRecord};
use aegis_domain::{ManualClock, Role, SEALED_UNDER, Scope};
use aegis_server::vault::{Vault, VaultError, test_all};
use aegis_store::{DocumentsExt, ListQuery};
use aegis_vault::kek::LocalKek;
use aegis_vault::{ExposeSecret, SETTLE, Step};
use serde_json::json;
use std::sync::Arc;

async fn credential(server: &Server, vault: &Vault, n: usize) -> Credential {
    let mut made =
        Credential::new("openai".into(), "admin".into(), format!("key {n}"), "ada".into(), server.now());
    let sealed = vault.seal(secret(n).as_bytes(), &made.place("api_key")).await.unwrap();
    made.secrets.insert("api_key".into(), sealed);
    server.app.store.documents.insert(&made).await.unwrap();
    made
}

fn secret(n: usize) -> String {
    format!("sk-planted-{n:05}")
}

async fn read(server: &Server, vault: &Vault, made: &Credential) -> String {
    let found = server.app.store.documents.get::<Credential>(&made.id()).await.unwrap().unwrap().value;
    let secret = vault.reveal(&found.secrets["api_key"], &found.place("api_key")).await.unwrap();
    String::from_utf8(secret.expose_secret().to_vec()).unwrap()
}

/// Drives a rotation to its end; the clock is moved where it would be waited.
async fn finish(server: &Server, vault: &Vault) -> usize {
    for steps in 0..1_000 {
        match vault.step().await.unwrap().step {
            Step::Nothing => return steps,
            Step::WaitUntil(_) => server.wait(SETTLE.as_secs()),
            Step::Page { .. } => {}
        }
    }
    panic!("it does not end");
}

async fn left_under(server: &Server, key: &str) -> usize {
    let query = ListQuery { index: Some((SEALED_UNDER, key.into())), after: None, limit: 10 };
    server.app.store.documents.list::<Credential>(query).await.unwrap().len()
}

#[tokio::test]
async fn a_rotation_moves_every_secret_and_retires_the_old_key_last() {
    let server = Server::start().await;
    let mut made = Vec::new();
    for n in 0..600 {
        made.push(credential(&server, &server.app.vault, n).await);
    }
    let old = server.app.vault.record().primary.id;
    let mut client = server.as_role(Role::Admin).await;
    let begun = client.post("/api/vault/rotate", json!({})).await.expect(202).json;
    assert_eq!((&begun["chain_depth"], &begun["keys"][1]["id"]), (&json!(2), &json!(old)));
    assert_eq!(client.post("/api/vault/rotate", json!({})).await.expect(409).code(), "conflict");

    // Reads go on between any two steps.
    let mut steps = 0;
    loop {
        let stepped = server.app.vault.step().await.unwrap();
        for n in [0, 299, 599, steps * 7 % 600] {
            assert_eq!(read(&server, &server.app.vault, &made[n]).await, secret(n));
        }
        match stepped.step {
            Step::Nothing => break,
            Step::WaitUntil(_) => {
                assert_eq!(server.app.vault.record().older.len(), 1, "kept until it has settled");
                server.wait(SETTLE.as_secs());
            }
            Step::Page { .. } => {}
        }
        steps += 1;
    }
    assert_eq!(left_under(&server, old.as_str()).await, 0);
    let shown = client.get("/api/vault").await.expect(200).json;
    assert_eq!((&shown["chain_depth"], &shown["rotation"]), (&json!(1), &json!(null)));
    assert_eq!(shown["last_rotation"]["moved"], 600);
    assert_eq!(shown["last_rotation"]["retired"], json!([old]));
    assert_eq!(shown["self_test"], json!({ "ok": true, "detail": null }));
    assert_eq!(shown["kek_source"], "env:TEST_KEK");
    assert_eq!(server.acts().await, ["vault.rotation_started"], "the job records the end");

    // A process that starts now has the new key alone.
    let fresh = vault(server.app.store.clone(), server.clock.clone()).await;
    let tested = test_all(&fresh).await.unwrap();
    assert_eq!((tested.opened, tested.refused_in_all), (600, 0));
    server.stop().await;
}

#[tokio::test]
async fn what_another_process_does_is_taken_up_before_it_matters() {
    let server = Server::start().await;
    let (here, there) = (&server.app.vault, vault(server.app.store.clone(), server.clock.clone()).await);
    let before = credential(&server, here, 1).await;
    there.rotate().await.unwrap();

    // Sealed there under a key that is not known here yet.
    let new = credential(&server, &there, 2).await;
    assert_eq!(read(&server, here, &new).await, secret(2));
    // Known here now; a process that has not looked for long looks before it seals.
    let stale = vault(server.app.store.clone(), server.clock.clone()).await;
    finish(&server, &there).await;
    here.rotate().await.unwrap();
    server.wait(SETTLE.as_secs() / 2 + 1);
    let sealed = credential(&server, &stale, 3).await;
    assert_eq!(sealed.secrets["api_key"].key(), Some(here.record().primary.id));

    // Two carry the rotation at once.
    loop {
        let (a, b) = tokio::join!(here.step(), there.step());
        match (a.unwrap().step, b.unwrap().step) {
            (Step::Nothing, Step::Nothing) => break,
            (Step::WaitUntil(_), _) | (_, Step::WaitUntil(_)) => server.wait(1),
            _ => {}
        }
    }
    for (n, made) in [(1, &before), (2, &new), (3, &sealed)] {
        assert_eq!(read(&server, here, made).await, secret(n));
        assert_eq!(read(&server, &stale, made).await, secret(n));
    }
    assert_eq!(here.record().keys().count(), 1);
    server.stop().await;
}

#[tokio::test]
async fn records_written_during_a_rotation_are_neither_lost_nor_overwritten() {
    let server = Server::start().await;
    let mut made = Vec::new();
    for n in 0..300 {
        made.push(credential(&server, &server.app.vault, n).await);
    }
    server.app.vault.rotate().await.unwrap();
    let documents = &server.app.store.documents;
    let rename = async {
        for one in &made {
            let change = |found: &mut Credential| found.label = "renamed".into();
            documents.modify::<Credential>(&one.id(), &change).await.unwrap();
        }
    };
    let rotate = finish(&server, &server.app.vault);
    tokio::join!(rename, rotate);
    finish(&server, &server.app.vault).await;
    for (n, one) in made.iter().enumerate() {
        assert_eq!(read(&server, &server.app.vault, one).await, secret(n));
        let found = documents.get::<Credential>(&one.id()).await.unwrap().unwrap().value;
        assert_eq!(found.label, "renamed");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_secret_left_behind_under_another_address_does_not_open() {
    let server = Server::start().await;
    let mut made = credential(&server, &server.app.vault, 1).await;
    let sealed = made.secrets["api_key"].clone();
    made.point_at([("api".to_owned(), "https://collector.evil.example".into())].into());
    // As somebody would who writes to the database by hand.
    made.secrets.insert("api_key".into(), sealed.clone());
    let error = server.app.vault.reveal(&sealed, &made.place("api_key")).await.err().unwrap();
    assert!(error.to_string().contains("enter the secret again"), "{error}");
    server.stop().await;
}

#[tokio::test]
async fn a_vault_whose_record_is_gone_is_not_made_anew_over_secrets() {
    let server = Server::start().await;
    credential(&server, &server.app.vault, 1).await;
    let store = server.app.store.clone();
    store.documents.delete(VaultRecord::COLLECTION, VAULT, None).await.unwrap();
    assert!(server.app.vault.refresh().await.is_err());
    let said = server.app.vault.self_test().unwrap_err();
    assert!(said.contains("restore the database"), "{said}");
    let ready = server.client().get("/api/ready").await;
    assert_eq!(ready.status.as_u16(), 503);
    let check =
        ready.json["checks"].as_array().unwrap().iter().find(|c| c["name"] == "vault").unwrap().clone();
    assert_eq!(check["ok"], false, "{check}");

    let hex = "7c211433f02071597741e6ff5a8ea34789abbf43b1b0b822cd15d6c15b0f00a0";
    let kek = Arc::new(LocalKek::parse(&hex.into(), "env:B".into()).unwrap());
    let clock: Arc<ManualClock> = server.clock.clone();
    let error = Vault::open(store, kek, clock).await.err().unwrap();
    assert!(matches!(error, VaultError::Lost), "{error}");
    server.stop().await;
}

#[tokio::test]
async fn no_answer_and_no_record_holds_a_secret_or_a_key() {
    let server = Server::start().await;
    credential(&server, &server.app.vault, 77).await;
    let mut client = server.as_token(&[Scope::Admin]).await;
    client.post("/api/vault/rotate", json!({})).await.expect(202);
    finish(&server, &server.app.vault).await;
    let record = serde_json::to_string(&server.app.vault.record()).unwrap();
    let shown = client.get("/api/vault").await.json.to_string();
    let audit = client.get("/api/audit").await.json.to_string();
    for text in [&record, &shown, &audit] {
        assert!(!text.contains(&secret(77)) && !text.contains(PASSWORD));
    }
    assert!(!shown.contains("a256gcm"), "not even wrapped keys leave: {shown}");
    server.stop().await;
}
