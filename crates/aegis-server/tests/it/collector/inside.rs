//! What credentials and vendors of one's own are pointed at: never a metadata service, in whatever form it is written,
//! whatever name leads there and whoever redirects there; nothing that is no HTTP.

use super::rig::Rig;
use aegis_outbound::Lookup;
use aegis_outbound::guard::Answering;
use axum::Router;
use axum::response::Redirect;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::net::TcpListener;

const FORMS: [&str; 9] = [
    "https://169.254.169.254/latest/meta-data",
    "https://2852039166/",
    "https://0xA9FEA9FE/",
    "https://0251.0376.0251.0376/",
    "https://169.254.43518/",
    "https://[::ffff:169.254.169.254]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[fd00:ec2::254]/",
];
const NO_HTTP: [&str; 4] =
    ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://files.example/", "data:text/plain,x"];

/// Every name leads to the metadata service.
struct Evil;

impl Lookup for Evil {
    fn lookup(&self, _: &str) -> Answering {
        Box::pin(async { Ok(vec!["169.254.169.254".parse().unwrap()]) })
    }
}

fn fault(answer: &Value, field: &str) -> String {
    answer["error"]["details"]["fields"][field]
        .as_str()
        .unwrap_or_else(|| panic!("{field}: {answer}"))
        .to_owned()
}

#[tokio::test]
async fn no_form_of_the_metadata_service_and_nothing_but_http_is_taken() {
    let rig = Rig::start().await;
    let mut admin = rig.admin().await;
    for (n, url) in FORMS.into_iter().chain(NO_HTTP).enumerate() {
        let vendor = json!({"name": format!("Own {n}"), "collector_url": url});
        let told = fault(&admin.post("/api/vendors", vendor).await.expect(422).json, "collector_url");
        assert!(told.len() > 20 && !told.contains("--private-hosts"), "{url}: {told}");
        let mut key = rig.sim.form("openai", "admin").await;
        key["base_urls"] = json!({"api": url});
        let told = fault(&admin.post("/api/keys", key).await.expect(422).json, "base_urls.api");
        assert!(told.len() > 20 && !told.contains("--private-hosts"), "{url}: {told}");
    }
    assert_eq!(rig.sim.get("/_sim/calls").await["total"], 0);
    rig.server.stop().await;
}

#[tokio::test]
async fn a_name_that_leads_there_is_refused_when_it_is_called() {
    let rig = Rig::start_with(|config| config.outbound.lookup = Arc::new(Evil)).await;
    let mut admin = rig.admin().await;
    let vendor = json!({"name": "Own", "collector_url": "https://collector.example"});
    admin.post("/api/vendors", vendor).await.expect(201);
    let key = json!({"vendor": "own", "label": "own", "fields": {"token": "a-token-of-our-own"}});
    let made = admin.post("/api/keys", key).await.expect(201).json;
    let told = made["check"]["failed"].as_str().unwrap_or_else(|| panic!("{made:#}"));
    assert!(told.contains("169.254.169.254, a cloud's metadata service, which is never called"), "{told}");
    let id = made["id"].as_str().unwrap();
    admin.post(&format!("/api/collector/sync/{id}"), json!({})).await.expect(202);
    rig.rounds().await;
    let run = &rig.runs("").await[0];
    assert_eq!(run["state"], "failed", "{run:#}");
    assert!(run["feeds"][0]["error"].as_str().unwrap().contains("never called"), "{run:#}");
    rig.server.stop().await;
}

#[tokio::test]
async fn a_collector_that_redirects_there_is_not_followed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let redirect = || async { Redirect::temporary("http://169.254.169.254/latest/meta-data/iam") };
    let router = Router::new().fallback(redirect);
    let serving = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    let allowed = host.clone();
    let rig = Rig::start_with(move |config| {
        config.outbound.private_hosts = aegis_outbound::AllowList::parse([allowed.as_str()]).unwrap();
    })
    .await;
    let mut admin = rig.admin().await;
    let vendor = json!({"name": "Own", "collector_url": format!("http://{host}")});
    admin.post("/api/vendors", vendor).await.expect(201);
    let key = json!({"vendor": "own", "label": "own", "fields": {"token": "a-token-of-our-own"}});
    let made = admin.post("/api/keys", key).await.expect(201).json;
    let told = made["check"]["failed"].as_str().unwrap_or_else(|| panic!("{made:#}"));
    assert!(told.contains("metadata service"), "{told}");
    serving.abort();
    rig.server.stop().await;
}
