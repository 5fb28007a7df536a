//! Credentials go in through the form of the catalogue, are proved at the vendor, and never come back.

use crate::harness::{Client, Server};
use crate::simulator::Simulator;
use aegis_domain::entities::Credential;
use aegis_domain::{Role, Scope, SystemClock};
use aegis_outbound::AllowList;
use aegis_store::{DocumentsExt, ListQuery};
use serde_json::{Value, json};
use std::sync::Arc;

async fn pair() -> (Server, Simulator) {
    // Assertions that are signed for a vendor carry the machine's time.
    let sim = Simulator::start(Arc::new(SystemClock)).await;
    let host = sim.host.clone();
    let server = Server::start_with(|config| {
        config.outbound.private_hosts = AllowList::parse([host.as_str()]).unwrap();
    })
    .await;
    (server, sim)
}

fn standings(key: &Value) -> Vec<(&str, &str)> {
    let found = key["check"]["abilities"].as_array().unwrap();
    found.iter().map(|a| (a["ability"].as_str().unwrap(), a["standing"].as_str().unwrap())).collect()
}

fn fields_at_fault(answer: &Value) -> Vec<&str> {
    answer["error"]["details"]["fields"].as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn the_catalogue_says_what_each_vendor_offers_and_how_it_is_connected() {
    let server = Server::start().await;
    let mut viewer = server.as_role(Role::Viewer).await;
    let items = viewer.get("/api/vendors").await.expect(200).json["items"].clone();
    let items = items.as_array().unwrap();
    let ids: Vec<&str> = items.iter().map(|vendor| vendor["id"].as_str().unwrap()).collect();
    let known: Vec<&str> = aegis_domain::VENDORS.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, known, "the twelve, and nothing that is no vendor");
    for vendor in items {
        assert_eq!(vendor["abilities"].as_array().unwrap().len(), 9, "{vendor}");
        for kind in vendor["kinds"].as_array().unwrap() {
            assert!(!kind["steps"].as_array().unwrap().is_empty(), "{kind}");
            assert!(!kind["auth_fields"].as_array().unwrap().is_empty(), "{kind}");
        }
    }
    assert_eq!(viewer.get("/api/vendors/custom").await.status, 404);
    let gemini = viewer.get("/api/vendors/gemini").await.expect(200).json;
    let file = &gemini["kinds"][0]["auth_fields"][0];
    assert_eq!((&file["type"], &file["secret"]), (&json!("json_file"), &json!(true)));
    server.stop().await;
}

#[tokio::test]
async fn a_credential_of_every_vendor_is_connected_proved_and_never_shown() {
    let (server, sim) = pair().await;
    let mut admin = server.as_role(Role::Admin).await;
    for (vendor, kind, has, lacks) in [
        ("openai", "admin", &["usage", "cost", "audit", "keys", "members"][..], &[][..]),
        ("openai", "admin_without_usage", &["audit"], &["usage"]),
        ("openai", "compliance", &["content"], &[]),
        ("anthropic", "admin", &["usage", "cost"], &[]),
        ("anthropic", "enterprise", &["content", "audit"], &[]),
        ("gemini", "service_account", &["usage", "cost", "audit", "keys"], &[]),
        ("gemini", "service_account_without_billing", &["usage"], &["cost"]),
        ("gemini", "api_key", &["models"], &[]),
        ("xai", "management", &["usage", "cost", "audit"], &[]),
        ("azure_openai", "app", &["usage", "cost"], &[]),
        ("azure_openai", "resource_key", &["models"], &[]),
        ("mistral", "admin", &["usage"], &[]),
        ("cohere", "production", &["models"], &[]),
        ("huggingface", "admin", &["cost"], &[]),
        ("openrouter", "management", &["usage", "cost"], &[]),
        ("perplexity", "audit", &["audit"], &[]),
        ("deepseek", "api_key", &["balance"], &[]),
        ("ollama", "local", &["models"], &[]),
        ("ollama", "cloud", &["models"], &[]),
    ] {
        let form = sim.form(vendor, kind).await;
        let made = admin.post("/api/keys", form.clone()).await.expect(201).json;
        assert_eq!(made["status"], "valid", "{vendor} {kind}: {made}");
        let found = standings(&made);
        for ability in has {
            assert!(found.contains(&(ability, "has")), "{vendor} {kind} has no {ability}: {made}");
        }
        for ability in lacks {
            assert!(found.contains(&(ability, "lacks")), "{vendor} {kind} has {ability}: {made}");
        }
        let shown = admin.get(&format!("/api/keys/{}", made["id"].as_str().unwrap())).await.expect(200).json;
        assert_eq!(shown, made);
        for name in ["key", "token", "client_secret", "service_account"] {
            let Some(secret) = form["fields"][name].as_str() else { continue };
            assert!(!made.to_string().contains(secret), "{vendor} {kind} shows {name}");
            let last4 = &secret[secret.len() - 4..];
            let expected = if name == "service_account" { Value::Null } else { json!(last4) };
            assert_eq!(made["last4"], expected, "{vendor} {kind}");
            let stored = server.app.store.documents.list::<Credential>(all()).await.unwrap();
            let stored: Vec<String> =
                stored.iter().map(|found| serde_json::to_string(&found.value).unwrap()).collect();
            assert!(!stored.concat().contains(secret), "{vendor} {kind} is stored in clear");
        }
    }
    assert_eq!(admin.get("/api/keys?vendor=openai").await.json["items"].as_array().unwrap().len(), 3);
    server.stop().await;
}

