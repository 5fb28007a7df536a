//! A transit KEK against a transit engine made from its documentation: `encrypt` and `decrypt` with associated data,
//! tokens, and the answers of one that is sealed, refuses or is no transit engine at all.

use crate::support::{at, rng, vault};
use aegis_domain::Timestamp;
use aegis_vault::kek::transit::{Answer, Call, Request, Token};
use aegis_vault::kek::{Kek, KekError, TransitKek};
use aegis_vault::{CanaryError, ExposeSecret, NewVault, SecretString};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// The engine: keeps plaintexts by ciphertext.
#[derive(Default)]
struct Engine {
    kept: Mutex<HashMap<String, (String, String)>>,
    asked: Mutex<Vec<(String, Option<String>)>>,
    /// Answers this instead, with a body.
    says: Mutex<Option<(u16, String)>>,
}

impl Engine {
    fn answer(&self, request: &Request) -> (u16, Value) {
        self.asked.lock().unwrap().push((request.url.clone(), request.namespace.clone()));
        if request.token.expose_secret() != "hvs.token" {
            return (403, json!({ "errors": ["permission denied"] }));
        }
        let body: Value = serde_json::from_str(request.body.expose_secret()).unwrap();
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        let mut kept = self.kept.lock().unwrap();
        if request.url.contains("/encrypt/") {
            let ciphertext = format!("vault:v1:{}", kept.len());
            kept.insert(ciphertext.clone(), (text("plaintext"), text("associated_data")));
            return (
                200,
                json!({ "request_id": "r", "lease_duration": 0, "data": { "ciphertext": ciphertext, "key_version": 1 } }),
            );
        }
        match kept.get(&text("ciphertext")) {
            Some((plaintext, data)) if *data == text("associated_data") => {
                (200, json!({ "data": { "plaintext": plaintext } }))
            }
            _ => (400, json!({ "errors": ["cipher: message authentication failed"] })),
        }
    }
}

#[async_trait::async_trait]
impl Call for Engine {
    async fn post(&self, request: Request) -> Result<Answer, String> {
        let says = self.says.lock().unwrap().clone();
        let (status, body) = says.unwrap_or_else(|| {
            let (status, body) = self.answer(&request);
            (status, body.to_string())
        });
        Ok(Answer { status, body: body.into() })
    }
}

struct Given(&'static str);

impl Token for Given {
    fn get(&self) -> Result<SecretString, String> {
        Ok(self.0.into())
    }
}

fn kek(engine: &Arc<Engine>, url: &str, token: &'static str) -> TransitKek {
    TransitKek::new(url, "aegis", Some("ns1".into()), Box::new(Given(token)), engine.clone())
}

#[tokio::test]
async fn keys_are_wrapped_and_unwrapped_by_the_engine() {
    let engine = Arc::new(Engine::default());
    let kek = kek(&engine, "https://vault.example:8200", "hvs.token");
    let (record, chain) = vault(&kek, at(0)).await;
    assert_eq!(record.primary.wrapped, "vault:v1:0");
    engine.asked.lock().unwrap().truncate(1);
    let opened = aegis_vault::open(&record, &kek, None).await.unwrap();
    assert_eq!(opened.primary().id(), chain.primary().id());
    let asked = engine.asked.lock().unwrap().clone();
    let urls: Vec<&str> = asked.iter().map(|(url, _)| url.as_str()).collect();
    assert_eq!(
        urls,
        [
            "https://vault.example:8200/v1/transit/encrypt/aegis",
            "https://vault.example:8200/v1/transit/decrypt/aegis"
        ]
    );
    assert!(asked.iter().all(|(_, namespace)| namespace.as_deref() == Some("ns1")));

    aegis_vault::open(&record, &kek, Some(&opened)).await.unwrap();
    assert_eq!(engine.asked.lock().unwrap().len(), 2, "keys in memory are not asked for again");
}

#[tokio::test]
async fn an_engine_elsewhere_is_named_by_its_path() {
    let engine = Arc::new(Engine::default());
    let kek = kek(&engine, "https://vault.example/v1/teams/transit", "hvs.token");
    vault(&kek, at(0)).await;
    assert_eq!(engine.asked.lock().unwrap()[0].0, "https://vault.example/v1/teams/transit/encrypt/aegis");
}

#[tokio::test]
async fn another_engine_or_a_changed_key_is_told_apart() {
    let engine = Arc::new(Engine::default());
    let first = kek(&engine, "https://vault.example", "hvs.token");
    let (mut record, _) = vault(&first, Timestamp::from_millis(0)).await;
    let other = kek(&engine, "https://other.example", "hvs.token");
    let error = aegis_vault::open(&record, &other, None).await.err().unwrap();
    assert!(matches!(error, CanaryError::WrongKek { .. }), "{error}");
    record.primary.wrapped = "vault:v1:9".into();
    let error = aegis_vault::open(&record, &first, None).await.err().unwrap();
    assert!(matches!(error, CanaryError::Damaged { .. }), "{error}");
}

#[tokio::test]
async fn what_an_engine_refuses_is_said_with_what_to_do() {
    let engine = Arc::new(Engine::default());
    let kek_given = kek(&engine, "https://vault.example", "hvs.token");
    let (record, _) = vault(&kek_given, at(0)).await;
    for (status, body, what) in [
        (403, "{}", "VAULT_TOKEN"),
        (404, "{}", "transit/keys"),
        (503, "{}", "unseal"),
        (429, "{}", "later"),
        (500, "{}", "500"),
        (200, "<html>", "check the address"),
        (200, "{\"data\":{}}", "damaged"),
        (400, "{}", "damaged"),
    ] {
        *engine.says.lock().unwrap() = Some((status, body.into()));
        let said = aegis_vault::open(&record, &kek_given, None).await.err().unwrap().to_string();
        assert!(said.contains(what) && !said.contains("hvs."), "{status}: {said}");
    }
    *engine.says.lock().unwrap() = None;
    let refused = kek(&engine, "https://vault.example", "hvs.other");
    let error = NewVault::generate(at(0), &mut rng(1)).wrap(&refused).await.err().unwrap();
    assert!(matches!(error, KekError::Unavailable { .. }), "{error}");
    assert!(kek_given.source().starts_with("transit:https://"));
}
