//! Simulated vendors on a port, and servers that collect from them.

use crate::harness::{Client, Launch, Server};
use aegis_domain::{Clock, SystemClock, Timestamp};
use aegis_sim::{Profile, SimConfig, router_at, serve};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How long a run may take on a machine that does other things, too.
const PATIENCE: Duration = Duration::from_secs(240);

/// The vendors' side.
pub struct Sim {
    pub host: String,
    http: reqwest::Client,
    task: JoinHandle<()>,
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Sim {
    /// By the machine's clock.
    pub async fn start() -> Self {
        Self::at(Arc::new(SystemClock)).await
    }

    pub async fn at(clock: Arc<dyn Clock>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let router = router_at(SimConfig { seed: 7, faults: Profile::None }, clock);
        let task = tokio::spawn(async { serve(listener, router, std::future::pending()).await.unwrap() });
        let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        Sim { host, http, task }
    }

    pub async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("http://{}{path}", self.host)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    /// Sets what goes wrong, in place of what did.
    pub async fn faults(&self, profile: &str, rules: Vec<Value>) {
        let body = json!({"profile": profile, "rules": rules});
        let answer = self.http.post(format!("http://{}/_sim/faults", self.host)).json(&body).send().await;
        assert_eq!(answer.unwrap().status(), 200);
    }

    /// Stops the vendors' clock, so that nothing is reported any more, and returns where it stands.
    pub async fn freeze(&self) -> Timestamp {
        let body = json!({"frozen": true});
        let answer =
            self.http.post(format!("http://{}/_sim/clock", self.host)).json(&body).send().await.unwrap();
        let clock: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        clock["now"].as_str().unwrap().parse().unwrap()
    }

    /// What `POST /api/keys` is given for a credential of the simulator.
    pub async fn key_form(&self, vendor: &str, sim_kind: &str) -> Value {
        let all = self.get(&format!("/_sim/credentials?vendor={vendor}")).await;
        let found = all["credentials"].as_array().unwrap().iter().find(|c| c["kind"] == sim_kind);
        let given = found.unwrap_or_else(|| panic!("{vendor} has no {sim_kind}"))["fields"].clone();
        let urls: Map<String, Value> = bases(vendor)
            .iter()
            .map(|(host, path)| ((*host).to_owned(), json!(format!("http://{}{path}", self.host))))
            .collect();
        let label = format!("{vendor} {sim_kind}");
        let fields = fields(&given);
        json!({"vendor": vendor, "kind": kind(vendor, sim_kind), "label": label, "fields": fields, "base_urls": urls})
    }

    /// A server that may call this simulator as often as it likes.
    pub fn launch(&self, dir: &Path) -> Launch {
        Launch::on(dir).arg("--private-hosts").arg(&self.host).arg("--vendor-pace").arg("100000")
    }
}

/// Connects a credential; returns its id.
pub async fn connect(client: &Client, form: &Value) -> String {
    let answer = client.post("/api/keys", form).await;
    assert_eq!(answer.status, 201, "{answer}");
    let key = answer.json();
    assert_eq!(key["status"], "valid", "{key:#}");
    key["id"].as_str().unwrap().to_owned()
}

/// The latest run of a credential, once it has ended.
pub async fn ended_run(client: &Client, key: &str) -> Value {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let runs = client.get(&format!("/api/collector/runs?key={key}&limit=1")).await.ok();
        let run = &runs["items"][0];
        if run.is_object() && run["state"] != "running" && run["state"] != "interrupted" {
            return run.clone();
        }
        assert!(Instant::now() < deadline, "it does not end: {run:#}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A started server with an admin's token.
pub async fn served(launch: &Launch) -> (Server, Client) {
    let server = launch.start();
    let client = server.first_token(&["admin"]).await;
    (server, client)
}

/// The bases that stand for a vendor's hosts.
fn bases(vendor: &str) -> &'static [(&'static str, &'static str)] {
    match vendor {
        "openai" => &[("api", "/openai"), ("compliance", "/openai/compliance/v1/compliance")],
        "anthropic" => &[("api", "/anthropic")],
        "gemini" => &[
            ("api", "/gemini/api"),
            ("oauth", "/gemini/oauth"),
            ("monitoring", "/gemini/monitoring"),
            ("bigquery", "/gemini/bigquery"),
            ("logging", "/gemini/logging"),
            ("apikeys", "/gemini/apikeys"),
        ],
        "xai" => &[("api", "/xai/api"), ("management", "/xai/management")],
        "azure_openai" => &[
            ("resource", "/azure_openai/data"),
            ("management", "/azure_openai/management"),
            ("login", "/azure_openai/login"),
        ],
        "mistral" => &[("api", "/mistral"), ("admin", "/mistral/v1/admin")],
        "deepseek" => &[("api", "/deepseek")],
        _ => panic!("no bases for {vendor}"),
    }
}

/// The product's kind of credential, by the simulator's.
fn kind(vendor: &str, sim_kind: &str) -> &'static str {
    let is = |word: &str| sim_kind.contains(word);
    match vendor {
        "gemini" if is("service_account") => "service_account",
        "gemini" => "api_key",
        "xai" if is("management") => "management",
        "azure_openai" if is("resource_key") => "resource_key",
        "azure_openai" => "entra",
        "openai" if is("compliance") => "compliance",
        "anthropic" if is("enterprise") => "enterprise",
        "deepseek" => "key",
        _ if is("admin") => "admin",
        _ => "inference",
    }
}

fn fields(given: &Value) -> Map<String, Value> {
    let text = |name: &str| match &given[name] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let mut fields = Map::new();
    for name in [
        "workspace_id",
        "tenant_id",
        "client_id",
        "subscription_id",
        "billing_table",
        "client_secret",
        "service_account",
    ] {
        fields.extend(text(name).map(|value| (name.to_owned(), json!(value))));
    }
    fields.extend(text("api_key").map(|key| ("key".to_owned(), json!(key))));
    if let Some(resource) = text("endpoint").and_then(|e| Some(e.split(['/', '.']).nth(2)?.to_owned())) {
        fields.insert("resource".into(), json!(resource));
    }
    fields
}