fn all() -> ListQuery {
    ListQuery { limit: 500, ..ListQuery::default() }
}

#[tokio::test]
async fn a_credential_the_vendor_does_not_know_is_stored_and_said_to_be_invalid() {
    let (server, sim) = pair().await;
    let mut admin = server.as_role(Role::Admin).await;
    for (vendor, kind) in
        [("openai", "unknown_admin"), ("gemini", "unknown_service_account"), ("xai", "unknown_management")]
    {
        let made = admin.post("/api/keys", sim.form(vendor, kind).await).await.expect(201).json;
        assert_eq!(made["status"], "invalid", "{made}");
    }
    server.stop().await;
}

#[tokio::test]
async fn one_secret_is_not_connected_twice() {
    let (server, sim) = pair().await;
    let mut admin = server.as_role(Role::Admin).await;
    let form = sim.form("mistral", "admin").await;
    let first = admin.post("/api/keys", form.clone()).await.expect(201).json;
    let again = admin.post("/api/keys", form.clone()).await.expect(409).json;
    assert!(again.to_string().contains("count twice"), "{again}");
    let id = first["id"].as_str().unwrap();
    admin.delete(&format!("/api/keys/{id}")).await.expect(204);
    assert_eq!(admin.get(&format!("/api/keys/{id}")).await.status, 404);
    assert!(admin.get("/api/keys").await.json["items"].as_array().unwrap().is_empty());
    let stored = server.app.store.documents.get::<Credential>(id).await.unwrap().unwrap().value;
    assert!(stored.secrets.is_empty() && stored.removed_at.is_some(), "its name stays, its secret does not");
    admin.post("/api/keys", form).await.expect(201);
    server.stop().await;
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_field_by_field() {
    let (server, sim) = pair().await;
    let mut admin = server.as_role(Role::Admin).await;
    let good = sim.form("openai", "admin").await;
    let with = |path: &str, value: Value| {
        let mut form = good.clone();
        *form.pointer_mut(path).unwrap() = value;
        form
    };
    let mut extra = good.clone();
    extra["fields"]["colour"] = json!("blue");
    for (form, at_fault) in [
        (with("/vendor", json!("nobody")), "vendor"),
        (with("/kind", json!("master")), "kind"),
        (with("/label", json!("  ")), "label"),
        (with("/fields/key", json!("not a key")), "fields.key"),
        (with("/fields/key", json!("")), "fields.key"),
        (with("/fields/key", json!("x".repeat(20_000))), "fields.key"),
        (with("/fields", json!({})), "fields.key"),
        (extra, "fields.colour"),
        (with("/base_urls", json!({ "attic": "https://a.example" })), "base_urls.attic"),
        (with("/base_urls/api", json!("http://10.0.0.7/openai")), "base_urls.api"),
        (with("/base_urls/api", json!("https://api.openai.com?key=1")), "base_urls.api"),
    ] {
        let answer = admin.post("/api/keys", form).await.expect(422).json;
        assert_eq!(fields_at_fault(&answer), [at_fault], "{answer}");
    }
    let mut file = sim.form("gemini", "service_account").await;
    let mut account: Value =
        serde_json::from_str(file["fields"]["service_account"].as_str().unwrap()).unwrap();
    account["token_uri"] = json!("https://evil.example/token");
    account.as_object_mut().unwrap().remove("client_email");
    file["fields"]["service_account"] = json!(account.to_string());
    let answer = admin.post("/api/keys", file).await.expect(422).json;
    let at_fault = fields_at_fault(&answer);
    assert!(at_fault.contains(&"fields.service_account.client_email"), "{answer}");
    assert!(!answer.to_string().contains("BEGIN"), "an error repeats no secret");
    assert!(admin.get("/api/keys").await.json["items"].as_array().unwrap().is_empty(), "nothing was kept");
    server.stop().await;
}

#[tokio::test]
async fn addresses_that_lead_to_metadata_are_refused_however_they_are_written() {
    let (server, sim) = pair().await;
    let mut admin = server.as_role(Role::Admin).await;
    let mut form = sim.form("openai", "admin").await;
    for url in [
        "http://169.254.169.254/latest",
        "https://169.254.169.254",
        "https://2852039166/",
        "https://0xA9FEA9FE/",
        "https://0251.0376.0251.0376",
        "https://[::ffff:169.254.169.254]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[fd00:ec2::254]/",
        "https://metadata.google.internal/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "https://user:word@api.openai.com",
        "http://127.0.0.1:1/",
        "https://localhost/",
        "https://10.1.2.3/",
    ] {
        form["base_urls"] = json!({ "api": url });
        let answer = admin.post("/api/keys", form.clone()).await.expect(422).json;
        assert_eq!(fields_at_fault(&answer), ["base_urls.api"], "{url}: {answer}");
        let vendor = json!({ "name": "Mine", "collector_url": url });
        let answer = admin.post("/api/vendors", vendor).await.expect(422).json;
        assert_eq!(fields_at_fault(&answer), ["collector_url"], "{url}: {answer}");
    }
    server.stop().await;
}

#[tokio::test]
async fn another_address_voids_the_secret_until_it_is_given_again() {
    let (server, sim) = pair().await;
    let mut admin = server.as_role(Role::Admin).await;
    let form = sim.form("openai", "admin").await;
    let made = admin.post("/api/keys", form.clone()).await.expect(201).json;
    let path = format!("/api/keys/{}", made["id"].as_str().unwrap());
    let elsewhere = json!({ "base_urls": { "api": "https://proxy.corp.example/openai" } });
    let answer = admin.patch(&path, elsewhere.clone()).await.expect(422).json;
    assert_eq!(fields_at_fault(&answer), ["fields.key"], "{answer}");
    assert_eq!(admin.get(&path).await.json, made, "nothing changed");

    let renamed = admin.patch(&path, json!({ "label": "Bills" })).await.expect(200).json;
    assert_eq!((&renamed["label"], &renamed["check"]), (&json!("Bills"), &made["check"]));

    let wrong = sim.form("openai", "unknown_admin").await;
    let other = json!({ "fields": { "key": wrong["fields"]["key"] } });
    let replaced = admin.patch(&path, other).await.expect(200).json;
    assert_eq!(replaced["status"], "invalid", "the new secret was proved at once: {replaced}");
    assert_ne!(replaced["fingerprint"], made["fingerprint"]);
    let back =
        admin.patch(&path, json!({ "fields": { "key": form["fields"]["key"] } })).await.expect(200).json;
    assert_eq!((&back["status"], &back["fingerprint"]), (&json!("valid"), &made["fingerprint"]));
    server.stop().await;
}

#[tokio::test]
async fn a_vendor_that_is_down_settles_nothing() {
    let (server, sim) = pair().await;
    let mut admin = server.as_role(Role::Admin).await;
    let made = admin.post("/api/keys", sim.form("deepseek", "api_key").await).await.expect(201).json;
    let path = format!("/api/keys/{}/validate", made["id"].as_str().unwrap());
    sim.post("/_sim/faults", json!({ "profile": "down" })).await;
    let checked = admin.post(&path, json!({})).await.expect(200).json;
    assert_ne!(checked["status"], "invalid", "{checked}");
    assert!(standings(&checked).iter().all(|(_, standing)| *standing == "unclear"), "{checked}");
    server.stop().await;
}

#[tokio::test]
async fn a_service_account_is_replaced_by_upload_and_can_be_destroyed() {
    let (server, sim) = pair().await;
    let mut admin = server.as_role(Role::Admin).await;
    let form = sim.form("gemini", "service_account").await;
    let lesser = sim.form("gemini", "service_account_without_billing").await;
    let made = admin.post("/api/keys", lesser).await.expect(201).json;
    let path = format!("/api/keys/{}/service-account", made["id"].as_str().unwrap());
    let file: Value = serde_json::from_str(form["fields"]["service_account"].as_str().unwrap()).unwrap();
    let full = admin.post(&path, file).await.expect(200).json;
    assert!(standings(&full).contains(&("cost", "has")), "{full}");
    let wrong = admin.post(&path, json!({ "type": "user" })).await.expect(422).json;
    assert!(fields_at_fault(&wrong).iter().all(|f| f.starts_with("fields.service_account")), "{wrong}");
    admin.delete(&path).await.expect(204);
    admin.delete(&path).await.expect(404);
    let empty = admin.get(path.trim_end_matches("/service-account")).await.expect(200).json;
    assert_eq!((&empty["secrets"], &empty["status"]), (&json!([]), &json!("unchecked")));
    let validate = path.replace("service-account", "validate");
    admin.post(&validate, json!({})).await.expect(409);
    server.stop().await;
}

#[tokio::test]
async fn a_vendor_of_ones_own_is_seen_by_its_owner_until_it_is_shared() {
    let (server, _sim) = pair().await;
    let mut ada = server.as_role(Role::Analyst).await;
    let mut ben = server.as_role(Role::Analyst).await;
    let form = |name: &str, shared: bool| json!({ "name": name, "collector_url": "https://collector.corp.example/aegis", "shared": shared });
    let own = ada.post("/api/vendors", form("Claims LLM", false)).await.expect(201).json;
    assert_eq!(own["id"], "claims-llm");
    ada.post("/api/vendors", form("Claims  llm", false)).await.expect(409);
    assert_eq!(
        fields_at_fault(&ada.post("/api/vendors", form("OpenAI", false)).await.expect(422).json),
        ["name"]
    );
    ada.post("/api/vendors", form("Shared", true)).await.expect(201);
    let bad = json!({ "name": "Bad", "collector_url": "https://c.corp.example", "mapping": "{\"cost\": 3}" });
    ada.post("/api/vendors", bad).await.expect(422);
    assert_eq!(ids(&mut ada).await, ["claims-llm", "shared"]);
    assert_eq!(ids(&mut ben).await, ["shared"]);
    ben.get("/api/vendors/claims-llm").await.expect(404);
    ben.delete("/api/vendors/claims-llm").await.expect(404);
    ben.delete("/api/vendors/shared").await.expect(403);
    ada.delete("/api/vendors/openai").await.expect(409);

    let mut admin = server.as_token(&[Scope::Admin]).await;
    let key =
        json!({ "vendor": "claims-llm", "label": "reader", "fields": { "token": "a-long-token-of-ours" } });
    let key = admin.post("/api/keys", key).await.expect(201).json;
    assert_eq!(key["base_urls"]["collector"], "https://collector.corp.example/aegis");
    ada.delete("/api/vendors/claims-llm").await.expect(409);
    admin.delete(&format!("/api/keys/{}", key["id"].as_str().unwrap())).await.expect(204);
    ada.delete("/api/vendors/claims-llm").await.expect(204);
    server.stop().await;
}

async fn ids(client: &mut Client<'_>) -> Vec<String> {
    let items = client.get("/api/vendors").await.expect(200).json["items"].clone();
    let own = items.as_array().unwrap().iter().filter(|vendor| !vendor["custom"].is_null());
    own.map(|vendor| vendor["id"].as_str().unwrap().to_owned()).collect()
}
