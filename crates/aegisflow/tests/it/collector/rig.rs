//! Simulated vendors on a port, and servers that collect from them.

use crate::harness::{Client, Launch, Server};
use aegis_domain::{Clock, SystemClock, Timestamp};
use aegis_sim::{Profile, SimConfig, router_at, serve};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How long a run may take on a machine that does other things, too.
pub const PATIENCE: Duration = Duration::from_secs(240);

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
        found.unwrap_or_else(|| panic!("{vendor} has no {sim_kind}"))["form"].clone()
    }

    /// Waits until the vendors have been called so often.
    pub async fn wait_for_calls(&self, count: u64) {
        let deadline = Instant::now() + PATIENCE;
        while self.get("/_sim/calls").await["total"].as_u64().unwrap() < count {
            assert!(Instant::now() < deadline, "nobody calls");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
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
